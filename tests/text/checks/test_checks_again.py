"""Numbers and dates that a translation says oftener than its source."""

from __future__ import annotations

import pytest

from translate.domain import Finding, Lang, Severity
from translate.text.checks import check

SHOT = "54 soldats ont été tués le 17 avril 2025 lors d'assauts contre deux positions de l'armée."


def told(source: str, target: str, lang: Lang = Lang.ZH) -> list[Finding]:
    return [one for one in check(source, target, lang) if one.code == "repetition"]


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("2025年4月17日发生袭击，造成54名士兵身亡，袭击军队两处，导致54人丧生。", "54"),
        ("4月17日54名士兵在2025年遇袭，军队两处阵地4月17日遭袭。", "4月17日"),
        ("2025年4月17日，54名士兵遇袭身亡，军队在2025年有两处遭袭。", "2025"),
    ],
)
def test_what_is_said_again_is_told_with_its_last_place(target: str, what: str) -> None:
    (found,) = told(SHOT, target)
    assert (found.severity, found.message) == (Severity.WARNING, f"“{what}” is said more than once")
    last = target.rindex(what)
    assert found.target_span == (last, last + len(what))


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        ("Une réunion en avril 2015.", "2015年4月的会议在4月召开。", Lang.ZH),
        ("Le pont a 48 ans.", "The 48-year-old bridge is 48.", Lang.EN),
        ("La réunion du 15 janvier 2015.", "The meeting of Jan. 15, 2015, on January 15.", Lang.EN),
    ],
)
def test_a_month_and_english_are_told_too(source: str, target: str, lang: Lang) -> None:
    assert told(source, target, lang)


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        (SHOT, "2025年4月17日，军队两处阵地遇袭，54名士兵身亡。", Lang.ZH),
        ("Il en a vu 54, puis 54 autres.", "他看到54个，然后又看到54个。", Lang.ZH),  # as in the source
        ("Les 14 colonnes symbolisent autant d'années.", "14根石柱象征着14年。", Lang.ZH),
        (
            "Quatre juges, puis d'autres, ont été visés.",
            "4名法官以及其他人，共4人遭袭。",
            Lang.ZH,
        ),  # counts who
        ("Un pont en 2025, puis l'an d'après.", "2024年有桥，2024年有。", Lang.ZH),  # wrong, and told as that
        ("Le 20 janvier, une réunion à New York.", "New York, 20-23 January 2015", Lang.EN),
        ("Le 3 mai et le 4 mai.", "5月3日和5月4日。", Lang.ZH),
        ("À 14 partout, il a fermé les yeux.", "At 14-14, he closed his eyes.", Lang.EN),
    ],
)
def test_what_is_no_repetition(source: str, target: str, lang: Lang) -> None:
    assert told(source, target, lang) == []
