"""A word has the sense that the dispatch tells of, and every offset stays true."""

from __future__ import annotations

import pytest

from translate.domain import Finding, Hypothesis, Lang, Origin, Severity, TermStatus, TermUse
from translate.revision import meant
from translate.revision.senses import _rows, _senses

TURKISH = "La livre turque a perdu un quart de sa valeur en un an."
ALONE = "Il fallait vendredi 42,3 livres pour un dollar."


@pytest.mark.parametrize(
    ("lang", "answer", "mended"),
    [
        (
            Lang.EN,
            "It took 42.3 pounds to the dollar on Friday.",
            "It took 42.3 lira to the dollar on Friday.",
        ),
        (Lang.EN, "A dollar cost 42.3 British pounds.", "A dollar cost 42.3 lira."),
        (Lang.EN, "A dollar cost 42.3 pounds sterling.", "A dollar cost 42.3 lira."),
        (Lang.ZH, "周五1美元兑42.3英镑。", "周五1美元兑42.3里拉。"),
        (Lang.ZH, "周五需要42.3磅兑换1美元。", "周五需要42.3里拉兑换1美元。"),
    ],
)
def test_livres_alone_are_those_that_the_dispatch_names(lang: Lang, answer: str, mended: str) -> None:
    whole = {TURKISH: Hypothesis("…"), ALONE: Hypothesis(answer)}
    changed = meant(whole, lang)
    assert set(changed) == {ALONE}
    assert changed[ALONE].text == mended
    (note,) = changed[ALONE].findings
    assert (note.code, note.severity) == ("consistency", Severity.NOTE)
    assert note.target_span and mended[slice(*note.target_span)] in ("lira", "里拉")


@pytest.mark.parametrize(
    "other",
    [
        "La livre sterling a progressé.",
        "La livre égyptienne a progressé.",
        "Les livres syriennes et les livres turques circulent.",
    ],
)
def test_a_dispatch_with_money_of_two_kinds_is_left_alone(other: str) -> None:
    whole = {TURKISH: Hypothesis("…"), other: Hypothesis("…"), ALONE: Hypothesis("42.3 pounds.")}
    assert meant(whole, Lang.EN) == {}


def test_what_names_no_money_is_left_alone() -> None:
    book = "Trois livres sur la Turquie paraissent."
    assert meant({book: Hypothesis("Three books, 42.3 pounds.")}, Lang.EN) == {}
    whole = {TURKISH: Hypothesis("…"), "Un sac pesant 20 kilos.": Hypothesis("A sack of 44 pounds.")}
    assert meant(whole, Lang.EN) == {}


def test_the_pound_of_egypt_is_a_pound_in_english_and_none_of_britain_in_chinese() -> None:
    first = "La livre égyptienne a été dévaluée."
    whole = {first: Hypothesis("…"), ALONE: Hypothesis("42.3 pounds to the dollar.")}
    assert meant(whole, Lang.EN) == {}
    assert (
        meant(whole | {ALONE: Hypothesis("1美元兑42.3英镑。")}, Lang.ZH)[ALONE].text == "1美元兑42.3埃及镑。"
    )


def test_what_people_wrote_stays() -> None:
    theirs = Hypothesis("42.3 pounds to the dollar.", origin=Origin.MEMORY)
    assert meant({TURKISH: Hypothesis("…"), ALONE: theirs}, Lang.EN) == {}


def test_two_places_in_one_sentence_and_everything_behind_them_stay_true() -> None:
    source = "De 40 à 42,3 livres, la livre recule, selon l'OMS."
    answer = "From 40 pounds to 42.3 pounds, says the WHO."
    at, there = source.index("OMS"), answer.index("WHO")
    use = TermUse("OMS", "WHO", TermStatus.MODEL, (at, at + 3), (there, there + 3))
    finding = Finding("names", Severity.WARNING, "?", None, (there, there + 3))
    whole = {TURKISH: Hypothesis("…"), source: Hypothesis(answer, None, (finding,), (use,))}
    new = meant(whole, Lang.EN)[source]
    assert new.text == "From 40 lira to 42.3 lira, says the WHO."
    (moved,) = (each.target_span for each in new.terms)
    assert moved and new.text[slice(*moved)] == "WHO"
    assert [new.text[slice(*each.target_span)] for each in new.findings if each.target_span] == [
        "WHO",
        "lira",
        "lira",
    ]


BANK = "Le gouverneur de la Banque centrale, Fatih Karahan, a pris la parole."
HE = "Le gouverneur a promis de tenir bon."


