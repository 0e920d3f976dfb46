"""What a pipeline is made of, as plain data. Plans travel to other processes and machines; models do not."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate import loading
from translate.domain import Lang
from translate.errors import FetchError
from translate.memory import Memory
from translate.pipeline import Pipeline
from translate.registry import ModelSpec, Registry, files, hub, places
from translate.registry.lock import locked
from translate.registry.mutex import Busy, exclusive
from translate.settings import Options
from translate.terms import Glossary

_PACKAGE = Path("package:/")  # what stands for the folder of the package, wherever that is
_FETCH_WAIT_S = 3600.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How to make one pipeline, the same wherever it is made.

    `models`: the entries of the models that are used, chosen once. `fetch`: a machine that lacks the files
    of one downloads them, once for all its processes. `memory`: where each process finds known translations.
    """

    targets: tuple[Lang, ...]
    models: tuple[ModelSpec, ...]
    names: tuple[str, ...]
    summarizer: str | None
    engine: str = "auto"
    device: str = "auto"
    beam: int | None = None
    options: Options = field(default_factory=Options)
    glossary: Glossary = field(default_factory=Glossary)
    memory: Path | None = None
    fetch: bool = False

    @classmethod
    def of(
        cls,
        to: str | Lang | Sequence[str | Lang] = (Lang.EN, Lang.ZH),
        *,
        model: str | Sequence[str] = (),
        summarizer: str | None = loading.BEST,
        engine: str = "auto",
        device: str = "auto",
        beam: int | None = None,
        models: Path | Registry | None = None,
        options: Options | None = None,
        glossary: Glossary | Sequence[str | Path] | None = (),
        memory: Path | None = None,
        fetch: bool = False,
    ) -> Plan:
        """A plan from the arguments of `translate.load`. Models are chosen here and now, nothing is loaded.

        Raises RegistryError for a model that is unknown, WeightsError if none is here and none was named.
        """
        registry = models if isinstance(models, Registry) else Registry.load(models)
        targets = loading.languages([to] if isinstance(to, str) else to)
        chosen = loading.choose(registry, targets, [model] if isinstance(model, str) else model)
        reader = loading.choose_summarizer(registry, summarizer)
        used = {spec.id: spec for spec in (*chosen.values(), *([reader] if reader else []))}
        return cls(
            targets=targets,
            models=tuple(_packed(spec, registry) for spec in used.values()),
            names=tuple(dict.fromkeys(spec.id for spec in chosen.values())),
            summarizer=reader.id if reader else None,
            engine=engine,
            device=device,
            beam=beam,
            options=options or Options(),
            glossary=loading.read_glossary(glossary),
            memory=memory,
            fetch=fetch,
        )

    def load(self) -> Pipeline:
        """The pipeline, on this machine. Raises what `translate.load` raises, and FetchError."""
        specs = tuple(map(_unpacked, self.models))
        if self.fetch:
            _fetch([part for spec in specs for part in (spec.parts or (spec,))])
        return loading.load(
            self.targets,
            model=self.names,
            summarizer=self.summarizer,
            engine=self.engine,
            device=self.device,
            beam=self.beam,
            models=Registry(specs, layers=()),
            glossary=self.glossary,
            memory=Memory.open(self.memory) if self.memory else None,
            options=self.options,
        )


def _packed(spec: ModelSpec, registry: Registry) -> ModelSpec:
    """The entry without what is true of this machine only, and with the commit that is locked here."""
    parts = tuple(_packed(part, registry) for part in spec.parts)
    path, home = spec.path, places.package()
    if path and path.is_relative_to(home):
        path = _PACKAGE / path.relative_to(home)
    entry = locked(spec, registry.env) if spec.hub else None
    revision = entry.revision if entry else spec.revision
    return replace(spec, parts=parts, path=path, revision=revision)


def _unpacked(spec: ModelSpec) -> ModelSpec:
    path = spec.path
    if path and path.is_relative_to(_PACKAGE):
        path = places.package() / path.relative_to(_PACKAGE)
    return replace(spec, parts=tuple(map(_unpacked, spec.parts)), path=path)


def _fetch(specs: Sequence[ModelSpec]) -> None:
    """Download what this machine lacks; other processes of it wait for that."""
    for spec in _lacking(specs):
        mutex = places.store(os.environ) / "models" / f".{spec.id}.batch"
        try:
            with exclusive(mutex, wait_s=_FETCH_WAIT_S):
                if not files.is_present(spec):
                    hub.fetch(spec)
        except Busy as err:
            raise FetchError(f"{spec.id}: another process has been fetching it for an hour") from err


def _lacking(specs: Sequence[ModelSpec]) -> Iterator[ModelSpec]:
    return (spec for spec in specs if spec.hub and not files.is_present(spec))
