"""The CTranslate2 engine: the same words as torch, without torch."""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import ctranslate2
import numpy as np
import pytest
import torch
from transformers.models.marian.tokenization_marian import MarianTokenizer

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Hypothesis, Lang
from translate.engines import LoadedEngine, ct2_convert, ct2_cublas, ct2_machine
from translate.engines.ct2 import Ct2Engine
from translate.engines.ct2_checkpoint import describe
from translate.engines.ct2_routines import Routines
from translate.engines.ct2_tensors import read_safetensors
from translate.engines.pieces import Pieces
from translate.engines.search import Decoding
from translate.errors import EngineError, TranslateError, WeightsError
from translate.registry import Registry, require
from translate.registry.spec import Decode, Limits, ModelSpec, Probe, Task

ENGLISH = {Lang.EN: ""}
BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
STRANGE = ["Paris", "Le train de jeudi", "« Oui », selon Lyon", "L'agence 12 % du gouvernement"]
SENTENCES = [*tiny.FRENCH, *STRANGE]

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where conversions are kept: nothing is there at the start of a test."""
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def spec(targets: dict[Lang, str] = ENGLISH, **values: Any) -> ModelSpec:
    return ModelSpec("tiny", Task.TRANSLATE, Lang.FR, targets, **values)


def load(path: Path, targets: dict[Lang, str] = ENGLISH, beam: int = 1, **values: Any) -> LoadedEngine:
    return engines.load(spec(targets, **values), path, device="cpu", beam=beam, engine="ct2")


def exact(path: Path, beam: int = 1) -> Ct2Engine:
    """The engine in float32, as torch computes on a CPU."""
    return Ct2Engine.load(spec(), path, device="cpu", beam=beam, compute="float32")


def reference(path: Path, targets: dict[Lang, str] = ENGLISH, beam: int = 1) -> Any:
    return engines.load(spec(targets), path, device="cpu", beam=beam, engine="torch")


def texts(found: Sequence[Hypothesis]) -> list[str]:
    return [hypothesis.text for hypothesis in found]


def kept(home: Path) -> list[Path]:
    return sorted((home / "cache" / "ct2").iterdir())


# --- the same as torch --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "how", [Decoding(), Decoding(no_repeat_ngram=3, min_pieces=1), Decoding(repetition_penalty=1.3)], ids=str
)
@pytest.mark.parametrize("model", ["marian", "babbler", "untied"])
def test_greedy_answers_are_those_of_torch(model: str, how: Decoding, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(model)
    ours, theirs = exact(path)._backend, reference(path)._backend
    encoded = ours.encode(SENTENCES, Lang.EN)
    assert encoded == theirs.encode(SENTENCES, Lang.EN)
    limits = [45] * len(encoded)
    found = [best for (best,) in ours.begin(encoded, limits, how, Lang.EN)()]
    expected = [best for (best,) in theirs.begin(encoded, limits, how, Lang.EN)()]
    assert len({answer.text for answer in expected}) > 8
    assert [(a.text, a.cut) for a in found] == [(a.text, a.cut) for a in expected]
    if how.is_plain:
        ended = [(a.score, b.score) for a, b in zip(found, expected, strict=True) if not a.cut]
        assert all(a == pytest.approx(b, abs=2e-3) for a, b in ended)


@pytest.fixture(scope="session")
def untied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three matrices where others have one."""
    return tiny.make_marian(tmp_path_factory.mktemp("marian") / "untied", tied=False)


@pytest.mark.parametrize("beam", [1, 4])
def test_in_eight_bits_it_still_knows_its_lessons(beam: int, marian_tagged: Path) -> None:
    engine = load(marian_tagged, BOTH, beam)
    assert (engine.name, engine.device, engine.beam, engine.notices) == ("ct2", "cpu", beam, ())
    assert texts(engine.translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)
    assert texts(engine.translate(tiny.FRENCH[:4], Lang.ZH)) == list(tiny.CHINESE)
    assert engine.revision == reference(marian_tagged, BOTH).revision


