"""On texts that lie beside the checkout, where they do: the same pieces, and translations as good."""

from __future__ import annotations

import lzma
import random
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from translate import engines
from translate.domain import Lang
from translate.engines.ct2_checkpoint import describe
from translate.engines.pieces import Pieces
from translate.registry.spec import Decode, ModelSpec, Task

EMBEDDED = Path(__file__).parents[2] / "translate" / "weights" / "embedded"
TEXTS = Path(__file__).parents[3] / "shared"
TARGETS = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}

pytestmark = [
    pytest.mark.weights,
    pytest.mark.skipif(not (EMBEDDED / "model.safetensors").is_file(), reason="no embedded weights"),
    pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses"),
]
beside = pytest.mark.skipif(not TEXTS.is_dir(), reason="the measuring texts are not beside the checkout")


def french() -> Iterator[str]:
    """Different lines of news, documents, speeches and dictionaries."""
    seen: set[str] = set()
    for name in ("flores-dev", "newstest2013", "un-dev"):
        with (TEXTS / "eval" / f"{name}.fr").open(encoding="utf-8") as lines:
            yield from _new(lines, seen)
    for file in sorted((TEXTS / "data" / "train").glob("*.fr-*.tsv.xz")):
        with lzma.open(file, "rt", encoding="utf-8") as lines:
            yield from _new(islice(lines, 1200), seen)


def _new(lines: Iterable[str], seen: set[str]) -> Iterator[str]:
    for line in lines:
        text = line.rstrip("\n").split("\t")[0]
        if text and text not in seen:
            seen.add(text)
            yield text


@pytest.mark.shared
@beside
def test_pieces_are_those_of_the_librarys_tokeniser_in_ten_thousand_real_lines() -> None:
    from transformers.models.marian.tokenization_marian import MarianTokenizer

    lines = list(islice(french(), 10_000))
    assert len(lines) == 10_000
    library: Any = MarianTokenizer.from_pretrained(EMBEDDED)
    described = describe(EMBEDDED)
    ours = Pieces(described.tokenizer, described.config["vocab_size"])
    prefix = ours.prefix(">>eng<<")
    found = ours.encode(lines, prefix)
    for start in range(0, len(lines), 500):
        expected = library([f">>eng<< {line}" for line in lines[start : start + 500]]).input_ids
        for line, one, other in zip(lines[start:], found[start:], expected, strict=False):
            assert list(one.ids) == other, line


@pytest.mark.shared
@beside
@pytest.mark.parametrize("target", list(TARGETS))
def test_in_eight_bits_translations_are_as_good(
    target: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few sentences here; `benchmarks.engines agree` takes whole sets, and allows 0.3 of chrF."""
    from sacrebleu.metrics.chrf import CHRF

    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path))
    spec = ModelSpec("embedded", Task.TRANSLATE, Lang.FR, TARGETS, decode=Decode(beam=2))
    lines, references = (
        (TEXTS / "eval" / f"flores-dev.{lang}").read_text("utf-8").splitlines()[:24]
        for lang in ("fr", target)
    )
    scores = []
    for name in ("ct2", "torch"):
        loaded = engines.load(spec, EMBEDDED, device="cpu", engine=name)
        said = [each.text for each in loaded.translate(lines, target)]
        scores.append(CHRF().corpus_score(said, [references]).score)
    assert scores[1] > 5
    assert abs(scores[0] - scores[1]) < 2.5  # so few sentences: one may weigh a point


@pytest.mark.parametrize("engine", ["ct2", "torch"])
def test_real_dispatches_in_any_order_give_the_same_bytes(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path))
    spec = ModelSpec("embedded", Task.TRANSLATE, Lang.FR, TARGETS, decode=Decode(beam=2))
    loaded = engines.load(spec, EMBEDDED, device="cpu", engine=engine)
    examples = sorted((Path(__file__).parents[2] / "examples").glob("*.fr.txt"))
    text = "\n".join(file.read_text("utf-8") for file in examples)
    lines = [line[:120] for line in dict.fromkeys(text.split("\n")) if line.strip()][:16]
    expected = loaded.translate(lines, Lang.EN)
    assert len({each.text for each in expected}) > 10
    order = random.Random(3).sample(range(len(lines)), len(lines))
    assert loaded.translate([lines[n] for n in order], Lang.EN) == [expected[n] for n in order]
    twice = loaded.translate([*lines, *lines], Lang.EN)
    assert twice == [*expected, *expected]
