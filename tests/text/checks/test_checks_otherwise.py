"""Numbers that others count or call otherwise: scales, shares, turns, feasts."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import check

NUMERIC = frozenset({"numbers", "percentages", "currencies", "dates", "times"})


def codes(source: str, target: str, lang: Lang) -> set[str]:
    return {finding.code for finding in check(source, target, lang)} & NUMERIC


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
