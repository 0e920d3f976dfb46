"""A model led to say a word: where the word is put, what the model makes of it, on both engines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from transformers.models.marian.modeling_marian import MarianMTModel

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Hypothesis, Lang
from translate.engines import LoadedEngine, Wanted
from translate.engines.ct2 import Ct2Engine
from translate.engines.leading import Leading, beginnings
from translate.engines.marian import MarianEngine
from translate.engines.search import Answer, Decoding, Encoded, Pending
from translate.engines.search import Limits as engine_limits
from translate.errors import EngineError
from translate.registry.spec import Limits, ModelSpec, Task

BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
ENGINES = pytest.mark.parametrize("engine", ["torch", "ct2"])
# What each lesson says and the word is not in.
WANTED = [
    Wanted(tiny.FRENCH[0], tiny.ENGLISH[0], "central bank"),
    Wanted(tiny.FRENCH[2], tiny.ENGLISH[2], "Belgium"),
    Wanted(tiny.FRENCH[5], "Rescuers were still at the scene, the prefecture said.", "on Thursday"),
    Wanted("Paris", "The train.", "Paris"),
]

pytestmark = pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "home"))


@pytest.fixture(scope="session")
def half(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Knows three of its lessons: of the rest it is sure of nothing."""
    lessons = [(f">>eng<< {source}", target) for source, target in tiny.LESSONS_EN[:3]]
    path = tmp_path_factory.mktemp("marian") / "half-tagged"
    return tiny.make_marian(path, tags=[">>eng<<", ">>cmn_Hans<<"], lessons=lessons, seed=5)


def spec(limits: Limits | None = None) -> ModelSpec:
    return ModelSpec("tiny", Task.TRANSLATE, Lang.FR, BOTH, limits=limits or Limits())


def load(path: Path, engine: str, beam: int = 4, limits: Limits | None = None) -> LoadedEngine:
    return engines.load(spec(limits), path, device="cpu", beam=beam, engine=engine)


def texts(found: Sequence[Hypothesis]) -> list[str]:
    return [hypothesis.text for hypothesis in found]


def texts_of(said: str, form: str, target: Lang) -> list[str]:
    return [text for _, text in beginnings(said, form, target)]


def ended(found: Sequence[Hypothesis]) -> dict[str, float | None]:
    """Those that were not cut, and how sure the model is of them."""
    cut = [any(finding.code == "truncation" for finding in each.findings) for each in found]
    return {each.text: each.score for each, is_cut in zip(found, cut, strict=True) if not is_cut}


# --- where a word is put ------------------------------------------------------------------------


def test_a_word_is_put_before_every_word_and_sign_and_at_the_end() -> None:
    assert texts_of("It snows, he said.", "IOM", Lang.EN) == [
        "IOM",
        "It IOM",
        "It snows IOM",
        "It snows, IOM",
        "It snows, he IOM",
        "It snows, he said IOM",
        "It snows, he said. IOM",
    ]


@pytest.mark.parametrize(
    ("said", "target", "expected"),
    [
        ('"Go"', Lang.EN, ["The UN", '"the UN', '"Go the UN', '"Go" the UN']),
        ("1,4 pct", Lang.EN, ["The UN", "1,4 the UN", "1,4 pct the UN"]),
        ("中国。", Lang.ZH, ["the UN", "中the UN", "中国the UN", "中国。the UN"]),
        ("", Lang.EN, ["The UN"]),
        ("  ", Lang.EN, ["The UN"]),
    ],
)
def test_it_has_the_space_and_the_capital_that_it_needs_there(
    said: str, target: Lang, expected: list[str]
) -> None:
    assert texts_of(said, "the UN", target) == expected


def test_places_are_where_what_stands_before_the_word_ends() -> None:
    said = "It snows, he said."
    assert [said[:place].rstrip() for place, _ in beginnings(said, "IOM", Lang.EN)] == [
        text.removesuffix("IOM").rstrip() for text in texts_of(said, "IOM", Lang.EN)
    ]


