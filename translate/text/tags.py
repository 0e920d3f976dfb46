"""Language tags as files write them (`fr-FR`, `zh_CN`, `cmn-Hans`), matched to what is wanted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from translate.domain import Lang

_ISO_639_1 = {"fra": "fr", "fre": "fr", "eng": "en", "zho": "zh", "chi": "zh", "cmn": "zh"}
_SIMPLIFIED = frozenset({"hans", "cn", "sg"})
_TRADITIONAL = frozenset({"hant", "tw", "hk", "mo"})


def canonical(tag: str) -> str:
    """The tag in lower case with `-` and a two-letter language: `CMN_Hans` → `zh-hans`."""
    language, dash, rest = tag.strip().lower().replace("_", "-").partition("-")
    return _ISO_639_1.get(language, language) + dash + rest


def is_traditional(tag: str) -> bool:
    """True for Chinese in traditional characters: `zh-TW`, `zh-Hant`."""
    language, *subtags = canonical(tag).split("-")
    return language == "zh" and not _TRADITIONAL.isdisjoint(subtags) and _SIMPLIFIED.isdisjoint(subtags)


def best_match(wanted: str, tags: Iterable[str]) -> str | None:
    """The tag that serves `wanted` best, or None: the exact one, else a narrower one.

    `zh` takes `zh-CN` and prefers it to `zh-TW`; `zh-TW` never takes `zh-CN`. Ties go to the first.
    """
    wish = canonical(wanted)
    fitting = [tag for tag in tags if canonical(tag) == wish or canonical(tag).startswith(f"{wish}-")]
    return min(fitting, key=lambda tag: (canonical(tag) != wish, is_traditional(tag)), default=None)


def language_of(label: str) -> Lang | None:
    """The language that a tag, a column name or a file's suffix stands for, if it says so."""
    name = PurePath(label).suffix.removeprefix(".") or label
    language = canonical(name).partition("-")[0]
    return Lang(language) if language in set(Lang) else None
