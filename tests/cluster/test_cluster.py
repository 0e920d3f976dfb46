"""A real Ray cluster on this machine: the same bytes as one process, whoever dies meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import translate
from tests.bands import require_bands, write_dispatches
from tests.batch.conftest import room  # noqa: F401
from tests.batch.plans import ShoutPlan
from tests.batch.test_batch_processes import wait_for
from tests.batch.wire import QUICK, job, tree, write_wire
from tests.fakes import LeadSummarizer, pipeline

pytest.importorskip("ray", reason="Ray is not installed: pip install 'translate-dispatch[cluster]'")

from translate.batch.plan import Plan
from translate.cluster import Cluster
from translate.domain import Lang

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


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a cluster on this machine, started once: that takes long."""
    import ray

    from translate.cluster import session

    started = session.begin("local")
    yield ray.get_runtime_context().gcs_address
    started.end()


def cluster(address: str, plan: Plan) -> Cluster:
    return Cluster(address, plan, processes=(2, 2), cpus_each=1)


@pytest.mark.parametrize("ray_itself", [False, True], ids=["a desk is killed", "a process of Ray is killed"])
def test_the_same_bytes_whoever_is_killed_in_the_middle(
    address: str,
    many: Path,
    room: Path,  # noqa: F811
    expected: dict[str, bytes],
    ray_itself: bool,
) -> None:
    (room / "diary").mkdir()
    with cluster(address, ShoutPlan(diary=room / "diary", pause_s=0.1)) as crew:
        killed: list[int] = []
        asked_for_terms = pids(room / "diary")

        def deliveries(*asked: object) -> Iterator[object]:
            for number, delivery in enumerate(Cluster.work(crew, *asked)):  # type: ignore[arg-type]
                yield delivery
                if number == 1:
                    desk = min(pids(room / "diary") - asked_for_terms)
                    killed.append(parent(desk) if ray_itself else desk)
                    os.kill(killed[0], signal.SIGKILL)

        crew.work = deliveries  # type: ignore[method-assign, assignment]
        report = job([many], room / "out", used=crew, jsonl=room / "out/all.jsonl", window=1)
    assert killed and (report.done, report.failed) == (DOCUMENTS, 0)
    assert len(pids(room / "diary")) >= 4, "one to ask, two to work, one in place of the killed"
    assert tree(room / "out") == expected
    assert job([many], room / "out", jsonl=room / "out/all.jsonl").skipped == DOCUMENTS, "one recipe"


def pids(diary: Path) -> set[int]:
    return {int(path.name.split("-")[0]) for path in diary.iterdir()}


def parent(pid: int) -> int:
    """The process of Ray that keeps a desk."""
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def test_a_document_that_kills_fails_alone(address: str, room: Path) -> None:  # noqa: F811
    write_wire(room / "wire", 6)
    with cluster(address, ShoutPlan(poison="accord 3 ")) as crew:
        report = job([room / "wire"], room / "out", used=crew)
    (failure,) = report.failures
    assert failure.id == "matin/brief03.txt" and "processes died on it" in failure.reason
    assert report.done == 5


SCRIPT = """
import sys
from pathlib import Path
from tests.batch.plans import ShoutPlan
from tests.batch.wire import job
from translate.cluster import Cluster

wire, output, address, pause_s = sys.argv[1:]
with Cluster(address, ShoutPlan(pause_s=float(pause_s)), processes=(2, 2), cpus_each=1) as crew:
    job([wire], Path(output), used=crew, jsonl=Path(output) / "all.jsonl", window=2)
"""


def test_after_its_driver_is_killed_a_job_goes_on(
    address: str,
    many: Path,
    room: Path,  # noqa: F811
    expected: dict[str, bytes],
) -> None:
    command = [sys.executable, "-c", SCRIPT, str(many), str(room / "out"), address]
    root = Path(__file__).parents[2]
    with subprocess.Popen([*command, "0.5"], cwd=root, stderr=subprocess.DEVNULL) as started:
        assert wait_for(lambda: any((room / "out").rglob("*.json")), at_most_s=300)
        started.kill()
    found = len(tree(room / "out"))
    assert 0 < found < DOCUMENTS
    subprocess.run([*command, "0"], cwd=root, check=True)
    assert tree(room / "out") == expected
    report = json.loads((room / "out/report.json").read_text("utf-8"))
    assert report["skipped"] >= 1 and report["done"] + report["skipped"] == DOCUMENTS


def test_the_embedded_model_says_the_same_on_a_cluster(address: str, room: Path) -> None:  # noqa: F811
    """To the last byte, scores too, although its documents share batches with others there."""
    alone = translate.load("en", model="embedded", engine="ct2", device="cpu")
    require_bands(alone.engines[Lang.EN])
    write_dispatches(room / "wire")
    job([room / "wire"], room / "alone", used=alone, window=1000)
    with cluster(address, Plan.of("en", model="embedded", engine="ct2", device="cpu")) as crew:
        report = job([room / "wire"], room / "out", used=crew, window=2)
    assert (report.done, report.failed) == (6, 0)
    assert tree(room / "out") == tree(room / "alone")
