"""Last step: the model card, with every figure taken from what was measured.

    translate evaluate --model embedded --sets EVAL --sets DATA --json > scores.json
    python -m training.card --model translate/weights/embedded --scores scores.json --run runs/small \\
        --dispatches DISPATCHES.jsonl --hardware "two cores of a shared machine (AMD EPYC, bfloat16)"

Fills the slots of `card.md` and writes README.md and SHA256SUMS into the model's folder. Words are the
template's: read it again when the figures change. The table of scores is printed too, for the documentation.
Dispatches: text files or JSON lines with `title_fr` and `lines_fr`; without any, those in `examples/`.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from safetensors import safe_open

from training.command import guarded
from training.export import write_sums
from training.plot import Curve, as_gain, read_lines, score_curves
from training.store import TokenPairs, is_stored
from translate.domain import Kind, Lang
from translate.engines import load
from translate.errors import InputError
from translate.registry import Registry
from translate.text.dispatch import parse
from translate.text.segment import segment

TEMPLATE = Path(__file__).with_name("card.md")
EXAMPLES = Path(__file__).parent.parent / "examples"
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SENTENCES = 10


@dataclass(frozen=True, slots=True)
class Training:
    """What a run cost. `tokens` counts target tokens."""

    tokens: int
    elapsed_s: float
    curves: tuple[Curve, ...]
    template_pairs: int
    newsroom_pairs: int


def read_run(run: Path) -> Training:
    """From the logs of a run. Raises InputError if there is no log."""
    log = read_lines(run / "log.jsonl")
    if not log:
        raise InputError("no log of a training", path=run / "log.jsonl")
    greedy = [row for row in read_lines(run / "scores.jsonl") if row.get("beam") == 1]
    last = log[-1]
    return Training(
        last["tokens"],
        last["elapsed_s"],
        tuple(score_curves(greedy)),
        _pairs(run, "templates"),
        _pairs(run, "newsroom"),
    )


def _pairs(run: Path, corpus: str) -> int:
    """How many pairs of a corpus, French and English, the run has learned from."""
    path = run / "tokens" / f"{corpus}.fr-en.npz"
    return len(TokenPairs.load(path)) if is_stored(path) else 0


def read_reports(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """The reports in the JSON of `translate evaluate`. Raises InputError if a file holds none."""
    reports: list[dict[str, Any]] = []
    for path in paths:
        try:
            found = json.loads(path.read_text(encoding="utf-8"))["reports"]
        except OSError as err:
            raise InputError(err.strerror or "cannot be read", path=path) from err
        except (ValueError, KeyError, TypeError) as err:
            raise InputError("not the JSON of `translate evaluate --json`", path=path) from err
        reports += found
    if not reports:
        raise InputError("no scores", path=paths[0] if paths else None)
    return reports


def scores_table(reports: Sequence[Mapping[str, Any]]) -> str:
    """BLEU and chrF of each set and target, in the order of the reports."""
    lines = ["| set | segments | target | BLEU | chrF |", "|---|--:|---|--:|--:|"]
    for report in reports:
        values = {score["metric"]: f"{score['value']:.1f}" for score in report["scores"]}
        cells = (report["set"], f"{report['segments']:,}", report["target"])
        lines.append(f"| {' | '.join(cells)} | {values.get('bleu', '–')} | {values.get('chrf', '–')} |")
    return "\n".join(lines)


def signatures(reports: Sequence[Mapping[str, Any]]) -> str:
    """How the scores were computed: each signature once, with the targets it stands for."""
    targets: dict[str, list[str]] = {}
    for report in reports:
        for score in report["scores"]:
            if score["metric"] in ("bleu", "chrf"):
                names = targets.setdefault(score["signature"], [])
                names += [report["target"]] if report["target"] not in names else []
    shown = (f"`{signature}` ({', '.join(names)})" for signature, names in targets.items())
    return f"Signatures: {', '.join(shown)}."


def how_scored(reports: Sequence[Mapping[str, Any]]) -> str:
    """The recipe that the reports carry, once if they share it."""
    recipes = list(dict.fromkeys(report["recipe"] for report in reports if report.get("recipe")))
    return f"As the tool runs it, `{'`, `'.join(recipes)}`" if recipes else "Ready translations"


def curve_section(curves: Sequence[Curve]) -> str:
    """Score against tokens as a table, and what the last stretch brought."""
    if not curves:
        return "It was not followed with scores while it was trained."
    counts = sorted({tokens for curve in curves for tokens, _ in curve.points})
    lines = [
        f"| target tokens seen | {' | '.join(curve.name for curve in curves)} |",
        f"|--:|{'--:|' * len(curves)}",
    ]
    for count in counts:
        values = (dict(curve.points).get(count) for curve in curves)
        cells = " | ".join("–" if value is None else f"{value:.1f}" for value in values)
        lines.append(f"| {count / 1e6:.1f} M | {cells} |")
    table = "\n".join(lines)
    gains = "; ".join(filter(None, map(as_gain, curves)))
    end = f"\n\nThe last stretch, in BLEU: {gains}." if gains else ""
    return (
        "Quick scores while it was trained (BLEU, greedy; `/4` says that every fourth segment was taken):"
        f"\n\n{table}{end}"
    )


def dispatches(paths: Sequence[Path]) -> Iterator[str]:
    """The text of each dispatch, in order. Raises InputError for a file that holds none."""
    files = [file for path in paths for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    for path in files:
        try:
            text = path.read_text(encoding="utf-8")
        except OSError as err:
            raise InputError(err.strerror or "cannot be read", path=path) from err
        if path.suffix != ".jsonl":
            yield text
            continue
        for number, line in enumerate(text.splitlines(), start=1):
            try:
                entry = json.loads(line)
                yield "\n".join([entry["title_fr"], *entry["lines_fr"]])
            except (ValueError, KeyError, TypeError) as err:
                raise InputError("no title_fr and lines_fr", path=path, line=number) from err


def sentences(texts: Iterator[str], count: int = _SENTENCES) -> list[str]:
    """The first sentence of each dispatch, then the second of each, until there are `count`."""
    rounds = zip_longest(*(list(_prose(text)) for text in islice(texts, count)))
    return list(islice((sentence for row in rounds for sentence in row if sentence), count))


def _prose(text: str) -> Iterator[str]:
    for block in parse(text).blocks:
        if block.kind is Kind.PARAGRAPH:
            for part in block.parts:
                if part.is_prose:
                    yield from (piece.text for piece in segment(part.text))


def examples(model: Path, french: Sequence[str]) -> str:
    """The sentences with what the model makes of them."""
    engine = load(Registry.load().get("embedded"), model, device="cpu")
    columns = (engine.translate(french, target) for target in (Lang.EN, Lang.ZH))
    rows = zip(french, *columns, strict=True)
    return "\n".join(
        f"{number}. {source}\n   - en: {english.text}\n   - zh: {chinese.text}"
        for number, (source, english, chinese) in enumerate(rows, start=1)
    )


def shape(model: Path) -> dict[str, str]:
    """Slots that say how large a model is."""
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    with safe_open(model / "model.safetensors", framework="numpy") as tensors:
        sizes = [tensors.get_slice(name).get_shape() for name in tensors.keys()]  # noqa: SIM118 - not a dict
    parameters = sum(_product(size) for size in sizes)
    files = [path for path in model.iterdir() if path.is_file()]
    return {
        "PARAMETERS": f"{parameters / 1e6:.0f}",
        "ENCODER_LAYERS": str(config["encoder_layers"]),
        "DECODER_LAYERS": str(config["decoder_layers"]),
        "WIDTH": str(config["d_model"]),
        "VOCABULARY": f"{config['vocab_size']:,}",
        "MEGABYTES": f"{sum(path.stat().st_size for path in files) / 1e6:.0f}",
    }


def _product(size: Sequence[int]) -> int:
    total = 1
    for number in size:
        total *= number
    return total


def fill(template: str, slots: Mapping[str, str]) -> str:
    """The template with its slots filled. Raises InputError for a slot that has no value."""
    unknown = sorted({name for name in _SLOT.findall(template) if name not in slots})
    if unknown:
        raise InputError(f"no value for {', '.join(unknown)}", hint=f"known: {', '.join(sorted(slots))}")
    return _SLOT.sub(lambda match: slots[match[1]], template)


def card(
    model: Path, reports: Sequence[Mapping[str, Any]], run: Training, french: Sequence[str], hardware: str
) -> dict[str, str]:
    """A value for every slot of the template."""
    return {
        **shape(model),
        "HOURS": f"{run.elapsed_s / 3600:.1f}",
        "TOKENS": f"{run.tokens / 1e6:.1f}",
        "HARDWARE": hardware,
        "TEMPLATES": f"{run.template_pairs:,}",
        "NEWSROOM": f"{run.newsroom_pairs:,}",
        "HOW_SCORED": how_scored(reports),
        "SCORES": scores_table(reports),
        "SIGNATURES": signatures(reports),
        "CURVE": curve_section(run.curves),
        "CHOICE": "the first sentence of each, then the second, until there are ten",
        "EXAMPLES": examples(model, french),
    }


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True, help="the exported directory")
    parser.add_argument("--scores", type=Path, nargs="+", required=True, help="JSON of translate evaluate")
    parser.add_argument("--run", type=Path, required=True, help="folder of the run: hours, tokens, curve")
    parser.add_argument("--hardware", required=True, help="what it was trained on, in words")
    parser.add_argument(
        "--dispatches", type=Path, nargs="+", default=[EXAMPLES], help="ten sentences of these"
    )
    parser.add_argument("--template", type=Path, default=TEMPLATE)
    parser.add_argument("-o", "--output", type=Path, help="a file, instead of README.md beside the weights")
    a = parser.parse_args()
    if not (a.model / "model.safetensors").is_file():
        raise InputError("no exported model", path=a.model)
    reports = read_reports(a.scores)
    slots = card(a.model, reports, read_run(a.run), sentences(dispatches(a.dispatches)), a.hardware)
    text = fill(a.template.read_text(encoding="utf-8"), slots)
    (a.output or a.model / "README.md").write_text(text, encoding="utf-8")
    if not a.output:
        write_sums(a.model)
    print(slots["SCORES"])
    return 0


if __name__ == "__main__":
    guarded(main)
