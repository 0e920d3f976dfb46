"""A result as a bilingual Markdown document: headline, summary, aligned text, notes, colophon."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from translate.domain import Kind, Lang, SummarySentence, TranslatedDispatch
from translate.outputs.cells import visible
from translate.outputs.edition import OWN_NAMES, Edition, Place, edit, lines_of_furniture

# Every sign with a meaning inside a line of GitHub's Markdown, in a table too.
_INLINE = re.compile(r"[\\`*_{}\[\]<>|~$#&@]")
_LINE_START = re.compile(r"^(\s*)(?:([-+=])|(\d+)([.)]))")


def to_markdown(result: TranslatedDispatch) -> str:
    """The document. Headings are the dispatch's own title, then `Summary`, `Text` and `Notes`."""
    edition = edit(result)
    sections = (_headline(edition), _summary(edition), _text(edition), _notes(edition), _colophon(edition))
    return "\n\n".join("\n".join(lines) for section in sections if (lines := list(section))) + "\n"


def escape(text: str) -> str:
    """The text so that Markdown shows it letter by letter, on one line."""
    escaped = _INLINE.sub(_escape_sign, visible(text).strip())
    return _LINE_START.sub(_escape_start, escaped)


def _escape_sign(match: re.Match[str]) -> str:
    # By number: a backslash before a pipe means different things inside a table and outside.
    return f"&#{ord(match[0])};" if match[0] in "\\|" else f"\\{match[0]}"


def _escape_start(match: re.Match[str]) -> str:
    space, sign, number, stop = match.groups()
    return f"{space}\\{sign}" if sign else f"{space}{number}\\{stop}"


def _headline(edition: Edition) -> Iterator[str]:
    title, *translated = [escape(text) for text in edition.title.values()] or [escape(edition.name)]
    yield f"# {title}"
    for text in translated:
        yield from ("", f"**{text}**")
    facts = (edition.name, edition.direction, "; ".join(edition.models))
    yield from ("", " · ".join(escape(fact) for fact in facts if fact))


def _summary(edition: Edition) -> Iterator[str]:
    if edition.result.summary:
        yield "## Summary"
    for lang in edition.langs:
        sentences = [
            f"- {escape(sentence.texts[lang])} {_links(edition, sentence)}"
            + _raised(edition.marks(Place(sentence=number)))
            for number, sentence in enumerate(edition.result.summary)
            if lang in edition.ordered(sentence.texts)
        ]
        if sentences:
            yield from ("", f"**{OWN_NAMES[lang]}**", "", *sentences)


def _links(edition: Edition, sentence: SummarySentence) -> str:
    """A link to each paragraph the sentence comes from."""
    links = (
        f"[{edition.pointer([source])}](#p{edition.numbers[source]})"
        if source in edition.numbers
        else f"({edition.pointer([source])})"
        for source in sentence.sources
    )
    return " ".join(links)


def _text(edition: Edition) -> Iterator[str]:
    """A table of every block but the furniture and the title; of the gists alone if no text was asked for."""
    title, blocks = edition.result.dispatch.title, edition.result.dispatch.blocks
    if edition.summary_only:
        shown = [index for index in edition.numbers if edition.gist(index)]
    else:
        kept = (block is not title and block.kind is not Kind.FURNITURE for block in blocks)
        shown = [index for index, keep in enumerate(kept) if keep]
    if not shown:
        return
    yield from ("## Paragraph by paragraph" if edition.summary_only else "## Text", "")
    yield _row("", (OWN_NAMES[lang] for lang in edition.langs))
    yield _row("--:", (":--" for _ in edition.langs))
    for index in shown:
        number = edition.numbers.get(index)
        anchor = f'<a id="p{number}"></a>{number}' if number else ""
        yield _row(anchor, _cells(edition, index))


def _row(first: str, cells: Iterable[str]) -> str:
    return f"| {' | '.join((first, *cells))} |"


def _cells(edition: Edition, index: int) -> Iterator[str]:
    """The block in each language with its note marks, and its gist under it; or the gist alone."""
    kind = edition.result.blocks[index].block.kind
    texts, gists = {} if edition.summary_only else edition.texts(index), edition.gist(index)
    for lang in edition.langs:
        text, gist = escape(texts.get(lang, "")), escape(gists.get(lang, ""))
        cell = f"{_set(text, kind, lang)}{_raised(edition.block_marks(index, lang))}" if text else ""
        if gist:
            gist = gist if edition.summary_only else _slanted(gist, lang)
            gist += _raised(edition.marks(Place(index)))
        yield f"{cell}<br><br>→ {gist}" if cell and gist else cell or gist


def _set(text: str, kind: Kind, lang: Lang) -> str:
    """The text bold for a heading, plain for a paragraph, slanted for the rest."""
    if kind in (Kind.TITLE, Kind.SUBHEAD, Kind.KICKER):
        return f"<strong>{text}</strong>"
    return text if kind in (Kind.PARAGRAPH, Kind.QUOTE) else _slanted(text, lang)


def _slanted(text: str, lang: Lang) -> str:
    return text if lang is Lang.ZH else f"<em>{text}</em>"  # Chinese has no italic


def _raised(marks: str) -> str:
    return f"\u00a0<sup>{marks.strip()}</sup>" if marks else ""


def _notes(edition: Edition) -> Iterator[str]:
    lines = [f"- {note.mark} {escape(note.text)}" for note in edition.notes]
    lines += [f"- {escape(notice)}" for notice in edition.result.dispatch.notices]
    if count := edition.furniture_lines:
        lines.append(f"- {lines_of_furniture(count)} left out")
    if lines:
        yield from ("## Notes", "", *lines)


def _colophon(edition: Edition) -> Sequence[str]:
    lines = [f"<sub>{escape(line)}</sub>" for line in edition.signatures]
    return ["---", "", "<br>".join(lines)] if lines else []
