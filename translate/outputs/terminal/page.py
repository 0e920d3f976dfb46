"""The page itself: headline, summary, text in columns, notes. Yields lines, each within the width."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from translate.domain import Kind, Lang, Severity
from translate.outputs.cells import visible
from translate.outputs.edition import OWN_NAMES, Edition, Note, Place, lines_of_furniture, segment_spans
from translate.outputs.terminal import highlights
from translate.outputs.terminal.explained import explained
from translate.outputs.terminal.highlights import inked, of_source, of_target
from translate.outputs.terminal.layout import LABEL, NUMBER, Layout, fit

_QUIET, _GIST = "dim", "dim"
_KIND_STYLES: Mapping[Kind, str] = {
    Kind.TITLE: "bold",
    Kind.SUBHEAD: "bold",
    Kind.KICKER: "bold",
    Kind.PARAGRAPH: "",
    Kind.QUOTE: "",
    Kind.CORRECTION: "",
    Kind.CAPTION: "italic",
}
_SEVERITY_STYLES: Mapping[Severity, str] = {
    Severity.NOTE: "magenta",
    Severity.WARNING: "bold magenta",
    Severity.ERROR: "bold red",
}


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be shown of an edition."""

    edition: Edition
    explain: bool = False
    furniture: bool = False

    def whole(self, width: int) -> Iterator[Text]:
        """The lines of the whole view."""
        head, body = self._head_and_body()
        layout = self._fit(width, (*head, *body))
        yield from self._masthead(layout, head)
        yield from self._summary(layout)
        if body:
            yield layout.rule("─", "┼", "Text")
            yield from self._rows(layout, body)
        yield from self._foot(layout, self.edition.notes, self._remarks())

    def summary_only(self, width: int) -> Iterator[Text]:
        """The lines of the summary view: headline, summary, one line per paragraph."""
        head, _ = self._head_and_body()
        layout = self._fit(width, head)
        yield from self._masthead(layout, head)
        yield from self._summary(layout)
        yield from self._gists(layout)
        notes = (note for note in self.edition.notes if note.place.lang is None or note.place.block in head)
        remarks = (*self.edition.result.dispatch.notices, *self.edition.signatures)
        yield from self._foot(layout, notes, remarks)

    def _head_and_body(self) -> tuple[list[int], list[int]]:
        """The blocks above the summary and those below it, without hidden furniture."""
        blocks = self.edition.result.dispatch.blocks
        shown = [i for i, block in enumerate(blocks) if self.furniture or block.kind is not Kind.FURNITURE]
        end = self.edition.head_length
        return [index for index in shown if index < end], [index for index in shown if index >= end]

    def _fit(self, width: int, blocks: Iterable[int]) -> Layout:
        """Columns weighed by the text they will hold, so that they end at about the same height."""
        amounts = dict.fromkeys(self.edition.langs, 0)
        written = [self.edition.texts(index) for index in blocks]
        written += [self.edition.gist(index) for index in self.edition.numbers]
        written += [self.edition.ordered(sentence.texts) for sentence in self.edition.result.summary]
        for texts in written:
            for lang, text in texts.items():
                amounts[lang] += cell_len(text)
        return fit(width, max(self.edition.numbers.values(), default=0), amounts)

    def _masthead(self, layout: Layout, head: Sequence[int]) -> Iterator[Text]:
        """Name, languages and model; then the head of the dispatch in columns."""
        yield layout.rule("━")
        name, direction = Text(visible(self.edition.name), LABEL), Text(self.edition.direction)
        room = layout.width - cell_len(name.plain) - cell_len(direction.plain)
        if room >= 3:
            yield Text.assemble(name, " " * room, direction)
        else:
            yield from layout.full(name)
            yield from layout.full(direction)
        for model in self.edition.models:
            yield from layout.full(Text(visible(model), _QUIET))
        yield layout.rule("─", "┬")
        if layout.columns:
            yield from layout.rows("", [{lang: Text(OWN_NAMES[lang], _QUIET) for lang in layout.langs}])
            yield layout.gap()
        if head:
            yield from self._rows(layout, head)
            yield layout.gap()

    def _summary(self, layout: Layout) -> Iterator[Text]:
        if not self.edition.result.summary:
            return
        yield layout.rule("─", "┼", "Summary")
        for number, sentence in enumerate(self.edition.result.summary):
            if number:
                yield layout.gap()
            marks = _marks(self.edition, Place(sentence=number))
            pointer = _unbroken(f"→ {self.edition.pointer(sentence.sources)}")
            cells = {
                lang: Text.assemble(visible(text), " ", (pointer, NUMBER), *marks)
                for lang, text in self.edition.ordered(sentence.texts).items()
            }
            yield from layout.rows("", [cells])
        yield layout.gap()

    def _rows(self, layout: Layout, shown: Iterable[int]) -> Iterator[Text]:
        """The blocks with gaps between them, their gists and, if asked for, how they were made."""
        before: Kind | None = None
        for index in shown:
            kind = self.edition.result.blocks[index].block.kind
            if before and not kind is before is Kind.FURNITURE:
                yield layout.gap()
            before = kind
            rows = [_cells(self.edition, index), self._gist(index, "▸ ", _GIST)]
            if self.explain:
                rows.append(explained(self.edition, index))
            yield from layout.rows(str(self.edition.numbers.get(index, "")), [row for row in rows if row])

    def _gist(self, index: int, sign: str = "", style: str = "") -> dict[Lang, Text]:
        marks = _marks(self.edition, Place(index))
        gist = self.edition.gist(index).items()
        return {lang: Text.assemble((f"{sign}{visible(text)}", style), *marks) for lang, text in gist}

    def _gists(self, layout: Layout) -> Iterator[Text]:
        gists = {index: gist for index in self.edition.numbers if (gist := self._gist(index))}
        if gists:
            yield layout.rule("─", "┼", "Paragraph by paragraph")
        for index, gist in gists.items():
            yield from layout.rows(str(self.edition.numbers[index]), [gist])
            yield layout.gap()

    def _foot(self, layout: Layout, notes: Iterable[Note], remarks: Iterable[str]) -> Iterator[Text]:
        """The notes, then the remarks in small print."""
        yield layout.rule("━", "┷")
        legend = [Text.assemble((note.mark, _severity(note)), f" {visible(note.text)}") for note in notes]
        small_print = [Text(visible(remark), _QUIET) for remark in remarks]
        if terms := highlights.legend(self.edition.result):
            small_print.insert(0, terms)
        for text in (*legend, *[Text()] * bool(legend and small_print), *small_print):
            yield from layout.full(text)

    def _remarks(self) -> Iterator[str]:
        """What reading had to assume, what is hidden, and the recipes."""
        yield from self.edition.result.dispatch.notices
        if not self.furniture and (count := self.edition.furniture_lines):
            them = "them" if count > 1 else "it"
            yield f"{lines_of_furniture(count)} hidden (--furniture shows {them})"
        yield from self.edition.signatures


