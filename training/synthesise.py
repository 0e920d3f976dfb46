"""Step 3: more French→Chinese. Our own English→French model turns the English side of en–zh text into French.

    python -m training.synthesise runs/large/2-long.pt --run runs/large --pairs 300000

Synthetic source, human target (Sennrich et al., "Improving Neural Machine Translation Models with
Monolingual Data", 2016). The base stages must have learned en→fr: `reverse: true` in corpora.yaml.
Writes `tokens/synthetic-<corpus>.fr-zh.npz`; a corpus that is already there is not made again.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.export import export, read_checkpoint
from training.prepare import align
from training.store import TokenPairs
from training.vocabulary import EOS_ID, TAGS, Vocabulary
from translate.domain import Lang
from translate.engines import load
from translate.registry import ModelSpec, Task

_MAX_RATIO = 2.0  # French pieces per English piece, beyond which the model has surely gone wrong


def synthesise(checkpoint: Path, run: Path, pairs: int, *, device: str = "auto", beam: int = 1) -> None:
    """Translates at most `pairs` pairs of every en→zh token file, evenly spread over it."""
    vocabulary = Vocabulary(run / "vocabulary")
    with tempfile.TemporaryDirectory() as temporary:
        export(read_checkpoint(checkpoint, vocabulary.pad_id), vocabulary, Path(temporary))
        # French takes the place of a target here, which no registered model has.
        spec = ModelSpec(checkpoint.stem, Task.TRANSLATE, Lang.EN, {Lang.FR: TAGS[Lang.FR]})
        engine = load(spec, Path(temporary), device=device, beam=beam)
        for path in sorted((run / "tokens").glob("*.en-zh.npz")):
            out = path.with_name(f"synthetic-{path.name.replace('en-zh', 'fr-zh')}")
            if out.exists():
                continue
            corpus = TokenPairs.load(path)
            chosen = np.unique(np.linspace(0, len(corpus) - 1, min(pairs, len(corpus))).astype(int))
            english = [vocabulary.decode(_row(corpus.source, corpus.source_ends, i)) for i in chosen]
            french = [hypothesis.text for hypothesis in engine.translate(english, Lang.FR)]
            made = _pair_up(vocabulary, french, corpus, chosen)
            made.save(out)
            print(json.dumps({"file": out.name, "pairs": len(made), "of": len(chosen)}), flush=True)
    align(run, vocabulary.size)


def _row(flat: NDArray[np.uint16], ends: NDArray[np.int64], number: int) -> NDArray[np.uint16]:
    return flat[ends[number - 1] if number else 0 : ends[number]]


def _pair_up(
    vocabulary: Vocabulary, french: list[str], corpus: TokenPairs, chosen: NDArray[np.int64]
) -> TokenPairs:
    """French sources beside the old Chinese targets, without those whose length is out of proportion."""
    tag, end = np.array([vocabulary.tag_id(Lang.ZH)], np.uint16), np.array([EOS_ID], np.uint16)
    sources, targets = [], []
    for number, ids in zip(chosen, vocabulary.encode(french, None), strict=True):
        english = _row(corpus.source, corpus.source_ends, number)
        if 0 < len(ids) <= _MAX_RATIO * len(english) + 4:
            sources.append(np.concatenate([tag, ids, end]))
            targets.append(_row(corpus.target, corpus.target_ends, number))
    return TokenPairs.from_lists(sources, targets)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--run", type=Path, default=Path("runs/small"))
    parser.add_argument("--pairs", type=int, default=100_000, help="of each corpus, at most")
    parser.add_argument("--device", default="auto")
    arguments = parser.parse_args()
    synthesise(arguments.checkpoint, arguments.run, arguments.pairs, device=arguments.device)


if __name__ == "__main__":
    main()
