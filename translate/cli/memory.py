"""`translate memory`: what is remembered, and how to bring it in, take it out and forget it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import complete, listing, voice
from translate.cli.grouping import grouped
from translate.cli.options import Debug, NoColor, flag, option
from translate.cli.progress import downloads
from translate.cli.suggest import choose, choose_target
from translate.cli.writing import STDOUT, to_stdout
from translate.domain import Lang
from translate.errors import InputError

if TYPE_CHECKING:
    from translate.memory import Holding, Imported, Memory, Stats

memory = typer.Typer(
    no_args_is_help=True,
    help="Translation memory: what has been translated once, by people and by machines. "
    "People's translations come from TMX files and go before any machine's.",
)

_TARGETS = (Lang.EN, Lang.ZH)
_MAKERS = ("human", "machine")
_AGE = re.compile(r"(\d{1,5})\s*([dwmy])", re.IGNORECASE)
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}

MemoryFile = Annotated[
    Path | None,
    option("--memory-file", help="The memory, instead of the one in your data directory.", metavar="FILE"),
]
Json = Annotated[bool, flag("--json", help="Print JSON, for programs.")]
Quiet = Annotated[bool, flag("--quiet", "-q", help="No progress and no notices; errors only.")]
Targets = Annotated[
    list[str] | None,
    option(
        "--to",
        "-t",
        help="Only this target language; all without it.",
        metavar="LANG",
        autocompletion=complete.languages,
    ),
]


@memory.command()
@grouped
def stats(
    memory_file: MemoryFile = None, json: Json = False, no_color: NoColor = False, debug: Debug = False
) -> None:
    """Show what is remembered: how many translations, into which language, made by whom, and when.

    \b
    Examples:
      translate memory stats
      translate memory stats --json | jq '.holdings[] | select(.recipe)'
    """
    with _opened(memory_file, readonly=True) as held:
        found = held.stats()
    if json:
        to_stdout(listing.as_json(_plain(found)))
        return
    to_stdout(listing.facts(_facts(found)))
    if found.holdings:
        head = ("into", "entries", "oldest", "newest", "made by")
        to_stdout("\n" + listing.table(head, map(_row, found.holdings)))


@memory.command("import")
@grouped
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="TMX files.")],
    memory_file: MemoryFile = None,
    json: Json = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
    debug: Debug = False,
) -> None:
    """Take in TMX files, as OmegaT, Trados, memoQ and others write them.

    Their translations count as people's: from now on they are used before any machine's, for the same
    sentence, whatever the model. A later file replaces what an earlier one said. Chinese in traditional
    characters is left out. What `translate memory export` wrote comes back as what it was.

    \b
    Examples:
      translate memory import agency.tmx
      translate memory import archive/*.tmx --json
    """
    for path in files:
        if not path.exists():
            raise InputError("no such file", path=path)
    with _opened(memory_file) as held:
        done = {str(path): _imported(held, path, quiet) for path in files}
    if json:
        to_stdout(listing.as_json([{"file": name, **asdict(each)} for name, each in done.items()]))
        return
    for name, each in done.items():
        voice.say(f"{name}: {_summed(each)}", quiet=quiet)
        for line in _left_out(each):
            voice.notice(f"{name}: {line}", quiet=quiet)


@memory.command()
@grouped
def export(
    memory_file: MemoryFile = None,
    output: Annotated[
        Path | None,
        option(
            "--output", "-o", help="Write here, all or nothing, instead of standard output.", metavar="FILE"
        ),
    ] = None,
    to: Targets = None,
    only: Annotated[
        str | None,
        option("--only", help="Only people's translations, or only machines'.", metavar="human|machine"),
    ] = None,
    quiet: Quiet = False,
    no_color: NoColor = False,
    debug: Debug = False,
) -> None:
    """Write what is remembered as TMX 1.4b, which every translation tool reads.

    One unit for each translation; a `prop` says whether a person or a machine made it, and how.

    \b
    Examples:
      translate memory export -o memory.tmx
      translate memory export --to zh --only human > approved.tmx
    """
    wanted = {choose_target(code, _TARGETS) for code in to or ()}
    target = wanted.pop() if len(wanted) == 1 else None  # both of them are all
    human = None if only is None else choose(only, _MAKERS, "--only") == "human"
    with _opened(memory_file, readonly=True) as held:
        if output is None or output == STDOUT:
            for piece in held.tmx(target=target, human=human):
                to_stdout(piece)
            return
        number = held.export_tmx(output, target=target, human=human)
    voice.say(f"{output}: {_counted(number, 'translation')}", quiet=quiet)


@memory.command()
@grouped
def prune(
    memory_file: MemoryFile = None,
    older: Annotated[
        str | None,
        option("--older", help="Those stored longer ago: 90d, 12w, 6m or 2y.", metavar="AGE"),
    ] = None,
    recipe: Annotated[
        str | None,
        option(
            "--recipe", help="Those of one recipe, as `translate memory stats` writes it.", metavar="RECIPE"
        ),
    ] = None,
    keep: Annotated[
        int | None, option("--keep", help="All but the newest N of these.", metavar="N", min=0)
    ] = None,
    everything: Annotated[bool, flag("--all", help="Every translation by a machine.")] = False,
    human: Annotated[bool, flag("--human", help="People's translations too, which are spared else.")] = False,
    dry_run: Annotated[bool, flag("--dry-run", help="Only say how many it would be.")] = False,
    yes: Annotated[bool, flag("--yes", "-y", help="Do not ask.")] = False,
    quiet: Quiet = False,
    no_color: NoColor = False,
    debug: Debug = False,
) -> None:
    """Forget translations that machines made: those to which all the options given apply.

    It asks before it does so. Export first what you may want back.

    \b
    Examples:
      translate memory prune --older 6m
      translate memory prune --keep 1000000 --yes
      translate memory prune --all --human --dry-run
    """
    if not everything and older is None and recipe is None and keep is None:
        raise typer.BadParameter("say which: --older, --recipe, --keep, or --all", param_hint="prune")
    before = None if older is None else datetime.now(UTC) - _age(older)
    with _opened(memory_file, readonly=dry_run, there=True) as held:
        number = held.prune(before=before, recipe=recipe, keep=keep, human=human, dry_run=True)
        if recipe is not None and not number:
            _check_recipe(held, recipe)
        if not dry_run and number and _agreed(number, yes, human=human):
            number = held.prune(before=before, recipe=recipe, keep=keep, human=human)
    voice.say(f"{_counted(number, 'translation')} {'to forget' if dry_run else 'forgotten'}", quiet=quiet)


@contextmanager
def _opened(path: Path | None, *, readonly: bool = False, there: bool = False) -> Iterator[Memory]:
    """The memory at `path`, else the user's. `there`: it must exist already."""
    from translate.memory import Memory, default_path

    place = path or default_path()
    if there and not place.exists():
        readonly = True  # which says that it is not there, and makes none
    with Memory.open(place, readonly=readonly) as held:
        yield held


def _imported(held: Memory, path: Path, quiet: bool) -> Imported:
    with downloads(quiet=quiet) as report:
        return held.import_tmx(path, reading=partial(report, path.name))


def _agreed(number: int, yes: bool, *, human: bool) -> bool:
    """True if the user wants to forget so many. Raises typer.Abort if not."""
    whose = "translations, people's among them" if human else "machine translations"
    if not yes and not voice.is_typed():
        raise typer.BadParameter("nobody is here to be asked", param_hint="--yes")
    return yes or typer.confirm(f"Forget {number:,} {whose}?", err=True, abort=True)


def _age(text: str) -> timedelta:
    found = _AGE.fullmatch(text.strip())
    if not found:
        raise typer.BadParameter(f"{text!r}: write 90d, 12w, 6m or 2y", param_hint="--older")
    return timedelta(days=int(found[1]) * _DAYS[found[2].lower()])


def _check_recipe(held: Memory, recipe: str) -> None:
    known = [each.recipe for each in held.stats().holdings if each.recipe]
    if recipe not in known:
        names = ", ".join(known) or "no recipe"
        raise typer.BadParameter(f"nothing was made by {recipe!r}; there are: {names}", param_hint="--recipe")


def _plain(found: Stats) -> dict[str, object]:
    return asdict(found) | {
        "holdings": [
            asdict(each) | {"oldest": each.oldest.isoformat(), "newest": each.newest.isoformat()}
            for each in found.holdings
        ]
    }


def _facts(found: Stats) -> dict[str, str | None]:
    return {
        "memory": str(found.path),
        "size": listing.megabytes(found.size_bytes),
        "French sentences": f"{found.sources:,}",
        "by people": f"{found.human:,}",
        "by machines": f"{found.machine:,}",
    }


def _row(held: Holding) -> tuple[str, ...]:
    days = (held.oldest.date().isoformat(), held.newest.date().isoformat())
    return str(held.lang), f"{held.entries:,}", *days, held.recipe or "people"


def _summed(done: Imported) -> str:
    stored = done.stored
    return (
        f"{_counted(done.units, 'unit')}: {_counted(stored.added, 'new translation')}, "
        f"{stored.changed:,} changed, {stored.same:,} known"
    )


def _left_out(done: Imported) -> Iterator[str]:
    if done.foreign:
        yield f"{_counted(done.foreign, 'unit')} without French and English or Chinese: left out"
    if done.empty:
        yield f"{_counted(done.empty, 'translation')} with an empty side: left out"
    if done.traditional:
        yield f"{_counted(done.traditional, 'translation')} in traditional characters: left out"


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
