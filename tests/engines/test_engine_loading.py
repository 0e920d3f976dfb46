"""Loading a Marian checkpoint: what is right loads and answers, what is damaged is refused with a reason."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Lang
from translate.engines import LoadedEngine
from translate.errors import EngineError, WeightsError
from translate.registry.spec import Decode, ModelSpec, Probe, Task

PROBE = Probe(tiny.FRENCH[0], Lang.EN, ("president",))


def spec(**values: object) -> ModelSpec:
    known = {"id": "tiny", "task": Task.TRANSLATE, "source": Lang.FR, "targets": {Lang.EN: ""}}
    return ModelSpec(**{**known, **values})  # type: ignore[arg-type]  # a test's shorthand


def load(directory: Path, **values: object) -> LoadedEngine:
    return engines.load(spec(**values), directory, device="cpu", engine="torch")


def english(engine: LoadedEngine) -> list[str]:
    return [hypothesis.text for hypothesis in engine.translate(tiny.FRENCH, Lang.EN)]


def test_a_whole_checkpoint_loads_and_knows_its_lessons(
    marian: Path, no_network: None, capfd: pytest.CaptureFixture[str]
) -> None:
    engine = load(marian, probe=PROBE)
    assert english(engine) == list(tiny.ENGLISH)
    assert (engine.name, engine.device, engine.beam, engine.targets) == ("torch", "cpu", 1, (Lang.EN,))
    assert engine.notices == ()
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")  # no progress bar, no advice about other packages


def test_half_precision_weights_are_loaded_as_float32(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "half")
    tiny.rewrite(path, lambda tensors: tensors.update({key: value.half() for key, value in tensors.items()}))
    engine = load(path, probe=PROBE)
    assert english(engine) == list(tiny.ENGLISH)
    assert engine.embed(["Paris"]).dtype.name == "float32"


# --- tied weights -------------------------------------------------------------------------------


def untie(tensors: tiny.Tensors) -> None:
    """An output layer that differs from the embeddings it is tied to, as some OPUS-MT exports have it."""
    tensors["lm_head.weight"] = torch.randn_like(tensors["model.shared.weight"])


def test_weights_that_should_be_tied_and_differ_are_tied_again(marian: Path, tmp_path: Path) -> None:
    engine = load(tiny.rewrite(tiny.copy(marian, tmp_path / "m"), untie), probe=PROBE)
    assert english(engine) == list(tiny.ENGLISH)
    assert "lm_head.weight" in engine.notices[0]


def test_the_library_alone_would_have_used_them(marian: Path, tmp_path: Path) -> None:
    """The trap is real: without our repair the same files give other words."""
    from transformers.models.marian.modeling_marian import MarianMTModel

    path = tiny.rewrite(tiny.copy(marian, tmp_path / "m"), untie)
    model = MarianMTModel.from_pretrained(path)
    assert not torch.equal(model.lm_head.weight, model.model.shared.weight)


def test_copies_of_one_matrix_are_no_reason_to_complain(marian: Path, tmp_path: Path) -> None:
    def copies(tensors: tiny.Tensors) -> None:
        for key in ("lm_head", "model.encoder.embed_tokens", "model.decoder.embed_tokens"):
            tensors[f"{key}.weight"] = tensors["model.shared.weight"].clone()

    engine = load(tiny.rewrite(tiny.copy(marian, tmp_path / "m"), copies), probe=PROBE)
    assert engine.notices == ()


def test_any_one_of_the_tied_matrices_is_enough(marian: Path, tmp_path: Path) -> None:
    def renamed(tensors: tiny.Tensors) -> None:
        tensors["lm_head.weight"] = tensors.pop("model.shared.weight")

    engine = load(tiny.rewrite(tiny.copy(marian, tmp_path / "m"), renamed), probe=PROBE)
    assert english(engine) == list(tiny.ENGLISH)


def test_which_matrix_to_trust_is_not_guessed(marian: Path, tmp_path: Path) -> None:
    def torn(tensors: tiny.Tensors) -> None:
        shared = tensors.pop("model.shared.weight")
        tensors["lm_head.weight"] = shared + 1
        tensors["model.decoder.embed_tokens.weight"] = shared

    with pytest.raises(WeightsError, match=r"model\.shared\.weight is missing"):
        load(tiny.rewrite(tiny.copy(marian, tmp_path / "m"), torn))


def test_an_output_layer_of_its_own_is_kept(tmp_path: Path) -> None:
    path = tiny.make_marian(tmp_path / "untied", lessons=tiny.LESSONS_EN, tied=False)
    weights = load_file(path / tiny.WEIGHTS)
    assert not torch.equal(weights["lm_head.weight"], weights["model.shared.weight"])
    engine = load(path, probe=PROBE)
    assert english(engine) == list(tiny.ENGLISH)
    assert engine.notices == ()


# --- damage -------------------------------------------------------------------------------------


def set_value(key: str, value: float) -> Callable[[tiny.Tensors], None]:
    def change(tensors: tiny.Tensors) -> None:
        tensors[key].view(-1)[3] = value

    return change


BROKEN: dict[str, tuple[Callable[[tiny.Tensors], object], str]] = {
    "nan": (set_value("model.encoder.layers.0.fc1.weight", float("nan")), "fc1.weight has 1 weights"),
    "infinite": (set_value("model.decoder.layers.0.fc2.bias", float("inf")), "fc2.bias has 1 weights"),
    "nan in the bias": (set_value("final_logits_bias", float("nan")), "final_logits_bias has 1"),
    "missing layer": (
        lambda tensors: tensors.pop("model.decoder.layers.0.encoder_attn.k_proj.weight"),
        "missing keys.*k_proj",
    ),
    "extra layer": (
        lambda tensors: tensors.update({"model.encoder.layers.7.fc1.weight": torch.ones(2)}),
        r"unexpected keys.*layers\.7",
    ),
    "wrong shape": (
        lambda tensors: tensors.update({"model.encoder.layers.0.fc1.weight": torch.ones(3, 3)}),
        "fc1|shape|size",
    ),
    "no embeddings": (lambda tensors: tensors.pop("model.shared.weight"), "missing|embed|shared"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_tensors_are_refused(kind: str, marian: Path, tmp_path: Path) -> None:
    change, message = BROKEN[kind]
    path = tiny.rewrite(tiny.copy(marian, tmp_path / "broken"), lambda tensors: void(change(tensors)))
    with pytest.raises(WeightsError, match=message) as caught:
        load(path)
    assert str(path) in str(caught.value)


def void(value: object) -> None:
    """Forget a result, so that a lambda can be a statement."""


@pytest.mark.parametrize("kept", [0, 4, 100, 5000])
def test_a_truncated_file_is_refused(kept: int, marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "short")
    whole = (path / tiny.WEIGHTS).read_bytes()
    (path / tiny.WEIGHTS).write_bytes(whole[:kept])
    with pytest.raises(WeightsError, match="damaged or incomplete") as caught:
        load(path)
    assert caught.value.hint


def test_garbage_is_refused(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "garbage")
    (path / tiny.WEIGHTS).write_bytes(hashlib.sha256(b"noise").digest() * 500)
    with pytest.raises(WeightsError, match="damaged or incomplete"):
        load(path)


FILES = ("config.json", "vocab.json", "source.spm", "target.spm", "model.safetensors")


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "part")
    (path / name).unlink()
    with pytest.raises(WeightsError, match=f"{name} is missing"):
        load(path)


@pytest.mark.parametrize(
    "name", ["config.json", "vocab.json", "source.spm", "target.spm", "tokenizer_config.json"]
)
@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00rubbish", b"[1, 2]"])
def test_a_damaged_side_file_is_refused(name: str, content: bytes, marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "side")
    (path / name).write_bytes(content)
    with pytest.raises(WeightsError) as caught:
        load(path)
    assert "\n" not in str(caught.value)


def test_no_directory_at_all(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no such model directory"):
        load(tmp_path / "nowhere")


def test_a_bin_file_is_never_opened(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "bin")
    torch.save(load_file(path / tiny.WEIGHTS), path / "pytorch_model.bin")
    (path / tiny.WEIGHTS).unlink()
    with pytest.raises(WeightsError, match="safetensors is missing") as caught:
        load(path)
    assert ".bin" in str(caught.value.hint)


def test_another_kind_of_model_is_refused(summarizer_bart: Path, marian: Path, tmp_path: Path) -> None:
    path = tiny.configure(tiny.copy(marian, tmp_path / "m"), model_type="bart")
    with pytest.raises(WeightsError, match="a bart model"):
        load(path)


def test_code_named_in_a_checkpoint_is_not_run(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "code")
    (path / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass E: pass\n")
    tiny.configure(path, auto_map={"AutoModelForSeq2SeqLM": "evil.E", "AutoConfig": "evil.E"})
    tiny.configure(path, "tokenizer_config.json", auto_map={"AutoTokenizer": ["evil.E", None]})
    assert english(load(path)) == list(tiny.ENGLISH)
    assert not (tmp_path / "ran").exists()


def test_a_vocabulary_of_another_model_is_refused(marian: Path, marian_tagged: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "mixed")
    (path / "vocab.json").write_bytes((marian_tagged / "vocab.json").read_bytes())
    with pytest.raises(WeightsError, match="the vocabulary has"):
        load(path)


def test_special_ids_have_to_agree(marian: Path, tmp_path: Path) -> None:
    path = tiny.configure(tiny.copy(marian, tmp_path / "m"), eos_token_id=5)
    with pytest.raises(WeightsError, match=r"eos_token_id is 0 in vocab\.json and 5 in config\.json"):
        load(path)


def test_weights_in_shards(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "shards")
    tensors = load_file(path / tiny.WEIGHTS)
    half = len(tensors) // 2
    names: dict[str, str] = {}
    for number, keys in enumerate((list(tensors)[:half], list(tensors)[half:]), start=1):
        name = f"model-0000{number}-of-00002.safetensors"
        save_file({key: tensors[key] for key in keys}, path / name, {"format": "pt"})
        names |= dict.fromkeys(keys, name)
    (path / tiny.WEIGHTS).unlink()
    tiny.write_json(path / "model.safetensors.index.json", {"metadata": {}, "weight_map": names})
    assert english(load(path, probe=PROBE)) == list(tiny.ENGLISH)
    (path / "model-00002-of-00002.safetensors").unlink()
    with pytest.raises(WeightsError, match=r"model-00002-of-00002\.safetensors is missing"):
        load(path)


# --- self-check ---------------------------------------------------------------------------------


def test_a_model_that_fails_its_probe_is_refused(marian: Path) -> None:
    with pytest.raises(WeightsError, match=r"self-check.*came out as “The president") as caught:
        load(marian, probe=Probe(tiny.FRENCH[0], Lang.EN, ("chancellor", "queen")))
    assert "'chancellor' or 'queen'" in str(caught.value)


def test_the_probe_does_not_mind_case(marian: Path) -> None:
    load(marian, probe=Probe(tiny.FRENCH[0], Lang.EN, ("PARIS",)))


def test_wrong_but_finite_weights_fail_the_probe(marian: Path, tmp_path: Path) -> None:
    def shuffled(tensors: tiny.Tensors) -> None:
        tensors["model.shared.weight"] = tensors["model.shared.weight"].roll(1, 0)

    path = tiny.rewrite(tiny.copy(marian, tmp_path / "m"), shuffled)
    load(path)  # nothing is wrong with the numbers
    with pytest.raises(WeightsError, match="self-check"):
        load(path, probe=PROBE)


# --- revision -----------------------------------------------------------------------------------


def test_the_revision_is_the_commit_else_the_pin_else_the_weights(marian: Path, tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    assert load(tiny.copy(marian, tmp_path / commit)).revision == commit
    assert load(marian, revision="v1").revision == "v1"
    digest = hashlib.sha256((marian / tiny.WEIGHTS).read_bytes()).hexdigest()
    assert load(marian).revision == digest


def test_the_revision_follows_the_weights(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "m")
    before = load(path).revision
    tiny.rewrite(path, set_value("final_logits_bias", 0.25))
    assert load(path).revision != before


# --- choices ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["gpu", "cuda:x", "cuda:-1", "", "CPU0", "tpu"])
def test_an_unknown_device_lists_the_choices(name: str, marian: Path) -> None:
    with pytest.raises(EngineError, match="auto, cpu, cuda, cuda:N, mps"):
        engines.load(spec(), marian, device=name, engine="torch")


@pytest.mark.parametrize("name", ["cuda", "cuda:1"])
def test_a_device_that_is_not_there_says_why(
    name: str, marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(EngineError, match="not available") as caught:
        engines.load(spec(), marian, device=name, engine="torch")
    assert "--device cpu" in str(caught.value.hint)


def test_the_number_of_a_device_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.engines.device import pick

    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    assert str(pick("cuda:1")) == "cuda:1"
    with pytest.raises(EngineError, match="choose one of cuda:0, cuda:1"):
        pick("cuda:2")


@pytest.mark.parametrize(
    ("cuda", "mps", "chosen"), [(True, True, "cuda"), (False, True, "mps"), (False, False, "cpu")]
)
def test_auto_takes_the_fastest(cuda: bool, mps: bool, chosen: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from translate.engines.device import pick

    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: mps)
    assert pick("auto").type == chosen


def test_an_unknown_engine_lists_the_choices(marian: Path) -> None:
    with pytest.raises(EngineError, match=r"unknown engine 'warp'; choose one of auto, .*torch"):
        engines.load(spec(), marian, engine="warp")


def test_a_beam_of_nothing_is_refused(marian: Path) -> None:
    with pytest.raises(EngineError, match="beam must be 1 or more, not 0"):
        engines.load(spec(), marian, beam=0)


def test_the_beam_is_the_callers_else_the_entrys_else_the_checkpoints(marian: Path, tmp_path: Path) -> None:
    path = tiny.configure(tiny.copy(marian, tmp_path / "m"), "generation_config.json", num_beams=6)
    assert load(path).beam == 6
    assert load(path, decode=Decode(beam=3)).beam == 3
    assert engines.load(spec(decode=Decode(beam=3)), path, beam=2, engine="torch").beam == 2


def test_importing_the_engines_imports_nothing_heavy() -> None:
    code = "import sys, translate.engines; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"torch", "transformers", "sentencepiece", "numpy"} & set(loaded.stdout.split())
