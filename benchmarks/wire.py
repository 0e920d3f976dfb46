"""A wire to measure with: as many dispatches as asked for, of real size, recombined from real texts.

A new dispatch has the lines of a real one; each line of prose in it is replaced by a paragraph of about the
same length out of all texts, whose sentences become ones of their own (other figures, another speaker), so
that there are as many sentences as news has. What a real wire repeats, it repeats:

| share | what |
|--:|:--|
| 1 in 8 | an update: one of the last 300 dispatches with a paragraph more |
| 1 in 16 | a correction: one of them with one paragraph changed |
| 1 in 16 | sent again: one of them, word for word |
| 1 in 10 paragraphs | background that was in an earlier dispatch |

The same arguments give the same bytes.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.text.reading import read_text

SEED = 20
UPDATES, CORRECTIONS, RESENT = 1 / 8, 1 / 16, 1 / 16
BACKGROUND = 1 / 10
FRESH = 19 / 20  # of the sentences of a paragraph; the others stand in several dispatches, as phrases do
SHORTER, LONGER = 0.6, 1.0  # than the paragraph whose place it takes: the speakers come on top
_REMEMBERED = 300
_PROSE = re.compile(r".{80,}[.!?»\"”]\s*$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀÉÈÊÎÔ«\"])")
_NUMBER = re.compile(r"\d+")
_LINES_EACH = 2  # sentences of a parallel text that make a paragraph

_SPEAKERS = (
    "le ministre des Affaires étrangères",
    "la porte-parole du gouvernement",
    "le préfet de région",
    "un responsable des secours",
    "le président de la commission",
    "la directrice de l'institut",
    "une source diplomatique",
    "le maire de la ville",
    "l'avocat des familles",
    "le chef de la délégation",
    "la procureure de la République",
    "un haut fonctionnaire",
)
_SAID = ("a déclaré", "a indiqué", "a précisé", "a souligné", "a affirmé", "a expliqué", "a rappelé")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_PLACES = ("Paris", "Genève", "Abuja", "Pékin", "Bruxelles", "Dakar", "Tunis", "Lyon", "Ottawa", "Beyrouth")


@dataclass(frozen=True, slots=True)
class Texts:
    """What dispatches are made of. `models`: real ones, in lines. `paragraphs`: prose, by length."""

    models: Sequence[Sequence[str]]
    paragraphs: Sequence[str]

    @classmethod
    def read(cls, dispatches: Path, more: Sequence[Path] = ()) -> Texts:
        """The dispatches of a folder; `more`: paragraphs from JSON Lines (`body`), or from a parallel text
        with French in its first column, packed with xz or not."""
        files = sorted(dispatches.glob("*.txt"))
        models = [read_text(path.read_bytes(), path.name).text.split("\n") for path in files]
        found = [line.strip() for lines in models for line in lines if _PROSE.match(line)]
        found += [paragraph for path in more for paragraph in _paragraphs(path)]
        if not models or not found:
            raise SystemExit(f"no dispatches in {dispatches}")
        return cls(models, sorted(dict.fromkeys(found), key=lambda text: (len(text), text)))


def _paragraphs(path: Path) -> Iterator[str]:
    opened = lzma.open if path.suffix == ".xz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        if path.suffix == ".jsonl":
            yield from (text for line in file for text in json.loads(line)["body"] if len(text) > 80)
            return
        few: list[str] = []
        for line in file:
            few.append(line.partition("\t")[0].strip())
            if len(few) == _LINES_EACH:
                yield " ".join(few)
                few = []


def recombined(texts: Texts, documents: int) -> Iterator[str]:
    """So many dispatches, one after the other."""
    dice = random.Random(SEED)
    sent: deque[list[str]] = deque(maxlen=_REMEMBERED)
    background: deque[str] = deque(maxlen=_REMEMBERED)
    for _ in range(documents):
        turn = dice.random()
        if sent and turn < UPDATES:
            lines = [*dice.choice(sent), "", _new(texts, dice, 300)]
        elif sent and turn < UPDATES + CORRECTIONS:
            lines = list(dice.choice(sent))
            place = dice.choice([number for number, line in enumerate(lines) if line.strip()])
            lines[place] = _varied(lines[place], dice)
        elif sent and turn < UPDATES + CORRECTIONS + RESENT:
            yield "\n".join(dice.choice(sent))
            continue
        else:
            lines = [_line(line, texts, background, dice) for line in dice.choice(texts.models)]
        sent.append(lines)
        yield "\n".join(lines)


def _line(line: str, texts: Texts, background: deque[str], dice: random.Random) -> str:
    """What stands in the place of a line: other prose for prose, what is no prose as it is."""
    if not _PROSE.match(line):
        return line if len(line) < 30 else _figures(line, dice)
    if background and dice.random() < BACKGROUND:
        return dice.choice(background)
    made = _new(texts, dice, len(line))
    background.append(made)
    return made


def _new(texts: Texts, dice: random.Random, length: int) -> str:
    """A paragraph of about this length that was never sent before."""
    low = _shorter(texts.paragraphs, length * SHORTER)
    high = max(low + 1, _shorter(texts.paragraphs, length * LONGER))
    paragraph = texts.paragraphs[dice.randrange(min(low, len(texts.paragraphs) - 1), high)]
    return _varied(paragraph, dice)


def _shorter(paragraphs: Sequence[str], length: float) -> int:
    """How many are shorter."""
    low, high = 0, len(paragraphs)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if len(paragraphs[middle]) < length else (low, middle)
    return low


def _varied(paragraph: str, dice: random.Random) -> str:
    """The paragraph with other figures; some of its sentences become what someone has said."""
    sentences = _SENTENCE.split(_figures(paragraph.strip(), dice))
    return " ".join(_reported(each, dice) if dice.random() < FRESH else each for each in sentences)


def _figures(text: str, dice: random.Random) -> str:
    """The text with other numbers, of days and of everything but years."""
    return _NUMBER.sub(lambda found: _number(found[0], dice), text)


def _number(digits: str, dice: random.Random) -> str:
    if len(digits) == 4 and digits[:2] in ("19", "20"):
        return digits
    if int(digits) <= 28:
        return str(dice.randint(2, 28)) if digits[0] != "0" else digits
    return str(dice.randint(10 ** (len(digits) - 1), 10 ** len(digits) - 1))


def _reported(sentence: str, dice: random.Random) -> str:
    if not sentence.endswith(".") or len(sentence) < 40:
        return sentence
    who = f"{dice.choice(_SAID)} {dice.choice(_DAYS)} {dice.choice(_SPEAKERS)} à {dice.choice(_PLACES)}"
    return f"{sentence[:-1]}, {who}."
