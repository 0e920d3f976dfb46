"""The lines of a job as a Parquet file, schema `translate-batch/1` (docs/batch.md). Needs pyarrow."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from translate.batch.lines import writable
from translate.domain import Lang

SCHEMA: Final = "translate-batch/1"
_ROWS = 500  # in a row group: about 10 MB of dispatches, so that neither side needs much memory

_SPAN = pa.struct([("start", pa.int32()), ("end", pa.int32())])
_FINDINGS = pa.list_(
    pa.struct(
        [
            ("code", pa.string()),
            ("severity", pa.string()),
            ("message", pa.string()),
            ("source_span", _SPAN),
            ("target_span", _SPAN),
        ]
    )
)
_TEXTS = pa.struct([(str(lang), pa.string()) for lang in Lang])
_SENTENCE = pa.struct([("texts", _TEXTS), ("sources", pa.list_(pa.int32())), ("findings", _FINDINGS)])
_PART = pa.struct([("kind", pa.string()), ("text", pa.string()), *_SPAN])
_BLOCK = pa.struct(
    [
        ("index", pa.int32()),
        ("kind", pa.string()),
        ("first_line", pa.int32()),
        ("last_line", pa.int32()),
        ("texts", _TEXTS),
        ("parts", pa.list_(_PART)),
        ("gist", _SENTENCE),
    ]
)
_SEGMENT = pa.struct(
    [
        ("block", pa.int32()),
        ("part", pa.int32()),
        *_SPAN,
        ("lang", pa.string()),
        ("source", pa.string()),
        ("target", pa.string()),
        ("origin", pa.string()),
        ("score", pa.float64()),
        ("findings", _FINDINGS),
    ]
)
_RECIPE = pa.struct(
    [
        ("lang", pa.string()),
        ("model", pa.string()),
        ("revision", pa.string()),
        ("engine", pa.string()),
        ("device", pa.string()),
        ("beam", pa.int32()),
        ("version", pa.string()),
        ("glossary", pa.string()),
        ("decode", pa.string()),
    ]
)
FIELDS: Final = pa.schema(
    [
        ("id", pa.string()),
        ("columns", pa.string()),
        ("name", pa.string()),
        ("source", pa.string()),
        ("targets", pa.list_(pa.string())),
        ("words", pa.int32()),
        ("summary", pa.list_(_SENTENCE)),
        ("blocks", pa.list_(_BLOCK)),
        ("segments", pa.list_(_SEGMENT)),
        ("flags", pa.map_(pa.string(), pa.int32())),
        ("notices", pa.list_(pa.string())),
        ("recipes", pa.list_(_RECIPE)),
        ("summarizer", pa.string()),
    ],
    metadata={"schema": SCHEMA},
)


class _Sink(io.RawIOBase):
    """A file of which only the end is kept: what is written is taken away as it comes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        self._size += len(self._parts[-1])
        return len(self._parts[-1])

    def tell(self) -> int:
        return self._size

    def taken(self) -> bytes:
        """What was written since the last time."""
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def pieces(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of the file, a row group at a time."""
    rest, sink = iter(lines), _Sink()
    with pq.ParquetWriter(sink, FIELDS, compression="zstd") as writer:
        while group := [row(json.loads(line)) for line in islice(rest, _ROWS)]:
            writer.write_table(pa.Table.from_pylist(group, schema=FIELDS))
            yield sink.taken()
    yield sink.taken()


def row(line: Mapping[str, Any]) -> dict[str, Any]:
    """The row of one line: the same facts, its blocks and its aligned segments side by side."""
    blocks = line["blocks"]
    segments = list(_segments(blocks))
    flags = Counter(finding["code"] for segment in segments for finding in segment["findings"])
    return {
        "id": line["id"],
        "columns": writable(json.dumps(line["columns"], ensure_ascii=False)),
        "name": line["name"],
        "source": line["source"],
        "targets": line["targets"],
        "words": sum(len(block["text"].split()) for block in blocks),
        "summary": [_sentence(sentence) for sentence in line["summary"]],
        "blocks": [_block(block) for block in blocks],
        "segments": segments,
        "flags": sorted(flags.items()),
        "notices": line["notices"],
        "recipes": [{"lang": lang, **recipe} for lang, recipe in line["recipes"].items()],
        "summarizer": line["summarizer"],
    }


def _block(block: Mapping[str, Any]) -> dict[str, Any]:
    texts = {lang: translation["text"] for lang, translation in block["translations"].items()}
    gist = _sentence(block["gist"]) if block["gist"] else None
    return {**block, "texts": {str(Lang.FR): block["text"], **texts}, "gist": gist}


def _segments(blocks: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every sentence with its translation, in reading order, one language after the other in each block."""
    for block in blocks:
        for lang, translation in block["translations"].items():
            for segment in translation["segments"]:
                found = _findings(segment["findings"])
                yield {**segment, "block": block["index"], "lang": lang, "findings": found}


def _sentence(sentence: Mapping[str, Any]) -> dict[str, Any]:
    return {**sentence, "findings": _findings(sentence["findings"])}


def _findings(findings: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**finding, **{key: _span(finding[key]) for key in ("source_span", "target_span") if key in finding}}
        for finding in findings
    ]


def _span(span: tuple[int, int]) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}
