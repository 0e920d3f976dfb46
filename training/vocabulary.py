"""One SentencePiece vocabulary for French, English and Chinese, laid out as MarianMT wants it.

`source.spm` and `target.spm` have the same pieces. They differ in their normaliser only: the source
side is forgiving (typographic apostrophes and quotes, no-break spaces, spaces before : ; ? !), so that
whatever a wire sends looks like the training text; the target side is left alone, since Chinese needs
its own quotation marks. The rules live inside the .spm file: nothing else has to know about them.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import sentencepiece as spm
from numpy.typing import NDArray
from sentencepiece import sentencepiece_model_pb2

from training.store import TokenPairs
from translate.domain import Lang
from translate.text.openings import apart, read, together

# The generated protobuf module makes its classes at import, where no type checker sees them.
_MODEL_PROTO: Any = sentencepiece_model_pb2.ModelProto  # type: ignore[attr-defined]

EOS, UNK = "</s>", "<unk>"
TAGS = {Lang.EN: ">>eng<<", Lang.ZH: ">>cmn_Hans<<", Lang.FR: ">>fra<<"}
PAD = "<pad>"
EOS_ID, UNK_ID = 0, 1

_SPACES = (" ", "\u00a0", "\u202f", "\u2009")
_SOURCE_RULES: dict[str, str] = {
    "’": "'", "‘": "'", "ʼ": "'", "´": "'", "…": "...", "–": "-", "—": "-", "−": "-", "\u2011": "-",
    "œ": "oe", "Œ": "Oe", "\u00ad": "", "\u200b": "", "\u2060": "", "\ufeff": "",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‹": "'", "›": "'",
    "<<": '"', ">>": '"', "<< ": '"', " >>": '"',
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\t": " ",
    **{"«" + space: '"' for space in _SPACES},
    **{space + "»": '"' for space in _SPACES},
    **{space + mark: mark for space, mark in product(_SPACES, ":;?!")},
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class VocabularyConfig:
    size: int = 16_000
    character_coverage: float = 0.9996
    sentences: int = 400_000


class Vocabulary:
    """Text to ids and back. In vocab.json: `</s>` 0, `<unk>` 1, pieces, language tags, `<pad>` last."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.source = spm.SentencePieceProcessor(model_file=str(folder / "source.spm"))
        self.target = spm.SentencePieceProcessor(model_file=str(folder / "target.spm"))
        self.ids: dict[str, int] = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
        pieces = [self.source.id_to_piece(i) for i in range(self.source.get_piece_size())]
        self._to_id = np.array([self.ids.get(piece, UNK_ID) for piece in pieces], dtype=np.uint16)
        self.size = len(self.ids)
        self.pad_id = self.ids[PAD]
        self._pieces = {number: piece for piece, number in self.ids.items()}

    def encode(self, texts: Sequence[str], lang: Lang | None) -> list[NDArray[np.uint16]]:
        """Ids without tag and `</s>`: as a source if `lang` is None, as a target text otherwise.

        Opening marks stand apart, but in Chinese answers, which have no spaces.
        """
        model = self.source if lang is None else self.target
        given = list(texts) if lang is Lang.ZH else list(map(read if lang is None else apart, texts))
        return [self._to_id[np.array(row, dtype=np.int64)] for row in model.encode(given, num_threads=1)]

    def decode(self, ids: Iterable[int]) -> str:
        specials = {EOS_ID, self.pad_id, *(self.ids[tag] for tag in TAGS.values())}
        pieces = [self._pieces[int(i)] for i in ids if int(i) not in specials]
        return together(str(self.target.decode_pieces(pieces)))

    def pairs(self, sources: Sequence[str], targets: Sequence[str], lang: Lang) -> TokenPairs:
        """Pairs into `lang` as ids, not aligned yet. Source: tag, pieces, `</s>`; target: pieces, `</s>`."""
        tag, end = np.array([self.tag_id(lang)], np.uint16), np.array([EOS_ID], np.uint16)
        return TokenPairs.from_lists(
            [np.concatenate([tag, ids, end]) for ids in self.encode(sources, None)],
            [np.concatenate([ids, end]) for ids in self.encode(targets, lang)],
        )

    def tag_id(self, lang: Lang) -> int:
        return self.ids[TAGS[lang]]


def train_vocabulary(texts: Iterable[str], folder: Path, config: VocabularyConfig) -> Vocabulary:
    """Trains on `texts` and writes source.spm, target.spm and vocab.json into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    specials = 3 + len(TAGS)
    with tempfile.TemporaryDirectory() as temporary:
        prefix = Path(temporary) / "joint"
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_prefix=str(prefix),
            vocab_size=config.size - specials + 1,  # <unk> is counted by both
            character_coverage=config.character_coverage,
            model_type="unigram",
            normalization_rule_name="identity",
            hard_vocab_limit=False,  # rehearsals on little text get a smaller one
            split_digits=True,
            byte_fallback=True,
            input_sentence_size=config.sentences,
            shuffle_input_sentence=True,
            max_sentence_length=2000,
            bos_id=-1,
            eos_id=-1,
            pad_id=-1,
            unk_id=0,
            num_threads=2,
            minloglevel=1,
        )
        joint = _MODEL_PROTO.FromString(prefix.with_suffix(".model").read_bytes())
    (folder / "target.spm").write_bytes(joint.SerializeToString())
    joint.normalizer_spec.precompiled_charsmap = _compile_rules(_SOURCE_RULES)
    joint.normalizer_spec.name = "user_defined"
    (folder / "source.spm").write_bytes(joint.SerializeToString())
    pieces = [piece.piece for piece in joint.pieces if piece.piece != UNK]
    order = [EOS, UNK, *pieces, *TAGS.values(), PAD]
    vocab = {piece: number for number, piece in enumerate(order)}
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False, indent=0), encoding="utf-8")
    return Vocabulary(folder)


def _compile_rules(rules: dict[str, str]) -> bytes:
    """SentencePiece compiles normalisation rules only while training, so a throw-away model is trained."""
    with tempfile.TemporaryDirectory() as temporary:
        table = Path(temporary) / "rules.tsv"
        hexed = ((" ".join(f"{ord(c):X}" for c in text) for text in rule) for rule in sorted(rules.items()))
        table.write_text("".join("\t".join(rule) + "\n" for rule in hexed), encoding="utf-8")
        prefix = Path(temporary) / "rules"
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(["un deux trois", "quatre cinq six"] * 10),
            model_prefix=str(prefix),
            vocab_size=24,
            hard_vocab_limit=False,
            normalization_rule_tsv=str(table),
            minloglevel=2,
        )
        model = _MODEL_PROTO.FromString(prefix.with_suffix(".model").read_bytes())
        return bytes(model.normalizer_spec.precompiled_charsmap)
