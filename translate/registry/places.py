"""Where models and their registry are on this machine: our store, the user's file, the hub's cache."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from translate.directories import cache, home, store

__all__ = [
    "cache",
    "hub_cache",
    "is_offline",
    "package",
    "packaged_registry",
    "store",
    "user_registry",
]

_TRUE = frozenset({"1", "true", "yes", "on"})


def user_registry(env: Mapping[str, str]) -> Path:
    """The user's own `models.yaml`, which need not exist."""
    if given := env.get("XDG_CONFIG_HOME"):
        directory = Path(given)
    elif sys.platform == "darwin":
        directory = home(env) / "Library" / "Application Support"
    elif sys.platform == "win32":
        directory = Path(env.get("APPDATA") or home(env) / "AppData" / "Roaming")
    else:
        directory = home(env) / ".config"
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
    above = Path(env["XDG_CACHE_HOME"]) if env.get("XDG_CACHE_HOME") else home(env) / ".cache"
    return above / "huggingface" / "hub"


def is_offline(env: Mapping[str, str]) -> str | None:
    """Name of the variable that forbids the network, or None if none does."""
    names = ("TRANSLATE_OFFLINE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")
    return next((name for name in names if env.get(name, "").strip().lower() in _TRUE), None)
