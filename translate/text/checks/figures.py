"""What numbers are to the checks, in whichever language they stand."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Final

from translate.domain import Lang


class Trust(IntEnum):
    """How much a number says: `HINT` may answer for a number of the other side, but asks for none."""

    HINT = 0  # one, both, half, 一
    SPELLED = 1  # seventeen, 二十
    FIRM = 2  # written in digits


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: `text[start:end]`, what it may mean, and the sign that stands with it."""

    start: int
    end: int
    values: frozenset[float]
    trust: Trust
    percent: bool = False
    is_points: bool = False  # `1,2 point`: which a translation may call percentage points
    is_year: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A date or an hour in a text. `key` is what must be equal: (day, month), (month,), (hour, minute)…"""

    start: int
    end: int
    key: tuple[int, ...]
    trust: Trust = Trust.FIRM


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything in a sentence that counts or dates, in one language.

    `days`: (day, month); `months`: (month,); `weekdays`: (0 is Monday,); `clocks`: (hour, minute), and
    (hour, minute, 12) where the text does not say which half of the day.
    """

    lang: Lang
    figures: tuple[Figure, ...] = ()
    days: tuple[Moment, ...] = ()
    months: tuple[Moment, ...] = ()
    weekdays: tuple[Moment, ...] = ()
    clocks: tuple[Moment, ...] = ()
    values: frozenset[float] = field(init=False)  # every one that any number of the sentence may have

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozenset().union(*(figure.values for figure in self.figures)))


_NOISY: Final = 1e15  # from where even whole numbers have it


def values(*several: float) -> frozenset[float]:
    """The values without the noise of binary fractions: 2.3 billion is 2,300,000,000."""
    return frozenset(
        float(value if value % 1 == 0 and value < _NOISY else f"{value:.12g}") for value in several
    )


def glued(digits: str) -> set[float]:
    """The years of digits that lost what stood between them: `20142020`, `20151` with a footnote's number."""
    if len(digits) < 5 or not digits.isdigit() or digits[:2] not in ("19", "20"):
        return set()
    if len(digits) == 8 and digits[4:6] in ("19", "20"):
        return {float(digits[:4]), float(digits[4:])}
    return {float(digits[:4])} if len(digits) <= 6 else set()


# The number of a footnote, glued to a word of any language: `rapport3`, `Secretary-General4`.
FOOTNOTE: Final = re.compile(r"(?<=[a-zà-ÿ]{3})\d{1,2}(?![\w.,]\d|\w)")


def hints(start: int, end: int, several: Iterable[float]) -> Figure:
    """A number that may answer, but asks for nothing."""
    return Figure(start, end, values(*several), Trust.HINT)


_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters, in lower case."""

    text: str
    start: int
    end: int
    is_capital: bool


def words_of(text: str, wanted: Container[str]) -> list[Word]:
    """The runs of letters of a text that are `wanted`, in order."""
    small = text.lower()
    if len(small) != len(text):  # İ: places would shift
        small = "".join(sign.lower()[0] for sign in text)
    return [
        Word(word, match.start(), match.end(), text[match.start()].isupper())
        for match in _LETTERS.finditer(small)
        if (word := match[0]) in wanted
    ]


class Mask:
    """A text whose parts are read one after the other: what was read is blanked out, offsets stay."""

    def __init__(self, text: str) -> None:
        self.text = text

    def hide(self, start: int, end: int) -> None:
        self.text = f"{self.text[:start]}{'¤' * (end - start)}{self.text[end:]}"