def test_vectors_are_those_of_torch(marian_tagged: Path) -> None:
    sentences = [*SENTENCES, "", tiny.FRENCH[0]]
    expected = reference(marian_tagged, BOTH).embed(sentences)
    engine = Ct2Engine.load(spec(BOTH), marian_tagged, device="cpu", beam=1, compute="float32")
    found = engine.embed(sentences)
    assert found.dtype == np.float32
    assert np.allclose(found, expected, atol=1e-5)
    rounded = load(marian_tagged, BOTH).embed(sentences)[:-2]
    norms = np.linalg.norm(rounded, axis=1) * np.linalg.norm(expected[:-2], axis=1)
    assert ((rounded * expected[:-2]).sum(axis=1) / norms).min() > 0.999


@pytest.mark.parametrize("kind", ["int8", "float16", "float32"])
def test_the_conversion_is_that_of_ctranslate2_itself(kind: str, babbler: Path) -> None:
    """Name by name and number by number, but for the start piece and the pieces that are never written."""
    from ctranslate2.converters.transformers import MarianMTLoader
    from ctranslate2.specs import LayerSpec
    from transformers.models.marian.modeling_marian import MarianMTModel

    theirs = MarianMTLoader().get_model_spec(MarianMTModel.from_pretrained(babbler))
    LayerSpec.validate(theirs)  # the vocabulary is not looked at
    theirs.optimize(kind)
    expected = {name: value for name, value in theirs.variables().items() if not isinstance(value, str)}
    described = describe(babbler)
    everything = {"": range(described.config["vocab_size"])}
    found = variables(ct2_convert.convert(described, everything, kind).translators[""]["model.bin"])
    added, start = "decoder/projection/bias", "decoder/start_from_zero_embedding"
    assert set(expected) - set(found) == set()
    assert not found[start] and not found[added].any()
    for name in set(expected) - {start}:
        whole = expected[name].numpy()
        ours = found[name][: len(whole)] if whole.ndim else found[name]  # without the row of <pad>
        assert ours.dtype == whole.dtype and np.array_equal(ours, whole), name


def loud(path: Path, copy: Path) -> Path:
    """The same model, but for a channel of the last states that says the same of every word, and loudly."""
    norm = f"model.decoder.layers.{describe(path).config['decoder_layers'] - 1}.final_layer_norm.bias"

    def change(tensors: tiny.Tensors) -> None:
        output = tensors.get("lm_head.weight", tensors.get("model.shared.weight"))
        assert output is not None
        tensors[norm] = tensors[norm].clone()
        tensors[norm][5] += 1000
        bias = tensors.get("final_logits_bias", torch.zeros(1, len(output)))
        tensors["final_logits_bias"] = bias - 1000 * output[:, 5]

    return tiny.rewrite(tiny.copy(path, copy), change)


