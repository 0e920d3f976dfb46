"""What runs on the machines of a cluster: Ray Data keeps one `Node` for each process, its models loaded."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

from translate.batch.desk import Conditions, Desk, Order, Wanted
from translate.batch.plan import Plan
from translate.batch.worker import delivered
from translate.errors import EngineError

Table = Mapping[str, Sequence[Any]]
"""Rows that travel: `portion` goes out, `delivery` comes back; each cell is a pickle."""


class Node:
    """A desk behind the interface that `map_batches` asks for."""

    def __init__(self, plan: Plan, wanted: Wanted, conditions: Conditions) -> None:
        desk = Desk(plan.load())
        if desk.conditions != conditions:
            ours, theirs = _told(desk.conditions), _told(conditions)
            raise EngineError(
                f"this node makes other results ({ours}) than the first one ({theirs})",
                hint="install the same version, models and kind of device on every node",
            )
        self._desk = desk
        self._wanted = wanted

    def __call__(self, rows: Table) -> dict[str, list[bytes]]:
        """The delivery of each portion."""
        return {"delivery": [self._deliver(portion) for portion in rows["portion"]]}

    def _deliver(self, portion: bytes) -> bytes:
        orders: tuple[Order, ...] = pickle.loads(portion)
        return pickle.dumps(delivered(self._desk, orders, self._wanted), pickle.HIGHEST_PROTOCOL)


def conditions_of(plan: Plan) -> Conditions:
    """How a node makes results. Loads the models, and fetches them if the plan says so."""
    return Desk(plan.load()).conditions


def _told(conditions: Conditions) -> str:
    return ", ".join(str(recipe) for recipe in conditions.recipes.values())
