"""Parallel text: read, normalised, filtered, de-duplicated over all files, without the development sets."""

from __future__ import annotations

import lzma
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from training.entries import read_entries
from translate.domain import Lang

OWN = Path(__file__).parent
"""Where the text lies that comes with this recipe."""

_SPACES = re.compile(r"\s+")
_KEY = re.compile(r"[\W_]+")
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_BRACKETED = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]\s*")
_SOURCE_CHARACTERS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": "", "\u200b": ""}
)
_ENGLISH_CHARACTERS = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "…": "...", "–": "-"})
# Characters per character of the other side, beyond which a pair is no translation.
_MAX_RATIO = {frozenset("fe"): 2.2, frozenset("fz"): 9.0, frozenset("ez"): 9.0}


@dataclass(frozen=True, slots=True)
class Corpus:
    """One entry of corpora.yaml, which says what the fields mean."""

    name: str
    file: str
    languages: tuple[Lang, ...]
    base: float
    tune: float
    reverse: bool = False
    own: bool = False
    pivot: float = 1.0

    def share(self, mix: str, direction: str) -> float:
        """Of a direction (`en-zh`) in one pass of `mix`, a field of this."""
        share: float = getattr(self, mix)
        return share * self.pivot if direction == "en-zh" and Lang.FR in self.languages else share

    def files(self, data: Path) -> list[Path]:
        """Its text, in order of the names; none where `data` lacks it."""
        return sorted((OWN if self.own else data).glob(self.file))


@dataclass(frozen=True, slots=True)
class Pair:
    source: str
    target: str


def load_corpora(path: Path) -> tuple[Corpus, ...]:
    """The mix. Raises InputError for an entry that cannot be used."""
    entries = read_entries(path, Corpus)
    return tuple(
        Corpus(name, **{**entry, "languages": tuple(Lang(code) for code in entry["languages"])})
        for name, entry in entries.items()
    )


def normalise(text: str, lang: Lang) -> str:
    """NFC text with plain apostrophes and spaces; English quotes straight, Chinese ones left alone."""
    text = unicodedata.normalize("NFC", text).translate(_SOURCE_CHARACTERS)
    if lang is Lang.EN:
        text = text.translate(_ENGLISH_CHARACTERS).replace("<< ", '"').replace(" >>", '"')
    if lang is Lang.ZH:
        text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +(?=[\u3000-\u9fff\uff00-\uffef])", "", text)
    return _SPACES.sub(" ", text).strip()


def key(text: str) -> str:
    """What two texts share if they differ only in case, punctuation and spaces."""
    return _KEY.sub("", text).casefold()


def read_rows(corpus: Corpus, data: Path) -> Iterator[tuple[str, ...]]:
    """Rows of as many cells as the corpus has languages; rows with another count are left out."""
    for path in corpus.files(data):
        open_text = lzma.open if path.suffix == ".xz" else open
        with open_text(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                cells = line.rstrip("\n").split("\t")
                if len(cells) == len(corpus.languages):
                    yield tuple(cells)


def is_pair(source: str, target: str, languages: tuple[Lang, Lang]) -> bool:
    """False for what is surely no translation: an empty side, a wrong script, a length out of proportion."""
    if not source or not target or len(source) > 700 or len(target) > 700:
        return False
    if (languages[1] is Lang.ZH) != bool(_CJK.search(target)) and (
        len(target) > 12 or languages[1] is Lang.EN
    ):
        return False
    ratio = _MAX_RATIO[frozenset(lang.value[0] for lang in languages)]
    longer, shorter = max(len(source), len(target)), min(len(source), len(target))
    return longer <= ratio * shorter + 12


def held_out_keys(files: list[Path]) -> frozenset[str]:
    """Keys of every cell of the development sets, so that no training pair shares a side with them."""
    return frozenset(
        key(cell)
        for path in files
        for line in path.read_text(encoding="utf-8").splitlines()
        for cell in line.split("\t")
        if len(key(cell)) > 12
    )


def directions(corpus: Corpus) -> tuple[tuple[int, int], ...]:
    """Column pairs to learn. French and English are sources, English and Chinese targets; French, from
    English, where the corpus says `reverse`."""
    order = {Lang.FR: 0, Lang.EN: 1, Lang.ZH: 2}
    columns = range(len(corpus.languages))
    forward = [
        (a, b) for a in columns for b in columns if order[corpus.languages[a]] < order[corpus.languages[b]]
    ]
    there_and_back = (Lang.FR, Lang.EN)
    backward = [
        (b, a)
        for a, b in forward
        if corpus.reverse and (corpus.languages[a], corpus.languages[b]) == there_and_back
    ]
    return (*forward, *backward)


def read_pairs(
    corpus: Corpus, columns: tuple[int, int], data: Path, held_out: frozenset[str], seen: set[int]
) -> Iterator[Pair]:
    """Clean pairs of one direction. `seen` grows: a pair met in an earlier file is not given again."""
    languages = (corpus.languages[columns[0]], corpus.languages[columns[1]])
    for row in read_rows(corpus, data):
        source, target = (normalise(row[column], corpus.languages[column]) for column in columns)
        if corpus.name == "glossary":
            source, target = _BRACKETED.sub(" ", source).strip(), _BRACKETED.sub(" ", target).strip()
        if not is_pair(source, target, languages):
            continue
        fingerprint = hash((key(source), key(target), languages))
        if fingerprint in seen or key(source) in held_out or key(target) in held_out:
            continue
        seen.add(fingerprint)
        yield Pair(source, target)
