"""The contract on top of any backend: one hypothesis per sentence, nothing lost, nothing wrong in silence."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Hypothesis, Lang, Severity
from translate.engines.schedule import OutOfMemory
from translate.engines.search import Answer, Decoding, Encoded, Limits
from translate.engines.translator import Translator, safer
from translate.errors import EngineError

Reply = Callable[[str, Decoding], str]


class Scribe:
    """A backend of words instead of pieces that records what it was asked."""

    def __init__(self, reply: Reply = lambda text, how: text.upper(), rows: int = 10**6) -> None:
        self.reply = reply
        self.rows = rows
        self.asked: list[list[str]] = []
        self.decodings: list[Decoding] = []
        self.limits: dict[str, int] = {}
        self._texts: dict[tuple[int, ...], str] = {}

    def encode(self, texts: Sequence[str], target: Lang) -> list[Encoded]:
        return [self._encoded(text) for text in texts]

    def _encoded(self, text: str) -> Encoded:
        ids = tuple(hash(word) for word in text.split())
        self._texts[ids] = text
        return Encoded(ids, tuple(letter for letter in text if letter > "\uffff"), text == "∅")

    def answer(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding) -> list[Answer]:
        if len(batch) > self.rows:
            raise OutOfMemory
        texts = [self._texts[each.ids] for each in batch]
        self.asked.append(texts)
        self.decodings.append(how)
        self.limits |= zip(texts, limits, strict=True)
        return [Answer(self.reply(text, how), cut=False, score=-1.0) for text in texts]


def translator(scribe: Scribe, source: int = 50, budget: int = 1000) -> Translator:
    return Translator(scribe, Decoding(), Limits(source=source, target=100, budget=budget))


def codes(hypothesis: Hypothesis) -> list[str]:
    return [finding.code for finding in hypothesis.findings]


WORDS = st.lists(st.sampled_from(["un", "deux", "trois", "", " ", "quatre cinq", "six, sept"]), max_size=30)


@given(WORDS, st.integers(1, 5))
def test_one_hypothesis_per_sentence_in_order_and_all_progress_told(words: list[str], budget: int) -> None:
    told: list[int] = []
    found = translator(Scribe(), budget=budget).translate(words, Lang.EN, told.append)
    assert [hypothesis.text for hypothesis in found] == [word.strip().upper() for word in words]
    assert sum(told) == len(words)
    assert 0 not in told


def test_equal_sentences_are_asked_for_once() -> None:
    scribe = Scribe()
    found = translator(scribe).translate(["un", "deux", "un", " un ", "deux"], Lang.EN)
    assert sorted(text for batch in scribe.asked for text in batch) == ["deux", "un"]
    assert [hypothesis.text for hypothesis in found] == ["UN", "DEUX", "UN", "UN", "DEUX"]


def test_nothing_is_not_asked_for() -> None:
    scribe = Scribe()
    assert translator(scribe).translate(["", "  ", "\n"], Lang.EN) == [Hypothesis("")] * 3
    assert translator(scribe).translate([], Lang.EN) == []
    assert scribe.asked == []


def test_what_the_model_sees_nothing_of_is_not_asked_for() -> None:
    scribe, told = Scribe(), list[int]()
    found = translator(scribe).translate(["∅", "un", "∅"], Lang.EN, told.append)
    assert found == [Hypothesis(""), Hypothesis("UN", -1.0), Hypothesis("")]
    assert (scribe.asked, sum(told)) == ([["un"]], 3)


def test_an_over_long_sentence_is_split_at_clauses_and_joined() -> None:
    sentence = "le ministre est venu à Paris, le président est resté à Lyon, et la réunion est finie"
    (english,) = translator(Scribe(), source=8).translate([sentence], Lang.EN)
    assert english.text == sentence.upper()
    (note,) = english.findings
    assert (note.code, note.severity) == ("resplit", Severity.NOTE)
    (chinese,) = translator(Scribe(), source=8).translate([sentence], Lang.ZH)
    assert chinese.text == sentence.upper().replace(", ", ",")  # no space between Chinese clauses


@given(st.lists(st.sampled_from(["mot", "mot,", "et", "long"]), min_size=1, max_size=60), st.integers(1, 9))
def test_no_word_of_an_over_long_sentence_is_lost(words: list[str], size: int) -> None:
    scribe = Scribe(lambda text, how: text)
    # Numbered, so that the safety net finds no loop in them.
    sentence = " ".join(f"{number}{word}" for number, word in enumerate(words))
    (found,) = translator(scribe, source=size).translate([sentence], Lang.EN)
    assert found.text == sentence
    assert all(len(text.split()) <= size for batch in scribe.asked for text in batch)


def test_each_answer_gets_room_by_its_own_length() -> None:
    scribe = Scribe()
    translator(scribe).translate(["un", "un deux trois", "mot " * 49], Lang.EN)
    assert [scribe.limits[text] for text in ("un", "un deux trois")] == [18, 22]
    assert max(scribe.limits.values()) == 100


def test_a_loop_is_tried_again_and_the_better_answer_kept() -> None:
    good = "The president received the ministers."
    scribe = Scribe(lambda text, how: good if how.no_repeat_ngram else "the the the the the")
    (found,) = translator(scribe).translate(["Le président a reçu les ministres."], Lang.EN)
    assert found.text == good
    assert codes(found) == ["retried"]
    assert len(scribe.asked) == 2  # the second step was not needed


def test_only_what_looks_wrong_is_tried_again() -> None:
    scribe = Scribe(lambda text, how: "la la la la la la" if text == "bad" and how.beam == 1 else text)
    translator(scribe).translate(["good", "bad", "fine"], Lang.EN)
    assert scribe.asked[1:] == [["bad"]]


def test_when_nothing_helps_the_least_bad_answer_is_kept_and_flagged() -> None:
    replies = iter(["", "the the the the", ""])
    (found,) = translator(Scribe(lambda text, how: next(replies))).translate(["Le chat."], Lang.EN)
    assert found.text == "the the the the"
    assert codes(found) == ["repetition", "retried"]


def test_an_empty_answer_is_an_error_finding() -> None:
    (found,) = translator(Scribe(lambda text, how: "")).translate(["Le chat."], Lang.EN)
    assert found.text == ""
    assert [finding.severity for finding in found.findings] == [Severity.ERROR]


def test_a_sentence_that_stays_wrong_is_translated_clause_by_clause() -> None:
    sentence = (
        "le ministre est venu à Paris jeudi, le président est resté à Lyon ce matin, et tout va bien ici"
    )
    scribe = Scribe(lambda text, how: text if len(text.split()) < 12 else "no no no no no no")
    (found,) = translator(scribe).translate([sentence], Lang.EN)
    assert found.text == sentence
    assert codes(found) == ["resplit"]


def test_clauses_that_are_no_better_are_not_used() -> None:
    sentence = (
        "le ministre est venu à Paris jeudi, le président est resté à Lyon ce matin, et tout va bien ici"
    )
    (found,) = translator(Scribe(lambda text, how: "no no no no no no")).translate([sentence], Lang.EN)
    assert found.text == "no no no no no no"
    assert "resplit" not in codes(found)


def test_what_the_vocabulary_lacks_is_said() -> None:
    (found,) = translator(Scribe()).translate(["un 😀 deux"], Lang.EN)
    assert codes(found) == ["unknown"]
    assert "😀" in found.findings[0].message


def test_little_memory_gives_the_same_answers() -> None:
    words = [f"mot {number}" for number in range(100)]
    assert translator(Scribe(rows=3)).translate(words, Lang.EN) == translator(Scribe()).translate(
        words, Lang.EN
    )


def test_no_memory_at_all_is_an_engine_error_with_a_hint() -> None:
    with pytest.raises(EngineError, match="out of memory") as caught:
        translator(Scribe(rows=0)).translate(["un"], Lang.EN)
    assert caught.value.hint


@pytest.mark.parametrize("how", [Decoding(), Decoding(beam=4), Decoding(beam=6, length_penalty=0.5)])
def test_safer_settings_differ_from_what_failed(how: Decoding) -> None:
    assert how not in safer(how)
    assert len({step.beam for step in (how, *safer(how))}) > 1
    assert all(step.length_penalty == how.length_penalty for step in safer(how))
