"""Which machine measured, and with what installed: a figure without these says nothing."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("translate-dispatch", "ctranslate2", "torch", "transformers", "sentencepiece", "numpy")
_MODELS = {("AuthenticAMD", 25, 17): "AMD EPYC, Zen 4", ("AuthenticAMD", 26, 2): "AMD EPYC, Zen 5"}


def described() -> dict[str, object]:
    """Processor, cores, memory, versions, and how busy the machine was when asked."""
    return {
        "processor": processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: found for name in _PACKAGES if (found := _version(name))},
        "load": round(os.getloadavg()[0], 1),
        "date": datetime.now(UTC).isoformat(timespec="minutes"),
    }


def processor() -> str:
    """Its name; where a virtual machine hides it, the family that it belongs to."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").split("\n\n", 1)[0].splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    facts = {key.strip(): value.strip() for key, _, value in (line.partition(":") for line in lines)}
    name = facts.get("model name", platform.machine())
    family = (facts.get("vendor_id", ""), int(facts.get("cpu family", 0)), int(facts.get("model", 0)))
    return _MODELS.get(family, name) if name in ("AMD EPYC", "unknown") else name


def card(number: str) -> str | None:
    """The name of an NVIDIA card, if its tool is there. `number`: or the card's id."""
    command = ["nvidia-smi", "--query-gpu=name", "--format=csv,noheader", "-i", number]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip() or None


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
