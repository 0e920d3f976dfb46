"""An engine that is read again: `Reviser`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from translate.domain import Finding, Hypothesis, Lang, Severity, TermStatus
from translate.engines import Engine, Progress
from translate.memory import Lenient, Memory
from translate.revision.given import with_terms
from translate.revision.placing import put_in
from translate.revision.reviewed import NOT_BROUGHT, SERIOUS, Reviewed, review, told
from translate.revision.settings import Revision
from translate.terms import Glossary, TermMatch

CANDIDATES: Final = 8
"""How many of the model's hypotheses a second look reads: `docs/revision.md` says what they find."""
WITH_TERMS: Final = 4
"""The same of a sentence with its terms given: those are like one another."""


@dataclass(frozen=True, slots=True)
class Reviser:
    """Answers like `engine`, but better where that can be had.

    The answer to a sentence depends on nothing but the sentence. `recipe` names everything that decides
    it: `memory` keeps the answers of a machine by it.
    """

    engine: Engine
    recipe: str
    glossary: Glossary = field(default_factory=Glossary)
    memory: Memory | Lenient | None = None
    how: Revision = field(default_factory=Revision)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order. Raises EngineError, or RecallError for the memory."""
        known = self._remembered(sentences, target)
        fresh = [text for text in dict.fromkeys(sentences) if text not in known]
        if progress and len(fresh) < len(sentences):
            progress(len(sentences) - len(fresh))
        made = self._made(fresh, target, progress) if fresh else {}
        if self.memory and not self.memory.readonly and made:
            self.memory.store(made.items(), target, self.recipe)
        found = {**known, **made}
        return [found[text] for text in sentences]

    def _remembered(self, sentences: Sequence[str], target: Lang) -> dict[str, Hypothesis]:
        """What the memory has: of people, beside what the checks say of it; of this recipe, as it was."""
        entries = self.memory.lookup(sentences, target, self.recipe) if self.memory else {}
        return {
            text: self._review(text, entry.hypothesis, target, self.glossary.find(text)).hypothesis
            if entry.human
            else entry.hypothesis
            for text, entry in entries.items()
        }

    def _made(self, texts: Sequence[str], target: Lang, progress: Progress | None) -> dict[str, Hypothesis]:
        answers = self.engine.translate(texts, target, progress)
        first = {
            text: self._review(text, answer, target, self.glossary.find(text))
            for text, answer in zip(texts, answers, strict=True)
        }
        wrong = [each for each in first.values() if each.is_wrong] if self.how.retry else []
        better = self._tried_again(wrong, target) if wrong else {}
        return {text: better.get(text, each).hypothesis for text, each in first.items()}

    def _review(
        self,
        source: str,
        said: Hypothesis,
        target: Lang,
        matches: Sequence[TermMatch],
        brought: Mapping[TermMatch, TermStatus] = NOT_BROUGHT,
    ) -> Reviewed:
        return review(source, said, target, matches, self.how, brought)

    def _tried_again(self, wrong: Sequence[Reviewed], target: Lang) -> dict[str, Reviewed]:
        """The best of each sentence's other hypotheses, where one is better than the first."""
        others: dict[str, list[Reviewed]] = {each.source: [] for each in wrong}
        for each, one in self._unaided(wrong, target):
            others[each.source].append(self._review(each.source, one, target, each.matches))
        for each, one in self._with_terms(wrong, target):
            brought = dict.fromkeys(each.missing, TermStatus.ENFORCED)
            said = self._review(each.source, one, target, each.matches, brought)
            if said.apart_from_terms <= each.apart_from_terms:  # a term is not bought with another error
                others[each.source].append(said)
        best = [min([each, *others[each.source]], key=lambda one: one.rank) for each in wrong]
        best = self._put_in(best, target)
        return {
            each.source: told(one, _revised(each, one))
            for each, one in zip(wrong, best, strict=True)
            if one.rank[0] < each.rank[0]
        }

    def _unaided(self, wrong: Sequence[Reviewed], target: Lang) -> Iterator[tuple[Reviewed, Hypothesis]]:
        """The other hypotheses for those that are wrong in more than their terms."""
        worse = [each for each in wrong if each.apart_from_terms >= SERIOUS]
        found = self.engine.candidates([each.source for each in worse], target, CANDIDATES) if worse else []
        for each, hypotheses in zip(worse, found, strict=True):
            yield from ((each, one) for one in hypotheses)

    def _with_terms(self, wrong: Sequence[Reviewed], target: Lang) -> Iterator[tuple[Reviewed, Hypothesis]]:
        """What the model makes of those that miss terms, when it is given them."""
        short = [each for each in wrong if each.missing]
        given = [with_terms(each.source, each.missing, target) for each in short]
        found = self.engine.candidates(given, target, WITH_TERMS) if given else []
        for each, hypotheses in zip(short, found, strict=True):
            yield from ((each, one) for one in hypotheses)

    def _put_in(self, best: Sequence[Reviewed], target: Lang) -> list[Reviewed]:
        """The same, with terms that are still missing in the place of what stands for them."""
        short = [number for number, each in enumerate(best) if each.missing]
        links = self.engine.align([(best[n].source, best[n].hypothesis.text) for n in short], target)
        done = list(best)
        for number, found in zip(short, links, strict=True):
            each = best[number]
            text, placed = put_in(each, found, target)
            if not placed:
                continue
            brought = {**each.brought, **dict.fromkeys(placed, TermStatus.REPAIRED)}
            said = self._review(each.source, replace(each.made, text=text), target, each.matches, brought)
            if said.rank[0] < each.rank[0] and said.apart_from_terms <= each.apart_from_terms:
                done[number] = said
        return done


def _revised(first: Reviewed, best: Reviewed) -> Finding:
    """What the reader should know about a second look: which findings it removed, wholly or in part."""
    before, left = _codes(first), _codes(best)
    codes = ", ".join(code for code in before if left[code] < before[code])
    return Finding("revised", Severity.NOTE, f"mended by a second look ({codes})")


def _codes(reviewed: Reviewed) -> Counter[str]:
    """How many warnings and errors there are of each code."""
    findings = reviewed.hypothesis.findings
    return Counter(finding.code for finding in findings if finding.severity is not Severity.NOTE)
