"""What `translate evaluate` does: systems, each scored on each set, compared, held against floors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from translate.cli.evaluate_options import Measure, Sets, Systems
from translate.cli.options import TARGETS, Machine
from translate.cli.progress import Bar
from translate.domain import Lang
from translate.errors import FloorError, InputError
from translate.evaluate import (
    SUITE,
    Absent,
    Check,
    Comparison,
    Floor,
    Metric,
    Published,
    Report,
    Status,
    TestSet,
    check_floor,
    compare,
    evaluate,
    find_set,
    read_lines,
    require_comparable,
    score_set,
)
from translate.registry import Registry, Task, is_present

if TYPE_CHECKING:
    from translate.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one run found, for the view or as JSON."""

    reports: tuple[Report, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    checks: tuple[Check, ...] = ()
    absent: tuple[Absent, ...] = ()
    published: tuple[Published, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain data, documented in docs/evaluation.md."""
        from dataclasses import asdict

        return {
            "format": 1,
            "reports": [report.to_json() for report in self.reports],
            "comparisons": [comparison.to_json() for comparison in self.comparisons],
            "floors": [asdict(check) for check in self.checks],
            "absent": [asdict(absent) for absent in self.absent],
            "published": [asdict(published) for published in self.published],
        }

    def require_floors(self) -> None:
        """Raises FloorError if a floor is missed, naming each."""
        missed = [check for check in self.checks if check.status is Status.MISSED]
        if missed:
            listed = "; ".join(
                f"{check.floor}: {check.value:.2f}, floor {check.floor.score:.2f} ± {check.floor.noise:g}"
                for check in missed
            )
            checked = sum(check.status is not Status.SKIPPED for check in self.checks)
            raise FloorError(f"{len(missed)} of {checked} floors missed: {listed}")


class System(Protocol):
    """Something that can be scored on a set."""

    def report(self, testset: TestSet, target: Lang, measure: Measure, worst: int) -> Report: ...


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """Hypotheses in a file, one a line; an empty one is a translation that is missing."""

    path: Path

    def report(self, testset: TestSet, target: Lang, measure: Measure, worst: int) -> Report:
        texts = read_lines(self.path)
        if len(texts) != len(testset):
            message = f"has {len(texts)} lines, but the set {testset.name} has {len(testset)} segments"
            raise InputError(message, path=self.path, line=min(len(texts), len(testset)) + 1)
        return score_set(texts, testset, target, metrics=measure.metrics, worst=worst, system=str(self.path))


@dataclass(frozen=True, slots=True)
class Model:
    """Loaded models, one for each of its targets."""

    pipeline: Pipeline
    shown: Bar
    metrics: tuple[Metric, ...] | None = None

    def report(self, testset: TestSet, target: Lang, measure: Measure, worst: int) -> Report:
        self.shown.expect(len(testset))
        return evaluate(
            self.pipeline.engines[target],
            testset,
            target,
            metrics=self.metrics or measure.metrics,
            worst=worst,
            recipe=self.pipeline.recipes[target],
            progress=self.shown.finished,
        )


@dataclass(frozen=True, slots=True)
class Bench:
    """Loads models once each and scores them, set by set."""

    registry: Registry
    systems: Systems
    sets: Sets
    measure: Measure
    machine: Machine
    shown: Bar
    _loaded: dict[tuple[str, ...], Pipeline] = field(default_factory=dict)

    def one(self, path: Path, reference: Path | None) -> Outcome:
        """One set, given as files."""
        target = self.sets.target_of(path, reference)
        testset = TestSet.read(path, reference, columns=self.sets.pair, target=target)
        return self._score([(testset, target)], 5)

    def suite(self) -> Outcome:
        """Every development set in the folders, into every target; without a folder, nothing."""
        if not self.sets.sets:
            return Outcome()
        found, absent = [], []
        for target in self._targets():
            for name in self.sets.set or SUITE:
                testset = find_set(name, target, self.sets.sets)
                if isinstance(testset, Absent):
                    absent.append(testset)
                else:
                    found.append((testset, target))
        outcome = self._score(found, 0)
        return Outcome(outcome.reports, outcome.comparisons, absent=tuple(absent))

    def gate(self, floors: Sequence[Floor]) -> Outcome:
        """Each floor that was asked for against a new score, or skipped with a reason."""
        wanted = sorted((floor for floor in floors if self._is_wanted(floor)), key=lambda floor: floor.key)
        if floors and not wanted:
            models = ", ".join(sorted({floor.model for floor in floors}))
            raise InputError("no floor fits that choice", hint=f"the floors are for: {models}")
        groups = {key: list(group) for key, group in groupby(wanted, key=lambda floor: floor.key[:3])}
        # Everything that can stop the run is looked at before the first model is loaded.
        found = {key: self._ground(same) for key, same in groups.items()}
        writes = {
            model: tuple(dict.fromkeys(key[2] for key in groups if key[0] == model)) for model, _, _ in groups
        }
        reports: list[Report] = []
        checks: list[Check] = []
        for key, same in groups.items():
            ground = found[key]
            if isinstance(ground, str):
                checks += [Check(floor, Status.SKIPPED, reason=ground) for floor in same]
                continue
            model, _, target = key
            system = self._model((model,), writes[model], tuple(floor.metric for floor in same))
            reports.append(system.report(ground, target, self.measure, self.measure.worst or 0))
            checks += [check_floor(floor, reports[-1]) for floor in same]
        return Outcome(tuple(reports), checks=tuple(checks))

    def _is_wanted(self, floor: Floor) -> bool:
        models = {self.registry.get(name).id for name in self.systems.model}
        return (
            (not models or floor.model in models)
            and (not self.sets.set or floor.set in self.sets.set)
            and (not self.sets.targets or floor.target in self.sets.targets)
            and (not self.measure.metrics or floor.metric in self.measure.metrics)
        )

    def _ground(self, floors: Sequence[Floor]) -> TestSet | str:
        """The set of these floors, or why they are skipped: it is absent, or a model to be fetched is."""
        model, name, target, _ = floors[0].key
        testset = find_set(name, target, self.sets.sets)
        if isinstance(testset, Absent):
            return testset.reason
        for floor in floors:
            require_comparable(floor, testset)
        spec = self.registry.get(model, task=Task.TRANSLATE)
        if not spec.path and not is_present(spec):
            return f"the model {spec.id} is not fetched"
        return testset

    def _targets(self) -> tuple[Lang, ...]:
        """The targets asked for, or those that every system can write."""
        named = [*self.systems.model, *filter(None, [self.systems.versus])]
        if self.sets.targets or not named:
            return self.sets.targets or TARGETS
        writes = [set(self.registry.get(name, task=Task.TRANSLATE).targets) for name in named]
        return tuple(target for target in TARGETS if all(target in each for each in writes))

    def _score(self, trials: Sequence[tuple[TestSet, Lang]], worst: int) -> Outcome:
        reports: list[Report] = []
        comparisons: list[Comparison] = []
        shown = worst if self.measure.worst is None else self.measure.worst
        systems = list(self._contestants(tuple(dict.fromkeys(target for _, target in trials))))
        for testset, target in trials:
            scored = [system.report(testset, target, self.measure, shown) for system in systems]
            reports += scored
            if len(scored) == 2:
                comparisons.append(self._compared(scored[0], scored[1], testset, shown))
        return Outcome(tuple(reports), tuple(comparisons))

    def _compared(self, a: Report, b: Report, testset: TestSet, worst: int) -> Comparison:
        self.shown.say("comparing")
        return compare(
            a,
            b,
            testset.references,
            a.target,
            sources=testset.sources,
            metrics=self.measure.metrics,
            worst=worst,
            samples=self.measure.samples,
        )

    def _contestants(self, targets: tuple[Lang, ...]) -> Iterator[System]:
        if not targets:
            return
        if self.systems.model or not self.systems.hypotheses:
            yield self._model(tuple(self.systems.model), targets)
        if self.systems.versus:
            yield self._model((self.systems.versus,), targets)
        yield from (ReadyFile(path) for path in self.systems.hypotheses)

    def _model(
        self, names: tuple[str, ...], targets: tuple[Lang, ...], metrics: tuple[Metric, ...] | None = None
    ) -> Model:
        from translate.loading import load

        key = (*names, *targets)
        if key not in self._loaded:
            self.shown.say(f"loading {', '.join(names) or 'the model'}")
            self._loaded[key] = load(
                targets,
                model=names,
                summarizer=None,
                engine=self.machine.chosen_engine,
                device=self.machine.device,
                beam=self.systems.beam,
                models=self.registry,
            )
        return Model(self._loaded[key], self.shown, metrics)
