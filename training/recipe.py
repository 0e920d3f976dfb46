"""A recipe: what is learned from, in what order, and how large the model is. Three YAML files in a folder.

`corpora.yaml` (the mix), `stages.yaml` (the curriculum) and `shape.yaml` (the rest, see `Recipe`).
This folder holds the small one, for two processor cores; `deep/` the one for a graphics card.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path

from training.corpora import Corpus, load_corpora
from training.entries import check_keys, read_yaml
from training.model import ModelConfig
from training.stages import Stage, load_stages
from training.vocabulary import VocabularyConfig

SMALL = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Recipe:
    """`batch_tokens`: padded target tokens that go through the model at once. `synthetic_pairs`: at most, of
    each corpus. `vocabulary_lines`: how many lines the vocabulary is learned from.
    """

    corpora: tuple[Corpus, ...]
    stages: tuple[Stage, ...]
    vocabulary_size: int = 16_000
    vocabulary_lines: int = 400_000
    width: int = 256
    ffn: int = 1024
    encoder_layers: int = 6
    decoder_layers: int = 2
    batch_tokens: int = 2048
    template_pairs: int = 40_000
    synthetic_pairs: int = 100_000

    @property
    def vocabulary(self) -> VocabularyConfig:
        return VocabularyConfig(self.vocabulary_size, sentences=self.vocabulary_lines)

    def model(self, vocabulary_size: int) -> ModelConfig:
        """For the vocabulary that was made, which may be smaller than what was asked for."""
        return ModelConfig(
            vocabulary_size,
            width=self.width,
            heads=max(1, self.width // 64),
            ffn=self.ffn,
            encoder_layers=self.encoder_layers,
            decoder_layers=self.decoder_layers,
        )


def load_recipe(folder: Path) -> Recipe:
    """The recipe in `folder`. Raises InputError for a file that is missing or cannot be used."""
    recipe = Recipe(load_corpora(folder / "corpora.yaml"), load_stages(folder / "stages.yaml"))
    shape = folder / "shape.yaml"
    values = read_yaml(shape)
    check_keys(shape, "shape", values, [f.name for f in fields(Recipe)][2:])
    return replace(recipe, **values)
