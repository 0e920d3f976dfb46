"""Where things are on this machine: our store, the user's registry file, the hub's cache."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

_TRUE = frozenset({"1", "true", "yes", "on"})


def store(env: Mapping[str, str]) -> Path:
    """Directory of everything we write: `$TRANSLATE_HOME`, or the platform's user data directory."""
    if given := env.get("TRANSLATE_HOME"):
        return Path(given).expanduser().absolute()
    if given := env.get("XDG_DATA_HOME"):
        return Path(given) / "translate"
    if sys.platform == "darwin":
        return _home(env) / "Library" / "Application Support" / "translate"
    if sys.platform == "win32":
        return Path(env.get("LOCALAPPDATA") or _home(env) / "AppData" / "Local") / "translate"
    return _home(env) / ".local" / "share" / "translate"


def cache(env: Mapping[str, str]) -> Path:
    """Directory of what can be made again: `$TRANSLATE_HOME/cache`, or the platform's cache directory."""
    if env.get("TRANSLATE_HOME"):
        return store(env) / "cache"
    if given := env.get("XDG_CACHE_HOME"):
        return Path(given) / "translate"
    if sys.platform == "darwin":
        return _home(env) / "Library" / "Caches" / "translate"
    if sys.platform == "win32":
        return store(env) / "cache"
    return _home(env) / ".cache" / "translate"


def user_registry(env: Mapping[str, str]) -> Path:
    """The user's own `models.yaml`, which need not exist."""
    if given := env.get("XDG_CONFIG_HOME"):
        directory = Path(given)
    elif sys.platform == "darwin":
        directory = _home(env) / "Library" / "Application Support"
    elif sys.platform == "win32":
        directory = Path(env.get("APPDATA") or _home(env) / "AppData" / "Roaming")
    else:
        directory = _home(env) / ".config"
    return directory / "translate" / "models.yaml"


def package() -> Path:
    """Directory of the installed package: what `package:` paths in a registry file start from."""
    return Path(__file__).resolve().parent.parent


def packaged_registry() -> Path:
    """The registry file we ship: inside a wheel, or beside the package in a checkout."""
    inside = package() / "models.yaml"
    return inside if inside.is_file() else package().parent / "models.yaml"


def hub_cache(env: Mapping[str, str]) -> Path:
    """Download cache that other Hugging Face programs fill; the same variables decide where it is."""
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE"):
        if given := env.get(name):
            return Path(given).expanduser()
    if given := env.get("HF_HOME"):
        return Path(given).expanduser() / "hub"
    cache = Path(env["XDG_CACHE_HOME"]) if env.get("XDG_CACHE_HOME") else _home(env) / ".cache"
    return cache / "huggingface" / "hub"


def is_offline(env: Mapping[str, str]) -> str | None:
    """Name of the variable that forbids the network, or None if none does."""
    names = ("TRANSLATE_OFFLINE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    return next((name for name in names if env.get(name, "").strip().lower() in _TRUE), None)


def _home(env: Mapping[str, str]) -> Path:
    return Path(env["HOME"]) if env.get("HOME") else Path.home()
