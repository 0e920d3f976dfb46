"""Step 3: more French→Chinese. Our own English→French model turns the English side of en–zh text into French.

    python -m training.synthesise --recipe training/deep --run runs/deep

Synthetic source, human target (Sennrich et al., "Improving Neural Machine Translation Models with
Monolingual Data", 2016). An entry `synthetic-NAME` of corpora.yaml asks for it for the corpus NAME; the
model must have learned en→fr (`reverse: true`). The French is kept in `synthetic.tsv`, line by line, so
that nothing is translated twice; then it becomes `tokens/synthetic-NAME.fr-zh.npz`.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.command import guarded
from training.corpora import Corpus
from training.export import export, read_checkpoint
from training.prepare import align
from training.recipe import SMALL, load_recipe
from training.store import TokenPairs, is_stored, row
from training.vocabulary import EOS_ID, TAGS, Vocabulary
from translate.domain import Hypothesis, Lang, Severity
from translate.engines import Engine, load
from translate.errors import InputError
from translate.registry import ModelSpec, Task

PREFIX = "synthetic-"
_MAX_RATIO = 2.0  # French pieces per English piece, beyond which the model has surely gone wrong
_BLOCK = 2048  # sentences translated before they are written down


def synthesise(
    checkpoint: Path,
    run: Path,
    corpora: Sequence[Corpus],
    pairs: int,
    *,
    device: str = "auto",
    seconds: float = math.inf,
) -> bool:
    """Makes every synthetic corpus that `corpora` asks for, of at most `pairs` pairs, evenly spread.

    False if `seconds` were over before: what was translated is kept, and the next call goes on there.
    """
    ends = time.monotonic() + seconds
    missing = [name for name in asked_for(corpora) if not is_stored(_token_path(run, name))]
    if not missing:
        return True
    vocabulary = Vocabulary(run / "vocabulary")
    with tempfile.TemporaryDirectory() as temporary:
        export(read_checkpoint(checkpoint, vocabulary.pad_id), vocabulary, Path(temporary))
        # French takes the place of a target here, which no registered model has.
        spec = ModelSpec(checkpoint.stem, Task.TRANSLATE, Lang.EN, {Lang.FR: TAGS[Lang.FR]})
        engine = load(spec, Path(temporary), device=device, beam=1)
        for name in missing:
            corpus = TokenPairs.load(run / "tokens" / f"{name}.en-zh.npz")
            chosen = np.unique(np.linspace(0, len(corpus) - 1, min(pairs, len(corpus))).astype(np.int64))
            if not _translate(engine, vocabulary, corpus, chosen, run, name, ends):
                return False
            french = dict(_written(run, name))
            made = pair_up(vocabulary, [french[i] for i in chosen.tolist()], corpus, chosen)
            made.save(_token_path(run, name))
            report = {"corpus": f"{PREFIX}{name}", "pairs": len(made), "of": len(chosen)}
            print(json.dumps(report), flush=True)
    align(run, vocabulary.size, "cpu" if device == "auto" else device)
    return True


def asked_for(corpora: Sequence[Corpus]) -> list[str]:
    """The English–Chinese corpora that are to get a French side. Raises InputError for one that is none."""
    known = {corpus.name: corpus for corpus in corpora}
    names = [name.removeprefix(PREFIX) for name in known if name.startswith(PREFIX)]
    for name in names:
        if name not in known or not {Lang.EN, Lang.ZH} <= set(known[name].languages):
            raise InputError(f"{PREFIX}{name}: there is no English–Chinese corpus called {name}")
    return names


def _translate(
    engine: Engine,
    vocabulary: Vocabulary,
    corpus: TokenPairs,
    chosen: NDArray[np.int64],
    run: Path,
    name: str,
    ends: float,
) -> bool:
    """Appends what is missing of `chosen` to `synthetic.tsv`. False if time was over first."""
    _drop_half_line(_text_path(run))
    done = {number for number, _ in _written(run, name)}
    missing = [number for number in chosen.tolist() if number not in done]
    for start in range(0, len(missing), _BLOCK):
        if time.monotonic() >= ends:
            return False
        block = missing[start : start + _BLOCK]
        english = [vocabulary.decode(row(corpus.source, corpus.source_ends, number)) for number in block]
        french = [_usable(hypothesis) for hypothesis in engine.translate(english, Lang.FR)]
        rows = "".join(f"{name}\t{number}\t{text}\n" for number, text in zip(block, french, strict=True))
        with _text_path(run).open("a", encoding="utf-8") as file:
            file.write(rows)
    return True


def _usable(hypothesis: Hypothesis) -> str:
    """Its text in one line; nothing if the engine found it broken."""
    if any(finding.severity is Severity.ERROR for finding in hypothesis.findings):
        return ""
    return " ".join(hypothesis.text.split())


def _written(run: Path, name: str) -> Iterator[tuple[int, str]]:
    """Number of the pair and French of every whole line of a corpus."""
    path = _text_path(run)
    if not path.exists():
        return
    with path.open(encoding="utf-8", newline="\n") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if line.endswith("\n") and len(cells) == 3 and cells[0] == name:
                yield int(cells[1]), cells[2]


def _drop_half_line(path: Path) -> None:
    """What a call that was killed while it wrote has left."""
    if path.exists():
        whole = path.read_bytes().rfind(b"\n") + 1
        os.truncate(path, whole)


def _text_path(run: Path) -> Path:
    return run / "synthetic.tsv"


def _token_path(run: Path, name: str) -> Path:
    return run / "tokens" / f"{PREFIX}{name}.fr-zh.npz"


def pair_up(
    vocabulary: Vocabulary, french: Sequence[str], corpus: TokenPairs, chosen: NDArray[np.int64]
) -> TokenPairs:
    """French sources beside the old Chinese targets, without those whose length is out of proportion."""
    tag, end = np.array([vocabulary.tag_id(Lang.ZH)], np.uint16), np.array([EOS_ID], np.uint16)
    sources, targets = [], []
    for number, ids in zip(chosen, vocabulary.encode(french, None), strict=True):
        english = row(corpus.source, corpus.source_ends, number)
        if 0 < len(ids) <= _MAX_RATIO * len(english) + 4:
            sources.append(np.concatenate([tag, ids, end]))
            targets.append(row(corpus.target, corpus.target_ends, number))
    return TokenPairs.from_lists(sources, targets)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--recipe", type=Path, default=SMALL, help="folder with corpora.yaml")
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--checkpoint", type=Path, help="the run's newest, if not given")
    parser.add_argument("--pairs", type=int, help="of each corpus, at most (default: the recipe's)")
    parser.add_argument("--device", default="auto")
    a = parser.parse_args()
    recipe = load_recipe(a.recipe)
    checkpoint = a.checkpoint or a.run / "checkpoint.pt"
    pairs = recipe.synthetic_pairs if a.pairs is None else a.pairs
    synthesise(checkpoint, a.run, recipe.corpora, pairs, device=a.device)
    return 0


if __name__ == "__main__":
    guarded(main)
