"""One system in a process of its own: `python -m benchmarks.speed.worker SYSTEM MODEL OPTIONS`.

It loads MODEL, then answers one line of JSON per line of JSON: {"sentences": [...]} becomes seconds, peak
memory and answers. {"sentences": [...], "change": {...}} changes options first, where the system can. Only
the standard library is imported here: a system may live in an environment that has nothing of ours.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from pathlib import Path
from typing import IO, Any


def peak_mib() -> float:
    """The most memory this process has had."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):  # not on Linux
        unit = 2**20 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def serve(system: Any, requests: IO[str], replies: IO[str]) -> None:
    """Answer requests until there are no more."""
    for line in requests:
        request = json.loads(line)
        sentences = request["sentences"]
        if change := request.get("change"):
            system.change(change)
        wall, cpu = time.perf_counter(), time.process_time()
        answers = system.translate(sentences)
        reply = {
            "wall_s": time.perf_counter() - wall,
            "cpu_s": time.process_time() - cpu,
            "peak_mib": peak_mib(),
            "answers": answers,
        }
        replies.write(json.dumps(reply) + "\n")
        replies.flush()


def main() -> None:
    name, model, options = sys.argv[1:]
    replies = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print must not get between the replies
    module = importlib.import_module(f"benchmarks.speed.systems.{name}")
    system = module.load(Path(model), json.loads(options))
    about = {"cpu_s": time.process_time(), "versions": module.versions()}
    replies.write(json.dumps(about) + "\n")
    replies.flush()
    serve(system, sys.stdin, replies)


if __name__ == "__main__":
    main()
