"""Which terms a French sentence holds: elision, contraction, inflection, capitals, hyphens, order."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang
from translate.terms import CaseRule, Glossary, Term, TermPart
from translate.terms.entries import case_of


def term(french: str, part: TermPart = TermPart.OTHER, **more: object) -> Term:
    settings: dict[str, object] = {"case": case_of(french)} | more
    return Term(french, {Lang.EN: ("x",)}, part, **settings)  # type: ignore[arg-type]


def found(sentence: str, *terms: str | Term) -> list[str]:
    """The surfaces of what is found."""
    glossary = Glossary.of([each if isinstance(each, Term) else term(each) for each in terms])
    matches = glossary.find(sentence)
    assert all(sentence[match.start : match.end] == match.surface for match in matches)
    return [match.surface for match in matches]


@pytest.mark.parametrize(
    ("sentence", "name", "surface"),
    [
        ("Le siège de l'OIM.", "OIM", "OIM"),
        ("Le siège de l’OIM.", "OIM", "OIM"),
        ("Le secrétaire d'État", "secrétaire d'Etat", "secrétaire d'État"),
        ("la ville d'Addis Abeba", "Addis-Abeba", "Addis Abeba"),
        ("la ville d'Addis‑Abeba", "Addis Abeba", "Addis‑Abeba"),
        ("les États\u00a0Unis", "Etats-Unis", "États\u00a0Unis"),
        ("LES ETATS-UNIS", "États-Unis", "ETATS-UNIS"),
        ("L'EGYPTE", "Égypte", "EGYPTE"),
        ("BANQUE CENTRALE EUROPÉENNE", "Banque centrale européenne", "BANQUE CENTRALE EUROPÉENNE"),
        ("le produit « cœur »", "coeur", "cœur"),
        ("M. Erdoğan est là", "Erdogan", "Erdoğan"),
        ("l'initiative « la Ceinture et la Route »", 'la "Ceinture et la Route"', "la Ceinture et la Route"),
        (
            "une initiative « Pont d'or » lancée",
            'initiative "Pont d\'or"',
            "initiative « Pont d'or »",
        ),
        ("les indices S&P 500 et", "S&P 500", "S&P 500"),
        ("l’OPEP+ se réunit", "OPEP+", "OPEP+"),
        ("le sommet du G20", "G20", "G20"),
    ],
)
def test_spellings_of_one_term(sentence: str, name: str, surface: str) -> None:
    assert found(sentence, name) == [surface]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Berné par ses associés, il a porté plainte.", "Berne"),
        ("BERNÉ PAR SES ASSOCIÉS", "Berne"),
        ("Crête de feu sur l'Etna.", "Crète"),
    ],
)
def test_an_accent_can_make_another_word(sentence: str, name: str) -> None:
    assert found(sentence, name) == []


@pytest.mark.parametrize(
    ("sentence", "name", "surface"),
    [
        ("Il va au Caire.", "Le Caire", "Caire"),
        ("le maire du Caire", "Le Caire", "Caire"),
        ("Le Caire dément.", "Le Caire", "Le Caire"),
        ("un élu des Républicains", "Les Républicains", "Républicains"),
        ("confié aux Républicains", "Les Républicains", "Républicains"),
        ("de L'Oréal", "L'Oréal", "L'Oréal"),
        ("à La Mecque", "La Mecque", "La Mecque"),
        ("de la Mecque", "La Mecque", "la Mecque"),
    ],
)
def test_an_article_contracts(sentence: str, name: str, surface: str) -> None:
    assert found(sentence, name) == [surface]


def test_a_name_with_an_article_needs_one() -> None:
    assert found("Ils restent Républicains, Monde entier.", "Les Républicains", "Le Monde") == []


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("les ministres des Affaires étrangères", "ministre des Affaires étrangères"),
        ("la Première ministre", "Premier ministre"),
        ("les Premiers ministres", "Premier ministre"),
        ("la directrice générale", "directeur général"),
        ("les directeurs généraux", "directeur général"),
        ("une demandeuse d'asile", "demandeur d'asile"),
        ("un demandeur d'asile", "demandeurs d'asile"),
        ("les envoyées spéciales", "envoyé spécial"),
        ("les tribunaux militaires", "tribunal militaire"),
        ("la conseillère nationale", "conseiller national"),
        ("des Palestiniennes", "Palestinien"),
        ("la banque turque", "banque turque"),
        ("les députés turcs", "député turc"),
        ("la députée turque", "député turc"),
        ("la veuve juive", "veuf juif"),
        ("les réseaux nationaux", "réseau national"),
        ("une nouvelle ère", "nouveau ère"),
    ],
)
def test_plural_and_feminine_forms(sentence: str, name: str) -> None:
    glossary = Glossary.of([term(name, TermPart.TITLE)])
    (match,) = glossary.find(sentence)
    assert match.inflected is not sentence.endswith(f" {name}")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Il péchera demain, la pêche.", "péché"),
        ("une cote de popularité", "côte"),
        ("les maires de la ville", "marée"),
        ("la banque centraliste", "banque centrale"),
        ("la banque, centrale", "banque centrale"),
        ("la banque – centrale", "banque centrale"),
        ("la banque - centrale", "banque centrale"),
        ("une paroisse", "paroi"),
        ("des ONUs", "ONU"),
    ],
)
def test_what_only_looks_like_a_term(sentence: str, name: str) -> None:
    assert found(sentence, name) == []


@pytest.mark.parametrize("part", [TermPart.PERSON, TermPart.PLACE, TermPart.INITIATIVE])
def test_names_do_not_inflect(part: TermPart) -> None:
    assert found("Les Paul et les Pauls, Valentine", term("Paul", part), term("Valentin", part)) == ["Paul"]


@pytest.mark.parametrize(
    ("rule", "surfaces"),
    [
        (CaseRule.ANY, ["Who", "WHO", "who"]),
        (CaseRule.CAPITAL, ["Who", "WHO"]),
        (CaseRule.EXACT, ["WHO"]),
    ],
)
def test_rules_for_capitals(rule: CaseRule, surfaces: list[str]) -> None:
    assert found("Who, WHO, who", term("WHO", case=rule)) == surfaces


def test_a_term_in_small_letters_is_found_in_capitals_too() -> None:
    sentence = "Zone euro : la ZONE EURO, la Zone Euro"
    assert found(sentence, "zone euro") == ["Zone euro", "ZONE EURO", "Zone Euro"]


def test_two_terms_that_differ_in_the_capital() -> None:
    glossary = Glossary.of([term("mars"), term("Mars", TermPart.PLACE)])
    assert [match.term.french for match in glossary.find("En mars, vers Mars.")] == ["mars", "Mars"]


@pytest.mark.parametrize(
    ("french", "rule"),
    [
        ("ONU", CaseRule.EXACT),
        ("UE", CaseRule.EXACT),
        ("AfD", CaseRule.EXACT),
        ("OTAN", CaseRule.CAPITAL),
        ("Chine", CaseRule.CAPITAL),
        ("La Mecque", CaseRule.CAPITAL),
        ("L'Oréal", CaseRule.CAPITAL),
        ("les Vingt-Sept", CaseRule.CAPITAL),
        ("zone euro", CaseRule.ANY),
        ("lac Tchad", CaseRule.ANY),
    ],
)
def test_the_rule_that_is_taken_where_none_is_named(french: str, rule: CaseRule) -> None:
    assert case_of(french) is rule


def test_the_longest_goes_first() -> None:
    terms = ("Conseil", "Conseil de sécurité", "Conseil de sécurité de l'ONU", "ONU")
    assert found("Le Conseil de sécurité de l’ONU et l'ONU", *terms) == [
        "Conseil de sécurité de l’ONU",
        "ONU",
    ]
    assert found("Le Conseil de sécurité et le Conseil", *terms) == ["Conseil de sécurité", "Conseil"]


def test_of_two_as_long_the_priority_decides() -> None:
    low, high = term("mars", case=CaseRule.ANY), term("mars", case=CaseRule.CAPITAL, priority=5)
    (match,) = Glossary.of([low, high]).find("en mars")
    assert match.term.priority == 5


@pytest.mark.parametrize(
    ("sentence", "surfaces"),
    [
        ("Florence Martin vit à Florence.", ["Florence"]),
        ("Florence accueille le G7.", ["Florence"]),
        ("Selon Florence Parly, ministre.", ["Florence Parly"]),  # a longer term
        ("Berlin Martin a dit oui.", ["Berlin"]),  # no given name
    ],
)
def test_a_place_that_is_a_given_name_is_none_before_a_name(sentence: str, surfaces: list[str]) -> None:
    places = [term(name, part=TermPart.PLACE) for name in ("Florence", "Berlin")]
    minister = term("Florence Parly", part=TermPart.PERSON)
    assert found(sentence, *places, minister) == surfaces


def test_a_longer_one_goes_before_a_higher_priority() -> None:
    terms = [term("zone euro"), term("zone", priority=9)]
    assert found("la zone euro", *terms) == ["zone euro"]


@pytest.mark.parametrize(
    ("sentence", "surfaces"),
    [
        ("Marie-France et Chine-Afrique", ["Chine", "Afrique"]),
        ("la Guinée-Équatoriale", []),
        ("anti-Chine, ex-Chine", ["Chine", "Chine"]),
        ("vice-Chine", []),
        ("la Chine-même", []),
    ],
)
def test_half_a_word_with_a_hyphen_is_no_term(sentence: str, surfaces: list[str]) -> None:
    assert found(sentence, "France", "Chine", "Afrique", "Guinée") == surfaces


def test_a_plural_that_two_share_is_no_term() -> None:
    assert found("les présidents chinois et français", "président chinois") == []
    assert found("les présidents chinois, et non", "président chinois") == ["présidents chinois"]


def test_a_pattern_finds_instead_of_the_name() -> None:
    pattern = term("G20", pattern=r"(?:G20|groupe des vingt)\b", case=CaseRule.ANY)
    assert found("le Groupe des Vingt (G20), le G20+", pattern) == ["Groupe des Vingt", "G20", "G20"]
    strict = term("G20", pattern=r"groupe des vingt", case=CaseRule.EXACT)
    assert found("le Groupe des Vingt, le groupe des vingt, G20", strict) == ["groupe des vingt"]


def test_an_empty_glossary_and_an_empty_sentence() -> None:
    assert Glossary().find("La Chine") == ()
    assert found("", "Chine") == []
    assert found(" - ’ « » ", "Chine") == []


NAMES = [
    "Chine",
    "zone euro",
    "Conseil de sécurité",
    "Conseil de sécurité de l'ONU",
    "ONU",
    "Le Caire",
    "OPEP+",
]
PIECES = [
    *NAMES,
    "l'",
    "’",
    "-",
    " – ",
    " ",
    "\u00a0",
    "du ",
    "Caire",
    "la ",
    "sécurité",
    "«",
    "»",
    '"',
    ".",
    "É",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_matches_are_in_order_do_not_overlap_and_are_what_stands_there(sentence: str) -> None:
    glossary = Glossary.of([term(name) for name in NAMES])
    end = 0
    for match in glossary.find(sentence):
        assert end <= match.start < match.end <= len(sentence)
        assert sentence[match.start : match.end] == match.surface
        end = match.end


@given(st.text(max_size=200))
def test_no_text_is_too_strange(sentence: str) -> None:
    Glossary.of([term(name) for name in NAMES]).find(sentence)


def test_a_huge_line_takes_no_more_than_its_share() -> None:
    """Eight times the text takes eight times as long, with room for a busy machine; 64 would be quadratic."""
    glossary = Glossary.of([term(name) for name in NAMES])
    glossary.find("Chine")

    def took(text: str) -> float:
        begun = time.process_time()
        assert len(glossary.find(text)) > 1000
        return time.process_time() - begun

    short = min(took("la Chine-ONU au Caire " * 1_500) for _ in range(2))
    assert took("la Chine-ONU au Caire " * 12_000) < 8 * short * 4
