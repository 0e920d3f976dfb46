"""OmegaT itself reads our TMX and translates with it; we read what OmegaT writes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.memory.conftest import RECIPE
from translate.domain import Lang
from translate.memory import Memory

OMEGAT = shutil.which("omegat")
PAIRS = {
    Lang.EN: {"R&D : l’« été » <b>de</b> l’OIM": 'R&D: IOM\'s "summer" <b>', "Deux mots.": "Two words."},
    Lang.ZH: {"L'OIM « aide » 1 500 migrants.": "国际移民组织帮助1500名移民。", "Deux mots.": "两个词。"},
}
TAGS = {Lang.EN: "en", Lang.ZH: "zh-CN"}
PROJECT = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
<glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file>
<dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>fr</source_lang><target_lang>{tag}</target_lang>
<sentence_seg>false</sentence_seg><support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""


@pytest.mark.skipif(not OMEGAT, reason="no omegat on PATH (a Debian package has that name; needs Java)")
@pytest.mark.parametrize("lang", list(PAIRS))
def test_omegat_translates_with_what_we_export_and_we_import_what_it_writes(
    memory: Memory, tmp_path: Path, lang: Lang
) -> None:
    assert OMEGAT
    memory.store(PAIRS[lang].items(), lang, RECIPE)
    project = tmp_path / "project"
    for folder in ("source", "target", "tm/auto", "omegat", "glossary", "dictionary"):
        (project / folder).mkdir(parents=True)
    (project / "omegat.project").write_text(PROJECT.format(tag=TAGS[lang]), encoding="utf-8")
    memory.export_tmx(project / "tm" / "auto" / "ours.tmx")
    (project / "source" / "text.txt").write_text("\n\n".join([*PAIRS[lang], "Inconnu."]), encoding="utf-8")

    told = [OMEGAT, str(project), "--mode=console-translate", "--no-team", f"--config-dir={tmp_path / 'own'}"]
    ended = subprocess.run(told, capture_output=True, text=True, timeout=120, check=False)

    assert ended.returncode == 0, ended.stdout + ended.stderr
    translated = (project / "target" / "text.txt").read_text(encoding="utf-8")
    assert translated.split("\n\n") == [*PAIRS[lang].values(), "Inconnu."]
    with Memory.open(None) as other:
        other.import_tmx(project / "project-omegat.tmx")
        assert {entry.source: entry.target for entry in other.entries()} == PAIRS[lang]
        assert all(entry.human for entry in other.entries())
