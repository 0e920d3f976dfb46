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
    ],
)
def test_what_is_the_same_is_not_told(source: str, english: str, chinese: str) -> None:
    assert codes(source, english, Lang.EN) == set()
    assert codes(source, chinese, Lang.ZH) == set()


@pytest.mark.parametrize(
    ("source", "english", "chinese"),
    [
        ("Le trafic a décuplé.", "Traffic has grown tenfold.", "运量增至10倍。"),
        ("Le nombre a été multiplié par huit.", "The number rose eightfold.", "数量增至8倍。"),
        ("Il a attendu trois quarts d'heure.", "He waited 45 minutes.", "他等了45分钟。"),
        ("La panne a duré quatre heures un quart.", "It lasted 4 hours 15 minutes.", "停电4小时15分钟。"),
        ("Un champ de trente ares.", "A field of 3,000 square meters.", "3000平方米的田地。"),
        ("Depuis dix millénaires.", "For 10,000 years.", "一万年来。"),
        ("Les modes des années soixante.", "The fashions of the 1960s.", "20世纪60年代的时尚。"),
        ("Les quatorzièmes assises.", "The 14th conference.", "第14届大会。"),
        ("Entre 15 et 20 000 euros.", "Between 15,000 and 20,000 euros.", "1.5万至2万欧元。"),
        (
            "31 millions en mai ; en juin, 38.",
            "31 million in May; 38 million in June.",
            "5月3100万，6月3800万。",
        ),
        (
            "Il perd 7 %, puis en regagne 4.",
            "It lost 7 percent, then regained 4 percent.",
            "下跌7%，后回升4%。",
        ),
        ("À 73 cents américains.", "At 73 US cents.", "报73美分。"),
        ("Une pièce d'un cent.", "A one-cent coin.", "一美分硬币。"),
        ("Mon voisin, bricoleur du dimanche.", "My neighbor, a weekend handyman.", "我的邻居是业余爱好者。"),
        ("Il nage le 200 m quatre nages.", "He swims the 200 m medley.", "他游200米混合泳。"),
        ("38 millions, contre 61 s'il pleut.", "38 million, or 61 million in rain.", "3800万，雨天6100万。"),
        ("Le tarif est multiplié par trois.", "The price triples.", "价格涨至三倍。"),
        ("Le huitième de finale est fini.", "The round-of-16 match is over.", "十六强赛结束。"),
        ("Elle exige un parquet neuf.", "She demands a new floor.", "她要求铺新地板。"),
        ("38 % des femmes.", "Thirty-eight percent of women.", "38%的女性。"),
        ("De 0,5 à 0,3 point.", "From 0.5 to 0.3 percentage points.", "从0.5个百分点降至0.3个百分点。"),
        ("105 mégawatts et 2 GW.", "105 megawatts and 2 GW.", "10.5万千瓦和200万千瓦。"),
        ("La montée en Ligue 2.", "Promotion to the second tier.", "升入法乙联赛。"),
        (
            "Le courant est revenu pour 9 foyers sur 10.",
            "Power is back for nine in ten.",
            "九成家庭已恢复供电。",
        ),
        ("Il abrite 6.200 livres.", "It holds 6,200 books.", "馆藏6200册。"),
        ("390 millions de dollars locaux.", "390 million local dollars.", "3.9亿新西兰元。"),
        ("L'accord du Vendredi saint.", "The Good Friday Agreement.", "《耶稣受难日协议》。"),
        ("Un poisson d'avril.", "An April Fools' joke.", "一个愚人节玩笑。"),
        ("Deux ministres, puis un troisième.", "Two ministers, then another.", "两名部长，随后另一名。"),
        ("Séisme de magnitude 6,1.", "Magnitude-6.1 quake.", "6.1级地震。"),
        ("À 78,94 francs.", "At 78.94 francs.", "收于78.94瑞郎。"),
        # turns whose number counts nothing
        ("Il n'y a rien de neuf.", "There is nothing new.", "毫无新意。"),
        ("Le club a besoin de sang neuf.", "The club needs fresh blood.", "俱乐部需要新鲜血液。"),
        ("Tiré à quatre épingles, il salue.", "Impeccably dressed, he waves.", "他衣着讲究，挥手致意。"),
        ("Elle s'est mise en quatre pour eux.", "She bent over backward for them.", "她为他们竭尽全力。"),
        ("Un marchand de quatre-saisons.", "A fruit and vegetable seller.", "一名果蔬商贩。"),
        ("Le message est reçu cinq sur cinq.", "The message was received loud and clear.", "完全收到。"),
        ("Rendez-vous lundi en huit.", "See you a week from Monday.", "下下周一见。"),
        ("Signé en trois exemplaires.", "Signed in triplicate.", "签署文件一式三份。"),
        ("Son entrée en sixième.", "Her first year of middle school.", "她升入初中一年级。"),
        ("Elle est ouverte 24 heures sur 24.", "It is open around the clock.", "全天候开放。"),
        ("De 0 à 100 km/h.", "Acceleration from a standstill.", "百公里加速。"),
        ("Une datation au carbone 14.", "Radiocarbon dating.", "放射性碳测年。"),
        ("Après une quarantaine.", "After a quarantine.", "隔离之后。"),
        # a day by its name
        ("L'ouverture dominicale.", "Sunday opening.", "周日营业。"),
        ("C'était un 1er avril.", "It was April Fools' Day.", "那天是愚人节。"),
        ("Le défilé du 14 juillet.", "The Bastille Day parade.", "法国国庆阅兵。"),
        ("La fête du Travail.", "The May 1 holiday.", "5月1日假期。"),
    ],
)
def test_what_is_counted_otherwise_is_the_same(source: str, english: str, chinese: str) -> None:
    assert codes(source, english, Lang.EN) == set()
    assert codes(source, chinese, Lang.ZH) == set()


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Le trafic a décuplé.", "运量增至12倍。", Lang.ZH),
        ("Il a attendu trois quarts d'heure.", "He waited 35 minutes.", Lang.EN),
        ("Un champ de trente ares.", "A field of 300 square meters.", Lang.EN),
        ("Les modes des années soixante.", "The fashions of the 1970s.", Lang.EN),
        ("Entre 15 et 20 000 euros.", "Between 15 million and 20,000 euros.", Lang.EN),
        ("Soit 15 morts et 20 000 déplacés.", "15,000 dead and 20,000 displaced.", Lang.EN),
        ("31 millions en mai ; en juin, 38.", "31 million in May; 39 million in June.", Lang.EN),
        ("31 millions, pour 38 communes.", "31 million, for 38 million towns.", Lang.EN),
        ("Il perd 7 %, pour 4 séances.", "It lost 7 percent, for 4 percent.", Lang.EN),
        ("Il y a neuf morts.", "There are new dead.", Lang.EN),
        ("Les quatre saisons du parc.", "The park's seasons.", Lang.EN),
        ("Il parle en quatre langues.", "He speaks in languages.", Lang.EN),
        ("Cinq élus sur cinq cents.", "Elected officials out of 500.", Lang.EN),
        ("Une quarantaine de morts.", "Many dead.", Lang.EN),
        ("Ils sont en sixième position.", "They are in position.", Lang.EN),
        ("De 10 à 100 km/h.", "From 10 to 200 km/h.", Lang.EN),
        ("C'était un 2 avril.", "It was April Fools' Day.", Lang.EN),
        ("Le défilé du 14 juillet.", "The parade.", Lang.EN),
        ("Deux cents morts.", "Two dead.", Lang.EN),
        ("Les lots 15 et 20000.", "Lots 15,000 and 20000.", Lang.EN),
        ("38 millions, contre 61 euros.", "38 million, against 61 million.", Lang.EN),
        ("105 mégawatts.", "105万千瓦。", Lang.ZH),
        ("Il a lu 10 livres sur 10.000.", "He read books out of 10,000.", Lang.EN),
        ("Il coûte 12 livres.", "It costs 12 euros.", Lang.EN),
        ("Il viendra vendredi.", "他会来。", Lang.ZH),
        ("Ils en ont perdu 38 %.", "They lost thirty-eight of them.", Lang.EN),
        ("Un parquet et neuf chaises.", "A floor and chairs.", Lang.EN),
        ("Un troisième et un quatrième.", "Another and another.", Lang.EN),
        ("Un bricoleur est mort dimanche.", "A handyman died.", Lang.EN),
        ("Il nage quatre heures.", "He swims for hours.", Lang.EN),
        ("L'ouverture dominicale.", "Monday opening.", Lang.EN),
    ],
)
def test_what_only_looks_like_that_is_told(source: str, target: str, lang: Lang) -> None:
    assert codes(source, target, lang)


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