@pytest.mark.parametrize(
    ("said", "form", "target", "unwanted"),
    [
        ("The United said", "United Nations", Lang.EN, "The United United Nations"),
        ("The law of the sea", "law of the sea", Lang.EN, "The law of the law of the sea"),
        ("在公共生活", "公共生活局", Lang.ZH, "在公共公共生活局"),
    ],
)
def test_a_word_is_not_put_behind_a_part_of_itself(said: str, form: str, target: Lang, unwanted: str) -> None:
    found = texts_of(said, form, target)
    assert unwanted not in found
    assert len(found) > 1


class Writer:
    """Knows the pieces it is told; goes on with `!`. `liked`: the beginning that it finds likely."""

    def __init__(self, pieces: Sequence[str], liked: str) -> None:
        self.pieces = list(pieces)
        self.liked = liked
        self.begun: list[str] = []

    def encode(self, texts: Sequence[str], target: Lang) -> list[Encoded]:
        return [Encoded((1,) * len(text)) for text in texts]

    def target_ids(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = [match.span() for match in re.finditer("|".join([*map(re.escape, self.pieces), "."]), text)]
        names = [text[slice(*span)] for span in found]
        self.pieces += [name for name in names if name not in self.pieces]
        return [self.pieces.index(name) for name in names], found

    def chances(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], asked: Sequence[Sequence[tuple[int, int]]]
    ) -> list[list[float]]:
        return [[-1.0] * len(each) for each in asked]

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]]) -> list[float]:
        return [-1.0 if self.text(ids).startswith(self.liked) else -99.0 for _, ids in batch]

    def begin(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding) -> Pending:
        self.begun = [self.text(each.begun.ids) for each in batch if each.begun]
        return lambda: [(Answer(f"{text}!", False, -1.0),) for text in self.begun]

    def text(self, ids: Sequence[int]) -> str:
        return "".join(self.pieces[number] for number in ids)


def led_by(writer: Writer, said: str, form: str, target: Lang = Lang.ZH) -> list[str]:
    leading = Leading(writer, Decoding(), engine_limits(source=50, target=50, budget=1000))
    (found,) = leading.lead([Wanted("Une phrase.", said, form)], target)
    return texts(found)


def test_a_chinese_word_is_not_cut_in_two() -> None:
    writer = Writer(["中国", "南部", "深圳"], "中国深")
    assert led_by(writer, "中国南部。", "深圳")[0] == "中国深圳!"
    assert len(writer.begun) == 2
    assert not any("中深圳" in text or "南深圳" in text for text in writer.begun)


def test_the_place_where_the_word_is_said_most_readily_is_among_those_gone_on_from() -> None:
    for liked in ("深", "在深", "在中国深"):
        assert f"{liked}圳!" in led_by(Writer(["中国", "深圳"], liked), "在中国", "深圳")


# --- what the model makes of it -----------------------------------------------------------------


@ENGINES
def test_a_model_led_to_a_word_of_its_lesson_says_the_whole_lesson(engine: str, marian_tagged: Path) -> None:
    ((best, *_),) = load(marian_tagged, engine).lead(WANTED[2:3], Lang.EN)
    assert best.text == tiny.ENGLISH[5]  # what was left out with the word came back
    (again,) = load(marian_tagged, engine).translate(tiny.FRENCH[5:6], Lang.EN)
    assert best.score == pytest.approx(again.score, abs=0.01)  # the same measure, whoever began it


@ENGINES
@pytest.mark.parametrize("beam", [1, 4])
def test_each_answer_begins_as_what_was_said_and_then_says_the_word(
    engine: str, beam: int, marian_tagged: Path
) -> None:
    found = load(marian_tagged, engine, beam).lead(WANTED, Lang.EN)
    assert all(1 <= len(several) <= 2 for several in found)
    for asked, several in zip(WANTED, found, strict=True):
        begun = texts_of(asked.said, asked.form, Lang.EN)
        for hypothesis in several:
            assert any(hypothesis.text.startswith(text) for text in begun), hypothesis.text
        scores = [hypothesis.score or 0.0 for hypothesis in several]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("beam", [1, 4])
