"""Which words belong together: places, links, and both engines on real checkpoints."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny_models as tiny
from translate import engines
from translate.domain import Lang
from translate.engines import LoadedEngine
from translate.engines.alignment import Link, aligned, chained, links, spans
from translate.engines.ct2 import Ct2Engine
from translate.errors import EngineError
from translate.registry.spec import Limits, ModelSpec, Task

BOTH = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<"}
PAIRS = [*zip(tiny.FRENCH, tiny.ENGLISH, strict=True), ("Le train", "The train of Lyon")]


# --- places -------------------------------------------------------------------------------------


def cut(text: str, pieces: Sequence[str]) -> list[str]:
    return [text[start:end] for start, end in spans(text, pieces)]


def test_each_piece_has_its_place() -> None:
    assert cut("Les pays, oui", ["▁Les", "▁pa", "ys", ",", "▁", "oui"]) == ["Les", "pa", "ys", ",", "", "oui"]


@pytest.mark.parametrize(
    ("text", "pieces", "expected"),
    [
        ("l’ONU", ["▁l", "'", "ONU"], ["l", "’", "ONU"]),
        ("« l’an »", ['▁"', "▁l", "'", "an", '▁"'], ["«", "l", "’", "an", "»"]),
        ("ab", ["▁ba"], ["ab"]),
        ("un ½ kilo", ["▁un", "▁1⁄2", "▁kilo"], ["un", "½", "kilo"]),
        ("a …", ["▁a", "▁..", "."], ["a", "…", "…"]),
        ("deux   blancs", ["▁deux", "▁blancs"], ["deux", "blancs"]),
        ("中国，法国", ["▁中国", ",", "法国"], ["中国", "，", "法国"]),
        ("oui\u200bnon", ["▁oui", "non"], ["oui", "non"]),
    ],
)
def test_what_normalising_changed_is_found_in_the_text(
    text: str, pieces: list[str], expected: list[str]
) -> None:
    assert cut(text, pieces) == expected


@given(
    st.text("ab é’½\u00a0…中,", max_size=30),
    st.lists(st.text("▁ab é'1⁄2.", min_size=1, max_size=4), max_size=12),
)
def test_places_stay_within_the_text(text: str, pieces: list[str]) -> None:
    found = spans(text, pieces)
    assert len(found) == len(pieces)
    assert all(0 <= start <= end <= len(text) for start, end in found)


# --- links --------------------------------------------------------------------------------------

SOURCE = [(0, 0), (0, 3), (4, 8), (8, 9), (0, 0)]  # a prefix, three pieces, </s>
TARGET = [(0, 5), (6, 6), (6, 9)]


def test_a_piece_is_linked_to_what_it_looks_at_most_and_to_no_prefix() -> None:
    seen = np.array([[0.5, 0.1, 0.3, 0.0, 0.1], [1, 0, 0, 0, 0], [0.0, 0.6, 0.3, 0.1, 0.0]], np.float32)
    assert links(seen, SOURCE, TARGET) == (
        Link((4, 8), (0, 5), 0.3),
        Link((0, 3), (6, 9), 0.6),
        Link((8, 9), (6, 9), 0.1),  # nothing looks there: it is linked to what looks there most
    )
    assert links(seen[:1], SOURCE, [(3, 3)]) == links(seen, [(0, 0)] * 5, TARGET) == ()


TEXT = "The prime minister of Viet Nam met 3,4 ministers in Viet"


def at(word: str, number: int, share: float = 0.5, place: int = 0) -> Link:
    start = -1
    for _ in range(place + 1):
        start = TEXT.index(word, start + 1)
    return Link((number, number + 1), (start, start + len(word)), share)


def test_a_term_is_found_in_whole_words_and_over_small_gaps() -> None:
    seen = [at("The", 0), at("pri", 5), at("min", 5), at("of", 9), at("Vi", 6), at("Nam", 6)]
    assert aligned(seen, (5, 6), TEXT) == (TEXT.index("prime"), TEXT.index(" of"))
    assert aligned(seen, (5, 7), TEXT) == (TEXT.index("prime"), TEXT.index(" met"))
    assert aligned(seen, (20, 30), TEXT) is None
    assert aligned([], (0, 1), TEXT) is None


def test_a_word_that_looks_at_others_more_is_no_part_of_the_place() -> None:
    """A verb may look at its subject most, and what says the verb is linked to it alone."""
    text = "The EPP broke it"
    verb = [Link((4, 7), (8, 13), 0.42), Link((8, 9), (8, 13), 0.07), Link((10, 16), (8, 13), 0.26)]
    seen = [Link((0, 2), (0, 3), 0.9), Link((4, 7), (4, 7), 0.9), *verb]
    assert aligned(seen, (4, 7), text) == (4, 7)
    alone = [Link((4, 7), (8, 13), 0.42), Link((10, 16), (8, 13), 0.26)]
    assert aligned(alone, (4, 7), text) == (8, 13)  # there is no other place


def test_where_nothing_really_looks_there_is_no_place() -> None:
    text = "国内安全部"
    seen = [Link((0, 9), (0, 2), 0.8), Link((10, 18), (2, 4), 0.8), Link((30, 33), (2, 4), 0.04)]
    assert aligned(seen, (30, 33), text) is None


def test_of_several_places_the_surest_is_taken() -> None:
    far = [at("met", 1), at(",", 2), at("in", 3), at("ministers", 4)]
    seen = [at("Viet", 6, 0.4), *far, at("Viet", 6, 0.9, place=1)]
    assert aligned(seen, (6, 7), TEXT) == (len(TEXT) - 4, len(TEXT))


def test_a_number_is_one_word() -> None:
    assert aligned([at("3", 1)], (1, 2), TEXT) == (TEXT.index("3"), TEXT.index("3") + 3)


def test_a_chain_links_what_both_halves_link() -> None:
    first = (Link((0, 2), (0, 3), 0.5), Link((3, 5), (4, 9), 0.8))
    second = (Link((4, 9), (0, 1), 0.5), Link((0, 9), (2, 4), 1.0))
    assert chained(first, second) == (
        Link((3, 5), (0, 1), 0.4),
        Link((0, 2), (2, 4), 0.5),
        Link((3, 5), (2, 4), 0.8),
    )


# --- engines ------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path / "home"))


def spec(limits: Limits | None = None) -> ModelSpec:
    return ModelSpec("tiny", Task.TRANSLATE, Lang.FR, BOTH, limits=limits or Limits())


def torch_engine(path: Path, limits: Limits | None = None) -> LoadedEngine:
    return engines.load(spec(limits), path, device="cpu", engine="torch")


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_both_engines_look_at_the_same_words(marian_tagged: Path) -> None:
    ours = torch_engine(marian_tagged).align(PAIRS, Lang.EN)
    exact = Ct2Engine.load(spec(), marian_tagged, device="cpu", beam=1, compute="float32")
    theirs = exact.align(PAIRS, Lang.EN)
    assert len({link.source for pair in ours for link in pair}) > 10
    for one, other in zip(ours, theirs, strict=True):
        assert [(link.source, link.target) for link in one] == [(link.source, link.target) for link in other]
        assert [link.share for link in one] == pytest.approx([link.share for link in other], abs=1e-3)


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
@pytest.mark.parametrize("engine", ["torch", "ct2"])
def test_links_cover_the_translation_whatever_the_batch(engine: str, marian_tagged: Path) -> None:
    loaded = engines.load(spec(), marian_tagged, device="cpu", engine=engine)
    together = loaded.align([*PAIRS, ("", "x"), ("Oui", ""), ("Oui", "😀 ½")], Lang.EN)
    for (source, translation), found in zip(PAIRS, together, strict=False):
        letters = {place for link in found for place in range(*link.target)}
        assert {n for n, letter in enumerate(translation) if not letter.isspace()} == letters
        assert all(source[slice(*link.source)].strip() for link in found)
    assert together[len(PAIRS) : len(PAIRS) + 2] == [(), ()]
    alone = [loaded.align([pair], Lang.EN)[0] for pair in PAIRS]
    assert [[link.target for link in pair] for pair in alone] == [
        [link.target for link in pair] for pair in together[: len(PAIRS)]
    ]


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_what_the_model_cannot_read_has_no_links(marian_tagged: Path) -> None:
    loaded = torch_engine(marian_tagged, Limits(max_source_tokens=12))
    long, short = loaded.align([PAIRS[0], ("Oui", "The")], Lang.EN)
    assert long == () and short
    assert loaded.align([], Lang.ZH) == []
    with pytest.raises(EngineError, match="does not write fr"):
        loaded.align([PAIRS[0]], Lang.FR)


@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")
def test_through_a_chain(marian: Path, marian_en_zh: Path) -> None:
    specs = [
        ModelSpec("first", Task.TRANSLATE, Lang.FR, {Lang.EN: ""}),
        ModelSpec("second", Task.TRANSLATE, Lang.EN, {Lang.ZH: ""}),
    ]
    chain = engines.load(specs, [marian, marian_en_zh], device="cpu", engine="torch")
    (found,) = chain.align([(tiny.FRENCH[0], tiny.CHINESE[0])], Lang.ZH)
    assert {link.target for link in found}
    assert all(0 <= link.source[0] < link.source[1] <= len(tiny.FRENCH[0]) for link in found)
    assert all(0 < link.share <= 1 for link in found)
