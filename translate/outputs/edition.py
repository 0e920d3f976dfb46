"""A result edited for readers: what every format for people adds around the text.

Paragraph numbers, pointers from the summary, footnotes for findings, and the colophon: how it was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from translate.domain import (
    Block,
    Finding,
    Kind,
    Lang,
    Recipe,
    Severity,
    SummarySentence,
    TranslatedBlock,
    TranslatedDispatch,
)

OWN_NAMES: Final[Mapping[Lang, str]] = {Lang.FR: "Français", Lang.EN: "English", Lang.ZH: "中文"}
NAMES: Final[Mapping[Lang, str]] = {Lang.FR: "French", Lang.EN: "English", Lang.ZH: "Chinese"}

# What may stand above the first paragraph of a dispatch, and so above its summary.
_HEAD_KINDS = frozenset({Kind.TITLE, Kind.KICKER, Kind.STAMP, Kind.BYLINE, Kind.CREDIT, Kind.FURNITURE})
_EMBEDDED = "embedded"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a note stands: on a sentence of the summary, on a block's gist, or on one of its segments."""

    block: int | None = None
    lang: Lang | None = None
    segment: int | None = None
    sentence: int | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """All findings at one place, worst first, as a numbered footnote. `place_name`: `¶3, Chinese`."""

    number: int
    place: Place
    place_name: str
    findings: tuple[Finding, ...]

    @property
    def mark(self) -> str:
        return f"†{self.number}"

    @property
    def text(self) -> str:
        """The note in one line: place, then severity (unless it is a mere note), message and code of each."""
        return f"{self.place_name}: {'; '.join(map(_in_line, self.findings))}"

    @property
    def severity(self) -> Severity:
        """The worst of its findings'."""
        return self.findings[0].severity


@dataclass(frozen=True, slots=True)
class Edition:
    """A result with its apparatus. Made by `edit`.

    `numbers`: paragraph number, from 1, by the index of the block. `notes`: by their place, in order.
    """

    result: TranslatedDispatch
    numbers: Mapping[int, int]
    notes_at: Mapping[Place, Note]

    @property
    def name(self) -> str:
        return self.result.dispatch.name

    @property
    def langs(self) -> tuple[Lang, ...]:
        """The columns: French, then the targets as asked."""
        return (Lang.FR, *(lang for lang in self.result.targets if lang is not Lang.FR))

    @property
    def direction(self) -> str:
        """`French → English, Chinese`."""
        return f"{NAMES[Lang.FR]} → {', '.join(NAMES[lang] for lang in self.langs[1:]) or '–'}"

    @property
    def title(self) -> dict[Lang, str]:
        """The title in every language; empty if the dispatch has none."""
        title = self.result.dispatch.title
        return self.texts(self.result.dispatch.blocks.index(title)) if title else {}

    @property
    def summary_only(self) -> bool:
        """True if the text itself was not to be translated: no block but the title has a translation."""
        title = self.result.dispatch.title
        return not any(each.translations for each in self.result.blocks if each.block is not title)

    def texts(self, index: int) -> dict[Lang, str]:
        """A block's whole text in every language that has it, in the order of the columns."""
        block = self.result.blocks[index]
        texts = {lang: translation.text for lang, translation in block.translations.items()}
        return self.ordered({**texts, Lang.FR: block.block.text})

    def ordered(self, texts: Mapping[Lang, str]) -> dict[Lang, str]:
        """The texts that are not blank, in the order of the columns."""
        return {lang: text for lang in self.langs if (text := texts.get(lang, "")).strip()}

    def gist(self, index: int) -> dict[Lang, str]:
        """A block's gist in every language that has it; empty if there is none, or its text says that."""
        block = self.result.blocks[index]
        return self.ordered(block.gist.texts) if block.gist and not _repeats(block) else {}

    def pointer(self, sources: Iterable[int]) -> str:
        """Where a summary sentence comes from: `¶2`, `¶2, 5`; a block that is no paragraph by its kind."""
        return _pointer(self.result, self.numbers, sources)

    @property
    def notes(self) -> tuple[Note, ...]:
        """Every note, in the order of their numbers."""
        return tuple(self.notes_at.values())

    def marks(self, place: Place) -> str:
        """The mark of the note at a place, to be set behind its text: ` †1`; nothing if there is none."""
        return f" {self.notes_at[place].mark}" if place in self.notes_at else ""

    def block_marks(self, index: int, lang: Lang) -> str:
        """The marks of the notes on all segments of a block in one language: ` †1 †2`."""
        translation = self.result.blocks[index].translations.get(lang)
        segments = range(len(translation.segments) if translation else 0)
        return "".join(self.marks(Place(index, lang, segment)) for segment in segments)

    @property
    def head_length(self) -> int:
        """How many blocks stand above the text: title, kicker, stamp, byline, credit."""
        kinds = (block.kind for block in self.result.dispatch.blocks)
        return next((i for i, kind in enumerate(kinds) if kind not in _HEAD_KINDS), len(self.result.blocks))

    @property
    def furniture_lines(self) -> int:
        """How many lines of the input are page furniture."""
        furniture = (block for block in self.result.dispatch.blocks if block.kind is Kind.FURNITURE)
        return len({line for block in furniture for line in range(block.first_line, block.last_line + 1)})

    @property
    def models(self) -> tuple[str, ...]:
        """Which model translated, in plain words: one line if all targets had the same, else one each."""
        by_words = self._by_recipe(_in_words)
        if len(by_words) == 1:
            return tuple(by_words)
        return tuple(
            f"{', '.join(NAMES[lang] for lang in langs)}: {words}" for words, langs in by_words.items()
        )

    @property
    def signatures(self) -> tuple[str, ...]:
        """Each recipe in its short form, with the languages it made, then the summarizer."""
        lines = [f"{'+'.join(langs)} {recipe}" for recipe, langs in self._by_recipe(str).items()]
        summarizer = self.result.summarizer
        return (*lines, f"summary {summarizer}") if summarizer else tuple(lines)

    def _by_recipe(self, name: Callable[[Recipe], str]) -> dict[str, list[Lang]]:
        named: dict[str, list[Lang]] = {}
        for lang in self.langs:
            if recipe := self.result.recipes.get(lang):
                named.setdefault(name(recipe), []).append(lang)
        return named


