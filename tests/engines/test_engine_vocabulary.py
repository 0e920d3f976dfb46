"""Answers are made of pieces of their language, and of no others."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from transformers.models.marian.tokenization_marian import MarianTokenizer

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Hypothesis, Lang
from translate.engines import LoadedEngine, vocabulary
from translate.engines.ct2 import Ct2Engine
from translate.engines.ct2_checkpoint import describe
from translate.engines.pieces import Pieces
from translate.engines.search import Decoding
from translate.errors import WeightsError
from translate.registry import Registry
from translate.registry.files import require
from translate.registry.spec import ModelSpec, Task

BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
ENGINES = pytest.mark.parametrize("engine", ["torch", "ct2"])

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def load(path: Path, engine: str, targets: dict[Lang, str] = BOTH, beam: int = 1) -> LoadedEngine:
    spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, targets)
    return engines.load(spec, path, device="cpu", beam=beam, engine=engine)


def texts(found: list[Hypothesis]) -> list[str]:
    return [each.text for each in found]


def pieces_of(path: Path) -> Pieces:
    described = describe(path)
    rows = described.config["vocab_size"]
    return Pieces(described.tokenizer, rows, vocabulary.listed(path, rows))


def names(path: Path, ids: tuple[int, ...]) -> set[str]:
    known = {number: name for name, number in describe(path).tokenizer.encoder.items()}
    return {known[number] for number in ids}


def keep_apart(path: Path, **ids: list[int]) -> Path:
    """`path`, which now says what each language is written with."""
    found = {BOTH[Lang(lang)]: listed for lang, listed in ids.items()}
    (path / vocabulary.FILE).write_text(json.dumps(found), encoding="utf-8")
    return path


# --- which pieces ---------------------------------------------------------------------------------


def test_pieces_that_only_the_source_side_has_are_never_written(marian_tagged: Path) -> None:
    tokenizer: Any = MarianTokenizer.from_pretrained(marian_tagged)
    written = names(marian_tagged, pieces_of(marian_tagged).writer(">>eng<<").vocabulary)
    sides = {
        side: {model.id_to_piece(number) for number in range(model.get_piece_size())}
        for side, model in (("source", tokenizer.spm_source), ("target", tokenizer.spm_target))
    }
    french = {piece for piece in sides["source"] - sides["target"] if len(piece.lstrip("▁")) > 1}
    assert french & set(tokenizer.encoder) and not written & french
    assert written >= (sides["target"] & set(tokenizer.encoder)) - {"<unk>", "<s>"}
    assert written >= {piece for piece in tokenizer.encoder if len(piece.lstrip("▁")) == 1}
    assert not written & {"<pad>", "<unk>", ">>eng<<", ">>cmn_Hans<<"} and "</s>" in written


def test_one_language_for_all_prefixes_is_one_vocabulary(marian_tagged: Path) -> None:
    pieces = pieces_of(marian_tagged)
    assert pieces.writer(">>eng<<") is pieces.writer(">>cmn_Hans<<")


def test_a_checkpoint_may_say_what_each_language_is_written_with(marian_tagged: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian_tagged, tmp_path / "apart")
    every = pieces_of(path).writer(">>eng<<").vocabulary
    pad = describe(path).tokenizer.pad_token_id
    keep_apart(path, en=[*every[5:30], pad])
    assert pieces_of(path).writer(">>eng<<").vocabulary == (0, *every[5:30])  # </s>, and never padding
    assert pieces_of(path).writer(">>cmn_Hans<<").vocabulary == every


@pytest.mark.parametrize(
    "text", ['{">>eng<<": [1, 99999]}', '{">>eng<<": [-1]}', '{">>eng<<": "all"}', '{">>eng<<": [true]}', "{"]
)
@ENGINES
def test_a_damaged_list_is_said(engine: str, text: str, marian_tagged: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian_tagged, tmp_path / "damaged")
    (path / vocabulary.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"target_pieces\.json"):
        load(path, engine)


# --- what is written ------------------------------------------------------------------------------


@ENGINES
@pytest.mark.parametrize("beam", [1, 4])
def test_an_answer_has_pieces_of_its_language_only(
    engine: str, beam: int, marian_tagged: Path, tmp_path: Path
) -> None:
    """Sentences known by heart lack the piece that the list lacks; all others are as they were."""
    path = tiny.copy(marian_tagged, tmp_path / "apart")
    pieces = pieces_of(path).writer(">>eng<<")
    ids = [set(pieces.ids(text)[0]) for text in tiny.ENGLISH]
    rare = min(set().union(*ids), key=lambda number: (sum(number in each for each in ids), number))
    keep_apart(path, en=[number for number in pieces.vocabulary if number != rare])
    loaded = load(path, engine, beam=beam)
    found = texts(loaded.translate(tiny.FRENCH, Lang.EN))
    assert not any(rare in pieces.ids(text)[0] for text in found)
    same = [said == known for said, known in zip(found, tiny.ENGLISH, strict=True)]
    assert same == [rare not in each for each in ids] and any(same) and not all(same)
    assert texts(loaded.translate(tiny.FRENCH[:4], Lang.ZH)) == list(tiny.CHINESE)


@pytest.mark.parametrize("how", [Decoding(), Decoding(no_repeat_ngram=3, min_pieces=1)], ids=str)
def test_both_engines_write_the_same_in_each_language(how: Decoding, babbler_of_two: Path) -> None:
    spec = ModelSpec("tiny", Task.TRANSLATE, Lang.FR, BOTH)
    exact: Any = Ct2Engine.load(spec, babbler_of_two, device="cpu", beam=1, compute="float32")._backend
    ours: Any = load(babbler_of_two, "torch")
    seen = {}
    for lang in BOTH:
        encoded = exact.encode(tiny.FRENCH, lang)
        limits = [40] * len(encoded)
        answers = (each.begin(encoded, limits, how, lang)() for each in (exact, ours._backend))
        found, expected = ([best.text for (best,) in each] for each in answers)
        assert len(set(found)) > 4 and found == expected
        seen[lang] = set("".join(found).replace(" ", ""))
    assert seen[Lang.EN] != seen[Lang.ZH]


@pytest.fixture(scope="module")
def babbler_of_two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Has learnt nothing, and writes each language with every other piece."""
    path = tiny.make_marian(tmp_path_factory.mktemp("marian") / "two", tags=list(BOTH.values()), seed=3)
    every = pieces_of(path).writer(">>eng<<").vocabulary
    return keep_apart(path, en=list(every[::2]), zh=list(every[1::2]))


