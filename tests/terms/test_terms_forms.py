"""Is a term said in a translation as the glossary wants it?"""

from __future__ import annotations

import pytest

from translate.domain import Lang, Severity
from translate.terms import CaseRule, Glossary, Term, TermMatch, TermPart, applied, terminology
from translate.terms.english import plural_of


def match_of(
    *forms: str, lang: Lang = Lang.EN, case: CaseRule = CaseRule.ANY, part: TermPart = TermPart.OTHER
) -> TermMatch:
    return TermMatch(Term("terme", {lang: forms}, part, case), 0, 5, "terme")


@pytest.mark.parametrize(
    ("form", "target", "where"),
    [
        ("foreign minister", "Foreign Minister Wang Yi", "Foreign Minister"),
        ("foreign minister", "the foreign ministers of", "foreign ministers"),
        ("foreign ministers", "a foreign minister said", "foreign minister"),
        ("secretary-general", "two Secretaries-General", "Secretaries-General"),
        ("United States", "the United States' plan", "United States"),
        ("the United States", "United States officials", "United States"),
        ("China", "China’s growth", "China"),
        ("vice president", "a vice-president", "vice-president"),
        ("peacekeepers", "a peacekeeper", "peacekeeper"),
        ("deputy", "the deputies", "deputies"),
        ("spokesman", "spokesmen said", "spokesmen"),
        ("Ministry of Defense", "the Ministry of Defence", "Ministry of Defence"),
        ("World Trade Organization", "World Trade Organisation", "World Trade Organisation"),
        ("United Nations Environment Programme", "the UN Environment Program", "UN Environment Program"),
        ("UN Security Council", "United Nations Security Council", "United Nations Security Council"),
        ("U.S. president", "the US President", "US President"),
        ("Cote d'Ivoire", "in Côte d’Ivoire.", "Côte d’Ivoire"),
        ("Sao Tome and Principe", "São Tomé & Príncipe", "São Tomé & Príncipe"),
        ("IOM", "the IOM's head", "IOM"),
        ("G20", "the G20", "G20"),
    ],
)
def test_english_forms(form: str, target: str, where: str) -> None:
    span = applied(match_of(form), target, Lang.EN)
    assert span is not None
    assert target[slice(*span)] == where


@pytest.mark.parametrize(
    ("form", "target"),
    [
        ("Niger", "Nigeria and the Nigerians"),
        ("China", "Indochina, porcelain"),
        ("foreign minister", "the minister of foreign trade"),
        ("foreign minister", "foreign prime minister"),
        ("WHO", "those who know"),
        ("US", "he told us"),
        ("AIDS", "what aids them"),
        ("Mali", ""),
        ("x", ""),
    ],
)
def test_what_is_no_such_form(form: str, target: str) -> None:
    assert applied(match_of(form), target, Lang.EN) is None


@pytest.mark.parametrize(
    ("form", "plural"),
    [
        ("foreign minister", "foreign ministers"),
        ("secretary-general", "secretaries-general"),
        ("UN deputy secretary-general", "UN deputy secretaries-general"),
        ("member of the European Parliament", "members of the European Parliament"),
        ("permanent member of the Security Council", "permanent members of the Security Council"),
        ("peacekeeper", "peacekeepers"),
        ("spokeswoman", "spokeswomen"),
        ("embassy", "embassies"),
        ("monkey", "monkeys"),
        ("branch", "branches"),
        ("president-elect", "presidents-elect"),
        ("charge d'affaires ad interim", "charge d'affaires ad interim"),
        ("UN", "UN"),
        ("Chinese", "Chinese"),
        ("asylum seekers", "asylum seekers"),
        ("G20", "G20"),
    ],
)
def test_the_plural_of_a_form(form: str, plural: str) -> None:
    assert plural_of(form) == plural
    assert applied(match_of(form), f"the {plural} said", Lang.EN) is not None


def test_a_plural_in_french_asks_for_one_in_english() -> None:
    title = Term(
        "ministre de la Santé", {Lang.EN: ("health minister",), Lang.ZH: ("卫生部长",)}, TermPart.TITLE
    )
    glossary = Glossary.of([title])
    (many,) = glossary.find("Les ministres de la Santé")
    assert (many.preferred(Lang.EN), many.preferred(Lang.ZH)) == ("health ministers", "卫生部长")
    (one,) = glossary.find("La ministre de la Santé")
    assert (one.preferred(Lang.EN), one.plural) == ("health minister", False)


