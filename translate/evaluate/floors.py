"""Quality floors: scores that must not be lost, pinned to the exact set and way of scoring.

`floors.json`: `{"format": 1, "floors": [ … ]}`, one entry per model, set, target and metric. A score
below `score - noise` misses its floor. A floor holds for one corpus hash and one signature only:
on another set, or with another sacrebleu, the numbers cannot be compared and that is an error.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from translate.domain import Lang
from translate.errors import FloorError, InputError, OutputError
from translate.evaluate.metrics import Metric, Sufficient
from translate.evaluate.report import Report
from translate.evaluate.testset import TestSet

FORMAT = 1
NOISE = 0.3  # per cent points that another device or thread count may cost
Key = tuple[str, str, Lang, Metric]


@dataclass(frozen=True, slots=True)
class Floor:
    """One pinned score: `model` on `set` into `target` by `metric`."""

    model: str
    set: str
    target: Lang
    metric: Metric
    score: float
    noise: float
    corpus: str
    signature: str

    @property
    def key(self) -> Key:
        return self.model, self.set, self.target, self.metric

    def __str__(self) -> str:
        return f"{self.model} on {self.set} fr→{self.target}, {self.metric.label}"

    def is_missed_by(self, value: float) -> bool:
        """True if `value` is worse than the floor by more than the noise allows."""
        loss = value - self.score if self.metric.less_is_better else self.score - value
        return loss > self.noise + 1e-9


class Status(StrEnum):
    HELD = "held"
    MISSED = "missed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Check:
    """A floor and what became of it; `value` is None if skipped, and `reason` then says why."""

    floor: Floor
    status: Status
    value: float | None = None
    reason: str | None = None


def check_floor(floor: Floor, report: Report) -> Check:
    """Whether `report` holds `floor`. Raises InputError if the two cannot be compared."""
    if (report.system, report.set, report.target) != floor.key[:3]:
        raise InputError(f"{floor}: the report is of {report.system} on {report.set} fr→{report.target}")
    score = report.value(floor.metric)
    if score is None:
        raise InputError(f"{floor}: the report has no {floor.metric.label}")
    _comparable(floor, report.corpus, score.signature)
    missed = floor.is_missed_by(score.value)
    return Check(floor, Status.MISSED if missed else Status.HELD, score.value)


def require_comparable(floor: Floor, testset: TestSet) -> None:
    """Raises InputError if no score on `testset` could be held against `floor`: before any translation."""
    sample = testset.references[:1]
    _comparable(floor, testset.digest, Sufficient(floor.metric, floor.target, sample, sample).signature)


def _comparable(floor: Floor, corpus: str, signature: str) -> None:
    again = "record the floor again with --record --allow-regression"
    if corpus != floor.corpus:
        there, recorded = corpus[:12], floor.corpus[:12]
        raise InputError(
            f"{floor}: another test set: its hash is {there}…, the floor was recorded on {recorded}…",
            hint=f"get the set the floor was recorded on, or {again}",
        )
    if signature != floor.signature:
        raise InputError(
            f"{floor}: scored another way: {signature}, the floor was recorded with {floor.signature}",
            hint=f"install that version of sacrebleu, or {again}",
        )


def record_floors(
    floors: Sequence[Floor],
    reports: Sequence[Report],
    *,
    noise: float | None = None,
    allow_regression: bool = False,
) -> tuple[Floor, ...]:
    """`floors` with the scores of `reports` put in, ordered by their keys. The noise of an old floor stays.

    Raises FloorError if that would lower a floor, or move one to another set or signature, unless
    `allow_regression`.
    """
    known: dict[Key, Floor] = {floor.key: floor for floor in floors}
    refused: list[str] = []
    for new in (
        floor for report in reports for floor in _floors_of(report, NOISE if noise is None else noise)
    ):
        old = known.get(new.key)
        if old and not allow_regression and (why := _regression(old, new)):
            refused.append(f"{new}: {why}")
        known[new.key] = replace(new, noise=old.noise) if old and noise is None else new
    if refused:
        raise FloorError(
            f"not recorded: {'; '.join(refused)}", hint="--allow-regression records them all the same"
        )
    return tuple(known[key] for key in sorted(known))


def _floors_of(report: Report, noise: float) -> list[Floor]:
    return [
        Floor(
            model=report.system,
            set=report.set,
            target=report.target,
            metric=score.metric,
            score=round(score.value, 2),
            noise=noise,
            corpus=report.corpus,
            signature=score.signature,
        )
        for score in report.scores
    ]


def _regression(old: Floor, new: Floor) -> str | None:
    if new.corpus != old.corpus:
        return "the test set is another one"
    if new.signature != old.signature:
        return "the signature is another one"
    worse = new.score > old.score if new.metric.less_is_better else new.score < old.score
    return f"{new.score:.2f} is worse than {old.score:.2f}" if worse else None


def read_floors(path: Path) -> tuple[Floor, ...]:
    """The floors in `path`. Raises InputError naming the entry and the key that are wrong."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as err:
        raise InputError(err.strerror or "cannot be read", path=path) from err
    except UnicodeDecodeError as err:
        raise InputError("not valid UTF-8", path=path) from err
    except json.JSONDecodeError as err:
        raise InputError(f"not valid JSON: {err.msg}", path=path, line=err.lineno) from err
    if not isinstance(data, dict) or not isinstance(data.get("floors"), list):
        raise InputError('not a floors file: expected {"format": 1, "floors": [ … ]}', path=path)
    if data.get("format") != FORMAT:
        raise InputError(f"format {data.get('format')!r}; this version reads format {FORMAT}", path=path)
    floors = tuple(_parse(path, number, entry) for number, entry in enumerate(data["floors"], start=1))
    keys = [floor.key for floor in floors]
    if twice := next((floor for floor in floors if keys.count(floor.key) > 1), None):
        raise InputError(f"two floors for {twice}", path=path)
    return floors


