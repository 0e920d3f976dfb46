"""The translation contract, whatever runs the model.

One hypothesis per sentence, in order. Equal sentences are translated once. A sentence that is too long is
split at its clauses, never cut. What looks wrong is tried again with safer settings, then clause by
clause; the least bad attempt is kept, and what was done or stays wrong is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import TypeVar

from translate.domain import Finding, Hypothesis, Lang, Severity
from translate.engines import Progress, safety, schedule
from translate.engines.overlooked import overlooked
from translate.engines.plan import Plan, distinct, fitting, joined, visible
from translate.engines.search import Answer, Backend, Decoding, Encoded, Limits, Pending
from translate.errors import EngineError

Found = TypeVar("Found")

NO_WISHES: Mapping[str, Sequence[str]] = MappingProxyType({})
CLAUSE_LEAST = 16  # pieces below which a sentence that stays wrong is not split


def safer(how: Decoding) -> tuple[Decoding, ...]:
    """What to try when an answer looks wrong: each step forbids more, and searches otherwise."""
    other = 1 if how.beam > 1 else 6
    return (
        replace(how, beam=max(how.beam, 4), no_repeat_ngram=3, repetition_penalty=1.1, min_pieces=1),
        replace(how, beam=other, no_repeat_ngram=2, repetition_penalty=1.3, min_pieces=1),
    )


class Translator:
    """Keeps the contract on top of one backend."""

    def __init__(self, backend: Backend, decoding: Decoding, limits: Limits) -> None:
        self._backend = backend
        self._decoding = decoding
        self._limits = limits

    def translate(
        self,
        sentences: Sequence[str],
        target: Lang,
        progress: Progress | None = None,
        wishes: Mapping[str, Sequence[str]] = NO_WISHES,
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order. `progress` is told of each sentence exactly once.

        Of those that the search of a sentence with `wishes` ends with, the best that says most of them.
        """
        request, plan = self._planned(sentences, target)

        def tell(done: int) -> None:
            if progress is not None and done:
                progress(done)

        tell(plan.empty)
        found = request.ask(plan.units, lambda units: tell(plan.finish(units)), wishes)
        return plan.assemble(request.by_clauses(found), target)

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, the best first as the search ranks them."""
        if count < 1:
            raise EngineError(f"candidates must be 1 or more, not {count}")
        request, plan = self._planned(sentences, target)
        return plan.assemble_several(request.ask_several(plan.units, count), target, count)

    def _planned(self, sentences: Sequence[str], target: Lang) -> tuple[_Request, Plan]:
        request = _Request(self._backend, self._decoding.of(target), self._limits, target)
        request.encode(list(dict.fromkeys(filter(None, map(visible, sentences)))))
        return request, Plan(sentences, lambda text: request.size(text) <= self._limits.source)


@dataclass(frozen=True, slots=True)
class _Attempt:
    text: str
    score: float
    findings: tuple[Finding, ...]
    overlooked: tuple[int, ...] = ()

    @property
    def rank(self) -> tuple[int, float]:
        """Lower is better: what is wrong first, then how sure the model is."""
        return safety.weight(self.findings), -self.score

    @property
    def is_wrong(self) -> bool:
        """True if another attempt may mend it."""
        return safety.weight(self.findings) > 0


_NOTHING = _Attempt("", 0.0, ())
"""The answer to what is blank for the model: nobody was asked."""


class _Request:
    """One call: the target, and each text's ids, so that a text is encoded once."""

    def __init__(self, backend: Backend, decoding: Decoding, limits: Limits, target: Lang) -> None:
        self._backend = backend
        self._decoding = decoding
        self._limits = limits
        self._target = target
        self._encoded: dict[str, Encoded] = {}

    def encode(self, texts: Sequence[str]) -> None:
        """Fill in the ids of texts not seen yet. Raises EngineError for a target the model cannot write."""
        new = [text for text in texts if text not in self._encoded]
        self._encoded |= zip(new, self._backend.encode(new, self._target), strict=True)

    def size(self, text: str) -> int:
        """Length in pieces."""
        self.encode([text])
        return len(self._encoded[text].ids)

    def ask(
        self,
        units: Sequence[str],
        finished: Callable[[list[str]], None] = lambda units: None,
        wishes: Mapping[str, Sequence[str]] = NO_WISHES,
    ) -> dict[str, Hypothesis]:
        """The hypothesis for each unit. Those that look wrong are tried again together, in full batches."""
        first: dict[str, _Attempt] = {}
        usual = replace(self._decoding, alone=len(units) == 1, answers=self._decoding.beam if wishes else 1)

        def search(batch: list[str]) -> Callable[[], list[_Attempt]]:
            pending = self._attempts(batch, usual, wishes)

            def wait() -> list[_Attempt]:
                made = pending()
                first.update(zip(batch, made, strict=True))
                return made

            return wait

        def tell(batch: list[str]) -> None:
            finished([unit for unit in batch if unit not in first or not first[unit].is_wrong])

        best = self._scheduled(units, search, _NOTHING, usual, tell)
        doubtful = [unit for unit, attempt in best.items() if attempt.is_wrong]
        for how in safer(self._decoding):
            wrong = [unit for unit in doubtful if best[unit].is_wrong]
            again = self._scheduled(wrong, partial(self._attempts, how=how), _NOTHING, how)
            best |= {unit: min(best[unit], again[unit], key=lambda attempt: attempt.rank) for unit in wrong}
        if doubtful:
            finished(doubtful)
        return {
            unit: self._hypothesis(unit, first[unit], best[unit]) if unit in first else Hypothesis("")
            for unit in units
        }

    def ask_several(self, units: Sequence[str], count: int) -> dict[str, tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses for each unit, from a beam of at least as many."""
        how = replace(self._decoding, beam=max(self._decoding.beam, count), answers=count)
        return self._scheduled(units, partial(self._candidates, how=how), (Hypothesis(""),), how)

    def _scheduled(
        self,
        units: Sequence[str],
        begin: Callable[[list[str]], Callable[[], list[Found]]],
        nothing: Found,
        how: Decoding,
        finished: Callable[[list[str]], None] = lambda units: None,
    ) -> dict[str, Found]:
        """What is found for each unit, in batches of like length; `nothing` for those that are blank."""
        self.encode(units)
        blank = [unit for unit in units if self._encoded[unit].is_blank]
        if blank:
            finished(blank)
        units = [unit for unit in units if not self._encoded[unit].is_blank]
        sizes = [self.size(unit) for unit in units]
        bands = self._limits.bands_of(how)
        lengths = list(map(bands.padded, sizes))
        found = schedule.run(
            schedule.by_length(units, lengths),
            lengths,
            max(1, self._limits.budget // how.beam),
            lambda batch: begin([units[index] for index in batch]),
            lambda batch: finished([units[index] for index in batch]),
            self._limits.lanes,
            list(map(bands.of, sizes)),
        )
        return dict.fromkeys(blank, nothing) | dict(zip(units, found, strict=True))

    def by_clauses(self, found: Mapping[str, Hypothesis]) -> dict[str, Hypothesis]:
        """`found`, with what stayed wrong made of its clauses' translations where they are less wrong."""
        parts = {
            unit: self._clauses(unit)
            for unit, hypothesis in found.items()
            if safety.weight(hypothesis.findings) and self.size(unit) >= CLAUSE_LEAST
        }
        asked = self.ask(list(dict.fromkeys(part for several in parts.values() for part in several)))
        better = {}
        for unit, several in parts.items():
            whole = self._judged(unit, joined([asked[part] for part in several], self._target))
            if safety.weight(whole.findings) < safety.weight(found[unit].findings):
                better[unit] = whole
        return {**found, **better}

    def _clauses(self, unit: str) -> tuple[str, ...]:
        """Parts of at most half its length."""
        half = self.size(unit) // 2
        return fitting(unit, lambda text: self.size(text) <= half)

    def _judged(self, unit: str, whole: Hypothesis) -> Hypothesis:
        """A joined hypothesis with what its parts cannot know: repetition and length over the whole."""
        found = safety.judge(unit, whole.text, self._target, cut=False)
        return replace(whole, findings=tuple(dict.fromkeys([*whole.findings, *found])))

    def _candidates(self, units: Sequence[str], how: Decoding) -> Callable[[], list[tuple[Hypothesis, ...]]]:
        pending = self._searched(units, how)
        return lambda: [
            distinct(self._hypothesis(unit, each, each) for each in self._judged_all(unit, answers))
            for unit, answers in zip(units, pending(), strict=True)
        ]

    def _attempts(
        self, units: Sequence[str], how: Decoding, wishes: Mapping[str, Sequence[str]] = NO_WISHES
    ) -> Callable[[], list[_Attempt]]:
        pending = self._searched(units, how)
        return lambda: [
            self._best(unit, answers, wishes.get(unit, ()))
            for unit, answers in zip(units, pending(), strict=True)
        ]

    def _best(self, unit: str, answers: Sequence[Answer], forms: Sequence[str]) -> _Attempt:
        """The first answer, or one that says more of the forms, if it does not look wrong."""
        best = _wished(answers, forms)
        (attempt,) = self._judged_all(unit, (best,))
        if attempt.is_wrong and best is not answers[0]:
            (attempt,) = self._judged_all(unit, answers[:1])
        return attempt

    def _searched(self, units: Sequence[str], how: Decoding) -> Pending:
        """A search for a batch, begun."""
        batch = [self._encoded[unit] for unit in units]
        limits = [self._limits.room(len(each.ids)) for each in batch]
        return self._backend.begin(batch, limits, how, self._target)

    def _judged_all(self, unit: str, answers: Sequence[Answer]) -> list[_Attempt]:
        """The answers to a unit with what is wrong with each, and what it passed over."""
        passed_over = overlooked(self._backend, unit, answers, self._target)
        return [
            _Attempt(each.text, each.score, self._judge(unit, each), numbers)
            for each, numbers in zip(answers, passed_over, strict=True)
        ]

    def _judge(self, unit: str, answer: Answer) -> tuple[Finding, ...]:
        return safety.judge(unit, answer.text, self._target, cut=answer.cut)

    def _hypothesis(self, unit: str, first: _Attempt, best: _Attempt) -> Hypothesis:
        """The best attempt, and what a reader should know about it."""
        findings = list(best.findings)
        if best is not first:
            why = ", ".join(finding.code for finding in first.findings)
            findings.append(
                Finding("retried", Severity.NOTE, f"translated again with safer settings ({why})")
            )
        if unknown := self._encoded[unit].unknown:
            some = ", ".join(f"“{text}”" for text in unknown[:5]) + (", …" if len(unknown) > 5 else "")
            findings.append(Finding("unknown", Severity.NOTE, f"not in the model's vocabulary: {some}"))
        text = safety.whole(unit, best.text)
        return Hypothesis(text, best.score, tuple(findings), overlooked=best.overlooked)


def _wished(answers: Sequence[Answer], forms: Sequence[str]) -> Answer:
    """The first of those that say most of the forms, in whatever case."""
    if not forms or len(answers) == 1:
        return answers[0]
    small = [form.casefold() for form in forms]
    return max(answers, key=lambda answer: sum(form in answer.text.casefold() for form in small))
