"""TMX as translation tools write it, and as nobody should."""

from __future__ import annotations

from pathlib import Path

import pytest

import translate.evaluate as ev
from translate.errors import InputError

HEAD = '<tmx version="1.4"><header srclang="fr" datatype="plaintext"/><body>'
TAIL = "</body></tmx>"


def unit(**segments: str) -> str:
    return (
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{tag.replace("_", "-")}"><seg>{text}</seg></tuv>'
            for tag, text in segments.items()
        )
        + "</tu>"
    )


def tmx(folder: Path, *units: str, prolog: str = "", encoding: str = "utf-8") -> Path:
    path = folder / "memory.tmx"
    text = f'<?xml version="1.0" encoding="{encoding}"?>\n{prolog}{HEAD}\n' + "\n".join(units) + TAIL
    path.write_bytes(text.encode(encoding))
    return path


def read(path: Path, *columns: str) -> ev.TestSet:
    source, reference = columns or ("fr", "en")
    return ev.TestSet.read(path, columns=(source, reference))


def fails(path: Path, *columns: str) -> InputError:
    with pytest.raises(InputError) as caught:
        read(path, *columns)
    return caught.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_units_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    testset = read(tmx(tmp_path, unit(fr="Été", en="Summer"), unit(en="Hi", fr="Salut"), encoding=encoding))
    assert testset.sources == ("Été", "Salut")
    assert testset.references == ("Summer", "Hi")


def test_regional_tags_match_and_simplified_is_preferred(tmp_path: Path) -> None:
    path = tmx(tmp_path, unit(fr_FR="Bonjour", zh_TW="您好（繁體）", zh_CN="您好"))
    testset = read(path, "fr", "zh")
    assert testset.references == ("您好",)
    assert testset.notices == ()
    assert read(path, "fr", "zh-TW").references == ("您好（繁體）",)


def test_traditional_references_are_used_but_said(tmp_path: Path) -> None:
    assert read(tmx(tmp_path, unit(fr="Bonjour", zh_TW="您好")), "fr", "zh").notices == (
        "1 segments are zh-TW: traditional characters",
    )


def test_the_old_lang_attribute(tmp_path: Path) -> None:
    path = tmx(tmp_path, '<tu><tuv lang="FR"><seg>Oui</seg></tuv><tuv lang="EN"><seg>Yes</seg></tuv></tu>')
    assert read(path).references == ("Yes",)


def test_units_without_the_pair_are_counted(tmp_path: Path) -> None:
    testset = read(tmx(tmp_path, unit(fr="Un", en="One"), unit(fr="Deux", de="Zwei"), unit(en="Three")))
    assert testset.sources == ("Un",)
    assert testset.notices == ("2 of 3 units lack fr or en: left out",)


def test_no_unit_with_the_pair_names_the_languages(tmp_path: Path) -> None:
    error = fails(tmx(tmp_path, unit(fr="Un", de="Eins")), "fr", "zh")
    assert "no unit has both fr and zh" in str(error)
    assert error.hint == "languages in the file: de, fr"


def test_inline_codes_are_left_out_and_highlights_stay(tmp_path: Path) -> None:
    french = (
        'Un <bpt i="1">&lt;b&gt;<sub>titre</sub></bpt>mot<ept i="1">&lt;/b&gt;</ept> <hi>clair</hi><ph/>.'
    )
    assert read(tmx(tmp_path, unit(fr=french, en="A word"))).sources == ("Un mot clair.",)


def test_white_space_of_pretty_printing_is_folded(tmp_path: Path) -> None:
    assert read(tmx(tmp_path, unit(fr="\n   Un\n   mot\n", en="A word"))).sources == ("Un mot",)


def test_predefined_and_numeric_references_are_read(tmp_path: Path) -> None:
    assert read(tmx(tmp_path, unit(fr="R&amp;D &#233;t&#xE9;", en="R&amp;D"))).sources == ("R&D été",)


def test_a_doctype_is_allowed_and_never_fetched(tmp_path: Path) -> None:
    path = tmx(
        tmp_path, unit(fr="Un", en="One"), prolog='<!DOCTYPE tmx SYSTEM "http://localhost:9/tmx14.dtd">\n'
    )
    assert len(read(path)) == 1


@pytest.mark.parametrize(
    "declaration",
    [
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "file:///etc/passwd">',
    ],
)
def test_entity_declarations_are_refused(tmp_path: Path, declaration: str) -> None:
    path = tmx(tmp_path, unit(fr="&a;", en="One"), prolog=f"<!DOCTYPE tmx [{declaration}]>\n")
    assert "memory.tmx:2: declares the entity 'a'" in str(fails(path))


def test_an_undeclared_entity_is_never_dropped_silently(tmp_path: Path) -> None:
    path = tmx(tmp_path, unit(fr="caf&eacute;", en="coffee"), prolog='<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n')
    assert "undeclared entity &eacute;" in str(fails(path))
    assert "undefined entity" in str(fails(tmx(tmp_path, unit(fr="caf&eacute;", en="coffee"))))


def test_an_empty_segment_is_refused_with_its_line(tmp_path: Path) -> None:
    error = fails(tmx(tmp_path, unit(fr="Un", en="One"), unit(fr="Deux", en=" ")))
    assert "memory.tmx:4: an empty segment (en)" in str(error)


def test_broken_and_foreign_xml(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    path.write_text("<tmx>\n<body>\n<tu>", encoding="utf-8")
    assert "a.tmx:3: not well-formed XML" in str(fails(path))
    path.write_text("<html/>", encoding="utf-8")
    assert "not a TMX file: it begins with <html>" in str(fails(path))
    path.write_text("", encoding="utf-8")
    assert "not well-formed XML" in str(fails(path))
    path.write_text(HEAD + "<tu><tuv><seg>a</seg></tuv></tu>" + TAIL, encoding="utf-8")
    assert "a <tuv> without xml:lang" in str(fails(path))
    assert "No such file" in str(fails(tmp_path / "none.tmx"))


def test_languages_must_be_chosen(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="two languages must be chosen"):
        ev.TestSet.read(tmx(tmp_path, unit(fr="Un", en="One")))


def test_the_hash_is_that_of_the_same_text_files(tmp_path: Path) -> None:
    assert read(tmx(tmp_path, unit(fr="Un", en="One"))).digest == ev.TestSet("x", ("Un",), ("One",)).digest
