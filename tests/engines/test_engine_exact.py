"""What the engine says of a sentence does not depend on what else it is asked: not in the last bit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.bands import FRENCH, LONG, require_bands
from translate import engines
from translate.domain import Lang
from translate.engines import Wanted
from translate.engines.ct2 import Ct2Engine
from translate.engines.ct2_machine import Machine
from translate.registry import Registry, require

SENTENCES = [*FRENCH, LONG, *(" ".join(each.split()[:size]) for each in FRENCH[:5] for size in (2, 5, 8))]
FORMS = {Lang.EN: "the United Nations", Lang.ZH: "联合国"}


@pytest.fixture(scope="module")
def engine() -> Ct2Engine:
    spec = Registry.load().get("embedded")
    return require_bands(engines.load(spec, require(spec), device="cpu", engine="ct2"))


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


def test_lengths_that_share_a_batch() -> None:
    def shared(machine: Machine, env: dict[str, str]) -> list[bool]:
        bands = machine.bands(512, env)
        pairs = [(11, 12), (10, 11), (12, 15), (15, 16), (16, 192), (192, 193), (193, 194)]
        return [bands.of(one) == bands.of(other) for one, other in pairs]

    cpu = Machine("cpu", 0, "int8", 2)
    assert shared(cpu, {}) == [False, False, True, False, True, False, False]
    assert shared(cpu, {"TRANSLATE_EXACT": "0"}) == shared(cpu, {})
    assert shared(cpu, {"TRANSLATE_EXACT": "1"}) == [False] * 7
    assert all(shared(Machine("cuda", 0, "float16", 1), {}))
