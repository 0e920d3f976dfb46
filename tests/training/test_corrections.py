"""What is wrong in the lexicon is put right, and doing it twice changes nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from training import corrections, packed
from training.corrections import corrected, read
from translate.domain import Lang
from translate.errors import InputError
from translate.text.lexicon import name_of


def test_a_form_is_put_right_or_goes_and_others_stay(tmp_path: Path) -> None:
    file = tmp_path / "lexicon.tsv"
    file.write_text("croissants\t=\t日益增长的\nDanois\t-\t=\n", encoding="utf-8")
    right = read(file)
    assert right == {Lang.EN: {"Danois": "-"}, Lang.ZH: {"croissants": "日益增长的"}}
    cells = [("croissants", "!羊角面包"), ("croître", ":增长"), ("Danois", "!丹麦人")]
    assert [*corrected(iter(cells), right[Lang.ZH])] == [*cells[1:], ("croissants", "!日益增长的")]
    assert [*corrected(iter([("Danois", "!Danes|Dane")]), right[Lang.EN])] == []
    misread = [*corrected(iter([("algie", "!pain|ache"), ("mal", ":pain")]), {}, {"pain"})]
    assert misread == [("algie", ":pain|ache"), ("mal", ":pain")]


def test_a_line_that_is_none_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "lexicon.tsv"
    file.write_text("croissants\t日益增长的\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        read(file)


def test_the_files_are_the_same_whenever_it_is_done_and_have_what_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import translate.text

    here = Path(translate.text.__file__).parent
    for lang in (Lang.EN, Lang.ZH):
        (tmp_path / name_of(lang)).write_bytes((here / name_of(lang)).read_bytes())
    monkeypatch.setattr(sys, "argv", ["corrections", "-o", str(tmp_path)])
    assert corrections.main() == 0
    for lang, right in read().items():  # what ships has been put right
        assert (tmp_path / name_of(lang)).read_bytes() == (here / name_of(lang)).read_bytes()
        there = dict(packed.parted(iter(packed.read(tmp_path / name_of(lang))[1])))
        assert all((meaning == "-") == (form not in there) for form, meaning in right.items())