def edit(result: TranslatedDispatch) -> Edition:
    """The result with its paragraphs and findings numbered."""
    numbers = {index: number for number, (index, _) in enumerate(result.dispatch.prose, start=1)}
    names: dict[Place, str] = {}
    found: dict[Place, list[Finding]] = {}
    for place, name, finding in (*_summary_findings(result.summary), *_block_findings(result, numbers)):
        names[place] = name
        found.setdefault(place, []).append(finding)
    notes_at = {
        place: Note(number, place, names[place], tuple(sorted(findings, key=_gravity)))
        for number, (place, findings) in enumerate(found.items(), start=1)
    }
    return Edition(result, numbers, notes_at)


def _gravity(finding: Finding) -> int:
    return (Severity.ERROR, Severity.WARNING, Severity.NOTE).index(finding.severity)


def _in_line(finding: Finding) -> str:
    severity = f"{finding.severity}: " if finding.severity is not Severity.NOTE else ""
    return f"{severity}{finding.message} [{finding.code}]"


def lines_of_furniture(count: int) -> str:
    """`3 lines of page furniture`."""
    return f"{count} line{'s' * (count > 1)} of page furniture"


def segment_spans(text: str, targets: Sequence[str]) -> tuple[tuple[int, int] | None, ...]:
    """Where each segment's target stands in the whole translation; `None` if it does not stand there."""
    spans: list[tuple[int, int] | None] = []
    position = 0
    for target in targets:
        start = text.find(target, position) if target else -1
        spans.append((start, start + len(target)) if start >= 0 else None)
        position = start + len(target) if start >= 0 else position
    return tuple(spans)


_Placed = tuple[Place, str, Finding]


def _summary_findings(summary: Sequence[SummarySentence]) -> Iterator[_Placed]:
    for number, sentence in enumerate(summary):
        for finding in sentence.findings:
            yield Place(sentence=number), "Summary", finding


def _block_findings(result: TranslatedDispatch, numbers: Mapping[int, int]) -> Iterator[_Placed]:
    for index, block in enumerate(result.blocks):
        where = _pointer(result, numbers, [index])
        for lang in result.targets:
            translation = block.translations.get(lang)
            for number, segment in enumerate(translation.segments if translation else ()):
                for finding in segment.findings:
                    yield Place(index, lang, number), f"{where}, {NAMES[lang]}", finding
        for finding in block.gist.findings if block.gist and not _repeats(block) else ():
            yield Place(index), f"{where}, gist", finding


def _repeats(block: TranslatedBlock) -> bool:
    """True if a block's gist is all of its text or its prose, which stands above it already."""
    if not block.gist or not block.translations:
        return False
    prose = " ".join(part.text for part in block.block.parts if part.is_prose)
    return block.gist.texts.get(Lang.FR, "").split() in (block.block.text.split(), prose.split())


def _pointer(result: TranslatedDispatch, numbers: Mapping[int, int], sources: Iterable[int]) -> str:
    sources = tuple(sources)
    paragraphs = ", ".join(str(numbers[index]) for index in sources if index in numbers)
    others = [_kind_at(result.dispatch.blocks, index) for index in sources if index not in numbers]
    return ", ".join([f"¶{paragraphs}", *others] if paragraphs else others)


def _kind_at(blocks: Sequence[Block], index: int) -> str:
    return blocks[index].kind.replace("_", " ") if 0 <= index < len(blocks) else f"block {index}"


def _in_words(recipe: Recipe) -> str:
    if recipe.model == _EMBEDDED or recipe.model.startswith(f"{_EMBEDDED}-"):
        return "embedded model (a better one can be fetched: translate models list)"
    return f"model {recipe.model}"
