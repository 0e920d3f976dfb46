"""Addresses as they are, whatever a model makes of them.

A model spells an address from pieces, and garbles it. So it is asked for the sentence with something else in
the place of each address, which it copies (`stand_ins`), and that is replaced again. An answer that does not
have it exactly once is no answer: other stand-ins are tried, and at last the sentence is translated in the
parts around its addresses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Protocol

from translate.domain import Finding, Hypothesis, Lang, Origin, Severity
from translate.engines import Progress
from translate.engines.alignment import Link, Span
from translate.engines.wanted import Unwanted, Wanted
from translate.text.addresses import may_have

if TYPE_CHECKING:
    from translate.engines.stand_ins import Disguised, Kept, Swapped

TURNS: Final = 3
"""How many stand-ins are tried for an address before its sentence is translated in parts."""


class Asked(Protocol):
    """What is asked for sentences without addresses: these methods of an `Engine`."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]: ...

    def candidates(
        self, sentences: Sequence[str], target: Lang, count: int
    ) -> list[tuple[Hypothesis, ...]]: ...

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]: ...

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]: ...

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]: ...


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Answers as `engine` does, with each address of a sentence as often as there, letter by letter.

    What `engine` is asked for of a sentence depends on nothing but the sentence.
    """

    engine: Asked

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        """One hypothesis per sentence, same order; `progress` is told of each exactly once."""
        kept = _kept(sentences)
        if not kept:
            return self.engine.translate(sentences, target, progress)
        disguised = _disguised(kept, target)
        asked = [sentences[place] for place in _asked(sentences, kept, disguised)]
        answers = self.engine.translate(_texts(asked, disguised), target, progress)
        first = dict(zip(asked, answers, strict=True))
        done = {text: said for text, said in first.items() if text not in kept}
        done |= _restored(disguised, first, target)
        done |= self._otherwise({text: one for text, one in kept.items() if text not in done}, target)
        if progress and len(asked) < len(sentences):
            progress(len(sentences) - len(asked))
        return [done[text] for text in sentences]

    def _otherwise(self, kept: Mapping[str, Kept], target: Lang) -> dict[str, Hypothesis]:
        """What the first stand-ins did not bring: with others, else in parts; a copy of what has no words."""
        done = {
            text: Hypothesis(one.sentence.strip(), origin=Origin.COPY)
            for text, one in kept.items()
            if one.is_its_own
        }
        for turn in range(1, TURNS):
            left = {text: one for text, one in kept.items() if text not in done}
            again = _disguised(left, target, turn)
            if again:
                answers = self.engine.translate(_texts(list(again), again), target)
                done |= _restored(again, dict(zip(again, answers, strict=True)), target)
        return done | self._in_parts({text: one for text, one in kept.items() if text not in done}, target)

    def _in_parts(self, kept: Mapping[str, Kept], target: Lang) -> dict[str, Hypothesis]:
        """Each put together of its parts' translations, with its addresses between them."""
        parts = {text: [part for _, part, _ in one.parts if part] for text, one in kept.items()}
        units = list(dict.fromkeys(part for several in parts.values() for part in several))
        answers = self.engine.translate(units, target) if units else []
        said = dict(zip(units, answers, strict=True))
        texts = {unit: answer.text for unit, answer in said.items()}
        return {
            text: _together(one.assembled(texts, target), [said[part] for part in parts[text]])
            for text, one in kept.items()
        }

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        """Up to `count` distinct hypotheses per sentence, those that have its addresses; at least one."""
        kept = _kept(sentences)
        if not kept:
            return self.engine.candidates(sentences, target, count)
        disguised = _disguised(kept, target)
        asked = [sentences[place] for place in _asked(sentences, kept, disguised)]
        several = self.engine.candidates(_texts(asked, disguised), target, count)
        done = dict(zip(asked, several, strict=True))
        for text, one in disguised.items():
            restored = (_with_addresses(one, said, target) for said in done[text])
            done[text] = tuple(said for said in restored if said is not None)
        without = {text: one for text, one in kept.items() if not done.get(text)}
        done |= {text: (said,) for text, said in self._otherwise(without, target).items()}
        return [done[text] for text in sentences]

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation that says one of its forms, has its addresses and suits."""
        kept = _kept([each.sentence for each in wanted])
        if not kept:
            return self.engine.lead(wanted, target)
        disguised = _disguised(kept, target)
        sentences = [each.sentence for each in wanted]
        places = _asked(sentences, kept, disguised)
        led = [_led(wanted[place], disguised.get(sentences[place]), target) for place in places]
        return _back(sentences, places, self.engine.lead(led, target), disguised, target)

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        """Of each sentence a translation without its words, with its addresses; None where there is none."""
        kept = _kept([each.sentence for each in unwanted])
        if not kept:
            return self.engine.avoid(unwanted, target)
        disguised = _disguised(kept, target)
        sentences = [each.sentence for each in unwanted]
        places = _asked(sentences, kept, disguised)
        texts = _texts([sentences[place] for place in places], disguised)
        asked = [replace(unwanted[place], sentence=text) for place, text in zip(places, texts, strict=True)]
        return _back(sentences, places, self.engine.avoid(asked, target), disguised, target)

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Which words of each pair belong together; an address of the sentence to itself, as a whole."""
        kept = _kept([sentence for sentence, _ in pairs])
        if not kept:
            return self.engine.align(pairs, target)
        swapped = [
            one.beside(said, target) if (one := kept.get(sentence)) else None for sentence, said in pairs
        ]
        asked = [
            (both[0].text, both[1].text) if both else pair for pair, both in zip(pairs, swapped, strict=True)
        ]
        links = self.engine.align(asked, target)
        return [_moved(some, *both) if both else some for some, both in zip(links, swapped, strict=True)]


