"""Answers of a model to sources of the mix, and what each is worth: what `training.risk` learns from."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from sacrebleu.metrics.bleu import BLEU
from sacrebleu.metrics.chrf import CHRF

from training.corpora import Corpus
from training.store import TokenPairs, row, sets_of_mix
from training.vocabulary import EOS_ID, TAGS, Vocabulary
from translate.domain import Lang, Severity
from translate.engines import vocabulary as listed
from translate.engines.ct2_checkpoint import describe
from translate.engines.ct2_convert import convert
from translate.engines.ct2_machine import Machine
from translate.engines.pieces import Pieces
from translate.errors import InputError
from translate.text.checks import check

_MAX_PIECES = 150  # of either side: longer ones are few, and cost the most
_BEAM, _BEST, _PATIENCE = 6, 5, 1.5
_LENGTH_PENALTY = {Lang.EN: 1.0, Lang.ZH: 1.8}  # as models.yaml has them for the embedded model
_DRAWN, _LIKELIEST, _TEMPERATURE = 3, 20, 0.8
_TOKENS_AT_ONCE = 1200
# Of the mean of BLEU and chrF, from 0 to 1: answers to one source differ by 0.08 (standard deviation).
_ERROR, _WARNING, _AGAIN, _MOST = 0.08, 0.03, 0.15, 2
_TWICE = re.compile(r"([\u4e00-\u9fff]{4,}).*\1")


@dataclass(frozen=True, slots=True)
class Question:
    """A source of the mix as ids, with tag and `</s>`; its reference, the model's answers, their worth."""

    source: tuple[int, ...]
    reference: tuple[int, ...]
    target: Lang
    is_french: bool
    answers: tuple[tuple[int, ...], ...] = ()
    worth: tuple[float, ...] = ()

    @property
    def width(self) -> int:
        """Pieces of the longest target."""
        return max(map(len, (self.reference, *self.answers)))


def draw(run: Path, corpora: Sequence[Corpus], mix: str, count: int, seed: int) -> list[Question]:
    """`count` sources of the mix, not answered yet, by the weights of its corpora.

    Raises InputError where the run has no tokens of the mix.
    """
    sets, weights = [], []
    for path, direction, share in sets_of_mix(run / "tokens", corpora, mix, reverse=False):
        tokens = TokenPairs.load(path)
        sets.append((direction, tokens))
        weights.append(share * len(tokens))
    if not sum(weights):
        raise InputError(
            f"no tokens of the mix {mix}", path=run / "tokens", hint="python -m training.prepare"
        )
    rng = np.random.default_rng(seed)
    shares = rng.multinomial(count, np.array(weights) / sum(weights))
    found: list[Question] = []
    for (direction, tokens), number in zip(sets, shares.tolist(), strict=True):
        fits = np.flatnonzero(np.maximum(tokens.source_lengths, tokens.target_lengths) <= _MAX_PIECES)
        picked = rng.choice(fits, number, replace=number > len(fits)) if len(fits) else fits
        found += (_question(tokens, pair, direction) for pair in picked.tolist())
    return [found[number] for number in rng.permutation(len(found))]


def _question(tokens: TokenPairs, pair: int, direction: str) -> Question:
    source, target = direction.split("-")
    return Question(
        tuple(row(tokens.source, tokens.source_ends, pair).tolist()),
        tuple(row(tokens.target, tokens.target_ends, pair).tolist()),
        Lang(target),
        source == Lang.FR,
    )


