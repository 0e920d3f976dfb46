"""Tables of turns: every row has an example here, and what only looks like one asks for its number."""

from __future__ import annotations

import re

import pytest

from translate.domain import Lang
from translate.text.checks import outright
from translate.text.checks.figures import Trust
from translate.text.checks.numbers import read
from translate.text.tables import rows

TURNS = """
Le communiqué ne contient rien de neuf.
Le club veut du sang neuf.
Il exige un parquet neuf.
Elle vend des fleurs, marchande de quatre-saisons.
Tiré à quatre épingles, il salue.
Elle joue à quatre mains.
Le film a une distribution cinq étoiles.
Il avait trois sous en poche.
Elle s'est mise en quatre pour ses voisins.
Il a vécu entre quatre murs.
Il lui a dit ses quatre vérités.
Le bandit a fait les quatre cents coups.
Le message est reçu cinq sur cinq.
Le vote est prévu lundi en huit.
Le vote est prévu dimanche en quinze.
Il s'est mis sur son trente-et-un.
C'est son entrée en sixième.
Une classe de cinquième visite le parc.
Les élèves de quatrième visitent le parc.
La fête du septième art commence.
Il est au septième ciel.
Il se dit la cinquième roue du carrosse.
Le parti est dans le trente-sixième dessous.
C'est un accord de la onzième heure.
On lit en quatrième de couverture un éloge.
Le candidat fait les cent pas.
Il est aux cent coups.
Il cherche midi à quatorze heures.
Le groupe avance avec des bottes de sept lieues.
Il a tourné sept fois sa langue.
Le onze de départ est connu.
Le quinze de France est battu.
La caisse est ouverte sept jours sur sept.
La caisse est ouverte vingt-quatre heures sur vingt-quatre.
La caisse est ouverte 24 heures sur 24.
La caisse est ouverte 24h/24.
La caisse est ouverte 7 jours sur 7.
La caisse est ouverte 7j/7.
Elle l'a dit au 20h de TF1.
Elle l'a dit au 20 heures de France 2.
Elle l'a dit au JT de 20h.
Les os ont été datés au carbone 14.
La voiture passe de 0 à 100 km/h en un éclair.
La panne a duré trois quarts d'heure.
La panne a duré un quart d'heure.
Il est deux heures trois quarts.
La panne a duré deux heures et quart.
Il est deux heures moins le quart.
Un conteneur équivalent vingt pieds (EVP) est tombé.
Elle a gagné le quatre nages.
Un bricoleur du dimanche a percé le mur.
Ils sont en huitième de finale.
Ils sont en seizièmes de finale.
Le club monte en Ligue 2.
""".strip().split("\n")


@pytest.mark.parametrize("source", TURNS)
def test_no_number_of_a_turn_is_asked_for(source: str) -> None:
    reading = read(source, Lang.FR)
    assert [figure for figure in reading.figures if figure.trust is not Trust.HINT] == []
    assert [moment for moment in reading.clocks if moment.trust is Trust.FIRM] == []


def test_every_turn_has_an_example() -> None:
    text = "\n".join(TURNS).lower()
    for sign, pattern, _ in rows("checks/turns.fr.tsv", columns=3):
        found = re.findall(rf".*{pattern}.*", "\n".join(TURNS), re.IGNORECASE)
        assert found, (sign, pattern)
        assert sign in text, sign


@pytest.mark.parametrize(
    "source",
    [
        "Il y a neuf candidats neufs.",
        "Les quatre saisons sont belles.",
        "Le traité est mis en quatre langues.",
        "Cinq élus sur cinquante sont venus.",
        "Lundi, en huit minutes, tout était fini.",
        "Ils sont trente et un.",
        "Elle est en sixième position.",
        "Il a écrit le septième livre.",
        "La cinquième route est fermée.",
        "Il a fait cent pas.",
        "Il est midi, puis quatorze heures.",
        "Il est venu sept fois.",
        "Les onze de la ville.",
        "La caisse est ouverte sept jours.",
        "Le lot de 24 heures.",
        "Du carbone pour 14 usines.",
        "Il passe de 10 à 100 km/h.",
        "Ils sont quatre en finale.",
        "Ils vivent dans 2 ligues.",
    ],
)
def test_what_only_looks_like_a_turn_asks_for_its_number(source: str) -> None:
    assert [figure for figure in read(source, Lang.FR).figures if figure.trust is not Trust.HINT]


def test_what_is_said_outright_counts_once_for_each_turn_and_word() -> None:
    source = "Les élus ne décolèrent pas et le café ne désemplit pas."
    assert outright.count(source, "Lawmakers fume; the cafe is packed.", Lang.EN) == 2
    assert outright.count(source, "Lawmakers fume, furious.", Lang.EN) == 1
    assert outright.count(source, "议员愤怒，咖啡馆爆满。", Lang.ZH) == 2
    assert outright.count("Les élus dorment.", "Lawmakers fume.", Lang.EN) == 0
    assert outright.count(source, "Lawmakers sleep.", Lang.EN) == 0


def test_every_pattern_of_the_tables_can_be_read() -> None:
    for row in rows("checks/outright.tsv", columns=3):
        for cell in row:
            for entry in re.split(r"  +", cell):
                assert re.compile(entry.removeprefix("NE "))
    for day, *names in rows("checks/feasts.tsv", columns=4):
        assert re.fullmatch(r"\d{1,2} \d{1,2}", day)
        assert all(re.compile(name) for name in names)
