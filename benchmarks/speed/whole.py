"""Everything in a given time: the parts in order of importance, each with a share of what is left.

A part that is done sooner leaves its time to those after it. Each writes what it has measured as soon as it
has measured it, so that nothing is lost when the whole is stopped.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.speed import lineup, models, race
from benchmarks.speed.lineup import SAME
from benchmarks.speed.race import OURS

TUNED = "CTranslate2, tuned"
_DIRECT = (OURS, "CTranslate2", TUNED, SAME)
_LEAST_S = 10.0  # of a part: with less it is not begun


@dataclass(frozen=True)
class Part:
    """A race of one model on one kind of text. `share`: of the time, in parts of the sum of all shares.

    `beam`: `None` is the checkpoint's own. `only`: systems that take part, all if empty. `longest_s`: what
    one request may take.
    """

    name: str
    share: float
    model: str = "embedded"
    texts: str = "distinct"
    beam: int | None = None
    sizes: Sequence[int] = (1, 10, 100, 1000)
    only: Sequence[str] = ()
    longest_s: float = 60


RACES = (
    Part("distinct sentences, everyone", 8),
    Part("real dispatches", 1.5, texts="dispatches", sizes=(1000,), only=_DIRECT),
    Part("a wire", 1.5, texts="wire", sizes=(1000,), only=_DIRECT),
    Part("the shape of opus-mt", 4.5, model="base", sizes=(1, 10, 100)),
    Part("many sentences", 4, sizes=(10_000,), only=(OURS, TUNED), longest_s=400),
    Part("greedy", 2.5, beam=1, sizes=(1, 10, 100, 1000), longest_s=30),
    Part("the shape of opus-mt, greedy", 2, model="base", beam=1, sizes=(1, 10, 100), longest_s=30),
    Part("the shape of opus-mt, many sentences", 2, model="base", sizes=(1000,), only=(OURS, TUNED)),
)


@dataclass(frozen=True)
class Job:
    """Something else that is measured: `work` is given the seconds it may take."""

    name: str
    share: float
    work: Callable[[float], None]


Texts = Callable[[str], race.Texts]


@dataclass(frozen=True)
class Setting:
    """Where races find what they need, and where they tell what they do."""

    room: Path
    peers: Path
    texts: Texts
    clock: str
    tell: Callable[[str], None]
    save: Callable[[str, race.Race], None]
    scale: float = 1.0

    def job(self, part: Part) -> Job:
        return Job(part.name, part.share, lambda seconds: self._run(part, seconds))

    def _run(self, part: Part, seconds: float) -> None:
        until = time.monotonic() + seconds
        model = models.prepare(part.model, self.room)
        everyone = lineup.systems(part.beam, self.peers)
        chosen = [one for one in everyone if not part.only or one.name in part.only]
        found = race.Race(part.model, part.texts, part.beam or model.beam, self.clock)
        sizes = list(dict.fromkeys(max(1, round(size * self.scale)) for size in part.sizes))
        plan = race.Plan(sizes, _sets, min(part.longest_s, seconds), self.texts(part.texts), until)
        name = f"race-{part.model}-{part.texts}-beam{found.beam}"
        name += f"-{sizes[0]}" if len(sizes) == 1 else ""
        race.run(found, chosen, model, plan, self.tell, lambda known: self.save(name, known))


def _sets(size: int) -> int:
    """How many sets of a size: more where one is soon done."""
    return 3 if size <= 10 else 2 if size <= 100 else 1


def run(jobs: Sequence[Job], minutes: float, tell: Callable[[str], None]) -> list[str]:
    """Do the jobs; what was not begun, or failed, in words. Only Ctrl-C stops it."""
    end = time.monotonic() + 60 * minutes
    missing: list[str] = []
    for number, job in enumerate(jobs):
        left = end - time.monotonic()
        share = left * job.share / sum(each.share for each in jobs[number:])
        if share < min(_LEAST_S, 60 * minutes / len(jobs)):
            missing.append(f"{job.name}: out of time")
            continue
        tell(f"== {job.name}: up to {share:.0f} s of {left:.0f} s")
        try:
            job.work(share)
        except Exception as err:  # the rest is worth having all the same
            missing.append(f"{job.name}: {type(err).__name__}: {str(err)[:200]}")
            tell(missing[-1])
    return missing


def joined(races: Sequence[race.Race]) -> list[race.Race]:
    """Races with the same model, texts, beam and clock as one: sizes may have been run apart."""
    found: dict[tuple[str, str, int, str], race.Race] = {}
    for one in races:
        key = (one.model, one.texts, one.beam, one.clock)
        before = found.get(key)
        found[key] = one if before is None else _both(before, one)
    return list(found.values())


def _both(one: race.Race, other: race.Race) -> race.Race:
    """`one`, with what `other` has beside. Of two agreements the one on more sentences counts."""
    known = {(each.system, each.sentences) for each in one.left_out}
    more = [each for each in other.left_out if (each.system, each.sentences) not in known]
    agreed = {
        each.system: each for each in sorted([*one.agreement, *other.agreement], key=lambda a: a.sentences)
    }
    return replace(
        one,
        versions=other.versions | one.versions,
        cold_s=other.cold_s | one.cold_s,
        loaded_mib=other.loaded_mib | one.loaded_mib,
        runs=[*one.runs, *other.runs],
        left_out=[*one.left_out, *more],
        agreement=list(agreed.values()),
    )
