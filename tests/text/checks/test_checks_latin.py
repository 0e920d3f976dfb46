"""Names in Latin letters in Chinese: which are written as the source spells them."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import check, repair


@pytest.mark.parametrize(
    ("source", "target", "mended"),
    [
        # half by sound
        ("Selon l'arrêt Roe v. Wade.", "根据罗诉Wa德的判决。", "根据罗诉Wade的判决。"),
        ("Elle a chanté avec Haris Alexiou.", "她与哈里斯·阿莱xiou同唱。", "她与哈里斯·Alexiou同唱。"),
        ("Les utilisateurs de Gmail.", "在格mail用户中。", "在Gmail用户中。"),
        ("M. Saleh Kadhafi est parti.", "Sa利赫·卡扎菲离开了。", "Saleh·卡扎菲离开了。"),
        # slips
        ("Le pilote Dilokrit Pattavee.", "飞行员Dilokit Pattave。", "飞行员Dilokrit Pattavee。"),
        ("Le juge Glynn a tranché.", "法官Glyn作出裁决。", "法官Glynn作出裁决。"),
        ("Le réseau MySpace ferme.", "MSpace关闭。", "MySpace关闭。"),
    ],
)
def test_a_name_is_written_as_the_source_spells_it(source: str, target: str, mended: str) -> None:
    assert "language" in {one.code for one in check(source, target, Lang.ZH)}
    text, findings = repair(source, target, Lang.ZH)
    assert (text, [finding.code for finding in findings]) == (mended, ["repaired"])
    assert repair(source, text, Lang.ZH) == (text, ())


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Le Sophocle de Falloujah.", "Fallujah的索福克勒斯。"),  # how others spell it
        ("Wade et Wadi sont venus.", "Wa德和瓦迪来了。"),  # two names begin so
        ("Maroochydore l'a emporté.", "马罗octernian队获胜。"),  # what it was is not clear
        ("Notre grand format.", "我们的大form。"),  # no name
        ("Gmail et Hotmail.", "Gmail和Hotmail。"),
        ("La ville de Cork.", "科克市的 work 很多。"),
        ("Wade l'a dit à Wade.", "Wade对Wa德说。"),  # the name is there
    ],
)
def test_what_is_left_alone(source: str, target: str) -> None:
    assert repair(source, target, Lang.ZH)[0] == target
