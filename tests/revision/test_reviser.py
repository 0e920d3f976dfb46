"""Revision: memory, engine, checks and terms, and other hypotheses where something is seriously wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from tests.fakes import ShoutEngine
from translate.domain import Hypothesis, Lang, Origin, Severity, TermStatus
from translate.engines import Progress
from translate.engines.alignment import Link
from translate.memory import Lenient, Memory
from translate.revision import CANDIDATES, Reviser, Revision
from translate.revision.given import with_terms
from translate.revision.reviser import WITH_TERMS
from translate.terms import Glossary, Term

OIM = Term("OIM", {Lang.EN: ("IOM",), Lang.ZH: ("国际移民组织",)})
CHINA = Term("Chine", {Lang.EN: ("China",), Lang.ZH: ("中国",)})
GLOSSARY = Glossary.of([OIM, CHINA])

WRONG = "Le séisme a fait 64 morts."


class Scripted(ShoutEngine):
    """Says what it is told to: for each sentence its hypotheses, the surest first."""

    def __init__(self, script: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        self.script = script
        self.tried: list[str] = []

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self.asked.append((target, list(sentences)))
        if progress:
            progress(len(sentences))
        return [Hypothesis(self.script[text][0], -0.5) for text in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        self.tried += sentences
        assert count in (CANDIDATES, WITH_TERMS)
        return [
            tuple(Hypothesis(said, -0.5 - number / 10) for number, said in enumerate(self.script[text]))
            for text in sentences
        ]


class Aligned(Scripted):
    """Also knows which words of a translation stand for which of the source, by their text."""

    def __init__(self, script: Mapping[str, Sequence[str]], pairs: Mapping[str, str]) -> None:
        super().__init__(script)
        self.pairs = pairs

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        return [
            tuple(
                Link((at, at + len(word)), (there, there + len(said)), 0.9)
                for word, said in self.pairs.items()
                if (at := source.find(word)) >= 0 and (there := text.find(said)) >= 0
            )
            for source, text in pairs
        ]


def revised(
    engine: Scripted, text: str, *, glossary: Glossary = GLOSSARY, how: Revision | None = None
) -> Hypothesis:
    (said,) = Reviser(engine, "recipe", glossary, how=how or Revision()).translate([text], Lang.EN)
    return said


def codes(said: Hypothesis) -> list[str]:
    return [finding.code for finding in said.findings]


def test_what_is_right_is_left_alone_and_asked_once() -> None:
    engine = Scripted({WRONG: ["The quake killed 64."]})
    said = revised(engine, WRONG)
    assert (said.text, said.findings, engine.tried) == ("The quake killed 64.", (), [])


def test_of_several_hypotheses_the_one_without_the_error_is_taken_and_the_reader_is_told() -> None:
    engine = Scripted({WRONG: ["The quake killed 46.", "The quake made 64 dead.", "It killed 64 people."]})
    said = revised(engine, WRONG)
    assert said.text == "The quake made 64 dead."  # the surest of those without an error
    assert codes(said) == ["revised"]
    assert said.findings[0].severity is Severity.NOTE
    assert said.findings[0].message == "mended by a second look (numbers)"


def test_where_none_is_better_the_first_stays_with_its_error() -> None:
    engine = Scripted({WRONG: ["The quake killed 46.", "The quake killed 45."]})
    said = revised(engine, WRONG)
    assert said.text == "The quake killed 46."
    assert codes(said) == ["numbers"]


def test_retries_can_be_switched_off() -> None:
    engine = Scripted({WRONG: ["The quake killed 46.", "The quake killed 64."]})
    said = revised(engine, WRONG, how=Revision(retry=False))
    assert (said.text, engine.tried) == ("The quake killed 46.", [])


def test_a_term_that_the_model_says_is_credited_to_it() -> None:
    text = "L'OIM agit en Chine."
    said = revised(Scripted({text: ["The IOM acts in China."]}), text)
    assert [(use.term, use.status) for use in said.terms] == [
        ("OIM", TermStatus.MODEL),
        ("Chine", TermStatus.MODEL),
    ]
    assert [said.text[slice(*use.target_span)] for use in said.terms if use.target_span] == ["IOM", "China"]
    assert [text[slice(*use.source_span)] for use in said.terms] == ["OIM", "Chine"]


def test_a_term_that_is_missing_is_given_to_the_model_in_the_source() -> None:
    text, given = "L'OIM agit en Chine.", "L'IOM agit en Chine."
    engine = Scripted({text: ["The MIO acts in China."], given: ["The IOM acts in China."]})
    said = revised(engine, text)
    assert said.text == "The IOM acts in China."
    assert engine.tried == [given]  # nothing but a term was wrong
    assert [(use.term, use.status) for use in said.terms] == [
        ("OIM", TermStatus.ENFORCED),
        ("Chine", TermStatus.MODEL),
    ]
    assert codes(said) == ["revised"]


def test_a_term_is_not_bought_with_another_error() -> None:
    text, given = "L'OIM compte 64 morts.", "L'IOM compte 64 morts."
    engine = Aligned({text: ["The MIO counts 64 dead."], given: ["The IOM counts."]}, {})
    said = revised(engine, text)
    assert said.text == "The MIO counts 64 dead."
    assert [use.status for use in said.terms] == [TermStatus.MISSING]
    assert "terminology" in codes(said)


def test_without_a_glossary_nobody_asks_for_terms() -> None:
    text = "L'OIM agit en Chine."
    assert revised(Scripted({text: ["The IOM acts in China."]}), text, glossary=Glossary()).terms == ()


@pytest.mark.parametrize(
    ("target", "expected"),
    [(Lang.EN, "L'IOM agit en China."), (Lang.ZH, "L'国际移民组织 agit en 中国.")],
)
def test_given_terms_stand_in_the_place_of_the_french(target: Lang, expected: str) -> None:
    text = "L'OIM agit en Chine."
    assert with_terms(text, reversed(GLOSSARY.find(text)), target) == expected


def test_what_is_remembered_is_not_asked_again_and_comes_back_as_it_was() -> None:
    texts = [WRONG, "L'OIM agit en Chine."]
    script = {WRONG: ["It killed 46.", "It killed 64."], texts[1]: ["The IOM acts in China."]}
    with Memory.open(None) as memory:
        engine = Scripted(script)
        reviser = Reviser(engine, "recipe", GLOSSARY, memory)
        fresh = reviser.translate(texts, Lang.EN)
        again = reviser.translate(texts[::-1], Lang.EN)
        assert again == fresh[::-1]
        assert engine.asked == [(Lang.EN, texts)]
        other = Reviser(engine, "another recipe", GLOSSARY, memory)
        assert other.translate(texts, Lang.EN) == fresh
        assert len(engine.asked) == 2


def test_a_translation_by_people_goes_before_the_machine_and_is_checked_but_never_changed() -> None:
    with Memory.open(None) as memory:
        memory.store([(WRONG, "The quake killed 46 ,people.")], Lang.EN, None, human=True)
        engine = Scripted({})
        (said,) = Reviser(engine, "recipe", GLOSSARY, memory).translate([WRONG], Lang.EN)
    assert (said.text, said.origin) == ("The quake killed 46 ,people.", Origin.MEMORY)
    assert "numbers" in codes(said)
    assert not engine.asked and not engine.tried


def test_progress_counts_every_sentence_once_remembered_or_not() -> None:
    done: list[int] = []
    with Memory.open(None) as memory:
        memory.store([(WRONG, "Known.")], Lang.EN, None, human=True)
        engine = Scripted({"Il neige.": ["It is snowing."]})
        Reviser(engine, "recipe", GLOSSARY, memory).translate([WRONG, "Il neige."], Lang.EN, done.append)
    assert sum(done) == 2


def test_a_memory_that_fails_is_done_without_if_it_is_not_required() -> None:
    memory = Memory.open(None)
    memory.close()
    lenient = Lenient(memory)
    engine = Scripted({"Il neige.": ["It is snowing."]})
    (said,) = Reviser(engine, "recipe", GLOSSARY, lenient).translate(["Il neige."], Lang.EN)
    assert said.text == "It is snowing."
    assert len(lenient.notices) == 1 and "without the translation memory" in lenient.notices[0]


@pytest.mark.parametrize(
    ("said", "stands_for", "expected"),
    [
        ("The MIO acts in China.", "MIO", "The IOM acts in China."),
        ("OIM acts in China.", "OIM", "IOM acts in China."),
    ],
)
def test_a_term_is_put_where_the_model_wrote_something_else(
    said: str, stands_for: str, expected: str
) -> None:
    text, given = "L'OIM agit en Chine.", "L'IOM agit en Chine."
    engine = Aligned({text: [said], given: ["It acts in China."]}, {"OIM": stands_for})
    found = revised(engine, text)
    assert found.text == expected
    assert [use.status for use in found.terms] == [TermStatus.REPAIRED, TermStatus.MODEL]
    assert codes(found) == ["revised"]


@pytest.mark.parametrize("stands_for", ["64", "is the agency of migration in China that acts with 64"])
def test_a_term_is_not_put_over_a_number_or_half_a_sentence(stands_for: str) -> None:
    text, given = "L'OIM compte 64 morts.", "L'IOM compte 64 morts."
    said = f"It {stands_for} dead."
    engine = Aligned({text: [said], given: [said]}, {"OIM": stands_for})
    found = revised(engine, text)
    assert found.text == said
    assert [use.status for use in found.terms] == [TermStatus.MISSING]


def test_one_article_is_enough() -> None:
    term = Term("OMS", {Lang.EN: ("the World Health Organization",)})
    text = "L'OMS agit."
    engine = Aligned(
        {text: ["The MHO acts."], with_terms(text, Glossary.of([term]).find(text), Lang.EN): ["It acts."]},
        {"OMS": "MHO"},
    )
    assert revised(engine, text, glossary=Glossary.of([term])).text == "The World Health Organization acts."
