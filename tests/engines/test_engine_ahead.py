"""An engine that has begun before it is asked: the same answers, each told of once, nothing asked twice."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest

from tests.fakes import ShoutEngine, shout
from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.engines.ahead import Ahead
from translate.errors import EngineError

BOTH = (Lang.EN, Lang.ZH)


class Slow(ShoutEngine):
    """Waits to be let go; tells of each sentence by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.go = threading.Event()
        self.went = threading.Event()

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        assert self.go.wait(timeout=20)
        answers = super().translate(sentences, target)
        for _ in sentences:
            if progress:
                progress(1)
        self.went.set()
        return answers


class Broken(ShoutEngine):
    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        raise EngineError("the device failed")


def texts(answers: Sequence[Hypothesis]) -> list[str]:
    return [answer.text for answer in answers]


@pytest.mark.parametrize("target", BOTH)
def test_answers_are_those_of_the_engine_in_the_order_asked(target: Lang) -> None:
    ahead = Ahead(ShoutEngine(), BOTH, ["un", "deux"])
    wanted = ["trois", "deux", "un", "deux", "quatre"]
    assert texts(ahead.translate(wanted, target)) == [shout(text, target) for text in wanted]


def test_what_is_under_way_is_not_asked_again() -> None:
    engine = ShoutEngine()
    Ahead(engine, [Lang.EN], ["un", "deux", "un"]).translate(["deux", "trois", "un"], Lang.EN)
    assert sorted(asked for _, asked in engine.asked) == [["trois"], ["un", "deux"]]


def test_the_rest_is_asked_for_while_the_first_are_under_way() -> None:
    engine = Slow()
    ahead = Ahead(engine, [Lang.EN], ["un"])
    found: list[list[str]] = []
    asking = threading.Thread(target=lambda: found.append(texts(ahead.translate(["un", "deux"], Lang.EN))))
    asking.start()
    assert not found and not engine.asked
    engine.go.set()
    asking.join(timeout=20)
    assert found == [["UN", "DEUX"]]


@pytest.mark.parametrize("heard", ["from the start", "afterwards"])
def test_each_sentence_is_told_of_once(heard: str) -> None:
    engine, told = Slow(), list[int]()
    ahead = Ahead(engine, [Lang.EN], ["un", "deux", "trois"])
    if heard == "afterwards":
        engine.go.set()
        assert engine.went.wait(timeout=20)
    threading.Timer(0.05, engine.go.set).start()
    ahead.translate(["un", "quatre", "deux", "trois", "deux"], Lang.EN, told.append)
    assert sum(told) == 5


def test_a_request_without_all_of_them_goes_to_the_engine_whole() -> None:
    engine = ShoutEngine()
    ahead = Ahead(engine, [Lang.EN], ["un", "deux"])
    assert texts(ahead.translate(["un"], Lang.EN)) == ["UN"]
    assert (Lang.EN, ["un"]) in engine.asked
    assert texts(ahead.translate(["un", "deux"], Lang.EN)) == ["UN", "DEUX"]  # they still are under way


def test_later_requests_go_to_the_engine() -> None:
    engine = ShoutEngine()
    ahead = Ahead(engine, [Lang.EN], ["un"])
    for _ in range(2):
        assert texts(ahead.translate(["un"], Lang.EN)) == ["UN"]
    assert len(engine.asked) == 2


def test_a_failure_reaches_whoever_asks() -> None:
    with pytest.raises(EngineError, match="device"):
        Ahead(Broken(), BOTH, ["un"]).translate(["un"], Lang.ZH)


def test_nothing_to_begin_with() -> None:
    assert texts(Ahead(ShoutEngine(), BOTH, []).translate(["un"], Lang.EN)) == ["UN"]


def test_everything_else_is_the_engine_s() -> None:
    engine = ShoutEngine()
    ahead = Ahead(engine, [Lang.EN], ["un"])
    assert ahead.targets == engine.targets
    assert ahead.candidates(["Un"], Lang.EN, 2) == engine.candidates(["Un"], Lang.EN, 2)
    assert ahead.align([("un", "one")], Lang.EN) == engine.align([("un", "one")], Lang.EN)
    assert ahead.lead([], Lang.EN) == []
    assert (ahead.embed(["un"]) == engine.embed(["un"])).all()
