"""Shorter French sentences: golden files, and what must hold for any sentence."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.golden_cases import golden_cases
from translate.text.compress import compress

CASES = golden_cases("compress")
EXAMPLE = Path(__file__).parents[2] / "examples" / "xinhua_oim.fr.txt"
SHARED = Path(__file__).parents[3] / "shared" / "data" / "domain" / "dispatches.jsonl"

# Pieces of sentences that make the rules meet, sound or not.
PIECES = st.sampled_from(
    [
        "Le ministre",
        "M. Qin",
        "la Chine",
        "a rencontré",
        "a déclaré",
        "doit protéger",
        "qu'il",
        "que",
        "qui vit",
        "appelant à",
        "lors de la visite",
        "à Paris",
        "selon lui",
        "a souligné",
        "et",
        "ou",
        "mais",
        "si",
        "sauf",
        ", ",
        ", ",
        ", ",
        " ; ",
        " : ",
        " (OIM) ",
        ' "',
        '" ',
        " « ",
        " » ",
        " – ",
        ".",
        " ",
        " ",
        "12,5 %",
        "-t-il",
    ]
)
SENTENCES = st.lists(PIECES, max_size=30).map(" ".join) | st.text(max_size=120)


def tokens(text: str) -> list[str]:
    """Words, numbers and marks in lower case."""
    return re.findall(r"\d+(?:[.,]\d+)*|\w+|[^\w\s]", text.lower())


def is_subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(token in rest for token in short)


def check(source: str, result: str) -> None:
    """Nothing is longer than before, nothing is added, quotation marks stay paired."""
    assert len(result) <= len(source)
    words = [token for token in tokens(result) if token.isalnum() or token[0].isdigit()]
    assert is_subsequence(words, tokens(source))
    for mark in "«»“”()":
        assert result.count(mark) <= source.count(mark)
    assert result.count("«") - result.count("»") == source.count("«") - source.count("»")
    assert result.count('"') % 2 == source.count('"') % 2
    last = source.strip()[-1:]
    assert last.isalnum() or result.strip()[-1:] == last


def test_there_are_enough_golden_cases() -> None:
    assert len(CASES) >= 170


@pytest.mark.parametrize(("sentence", "expected"), CASES, ids=[case[0][:60] for case in CASES])
def test_golden(sentence: str, expected: list[str]) -> None:
    assert [compress(sentence)] == expected
    check(sentence, expected[0])


def test_every_prose_line_of_the_example_becomes_really_shorter() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()[1:]
    for line in lines:
        if line and not line.startswith("("):
            assert len(compress(line)) <= 0.75 * len(line)


@settings(deadline=None)
@given(SENTENCES)
def test_only_words_of_the_source_in_their_order(sentence: str) -> None:
    check(sentence, compress(sentence))


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([case[0] for case in CASES]), st.floats(0.05, 1.0))
def test_a_smaller_ratio_never_gives_a_longer_sentence(sentence: str, ratio: float) -> None:
    shorter = compress(sentence, max_ratio=ratio)
    check(sentence, shorter)
    assert len(compress(sentence, max_ratio=ratio / 2)) <= len(shorter)


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([case[0] for case in CASES]))
def test_the_same_sentence_gives_the_same_result(sentence: str) -> None:
    assert compress(sentence) == compress(sentence)


def test_a_ratio_of_one_changes_nothing() -> None:
    assert all(compress(sentence, max_ratio=1.0) == sentence for sentence, _ in CASES)


@pytest.mark.parametrize(
    ("sentence", "attribution"),
    [
        ("Le pays a menti (sic), a affirmé M. Diop, ministre des Finances, en colère.", "a affirmé M. Diop"),
        (
            "Selon l'opposition, qui boycotte le vote, le scrutin a été truqué, ce que nie le pouvoir.",
            "Selon l'opposition",
        ),
        ("Le train roulait trop vite, faisant trois morts, d'après la police.", "d'après la police"),
        ("La récolte sera mauvaise, faute de pluie, s'est alarmé le syndicat.", "s'est alarmé le syndicat"),
        (
            "Le prix a doublé, ce qui inquiète, se désole la syndicaliste Puleng Selebi.",
            "se désole la syndicaliste",
        ),
    ],
)
def test_a_claim_keeps_who_makes_it(sentence: str, attribution: str) -> None:
    assert attribution in compress(sentence, max_ratio=0.1)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le ministre n'a jamais dit, lors de la réunion, que la taxe serait levée, affirmant le contraire.",
        "Aucun accord n'a été trouvé jeudi, les deux camps campant sur leurs positions.",
        "Le texte ne sera pas voté avant juin, a indiqué le président, M. Roy.",
    ],
)
def test_a_denial_stays_a_denial(sentence: str) -> None:
    result = compress(sentence, max_ratio=0.1)
    for word in ("jamais", "Aucun", "pas"):
        assert (word in result) == (word in sentence)


def test_what_was_learned_is_the_papers_own_word() -> None:
    sentence = "Deux otages ont été libérés vendredi au Mali, a-t-on appris de source diplomatique."
    assert compress(sentence) == "Deux otages ont été libérés vendredi au Mali."


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        (
            "Le siège est attaqué par des émeutiers que (la chaîne) a présentés comme justes, a dit M. Roy.",
            "(la",
        ),
        (
            "Nous devons tenir (...) car la route est longue, a déclaré le ministre de la Santé, M. Roy.",
            "(...)",
        ),
        (
            "Le Medef plaide pour une hausse du Smic conditionnée à une baisse des cotisations.",
            "conditionnée à",
        ),
        ("Les 1 600 soldats français déployés en Centrafrique vont désarmer les milices.", "en Centrafrique"),
        (
            "Une croissance de 11,1 % a été enregistrée au premier semestre de 2010, selon le Bureau.",
            "semestre",
        ),
        ("Trois pays ont réduit de 36 % les infections contractées en milieu hospitalier.", "contractées"),
        (
            "Il a interdit à la chaîne, la plus grande du pays, la publication de documents secrets.",
            "publication",
        ),
        ("La crise a fait mille morts et provoqué, selon l'ONU, la pire famine du siècle.", "la pire famine"),
        (
            "Le taux de dépôt, qui fait référence, reste donc fixé à 2%, a précisé la banque à Francfort.",
            "reste donc fixé",
        ),
    ],
)
def test_what_the_claim_needs_stays(sentence: str, word: str) -> None:
    assert word in compress(sentence, max_ratio=0.1)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Mais il a pour le moment laissé ses frontières fermées.",
         "Il a pour le moment laissé ses frontières fermées."),
        ("Six infirmiers ont en outre été formés sur place.", "Six infirmiers ont été formés sur place."),
        ("Les secours manquent, de surcroît, de véhicules.", "Les secours manquent de véhicules."),
        ("Et pour cause, il avait choisi de reculer.", "Et pour cause, il avait choisi de reculer."),
        ("Et vous, quel est votre favori ?", "Et vous, quel est votre favori ?"),
    ],
)  # fmt: skip
def test_words_that_only_link_go_without_a_trace(sentence: str, expected: str) -> None:
    assert compress(sentence) == expected


def test_the_toll_goes_last() -> None:
    sentence = "Un séisme a frappé jeudi la région d'Arequipa, dans le sud du Pérou, faisant neuf morts."
    assert (
        compress(sentence, max_ratio=0.9)
        == "Un séisme a frappé jeudi la région d'Arequipa, faisant neuf morts."
    )


@pytest.mark.parametrize(
    "sentence", ["", " ", ".", "…", "Fin", "(Xinhua/Liu Bin)", '"', "«", "- -", "😀", "a" * 5000]
)
def test_what_is_no_sentence_comes_back(sentence: str) -> None:
    assert compress(sentence) == sentence


@pytest.mark.parametrize(
    "unit", ["a, ", "« ", "il dit que ", "(a) ", "et mange ", "; ", "lors de ", "x" * 50]
)
def test_odd_input_is_quick(unit: str) -> None:
    began = time.process_time()
    compress(unit * (2000 // len(unit)))
    compress(unit * 40 + "le chat dort, a dit M. Qin.")
    assert time.process_time() - began < 3


@pytest.mark.shared
def test_on_whole_dispatches_nothing_is_added() -> None:
    if not SHARED.exists():
        pytest.skip("the measuring texts are not beside the checkout")
    ratios = []
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["lines_fr"]:
            result = compress(paragraph)
            check(paragraph, result)
            ratios.append(len(result) / len(paragraph))
    assert sum(ratios) / len(ratios) < 0.85
