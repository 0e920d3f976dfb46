"""Glossary files: tables, YAML and TBX, and what is said about those that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from translate.domain import Lang
from translate.errors import InputError
from translate.terms import CaseRule, Glossary, Term, TermPart
from translate.terms.files import read_source, read_terms


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def terms(path: Path) -> dict[str, Term]:
    return {term.french: term for term in read_terms(path)[0]}


def forms(term: Term) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(term.forms.get(Lang.EN, ())), tuple(term.forms.get(Lang.ZH, ()))


def refused(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_terms(path)
    assert caught.value.exit_code == 3
    return f"{caught.value} | {caught.value.hint}"


def test_three_columns_without_a_head(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "# a remark\nChine\tChina\t中国\n\nMali\tMali\n")
    found = terms(path)
    assert forms(found["Chine"]) == (("China",), ("中国",))
    assert forms(found["Mali"]) == (("Mali",), ())
    assert (found["Mali"].path, found["Mali"].line) == (str(path), 4)


def test_a_head_names_the_columns_in_any_order_and_language(tmp_path: Path) -> None:
    text = (
        "chinois\tPart\tfrançais\tEN\tpriority\tcase\tnote\n"
        "总统\ttitle\tprésident\tpresident\t3\tany\thead of state\n"
    )
    (term,) = terms(write(tmp_path, "a.tsv", text)).values()
    assert (term.french, term.part, term.priority, term.case) == (
        "président",
        TermPart.TITLE,
        3,
        CaseRule.ANY,
    )
    assert forms(term) == (("president",), ("总统",))
    assert term.note == "head of state"


def test_alternatives_the_preferred_one_first(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "Biélorussie; Bélarus\tBelarus\t白俄罗斯；白俄\n")
    found = terms(path)
    assert list(found) == ["Biélorussie", "Bélarus"]
    assert forms(found["Bélarus"]) == (("Belarus",), ("白俄罗斯", "白俄"))


def test_an_acronym_in_brackets_is_a_term_of_its_own(tmp_path: Path) -> None:
    row = "Fédération internationale (FIFA)\tworld federation (FIFA)\t国际足球联合会（国际足联）\n"
    found = terms(write(tmp_path, "a.tsv", row))
    assert found["Fédération internationale"].acronym == "FIFA"
    assert forms(found["Fédération internationale"]) == (
        ("world federation", "FIFA"),
        ("国际足球联合会", "国际足联"),
    )
    assert forms(found["FIFA"]) == (("FIFA", "world federation"), ("国际足联", "国际足球联合会"))


@pytest.mark.parametrize(
    ("name", "inside", "is_acronym"),
    [
        ("Parquet national antiterroriste", "Pnat", True),
        ("Agence de l'environnement et de la maîtrise de l'énergie", "Ademe", True),
        ("Coopérative pour le développement du Congo", "Codeco", True),
        ("Conférence épiscopale nationale du Congo", "Cenco", True),
        ("Forum économique mondial", "Davos", False),
        ("Secrétariat d'Etat à l'économie", "Suisse", False),
        ("Fédération française de rugby", "France", False),
        ("Parti de la justice", "Paris", False),
    ],
)
def test_an_acronym_that_is_said_as_a_word_begins_words_of_its_name(
    name: str, inside: str, is_acronym: bool, tmp_path: Path
) -> None:
    found = terms(write(tmp_path, "a.tsv", f"{name} ({inside})\tsome office\t机构\n"))
    assert list(found) == [name, *[inside] * is_acronym]
    assert found[name].acronym == (inside if is_acronym else None)


def test_other_brackets_are_remarks(tmp_path: Path) -> None:
    found = terms(write(tmp_path, "a.tsv", "Bercy\tBercy (finance ministry)\t贝西（法国财政部）\n"))
    assert forms(found["Bercy"]) == (("Bercy",), ("贝西",))
    assert found["Bercy"].note == "finance ministry; 法国财政部"


def test_tsv_has_no_quoting_but_quoted_names_lose_their_quotes(tmp_path: Path) -> None:
    found = terms(write(tmp_path, "a.tsv", '"Pont vers le chinois"\t"Chinese Bridge"\t-\n'))
    assert list(found) == ["Pont vers le chinois"]
    assert forms(found["Pont vers le chinois"]) == (('"Chinese Bridge"',), ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_with_the_delimiters_of_spreadsheets(tmp_path: Path, delimiter: str) -> None:
    rows = [["french", "english", "chinese"], ["Crédit, Agricole", '"the; bank"', "农业"]]
    lines = [delimiter.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    found = terms(write(tmp_path, "a.csv", "\ufeff" + "\r\n".join(lines)))
    assert list(found) == ["Crédit, Agricole"]
    assert forms(found["Crédit, Agricole"])[1] == ("农业",)


def test_csv_lines_are_counted_as_they_stand_in_the_file(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, "a.csv", 'a,b\n"c\nd",e\n,f\n'))
    assert [(term.french, term.line) for term in source.terms] == [("a", 1), ("c d", 2)]
    assert [problem.line for problem in source.problems] == [4]


def test_a_quote_that_is_never_closed(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, "a.csv", 'a,b\n"c,d\ne,f\n'))
    assert [term.french for term in source.terms] == ["a"]
    assert [(problem.line, problem.message[:26]) for problem in source.problems] == [
        (2, "not CSV from here on: unex")
    ]


def test_other_encodings_are_told(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "Equipe de Côte\tteam\n".encode("cp1252"))
    read, notices = read_terms(path)
    assert read[0].french == "Equipe de Côte"
    assert any("indows" in notice or "1252" in notice for notice in notices)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("seul", "1 column; expected are french, english, chinese"),
        ("a\tb\tc\td", "4 columns"),
        ("\tEnglish", "no French term"),
        ("…\tEnglish", "has no word in it"),
        ("la\tthe", "is an article"),
        ("a\t\t", "no English and no Chinese form"),
        ("a" * 500 + "\tb", "500 characters"),
    ],
)
def test_a_row_that_is_no_term(tmp_path: Path, row: str, said: str) -> None:
    path = write(tmp_path, "a.tsv", f"Chine\tChina\n{row}\n")
    message = refused(path)
    assert message.startswith(f"{path}:2: ")
    assert said in message


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("part", "town", "choose from person, organisation, place, title, initiative, other"),
        ("case", "upper", "choose from any, capital, exact"),
        ("priority", "high", "is no whole number"),
        ("pattern", "(", "is no regular expression"),
        ("pattern", "(a+)+b", "repeats a repetition"),
        ("pattern", "a*", "content with no text"),
        ("pattern", "a" * 300, "300 characters"),
    ],
)
def test_a_setting_that_is_wrong(tmp_path: Path, column: str, value: str, said: str) -> None:
    path = write(tmp_path, "a.tsv", f"french\tenglish\t{column}\na\tb\t{value}\n")
    message = refused(path)
    assert message.startswith(f"{path}:2: ")
    assert said in message


def test_all_bad_rows_are_counted_and_the_good_ones_kept_for_the_check(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tsv", "a\tb\nc\nd\n")
    assert "1 more like it: translate glossary check" in refused(path)
    source = read_source(path)
    assert [term.french for term in source.terms] == ["a"]
    assert [problem.line for problem in source.problems] == [2, 3]


@pytest.mark.parametrize("head", ["french\tenglish\tgerman", "french\tfr\tenglish"])
def test_a_head_with_a_strange_column(tmp_path: Path, head: str) -> None:
    assert "column" in refused(write(tmp_path, "a.tsv", f"{head}\na\tb\tc\n"))


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"PK\x03\x04", "known are .tsv .csv .tbx"),
        ("a.tsv", b"", "there is no term in it"),
        ("a.tsv", b"# only a remark\n", "there is no term in it"),
        ("a.csv", b"\x89PNG\r\n\x1a\n\x00\x00", "picture"),
        ("a.yaml", b"terms: [", "not YAML"),
        ("a.yaml", b"a: b", "no list of terms"),
        ("a.yaml", b"- just text", "not a term"),
        ("a.yaml", b"- {french: a, englsh: b}", "unknown key 'englsh'"),
        ("a.yaml", b"- {french: a, english: {b: c}}", "must be a text or a list of texts"),
        ("a.yaml", b"- {french: a, french: b}", "twice"),
        ("a.yaml", b"!!python/object/apply:os.system [ls]", "not a term"),
        ("a.yaml", b"[" * 5000, "YAML"),
        ("a.tbx", b"<tbx>", "not well-formed XML"),
        ("a.tbx", b"<tmx/>", "not a TBX file: it begins with <tmx>"),
        ("a.tbx", b'<!DOCTYPE tbx [<!ENTITY e "x">]><tbx>&e;</tbx>', "entity declarations are refused"),
        ("a.tbx", b'<!DOCTYPE tbx SYSTEM "http://host/tbx.dtd"><tbx>&e;</tbx>', "undeclared entity"),
        ("a.tbx", b"<tbx><conceptEntry><langSec/></conceptEntry></tbx>", "without xml:lang"),
    ],
)
def test_a_file_that_is_no_glossary(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    path = write(tmp_path, name, data)
    message = refused(path)
    assert str(path) in message
    assert said in message


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert "No such file" in refused(tmp_path / "gone.tsv")
    assert "irectory" in refused(write_folder(tmp_path))


def write_folder(folder: Path) -> Path:
    (folder / "folder.tsv").mkdir()
    return folder / "folder.tsv"


def test_yaml(tmp_path: Path) -> None:
    text = """
    terms:
      - french: Organisation mondiale de la santé
        acronym: OMS
        english: [World Health Organization, WHO]
        chinese: 世界卫生组织
        part: organisation
      - {french: Macron, english: Macron, chinese: []}
    """
    path = write(tmp_path, "a.yaml", text)
    found = terms(path)
    assert forms(found["Organisation mondiale de la santé"])[0] == ("World Health Organization", "WHO")
    assert forms(found["OMS"])[0] == ("WHO", "World Health Organization")
    assert found["OMS"].part is TermPart.ORGANISATION
    assert found["Macron"].line == 8
    assert forms(found["Macron"]) == (("Macron",), ())


def test_a_yaml_list_at_the_top(tmp_path: Path) -> None:
    assert list(terms(write(tmp_path, "a.yml", "- {french: a, english: b}\n"))) == ["a"]


BASIC = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "http://example.invalid/TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
 <termEntry id="1">
  <descrip type="subjectField">health</descrip>
  <langSet xml:lang="fr">
   <tig><term>Organisation mondiale de la <hi>santé</hi></term></tig>
   <tig><term>OMS</term><termNote type="termType">acronym</termNote></tig>
   <tig><term>Bureau d'hygiène</term>
    <termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
  </langSet>
  <langSet xml:lang="en-US">
   <ntig><termGrp><term>Health Body</term></termGrp></ntig>
   <tig><term>World Health Organization</term>
    <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
   <tig><term>WHO</term><termNote type="termType">acronym</termNote></tig>
  </langSet>
  <langSet xml:lang="zh-TW"><tig><term>世界衛生組織</term></tig></langSet>
  <langSet xml:lang="zh-CN"><tig><term>世界卫生组织</term></tig></langSet>
 </termEntry>
 <termEntry id="2"><langSet xml:lang="de"><tig><term>Haus</term></tig></langSet></termEntry>
</body></text></martif>
"""

