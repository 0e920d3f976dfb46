"""Tables of named entries in YAML files: the mix, the curriculum, the shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

import yaml

from translate.errors import InputError


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in `path`. Raises InputError if there is none."""
    try:
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=path) from err
    except yaml.YAMLError as err:
        raise InputError(f"no valid YAML: {' '.join(str(err).split())}", path=path) from err
    if not isinstance(table, dict):
        raise InputError("names with their values are expected here", path=path)
    return table


def read_entries(path: Path, kind: type) -> dict[str, dict[str, Any]]:
    """Named entries with the fields of the dataclass `kind`, all but `name`. Raises InputError."""
    table = read_yaml(path)
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.name != "name"]
    for name, entry in table.items():
        if not isinstance(entry, dict):
            raise InputError(f"{name}: a mapping is expected", path=path)
        check_keys(path, name, entry, [f.name for f in fields(kind) if f.name != "name"])
        missing = [key for key in needed if key not in entry]
        if missing:
            raise InputError(f"{name}: {', '.join(missing)} missing", path=path)
    return table


def check_keys(path: Path, name: str, entry: dict[str, Any], known: Sequence[str]) -> None:
    """Raises InputError for a key that nothing reads: it is a slip of the pen."""
    unknown = [str(key) for key in entry if key not in known]
    if unknown:
        raise InputError(
            f"{name}: unknown {', '.join(unknown)}", path=path, hint=f"known: {', '.join(sorted(known))}"
        )
