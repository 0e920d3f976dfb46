"""The target vocabulary: of all pieces of a model, those that its answers in one language are made of.

A Marian model has one list of pieces for both sides, and its output layer a row for each. Half of them are
French, and it has never written one. They are left out of the layer: that is where a decoder spends most of
its time, and no French word slips into an answer.

Which ones they are is told by the checkpoint's own files. Pieces of `source.spm` that `target.spm` has not
cannot have been in the translations that the model learnt from. And `target_pieces.json` says, for each
target prefix, which pieces were: a model that writes several languages has it to keep them apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from translate.engines.checkpoint import AGAIN, read_json
from translate.errors import WeightsError

FILE = "target_pieces.json"
_PREFIX = re.compile(r">>[^\s<>]+<<")


def listed(directory: Path, rows: int) -> Mapping[str, Sequence[int]]:
    """What `target_pieces.json` says: ids for each target prefix; nothing if there is no such file.

    `rows`: how many pieces the output layer has. Raises WeightsError.
    """
    file = directory / FILE
    if not file.is_file():
        return {}
    found = read_json(file)
    for prefix, ids in found.items():
        if not isinstance(ids, list) or not all(type(each) is int and 0 <= each < rows for each in ids):
            raise WeightsError(f"{file}: {prefix}: not a list of ids from 0 to {rows - 1}", hint=AGAIN)
    return found


def prefixes(pieces: Iterable[str]) -> list[str]:
    """The target prefixes among the pieces: `>>eng<<` and the like."""
    return [piece for piece in pieces if piece.startswith(">>") and _PREFIX.fullmatch(piece)]


def tags(ids: Mapping[str, int]) -> list[int]:
    """The ids of target prefixes."""
    return [ids[piece] for piece in prefixes(ids)]


def spoken(tokenizer: Any, rows: int) -> set[int]:
    """The ids that an answer in whichever language may have, `</s>` included.

    Not padding, `<unk>`, target prefixes, rows without a piece, and what only the source side has.
    """
    names: Mapping[int, str] = tokenizer.decoder  # of the target side, if it has its own
    silent = {number for number, name in names.items() if name == str(tokenizer.unk_token)}
    silent |= {tokenizer.pad_token_id, *tags({name: number for number, name in names.items()})}
    silent |= _read_only(tokenizer.spm_source, tokenizer.spm_target, names)
    return ({number for number in names if 0 <= number < rows} - silent) | {tokenizer.eos_token_id}


def _read_only(source: Any, target: Any, names: Mapping[int, str]) -> set[int]:
    """Pieces that only the source side has.

    Single letters stay: what `target.spm` has no piece for it hands on as it is, and the list of pieces may
    have been made of such text.
    """
    long = [(number, name) for number, name in names.items() if len(name.lstrip("▁")) > 1]
    pieces = [name for _, name in long]
    read, written = (_known(side, pieces) for side in (source, target))
    return {
        number for (number, _), here, there in zip(long, read, written, strict=True) if here and not there
    }


def _known(model: Any, pieces: list[str]) -> list[bool]:
    unknown = model.unk_id()
    return [number != unknown for number in model.piece_to_id(pieces)] if pieces else []
