"""TMX: the units of one language pair, as a test set."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from translate.errors import InputError
from translate.text.tags import best_match, is_traditional
from translate.text.tmx import units


def read_tmx(path: Path, languages: tuple[str, str]) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """(source, reference) of each unit that has both languages, and notices about the others.

    Raises InputError with file and line: not XML, not TMX, an empty segment, no unit with both.
    """
    pairs: list[tuple[str, str]] = []
    seen: set[str] = set()
    traditional: Counter[str] = Counter()
    skipped = 0
    for unit in units(path):
        seen.update(unit.segs)
        tags = [tag for language in languages if (tag := best_match(language, unit.segs)) is not None]
        if len(tags) < len(languages):
            skipped += 1
            continue
        source, reference = (_text(path, tag, unit.segs[tag].text, unit.segs[tag].line) for tag in tags)
        pairs.append((source, reference))
        traditional.update(filter(is_traditional, tags))
    if not pairs:
        wanted = " and ".join(languages)
        found = ", ".join(sorted(seen)) or "none"
        raise InputError(f"no unit has both {wanted}", path=path, hint=f"languages in the file: {found}")
    return pairs, tuple(_notices(languages, skipped, skipped + len(pairs), traditional))


def _text(path: Path, tag: str, text: str, line: int | None) -> str:
    """The segment in one line. Raises InputError if there is nothing in it."""
    text = " ".join(text.split())
    if not text:
        raise InputError(f"an empty segment ({tag})", path=path, line=line)
    return text


def _notices(languages: tuple[str, str], skipped: int, total: int, traditional: Counter[str]) -> list[str]:
    """What was left out, and which references are in traditional characters."""
    lines = [f"{skipped} of {total} units lack {' or '.join(languages)}: left out"] if skipped else []
    return lines + [
        f"{count} segments are {tag}: traditional characters" for tag, count in traditional.items()
    ]
