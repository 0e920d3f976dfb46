"""Numbers, dates, hours and money: what counts as the same, and what is told."""

from __future__ import annotations

import pytest

from translate.domain import Lang, Severity
from translate.text.checks import check
from translate.text.checks.numbers import read

NUMERIC = frozenset({"numbers", "percentages", "currencies", "dates", "times"})


def codes(source: str, target: str, lang: Lang) -> set[str]:
    return {finding.code for finding in check(source, target, lang)} & NUMERIC


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("1.234,5", Lang.FR, 1234.5),
        ("1 234,5", Lang.FR, 1234.5),
        ("1\u202f234\u202f567", Lang.FR, 1_234_567),
        ("12 milliards", Lang.FR, 12e9),
        ("1.300 milliards", Lang.FR, 1.3e12),
        ("2,3 millions", Lang.FR, 2_300_000),
        ("un milliard et demi", Lang.FR, 1.5e9),
        ("37,8 M EUR", Lang.FR, 37.8e6),
        ("4,2M€", Lang.FR, 4.2e6),
        ("2,3 Mds EUR", Lang.FR, 2.3e9),
        ("1,5 Md€", Lang.FR, 1.5e9),
        ("640 MUSD", Lang.FR, 640e6),
        ("850 k€", Lang.FR, 850_000),
        ("2 M$", Lang.FR, 2e6),
        ("3 Mds de dollars", Lang.FR, 3e9),
        ("entre 640 et 700 M EUR", Lang.FR, 640e6),
        ("mille milliards", Lang.FR, 1e12),
        ("deux cent cinquante mille", Lang.FR, 250_000),
        ("quatre-vingt-dix-sept", Lang.FR, 97),
        ("soixante et onze", Lang.FR, 71),
        ("une trentaine de milliers", Lang.FR, 30_000),
        ("le XXIe siècle", Lang.FR, 21),
        ("le 1er prix", Lang.FR, 1),
        ("les années 90", Lang.FR, 1990),
        ("1,234.5", Lang.EN, 1234.5),
        ("$1.3bn", Lang.EN, 1.3e9),
        ("2.3 million", Lang.EN, 2_300_000),
        ("two hundred and fifty thousand", Lang.EN, 250_000),
        ("ninety-seven", Lang.EN, 97),
        ("the twenty-first century", Lang.EN, 21),
        ("the 1990s", Lang.EN, 1990),
        ("1.3万亿", Lang.ZH, 1.3e12),
        ("120亿", Lang.ZH, 12e9),
        ("1亿2000万", Lang.ZH, 1.2e8),
        ("5000多万", Lang.ZH, 5e7),
        ("10 000", Lang.ZH, 10_000),
        ("二十五", Lang.ZH, 25),
        ("二〇二五", Lang.ZH, 2025),
        ("20世纪90年代", Lang.ZH, 1990),
        ("20 世纪 90 年代", Lang.ZH, 1990),
        ("3.4 亿", Lang.ZH, 3.4e8),
        ("2 , 000 美元", Lang.ZH, 2000),
        ("第⑶款", Lang.ZH, 3),
        ("700至1000万", Lang.ZH, 7e6),
        ("104\u2009500", Lang.FR, 104_500),
        ("la loi 26.659", Lang.FR, 26.659),
        ("un duel de quinquagénaires", Lang.FR, 50),
        ("les années soixante", Lang.FR, 1960),
        ("le bicentenaire", Lang.FR, 200),
        ("dix millénaires", Lang.FR, 10_000),
        ("deux ares", Lang.FR, 200),
        ("30 ares", Lang.FR, 3000),
        ("entre 15 et 20 000 euros", Lang.FR, 15_000),
        ("les quatorzièmes assises", Lang.FR, 14),
        ("trois quarts d'heure", Lang.FR, 45),
        ("deux heures et quart", Lang.FR, 15),
        ("quatre heures moins le quart", Lang.FR, 45),
        ("eightfold", Lang.EN, 8),
        ("3 thousand million", Lang.EN, 3e9),
        ("(80) million", Lang.EN, 8e7),
        ("600 Thousand", Lang.EN, 600_000),
        ("three and a half million", Lang.EN, 3.5e6),
        ("36.5亿千瓦", Lang.ZH, 3.65e9),
        ("八成", Lang.ZH, 80),
        ("１２３", Lang.ZH, 123),
    ],
)
def test_a_number_has_its_value_in_each_language(text: str, lang: Lang, value: float) -> None:
    assert value in read(text, lang).values