class Answerer:
    """A model in a Hugging Face directory, asked for the likeliest answers and for drawn ones."""

    def __init__(self, directory: Path, langs: Collection[Lang], device: str) -> None:
        described = describe(directory)
        machine = Machine.of(device)
        rows = int(described.config["vocab_size"])
        pieces = Pieces(described.tokenizer, rows, listed.listed(directory, rows))
        allowed = {TAGS[lang]: pieces.writer(TAGS[lang]).vocabulary for lang in langs}
        made = convert(described, allowed, machine.stored, old_names=machine.reads_old_names)
        self._models = {lang: machine.translator(made.translators[TAGS[lang]]) for lang in langs}

    def answers(self, questions: Sequence[Question]) -> list[tuple[tuple[int, ...], ...]]:
        """Distinct answers to each, `</s>` included: five of a beam of six, then three that were drawn."""
        found: list[list[tuple[int, ...]]] = [[] for _ in questions]
        for lang, model in self._models.items():
            places = [place for place, each in enumerate(questions) if each.target is lang]
            sources = [list(map(str, questions[place].source)) for place in places]
            likeliest = model.translate_batch(
                sources,
                beam_size=_BEAM,
                num_hypotheses=_BEST,
                patience=_PATIENCE,
                length_penalty=_LENGTH_PENALTY[lang],
                **_limits(),
            )
            drawn = model.translate_batch(
                sources,
                num_hypotheses=_DRAWN,
                beam_size=1,
                sampling_topk=_LIKELIEST,
                sampling_temperature=_TEMPERATURE,
                **_limits(),
            )
            for place, *results in zip(places, likeliest, drawn, strict=True):
                found[place] = list(_usable(results))
        return [tuple(dict.fromkeys(answers)) for answers in found]


def _limits() -> dict[str, Any]:
    return {
        "max_decoding_length": _MAX_PIECES,
        "max_batch_size": _TOKENS_AT_ONCE,
        "batch_type": "tokens",
    }


def _usable(results: Sequence[Any]) -> Iterator[tuple[int, ...]]:
    """Those that came to their end: a loop that was cut has no `</s>` to learn."""
    for result in results:
        for ids in result.hypotheses:
            if 0 < len(ids) < _MAX_PIECES - 1:
                yield (*map(int, ids), EOS_ID)


def worth(source: str, reference: str, answers: Sequence[str], target: Lang) -> tuple[float, ...]:
    """What each answer is worth, at most 1: the mean of its chrF and BLEU, less what is wrong with it.

    Wrong is what the checks of the product find (`source` is empty where it is not French, and is not
    compared), and four Chinese signs or more that are said twice, if the reference says none twice.
    """
    metrics = _metrics(target)
    repeats = target is Lang.ZH and not _TWICE.search(reference)
    found = []
    for answer in answers:
        alike = sum(metric.sentence_score(answer, [reference]).score for metric in metrics) / 200
        again = _AGAIN if repeats and _TWICE.search(answer) else 0.0
        found.append(alike - again - (_faults(source, answer, target) if source else 0.0))
    return tuple(found)


@cache
def _metrics(target: Lang) -> tuple[BLEU, CHRF]:
    return BLEU(effective_order=True, tokenize="zh" if target is Lang.ZH else "13a"), CHRF(beta=1)


def _faults(source: str, answer: str, target: Lang) -> float:
    """Repetitions apart, which `worth` counts by itself: they are what a model of this size does most."""
    findings = [each for each in check(source, answer, target) if each.code != "repetition"]
    counts = [sum(each.severity is kind for each in findings) for kind in (Severity.ERROR, Severity.WARNING)]
    return _ERROR * min(counts[0], _MOST) + _WARNING * min(counts[1], _MOST)


def valued(
    questions: Sequence[Question],
    answers: Sequence[tuple[tuple[int, ...], ...]],
    vocabulary: Vocabulary,
    pool: Executor,
) -> list[Question]:
    """The questions with their answers and what each is worth; without those that have one answer alone."""
    asked = [(question, own) for question, own in zip(questions, answers, strict=True) if len(own) > 1]
    jobs = [
        (
            vocabulary.decode(question.source) if question.is_french else "",
            vocabulary.decode(question.reference),
            [vocabulary.decode(answer) for answer in own],
            question.target,
        )
        for question, own in asked
    ]
    worths = pool.map(worth, *zip(*jobs, strict=True), chunksize=100) if jobs else ()
    return [
        replace(question, answers=own, worth=value)
        for (question, own), value in zip(asked, worths, strict=True)
    ]
