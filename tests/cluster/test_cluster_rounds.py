"""What a cluster's crew does when processes die, and how much is under way: without Ray, step by step."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from tests.batch.plans import ShoutPlan
from tests.batch.wire import dispatch
from translate.batch.desk import Delivery, Desk, Made, Order, Refused, Wanted
from translate.batch.worker import delivered
from translate.cluster import crew, session
from translate.cluster.crew import Cluster, Size, _size
from translate.errors import EngineError

WANTED = Wanted(window_sentences=1)  # one or two documents in a portion


class Line:
    """A feed that remembers how much waited in it at most."""

    most = 0

    def __init__(self) -> None:
        self.waiting: list[bytes] = []
        self.ended = False

    def put(self, portion: bytes) -> None:
        assert not self.ended, "nothing comes after the end"
        self.waiting.append(portion)
        Line.most = max(Line.most, len(self.waiting))

    def end(self) -> None:
        self.ended = True

    def source(self) -> Line:
        return self

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *error: object) -> None:
        return None


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """Two processes, on which documents with a certain text die."""
    desk = Desk(ShoutPlan().load())
    Line.most = 0

    def stream(source: Line, node: type, arguments: tuple[Any, ...], pool: object) -> Iterator[bytes]:
        while source.waiting:
            orders: tuple[Order, ...] = pickle.loads(source.waiting.pop())  # the last first: no order is kept
            if any(b"mortel" in order.data for order in orders):
                raise session.Died("killed")
            yield pickle.dumps(delivered(desk, orders, arguments[1]))
        assert source.ended, "a real stream would wait for ever"

    monkeypatch.setattr(crew, "Feed", Line)
    monkeypatch.setattr(session, "stream", stream)
    made = Cluster.__new__(Cluster)
    made.size, made._plan, made.conditions = Size(1, 2, 1.0), ShoutPlan(), desk.conditions
    monkeypatch.setattr(Cluster, "_pool", {})
    return made


def orders(number: int, deadly: set[int]) -> Iterator[Order]:
    for n in range(number):
        yield Order(n, f"{n}.txt", (dispatch(n) + "Ce texte est mortel.\n" * (n in deadly)).encode())


def outcomes(deliveries: Iterator[Delivery]) -> dict[int, Made | Refused]:
    found = [document for delivery in deliveries for document in delivery.documents]
    assert len({document.turn for document in found}) == len(found), "nothing twice"
    return {document.turn: document for document in found}


def test_all_are_delivered_and_few_are_under_way(cluster: Cluster) -> None:
    drawn = 0

    def counted() -> Iterator[Order]:
        nonlocal drawn
        for order in orders(60, set()):
            drawn += 1
            yield order

    deliveries = cluster.work(counted(), WANTED, lambda done: None)
    next(deliveries)
    assert drawn <= 14, "six portions of two"
    assert len(outcomes(deliveries)) >= 58
    assert Line.most == 6


@pytest.mark.parametrize("deadly", [{0}, {59}, {7, 8}, {3, 30, 31, 58}])
def test_only_the_deadly_are_refused(cluster: Cluster, deadly: set[int]) -> None:
    found = outcomes(cluster.work(orders(60, deadly), WANTED, lambda done: None))
    assert len(found) == 60
    refused = {turn for turn, document in found.items() if isinstance(document, Refused)}
    assert refused == deadly
    error = next(document.error for document in found.values() if isinstance(document, Refused))
    assert isinstance(error, EngineError) and "killed" in str(error)


def test_what_is_wrong_with_all_of_them_ends_the_job(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stream(*asked: object) -> Iterator[bytes]:
        if asked:
            raise EngineError("this node makes other results")
        yield b""

    monkeypatch.setattr(session, "stream", stream)
    with pytest.raises(EngineError, match="other results"):
        next(cluster.work(orders(3, set()), WANTED, lambda done: None))


def test_a_cluster_too_small_for_one_process() -> None:
    with pytest.raises(EngineError, match="too few for one process"):
        _size({"CPU": 4.0}, "auto", None, 8.0, None)
    on_cards = _size({"CPU": 96.0, "GPU": 8.0}, "auto", None, None, None)
    assert (on_cards.most, on_cards.cpus_each, on_cards.gpus_each) == (8, 1.0, 1.0)
    on_cores = _size({"CPU": 96.0, "GPU": 8.0}, "cpu", None, None, None)
    assert (on_cores.least, on_cores.most, on_cores.cpus_each, on_cores.gpus_each) == (1, 24, 4.0, 0.0)
    assert _size({"CPU": 2.0}, "auto", (2, 5), None, None).most == 5
