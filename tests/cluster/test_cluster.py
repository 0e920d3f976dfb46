"""A real Ray cluster on this machine: the same bytes as one process, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.batch.conftest import room  # noqa: F401
from tests.batch.plans import ShoutPlan
from tests.batch.test_batch_processes import wait_for
from tests.batch.wire import QUICK, job, tree, write_wire
from tests.fakes import LeadSummarizer, pipeline
from translate.errors import EngineError

pytest.importorskip("ray", reason="Ray is not installed: pip install 'translate-dispatch[cluster]'")

from translate.cluster import Cluster

pytestmark = [
    pytest.mark.timeout(600),
    pytest.mark.filterwarnings("ignore"),  # Ray's own
]
DOCUMENTS = 24


@pytest.fixture
def many(room: Path) -> Path:  # noqa: F811
    write_wire(room / "wire", DOCUMENTS)
    return room / "wire"


@pytest.fixture
def expected(many: Path, room: Path) -> dict[str, bytes]:  # noqa: F811
    used = pipeline(summarizer=LeadSummarizer(), options=QUICK)
    job([many], room / "alone", used=used, jsonl=room / "alone/all.jsonl")
    return tree(room / "alone")


def cluster(plan: ShoutPlan) -> Cluster:
    return Cluster("local", plan, processes=(2, 2), cpus_each=1)


def test_the_same_bytes_and_a_process_killed_in_the_middle(
    many: Path,
    room: Path,  # noqa: F811
    expected: dict[str, bytes],
) -> None:
    """And a document that always kills fails alone. One cluster for all: it takes long to begin."""
    (room / "diary").mkdir()
    with cluster(ShoutPlan(diary=room / "diary", pause_s=0.1)) as crew:
        killed: list[int] = []

        def deliveries(*asked: object) -> Iterator[object]:
            for number, delivery in enumerate(Cluster.work(crew, *asked)):  # type: ignore[arg-type]
                yield delivery
                if number == 3:
                    killed.append(max(int(path.name.split("-")[0]) for path in (room / "diary").iterdir()))
                    os.kill(killed[0], signal.SIGKILL)

        crew.work = deliveries  # type: ignore[method-assign, assignment]
        report = job([many], room / "out", used=crew, jsonl=room / "out/all.jsonl")
    assert killed and (report.done, report.failed) == (DOCUMENTS, 0)
    pids = {path.name.split("-")[0] for path in (room / "diary").iterdir()}
    assert len(pids) >= 4, "one to ask, two to work, one in place of the killed"
    assert tree(room / "out") == expected
    assert job([many], room / "out", jsonl=room / "out/all.jsonl").skipped == DOCUMENTS, "one recipe"


def test_a_document_that_kills_fails_alone(many: Path, room: Path) -> None:  # noqa: F811
    with cluster(ShoutPlan(poison="accord 7 ")) as crew:
        report = job([many], room / "out", used=crew, window=6)
    (failure,) = report.failures
    assert failure.id == "matin/brief07.txt" and "died" in failure.reason
    assert report.done == DOCUMENTS - 1


SCRIPT = """
import sys
from pathlib import Path
from tests.batch.plans import ShoutPlan
from tests.batch.wire import job
from translate.cluster import Cluster

with Cluster("local", ShoutPlan(pause_s=0.3), processes=(1, 2), cpus_each=1) as crew:
    output = Path(sys.argv[2])
    job([sys.argv[1]], output, used=crew, jsonl=output / "all.jsonl", window=2)
"""


def test_after_its_driver_is_killed_a_job_goes_on(
    many: Path,
    room: Path,  # noqa: F811
    expected: dict[str, bytes],
) -> None:
    command = [sys.executable, "-c", SCRIPT, str(many), str(room / "out")]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stderr=subprocess.DEVNULL) as started:
        assert wait_for(lambda: any((room / "out").rglob("*.json")), at_most_s=300)
        started.kill()
    found = len(tree(room / "out"))
    assert 0 < found < DOCUMENTS
    subprocess.run(command, cwd=root, check=True)
    assert tree(room / "out") == expected


def test_no_such_cluster() -> None:
    with pytest.raises(EngineError, match=r"no Ray cluster at 127\.0\.0\.1:1"):
        Cluster("127.0.0.1:1", ShoutPlan())


def test_a_cluster_too_small_for_one_process() -> None:
    from translate.cluster.crew import _size

    with pytest.raises(EngineError, match="too few for one process"):
        _size({"CPU": 4.0}, "auto", None, 8.0, None)
    on_cards = _size({"CPU": 96.0, "GPU": 8.0}, "auto", None, None, None)
    assert (on_cards.most, on_cards.cpus_each, on_cards.gpus_each) == (8, 1.0, 1.0)
    on_cores = _size({"CPU": 96.0, "GPU": 8.0}, "cpu", None, None, None)
    assert (on_cores.least, on_cores.most, on_cores.cpus_each, on_cores.gpus_each) == (1, 24, 4.0, 0.0)
    assert _size({"CPU": 2.0}, "auto", (2, 5), None, None).most == 5
