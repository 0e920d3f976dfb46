"""A finished model is trained on from where it stands."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from tests.training.toy import RECIPE
from training.adopt import adopt, read_model
from training.export import export, read_checkpoint
from training.model import Marian
from training.recipe import Recipe
from training.trainer import Machine, Trainer
from training.vocabulary import Vocabulary, VocabularyConfig, train_vocabulary
from translate.errors import InputError, WeightsError


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Marian, Path]:
    """A model of chance, and its directory."""
    folder = tmp_path_factory.mktemp("made")
    texts = [f"Le ministre a dit {n} mots sur {n + 7} accords signés." for n in range(60)]
    vocabulary = train_vocabulary(texts, folder / "vocabulary", VocabularyConfig(size=400, sentences=1000))
    torch.manual_seed(3)
    model = Marian(RECIPE.model(vocabulary.size), vocabulary.pad_id)
    export(model, vocabulary, folder / "model")
    return model, folder / "model"


def test_it_comes_back_as_it_was(made: tuple[Marian, Path], tmp_path: Path) -> None:
    model, folder = made
    path = adopt(folder, tmp_path / "run")
    again = read_checkpoint(path, model.pad)
    for (name, one), other in zip(model.named_parameters(), again.parameters(), strict=True):
        assert torch.equal(one.half().float()[: model.pad], other[: model.pad]), name
    vocabulary = Vocabulary(tmp_path / "run" / "vocabulary")
    export(again, vocabulary, tmp_path / "again")
    for name in ("model.safetensors", "config.json", "vocab.json", "source.spm", "target.spm", "SHA256SUMS"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()


def test_training_goes_on_from_it_with_its_clock(made: tuple[Marian, Path], tmp_path: Path) -> None:
    path = adopt(made[1], tmp_path, hours=1.5, tokens=2.5)
    trainer = Trainer(tmp_path, RECIPE.model(made[0].config.vocabulary), Machine(), rank=0)
    trainer.resume(path)
    assert (trainer.tokens, trainer.elapsed_s) == (2_500_000, 5400.0)
    pad = made[0].pad
    for one, other in zip(made[0].parameters(), trainer.parameters, strict=True):
        assert torch.equal(one.half().float()[:pad], other[:pad])


def test_padding_does_not_become_what_the_model_says(made: tuple[Marian, Path], tmp_path: Path) -> None:
    """An export has zeros for it. Where all other logits are below 0, they would be the likeliest of all."""
    weights = read_checkpoint(adopt(made[1], tmp_path), made[0].pad).embedding.weight
    torch.testing.assert_close(weights[-1], weights[:-1].mean(dim=0))


def test_a_run_that_has_begun_is_left_alone(made: tuple[Marian, Path], tmp_path: Path) -> None:
    (tmp_path / "checkpoint.pt").write_bytes(b"days of work")
    with pytest.raises(InputError, match="has begun"):
        adopt(made[1], tmp_path)
    assert (tmp_path / "checkpoint.pt").read_bytes() == b"days of work"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"activation_function": "swish"}, "activation_function"),
        ({"d_model": None}, "no model of training.export"),
        ({"encoder_layers": 3}, "num_hidden_layers"),
        ({"encoder_layers": 3, "num_hidden_layers": 3}, r"no model\.encoder\.layers\.2"),
        ({"encoder_layers": 1, "num_hidden_layers": 1}, r"more than .* model\.encoder\.layers\.1"),
        ({"encoder_ffn_dim": 32, "decoder_ffn_dim": 32}, "instead of"),
    ],
)
def test_a_model_of_another_kind_is_told(
    made: tuple[Marian, Path], tmp_path: Path, changes: dict[str, object], told: str
) -> None:
    other = shutil.copytree(made[1], tmp_path / "other")
    config = json.loads((other / "config.json").read_text(encoding="utf-8"))
    (other / "config.json").write_text(json.dumps({**config, **changes}), encoding="utf-8")
    with pytest.raises(WeightsError, match=told):
        adopt(other, tmp_path / "run")
    assert not (tmp_path / "run" / "checkpoint.pt").exists()


def test_damaged_or_missing_weights_are_told(made: tuple[Marian, Path], tmp_path: Path) -> None:
    other = shutil.copytree(made[1], tmp_path / "other")
    (other / "model.safetensors").write_bytes(b"\x10" * 40)
    with pytest.raises(WeightsError, match=re.escape(str(other))):
        read_model(other)
    (other / "model.safetensors").unlink()
    with pytest.raises(InputError):
        read_model(other)


@pytest.mark.parametrize(("layers", "ffn", "alike"), [(2, 200, 0.99999), (5, 128, 0.99), (3, 256, 0.99)])
def test_a_larger_model_begins_where_the_finished_one_stands(
    made: tuple[Marian, Path], tmp_path: Path, layers: int, ffn: int, alike: float
) -> None:
    model, folder = made
    larger = replace(RECIPE, encoder_layers=layers, ffn=ffn)
    new = read_checkpoint(adopt(folder, tmp_path, recipe=larger), model.pad).eval()
    assert new.config == replace(model.config, encoder_layers=layers, ffn=ffn)
    source = torch.randint(3, 300, (4, 9), generator=torch.Generator().manual_seed(1))
    with torch.no_grad():
        one, other = (each.eval()(source, source, False)[0] for each in (model, new))
    assert torch.nn.functional.cosine_similarity(one, other, dim=-1).min() > alike


@pytest.mark.parametrize("smaller", [replace(RECIPE, encoder_layers=1), replace(RECIPE, ffn=64)])
def test_it_does_not_shrink(made: tuple[Marian, Path], tmp_path: Path, smaller: Recipe) -> None:
    with pytest.raises(InputError, match="2 encoder layers and 128 inner units cannot shrink"):
        adopt(made[1], tmp_path / "run", recipe=smaller)
    assert not (tmp_path / "run").exists()
