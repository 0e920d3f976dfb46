"""The floors gate: what holds, what misses, what cannot be compared, and what recording may do."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import translate.evaluate as ev
from translate.domain import Lang
from translate.errors import FloorError, InputError, OutputError
from translate.evaluate import Metric, Status

REFERENCES = ["The cat sat on the mat.", "A dog barked in the night."]


def report(*hypotheses: str, metrics: tuple[Metric, ...] = (Metric.CHRF,), system: str = "ours") -> ev.Report:
    return ev.score(hypotheses, REFERENCES, Lang.EN, metrics=metrics, system=system, name="news")


GOOD = report("The cat sat on the mat.", "A dog barked at night.")
BAD = report("The cat.", "A dog.")
FLOOR = ev.record_floors((), [GOOD])[0]


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "model": "ours",
        "set": "news",
        "target": "en",
        "metric": "chrf",
        "score": 50.0,
        "noise": 0.3,
        "corpus": "0" * 64,
        "signature": "chrF2|x",
    } | changes


def file(folder: Path, *entries: object, **top: Any) -> Path:
    path = folder / "floors.json"
    path.write_text(json.dumps({"format": 1, "floors": list(entries)} | top), encoding="utf-8")
    return path


def fails(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        ev.read_floors(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_floor_keeps_all_that_pins_it() -> None:
    expected = ev.Floor(
        model="ours",
        set="news",
        target=Lang.EN,
        metric=Metric.CHRF,
        score=round(GOOD.scores[0].value, 2),
        noise=0.3,
        corpus=GOOD.corpus,
        signature=GOOD.scores[0].signature,
    )
    assert ev.record_floors((), [GOOD]) == (expected,)


def test_the_same_score_holds_and_a_lower_one_misses() -> None:
    assert ev.check_floor(FLOOR, GOOD) == ev.Check(FLOOR, Status.HELD, GOOD.scores[0].value)
    assert ev.check_floor(FLOOR, BAD).status is Status.MISSED


@pytest.mark.parametrize(("value", "missed"), [(30.0, False), (29.7, False), (29.69, True), (99.0, False)])
def test_noise_is_allowed_and_no_more(value: float, missed: bool) -> None:
    assert replace(FLOOR, score=30.0, noise=0.3).is_missed_by(value) is missed


@pytest.mark.parametrize(("value", "missed"), [(50.0, False), (50.3, False), (50.31, True), (10.0, False)])
def test_for_an_error_rate_more_is_worse(value: float, missed: bool) -> None:
    assert replace(FLOOR, metric=Metric.TER, score=50.0).is_missed_by(value) is missed


def test_another_corpus_is_an_error_that_says_so() -> None:
    with pytest.raises(
        InputError, match=r"ours on news fr→en, chrF: another test set: its hash is"
    ) as caught:
        ev.check_floor(replace(FLOOR, corpus="f" * 64), GOOD)
    assert "--allow-regression" in (caught.value.hint or "")


def test_another_signature_is_an_error_that_says_so() -> None:
    with pytest.raises(
        InputError, match=r"scored another way: .*the floor was recorded with chrF2\|version:1"
    ):
        ev.check_floor(replace(FLOOR, signature="chrF2|version:1"), GOOD)


def test_another_footing_is_seen_before_anything_is_translated() -> None:
    testset = ev.TestSet("news", None, tuple(REFERENCES))
    ev.require_comparable(FLOOR, testset)
    with pytest.raises(InputError, match="another test set"):
        ev.require_comparable(FLOOR, ev.TestSet("news", None, ("Another text.",)))
    with pytest.raises(InputError, match="scored another way"):
        ev.require_comparable(replace(FLOOR, metric=Metric.CHRF_PLUS), testset)


def test_a_report_of_something_else_holds_no_floor() -> None:
    with pytest.raises(InputError, match="the report is of theirs on news fr→en"):
        ev.check_floor(FLOOR, replace(GOOD, system="theirs"))
    with pytest.raises(InputError, match="the report is of ours on other fr→en"):
        ev.check_floor(FLOOR, replace(GOOD, set="other"))


def test_a_report_without_the_metric_is_an_error() -> None:
    with pytest.raises(InputError, match="the report has no BLEU"):
        ev.check_floor(replace(FLOOR, metric=Metric.BLEU), GOOD)


def test_recording_adds_and_raises_and_keeps_the_others() -> None:
    other = replace(FLOOR, model="a-model")
    low = replace(FLOOR, score=10.0, noise=0.1)
    recorded = ev.record_floors([low, other], [GOOD])
    assert recorded == (other, replace(FLOOR, noise=0.1))  # sorted; the old noise stays
    assert ev.record_floors([low], [GOOD], noise=0.5)[0].noise == 0.5


def test_recording_never_lowers_a_floor_unasked() -> None:
    with pytest.raises(
        FloorError, match=r"not recorded: ours on news fr→en, chrF: .* is worse than"
    ) as caught:
        ev.record_floors([FLOOR], [BAD])
    assert caught.value.exit_code == 1
    lowered = ev.record_floors([FLOOR], [BAD], allow_regression=True)
    assert lowered[0].score < FLOOR.score


@pytest.mark.parametrize("changes", [{"corpus": "f" * 64}, {"signature": "chrF2|version:1"}])
def test_recording_on_another_footing_is_a_regression_too(changes: dict[str, str]) -> None:
    moved = replace(FLOOR, **changes)  # type: ignore[arg-type]
    with pytest.raises(FloorError, match="is another one"):
        ev.record_floors([moved], [GOOD])
    assert ev.record_floors([moved], [GOOD], allow_regression=True) == (FLOOR,)


def test_a_higher_error_rate_is_a_regression() -> None:
    good, bad = (report(*each.hypotheses, metrics=(Metric.TER,)) for each in (GOOD, BAD))
    with pytest.raises(FloorError):
        ev.record_floors(ev.record_floors((), [good]), [bad])
    assert ev.record_floors(ev.record_floors((), [bad]), [good])[0].score < 50


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    path = tmp_path / "floors.json"
    ev.write_floors(path, [FLOOR])
    assert ev.read_floors(path) == (FLOOR,)
    ev.write_floors(path, [])
    assert ev.read_floors(path) == ()
    assert [each.name for each in tmp_path.iterdir()] == ["floors.json"]


def test_a_place_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "floors.json").mkdir()
    with pytest.raises(OutputError, match=r"floors.json: cannot be written"):
        ev.write_floors(tmp_path / "floors.json", [FLOOR])
    assert [each.name for each in tmp_path.iterdir()] == ["floors.json"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"scroe": 1}, "floor 1: unknown scroe"),
        ({"score": "30"}, "floor 1: score must be a number"),
        ({"score": True}, "floor 1: score must be a number"),
        ({"noise": -1}, "floor 1: noise must be a number"),
        ({"score": float("nan")}, "floor 1: score must be a number"),
        ({"corpus": 12}, "floor 1: corpus must be a text"),
        ({"target": "de"}, "floor 1: 'de' is not a valid Lang"),
        ({"metric": "comet"}, "floor 1: 'comet' is not a valid Metric"),
    ],
)
def test_a_wrong_entry_is_named(tmp_path: Path, changes: dict[str, Any], message: str) -> None:
    assert message in fails(file(tmp_path, entry(**changes)))


def test_a_missing_key_a_double_entry_and_a_wrong_shape(tmp_path: Path) -> None:
    short = entry()
    del short["corpus"]
    assert "floor 2: missing corpus" in fails(file(tmp_path, entry(), short))
    assert "two floors for ours on news fr→en, chrF" in fails(file(tmp_path, entry(), entry()))
    assert "floor 1: not an object" in fails(file(tmp_path, "x"))
    assert "format 2; this version reads format 1" in fails(file(tmp_path, format=2))
    assert "not a floors file" in fails(file(tmp_path, floors={}))
    (tmp_path / "floors.json").write_text('{\n"a": }', encoding="utf-8")
    assert "floors.json:2: not valid JSON" in fails(tmp_path / "floors.json")
    assert "No such file" in fails(tmp_path / "none.json")


def test_the_floors_of_the_project_can_be_read() -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "floors.json"
    for floor in ev.read_floors(path):
        assert len(floor.corpus) == 64
        assert floor.set in ev.SUITE


def set_files(folder: Path) -> Path:
    for end, text in (("fr", "Un.\nDeux.\n"), ("en", "One.\nTwo.\n")):
        (folder / f"flores-dev.{end}").write_text(text, encoding="utf-8")
    (folder / "domain").mkdir()
    (folder / "domain" / "dev.tsv").write_text("Un\tOne\t一\nDeux\tTwo\t二\n", encoding="utf-8")
    return folder


def test_a_set_is_found_as_files_or_as_a_table(tmp_path: Path) -> None:
    folders = [tmp_path / "other", set_files(tmp_path)]
    folders[0].mkdir()
    plain, table = ev.find_set("flores-dev", Lang.EN, folders), ev.find_set("domain/dev", Lang.ZH, folders)
    assert isinstance(plain, ev.TestSet)
    assert (plain.name, plain.references) == ("flores-dev", ("One.", "Two."))
    assert isinstance(table, ev.TestSet)
    assert (table.name, table.sources, table.references) == ("domain/dev", ("Un", "Deux"), ("一", "二"))


def test_an_absent_set_says_what_is_missing(tmp_path: Path) -> None:
    folders = [set_files(tmp_path)]
    half = ev.find_set("flores-dev", Lang.ZH, folders)
    assert half == ev.Absent("flores-dev", Lang.ZH, f"no {tmp_path / 'flores-dev.zh'}")
    gone = ev.find_set("un-dev", Lang.EN, folders)
    assert gone == ev.Absent("un-dev", Lang.EN, f"no {tmp_path / 'un-dev.fr'}")
    assert ev.find_set("un-dev", Lang.EN, []) == ev.Absent("un-dev", Lang.EN, "no folder of test sets given")


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such folder of test sets"):
        ev.find_set("un-dev", Lang.EN, [tmp_path / "none"])
    for name in ("../secret", "/etc/passwd"):
        with pytest.raises(InputError, match="named below its folder"):
            ev.find_set(name, Lang.EN, [tmp_path])


def test_a_broken_set_is_an_error_not_an_absence(tmp_path: Path) -> None:
    (set_files(tmp_path) / "flores-dev.en").write_text("One.\n", encoding="utf-8")
    with pytest.raises(InputError, match="has 1 lines"):
        ev.find_set("flores-dev", Lang.EN, [tmp_path])


def test_published_scores_are_facts_with_an_origin_and_a_caveat() -> None:
    table = ev.read_published(Lang.EN)
    assert {row.set for row in table} == {"FLORES devtest", "newstest2014"}
    assert next(row.bleu for row in table if row.system == "opus-mt-tc-big-fr-en") == 46.0
    assert {row.target for row in ev.read_published(Lang.ZH)} == {Lang.ZH}
    for row in ev.read_published():
        assert row.origin
        assert row.caveat
        assert row.bleu is not None
        assert 0 < row.bleu < 100
        assert row.set not in ev.SUITE