def _parse(path: Path, number: int, entry: object) -> Floor:
    where = f"floor {number}"
    if not isinstance(entry, dict):
        raise InputError(f"{where}: not an object", path=path)
    known = [field.name for field in fields(Floor)]
    if wrong := set(entry) ^ set(known):
        problem = "unknown" if wrong & set(entry) else "missing"
        names = ", ".join(sorted(wrong & set(entry) or wrong))
        raise InputError(f"{where}: {problem} {names}", path=path, hint=f"keys: {', '.join(known)}")
    _check_types(path, where, entry)
    try:
        return Floor(**{**entry, "target": Lang(entry["target"]), "metric": Metric(entry["metric"])})
    except ValueError as err:
        choices = f"targets: en, zh; metrics: {', '.join(Metric)}"
        raise InputError(f"{where}: {err}", path=path, hint=choices) from err


def _check_types(path: Path, where: str, entry: Mapping[str, Any]) -> None:
    for key, value in entry.items():
        if key in ("score", "noise"):
            is_number = isinstance(value, int | float) and not isinstance(value, bool)
            if not is_number or not math.isfinite(value) or value < 0:
                raise InputError(f"{where}: {key} must be a number, zero or more", path=path)
        elif not isinstance(value, str):
            raise InputError(f"{where}: {key} must be a text", path=path)


def write_floors(path: Path, floors: Sequence[Floor]) -> None:
    """Writes the file anew, whole or not at all. Raises OutputError."""
    text = json.dumps(
        {"format": FORMAT, "floors": [asdict(floor) for floor in floors]}, indent=2, ensure_ascii=False
    )
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        partial.write_text(text + "\n", encoding="utf-8")
        partial.replace(path)
    except OSError as err:
        partial.unlink(missing_ok=True)
        raise OutputError(f"{path}: cannot be written: {err.strerror}") from err
