"""What people see of a glossary: calm tables, on a terminal or in a pipe."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from translate.cli.voice import visible
from translate.cli.writing import to_stdout
from translate.domain import Lang, Severity

if TYPE_CHECKING:
    from translate.terms import Term
    from translate.terms.review import Review

_PIPE_WIDTH = 2000  # no line of a table is broken in a pipe
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "dim"}
_NAMES = {Lang.EN: "English", Lang.ZH: "Chinese"}


def show_review(found: Review) -> None:
    """One line for each remark, by file and line."""
    if not found.remarks:
        return
    table = _table("where", "kind", "term", "remark")
    for remark in found.remarks:
        table.add_row(
            _text(f"{remark.path}:{remark.line}"),
            Text(remark.kind, _COLOURS[remark.severity]),
            _text(remark.term or "–"),
            _text(remark.message),
        )
    _print([table])


def show_list(terms: Sequence[Term]) -> None:
    """One line for each term: the preferred forms, and how many others are accepted."""
    table = _table("French", "English", "Chinese", "part", "from")
    for term in terms:
        table.add_row(
            _text(term.french),
            *(_preferred(term, lang) for lang in _NAMES),
            term.part,
            Text(_where(term), style="dim"),
        )
    _print([table])


def show_terms(terms: Sequence[Term]) -> None:
    """All that is known about each term."""
    parts: list[RenderableType] = []
    for term in terms:
        grid = Table.grid(padding=(0, 2, 0, 0))
        for name, value in _facts(term).items():
            if value:
                grid.add_row(Text(name, style="dim"), _text(value))
        parts += [Text(), grid] if parts else [grid]
    _print(parts)


def _facts(term: Term) -> dict[str, str | None]:
    forms = {
        name: " · ".join(term.forms[lang]) or None if lang in term.forms else None
        for lang, name in _NAMES.items()
    }
    return {
        "French": term.french,
        "acronym": term.acronym,
        **forms,
        "part": term.part,
        "case": term.case,
        "pattern": term.pattern,
        "priority": str(term.priority) if term.priority else None,
        "note": term.note,
        "from": _where(term),
    }


def _preferred(term: Term, lang: Lang) -> Text:
    forms = term.forms.get(lang, ())
    if not forms:
        return Text("–", style="dim")
    more = f" +{len(forms) - 1}" if len(forms) > 1 else ""
    return Text.assemble(visible(forms[0]), (more, "dim"))


def _where(term: Term) -> str:
    return "the package" if term.path == "default" else f"{term.path}:{term.line}"


def _text(text: str) -> Text:
    return Text(visible(text))  # a Text: nothing in it is markup


def _table(*columns: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def _print(parts: Iterable[RenderableType]) -> None:
    """On standard output; into a pipe without escape codes and with whole lines."""
    watched = sys.stdout is not None and sys.stdout.isatty()
    text = io.StringIO()
    console = Console(highlight=False) if watched else Console(file=text, width=_PIPE_WIDTH, highlight=False)
    for part in parts:
        console.print(part)
    if not watched:
        to_stdout("".join(f"{line.rstrip()}\n" for line in text.getvalue().splitlines()))
