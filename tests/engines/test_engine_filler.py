"""Fillers: rows that make a greedy batch as long as it has to be, and that nobody hears of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bands import FRENCH
from translate import engines
from translate.domain import Lang
from translate.engines import ct2_cache
from translate.engines.ct2 import Ct2Backend, Ct2Engine
from translate.engines.ct2_cache import Conversion
from translate.engines.ct2_filler import Fillers
from translate.engines.ct2_machine import Machine
from translate.engines.ct2_routines import Routines
from translate.engines.search import Decoding, Encoded
from translate.registry import Registry, require

STOPS = {Lang.EN: Encoded((8, 5, 0)), Lang.ZH: Encoded((9, 5, 0))}
INTEL = Routines.MKL_512.filled(512)
AMD = Routines.ONEDNN.filled(512)


def row(size: int) -> Encoded:
    return Encoded((*range(100, 99 + size), 0))


@given(st.lists(st.integers(1, 250), min_size=1), st.sampled_from([INTEL, AMD]))
def test_a_batch_is_as_long_as_it_has_to_be_and_its_rows_come_first(sizes: list[int], bands: Any) -> None:
    rows = list(map(row, sizes))
    filled = Fillers(STOPS, bands).beside(rows, Lang.ZH)
    assert filled[: len(rows)] == rows
    assert max(len(each.ids) for each in filled) == bands.padded(max(sizes))
    for filler in filled[len(rows) :]:
        assert filler.ids[:3] == (9, 5, 0)
        assert set(filler.ids[3:]) <= {0}
    assert len(filled) == len(rows) + (bands.padded(max(sizes)) != max(sizes))


@pytest.mark.parametrize(
    ("bands", "sizes"), [(INTEL, [*range(16, 193, 8)]), (AMD, [16])], ids=["MKL", "oneDNN"]
)
def test_a_model_is_asked_all_that_it_may_ever_get(bands: Any, sizes: list[int]) -> None:
    asked: list[tuple[Lang, list[int]]] = []

    def answered(rows: Sequence[Encoded], target: Lang) -> list[int]:
        asked.append((target, [len(each.ids) for each in rows]))
        return [2] * len(rows)

    assert Fillers(STOPS, bands).end_soon(answered)
    assert asked == [(target, sizes) for target in STOPS]


@pytest.mark.parametrize("late", [16, 104, 192])
def test_one_that_goes_on_and_on_is_one_too_many(late: int) -> None:
    fillers = Fillers(STOPS, INTEL)
    for pieces, ends in ((32, True), (33, False)):

        def answered(rows: Sequence[Encoded], _: Lang, pieces: int = pieces) -> list[int]:
            return [pieces if len(each.ids) == late else 2 for each in rows]

        assert fillers.end_soon(answered) is ends


def engine(beam: int = 1) -> Ct2Engine:
    spec = Registry.load().get("embedded")
    found = engines.load(spec, require(spec), device="cpu", engine="ct2", beam=beam)
    assert isinstance(found, Ct2Engine)
    return found


def made_for(monkeypatch: pytest.MonkeyPatch, routines: Routines) -> None:
    """Batches are made as for these, whatever there is on this machine."""
    machine = Machine.of("cpu")
    monkeypatch.setattr(
        Machine, "of", lambda *_: Machine("cpu", 0, machine.compute, machine.workers, routines)
    )


def batches(monkeypatch: pytest.MonkeyPatch, asked: Ct2Engine, texts: Sequence[str]) -> list[list[Encoded]]:
    """The rows that CTranslate2 was asked, batch by batch."""
    seen: list[list[Encoded]] = []
    usual = Ct2Backend._ask

    def ask(self: Ct2Backend, model: Any, rows: Sequence[Encoded], *how: Any) -> Any:
        seen.append([*rows])
        return usual(self, model, rows, *how)

    monkeypatch.setattr(Ct2Backend, "_ask", ask)
    assert len(asked.translate(texts, Lang.EN)) == len(texts)
    return seen


@pytest.mark.parametrize("routines", [Routines.MKL_512, Routines.ONEDNN])
def test_in_greedy_search_sentences_of_many_lengths_share_a_batch(
    routines: Routines, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_for(monkeypatch, routines)
    asked = engine()
    workers = Machine.of("cpu").workers
    seen = batches(monkeypatch, asked, FRENCH)
    assert len(seen) <= max(2, workers)
    longest = [max(len(each.ids) for each in rows) for rows in seen]
    assert longest == list(map(routines.filled(512).padded, longest))


@pytest.mark.parametrize("why", ["a beam", "TRANSLATE_EXACT", "other routines", "a model that babbles"])
def test_elsewhere_there_are_none(why: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made_for(monkeypatch, Routines.MKL if why == "other routines" else Routines.MKL_512)
    if why == "TRANSLATE_EXACT":
        monkeypatch.setenv("TRANSLATE_EXACT", "1")
    if why == "a model that babbles":
        monkeypatch.setenv("TRANSLATE_HOME", str(tmp_path))
        monkeypatch.setattr(Fillers, "end_soon", lambda *_: False)
    asked = engine(4 if why == "a beam" else 1)
    seen = batches(monkeypatch, asked, FRENCH)
    end = asked._backend.encode(["."], Lang.EN)[0].ids[-1]
    assert not any(each.ids[-2:] == (end, end) for rows in seen for each in rows)


def test_only_plain_greedy_search_has_them() -> None:
    """What else a search may forbid would keep a filler from ending."""
    limits = engine()._limits
    plain = limits.bands_of(Decoding())
    for how in (Decoding(beam=2), Decoding(no_repeat_ngram=2), Decoding(min_pieces=1)):
        assert limits.bands_of(how) is limits.bands
    assert plain is limits.bands or plain.of(20) == plain.of(21) == plain.of(190)


def test_what_a_model_makes_of_them_is_kept_with_its_conversion(tmp_path: Path) -> None:
    for fills in (True, False, None):
        file = tmp_path / f"{fills}.zip"
        assert (
            ct2_cache.keep(file, Conversion({"": {"model.bin": b"1"}}, {"model.bin": b"2"}, fills=fills))
            is None
        )
        assert Conversion.unpacked(file).fills is fills
