"""Where this program keeps things on this machine: what it must not lose, and what can be made again."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path


def store(env: Mapping[str, str]) -> Path:
    """Directory of everything we write: `$TRANSLATE_HOME`, or the platform's user data directory."""
    if given := env.get("TRANSLATE_HOME"):
        return Path(given).expanduser().absolute()
    if given := env.get("XDG_DATA_HOME"):
        return Path(given) / "translate"
    if sys.platform == "darwin":
        return home(env) / "Library" / "Application Support" / "translate"
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or home(env) / "AppData" / "Local") / "translate"
    return home(env) / ".local" / "share" / "translate"


def cache(env: Mapping[str, str]) -> Path:
    """Directory of what can be made again: `$TRANSLATE_HOME/cache`, or the platform's cache directory."""
    if env.get("TRANSLATE_HOME"):
        return store(env) / "cache"
    if given := env.get("XDG_CACHE_HOME"):
        return Path(given) / "translate"
    if sys.platform == "darwin":
        return home(env) / "Library" / "Caches" / "translate"
    if sys.platform == "win32":
        return store(env) / "cache"
    return home(env) / ".cache" / "translate"


def memory(env: Mapping[str, str]) -> Path:
    """The user's translation memory: `$TRANSLATE_MEMORY_FILE`, or `memory.sqlite` in `store`."""
    if given := env.get("TRANSLATE_MEMORY_FILE"):
        return Path(given).expanduser()
    return store(env) / "memory.sqlite"


def home(env: Mapping[str, str]) -> Path:
    """The user's home directory."""
    return Path(env["HOME"]) if env.get("HOME") else Path.home()
