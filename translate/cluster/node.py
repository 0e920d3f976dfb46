"""What runs on the machines of a cluster: Ray Data keeps one `Node` for each process, its models loaded."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

from translate.batch.desk import Conditions, Desk, Order, Wanted
from translate.batch.plan import Plan
from translate.batch.processes import Processes, Seat
from translate.errors import EngineError

Table = Mapping[str, Sequence[Any]]
"""Rows that travel: `portion` goes out, `delivery` comes back; each cell is a pickle."""


class Node:
    """A desk behind the interface that `map_batches` asks for.

    It works in a process of its own, as on one machine: a document that kills it is found there, and Ray has
    to make up only for machines that are lost.
    """

    def __init__(self, plan: Plan, wanted: Wanted, conditions: Conditions) -> None:
        self._desk = Processes(plan, [Seat()])
        self._wanted = wanted
        if self._desk.conditions != conditions:
            self._desk.close()
            ours, theirs = _told(self._desk.conditions), _told(conditions)
            raise EngineError(
                f"this node makes other results ({ours}) than the first one ({theirs})",
                hint="install the same version, models and kind of device on every node",
            )

    def __call__(self, rows: Table) -> dict[str, list[bytes]]:
        """The delivery of each portion."""
        return {"delivery": [self._deliver(portion) for portion in rows["portion"]]}

    def _deliver(self, portion: bytes) -> bytes:
        orders: tuple[Order, ...] = pickle.loads(portion)
        return pickle.dumps(self._desk.do(orders, self._wanted), pickle.HIGHEST_PROTOCOL)


def conditions_of(plan: Plan) -> Conditions:
    """How a node makes results. Loads the models, and fetches them if the plan says so."""
    return Desk(plan.load()).conditions


def _told(conditions: Conditions) -> str:
    return ", ".join(str(recipe) for recipe in conditions.recipes.values())
