"""TMX out and in again; TMX as other tools write it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.memory.samples import FOREIGN
from translate.domain import Finding, Hypothesis, Lang, Severity, TermStatus, TermUse
from translate.errors import InputError, OutputError
from translate.memory import Imported, Memory, Stored
from translate.text.tmx import units

RECIPE = "m:tiny@1a2b3c4d|b:4|g:0011"
FRENCH = "R&D : l’« été » <b>de</b> l’OIM"
JUDGED = Hypothesis(
    'R&D: IOM\'s "summer"',
    -0.1234567890123456789,
    (Finding("numbers", Severity.ERROR, 'says "3"', None, (1, 3)),),
    (TermUse("OIM", "IOM", TermStatus.ENFORCED, (3, 6), (5, 8)),),
)
WHEN = datetime(2024, 2, 29, 23, 59, 58, tzinfo=UTC)


def dumped(memory: Memory, **which: object) -> bytes:
    stream = io.BytesIO()
    memory.export_tmx(stream, **which)  # type: ignore[arg-type]
    return stream.getvalue()


def tmx(folder: Path, body: str, name: str = "agency.tmx") -> Path:
    path = folder / name
    path.write_text(f'<tmx version="1.4"><header srclang="fr"/><body>{body}</body></tmx>', encoding="utf-8")
    return path


def unit(**segs: str) -> str:
    return (
        "<tu>"
        + "".join(
            f'<tuv xml:lang="{tag.replace("_", "-")}"><seg>{text}</seg></tuv>' for tag, text in segs.items()
        )
        + "</tu>"
    )


# What a sentence may be: no line breaks (they are layout in TMX), nothing that XML cannot hold.
sentences = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1)
    .filter(str.strip)
    .map(lambda text: text.strip(" "))
)
hypotheses = st.builds(
    Hypothesis,
    sentences,
    st.none() | st.floats(allow_nan=False),
    st.lists(
        st.builds(
            Finding,
            sentences,
            st.sampled_from(Severity),
            st.text(st.characters(exclude_categories=["Cs"])),
            st.none() | st.tuples(st.integers(0, 9), st.integers(0, 9)),
        ),
        max_size=2,
    ).map(tuple),
)


@given(
    machine=st.dictionaries(sentences, hypotheses, max_size=4),
    people=st.dictionaries(sentences, sentences, max_size=4),
    recipe=st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1
    ),
    lang=st.sampled_from([Lang.EN, Lang.ZH]),
)
def test_what_goes_out_comes_back(
    tmp_path_factory: pytest.TempPathFactory,
    machine: dict[str, Hypothesis],
    people: dict[str, str],
    recipe: str,
    lang: Lang,
) -> None:
    path = tmp_path_factory.getbasetemp() / "round.tmx"
    with Memory.open(None) as memory, Memory.open(None) as copy:
        memory.store(machine.items(), lang, recipe, created=WHEN)
        memory.store(people.items(), lang, None, human=True, created=WHEN, origin="a & b.tmx")
        assert memory.export_tmx(path) == len(machine) + len(people)
        done = copy.import_tmx(path)
        assert done == Imported(len(machine) + len(people), Stored(added=len(machine) + len(people)))
        assert list(copy.entries()) == list(memory.entries())
        assert dumped(copy) == dumped(memory) == path.read_bytes()


def test_a_unit_says_who_made_it_and_how(memory: Memory) -> None:
    memory.store([(FRENCH, JUDGED)], Lang.EN, RECIPE, created=WHEN)
    memory.store([(FRENCH, "夏天")], Lang.ZH, None, human=True, created=WHEN)
    root = ElementTree.fromstring(dumped(memory))
    head = root.find("header")
    assert root.attrib == {"version": "1.4"} and head is not None
    assert head.attrib == {
        "creationtool": "translate-dispatch",
        "creationtoolversion": head.attrib["creationtoolversion"],
        "segtype": "sentence",
        "o-tmf": "translate-dispatch",
        "adminlang": "en",
        "srclang": "fr",
        "datatype": "plaintext",
    }
    first, second = root.iter("tu")
    assert first.attrib == {"creationdate": "20240229T235958Z"}
    props = {prop.attrib["type"]: prop.text for prop in first.iter("prop")}
    assert props["x-translate-origin"] == "machine"
    assert props["x-translate-recipe"] == RECIPE
    assert float(props["x-translate-score"] or 0) == JUDGED.score
    assert json.loads(props["x-translate-findings"] or "")[0]["code"] == "numbers"
    lang = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [(tuv.attrib[lang], tuv.findtext("seg")) for tuv in first.iter("tuv")] == [
        ("fr", FRENCH),
        ("en", JUDGED.text),
    ]
    assert [tuv.attrib[lang] for tuv in second.iter("tuv")] == ["fr", "zh-CN"]
    # The order of the document type: attributes of a unit, then its variants.
    assert [child.tag for child in first] == ["prop"] * 5 + ["tuv"] * 2


def test_only_one_language_or_one_kind(memory: Memory, tmp_path: Path) -> None:
    memory.store([("Un", "one")], Lang.EN, RECIPE)
    memory.store([("Un", "一")], Lang.ZH, None, human=True)
    assert memory.export_tmx(tmp_path / "a.tmx", target=Lang.EN) == 1
    assert b"zh-CN" not in (tmp_path / "a.tmx").read_bytes()
    assert b"machine" not in dumped(memory, human=True)
    assert b"human" not in dumped(memory, human=False)
    assert dumped(memory, target=Lang.ZH, human=False).count(b"<tu") == 0


def test_characters_that_xml_cannot_hold_are_left_out(memory: Memory) -> None:
    memory.store([("Un\x00 \x0bdeux\ufffe", "one\x1b two")], Lang.EN, RECIPE)
    texts = [seg.text for seg in ElementTree.fromstring(dumped(memory)).iter("seg")]
    assert texts == ["Un deux", "one two"]


@pytest.mark.parametrize("tool", FOREIGN)
def test_files_of_other_tools(memory: Memory, tmp_path: Path, tool: str) -> None:
    path = tmp_path / f"{tool}.tmx"
    path.write_bytes(FOREIGN[tool])
    done = memory.import_tmx(path)
    assert (done.stored.added, done.foreign, done.empty) == (2, 0, 0)
    source = "Le président s’est rendu à Pékin."
    english = memory.lookup([source], Lang.EN, "any")[source]
    assert (english.target, english.human, english.origin) == (
        "The president went to Beijing.",
        True,
        path.name,
    )
    assert memory.lookup([source], Lang.ZH, "any")[source].target == "总统前往北京。"
    assert english.created == datetime(2019, 5, 6, 7, 8, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tags", "kept"),
    [
        (("fr", "en"), True),
        (("FR-FR", "EN-US"), True),
        (("fr_CA", "en-GB"), True),
        (("fra", "eng"), True),
        (("fr-FR", "zh"), True),
        (("fr", "zh-CN"), True),
        (("fr", "zh-Hans"), True),
        (("fr", "zh-Hans-SG"), True),
        (("fr", "cmn-Hans"), True),
        (("fr", "zh-TW"), False),
        (("fr", "zh-Hant"), False),
        (("fr", "de"), False),
        (("en", "zh"), False),
    ],
)
def test_language_codes(memory: Memory, tmp_path: Path, tags: tuple[str, str], kept: bool) -> None:
    done = memory.import_tmx(tmx(tmp_path, unit(**{tags[0]: "Bonjour", tags[1]: "Hello 您好"})))
    assert done.units == 1
    assert done.stored.added == int(kept)
    assert done.foreign + done.traditional == int(not kept)


def test_simplified_is_taken_where_both_are_there(memory: Memory, tmp_path: Path) -> None:
    memory.import_tmx(tmx(tmp_path, unit(zh_TW="傳統", fr="Bonjour", zh_CN="简体")))
    assert memory.lookup(["Bonjour"], Lang.ZH, "any")["Bonjour"].target == "简体"


def test_what_is_left_out_is_counted(memory: Memory, tmp_path: Path) -> None:
    body = unit(fr="Un", en="one") + unit(fr="Un", en="one") + unit(fr="Deux", en=" ") + unit(fr="", en="x")
    body += unit(de="Drei", en="three") + unit(fr="Un", en="One!")
    done = memory.import_tmx(tmx(tmp_path, body))
    assert (done.units, done.foreign, done.empty) == (6, 1, 2)
    assert memory.lookup(["Un"], Lang.EN, "any")["Un"].target == "One!"
    again = memory.import_tmx(tmx(tmp_path, body))
    assert again.stored == Stored(same=1)


def test_inline_tags_are_flattened_and_layout_is_a_space(memory: Memory, tmp_path: Path) -> None:
    french = 'Un <bpt i="1">&lt;b&gt;</bpt>mot<ept i="1">&lt;/b&gt;</ept>\n   <hi>clair</hi><ph/>\u00a0!'
    memory.import_tmx(tmx(tmp_path, unit(fr=french, en="A\u00a0word")))
    (entry,) = memory.entries()
    assert (entry.source, entry.target) == ("Un mot clair\u00a0!", "A\u00a0word")


def test_a_broken_file_says_where_and_keeps_what_came_before(memory: Memory, tmp_path: Path) -> None:
    good = "".join(unit(fr=f"Phrase {each}", en=f"Sentence {each}") + "\n" for each in range(5000))
    path = tmp_path / "cut.tmx"
    whole = tmx(tmp_path, good).read_text(encoding="utf-8")
    path.write_text(whole[: len(whole) * 9 // 10], encoding="utf-8")
    with pytest.raises(InputError, match=r"cut\.tmx:\d+: not well-formed XML") as caught:
        memory.import_tmx(path)
    assert caught.value.hint == "the first 4,000 units are in; mend it and import it again"
    assert memory.stats().human == 4000
    path.write_text(whole, encoding="utf-8")
    assert memory.import_tmx(path).stored == Stored(added=1000, same=4000)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "no element found"),
        ("<html/>", "not a TMX file"),
        ("nonsense", "not well-formed XML"),
        ('<!DOCTYPE t [<!ENTITY a "b">]><tmx/>', "declares the entity"),
        ("<tmx><body><tu><tuv><seg>a</seg></tuv></tu></body></tmx>", "without xml:lang"),
    ],
)
def test_what_is_no_tmx_is_refused(memory: Memory, tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "bad.tmx"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=complaint) as caught:
        memory.import_tmx(path)
    assert str(path) in str(caught.value) and caught.value.exit_code == 3
    assert memory.stats().sources == 0


def test_a_unit_of_ours_that_was_spoilt_by_hand(memory: Memory, tmp_path: Path) -> None:
    memory.store([(FRENCH, JUDGED)], Lang.EN, RECIPE)
    path = tmp_path / "spoilt.tmx"
    path.write_bytes(dumped(memory).replace(b"&quot;code&quot;", b"&quot;cod&quot;"))
    with pytest.raises(InputError, match=r"spoilt\.tmx:\d+: .*cannot be read"):
        memory.import_tmx(path)


def test_a_large_file_is_read_and_written_as_it_goes(memory: Memory, tmp_path: Path) -> None:
    body = "".join(unit(fr=f"La {each}e phrase.", en=f"Sentence {each}.") for each in range(6000))
    path = tmx(tmp_path, body)
    size = path.stat().st_size
    seen: list[tuple[int, int]] = []
    reading = units(path, lambda done, size: seen.append((done, size)))
    assert next(reading).segs["fr"].text == "La 0e phrase."
    assert not seen and size > 500_000
    assert sum(1 for _ in reading) == 5999
    assert seen[-1] == (size, size) and len(seen) > 5 and seen == sorted(seen)
    memory.import_tmx(path)
    pieces = memory.tmx()
    assert "<tu" not in next(pieces)
    memory._db.execute("DELETE FROM entries WHERE source > 3000")
    assert "".join(pieces).count("<tu ") == 3000


def test_an_export_that_fails_leaves_the_old_file(memory: Memory, tmp_path: Path) -> None:
    memory.store([("Un", "one")], Lang.EN, RECIPE)
    with pytest.raises(OutputError, match=r"none.a\.tmx"):
        memory.export_tmx(tmp_path / "none" / "a.tmx")
    place = tmp_path / "a.tmx"
    place.write_text("old", encoding="utf-8")
    memory._db.execute("UPDATE entries SET findings = 'spoilt'")
    with pytest.raises(Exception, match="entry cannot be read"):
        memory.export_tmx(place)
    assert place.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir() if "translate" in path.name) == []


TOOLKIT = os.environ.get("TRANSLATE_TOOLKIT")
READ_WITH_TOOLKIT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from translate.storage.tmx import tmxfile
import translate.storage
assert translate.storage.__file__.startswith(sys.argv[1])
with open(sys.argv[2], "rb") as file:
    store = tmxfile(file, "fr", sys.argv[3])
print(json.dumps([[unit.source, unit.target] for unit in store.units]))
"""
WRITE_WITH_TOOLKIT = """
import json, sys
sys.path.insert(0, sys.argv[1])
from translate.storage.tmx import tmxfile
store = tmxfile()
for source, target in json.load(sys.stdin):
    store.addtranslation(source, "fr", target, sys.argv[3])
with open(sys.argv[2], "wb") as file:
    store.serialize(file)
"""


