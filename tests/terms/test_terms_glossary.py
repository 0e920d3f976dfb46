"""Layers of glossaries, their digest, and their way to other processes."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from translate.domain import Lang
from translate.terms import CaseRule, Glossary, Term, TermPart, applied
from translate.terms.files import read_default
from translate.terms.review import Kind, review


def layer(folder: Path, name: str, *rows: str) -> Path:
    path = folder / name
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def preferred(glossary: Glossary, sentence: str) -> list[tuple[str | None, str | None]]:
    return [
        (match.term.preferred(Lang.EN), match.term.preferred(Lang.ZH)) for match in glossary.find(sentence)
    ]


def test_a_later_file_goes_before_language_by_language(tmp_path: Path) -> None:
    first = layer(tmp_path, "a.tsv", "OMC\tWTO\t世贸组织", "Chine\tChina\t中国")
    second = layer(tmp_path, "b.tsv", "OMC\tTrade Body")
    glossary = Glossary.load([first, second], default=False)
    assert preferred(glossary, "L'OMC et la Chine") == [("Trade Body", "世贸组织"), ("China", "中国")]
    assert preferred(Glossary.load([second, first], default=False), "L'OMC") == [("WTO", "世贸组织")]


def test_a_file_goes_before_the_package_however_it_spells(tmp_path: Path) -> None:
    mine = layer(tmp_path, "a.tsv", "union européenne\tthe Union")
    glossary = Glossary.load([mine])
    assert preferred(glossary, "L'Union européenne") == [("the Union", "欧盟")]
    assert len(glossary.named("UNION EUROPEENNE")) == 1


def test_a_dash_takes_a_form_away(tmp_path: Path) -> None:
    mine = layer(tmp_path, "a.tsv", "OTAN\t-\t-", "Chine\t-")
    glossary = Glossary.load([mine])
    assert preferred(glossary, "L'OTAN et la Chine") == [(None, "中国")]


def test_without_the_package(tmp_path: Path) -> None:
    mine = layer(tmp_path, "a.tsv", "OMC\tWTO")
    assert [term.french for term in Glossary.load([mine], default=False).terms] == ["OMC"]
    assert Glossary.load(default=False).terms == ()


def test_a_pattern_of_mine_goes_before_the_word_of_the_package(tmp_path: Path) -> None:
    mine = layer(tmp_path, "a.tsv", "french\tenglish\tpattern", "OTAN\tthe Alliance\tOTAN|Otan")
    assert preferred(Glossary.load([mine]), "L'Otan")[0][0] == "the Alliance"


def test_the_digest_depends_on_what_counts_and_on_nothing_else() -> None:
    one = Term("Chine", {Lang.EN: ("China",)}, note="a", path="x", line=1)
    two = Term("Mali", {Lang.EN: ("Mali",)})
    digest = Glossary.of([one, two]).digest
    assert Glossary.of([two, one]).digest == digest
    assert (
        Glossary.of([Term("Chine", {Lang.EN: ("China",)}, note="b", path="y", line=2), two]).digest == digest
    )
    assert len(digest) == 64
    others = [
        Term("Chine", {Lang.EN: ("PRC",)}),
        Term("Chine", {Lang.ZH: ("China",)}),
        Term("Chine", {Lang.EN: ("China", "PRC")}),
        Term("Chine", {Lang.EN: ("China",)}, TermPart.PLACE),
        Term("Chine", {Lang.EN: ("China",)}, case=CaseRule.EXACT),
        Term("Chine", {Lang.EN: ("China",)}, priority=1),
        Term("Chine", {Lang.EN: ("China",)}, pattern="Chine"),
    ]
    assert len({Glossary.of([other, two]).digest for other in others} | {digest}) == len(others) + 1


def test_a_glossary_goes_to_another_process_and_finds_the_same() -> None:
    glossary = Glossary.load()
    copy = pickle.loads(pickle.dumps(glossary))
    assert copy == glossary
    assert copy.find("La Chine") == glossary.find("La Chine") != ()
    assert copy.digest == glossary.digest


def test_matches_can_be_keys() -> None:
    matches = Glossary.load().find("La Chine et le Mali")
    assert len(set(matches)) == 2


def test_the_review_finds_what_is_doubtful(tmp_path: Path) -> None:
    first = layer(
        tmp_path,
        "a.tsv",
        "Banque centrale\tcentral bank",
        "Banque centrale\tcentral bank",
        "Banque Centrale\tCentral Bank\t央行",
        "Banque centrale du Mali\tcentral bank of Mali",
        "Chine\tChina",
        "chine\tchine paper",
        "nothing",
    )
    second = layer(tmp_path, "b.tsv", "CHINE\tPRC", "Mars\tMars", "Mars\tthe planet")
    found = review([first, second], ["La Banque centrale et Mars."])
    told = [(Path(remark.path).name, remark.line, remark.kind, remark.term) for remark in found.remarks]
    assert told == [
        ("a.tsv", 2, Kind.DUPLICATE, "Banque centrale"),
        ("a.tsv", 3, Kind.CONFLICT, "Banque Centrale"),
        ("a.tsv", 3, Kind.OVERLAP, "Banque Centrale"),
        ("a.tsv", 4, Kind.UNMATCHED, "Banque centrale du Mali"),
        ("a.tsv", 7, Kind.UNUSABLE, ""),
        ("b.tsv", 1, Kind.OVERRIDES, "CHINE"),
        ("b.tsv", 1, Kind.UNMATCHED, "CHINE"),
        ("b.tsv", 3, Kind.CONFLICT, "Mars"),
    ]
    assert [remark.kind for remark in found.errors] == [Kind.CONFLICT, Kind.UNUSABLE, Kind.CONFLICT]


def test_a_sound_file_has_nothing_to_remark(tmp_path: Path) -> None:
    assert review([layer(tmp_path, "a.tsv", "Chine\tChina", "Mali\tMali")]).remarks == ()


def test_the_glossary_of_the_package_is_sound() -> None:
    import translate.terms

    path = Path(translate.terms.__file__).with_name("default.tsv")
    kinds = {remark.kind for remark in review([path]).remarks}
    assert kinds <= {Kind.OVERLAP}
    assert len(read_default()) > 2000


@pytest.mark.parametrize(
    ("sentence", "english", "chinese"),
    [
        ("L'Union européenne (UE)", ["European Union", "EU"], ["欧盟", "欧盟"]),
        (
            "l’OTAN, l'Otan et l’ONU",
            ["NATO", "NATO", "UN"],
            ["北约", "北约", "联合国"],
        ),
        ("au Caire et à N'Djamena", ["Cairo", "N'Djamena"], ["开罗", "恩贾梅纳"]),
        ("M. Qin Gang ; M. Qin, Mme Mao", ["Qin Gang", "Mr Qin", "Ms Mao"], ["秦刚", "秦先生", "毛女士"]),
        ("l'Organisation mondiale de la santé", ["World Health Organization"], ["世界卫生组织"]),
        (
            "la présidente de la Commission européenne",
            ["president of the European Commission"],
            ["欧盟委员会主席"],
        ),
        ("l'initiative « la Ceinture et la Route »", ["Belt and Road Initiative"], ["“一带一路”倡议"]),
        ("Emmanuel Macron et Xi Jinping", ["Emmanuel Macron", "Xi Jinping"], ["马克龙", "习近平"]),
        (
            "l'Onu, la Finul, le Giec",
            ["UN", "UNIFIL", "IPCC"],
            ["联合国", "联黎部队", "政府间气候变化专门委员会"],
        ),
        ("la mer Égée, le LAC LÉMAN", ["Aegean Sea", "Lake Geneva"], ["爱琴海", "日内瓦湖"]),
        ("des Pouilles à Vintimille", ["Puglia", "Ventimiglia"], ["普利亚", "文蒂米利亚"]),
        ("en Galilée, à la Toussaint", ["Galilee", "All Saints' Day"], ["加利利", "诸圣节"]),
        ("Galilée, Toussaint Louverture, la manche, la VAR", [], []),
        ("la coupe du monde ; coupé du monde", ["World Cup"], ["世界杯"]),
        ("vingt-sept des Vingt-Sept", ["27 EU member states"], ["欧盟27国"]),
        ("mars, nice, renaissance, horizons : été", [], []),
    ],
)
def test_terms_of_the_package(sentence: str, english: list[str], chinese: list[str]) -> None:
    matches = Glossary.load().find(sentence)
    assert [match.term.preferred(Lang.EN) for match in matches] == english
    assert [match.term.preferred(Lang.ZH) for match in matches] == chinese


SHARED = Path(__file__).parents[3] / "shared/data/domain"


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason="the measuring texts are not beside the checkout")
@pytest.mark.parametrize(("lang", "column", "least"), [(Lang.EN, 1, 0.99), (Lang.ZH, 2, 0.98)])
def test_human_translations_have_the_terms_of_the_package(lang: Lang, column: int, least: float) -> None:
    glossary = Glossary.load()
    rows = [line.split("\t") for line in (SHARED / "dev.tsv").read_text("utf-8").splitlines()]
    found = [
        (match, row[column]) for row in rows for match in glossary.find(row[0]) if match.term.preferred(lang)
    ]
    assert len(found) > 400
    assert sum(applied(match, target, lang) is not None for match, target in found) >= least * len(found)
