"""Days that head a list, or a line of it, are written by rule."""

from __future__ import annotations

import pytest

from translate.domain import Kind, Lang
from translate.text.dispatch import parse
from translate.text.house_style import compose, render

LEAD = (
    "Le ministre a annoncé mardi que le pont serait fermé pendant six mois, faute de moyens pour le réparer."
)


def written(line: str) -> tuple[str, str]:
    """The line in English and Chinese, read below a title and a lead; its prose left out."""
    block = parse("\n\n".join(("Le pont ferme", LEAD, line, LEAD))).blocks[2]
    both = []
    for target in (Lang.EN, Lang.ZH):
        words = ["…" if part.is_prose else render(part, target) for part in block.parts]
        both.append(compose(block, words, target))
    return both[0], both[1]


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        ("LUNDI 16 NOVEMBRE", "MONDAY, NOV. 16", "11月16日（星期一）"),
        ("Lundi 16 novembre :", "Monday, Nov. 16:", "11月16日（星期一）："),
        (
            "SAMEDI 21 ET DIMANCHE 22 NOVEMBRE",
            "SATURDAY, NOV. 21, AND SUNDAY, NOV. 22",
            "11月21日（星期六）和11月22日（星期日）",
        ),
        (
            "Du lundi 16 au dimanche 22 novembre",
            "Monday, Nov. 16, to Sunday, Nov. 22",
            "11月16日（星期一）至11月22日（星期日）",
        ),
        ("Du 28 novembre au 3 décembre", "Nov. 28 to Dec. 3", "11月28日至12月3日"),
        ("12 et 13 mars", "March 12 and March 13", "3月12日和3月13日"),
        ("- 12 janv 2010: plus de 200.000 morts.", "- Jan. 12, 2010: …", "- 2010年1月12日：…"),
        ("- 1er mai : la CGT défile.", "- May 1: …", "- 5月1日：…"),
        ("- LUNDI 16 NOVEMBRE -", "- MONDAY, NOV. 16 -", "- 11月16日（星期一） -"),
    ],
)
def test_days_are_written_by_rule(line: str, english: str, chinese: str) -> None:
    assert written(line) == (english, chinese)


@pytest.mark.parametrize(
    "line",
    [
        "Lundi noir à la Bourse",
        "Le 16 novembre, le pont fermera.",
        "16 novembre, jour de deuil",
        "Lundi 16 novembre, Lyon",
        "8/11 : un tiers des voix",
        "Le 3 mai",
        "Samedi 31 novembre",
        "12 mars et pluie",
    ],
)
def test_other_lines_stay_prose(line: str) -> None:
    assert written(line) == ("…", "…")


def test_days_are_no_title() -> None:
    blocks = parse(f"LUNDI 16 NOVEMBRE\n\nLe pont ferme pour six mois\n\n{LEAD}").blocks
    assert [block.kind for block in blocks] == [Kind.KICKER, Kind.TITLE, Kind.PARAGRAPH]
