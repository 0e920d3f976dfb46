"""A desk in a process of its own, asked and answering through pipes: `python -m translate.batch.worker`.

Messages are pickles: only the process that started this one can write to it. Its standard output is kept for
answers; whatever a library prints goes to standard error. It ends when its standard input does, so that it
never outlives the job.
"""

from __future__ import annotations

import os
import pickle
import sys
from typing import BinaryIO

from translate import collector
from translate.batch.desk import Conditions, Delivery, Desk, Order, Wanted
from translate.batch.plan import Plan
from translate.batch.pool import attempt
from translate.errors import TranslateError


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Load what the first message says, then answer every other one."""
    desk = attempt(lambda: _desk(pickle.load(asked)))
    _answer(answers, desk if isinstance(desk, TranslateError) else desk.conditions)
    while not isinstance(desk, TranslateError):
        try:
            orders, wanted = pickle.load(asked)
        except EOFError:
            return
        _answer(answers, attempt(lambda: delivered(desk, orders, wanted)))  # noqa: B023


def _desk(plan: Plan) -> Desk:
    return Desk(plan.load())


def delivered(desk: Desk, orders: tuple[Order, ...], wanted: Wanted) -> Delivery:
    """Everything that becomes of the orders, at once."""
    parts = list(desk.work(orders, wanted))
    return Delivery(
        tuple(document for part in parts for document in part.documents),
        sum(part.asked for part in parts),
        sum(part.translated for part in parts),
    )


def _answer(answers: BinaryIO, value: Conditions | Delivery | TranslateError) -> None:
    pickle.dump(value, answers, pickle.HIGHEST_PROTOCOL)
    answers.flush()


def main() -> None:
    collector.relax()
    with os.fdopen(os.dup(1), "wb") as answers:
        os.dup2(2, 1)
        try:
            serve(sys.stdin.buffer, answers)
        except BrokenPipeError:
            os._exit(1)  # the job is gone


if __name__ == "__main__":
    main()
