"""The weights that ship: whole, small enough, and sane on every kind of line that a wire sends."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from translate.domain import Lang, Severity
from translate.engines import LoadedEngine, load
from translate.registry import Registry, require, verify

pytestmark = pytest.mark.weights

MAX_MEGABYTES = 60
CJK = re.compile(r"[\u4e00-\u9fff]")

LINES = {
    "name": "Antonio Vitorino a rencontré Qin Gang.",
    "acronym": "L'OIM et l'ONU ont signé un accord.",
    "number with separators": "Le budget atteint 1.234.567 euros, soit 12,5 % de plus.",
    "number with spaces": "Quelque 12 000 personnes ont manifesté.",
    "date": "La réunion aura lieu le 4 avril 2023 à 17h30.",
    "quotation": "« Nous irons loin », a déclaré le ministre.",
    "straight quotation": '"Nous sommes prêts", a-t-il dit.',
    "all capitals": "LE PRÉSIDENT CHINOIS EN VISITE À PARIS",
    "credit": "(Xinhua/Liu Bin)",
    "one word": "Diplomatie",
    "one letter": "A",
    "english mixed in": "Le rapport « Global Outlook » du World Bank Group a été publié.",
    "chinese mixed in": "Le journal 人民日报 a publié un éditorial.",
    "long": "Le ministre a indiqué que " + ", ".join(["la coopération devait être renforcée"] * 30) + ".",
}
NO_SENTENCE = {"credit", "one word", "one letter", "all capitals"}  # may stay as they are


@pytest.fixture(scope="module")
def directory() -> Path:
    return require(Registry.load().get("embedded"))


@pytest.fixture(scope="module")
def engine(directory: Path) -> LoadedEngine:
    return load(Registry.load().get("embedded"), directory, device="cpu")


def test_every_byte_is_what_was_trained(directory: Path) -> None:
    report = verify(Registry.load().get("embedded"))
    assert report.ok, report


def test_all_that_ships_is_small(directory: Path) -> None:
    total = sum(path.stat().st_size for path in directory.rglob("*") if path.is_file())
    assert total <= MAX_MEGABYTES * 10**6


def test_the_card_says_what_it_is_for_and_what_it_is_not_for(directory: Path) -> None:
    card = (directory / "README.md").read_text(encoding="utf-8")
    for word in ("CC BY-SA 4.0", "European Parliament", "United Nations", "Tatoeba", "not for", "flores-dev"):
        assert word in card


@pytest.mark.parametrize("kind", LINES)
@pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
def test_every_kind_of_line_gets_an_answer_in_the_right_language(
    engine: LoadedEngine, kind: str, target: Lang
) -> None:
    (hypothesis,) = engine.translate([LINES[kind]], target)
    assert hypothesis.text.strip()
    assert not [f for f in hypothesis.findings if f.severity is Severity.ERROR]
    if target is Lang.EN and kind != "chinese mixed in":
        assert not CJK.search(hypothesis.text)
    if target is Lang.ZH and kind not in NO_SENTENCE:
        assert CJK.search(hypothesis.text)
    assert ">>" not in hypothesis.text and "</s>" not in hypothesis.text and "<unk>" not in hypothesis.text


@pytest.mark.parametrize("nothing", ["", " ", "\u200b"])
def test_nothing_becomes_nothing(engine: LoadedEngine, nothing: str) -> None:
    assert [h.text for h in engine.translate([nothing], Lang.EN)] == [""]
