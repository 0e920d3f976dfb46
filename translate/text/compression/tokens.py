"""A sentence as words and marks, those inside quotations and brackets hidden; and the word lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from translate.text.addresses import addresses
from translate.text.quotations import enclosed_spans
from translate.text.wordlists import read_wordlists

_TOKEN = re.compile(
    r"aujourd['’]hui|quelqu['’]un|\d+(?:[.,:h]\d+)*|(?:M|MM|Dr|Pr|Mgr)\.|[^\W\d_]+(?:-[^\W_]+)*['’ʼ]?|\.{2,}|\S"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its offsets. `hidden`: inside a quotation or brackets."""

    text: str
    low: str
    start: int
    end: int
    hidden: bool

    @property
    def is_name(self) -> bool:
        return self.text[:1].isupper()


@cache
def words(name: str) -> frozenset[str]:
    """A list of `lists.fr.txt` as a set."""
    return frozenset(read_wordlists("compression/lists.fr.txt")[name])


def joined(tokens: Sequence[Token]) -> str:
    """The tokens in lower case with single blanks, elided ones joined: `à l'issue d'une réunion`."""
    return " ".join(token.low for token in tokens).replace("' ", "'")


def begins_with(tokens: Sequence[Token], name: str) -> bool:
    """Whether the tokens begin with an entry of the list `name`."""
    return _opening(name).match(joined(tokens[:6]) + " ") is not None


def phrase_length(tokens: Sequence[Token], place: int, name: str) -> int:
    """How many tokens an entry of the list `name` that begins at `place` has; 0 if none does."""
    text = joined(tokens[place : place + 6]) + " "
    match = _opening(name).match(text)
    return len(match[0].replace("'", "' ").split()) if match else 0


@cache
def _opening(name: str) -> re.Pattern[str]:
    entries = sorted(words(name), key=len, reverse=True)
    return re.compile(
        "|".join(re.escape(entry) + ("" if entry.endswith("'") else "(?= )") for entry in entries)
    )


def tokenize(text: str) -> tuple[Token, ...]:
    """Words and marks in order; unbalanced quotation marks hide everything on their open side."""
    spans = [(span.start, span.end) for span in enclosed_spans(text)]
    opened, closed = _unbalanced(text, spans)
    return tuple(
        Token(
            text[first:last],
            _lowered(text[first:last], first),
            first,
            last,
            hidden=first < closed or first >= opened or any(start <= first < end for start, end in spans),
        )
        for first, last in _places(text)
    )


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where each word or mark stands; an address is one, whatever is in it."""
    done = 0
    for each in addresses(text):
        yield from (match.span() for match in _TOKEN.finditer(text, done, each.start))
        yield each.start, each.end
        done = each.end
    yield from (match.span() for match in _TOKEN.finditer(text, done))


def _lowered(word: str, start: int) -> str:
    """In lower case with straight apostrophes; a leading `A` is the preposition without its accent."""
    if word == "A" and start == 0:
        return "à"
    return word.lower().replace("’", "'").replace("ʼ", "'")


def _unbalanced(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where a quotation opens that never closes, and up to where one closes that never opened."""
    opened, closed = len(text), 0
    for match in re.finditer(r"[«»“”\"]", text):
        if any(start <= match.start() < end for start, end in spans):
            continue
        place = match.start()
        before = text[place - 1 : place] if place else ""
        if match[0] in "«“" or (match[0] == '"' and (not before or before.isspace() or before in "'’(")):
            opened = min(opened, place)
        else:
            closed = max(closed, match.end())
    return opened, closed
