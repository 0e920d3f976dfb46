"""A second look at words that do not exist: the model is asked without them, but not at any price."""

from __future__ import annotations

import pytest

from tests import lexicons
from tests.revision.test_reviser import GLOSSARY, Scripted, codes, revised
from translate.domain import Hypothesis, Lang
from translate.engines import Unwanted
from translate.terms import Glossary, Term


@pytest.fixture(autouse=True)
def no_lexicon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is mended by words of the lexicon is `test_wording`'s."""
    lexicons.use(monkeypatch, {})


TEXT = "Le séisme a fait 64 morts."


def kept_from(text: str, said: str, instead: str) -> Scripted:
    """A model that says something else when it is kept from words."""
    engine = Scripted({text: [said]})
    engine.else_said[text] = Hypothesis(instead, -0.6)
    return engine


def test_the_model_is_asked_without_the_word() -> None:
    engine = kept_from(TEXT, "The quaketh killed 64.", "The quake killed 64.")
    said = revised(engine, TEXT)
    assert engine.unwanted == [Unwanted(TEXT, ("quaketh",))] and not engine.tried
    assert said.text == "The quake killed 64."
    assert [finding.message for finding in said.findings] == ["mended by a second look (words)"]


def test_one_made_up_word_is_better_than_two() -> None:
    engine = kept_from(TEXT, "The quaketh killded 64.", "It killded 64.")
    said = revised(engine, TEXT)
    assert engine.unwanted == [Unwanted(TEXT, ("quaketh", "killded"))]
    assert said.text == "It killded 64."
    assert codes(said) == ["words", "revised"]


def test_another_made_up_word_is_no_better() -> None:
    assert revised(kept_from(TEXT, "The quaketh killed 64.", "The flaketh killed 64."), TEXT).text == (
        "The quaketh killed 64."
    )


def test_no_number_is_lost_for_a_word() -> None:
    said = revised(kept_from(TEXT, "The quaketh killed 64.", "The quake killed."), TEXT)
    assert said.text == "The quaketh killed 64."
    assert codes(said) == ["words"]


def test_no_name_is_lost_for_words() -> None:
    text = "Le ministre Kobakhidze a parlé."
    said = revised(kept_from(text, "The minnister Kobakhidze spokeed.", "The minister spoke."), text)
    assert said.text == "The minnister Kobakhidze spokeed."


def test_where_more_is_wrong_other_hypotheses_are_read_first() -> None:
    script = ["The quaketh killed 46 in 12 towns.", "The quaketh killed 64."]
    engine = Scripted({TEXT: script})
    engine.else_said[TEXT] = Hypothesis("The quake killed 64.", -0.9)
    assert revised(engine, TEXT).text == "The quake killed 64."
    assert engine.tried == [TEXT]


def test_no_term_is_lost_for_words_but_a_word_may_come_with_a_term() -> None:
    text, given = "L'OIM agit en Chine.", "L'IOM agit en Chine."
    kept = revised(kept_from(text, "The IOM actss in China.", "The body acts in China."), text)
    assert kept.text == "The IOM actss in China."
    engine = Scripted({text: ["The MIO acts in China."], given: ["The IOM actss in China."]})
    engine.align = lambda pairs, target: [() for _ in pairs]  # type: ignore[method-assign]
    engine.lead = lambda wanted, target: [None for _ in wanted]  # type: ignore[method-assign]
    brought = revised(engine, text)
    assert (brought.text, codes(brought)) == ("The IOM actss in China.", ["words", "revised"])


def test_a_word_of_the_glossary_is_known() -> None:
    text = "Le robot taxi roule."
    term = Term("robot taxi", {Lang.EN: ("robotaxxi",)})
    assert codes(revised(Scripted({text: ["The robotaxxi runs."]}), text, glossary=Glossary.of([term]))) == []
    both = ["The robotaxxi runns."]
    assert codes(revised(Scripted({text: both}), text, glossary=Glossary.of([term]))) == ["words"]
    assert codes(revised(Scripted({text: both}), text, glossary=GLOSSARY)) == ["words", "words"]
