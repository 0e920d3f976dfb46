"""Whether the engines agree, how fast our own search is, and how well words are aligned.

    python -m benchmarks.engines agree SOURCE REFERENCE --to en [--limit N] [--show FILE] [--json FILE]
    python -m benchmarks.engines search SOURCE --to en [--limit N] [--repeats 3] [--json FILE]
    python -m benchmarks.engines align PAIRS GLOSSARY [--limit N] [--json FILE]

`agree` translates SOURCE with ct2 in 8 bits and with torch in float32, same model, same beam, and gives chrF
of both and how many sentences differ; they are listed in the file of `--show`. With `--gate 0.3` it fails
where chrF differs by more. SOURCE and REFERENCE: one sentence a line.

`search` decodes SOURCE with our own search and with the library's `generate`, in turns, in one thread, and
gives the ratio of their processor times, and in how many sentences they differ.

`align` takes numbers and the glossary's terms that stand once in a French sentence and once in its reference,
and gives the share whose aligned place holds the reference's form, and holds little else. PAIRS and GLOSSARY:
TSV files of French, English and Chinese.
"""

from __future__ import annotations

import argparse
import json
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from translate.domain import Lang
from translate.engines import LoadedEngine
from translate.engines.alignment import Span, aligned
from translate.evaluate.metrics import Metric, Sufficient
from translate.loading import load_engine
from translate.registry import Registry
from translate.registry.files import require

_NUMBER = re.compile(r"\d+(?:[.,\u202f\u00a0 ]\d+)*")
_LITTLE = 5  # characters more than the form that an aligned place may have and still be close
_BATCH = 32

Facts = Mapping[str, Any]


def agree(options: argparse.Namespace) -> Facts:
    """chrF of both engines over the same sentences."""
    sources, references = (_lines(file, options.limit) for file in (options.source, options.reference))
    said = {
        name: [each.text for each in _engine(options, name).translate(sources, options.to)]
        for name in ("ct2", "torch")
    }
    scores = {
        name: Sufficient(Metric.CHRF, options.to, texts, references).corpus() for name, texts in said.items()
    }
    pairs = list(zip(sources, said["ct2"], said["torch"], strict=True))
    differing = [pair for pair in pairs if pair[1] != pair[2]]
    if options.show:
        options.show.write_text("".join("\n".join(pair) + "\n\n" for pair in differing), "utf-8")
    return {
        "sentences": len(sources),
        "chrF": {name: round(score, 2) for name, score in scores.items()},
        "difference": round(scores["ct2"] - scores["torch"], 2),
        "differing sentences": len(differing),
    }


def search(options: argparse.Namespace) -> Facts:
    """Processor time of `generate` for that of our own search, per beam."""
    import torch

    from translate.engines.marian import MarianEngine
    from translate.engines.search import Decoding

    torch.set_num_threads(1)
    spec = Registry.load().get(options.model)
    ours, theirs = (
        MarianEngine.load(spec, require(spec), device="cpu", beam=1, reference=reference)._backend
        for reference in (False, True)
    )
    encoded = ours.encode(_lines(options.source, options.limit), options.to)
    limits = [2 * len(each.ids) + 16 for each in encoded]
    found: dict[str, Any] = {"sentences": len(encoded)}
    for how in (Decoding(), Decoding(beam=4)):
        times: dict[bool, list[float]] = {False: [], True: []}
        texts: dict[bool, list[str]] = {}
        for _ in range(options.repeats):
            for is_reference, backend in ((False, ours), (True, theirs)):
                start = time.process_time()
                texts[is_reference] = [
                    several[0].text
                    for first in range(0, len(encoded), _BATCH)
                    for several in backend.begin(
                        encoded[first : first + _BATCH], limits[first : first + _BATCH], how, options.to
                    )()
                ]
                times[is_reference].append(time.process_time() - start)
        ratios = [slow / fast for fast, slow in zip(times[False], times[True], strict=True)]
        found[f"beam {how.beam}"] = {
            "ratio": round(statistics.median(ratios), 2),
            "least": round(min(ratios), 2),
            "differing sentences": sum(a != b for a, b in zip(texts[False], texts[True], strict=True)),
        }
    return found


