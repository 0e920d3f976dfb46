"""The registry: every layer of `models.yaml` merged into one list of models."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from translate.domain import Lang
from translate.errors import RegistryError, WeightsError
from translate.registry import files, places
from translate.registry.document import Spot, Table, read
from translate.registry.schema import NESTED, SOURCES, build, check_id, check_keys, nearest, read_entry
from translate.registry.spec import ModelSpec, Task

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Registry:
    """All known models. `layers`: the files they come from, the one that wins first.

    `notices`: what loading had to assume. `env`: the environment that says where weights are.
    """

    models: tuple[ModelSpec, ...]
    layers: tuple[Path, ...]
    notices: tuple[str, ...] = ()
    env: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path | None = None, *, env: Mapping[str, str] = os.environ) -> Registry:
        """The models of all layers: `path`, `$TRANSLATE_MODELS`, `./models.yaml`, the user's, ours.

        A file changes only the keys it names. Raises RegistryError with file, line, entry and key.
        """
        layers: list[_Layer] = []
        notices: list[str] = []
        for file, explicit in _files(path, env):
            table = read(file)
            if not explicit and "schema" not in table:
                # another program may own a models.yaml in this directory; that must not stop the user
                notices.append(f"{file}: has no `schema` key, so it is not read as our registry")
                continue
            layers.append(_Layer.of(table, file))
        models = _linked(_merged(reversed(layers)))
        return cls(models, tuple(layer.path for layer in layers), tuple(notices), env)

    def get(self, name: str, *, task: Task | None = None) -> ModelSpec:
        """The model with this id, alias or hub repository. Raises RegistryError naming the choices."""
        fitting = tuple(spec for spec in self.models if task in (None, spec.task))
        if found := _named(name, fitting):
            return found
        if other := _named(name, self.models):
            raise RegistryError(
                f"{name} is there to {other.task}, not to {task}", hint=f"choices: {_ids(fitting)}"
            )
        names = [word for spec in fitting for word in (spec.id, *spec.aliases)]
        near = nearest(name, names)
        guess = f"; did you mean {near}?" if near else ""
        hint = "; ".join((f"choices: {_ids(fitting)}", *self.notices))
        raise RegistryError(f"unknown model {name!r}{guess}", hint=hint)

    def default(self, task: Task, target: Lang) -> ModelSpec:
        """The present model of the highest rank, from French. Downloads nothing.

        Raises:
            RegistryError: no entry does this at all.
            WeightsError: entries do, but none of them is present.
        """
        ranked = sorted(self.models, key=lambda spec: (-spec.rank, spec.id))
        wanted = [s for s in ranked if s.task is task and s.source is Lang.FR and target in s.targets]
        if not wanted:
            raise RegistryError(f"no model is there to {task} French into {target}")
        for spec in wanted:
            if files.is_present(spec, env=self.env):
                return spec
        best = next((spec for spec in wanted if spec.hub or spec.via), wanted[0])
        raise WeightsError(
            f"no model to {task} into {target} is present (known: {_ids(wanted)})",
            hint=f"translate models fetch {best.id}",
        )


@dataclass(frozen=True, slots=True)
class _Layer:
    """One file: for each id the typed fields it sets, or None where it removes the model."""

    path: Path
    entries: Mapping[str, tuple[Mapping[str, object] | None, Spot]]

    @classmethod
    def of(cls, table: Table, path: Path) -> _Layer:
        spot = Spot(path)
        check_keys(table, ("schema", "models"), spot)
        schema = table.get("schema")
        if type(schema) is not int or schema != SCHEMA:
            here = spot.at(table, "schema")
            raise here.error(f"is {schema!r}, but this program reads {SCHEMA}", hint="write `schema: 1`")
        models = table.get("models")
        if models is None:
            return cls(path, {})
        if not isinstance(models, Table):
            raise spot.at(table, "models").error("must be a mapping of id to entry")
        return cls(path, dict(cls._entry(models, name, path) for name in models))

    @staticmethod
    def _entry(models: Table, name: str, path: Path) -> tuple[str, tuple[Mapping[str, object] | None, Spot]]:
        spot, entry = Spot(path, models.lines[name], name), models[name]
        check_id(name, spot)
        if entry is None:
            return name, (None, spot)
        if not isinstance(entry, Table):
            raise spot.error("must be a mapping of keys (task, targets, hub …)")
        return name, (read_entry(entry, spot), spot)


def _files(path: Path | None, env: Mapping[str, str]) -> list[tuple[Path, bool]]:
    """Existing files, the one that wins first, each once; True where the user named it."""
    found: list[tuple[Path, bool]] = []
    named = env.get("TRANSLATE_MODELS")
    for file, origin in ((path, "--models"), (Path(named) if named else None, "TRANSLATE_MODELS")):
        if file is not None:
            file = file.expanduser()
            if not file.is_file():
                raise RegistryError(f"{file}: no such file (named by {origin})")
            found.append((file, True))
    shipped = places.packaged_registry()
    if not shipped.is_file():
        raise RegistryError(f"{shipped}: missing; the installation is damaged", hint="install again")
    optional = (Path("models.yaml"), places.user_registry(env))
    found += [(file, False) for file in optional if file.is_file()] + [(shipped, True)]
    unique: list[tuple[Path, bool]] = []
    for file, explicit in found:
        if not any(file.samefile(other) for other, _ in unique):
            unique.append((file, explicit))
    return unique


def _merged(lowest_first: Iterable[_Layer]) -> list[tuple[ModelSpec, Spot]]:
    merged: dict[str, tuple[dict[str, object], Spot]] = {}
    for layer in lowest_first:
        for name, (fields, spot) in layer.entries.items():
            if fields is None:
                merged.pop(name, None)
                continue
            below = merged.get(name, ({}, spot))[0]
            merged[name] = (_over(below, fields), spot)
    specs = []
    for name, (fields, spot) in merged.items():
        final = {k: NESTED[k](**v) if k in NESTED and isinstance(v, dict) else v for k, v in fields.items()}
        specs.append((build(name, final, spot), spot))
    return specs


def _over(below: Mapping[str, object], above: Mapping[str, object]) -> dict[str, object]:
    """The fields of a lower layer, changed by a higher one."""
    result = dict(below)
    if any(above.get(key) is not None for key in SOURCES):
        for key in (*SOURCES, "revision", "size_mb"):  # facts about the files that are being replaced
            result.pop(key, None)
    for key, value in above.items():
        old = result.get(key)
        if key in NESTED and isinstance(value, dict):
            fresh = {**(old if isinstance(old, dict) else {}), **value}
            result[key] = {name: item for name, item in fresh.items() if item is not None}
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = value
    return result


def _linked(built: list[tuple[ModelSpec, Spot]]) -> tuple[ModelSpec, ...]:
    """The specs with every name unique and every chain resolved."""
    owners: dict[str, str] = {}
    for spec, spot in built:
        for name in (spec.id, *spec.aliases):
            if owners.setdefault(name, spec.id) != spec.id:
                raise spot.error(f"the name {name!r} already belongs to {owners[name]}")
    specs = tuple(spec for spec, _ in built)
    return tuple(_chained(spec, specs, spot) if spec.via else spec for spec, spot in built)


def _chained(spec: ModelSpec, specs: tuple[ModelSpec, ...], spot: Spot) -> ModelSpec:
    assert spec.via is not None
    parts = []
    for name in spec.via:
        part = _named(name, specs)
        if part is None:
            near = nearest(name, (other.id for other in specs))
            guess = f"; did you mean {near}?" if near else ""
            raise spot.error(f"via: unknown model {name!r}{guess}")
        if part.via or part.task is not Task.TRANSLATE:
            raise spot.error(f"via: {part.id} is not a model that translates directly")
        parts.append(part)
    first, last = parts
    if first.source is not spec.source or last.source not in first.targets:
        raise spot.error(f"via: {first.id} does not lead from {spec.source} to {last.source}")
    if lacking := [lang for lang in spec.targets if lang not in last.targets]:
        raise spot.error(f"via: {last.id} does not translate into {lacking[0]}")
    return replace(spec, via=(first.id, last.id), parts=(first, last))


def _named(name: str, specs: tuple[ModelSpec, ...]) -> ModelSpec | None:
    for spec in specs:
        if name == spec.id or name in spec.aliases:
            return spec
    owners = [spec for spec in specs if spec.hub == name]
    return owners[0] if len(owners) == 1 else None


def _ids(specs: Iterable[ModelSpec]) -> str:
    return ", ".join(spec.id for spec in specs) or "none"
