"""Small real checkpoints, made on disk in about a second and loaded by the product's own code.

A Marian model given `lessons` really learns those sentences by heart, so that a test can tell a right answer
from a wrong one. One without lessons has wide random weights and babbles in loops, which is what the
safety net is tested with. (With the default narrow weights every input gets one answer, and a test that
compares answers would pass on nothing.)
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import warnings
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import sentencepiece
import torch
from safetensors.torch import load_file, save_file
from transformers import BartConfig, BartForConditionalGeneration, MT5Config, MT5ForConditionalGeneration
from transformers.models.marian.configuration_marian import MarianConfig
from transformers.models.marian.modeling_marian import MarianMTModel
from transformers.models.marian.tokenization_marian import MarianTokenizer
from transformers.utils import logging

FRENCH = (
    "Le président a reçu mercredi les ministres des affaires étrangères à Paris.",
    "La réunion portera sur la sécurité, le climat et les migrations dans la région.",
    "Selon l'agence, trois personnes ont été blessées dans l'accident de train.",
    "Les marchés ont terminé en hausse de 1,4 % après les annonces de la banque centrale.",
    "« Nous irons loin », a déclaré le porte-parole du gouvernement devant la presse.",
    "Les secours étaient toujours sur place jeudi matin, a indiqué la préfecture.",
    "Un accord devrait être signé avant la fin du mois, selon une source diplomatique.",
    "L'équipe de France a battu la Belgique deux buts à un en finale du tournoi.",
)
ENGLISH = (
    "The president received the foreign ministers in Paris on Wednesday.",
    "The meeting will deal with security, climate and migration in the region.",
    "According to the agency, three people were injured in the train accident.",
    "Markets closed up 1.4 percent after the announcements of the central bank.",
    "We will go far, the government spokesman told the press.",
    "Rescuers were still at the scene on Thursday morning, the prefecture said.",
    "An agreement should be signed before the end of the month, a source said.",
    "France beat Belgium two goals to one in the final of the tournament.",
)
CHINESE = (
    "总统周三在巴黎会见了各国外交部长。",
    "会议将讨论该地区的安全、气候和移民问题。",
    "据该通讯社报道,三人在火车事故中受伤。",
    "央行宣布后,市场收盘上涨1.4%。",
)
LESSONS_EN = tuple(zip(FRENCH, ENGLISH, strict=True))
LESSONS_ZH = tuple(zip(FRENCH[: len(CHINESE)], CHINESE, strict=True))
WEIGHTS = "model.safetensors"


def make_marian(
    path: Path,
    *,
    source: Sequence[str] = FRENCH,
    target: Sequence[str] = ENGLISH,
    tags: Sequence[str] = (),
    lessons: Sequence[tuple[str, str]] = (),
    unlisted: Sequence[str] = (),
    dtype: torch.dtype = torch.float32,
    tied: bool = True,
    seed: int = 1,
    positions: int = 256,
) -> Path:
    """`path`, now a Marian checkpoint in Hugging Face format.

    Args:
        tags: target prefixes that the vocabulary knows, e.g. `>>eng<<`.
        lessons: pairs to learn by heart; a source may start with a tag.
        unlisted: sentencepiece pieces to leave out of `vocab.json` (out-of-vocabulary pieces).
        tied: False gives the output layer its own weights, and says so in the configuration.
    """
    path.mkdir(parents=True, exist_ok=True)
    pieces = dict.fromkeys([*train_pieces(source, path / "source"), *train_pieces(target, path / "target")])
    listed = [piece for piece in pieces if piece not in {"<s>", "</s>", "<unk>", *unlisted}]
    vocabulary = ["</s>", "<unk>", *listed, *tags, "<pad>"]
    write_json(path / "vocab.json", {piece: number for number, piece in enumerate(vocabulary)})
    write_json(path / "tokenizer_config.json", {"source_lang": "fr", "target_lang": "en"})
    torch.manual_seed(seed)
    config = marian_config(len(vocabulary), tied=tied, positions=positions, init_std=0.1 if lessons else 0.5)
    model = MarianMTModel(config)
    if lessons:
        teach(model, path, lessons)
    save(model, path, dtype)
    return path


def teach(model: MarianMTModel, path: Path, lessons: Sequence[tuple[str, str]], steps: int = 120) -> None:
    """Train the model until it knows its lessons by heart: about a second for a dozen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tokeniser recommends a package it does without
        tokenizer = MarianTokenizer.from_pretrained(path)
    sources, targets = zip(*lessons, strict=True)
    batch = tokenizer(list(sources), return_tensors="pt", padding=True)
    labels = tokenizer(text_target=list(targets), return_tensors="pt", padding=True).input_ids
    labels = labels.masked_fill(labels == tokenizer.pad_token_id, -100)  # -100: no loss on padding
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for _ in range(steps):
        model(**batch, labels=labels).loss.backward()
        optimizer.step()
        optimizer.zero_grad()