def test_what_all_states_have_in_common_takes_nothing_from_eight_bits(
    marian_tagged: Path, tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = loud(marian_tagged, tmp_path / "loud")
    assert texts(reference(path, BOTH).translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)
    assert texts(load(path, BOTH).translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)
    assert texts(load(path, BOTH).translate(tiny.FRENCH[:4], Lang.ZH)) == list(tiny.CHINESE)
    (file,) = kept(home)
    file.unlink()
    monkeypatch.setattr("translate.engines.ct2._logits", lambda *asked: [])
    assert texts(load(path, BOTH).translate(tiny.FRENCH, Lang.EN)) != list(tiny.ENGLISH)


def test_a_centred_model_is_the_same_model(babbler: Path) -> None:
    described = describe(babbler)
    every = {"": range(described.config["vocab_size"])}
    whole = variables(ct2_convert.convert(described, every, "float32").translators[""]["model.bin"])
    weight, bias = whole["decoder/projection/weight"], whole["decoder/projection/bias"]
    states = np.random.default_rng(7).normal(3, 1, (40, weight.shape[1])).astype(np.float32)
    logits = [*(states @ weight.T + bias)]
    made = ct2_convert.convert(described, every, "float32", ask=lambda translator, prefix: logits)
    centred = variables(made.translators[""]["model.bin"])
    norm = next(name for name in centred if not np.array_equal(centred[name], whole[name]) and "beta" in name)
    off = whole[norm] - centred[norm]
    assert np.allclose(off, states.mean(axis=0), atol=1e-3)
    assert np.allclose((states - off) @ weight.T + centred["decoder/projection/bias"], logits, atol=1e-3)
    changed = {name for name in whole if not np.array_equal(whole[name], centred[name])}
    assert changed == {norm, "decoder/projection/bias"}


@pytest.mark.parametrize("model", ["babbler", "untied"])
def test_an_older_name_of_the_output_layer_changes_no_answer(
    model: str, request: pytest.FixtureRequest, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lets a CPU lay the layer out once. A library that nobody tried it with gets today's names."""
    path: Path = request.getfixturevalue(model)
    old = {
        beam: [(one.text, one.score) for one in load(path, beam=beam).translate(SENTENCES, Lang.EN)]
        for beam in (1, 4)
    }
    assert len(set(old[4])) > 8
    (file,) = kept(home)
    monkeypatch.setattr(ct2_machine, "_KNOWN", "tried with another version")
    file.unlink()
    for beam, expected in old.items():
        found = load(path, beam=beam).translate(SENTENCES, Lang.EN)
        assert [(one.text, one.score) for one in found] == expected


def test_this_library_is_one_that_older_names_were_tried_with() -> None:
    """If not: compare answers and speed with and without them (`ct2_convert`), then name the version."""
    assert ct2_machine.Machine.of("cpu").reads_old_names
    assert not ct2_machine.Machine("cuda", 0, "float16", 4).reads_old_names  # nothing is laid out there
    described = describe(require(Registry.load().get("embedded")))
    every = {"": range(described.config["vocab_size"])}
    first, today = (
        ct2_convert.convert(described, every, "int8", old_names=old).translators[""]["model.bin"]
        for old in (True, False)
    )
    old, new = variables(first), variables(today)
    assert old.keys() - new.keys() == {"decoder/dense/weight", "decoder/dense/weight_scale"}
    assert np.array_equal(old["decoder/dense/weight"], new["decoder/projection/weight"])
    assert all(np.array_equal(old[name], value) for name, value in new.items())


def test_where_weights_are_kept_laid_out_a_worker_takes_fewer_pieces() -> None:
    once, anew = (
        ct2_machine.Machine("cpu", 0, "int8", 2, routines) for routines in (Routines.MKL_512, Routines.ONEDNN)
    )
    card = ct2_machine.Machine("cuda", 0, "float16", 4)
    sizes = [each.chunk(plain=plain) for each in (once, anew, card) for plain in (False, True)]
    assert sizes == sorted(sizes)


def variables(model: bytes) -> dict[str, np.ndarray[Any, Any]]:
    """What `model.bin` holds, read with CTranslate2's rules: an alias stands for the scale too."""
    found: dict[str, np.ndarray[Any, Any]] = {}
    place = 4

    def number(size: int) -> int:
        nonlocal place
        place += size
        return int.from_bytes(model[place - size : place], "little")

    def text() -> str:
        nonlocal place
        length = number(2)
        place += length
        return model[place - length : place - 1].decode()

    assert text() == "TransformerSpec"
    number(4)
    for _ in range(number(4)):
        name = text()
        shape = [number(4) for _ in range(number(1))]
        kind = ("float32", "int8", "int16", "int32", "float16")[number(1)]
        size = number(4)
        found[name] = np.frombuffer(model[place : place + size], kind).reshape(shape)
        place += size
    for _ in range(number(4)):
        alias, meant = text(), text()
        found[alias] = found[meant]
        if f"{meant}_scale" in found:
            found[f"{alias}_scale"] = found[f"{meant}_scale"]
    assert place == len(model)
    return found


# --- pieces -------------------------------------------------------------------------------------


def lines(count: int) -> list[str]:
    """Dispatches, whole and torn, and what nobody would write."""
    dice = random.Random(4)
    examples = Path(__file__).parents[2] / "examples"
    known = [
        line for file in sorted(examples.glob("*.fr.txt")) for line in file.read_text("utf-8").split("\n")
    ]
    alphabet = (
        "aeéèêëiïîoôuùûüyçœÆÉ bcdfgn'’ -.,;:!?…«»“”()%€°½0123456789\u00a0\u202f\u200b中国新华社😀\t▁<>|\\"
    )
    special = [">>eng<<", ">>cmn_Hans<<", "</s>", "<pad>", "<unk>", ">>", "<<", "▁"]
    found = [*known, *special, ""]
    while len(found) < count:
        one, two = dice.choice(known), dice.choice(known)
        made = [
            one[dice.randint(0, len(one)) :] + two[: dice.randint(0, len(two))],
            "".join(dice.choices(alphabet, k=dice.randint(1, 60))),
            dice.choice(special).join(one.split(" ")[: dice.randint(1, 6)]),
        ]
        found.append(dice.choice(made))
    return found


@pytest.fixture(scope="module")
def gaps(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its tokeniser gives pieces that the vocabulary does not list."""
    path = tmp_path_factory.mktemp("marian") / "gaps"
    return tiny.make_marian(path, tags=[">>eng<<", ">>cmn_Hans<<"], unlisted=["▁le", "▁de", "s", "▁pré"])


def test_pieces_are_those_of_the_librarys_tokeniser_in_ten_thousand_lines(gaps: Path) -> None:
    library: Any = MarianTokenizer.from_pretrained(gaps)
    described = describe(gaps)
    rows = described.config["vocab_size"]
    ours, theirs = Pieces(described.tokenizer, rows), Pieces(library, rows)
    assert (ours.eos, ours.pad, ours.unk) == (theirs.eos, theirs.pad, theirs.unk)
    assert ours.writer("").vocabulary == theirs.writer("").vocabulary
    sentences = lines(10_000)
    found = ours.encode(sentences, ours.prefix(">>eng<<"))
    assert found == theirs.encode(sentences, theirs.prefix(">>eng<<"))
    assert sum(each.unknown != () for each in found) > 1000
    plain = [n for n, text in enumerate(sentences) if not any(mark in text for mark in ("<", ">"))]
    assert len(plain) > 5000
    for number in plain:
        pieces = library.spm_source.encode(sentences[number], out_type=str)
        assert list(found[number].ids[1:]) == [*library.convert_tokens_to_ids(pieces), library.eos_token_id]
    for number in plain[:300]:  # the library's front door is slow
        assert list(found[number].ids[1:]) == library(sentences[number]).input_ids


def test_the_text_cannot_choose_the_language(marian_tagged: Path) -> None:
    engine = load(marian_tagged, BOTH)
    (encoded,) = engine._backend.encode([">>cmn_Hans<< Oui </s> <pad>"], Lang.EN)  # type: ignore[attr-defined]
    tokenizer = describe(marian_tagged).tokenizer
    assert encoded.ids[0] == tokenizer.encoder[">>eng<<"]
    commands = {tokenizer.encoder[">>cmn_Hans<<"], tokenizer.pad_token_id, tokenizer.eos_token_id}
    assert commands.isdisjoint(encoded.ids[1:-1])


# --- the contract -------------------------------------------------------------------------------


@pytest.mark.parametrize("beam", [1, 4])
def test_an_answer_depends_neither_on_its_batch_nor_on_the_order(beam: int, marian: Path) -> None:
    engine = load(marian, beam=beam)
    together = engine.translate(SENTENCES, Lang.EN)
    assert len(set(texts(together))) > 10  # or the next lines would compare nothing
    alone = [engine.translate([sentence], Lang.EN)[0] for sentence in SENTENCES]
    assert texts(together) == texts(alone)
    order = random.Random(7).sample(range(len(SENTENCES)), len(SENTENCES))
    shuffled = engine.translate([SENTENCES[number] for number in order], Lang.EN)
    assert texts(shuffled) == [together[number].text for number in order]


def test_nothing_is_dropped_cut_or_invented(marian: Path) -> None:
    engine = load(marian, limits=Limits(max_source_tokens=24))
    long = ", et ".join(sentence.rstrip(".") for sentence in tiny.FRENCH)
    done: list[int] = []
    found = engine.translate(["", "\u200b", tiny.FRENCH[0], long, tiny.FRENCH[0]], Lang.EN, done.append)
    assert texts(found[:2]) == ["", ""]
    assert found[2] == found[4] and sum(done) == 5
    assert "resplit" in {finding.code for finding in found[3].findings}
    with pytest.raises(EngineError, match="does not write zh; it writes en"):
        engine.translate(["Oui."], Lang.ZH)


def test_a_babbling_sentence_ends_at_its_own_limit_in_any_batch(babbler: Path) -> None:
    engine = load(babbler)
    (alone,) = engine.translate(["Oui, Paris."], Lang.EN)
    assert engine.translate([tiny.FRENCH[0], "Oui, Paris."], Lang.EN)[1] == alone
    assert {finding.code for finding in alone.findings} & {"truncation", "repetition", "length-ratio"}


# --- kept conversions ---------------------------------------------------------------------------


def never(*_: object) -> None:
    raise AssertionError("converted again")


def test_a_checkpoint_is_converted_once(marian: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = load(marian).translate(SENTENCES, Lang.EN)
    (file,) = kept(home)
    monkeypatch.setattr(ct2_convert, "convert", never)
    again = load(marian)
    assert again.translate(SENTENCES, Lang.EN) == expected
    assert kept(home) == [file] and again.notices == ()


def test_other_weights_and_other_numbers_are_other_conversions(
    marian: Path, tmp_path: Path, home: Path
) -> None:
    load(marian)
    load(tiny.copy(marian, tmp_path / "copy"))
    assert len(kept(home)) == 1  # the same files elsewhere
    exact(marian)
    assert len(kept(home)) == 2

    def nudge(tensors: tiny.Tensors) -> None:
        tensors["model.encoder.layers.0.fc1.bias"] += 0.01

    load(tiny.rewrite(tiny.copy(marian, tmp_path / "other"), nudge))
    assert len(kept(home)) == 3


def halve(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip(data: bytes) -> bytes:
    return data[:5000] + bytes([data[5000] ^ 1]) + data[5001:]


@pytest.mark.parametrize("harm", [halve, flip, lambda data: b"", lambda data: b"PK\x05\x06" + bytes(18)])
def test_a_damaged_conversion_is_noticed_and_made_again(harm: Any, marian: Path, home: Path) -> None:
    load(marian)
    (file,) = kept(home)
    whole = file.read_bytes()
    file.write_bytes(harm(whole))
    engine = load(marian)
    assert "damaged" in engine.notices[0]
    assert texts(engine.translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)
    assert kept(home) == [file] and file.read_bytes() == whole
    assert load(marian).notices == ()


def test_where_nothing_can_be_kept_it_works_all_the_same(marian: Path, home: Path) -> None:
    home.mkdir()
    (home / "cache").write_text("a file where a directory should be")
    engine = load(marian)
    assert "cannot be kept" in engine.notices[0]
    assert texts(engine.translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)


def test_a_full_disk_leaves_nothing_half_written(
    marian: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert "No space left on device" in load(marian).notices[0]
    assert kept(home) == []


SCRIPT = """
import sys
from pathlib import Path
from translate import engines
from translate.domain import Lang
from translate.registry import Registry, require
from translate.registry.spec import ModelSpec, Task
spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, {Lang.EN: ""})
engine = engines.load(spec, Path(sys.argv[1]), device="auto", beam=2, engine=sys.argv[2])
text = engine.translate([sys.argv[3]], Lang.EN)[0].text
print(engine.name, engine.notices, text, engine.embed(["Oui"]).shape)
heavy = {"torch", "transformers", "huggingface_hub", "ctranslate2.specs"}
print(sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


def start(path: Path, engine: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", SCRIPT, str(path), engine, tiny.FRENCH[0]]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_processes_may_convert_at_once_and_none_imports_torch(marian: Path, home: Path) -> None:
    expected = (f"ct2 () {tiny.ENGLISH[0]} (1, 32)\n", "[]\n")
    together = [start(marian, "ct2") for _ in range(3)]
    assert [process.communicate(timeout=100) for process in together] == [expected] * 3
    assert len(kept(home)) == 1
    assert start(marian, "auto").communicate(timeout=100) == expected  # and from what was kept


# --- loading ------------------------------------------------------------------------------------


def drop(tensors: tiny.Tensors) -> None:
    del tensors["model.decoder.layers.0.fc1.weight"]


def add(tensors: tiny.Tensors) -> None:
    tensors["model.encoder.layers.1.fc1.weight"] = torch.zeros(64, 32)


def bend(tensors: tiny.Tensors) -> None:
    tensors["model.encoder.layers.0.fc1.bias"] = torch.zeros(63)


def poison(tensors: tiny.Tensors) -> None:
    tensors["model.encoder.layers.0.fc2.weight"][3, 4] = float("nan")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (drop, "missing keys in the weights: model.decoder.layers.0.fc1.weight"),
        (add, "unexpected keys in the weights: model.encoder.layers.1.fc1.weight"),
        (bend, "mismatched keys in the weights: model.encoder.layers.0.fc1.bias"),
        (poison, "fc2.weight has 1 weights that are not numbers"),
    ],
)
def test_weights_that_do_not_fit_are_refused(change: Any, told: str, marian: Path, tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=told):
        load(tiny.rewrite(tiny.copy(marian, tmp_path / "m"), change))


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("model.safetensors", b"\x10", "damaged or incomplete"),
        ("model.safetensors", b"\xff" * 4000, "damaged or incomplete"),
        ("vocab.json", b"[]", "vocabulary cannot be read"),
        ("vocab.json", b'{"a": 0}', "the vocabulary lacks </s>, <unk>, <pad>"),
        ("source.spm", b"no pieces", "vocabulary cannot be read"),
        ("config.json", b'{"model_type": "bart"}', "this is a bart model"),
        ("config.json", b'{"model_type": "marian"}', "is missing or wrong"),
    ],
)
def test_damaged_files_are_refused(name: str, data: bytes, told: str, marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "m")
    (path / name).write_bytes(data)
    with pytest.raises(WeightsError, match=told):
        load(path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.999])
