"""What was measured, as tables for a terminal or for Markdown, and as a plot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.speed.goals import Reached
from benchmarks.speed.lineup import SAME
from benchmarks.speed.race import OURS, Race
from benchmarks.speed.stages import ORDER, Stages
from benchmarks.speed.startup import Start

MODELS = {"embedded": "embedded model", "base": "shape of opus-mt-fr-en"}
TEXTS = {
    "distinct": "distinct sentences",
    "dispatches": "real dispatches",
    "wire": "a wire with updates and corrections",
}
CLOCKS = {"wall": "wall clock", "cpu": "processor time"}


@dataclass(frozen=True)
class Sheet:
    """A table: a title, a head, rows of text. Numbers stand on the right."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    def markdown(self) -> str:
        marks = ["---", *["---:"] * (len(self.head) - 1)]
        lines = (" | ".join(row) for row in (self.head, marks, *self.rows))
        return f"**{self.title}**\n\n" + "\n".join(f"| {line} |" for line in lines) + "\n"

    def show(self) -> None:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(title=self.title, title_justify="left")
        for number, name in enumerate(self.head):
            table.add_column(name, justify="right" if number else "left")
        for row in self.rows:
            table.add_row(*map(Text, row))
        Console().print(table)


def sheets(races: Iterable[Race]) -> Iterator[Sheet]:
    """The tables of all races: rates, ratios, and what was left out."""
    for race in races:
        what = f"{MODELS[race.model]}, {TEXTS[race.texts]}, {_beam(race.beam)}, {CLOCKS[race.clock]}"
        sizes = sorted({run.sentences for run in race.runs})
        head = ["system", *(f"{size:,}" for size in sizes)]
        names = list(race.loaded_mib)
        if sizes:
            rates = [[name, *(_rate(race, name, size) for size in sizes)] for name in names]
            yield Sheet(f"Words a second by number of sentences: {what}", head, rates)
            others = [[name, *(_ratio(race, name, size) for size in sizes)] for name in names if name != OURS]
            yield Sheet(f"Times as long as `translate`: {what}", head, others)
        yield Sheet(
            f"Start, memory and agreement with `generate`: {what}",
            ["system", "cold start (s)", "loaded (MiB)", "peak (MiB)", "identical", "chrF"],
            [[name, *_facts(race, name)] for name in names],
        )
        if race.left_out:
            rows = [
                [one.system, f"{one.sentences:,}" if one.sentences else "all", one.why]
                for one in race.left_out
            ]
            yield Sheet(f"Left out: {what}", ["system", "sentences", "why"], rows)


def _beam(width: int) -> str:
    return "greedy" if width == 1 else f"beam {width}"


def _rate(race: Race, system: str, size: int) -> str:
    found = race.rate(system, size)
    return "–" if found is None else f"{found:,.0f}" if found >= 10 else f"{found:.1f}"


def _ratio(race: Race, system: str, size: int) -> str:
    """The median; the range behind it where there is one."""
    found = race.ratios(system, size)
    if not found:
        least = race.at_least(system, size)
        return f"over {least:.0f}" if least else "–"
    middle = f"{median(found):.2f}"
    return f"{middle} ({min(found):.2f}–{max(found):.2f})" if len(found) > 1 else middle


def _facts(race: Race, system: str) -> Iterator[str]:
    yield f"{race.cold_s[system]:.1f}" if system in race.cold_s else "–"
    yield f"{race.loaded_mib[system]:,.0f}"
    peaks = [run.peak_mib for run in race.runs if run.system == system]
    yield f"{max(peaks):,.0f}" if peaks else "–"
    agreed = next((one for one in race.agreement if one.system == system), None)
    yield f"{agreed.identical:.1%} of {agreed.sentences:,}" if agreed else "–"
    yield f"{agreed.chrf:.1f}" if agreed else "–"


def goals(found: Iterable[Reached]) -> Sheet:
    """What was to be reached, and what was: embedded model, its own beam."""
    rows = []
    for one in found:
        sizes = ", ".join(
            f"{size:,}: {'over ' if stopped else ''}{ratio:.2f}" for size, ratio, stopped in one.ratios
        )
        verdict = {True: "yes", False: "no", None: "not measured"}[one.holds]
        rows.append(
            [f"{one.goal.system}, {TEXTS[one.goal.texts]}", f"{one.goal.times:g}", sizes or "–", verdict]
        )
    head = ["times as fast as", "wanted", "found, by number of sentences", "on the most sentences"]
    return Sheet("Goals: embedded model, beam 4", head, rows)


def stages(found: Stages) -> Sheet:
    """Where the time of a job goes."""
    meaning = dict(ORDER)
    rows = [
        [name, f"{spent:.2f}", f"{found.share(name):.1%}", meaning[name]]
        for name, spent in found.seconds.items()
    ]
    title = f"Processor time by stage: {found.dispatches:,} dispatches, {found.words:,} words"
    return Sheet(title, ["stage", "seconds", "share", "what it is"], rows)


def starts(found: Iterable[Start]) -> Sheet:
    """How long commands take."""
    rows = [
        [
            f"`{one.command}`",
            f"{one.wall_s:.2f}",
            f"{one.best_s:.2f}",
            f"{one.cpu_s:.2f}",
            f"{one.peak_mib:,.0f}",
        ]
        for one in found
    ]
    return Sheet(
        "A new process, warm caches", ["command", "median (s)", "best (s)", "CPU (s)", "peak (MiB)"], rows
    )