def marian_config(vocab_size: int, *, tied: bool, positions: int, init_std: float) -> MarianConfig:
    """Two narrow layers; the special ids are where OPUS-MT has them (`</s>` first, `<pad>` last)."""
    pad = vocab_size - 1
    return MarianConfig(
        vocab_size=vocab_size,
        d_model=32,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=64,
        decoder_ffn_dim=64,
        max_position_embeddings=positions,
        activation_function="swish",
        scale_embedding=True,
        dropout=0.0,
        init_std=init_std,
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        tie_word_embeddings=tied,
        share_encoder_decoder_embeddings=True,
    )


def make_summarizer(
    path: Path, kind: str = "bart", *, seed: int = 1, dtype: torch.dtype = torch.float32
) -> Path:
    """`path`, now a checkpoint that `AutoModelForSeq2SeqLM` and `AutoTokenizer` load.

    `kind`: `bart` (byte-level BPE, like facebook/bart-large-cnn) or `mt5` (sentencepiece, like mT5 XLSum).
    """
    path.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    model = {"bart": bart, "mt5": mt5}[kind](path)
    save(model, path, dtype)
    return path


def bart(path: Path) -> BartForConditionalGeneration:
    """A tiny BART; its tokeniser is written to `path`."""
    from tokenizers import AddedToken
    from tokenizers.implementations.byte_level_bpe import ByteLevelBPETokenizer
    from transformers import BartTokenizer

    trainer = ByteLevelBPETokenizer()
    special: list[str | AddedToken] = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trainer.train_from_iterator(
        iter((*FRENCH, *ENGLISH)), vocab_size=500, special_tokens=special, show_progress=False
    )
    trainer.save_model(str(path))
    BartTokenizer.from_pretrained(path).save_pretrained(path)
    config = BartConfig(
        vocab_size=trainer.get_vocab_size(),
        d_model=16,
        encoder_layers=1,
        decoder_layers=1,
        encoder_attention_heads=2,
        decoder_attention_heads=2,
        encoder_ffn_dim=32,
        decoder_ffn_dim=32,
        max_position_embeddings=256,
        init_std=0.5,
        bos_token_id=0,
        pad_token_id=1,
        eos_token_id=2,
        decoder_start_token_id=2,
        forced_eos_token_id=2,
    )
    return BartForConditionalGeneration(config)


def mt5(path: Path) -> MT5ForConditionalGeneration:
    """A tiny mT5; its tokeniser is written to `path`."""
    from transformers import T5Tokenizer

    ids: dict[str, int | str] = {"pad_id": 0, "eos_id": 1, "unk_id": 2, "bos_id": -1, "pad_piece": "<pad>"}
    train_pieces([*FRENCH, *ENGLISH], path / "spiece", suffix=".model", **ids)
    tokenizer = T5Tokenizer.from_pretrained(path, extra_ids=0)
    tokenizer.save_pretrained(path)
    config = MT5Config(
        vocab_size=len(tokenizer),
        d_model=16,
        d_kv=8,
        d_ff=32,
        num_layers=1,
        num_decoder_layers=1,
        num_heads=2,
        initializer_factor=5.0,
        tie_word_embeddings=False,
    )
    return MT5ForConditionalGeneration(config)


def train_pieces(
    sentences: Iterable[str], stem: Path, *, suffix: str = ".spm", **options: int | str
) -> list[str]:
    """The pieces of a small sentencepiece model trained on `sentences` and written to `stem` + `suffix`."""
    blob = io.BytesIO()
    train: Any = sentencepiece.SentencePieceTrainer.train  # its annotations list only some options
    train(
        sentence_iterator=iter(sentences),
        model_writer=blob,
        vocab_size=220,
        hard_vocab_limit=False,
        character_coverage=1.0,
        num_threads=1,
        minloglevel=2,
        **options,
    )
    stem.with_suffix(suffix).write_bytes(blob.getvalue())
    model = sentencepiece.SentencePieceProcessor(model_proto=blob.getvalue())
    return [model.id_to_piece(number) for number in range(model.get_piece_size())]


def save(model: Any, path: Path, dtype: torch.dtype) -> None:
    """Write config, generation config and safetensors, without the library's progress bar."""
    bars: Any = logging  # it has no types
    bars.disable_progress_bar()
    with contextlib.redirect_stderr(io.StringIO()):
        model.to(dtype).save_pretrained(path)


def copy(checkpoint: Path, path: Path) -> Path:
    """A copy of a checkpoint that a test may damage."""
    shutil.copytree(checkpoint, path)
    return path


Tensors = dict[str, torch.Tensor]


def rewrite(path: Path, change: Callable[[Tensors], None]) -> Path:
    """Change the tensors of a checkpoint in place: NaNs, wrong shapes, missing or untied weights."""
    tensors: Tensors = load_file(path / WEIGHTS)
    change(tensors)
    save_file({key: value.contiguous() for key, value in tensors.items()}, path / WEIGHTS, {"format": "pt"})
    return path


def configure(path: Path, name: str = "config.json", **values: object) -> Path:
    """Set keys of a checkpoint's JSON file."""
    file = path / name
    known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    write_json(file, known | values)
    return path


def write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
