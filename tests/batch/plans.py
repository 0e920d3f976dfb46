"""Plans of fakes that go wrong on purpose, for processes that are not this one."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.batch.wire import QUICK
from tests.fakes import LeadSummarizer, ShoutEngine, pipeline
from translate.batch.plan import Plan
from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.errors import EngineError
from translate.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class ShoutPlan(Plan):
    """Pipelines that shout.

    `poison`: a sentence with it kills the process, if there is `cure` only as long as that file is not there.
    `diary`: a folder in which every process leaves a file named after its GPU and its cores. `pause_s`: how
    long each call takes. `broken`: it cannot be loaded.
    """

    targets: tuple[Lang, ...] = (Lang.EN, Lang.ZH)
    models: tuple[()] = ()
    names: tuple[str, ...] = ()
    summarizer: str | None = None
    poison: str | None = None
    cure: Path | None = None
    diary: Path | None = None
    pause_s: float = 0.0
    broken: bool = False

    def load(self) -> Pipeline:
        if self.broken:
            raise EngineError("the device is broken")
        if self.diary:
            seen = (os.environ.get(name, "") for name in ("CUDA_VISIBLE_DEVICES", "OMP_NUM_THREADS"))
            (self.diary / "-".join((str(os.getpid()), *seen))).touch()
        engine = _Mortal(self)
        return pipeline({Lang.EN: engine, Lang.ZH: engine}, LeadSummarizer(), QUICK)


class _Mortal(ShoutEngine):
    def __init__(self, plan: ShoutPlan) -> None:
        super().__init__()
        self._plan = plan

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        time.sleep(self._plan.pause_s)
        poison, cure = self._plan.poison, self._plan.cure
        if poison and any(poison in sentence for sentence in sentences) and not (cure and cure.exists()):
            if cure:
                cure.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return super().translate(sentences, target, progress)
