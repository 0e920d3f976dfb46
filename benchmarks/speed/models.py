"""The models that systems are compared on, in every form that a system needs, from the same weights."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.speed import base_model
from benchmarks.speed.limit import Shape
from benchmarks.speed.sentences import written
from translate.engines.ct2_checkpoint import describe
from translate.engines.fingerprint import revision
from translate.engines.pieces import Pieces
from translate.engines.vocabulary import listed
from translate.registry import Registry
from translate.registry.files import require

NAMES = ("embedded", "base")


@dataclass(frozen=True)
class Prepared:
    """`folder`: `hf`, `ct2`, `argos` and `easynmt` side by side. `beam`: what the checkpoint asks for."""

    name: str
    folder: Path
    prefix: str
    beam: int

    @property
    def vocabulary(self) -> int:
        """Pieces of both sides."""
        return int(describe(self.folder / "hf").config["vocab_size"])

    @property
    def shape(self) -> Shape:
        """Its output layer counts with the rows that our engines keep."""
        described, rows = describe(self.folder / "hf"), self.vocabulary
        pieces = Pieces(described.tokenizer, rows, listed(described.directory, rows))
        return Shape.of(described.config, len(pieces.writer(self.prefix).vocabulary))


def prepare(name: str, room: Path, shape: Mapping[str, int] = base_model.SHAPE) -> Prepared:
    """The model called `name`, its forms made in a folder of `room` unless they are there."""
    folder = room / name
    prefix = ">>eng<<" if name == "embedded" else ""
    key = _key(name, shape)
    done = folder / "done"
    settings = folder / "hf/generation_config.json"  # gone, if the checkout that it is in has moved
    if not settings.exists() or not done.exists() or done.read_text("utf-8") != key:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        if name == "embedded":
            spec = Registry.load().get("embedded")
            (folder / "hf").symlink_to(require(spec).resolve())
        else:
            base_model.make(folder / "hf", written(), shape)
        if _converter():  # else its systems say that it lacks; the others need none of it
            to_ct2(folder / "hf", folder / "ct2")
            to_argos(folder, prefix)
        to_easynmt(folder)
        done.write_text(key, encoding="utf-8")
    generation = json.loads(settings.read_text("utf-8"))
    return Prepared(name, folder, prefix, generation["num_beams"])


def _key(name: str, shape: Mapping[str, int]) -> str:
    """What the forms of a model are made from: its weights, or the recipe of its weights; and by what."""
    if name == "embedded":
        source = revision(require(Registry.load().get("embedded")), None)
    else:
        recipe = Path(base_model.__file__).read_bytes() + repr(sorted(shape.items())).encode()
        source = hashlib.sha256(recipe).hexdigest()
    return f"{source} {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()} {_converter()}\n"


def _converter() -> str | None:
    """The version of CTranslate2; None where it is not installed."""
    try:
        return version("ctranslate2")
    except PackageNotFoundError:
        return None


def to_ct2(checkpoint: Path, directory: Path) -> None:
    """The checkpoint as CTranslate2's own converter makes it, in 8 bits."""
    from ctranslate2.converters import TransformersConverter

    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")  # the tokeniser recommends a package it does without
        TransformersConverter(str(checkpoint)).convert(str(directory), quantization="int8")


def to_argos(folder: Path, prefix: str) -> None:
    """A package that argos-translate loads, from the CTranslate2 model.

    It tokenises with one sentencepiece model and adds neither `</s>` nor a language; the converted model is
    told to add them itself.
    """
    package = folder / "argos/packages/fr_en"
    package.mkdir(parents=True)
    shutil.copytree(folder / "ct2", package / "model")
    settings = package / "model/config.json"
    known = json.loads(settings.read_text("utf-8")) | {"add_source_eos": True}
    if prefix:
        known |= {"add_source_bos": True, "bos_token": prefix}
    settings.write_text(json.dumps(known), encoding="utf-8")
    shutil.copy(folder / "hf/source.spm", package / "sentencepiece.model")
    about = {"from_code": "fr", "from_name": "French", "to_code": "en", "to_name": "English"}
    about |= {"package_version": "1.0", "argos_version": "1.9"}
    (package / "metadata.json").write_text(json.dumps(about), encoding="utf-8")


def to_easynmt(folder: Path) -> None:
    """A folder in which EasyNMT finds the checkpoint under the only name it asks for."""
    place = folder / "easynmt"
    (place / "Helsinki-NLP").mkdir(parents=True)
    (place / "Helsinki-NLP/opus-mt-fr-en").symlink_to(Path(os.path.realpath(folder / "hf")))
    about = {"model_class": "easynmt.models.OpusMT", "model_args": {}, "lang_pairs": ["fr-en"]}
    (place / "easynmt.json").write_text(json.dumps(about), encoding="utf-8")


def usable(sentences: Sequence[str]) -> list[str]:
    """Those that a model of fixed answers can stand: neither far shorter nor far longer than its answer."""
    return [sentence for sentence in sentences if 60 <= len(sentence) <= 400]