def test_a_broken_off_weight_file_is_refused(share: float, marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "m")
    whole = (path / tiny.WEIGHTS).read_bytes()
    (path / tiny.WEIGHTS).write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(WeightsError, match="damaged or incomplete"):
        load(path)


def test_weights_that_should_be_tied_and_differ_are_tied_again(marian: Path, tmp_path: Path) -> None:
    def untie(tensors: tiny.Tensors) -> None:
        tensors["lm_head.weight"] = torch.randn_like(tensors["model.shared.weight"])

    path = tiny.rewrite(tiny.copy(marian, tmp_path / "m"), untie)
    for engine in (load(path), load(path)):  # the second one from what was kept
        assert texts(engine.translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)
        assert "lm_head.weight" in engine.notices[0]


@pytest.mark.parametrize("kind", [torch.float16, torch.bfloat16])
def test_weights_in_sixteen_bits(kind: torch.dtype, marian: Path, tmp_path: Path) -> None:
    def halve_all(tensors: tiny.Tensors) -> None:
        tensors.update({name: value.to(kind) for name, value in tensors.items()})

    path = tiny.rewrite(tiny.copy(marian, tmp_path / "m"), halve_all)
    read = read_safetensors(path / tiny.WEIGHTS)["model.shared.weight"]
    whole = read_safetensors(marian / tiny.WEIGHTS)["model.shared.weight"]
    assert np.array_equal(read, torch.from_numpy(whole.copy()).to(kind).float().numpy())
    assert texts(load(path).translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)