@pytest.mark.parametrize("text", ["5 M de haut", "les 3 M. Martin", "2 Mo", "850 km", "les 2 MD-80", "12 K"])
def test_what_is_no_sum_counts_nothing_but_itself(text: str) -> None:
    assert all(value < 1000 for value in read(text, Lang.FR).values)


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Il y a 1.234,5 tonnes.", "There are 1,234.5 tonnes.", "有1234.5吨。"),
        ("Soit 12 milliards d'euros.", "That is 12 billion euros.", "即120亿欧元。"),
        ("De 2,5 à 3 millions de doses.", "From 2.5 to 3 million doses.", "250万至300万剂。"),
        ("Une hausse de 1,4 %.", "A rise of 1.4 percent.", "上涨1.4%。"),
        ("Une hausse de 0,5 point.", "A rise of 0.5 percentage points.", "上涨0.5个百分点。"),
        ("Il a dix-sept ans.", "He is 17.", "他17岁。"),
        ("Huit Européens sur dix.", "Eight in ten Europeans.", "八成欧洲人。"),
        ("Depuis plus de six décennies.", "For more than 60 years.", "60多年来。"),
        ("Le 1er mars 2024, à 15h30.", "On March 1, 2024, at 3:30 p.m.", "2024年3月1日15时30分。"),
        ("Du 20 au 22 août.", "From August 20 to 22.", "8月20日至22日。"),
        ("Jeudi 9 octobre, vers 8 heures.", "On Thursday, Oct. 9, around 8 a.m.", "10月9日（周四）8时左右。"),
        ("Au XIXe siècle.", "In the 19th century.", "在19世纪。"),
        ("La 7388e séance.", "The 7388th meeting.", "第7388次会议。"),
        ("La sonde est sur Mars.", "The probe is on Mars.", "探测器在火星上。"),
        ("Trois-Rivières est privée de courant.", "Trois-Rivieres is without power.", "三河市停电。"),
        ("Le vaccin anti-COVID-19.", "The COVID-19 vaccine.", "新冠疫苗。"),
        ("Le match a duré 2h30.", "The match lasted two and a half hours.", "比赛持续了两个半小时。"),
        ("Son temps est de 46 sec 40.", "His time is 46.40 seconds.", "他的成绩是46秒40。"),
        ("Les eaux ont atteint 6 m 90.", "The water reached 6.90 meters.", "水位达6.90米。"),
        ("Le kilo coûte 3 euros 50.", "A kilo costs 3.50 euros.", "每公斤3.5欧元。"),
        ("Le résultat est de 37,8 M EUR.", "The result is 37.8 million euros.", "利润为3780万欧元。"),
        (
            "Soit 4,8 Md€, et 640 M USD.",
            "That is 4.8 billion euros and $640 million.",
            "即48亿欧元和6.4亿美元。",
        ),
        ("Une aide de 850 k€.", "Aid of 850,000 euros.", "85万欧元援助。"),
    ],
)
def test_what_is_the_same_is_not_told(source: str, english: str, chinese: str) -> None:
    assert codes(source, english, Lang.EN) == set()
    assert codes(source, chinese, Lang.ZH) == set()


@pytest.mark.parametrize(
    ("source", "target", "lang", "code"),
    [
        ("Il y a 12 morts.", "There are 21 dead.", Lang.EN, "numbers"),
        ("Il y a 12 morts.", "There are dead.", Lang.EN, "numbers"),
        ("Il y a des morts.", "There are 12 dead.", Lang.EN, "numbers"),
        ("Soit 12 milliards d'euros.", "That is 12 million euros.", Lang.EN, "numbers"),
        ("Soit 12 milliards d'euros.", "即12亿欧元。", Lang.ZH, "numbers"),
        ("Soit 3.800 cas.", "That is 3.8 cases.", Lang.EN, "numbers"),
        ("Il a dix-sept ans.", "He is seventy years old.", Lang.EN, "numbers"),
        ("Soit 2,4 % du PIB.", "That is 2.4 of GDP.", Lang.EN, "percentages"),
        ("Soit 12 euros.", "That is 12 dollars.", Lang.EN, "currencies"),
        ("Soit 3 milliards de yuans.", "即30亿美元。", Lang.ZH, "currencies"),
        ("Soit 3,2 Mds EUR.", "That is 3.2 billion dollars.", Lang.EN, "currencies"),
        ("Soit 640 M USD.", "即6.4亿欧元。", Lang.ZH, "currencies"),
        ("Soit 3,2 Mds EUR.", "That is 3.2 Mds EUR.", Lang.EN, "numbers"),
        ("Soit 120 M EUR.", "即120欧元。", Lang.ZH, "numbers"),
        ("Le 8 mai.", "On August 5.", Lang.EN, "dates"),
        ("En mars 2024.", "In May 2024.", Lang.EN, "dates"),
        ("En 2024.", "In 2025.", Lang.EN, "dates"),
        ("Jeudi.", "On Tuesday.", Lang.EN, "dates"),
        ("Le 9 octobre.", "11月9日。", Lang.ZH, "dates"),
        ("Lundi.", "周二。", Lang.ZH, "dates"),
        ("A 15h30.", "At 3:30 a.m.", Lang.EN, "times"),
        ("A 15h30.", "15时50分。", Lang.ZH, "times"),
    ],
)
def test_what_is_wrong_is_told(source: str, target: str, lang: Lang, code: str) -> None:
    assert code in codes(source, target, lang)


