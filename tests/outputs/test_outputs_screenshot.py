"""The README's pictures are made from a result, are sound XML and load nothing from elsewhere."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from tests.outputs.samples import DATA

SCRIPT = Path(__file__).parents[2] / "docs/images/screenshot.py"


def test_screenshot(tmp_path: Path) -> None:
    command = [sys.executable, str(SCRIPT), str(DATA / "eubee.json"), "-o", str(tmp_path / "page")]
    subprocess.run(command, check=True, capture_output=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["page-dark.svg", "page-light.svg"]
    for path in tmp_path.iterdir():
        text = path.read_text(encoding="utf-8")
        words = "".join(ElementTree.fromstring(text).itertext()).replace("\u00a0", " ")
        assert "Quelque 180" in words
        assert "希腊埃维亚岛一场借风蔓延的" in words
        assert text.count("http") == 1  # the name of the format, not an address to load
        assert "url(" not in text
        assert len(text) < 100_000
