"""What imports cost in processor time: `python -m benchmarks.speed.importing REPORT [ARGUMENT...]`.

`python -X importtime` uses a wall clock, which on a busy machine shows the others' work as well.
"""

from __future__ import annotations

import importlib.machinery as machinery
import json
import os
import sys
import threading
import time
from pathlib import Path
from types import ModuleType
from typing import Any

spent: dict[str, float] = {}


class _Inner(threading.local):
    """What the modules that are being imported have spent on others, of each thread."""

    def __init__(self) -> None:
        self.seconds: list[float] = []


_inner = _Inner()


def watch(loader: Any, method: str) -> None:
    """Note what `loader.method` takes for each module, without the modules that it imports in turn."""
    real = getattr(loader, method)

    def timed(self: Any, module: Any) -> Any:
        start = time.thread_time()
        _inner.seconds.append(0.0)
        try:
            return real(self, module)
        finally:
            total, inner = time.thread_time() - start, _inner.seconds.pop()
            name = module.__name__ if isinstance(module, ModuleType) else module.name  # else a spec
            spent[name] = spent.get(name, 0.0) + total - inner
            if _inner.seconds:
                _inner.seconds[-1] += total

    setattr(loader, method, timed)


def main() -> None:
    """Run the command, and write the report whatever way it ends."""
    report = Path(sys.argv.pop(1))
    watch(machinery.SourceFileLoader, "exec_module")
    watch(machinery.ExtensionFileLoader, "create_module")
    watch(machinery.ExtensionFileLoader, "exec_module")
    leave = os._exit

    def written(code: int) -> None:
        report.write_text(json.dumps(spent), encoding="utf-8")
        leave(code)

    os._exit = written  # type: ignore[assignment]  # the command may leave this way
    from translate.cli.app import main as command

    try:
        command()
    except SystemExit as end:
        written(end.code if isinstance(end.code, int) else 1)


if __name__ == "__main__":
    main()
