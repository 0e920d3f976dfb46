"""A result back from its JSON. Each error says which key is wrong and what was expected."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

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
    TermStatus,
    TermUse,
    TranslatedBlock,
    TranslatedDispatch,
    TranslatedSegment,
    Translation,
)
from translate.errors import InputError
from translate.outputs.json_writer import SCHEMA

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class _Node:
    """A JSON value and the path that leads to it, as `blocks[3].kind`."""

    value: Any
    path: str = ""

    def __getitem__(self, key: str) -> _Node:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        path = f"{self.path}.{key}" if self.path else key
        if key not in self.value:
            raise InputError(f"{path} is missing", hint=f"results have the schema {SCHEMA}")
        return _Node(self.value[key], path)

    def wrong(self, expected: str) -> InputError:
        shown = json.dumps(self.value, ensure_ascii=False)
        shown = f"{shown[:40]}…" if len(shown) > 40 else shown
        return InputError(f"{self.path or 'the text'} must be {expected}, not {shown}")

    def text(self) -> str:
        if not isinstance(self.value, str):
            raise self.wrong("a text")
        return self.value

    def integer(self) -> int:
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.wrong("a whole number")
        return self.value

    def number(self) -> float:
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            raise self.wrong("a number")
        return float(self.value)

    def one_of(self, choices: type[E]) -> E:
        if self.value not in list(choices):
            raise self.wrong(f"one of {', '.join(choices)}")
        return choices(self.value)

    def or_none(self, read: Callable[[_Node], T]) -> T | None:
        return None if self.value is None else read(self)

    def items(self) -> Iterator[_Node]:
        if not isinstance(self.value, list):
            raise self.wrong("a list")
        return (_Node(value, f"{self.path}[{index}]") for index, value in enumerate(self.value))

    def by_lang(self, read: Callable[[_Node], T]) -> dict[Lang, T]:
        if not isinstance(self.value, dict):
            raise self.wrong("an object")
        return {_Node(key, f"{self.path} key").one_of(Lang): read(self[key]) for key in self.value}


def read(text: str) -> TranslatedDispatch:
    """The result in the text. Unknown keys are passed over: the schema may gain some within version 1."""
    try:
        root = _Node(json.loads(text))
    except (ValueError, RecursionError) as err:
        raise InputError(f"not a result in JSON: {err}") from err
    if root["schema"].value != SCHEMA:
        raise root["schema"].wrong(json.dumps(SCHEMA))
    blocks = tuple(_block(node) for node in root["blocks"].items())
    return TranslatedDispatch(
        dispatch=Dispatch(
            blocks=tuple(translated.block for translated in blocks),
            name=root["name"].text(),
            notices=tuple(node.text() for node in root["notices"].items()),
        ),
        targets=tuple(node.one_of(Lang) for node in root["targets"].items()),
        blocks=blocks,
        summary=tuple(_sentence(node) for node in root["summary"].items()),
        recipes=root["recipes"].by_lang(_recipe),
        summarizer=root["summarizer"].or_none(_Node.text),
    )


def _block(node: _Node) -> TranslatedBlock:
    block = Block(
        kind=node["kind"].one_of(Kind),
        text=node["text"].text(),
        parts=tuple(_part(part) for part in node["parts"].items()),
        first_line=node["first_line"].integer(),
        last_line=node["last_line"].integer(),
    )
    return TranslatedBlock(block, node["translations"].by_lang(_translation), node["gist"].or_none(_sentence))


def _part(node: _Node) -> Part:
    return Part(
        kind=node["kind"].one_of(Kind),
        text=node["text"].text(),
        start=node["start"].integer(),
        end=node["end"].integer(),
    )


def _translation(node: _Node) -> Translation:
    return Translation(node["text"].text(), tuple(_segment(each) for each in node["segments"].items()))


def _segment(node: _Node) -> TranslatedSegment:
    return TranslatedSegment(
        source=Segment(node["source"].text(), node["start"].integer(), node["end"].integer()),
        target=node["target"].text(),
        origin=node["origin"].one_of(Origin),
        part=node["part"].integer(),
        score=node["score"].or_none(_Node.number),
        findings=_findings(node),
        terms=_terms(node),
    )


def _terms(node: _Node) -> tuple[TermUse, ...]:
    """The terms of a segment; the key is absent if there are none."""
    if "terms" not in node.value:
        return ()
    return tuple(
        TermUse(
            each["term"].text(),
            each["form"].text(),
            each["status"].one_of(TermStatus),
            _offsets(each["source_span"]),
            target_span=each["target_span"].or_none(_offsets),
        )
        for each in node["terms"].items()
    )


def _sentence(node: _Node) -> SummarySentence:
    return SummarySentence(
        texts=node["texts"].by_lang(_Node.text),
        sources=tuple(source.integer() for source in node["sources"].items()),
        findings=_findings(node),
    )


def _findings(node: _Node) -> tuple[Finding, ...]:
    return tuple(
        Finding(
            each["code"].text(),
            each["severity"].one_of(Severity),
            each["message"].text(),
            source_span=_span(each, "source_span"),
            target_span=_span(each, "target_span"),
        )
        for each in node["findings"].items()
    )


def _span(node: _Node, key: str) -> tuple[int, int] | None:
    """The two offsets under `key`, or None: the key may be absent."""
    if not isinstance(node.value, dict) or node.value.get(key) is None:
        return None
    return _offsets(node[key])


def _offsets(node: _Node) -> tuple[int, int]:
    offsets = tuple(offset.integer() for offset in node.items())
    if len(offsets) != 2:
        raise node.wrong("a pair of offsets")
    return offsets[0], offsets[1]


def _recipe(node: _Node) -> Recipe:
    return Recipe(
        model=node["model"].text(),
        revision=node["revision"].text(),
        engine=node["engine"].text(),
        device=node["device"].text(),
        beam=node["beam"].integer(),
        version=node["version"].text(),
        glossary=node["glossary"].or_none(_Node.text),
        # results of before have none
        decode=node["decode"].or_none(_Node.text) if "decode" in node.value else None,
    )