def test_a_model_that_fails_its_probe_is_refused(marian: Path) -> None:
    load(marian, probe=Probe(tiny.FRENCH[0], Lang.EN, ("president",)))
    with pytest.raises(WeightsError, match="failed its self-check"):
        load(marian, probe=Probe(tiny.FRENCH[0], Lang.EN, ("giraffe",)))


def test_what_fails_its_probe_is_not_kept_and_what_is_kept_is_not_probed_again(
    marian: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        with pytest.raises(WeightsError, match="failed its self-check"):
            load(marian, probe=Probe(tiny.FRENCH[0], Lang.EN, ("giraffe",)))
    assert not list(home.rglob("*.zip"))
    probe = Probe(tiny.FRENCH[0], Lang.EN, ("president",))
    load(marian, probe=probe)
    monkeypatch.setattr(Ct2Engine, "check", lambda self: pytest.fail("it has passed"))
    load(marian, probe=probe)


def test_settings_come_from_the_same_places_as_for_torch(marian: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian, tmp_path / "m")
    tiny.configure(path, "generation_config.json", num_beams=6, length_penalty=0.8, no_repeat_ngram_size=5)
    ours: Any = engines.load(spec(), path, device="cpu", engine="ct2")
    theirs: Any = engines.load(spec(), path, device="cpu", engine="torch")
    assert asdict(ours._decoding) == asdict(theirs._decoding)
    assert ours.beam == 6
    apart = engines.load(
        spec(decode=Decode(length_penalty={Lang.ZH: 1.5})), path, device="cpu", engine="ct2"
    )._decoding  # type: ignore[attr-defined]
    assert [apart.of(lang).length_penalty for lang in (Lang.EN, Lang.ZH)] == [0.8, 1.5]
    assert apart.of(Lang.ZH).of(Lang.EN) == apart.of(Lang.ZH)
    assert (ours._limits.source, ours._limits.target) == (theirs._limits.source, theirs._limits.target)


# --- engines and devices ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cards", "cublas", "cuda_torch", "chosen"),
    [
        (0, False, False, {"auto": "ct2", "cpu": "ct2", "CPU": "ct2", "mps": "torch", "cuda:1": "torch"}),
        (2, True, False, {"auto": "ct2", "cpu": "ct2", "mps": "torch", "cuda": "ct2", "CUDA:1": "ct2"}),
        (2, False, True, {"auto": "torch", "cpu": "ct2", "mps": "torch", "cuda:1": "torch"}),
        (2, False, False, {"auto": "ct2", "cpu": "ct2", "mps": "torch", "cuda:1": "torch"}),
    ],
    ids=["no card", "a card and cuBLAS", "a card that torch alone can use", "a card that nobody can use"],
)
def test_auto_is_ct2_wherever_it_can_use_what_is_there(
    cards: int, cublas: bool, cuda_torch: bool, chosen: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ct2_machine, "cuda_cards", lambda: cards)
    monkeypatch.setattr(ct2_cublas, "is_there", lambda: cublas)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: cuda_torch)
    assert {name: engines.fastest(name) for name in chosen} == chosen


