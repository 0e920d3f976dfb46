"""The lexicon: what a French word is in the target language, and which words a model is given."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given as example
from hypothesis import strategies as st

from tests import lexicons
from translate.domain import Lang
from translate.text.lexicon import dictionary_of, given, meanings, name_of
from translate.text.wordlists import read_packed

ENGLISH = {
    "cim": "\tenterie!cement works|cement plant",
    "œil": "\tlets!carnations",
    "Lon": "\tdres!London",
    "pom": "\tpelmo!pomelo\tpiers:firefighters|fire",
    "vai": "\tnqueur!winner",
}
CHINESE = {"cim": "\tenterie!水泥厂"}
DICTIONARY = {"cim": "\tenterie!no\tes!peaks", "jet": "\tte!throws"}
PHRASES = {
    "be": "\t=is|are|was|were|being|been",
    "cou": "\tp de filet!raid",
    "cri": "\tant!no\tant besoin!glaring need",
    "d": "\t'arrache-pied!relentlessly",
    "est": "\t>être/1",
    "do": "\t=does|do|did|did|doing|done",
    "fai": "\tre volte-face/do an about-face\tt>faire/1\tt>faire/6",
    "jet": "\ter!no\ter l'éponge/throw in the towel\tte>jeter/1\tterons>jeter/0\té>jeter/6",
    "son": "\tt>être/2",
    "thr": "\tow=throws|throw|threw|threw|throwing|thrown",
    "tir": "\te>tirer/1\ter au clair/elucidate",
    "à": "\t bout!at bay\t bout portant!point-blank",
    "êtr": "\te à cran/be on edge\te humain!human being",
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons.use(monkeypatch, ENGLISH, CHINESE, DICTIONARY, PHRASES)


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("word", "english"),
    [
        ("cimenterie", ("cement works", "cement plant")),
        ("Pompiers", ("firefighters", "fire")),
        ("œillets", ("carnations",)),
        ("Londres", ("London",)),
        ("londres", ()),
        ("cimenteries", ()),  # as it is inflected
        ("cimente", ()),
        ("enterie", ()),
        ("mur", ()),
        ("pompiers:firefighters", ()),
        ("", ()),
        ("\t", ()),
        ("pom\tpiers", ()),
    ],
)
def test_a_word_has_its_meanings_the_likeliest_first(word: str, english: tuple[str, ...]) -> None:
    assert meanings(word, Lang.EN) == english


@pytest.mark.usefixtures("few")
@pytest.mark.parametrize(
    ("french", "target", "aided"),
    [
        ("La cimenterie de Lyon ferme.", Lang.EN, "La cement works de Lyon ferme."),
        ("La cimenterie de Lyon ferme.", Lang.ZH, "La 水泥厂 de Lyon ferme."),
        ("Vainqueur de l'étape, il pleure.", Lang.EN, "Winner de l'étape, il pleure."),
        ("L'œillets.", Lang.EN, "L'carnations."),
        ("Les pompiers.", Lang.EN, "Les pompiers."),  # known to the model
        ("« Vainqueur ! »", Lang.EN, "« Winner ! »"),
        ("M. Cimenterie.", Lang.EN, "M. Cimenterie."),  # another name
        ("Cimenterie Lafarge en vue.", Lang.EN, "Cimenterie Lafarge en vue."),  # before a name, a name
        ("Cimenterie a vendu ses parts.", Lang.EN, "Cimenterie a vendu ses parts."),
        ("Cimenterie XIV est fermée.", Lang.EN, "Cement works XIV est fermée."),
        ("À Londres, le londres.", Lang.EN, "À London, le londres."),
        ("CIMENTERIE FERMÉE", Lang.EN, "CIMENTERIE FERMÉE"),
        ("", Lang.EN, ""),
        # Of the dictionary, what the lexicon does not have; phrases before words, the longest of them.
        ("Les cimes, la cimenterie.", Lang.ZH, "Les peaks, la 水泥厂."),
        ("Il jette l’éponge.", Lang.EN, "Il throws in the towel."),
        ("Ils jetteront l'épongeage.", Lang.EN, "Ils jetteront l'épongeage."),
        (
            "Jeter l'éponge ? Il l'a jeté, jeté l'éponge.",
            Lang.EN,
            "Throw in the towel ? Il l'a jeté, thrown in the towel.",
        ),
        ("Elle est à cran, ils sont à cran.", Lang.EN, "Elle is on edge, ils are on edge."),
        ("Il est humain, un être humain.", Lang.EN, "Il est humain, un human being."),
        ("Il tire au clair.", Lang.EN, "Il elucidate."),  # its forms are not known
        ("Il fait volte-face.", Lang.EN, "Il does an about-face."),
        (
            "Il a fait volte-face.",
            Lang.EN,
            "Il a done an about-face.",
        ),  # no present
        ("N'a-t-il pas fait volte-face ?", Lang.EN, "N'a-t-il pas done an about-face ?"),
        ("L'avis a plu, il fait volte-face.", Lang.EN, "L'avis a plu, il does an about-face."),
        ("Il jette.", Lang.EN, "Il throws."),
        ("Touché à bout portant, à bout.", Lang.EN, "Touché point-blank, at bay."),
        ("A bout portant, d'arrache-pied !", Lang.EN, "Point-blank, relentlessly !"),
        ("D'arrache-pied.", Lang.EN, "Relentlessly."),
        ("d'arrache-pied", Lang.EN, "relentlessly"),
        ("JETTE l'éponge, À bout", Lang.EN, "JETTE l'éponge, À bout"),
    ],
)
def test_rare_words_are_given_in_the_target_language(french: str, target: Lang, aided: str) -> None:
    assert given(french, target) == aided


@example(st.text(max_size=80), st.sampled_from([Lang.EN, Lang.ZH]))
def test_no_text_breaks_it_and_what_is_no_word_stays(text: str, target: Lang) -> None:
    aided = given(text, target)
    assert [sign for sign in aided if sign.isdigit()] == [sign for sign in text if sign.isdigit()]
    assert aided.count("\n") == text.count("\n")


def test_the_lexicons_that_ship_know_words_of_the_news() -> None:
    english = {"pompiers": "firefighters", "égide": "auspices", "vainqueur": "winner", "chasseurs": "hunters"}
    assert {word: meanings(word, Lang.EN)[0] for word in english} == english
    chinese = {"pompiers": "消防员", "sinistrés": "灾民", "cimenterie": "水泥厂"}
    assert {word: meanings(word, Lang.ZH)[0] for word in chinese} == chinese


@pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
@pytest.mark.parametrize("name", [name_of, dictionary_of])
def test_they_are_large_and_of_words_alone(name: Callable[[Lang], str], target: Lang) -> None:
    entries = [cell for line in read_packed(name(target)).values() for cell in line.split("\t") if cell]
    assert len(entries) > 10_000
    assert all(
        cell.replace("!", ":", 1).count(":") == 1 and not cell.endswith((":", "!", "|")) for cell in entries
    )
    assert sum("!" in cell for cell in entries) > 5_000


NAMES = {
    "Flo": "\trence!佛罗伦萨",
    "oli": "\tvier!橄榄树",
    "Pie": "\trre!皮埃",
    "ter": "\tre:土地",
    "Ter": "\tre!地球",
}


@pytest.mark.parametrize(
    ("french", "chinese"),
    [
        ("Florence accueille Florence Martin.", "佛罗伦萨 accueille 弗洛朗丝 Martin."),
        ("À Florence, Florence van Dyck chante.", "À 佛罗伦萨, 弗洛朗丝 van Dyck chante."),
        ("Selon Olivier Martin, oui.", "Selon 奥利维耶 Martin, oui."),
        ("Olivier raconte.", "Olivier raconte."),  # no olive tree
        ("L'olivier plie.", "L'橄榄树 plie."),
        ("Pierre raconte.", "皮埃尔 raconte."),  # not what the text makes of it
        ("Terre brûlée.", "Terre brûlée."),  # a capital of the sentence's, not the planet
        ("La Terre tourne.", "La 地球 tourne."),
    ],
)
def test_a_given_name_is_no_word_and_no_place(
    monkeypatch: pytest.MonkeyPatch, french: str, chinese: str
) -> None:
    lexicons.use(monkeypatch, {}, NAMES)
    assert given(french, Lang.ZH) == chinese


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Me Anne Martin a plaidé.", "Lawyer Anne Martin a plaidé."),
        ("Selon maître Leclerc, oui.", "Selon lawyer Leclerc, oui."),
        ("Avec sœur Emmanuelle.", "Avec Sister Emmanuelle."),
        (
            "Sa sœur Emmanuelle et la sœur Marie.",
            "Sa sœur Emmanuelle et la sœur Marie.",
        ),  # of a family, perhaps
        ("Son maître Wang, un maître.", "Son maître Wang, un maître."),
        ("Vers 19H00 locales (18H00 GMT).", "Vers 19H00 local time (18H00 GMT)."),
        ("Les 24 heures locales, à 9 locales.", "Les 24 heures locales, à 9 locales."),
        ("Me voilà, #MeToo et Me Too.", "Me voilà, #MeToo et Me Too."),
    ],
)
def test_titles_before_a_name_and_local_hours_are_given(
    monkeypatch: pytest.MonkeyPatch, french: str, english: str
) -> None:
    lexicons.use(monkeypatch, {})
    assert given(french, Lang.EN) == english


def test_a_given_name_stays_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    lexicons.use(monkeypatch, {"Mau": "\trice!Mauritius", "Pap": "\ta!dad"})
    said = given("Selon Maurice Lévy, Maurice et Papa Wemba.", Lang.EN)
    assert said == "Selon Maurice Lévy, Mauritius et Papa Wemba."


SE = {
    "jet": "\ter à l'eau~take the plunge\tte>jeter/1\té>jeter/6\ter l'éponge/throw in the towel",
    "tak": "\te=takes|take|took|took|taking|taken",
    "thr": "\tow=throws|throw|threw|threw|throwing|thrown",
    "don": "\tner son avis/speak one's mind\tne>donner/1",
    "spe": "\tak=speaks|speak|spoke|spoke|speaking|spoken",
    "mat": "\tch aller!first leg",
    "ven": "\tir à bout d'/overcome \tir à bout du/overcome le\tu>venir/6",
    "ove": "\trcome=overcomes|overcome|overcame|overcame|overcoming|overcome",
    "réj": "\touir de/narrowly enjoy\touit>réjouir/1",
    "enj": "\toy=enjoys|enjoy|enjoyed|enjoyed|enjoying|enjoyed",
}


@pytest.mark.parametrize(
    ("french", "aided"),
    [
        ("Il se jette à l'eau.", "Il se takes the plunge."),
        ("Elle s'est aussi jeté à l'eau.", "Elle s'est aussi taken the plunge."),
        ("Il jette à l'eau.", "Il jette à l'eau."),  # something else
        ("Il jette l'éponge.", "Il throws in the towel."),
        ("Elle donne son avis.", "Elle speaks son mind."),  # the model knows whose it is
        ("Le match aller compte.", "Le first leg compte."),
        ("Le match aller-retour compte.", "Le match aller-retour compte."),
        ("Il est venu à bout d'une panne.", "Il est overcome une panne."),
        ("Il est venu à bout du feu.", "Il est overcome le feu."),
        ("Il réjouit de peu.", "Il narrowly enjoys peu."),
    ],
)
def test_a_phrase_is_given_as_its_verb_and_its_owner_ask_for(
    monkeypatch: pytest.MonkeyPatch, french: str, aided: str
) -> None:
    lexicons.use(monkeypatch, {}, {}, {}, SE)
    assert given(french, Lang.EN) == aided


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le Français Théo Maurice gagne.", "Le Français Théo Maurice gagne."),
        ("L'île Maurice et Maurice.", "L'île Mauritius et Mauritius."),
        ("Les plages de Maurice.", "Les plages de Mauritius."),
    ],
)
def test_a_surname_is_no_island(monkeypatch: pytest.MonkeyPatch, french: str, english: str) -> None:
    lexicons.use(monkeypatch, {"Mau": "\trice!Mauritius"})
    assert given(french, Lang.EN) == english