def imports(rows: Sequence[tuple[str, float, int]], least_ms: float = 1.0) -> Sheet:
    """What imports cost, by package."""
    shown = [[f"`{name}`", str(count), f"{ms:.0f}"] for name, ms, count in rows if ms >= least_ms]
    return Sheet("Imports", ["package", "modules", "own time (ms)"], shown)


def limits(found: dict[str, Any]) -> Sheet:
    """The bound of each model and beam, in words a second."""
    rows = []
    for name, beams in found["models"].items():
        for beam, each in beams.items():
            limit = each["bound"]
            rates = [f"{limit[kind]:,.0f}" for kind in ("int8", "float32", "memory")]
            work = [f"{limit['operations_per_word'] / 1e9:.2f}", f"{limit['bytes_per_word'] / 1e6:.1f}"]
            rows.append([f"{MODELS[name]}, {_beam(int(beam))}", *work, *rates])
    peak = found["peak"]
    title = f"Bounds: {peak['int8_gops']:,} Gop/s in 8 bits, {peak['float32_gops']:,} in float32"
    head = ["model", "Gop a word", "MB a word", "8 bits (words/s)", "float32", "reading alone"]
    return Sheet(f"{title}, {peak['read_gbs']} GB/s", head, rows)


def device(found: dict[str, Any]) -> Iterator[Sheet]:
    """The table of a device, and what is missing in it."""
    rows = []
    for cell in found["cells"]:
        watts = cell["watts"]
        rows.append(
            [
                f"{cell['model']}, {cell['system']}",
                str(cell["beam"]),
                cell["batch"],
                f"{cell['words_per_s']:,.0f}",
                f"{cell['words_per_s'] / watts:,.1f}" if watts else "–",
                f"{watts:,.0f}" if watts else "–",
                f"{cell['sentences']:,}",
            ]
        )
    head = ["model, system", "beam", "batch", "words/s", "words/s per watt", "watts", "sentences"]
    name = found["machine"]["device"] or "a device that does not tell its name"
    yield Sheet(f"By engine, batch and beam: {name}", head, rows)
    if found["steps"]:
        yield _steps(found, name)
    if found["left_out"]:
        missing = [[one["what"], one["why"]] for one in found["left_out"]]
        yield Sheet(f"Left out: {name}", ["model, system", "why"], missing)


def _steps(found: dict[str, Any], name: str) -> Sheet:
    """What the device allows, and how much of it our fastest row is."""
    rows = []
    for each in found["steps"]:
        ours = [
            cell["words_per_s"]
            for cell in found["cells"]
            if (cell["model"], cell["beam"]) == (each["model"], each["beam"])
            and cell["system"].startswith("translate")
        ]
        parts = [each[f"{part}_us"] for part in ("products", "reading", "logits", "launches", "played")]
        rows.append(
            [
                f"{MODELS[each['model']]}, {_beam(each['beam'])}",
                *("–" if part is None else f"{part:,.0f}" for part in parts),
                f"{each['words_per_s']:,.0f}",
                f"{max(ours) / each['words_per_s']:.1%}" if ours else "–",
            ]
        )
    peak = found["peak"]
    about = f"{peak['tflops']:,} Top/s of products, {peak['read_gbs']:,} GB/s"
    head = ["model", "products", "reading", "logits", "launches", "played", "bound (words/s)", "reached"]
    return Sheet(f"A step of {found['steps'][0]['rows']:,} answers at best, µs: {name}, {about}", head, rows)


def plot(races: Sequence[Race], path: Path) -> None:
    """Seconds by number of sentences, one panel for each race, as SVG that reads on light and dark pages."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot
    from matplotlib.lines import Line2D

    grey = "#808080"
    style: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "speed",
        "text.color": grey,
        "axes.labelcolor": grey,
    }
    style |= {"axes.edgecolor": grey, "xtick.color": grey, "ytick.color": grey, "font.size": 9.0}
    with matplotlib.rc_context(style):
        figure, panels = pyplot.subplots(1, len(races), figsize=(5.2 * len(races), 4), squeeze=False)
        for race, panel in zip(races, panels[0], strict=True):
            _panel(race, panel)
        names = dict.fromkeys(run.system for race in races for run in race.runs)
        handles = [Line2D([], [], **_look(name), label=name) for name in names]
        figure.legend(handles=handles, loc="lower center", ncols=4, frameon=False)
        figure.tight_layout(rect=(0, 0.11, 1, 1))
        figure.savefig(path, transparent=True, metadata={"Date": None})


def _panel(race: Race, panel: Any) -> None:
    panel.set(title=f"{MODELS[race.model]}, {_beam(race.beam)}", xscale="log", yscale="log")
    panel.set(xlabel="sentences", ylabel="seconds")
    panel.grid(True, which="major", alpha=0.3, linewidth=0.5)
    for name in dict.fromkeys(run.system for run in race.runs):
        sizes = sorted({run.sentences for run in race.runs if run.system == name})
        took = [median(map(race.seconds, race.of(name, size))) for size in sizes]
        panel.plot(sizes, took, **_look(name))


_COLOURS = {
    OURS: "#0969da",
    "translate, torch engine": "#54aeff",
    "generate": "#cf222e",
    "CTranslate2": "#1a7f37",
    "CTranslate2, tuned": "#4ac26b",
    SAME: "#aceebb",
    "EasyNMT": "#bf8700",
    "argos-translate": "#8250df",
}


def _look(name: str) -> dict[str, Any]:
    return {
        "color": _COLOURS.get(name, "#808080"),
        "linewidth": 2.2 if name == OURS else 1.2,
        "marker": "o" if name == OURS else ".",
    }
