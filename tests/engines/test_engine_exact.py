"""What the engine says of a sentence does not depend on what else it is asked: not in the last bit."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.bands import FRENCH, LONG, require_bands
from translate import engines
from translate.domain import Lang
from translate.engines import Wanted, ct2_routines
from translate.engines.ct2 import Ct2Engine
from translate.engines.ct2_machine import Machine
from translate.engines.ct2_routines import Routines
from translate.engines.search import Encoded
from translate.registry import Registry, require

SENTENCES = [*FRENCH, LONG, *(" ".join(each.split()[:size]) for each in FRENCH[:5] for size in (2, 5, 8))]
FORMS = {Lang.EN: "the United Nations", Lang.ZH: "联合国"}


@pytest.fixture(scope="module")
def engine() -> Ct2Engine:
    spec = Registry.load().get("embedded")
    return require_bands(engines.load(spec, require(spec), device="cpu", engine="ct2"))


@pytest.fixture(scope="module")
def greedy() -> Ct2Engine:
    spec = Registry.load().get("embedded")
    return require_bands(engines.load(spec, require(spec), device="cpu", engine="ct2", beam=1))


Call = Callable[[Ct2Engine, Sequence[Any], Lang], Sequence[object]]


def said(engine: Ct2Engine, target: Lang) -> list[str]:
    return [answer.text for answer in engine.translate(SENTENCES, target)]


CALLS: dict[str, tuple[Call, Callable[[Ct2Engine, Lang], Sequence[Any]]]] = {
    "translate": (lambda engine, items, target: engine.translate(items, target), lambda *_: SENTENCES),
    "candidates": (
        lambda engine, items, target: engine.candidates(items, target, 8),
        lambda *_: SENTENCES[::2],
    ),
    "lead": (
        lambda engine, items, target: engine.lead(items, target),
        lambda engine, target: [
            Wanted(source, done, (FORMS[target],))
            for source, done in list(zip(SENTENCES, said(engine, target), strict=True))[::3]
        ],
    ),
    "align": (
        lambda engine, items, target: engine.align(items, target),
        lambda engine, target: list(zip(SENTENCES, said(engine, target), strict=True)),
    ),
    "embed": (
        lambda engine, items, target: [row.tobytes() for row in engine.embed(items)],
        lambda *_: SENTENCES,
    ),
}


@pytest.mark.parametrize(("name", "target"), [*((name, Lang.EN) for name in CALLS), ("translate", Lang.ZH)])
def test_singly_shuffled_or_together(engine: Ct2Engine, name: str, target: Lang) -> None:
    asked_in_any_company(engine, name, target)


@pytest.mark.parametrize("target", list(FORMS))
def test_greedy_too(greedy: Ct2Engine, target: Lang) -> None:
    asked_in_any_company(greedy, "translate", target)


def asked_in_any_company(engine: Ct2Engine, name: str, target: Lang) -> None:
    call, made = CALLS[name]
    items = made(engine, target)
    together = call(engine, items, target)
    assert len({repr(each) for each in together}) > len(items) // 2  # not one answer to everything
    assert [call(engine, [item], target)[0] for item in items] == list(together)

    order = random.Random(2).sample(range(len(items)), len(items))
    parts = [order[start : start + 7] for start in range(0, len(order), 7)]
    shuffled = {
        place: answer
        for part in parts
        for place, answer in zip(part, call(engine, [items[n] for n in part], target), strict=True)
    }
    assert [shuffled[place] for place in range(len(items))] == list(together)


def test_lengths_are_those_that_are_in_danger(engine: Ct2Engine) -> None:
    """The sentences above are on all sides of what divides the bands."""
    sizes = [len(each.ids) for each in engine._backend.encode(SENTENCES, Lang.EN)]
    assert min(sizes) < 12 and max(sizes) > 192
    assert sum(size < 12 for size in sizes) > 3 and any(12 <= size < 16 for size in sizes)
    assert len({size for size in sizes if 16 <= size <= 192}) > 4


class Steps:
    """Two steps of many sentences, bit by bit: what differs in the last bit seldom shows in a score."""

    def __init__(self, engine: Ct2Engine, seed: int) -> None:
        self.backend: Any = engine._backend
        self._dice = random.Random(seed)
        known = self.backend.encode(SENTENCES, Lang.EN)
        self._start, *_, self._end = known[0].ids
        self._pieces = [piece for each in known for piece in each.ids[1:-1]]

    def sentence(self, size: int) -> Encoded:
        """A new one, of this length."""
        first = self._dice.randrange(len(self._pieces) - size)
        return Encoded((self._start, *self._pieces[first : first + size - 2], self._end))

    def logits(self, rows: Sequence[Encoded]) -> list[list[bytes]]:
        found = self.backend._models[Lang.EN].translate_batch(
            [list(map(str, each.ids)) for each in rows],
            beam_size=1,
            max_decoding_length=2,
            max_input_length=0,
            return_logits_vocab=True,
        )
        return [[np.array(step).tobytes() for step in each.logits[0]] for each in found]


@pytest.mark.parametrize("length", [16, 18, 21, 22, 40, 41, 45, 64])
def test_padding_within_a_band_changes_no_number_of_the_decoder(engine: Ct2Engine, length: int) -> None:
    steps, band = Steps(engine, length), engine._limits.bands.of
    rows = [steps.sentence(length) for _ in range(24)]
    alone = steps.logits(rows)
    assert len({step for each in alone for step in each}) > 24
    longer = [size for size in range(length + 1, 100) if band(size) == band(length)]
    for size in longer[:1] + longer[-1:]:
        assert steps.logits([*rows, steps.sentence(size)])[:24] == alone, size


@pytest.mark.parametrize("length", [3, 9, 15, 16, 17, 21, 40, 41, 45, 64])
def test_beside_a_filler_padding_changes_none_whatever_the_length(greedy: Ct2Engine, length: int) -> None:
    steps = Steps(greedy, length)
    fillers = steps.backend._fillers
    if fillers is None:
        pytest.skip("no fillers with these matrix routines")

    def logits(rows: list[Encoded]) -> list[list[bytes]]:
        return steps.logits(fillers.beside(rows, Lang.EN))[: len(rows)]

    rows = [steps.sentence(length) for _ in range(12)]
    alone = [logits([row])[0] for row in rows]
    assert len({step for each in alone for step in each}) > 12
    for size in (length, length + 1, length + 7, 96, 191):
        assert logits([*rows, steps.sentence(size)])[:12] == alone, size


def test_lengths_that_share_a_batch() -> None:
    def shared(machine: Machine, env: dict[str, str]) -> list[bool]:
        bands = machine.bands(512, env)
        pairs = [(11, 12), (10, 11), (12, 15), (15, 16), (16, 192), (192, 193), (193, 194)]
        return [bands.of(one) == bands.of(other) for one, other in pairs]

    cpu, older, intel = (Machine("cpu", 0, "int8", 2, routines) for routines in Routines)
    assert shared(cpu, {}) == [False, False, True, False, True, False, False]
    assert shared(cpu, {"TRANSLATE_EXACT": "0"}) == shared(cpu, {})
    assert shared(older, {}) == [False] * 7
    assert shared(intel, {}) == [False, False, False, False, True, False, False]
    for machine in (cpu, intel):
        assert shared(machine, {"TRANSLATE_EXACT": "1"}) == [False] * 7
    card = Machine("cuda", 0, "float16", 1)
    assert all(shared(card, {})) and not any(shared(card, {"TRANSLATE_EXACT": "1"}))


def test_eights_share_a_batch_with_mkl_and_others_with_their_last_four() -> None:
    band = Machine("cpu", 0, "int8", 2, Routines.MKL_512).bands(512, {}).of
    eights, fours = [16, 24, 96, 192], [[17, 18, 19], [20, 21, 22, 23], [25, 26, 27], [188, 189, 190, 191]]
    groups = [eights, *fours, [193], [200]]
    assert [len({band(size) for size in group}) for group in groups] == [1] * len(groups)
    assert len({band(group[0]) for group in groups}) == len(groups)


MKL = {"int8", "int16", "float32"}
INTEL = "vendor_id : GenuineIntel\nflags : fpu avx2 avx512f avx512dq avx512cd avx512bw avx512vl\n"


@pytest.mark.parametrize(
    ("types", "said", "expected"),
    [
        (MKL, "processor : 0\n" + INTEL, Routines.MKL_512),
        (MKL, INTEL.replace(" avx512bw", ""), Routines.MKL),
        (MKL, INTEL.replace("GenuineIntel", "AuthenticAMD"), Routines.MKL),  # made to use it
        (MKL, "", Routines.MKL),
        (MKL, None, Routines.MKL),
        (MKL - {"int16"}, INTEL, Routines.ONEDNN),  # made to use it
    ],
)
def test_routines_are_known_by_what_they_compute_in_and_by_the_processor(
    types: set[str], said: str | None, expected: Routines, tmp_path: Path
) -> None:
    if said is not None:
        (tmp_path / "cpuinfo").write_text(said)
    assert ct2_routines.found(types, tmp_path / "cpuinfo") is expected


def test_own_loops_are_as_wide_as_mkl_unless_it_is_said_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "CT2_FORCE_CPU_ISA"
    monkeypatch.delenv(name, raising=False)
    for routines in (Routines.ONEDNN, Routines.MKL):
        ct2_routines.widen(routines)
        assert name not in os.environ
    ct2_routines.widen(Routines.MKL_512)
    assert os.environ[name] == "AVX512"
    monkeypatch.setenv(name, "AVX2")
    ct2_routines.widen(Routines.MKL_512)
    assert os.environ[name] == "AVX2"
