"""The crew of a job on a Ray cluster.

    portions of orders → one read task → Ray Data's `map_batches` over a pool of `Node`s → deliveries

The job itself stays what it is on one machine: it draws documents, writes results and keeps the journal where
it was started. Only a bounded number of portions is under way, so that memory stays bounded everywhere. What
is lost with a machine is done again; a document on which processes die again and again fails alone.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Any

from translate.batch.crew import portions
from translate.batch.desk import Conditions, Deliveries, Delivery, Order, Refused, Wanted
from translate.batch.plan import Plan
from translate.batch.seats import CORES_EACH
from translate.cluster import session
from translate.cluster.feed import Feed
from translate.cluster.node import Node, conditions_of
from translate.engines import Progress
from translate.engines.device import parse
from translate.errors import EngineError

_UNDER_WAY = 3  # portions for each process: one at work, one waiting beside it, one on its way


@dataclass(frozen=True, slots=True)
class Size:
    """How many processes there are, at least and at most, and what each of them takes of its machine."""

    least: int
    most: int
    cpus_each: float
    gpus_each: float = 0.0

    def __post_init__(self) -> None:
        if not 1 <= self.least <= self.most:
            raise EngineError(f"{self.least} to {self.most} processes cannot be", hint="1:8, for example")


class Cluster:
    """Desks on every machine of a Ray cluster. To be closed, or used in a `with`.

    Args:
        address: `local` starts a cluster on this machine; else the address of one, or `auto`. Where Ray is
            connected already, as in a notebook, that cluster is used.
        plan: how each process makes its pipeline; models are loaded there.
        processes: how many, at least and at most; Ray starts more while there is work for them. As many as
            there is room for if absent.
        cpus_each, gpus_each: what a process takes of its machine; one GPU if there are some, else four cores.

    Raises EngineError if there is no such cluster, and what loading the models raises there.
    """

    def __init__(
        self,
        address: str,
        plan: Plan,
        *,
        processes: tuple[int, int] | None = None,
        cpus_each: float | None = None,
        gpus_each: float | None = None,
    ) -> None:
        self._session = session.begin(address)
        try:
            self.size = _size(session.resources(), plan.device, processes, cpus_each, gpus_each)
            on_cards = self.size.gpus_each and plan.device == "auto"
            self._plan = replace(plan, device="cuda") if on_cards else plan
            self.conditions: Conditions = session.once(conditions_of, self._plan, self._share)
        except BaseException:
            self.close()
            raise

    @property
    def _share(self) -> dict[str, Any]:
        """What Ray is told of each process."""
        threads = {"OMP_NUM_THREADS": str(max(1, int(self.size.cpus_each)))}
        return {
            "num_cpus": self.size.cpus_each,
            "num_gpus": self.size.gpus_each or None,
            "runtime_env": {"env_vars": {**session.variables(), **threads}},
        }

    def work(self, orders: Iterator[Order], wanted: Wanted, progress: Progress) -> Deliveries:
        """Deliveries as they come in."""
        rest = portions(orders, wanted)
        under_way: dict[int, Order] = {}
        while True:
            try:
                yield from self._round(rest, wanted, under_way, _UNDER_WAY * self.size.most)
                return
            except session.Died:
                yield from self._one_by_one(tuple(under_way.values()), wanted)
                under_way.clear()

    def _one_by_one(self, suspects: Sequence[Order], wanted: Wanted) -> Iterator[Delivery]:
        """What was under way when processes died for good; the document that does it is refused."""
        rest = ((order,) for order in suspects)
        under_way: dict[int, Order] = {}
        while True:
            try:
                yield from self._round(rest, wanted, under_way, 1)
                return
            except session.Died as err:
                for order in under_way.values():
                    yield Delivery((Refused(order.turn, EngineError(f"{order.name}: {err}")),))
                under_way.clear()

    def _round(
        self,
        rest: Iterator[tuple[Order, ...]],
        wanted: Wanted,
        under_way: dict[int, Order],
        most: int,
    ) -> Iterator[Delivery]:
        """The deliveries of `rest`, `most` portions at a time. Raises Died with what was `under_way`."""
        sent = 0
        with session.failures(), Feed() as feed:
            deliveries = session.stream(
                feed.source(), Node, (self._plan, wanted, self.conditions), self._pool
            )
            while True:
                while sent < most and (portion := next(rest, None)):
                    under_way.update((order.turn, order) for order in portion)
                    feed.put(pickle.dumps(portion, pickle.HIGHEST_PROTOCOL))
                    sent += 1
                if sent < most:
                    feed.end()
                if (cell := next(deliveries, None)) is None:
                    break
                sent -= 1
                delivery: Delivery = pickle.loads(cell)
                for document in delivery.documents:
                    del under_way[document.turn]
                yield delivery
        if under_way:
            raise session.Died("lost with its process")

    @property
    def _pool(self) -> dict[str, Any]:
        return {**self._share, "concurrency": (self.size.least, self.size.most)}

    def close(self) -> None:
        """Leave the cluster; one that was started for this is ended."""
        self._session.end()

    def __enter__(self) -> Cluster:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _size(
    resources: Mapping[str, float],
    device: str,
    processes: tuple[int, int] | None,
    cpus_each: float | None,
    gpus_each: float | None,
) -> Size:
    """A process for each GPU if GPUs may be used and there are some, else one for every four cores."""
    cards, cores = resources.get("GPU", 0.0), max(1.0, resources.get("CPU", 1.0))
    if gpus_each is None:
        gpus_each = 1.0 if cards >= 1 and parse(device)[0] in ("auto", "cuda") else 0.0
    if cpus_each is None:
        cpus_each = 1.0 if gpus_each else min(float(CORES_EACH), cores)
    if gpus_each > cards or cpus_each > cores:
        raise EngineError(
            f"the cluster has {cores:g} cores and {cards:g} GPUs, too few for one process",
            hint="--cpus-each, --gpus-each",
        )
    room = int(cards // gpus_each if gpus_each else cores // cpus_each)
    return Size(*(processes or (1, max(1, room))), cpus_each, gpus_each)
