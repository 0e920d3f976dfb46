"""Which models to use, and a pipeline with them loaded: `translate.load`.

An engine is what takes longest: what else the pipeline needs is imported when that is on its way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from translate import __version__, engines
from translate.domain import Lang, Recipe
from translate.engines import Engine, LoadedEngine
from translate.engines.ahead import Ahead
from translate.errors import RegistryError
from translate.registry import ModelSpec, Registry, Task, files
from translate.settings import Options

if TYPE_CHECKING:
    from translate.memory import Lenient, Memory
    from translate.pipeline import Pipeline
    from translate.summaries import Embed, Summarizer
    from translate.terms import Glossary

BEST = "auto"
"""The summarizer of the highest rank that is present."""


def load(
    to: str | Lang | Sequence[str | Lang] = (Lang.EN, Lang.ZH),
    *,
    model: str | Sequence[str] = (),
    summarizer: str | None = BEST,
    engine: str = "auto",
    device: str = "auto",
    beam: int | None = None,
    models: Path | Registry | None = None,
    glossary: Glossary | Sequence[str | Path] | None = (),
    memory: Memory | Lenient | None = None,
    options: Options | None = None,
    soon: Callable[[], Sequence[str]] | None = None,
) -> Pipeline:
    """A pipeline with its models loaded, ready for any number of dispatches.

    Args:
        to: target languages, `en` and `zh`.
        model: translation model, or one per target; the best one present for targets without.
        summarizer: which one; `None` for no summaries.
        engine: what runs the models: `auto`, `ct2` or `torch`.
        device: `auto`, `cpu`, `cuda`, `cuda:N` or `mps`.
        beam: beam width, instead of each model's own.
        models: a `models.yaml` whose entries go before all others, or a registry.
        glossary: files whose terms go before those that ship with the package, the last file first; a
            whole glossary instead of both; `None` for no terms.
        memory: where known translations are looked up and new ones kept.
        options: length of the summary, limits and the like.
        soon: gives sentences that will be asked for. An engine that several threads may ask begins with them
            as soon as it is loaded, and everything else is made ready meanwhile.

    Raises:
        InputError: a glossary that cannot be used.
        RegistryError: unknown model, or one that does not write any of the targets.
        WeightsError: its files are missing, corrupt or changed.
        EngineError: it cannot be loaded or the device is not there.
    """
    registry = models if isinstance(models, Registry) else Registry.load(models)
    targets = languages([to] if isinstance(to, str) else to)
    chosen = choose(registry, targets, [model] if isinstance(model, str) else model)
    engine = engines.fastest(device) if engine == "auto" else engine
    own = read_glossary(glossary) if glossary else None  # what is wrong with it is told at once
    engines.imported(engine)
    beside = ThreadPoolExecutor(1)  # much of the time that loading an engine takes is not Python's
    try:
        loading = beside.submit(_load_engines, chosen.values(), engine=engine, device=device, beam=beam)
        begun = beside.submit(lambda: _begun(chosen, loading.result(), soon()) if soon else {})
        terms = own or read_glossary(glossary)
        digest = terms.digest if terms.terms else None
        reads = chosen[targets[0]].id
        reader = _summarizer(registry, summarizer, lambda texts: loading.result()[reads].embed(texts), device)
        from translate.pipeline import Pipeline

        loaded, early = loading.result(), begun.result()
    finally:
        beside.shutdown(wait=False)  # what is wrong elsewhere is told without waiting for the engine
    return Pipeline(
        engines={target: early.get(spec.id, loaded[spec.id]) for target, spec in chosen.items()},
        recipes={target: _recipe(spec, loaded[spec.id], digest) for target, spec in chosen.items()},
        summarizer=reader,
        options=options or Options(),
        notices=(*terms.notices, *dict.fromkeys(text for used in loaded.values() for text in used.notices)),
        glossary=terms,
        memory=memory,
        together=all(used.name in engines.CONCURRENT for used in loaded.values()),
    )


def _begun(
    chosen: Mapping[Lang, ModelSpec], loaded: Mapping[str, LoadedEngine], sentences: Sequence[str]
) -> dict[str, Engine]:
    """The engines that can begin with `sentences`, and have; by the model's id."""
    return {
        name: Ahead(engine, [target for target, spec in chosen.items() if spec.id == name], sentences)
        for name, engine in loaded.items()
        if engine.name in engines.CONCURRENT
    }


