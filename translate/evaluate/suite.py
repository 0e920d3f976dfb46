"""The development sets our own models are measured on, and where to find them in a folder.

The sets are not part of the project. A set called NAME is looked for, in each folder given, as
`NAME.fr` with `NAME.en` / `NAME.zh`, or as `NAME.tsv` with the columns French, English, Chinese
(no header). A name may hold a folder, as in `domain/dev`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from translate.domain import Lang
from translate.errors import InputError
from translate.evaluate.testset import TestSet

SUITE = ("flores-dev", "newstest2013", "un-dev", "domain/dev")
_TABLE_COLUMN = {Lang.FR: "1", Lang.EN: "2", Lang.ZH: "3"}


@dataclass(frozen=True, slots=True)
class Absent:
    """A set that is not there, for one target. `reason` says what was looked for."""

    set: str
    target: Lang
    reason: str


def find_set(name: str, target: Lang, folders: Sequence[Path]) -> TestSet | Absent:
    """The set `name` for `target` from the first folder that has it, or what was missing.

    Raises InputError for a folder that does not exist, or files that are there but broken.
    """
    if PurePath(name).is_absolute() or ".." in PurePath(name).parts:
        raise InputError(
            f"a set is named below its folder: {name!r}", hint=f"for instance {', '.join(SUITE)}"
        )
    missing: list[str] = []
    for folder in folders:
        if not folder.is_dir():
            raise InputError("no such folder of test sets", path=folder)
        source, reference, table = (folder / f"{name}.{end}" for end in (Lang.FR, target, "tsv"))
        if source.is_file() and reference.is_file():
            return TestSet.read(source, reference, name=name)
        if table.is_file():
            return TestSet.read(table, columns=(_TABLE_COLUMN[Lang.FR], _TABLE_COLUMN[target]), name=name)
        missing.append(str(reference if source.is_file() else source))
    return Absent(name, target, f"no {' nor '.join(missing)}" if missing else "no folder of test sets given")
