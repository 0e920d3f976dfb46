"""The values everything else passes around: small, frozen, typed.

A raw text becomes a `Dispatch`: a tuple of `Block`s in the order of the input. A block is covered
by `Part`s, of which only prose goes to a model. Prose is split into `Segment`s (sentences); each
becomes a `TranslatedSegment` per target; together they make a `TranslatedDispatch`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Lang(StrEnum):
    """Languages by their ISO 639-1 code. French is the only source."""

    FR = "fr"
    EN = "en"
    ZH = "zh"


class Kind(StrEnum):
    """What a block, or a part of one, is. `PROSE_KINDS` go to the model, the rest never does."""

    TITLE = "title"
    KICKER = "kicker"
    LABEL = "label"  # Q:, PORTRAIT -; a part only
    STAMP = "stamp"  # update or publication stamp
    DATELINE = "dateline"  # BEIJING, 4 avril (Xinhua) --
    CREDIT = "credit"  # (Xinhua/Liu Bin), Photo AFP
    CAPTION = "caption"
    BYLINE = "byline"
    SUBHEAD = "subhead"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"  # a paragraph that is one quotation
    END_MARK = "end_mark"  # Fin, (à suivre)
    INITIALS = "initials"  # desk initials: abc/def/ghi
    CORRECTION = "correction"  # correction or advisory line
    FURNITURE = "furniture"  # menus, cookie lines, "A lire aussi"


PROSE_KINDS = frozenset(
    {Kind.TITLE, Kind.KICKER, Kind.CAPTION, Kind.SUBHEAD, Kind.PARAGRAPH, Kind.QUOTE, Kind.CORRECTION}
)


@dataclass(frozen=True, slots=True)
class Part:
    """A run of a block's text with one kind: `block.text[start:end] == text` (code points)."""

    kind: Kind
    text: str
    start: int
    end: int

    @property
    def is_prose(self) -> bool:
        return self.kind in PROSE_KINDS


@dataclass(frozen=True, slots=True)
class Block:
    """One element of a dispatch, in input order.

    `text` is the text as a reader sees it: NFC, hard wraps joined by one space. `parts` cover it in
    order, with nothing but white space between them. `first_line`, `last_line`: the 1-based, closed
    range of raw input lines it came from (equal for blocks glued in one line).
    """

    kind: Kind
    text: str
    parts: tuple[Part, ...]
    first_line: int
    last_line: int

    @property
    def is_prose(self) -> bool:
        """True if at least one part goes to the model."""
        return any(part.is_prose for part in self.parts)


@dataclass(frozen=True, slots=True)
class Dispatch:
    """A parsed dispatch. `notices`: what reading it had to assume (encoding, removed controls…)."""

    blocks: tuple[Block, ...]
    name: str = "-"
    notices: tuple[str, ...] = ()

    @property
    def title(self) -> Block | None:
        return next((block for block in self.blocks if block.kind is Kind.TITLE), None)

    @property
    def prose(self) -> tuple[tuple[int, Block], ...]:
        """Index and block of each paragraph or quote: what summaries are made of."""
        wanted = (Kind.PARAGRAPH, Kind.QUOTE)
        return tuple((i, block) for i, block in enumerate(self.blocks) if block.kind in wanted)


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence. Half-open offsets in code points: `container[start:end] == text`."""

    text: str
    start: int
    end: int


class Severity(StrEnum):
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know about one translated segment.

    `code` is stable and documented (`repetition`, `empty`, `truncation`, `length-ratio`,
    `resplit`, `retried`, …). `source_span`, `target_span`: where, if it has a place: half-open
    offsets in code points into the source and the translation of the segment.
    """

    code: str
    severity: Severity
    message: str
    source_span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None


class Origin(StrEnum):
    """Where a translation comes from."""

    MODEL = "model"
    MEMORY = "memory"  # made by people, from the translation memory
    RULE = "rule"  # rendered by rule: stamps, datelines, numbers…
    COPY = "copy"  # kept as it is: credits, names, symbols


class TermStatus(StrEnum):
    """How a term of the glossary came to be in a translation."""

    MODEL = "model"  # the model said it of its own accord
    ENFORCED = "enforced"  # the model was given it to write
    LED = "led"  # the model was made to begin with it, and went on by itself
    REPAIRED = "repaired"  # another form was replaced by it
    MISSING = "missing"  # it is not there


@dataclass(frozen=True, slots=True)
class TermUse:
    """A term of the glossary that stands in a source sentence, and what became of it.

    `form`: what the glossary wants. Spans are half-open offsets in code points into the source and the
    translation of the segment; a missing term has no target span.
    """

    term: str
    form: str
    status: TermStatus
    source_span: tuple[int, int]
    target_span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One sentence as a model gives it. `score`: mean log-probability per token, if known.

    `overlooked`: numbers of the clauses of its source that the model did not look at while it wrote it
    (`translate.text.contents`).
    """

    text: str
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    terms: tuple[TermUse, ...] = ()
    origin: Origin = Origin.MODEL
    overlooked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslatedSegment:
    """A source segment of `part` number `part` of its block, and its translation."""

    source: Segment
    target: str
    origin: Origin
    part: int
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    terms: tuple[TermUse, ...] = ()


@dataclass(frozen=True, slots=True)
class Translation:
    """A block in one target language: its whole text and its segments, in order."""

    text: str
    segments: tuple[TranslatedSegment, ...]


@dataclass(frozen=True, slots=True)
class SummarySentence:
    """One sentence of a summary in French and every target, and the blocks it comes from.

    `sources`: indices into `Dispatch.blocks`, ascending, never empty.
    """

    texts: Mapping[Lang, str]
    sources: tuple[int, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslatedBlock:
    """A block with its translations, and its one-line gist if it is prose and gists were asked for."""

    block: Block
    translations: Mapping[Lang, Translation] = field(default_factory=dict)
    gist: SummarySentence | None = None


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a result was made, so that it can be made again.

    `model` is the public id; `revision` the commit or weights hash (8 hex digits are shown). `decode`: what
    the registry changes of how the model's answers are searched for.
    """

    model: str
    revision: str
    engine: str
    device: str
    beam: int
    version: str
    glossary: str | None = None
    decode: str | None = None

    def __str__(self) -> str:
        """Short signature, e.g. `m:embedded@1a2b3c4d|e:torch|d:cpu|b:4|v:0.1.0`."""
        decode = f"|{self.decode}" if self.decode else ""
        glossary = f"|g:{self.glossary[:8]}" if self.glossary else ""
        return (
            f"m:{self.model}@{self.revision[:8]}|e:{self.engine}|d:{self.device}"
            f"|b:{self.beam}{decode}{glossary}|v:{self.version}"
        )


@dataclass(frozen=True, slots=True)
class TranslatedDispatch:
    """The whole result. `blocks` match `dispatch.blocks` one to one.

    `recipes` says per target how it was translated, `summarizer` how the summary was made.
    """

    dispatch: Dispatch
    targets: tuple[Lang, ...]
    blocks: tuple[TranslatedBlock, ...]
    summary: tuple[SummarySentence, ...]
    recipes: Mapping[Lang, Recipe]
    summarizer: str | None = None

    @property
    def findings(self) -> tuple[tuple[int, Lang, Finding], ...]:
        """Every finding with the index of its block and the target language, in order."""
        return tuple(
            (index, lang, finding)
            for index, block in enumerate(self.blocks)
            for lang, translation in block.translations.items()
            for segment in translation.segments
            for finding in segment.findings
        )