def choose(registry: Registry, targets: Sequence[Lang], names: Sequence[str]) -> dict[Lang, ModelSpec]:
    """The model for each target: the first named one that writes it, else the best one present."""
    named = [registry.get(name, task=Task.TRANSLATE) for name in names]
    for spec in named:
        if spec.source is not Lang.FR:
            raise RegistryError(
                f"{spec.id} reads {spec.source}, not fr",
                hint="translate models list shows those that read fr",
            )
        if not set(spec.targets) & set(targets):
            raise RegistryError(
                f"{spec.id} writes {', '.join(spec.targets)}, not {' or '.join(targets)}",
                hint=f"--to {' --to '.join(spec.targets)}",
            )
    return {
        target: next((spec for spec in named if target in spec.targets), None)
        or registry.default(Task.TRANSLATE, target)
        for target in targets
    }


def load_engine(
    spec: ModelSpec, *, engine: str = "auto", device: str = "auto", beam: int | None = None
) -> LoadedEngine:
    """The engine of one model, its files checked; of a chain, both models behind one engine."""
    files.check(spec)
    if spec.parts:
        first, second = (load_engine(part, engine=engine, device=device, beam=beam) for part in spec.parts)
        return engines.load_pivot(first, second)
    return engines.load(spec, files.require(spec), device=device, beam=beam, engine=engine)


def _load_engines(
    specs: Iterable[ModelSpec], *, engine: str, device: str, beam: int | None
) -> dict[str, LoadedEngine]:
    """One engine for each model, however many targets it is for; by the model's id."""
    distinct = {spec.id: spec for spec in specs}
    return {
        name: load_engine(spec, engine=engine, device=device, beam=beam) for name, spec in distinct.items()
    }


def read_glossary(given: Glossary | Sequence[str | Path] | None) -> Glossary:
    """A glossary as it is; that of the package below those of files; for `None` one without terms."""
    from translate.terms import Glossary

    if isinstance(given, Glossary):
        return given
    return Glossary() if given is None else Glossary.load(given)


def choose_summarizer(registry: Registry, name: str | None) -> ModelSpec | None:
    """The named summarizer, or the best one present; none if `name` is None."""
    if name is None:
        return None
    if name == BEST:
        return registry.default(Task.SUMMARIZE, Lang.FR)
    return registry.get(name, task=Task.SUMMARIZE)


def _recipe(spec: ModelSpec, engine: LoadedEngine, glossary: str | None) -> Recipe:
    # Of a chain, what its parts say.
    decode = "+".join(filter(None, (str(part.decode) for part in spec.parts or (spec,))))
    made = (engine.revision, engine.name, engine.device, engine.beam)
    return Recipe(spec.id, *made, __version__, glossary, decode or None)


def _summarizer(registry: Registry, name: str | None, embed: Embed, device: str) -> Summarizer | None:
    from translate import summaries

    spec = choose_summarizer(registry, name)
    if spec is None:
        return None
    files.check(spec)
    directory = None if spec.builtin else files.require(spec)
    return summaries.load(spec, directory, embed, device)


def languages(to: Sequence[str | Lang]) -> tuple[Lang, ...]:
    """The targets, each once. Raises RegistryError for another language."""
    known = {str(lang): lang for lang in (Lang.EN, Lang.ZH)}
    if unknown := [code for code in to if str(code) not in known]:
        raise RegistryError(f"no model writes {unknown[0]!r}", hint=f"choose from {', '.join(known)}")
    if not to:
        raise RegistryError("no target language", hint=f"choose from {', '.join(known)}")
    return tuple(dict.fromkeys(known[str(code)] for code in to))
