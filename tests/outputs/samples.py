"""Results to render: two whole dispatches with translations by people, and the means to make hostile ones.

Events, figures and quotes in the two dispatches are invented.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st

from translate.domain import (
    Block,
    Dispatch,
    Finding,
    Kind,
    Lang,
    Origin,
    Part,
    Recipe,
    Segment,
    Severity,
    SummarySentence,
    TranslatedBlock,
    TranslatedDispatch,
    TranslatedSegment,
    Translation,
)

FEW = settings(max_examples=30, deadline=None)  # for examples that are large, on machines that are busy
DATA = Path(__file__).parent / "data"
RECIPE = Recipe("embedded", "1a2b3c4d5e6f7a8b", "torch", "cpu", 4, "0.1.0")
REPEATED = Finding("repetition", Severity.WARNING, "a phrase is repeated")
RESPLIT = Finding("resplit", Severity.NOTE, "over-long sentence translated in 2 pieces")
EMPTY = Finding("empty", Severity.ERROR, "no translation; the French is shown")

_DATELINE = re.compile(r"^.{3,60}?(?: --? |电 )")


def samples() -> dict[str, TranslatedDispatch]:
    """The dispatches of `data/dispatches.jsonl` by their first word: `eubee`, `perou`."""
    lines = (DATA / "dispatches.jsonl").read_text(encoding="utf-8").splitlines()
    results = (_result(json.loads(line)) for line in lines)
    return {result.dispatch.name.split(".")[0]: result for result in results}


def flagged(result: TranslatedDispatch) -> TranslatedDispatch:
    """The result with a finding of each severity: on two segments, on a gist and on the summary."""
    blocks = list(result.blocks)
    blocks[3] = _with_findings(blocks[3], {Lang.EN: (RESPLIT,), Lang.ZH: (REPEATED, EMPTY)})
    gist = blocks[4].gist
    assert gist
    blocks[4] = replace(blocks[4], gist=replace(gist, findings=(REPEATED,)))
    summary = (replace(result.summary[0], findings=(RESPLIT,)), *result.summary[1:])
    return replace(result, blocks=tuple(blocks), summary=summary)


def of_texts(texts: Sequence[Mapping[Lang, str]], kind: Kind = Kind.PARAGRAPH) -> TranslatedDispatch:
    """A result of one block per mapping, each with a gist that has all of it, and a summary of the first."""
    targets = tuple(lang for lang in (Lang.EN, Lang.ZH) if any(lang in each for each in texts))
    blocks = []
    for line, each in enumerate(texts, start=1):
        source = each[Lang.FR]
        block = Block(kind, source, (Part(kind, source, 0, len(source)),), line, line)
        segment = Segment(source, 0, len(source))
        translations: dict[Lang, Translation] = {
            lang: Translation(text, (TranslatedSegment(segment, text, Origin.MODEL, 0, -0.5),))
            for lang, text in each.items()
            if lang is not Lang.FR
        }
        gist = {lang: f"- {text}" for lang, text in each.items()}
        blocks.append(TranslatedBlock(block, translations, SummarySentence(gist, (line - 1,))))
    summary = (SummarySentence(dict(texts[0]), (0,)),) if texts else ()
    dispatch = Dispatch(tuple(block.block for block in blocks))
    recipes = dict.fromkeys(targets, RECIPE)
    return TranslatedDispatch(dispatch, targets, tuple(blocks), summary, recipes, "centroid")


def _with_findings(block: TranslatedBlock, findings: Mapping[Lang, tuple[Finding, ...]]) -> TranslatedBlock:
    translations = dict(block.translations)
    for lang, found in findings.items():
        *first, last = translations[lang].segments
        segments = (*first, replace(last, findings=found))
        translations[lang] = replace(translations[lang], segments=segments)
    return replace(block, translations=translations)


def _result(row: Any) -> TranslatedDispatch:
    blocks = tuple(_block(line, each) for line, each in enumerate(row["blocks"], start=1))
    summary = tuple(_sentence(each, each["sources"]) for each in row["summary"])
    dispatch = Dispatch(tuple(block.block for block in blocks), row["name"])
    targets = (Lang.EN, Lang.ZH)
    return TranslatedDispatch(dispatch, targets, blocks, summary, dict.fromkeys(targets, RECIPE), "centroid")


def _block(line: int, row: Any) -> TranslatedBlock:
    kind = Kind(row["kind"])
    pieces = {lang: _pieces(row[lang], kind) for lang in Lang if lang in row}
    parts, at = [], 0
    for part_kind, text in pieces[Lang.FR]:
        start = row["fr"].index(text, at)
        at = start + len(text)
        parts.append(Part(part_kind, text, start, at))
    block = Block(kind, row["fr"], tuple(parts), line, line)
    translations = {
        lang: Translation(row[lang], _segments(parts, pieces[lang])) for lang in pieces if lang != "fr"
    }
    gist = _sentence(row["gist"], [line - 1]) if "gist" in row else None
    return TranslatedBlock(block, translations, gist)


def _pieces(text: str, kind: Kind) -> list[tuple[Kind, str]]:
    """The text cut into its dateline, its prose and its end mark."""
    pieces = []
    if kind is Kind.PARAGRAPH and (dateline := _DATELINE.match(text)):
        pieces.append((Kind.DATELINE, dateline[0].rstrip()))
        text = text[dateline.end() :]
    end = re.search(r"\s*(Fin|End|完)$", text)
    if end and kind is Kind.PARAGRAPH:
        return [*pieces, (kind, text[: end.start()]), (Kind.END_MARK, end[1])]
    return [*pieces, (kind, text)]


def _segments(parts: Sequence[Part], pieces: Sequence[tuple[Kind, str]]) -> tuple[TranslatedSegment, ...]:
    segments = []
    for number, (part, (_, target)) in enumerate(zip(parts, pieces, strict=True)):
        sources, targets = _sentences(part.text), _sentences(target)
        if len(sources) != len(targets):
            sources, targets = [part.text], [target]
        at = 0
        origin = Origin.MODEL if part.is_prose else Origin.COPY if part.text == target else Origin.RULE
        for source, translated in zip(sources, targets, strict=True):
            start = part.text.index(source, at)
            at = start + len(source)
            score = -0.25 if origin is Origin.MODEL else None
            segments.append(TranslatedSegment(Segment(source, start, at), translated, origin, number, score))
    return tuple(segments)


def _sentences(text: str) -> list[str]:
    return [
        sentence for sentence in re.split(r"(?<=[.!?])\s+(?=[A-ZÉ])|(?<=[。！？])(?=[^”])", text) if sentence
    ]


def _sentence(texts: Mapping[str, str], sources: Sequence[int]) -> SummarySentence:
    return SummarySentence({lang: texts[lang] for lang in Lang}, tuple(sources))


# Anything a text may hold, with what hurts layouts, tables, markup and terminals made likely.
HOSTILE = st.text(
    st.one_of(
        st.sampled_from("[]|*_`\\<>&$#~:/-— «»…“”、。，（）"),
        st.sampled_from("\t\n\r\x1b\x07\x9b\u202e\u2066\u200d\u0301\ufe0f\u00a0\u2028"),
        st.sampled_from("中文新华社한あé👩👨🏽🇫🇷😀ﷺa1Z"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=40,
)
_SMALL = st.integers(0, 9)
_LANGS = st.sampled_from(Lang)
_SPANS = st.none() | st.tuples(_SMALL, _SMALL)
_FINDINGS = st.lists(
    st.builds(Finding, HOSTILE, st.sampled_from(Severity), HOSTILE, source_span=_SPANS, target_span=_SPANS),
    max_size=2,
).map(tuple)
_SEGMENTS = st.builds(
    TranslatedSegment,
    st.builds(Segment, HOSTILE, _SMALL, _SMALL),
    HOSTILE,
    st.sampled_from(Origin),
    _SMALL,
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    _FINDINGS,
)
_SENTENCES = st.builds(
    SummarySentence,
    st.dictionaries(_LANGS, HOSTILE),
    st.lists(_SMALL, min_size=1, max_size=3).map(tuple),
    _FINDINGS,
)
_BLOCKS = st.builds(
    Block,
    st.sampled_from(Kind),
    HOSTILE,
    st.lists(st.builds(Part, st.sampled_from(Kind), HOSTILE, _SMALL, _SMALL), max_size=2).map(tuple),
    st.integers(1, 9),
    st.integers(1, 9),
)
_TRANSLATED = st.builds(
    TranslatedBlock,
    _BLOCKS,
    st.dictionaries(
        st.sampled_from([Lang.EN, Lang.ZH]),
        st.builds(Translation, HOSTILE, st.lists(_SEGMENTS, max_size=2).map(tuple)),
    ),
    st.none() | _SENTENCES,
)
_RECIPES = st.builds(Recipe, HOSTILE, HOSTILE, HOSTILE, HOSTILE, _SMALL, HOSTILE, st.none() | HOSTILE)


@st.composite
def results(draw: st.DrawFn) -> TranslatedDispatch:
    """Any result that the types allow, sense or not: formats must hold whatever they are given."""
    blocks = tuple(draw(st.lists(_TRANSLATED, max_size=3)))
    notices = tuple(draw(st.lists(HOSTILE, max_size=2)))
    targets = draw(st.lists(st.sampled_from([Lang.EN, Lang.ZH]), unique=True).map(tuple))
    return TranslatedDispatch(
        dispatch=Dispatch(tuple(block.block for block in blocks), draw(HOSTILE), notices),
        targets=targets,
        blocks=blocks,
        summary=tuple(draw(st.lists(_SENTENCES, max_size=2))),
        recipes=draw(st.dictionaries(_LANGS, _RECIPES)),
        summarizer=draw(st.none() | HOSTILE),
    )
