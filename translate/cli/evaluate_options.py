"""The options of `translate evaluate`, in groups, and the check that they go together."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import complete
from translate.cli.options import TARGETS, ModelsFile, flag, option
from translate.cli.suggest import choose, choose_target
from translate.domain import Lang

if TYPE_CHECKING:
    from translate.evaluate import Metric

METRICS = ("bleu", "chrf", "chrf++", "ter")
# Panels of the help page; the first one is shared with the options of the machine.
_MODELS, _SETS, _MEASURE, _FLOORS = "Models", "Test sets", "Scores", "Floors"


@dataclass(frozen=True, slots=True, kw_only=True)
class Systems:
    """What is scored: models, or hypotheses that are ready."""

    model: Annotated[
        list[str],
        option(
            "--model",
            "-m",
            metavar="NAME",
            help="Translation model, instead of the best one present. Repeat it for one per language.",
            autocompletion=complete.translators,
            panel=_MODELS,
        ),
    ] = field(default_factory=list)
    versus: Annotated[
        str | None,
        option(
            "--versus",
            metavar="NAME",
            help="A second model; the difference is tested by paired bootstrap.",
            autocompletion=complete.translators,
            panel=_MODELS,
        ),
    ] = None
    hypotheses: Annotated[
        list[Path],
        option(
            "--hypotheses",
            "-H",
            metavar="FILE",
            help="Ready translations, one a line, instead of a model. Twice, or with --model: compared.",
            panel=_MODELS,
        ),
    ] = field(default_factory=list)
    beam: Annotated[
        int | None,
        option(
            "--beam",
            min=1,
            help="Beam width, instead of the model's own; 1 is the fastest.",
            panel=_MODELS,
        ),
    ] = None
    models: ModelsFile = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sets:
    """What it is scored on."""

    to: Annotated[
        list[str],
        option(
            "--to",
            "-t",
            metavar="LANG",
            help="Target language, en or zh, where file and column names do not say it.",
            autocompletion=complete.languages,
            panel=_SETS,
        ),
    ] = field(default_factory=list)
    columns: Annotated[
        str | None,
        option(
            "--columns",
            metavar="SRC,REF",
            help="Columns of a TSV, by number (1,3) or name (fr,zh); languages of a TMX file (fr-FR,zh-CN).",
            panel=_SETS,
        ),
    ] = None
    sets: Annotated[
        list[Path],
        option(
            "--sets",
            metavar="DIR",
            help="Folder of development sets: NAME.fr with NAME.en or NAME.zh, or NAME.tsv. Repeatable.",
            panel=_SETS,
        ),
    ] = field(default_factory=list)
    set: Annotated[
        list[str],
        option(
            "--set",
            metavar="NAME",
            help="Only this set, instead of flores-dev, newstest2013, un-dev and domain/dev. Repeatable.",
            panel=_SETS,
        ),
    ] = field(default_factory=list)

    @property
    def targets(self) -> tuple[Lang, ...]:
        """The target languages that `--to` names, each once; none if it was not given."""
        return tuple(dict.fromkeys(choose_target(code, TARGETS) for code in self.to))

    @property
    def pair(self) -> tuple[str, str] | None:
        """`--columns` as two names."""
        if self.columns is None:
            return None
        names = [name.strip() for name in self.columns.split(",")]
        if len(names) != 2 or not all(names):
            raise typer.BadParameter(
                f"{self.columns!r}: two columns are needed, as in 1,2 or fr,en", param_hint="--columns"
            )
        return names[0], names[1]

    def target_of(self, path: Path, reference: Path | None) -> Lang:
        """The one target of a set given as files: what `--to` says, else what the names say."""
        from translate.evaluate import language_of

        if len(self.targets) == 1:
            return self.targets[0]
        label = reference.name if reference else self.pair[1] if self.pair else path.name
        named = language_of(label)
        if named in (self.targets or TARGETS):
            assert named is not None
            return named
        raise typer.BadParameter(f"nothing in {label!r} says en or zh; say which", param_hint="--to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How it is scored, and what is shown."""

    metric: Annotated[
        list[str],
        option(
            "--metric",
            metavar="|".join(METRICS),
            help="Instead of bleu, chrf and, for English, chrf++. Repeatable.",
            panel=_MEASURE,
        ),
    ] = field(default_factory=list)
    worst: Annotated[
        int | None,
        option(
            "--worst",
            min=0,
            metavar="N",
            help="Show the N segments with the lowest chrF: 5 for one set, else none, if not said.",
            panel=_MEASURE,
        ),
    ] = None
    samples: Annotated[
        int,
        option(
            "--samples",
            min=100,
            help="Resamples of the paired bootstrap.",
            panel=_MEASURE,
        ),
    ] = 1000
    published: Annotated[
        bool,
        flag(
            "--published",
            help="Add scores published for other systems, on sets of their own.",
            panel=_MEASURE,
        ),
    ] = False

    @property
    def metrics(self) -> tuple[Metric, ...] | None:
        """The metrics asked for, each once; None for the usual ones."""
        from translate.evaluate import Metric

        names = [choose(name, METRICS, "--metric") for name in self.metric]
        return tuple(Metric(name) for name in dict.fromkeys(names)) or None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """The floors that scores must hold.

    `--record` and `--allow-regression` read no environment variable: a floor is moved by hand only.
    """

    floors: Annotated[
        Path | None,
        option(
            "--floors",
            metavar="FILE",
            help="Check the recorded scores in FILE; exit code 1 if one is missed.",
            panel=_FLOORS,
        ),
    ] = None
    record: Annotated[
        bool,
        option(
            "--record",
            help="Score the sets and write the scores into the floors file.",
            panel=_FLOORS,
        ),
    ] = False
    allow_regression: Annotated[
        bool,
        typer.Option(
            "--allow-regression",
            metavar="",
            help="With --record: lower a floor too, or move it to a changed set.",
            rich_help_panel=_FLOORS,
        ),
    ] = False
    noise: Annotated[
        float | None,
        option(
            "--noise",
            min=0.0,
            help="With --record: how far below its floor a score may fall; 0.3 for a new floor.",
            panel=_FLOORS,
        ),
    ] = None


