"""Scores that others have published, from `published.yaml`: shown beside ours, never mixed with them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from translate.domain import Lang


@dataclass(frozen=True, slots=True)
class Published:
    """One published score. `caveat` says how far it may be compared; `origin` who measured it."""

    system: str
    set: str
    source: Lang
    target: Lang
    origin: str
    caveat: str
    bleu: float | None = None
    chrf: float | None = None
    comet: float | None = None


def read_published(target: Lang | None = None) -> tuple[Published, ...]:
    """Every published score (into `target`), table by table, best first within a set."""
    import yaml

    text = files("translate.evaluate").joinpath("published.yaml").read_text(encoding="utf-8")
    return tuple(
        Published(
            source=Lang(table["source"]),
            target=Lang(table["target"]),
            origin=table["origin"],
            caveat=table["caveat"],
            **entry,
        )
        for table in yaml.safe_load(text)["tables"]
        if target is None or table["target"] == target
        for entry in table["scores"]
    )
