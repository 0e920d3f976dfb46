"""Several processes on one machine: the same bytes, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import translate
from tests.batch.plans import ShoutPlan
from tests.batch.wire import QUICK, job, tree, write_wire
from tests.fakes import LeadSummarizer, pipeline
from translate.batch import Plan, Processes, Seat, run_batch, seats
from translate.batch.desk import Conditions, Order, Wanted
from translate.errors import EngineError
from translate.outputs import Format

TWO = (Seat(), Seat())
DOCUMENTS = 24


@pytest.fixture
def many(room: Path) -> Path:
    write_wire(room / "wire", DOCUMENTS)
    return room / "wire"


@pytest.fixture
def expected(many: Path, room: Path) -> dict[str, bytes]:
    """What one process makes of it."""
    used = pipeline(summarizer=LeadSummarizer(), options=QUICK)
    job([many], room / "alone", used=used, jsonl=room / "alone/all.jsonl")
    return tree(room / "alone")


def test_the_same_bytes_as_alone(many: Path, room: Path, expected: dict[str, bytes]) -> None:
    with Processes(ShoutPlan(), TWO) as crew:
        report = job([many], room / "out", used=crew, jsonl=room / "out/all.jsonl")
        pids = crew.pids
    assert (report.done, report.failed) == (DOCUMENTS, 0) and len(set(pids)) == 2
    assert tree(room / "out") == expected
    assert job([many], room / "out", jsonl=room / "out/all.jsonl").skipped == DOCUMENTS, "one recipe"


def test_a_killed_process_is_replaced_and_nothing_is_lost(
    many: Path, room: Path, expected: dict[str, bytes]
) -> None:
    killed: list[int] = []
    with Processes(ShoutPlan(pause_s=0.05), TWO) as crew:

        class Killer:
            def changed(self, tally: object) -> None:
                if getattr(tally, "done", 0) >= 4 and not killed:
                    killed.append(crew.pids[0])
                    os.kill(killed[0], signal.SIGKILL)

        report = run_batch(
            [many],
            room / "out",
            crew,
            combined=[room / "out/all.jsonl"],
            watcher=Killer(),
            window_sentences=4,
        )
        after = crew.pids
    assert killed and killed[0] not in after and len(after) == 2
    assert (report.done, report.failed) == (DOCUMENTS, 0)
    assert tree(room / "out") == expected


def test_a_document_that_kills_fails_alone(many: Path, room: Path, expected: dict[str, bytes]) -> None:
    with Processes(ShoutPlan(poison="accord 7 "), TWO) as crew:
        report = job([many], room / "out", used=crew, window=6)
    (failure,) = report.failures
    assert failure.id == "matin/brief07.txt" and "2 processes died on it (signal 9)" in failure.reason
    found = tree(room / "out")
    assert len(found) == DOCUMENTS - 1 and found.items() <= expected.items()


def test_what_kills_only_once_is_done(many: Path, room: Path) -> None:
    with Processes(ShoutPlan(poison="accord 7 ", cure=room / "cure"), TWO) as crew:
        report = job([many], room / "out", used=crew)
    assert (report.done, report.failed) == (DOCUMENTS, 0) and (room / "cure").exists()


def test_what_cannot_be_loaded_is_told_as_it_is() -> None:
    with pytest.raises(EngineError, match="the device is broken"):
        Processes(ShoutPlan(broken=True), TWO)


def test_every_process_has_a_gpu_of_its_own(many: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.engines.ct2_machine.cuda_cards", lambda: 3)
    (room / "diary").mkdir()
    with Processes(ShoutPlan(diary=room / "diary"), seats("auto", env={})):
        pass
    assert sorted(path.name.split("-")[1] for path in (room / "diary").iterdir()) == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("device", "processes", "env", "wanted"),
    [
        ("auto", None, {}, ["0", "1", "2"]),
        ("cuda", 2, {}, ["0", "1"]),
        ("auto", None, {"CUDA_VISIBLE_DEVICES": "GPU-a,7,9"}, ["GPU-a", "7", "9"]),
        ("cuda:1", None, {}, [None]),
    ],
)
def test_seats_on_gpus(
    device: str,
    processes: int | None,
    env: dict[str, str],
    wanted: list[str | None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("translate.engines.ct2_machine.cuda_cards", lambda: 3)
    found = seats(device, processes, env)
    assert [seat.variables.get("CUDA_VISIBLE_DEVICES") for seat in found] == wanted


def test_more_processes_than_gpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("translate.engines.ct2_machine.cuda_cards", lambda: 3)
    with pytest.raises(EngineError, match="4 processes for 3 GPUs"):
        seats("auto", 4, {})


@pytest.mark.parametrize(
    ("cores", "processes", "wanted"),
    [
        (1, None, ["1"]),
        (2, None, ["2"]),
        (7, None, ["7"]),
        (16, None, ["4"] * 4),
        (16, 3, ["5"] * 3),
        (2, 4, ["1"] * 4),
    ],
)
def test_seats_on_cores(
    cores: int, processes: int | None, wanted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("translate.engines.ct2_machine.cuda_cards", lambda: 0)
    monkeypatch.setattr("translate.engines.ct2_machine.cores", lambda env: cores)
    assert [seat.variables["OMP_NUM_THREADS"] for seat in seats("cpu", processes, {})] == wanted


def test_a_plan_is_the_pipeline_it_describes(tiny: Path, room: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a process of its own: the model, the glossary and the options arrive there."""
    monkeypatch.setenv("TRANSLATE_HOME", str(room / "store"))
    write_wire(room / "wire", 4)
    plan = Plan.of("en", models=tiny, engine="ct2", beam=2, options=translate.Options(sentences=1))
    here = translate.load("en", models=tiny, engine="ct2", beam=2, options=translate.Options(sentences=1))
    job([room / "wire"], room / "here", used=here)
    with Processes(plan, [Seat()]) as crew:
        assert crew.conditions.digest(Wanted()) == Conditions.of(here).digest(Wanted())
        job([room / "wire"], room / "there", used=crew)
    assert tree(room / "there") == tree(room / "here")
    assert any(b'"tiny"' in data for data in tree(room / "here").values())