def test_a_card_without_cublas_is_left_alone_or_said_to_lack_it(
    marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ct2_machine, "cuda_cards", lambda: 1)
    monkeypatch.setattr(ct2_cublas, "is_there", lambda: False)
    assert engines.load(spec(), marian, device="auto", engine="ct2").device == "cpu"
    with pytest.raises(EngineError, match=r"engine ct2 needs .*cublas.* to compute on a GPU") as told:
        engines.load(spec(), marian, device="cuda", engine="ct2")
    assert told.value.hint and ct2_cublas.PACKAGE in told.value.hint


def test_what_a_card_returns_is_brought_here_before_it_is_read(marian: Path) -> None:
    class OnCard:
        """A result on a card: numpy cannot read it, and only what is float32 and on the host is of use."""

        def __init__(self, view: Any) -> None:
            self.view = view

        def to(self, kind: Any) -> OnCard:
            assert kind == ctranslate2.DataType.float32
            return self

        def to_device(self, device: Any) -> Any:
            assert device == ctranslate2.Device.cpu
            return self.view

    class Result:
        def __init__(self, result: Any) -> None:
            self.logits = [[OnCard(step) for step in result.logits[0]]]

    engine: Any = load(marian)
    backend = engine._backend
    forced = backend._forced[Lang.EN]
    pair, asked = (backend.encode(["Bonjour ."], Lang.EN)[0], [5, 6]), [[(0, 5), (1, 6)]]

    class Model:
        def translate_batch(self, *rows: Any, **how: Any) -> list[Result]:
            return [Result(one) for one in forced.model.translate_batch(*rows, **how)]

    machine = ct2_machine.Machine("cuda", 0, "float16", 1)
    there = replace(forced, model=Model(), on_host=machine.on_host)
    assert there.chances([pair], asked) == forced.chances([pair], asked)


