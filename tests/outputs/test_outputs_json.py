"""JSON holds everything, says so in its schema, and comes back as it was."""

from __future__ import annotations

import copy
import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from tests.outputs.samples import FEW, RECIPE, flagged, of_texts, results, samples
from translate.domain import Finding, Lang, Severity, TranslatedDispatch, Translation
from translate.errors import InputError
from translate.outputs import Format, read_json, render

SCHEMA_FILE = Path(__file__).parents[2] / "docs/schema/translated-dispatch.v1.json"
SCHEMA: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))


def closed(schema: Any) -> Any:
    """The schema with no room for keys that it does not describe."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    inner = {key: closed(value) for key, value in schema.items()}
    return {**inner, "additionalProperties": False} if isinstance(inner.get("properties"), dict) else inner


CLOSED = Draft202012Validator(closed(SCHEMA))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@FEW
@given(results())
def test_json_is_lossless(result: TranslatedDispatch) -> None:
    assert read_json(render(result, Format.JSON)) == result
    assert read_json(render(result, Format.JSONL)) == result


@FEW
@given(results())
def test_whatever_is_written_is_described_by_the_schema(result: TranslatedDispatch) -> None:
    CLOSED.validate(json.loads(render(result, Format.JSON)))


@pytest.mark.parametrize("key", ["schema", "name", "targets", "recipes", "summary", "blocks", "notices"])
def test_the_schema_misses_no_key(key: str) -> None:
    value = json.loads(render(samples()["perou"], Format.JSON))
    del value[key]
    assert not CLOSED.is_valid(value)


@FEW
@given(results())
def test_jsonl_is_one_line_for_every_reader_of_lines(result: TranslatedDispatch) -> None:
    text = render(result, Format.JSONL)
    assert text.splitlines() == [text[:-1]]
    assert text.encode("utf-8").decode("utf-8") == text


def test_lone_surrogates_survive() -> None:
    result = of_texts([{Lang.FR: "a\ud800b", Lang.EN: "a\ud800b"}])
    text = render(result, Format.JSONL)
    assert text.isascii()
    assert read_json(text) == result


def test_the_order_of_keys_is_that_of_the_columns_not_of_construction() -> None:
    result = samples()["perou"]
    turned = replace(
        result,
        recipes=dict(reversed(list(result.recipes.items()))),
        blocks=tuple(
            replace(block, translations=dict(reversed(list(block.translations.items()))))
            for block in result.blocks
        ),
        summary=tuple(
            replace(each, texts=dict(reversed(list(each.texts.items())))) for each in result.summary
        ),
    )
    for format in Format:
        assert render(turned, format) == render(result, format)


def test_a_score_without_a_value_is_null() -> None:
    block = of_texts([{Lang.FR: "Oui.", Lang.EN: "Yes."}]).blocks[0]
    translation = block.translations[Lang.EN]
    segment = replace(translation.segments[0], score=-math.inf)
    block = replace(block, translations={Lang.EN: replace(translation, segments=(segment,))})
    result = replace(of_texts([{Lang.FR: "Oui.", Lang.EN: "Yes."}]), blocks=(block,))
    assert (
        json.loads(render(result, Format.JSON))["blocks"][0]["translations"]["en"]["segments"][0]["score"]
        is None
    )


def test_offsets_hold() -> None:
    for block in json.loads(render(flagged(samples()["eubee"]), Format.JSON))["blocks"]:
        for part in block["parts"]:
            assert block["text"][part["start"] : part["end"]] == part["text"]
        for translation in block["translations"].values():
            for segment in translation["segments"]:
                part = block["parts"][segment["part"]]
                assert part["text"][segment["start"] : segment["end"]] == segment["source"]


def test_keys_of_a_later_minor_version_are_passed_over() -> None:
    result = samples()["perou"]
    value = json.loads(render(result, Format.JSON))
    value["later"] = value["blocks"][0]["later"] = {"new": 1}
    assert read_json(json.dumps(value)) == result


def changed(path: list[str | int], value: object) -> str:
    root = copy.deepcopy(json.loads(render(samples()["perou"], Format.JSON)))
    node = root
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return json.dumps(root)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not a result in JSON: "),
        ("{", "not a result in JSON: "),
        ("[" * 100_000, "not a result in JSON: "),
        ("[]", "the text must be an object, not []"),
        ("{}", "schema is missing"),
        (
            '{"schema": "translate-dispatch/2"}',
            'schema must be "translate-dispatch/1", not "translate-dispatch/2"',
        ),
        (changed(["blocks", 2, "kind"], "gossip"), "blocks[2].kind must be one of title, kicker, "),
        (changed(["blocks", 2, "kind"], ["title"]), "blocks[2].kind must be one of title, kicker, "),
        (changed(["blocks", 2, "first_line"], True), "blocks[2].first_line must be a whole number, not true"),
        (changed(["blocks"], {}), "blocks must be a list, not {}"),
        (changed(["targets"], ["de"]), 'targets[0] must be one of fr, en, zh, not "de"'),
        (changed(["recipes"], {"de": {}}), 'recipes key must be one of fr, en, zh, not "de"'),
        (changed(["recipes", "en", "beam"], "4"), 'recipes.en.beam must be a whole number, not "4"'),
        (changed(["summary", 0, "texts", "en"], None), "summary[0].texts.en must be a text, not null"),
    ],
)
def test_what_is_wrong_is_named(text: str, message: str) -> None:
    with pytest.raises(InputError) as caught:
        read_json(text)
    assert str(caught.value).startswith(message)


def test_spans_of_findings_are_written_only_where_there_are_any() -> None:
    block = of_texts([{Lang.FR: "Il y a 12 morts.", Lang.EN: "There are 21 dead."}]).blocks[0]
    segment = block.translations[Lang.EN].segments[0]
    findings = (
        Finding("numbers", Severity.ERROR, "“12” became “21”", source_span=(7, 9), target_span=(10, 12)),
        Finding("length-ratio", Severity.WARNING, "far too long"),
    )
    translation = Translation(segment.target, (replace(segment, findings=findings),))
    result = replace(of_texts([]), blocks=(replace(block, translations={Lang.EN: translation}),))
    numbers, length = json.loads(render(result, Format.JSON))["blocks"][0]["translations"]["en"]["segments"][
        0
    ]["findings"]
    assert segment.source.text[slice(*numbers["source_span"])] == "12"
    assert segment.target[slice(*numbers["target_span"])] == "21"
    assert set(length) == {"code", "severity", "message"}


@pytest.mark.parametrize("span", [[1], [1, 2, 3], "12", [1, "2"], {"start": 1}])
def test_a_span_that_is_no_pair_of_offsets_is_refused(span: object) -> None:
    value = json.loads(render(flagged(samples()["eubee"]), Format.JSON))
    value["summary"][0]["findings"][0]["source_span"] = span
    with pytest.raises(InputError, match=r"summary\[0\]\.findings\[0\]\.source_span"):
        read_json(json.dumps(value))


def test_an_empty_dispatch_comes_back() -> None:
    empty = replace(of_texts([]), targets=(Lang.EN,), recipes={Lang.EN: RECIPE})
    assert read_json(render(empty, Format.JSON)) == empty