def _kept(sentences: Sequence[str]) -> dict[str, Kept]:
    """Those of the sentences that have addresses."""
    some = dict.fromkeys(text for text in sentences if may_have(text))
    if not some:
        return {}
    from translate.engines.stand_ins import Kept  # here: most dispatches have no address

    return {text: one for text in some if (one := Kept.of(text)) is not None}


def _disguised(kept: Mapping[str, Kept], target: Lang, turn: int = 0) -> dict[str, Disguised]:
    """Those that have words and enough stand-ins."""
    some = {text: one.disguised(target, turn) for text, one in kept.items() if not one.is_its_own}
    return {text: one for text, one in some.items() if one is not None}


def _asked(
    sentences: Sequence[str], kept: Mapping[str, Kept], disguised: Mapping[str, Disguised]
) -> list[int]:
    """Which of the sentences the model can be asked for, by number."""
    return [n for n, text in enumerate(sentences) if text not in kept or text in disguised]


def _texts(sentences: Sequence[str], disguised: Mapping[str, Disguised]) -> list[str]:
    return [disguised[text].text if text in disguised else text for text in sentences]


def _restored(
    disguised: Mapping[str, Disguised], answers: Mapping[str, Hypothesis], target: Lang
) -> dict[str, Hypothesis]:
    """The answers that have every stand-in, with the addresses in their places."""
    some = {text: _with_addresses(one, answers[text], target) for text, one in disguised.items()}
    return {text: said for text, said in some.items() if said is not None}


def _with_addresses(one: Disguised, said: Hypothesis, target: Lang) -> Hypothesis | None:
    text = one.restored(said.text, target)
    return replace(said, text=text) if text is not None else None


def _together(text: str, parts: Sequence[Hypothesis]) -> Hypothesis:
    """A hypothesis of a sentence's parts: with all that was found in them."""
    scores = [part.score for part in parts if part.score is not None]
    note = Finding("resplit", Severity.NOTE, f"translated in {len(parts)} parts, around what stays as it is")
    found = dict.fromkeys([note, *(finding for part in parts for finding in part.findings)])
    return Hypothesis(text, round(sum(scores) / len(scores), 4) if scores else None, tuple(found))


def _led(wanted: Wanted, one: Disguised | None, target: Lang) -> Wanted:
    """The same of the sentence with stand-ins: the caller sees answers with the addresses."""
    if one is None:
        return wanted

    def suits(said: Hypothesis) -> bool:
        restored = _with_addresses(one, said, target)
        return restored is not None and wanted.suits(restored)

    return replace(wanted, sentence=one.text, said=one.over(wanted.said), suits=suits)


def _back(
    sentences: Sequence[str],
    places: Sequence[int],
    answers: Sequence[Hypothesis | None],
    disguised: Mapping[str, Disguised],
    target: Lang,
) -> list[Hypothesis | None]:
    """The answers in their places, with addresses; None where nothing was asked, or one is not there."""
    found: list[Hypothesis | None] = [None] * len(sentences)
    for place, said in zip(places, answers, strict=True):
        one = disguised.get(sentences[place])
        found[place] = _with_addresses(one, said, target) if one and said else said
    return found


def _moved(links: Sequence[Link], source: Swapped, target: Swapped) -> tuple[Link, ...]:
    """Links between texts with stand-ins as links between those without."""
    strongest: dict[tuple[Span, Span], float] = {}
    for link in links:
        key = (source.back(link.source), target.back(link.target))
        strongest[key] = max(strongest.get(key, 0.0), link.share)
    found = (Link(*spans, share) for spans, share in strongest.items())
    return tuple(sorted(found, key=lambda link: (link.target, link.source)))
