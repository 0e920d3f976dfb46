"""A second look at sentences in which something is wrong: other attempts, of which the best is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from translate.domain import Hypothesis, Lang, TermStatus
from translate.engines import Engine, Wanted
from translate.revision.given import with_terms
from translate.revision.placing import put_in
from translate.revision.reviewed import NOT_BROUGHT, Reviewed, review
from translate.revision.settings import Revision
from translate.terms import Forms, TermMatch

CANDIDATES: Final = 8
"""How many of the model's hypotheses a second look reads: `docs/revision.md` says what they find."""
WITH_TERMS: Final = 4
"""The same of a sentence with its terms given: those are like one another."""
ROUNDS: Final = 4
"""To how many terms of a sentence the model is led, one after another."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The attempts, one kind after another, at sentences of one target. `how`, `names`: as for `review`."""

    engine: Engine
    target: Lang
    how: Revision
    names: Forms

    def best(self, wrong: Sequence[Reviewed]) -> list[Reviewed]:
        """The best there is of each sentence, which may be what was given.

        Other hypotheses, with missing terms given; those that still are missing put in the place of what
        stands for them; at last the model led to say them, where there was no such place.
        """
        several = [
            [each, *unaided, *given]
            for each, unaided, given in zip(wrong, self._unaided(wrong), self._given(wrong), strict=True)
        ]
        best = [min(them, key=lambda one: one.rank) for them in several]
        return self._led(self._put_in(best))

    def _unaided(self, wrong: Sequence[Reviewed]) -> list[list[Reviewed]]:
        """The model's other hypotheses, for those that are wrong and miss no term."""
        worse = [number for number, each in enumerate(wrong) if not each.missing]
        sources = [wrong[number].source for number in worse]
        found: list[list[Reviewed]] = [[] for _ in wrong]
        hypotheses = self.engine.candidates(sources, self.target, CANDIDATES) if worse else []
        for number, those in zip(worse, hypotheses, strict=True):
            found[number] = [self._review(wrong[number], said) for said in those]
        return found

    def _given(self, wrong: Sequence[Reviewed]) -> list[list[Reviewed]]:
        """What the model makes of those that miss terms, when they are given it in the source."""
        found: list[list[Reviewed]] = [[] for _ in wrong]
        short = [number for number, each in enumerate(wrong) if each.missing]
        given = [with_terms(wrong[n].source, wrong[n].missing, self.target) for n in short]
        hypotheses = self.engine.candidates(given, self.target, WITH_TERMS) if given else []
        for number, those in zip(short, hypotheses, strict=True):
            brought = dict.fromkeys(wrong[number].missing, TermStatus.ENFORCED)
            found[number] = self._fair(wrong[number], those, brought)
        return found

    def _put_in(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, with terms that are still missing in the place of what stands for them."""
        short = [number for number, each in enumerate(best) if each.missing]
        pairs = [(best[number].source, best[number].hypothesis.text) for number in short]
        links = self.engine.align(pairs, self.target) if pairs else []
        done = list(best)
        for number, found in zip(short, links, strict=True):
            each = best[number]
            text, placed = put_in(each, found, self.target)
            if placed:
                brought = {**each.brought, **dict.fromkeys(placed, TermStatus.REPAIRED)}
                done[number] = _better(each, self._fair(each, [replace(each.made, text=text)], brought))
        return done

    def _led(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, with the model led to terms that are still missing, one after another."""
        done = list(best)
        tried: list[set[TermMatch]] = [set() for _ in best]
        for _ in range(ROUNDS):
            asked = {
                number: left[0]
                for number, each in enumerate(done)
                if (left := [match for match in each.missing if match not in tried[number]])
            }
            wanted = [self._wanted(done[number], match) for number, match in asked.items()]
            found = self.engine.lead(wanted, self.target) if wanted else []
            for (number, match), those in zip(asked.items(), found, strict=True):
                each = done[number]
                tried[number].add(match)
                brought = {**each.brought, match: TermStatus.LED}
                done[number] = _better(each, self._fair(each, those, brought))
        return done

    def _wanted(self, each: Reviewed, match: TermMatch) -> Wanted:
        """`match` is given in the source too: the model finds the place for it more easily."""
        given = with_terms(each.source, [match], self.target)
        return Wanted(given, each.hypothesis.text, match.preferred(self.target) or "")

    def _fair(
        self, each: Reviewed, those: Iterable[Hypothesis], brought: Mapping[TermMatch, TermStatus]
    ) -> list[Reviewed]:
        """`those` reviewed, without the ones that buy a term with another error."""
        reviewed = (self._review(each, said, brought) for said in those)
        return [one for one in reviewed if one.apart_from_terms <= each.apart_from_terms]

    def _review(
        self, each: Reviewed, said: Hypothesis, brought: Mapping[TermMatch, TermStatus] = NOT_BROUGHT
    ) -> Reviewed:
        return review(each.source, said, self.target, each.matches, self.how, self.names, brought)


def _better(each: Reviewed, others: Sequence[Reviewed]) -> Reviewed:
    """The best of the others if less is wrong with it, else the same."""
    best = min(others, key=lambda one: one.rank, default=each)
    return best if best.rank[0] < each.rank[0] else each
