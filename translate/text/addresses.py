"""Addresses in a text: what stays as it is in every language, letter by letter.

Web addresses, e-mail addresses, names of accounts (`@AFP`), hashtags, names of files, identifiers
(`afp_reprise_01`) and telephone numbers. They are told by their shape alone; a mark that only ends the
sentence is no part of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

_DOTTED = re.compile(r"\.[A-Za-z]")
# What a host is known by where nothing else tells it from two words without a blank between them (`fin.Le`).
_ENDINGS = (
    "com|org|net|int|info|edu|gov|gouv|biz|news|media|press|africa|paris|museum|eu|fr|be|ch|lu|ca|qc|cn|hk|tw|uk|jp"
    "|kr|vn|ru|ua|nl|pt|pl|dz|tn|tg|bf|cd|cg|cm|gn|rw|sn|tv|io"
)
_BEFORE_PATH = (
    r"ly|co|gl|gd|gle|at|me|be|do|ci|ml|ma|ne|de|es|it|us|in|la|se|lk|to|cc|app|link|page|social|ht"
)
_FILES = (
    "pdf|docx?|xlsx?|pptx?|odt|ods|rtf|csv|tsv|json|jsonl|xml|ya?ml|html?|php|zip|gz|tar|7z|exe|apk|jpe?g|png|gif"
    "|webp|svg|tiff?|mp3|mp4|wav|avi|mov|mkv|epub|py|sh|txt|log|sql|db|bak|eml|ics|srt"
)
# `01 40 41 46 46`, `0800.130.000`, `0 805 20 12 12`, `+33 (0)1 40 41 46 46`; eight figures at least.
_PHONE = (
    r"(?!\+\d{1,3}(?:[\s.]\d{3})+(?![\s.-]?\d))"  # +1 234 567: so many more
    r"(?:(?:\+|(?<!\d)00\s?)[1-9]\d{0,2}[\s.-]?(?:\(0\)[\s.-]?)?(?:\d{1,4}[\s.-]){1,5}\d{2,4}"
    r"|(?:\+|00)[1-9]\d{7,13}|0[1-9](?:[\s.-]?\d\d){4}|0[\s.]?8\d\d(?:(?:[\s.]\d{3}){2}|(?:[\s.]\d\d){3}))(?![\d%]|[.,\s]\d)"
)
_MAY_BE_PHONE = re.compile(r"(?:\+\d|\b0\s?\d)[\d\s.()-]{7}")
_CLOSING = {")": "(", "]": "[", "}": "{"}
_ENDS = ".,;:!?…'’*"


@dataclass(frozen=True, slots=True)
class Address:
    """Half-open offsets in code points: `text[start:end]` of the whole."""

    text: str
    start: int
    end: int


def addresses(text: str) -> tuple[Address, ...]:
    """The addresses in `text`, in order; none overlap."""
    if not may_have(text):
        return ()
    return _addresses(text)


def may_have(text: str) -> bool:
    """False for nearly every text without an address, told cheaply."""
    if "@" in text or "#" in text or "_" in text or "://" in text or _DOTTED.search(text):
        return True
    return _MAY_BE_PHONE.search(text) is not None


@lru_cache(maxsize=1024)  # a sentence is looked at for each target, and again when its translation is read
def _addresses(text: str) -> tuple[Address, ...]:
    found = []
    for match in _pattern().finditer(text):
        address = _without_ends(match[0])
        found.append(Address(address, match.start(), match.start() + len(address)))
    return tuple(found)


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when a text first may have an address: most dispatches have none."""
    label = r"[^\W_](?:[\w-]*\w)?\."
    end = r"(?!-|(?=[\0-\u024f])\w)"  # as `_runs_on` has it: an ideograph does not go on with a name
    level = rf"(?:[a-z]{{2,}}|[A-Z]{{2,}}){end}"
    rest = r"(?::\d+)?(?:[/?#][^\s<>«»“”\"|]*)?"
    before = r"(?<![\w@#&/.-])"
    return re.compile(
        r"(?<![\w@])(?:https?|ftp)://[^\s<>«»“”\"|]+"
        rf"|(?<![\w@#&/.+%-])[\w+%-](?:[\w.+%-]*[\w+%-])?@(?:{label})+{level}"
        rf"|{before}@(?=\w*[^\W\d_])\w+(?:@(?:{label})+{level})?"
        r"|(?<![\w@#&/])#(?=\w*[^\W\d_])\w+(?!\w|://)"
        rf"|{before}www\.(?:{label})+{level}{rest}"
        rf"|{before}(?:{label})*[^\W_][\w-]*\w\.(?:{_ENDINGS}|{_ENDINGS.upper()}){end}{rest}"
        rf"|{before}(?:{label})*[^\W_][\w-]*\.(?:{_ENDINGS}|{_BEFORE_PATH})/[^\s<>«»“”\"|]+"
        rf"|{before}\w[\w-]*(?:\.[\w-]+)*\.(?:{_FILES}|{_FILES.upper()}){end}"
        rf"|{before}\w*[^\W_]_+[^\W_]\w*"
        rf"|(?<![\w.,+]){_PHONE}"
    )


def _without_ends(address: str) -> str:
    """The address without the marks of the sentence behind it, and a bracket that closes what it opened."""
    left = {mark: address.count(mark) - address.count(opening) for mark, opening in _CLOSING.items()}
    end = len(address)
    while end > 1:
        last = address[end - 1]
        if last not in _ENDS and left.get(last, 0) <= 0:
            break
        if last in left:
            left[last] -= 1
        end -= 1
    return address[:end]


def found(text: str, known: Sequence[Address]) -> list[Address]:
    """Where the `known` addresses stand in another text, each whole: not as a part of a longer one.

    Those that the text is seen to have by itself come first, then the longest.
    """
    names = {each.text for each in known}
    there = [each for each in addresses(text) if each.text in names] if names else []
    taken = bytearray(len(text))
    for each in there:
        taken[each.start : each.end] = b"\1" * len(each.text)
    for name in sorted(names, key=lambda name: (-len(name), name)):
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not any(taken[start:end]) and _is_whole(text, start, end):
                taken[start:end] = b"\1" * len(name)
                there.append(Address(name, start, end))
                start = end - 1
            start = text.find(name, start + 1)
    return sorted(there, key=lambda each: each.start)


def _is_whole(text: str, start: int, end: int) -> bool:
    """False if a letter, figure, line, `@` or `#` beside it goes on what it begins or ends with.

    A web address with its scheme may stand right behind a `#`, as where addresses are told.
    """
    mark = text[start - 1] if start else ""
    goes_on = mark == "@" or (mark == "#" and "://" not in text[start:end]) or (mark != "" and _runs_on(mark))
    before = goes_on and _runs_on(text[start])
    return not before and not (end < len(text) and _runs_on(text[end - 1]) and _runs_on(text[end]))


def _runs_on(sign: str) -> bool:
    """True for what words of Latin letters are made of: an ideograph makes no other word of its neighbour."""
    return sign == "_" or (sign.isalnum() and sign < "\u0250")


def hidden(text: str, known: Sequence[Address] | None = None) -> str:
    """`text` with a line in the place of each address, of its length: nothing that could be a word or number.

    `known`: the addresses to look for, those of its source for example; its own if it is None.
    """
    there = addresses(text) if known is None else found(text, known)
    pieces, done = [], 0
    for each in there:
        pieces += [text[done : each.start], "_" * len(each.text)]
        done = each.end
    return "".join((*pieces, text[done:])) if there else text
