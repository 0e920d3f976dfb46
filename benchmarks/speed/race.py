"""Systems take turns on the same sentences: what each took, and whether they say the same."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from statistics import median

from benchmarks.speed import machine
from benchmarks.speed.models import Prepared
from benchmarks.speed.processes import Process, Reply, System, SystemFailed, TooSlow
from benchmarks.speed.sentences import distinct

OURS = "translate"
REFERENCE = "generate"
_STARTING = 0.4  # of a race's time, at most
_ROOM = 2 * 2**30  # bytes of logits that a system may need at once: a copy or two of them come on top


@dataclass(frozen=True)
class Run:
    """One request. `part`: which of the sets of this size it was; the same for all systems."""

    system: str
    sentences: int
    part: int
    words: int
    wall_s: float
    cpu_s: float
    peak_mib: float


@dataclass(frozen=True)
class LeftOut:
    """Sizes that a system did not do. `sentences` 0: it did not start at all.

    `after_s`: it was stopped then, without an answer.
    """

    system: str
    sentences: int
    why: str
    after_s: float | None = None


@dataclass(frozen=True)
class Agreement:
    """How a system's answers compare with the reference's, sentence by sentence."""

    system: str
    sentences: int
    identical: float
    chrf: float


@dataclass
class Race:
    """Everything measured with one model, one kind of text and one beam.

    `clock`: `wall` on a machine that does nothing else. `cpu` on one that does: seconds are then those of all
    threads, divided by the cores, and the threads of torch sleep when they wait instead of spinning.
    """

    model: str
    texts: str
    beam: int
    clock: str = "wall"
    machine: dict[str, object] = field(default_factory=machine.described)
    versions: dict[str, str] = field(default_factory=dict)
    cold_s: dict[str, float] = field(default_factory=dict)
    loaded_mib: dict[str, float] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    agreement: list[Agreement] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> Race:
        known: dict[str, object] = dict(value)
        for name, kind in (("runs", Run), ("left_out", LeftOut), ("agreement", Agreement)):
            known[name] = [kind(**each) for each in known[name]]  # type: ignore[attr-defined]
        return cls(**known)  # type: ignore[arg-type]

    def seconds(self, run: Run) -> float:
        """What a run took, by this race's clock."""
        if self.clock == "wall":
            return run.wall_s
        cores = self.machine["cores"]
        assert isinstance(cores, int)
        return run.cpu_s / cores

    def of(self, system: str, sentences: int) -> list[Run]:
        """Its runs of one size."""
        return [run for run in self.runs if (run.system, run.sentences) == (system, sentences)]

    def at_least(self, system: str, sentences: int) -> float | None:
        """Of a system that was stopped: how many times as long as ours it had had by then."""
        ours = [self.seconds(run) for run in self.of(OURS, sentences)]
        found = (one.after_s for one in self.left_out if (one.system, one.sentences) == (system, sentences))
        after_s = next(found, None)
        return after_s / median(ours) if ours and after_s and self.clock == "wall" else None

    def rate(self, system: str, sentences: int) -> float | None:
        """Words a second: the median of the parts."""
        found = [run.words / self.seconds(run) for run in self.of(system, sentences)]
        return median(found) if found else None

    def ratios(self, system: str, sentences: int) -> list[float]:
        """How many times as long as ours it took, part by part."""
        took = {(run.system, run.part): self.seconds(run) for run in self.runs if run.sentences == sentences}
        parts = sorted(part for name, part in took if name == system and (OURS, part) in took)
        return [took[system, part] / took[OURS, part] for part in parts]


Texts = Callable[[int, int], list[str]]
"""The sentences of a size and a part of it."""


@dataclass(frozen=True)
class Turn:
    """One set of sentences, for everyone."""

    size: int
    part: int
    sentences: list[str]

    @property
    def words(self) -> int:
        return sum(len(sentence.split()) for sentence in self.sentences)


@dataclass(frozen=True)
class Plan:
    """What is asked for.

    `parts`: how many sets of each size. `budget_s`: a request that would take longer is not made, and one
    that does is ended. `until`: nothing begins after that moment of `time.monotonic`.
    """

    sizes: Sequence[int]
    parts: Callable[[int], int]
    budget_s: float
    texts: Texts
    until: float = math.inf

    def starting(self) -> Plan:
        """The same for getting ready: that may take two fifths of the time, so that something is run."""
        now = time.monotonic()
        return replace(self, until=now + _STARTING * (self.until - now))

    def limit_s(self) -> float:
        """Seconds that a request may take from now on."""
        return min(self.budget_s, self.until - time.monotonic())

    def turns(self) -> Iterator[Turn]:
        for size in self.sizes:
            for part in range(self.parts(size)):
                yield Turn(size, part, self.texts(size, part))


