"""A dispatch calls an organisation by one name, and every offset stays true."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Finding, Hypothesis, Lang, Origin, Severity, TermStatus, TermUse
from translate.revision import unified
from translate.revision.spans import Edit, moved
from translate.terms import Glossary, Term, TermPart

WHO = Term("OMS", {Lang.EN: ("WHO", "World Health Organization")}, part=TermPart.ORGANISATION)
CHINA = Term("Chine", {Lang.EN: ("China", "Chinese")}, part=TermPart.PLACE)
GLOSSARY = Glossary.of([WHO, CHINA])

FIRST = "L'OMS et la Chine."
SECOND = "Selon l'OMS, la Chine."


def use(term: Term, source: str, target: str, said: str) -> TermUse:
    at, there = source.index(term.french), target.index(said)
    preferred = term.preferred(Lang.EN)
    assert preferred
    return TermUse(
        term.french, preferred, TermStatus.MODEL, (at, at + len(term.french)), (there, there + len(said))
    )


def hypothesis(source: str, target: str, *, who: str, china: str) -> Hypothesis:
    terms = (use(WHO, source, target, who), use(CHINA, source, target, china))
    return Hypothesis(target, -0.5, (), terms)


def test_another_form_gives_way_to_the_preferred_one() -> None:
    first = hypothesis(FIRST, "WHO and China.", who="WHO", china="China")
    second = hypothesis(
        SECOND, "The World Health Organization and Chinese.", who="World Health Organization", china="Chinese"
    )
    changed = unified({FIRST: first, SECOND: second}, GLOSSARY)
    assert set(changed) == {SECOND}
    said = changed[SECOND]
    assert said.text == "The WHO and Chinese."  # an adjective is no other name
    assert [said.text[slice(*each.target_span)] for each in said.terms if each.target_span] == [
        "WHO",
        "Chinese",
    ]
    assert [each.status for each in said.terms] == [TermStatus.REPAIRED, TermStatus.MODEL]
    (note,) = said.findings
    assert (note.code, note.severity) == ("consistency", Severity.NOTE)
    assert note.target_span and said.text[slice(*note.target_span)] == "WHO"


def test_one_form_throughout_is_left_as_it_is_whichever_it_is() -> None:
    long = "World Health Organization"
    said = {text: hypothesis(text, f"{long} and China.", who=long, china="China") for text in (FIRST, SECOND)}
    assert unified(said, GLOSSARY) == {}


def test_words_that_stand_for_two_terms_stay() -> None:
    long = "World Health Organization"
    text = "L'OMS et l'Organisation mondiale de la santé."
    first = hypothesis(FIRST, "WHO and China.", who="WHO", china="China")
    here = text.index("Organisation")
    both = TermUse(
        "Organisation mondiale de la santé", long, TermStatus.MODEL, (here, len(text) - 1), (4, 29)
    )
    said = Hypothesis(f"The {long}.", None, (), (use(WHO, text, f"The {long}.", long), both))
    assert unified({FIRST: first, text: said}, GLOSSARY) == {}


def test_what_people_wrote_stays() -> None:
    first = hypothesis(FIRST, "WHO and China.", who="WHO", china="China")
    theirs = Hypothesis(
        "The World Health Organization.",
        terms=(use(WHO, SECOND, "The World Health Organization.", "World Health Organization"),),
        origin=Origin.MEMORY,
    )
    assert unified({FIRST: first, SECOND: theirs}, GLOSSARY) == {}


def test_findings_behind_the_change_move_with_the_text() -> None:
    first = hypothesis(FIRST, "WHO and China.", who="WHO", china="China")
    text = "The World Health Organization and 46."
    there = Finding("numbers", Severity.ERROR, "x", (0, 1), (text.index("46"), text.index("46") + 2))
    second = Hypothesis(text, None, (there,), (use(WHO, SECOND, text, "World Health Organization"),))
    said = unified({FIRST: first, SECOND: second}, GLOSSARY)[SECOND]
    span = said.findings[0].target_span
    assert span and said.text[slice(*span)] == "46"


@given(st.text(max_size=30), st.data())
def test_a_span_apart_from_an_edit_keeps_its_text(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    new = data.draw(st.text(max_size=5))
    for span, edit in (
        ((cuts[0], cuts[1]), Edit(cuts[2], cuts[3], new)),
        ((cuts[2], cuts[3]), Edit(cuts[0], cuts[1], new)),
    ):
        there = moved(span, edit)
        assert there and edit.of(text)[slice(*there)] == text[slice(*span)]
