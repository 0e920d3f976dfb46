"""A sentence with something in the place of its addresses that a model copies, and the way back.

What stands for an address is a name: asked for 33 sentences with one, the embedded model writes the first of
each language below in all (English) or 31 of them (Chinese); a host like `www.un.org` in 15 and in none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from translate.domain import Lang
from translate.engines.alignment import Span
from translate.text.addresses import Address, addresses, found

STAND_INS: Final[Mapping[Lang, tuple[str, ...]]] = {
    Lang.EN: ("Facebook", "CNN", "Airbus", "Reuters", "iPhone", "Xinhua"),
    Lang.ZH: ("CNBC", "CNN", "CCTV", "iPhone", "Facebook", "ABC"),
}

_ENDED = re.compile(r"[.!?…][\s»”\")\]]*$")
_RUNNING_ON = "@#/=&_-"  # what an address begins or ends with, beside letters and figures
_FINAL_MARKS = ".!?…。！？"
_FRENCH_SPACE = re.compile(r"\s(?=[:;!?])")
_OPENING, _CLOSING = re.compile(r"«\s?"), re.compile(r"\s?»")
_WIDE = str.maketrans(",:;!?.()", "，：；！？。（）")
# An answer to a part begins with a capital; these lose it where the part has none.
_SMALL_WORDS = (
    " a an and are as at because but by each every for from has have he if in is it its of on or she that the"
    " their these they this those to was were when where which while who with "
)


@dataclass(frozen=True, slots=True)
class Disguised:
    """A sentence with stand-ins. `kept`: each with what it stands for; `behind`: addresses behind its end."""

    text: str
    kept: tuple[tuple[str, str], ...]
    behind: str = ""

    def restored(self, said: str, target: Lang) -> str | None:
        """An answer with the addresses in it; None unless it has each stand-in exactly once."""
        stand_ins = [Address(stand_in, 0, 0) for stand_in, _ in self.kept]
        there = found(said, stand_ins)
        if sorted(each.text for each in there) != sorted(each.text for each in stand_ins):
            return None
        if any(other.start <= each.start < other.end for other in addresses(said) for each in there):
            return None  # www.Facebook.com
        kept, pieces, done = dict(self.kept), [], 0
        for each in there:
            pieces += [said[done : each.start], kept[each.text]]
            done = each.end
        whole = joined((*pieces, said[done:]), target)
        return f"{whole} {self.behind}".lstrip() if self.behind else whole

    def over(self, said: str) -> str:
        """A translation with the stand-ins in the place of its addresses, as far as it has them."""
        waiting: dict[str, list[str]] = {}
        for stand_in, text in self.kept:
            waiting.setdefault(text, []).append(stand_in)
        if self.behind:
            said = said.removesuffix(self.behind).rstrip()
        there = found(said, [Address(text, 0, 0) for text in waiting])
        known = [(place, waiting[place.text].pop(0)) for place in there if waiting[place.text]]
        return Swapped.of(said, [place for place, _ in known], [other for _, other in known]).text


@dataclass(frozen=True, slots=True)
class Swapped:
    """A text with something else in some places. `places`: where each is now, and where it was."""

    text: str
    places: tuple[tuple[Span, Span], ...]

    @classmethod
    def of(cls, text: str, places: Sequence[Address], others: Sequence[str]) -> Swapped:
        pieces, now, done, size = [], [], 0, 0
        for place, other in zip(places, others, strict=True):
            between = text[done : place.start]
            start = size + len(between)
            size, done = start + len(other), place.end
            pieces += [between, other]
            now.append(((start, size), (place.start, place.end)))
        return cls("".join((*pieces, text[done:])), tuple(now))

    def back(self, span: Span) -> Span:
        """Where `span` was; one that touches something swapped covers all of what was there."""
        first, last = self._was(span[0]), self._was(max(span[0], span[1] - 1))
        return (first[0], last[1] if span[0] < span[1] else first[0])

    def _was(self, place: int) -> Span:
        """The sign that was at `place`, or all that was there."""
        shift = 0
        for now, before in self.places:
            if now[0] <= place < now[1]:
                return before
            if now[1] <= place:
                shift = before[1] - now[1]
        return place + shift, place + shift + 1


@dataclass(frozen=True)
class Kept:
    """A sentence that has addresses. `runs`: those, of which several with blanks between them are one."""

    sentence: str
    runs: tuple[Address, ...]

    @classmethod
    def of(cls, sentence: str) -> Kept | None:
        """None of a sentence without addresses."""
        there = addresses(sentence)
        return cls(sentence, _runs(sentence)) if there else None

    @cached_property
    def gaps(self) -> tuple[str, ...]:
        """What stands before, between and behind the addresses; one more than those, some empty."""
        edges = [0, *(place for run in self.runs for place in (run.start, run.end)), len(self.sentence)]
        return tuple(self.sentence[edges[n] : edges[n + 1]] for n in range(0, len(edges), 2))

    @property
    def is_its_own(self) -> bool:
        """True if there is no word in it: marks, figures and identifiers (`V2`) beside the addresses."""
        words = (word for gap in self.gaps for word in gap.split())
        return not any(any(map(str.isalpha, word)) and not any(map(str.isdigit, word)) for word in words)

    def disguised(self, target: Lang, turn: int = 0) -> Disguised | None:
        """The sentence with a stand-in for each address, others in each turn; None if there are too few."""
        sentence, runs, behind = self.sentence, self.runs, ""
        if not self.gaps[-1].strip() and _ENDED.search(self.gaps[-2]):
            sentence, runs, behind = sentence[: runs[-1].start].rstrip(), runs[:-1], runs[-1].text
        known = sentence.casefold()
        free = [each for each in STAND_INS.get(target, ()) if each.casefold() not in known]
        if len(free) < len(runs) + turn:
            return None
        chosen = free[turn : turn + len(runs)]
        kept = tuple((one, run.text) for one, run in zip(chosen, runs, strict=True))
        return Disguised(Swapped.of(sentence, runs, chosen).text, kept, behind)

    def beside(self, said: str, target: Lang) -> tuple[Swapped, Swapped] | None:
        """The sentence and a translation, both with the same stand-ins; None if an address is not in both."""
        if len(self.runs) > len(STAND_INS.get(target, ())):
            return None
        there = found(said, self.runs)
        if sorted(each.text for each in there) != sorted(run.text for run in self.runs):
            return None
        known = f"{self.sentence} {said}".casefold()
        free = [each for each in STAND_INS.get(target, ()) if each.casefold() not in known]
        if len(free) < len(self.runs):
            return None
        waiting: dict[str, list[str]] = {}
        for run, stand_in in zip(self.runs, free, strict=False):
            waiting.setdefault(run.text, []).append(stand_in)
        others = [waiting[place.text].pop(0) for place in there]
        return Swapped.of(self.sentence, self.runs, free[: len(self.runs)]), Swapped.of(said, there, others)

    @cached_property
    def parts(self) -> tuple[tuple[str, str, str], ...]:
        """Of each gap the marks before what there is to translate, that, and the marks behind it."""
        return tuple(_edged(gap) for gap in self.gaps)

    def assembled(self, said: Mapping[str, str], target: Lang) -> str:
        """The whole, of what each of the `parts` became."""
        pieces = []
        for number, (before, part, behind) in enumerate(self.parts):
            text = _fitted(part, said[part], target) if part else ""
            pieces.append(f"{_marks(before, target)}{text}{_marks(behind, target)}")
            pieces += [run.text for run in self.runs[number : number + 1]]
        return joined(pieces, target).strip()


def _runs(sentence: str) -> tuple[Address, ...]:
    runs: list[Address] = []
    for each in addresses(sentence):
        if runs and sentence[runs[-1].end : each.start].isspace():
            start = runs.pop().start
            each = Address(sentence[start : each.end], start, each.end)
        runs.append(each)
    return tuple(runs)


def joined(pieces: Sequence[str], target: Lang) -> str:
    """The pieces, of which every second is an address: in Chinese set apart from what would run into it."""
    if target is not Lang.ZH:
        return "".join(pieces)
    spaced = [""]
    for piece in filter(None, pieces):
        last = spaced[-1][-1:]
        runs_in = (last.isalnum() or last in _RUNNING_ON) and (piece[0].isalnum() or piece[0] in _RUNNING_ON)
        spaced += [" ", piece] if last and runs_in else [piece]
    return "".join(spaced)


def _edged(gap: str) -> tuple[str, str, str]:
    if not any(map(str.isalpha, gap)):
        return gap, "", ""
    start = next(place for place, sign in enumerate(gap) if _is_of_a_word(sign))
    end = len(gap)
    while not _is_of_a_word(gap[end - 1]) and gap[end - 1] not in _FINAL_MARKS:
        end -= 1
    return gap[:start], gap[start:end], gap[end:]


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _fitted(part: str, said: str, target: Lang) -> str:
    """The answer to a part of a sentence, without what makes it look like a whole one."""
    if part[-1] not in _FINAL_MARKS:
        said = said.rstrip(_FINAL_MARKS)
    first = said.split(maxsplit=1)[:1]
    if target is Lang.EN and part[0].islower() and first and f" {first[0].lower()} " in _SMALL_WORDS:
        said = said[0].lower() + said[1:]
    return said


def _marks(text: str, target: Lang) -> str:
    """Marks of French as the target sets them; figures as they are."""
    text = _CLOSING.sub("”", _OPENING.sub("“", _FRENCH_SPACE.sub("", text)))
    if target is not Lang.ZH or any(map(str.isalnum, text)):
        return text
    return text.translate(_WIDE).strip()
