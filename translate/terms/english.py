"""English forms in an English text, without regard to number, possessive, articles, hyphens and spelling."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+|&|%")
_POSSESSIVE = re.compile(r"['’]s?(?!\w)")
_ARTICLES = frozenset({"the", "a", "an"})
_SPELLINGS = tuple(
    (re.compile(british), american)
    for british, american in (
        (r"([a-z]{3,})is(e[drs]?|ing|ations?|ational|ers?)$", r"\1iz\2"),
        (r"([a-z]{2,})our(s|ed|ing|hoods?|able|ites?)?$", r"\1or\2"),
        (r"(cent|theat|met|fib)re(s?)$", r"\1er\2"),
        (r"(def|off|lic|pret)ence(s?)$", r"\1ense\2"),
        (r"programme(s?)$", r"program\1"),
    )
)
# What is before the noun of a form, the noun, and what hangs on it.
_BEHIND = r"-general|-elect|-in-chief|,.*| (?:of|for|to|on|in|at|and|without|with|from) .*"
_HEAD = re.compile(rf"((?:.*?[ -])??)([^\W\d_]+)((?:{_BEHIND})?)")
# Long names that are written short inside other names: `UN Security Council`.
_SHORT = {
    ("united", "nations"): "un",
    ("united", "states"): "us",
    ("united", "kingdom"): "uk",
    ("european", "union"): "eu",
    ("african", "union"): "au",
}


def span_of_english(form: str, text: str, exact: bool) -> tuple[int, int] | None:
    """Where `text` has the English `form`; with `exact` its capitals must be there too."""
    wanted, there = list(_words(form)), _words(text)
    while len(wanted) > 1 and wanted[0][0] in _ARTICLES:
        del wanted[0]
    size = len(wanted)
    if not size:
        return None
    head = wanted[0][0]
    for first in range(len(there) - size + 1):
        if not _is_form(head, there[first][0]):
            continue
        window = there[first : first + size]
        if all(
            _is_form(a[0], b[0]) and _has_capitals(a[1], b[1], exact)
            for a, b in zip(wanted, window, strict=True)
        ):
            return window[0][2], window[-1][3]
    return None


def _has_capitals(ours: str, theirs: str, exact: bool) -> bool:
    """True if the word has the capitals it needs: an acronym always does, or `who` would be the WHO."""
    ours, theirs = ours.replace(".", ""), theirs.replace(".", "")
    if not exact and not ours[:2].isupper():
        return True
    if not exact and len(ours) > 3:  # `Ikea`, `Unesco`
        return theirs[0].isupper()
    return all(one.isupper() == other.isupper() for one, other in zip(ours, theirs, strict=False))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """(compared form, as written, start, end) of each word."""
    found: list[tuple[str, str, int, int]] = []
    for match in _WORD.finditer(_without_possessives(text)):
        word = _normal(match[0])
        if found and (short := _SHORT.get((found[-1][0], word))):
            first = found.pop()
            found.append((short, short.upper(), first[2], match.end()))
        else:
            found.append((word, match[0], match.start(), match.end()))
    return tuple(found)


def _without_possessives(text: str) -> str:
    """`text` of the same length, blanks where a possessive ending was."""
    return _POSSESSIVE.sub(lambda match: " " * len(match[0]), text)


@lru_cache(maxsize=65536)
def _normal(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(letter for letter in letters if letter != "." and not unicodedata.combining(letter))
    if bare == "&":
        return "and"
    for british, american in _SPELLINGS:
        bare = british.sub(american, bare)
    return bare


@lru_cache(maxsize=65536)
def _is_form(word: str, other: str) -> bool:
    """True if both are the same word, one of them perhaps in the plural."""
    return word == other or word in _plurals(other) or other in _plurals(word)


def plural_of(form: str) -> str:
    """The plural of an English form: of its head, which is before `of` and the like, else last.

    `foreign ministers`, `secretaries-general`, `members of the Council`. What has no plural stays as it is.
    """
    match = _HEAD.fullmatch(form)
    if match is None or match[2].isupper() or "'" in match[1]:  # an acronym; `charge d'affaires`
        return form
    before, head, after = match.groups()
    if head.endswith(("s", "ix", "ux", "ese")):
        return form
    if head.endswith("man") and head != "human":
        return f"{before}{head[:-3]}men{after}"
    if re.search(r"[^aeiou]y$", head):
        return f"{before}{head[:-1]}ies{after}"
    ending = "es" if head.endswith(("ch", "sh", "x")) else "s"
    return f"{before}{head}{ending}{after}"


def _plurals(word: str) -> tuple[str, ...]:
    if len(word) < 2 or not word.isalpha():
        return ()
    forms = [word + "s", word + "es"]
    if word.endswith("y"):
        forms.append(word[:-1] + "ies")
    if word.endswith("fe"):
        forms.append(word[:-2] + "ves")
    if word.endswith("man"):
        forms.append(word[:-3] + "men")
    return tuple(forms)
