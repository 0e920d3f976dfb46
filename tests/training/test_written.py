"""A language is written with the pieces that its side of the training text has."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.templates import make
from training.vocabulary import PAD, TAGS, Vocabulary, VocabularyConfig, train_vocabulary
from training.written import written
from translate.domain import Lang


@pytest.fixture(scope="module")
def vocabulary(tmp_path_factory: pytest.TempPathFactory) -> Vocabulary:
    folder = tmp_path_factory.mktemp("vocabulary")
    lines = [cell for row in make(200, seed=1) for cell in row]
    train_vocabulary(lines, folder, VocabularyConfig(size=1200, sentences=1000))
    return Vocabulary(folder)


def test_pieces_that_are_met_often_enough_letters_and_bytes(vocabulary: Vocabulary, tmp_path: Path) -> None:
    rows = make(60, seed=2)
    for lang, column in ((Lang.EN, 1), (Lang.ZH, 2)):
        pairs = vocabulary.pairs([row[0] for row in rows], [row[column] for row in rows], lang)
        pairs.save(tmp_path / f"templates.fr-{lang}.npz")
    found = written(tmp_path, vocabulary, least=3)
    assert set(found) == {TAGS[Lang.EN], TAGS[Lang.ZH]}
    texts = {TAGS[Lang.EN]: [row[1] for row in rows], TAGS[Lang.ZH]: [row[2] for row in rows]}
    for tag, ids in found.items():
        lang = next(lang for lang, own in TAGS.items() if own == tag)
        said = [number for row in vocabulary.encode(texts[tag], lang) for number in row.tolist()]
        names = {number: piece for piece, number in vocabulary.ids.items()}
        expected = {n for n in said if said.count(n) >= 3 or len(names[n].lstrip("▁")) <= 1}
        expected |= {n for n, piece in names.items() if piece.startswith("<0x")}
        assert set(ids) - {0} == expected - {0} and ids == sorted(ids)
        assert vocabulary.ids[PAD] not in ids
    assert set(found[TAGS[Lang.EN]]) != set(found[TAGS[Lang.ZH]])


def test_no_text_no_list(vocabulary: Vocabulary, tmp_path: Path) -> None:
    assert written(tmp_path, vocabulary) == {}
