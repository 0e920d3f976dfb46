"""`translate glossary`: are terminology files sound, and what do the terms say?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from translate.cli import listing, voice
from translate.cli.grouping import grouped
from translate.cli.options import Debug, NoColor, flag, option
from translate.cli.writing import to_stdout
from translate.errors import InputError

if TYPE_CHECKING:
    from translate.terms import Glossary, Term
    from translate.terms.review import Review

glossary = typer.Typer(
    no_args_is_help=True,
    help="Terminology: what names, titles and organisations are called in English and Chinese. "
    "One ships with the package; files of yours go before it with --glossary.",
)

Json = Annotated[bool, flag("--json", help="Print JSON, for programs.")]
Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="Glossaries: tsv, csv, tbx, yaml; a later one goes before."),
]
Texts = Annotated[
    list[Path] | None,
    option("--text", help="Also tell which terms are not in this French text. Repeat it.", metavar="FILE"),
]
Glossaries = Annotated[
    list[Path] | None,
    option(
        "--glossary",
        "-g",
        help="Terms that go before those of the package: tsv, csv, tbx, yaml. Repeat it for more.",
        metavar="FILE",
    ),
]
Wanted = Annotated[
    str | None,
    typer.Argument(metavar="[TERM]", help="A term, or a part of it in any language; all terms if none."),
]


@glossary.command()
@grouped
def check(
    files: Files, text: Texts = None, json: Json = False, no_color: NoColor = False, debug: Debug = False
) -> None:
    """Find what is wrong or doubtful in glossary files, line by line.

    A file is a table of French, English and Chinese. A head may name more
    columns: part, case, priority, pattern, note, acronym. Alternatives are
    parted by a semicolon, the preferred one first.

    A row that is no term, and a conflict (one file says a term differently)
    end with exit code 3. Duplicates, terms that go before those of an earlier
    file, and terms inside longer ones are only told.

    \b
    Examples:
      translate glossary check desk.tsv
      translate glossary check house.tbx desk.yaml --text archive.txt
      translate glossary check desk.csv --json | jq '.remarks[] | select(.kind == "conflict")'
    """
    from translate.terms.review import review

    found = review(files, _sentences(text) if text else None)
    for message in found.notices:
        voice.notice(message)
    if json:
        to_stdout(listing.as_json({"files": files, "terms": found.terms, "remarks": _plain(found)}))
    else:
        from translate.cli.glossary_view import show_review

        show_review(found)
        voice.notice(_summary(found, len(files)))
    if found.errors:
        raise InputError(
            f"{_counted(len(found.errors), 'entry', 'entries')} to mend: unusable, or in conflict",
            hint="docs/glossaries.md has the formats, with an example of each",
        )


@glossary.command()
@grouped
def show(
    term: Wanted = None,
    glossary: Glossaries = None,
    json: Json = False,
    no_color: NoColor = False,
    debug: Debug = False,
) -> None:
    """Show terms as they are used: those of the package, under those of your files.

    A TERM shows all that is known about it, whatever its capitals and accents.
    A part of one lists the terms that have it in French, English or Chinese.

    \b
    Examples:
      translate glossary show OTAN
      translate glossary show "affaires étrangères"
      translate glossary show --glossary desk.tsv --json | jq '.[] | select(.part == "person")'
    """
    from translate.terms import Glossary

    terms = Glossary.load(glossary or ())
    for message in terms.notices:
        voice.notice(message)
    exact = terms.named(term) if term else ()
    found = exact or _holding(terms, term)
    if term and not found:
        raise _unknown(term, terms)
    if json:
        to_stdout(listing.as_json(found))
    else:
        from translate.cli.glossary_view import show_list, show_terms

        show_terms(exact) if exact else show_list(found)


def _holding(terms: Glossary, part: str | None) -> Sequence[Term]:
    """The terms that hold `part` in one of the languages; all without it."""
    if not part:
        return terms.terms
    from translate.text.tables import folded

    wanted = folded(part)
    return [
        term
        for term in terms.terms
        if wanted
        in folded(" | ".join([term.french, *(form for forms in term.forms.values() for form in forms)]))
    ]


def _unknown(term: str, terms: Glossary) -> InputError:
    from translate.terms.words import bare

    known = {bare(known.french): known.french for known in terms.terms}
    near = get_close_matches(bare(term), known, n=1)
    hint = f"did you mean {known[near[0]]}?" if near else "translate glossary show lists all terms"
    return InputError(f"no term has {term!r} in French, English or Chinese", hint=hint)


def _sentences(paths: Sequence[Path]) -> Iterator[str]:
    """The lines of texts."""
    from translate.text.reading import read_text

    for path in paths:
        try:
            data = path.read_bytes()
        except OSError as err:
            raise InputError(err.strerror or "cannot be read", path=path) from err
        yield from read_text(data, str(path)).text.split("\n")


def _plain(found: Review) -> list[object]:
    return [
        {"kind": remark.kind, "severity": remark.severity, "path": remark.path, "line": remark.line}
        | {"term": remark.term or None, "message": remark.message}
        for remark in found.remarks
    ]


def _summary(found: Review, files: int) -> str:
    counts = Counter(str(remark.kind) for remark in found.remarks)
    told = ", ".join(f"{count} {kind}" for kind, count in counts.items()) or "nothing to remark"
    return f"{_counted(found.terms, 'term', 'terms')} in {_counted(files, 'file', 'files')}: {told}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"