@pytest.mark.skipif(
    not TOOLKIT,
    reason="TRANSLATE_TOOLKIT names no folder with it: pip install --target FOLDER translate-toolkit "
    "(its import name is ours, so it cannot be in this environment)",
)
@pytest.mark.parametrize(("lang", "tag"), [(Lang.EN, "en"), (Lang.ZH, "zh-CN")])
def test_translate_toolkit_reads_and_writes_the_same(
    memory: Memory, tmp_path: Path, lang: Lang, tag: str
) -> None:
    assert TOOLKIT
    pairs = [[FRENCH, JUDGED.text], ["Deux mots", "两个词"], ["« Oui\u00a0! »", "“Yes!”"]]
    memory.store([(source, target) for source, target in pairs], lang, RECIPE)
    path = tmp_path / "ours.tmx"
    memory.export_tmx(path)
    read = [sys.executable, "-I", "-c", READ_WITH_TOOLKIT, TOOLKIT, str(path), tag]
    assert json.loads(subprocess.run(read, capture_output=True, check=True).stdout) == pairs
    theirs = tmp_path / "theirs.tmx"
    write = [sys.executable, "-I", "-c", WRITE_WITH_TOOLKIT, TOOLKIT, str(theirs), tag]
    subprocess.run(write, input=json.dumps(pairs).encode(), check=True)
    with Memory.open(None) as other:
        assert other.import_tmx(theirs).stored.added == len(pairs)
        assert [[entry.source, entry.target] for entry in other.entries()] == pairs


@pytest.mark.skipif(sys.platform != "linux", reason="file names are Unicode here")
def test_a_file_name_that_is_no_unicode(memory: Memory, tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"m\xe9moire.tmx")
    tmx(tmp_path, unit(fr="Un", en="one")).rename(path)
    memory.import_tmx(path)
    (entry,) = memory.entries()
    assert entry.origin == "m\\udce9moire.tmx"
    with Memory.open(tmp_path / os.fsdecode(b"m\xe9 %3f#?.sqlite")) as odd:
        odd.import_tmx(path)
    assert (tmp_path / os.fsdecode(b"m\xe9 %3f#?.sqlite")).exists()


def test_origin_is_the_file_and_survives_export(memory: Memory, tmp_path: Path) -> None:
    memory.import_tmx(tmx(tmp_path, unit(fr="Un", en="one")))
    path = tmp_path / "out.tmx"
    memory.export_tmx(path)
    with Memory.open(None) as other:
        other.import_tmx(path)
        (ours,), (theirs,) = memory.entries(), other.entries()
    assert ours.origin == "agency.tmx"
    assert theirs == replace(ours)
