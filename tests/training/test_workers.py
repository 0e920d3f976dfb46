"""Workers end with the process that started them, even if nobody could tell them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

SCRIPT = """
import multiprocessing, sys, time
from pathlib import Path
from training.command import end_with_parent

def work(told):
    end_with_parent()
    Path(told).touch()
    while True:
        time.sleep(0.02)
        Path(told).touch()

if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=work, args=(told,)) for told in sys.argv[1:]]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
"""


def test_a_killed_run_leaves_no_worker_behind(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT, encoding="utf-8")
    told = [tmp_path / "one", tmp_path / "two"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, script, *told], env=environment)
    try:
        wait_until(lambda: all(file.exists() for file in told))
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
    wait_until(lambda: all(time.time() - file.stat().st_mtime > 0.5 for file in told))


def wait_until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.05)
