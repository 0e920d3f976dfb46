"""The contract on top of any backend: one hypothesis per sentence, nothing lost, nothing wrong in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Hypothesis, Lang, Severity
from translate.engines.schedule import OutOfMemory
from translate.engines.search import Answer, Decoding, Encoded, Limits, Pending
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

    def written(self, texts: Sequence[str], target: Lang) -> list[list[int]]:
        raise AssertionError("nothing is forbidden")

    def places(self, text: str, target: Lang) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\S+", text)]

    def begin(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding, target: Lang) -> Pending:
        return partial(self.answers, batch, limits, how)

    def answers(
        self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding
    ) -> list[tuple[Answer, ...]]:
        if len(batch) > self.rows:
            raise OutOfMemory
        texts = [self._texts[each.ids] for each in batch]
        self.asked.append(texts)
        self.decodings.append(how)
        self.limits |= zip(texts, limits, strict=True)
        return [
            tuple(
                Answer(reply, cut=False, score=-1.0 - number)
                for number, reply in enumerate(self.reply(text, how).split("|")[: how.answers])
            )
            for text in texts
        ]


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


# --- several hypotheses -------------------------------------------------------------------------


def several(text: str, how: Decoding) -> str:
    """Three answers, two of which read the same."""
    return f"{text.upper()}|{text.upper()}|{text.title()}"


def test_candidates_are_distinct_and_the_best_comes_first() -> None:
    scribe = Scribe(several)
    found = translator(scribe).candidates(["un deux", "", "trois", "un deux"], Lang.EN, 3)
    texts = [[hypothesis.text for hypothesis in each] for each in found]
    assert texts == [["UN DEUX", "Un Deux"], [""], ["TROIS", "Trois"], ["UN DEUX", "Un Deux"]]
    assert [hypothesis.score for hypothesis in found[0]] == [-1.0, -3.0]
    assert len(scribe.decodings) == 1  # one batch, and equal sentences once
    assert (scribe.decodings[0].beam, scribe.decodings[0].answers) == (3, 3)


def test_a_beam_wider_than_the_wish_is_kept() -> None:
    scribe = Scribe(several)
    wide = Translator(scribe, Decoding(beam=6), Limits(source=50, target=100, budget=1000))
    assert len(wide.candidates(["un"], Lang.EN, 2)[0]) == 1  # the two best read the same
    assert (scribe.decodings[0].beam, scribe.decodings[0].answers) == (6, 2)


@pytest.mark.parametrize(
    ("forms", "said"),
    [
        ((), "The works closes."),
        (("nothing of it",), "The works closes."),  # none says it: the surest
        (("cement works", "shuts"), "The Cement works shuts."),
        (("cement works",), "The cement works closes."),  # of those that say as much the surest
        (("loop",), "The works closes."),  # what looks wrong is no answer
    ],
)
def test_of_a_beam_the_answer_that_says_what_was_wished_for_is_taken(
    forms: tuple[str, ...], said: str
) -> None:
    answers = ("The works closes.", "The cement works closes.", "The Cement works shuts.", "loop " * 9)
    scribe = Scribe(lambda text, how: "|".join(answers))
    wide = Translator(scribe, Decoding(beam=4), Limits(source=50, target=100, budget=1000))
    (found,) = wide.translate(["La cimenterie ferme."], Lang.EN, None, {"La cimenterie ferme.": forms})
    assert (found.text, codes(found), len(scribe.asked)) == (said, [], 1)
    assert scribe.decodings[0].answers == 4


def test_without_wishes_one_answer_is_asked_for() -> None:
    scribe = Scribe(several)
    wide = Translator(scribe, Decoding(beam=4), Limits(source=50, target=100, budget=1000))
    assert [said.text for said in wide.translate(["un"], Lang.EN)] == ["UN"]
    assert scribe.decodings[0].answers == 1


def test_candidates_are_judged_but_not_tried_again() -> None:
    scribe = Scribe(lambda text, how: "the the the the the|The cat 😀 sleeps.")
    ((wrong, right),) = translator(scribe).candidates(["Le chat 😀 dort."], Lang.EN, 2)
    assert codes(wrong) == ["repetition", "unknown"]
    assert codes(right) == ["unknown"]
    assert len(scribe.asked) == 1


def test_candidates_of_an_over_long_sentence_are_made_of_those_of_its_parts() -> None:
    replies = {"un deux trois,": "A|B", "quatre cinq six": "x|y"}
    scribe = Scribe(lambda text, how: replies[text])
    (found,) = translator(scribe, source=3).candidates(["un deux trois, quatre cinq six"], Lang.EN, 3)
    assert [hypothesis.text for hypothesis in found] == ["A x", "A y", "B x"]
    assert [hypothesis.score for hypothesis in found] == [-1.0, -1.5, -1.5]
    assert all(codes(hypothesis) == ["resplit"] for hypothesis in found)


def test_no_candidates_is_no_wish() -> None:
    assert translator(Scribe()).candidates([], Lang.EN, 2) == []
    with pytest.raises(EngineError, match="1 or more, not 0"):
        translator(Scribe()).candidates(["un"], Lang.EN, 0)


@given(WORDS, st.integers(1, 4))
def test_candidates_stay_with_their_sentences(words: list[str], count: int) -> None:
    found = translator(Scribe(several), budget=7).candidates(words, Lang.EN, count)
    assert [each[0].text for each in found] == [word.strip().upper() for word in words]
    assert all(1 <= len(each) <= count for each in found)


def test_a_broken_sign_is_tried_again_and_never_shown() -> None:
    scribe = Scribe(lambda text, how: text.upper() if how.no_repeat_ngram else f"{text.upper()} \ufffd")
    (found,) = translator(scribe).translate(["quatre mots de plus"], Lang.EN)
    assert (found.text, codes(found)) == ("QUATRE MOTS DE PLUS", ["retried"])
    hopeless = Scribe(lambda text, how: f"{text.upper()}\ufffd")
    (found,) = translator(hopeless).translate(["quatre mots de plus"], Lang.EN)
    assert (found.text, codes(found)[0]) == ("QUATRE MOTS DE PLUS", "broken")
