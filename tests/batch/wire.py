"""Documents for jobs, jobs for documents, and what a job leaves behind."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.fakes import LeadSummarizer, pipeline
from translate.batch.crew import Alone, Crew
from translate.batch.discover import Inputs
from translate.batch.disk import Disk
from translate.batch.job import Job
from translate.batch.report import Report
from translate.batch.settings import Settings
from translate.batch.shard import Shard
from translate.outputs import Format
from translate.pipeline import Pipeline
from translate.revision import Revision
from translate.settings import Options

QUICK = Options(revision=Revision(checks=False, repair=False, retry=False))
"""What a job does is the same; what is in a result is tested elsewhere."""


def dispatch(number: int) -> str:
    """A very short dispatch; its last sentence stands in every other one too."""
    return (
        f"Les ministres ont signé mercredi l'accord {number} sur le climat.\n\n"
        f"Les pays du Sud demandent des moyens supplémentaires.\n"
    )


def write_wire(folder: Path, number: int = 8) -> None:
    for n in range(number):
        path = folder / ("matin" if n % 2 else "soir") / f"brief{n:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dispatch(n), encoding="utf-8")


def job(
    paths: Sequence[Path | str],
    output: Path,
    *,
    disk: Disk | None = None,
    used: Pipeline | Crew | None = None,
    formats: Sequence[Format] = (Format.JSON,),
    combined: Sequence[Path] = (),
    jsonl: Path | None = None,
    shard: Shard | None = None,
    window: int = 4,
    text_column: str | None = None,
    id_column: str | None = None,
    quarantine: Path | None = None,
) -> Report:
    """A job with a fake engine and small windows, run to its end."""
    used = used or pipeline(summarizer=LeadSummarizer(), options=QUICK)
    crew = Alone(used) if isinstance(used, Pipeline) else used
    wholes = (*combined, jsonl) if jsonl else tuple(combined)
    settings = Settings(output, tuple(formats), wholes, shard or Shard(), window, quarantine)
    skip = (output, quarantine) if quarantine else (output,)
    inputs = Inputs(tuple(map(str, paths)), text_column, id_column, skip, crew.conditions.options.limits)
    return Job(inputs, crew, settings, disk=disk or Disk()).run()


def tree(folder: Path) -> dict[str, bytes]:
    """What readers of the output folder see: every file but the report and the job's own state."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in files
        if ".translate" not in path.parts and not path.name.startswith("report")
    }