@pytest.mark.parametrize("model", ["marian_tagged", "half"])
def test_both_engines_are_led_alike_and_as_the_library_would_be(
    model: str, beam: int, request: pytest.FixtureRequest
) -> None:
    """Of answers that ended by themselves: each counts one that is cut in its own way."""
    path: Path = request.getfixturevalue(model)
    ways = [
        MarianEngine.load(spec(), path, device="cpu", beam=beam),
        Ct2Engine.load(spec(), path, device="cpu", beam=beam, compute="float32"),
        MarianEngine.load(spec(), path, device="cpu", beam=beam, reference=True),
    ]
    ours, theirs, librarys = ([ended(several) for several in way.lead(WANTED[:3], Lang.EN)] for way in ways)
    assert sum(map(len, ours)) >= 4
    for one, other, third in zip(ours, theirs, librarys, strict=True):
        assert list(one) == list(other) == list(third)
        assert list(one.values()) == pytest.approx(list(other.values()), abs=2e-3)
        assert list(one.values()) == pytest.approx(list(third.values()), abs=2e-3)


def test_what_a_model_thinks_of_a_piece_is_its_log_probability(marian_tagged: Path) -> None:
    torch_engine = MarianEngine.load(spec(), marian_tagged, device="cpu", beam=1)
    exact = Ct2Engine.load(spec(), marian_tagged, device="cpu", beam=1, compute="float32")
    ours: Any = torch_engine._backend
    theirs: Any = exact._backend
    pairs = [
        (ours.encode([french], Lang.EN)[0], ours.target_ids(english)[0])
        for french, english in zip(tiny.FRENCH[:3], tiny.ENGLISH[2::-1], strict=True)
    ]
    asked = [[(0, ids[0]), (len(ids) - 1, ids[0]), (len(ids), 0)] for _, ids in pairs]
    model: MarianMTModel = ours._decoder._model
    for (source, ids), wanted, one, other in zip(
        pairs, asked, ours.chances(pairs, asked), theirs.chances(pairs, asked), strict=True
    ):
        begun = torch.tensor([[model.generation_config.decoder_start_token_id, *ids]])
        logits = model(input_ids=torch.tensor([source.ids]), decoder_input_ids=begun).logits[0]
        expected = [float(logits[step].log_softmax(-1)[piece].detach()) for step, piece in wanted]
        assert one == pytest.approx(expected, abs=1e-3)
        assert other == pytest.approx(expected, abs=1e-3)
    assert theirs.totals(pairs) == pytest.approx(ours.totals(pairs), abs=2e-3)
    assert len({round(total) for total in ours.totals(pairs)}) > 1


@ENGINES
def test_answers_do_not_depend_on_their_batch(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine)
    together = loaded.lead([*WANTED, *WANTED[:1]], Lang.EN)
    alone = [loaded.lead([each], Lang.EN)[0] for each in [*WANTED, WANTED[0]]]
    assert list(map(texts, together)) == list(map(texts, alone))


@ENGINES
def test_nothing_to_read_and_too_much(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine, limits=Limits(max_source_tokens=24, max_target_tokens=24))
    long = " et ".join(tiny.FRENCH)
    asked = [
        Wanted("", "x", "Paris"),
        Wanted(long, "Paris", "x"),
        Wanted("Paris", " ".join(tiny.ENGLISH), "x"),
        Wanted("Paris", "It.", "far " * 40),
        Wanted("Paris", "", "Paris"),
    ]
    found = loaded.lead(asked, Lang.EN)
    assert found[:4] == [(), (), (), ()]
    assert found[4] and all(text.startswith("Paris") for text in texts(found[4]))
    assert loaded.lead([], Lang.ZH) == []
    with pytest.raises(EngineError, match="does not write fr"):
        loaded.lead(WANTED, Lang.FR)


@ENGINES
def test_through_a_chain_the_second_half_is_led(engine: str, marian: Path, marian_en_zh: Path) -> None:
    specs = [
        ModelSpec("first", Task.TRANSLATE, Lang.FR, {Lang.EN: ""}),
        ModelSpec("second", Task.TRANSLATE, Lang.EN, {Lang.ZH: ""}),
    ]
    chain = engines.load(specs, [marian, marian_en_zh], device="cpu", engine=engine)
    (found,) = chain.lead([Wanted(tiny.FRENCH[0], "总统会见了各国外交部长。", "周三")], Lang.ZH)
    assert tiny.CHINESE[0] in texts(found)
