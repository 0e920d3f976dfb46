"""Glossaries in YAML: a list of terms, or a list under `terms`.

terms:
  - french: Organisation mondiale de la santé
    acronym: OMS
    english: [World Health Organization, WHO]
    chinese: 世界卫生组织
    part: organisation
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import yaml

from translate.domain import Lang
from translate.errors import InputError
from translate.terms.entries import NO_FORM, Entry, Unusable
from translate.terms.tables import NAMES

_EXPECTED: Final = "expected is a list of terms with the keys " + ", ".join(NAMES)
_LOADER: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast where it is there


def entries(text: str, path: Path) -> Iterator[Entry | tuple[int, Unusable]]:
    """The entries of the list in order; in the place of one that is none, its line and what is wrong.

    Raises:
        InputError: not YAML, or not a list of terms; with file and line.
    """
    listed = _listed(_composed(text, path), path)
    for node in listed.value if listed is not None else ():
        line = node.start_mark.line + 1
        try:
            yield _entry(node, line)
        except Unusable as err:
            yield line, err


def _composed(text: str, path: Path) -> yaml.Node | None:
    """The document as nodes, which know their lines. Aliases are no danger: nodes are shared, not copied."""
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
    except RecursionError as err:
        raise InputError("nested too deeply", path=path) from err
    except yaml.MarkedYAMLError as err:
        mark = err.problem_mark
        line = mark.line + 1 if mark else None
        raise InputError(f"not YAML: {err.problem or 'broken'}", path=path, line=line) from err
    except yaml.YAMLError as err:
        raise InputError(f"not YAML: {str(err).splitlines()[0]}", path=path) from err
    return node


def _listed(node: yaml.Node | None, path: Path) -> yaml.SequenceNode | None:
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        found = {key.value: value for key, value in node.value}
        if list(found) != ["terms"]:
            raise InputError("no list of terms", path=path, line=node.start_mark.line + 1, hint=_EXPECTED)
        node = found["terms"]
    if not isinstance(node, yaml.SequenceNode):
        raise InputError("no list of terms", path=path, line=node.start_mark.line + 1, hint=_EXPECTED)
    return node


def _entry(node: yaml.Node, line: int) -> Entry:
    if not isinstance(node, yaml.MappingNode):
        raise Unusable(f"not a term; {_EXPECTED}")
    cells: dict[str, str] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else ""
        if name not in NAMES:
            raise Unusable(f"unknown key {name!r}; known are {', '.join(NAMES)}")
        if name in cells:
            raise Unusable(f"the key {name!r} stands there twice")
        cells[name] = _cell(value, name)
    forms = {Lang.EN: cells.pop("english", ""), Lang.ZH: cells.pop("chinese", "")}
    return Entry(cells.pop("french", ""), forms, line, cells)


def _cell(node: yaml.Node, name: str) -> str:
    """A text, or a list of texts as alternatives; an empty list is no form at all."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.tag == "tag:yaml.org,2002:null" else str(node.value)
    listable = name in ("french", "english", "chinese")
    if (
        listable
        and isinstance(node, yaml.SequenceNode)
        and all(isinstance(item, yaml.ScalarNode) for item in node.value)
    ):
        return "; ".join(item.value for item in node.value) or NO_FORM
    raise Unusable(f"{name!r} must be a text{' or a list of texts' if listable else ''}")
