"""A second look at sentences in which something is wrong: other attempts, of which the best is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from typing import Final

from translate.domain import Hypothesis, Lang, TermStatus
from translate.engines import Engine, Unwanted, Wanted
from translate.revision.given import with_terms
from translate.revision.lost import Lost, LostDays, LostNumbers
from translate.revision.mended import can_be_mended, can_be_redated, edited, going_on, mended
from translate.revision.reviewed import NOT_BROUGHT, Reviewed, review, told
from translate.revision.wording import worded
from translate.settings import Revision
from translate.terms import Forms, TermMatch

CANDIDATES: Final = 8
"""How many of the model's hypotheses a second look reads: `docs/revision.md` says what they find."""
WIDER: Final = 16
"""The same of what is wrong after everything else: a wider beam has other hypotheses."""
WITH_TERMS: Final = 4
"""The same of a sentence with its terms given: those are like one another."""
PLACES: Final = (4, 1, 1, 1)
"""How many places for a missing term are tried, the first time and after each that was found: then, if the
likeliest will not do, another hardly ever does."""


@dataclass(frozen=True, slots=True)
class SecondLook:
    """The attempts, one kind after another, at sentences of one target. `how`, `names`: as for `review`."""

    engine: Engine
    target: Lang
    how: Revision
    names: Forms

    def best(self, wrong: Sequence[Reviewed]) -> list[Reviewed]:
        """The best there is of each sentence, which may be what was given.

        Missing terms, numbers and dates put in the place of what stands for them, where that mends the
        sentence; else other hypotheses, with missing terms given, and what is still missing put in; then
        dates that it says twice, once wrongly; at last the model led to say terms, numbers and days, where
        there was no such place.
        """
        done = self._worded(self._put_in(wrong))
        rest = [number for number, each in enumerate(done) if each.is_wrong]
        anew = self._anew([wrong[number] for number in rest])
        changed = {number: one for number, one in zip(rest, anew, strict=True) if one is not wrong[number]}
        better = zip(changed, self._put_in(list(changed.values())), strict=True)
        kept = {number: min(one, done[number], key=lambda each: each.rank[:2]) for number, one in better}
        done = _with(done, kept, list(kept.values()))
        again = [n for n in rest if can_be_redated(done[n], self.target, twice=True)]
        done = _with(done, again, self._put_in([done[number] for number in again], twice=True))
        done = _with(done, rest, self._led_to_dropped(self._led([done[number] for number in rest])))
        done = _with(done, rest, self._wider([done[number] for number in rest]))
        return self._worded(done)

    def _anew(self, wrong: Sequence[Reviewed]) -> list[Reviewed]:
        """The best of what the model says when it is asked again, which may be what was given."""
        ways = (wrong, self._unaided(wrong, CANDIDATES), self._given(wrong))
        best = [
            min([each, *unaided, *given], key=lambda one: one.rank)
            for each, unaided, given in zip(*ways, strict=True)
        ]
        return self._without(best)

    def _without(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, asked without the made-up words where all terms are there."""
        done = list(best)
        asked = [number for number, each in enumerate(done) if each.made_up and not each.missing]
        unwanted = [self._unwanted(done[number]) for number in asked]
        found = self.engine.avoid(unwanted, self.target) if unwanted else []
        for number, said in zip(asked, found, strict=True):
            if said is not None:
                each = done[number]
                brought = dict.fromkeys(each.aided, TermStatus.ENFORCED)
                done[number] = _better(each, self._fair(each, [said], brought))
        return done

    def _worded(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, with words that are no English replaced by what the lexicon has for their French."""
        done = list(best)
        asked = [n for n, each in enumerate(done) if each.strange and self.target is Lang.EN]
        pairs = [(done[number].source, done[number].hypothesis.text) for number in asked]
        links = self.engine.align(pairs, self.target) if pairs else []
        for number, found in zip(asked, links, strict=True):
            each = done[number]
            which = edited(each, (), worded(each.source, each.hypothesis.text, each.strange, found))
            for one in self._fair(each, [which.made], which.brought):
                if len(one.strange) < len(each.strange) and one.rank[0] <= each.rank[0]:
                    done[number] = one
        return done

    def _unwanted(self, each: Reviewed) -> Unwanted:
        return Unwanted(with_terms(each.source, each.aided, self.target), each.made_up)

    def _wider(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, or what a wider beam finds that has less wrong with it."""
        asked = [number for number, each in enumerate(best) if each.is_serious]
        serious = [best[number] for number in asked]
        wider = self._unaided(serious, WIDER)
        return _with(best, asked, [_better(*each) for each in zip(serious, wider, strict=True)])

    def _unaided(self, wrong: Sequence[Reviewed], count: int) -> list[list[Reviewed]]:
        """The model's other hypotheses, for those in which more is wrong than a word, and no term missing."""
        worse = [n for n, each in enumerate(wrong) if not each.missing and each.is_wrong_apart_from_words]
        sources = [wrong[number].source for number in worse]
        found: list[list[Reviewed]] = [[] for _ in wrong]
        hypotheses = self.engine.candidates(sources, self.target, count) if worse else []
        for number, those in zip(worse, hypotheses, strict=True):
            found[number] = self._contenders(wrong[number], those)
        return found

    def _contenders(self, each: Reviewed, those: Iterable[Hypothesis]) -> list[Reviewed]:
        """`those` reviewed, the surest first, down to one with which nothing is wrong: no other is better."""
        found: list[Reviewed] = []
        for said in sorted(those, key=lambda one: -(one.score or 0.0)):
            found.append(self._review(each, said))
            if found[-1].rank[:2] == (0, 0):
                break
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

    def _put_in(self, best: Sequence[Reviewed], *, twice: bool = False) -> list[Reviewed]:
        """The same, with terms, numbers and dates that are missing in the place of what stands for them.

        `twice`: dates also if the translation has them already.
        """
        short = [number for number, each in enumerate(best) if can_be_mended(each)]
        pairs = [(best[number].source, best[number].hypothesis.text) for number in short]
        links = self.engine.align(pairs, self.target) if pairs else []
        done = list(best)
        for number, found in zip(short, links, strict=True):
            each = best[number]
            attempts = mended(each, found, self.target, twice=twice)
            fair = [one for which in attempts for one in self._fair(each, [which.made], which.brought)]
            done[number] = _better(each, fair)
        return done

    def _led(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, with the model led to terms that are still missing, as long as it can be."""
        done = list(best)
        asked = [number for number, each in enumerate(done) if each.missing]
        for places in PLACES:
            wanted = [self._wanted(done[number], places) for number in asked]
            found = self.engine.lead(wanted, self.target) if wanted else []
            led = {number: said for number, said in zip(asked, found, strict=True) if said}
            for number, said in led.items():
                done[number] = self._after(done[number], said)
            asked = [number for number in led if done[number].missing]
        return done

    def _wanted(self, each: Reviewed, places: int) -> Wanted:
        """The terms are given in the source too: the model finds the place for them more easily."""
        given = with_terms(each.source, each.missing, self.target)
        forms = dict.fromkeys(match.preferred(self.target) or "" for match in each.missing)
        return Wanted(given, each.hypothesis.text, tuple(forms), places, partial(self._suits, each))

    def _suits(self, each: Reviewed, said: Hypothesis) -> bool:
        """True if the led model has found a term and lost none."""
        return set(self._after(each, said).missing) < set(each.missing)

    def _after(self, each: Reviewed, said: Hypothesis) -> Reviewed:
        """What the model made of it when led, if that is better."""
        brought = {**each.brought, **dict.fromkeys(each.missing, TermStatus.LED)}
        return _better(each, self._fair(each, [going_on(each, said)], brought))

    def _led_to_dropped(self, best: Sequence[Reviewed]) -> list[Reviewed]:
        """The same, with the model led to numbers and days that it left out, where it understands them."""
        done = list(best)
        for kind in (LostNumbers, LostDays):
            lost = {
                number: found
                for number, each in enumerate(done)
                if (found := kind.of(each, self.target)) and found.forms
            }
            wanted = [self._wanted_lost(done[number], each) for number, each in lost.items()]
            answers = self.engine.lead(wanted, self.target) if wanted else []
            for number, said in zip(lost, answers, strict=True):
                if said:
                    done[number] = self._with_lost(done[number], lost[number], said)
        return done

    def _wanted_lost(self, each: Reviewed, lost: Lost) -> Wanted:
        given = with_terms(each.source, each.aided, self.target)
        return Wanted(
            given, each.hypothesis.text, lost.forms, PLACES[0], partial(self._understands, each, lost)
        )

    def _understands(self, each: Reviewed, lost: Lost, said: Hypothesis) -> bool:
        return self._with_lost(each, lost, said) is not each

    def _with_lost(self, each: Reviewed, lost: Lost, said: Hypothesis) -> Reviewed:
        """What the model made of it when led, if that is better and it has understood what it was led to."""
        better = _better(each, self._fair(each, [going_on(each, said)], each.brought))
        if better is each or better.about_names > each.about_names:
            return each
        text = better.hypothesis.text
        (links,) = self.engine.align([(each.source, text)], self.target)
        notes = lost.understood(each.source, text, links)
        return reduce(told, notes, better) if notes else each

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


def _with(done: Sequence[Reviewed], numbers: Iterable[int], new: Sequence[Reviewed]) -> list[Reviewed]:
    """What is done, with new ones in these places."""
    changed = dict(zip(numbers, new, strict=True))
    return [changed.get(number, each) for number, each in enumerate(done)]
