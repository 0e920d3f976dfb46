"""Several hypotheses per sentence from real checkpoints, on both engines and through a chain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers.models.marian.modeling_marian import MarianMTModel
from transformers.models.marian.tokenization_marian import MarianTokenizer

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Hypothesis, Lang
from translate.engines import LoadedEngine
from translate.engines.pieces import Pieces
from translate.registry.spec import Limits, ModelSpec, Task

ENGLISH = {Lang.EN: ""}
STRANGE = ["Paris", "Le train de jeudi", "« Oui », selon Lyon", "L'agence 12 % du gouvernement"]
SENTENCES = [*tiny.FRENCH, *STRANGE]
ENGINES = pytest.mark.parametrize("engine", ["torch", "ct2"])

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "home"))


def load(path: Path, engine: str, beam: int = 1, limits: Limits | None = None) -> LoadedEngine:
    spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, ENGLISH, limits=limits or Limits())
    return engines.load(spec, path, device="cpu", beam=beam, engine=engine)


def texts(found: Sequence[Hypothesis]) -> list[str]:
    return [hypothesis.text for hypothesis in found]


@ENGINES
def test_the_best_is_what_translate_gives_and_the_rest_is_less_sure(engine: str, marian: Path) -> None:
    loaded = load(marian, engine, beam=4)
    found = loaded.candidates(tiny.FRENCH, Lang.EN, 4)
    best = loaded.translate(tiny.FRENCH, Lang.EN)
    assert [several[0].text for several in found] == texts(best) == list(tiny.ENGLISH)
    for several in found:
        assert 1 < len(several) <= 4
        assert len(set(texts(several))) == len(several)
        scores = [hypothesis.score or 0.0 for hypothesis in several]
        assert scores == sorted(scores, reverse=True)


def test_torchs_candidates_are_the_librarys_beams(babbler: Path) -> None:
    tokenizer: Any = MarianTokenizer.from_pretrained(babbler)
    model: Any = MarianMTModel.from_pretrained(babbler)
    loaded = load(babbler, "torch")
    for sentence in STRANGE:
        batch = tokenizer(sentence, return_tensors="pt")
        room = 2 * batch.input_ids.shape[1] + 16
        spoken = Pieces(tokenizer, model.lm_head.out_features).writer("").vocabulary
        silent = set(range(model.lm_head.out_features)) - set(spoken)
        model.final_logits_bias[:, list(silent)] = -torch.inf
        written = model.generate(
            **batch, num_beams=5, num_return_sequences=5, max_new_tokens=room + 1, forced_eos_token_id=0
        )
        expected = [
            " ".join(text.split()) for text in tokenizer.batch_decode(written, skip_special_tokens=True)
        ]
        (found,) = loaded.candidates([sentence], Lang.EN, 5)
        assert texts(found) == list(dict.fromkeys(expected))


@ENGINES
def test_candidates_do_not_depend_on_their_batch(engine: str, marian: Path) -> None:
    loaded = load(marian, engine)
    together = loaded.candidates(SENTENCES, Lang.EN, 3)
    assert len({texts(several)[0] for several in together}) > 10
    alone = [loaded.candidates([sentence], Lang.EN, 3)[0] for sentence in SENTENCES]
    assert list(map(texts, together)) == list(map(texts, alone))


@ENGINES
def test_nothing_and_too_much(engine: str, marian: Path) -> None:
    loaded = load(marian, engine, limits=Limits(max_source_tokens=24))
    long = ", et ".join(sentence.rstrip(".") for sentence in tiny.FRENCH)
    empty, invisible, found = loaded.candidates(["", "\u200b", long], Lang.EN, 2)
    assert empty == invisible == (Hypothesis(""),)
    assert len(found) == 2
    assert all("resplit" in {finding.code for finding in each.findings} for each in found)


@ENGINES
def test_through_a_chain(engine: str, marian: Path, marian_en_zh: Path) -> None:
    specs = [
        ModelSpec("first", Task.TRANSLATE, Lang.FR, ENGLISH),
        ModelSpec("second", Task.TRANSLATE, Lang.EN, {Lang.ZH: ""}),
    ]
    chain = engines.load(specs, [marian, marian_en_zh], device="cpu", engine=engine)
    found = chain.candidates([*tiny.FRENCH[:4], ""], Lang.ZH, 3)
    assert [several[0].text for several in found] == [*tiny.CHINESE, ""]
    assert all(1 < len(several) <= 3 for several in found[:4])
    assert all(len(set(texts(several))) == len(several) for several in found)
