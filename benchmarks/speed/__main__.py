"""The commands of `python -m benchmarks.speed`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.speed import __doc__ as about
from benchmarks.speed import (
    gpu,
    limit,
    lineup,
    machine,
    models,
    page,
    peers,
    race,
    report,
    sentences,
    stages,
    startup,
    whole,
)
from benchmarks.speed.processes import ROOT

RESULTS = ROOT / "benchmarks/speed/results"
PLOT = ROOT / "docs/images/speed.svg"
_TABLES_S = 20  # of `all`: kept for the tables
SIZES = (1, 10, 100, 1000, 10_000)


def tell(message: str) -> None:
    print(message, file=sys.stderr, flush=True)


def parts(size: int) -> int:
    """How many sets of a size: more where one is soon done."""
    return 5 if size <= 10 else 3 if size <= 1000 else 1


def texts(kind: str, folder: Path, most: int) -> race.Texts:
    """Where sentences of a kind come from; sets of distinct ones never overlap."""
    if kind == "distinct":
        return lambda size, part: sentences.distinct(size, start=size * (part + 1))
    found = (sentences.of_dispatches if kind == "dispatches" else sentences.of_wire)(folder, most)
    return lambda size, part: found[:size]


def run(options: argparse.Namespace) -> None:
    """Races, each written as soon as it is over, or given up."""
    count = (lambda _: options.parts) if options.parts else parts
    source = texts(options.texts, options.dispatches, max(options.sizes))
    plan = race.Plan(options.sizes, count, options.budget, source)
    for name in options.model:
        model = models.prepare(name, options.room)
        for beam in options.beam:
            width = None if beam == "own" else int(beam)
            everyone = lineup.systems(width, options.peers)
            chosen = [one for one in everyone if not options.only or one.name in options.only]
            result = race.Race(name, options.texts, width or model.beam, options.clock)
            path = options.output / f"race-{name}-{options.texts}-beam{result.beam}{options.mark}.json"
            try:
                race.run(result, chosen, model, plan, tell)
            finally:  # what was measured before Ctrl-C was measured
                _write(path, result.as_json())


def everything(options: argparse.Namespace) -> None:
    """All of it within `--minutes`, the most important first; tables and plot at the end."""

    def save(name: str, found: race.Race) -> None:
        _write(options.output / f"{name}.json", found.as_json(), quiet=True)

    def sources(kind: str) -> race.Texts:
        return texts(kind, options.dispatches, 1000)

    setting = whole.Setting(options.room, options.peers, sources, options.clock, tell, save, options.scale)
    races = [setting.job(part) for part in whole.RACES]
    jobs = [
        *races[:4],
        whole.Job("stages of a large job", 1.5, lambda seconds: _stages_within(options, seconds)),
        *races[4:6],
        whole.Job("limit", 0.5, lambda seconds: measure_limit(_with(options, model=models.NAMES))),
        *races[6:],
        whole.Job("start-up", 1.5, lambda seconds: _startup_within(options, seconds)),  # cannot be cut short
    ]
    try:
        missing = whole.run(jobs, options.minutes - _TABLES_S / 60, tell)
    finally:  # what was measured before Ctrl-C is shown too
        tell(str(page.write(options.output)))
        page.plot(options.output, options.plot)
    for line in missing:
        tell(f"not measured: {line}")


def _stages_within(options: argparse.Namespace, seconds: float) -> None:
    """A job of about that many seconds: a few dispatches tell how long one takes."""
    before = time.monotonic()
    measure_stages(_with(options, documents=3))
    each = (time.monotonic() - before) / 3
    measure_stages(_with(options, documents=max(3, min(200, int(0.7 * seconds / each)))))


def _startup_within(options: argparse.Namespace, seconds: float) -> None:
    """Each command once, then as often as time allows."""
    before = time.monotonic()
    measure_startup(_with(options, runs=1))
    spent = time.monotonic() - before
    if (runs := min(7, int(2 * (seconds - spent) / spent) - 1)) > 1:
        measure_startup(_with(options, runs=runs))


def _with(options: argparse.Namespace, **more: Any) -> argparse.Namespace:
    return argparse.Namespace(**(vars(options) | more))


def measure_stages(options: argparse.Namespace) -> None:
    """A job of dispatches made from those of a folder."""
    import translate
    from benchmarks.wire import Texts, recombined
    from translate import collector

    collector.relax()  # as the command does
    pipeline = translate.load()
    found = stages.measure(pipeline, list(recombined(Texts.read(options.dispatches), options.documents)))
    report.stages(found).show()
    _write(options.output / "stages.json", {"machine": machine.described(), **asdict(found)})


def measure_startup(options: argparse.Namespace) -> None:
    """Commands from nothing, and their imports."""
    found = startup.measure(options.runs)
    report.starts(found).show()
    helps = startup.packages(startup.imports(["--help"]))
    works = startup.packages(startup.imports(["dispatch", str(startup.EXAMPLE)]))
    for rows in (helps, works):
        report.imports(rows).show()
    data = {"machine": machine.described(), "starts": [asdict(one) for one in found]}
    _write(options.output / "startup.json", data | {"help_imports": helps, "dispatch_imports": works})


def measure_limit(options: argparse.Namespace) -> None:
    """What the machine could do at best for each model, from its shape and measured peaks."""
    peak = limit.measured()
    data: dict[str, Any] = {"machine": machine.described(), "peak": asdict(peak), "models": {}}
    for name in options.model:
        model = models.prepare(name, options.room)
        shape = model.shape
        data["models"][name] = {}
        for beam in (1, model.beam):
            load = limit.load(model.folder / "hf", name, beam)
            found = {"load": asdict(load), "bound": asdict(limit.bound(shape, load, peak))}
            data["models"][name][str(beam)] = found | {"microseconds": limit.at_work(shape, load)}
    report.limits(data).show()
    _write(options.output / "limit.json", data)


def measure_gpu(options: argparse.Namespace) -> None:
    """Every engine on one device: a table and its JSON, both written anew after each row."""
    path = options.output / f"device-{options.device.replace(':', '')}.json"
    earlier = json.loads(path.read_text("utf-8")) if options.more and path.exists() else None
    tables: list[report.Sheet] = []

    def save(known: dict[str, object]) -> None:
        known = gpu.joined(earlier, known) if earlier else known
        tables[:] = report.device(known)
        _write(path, known, quiet=True)
        path.with_suffix(".md").write_text("\n".join(one.markdown() for one in tables), encoding="utf-8")

    try:
        asked = tuple(options.only), tuple(options.model)
        work = gpu.Work(options.device, options.minutes, options.sentences, options.room, *asked)
        gpu.run(work, tell, save)
    finally:  # what was measured before Ctrl-C is shown too
        for one in tables:
            one.show()
        tell(f"{path} and {path.with_suffix('.md').name}" if tables else "nothing was measured")


def install(options: argparse.Namespace) -> None:
    """Environments for EasyNMT and argos-translate."""
    peers.make(options.folder, options.extra)


def show(options: argparse.Namespace) -> None:
    """Everything that was measured: on the terminal, or as Markdown; and the plot."""
    for sheet in page.sheets(options.output):
        if options.markdown:
            print(sheet.markdown())
        else:
            sheet.show()
    if page.plot(options.output, options.plot):
        tell(str(options.plot))


def _write(path: Path, value: object, *, quiet: bool = False) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if not quiet:
        tell(str(path))


def _dispatches() -> Path:
    """Collected dispatches where they lie beside the checkout; else the invented examples."""
    beside = ROOT.parent / "shared/dispatches"
    return beside if beside.is_dir() else ROOT / "examples"


def parser() -> argparse.ArgumentParser:
    """All commands."""
    top = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, work: Callable[[argparse.Namespace], None]) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=(work.__doc__ or "").splitlines()[0])
        made.set_defaults(work=work)
        made.add_argument("--output", type=Path, default=RESULTS, help="folder of the results")
        made.add_argument("--dispatches", type=Path, default=_dispatches(), help="folder of dispatches")
        made.add_argument("--room", type=Path, default=Path(tempfile.gettempdir()) / "translate-bench")
        return made

    doing = command("all", everything)
    doing.add_argument("--minutes", type=float, default=25, help="for everything together (25)")
    doing.add_argument("--scale", type=float, default=1, help="of the numbers of sentences: 0.05 rehearses")
    doing.add_argument("--peers", type=Path, default=peers.default(), help="environments of peers")
    doing.add_argument("--clock", choices=list(report.CLOCKS), default="wall", help="cpu: on a busy machine")
    doing.add_argument("--plot", type=Path, default=PLOT)
    racing = command("run", run)
    racing.add_argument("--model", nargs="+", choices=models.NAMES, default=list(models.NAMES))
    racing.add_argument("--texts", choices=list(report.TEXTS), default="distinct")
    racing.add_argument("--beam", nargs="+", default=["own", "1"], help="own: what the checkpoint asks for")
    racing.add_argument("--sizes", nargs="+", type=int, default=list(SIZES))
    racing.add_argument("--parts", type=int, help="sets of each size; default: 5, 3 or 1 by size")
    racing.add_argument("--budget", type=float, default=240, help="seconds that one request may take (240)")
    racing.add_argument("--only", nargs="+", metavar="SYSTEM", help="these systems alone")
    racing.add_argument("--peers", type=Path, default=peers.default(), help="environments of peers")
    racing.add_argument("--clock", choices=list(report.CLOCKS), default="wall", help="cpu: on a busy machine")
    racing.add_argument("--mark", default="", help="added to the name of the result")
    staging = command("stages", measure_stages)
    staging.add_argument("--documents", type=int, default=200)
    starting = command("startup", measure_startup)
    starting.add_argument("--runs", type=int, default=7)
    limiting = command("limit", measure_limit)
    limiting.add_argument("--model", nargs="+", choices=models.NAMES, default=list(models.NAMES))
    carding = command("gpu", measure_gpu)
    carding.add_argument("--device", default="cuda")
    carding.add_argument("--minutes", type=float, default=7.5)
    carding.add_argument("--sentences", type=int, default=4000, help="at most, for one row")
    carding.add_argument(
        "--only", nargs="+", default=[], help="systems with one of these in their names: ct2 …"
    )
    carding.add_argument("--model", nargs="+", choices=models.NAMES, default=list(models.NAMES))
    carding.add_argument("--more", action="store_true", help="keep the rows that are there, of this device")
    showing = command("report", show)
    showing.add_argument("--markdown", action="store_true")
    showing.add_argument("--plot", type=Path, default=PLOT)
    installing = command("peers", install)
    installing.add_argument("folder", type=Path, nargs="?", default=peers.default())
    installing.add_argument(
        "--extra", nargs="*", default=[], help="more requirements, such as torch==2.13.0+cpu"
    )
    return top


def main() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # a time limit ends it in order, like Ctrl-C
    options = parser().parse_args()
    options.work(options)


if __name__ == "__main__":
    main()
