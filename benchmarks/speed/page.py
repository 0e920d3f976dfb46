"""A folder of results as tables, as a page beside them, and as a plot."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from benchmarks.speed import goals, models, report, whole
from benchmarks.speed.race import Race
from benchmarks.speed.stages import Stages


def races(folder: Path) -> list[Race]:
    """Those in a folder, with all sizes of the same kind together."""
    return whole.joined([Race.from_json(one) for one in _found(folder, "race-*")])


def sheets(folder: Path) -> list[report.Sheet]:
    """Every table, goals first."""
    raced = races(folder)
    shown = [report.goals(goals.reached(raced)), *report.sheets(raced)]
    for known in _found(folder, "stages*"):
        shown.append(report.stages(Stages(**{key: one for key, one in known.items() if key != "machine"})))
    shown += [report.limits(known) for known in _found(folder, "limit*")]
    for known in _found(folder, "device-*"):
        shown += report.device(known)
    return shown


def write(folder: Path) -> Path:
    """The page: machine, versions, every table."""
    raced = races(folder)
    machines = {f"{one.machine['processor']}, {one.machine['cores']} cores" for one in raced}
    days = sorted({str(one.machine["date"])[:10] for one in raced})
    versions = {name: found for one in raced for name, found in one.versions.items()}
    packages = ", ".join(f"{name} {found}" for name, found in sorted(versions.items()))
    about = f"{'; '.join(sorted(machines))}; {', '.join(days)}. {packages}."
    path = folder / "README.md"
    tables = "\n".join(sheet.markdown() for sheet in sheets(folder))
    path.write_text(f"# Measured speed\n\n{about}\n\n{tables}", encoding="utf-8")
    return path


def plot(folder: Path, path: Path) -> bool:
    """Seconds by sentences, for each model with a beam. False: nothing to draw, or nothing to draw with."""
    curves = [one for one in races(folder) if one.texts == "distinct" and one.beam > 1 and one.runs]
    if not curves:
        return False
    try:
        report.plot(sorted(curves, key=lambda one: models.NAMES.index(one.model)), path)
    except ImportError:  # matplotlib is an extra
        return False
    return True


def _found(folder: Path, pattern: str) -> list[Any]:
    return [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob(f"{pattern}.json"))]
