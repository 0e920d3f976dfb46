"""What may stand in an entry of `models.yaml`: each key with its reader, and the rules between keys."""

from __future__ import annotations

import difflib
import math
import re
import reprlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from translate.domain import Lang
from translate.registry import places
from translate.registry.document import Spot, Table
from translate.registry.spec import Decode, Limits, ModelSpec, Probe, Task

SOURCES = ("hub", "path", "via", "builtin")
BUILTINS = ("extractive",)
_HUB = re.compile(r"[A-Za-z0-9][\w.-]*/[A-Za-z0-9][\w.-]*")
_REVISION = re.compile(r"[A-Za-z0-9][\w./-]*")
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")

Reader = Callable[[object, Spot], object]
Fields = Mapping[str, object]  # key of an entry -> typed value; None: taken back by this layer


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, or None if none is near."""
    found = difflib.get_close_matches(word.casefold(), list(known), n=1, cutoff=0.5)
    return found[0] if found else None


def check_keys(table: Table, known: Iterable[str], spot: Spot) -> None:
    """Raises RegistryError for the first unknown key, naming the nearest known one."""
    known = sorted(known)
    for key in table:
        if key not in known:
            near = nearest(key, known)
            guess = f"; did you mean `{near}`?" if near else ""
            here = Spot(spot.path, table.lines[key], spot.name)
            raise here.error(f"unknown key `{key}`{guess}", hint=f"known keys: {', '.join(known)}")


def check_id(value: str, spot: Spot) -> None:
    """Raises RegistryError unless `value` can be a public id and a directory name."""
    if not _ID.fullmatch(value) or ".." in value:
        raise spot.error(
            "not a usable id", hint="small letters, digits, `.`, `_`, `-`; starting with a letter or digit"
        )


def read_entry(table: Table, spot: Spot) -> dict[str, object]:
    """The typed values of one entry of one file. `null` takes back what a lower layer says."""
    check_keys(table, READERS, spot)
    fields: dict[str, object] = {}
    for key, value in table.items():
        fields[key] = None if value is None else READERS[key](value, spot.at(table, key))
    given = [key for key in SOURCES if fields.get(key) is not None]
    if len(given) > 1:
        raise spot.error(f"has both `{given[0]}` and `{given[1]}`", hint=f"give one of {', '.join(SOURCES)}")
    return fields


def build(model: str, fields: Fields, spot: Spot) -> ModelSpec:
    """The finished spec of an entry whose layers are merged. Raises RegistryError for what is lacking."""
    if not any(fields.get(key) is not None for key in SOURCES):
        raise spot.error("does not say where the model is", hint=f"give one of {', '.join(SOURCES)}")
    for key in ("task", "targets"):
        if fields.get(key) is None:
            raise spot.error(f"`{key}` is missing")
    values = {key: value for key, value in fields.items() if value is not None}
    spec = ModelSpec(id=model, **{"source": Lang.FR, **values})  # type: ignore[arg-type]  # typed by READERS
    _check(spec, spot)
    return spec


def _check(spec: ModelSpec, spot: Spot) -> None:
    if spec.builtin and spec.task is not Task.SUMMARIZE:
        raise spot.error("`builtin` is for summarisers only")
    if spec.revision and not spec.hub:
        raise spot.error("`revision` belongs to a `hub` repository")
    if spec.task is Task.TRANSLATE and spec.source in spec.targets:
        raise spot.error(f"translates from {spec.source} into itself")
    if spec.probe and spec.probe.target not in spec.targets:
        raise spot.error(f"the probe asks for {spec.probe.target}, which is not among the targets")
    if any(spec.targets.values()) and (spec.via or spec.task is Task.SUMMARIZE):
        raise spot.error(
            "target prefixes belong to models that translate directly", hint="write `targets: [zh]`"
        )


# ── readers of single values ──────────────────────────────────────────────────────────────────────


def _wrong(value: object, spot: Spot, wanted: str) -> Exception:
    return spot.error(f"must be {wanted}, not {reprlib.repr(value)}")


def _text(value: object, spot: Spot) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _wrong(value, spot, "text")
    return value.strip()


def _integer(low: int, high: int) -> Reader:
    def reader(value: object, spot: Spot) -> int:
        # bool is an int in Python, but `beam: yes` is a mistake
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise _wrong(value, spot, f"a whole number from {low} to {high}")
        return value

    return reader


def _flag(value: object, spot: Spot) -> bool:
    if not isinstance(value, bool):
        raise _wrong(value, spot, "true or false")
    return value


def _number(value: object, spot: Spot) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise _wrong(value, spot, "a number")
    return float(value)


def _penalty(value: object, spot: Spot) -> float | dict[Lang, float]:
    if isinstance(value, Table) and value:
        return {
            _lang(key, spot.at(value, key)): _number(item, spot.at(value, key)) for key, item in value.items()
        }
    if isinstance(value, Mapping):
        raise _wrong(value, spot, "a number, or one for each language: {zh: 1.5}")
    return _number(value, spot)


def _choice(choices: Iterable[str], what: str) -> Reader:
    known = tuple(choices)

    def reader(value: object, spot: Spot) -> str:
        if value not in known:
            near = nearest(str(value), known)
            guess = f"; did you mean {near}?" if near else ""
            raise spot.error(
                f"unknown {what} {reprlib.repr(value)}{guess}", hint=f"known: {', '.join(known)}"
            )
        return str(value)

    return reader


_known_lang = _choice(Lang, "language")


def _lang(value: object, spot: Spot) -> Lang:
    return Lang(str(_known_lang(value, spot)))


def _task(value: object, spot: Spot) -> Task:
    return Task(str(_choice(Task, "task")(value, spot)))


def _pattern(pattern: re.Pattern[str], wanted: str) -> Reader:
    def reader(value: object, spot: Spot) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value) or ".." in value:
            raise _wrong(value, spot, wanted)
        return value

    return reader


def _texts(value: object, spot: Spot) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) else value
    if not isinstance(items, list) or not items:
        raise _wrong(value, spot, "a text or a list of texts")
    return tuple(_text(item, spot) for item in items)


def _names(value: object, spot: Spot) -> tuple[str, ...]:
    if value == []:
        return ()
    names = _texts(value, spot)
    if spaced := next((name for name in names if " " in name), None):
        raise spot.error(f"a name cannot hold a space: {spaced!r}")
    return names


def _pair(value: object, spot: Spot) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) != 2:
        raise _wrong(value, spot, "a list of two model names: [fr-en, en-zh]")
    return _names(value, spot)


def _targets(value: object, spot: Spot) -> dict[Lang, str]:
    if isinstance(value, Table) and value:
        langs = {key: _lang(key, spot.at(value, key)) for key in value}
        for key, prefix in value.items():
            if not isinstance(prefix, str):
                raise _wrong(prefix, spot.at(value, key), 'a prefix in quotes (or "" for none)')
        return {langs[key]: str(prefix).strip() for key, prefix in value.items()}
    if isinstance(value, list) and value:
        return {_lang(item, spot): "" for item in value}
    raise _wrong(value, spot, 'languages: [en], or {en: ">>eng<<"}')


def _path(value: object, spot: Spot) -> Path:
    text = _text(value, spot)
    if text.startswith("package:"):
        inside = places.package() / text.removeprefix("package:")
        if not inside.resolve().is_relative_to(places.package()):
            raise spot.error("leaves the package")
        return inside
    # relative paths start from the file that holds them, wherever the program runs
    return (spot.path.absolute().parent / Path(text).expanduser()).absolute()


def _nested(readers: Mapping[str, Reader]) -> Reader:
    def reader(value: object, spot: Spot) -> dict[str, object]:
        if not isinstance(value, Table):
            raise _wrong(value, spot, f"a mapping of {', '.join(readers)}")
        check_keys(value, readers, spot)
        return {
            key: None if item is None else readers[key](item, spot.at(value, key))
            for key, item in value.items()
        }

    return reader


def _probe(value: object, spot: Spot) -> Probe:
    fields = _nested({"text": _text, "target": _lang, "expect": _texts})(value, spot)
    assert isinstance(fields, dict)
    if lacking := [key for key in ("text", "target", "expect") if fields.get(key) is None]:
        raise spot.error(f"`{lacking[0]}` is missing")
    return Probe(**fields)


# Decode and limits stay mappings until the layers are merged, so that a layer can change one of them.
NESTED: Mapping[str, type[Decode] | type[Limits]] = {"decode": Decode, "limits": Limits}

READERS: Mapping[str, Reader] = {
    "task": _task,
    "source": _lang,
    "targets": _targets,
    "hub": _pattern(_HUB, "a hub repository: owner/name"),
    "path": _path,
    "via": _pair,
    "builtin": _choice(BUILTINS, "built-in method"),
    "revision": _pattern(_REVISION, "a branch, a tag or a commit, in quotes"),
    "decode": _nested(
        {
            "beam": _integer(1, 64),
            "length_penalty": _penalty,
            "no_repeat_ngram": _integer(0, 100),
            "max_new_tokens": _integer(1, 100_000),
            "lexicon": _flag,
            "aligned": _flag,
        }
    ),
    "limits": _nested(
        {"max_source_tokens": _integer(8, 1_000_000), "max_target_tokens": _integer(8, 1_000_000)}
    ),
    "licence": _text,
    "size_mb": _integer(0, 10_000_000),
    "aliases": _names,
    "rank": _integer(-1_000_000, 1_000_000),
    "probe": _probe,
    "notes": _text,
}
