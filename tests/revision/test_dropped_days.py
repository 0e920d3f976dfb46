"""Days, months and dates that a translation leaves out: what the model is led to, and when it understands."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.revision.test_restoring import links
from tests.revision.test_reviser import Led, codes, revised
from translate.domain import Lang
from translate.engines.alignment import Link
from translate.revision.dropped_days import dropped, understood

EN, ZH = Lang.EN, Lang.ZH
MET = "Le ministre a rencontré lundi son homologue, avant de repartir mardi."
BOTH = "The minister met his counterpart on Monday before leaving on Tuesday."


@pytest.mark.parametrize(
    ("text", "lang", "forms"),
    [
        (BOTH, EN, []),
        ("The minister met his counterpart before leaving on Tuesday.", EN, [("on Monday", "Monday")]),
        ("部长会见了对方。", ZH, [("周一",), ("周二",)]),
        (
            "The minister met his counterpart on Friday.",
            EN,
            [],
        ),  # meant for which of them?
    ],
)
def test_what_is_dropped_is_wanted_as_it_is_written(
    text: str, lang: Lang, forms: list[tuple[str, ...]]
) -> None:
    assert list(dropped(MET, text, lang).values()) == forms


@pytest.mark.parametrize(
    ("source", "text", "lang", "forms"),
    [
        ("Il espère finir en septembre.", "He hopes to finish.", EN, [("in September", "September")]),
        ("Il espère finir en septembre.", "他希望完成。", ZH, [("9月",)]),
        ("Il est parti le 8 décembre.", "He left.", EN, [("on Dec. 8", "Dec. 8")]),
        ("Il est parti le 8 décembre.", "他离开了。", ZH, [("12月8日",)]),
        ("Il est parti le 8 décembre.", "He left on Dec. 18.", EN, []),  # meant for it
        ("Il est parti lundi 8 décembre.", "He left on Monday.", EN, [("on Dec. 8", "Dec. 8")]),
        ("Du 3 au 5 mai, il pleuvra.", "It will rain.", EN, [("on May 3", "May 3"), ("on May 5", "May 5")]),
    ],
)
def test_months_and_dates_are_wanted_as_agencies_write_them(
    source: str, text: str, lang: Lang, forms: list[tuple[str, ...]]
) -> None:
    assert list(dropped(source, text, lang).values()) == forms


def test_a_month_is_understood_if_the_model_looks_at_it() -> None:
    source, after = (
        "Il espère finir en septembre, dit-il lundi.",
        "He hopes to finish in September, he said Monday.",
    )
    lost = tuple(dropped(source, "He hopes to finish, he said Monday.", EN))
    for seen, notes in (("septembre", ["“September” added, for “septembre”"]), ("lundi", []), ("finir", [])):
        told = understood(source, after, links(source, after, {"September": seen}), lost, EN)
        assert [each.message for each in told] == notes


def test_a_day_is_understood_if_the_model_looks_at_it_while_it_writes_it() -> None:
    def told(pairs: dict[str, str]) -> list[str]:
        lost = tuple(dropped(MET, "The minister met his counterpart before leaving on Tuesday.", EN))
        return [each.message for each in understood(MET, BOTH, links(MET, BOTH, pairs), lost, EN)]

    assert told({"Monday": "lundi"}) == ["“Monday” added, for “lundi”"]
    assert told({"Monday": "mardi"}) == []
    assert told({"Monday": "homologue"}) == []
    assert told({}) == []


def test_the_note_points_at_the_day_and_a_day_said_twice_was_not_understood() -> None:
    source, after = "Il est parti lundi.", "他周一离开。"
    lost = tuple(dropped(source, "他离开。", ZH))
    (note,) = understood(source, after, links(source, after, {"周一": "lundi"}), lost, ZH)
    assert after[slice(*note.target_span or (0, 0))] == "周一"
    assert source[slice(*note.source_span or (0, 0))] == "lundi"
    twice = "他周一离开，周一离开。"
    assert understood(source, twice, links(source, twice, {"周一": "lundi"}), lost, ZH) == ()


class Looking(Led):
    """Also looks at `lundi` while it writes `Monday`, if it is `attentive`."""

    attentive = True

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        seen = {"Monday": "lundi" if self.attentive else "parti"}
        return [tuple(links(source, text, seen)) if "Monday" in text else () for source, text in pairs]


@pytest.mark.parametrize("attentive", [True, False])
def test_the_model_is_led_to_a_day_that_no_hypothesis_has(attentive: bool) -> None:
    text, said = "Il est parti lundi pour Rome.", "He left for Rome."
    engine = Looking({text: [said]}, {"on Monday": ["He left for Rome on Monday."]})
    engine.attentive = attentive
    found = revised(engine, text)
    assert [each.forms for each in engine.wanted] == [("on Monday", "Monday")]
    if attentive:
        assert found.text == "He left for Rome on Monday."
        assert codes(found) == ["restored", "revised"]
    else:
        assert (found.text, codes(found)) == (said, ["dates"])
