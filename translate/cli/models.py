"""`translate models`: what is registered, what is here, and how to get it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import complete, listing, voice
from translate.cli.grouping import grouped
from translate.cli.options import Conduct, Listing, ModelsFile, flag, option
from translate.cli.progress import downloads
from translate.cli.writing import to_stdout
from translate.domain import Lang
from translate.errors import TranslateError, WeightsError

if TYPE_CHECKING:
    from translate.registry import ModelSpec, ModelStatus, Registry, VerifyReport

models = typer.Typer(no_args_is_help=True, help="Models: list, show, fetch, verify.")

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Id or alias of a model.", autocompletion=complete.models)
]
Names = Annotated[
    list[str],
    typer.Argument(metavar="NAME...", help="Ids or aliases of models.", autocompletion=complete.models),
]


@models.command("list")
@grouped
def list_models(look: Listing) -> None:
    """List every registered model: what it does, whether it is here, which ones are used by default.

    \b
    Examples:
      translate models list
      translate models list --json | jq '.[] | select(.present) | .id'
    """
    registry = _registry(look.models)
    from translate.registry import describe

    used = _defaults(registry)
    states = [(describe(spec), used.get(spec.id, ())) for spec in registry.models]
    if look.json:
        to_stdout(listing.as_json([_entry(status, langs) for status, langs in states]))
        return
    head = ("model", "task", "into", "size", "licence", "state", "default")
    to_stdout(listing.table(head, [_row(status, langs) for status, langs in states]))


@models.command()
@grouped
def show(name: Name, look: Listing) -> None:
    """Show all that is known about one model.

    \b
    Example:
      translate models show opus-mt-fr-en
    """
    registry = _registry(look.models)
    from translate.registry import describe

    spec = registry.get(name)
    status, used = describe(spec), _defaults(registry).get(spec.id, ())
    if look.json:
        to_stdout(listing.as_json({**_entry(status, used), "spec": spec}))
    else:
        to_stdout(listing.facts(_facts(spec, status, used)))


@models.command()
@grouped
def fetch(
    names: Names,
    conduct: Conduct,
    models: ModelsFile = None,
    revision: Annotated[
        str | None,
        option("--revision", help="Branch, tag or commit, instead of the registry's.", metavar="NAME"),
    ] = None,
    update: Annotated[
        bool, flag("--update", help="Take what is newest now, though another commit is locked.")
    ] = False,
) -> None:
    """Download models from the hub, check them and lock them. The only command that uses the network.

    A download that was interrupted goes on where it stopped.

    \b
    Examples:
      translate models fetch opus-mt-fr-en
      translate models fetch opus-mt-tc-big-fr-en opus-mt-en-zh
    """
    registry = _registry(models)
    from translate.registry import fetch as fetch_one

    specs = [registry.get(name) for name in names]
    for spec in specs:
        with downloads(quiet=conduct.quiet) as report:
            entry = fetch_one(
                spec, revision=revision, update=update, offline=conduct.offline, progress=report
            )
        size = listing.megabytes(entry.size)
        voice.notice(f"{spec.id}: {len(entry.files)} files, {size}, locked", quiet=conduct.quiet)


@models.command()
@grouped
def verify(
    look: Listing,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[NAME...]", help="Models; all that are here if none.", autocompletion=complete.models
        ),
    ] = None,
) -> None:
    """Compare every byte of the model files with what was fetched or shipped.

    \b
    Examples:
      translate models verify
      translate models verify opus-mt-fr-en --json
    """
    registry = _registry(look.models)
    from translate.registry import is_present
    from translate.registry import verify as verify_one

    wanted = [registry.get(name) for name in names or ()]
    specs = wanted or [spec for spec in registry.models if is_present(spec)]
    reports = [verify_one(spec) for spec in specs]
    to_stdout(listing.as_json(reports) if look.json else listing.table(_VERIFIED, map(_verdict, reports)))
    if bad := [report.id for report in reports if not report.ok]:
        raise WeightsError(
            f"{len(bad)} of {len(reports)} models are not what they should be: {', '.join(bad)}",
            hint=f"translate models fetch {bad[0]}",
        )


@models.command()
@grouped
def path(name: Name, look: Listing) -> None:
    """Print the directory of a model; of a chain, one directory per line.

    \b
    Example:
      ls "$(translate models path opus-mt-fr-en)"
    """
    registry = _registry(look.models)
    from translate.registry import require

    spec = registry.get(name)
    found = [require(part) for part in spec.parts or (spec,)]
    to_stdout(listing.as_json(found) if look.json else "".join(f"{directory}\n" for directory in found))


_VERIFIED = ("model", "result", "files", "against")


def _registry(path: Path | None) -> Registry:
    from translate.registry import Registry

    registry = Registry.load(path)
    for message in registry.notices:
        voice.notice(message)
    return registry


def _defaults(registry: Registry) -> dict[str, tuple[str, ...]]:
    """For each model that is used when none is named: the languages it is used for."""
    from translate.registry import Task

    used: dict[str, tuple[str, ...]] = {}
    for task, lang in ((Task.TRANSLATE, Lang.EN), (Task.TRANSLATE, Lang.ZH), (Task.SUMMARIZE, Lang.FR)):
        try:
            spec = registry.default(task, lang)
        except TranslateError:
            continue  # none is here; the listing shows that
        used[spec.id] = (*used.get(spec.id, ()), str(lang))
    return used


def _entry(status: ModelStatus, used: Iterable[str]) -> dict[str, object]:
    value = listing.plain(status)
    assert isinstance(value, dict)
    return {**value, "default_for": list(used)}


def _row(status: ModelStatus, used: Iterable[str]) -> tuple[str, ...]:
    return (
        status.id,
        status.task,
        " ".join(status.targets),
        listing.megabytes(status.size) if status.origin != "builtin" else "–",
        status.licence or "?",
        _state(status),
        " ".join(used),
    )


def _state(status: ModelStatus) -> str:
    if status.lock in ("missing", "outdated"):
        return f"{status.lock}: fetch again"
    return f"here ({status.origin})" if status.present else "not here"


def _facts(spec: ModelSpec, status: ModelStatus, used: Iterable[str]) -> dict[str, str | None]:
    return {
        "model": status.id,
        "also called": ", ".join(status.aliases) or None,
        "task": f"{status.task} {status.source} → {', '.join(status.targets)}",
        "hub": spec.hub,
        "chain": " → ".join(spec.via) if spec.via else None,
        "state": _state(status),
        "default for": ", ".join(used) or None,
        "directory": str(status.where) if status.where else None,
        "revision": status.revision,
        "size": listing.megabytes(status.size) if status.size else None,
        "licence": status.licence,
        "beam": str(spec.decode.beam) if spec.decode.beam else None,
        "longest input": f"{spec.limits.max_source_tokens} pieces" if not spec.builtin else None,
        "notes": " ".join(spec.notes.split()) if spec.notes else None,
    }


def _verdict(report: VerifyReport) -> tuple[str, ...]:
    faults = (("missing", report.missing), ("changed", report.changed), ("extra", report.extra))
    wrong = "; ".join(f"{word} {', '.join(names)}" for word, names in faults if names)
    return report.id, wrong or "ok", str(report.checked), report.against or "structure only"