def align(options: argparse.Namespace) -> Facts:
    """Shares of numbers and of terms that are found at their aligned place."""
    rows = [line.split("\t") for line in _lines(options.pairs, options.limit)]
    terms = [line.split("\t") for line in _lines(options.glossary, None)]
    engine = _engine(options, options.engine)
    found: dict[str, Any] = {"sentences": len(rows)}
    for column, lang in enumerate((Lang.EN, Lang.ZH), start=1):
        counts: Counter[tuple[str, str]] = Counter()
        pairs = [(row[0], row[column]) for row in rows]
        for (source, target), links in zip(pairs, engine.align(pairs, lang), strict=True):
            for kind, place, form in _wanted(source, target, terms, column):
                span = aligned(links, place, target)
                said = target[slice(*span)] if span else ""
                counts[kind, "asked"] += 1
                counts[kind, "found"] += form in said
                counts[kind, "close"] += form in said and len(said) <= len(form) + _LITTLE
        for kind in ("numbers", "terms"):
            asked = counts[kind, "asked"]
            shares = {name: round(counts[kind, name] / max(asked, 1), 3) for name in ("found", "close")}
            found[f"{lang} {kind}"] = {"asked": asked, **shares}
    return found


def _wanted(
    source: str, target: str, terms: Sequence[Sequence[str]], column: int
) -> Iterator[tuple[str, Span, str]]:
    """What surely belongs together: kind, place in the source, form in the target."""
    written = {re.sub(r"\D", "", match[0]): match[0] for match in _NUMBER.finditer(target)}
    for match in _NUMBER.finditer(source):
        form = written.get(re.sub(r"\D", "", match[0]))
        if form and source.count(match[0]) == 1:
            yield "numbers", match.span(), form
    for row in terms:
        if len(row) <= column or len(row[0]) < 4 or _NUMBER.search(row[0]):
            continue
        if source.count(row[0]) == 1 and target.count(row[column]) == 1:
            start = source.index(row[0])
            end = start + len(row[0])
            if not (source[start - 1 : start].isalnum() or source[end : end + 1].isalnum()):
                yield "terms", (start, end), row[column]


def _engine(options: argparse.Namespace, name: str) -> LoadedEngine:
    return load_engine(Registry.load().get(options.model), engine=name, device="cpu", beam=options.beam)


def _lines(file: Path, limit: int | None) -> list[str]:
    return file.read_text("utf-8").splitlines()[:limit]


def main() -> None:
    """Measure, print, and write what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)
    for work, files in (
        (agree, ("source", "reference")),
        (search, ("source",)),
        (align, ("pairs", "glossary")),
    ):
        command = commands.add_parser(work.__name__)
        command.set_defaults(work=work, gate=None)
        for name in files:
            command.add_argument(name, type=Path)
        command.add_argument("--to", type=Lang, default=Lang.EN)
        command.add_argument("--model", default="embedded")
        command.add_argument("--beam", type=int)
        command.add_argument("--limit", type=int)
        command.add_argument("--json", type=Path)
        if work is agree:
            command.add_argument("--gate", type=float)
            command.add_argument("--show", type=Path)
        if work is search:
            command.add_argument("--repeats", type=int, default=3)
        if work is align:
            command.add_argument("--engine", default="auto")
    options = parser.parse_args()
    found = options.work(options)
    print(json.dumps(found, ensure_ascii=False, indent=1))
    if options.json:
        options.json.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.gate is not None and abs(found["difference"]) > options.gate:
        sys.exit(f"chrF differs by {abs(found['difference'])}, more than {options.gate}")


if __name__ == "__main__":
    main()
