"""Numbers that a translation leaves out: what the model is led to, and when it has understood."""

from __future__ import annotations

import pytest

from tests.revision.test_restoring import links
from translate.domain import Lang
from translate.revision.dropped import dropped, understood

EN, ZH = Lang.EN, Lang.ZH
QUAKE = "Le séisme de magnitude 6,8 a tué 28 personnes."


@pytest.mark.parametrize(
    ("source", "text", "lang", "forms"),
    [
        (QUAKE, "The 6.8 magnitude earthquake killed people.", EN, ["28"]),
        ("une hausse de 12 %", "增长", ZH, ["12%"]),
        ("la 14e session", "会议", ZH, ["第14"]),
        ("la 14e session", "the session", EN, ["14th"]),
        ("vise 500.000 unités d’ici à 2030", "到2030年", ZH, ["50万"]),
        ("un record depuis 1945", "创纪录", ZH, ["1945"]),
        ("après 20 heures", "after", EN, [None]),  # at eight, or for so long
        ("après 48 heures", "after", EN, ["48"]),
        ("quatre ans et demi", "years", EN, [None]),  # 4 or 4.5
        ("un milliard de yuans et deux juges", "a billion yuan and the judges", EN, []),
    ],
)
def test_what_is_dropped_is_wanted_as_it_should_stand_there(
    source: str, text: str, lang: Lang, forms: list[str | None]
) -> None:
    assert list(dropped(source, text, lang).values()) == forms


def told(source: str, before: str, after: str, lang: Lang, pairs: dict[str, str]) -> list[str]:
    lost = dropped(source, before, lang)
    return [note.message for note in understood(source, after, links(source, after, pairs), lost, lang)]


def test_a_number_is_understood_if_the_model_looks_at_it_while_it_writes_it() -> None:
    before, after = "The 6.8 magnitude quake killed people.", "The 6.8 magnitude quake killed 28 people."
    assert told(QUAKE, before, after, EN, {"28": "28"}) == ["“28” added, for “28”"]
    assert told(QUAKE, before, after, EN, {"28": "6,8"}) == []
    assert told(QUAKE, before, after, EN, {}) == []


def test_it_must_count_what_it_counts_in_the_source() -> None:
    source = "Le président, 81 ans, a été réélu."
    assert told(source, "总统再次当选。", "81岁的总统再次当选。", ZH, {"81": "81"})
    assert not told(source, "总统再次当选。", "总统以81票再次当选。", ZH, {"81": "81"})
    visas = "497.550 visas de travail"
    assert told(visas, "签证", "497550份签证", ZH, {"497550": "497.550"})
    assert not told(visas, "签证", "签证497550年", ZH, {"497550": "497.550"})
    session = "la 14e session"
    assert told(session, "会议", "第14届会议", ZH, {"14": "14"})
    assert not told(session, "会议", "14届会议", ZH, {"14": "14"})


def test_no_number_is_bought_with_another_one() -> None:
    source = "16 ans, 483 voix contre 92"
    before = "483票赞成，92票反对"
    assert told(source, before, "16岁，483票赞成，92票反对", ZH, {"16": "16"})
    assert not told(source, before, "16岁，483票赞成", ZH, {"16": "16"})


def test_digits_inside_a_longer_number_do_not_count() -> None:
    after = "The 6.8 magnitude quake killed 28 people, 280 more were hurt."
    before = "The 6.8 magnitude quake killed people."
    assert told(QUAKE, before, after, EN, {"28": "28"})
    wrong = "The 6.8 magnitude quake killed 28,000 people, that is twenty-eight."
    assert not told(QUAKE, before, wrong, EN, {"28": "28"})


def test_a_number_said_twice_was_not_understood() -> None:
    source = "130.000 spectateurs l’an passé"
    assert told(source, "去年", "去年13万名观众", ZH, {"13万": "130.000"})
    assert not told(source, "去年", "13万人去年举行，13万个", ZH, {"13万": "130.000"})


def test_the_note_points_at_the_number() -> None:
    source, after = "la 14e session", "第14届会议"
    lost = dropped(source, "会议", ZH)
    (note,) = understood(source, after, links(source, after, {"14": "14"}), lost, ZH)
    assert after[slice(*note.target_span or (0, 0))] == "14"
    assert source[slice(*note.source_span or (0, 0))].strip() == "14e"