def test_the_governor_of_a_bank_governs_no_province() -> None:
    whole = {BANK: Hypothesis("央行行长法提赫·卡拉汉发言。"), HE: Hypothesis("省长承诺坚持下去。")}
    assert meant(whole, Lang.ZH)[HE].text == "行长承诺坚持下去。"
    assert meant({HE: whole[HE]}, Lang.ZH) == {}


@pytest.mark.parametrize(
    "other",
    [
        "Le gouverneur du Texas était là.",
        "Le gouverneur de Kaboul était là.",
        "Les gouverneurs des provinces étaient là.",
        "Le gouverneur de la région était là.",
        "Le gouverneur d'Istanbul était là.",
        "Le gouverneur général était là.",
    ],
)
def test_where_there_is_a_governor_of_a_land_too_nothing_is_changed(other: str) -> None:
    whole = {BANK: Hypothesis("…"), HE: Hypothesis("省长承诺坚持下去。"), other: Hypothesis("州长在场。")}
    assert meant(whole, Lang.ZH) == {}


MATCH = "Le sélectionneur a salué ses buteurs."
BENCH = "La rencontre a basculé en seconde période, ce groupe ne lâche rien."


def test_what_teams_have_is_a_match_with_halves() -> None:
    whole = {MATCH: Hypothesis("…"), BENCH: Hypothesis("The meeting tipped in the second half.")}
    assert meant(whole, Lang.EN)[BENCH].text == "The match tipped in the second half."
    assert meant({BENCH: whole[BENCH]}, Lang.EN) == {}
    said = {MATCH: Hypothesis("…"), BENCH: Hypothesis("会晤在下半年改变了局势，这支党团从不放弃。")}
    assert meant(said, Lang.ZH)[BENCH].text == "比赛在下半场改变了局势，这支球队从不放弃。"


@pytest.mark.parametrize(
    "other",
    ["Il a eu une rencontre avec la presse.", "Une rencontre avec les supporters est prévue."],
)
def test_a_meeting_beside_a_match_stays_one(other: str) -> None:
    whole = {MATCH: Hypothesis("…"), BENCH: Hypothesis("The meeting tipped."), other: Hypothesis("…")}
    assert meant(whole, Lang.EN) == {}


MINE = "Un pont s'est effondré sur le site d'une mine de cobalt."
RUSH = "Les mineurs se sont rués vers la sortie."


@pytest.mark.parametrize(
    "mine",
    [
        MINE,
        "Les galeries minières ont été fermées.",
        "Des creuseurs sont morts.",
        "Les mineurs de fond défilent.",
    ],
)
def test_who_works_in_a_mine_is_no_minor(mine: str) -> None:
    whole = {mine: Hypothesis("…"), RUSH: Hypothesis("未成年人冲向出口。")}
    assert meant(whole, Lang.ZH)[RUSH].text == "矿工冲向出口。"
    assert meant({RUSH: whole[RUSH]}, Lang.ZH) == {}
    said = {mine: Hypothesis("…"), RUSH: Hypothesis("The minors rushed out with minor injuries.")}
    assert meant(said, Lang.EN)[RUSH].text == "The miners rushed out with minor injuries."


@pytest.mark.parametrize(
    "other",
    [
        "Parmi eux, des mineurs de 14 ans.",
        "La brigade des mineurs enquête.",
        "Des mineurs isolés y travaillent.",
    ],
)
def test_where_there_are_children_too_nothing_is_changed(other: str) -> None:
    whole = {MINE: Hypothesis("…"), RUSH: Hypothesis("未成年人冲向出口。"), other: Hypothesis("…")}
    assert meant(whole, Lang.ZH) == {}


AGREED = "L'Alliance pour l'avenir d'Internet est née."
OLD = "L'Alliance n'est qu'un vieux projet."


def test_an_alliance_is_not_nato_where_another_one_is_spoken_of() -> None:
    said = {AGREED: Hypothesis("…"), OLD: Hypothesis("北约只是个旧项目。")}
    assert meant(said, Lang.ZH)[OLD].text == "联盟只是个旧项目。"
    nato = {**said, "L'Otan s'en inquiète.": Hypothesis("…")}
    assert meant(nato, Lang.ZH) == {}
    assert meant({OLD: said[OLD]}, Lang.ZH) == {}