def _marks(edition: Edition, place: Place) -> tuple[Text, ...]:
    """The mark of the note at a place, if there is one."""
    note = edition.notes_at.get(place)
    return (_mark(note),) if note else ()


def _mark(note: Note) -> Text:
    """The mark, to stand behind a word: with its own space, which never breaks."""
    return Text(f"\u00a0{note.mark}", _severity(note))


def _severity(note: Note) -> str:
    return _SEVERITY_STYLES[note.severity]


def _unbroken(text: str) -> str:
    """The text with spaces that never break."""
    return text.replace(" ", "\u00a0")


def _kind_style(kind: Kind, lang: Lang) -> str:
    style = _KIND_STYLES.get(kind, _QUIET)
    return "" if lang is Lang.ZH and style == "italic" else style  # Chinese has no italic


def _cells(edition: Edition, index: int) -> dict[Lang, Text]:
    """The block in each language: datelines and the like subdued, note marks behind their sentences."""
    block = edition.result.blocks[index].block
    style = _kind_style(block.kind, Lang.FR)
    cells = {Lang.FR: Text(style=style)}
    position = 0
    for number, part in enumerate(block.parts):
        cells[Lang.FR].append(visible(block.text[position : part.start]))
        stretches = of_source(edition.result.blocks[index], number) if part.is_prose else ()
        cells[Lang.FR].append_text(
            inked(block.text[part.start : part.end], stretches, "" if part.is_prose else _QUIET)
        )
        position = part.end
    cells[Lang.FR].append(visible(block.text[position:]))
    for lang in edition.langs[1:]:
        if lang in edition.result.blocks[index].translations:
            cells[lang] = _translated(edition, index, lang)
    return cells


def _translated(edition: Edition, index: int, lang: Lang) -> Text:
    translated = edition.result.blocks[index]
    translation = translated.translations[lang]
    spans = segment_spans(translation.text, [segment.target for segment in translation.segments])
    cell, left_over, position = Text(style=_kind_style(translated.block.kind, lang)), Text(), 0
    after_mark = ""  # Chinese has no space between sentences: `†2` before `2018` would be another number
    for number, (segment, span) in enumerate(zip(translation.segments, spans, strict=True)):
        marks = _marks(edition, Place(index, lang, number))
        if span is None:
            left_over = Text.assemble(left_over, *marks)
            continue
        parts = translated.block.parts
        prose = not 0 <= segment.part < len(parts) or parts[segment.part].is_prose
        cell.append(visible(translation.text[position : span[0]]) or after_mark)
        stretches = of_target(segment) if prose else ()
        cell.append_text(inked(translation.text[slice(*span)], stretches, "" if prose else _QUIET))
        for mark in marks:
            cell.append_text(mark)
        after_mark = " " if marks else ""
        position = span[1]
    cell.append(visible(translation.text[position:]))
    return cell.append_text(left_over)
