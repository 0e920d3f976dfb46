"""The commands of `python -m benchmarks.speed`."""

from __future__ import annotations

import argparse
import json
import signal
import sys
import tempfile
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
    peers,
    race,
    report,
    sentences,
    stages,
    startup,
)
from benchmarks.speed.processes import ROOT

RESULTS = ROOT / "benchmarks/speed/results"
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


def measure_stages(options: argparse.Namespace) -> None:
    """A job of dispatches made from those of a folder."""
    import translate
    from benchmarks.batch import recombined

    pipeline = translate.load()
    found = stages.measure(pipeline, list(recombined(options.dispatches, options.documents, fresh=1.0)))
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
        shape = limit.Shape.of(model.shape)
        data["models"][name] = {}
        for beam in (1, model.beam):
            load = limit.load(model.folder / "hf", name, beam)
            found = {"load": asdict(load), "bound": asdict(limit.bound(shape, load, peak))}
            data["models"][name][str(beam)] = found | {"microseconds": limit.at_work(shape, load)}
    report.limits(data).show()
    _write(options.output / "limit.json", data)


def measure_gpu(options: argparse.Namespace) -> None:
    """Every engine on one device."""
    found = gpu.run(options.device, options.minutes, options.sentences, options.room)
    report.cells(found["cells"]).show()  # type: ignore[arg-type]  # JSON
    for line in found["left_out"]:  # type: ignore[attr-defined]  # JSON
        tell(f"left out: {line}")
    _write(options.output / f"device-{options.device.replace(':', '')}.json", found)


def install(options: argparse.Namespace) -> None:
    """Environments for EasyNMT and argos-translate."""
    peers.make(options.folder, options.extra)


def show(options: argparse.Namespace) -> None:
    """Everything that was measured: on the terminal, or as Markdown; and the plot."""
    races = [
        race.Race.from_json(json.loads(path.read_text("utf-8"))) for path in _found(options.output, "race-*")
    ]
    shown = list(report.sheets(races))
    for path in _found(options.output, "stages*"):
        shown.append(report.stages(stages.Stages(**_without_machine(path))))
    for path in _found(options.output, "limit*"):
        shown.append(report.limits(json.loads(path.read_text("utf-8"))))
    for path in _found(options.output, "device-*"):
        shown.append(report.cells(json.loads(path.read_text("utf-8"))["cells"]))
    for sheet in shown:
        if options.markdown:
            print(sheet.markdown())
        else:
            sheet.show()
    if curves := [one for one in races if one.texts == "distinct" and one.beam > 1 and one.runs]:
        report.plot(curves, options.plot)
        tell(str(options.plot))


def _found(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(f"{pattern}.json"))


def _without_machine(path: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads(path.read_text("utf-8"))
    known.pop("machine")
    return known


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
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
    showing = command("report", show)
    showing.add_argument("--markdown", action="store_true")
    showing.add_argument("--plot", type=Path, default=ROOT / "docs/images/speed.svg")
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
