"""What `models.yaml` says about one model, as a frozen value. Plain data: it travels, models do not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from translate.domain import Lang


class Task(StrEnum):
    TRANSLATE = "translate"
    SUMMARIZE = "summarize"


@dataclass(frozen=True, slots=True)
class Decode:
    """Decoding settings. `None` keeps what the checkpoint's own generation config says.

    `length_penalty`: for all targets, or for some of them. `lexicon`: rare words are given to the model.
    `aligned`: its first head was trained to align, so that it can tell what it looked at.
    """

    beam: int | None = None
    length_penalty: float | Mapping[Lang, float] | None = None
    no_repeat_ngram: int | None = None
    max_new_tokens: int | None = None
    lexicon: bool | None = None
    aligned: bool | None = None

    def __str__(self) -> str:
        """All but the beam in short, for a recipe: `l=zh1.8,n=3,x`; empty if the checkpoint decides."""
        given = self.length_penalty
        some = sorted(given.items()) if isinstance(given, Mapping) else ()
        penalty = "".join(f"{lang}{value:g}" for lang, value in some) or given
        said = {
            "l": penalty,
            "n": self.no_repeat_ngram,
            "t": self.max_new_tokens,
            "x": self.lexicon or None,
            "a": self.aligned or None,
        }
        return ",".join(
            key if value is True else f"{key}={value}" for key, value in said.items() if value is not None
        )


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may ask of the model, in its own pieces (tokens), `</s>` included."""

    max_source_tokens: int = 512
    max_target_tokens: int = 512


@dataclass(frozen=True, slots=True)
class Probe:
    """A sentence every load translates, to notice broken weights (docs/models.md).

    Passes if the answer for `target` contains one of `expect`, compared case-folded.
    """

    text: str
    target: Lang
    expect: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One entry of the registry.

    Exactly one of `hub`, `path`, `via` and `builtin` is set: a hub repository, a local directory, a chain
    of two registered models (fr→en, en→zh), or (summarisers only) the name of our own method.
    `parts` are the two models of `via`, resolved, so that a spec can be used without its registry.
    `targets` maps each language to the source prefix that selects it (`""` for a one-target model).
    For summarisers, `targets` holds the language(s) they read and write, and `source` the first one.
    """

    id: str
    task: Task
    source: Lang
    targets: Mapping[Lang, str]
    hub: str | None = None
    path: Path | None = None
    via: tuple[str, str] | None = None
    builtin: str | None = None
    revision: str | None = None
    decode: Decode = field(default_factory=Decode)
    limits: Limits = field(default_factory=Limits)
    licence: str | None = None
    size_mb: int | None = None
    aliases: tuple[str, ...] = ()
    rank: int = 0
    probe: Probe | None = None
    notes: str | None = None
    parts: tuple[ModelSpec, ...] = ()