def check_usage(
    source: Path | None, systems: Systems, sets: Sets, measure: Measure, gate: Gate, output: Path | None
) -> None:
    """Raises typer.BadParameter for a wrong value, or options that do not go together, before any work."""
    nothing = not (source or gate.floors or sets.sets or measure.published)
    count = len(systems.hypotheses) + bool(systems.versus) + bool(systems.model or not systems.hypotheses)
    rules = (
        (gate.record and not gate.floors, "--record", "needs --floors FILE to write to"),
        (gate.record and not sets.sets, "--record", "needs --sets DIR, the sets to score"),
        (gate.allow_regression and not gate.record, "--allow-regression", "goes with --record"),
        (gate.noise is not None and not gate.record, "--noise", "goes with --record"),
        (gate.record and count > 1, "--record", "records one model, without --versus and --hypotheses"),
        (bool(source and gate.floors), "--floors", "has its own sets; give no files"),
        (bool(gate.floors and systems.hypotheses), "--hypotheses", "floors are about models"),
        (bool(gate.floors and systems.versus), "--versus", "does not go with --floors"),
        (not source and bool(systems.hypotheses), "--hypotheses", "needs SOURCE and REFERENCE"),
        (not source and bool(sets.columns), "--columns", "needs a TSV or TMX file"),
        (nothing, "SOURCE", "give a test set, --sets or --floors"),
        (bool(output and not source), "--output", "needs one test set: SOURCE and REFERENCE"),
        (count > 2, "--hypotheses", f"two systems can be compared, not {count}"),
    )
    for broken, name, message in rules:
        if broken:
            raise typer.BadParameter(message, param_hint=name)
    _ = sets.pair, sets.targets, measure.metrics
