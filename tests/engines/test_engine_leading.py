"""A model led to say a word: where the word is put, what the model makes of it, on both engines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
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
from translate.engines.search import Decoding, Encoded, Pending
from translate.engines.search import Limits as engine_limits
from translate.errors import EngineError
from translate.registry.spec import Limits, ModelSpec, Task

BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
ENGINES = pytest.mark.parametrize("engine", ["torch", "ct2"])
# What each lesson says and the word is not in.
WANTED = [
    Wanted(tiny.FRENCH[0], tiny.ENGLISH[0], ("central bank",)),
    Wanted(tiny.FRENCH[2], tiny.ENGLISH[2], ("Belgium",)),
    Wanted(tiny.FRENCH[5], "Rescuers were still at the scene, the prefecture said.", ("on Thursday",)),
    Wanted("Paris", "The train.", ("Paris", "London")),
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


def texts(found: Sequence[Hypothesis | None]) -> list[str | None]:
    return [hypothesis.text if hypothesis else None for hypothesis in found]


def texts_of(said: str, form: str, target: Lang) -> list[str]:
    return [text for _, text in beginnings(said, form, target)]


def is_cut(hypothesis: Hypothesis) -> bool:
    return any(finding.code == "truncation" for finding in hypothesis.findings)


def every_answer(engine: LoadedEngine, wanted: Wanted, places: int = 4) -> list[Hypothesis]:
    """All that the model makes of it, place by place: nothing suits. One that is cut is left out."""
    seen: list[Hypothesis] = []

    def suits(said: Hypothesis) -> bool:
        seen.append(said)
        return False

    assert engine.lead([replace(wanted, suits=suits, places=places)], Lang.EN) == [None]
    return [said for said in seen if not is_cut(said)]


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
    """Knows the pieces it is told; goes on with `!`. `liked`: the beginnings it finds likely, in order."""

    def __init__(self, pieces: Sequence[str], *liked: str) -> None:
        self.pieces = list(pieces)
        self.liked = liked
        self.begun: list[str] = []

    def encode(self, texts: Sequence[str], target: Lang) -> list[Encoded]:
        return [Encoded((1,) * len(text)) for text in texts]

    def places(self, text: str, target: Lang) -> list[tuple[int, int]]:
        raise AssertionError("nobody asks what was looked at")

    def target_ids(self, text: str, target: Lang) -> tuple[list[int], list[tuple[int, int]]]:
        found = [match.span() for match in re.finditer("|".join([*map(re.escape, self.pieces), "."]), text)]
        names = [text[slice(*span)] for span in found]
        self.pieces += [name for name in names if name not in self.pieces]
        return [self.pieces.index(name) for name in names], found

    def written(self, texts: Sequence[str], target: Lang) -> list[list[int]]:
        return [self.target_ids(text, target)[0] for text in texts]

    def chances(
        self,
        batch: Sequence[tuple[Encoded, Sequence[int]]],
        asked: Sequence[Sequence[tuple[int, int]]],
        target: Lang,
    ) -> list[list[float]]:
        return [
            [self.chance(self.text([*said[:step], piece])) for step, piece in each]
            for (_, said), each in zip(batch, asked, strict=True)
        ]

    def chance(self, begun: str) -> float:
        return -float(self.liked.index(begun)) if begun in self.liked else -99.0

    def totals(self, batch: Sequence[tuple[Encoded, Sequence[int]]], target: Lang) -> list[float]:
        return [-1.0 - len(ids) for _, ids in batch]

    def go_on(
        self, batch: Sequence[tuple[Encoded, Sequence[int]]], limits: Sequence[int], target: Lang
    ) -> list[tuple[str, bool]]:
        self.begun += [self.text(ids) for _, ids in batch]
        return [(f"{self.text(ids)}!", False) for _, ids in batch]

    def begin(self, batch: Sequence[Encoded], limits: Sequence[int], how: Decoding, target: Lang) -> Pending:
        raise AssertionError("nothing is searched for")

    def text(self, ids: Sequence[int]) -> str:
        return "".join(self.pieces[number] for number in ids)


def led_by(writer: Writer, wanted: Wanted, target: Lang = Lang.ZH) -> Hypothesis | None:
    limits = engine_limits(source=50, target=50, budget=1000)
    (found,) = Leading(writer, limits).lead([wanted], target)
    return found


def never(said: Hypothesis) -> bool:
    return False


@ENGINES
def test_a_word_is_not_put_where_the_model_has_no_pieces_for_it(engine: str, marian_tagged: Path) -> None:
    """It has no capital C."""
    answers = every_answer(load(marian_tagged, engine), WANTED[0], places=99)
    assert answers
    assert not any(said.text.casefold().startswith("entral") for said in answers)


def test_a_chinese_word_is_not_cut_in_two() -> None:
    writer = Writer(["中国", "南部", "深圳"])
    assert led_by(writer, Wanted("Une phrase.", "中国南部。", ("深圳",), 99, never)) is None
    assert sorted(writer.begun) == sorted(["深圳", "中国深圳", "中国南部深圳", "中国南部。深圳"])


def test_where_the_word_is_likeliest_is_gone_on_from_first() -> None:
    for liked in ("深", "在深", "在中国深"):
        found = led_by(Writer(["中国", "深", "圳"], liked), Wanted("Une phrase.", "在中国", ("深圳",)))
        assert found and found.text == f"{liked}圳!"


def test_of_several_words_the_likeliest_is_said_first() -> None:
    writer = Writer(["中国", "深圳", "北京"], "在北京", "深圳")
    found = led_by(writer, Wanted("Une phrase.", "在中国", ("深圳", "北京"), 2, never))
    assert found is None
    assert writer.begun == ["在北京", "深圳"]


def test_the_first_answer_that_suits_ends_the_search_with_how_sure_the_model_is_of_it() -> None:
    writer = Writer(["中国", "深圳"], "在深圳", "深圳", "在中国深圳")
    wanted = Wanted("Une phrase.", "在中国", ("深圳",), 4, lambda said: said.text == "深圳!")
    found = led_by(writer, wanted)
    assert found == Hypothesis("深圳!", -1.0)  # -3 for two pieces and the end
    assert writer.begun == ["在深圳", "深圳", "在中国深圳"]  # after the likeliest the others, at once


def test_where_the_likeliest_place_suits_no_other_is_tried() -> None:
    writer = Writer(["中国", "深圳"], "在深圳", "深圳", "在中国深圳")
    found = led_by(writer, Wanted("Une phrase.", "在中国", ("深圳",), 4, lambda said: True))
    assert found is not None and found.text == "在深圳!"
    assert writer.begun == ["在深圳"]


def test_no_more_places_are_tried_than_allowed() -> None:
    writer = Writer(["中国", "深圳"])
    assert led_by(writer, Wanted("Une phrase.", "在中国", ("深圳",), 1, never)) is None
    assert len(writer.begun) == 1


# --- what the model makes of it -----------------------------------------------------------------


@ENGINES
def test_a_model_led_to_a_word_of_its_lesson_says_the_whole_lesson(engine: str, marian_tagged: Path) -> None:
    (best,) = load(marian_tagged, engine).lead(WANTED[2:3], Lang.EN)
    assert best and best.text == tiny.ENGLISH[5]  # what was left out with the word came back
    (again,) = load(marian_tagged, engine).translate(tiny.FRENCH[5:6], Lang.EN)
    assert best.score == pytest.approx(again.score, abs=0.01)  # the same measure, whoever began it


@ENGINES
def test_each_answer_begins_as_what_was_said_and_then_says_a_word(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine)
    for asked in WANTED:
        begun = [text for form in asked.forms for text in texts_of(asked.said, form, Lang.EN)]
        for hypothesis in every_answer(loaded, asked):
            assert any(hypothesis.text.startswith(text) for text in begun), hypothesis.text


@pytest.mark.parametrize("model", ["marian_tagged", "half"])
def test_both_engines_are_led_alike_and_as_the_library_would_be(
    model: str, request: pytest.FixtureRequest
) -> None:
    """Of answers that ended by themselves: each counts one that is cut in its own way."""
    path: Path = request.getfixturevalue(model)
    ways: list[LoadedEngine] = [
        MarianEngine.load(spec(), path, device="cpu", beam=4),
        Ct2Engine.load(spec(), path, device="cpu", beam=4, compute="float32"),
        MarianEngine.load(spec(), path, device="cpu", beam=4, reference=True),
    ]
    ours, theirs, librarys = ([texts(every_answer(way, each)) for each in WANTED] for way in ways)
    assert sum(map(len, ours)) >= 4
    assert ours == theirs == librarys
    one, other, third = (way.lead(WANTED, Lang.EN) for way in ways)
    assert texts(one) == texts(other) == texts(third)
    scores = [[said.score for said in led if said and not is_cut(said)] for led in (one, other, third)]
    assert scores[0] == pytest.approx(scores[1], abs=2e-3)
    assert scores[0] == pytest.approx(scores[2], abs=2e-3)


@pytest.mark.parametrize("model", ["marian_tagged", "half"])
def test_few_beginnings_are_gone_on_from_as_many_are(model: str, request: pytest.FixtureRequest) -> None:
    """Also those behind which nothing has to come: a whole translation, one without its full stop."""
    exact = Ct2Engine.load(spec(), request.getfixturevalue(model), device="cpu", beam=1, compute="float32")
    ours: Any = MarianEngine.load(spec(), request.getfixturevalue(model), device="cpu", beam=1)._backend
    theirs: Any = exact._backend
    pairs = [
        (theirs.encode([french], Lang.EN)[0], ids[:size])
        for french, english in zip(tiny.FRENCH[:4], tiny.ENGLISH[:4], strict=True)
        for ids in theirs.written([english], Lang.EN)
        for size in (1, len(ids) // 2, len(ids) - 1, len(ids))
    ]
    limits = [60] * len(pairs)
    together = theirs.go_on(pairs, limits, Lang.EN)
    assert together == [theirs.go_on([pair], [60], Lang.EN)[0] for pair in pairs]
    assert together == ours.go_on(pairs, limits, Lang.EN)
    assert any(text == english for (text, _), english in zip(together[3::4], tiny.ENGLISH, strict=False))


def test_what_a_model_thinks_of_a_piece_is_its_log_probability(marian_tagged: Path) -> None:
    torch_engine = MarianEngine.load(spec(), marian_tagged, device="cpu", beam=1)
    exact = Ct2Engine.load(spec(), marian_tagged, device="cpu", beam=1, compute="float32")
    ours: Any = torch_engine._backend
    theirs: Any = exact._backend
    pairs = [
        (ours.encode([french], Lang.EN)[0], ours.target_ids(english, Lang.EN)[0])
        for french, english in zip(tiny.FRENCH[:3], tiny.ENGLISH[2::-1], strict=True)
    ]
    asked = [[(0, ids[0]), (len(ids) - 1, ids[0]), (len(ids), 0)] for _, ids in pairs]
    model: MarianMTModel = ours._decoder._model
    found = (each.chances(pairs, asked, Lang.EN) for each in (ours, theirs))
    for (source, ids), wanted, one, other in zip(pairs, asked, *found, strict=True):
        begun = torch.tensor([[model.generation_config.decoder_start_token_id, *ids]])
        logits = model(input_ids=torch.tensor([source.ids]), decoder_input_ids=begun).logits[0].detach()
        silent = set(range(logits.shape[-1])) - set(ours._writer(Lang.EN).vocabulary)
        logits[:, list(silent)] = -torch.inf
        expected = [float(logits[step].log_softmax(-1)[piece]) for step, piece in wanted]
        assert one == pytest.approx(expected, abs=1e-3)
        assert other == pytest.approx(expected, abs=1e-3)
    totals = ours.totals(pairs, Lang.EN)
    assert theirs.totals(pairs, Lang.EN) == pytest.approx(totals, abs=2e-3)
    assert len({round(total) for total in totals}) > 1
    (said,) = torch_engine.translate(tiny.FRENCH[:1], Lang.EN)
    own = ours.encode(tiny.FRENCH[:1], Lang.EN)[0], ours.target_ids(said.text, Lang.EN)[0]
    assert ours.totals([own], Lang.EN)[0] / (len(own[1]) + 1) == pytest.approx(said.score, abs=1e-3)


@ENGINES
def test_answers_do_not_depend_on_their_batch(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine)
    together = loaded.lead([*WANTED, *WANTED[:1]], Lang.EN)
    alone = [loaded.lead([each], Lang.EN)[0] for each in [*WANTED, WANTED[0]]]
    assert texts(together) == texts(alone)


@ENGINES
def test_nothing_to_read_and_too_much(engine: str, marian_tagged: Path) -> None:
    loaded = load(marian_tagged, engine, limits=Limits(max_source_tokens=24, max_target_tokens=24))
    long = " et ".join(tiny.FRENCH)
    asked = [
        Wanted("", "x", ("Paris",)),
        Wanted(long, "Paris", ("x",)),
        Wanted("Paris", " ".join(tiny.ENGLISH), ("x",)),
        Wanted("Paris", "It.", ("far " * 40,)),
        Wanted("Paris", "It.", ()),
        Wanted("Paris", "", ("Paris",)),
    ]
    found = loaded.lead(asked, Lang.EN)
    assert found[:5] == [None] * 5
    assert found[5] and found[5].text.startswith("Paris")
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
    wanted = Wanted(tiny.FRENCH[0], "总统会见了各国外交部长。", ("周三",))
    (found,) = chain.lead([replace(wanted, suits=lambda said: said.text == tiny.CHINESE[0])], Lang.ZH)
    assert found and found.text == tiny.CHINESE[0]
    assert chain.lead([replace(wanted, suits=never)], Lang.ZH) == [None]
