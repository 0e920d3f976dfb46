"""Each written sentence points to the paragraphs it comes from."""

from __future__ import annotations

from translate.domain import Lang
from translate.summaries.attribution import Attribution

PARAGRAPHS = {
    2: ("Un séisme de magnitude 6,8 a frappé le sud du Pérou, faisant neuf morts.",),
    4: ("La secousse a été ressentie jusqu'à La Paz.", "Aucune alerte au tsunami n'a été émise."),
    5: ("Le gouvernement a décrété l'état d'urgence dans cinq districts.",),
}
ATTRIBUTION = Attribution(PARAGRAPHS, Lang.FR)


def test_a_sentence_taken_from_one_paragraph_points_to_it() -> None:
    assert ATTRIBUTION.sources("Aucune alerte au tsunami.") == (4,)


def test_a_sentence_made_of_two_paragraphs_points_to_both_in_order() -> None:
    text = "L'état d'urgence est décrété dans cinq districts après un séisme de magnitude 6,8 au Pérou."
    assert ATTRIBUTION.sources(text) == (2, 5)


def test_a_sentence_that_shares_no_word_points_to_the_first_paragraph() -> None:
    assert ATTRIBUTION.sources("Rien.") == (2,)


def test_the_earlier_of_two_equal_paragraphs_is_named() -> None:
    twice = Attribution({3: ("Le vote a eu lieu.",), 7: ("Le vote a eu lieu.",)}, Lang.FR)
    assert twice.sources("Vote.") == (3,)
