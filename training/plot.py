"""The curves of a run: score against tokens seen, and whether the source is used.

    python -m training.plot runs/small
    python -m training.plot runs/small --svg curve.svg

Reads `scores.jsonl` and `log.jsonl` as training writes them; half a line at the end, of a run that is
still writing, is left out.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from training.command import guarded
from translate.errors import InputError

_WIDTH, _HEIGHT, _MARGIN = 720, 400, 50
_COLOURS = ("#0b6e99", "#c2410c", "#15803d", "#7e22ce", "#b91c1c", "#4d7c0f", "#0f766e", "#6b7280")
_ROWS, _COLUMNS = 14, 64


@dataclass(frozen=True, slots=True)
class Curve:
    """One figure against target tokens seen; points in order of tokens."""

    name: str
    points: tuple[tuple[int, float], ...]


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The entries of a log; none if it is not there. Raises InputError for a broken line within it."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    entries = []
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(json.loads(line))
        except ValueError as err:
            if line.endswith("\n"):
                raise InputError("no JSON", path=path, line=number) from err
    return entries


def score_curves(rows: Sequence[dict[str, Any]], metric: str = "bleu") -> list[Curve]:
    """For each set, target and beam the scores of all checkpoints; the latest of several for one."""
    curves: dict[str, dict[int, float]] = {}
    for row in rows:
        if metric in row:
            name = f"{row['set']} {row['target']}" + (f" beam {row['beam']}" if row["beam"] > 1 else "")
            curves.setdefault(name, {})[row["tokens"]] = row[metric]
    return [Curve(name, tuple(sorted(points.items()))) for name, points in sorted(curves.items())]


def loss_curves(entries: Sequence[dict[str, Any]]) -> list[Curve]:
    """The loss with the true source and with another sentence's: where they part, the source is used."""
    names = {"true_source": "loss, true source", "other_source": "loss, another source"}
    return [
        Curve(name, tuple((entry["tokens"], entry[key]) for entry in entries if key in entry))
        for key, name in names.items()
    ]


def as_table(curves: Sequence[Curve]) -> str:
    """One line per count of tokens, one column per curve; a dash where nothing was measured."""
    counts = sorted({tokens for curve in curves for tokens, _ in curve.points})
    head = ["tokens", *(curve.name for curve in curves)]
    rows = [head]
    for count in counts:
        values = (dict(curve.points).get(count) for curve in curves)
        rows.append([f"{count / 1e6:.1f} M", *("–" if value is None else f"{value:.1f}" for value in values)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows
    )


def as_text(curves: Sequence[Curve]) -> str:
    """A chart of characters; each curve has its letter. Empty if there are no points."""
    points = [(tokens, value) for curve in curves for tokens, value in curve.points]
    if not points:
        return ""
    most = max(tokens for tokens, _ in points) or 1
    low, high = min(value for _, value in points), max(value for _, value in points)
    grid = [[" "] * _COLUMNS for _ in range(_ROWS)]
    for letter, curve in zip("abcdefghijklmnopqrstuvwxyz", curves, strict=False):
        for tokens, value in curve.points:
            row = round((high - value) / ((high - low) or 1) * (_ROWS - 1))
            grid[row][round(tokens / most * (_COLUMNS - 1))] = letter
    labels = [f"{high:8.2f}", *[" " * 8] * (_ROWS - 2), f"{low:8.2f}"]
    lines = [f"{label} |{''.join(row)}".rstrip() for label, row in zip(labels, grid, strict=True)]
    lines.append(f"{'':8} +{'-' * _COLUMNS} {most / 1e6:.1f} M tokens")
    key = (
        f"{letter} {curve.name}" for letter, curve in zip("abcdefghijklmnopqrstuvwxyz", curves, strict=False)
    )
    return "\n".join([*lines, "  ".join(key)])


def as_svg(curves: Sequence[Curve], title: str) -> str:
    """A picture that any browser shows."""
    points = [point for curve in curves for point in curve.points]
    most = max((tokens for tokens, _ in points), default=0) or 1
    top = max((value for _, value in points), default=0.0) or 1.0

    def place(point: tuple[int, float]) -> tuple[float, float]:
        x = _MARGIN + point[0] / most * (_WIDTH - 4 * _MARGIN)
        return round(x, 1), round(_HEIGHT - _MARGIN - point[1] / top * (_HEIGHT - 2 * _MARGIN), 1)

    floor, left, right = _HEIGHT - _MARGIN, _MARGIN, _WIDTH - 3 * _MARGIN
    parts = [
        f'<text x="{left}" y="24" font-size="15">{escape(title)}</text>',
        f'<path d="M{left},{_MARGIN} V{floor} H{right}" stroke="#555" fill="none"/>',
        f'<text x="{left - 6}" y="{_MARGIN + 4}" text-anchor="end">{top:.1f}</text>',
        f'<text x="{left - 6}" y="{floor}" text-anchor="end">0</text>',
        f'<text x="{right}" y="{floor + 18}" text-anchor="end">{most / 1e6:.1f} M target tokens</text>',
    ]
    for number, curve in enumerate(curves):
        colour = _COLOURS[number % len(_COLOURS)]
        places = [place(point) for point in curve.points]
        line = " ".join(f"{x},{y}" for x, y in places)
        parts.append(f'<polyline points="{line}" stroke="{colour}" fill="none" stroke-width="1.5"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="2.5" fill="{colour}"/>' for x, y in places]
        y = _MARGIN + 16 * number
        parts.append(f'<text x="{right + 10}" y="{y}" fill="{colour}">{escape(curve.name)}</text>')
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'font-family="sans-serif" font-size="11">\n{body}\n</svg>\n'
    )


def as_gain(curve: Curve) -> str:
    """What the last stretch brought: a hint at what more training would. Empty if there is one point only."""
    if len(curve.points) < 2:
        return ""
    (t0, v0), (t1, v1) = curve.points[-2:]
    return f"{curve.name} {v1 - v0:+.1f} to {v1:.1f} over {(t1 - t0) / 1e6:.1f} M tokens"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("run", type=Path, help="folder of a run")
    parser.add_argument("--metric", default="bleu", help="bleu, chrf or chrf++")
    parser.add_argument("--svg", type=Path, help="also draw the scores into this file")
    a = parser.parse_args()
    if not a.run.is_dir():
        raise InputError("no such folder", path=a.run)
    scores = score_curves(read_lines(a.run / "scores.jsonl"), a.metric)
    losses = [curve for curve in loss_curves(read_lines(a.run / "log.jsonl")) if curve.points]
    if not scores and not losses:
        raise InputError("nothing logged yet: no scores.jsonl, no log.jsonl", path=a.run)
    if scores:
        print(as_table(scores), "", as_text(scores), "", *filter(None, map(as_gain, scores)), sep="\n")
    if losses:
        print("", as_text(losses), sep="\n")
    if a.svg:
        a.svg.write_text(as_svg(scores, f"{a.metric} against tokens seen"), encoding="utf-8")
    return 0


if __name__ == "__main__":
    guarded(main)
