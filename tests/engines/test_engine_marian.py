"""The torch engine on small real checkpoints: right, stable, and not to be led astray by the text."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from transformers.models.marian.modeling_marian import MarianMTModel
from transformers.models.marian.tokenization_marian import MarianTokenizer

from tests import tiny_models as tiny
from tests.bands import FRENCH
from translate import engines
from translate.domain import Hypothesis, Lang
from translate.engines import LoadedEngine
from translate.engines.marian_decode import Decoder
from translate.engines.pieces import Pieces
from translate.errors import EngineError, WeightsError
from translate.registry import Registry, require
from translate.registry.spec import Limits, ModelSpec, Task

Library = tuple[Any, Any]  # its tokeniser and model; not all of it is typed

ENGLISH = {Lang.EN: ""}
BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}


def spec(targets: dict[Lang, str], limits: Limits | None = None, source: Lang = Lang.FR) -> ModelSpec:
    return ModelSpec("tiny", Task.TRANSLATE, source, targets, limits=limits or Limits())


def load(path: Path, targets: dict[Lang, str], beam: int = 1, limits: Limits | None = None) -> LoadedEngine:
    return engines.load(spec(targets, limits), path, device="cpu", beam=beam, engine="torch")


def texts(found: Sequence[Hypothesis]) -> list[str]:
    return [hypothesis.text for hypothesis in found]


def codes(hypothesis: Hypothesis) -> set[str]:
    return {finding.code for finding in hypothesis.findings}


# Sentences the model has not learned: it babbles, differently for each.
STRANGE = ["Paris", "Le train de jeudi", "« Oui », selon Lyon", "L'agence 12 % du gouvernement"]


@pytest.fixture(scope="module")
def library(marian: Path) -> Library:
    """The same checkpoint through the library alone."""
    return MarianTokenizer.from_pretrained(marian), MarianMTModel.from_pretrained(marian)


pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


# --- the same as the library --------------------------------------------------------------------


def test_the_embedded_checkpoint_is_one_that_the_library_searches_well_with_too() -> None:
    """A beam search of its own, nothing added: what our engine says of the same sentences."""
    embedded = Registry.load().get("embedded")
    path = require(embedded)
    tokenizer = MarianTokenizer.from_pretrained(path)
    model = MarianMTModel.from_pretrained(path, dtype=torch.float32)
    prefix = embedded.targets[Lang.EN]
    rows = tokenizer([f"{prefix} {text}" for text in FRENCH[:4]], return_tensors="pt", padding=True)
    found = tokenizer.batch_decode(model.generate(**rows, num_beams=4), skip_special_tokens=True)
    engine = engines.load(embedded, path, device="cpu", beam=4, engine="torch")
    ours = texts(engine.translate(FRENCH[:4], Lang.EN))
    assert sum(one == other for one, other in zip(found, ours, strict=True)) >= 3, (found, ours)


@pytest.mark.parametrize("beam", [1, 4])
def test_answers_are_those_of_the_librarys_own_generate(beam: int, marian: Path, library: Library) -> None:
    tokenizer, model = library
    batch = tokenizer(list(tiny.FRENCH), return_tensors="pt", padding=True)
    written = model.generate(**batch, num_beams=beam, max_new_tokens=100)
    expected = tokenizer.batch_decode(written, skip_special_tokens=True)
    assert texts(load(marian, ENGLISH, beam).translate(tiny.FRENCH, Lang.EN)) == expected


@pytest.mark.parametrize(
    "text", [*tiny.FRENCH, "Zoë aime 中国 et le ½ €", "  deux   blancs ", "2024", "m²  😀😀"]
)
def test_ids_are_those_of_the_librarys_tokeniser(text: str, library: Library) -> None:
    tokenizer, model = library
    pieces = Pieces(tokenizer, model.lm_head.out_features)
    (encoded,) = pieces.encode([text], ())
    assert list(encoded.ids) == tokenizer(text).input_ids
    expected = tokenizer.decode(encoded.ids, skip_special_tokens=True)
    assert pieces.decode(encoded.ids) == " ".join(expected.split())  # no hole where <unk> was


def test_scores_are_mean_log_probabilities(marian: Path, library: Library) -> None:
    tokenizer, model = library
    (found,) = load(marian, ENGLISH).translate([tiny.FRENCH[0]], Lang.EN)
    batch = tokenizer(tiny.FRENCH[0], text_target=found.text, return_tensors="pt")
    with torch.inference_mode():
        loss = model(**batch).loss
    assert found.score == pytest.approx(-float(loss), abs=1e-3)


# --- stable -------------------------------------------------------------------------------------


@pytest.mark.parametrize("beam", [1, 4])
def test_an_answer_does_not_depend_on_its_batch(beam: int, marian: Path) -> None:
    engine = load(marian, ENGLISH, beam)
    sentences = [*tiny.FRENCH, *STRANGE]
    together = engine.translate(sentences, Lang.EN)
    assert len(set(texts(together))) > 10  # or the next lines would compare nothing
    alone = [engine.translate([sentence], Lang.EN)[0] for sentence in sentences]
    assert texts(together) == texts(alone)
    assert [codes(each) for each in together] == [codes(each) for each in alone]
    scores = [(a.score, b.score) for a, b in zip(together, alone, strict=True)]
    assert all(a == pytest.approx(b, abs=2e-3) for a, b in scores)


def test_an_answer_does_not_depend_on_the_order(marian: Path) -> None:
    engine = load(marian, ENGLISH, beam=4)
    sentences = [*tiny.FRENCH, *STRANGE]
    expected = dict(zip(sentences, engine.translate(sentences, Lang.EN), strict=True))
    shuffled = random.Random(7).sample(sentences, len(sentences))
    assert engine.translate(shuffled, Lang.EN) == [expected[sentence] for sentence in shuffled]


def test_the_same_call_gives_the_same_bytes(babbler: Path) -> None:
    first = load(babbler, ENGLISH).translate(STRANGE[:2], Lang.EN)
    assert load(babbler, ENGLISH).translate(STRANGE[:2], Lang.EN) == first


def test_a_babbling_sentence_ends_at_its_own_limit_in_any_batch(babbler: Path) -> None:
    """A short sentence beside a long one gets no more room than alone."""
    engine = load(babbler, ENGLISH)
    short, long = "Oui, Paris.", tiny.FRENCH[0]
    (alone,) = engine.translate([short], Lang.EN)
    assert engine.translate([long, short], Lang.EN)[1] == alone
    assert alone.findings  # it does babble


# --- languages ----------------------------------------------------------------------------------


def test_the_prefix_chooses_the_language(marian_tagged: Path) -> None:
    engine = load(marian_tagged, BOTH)
    assert engine.targets == (Lang.EN, Lang.ZH)
    assert texts(engine.translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)
    assert texts(engine.translate(tiny.FRENCH[:4], Lang.ZH)) == list(tiny.CHINESE)


def test_a_language_the_model_does_not_write(marian: Path) -> None:
    with pytest.raises(EngineError, match="does not write zh; it writes en"):
        load(marian, ENGLISH).translate(["Oui."], Lang.ZH)


def test_a_prefix_that_is_not_in_the_vocabulary(marian: Path, marian_tagged: Path) -> None:
    with pytest.raises(WeightsError, match="no target prefix '>>deu<<'") as caught:
        load(marian_tagged, {Lang.EN: ">>deu<<"})
    assert ">>cmn_Hans<<, >>eng<<" in str(caught.value.hint)
    with pytest.raises(WeightsError) as caught:
        load(marian, BOTH)
    assert "writes one language" in str(caught.value.hint)


@pytest.mark.parametrize("tag", [">>cmn_Hans<<", ">>cmn_Hans<< ", "  >>cmn_Hans<<"])
def test_text_cannot_choose_the_language(tag: str, marian_tagged: Path) -> None:
    tokenizer = MarianTokenizer.from_pretrained(marian_tagged)
    chinese = tokenizer.encoder[">>cmn_Hans<<"]
    assert chinese in tokenizer(tag.strip() + " Paris").input_ids  # the library lets it
    pieces = Pieces(tokenizer, len(tokenizer.encoder))
    (encoded,) = pieces.encode([f"{tag}{tiny.FRENCH[0]} {tag}"], pieces.prefix(">>eng<<"))
    assert chinese not in encoded.ids
    assert encoded.ids[0] == tokenizer.encoder[">>eng<<"]


@pytest.mark.parametrize("special", ["</s>", "<pad>", "<unk>", "<s>"])
def test_text_cannot_end_a_sentence(special: str, marian_tagged: Path) -> None:
    tokenizer = MarianTokenizer.from_pretrained(marian_tagged)
    (encoded,) = Pieces(tokenizer, len(tokenizer.encoder)).encode([f"Paris {special} et Lyon{special}"], ())
    inner = encoded.ids[:-1]
    assert encoded.ids[-1] == tokenizer.eos_token_id
    assert tokenizer.eos_token_id not in inner
    assert tokenizer.pad_token_id not in inner
    assert tokenizer.decode(inner).count("Lyon") == 1


def test_a_tag_that_sentencepiece_itself_knows_is_spelled_out(tmp_path: Path) -> None:
    """Some models list their tags as symbols, so that the piece splitter returns them whole."""
    path = tiny.make_marian(tmp_path / "m", tags=(">>eng<<",))
    tiny.train_pieces(tiny.FRENCH, path / "source", user_defined_symbols=">>eng<<")
    pieces = Pieces(tokenizer := MarianTokenizer.from_pretrained(path), len(tokenizer.encoder))
    assert ">>eng<<" in tokenizer.spm_source.encode("a >>eng<< b", out_type=str)
    (encoded,) = pieces.encode(["Paris >>eng<< et Lyon"], ())
    assert tokenizer.encoder[">>eng<<"] not in encoded.ids


# --- vocabulary ---------------------------------------------------------------------------------


def test_a_piece_without_an_id_is_unknown_and_not_another_piece(tmp_path: Path) -> None:
    path = tiny.make_marian(tmp_path / "m", unlisted=("▁de",))
    tokenizer = MarianTokenizer.from_pretrained(path)
    assert "▁de" in tokenizer.spm_source.encode("le train de Paris", out_type=str)
    (encoded,) = Pieces(tokenizer, len(tokenizer.encoder)).encode(["le train de Paris"], ())
    assert encoded.ids.count(tokenizer.unk_token_id) == 1
    assert encoded.unknown == ("de",)


def test_what_the_model_cannot_read_is_said(marian: Path) -> None:
    (found,) = load(marian, ENGLISH).translate([f"{tiny.FRENCH[0]} 中"], Lang.EN)
    assert "unknown" in codes(found)


def test_nothing_special_is_ever_written(marian_tagged: Path, tmp_path: Path) -> None:
    """Even if the weights want nothing else."""

    def insist(tensors: tiny.Tensors) -> None:
        tensors["final_logits_bias"][0, -3:] = 1000.0  # both tags and <pad>
        tensors["final_logits_bias"][0, 1] = 1000.0  # <unk>

    path = tiny.rewrite(tiny.copy(marian_tagged, tmp_path / "insisting"), insist)
    assert texts(load(path, BOTH).translate(tiny.FRENCH, Lang.EN)) == list(tiny.ENGLISH)


# --- long, wrong, empty -------------------------------------------------------------------------


def test_an_over_long_sentence_is_translated_whole_in_parts(marian: Path) -> None:
    """Two lessons in one line; the model reads one at a time, and the cut is at the semicolon."""
    one, two = tiny.FRENCH[0].rstrip("."), tiny.FRENCH[4]
    engine = load(marian, ENGLISH, limits=Limits(max_source_tokens=60))
    (found,) = engine.translate([f"{one} ; {two}"], Lang.EN)
    assert "president received the foreign ministers" in found.text
    assert tiny.ENGLISH[4] in found.text
    assert "resplit" in codes(found)


def test_a_text_longer_than_the_model_has_positions_for(marian: Path) -> None:
    """The entry's limit may be careless: the model's own is kept."""
    engine = load(marian, ENGLISH, limits=Limits(max_source_tokens=10_000))
    (found,) = engine.translate([" ".join(tiny.FRENCH * 3)], Lang.EN)
    assert found.text and "resplit" in codes(found)
    assert engine.embed([" ".join(tiny.FRENCH * 3)]).shape == (1, 32)


def test_an_unbroken_text_is_cut_anywhere_rather_than_lost(marian: Path) -> None:
    engine = load(marian, ENGLISH, limits=Limits(max_source_tokens=12))
    (found,) = engine.translate(["a" * 100], Lang.EN)
    assert "resplit" in codes(found)


@pytest.mark.parametrize("beam", [1, 4])
def test_babble_is_flagged_and_bounded(beam: int, babbler: Path) -> None:
    sentences = tiny.FRENCH[:3]
    for sentence, found in zip(
        sentences, load(babbler, ENGLISH, beam).translate(sentences, Lang.EN), strict=True
    ):
        assert codes(found) & {"retried", "repetition", "length-ratio", "truncation", "empty"}
        assert len(found.text) < 12 * len(sentence) + 200


def test_empty_sentences_stay_in_place(marian: Path) -> None:
    told: list[int] = []
    found = load(marian, ENGLISH).translate(["", tiny.FRENCH[0], " \n", tiny.FRENCH[0]], Lang.EN, told.append)
    assert texts(found) == ["", tiny.ENGLISH[0], "", tiny.ENGLISH[0]]
    assert sum(told) == 4


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff", "\u00ad\u200b", "\x00"])
def test_invisible_characters_are_not_translated(nothing: str, marian: Path) -> None:
    """Asked for nothing, a model invents something."""
    told: list[int] = []
    (found,) = load(marian, ENGLISH).translate([nothing], Lang.EN, told.append)
    assert found == Hypothesis("")
    assert told == [1]


def test_broken_characters_do_no_harm(marian: Path) -> None:
    (found,) = load(marian, ENGLISH).translate([f"{tiny.FRENCH[0]} \ud83d"], Lang.EN)
    assert found.text


def test_nothing_in_nothing_out(marian: Path) -> None:
    engine = load(marian, ENGLISH)
    assert engine.translate([], Lang.EN) == []
    assert engine.embed([]).shape == (0, 32)


# --- memory -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "failure",
    [
        torch.OutOfMemoryError("CUDA out of memory"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory"),
    ],
)
def test_a_full_device_halves_the_batch_and_goes_on(
    failure: RuntimeError, marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = load(marian, ENGLISH)
    expected = engine.translate(tiny.FRENCH, Lang.EN)
    real = Decoder.answers
    sizes: list[int] = []

    def small(self: Decoder, rows: Sequence[Sequence[int]], *rest: object, **more: object) -> object:
        sizes.append(len(rows))
        if len(rows) > 2:
            raise failure
        return real(self, rows, *rest, **more)  # type: ignore[arg-type]  # passed through as they came

    monkeypatch.setattr(Decoder, "answers", small)
    assert engine.translate(tiny.FRENCH, Lang.EN) == expected
    assert sizes[:3] == [8, 4, 2]


def test_another_failure_of_the_device_is_an_engine_error(
    marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*args: object, **more: object) -> None:
        raise RuntimeError("CUDA error: an illegal memory access was encountered\nmore lines")

    engine = load(marian, ENGLISH)
    monkeypatch.setattr(Decoder, "answers", broken)
    with pytest.raises(
        EngineError, match="the device failed: CUDA error: an illegal memory access"
    ) as caught:
        engine.translate(["Oui."], Lang.EN)
    assert "more lines" not in str(caught.value)


# --- vectors ------------------------------------------------------------------------------------


def test_vectors_are_means_of_encoder_states(marian: Path, library: Library) -> None:
    tokenizer, model = library
    vectors = load(marian, ENGLISH).embed(tiny.FRENCH)
    assert vectors.dtype == np.float32
    for sentence, vector in zip(tiny.FRENCH, vectors, strict=True):
        with torch.inference_mode():
            states = model.get_encoder()(**tokenizer(sentence, return_tensors="pt")).last_hidden_state
        np.testing.assert_allclose(vector, states[0, :-1].mean(0).numpy(), atol=1e-4)


def test_the_language_is_no_part_of_a_vector(marian_tagged: Path) -> None:
    tokenizer, model = (kind.from_pretrained(marian_tagged) for kind in (MarianTokenizer, MarianMTModel))
    with torch.inference_mode():
        batch = tokenizer(f">>eng<< {tiny.FRENCH[0]}", return_tensors="pt")
        states = model.get_encoder()(**batch).last_hidden_state
    (vector,) = load(marian_tagged, BOTH).embed([tiny.FRENCH[0]])
    np.testing.assert_allclose(vector, states[0, 1:-1].mean(0).numpy(), atol=1e-4)


def test_vectors_do_not_depend_on_the_batch_and_nothing_is_zero(marian_tagged: Path) -> None:
    engine = load(marian_tagged, BOTH)
    together = engine.embed(["", *tiny.FRENCH, *STRANGE])
    assert not together[0].any()
    assert len({row.tobytes() for row in together}) == len(together)
    alone = np.concatenate([engine.embed([sentence]) for sentence in (*tiny.FRENCH, *STRANGE)])
    np.testing.assert_allclose(together[1:], alone, atol=1e-4)


# --- chains -------------------------------------------------------------------------------------


def chain(first: Path, second: Path) -> LoadedEngine:
    specs = [spec(ENGLISH), spec({Lang.ZH: ""}, source=Lang.EN)]
    return engines.load(specs, [first, second], device="cpu", engine="torch")


def test_a_chain_translates_through_english(marian: Path, marian_en_zh: Path) -> None:
    told: list[int] = []
    engine = chain(marian, marian_en_zh)
    found = engine.translate([*tiny.FRENCH[:4], ""], Lang.ZH, told.append)
    assert texts(found) == [*tiny.CHINESE, ""]
    assert sum(told) == 5
    assert (engine.name, engine.device, engine.beam, engine.targets) == ("torch", "cpu", 1, (Lang.ZH,))
    assert engine.embed(tiny.FRENCH).shape == (8, 32)


def test_a_chain_is_as_sure_as_its_less_sure_half(marian: Path, marian_en_zh: Path) -> None:
    (whole,) = chain(marian, marian_en_zh).translate([tiny.FRENCH[0]], Lang.ZH)
    (first,) = load(marian, ENGLISH).translate([tiny.FRENCH[0]], Lang.EN)
    (second,) = load(marian_en_zh, {Lang.ZH: ""}).translate([first.text], Lang.ZH)
    assert whole.score == min(first.score or 0.0, second.score or 0.0)


def test_what_goes_wrong_on_the_way_is_said(babbler: Path, marian_en_zh: Path) -> None:
    (found,) = chain(babbler, marian_en_zh).translate([STRANGE[0]], Lang.ZH)
    assert any(finding.message.startswith("on the way through en: ") for finding in found.findings)


def test_the_revision_of_a_chain_changes_with_either_half(
    marian: Path, babbler: Path, marian_en_zh: Path
) -> None:
    assert len({chain(first, marian_en_zh).revision for first in (marian, babbler)}) == 2


def test_a_chain_needs_models_that_meet(marian: Path, marian_en_zh: Path) -> None:
    with pytest.raises(EngineError, match="does not write en"):
        engines.load_pivot(load(marian_en_zh, {Lang.ZH: ""}), load(marian, ENGLISH))
    with pytest.raises(EngineError, match="2 models and 1 directories"):
        engines.load([spec(ENGLISH)] * 2, [marian])


def test_too_little_memory_for_one_pair_or_vector_is_said_as_for_a_sentence(
    marian: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object, **more: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    engine = load(marian, ENGLISH)
    for name in ("answers", "attention", "pooled"):
        monkeypatch.setattr(Decoder, name, full)
    for ask in (
        lambda: engine.translate(tiny.FRENCH[:2], Lang.EN),
        lambda: engine.align([(tiny.FRENCH[0], tiny.ENGLISH[0])], Lang.EN),
        lambda: engine.embed(tiny.FRENCH[:2]),
    ):
        with pytest.raises(EngineError, match="out of memory, even for one sentence"):
            ask()