def test_capitals_count_where_the_rule_says_so() -> None:
    assert applied(match_of("Left", case=CaseRule.EXACT), "they left", Lang.EN) is None
    assert applied(match_of("Left", case=CaseRule.EXACT), "the Left", Lang.EN) == (4, 8)
    assert applied(match_of("Left"), "they left", Lang.EN) == (5, 9)


def test_any_accepted_form_will_do_and_the_preferred_one_is_looked_for_first() -> None:
    match = match_of("WHO", "World Health Organization")
    assert applied(match, "the World Health Organization (WHO)", Lang.EN) == (31, 34)
    assert applied(match, "the World Health Organization", Lang.EN) == (4, 29)


@pytest.mark.parametrize(
    ("form", "target", "where"),
    [
        ("世界卫生组织", "联合国世界卫生组织称", "世界卫生组织"),
        ("“一带一路”倡议", "共建一带一路倡议", "一带一路倡议"),
        ("《巴黎协定》", "根据巴黎协定，", "巴黎协定"),
        ("巴黎协定", "根据《巴黎协定》", "巴黎协定"),
        ("刚果（金）", "在刚果(金)东部", "刚果(金)"),
        ("弗兰克-瓦尔特", "弗兰克—瓦尔特说", "弗兰克—瓦尔特"),
        ("让·卡塞亚", "让•卡塞亚", "让•卡塞亚"),
        ("SK海力士", "ＳＫ海力士", "ＳＫ海力士"),
        ("CAC40指数", "CAC 40指数", "CAC 40指数"),
    ],
)
def test_chinese_forms(form: str, target: str, where: str) -> None:
    span = applied(match_of(form, lang=Lang.ZH), target, Lang.ZH)
    assert span is not None
    assert target[slice(*span)] == where


def test_one_sign_stands_for_a_land_only_where_it_can() -> None:
    match = match_of("中", lang=Lang.ZH, part=TermPart.PLACE)
    assert applied(match, "中法两国", Lang.ZH) == (0, 1)
    assert applied(match, "其中三人", Lang.ZH) is None


def test_one_sign_is_a_surname_whatever_name_follows() -> None:
    match = match_of("秦先生", "秦", lang=Lang.ZH, part=TermPart.PERSON)
    assert applied(match, "秦刚强调", Lang.ZH) == (0, 1)
    assert applied(match, "卡塔尔强调", Lang.ZH) is None


def test_a_language_without_a_form_asks_for_nothing() -> None:
    match = match_of("China")
    assert applied(match, "中国", Lang.ZH) is None
    assert terminology("terme", "", Lang.ZH, [match]) == ()


SENTENCE = "L'OMS et la Chine, dit l'OMS."


@pytest.fixture
def glossary() -> Glossary:
    oms = Term("OMS", {Lang.EN: ("WHO", "World Health Organization"), Lang.ZH: ("世卫组织",)})
    return Glossary.of([oms, Term("Chine", {Lang.EN: ("China",), Lang.ZH: ("中国",)})])


def test_the_check_tells_each_missing_term_once_where_it_stands(glossary: Glossary) -> None:
    matches = glossary.find(SENTENCE)
    (finding,) = terminology(SENTENCE, "OMS and China, says OMS.", Lang.EN, matches)
    assert (finding.code, finding.severity) == ("terminology", Severity.ERROR)
    assert finding.source_span == (2, 5)
    assert finding.message == "“OMS” is not “WHO” in the translation"


def test_the_check_is_silent_where_all_is_right(glossary: Glossary) -> None:
    matches = glossary.find(SENTENCE)
    assert terminology(SENTENCE, "The WHO and China, it says.", Lang.EN, matches) == ()
    assert terminology(SENTENCE, "世卫组织和中国", Lang.ZH, matches) == ()
    assert [f.source_span for f in terminology(SENTENCE, "世卫组织", Lang.ZH, matches)] == [(12, 17)]