def run(
    race: Race,
    systems: Sequence[System],
    model: Prepared,
    plan: Plan,
    tell: Callable[[str], None],
    save: Callable[[Race], None] = lambda race: None,
) -> None:
    """Fill in a race. `save` is called after each turn, and at the end."""
    processes: list[Process] = []
    said: dict[str, dict[str, str]] = {system.name: {} for system in systems}
    what = f"{model.name}, {race.texts}, beam {race.beam}"
    starting = plan.starting()
    try:
        for system in systems:
            tell(f"{what}: starting {system.name}")
            first = distinct(1)[0]  # of no set: it may be remembered
            processes += _started(race, system, model, first, starting.limit_s())
        for turn in plan.turns():
            for process in _in_turn(processes, turn.part):
                tell(f"{what}, {turn.size:,} sentences, set {turn.part + 1}: {process.system.name}")
                if reply := _asked(race, process, model, turn, plan.limit_s()):
                    said[process.system.name] |= zip(turn.sentences, reply.answers, strict=True)
            save(race)
    finally:
        for process in processes:
            process.close()
        race.agreement = list(_agreement(said))
        save(race)


def _asked(race: Race, process: Process, model: Prepared, turn: Turn, budget_s: float) -> Reply | None:
    """The reply, noted; None if it was not asked for or did not come, and the race says why."""
    name = process.system.name
    if why := _too_much(race, process.system, model, len(turn.sentences), budget_s):
        _leave_out(race, name, turn.size, why)
        return None
    try:
        reply = process.ask(turn.sentences, limit_s=budget_s)
    except SystemFailed as err:
        _leave_out(race, name, turn.size, str(err), err.seconds if isinstance(err, TooSlow) else None)
        return None
    wall, cpu, peak = round(reply.wall_s, 4), round(reply.cpu_s, 3), round(reply.peak_mib)
    race.runs.append(Run(name, turn.size, turn.part, turn.words, wall, cpu, peak))
    return reply


def _started(
    race: Race, system: System, model: Prepared, first: str, limit_s: float | None = None
) -> Iterator[Process]:
    """The system, ready; nothing if it does not start, and the race says why."""
    if limit_s is not None and limit_s <= 0:
        _leave_out(race, system.name, 0, "out of time")
        return
    limit_s = None if limit_s == math.inf else limit_s
    try:
        process = Process(system, model, first, patient=race.clock == "cpu", limit_s=limit_s)
    except (SystemFailed, OSError) as err:
        _leave_out(race, system.name, 0, str(err))
        return
    cold_s = process.cold_s if race.clock == "wall" else process.cold_cpu_s  # one thread does most of it
    race.cold_s[system.name] = round(cold_s, 2)
    race.loaded_mib[system.name] = round(process.first.peak_mib)
    race.versions |= process.about["versions"]
    yield process


def _in_turn(processes: Sequence[Process], part: int) -> list[Process]:
    """Each part begins with another one, so that none always follows the same."""
    first = part % max(1, len(processes))
    return [*processes[first:], *processes[:first]]


def _too_much(race: Race, system: System, model: Prepared, sentences: int, budget_s: float) -> str | None:
    """Why a request is not made."""
    if budget_s <= 0:
        return "out of time"
    if any(one.system == system.name and one.after_s for one in race.left_out):
        return "it was stopped before"
    if system.options.get("at_once"):
        size = sentences * race.beam * model.vocabulary * 4
        if size > _ROOM:
            return f"would need {size / 2**30:.0f} GiB for logits alone"
    before = [run for run in race.runs if run.system == system.name]
    if not before:
        return None
    last = before[-1]
    expected = race.seconds(last) / last.sentences * sentences
    return f"would take about {expected:,.0f} s" if expected > budget_s else None


def _leave_out(race: Race, system: str, sentences: int, why: str, after_s: float | None = None) -> None:
    """Each size once."""
    if not any((one.system, one.sentences) == (system, sentences) for one in race.left_out):
        race.left_out.append(LeftOut(system, sentences, why, after_s))


def _agreement(said: Mapping[str, Mapping[str, str]]) -> Iterator[Agreement]:
    """Of every system with the reference, on the sentences that both have translated."""
    from sacrebleu.metrics.chrf import CHRF

    reference = said.get(REFERENCE, {})
    for name, answers in said.items():
        both = [sentence for sentence in answers if sentence in reference]
        if name == REFERENCE or not both:
            continue
        ours, theirs = [answers[one].strip() for one in both], [reference[one].strip() for one in both]
        same = sum(one == other for one, other in zip(ours, theirs, strict=True)) / len(both)
        chrf = CHRF().corpus_score(ours, [theirs]).score
        yield Agreement(name, len(both), round(same, 4), round(chrf, 2))
