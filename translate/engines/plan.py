"""Which texts a model is asked for, and how its answers become one hypothesis per sentence again."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from translate.domain import Finding, Hypothesis, Lang, Severity
from translate.text.clauses import split_clauses


class Plan:
    """Sentences, each once, over-long ones in parts. `units`: the texts to ask for, in order of first use."""

    def __init__(self, sentences: Sequence[str], fits: Callable[[str], bool]) -> None:
        self._sentences = [visible(sentence) for sentence in sentences]
        self._uses = Counter(filter(None, self._sentences))
        self._parts = {text: fitting(text, fits) for text in self._uses}
        self.units = list(dict.fromkeys(part for parts in self._parts.values() for part in parts))
        self._missing = {text: len(set(parts)) for text, parts in self._parts.items()}
        self._owners: dict[str, list[str]] = {unit: [] for unit in self.units}
        for text, parts in self._parts.items():
            for part in set(parts):
                self._owners[part].append(text)

    @property
    def empty(self) -> int:
        """How many sentences hold nothing: no model is asked for them."""
        return len(self._sentences) - self._uses.total()

    def finish(self, units: Iterable[str]) -> int:
        """How many sentences are complete now that `units` are answered."""
        complete = 0
        for text in (owner for unit in units for owner in self._owners[unit]):
            self._missing[text] -= 1
            if not self._missing[text]:
                complete += self._uses[text]
        return complete

    def assemble(self, found: Mapping[str, Hypothesis], target: Lang) -> list[Hypothesis]:
        """One hypothesis per sentence, in order. An empty sentence gets an empty one."""
        whole = {text: joined([found[part] for part in parts], target) for text, parts in self._parts.items()}
        return [whole[text] if text else Hypothesis("") for text in self._sentences]

    def assemble_several(
        self, found: Mapping[str, Sequence[Hypothesis]], target: Lang, count: int
    ) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` hypotheses per sentence, in order; each part's own several are given."""
        whole = {
            text: combined([found[part] for part in parts], target, count)
            for text, parts in self._parts.items()
        }
        return [whole[text] if text else (Hypothesis(""),) for text in self._sentences]


def visible(sentence: str) -> str:
    """`sentence` without space around it; nothing if no character of it can be seen."""
    seen = any(unicodedata.category(letter)[0] not in "CZ" for letter in sentence)
    return sentence.strip() if seen else ""


def fitting(text: str, fits: Callable[[str], bool]) -> tuple[str, ...]:
    """`text` in parts that fit, cut at clauses where there are any."""
    return tuple(segment.text for segment in split_clauses(text, fits))


def joined(parts: Sequence[Hypothesis], target: Lang) -> Hypothesis:
    """The parts of one sentence as one hypothesis, with all their findings; one part as it is."""
    if len(parts) == 1:
        return parts[0]
    glue = "" if target is Lang.ZH else " "
    scores = [part.score for part in parts if part.score is not None]
    note = Finding("resplit", Severity.NOTE, f"too long for the model: translated in {len(parts)} parts")
    findings = dict.fromkeys([note, *(finding for part in parts for finding in part.findings)])
    return Hypothesis(
        glue.join(part.text for part in parts if part.text),
        round(sum(scores) / len(scores), 4) if scores else None,
        tuple(findings),
    )


def combined(parts: Sequence[Sequence[Hypothesis]], target: Lang, count: int) -> tuple[Hypothesis, ...]:
    """The `count` surest ways to make a sentence of its parts' hypotheses, the surest first.

    Of one part they stay in the order in which the search ranked them.
    """
    if len(parts) == 1:
        return tuple(parts[0])
    best: list[tuple[Hypothesis, ...]] = [()]
    for several in parts:
        longer = [(*before, one) for before in best for one in several]
        best = sorted(longer, key=sureness, reverse=True)[:count]
    return distinct(joined(way, target) for way in best)


def sureness(parts: Iterable[Hypothesis]) -> float:
    """The sum of their scores; a hypothesis without a score is nothing to be unsure of."""
    return sum(part.score or 0.0 for part in parts)


def distinct(hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    """The first of each text, in order."""
    found: dict[str, Hypothesis] = {}
    for hypothesis in hypotheses:
        found.setdefault(hypothesis.text, hypothesis)
    return tuple(found.values())
