"""Fixed elements and figures, in English and Chinese."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Block, Kind, Lang, Part
from translate.text.dispatch import parse
from translate.text.house_style import compose, is_plain, render, render_plain
from translate.text.names import agency, place
from translate.text.tables import rows


def rendered(kind: Kind, text: str) -> tuple[str, str]:
    part = Part(kind, text, 0, len(text))
    return render(part, Lang.EN), render(part, Lang.ZH)


STAMPS = [
    ("Dernière mise à jour à 17h46 le 04/04", "Last updated at 17:46 on April 4", "最后更新于4月4日17:46"),
    ("Mis à jour le 3 août à 21h05", "Updated on August 3 at 21:05", "更新时间：8月3日21:05"),
    ("Publié le : 02/02/2025 - 19:48", "Published on: Feb. 2, 2025 - 19:48", "发布时间：2025年2月2日19:48"),
    (
        "Publié le 14 mars à 06h52 - Mis à jour le 14 mars à 11h20",
        "Published on March 14 at 06:52 - Updated on March 14 at 11:20",
        "发布时间：3月14日06:52 更新时间：3月14日11:20",
    ),
    (
        "AFP , publié le jeudi 21 mai 2020 à 09h23",
        "AFP, published on Thursday, May 21, 2020 at 09:23",
        "法新社，发布时间：2020年5月21日（星期四）09:23",
    ),
    ("Xinhua | 18.04.2018 08h28", "Xinhua | April 18, 2018, 08:28", "新华社 | 2018年4月18日 08:28"),
    ("[03/10/2007 16:25:55]", "[Oct. 3, 2007, 16:25:55]", "[2007年10月3日 16:25:55]"),
    (
        "Publié le 1er mai à 9h (heure de Paris)",
        "Published on May 1 at 09:00 (Paris time)",
        "发布时间：5月1日09:00（巴黎时间）",
    ),
    ("publié le 29 janvier", "published on January 29", "发布时间：1月29日"),
]


@pytest.mark.parametrize(("french", "english", "chinese"), STAMPS)
def test_stamps(french: str, english: str, chinese: str) -> None:
    assert rendered(Kind.STAMP, french) == (english, chinese)


@pytest.mark.parametrize(
    "french",
    [
        "Dernière mise à jour à 17h46 le 25/13",
        "Publié hier à 17h",
        "Mis à jour à 25h99 le 3 mai",
        "Publié le 31/02/2024",
    ],
)
def test_a_stamp_that_cannot_be_read_stays_french(french: str) -> None:
    assert rendered(Kind.STAMP, french) == (french, french)


@pytest.mark.parametrize("day", range(1, 29))
@pytest.mark.parametrize("month", range(1, 13))
def test_day_comes_before_month_and_the_month_is_named(day: int, month: int) -> None:
    english, chinese = rendered(Kind.STAMP, f"Mis à jour le {day:02d}/{month:02d} à 10h00")
    assert re.fullmatch(rf"Updated on [A-Z][a-z]+ {day} at 10:00", english)
    assert chinese == f"更新时间：{month}月{day}日10:00"


DATELINES = [
    ("BEIJING, 4 avril (Xinhua) --", "BEIJING, April 4 (Xinhua) --", "新华社北京4月4日电"),
    ("Cotonou, 18 nov (AFP) -", "Cotonou, Nov. 18 (AFP) -", "法新社科托努11月18日电"),
    ("Athènes, 3 août 2025 (AFP) -", "Athens, Aug. 3, 2025 (AFP) -", "法新社雅典2025年8月3日电"),
    ("Gand (Belgique), 9 jan (AFP) -", "Ghent (Belgium), Jan. 9 (AFP) -", "法新社比利时根特1月9日电"),
    (
        "CUCUTA (Colombie), 24 septembre (Xinhua) --",
        "CUCUTA, Colombia, Sept. 24 (Xinhua) --",
        "新华社哥伦比亚库库塔9月24日电",
    ),
    (
        "NEW YORK (Nations Unies), 3 décembre (Xinhua) --",
        "UNITED NATIONS, Dec. 3 (Xinhua) --",
        "新华社联合国12月3日电",
    ),
    ("VICTORIA, 25 février --", "VICTORIA, Feb. 25 --", "维多利亚2月25日电"),
    ("PARIS/LONDRES, 3 mai (Reuters) -", "PARIS/LONDON, May 3 (Reuters) -", "路透社巴黎、伦敦5月3日电"),
    (
        "Rennes, Lorient, 8 jan 2026 (AFP) -",
        "Rennes/Lorient, Jan. 8, 2026 (AFP) -",
        "法新社雷恩、洛里昂2026年1月8日电",
    ),
    (
        "Washington et Pékin, 8 jan (AFP) -",
        "Washington/Beijing, Jan. 8 (AFP) -",
        "法新社华盛顿、北京1月8日电",
    ),
    (
        "PARIS, LYON ET NICE, 3 mai (AFP) -",
        "PARIS/LYON/NICE, May 3 (AFP) -",
        "法新社巴黎、里昂、尼斯5月3日电",
    ),
    ("Sao Paulo, Brésil, 8 jan (AFP) -", "Sao Paulo (Brazil), Jan. 8 (AFP) -", "法新社巴西圣保罗1月8日电"),
    (
        "Genève (Suisse)/Lyon, 8 jan (AFP) -",
        "Geneva (Switzerland)/Lyon, Jan. 8 (AFP) -",
        "法新社瑞士日内瓦、里昂1月8日电",
    ),
    (
        "A bord du Charles-de-Gaulle, 8 jan (AFP) -",
        "Aboard the Charles-de-Gaulle, Jan. 8 (AFP) -",
        "法新社“Charles-de-Gaulle”号1月8日电",
    ),
    (
        "Au large de Lampedusa, 8 jan (AFP) -",
        "Au large de Lampedusa, Jan. 8 (AFP) -",
        "法新社 Au large de Lampedusa 1月8日电",
    ),
    ("Paris (AFP) -", "Paris (AFP) -", "法新社巴黎电"),
    ("LE CAIRE, 1er mai (Xinhua) --", "CAIRO, May 1 (Xinhua) --", "新华社开罗5月1日电"),
    ("TREGUEUX, 3 mai (AFP) -", "TREGUEUX, May 3 (AFP) -", "法新社 TREGUEUX 5月3日电"),
    # Smaller towns are looked up in the dictionary of names.
    ("SAINT-ÉTIENNE, 3 mai (AFP) -", "SAINT-ÉTIENNE, May 3 (AFP) -", "法新社圣艾蒂安5月3日电"),
    ("GRENOBLE (Isère), 9 jan (AFP) -", "GRENOBLE, Isère, Jan. 9 (AFP) -", "法新社伊泽尔格勒诺布尔1月9日电"),
    ("PARIS, 3 mai (XYZ) -", "PARIS, May 3 (XYZ) -", "XYZ 巴黎5月3日电"),
    ("AFP -", "AFP -", "法新社电"),
    ("(Belga)", "(Belga)", "比利时通讯社电"),
]


@pytest.mark.parametrize(("french", "english", "chinese"), DATELINES)
def test_datelines(french: str, english: str, chinese: str) -> None:
    assert rendered(Kind.DATELINE, french) == (english, chinese)


@pytest.mark.parametrize(
    ("kind", "french", "english", "chinese"),
    [
        (Kind.CREDIT, "(Xinhua/Liu Bin)", "(Xinhua/Liu Bin)", "（Xinhua/Liu Bin）"),
        (Kind.CREDIT, "AFP / Nikos Pappas", "AFP / Nikos Pappas", "AFP / Nikos Pappas"),
        (Kind.CREDIT, "© 2019 AFP", "© 2019 AFP", "© 2019 AFP"),
        (Kind.CREDIT, "Source: Agence de presse Xinhua", "Source: Xinhua News Agency", "来源：新华社"),
        (Kind.CREDIT, "(Photo : Jean Muller)", "(Photo: Jean Muller)", "（图片：Jean Muller）"),
        (Kind.CREDIT, "Avec AFP et Reuters", "With AFP and Reuters", "综合法新社、路透社消息"),
        (
            Kind.CREDIT,
            "Source : ministère de la Santé",
            "Source : ministère de la Santé",
            "Source : ministère de la Santé",
        ),
        (Kind.BYLINE, "Par Moussa Abdou", "By Moussa Abdou", "记者：Moussa Abdou"),
        (Kind.BYLINE, "par Diego Restrepo", "by Diego Restrepo", "记者：Diego Restrepo"),
        (Kind.BYLINE, "Par Jean Dupont et Li Wei", "By Jean Dupont and Li Wei", "记者：Jean Dupont、Li Wei"),
        (
            Kind.BYLINE,
            "(Rédacteurs :Yishuang Liu, Wei SHAN)",
            "(Editors: Yishuang Liu, Wei SHAN)",
            "（编辑：Yishuang Liu、Wei SHAN）",
        ),
        (
            Kind.BYLINE,
            "De notre correspondante à Moscou",
            "From our correspondent in Moscow",
            "本报驻莫斯科记者",
        ),
        (
            Kind.BYLINE,
            "Propos recueillis par Hélène VASSEUR",
            "Interview by Hélène VASSEUR",
            "采访：Hélène VASSEUR",
        ),
        (
            Kind.BYLINE,
            "(Propos recueillis par Jean Dupont et Li Wei)",
            "(Interview by Jean Dupont and Li Wei)",
            "（采访：Jean Dupont、Li Wei）",
        ),
        (Kind.BYLINE, "Reportage de Moussa Abdou", "Report by Moussa Abdou", "报道：Moussa Abdou"),
        (Kind.BYLINE, "Textes : Moussa Abdou", "Text by Moussa Abdou", "撰文：Moussa Abdou"),
        (Kind.BYLINE, "Par un de nos envoyés", "Par un de nos envoyés", "Par un de nos envoyés"),
        (Kind.END_MARK, "Fin", "End", "完"),
        (Kind.END_MARK, "FIN", "END", "完"),
        (Kind.END_MARK, "(à suivre)", "(to be continued)", "（待续）"),
        (Kind.END_MARK, "###", "###", "###"),
        (Kind.INITIALS, "bur-ash/phz/ial", "bur-ash/phz/ial", "bur-ash/phz/ial"),
        (Kind.FURNITURE, "A lire aussi", "A lire aussi", "A lire aussi"),
    ],
)
def test_credits_bylines_and_marks(kind: Kind, french: str, english: str, chinese: str) -> None:
    assert rendered(kind, french) == (english, chinese)


@pytest.mark.parametrize("kind", Kind)
def test_french_stays_as_it_is(kind: Kind) -> None:
    text = "Dernière mise à jour à 17h46 le 04/04"
    assert render(Part(kind, text, 0, len(text)), Lang.FR) == text


@given(st.sampled_from(list(Kind)), st.text(min_size=1, max_size=60), st.sampled_from([Lang.EN, Lang.ZH]))
def test_any_part_renders_to_something(kind: Kind, text: str, target: Lang) -> None:
    assert render(Part(kind, text, 0, len(text)), target).strip() or not text.strip()


# --- Composing -------------------------------------------------------------------------------------


def composed(line: str, prose: dict[Lang, str]) -> tuple[str, str]:
    """The one block of `line` in both languages, its prose replaced by the given words."""
    (block,) = parse(line).blocks
    texts = []
    for target in (Lang.EN, Lang.ZH):
        words = [prose[target] if part.is_prose else render(part, target) for part in block.parts]
        texts.append(compose(block, words, target))
    return texts[0], texts[1]


@pytest.mark.parametrize(
    ("line", "english", "chinese"),
    [
        (
            "LIMA, 8 mai (Xinhua) -- Un séisme a frappé le pays.",
            "LIMA, May 8 (Xinhua) -- Yes.",
            "新华社利马5月8日电 是。",
        ),
        ("Un séisme a frappé le sud du pays. Fin", "Yes. End", "是。完"),
        (
            "Un séisme a frappé le sud, le 5 juillet. (Xinhua/Qiao Yan)",
            "Yes. (Xinhua/Qiao Yan)",
            "是。（Xinhua/Qiao Yan）",
        ),
        ("- Un séisme dans le sud -", "- Yes. -", "- 是。 -"),
        ("Un séisme a frappé le sud du pays. mad/clr/ob", "Yes. mad/clr/ob", "是。mad/clr/ob"),
    ],
)
def test_parts_are_joined_as_the_language_does(line: str, english: str, chinese: str) -> None:
    assert composed(line, {Lang.EN: "Yes.", Lang.ZH: "是。"}) == (english, chinese)


def test_french_composes_to_itself() -> None:
    for line in ("LIMA, 8 mai (Xinhua) -- Un séisme a frappé le pays. Fin", "- Un séisme -"):
        (block,) = parse(line).blocks
        assert compose(block, [part.text for part in block.parts], Lang.FR) == block.text


def test_one_text_for_each_part() -> None:
    part = Part(Kind.PARAGRAPH, "Oui.", 0, 4)
    block = Block(Kind.PARAGRAPH, "Oui.", (part,), 1, 1)
    with pytest.raises(ValueError, match="longer"):
        compose(block, ["Yes.", "No."], Lang.EN)
    assert compose(block, [""], Lang.EN) == ""


# --- Figures ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("french", "english", "chinese"),
    [
        ("3-1", "3-1", "3-1"),
        ("6-4, 7-5", "6-4, 7-5", "6-4, 7-5"),
        ("17h30", "17:30", "17:30"),
        ("9h", "09:00", "09:00"),
        ("12,5 %", "12.5%", "12.5%"),
        ("-0,81%", "-0.81%", "-0.81%"),
        ("***", "***", "***"),
        ("5.806,18", "5,806.18", "5806.18"),
        ("5\u202f008", "5,008", "5008"),
        ("500.000", "500,000", "50万"),
        ("2024", "2024", "2024"),
        ("12,5 milliards d'euros", "12.5 billion euros", "125亿欧元"),
        ("1.500 milliards de yuans", "1,500 billion yuan", "1.5万亿元人民币"),
        ("2 millions", "2 million", "200万"),
        ("1,3 million", "1.3 million", "130万"),
        ("3 €", "€3", "3欧元"),
        ("1 euro", "1 euro", "1欧元"),
        ("100 km/h", "100 km/h", "100公里/小时"),
        ("2 h 25 min 12 s", "2:25:12", "2小时25分12秒"),
        ("04/05/2023", "May 4, 2023", "2023年5月4日"),
        ("08/05", "May 8", "5月8日"),
        ("24/24", "24/24", "24/24"),
        ("1er", "1st", "第1"),
        ("12e", "12th", "第12"),
        ("https://a.fr/x?y=1,5", "https://a.fr/x?y=1,5", "https://a.fr/x?y=1,5"),
        ("redaction@example.org", "redaction@example.org", "redaction@example.org"),
        ("#COP29 @ONU_fr", "#COP29 @ONU_fr", "#COP29 @ONU_fr"),
        ("01 42 36 12 12", "01 42 36 12 12", "01 42 36 12 12"),
        ("", "", ""),
    ],
)
def test_figures_and_signs(french: str, english: str, chinese: str) -> None:
    assert is_plain(french)
    assert (render_plain(french, Lang.EN), render_plain(french, Lang.ZH)) == (english, chinese)
    assert render_plain(french, Lang.FR) == french


@pytest.mark.parametrize(
    "text", ["Oui", "12 chats", "ONU", "le 4 avril", "A) 3-1", "3 à 1", "北京", "x = 3", "3 mai"]
)
def test_words_are_not_plain(text: str) -> None:
    assert not is_plain(text)


@given(st.integers(0, 10**15))
def test_grouped_figures_keep_their_value(number: int) -> None:
    french = f"{number:,}".replace(",", "\u202f")
    assert render_plain(french, Lang.EN) == (f"{number:,}")
    chinese = render_plain(french, Lang.ZH)
    sizes = {"万亿": 10**12, "亿": 10**8, "万": 10**4, "": 1}
    size = next(sign for sign in sizes if chinese.endswith(sign))
    whole, _, decimals = chinese.removesuffix(size).partition(".")
    assert int(whole + decimals) * sizes[size] == number * 10 ** len(decimals)


@given(st.text(max_size=80))
def test_plain_is_decided_and_rendered_for_any_text(text: str) -> None:
    if is_plain(text):
        assert render_plain(text, Lang.EN).strip() or not text.strip()


# --- Tables ----------------------------------------------------------------------------------------


def test_tables_have_no_double_and_no_empty_entries() -> None:
    for name, columns, keys in (("places.tsv", 4, 2), ("agencies.tsv", 3, 1)):
        seen = [row[:keys] for row in rows(name, columns)]
        assert len(seen) == len(set(seen)), name


@pytest.mark.parametrize(
    ("name", "english", "chinese"),
    [
        ("ADDIS ABEBA", "Addis Ababa", "亚的斯亚贝巴"),
        ("N’DJAMENA", "N'Djamena", "恩贾梅纳"),
        ("hanoï", "Hanoi", "河内"),
    ],
)
def test_places_are_found_without_accents_and_hyphens(name: str, english: str, chinese: str) -> None:
    found = place(name)
    assert found is not None
    assert (found.en, found.zh) == (english, chinese)


def test_town_and_land_of_one_name() -> None:
    town, land = place("Québec"), place("Québec", land=True)
    assert town is not None and land is not None
    assert (town.en, land.en) == ("Quebec City", "Quebec")
    assert place("Trégueux") is None
    assert agency("afp") is not None and agency("XYZ") is None


# --- The house's own dispatches --------------------------------------------------------------------

OWN = Path("../shared/data/domain/dispatches.jsonl")


@pytest.mark.shared
@pytest.mark.skipif(not OWN.is_file(), reason="the house's own dispatches are not beside the checkout")
def test_fixed_elements_of_our_own_translations() -> None:
    """Every head and tail that is not prose is written as our translators wrote it.

    One form is decided otherwise: `最后更新于…` where they have `最后更新时间：…`.
    """
    compared = 0
    for line in OWN.read_text(encoding="utf-8").splitlines():
        own = json.loads(line)
        blocks = parse("\n".join(own["lines_fr"])).blocks
        for index, block in enumerate(blocks):
            for target, key in ((Lang.EN, "paragraphs_en"), (Lang.ZH, "paragraphs_zh")):
                words = ["\0" if part.is_prose else render(part, target) for part in block.parts]
                head, _, tail = compose(block, words, target).partition("\0")
                wanted = own[key][index].replace("最后更新时间：", "最后更新于")
                assert wanted.startswith(head) and wanted.endswith(tail), (own["id"], head, tail)
                compared += bool(head or tail)
    assert compared > 90