def test_models_of_the_package_are_found_wherever_it_is(monkeypatch: pytest.MonkeyPatch, room: Path) -> None:
    plan = Plan.of("en", summarizer=None)
    (model,) = plan.models
    assert model.path and model.path.as_posix() == "package:/weights/embedded"
    assert plan.load().recipes


SCRIPT = """
import sys
from pathlib import Path
from tests.batch.plans import ShoutPlan
from tests.batch.wire import job
from translate.batch import Processes, Seat

with Processes(ShoutPlan(pause_s=0.2), [Seat(), Seat()]) as crew:
    print(*crew.pids, flush=True)
    output = Path(sys.argv[2])
    job([sys.argv[1]], output, used=crew, jsonl=output / "all.jsonl", window=2)
"""


def test_killed_with_its_processes_a_job_goes_on(many: Path, room: Path, expected: dict[str, bytes]) -> None:
    command = [sys.executable, "-c", SCRIPT, str(many), str(room / "out")]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as started:
        assert started.stdout
        pids = [int(pid) for pid in started.stdout.readline().split()]
        assert wait_for(lambda: any((room / "out").rglob("*.json")))
        started.kill()
    assert wait_for(lambda: not any(is_alive(pid) for pid in pids)), "no process outlives its job"
    assert len(tree(room / "out")) < DOCUMENTS + 1
    with Processes(ShoutPlan(), TWO) as crew:
        report = job([many], room / "out", used=crew, jsonl=room / "out/all.jsonl")
    assert report.skipped and report.skipped + report.done == DOCUMENTS
    assert tree(room / "out") == expected


def wait_for(done: Callable[[], bool], at_most_s: float = 60) -> bool:
    give_up = time.monotonic() + at_most_s
    while not done():
        if time.monotonic() > give_up:
            return False
        time.sleep(0.02)
    return True


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_a_job_that_fails_leaves_no_process_and_no_thread(many: Path, room: Path) -> None:
    before = threading.active_count()
    with Processes(ShoutPlan(pause_s=0.1), TWO) as crew, pytest.raises(KeyboardInterrupt):
        pids = crew.pids
        for _ in crew.work(_interrupted(), Wanted((Format.TXT,), window_sentences=1), lambda done: None):
            pass
    assert wait_for(lambda: not any(is_alive(pid) for pid in pids))
    assert wait_for(lambda: threading.active_count() == before)


def _interrupted() -> Iterator[Order]:
    for turn in range(6):
        yield Order(turn, "a", "Le ministre a parlé de la paix dans le pays. ".encode() * 3)
    raise KeyboardInterrupt