def test_a_mission_in_space_is_none_of_the_united_nations() -> None:
    probe, cost = "La sonde doit se poser sur la Lune.", "La mission coûte 28 milliards de yens."
    said = {probe: Hypothesis("…"), cost: Hypothesis("特派团耗资280亿日元。")}
    assert meant(said, Lang.ZH)[cost].text == "任务耗资280亿日元。"
    assert meant({**said, "L'ONU y participe.": Hypothesis("…")}, Lang.ZH) == {}
    assert meant({cost: said[cost]}, Lang.ZH) == {}


def test_what_is_put_right_is_not_put_right_again() -> None:
    for senses in map(_senses, _rows()):
        assert len(senses) > 1  # a word of one sense needs no telling
        for pairs in (pairs for sense in senses for pairs in sense.mistaken.values()):
            for _, right in pairs:
                for wrong, _ in pairs:
                    assert not wrong.search(right)


@pytest.mark.parametrize(
    ("source", "lang", "answer", "mended"),
    [
        ("Le second étage a fonctionné.", Lang.EN, "The second floor worked.", "The second stage worked."),
        ("Le second étage a fonctionné.", Lang.ZH, "二楼运行正常。", "第二级运行正常。"),
        ("Le tir est reporté.", Lang.EN, "The shooting is postponed.", "The launch is postponed."),
        ("Deux tirs ont réussi.", Lang.ZH, "两次射击成功。", "两次发射成功。"),
    ],
)
def test_a_rocket_has_stages_and_is_launched(source: str, lang: Lang, answer: str, mended: str) -> None:
    whole = {"La fusée a mis neuf satellites en orbite.": Hypothesis("…"), source: Hypothesis(answer)}
    assert meant(whole, lang)[source].text == mended
    elsewhere = {"L'armée a repéré les missiles par satellite dans un immeuble.": Hypothesis("…")}
    assert meant({**elsewhere, source: Hypothesis(answer)}, lang) == {}


@pytest.mark.parametrize(
    ("told", "source", "lang", "answer", "mended"),
    [
        (
            "La Formule 1 revient.",
            "L'écurie a deux pilotes.",
            Lang.ZH,
            "马厩有两名飞行员。",
            "车队有两名车手。",
        ),
        ("L'actrice est morte.", "L'héroïne du roman.", Lang.ZH, "小说的海洛因。", "小说的女主角。"),
        (
            "L'Opep produit 2 millions de barils.",
            "Le cartel hésite.",
            Lang.ZH,
            "贩毒集团犹豫。",
            "该组织犹豫。",
        ),
        (
            "Des agriculteurs bloquent la route.",
            "Les barrages tiennent.",
            Lang.EN,
            "The dams hold.",
            "The roadblocks hold.",
        ),
        ("Les eurodéputés attendent.", "Le Conseil a dit oui.", Lang.ZH, "安理会同意。", "欧盟理事会同意。"),
        (
            "Une motion est déposée.",
            "Il échappe à la censure.",
            Lang.EN,
            "He escapes censorship.",
            "He escapes no-confidence vote.",
        ),
        ("Les grands électeurs d'Arizona.", "La Géorgie vote.", Lang.ZH, "格鲁吉亚投票。", "佐治亚州投票。"),
        (
            "x",
            "Ce poids lourd de la droite.",
            Lang.EN,
            "This truck of the right.",
            "This heavyweight of the right.",
        ),
    ],
)
def test_words_that_the_dispatch_explains(
    told: str, source: str, lang: Lang, answer: str, mended: str
) -> None:
    assert meant({told: Hypothesis("…"), source: Hypothesis(answer)}, lang)[source].text == mended
    assert meant({source: Hypothesis(answer), "Rien.": Hypothesis("…")}, lang).keys() <= {source}


@pytest.mark.parametrize(
    ("told", "source", "answer"),
    [
        ("L'actrice a été prise avec un kilo de drogue.", "L'héroïne était cachée.", "海洛因被藏。"),
        ("Le Conseil de sécurité et les eurodéputés.", "Le Conseil a dit oui.", "安理会同意。"),
        ("Le cartel de Sinaloa et l'Opep.", "Le cartel hésite.", "贩毒集团犹豫。"),
        ("Un avion et la Formule 1.", "Le pilote est sauf.", "飞行员平安。"),
    ],
)
def test_a_dispatch_that_may_tell_of_both_is_left_alone(told: str, source: str, answer: str) -> None:
    assert meant({told: Hypothesis("…"), source: Hypothesis(answer)}, Lang.ZH) == {}