def test_cublas_of_a_python_package_is_loaded_where_the_system_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def load_library(name: str) -> None:
        asked.append(name)
        if name == ct2_cublas.NAME:
            raise OSError("cannot open shared object file")

    monkeypatch.setattr("ctypes.CDLL", load_library)
    monkeypatch.syspath_prepend(tmp_path)
    for name in [name for name in sys.modules if name.partition(".")[0] == "nvidia"]:
        monkeypatch.delitem(sys.modules, name)
    is_there = ct2_cublas.is_there.__wrapped__
    assert not is_there() and asked == [ct2_cublas.NAME]
    file = tmp_path / "nvidia" / "cublas" / ("bin" if sys.platform == "win32" else "lib") / ct2_cublas.NAME
    file.parent.mkdir(parents=True)
    file.touch()
    importlib.invalidate_caches()
    assert is_there() and asked[-1] == str(file)


def test_auto_is_torch_where_ctranslate2_is_not_installed(
    marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ctranslate2", "translate.engines.ct2", "translate.engines.ct2_machine"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.delattr(engines, "ct2_machine")  # or the import below would find it there
    monkeypatch.delattr(engines, "ct2")
    assert engines.load(spec(), marian, device="cpu").name == "torch"
    with pytest.raises(EngineError, match="engine ct2 needs the package"):
        load(marian)


@pytest.mark.parametrize(
    ("device", "told"),
    [("mps", "does not run on mps"), ("cuda:9", "cuda:9 is not available"), ("gpu", "unknown device 'gpu'")],
)
def test_devices_that_are_not_there(device: str, told: str, marian: Path) -> None:
    with pytest.raises(TranslateError, match=told):
        engines.load(spec(), marian, device=device, engine="ct2")


def test_workers_are_as_many_as_the_cores_it_may_use() -> None:
    here = ct2_machine.cores({})
    assert here >= 1
    assert ct2_machine.cores({"OMP_NUM_THREADS": "1"}) == 1
    assert ct2_machine.cores({"OMP_NUM_THREADS": "999,2"}) == here
    assert ct2_machine.cores({"OMP_NUM_THREADS": "many"}) == here


@pytest.mark.parametrize(
    ("text", "cores"), [("150000 100000", 2), ("max 100000", 0), ("", 0), ("50000 100000", 1)]
)
def test_a_containers_share_of_the_cores(text: str, cores: int, tmp_path: Path) -> None:
    (tmp_path / "cpu.max").write_text(text)
    assert ct2_machine._quota(tmp_path / "cpu.max") == cores
    assert ct2_machine._quota(tmp_path / "none") == 0


def test_what_was_looked_at_is_asked_on_a_cpu_only() -> None:
    assert ct2_machine.Machine("cpu", 0, "int8", 2).looks
    assert not ct2_machine.Machine("cuda", 0, "float16", 4).looks
