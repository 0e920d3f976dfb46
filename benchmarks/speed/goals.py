"""What we want to reach, and whether a race shows it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.speed.race import Race


@dataclass(frozen=True)
class Goal:
    """To be `times` as fast as a system, with the embedded model and its own beam."""

    system: str
    times: float
    texts: str = "distinct"


GOALS = (
    Goal("generate", 6),
    Goal("CTranslate2", 1),
    Goal("CTranslate2, tuned", 1),
    Goal("CTranslate2", 1.2, "dispatches"),
    Goal("CTranslate2, tuned", 1.2, "dispatches"),
    Goal("CTranslate2", 1.2, "wire"),
    Goal("CTranslate2, tuned", 1.2, "wire"),
    Goal("EasyNMT", 3),
    Goal("argos-translate", 3),
)


@dataclass(frozen=True)
class Reached:
    """Of one goal: for each size that both did, the ratio (at least that, if the other was stopped)."""

    goal: Goal
    ratios: Sequence[tuple[int, float, bool]]

    @property
    def largest(self) -> tuple[int, float, bool] | None:
        return self.ratios[-1] if self.ratios else None

    @property
    def holds(self) -> bool | None:
        """On the most sentences that both did; `None` if there are none."""
        return self.largest[1] >= self.goal.times if self.largest else None


def reached(races: Iterable[Race]) -> Iterator[Reached]:
    """Every goal, looked up in races with the embedded model and a beam."""
    known = {one.texts: one for one in races if one.model == "embedded" and one.beam > 1}
    for goal in GOALS:
        found = known.get(goal.texts)
        yield Reached(goal, list(_ratios(found, goal.system)) if found else [])


def _ratios(found: Race, system: str) -> Iterator[tuple[int, float, bool]]:
    sizes = {run.sentences for run in found.runs} | {one.sentences for one in found.left_out}
    for size in sorted(sizes):
        if ratios := found.ratios(system, size):
            yield size, median(ratios), False
        elif least := found.at_least(system, size):
            yield size, least, True
