"""English that a model takes for French where it is given it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests import lexicons
from tests.fakes import ShoutEngine
from training import dictionary
from training.dictionary import Entry, French, of_phrases, of_words
from training.misread import candidates, misread, stems
from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.text.lexicon import given, meanings


class Baker(ShoutEngine):
    """Takes pain for bread, in most sentences."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return [
            Hypothesis(
                each
                if "Selon lui, joint" in each
                else each.replace("pain", "bread").replace("joint", "reached")
            )
            for each in sentences
        ]


def test_what_no_answer_says_is_misread() -> None:
    asked = [("pain", "n"), ("back pain", "n"), ("joint", "n"), ("take pain", "v"), ("ease", "v")]
    assert [*misread(asked, Baker())] == ["pain"]  # the others say a word of theirs, or once
    assert stems("to be on the operations") == {"opera"}


def test_only_what_has_a_word_of_french_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "training.misread.read_packed", lambda name: {"bou": "\tlanger!baker", "mal": "\t!pain|evil\te:male"}
    )
    monkeypatch.setattr(
        "training.misread.read",
        lambda: [Entry("car", "n", "motor coach", "大客车"), Entry("x", "adv", "ever", "曾")],
    )
    assert [*candidates({"pain", "coach", "of"})] == [("motor coach", "n"), ("pain", "")]


def test_a_word_that_is_misread_is_known_and_not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "misread", lambda: frozenset({"pain", "growing pains"}))
    entries = [
        Entry("algie", "n", "pain", "疼痛"),
        Entry("crise de croissance", "n", "growing pains", "成长的烦恼"),
    ]
    lexicons.use(monkeypatch, {})
    words = dict(of_words(entries, French([]), Lang.EN))
    assert words == {"algie": ":pain"}
    assert dict(of_words(entries, French([]), Lang.ZH)) == {"algie": "!疼痛"}
    assert [*of_phrases(entries, French([]), Lang.EN)] == []
    assert [*of_phrases(entries, French([]), Lang.ZH)] == [("crise de croissance", "!成长的烦恼")]
    lexicons.use(monkeypatch, {}, {}, {"alg": "\tie:pain"})
    assert meanings("algie", Lang.EN) == ("pain",)
    assert given("Une algie.", Lang.EN) == "Une algie."
