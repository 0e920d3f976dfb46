"""Quotation marks: what is put right, what is left alone because it is not certain."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.domain import Lang
from translate.text.checks import check, repair
from translate.text.checks.quotes import mended

_FORMS = [
    ("Les «gilets jaunes» sont là.", "““黄马甲””在那里。", "“黄马甲”在那里。"),
    ("Les «gilets jaunes» sont là.", "这些““黄马甲”在那里。", "这些“黄马甲”在那里。"),
    ("Il est « fini ».", "他““““完了””。", "他“完了”。"),
    ("Il est « fini ».", '他"完了"。', "他“完了”。"),
    ("Il est « fini ».", "他« 完了 »。", "他“完了”。"),
    ("Il est « fini ».", '他“完了"。', "他“完了”。"),
    ("Il est « fini ».", "他“完了“。", "他“完了”。"),
    ("Il est « fini ».", "他”完了”。", "他“完了”。"),
    ("Il est « fini ».", "他”完了“。", "他“完了”。"),
    ("Il lit « Têtu » ici.", "他在这里看《固执”。", "他在这里看“固执”。"),
    ("Il est « fini ».", "He is « finished ».", 'He is "finished".'),
    ("Il est « fini ».", "He is „finished“.", "He is “finished”."),
    ("Les “gilets jaunes” sont là.", "The 'yellow vests\" are there.", 'The "yellow vests" are there.'),
    ("Les «gilets jaunes» sont là.", 'The ""yellow vests"" are there.', 'The "yellow vests" are there.'),
    ("Les affaires «sensibles».", "The 'sensitive' cases.", 'The "sensitive" cases.'),
    ("Il a dit : «\u00a0Ils s'aiment\u00a0».", "He said: 'They don't hate'.", 'He said: "They don\'t hate".'),
    ("L'homme d'affaires « X ».", "The men's and women's 'X'.", "The men's and women's \"X\"."),
    ('"Ouvrir les yeux"', "'开一点眼睛'", "“开一点眼睛”"),
    ('On se bat pour des pâtes".', "They fight for pasta'.", 'They fight for pasta".'),
    ("Et d'ajouter : « Rien ne va.", "And he adds: 'Nothing is well.", 'And he adds: "Nothing is well.'),
    ("« L'IRM », dit-il.", "The ”scan” of the “body”.", "The “scan” of the “body”."),
]

_SURPLUS = [
    ("Des incivilités sur les plages.", "海滩上的不文明”行为。", "海滩上的不文明行为。"),
    ("Il est en « mode dynamique ».", 'He is in "dynamic mode"."', 'He is in "dynamic mode."'),
    ("Un candidat « populaire » ici.", 'A "popular" candidate" here.', 'A "popular" candidate here.'),
    ("Un « bulldozer ».", "一台“推土机”的”。", "一台“推土机”的。"),
    # The source is one quotation, or ends with one after a colon: its last mark is the right one.
    ("« C'est assez écœurant. »", "“太多了，”太多了。”", "“太多了，太多了。”"),
    ("Il le coupe : « Il ne nous écoute pas ! »", "他打断说：““他不听！”", "他打断说：“他不听！”"),
    ("Il répond : « Je ne sais pas ».", "他回答：“”，我不知道。”", "他回答：“我不知道。”"),
    # The first mark opens nothing: the reporting clause follows it.
    ("« Le roi est malade », a dit le palais.", "“王宫说：“国王病了。”", "王宫说：“国王病了。”"),
    # A statement that the source quotes goes on after the first mark.
    (
        "« Il se bat et continue encore », dit-elle.",
        '"He fights"; and on," she said.',
        '"He fights; and on," she said.',
    ),
]

_COUNTERPARTS = [
    ("Il a dit « oui »", "He said “yes", "He said “yes”"),
    ("Il a dit « oui ».", "他说：“是的。", "他说：“是的”。"),
    ("« Je suis franchement indigné », a réagi Nuñez.", "努涅斯说：“我很生气。", "努涅斯说：“我很生气。”"),
    (
        "« Il déchire ce pacte », a-t-il déclaré.",
        '"He breaks it, he declared.',
        '"He breaks it," he declared.',
    ),
    (
        "« Il déchire ce pacte », a-t-il déclaré.",
        'He breaks it," he declared.',
        '"He breaks it," he declared.',
    ),
    ("Une « entourloupe » de plus.", 'One "entourloupe more.', 'One "entourloupe" more.'),
    ("La série « Sexe Intentions ».", "The series Sexe Intentions”.", "The series “Sexe Intentions”."),
    (
        "La soi-disant « Alliance pour l'avenir » est née.",
        'The so-called Alliance for the future" is born.',
        'The so-called "Alliance for the future" is born.',
    ),
    ('L\'"hypothèse initiale" est fausse.', 'The initial idea" is wrong.', 'The "initial idea" is wrong.'),
    ("Les «gilets jaunes» sont là.", 'The yellow vests" are there.', 'The "yellow vests" are there.'),
    (
        "Il veut « la paix ici » et « la fin des taxes ».",
        'He wants "peace here and "the end of taxes."',
        'He wants "peace here" and "the end of taxes."',
    ),
]

_NESTED = [
    ("«“Gilet jaune” et fier», dit-il.", "““黄马甲”，自豪”，他说。", "“‘黄马甲’，自豪”，他说。"),
    ("«Les «voleurs» paient», dit-il.", '"The "thieves" pay," he says.', "\"The 'thieves' pay,\" he says."),
    ("«Les “voleurs” paient», dit-il.", "“The “thieves” pay,” he says.", "“The ‘thieves’ pay,” he says."),
    # As AFP marks it; and a quotation that goes on in another sentence.
    ('"Les +voleurs+ paient", dit-il.', '"The "thieves" pay," he says.', "\"The 'thieves' pay,\" he says."),
    ("«Les «voleurs» paient.", '"The "thieves" pay.', "\"The 'thieves' pay."),
]

_GONE = [
    ("« Nous sommes très indignés. »", "We are very indignant.", '"We are very indignant."'),
    ("« Nous sommes très indignés. »", "我们很气愤。", "“我们很气愤。”"),
    ("« Nous sommes très indignés ».", "我们很气愤。", "“我们很气愤”。"),
    ("L'opération « Serval » au Mali.", "Operation Serval in Mali.", 'Operation "Serval" in Mali.'),
    ("Le projet « W16 ».", "项目W16。", "项目“W16”。"),
    ("Le film est « Titanic ».", "The film is Titanic.", 'The film is "Titanic."'),
]


@pytest.mark.parametrize(("source", "target", "right"), _FORMS + _SURPLUS + _COUNTERPARTS + _NESTED + _GONE)
def test_what_is_put_right(source: str, target: str, right: str) -> None:
    lang = Lang.ZH if any("\u3400" <= sign <= "\u9fff" for sign in target) else Lang.EN
    text, (finding,) = repair(source, target, lang)
    assert text == right
    assert finding.code == "repaired"
    assert not {"quotes", "unbalanced"} & {each.code for each in check(source, text, lang)}


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        # Where the other mark stands, the source does not show.
        ("Il a dit « oui » hier.", "He said “yes yesterday.", Lang.EN),
        ("Son caveau « ne sera pas détruit ».", 'His vault will not be destroyed."', Lang.EN),
        ("L'« hypothèse » et le « vecteur » sont faux.", "假设”和“载体都是假的。", Lang.ZH),
        # The source's own quotation goes on in another sentence.
        ("« Je pars. (...)", '"I leave.', Lang.EN),
        ("Il est tard », dit-il.", 'It is late," he says.', Lang.EN),
        ("«C'est fini.", "“结束了。", Lang.ZH),
        # Two quotations reported in one sentence: the colon opens one of them.
        (
            "« A part eux » et lui « reste fidèle », dit-on.",
            "公报说：“行动继续“团结”，并称“令人满意”。",
            Lang.ZH,
        ),
        # Marks in marks where the source has two quotations side by side, apostrophes, inches, other marks.
        ("Les «gilets» et les «vestes».", '"The "vests" and jackets"', Lang.EN),
        ("L'homme d'affaires « X » est là.", "The miners' and women's 'X' is there.", Lang.EN),
        ("La grève des mineurs dure.", 'The miners" strike goes on.', Lang.EN),
        ("Un écran de 27 pouces.", 'A 27" screen.', Lang.EN),
        ("Le film « Titanic » sort.", "电影《泰坦尼克号》上映。", Lang.ZH),
        ("Le film « Titanic » sort.", "The film ‘Titanic’ is out.", Lang.EN),
        # Gone, and the words are not those of the source for sure.
        ("Le bilan « a tué 61 personnes ici ».", "The toll killed 61 people here.", Lang.EN),
        ("Un compte « transparent » ici.", "A transparent account here.", Lang.EN),
        ("Le « Monde » du Monde.", "The world of Monde.", Lang.EN),
        ("Il répond: « Les règlements sont rares ».", "Answer: such rules are rare.", Lang.EN),
    ],
)
def test_what_is_left_alone(source: str, target: str, lang: Lang) -> None:
    assert repair(source, target, lang) == (target, ())


_PIECES = [
    "“",
    "”",
    '"',
    "«",
    "»",
    "《",
    "》",
    "'",
    "：",
    ": ",
    "。",
    ". ",
    ", ",
    " ",
    "说",
    "表示：",
    "黄马甲",
]
_WORDS = ["the ", "yellow vests", "Serval", "et ", " and ", " he said", "a-t-il dit", "2", "(", "）", "[…]"]
_TEXT = st.lists(st.sampled_from(_PIECES + _WORDS), max_size=14).map("".join)


def _words(text: str) -> list[str]:
    return re.findall(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+", text)


@settings(max_examples=400, deadline=None)
@given(_TEXT, _TEXT, st.sampled_from([Lang.EN, Lang.ZH]))
def test_words_stay_and_what_is_put_right_stays_so(source: str, target: str, lang: Lang) -> None:
    right = mended(source, target, lang)
    assert _words(right) == _words(target)
    assert mended(source, right, lang) == right
    text, _ = repair(source, target, lang)
    assert repair(source, text, lang) == (text, ())


@settings(max_examples=100, deadline=None)
@given(_TEXT, st.sampled_from([Lang.EN, Lang.ZH]))
def test_no_mark_is_taken_from_a_text_without_a_lone_one(source: str, lang: Lang) -> None:
    right = "“黄马甲”说：“是的。”" if lang is Lang.ZH else 'The "yellow vests" said: "Yes."'
    assert mended(source, right, lang) == right
