"""The check `invented`: places and people in a translation that its source does not name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Lang, Severity
from translate.terms import Glossary, invented
from translate.terms.mentions import Forms

GLOSSARY = Glossary.load()
FORMS = {lang: Forms.of(GLOSSARY.terms, lang) for lang in (Lang.EN, Lang.ZH)}


def names(source: str, target: str, lang: Lang) -> list[str]:
    found = invented(source, target, lang, GLOSSARY.find(source), FORMS[lang])
    assert all(f.severity is Severity.ERROR and f.code == "invented" and f.source_span is None for f in found)
    spans = [f.target_span for f in found]
    return [target[span[0] : span[1]] for span in spans if span]


@pytest.mark.parametrize(
    ("source", "target", "lang", "wanted"),
    [
        ("De source libanaise, on le confirme.", "A Libyan source confirms it.", Lang.EN, ["Libyan"]),
        ("Les taxis de la capitale ivoirienne roulent.", "Egypt's taxis are running.", Lang.EN, ["Egypt"]),
        ("Dominique Pelicot a renoncé.", "斯洛文尼亚·佩洛文放弃了。", Lang.ZH, ["斯洛文尼亚"]),
        ("Le ministre australien a parlé.", "摩洛哥部长在科特迪瓦讲话。", Lang.ZH, ["摩洛哥", "科特迪瓦"]),
        ("Quelque 200 médecins sont arrivés.", "200名医生抵达安哥拉。安哥拉！", Lang.ZH, ["安哥拉"]),
        (
            "Le ministre a rencontré M. Dupont.",
            "The minister met Emmanuel Macron.",
            Lang.EN,
            ["Emmanuel Macron"],
        ),
    ],
)
def test_what_the_source_does_not_name_is_told_once(
    source: str, target: str, lang: Lang, wanted: list[str]
) -> None:
    assert names(source, target, lang) == wanted


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Le gouvernement norvégien a démissionné.", "Norway's government resigned.", Lang.EN),
        ("Le ministre malgache est arrivé.", "马达加斯加部长抵达。", Lang.ZH),
        ("Le Kremlin dément.", "Russia denies it.", Lang.EN),
        ("Les Néerlandais votent.", "荷兰人投票。", Lang.ZH),
        ("Des slogans antirusses ont été scandés.", "Anti-Russian slogans were chanted.", Lang.EN),
        ("Le vol Turkish Airlines a du retard.", "土耳其航空的航班晚点。", Lang.ZH),
        ("La capitale du Sri Lanka est calme.", "The capital of Sri Lanka is calm.", Lang.EN),
        ("GENEVE, 6 mai -- Les négociations ont repris.", "日内瓦5月6日电 谈判已恢复。", Lang.ZH),
        ("Elle encourage tous les États.", "Ireland encourages all states.", Lang.EN),
        ("Le directeur de Roscosmos est arrivé.", "俄罗斯国家航天集团负责人抵达。", Lang.ZH),
        ("Le ministre de l'outre-mer est arrivé.", "海外领地部长抵达。", Lang.ZH),
        ("Les Etats parties se sont réunis.", "States parties met.", Lang.EN),
        ("Il a été primé à la Mostra.", "It won an award at the Venice Film Festival.", Lang.EN),
        # as the dictionary gives it
        ("Le Mucem de Marseille expose ces toiles.", "马赛的欧洲和地中海文明博物馆展出这些画。", Lang.ZH),
    ],
)
def test_a_land_is_named_by_its_people_its_palaces_its_pronoun(source: str, target: str, lang: Lang) -> None:
    assert names(source, target, lang) == []


@pytest.mark.parametrize("target", ["The French minister spoke.", "The UN said so.", "China left."])
def test_what_people_add_for_readers_far_away_is_no_invention(target: str) -> None:
    assert names("Le ministre a parlé.", target, Lang.EN) == []


@pytest.mark.parametrize(
    ("target", "lang"),
    [
        ("以色列军队在杰宁河内展开调查。", Lang.ZH),  # 河内 is Hanoi, and here the end of a longer word
        ("He said that Chad's brother is well-off.", Lang.EN),
        ("A turkey and some china.", Lang.EN),
        ("Nigerland is no land.", Lang.EN),
    ],
)
def test_a_part_of_a_word_or_of_a_longer_name_is_none(target: str, lang: Lang) -> None:
    assert names("Tchad, Israël : tout va bien.", target, lang) == []


def test_the_longest_name_counts() -> None:
    found = [mention.form for mention in FORMS[Lang.EN].find("South Sudan and Sudan, Papua New Guinea")]
    assert found == ["South Sudan", "Sudan", "Papua New Guinea"]


def test_of_two_lands_called_so_the_message_names_the_one_that_is() -> None:
    (finding,) = invented("Ça va.", "印度下雨。", Lang.ZH, (), FORMS[Lang.ZH])
    assert finding.message == "“印度” (Inde) is not in the source"


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_checked(source: str, target: str) -> None:
    for lang, forms in FORMS.items():
        for mention in forms.find(target):
            assert target[mention.start : mention.end] == mention.form
        names(source, target, lang)


@given(st.sampled_from([term for term in GLOSSARY.terms if term.forms.get(Lang.ZH)]))
def test_a_term_of_the_source_is_never_invented(term: object) -> None:
    french, form = term.french, term.forms[Lang.ZH][0]  # type: ignore[attr-defined]
    assert names(f"On parle de {french}.", f"谈到{form}。", Lang.ZH) == []