CORE = """<?xml version="1.0"?>
<tbx type="TBX-Core" style="dct" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min">
<text><body><conceptEntry id="c1">
 <langSec xml:lang="fra"><termSec><term>Chine</term></termSec></langSec>
 <langSec xml:lang="en"><termSec><term>PRC</term>
  <min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec>
 <termSec><term>China</term></termSec></langSec>
</conceptEntry>
<conceptEntry id="c2"><langSec xml:lang="fr"><termSec><term></term></termSec></langSec>
<langSec xml:lang="en"><termSec><term>x</term></termSec></langSec></conceptEntry>
</body></text></tbx>
"""


@pytest.mark.usefixtures("no_network")
def test_tbx_basic(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tbx", BASIC)
    read, notices = read_terms(path)
    found = {term.french: term for term in read}
    assert list(found) == ["Organisation mondiale de la santé", "OMS"]
    long = forms(found["Organisation mondiale de la santé"])
    assert long == (("World Health Organization", "Health Body", "WHO"), ("世界卫生组织",))
    assert forms(found["OMS"])[0][0] == "WHO"
    assert found["OMS"].note == "health"
    assert found["OMS"].line == 8
    assert notices == (f"{path}: 1 of 2 concepts lack French, or English and Chinese: left out",)


def test_tbx_core_and_a_concept_that_is_empty(tmp_path: Path) -> None:
    source = read_source(write(tmp_path, "a.tbx", CORE))
    assert [(term.french, forms(term)[0]) for term in source.terms] == [("Chine", ("China",))]
    assert [problem.line for problem in source.problems] == [9]


def test_the_same_terms_from_every_format(tmp_path: Path) -> None:
    tsv = write(tmp_path, "a.tsv", "Chine\tChina; PRC\t中国\n")
    csv = write(tmp_path, "a.csv", "Chine,China; PRC,中国\n")
    yaml = write(tmp_path, "a.yaml", "- {french: Chine, english: [China, PRC], chinese: 中国}\n")
    tbx = write(
        tmp_path,
        "a.tbx",
        "<martif><text><body><termEntry>"
        "<langSet xml:lang='fr'><tig><term>Chine</term></tig></langSet>"
        "<langSet xml:lang='en'><tig><term>China</term></tig><tig><term>PRC</term></tig></langSet>"
        "<langSet xml:lang='zh'><tig><term>中国</term></tig></langSet>"
        "</termEntry></body></text></martif>",
    )
    digests = {Glossary.load([path], default=False).digest for path in (tsv, csv, yaml, tbx)}
    assert len(digests) == 1
