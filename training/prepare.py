"""Step 1: raw corpora → one vocabulary and tokenised, aligned pairs.

    python -m training.prepare --data DATA --runs runs/small

Writes `vocabulary/`, `tokens/<corpus>.<source>-<target>.npz` (in parts where large) and `prepare.json`
(how much was kept) below the run's folder. Finished files are not made again.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import deque
from pathlib import Path

from training.align import add_links
from training.command import guarded
from training.corpora import Corpus, directions, held_out_keys, load_corpora, normalise, read_pairs, read_rows
from training.store import TokenPairs, is_stored, stored
from training.vocabulary import Vocabulary, VocabularyConfig, train_vocabulary
from translate.domain import Lang

CORPORA = Path(__file__).with_name("corpora.yaml")
_EXCERPT_CHARACTERS = 400


def vocabulary_texts(corpora: tuple[Corpus, ...], data: Path, per_language: int) -> list[str]:
    """A sample with as many characters of each language as there are, at most `per_language` lines each."""
    rng = random.Random(1)
    texts: dict[Lang, list[str]] = {lang: [] for lang in Lang}
    for corpus in corpora:
        share = min(1.0, corpus.base)
        repeat = max(1, min(3, round(corpus.tune)))
        for row in read_rows(corpus, data):
            if rng.random() > share * (0.2 if corpus.name == "europarl" else 1.0):
                continue
            for lang, cell in zip(corpus.languages, row, strict=True):
                texts[lang].extend([normalise(cell, lang)[:_EXCERPT_CHARACTERS]] * repeat)
    for lines in texts.values():
        rng.shuffle(lines)
    return [line for lines in texts.values() for line in lines[:per_language]]


def tokenise(
    corpus: Corpus,
    columns: tuple[int, int],
    data: Path,
    vocabulary: Vocabulary,
    blocked: frozenset[str],
    seen: set[int],
) -> TokenPairs:
    """All clean pairs of one direction as ids."""
    target_lang = corpus.languages[columns[1]]
    pairs = list(read_pairs(corpus, columns, data, blocked, seen))
    return vocabulary.pairs([pair.source for pair in pairs], [pair.target for pair in pairs], target_lang)


def prepare(
    data: Path, held_out: list[Path], run: Path, config: VocabularyConfig, corpora: tuple[Corpus, ...]
) -> None:
    """Makes everything `train` needs of text files; what is there already is not made again."""
    started = time.monotonic()
    folder = run / "vocabulary"
    if not (folder / "vocab.json").exists():
        train_vocabulary(vocabulary_texts(corpora, data, config.sentences // 3), folder, config)
    vocabulary = Vocabulary(folder)
    sets = [
        (corpus, columns, token_path(run, corpus, columns))
        for corpus in corpora
        if corpus.files(data)
        for columns in directions(corpus)
    ]
    last = max((number for number, entry in enumerate(sets, start=1) if not is_stored(entry[2])), default=0)
    blocked = held_out_keys(held_out) if last else frozenset()
    seen: set[int] = set()
    for corpus, columns, path in sets[:last]:
        if is_stored(path):  # read once more, so that what follows does not repeat its pairs
            deque(read_pairs(corpus, columns, data, blocked, seen), maxlen=0)
            continue
        pairs = tokenise(corpus, columns, data, vocabulary, blocked, seen)
        pairs.save(path)
        print(f"{time.monotonic() - started:6.0f} s  {path.stem:32} {len(pairs):>9,} pairs", flush=True)
    align(run, vocabulary.size)


def token_path(run: Path, corpus: Corpus, columns: tuple[int, int]) -> Path:
    """Where the tokens of one direction of a corpus are kept."""
    source, target = (corpus.languages[column] for column in columns)
    return run / "tokens" / f"{corpus.name}.{source}-{target}.npz"


def align(run: Path, vocabulary_size: int, device: str = "cpu") -> None:
    """Adds links to every token file that has none yet, and writes `prepare.json`."""
    bare, sizes = {}, {}
    for path in stored(run / "tokens"):
        pairs = TokenPairs.load(path)
        sizes[path.stem] = {"pairs": len(pairs), "target_tokens": len(pairs.target)}
        if len(pairs.links) != len(pairs.target):
            bare[path] = pairs
    for path, pairs in add_links(bare, vocabulary_size, device=device) if bare else ():
        pairs.save(path)
        print(f"aligned {path.stem}", flush=True)
    (run / "prepare.json").write_text(json.dumps(sizes, indent=1), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with train/ and domain/")
    parser.add_argument("--held-out", type=Path, nargs="*", default=[], help="development sets to keep out")
    parser.add_argument("--runs", type=Path, default=Path("runs/small"), help="folder of this run")
    parser.add_argument("--corpora", type=Path, default=CORPORA, help="the mix; see corpora.yaml")
    parser.add_argument("--vocabulary-size", type=int, default=VocabularyConfig().size)
    a = parser.parse_args()
    config = VocabularyConfig(size=a.vocabulary_size)
    prepare(a.data, a.held_out, a.runs, config, load_corpora(a.corpora))
    return 0


if __name__ == "__main__":
    guarded(main)
