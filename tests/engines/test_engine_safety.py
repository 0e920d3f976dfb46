"""What a bad translation looks like from outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.domain import Finding, Lang, Severity
from translate.engines.safety import judge, weight
from translate.text.shape import echo, longest_loop

SOURCE = "Le président a reçu mercredi les ministres des affaires étrangères à Paris."


def codes(source: str, target: str, lang: Lang = Lang.EN, cut: bool = False) -> list[str]:
    return [finding.code for finding in judge(source, target, lang, cut=cut)]


@pytest.mark.parametrize(
    "target",
    [
        "I'm sorry, I'm sorry, I'm sorry, I'm sorry",
        "the the the the president",
        "the president of the republic of the republic of the republic",
        "hahahahahahahahahahahahaha",
        "the energyenergyenergyenergy policy of France",
        "a minister said, a minister said that, a minister said, a minister said that, a minister said, "
        "a minister said that",
    ],
)
def test_loops_are_seen(target: str) -> None:
    assert "repetition" in codes(SOURCE, target)


@pytest.mark.parametrize(
    "target", ["哈哈哈哈哈哈", "北京市政府北京市政府北京市政府", "是的,是的,是的,是的。"]
)
def test_loops_in_chinese_are_seen(target: str) -> None:
    assert "repetition" in codes("Oui, le maire de Pékin l'a dit.", target, Lang.ZH)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("« Marchons, marchons ! »", '"Let\'s march, march!"'),
        ("C'est très, très, très loin.", "It is very, very, very far."),
        ("Un budget de 1 000 000 000 000 euros.", "A budget of 1,000,000,000,000 euros."),
        ("Non, non, non, non et non !", "No, no, no, no and no!"),
        ("Les ventes sont de 10 %, 10 %, 10 % et 10 %.", "Sales are 10%, 10%, 10% and 10%."),
        ("Le ministre et le président du parti.", "The minister and the president of the party."),
        ("Il a dit ----------------------- non.", "He said ----------------------- no."),
    ],
)
def test_what_repeats_in_french_may_repeat_in_translation(source: str, target: str) -> None:
    assert codes(source, target) == []


@pytest.mark.parametrize("target", ["", " ", "\n", ".", "« - »"])
def test_nothing_is_an_error(target: str) -> None:
    (finding,) = judge(SOURCE, target, Lang.EN, cut=False)
    assert (finding.code, finding.severity) == ("empty", Severity.ERROR)


def test_a_mark_may_be_all_there_is() -> None:
    assert codes("…", "...") == []
    assert codes("– !", "") == ["empty"]


def test_a_sign_that_was_not_ended_is_an_error_unless_the_source_has_one() -> None:
    assert codes(SOURCE, "总统忧心忡\ufffd\ufffd。", Lang.ZH) == ["broken"]
    assert codes(f"{SOURCE} \ufffd", "The president received the foreign ministers. \ufffd") == []


def test_cut_off_is_an_error() -> None:
    assert codes(SOURCE, "The president received the foreign ministers", cut=True) == ["truncation"]


@pytest.mark.parametrize(
    ("source", "target", "lang", "expected"),
    [
        (SOURCE, "The president received the foreign ministers in Paris.", Lang.EN, []),
        (SOURCE, "总统周三在巴黎会见了各国外交部长。", Lang.ZH, []),
        (SOURCE * 3, "The president.", Lang.EN, ["length-ratio"]),
        (SOURCE * 3, "总统。", Lang.ZH, ["length-ratio"]),
        ("Oui.", "Yes.", Lang.EN, []),
        ("Oui.", "Absolutely, that is so.", Lang.EN, []),
        ("Oui.", "That is what everyone in the whole wide world says.", Lang.EN, ["length-ratio"]),
        ("ONU", "United Nations", Lang.EN, []),
        (
            "Organisation des Nations unies pour l'éducation, la science et la culture",
            "UNESCO",
            Lang.EN,
            ["length-ratio"],
        ),
    ],
)
def test_length(source: str, target: str, lang: Lang, expected: list[str]) -> None:
    assert codes(source, target, lang) == expected


def test_weight_puts_a_loop_before_an_empty_answer() -> None:
    note, warning, error = (Finding("x", severity, "") for severity in Severity)
    assert weight([note, note]) == 0
    assert weight([warning, warning]) < weight([error])


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=6), st.integers(4, 9))
def test_any_run_said_four_times_is_a_loop(unit: list[str], times: int) -> None:
    loop, repeats = longest_loop(unit * times)
    assert repeats >= times
    assert "".join(loop) in "".join(unit * times)
    assert echo(unit * times) > 0  # which is why a text without an echo needs no search for loops


@given(st.lists(st.integers(), unique=True, max_size=50))
def test_what_never_comes_back_is_no_loop(units: list[int]) -> None:
    assert longest_loop([str(unit) for unit in units]) == ((), 0)