# --- texts as pieces ------------------------------------------------------------------------------


def test_a_text_is_spelled_with_what_the_language_has(marian_tagged: Path, tmp_path: Path) -> None:
    path = tiny.copy(marian_tagged, tmp_path / "apart")
    whole = pieces_of(path).writer(">>eng<<")
    text = tiny.ENGLISH[0]
    ids, places = whole.ids(text)
    longest = max(ids, key=lambda number: len(describe(path).tokenizer.decoder[number]))
    keep_apart(path, en=[number for number in whole.vocabulary if number != longest])
    own = pieces_of(path).writer(">>eng<<")
    spelled, spans = own.ids(text)
    assert longest in ids and longest not in spelled and len(spelled) > len(ids)
    assert own.written([text]) == [spelled] and set(spelled) <= set(own.vocabulary)
    assert "".join(text[slice(*span)] for span in spans) == "".join(text[slice(*span)] for span in places)
    assert pieces_of(path).decode(spelled) == text


def test_what_the_language_cannot_spell_is_unknown(marian_tagged: Path) -> None:
    pieces = pieces_of(marian_tagged)
    writer = pieces.writer(">>eng<<")
    assert writer.written(["Paris Ω", "Paris"])[0] == [] != writer.written(["Paris"])[0]
    assert pieces.unk in writer.ids("Paris Ω")[0]


# --- the embedded model ---------------------------------------------------------------------------


@pytest.mark.weights
def test_the_embedded_model_keeps_its_languages_apart() -> None:
    spec = Registry.load().get("embedded", task=Task.TRANSLATE)
    path = require(spec)
    english, chinese = (names(path, pieces_of(path).writer(spec.targets[lang]).vocabulary) for lang in BOTH)
    assert {"▁the", "▁France", "."} <= english and {"的", "。"} <= chinese
    assert not {"▁République", "▁avec", "的"} & english and not {"▁avec", "▁which"} & chinese
    assert {f"<0x{number:02X}>" for number in range(256)} <= english & chinese  # or a rare letter is lost
