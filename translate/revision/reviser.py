"""An engine that is read again: `Reviser`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from translate.domain import Finding, Hypothesis, Lang, Severity
from translate.engines import Engine, Progress
from translate.engines.safety import weight
from translate.revision.mended import can_be_redated
from translate.revision.reviewed import Reviewed, review, told
from translate.revision.second_look import SecondLook
from translate.settings import Revision
from translate.terms import Glossary
from translate.text.addresses import addresses, found, hidden

if TYPE_CHECKING:
    from translate.memory import Lenient, Memory


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
            text: self._review(text, entry.hypothesis, target).hypothesis if entry.human else entry.hypothesis
            for text, entry in entries.items()
        }

    def _made(self, texts: Sequence[str], target: Lang, progress: Progress | None) -> dict[str, Hypothesis]:
        answers = self.engine.translate(texts, target, progress)
        first = {
            text: self._review(text, answer, target) for text, answer in zip(texts, answers, strict=True)
        }
        wrong = [each for each in first.values() if self._needs_more(each, target)] if self.how.retry else []
        better = self._tried_again(wrong, target) if wrong else {}
        return {text: better.get(text, each).hypothesis for text, each in first.items()}

    def _needs_more(self, each: Reviewed, target: Lang) -> bool:
        """True if there is an error in it, or a date that can be mended without asking the model."""
        return each.is_wrong or can_be_redated(each, target)

    def _review(self, source: str, said: Hypothesis, target: Lang) -> Reviewed:
        matches = self.glossary.find(hidden(source))  # no term stands in an address
        return review(source, said, target, matches, self.how, self.glossary.names(target))

    def _tried_again(self, wrong: Sequence[Reviewed], target: Lang) -> dict[str, Reviewed]:
        """The best of each sentence's other attempts, where one is better than the first."""
        best = SecondLook(self.engine, target, self.how, self.glossary.names(target)).best(wrong)
        return {
            each.source: told(one, _revised(each, one))
            for each, one in zip(wrong, best, strict=True)
            if one.rank[0] < each.rank[0] and _keeps_addresses(each, one)
        }


def _keeps_addresses(first: Reviewed, best: Reviewed) -> bool:
    """False if an address of the source is lost; without checks nothing else tells."""
    known = addresses(first.source)
    return len(found(best.hypothesis.text, known)) >= len(found(first.hypothesis.text, known))


def _revised(first: Reviewed, best: Reviewed) -> Finding:
    """What the reader should know about a second look: which findings it removed, wholly or in part."""
    before, left = _codes(first), _codes(best)
    codes = ", ".join(code for code, wrong in before.items() if left[code] < wrong)
    return Finding("revised", Severity.NOTE, f"mended by a second look ({codes})")


def _codes(reviewed: Reviewed) -> Counter[str]:
    """How much is wrong of each code: an error that became a warning is mended in part."""
    found: Counter[str] = Counter()
    for finding in reviewed.hypothesis.findings:
        found[finding.code] += weight([finding])
    return found
