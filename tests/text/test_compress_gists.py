"""Sentences that are hard to shorten: what may go all the same, what never does, and how it is marked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.golden_cases import golden_cases
from translate.text.compress import compress
from translate.text.compression.omissions import OMISSION
from translate.text.quotations import enclosed_spans

CASES = [given for given, _ in golden_cases("compress")]
SHARED = Path(__file__).parents[3] / "shared" / "data" / "domain" / "dispatches.jsonl"
HEDGES = re.compile(
    r"\b(environ|près de|plus de|moins de|quelque|au moins|jusqu['’]à|à peine|un peu plus de)\s(\d[\d.,]*)",
    re.I,
)
DENIALS = re.compile(r"\b(?:ne |n['’])(\w+ \w+)", re.I)
QUOTED = st.sampled_from(
    [
        "nous avons tenu",
        "nous n'avons rien vu",
        "ils devront partir",
        "dans cette vallée",
        "au-delà des routes",
        "de ne pas tirer",
        "et de la paix",
        "mais sans hâte",
        "que les ponts soient reconstruits",
        "pour que l'école rouvre",
        ", ",
        ", ",
        " ; ",
        "si la digue cède",
        "[…]",
        "(...)",
    ]
)


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def is_subsequence(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def quoted_marks(text: str) -> int:
    """How many omission marks stand inside quotation marks."""
    spans = [span for span in enclosed_spans(text) if not span.is_bracket]
    return sum(text[span.start : span.end].count(OMISSION) for span in spans)


def check(source: str, result: str) -> None:
    """Nothing is longer, said in another order, denied no more, or counted more exactly than before."""
    assert len(result) <= len(source)
    assert is_subsequence(words(result), words(source))
    assert result.count(OMISSION) - source.count(OMISSION) <= quoted_marks(result)
    for hedge, number in HEDGES.findall(source):
        once = len(re.findall(rf"(?<![\d.,]){re.escape(number)}", source)) == 1
        if once and re.search(rf"(?<![\d.,]){re.escape(number)}", result):
            assert f"{hedge} {number}".lower() in re.sub(r"\s", " ", result).lower()
    for denied in DENIALS.findall(source):
        if source.count(denied) == 1 and denied in result:
            assert re.search(rf"\b(?:ne |n['’]){re.escape(denied)}", result, re.I)


@pytest.mark.parametrize("sentence", CASES, ids=[case[:50] for case in CASES])
def test_neither_denial_nor_about_is_lost(sentence: str) -> None:
    for ratio in (0.9, 0.75, 0.4, 0.1):
        check(sentence, compress(sentence, max_ratio=ratio))


@settings(deadline=None)
@given(st.lists(QUOTED, min_size=3, max_size=12).map(" ".join), st.sampled_from(["«  »", "“”", '""']))
def test_an_omission_is_marked_once_where_it_was_made(said: str, marks: str) -> None:
    sentence = f"{marks[0]}{said}{marks[-1]}, a déclaré la rapporteuse."
    result = compress(sentence)
    check(sentence, result)
    assert result.count(OMISSION) <= max(said.count(OMISSION), 1)
    assert "a déclaré" in result


def test_no_mark_stands_outside_a_quotation() -> None:
    for sentence in CASES:
        result = compress(sentence)
        assert result.count(OMISSION) == quoted_marks(result)


TURNS = """\
"Les maires doivent ordonner à leurs gardes de ne pas tirer sur les bêtes", a dit M. Roy. | ne pas tirer
"Nous avançons, dans tous les villages du plateau, mais sans le matériel promis", a dit M. Roy. | mais sans
"Nous n'avons pas besoin de discours, nous avons besoin de deux pelleteuses", a dit M. Roy. | pelleteuses
"Si la digue cède avant dimanche, toute la plaine sera sous les eaux", a prévenu M. Roy. | Si la digue cède
Le rapport juge "urgent, pour que l'école rouvre, que les ponts soient refaits". | que les ponts
Aucun des maires de la vallée qui avaient obtenu un délai n'a signé, selon la préfecture. | un délai
M. Roy avait reconnu à demi-mot mardi soir dans un entretien au Courrier avoir menti. | à demi-mot
La station couvre grâce au solaire 60 % des besoins en électricité de la base Qinling. | de la base
S'ils étaient plus nombreux à défiler, les éleveurs obtiendraient que le décret soit retiré. | plus nombreux
"""
SPEAKERS = """\
« Nous partirons tous demain », a jugé le chef de file des sénateurs Bruno Roy. | Bruno Roy
« Nous partirons tous demain », a déclaré la présidente du Sénat Agnès Roy. | Agnès Roy
« Nous partirons tous demain », a dit le président du Sénat. | le président du Sénat
« Nous partirons tous demain », assure le gouvernement du Canada. | le gouvernement du Canada
Selon le Centre du réseau sismique de Chine, le séisme a eu lieu à minuit. | le Centre du réseau sismique
« On nous tire dessus ! » a crié, à l'antenne, Awa Sarr, de la radio Teranga. | Awa Sarr
Le fils de la ministre Agnès Roy a été arrêté hier soir à la gare. | Le fils
Le porte-parole du ministre Jean Roy a été arrêté hier soir à la gare. | Le porte-parole du ministre
Le porte-parole de Jean Paul Roy a été arrêté hier soir à la gare. | Le porte-parole de Jean Paul Roy
Le secrétaire de l'acteur Jean Roy a été arrêté hier soir à la gare. | Le secrétaire de l'acteur
"""


def cases(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.splitlines()]


@pytest.mark.parametrize(("sentence", "kept"), cases(TURNS))
def test_what_turns_the_meaning_stays(sentence: str, kept: str) -> None:
    for ratio in (0.1, 0.75):
        assert kept in compress(sentence, max_ratio=ratio)


@pytest.mark.parametrize(("sentence", "speaker"), cases(SPEAKERS))
def test_who_speaks_is_still_known(sentence: str, speaker: str) -> None:
    for ratio in (0.1, 0.75):
        assert speaker in compress(sentence, max_ratio=ratio)


@pytest.mark.parametrize(
    "unit", ["« a », ", '"a et de b", ', "« nous, ", "le ministre de la ", "si ", "; et "]
)
def test_odd_quotations_come_back_in_order(unit: str) -> None:
    sentence = unit * 30 + "a dit M. Roy."
    check(sentence, compress(sentence))


@pytest.mark.shared
def test_no_sentence_of_whole_dispatches_loses_a_denial() -> None:
    if not SHARED.exists():
        pytest.skip("the measuring texts are not beside the checkout")
    for line in SHARED.read_text(encoding="utf-8").splitlines():
        for paragraph in json.loads(line)["lines_fr"]:
            check(paragraph, compress(paragraph))
