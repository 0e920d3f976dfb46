"""Leftovers, marks and shape."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.domain import Lang, Severity
from translate.text.checks import CODES, check


def codes(source: str, target: str, lang: Lang = Lang.EN) -> set[str]:
    return {finding.code for finding in check(source, target, lang)}


@pytest.mark.parametrize(
    ("source", "target", "lang", "told"),
    [
        ("Il a parlé de la crise avec les élus.", "He spoke de la crise avec les officials.", Lang.EN, True),
        ("Il a parlé de la crise avec les élus.", "他谈到de la crise avec les问题。", Lang.ZH, True),
        ("Il pleut sur la ville.", "Il pleut sur la ville.", Lang.EN, True),
        ("Le journal Le Monde l'a dit.", "The newspaper Le Monde said so.", Lang.EN, False),
        ("Selon un communiqué du café.", "According to a communiqué from the café.", Lang.EN, False),
        ("Le Sénat a voté le texte.", "The Senate passed the text.", Lang.EN, False),
        ("Un financier en pirogue.", "A financier in a pirogue.", Lang.EN, False),
        ("L'ONG Terre des hommes.", "The NGO Terre des hommes.", Lang.EN, False),
        ("Il a vu des hommes.", "He saw hommes.", Lang.EN, True),
        ("Des troupes sont arrivées.", "Acting troupes have arrived.", Lang.EN, False),
        ("Une résolution sans vote.", "A resolution without a vote a day later.", Lang.EN, False),
        ("Il souffre d'une double fracture.", "He has a double fracture.", Lang.EN, False),
        ("La rue de la Loi est bloquée.", "The Rue de la Loi is blocked.", Lang.EN, False),
        ('La chanson "tous les garçons".', 'The song "tous les garçons".', Lang.EN, False),
    ],
)
def test_untranslated(source: str, target: str, lang: Lang, told: bool) -> None:
    assert ("untranslated" in codes(source, target, lang)) == told


@pytest.mark.parametrize(
    ("source", "target", "lang", "told"),
    [
        ("Le Nigeria a gagné au Rwanda.", "Nigeria won in 卢旺达.", Lang.EN, True),
        ("Le journal 人民日报 l'écrit.", "The newspaper 人民日报 writes it.", Lang.EN, False),
        ("M. Vitorino est venu.", "于 Mr Vitorino since his职责。", Lang.ZH, True),
        ("Le migrant est venu.", "他是migration者。", Lang.ZH, True),
        ("Le migrant est venu.", "他是 migration 者。", Lang.ZH, True),
        ("Le film « easy rider » est sorti.", "电影《easy rider》上映。", Lang.ZH, False),
        ("Il pèse 5 kg.", "他重5 kg。", Lang.ZH, False),
        ("L'iPhone est sorti.", "iPhone上市。", Lang.ZH, False),
        ("Le signal du Spoutnik.", "Sputink的信号。", Lang.ZH, True),
        ("Le sélectionneur Hervé Renaud l'a dit.", "主教练“Erve博”说。", Lang.ZH, True),  # a piece of a word
        ("Notre grand format.", "我们的大form。", Lang.ZH, True),
        ("Un youtubeur et ses lunettes.", "一名YouTube博主和他的眼镜。", Lang.ZH, False),
        ("Le site d'Airbus et YouTube.", "Airbus和Tube的网站。", Lang.ZH, False),
        ("Un député LaREM l'admet.", "一名拉 of雷支柱议员承认。", Lang.ZH, True),
        ("La chaîne TV Globo et le Wi-Fi.", "TVGlobo频道和wifi。", Lang.ZH, False),
        ("Marcos Cé le dit.", "Marcos Ce说。", Lang.ZH, False),
        ("Selon la Cafom.", "据CFDT。", Lang.ZH, False),  # an acronym: what names are there is another check
        ("Voir le site.", "详见 www.xinhua.net 网站。", Lang.ZH, False),
    ],
)
def test_another_language(source: str, target: str, lang: Lang, told: bool) -> None:
    assert ("language" in codes(source, target, lang)) == told


@pytest.mark.parametrize(
    ("source", "target", "lang", "code"),
    [
        ('Il a dit "oui, je le veux bien".', "He said yes, I do want it.", Lang.EN, "quotes"),
        ('Il a salué l\'initiative : "elle est bien utile".', "He hailed it: useful.", Lang.EN, "quotes"),
        ('Il a dit "oui".', "He said “yes.", Lang.EN, "quotes"),
        ("Il est venu (hier).", "He came (yesterday.", Lang.EN, "unbalanced"),
        ("Il est venu (hier).", "他来了（昨天。", Lang.ZH, "unbalanced"),
        ("Est-il venu ?", "He came.", Lang.EN, "punctuation"),
        ("Il est venu, puis il est parti.", "他来了,又走了。", Lang.ZH, "punctuation"),
        ("Il est venu : tant mieux.", "He came : good.", Lang.EN, "punctuation"),
        ("Il est venu.", "He came，good.", Lang.EN, "punctuation"),
        ("Le ministre a dit oui.", "The minister said the minister said yes.", Lang.EN, "repetition"),
        ("Le ministre a dit oui.", "部长表示同意部长表示同意。", Lang.ZH, "repetition"),
        ("Nous nous sommes promenés hier.", "We went out we went out.", Lang.EN, "repetition"),
        ("Il fait de moins en moins froid.", "It is less cold it is less cold.", Lang.EN, "repetition"),
        ("Une issue calme et pacifique.", "A peaceful and peaceful outcome.", Lang.EN, "repetition"),
        ("Les garde-côtes et le HCR l'ont dit.", "联合国难民署和联合国难民署表示。", Lang.ZH, "repetition"),
        ("Le ministre a salué cet accord historique.", "The minister hailed this", Lang.EN, "truncation"),
        ("Le ministre a salué cet accord historique.", "Yes " * 60 + ".", Lang.EN, "length-ratio"),
    ],
)
def test_marks_and_shape(source: str, target: str, lang: Lang, code: str) -> None:
    assert code in codes(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ('"Oui", a-t-il dit.', '"Yes," he said.', Lang.EN),
        ("« Oui », a-t-il dit.", "他说：“是的。”", Lang.ZH),
        ("Le roman « La Pérégrination vers l'Ouest ».", "小说《西游记》。", Lang.ZH),
        ("a) Le texte ; b) le vote.", "a) The text; b) the vote.", Lang.EN),
        # a name, a word that the source says twice, and a turn
        ('L\'initiative "la Ceinture et la Route".', "The Belt and Road Initiative.", Lang.EN),
        ('"Courage, courage", dit-il.', '"Hang in there, hang in there," he says.', Lang.EN),
        ("Une toundra de moins en moins blanche.", "It is brown, and less and less white.", Lang.EN),
        ("De plus en plus grand.", "It is more and more, bigger and bigger.", Lang.EN),
        ("Des crimes de guerre et crimes ici.", "War crimes and crimes here.", Lang.EN),  # as the source
        ("Environ 42.000 rials (109.000 dollars) par an.", "42,000 rials ($109,000) a year.", Lang.EN),
        ("Il a dit très, très fort.", "He said very, very loudly.", Lang.EN),
    ],
)
def test_good_marks_are_not_told(source: str, target: str, lang: Lang) -> None:
    assert codes(source, target, lang) == set()


def test_a_clause_begun_anew_is_told_with_its_place() -> None:
    target = "随后警方驱散了男子，他离开了，随后警方驱散了袭击者。"
    (found,) = check("Ils ont été chassés, et la police est venue.", target, Lang.ZH)
    assert (found.code, found.severity, found.message) == (
        "repetition",
        Severity.WARNING,
        "“随后警方驱散了” is said twice",
    )
    assert found.target_span == (15, 22)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le Conseil de sécurité suit le conseil de Sécurité.", "联合国安全理事会听从联合国安全理事会。"),
        (
            "La Banque centrale hésite, une Banque ou non.",
            "欧洲中央银行犹豫，是欧洲中央银行还是不。",
        ),  # a long word twice
        ("La RDC a dit oui.", "刚果民主共和国说刚果民主共和国同意。"),  # an acronym
        ("Il est venu.", "随后警方驱散，随后警察驱赶。"),  # too little
    ],
)
def test_what_may_be_said_twice_is_not_told(source: str, target: str) -> None:
    assert "repetition" not in codes(source, target, Lang.ZH)


@pytest.mark.parametrize("target", ["", " ", "\n\u3000"])
def test_no_translation_is_the_one_thing_to_tell(target: str) -> None:
    (finding,) = check("Le Sénat a voté.", target, Lang.EN)
    assert (finding.code, finding.severity) == ("empty", Severity.ERROR)


_TEXT = st.text(
    st.one_of(
        st.sampled_from(
            "«»“”\"'()（）《》<>,.;:?!，。0123456789%€$ hVXI-–年月日时点万亿百千十一二两多几半成第周"
        ),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)
_PIECES = (
    *(
        "le 1er mars",
        "15h30",
        "12 milliards",
        "quatre-vingt",
        "dix",
        "et",
        "demi",
        "OTAN",
        "Paris",
        "ne",
        "pas",
    ),
    *(
        "années 90",
        "十四五",
        "20世纪",
        "百分之",
        "周三",
        "3点半",
        "p.m.",
        "Oct.",
        "3",
        "2,5",
        "1.234,5",
        "(",
        "«",
        '"',
    ),
)
_PHRASE = st.lists(st.sampled_from(_PIECES), max_size=12).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(_TEXT | _PHRASE, _TEXT | _PHRASE, st.sampled_from([Lang.EN, Lang.ZH, Lang.FR]))
def test_whatever_is_given_is_checked_and_every_span_lies_in_its_text(
    source: str, target: str, lang: Lang
) -> None:
    for finding in check(source, target, lang):
        assert finding.code in CODES
        for span, text in ((finding.source_span, source), (finding.target_span, target)):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)


@pytest.mark.parametrize(
    ("source", "target", "lang", "left"),
    [
        ("Demain, le ministre partira.", "Demain, the minister will leave.", Lang.EN, "Demain"),
        ("Il a dénoncé le gaspillage.", "He denounced the gaspillage.", Lang.EN, "gaspillage"),
        ("Le centrisme recule.", "Here centrisme is losing ground.", Lang.EN, "centrisme"),
        ("Demain, le ministre partira.", "Demain，部长将启程。", Lang.ZH, "Demain"),
        ("Une épidémie de grippe.", "一场grippe疫情。", Lang.ZH, "grippe"),
        ("Une situation grave.", "严重的situation。", Lang.ZH, "situation"),
    ],
)
def test_one_french_word_alone_is_told(source: str, target: str, lang: Lang, left: str) -> None:
    (finding,) = (each for each in check(source, target, lang) if each.code == "untranslated")
    assert finding.target_span is not None
    assert target[slice(*finding.target_span)] == left


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("La Banque populaire a prêté.", "The Banque populaire lent money.", Lang.EN),
        ("Il a dit « demain ».", 'He said "demain".', Lang.EN),
        ("Une question importante.", "An important question.", Lang.EN),
        ("La Journée mondiale de l'eau.", "World Water Day.", Lang.EN),
        ("Le site demain.fr est en ligne.", "The site demain.fr is online.", Lang.EN),
        (
            "L'espèce Homo sapiens.",
            "Homo sapiens这一物种。",
            Lang.ZH,
        ),
    ],
)
def test_what_a_translation_may_keep_is_not(source: str, target: str, lang: Lang) -> None:
    assert "untranslated" not in codes(source, target, lang)


def test_a_text_left_french_from_end_to_end_is_told_by_its_first_hundred_words() -> None:
    text = "le conseil a été rapidement décidé par les ministres " * 1000
    (finding,) = (each for each in check(text, text, Lang.EN) if each.code == "untranslated")
    assert finding.target_span
    assert len(text[slice(*finding.target_span)].split()) == 100