def test_a_finding_says_where() -> None:
    source, target = "Le séisme a fait 64 blessés.", "The quake injured 46 people."
    (finding,) = check(source, target, Lang.EN)
    assert finding.source_span and source[slice(*finding.source_span)] == "64"
    assert finding.target_span and target[slice(*finding.target_span)] == "46"
    assert finding.message == "“64” became “46”"
    assert finding.severity is Severity.ERROR


def test_another_day_of_the_week_is_an_error_one_that_is_left_out_or_added_a_warning() -> None:
    source = "La juge a déclaré vendredi soir."
    (finding,) = check(source, "The judge said on Tuesday night.", Lang.EN)
    assert (finding.severity, finding.message) == (Severity.ERROR, "“vendredi” became “Tuesday”")
    (finding,) = check(source, "The judge said at night.", Lang.EN)
    assert (finding.code, finding.severity) == ("dates", Severity.WARNING)
    (finding,) = check("La juge l'a déclaré.", "法官周五表示。", Lang.ZH)
    assert (finding.code, finding.severity) == ("dates", Severity.WARNING)


def test_a_number_word_is_only_a_warning() -> None:
    (finding,) = check("Il y a dix-sept blessés.", "Several people were hurt.", Lang.EN)
    assert (finding.code, finding.severity) == ("numbers", Severity.WARNING)


def test_the_number_of_a_paragraph_may_be_on_one_side_only() -> None:
    assert codes("Le Conseil a ouvert sa session.", "45. The Council opened its session.", Lang.EN) == set()


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        # the number of what the source lists, a footnote's, an address's
        (
            "Les conventions de Bâle, de Rotterdam et de Stockholm.",
            "The three Basel, … conventions.",
            Lang.EN,
        ),
        ("Le rapport du Comité3 est paru.", "委员会的报告3已经发表。", Lang.ZH),
        ("Le rapport du Secrétaire général4;", "Report of the Secretary-General;4", Lang.EN),
        ("Voir www.habitat3.org.", "见www.habitat3.org。", Lang.ZH),
        # several hundred thousand is no 100,000
        ("Plusieurs centaines de milliers de voix.", "Several hundred thousand votes.", Lang.EN),
        ("Entre 11 heures et midi.", "Between 1100 and 1200 hours.", Lang.EN),
        # a year that is understood, a resolution's year, the right day of the week
        ("En décembre 2014 et en janvier.", "2014年12月和2015年1月。", Lang.ZH),
        ("La résolution 1540.", "Resolution 1540 (2004).", Lang.EN),
        ("Le 15 janvier 2015 au Caire.", "On Thursday, January 15, 2015, in Cairo.", Lang.EN),
        ("C'était le 3 octobre.", "那是 10 月 3 日。", Lang.ZH),
    ],
)
def test_what_a_source_implies_is_no_mistake(source: str, target: str, lang: Lang) -> None:
    assert codes(source, target, lang) == set()


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        (
            "Les pays, hier, ont signé.",
            "The three countries signed yesterday.",
            Lang.EN,
        ),  # no list of three
        ("Le 15 janvier 2015 au Caire.", "On Friday, January 15, 2015, in Cairo.", Lang.EN),  # a Thursday
        ("En décembre 2014 et en janvier.", "2014年12月和2019年1月。", Lang.ZH),
        ("La résolution 1540 (2004).", "Resolution 1540 (2005).", Lang.EN),
        ("C'était le 3 octobre.", "那是 10 月 4 日。", Lang.ZH),
        ("Il y avait 3,4 milliards.", "有 3.4 亿。", Lang.ZH),
    ],
)
def test_what_it_does_not_imply_is_one(source: str, target: str, lang: Lang) -> None:
    assert codes(source, target, lang)


def test_spans_are_right_where_blanks_stand_around_numbers() -> None:
    target = "那是 10 月 4 日。"
    (finding,) = check("C'était le 3 octobre.", target, Lang.ZH)
    assert finding.target_span is not None
    assert target[slice(*finding.target_span)] == "10 月 4 日"
