"""The options of `translate batch`: where documents are and results go, and how many work on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import complete
from translate.cli.options import Work, flag, option
from translate.cli.suggest import choose
from translate.errors import InputError

if TYPE_CHECKING:
    from translate.batch import Shard
    from translate.outputs import Format

# A panel of the help page.
_CROWD = "Processes and machines"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """Where the documents of a job are and where its results go."""

    output: Annotated[
        Path,
        option("--output", "-o", help="Folder for results, journal and report.json.", metavar="DIR"),
    ]
    format: Annotated[
        list[str],
        option(
            "--format",
            "-f",
            help="A file of this format for each document; repeatable. json, or none with one file for all.",
            metavar="FORMAT",
            autocompletion=complete.formats,
        ),
    ] = field(default_factory=list)
    jsonl: Annotated[
        Path | None,
        option("--jsonl", help="One file with a line for each document, written at the end.", metavar="FILE"),
    ] = None
    parquet: Annotated[
        Path | None,
        option("--parquet", help="The same as a Parquet file, with a row for each.", metavar="FILE"),
    ] = None
    text_column: Annotated[
        str | None, option("--text-column", help="Column of a table with the text: text.", metavar="NAME")
    ] = None
    id_column: Annotated[
        str | None,
        option("--id-column", help="Column with the id: id, or else the row's number.", metavar="NAME"),
    ] = None
    shard: Annotated[
        str | None,
        option("--shard", help="Only part I of N of the documents: 3/8.", metavar="I/N"),
    ] = None

    quarantine: Annotated[
        Path | None,
        option(
            "--quarantine", help="Folder for what fails: quarantine, in the output folder.", metavar="DIR"
        ),
    ] = None
    no_quarantine: Annotated[
        bool, flag("--no-quarantine", help="Set nothing aside; report.json names what failed.")
    ] = False

    @property
    def aside(self) -> Path | bool:
        """Where documents that fail are set aside, and whether they are."""
        if self.quarantine and self.no_quarantine:
            raise typer.BadParameter("one or the other", param_hint="--quarantine, --no-quarantine")
        return self.quarantine or not self.no_quarantine

    @property
    def formats(self) -> tuple[Format, ...]:
        from translate.outputs import Format

        named = dict.fromkeys(Format(choose(name, list(Format), "--format")) for name in self.format)
        return tuple(named) or (() if self.combined else (Format.JSON,))

    @property
    def combined(self) -> tuple[Path, ...]:
        """The files with all documents."""
        if self.parquet and self.parquet.suffix.lower() != ".parquet":
            raise typer.BadParameter(f"{self.parquet}: its name ends with .parquet", param_hint="--parquet")
        if self.jsonl and self.jsonl.suffix.lower() == ".parquet":
            raise typer.BadParameter("JSON Lines in a .parquet: use --parquet", param_hint="--jsonl")
        return tuple(path for path in (self.jsonl, self.parquet) if path)

    @property
    def part(self) -> Shard:
        from translate.batch import Shard

        try:
            return Shard.read(self.shard) if self.shard else Shard()
        except InputError as err:
            hint = f"; {err.hint}" if err.hint else ""
            raise typer.BadParameter(f"{err}{hint}", param_hint="--shard") from err


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """How many processes do the work, and where."""

    processes: Annotated[
        str | None,
        option(
            "--processes",
            help="Processes: N, or MIN:MAX on a cluster. One for each GPU, else for every four cores.",
            panel=_CROWD,
            metavar="N|MIN:MAX",
        ),
    ] = None
    cluster: Annotated[
        str | None,
        option(
            "--cluster",
            help="Work on a Ray cluster: the address of one, or local to start one on this machine.",
            panel=_CROWD,
            metavar="local|ADDRESS",
        ),
    ] = None
    cpus_each: Annotated[
        float | None,
        option(
            "--cpus-each", help="Cores for each process on the cluster.", panel=_CROWD, metavar="N", min=0.1
        ),
    ] = None
    gpus_each: Annotated[
        float | None,
        option("--gpus-each", help="GPUs for each process on a cluster.", panel=_CROWD, metavar="N", min=0),
    ] = None
    fetch: Annotated[
        bool,
        flag("--fetch", help="Each machine may download the models it lacks, once.", panel=_CROWD),
    ] = False

    def check(self, work: Work) -> None:
        """Raises typer.BadParameter for what does not go together."""
        _ = self.number
        apart = {"--fetch": self.fetch, "--cpus-each": self.cpus_each, "--gpus-each": self.gpus_each}
        for name, value in apart.items():
            if value and not self.cluster:
                raise typer.BadParameter("this is for --cluster", param_hint=name)
        if work.memory and self.cluster:
            raise typer.BadParameter("the nodes of a cluster have no memory in common", param_hint="--memory")

    @property
    def number(self) -> tuple[int, int] | None:
        """Processes at least and at most, if that was said."""
        if self.processes is None:
            return None
        least, _, most = self.processes.partition(":")
        found = [int(text) if text.isascii() and text.isdigit() else 0 for text in (least, most or least)]
        if not 1 <= found[0] <= found[1]:
            raise typer.BadParameter(f"{self.processes!r}: write 4, or 1:4", param_hint="--processes")
        if most and not self.cluster:
            raise typer.BadParameter("a range is for --cluster; write one number", param_hint="--processes")
        return found[0], found[1]
