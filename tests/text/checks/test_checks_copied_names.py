"""Chinese names that were copied with a slip: which are put right, which are left alone."""

from __future__ import annotations

import pytest

from tests import lexicons
from translate.domain import Lang
from translate.text.checks import repair


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {
        "Eps": "\ttein!爱泼斯坦",
        "Eks": "\ttein!爱克斯坦",
        "Ale": "\txeï!阿列克谢",
        "Cla": "\teys!克拉斯",
        "Ebs": "\ttein!爱斯坦",
        "Kak": "\takassi!卡卡卡西",
    }
    lexicons.use(monkeypatch, names)


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        ("Les liens avec Jeffrey Epstein.", "与杰弗里·爱斯坦的关系。", "与杰弗里·爱泼斯坦的关系。"),
        ("Jeffrey Epstein est mort.", "爱泼斯坦去世，爱斯坦病了。", "爱泼斯坦去世，爱泼斯坦病了。"),
        ("Alexeï Leonov est mort.", "A列克谢·莱奥诺夫去世。", "阿列克谢·莱奥诺夫去世。"),
        ("Alexeï Leonov est mort.", "阿克谢·莱奥诺夫去世。", "阿列克谢·莱奥诺夫去世。"),
    ],
)
def test_a_name_gets_the_sign_that_it_lost(source: str, target: str, mended: str) -> None:
    text, findings = repair(source, target, Lang.ZH)
    assert (text, [finding.code for finding in findings]) == (mended, ["repaired"])
    assert repair(source, text, Lang.ZH) == (text, ())


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Epstein et Ebstein.", "爱泼斯坦和爱斯坦。"),  # both are named
        ("Kakakassi est là.", "卡卡卡西来了。"),  # its slip is in it
        ("Les liens avec Jeffrey Epstein.", "与爱斯坦的关系，爱斯坦。"),  # twice: what is meant is not clear
        ("Les liens avec Jeffrey Epstein.", "与爱波斯坦的关系。"),  # transliterated otherwise
        ("Les liens avec Jeffrey Epstein.", "与爱泼斯的关系。"),  # its end may be another word's
        ("Epstein et Ekstein.", "爱斯坦来了。"),  # which of them?
        ("Dirk Claeys est venu.", "迪尔克·克斯来了。"),  # too short to tell
        ("M. epstein.", "爱斯坦来了。"),
    ],
)
def test_what_is_left_alone(source: str, target: str) -> None:
    assert repair(source, target, Lang.ZH)[0] == target
