"""A result as plain text for mail and pipes: numbered paragraphs, each language under the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from translate.domain import Kind, Lang, TranslatedDispatch
from translate.outputs.cells import cell_width, visible
from translate.outputs.edition import Edition, Place, edit, lines_of_furniture
from translate.outputs.wrap import wrap

WIDTH: Final = 76  # what mail programs pass on without breaking lines again
_NUMBER: Final = 5  # `[12] `
_LANG: Final = 4  # `FR  `


def to_text(result: TranslatedDispatch) -> str:
    """The whole result, wrapped at 76 cells: headline, summary, text, notes."""
    edition = edit(result)
    sections = (_headline(edition), _summary(edition), _text(edition), _notes(edition))
    written = ["\n".join(lines) for section in sections if (lines := list(section))]
    return "\n\n\n".join(written) + "\n"


def _headline(edition: Edition) -> Iterator[str]:
    heads = list(edition.title.values()) or [edition.name]
    lines = [line for head in heads for line in _wrapped(head)]
    yield from (*lines, "=" * max((cell_width(line) for line in lines), default=1))
    for fact in (edition.name, edition.direction, *edition.models):
        if heads != [fact]:
            yield from _wrapped(fact)


def _summary(edition: Edition) -> Iterator[str]:
    if edition.result.summary:
        yield from _heading("SUMMARY")
    for number, sentence in enumerate(edition.result.summary):
        after = f" [{edition.pointer(sentence.sources)}]{edition.marks(Place(sentence=number))}"
        texts = edition.ordered(sentence.texts)
        yield from ("", *_aligned("", {lang: f"{text}{after}" for lang, text in texts.items()}))


def _text(edition: Edition) -> Iterator[str]:
    """Every block but the furniture and the title; the gists alone if no text was asked for."""
    if edition.summary_only:
        yield from _gists(edition)
        return
    yield from _heading("TEXT")
    title = edition.result.dispatch.title
    for index, block in enumerate(edition.result.dispatch.blocks):
        if block.kind is Kind.FURNITURE or block is title:
            continue
        number = f"[{edition.numbers[index]}]" if index in edition.numbers else ""
        texts = {
            lang: f"{text}{edition.block_marks(index, lang)}" for lang, text in edition.texts(index).items()
        }
        yield from ("", *_aligned(number, texts))
        yield from _aligned("", _marked_gist(edition, index, "> "))


def _gists(edition: Edition) -> Iterator[str]:
    yield from _heading("PARAGRAPH BY PARAGRAPH")
    for index, number in edition.numbers.items():
        if gist := _marked_gist(edition, index):
            yield from ("", *_aligned(f"[{number}]", gist))


def _marked_gist(edition: Edition, index: int, sign: str = "") -> dict[Lang, str]:
    marks = edition.marks(Place(index))
    return {lang: f"{sign}{text}{marks}" for lang, text in edition.gist(index).items()}


def _notes(edition: Edition) -> Iterator[str]:
    lines = list(edition.result.dispatch.notices)
    if count := edition.furniture_lines:
        lines.append(f"{lines_of_furniture(count)} left out")
    lines += edition.signatures
    yield "-" * WIDTH
    for note in edition.notes:
        yield from _wrapped(note.text, f"{note.mark:<{_NUMBER}}")
    for line in lines:
        yield from _wrapped(line)


def _heading(words: str) -> tuple[str, str]:
    return words, "-" * len(words)


def _aligned(number: str, texts: Mapping[Lang, str]) -> Iterator[str]:
    """Each language under the other, its code before it; a text that is everywhere the same only once."""
    same = len(set(texts.values())) == 1 and len(texts) > 1
    shown = dict.fromkeys([""], next(iter(texts.values()))) if same else texts
    for lang, text in shown.items():
        first = f"{number:<{_NUMBER}}{lang.upper():<{_LANG}}"
        yield from _wrapped(text, first)
        number = ""


def _wrapped(text: str, first: str = "") -> Iterable[str]:
    """The text in lines that begin under each other; web addresses stay whole, even if too long."""
    text = visible(text)
    indent = " " * len(first)
    for number, (start, end) in enumerate(wrap(text, WIDTH - len(first), cut_words=False)):
        yield f"{indent if number else first}{text[start:end]}".rstrip()
