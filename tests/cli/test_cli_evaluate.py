"""`translate evaluate`: what is printed, what is refused, and how the floors gate ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import translate.evaluate as ev
from tests.cli.conftest import Run
from tests.tiny_models import ENGLISH, FRENCH, make_marian
from translate.cli.evaluate_options import METRICS
from translate.domain import Lang

CHINESE = ("总统周三在巴黎会见了各国外交部长。", "会议将讨论该地区的安全、气候和移民问题。")


def write(path: Path, *texts: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def words(text: str) -> str:
    return " ".join(text.replace("│", " ").split())


@pytest.fixture
def pair() -> tuple[Path, Path]:
    """The lessons that the tiny model knows by heart."""
    return write(Path("news.fr"), *FRENCH[:4]), write(Path("news.en"), *ENGLISH[:4])


@pytest.fixture
def worse() -> Path:
    return write(Path("worse.en"), "The president [bold]received[/bold] someone.", *ENGLISH[1:3], "")


@pytest.fixture
def sets(pair: tuple[Path, Path]) -> Path:
    """A folder with one of the development sets."""
    for path in pair:
        write(Path("sets") / f"flores-dev{path.suffix}", *path.read_text(encoding="utf-8").splitlines())
    return Path("sets")


@pytest.fixture(scope="session")
def both(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny model beside one that has learnt nothing."""
    home = tmp_path_factory.mktemp("both")
    make_marian(home / "babbler", tags=[">>eng<<"])
    entry = (
        "  babbler:\n"
        "    task: translate\n"
        '    targets: {en: ">>eng<<"}\n'
        "    path: ./babbler\n"
        "    decode: {beam: 1, max_new_tokens: 8}\n"
    )
    known = tiny.read_text(encoding="utf-8").replace("./marian", str(tiny.parent / "marian"))
    return write(home / "models.yaml", known + entry)


def test_the_choices_of_the_option_are_the_metrics() -> None:
    assert list(METRICS) == list(ev.Metric)


def test_ready_translations_with_signature_hash_and_worst_cases(
    run: Run, pair: tuple[Path, Path], worse: Path
) -> None:
    result = run("evaluate", *pair, "--hypotheses", worse, "--worst", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    report = ev.score(
        worse.read_text(encoding="utf-8").split("\n")[:4], ENGLISH[:4], Lang.EN, sources=FRENCH[:4]
    )
    for score in report.scores:
        assert f"{score.value:.2f}" in result.stdout
        assert f"signature  {score.signature}" in result.stdout
    assert f"corpus     news fr→en  sha256:{report.corpus}" in result.stdout
    assert "The president [bold]received[/bold] someone." in result.stdout  # not taken for markup
    assert "translation  (empty)" in result.stdout
    assert "flagged    worse.en, news fr→en: 1 no text" in result.stdout
    assert result.stdout.count("line ") == 2
    assert "\x1b" not in result.stdout


def test_json_is_the_report_of_the_library(run: Run, pair: tuple[Path, Path], worse: Path) -> None:
    result = run(
        "evaluate", *pair, "-H", worse, "--metric", "ter", "--metric", "bleu", "--worst", "1", "--json"
    )
    data = json.loads(result.stdout)
    report = ev.score_set(
        ev.read_lines(worse),
        ev.TestSet.read(*pair),
        Lang.EN,
        metrics=[ev.Metric.TER, ev.Metric.BLEU],
        worst=1,
        system="worse.en",
    )
    assert data["format"] == 1
    assert data["reports"] == [json.loads(json.dumps(report.to_json()))]
    assert (data["comparisons"], data["floors"], data["absent"], data["published"]) == ([], [], [], [])


def test_a_real_model_is_scored_by_translating(run: Run, pair: tuple[Path, Path], tiny: Path) -> None:
    result = run("evaluate", *pair, "--models", tiny, "--output", "out.en", "--json")
    assert (result.exit_code, result.stderr) == (0, "")
    report = json.loads(result.stdout)["reports"][0]
    assert report["system"] == "tiny"
    assert [round(score["value"], 6) for score in report["scores"]] == [100, 100, 100]  # known by heart
    assert report["recipe"].startswith("m:tiny@")
    assert Path("out.en").read_bytes() == pair[1].read_bytes()


def test_two_models_are_compared(run: Run, pair: tuple[Path, Path], both: Path) -> None:
    result = run("evaluate", *pair, "--models", both, "-m", "babbler", "--versus", "tiny")
    assert result.exit_code == 0, result.stderr
    assert "A is babbler, B is tiny" in result.stdout
    assert result.stdout.count("B is better") == 3
    assert "Where A loses most to B" in result.stdout
    assert "recipe     m:babbler@" in result.stdout
    same = run("evaluate", *pair, "--models", both, "-m", "tiny", "--versus", "tiny", "--json")
    assert {each["p"] for each in json.loads(same.stdout)["comparisons"][0]["differences"]} == {1.0}


def test_two_files_are_compared(run: Run, pair: tuple[Path, Path], worse: Path) -> None:
    result = run("evaluate", *pair, "-H", worse, "-H", pair[1])
    assert "A is worse.en, B is news.en" in result.stdout
    assert "against 100.0" in result.stdout


def test_tables_and_tmx(run: Run) -> None:
    table = write(Path("dev.tsv"), *("\t".join(row) for row in zip(FRENCH, ENGLISH, CHINESE, strict=False)))
    named = write(Path("named.tsv"), "fr\ten\tzh-CN", *table.read_text(encoding="utf-8").splitlines())
    tmx = Path("dev.tmx")
    units = "".join(
        f"<tu><tuv xml:lang='fr-FR'><seg>{fr}</seg></tuv><tuv xml:lang='zh-CN'><seg>{zh}</seg></tuv></tu>"
        for fr, zh in zip(FRENCH, CHINESE, strict=False)
    )
    tmx.write_text(f"<tmx version='1.4'><header/><body>{units}</body></tmx>", encoding="utf-8")
    ready = write(Path("ready.zh"), *CHINESE)
    corpora = set()
    for arguments in (
        [table, "--columns", "1,3", "--to", "zh"],
        [named, "--columns", "fr,zh"],
        [named, "--to", "zh"],
        [tmx, "--to", "zh"],
        [tmx, "--columns", "fr-FR,zh-CN"],
    ):
        result = run("evaluate", *arguments, "-H", ready, "--json")
        assert result.exit_code == 0, result.stderr
        report = json.loads(result.stdout)["reports"][0]
        assert (report["target"], report["scores"][0]["value"]) == ("zh", pytest.approx(100))
        corpora.add(report["corpus"])
    assert len(corpora) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "give a test set, --sets or --floors"),
        (["news.fr", "plain.txt"], "nothing in 'plain.txt' says en or zh"),
        (["news.fr", "news.en", "--metric", "blue"], "did you mean bleu?"),
        (["news.fr", "news.en", "--columns", "1"], "two columns are needed"),
        (["news.fr", "news.en", "--record"], "needs --floors FILE"),
        (["news.fr", "news.en", "--floors", "f.json"], "has its own sets"),
        (["news.fr", "news.en", "--allow-regression"], "goes with --record"),
        (["news.fr", "news.en", "--noise", "1"], "goes with --record"),
        (["news.fr", "news.en", "--samples", "1"], "--samples"),
        (["news.fr", "news.en", "-m", "a", "--versus", "b", "-H", "c"], "two systems can be compared, not 3"),
        (["--floors", "f.json", "--record"], "needs --sets DIR"),
        (["--sets", "sets", "-H", "x.en"], "needs SOURCE and REFERENCE"),
        (["--sets", "sets", "-o", "x.en"], "needs one test set"),
        (["--floors", "f.json", "--versus", "b"], "does not go with --floors"),
    ],
)
def test_usage(run: Run, pair: tuple[Path, Path], arguments: list[str], message: str) -> None:
    result = run("evaluate", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in words(result.stderr)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["news.fr"], "news.fr: references are missing"),
        (["news.fr", "short.en", "-H", "short.en"], "short.en:2: has 1 lines, but news.fr has 4"),
        (
            ["news.fr", "news.en", "-H", "short.en"],
            "short.en:2: has 1 lines, but the set news has 4 segments",
        ),
        (["news.fr", "gone.en", "-H", "short.en"], "gone.en: No such file"),
        (["news.fr", "news.en", "--to", "zh", "-H", "news.en"], "the references are not Chinese"),
        (["--sets", "gone"], "gone: no such folder of test sets"),
        (["--floors", "gone.json"], "gone.json: No such file"),
    ],
)
def test_bad_input(run: Run, pair: tuple[Path, Path], arguments: list[str], message: str) -> None:
    write(Path("short.en"), ENGLISH[0])
    to = [] if "--to" in arguments or arguments[0] == "--floors" else ["--to", "en"]
    result = run("evaluate", *arguments, *to)
    assert (result.exit_code, result.stdout) == (3, "")
    assert message in result.stderr


def test_an_unknown_model(run: Run, pair: tuple[Path, Path]) -> None:
    result = run("evaluate", *pair, "--model", "opus-mt-fr-em")
    assert (result.exit_code, result.stdout) == (4, "")
    assert "did you mean opus-mt-fr-en?" in result.stderr


def test_a_folder_of_sets_is_scored_and_absent_ones_are_named(run: Run, sets: Path, tiny: Path) -> None:
    result = run("evaluate", "--models", tiny, "--sets", sets, "--to", "en")
    assert result.exit_code == 0
    assert "flores-dev  en" in result.stdout
    for name in ("newstest2013", "un-dev", "domain/dev"):
        assert f"skipped {name} fr→en: no sets/{name}.fr" in result.stdout


def test_published_scores_are_set_apart(run: Run, pair: tuple[Path, Path], worse: Path) -> None:
    result = run("evaluate", *pair, "-H", worse, "--published")
    assert "Published fr→en, not directly comparable: FLORES devtest and newstest2014" in result.stdout
    assert "opus-mt-tc-big-fr-en" in result.stdout
    assert "fr→zh" not in result.stdout


def test_published_scores_can_be_asked_for_alone(run: Run) -> None:
    result = run("evaluate", "--published", "--json")
    rows = json.loads(result.stdout)["published"]
    assert {row["target"] for row in rows} == {"en", "zh"}


def recorded(run: Run, sets: Path, registry: Path) -> Path:
    result = run("evaluate", "--models", registry, "--sets", sets, "--floors", "floors.json", "--record")
    assert result.exit_code == 0, result.stderr
    assert "floors.json: 3 floors" in result.stderr
    return Path("floors.json")


def change(path: Path, **values: object) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    for entry in data["floors"]:
        entry.update(values)
    path.write_text(json.dumps(data), encoding="utf-8")


def test_recorded_floors_hold(run: Run, sets: Path, tiny: Path) -> None:
    floors = recorded(run, sets, tiny)
    result = run("evaluate", "--models", tiny, "--sets", sets, "--floors", floors)
    assert result.exit_code == 0, result.stderr
    assert result.stdout.count("held") == 3
    assert "floors: 3 held, 0 skipped" in result.stderr


def test_a_missed_floor_ends_with_1_after_all_is_shown(run: Run, sets: Path, tiny: Path) -> None:
    floors = recorded(run, sets, tiny)
    write(sets / "flores-dev.fr", *FRENCH[4:])  # sentences it has not learnt
    change(floors, corpus=ev.TestSet("x", tuple(FRENCH[4:]), tuple(ENGLISH[:4])).digest)
    result = run("evaluate", "--models", tiny, "--sets", sets, "--floors", floors)
    assert result.exit_code == 1
    assert result.stdout.count("missed") == 3
    assert "3 of 3 floors missed: tiny on flores-dev fr→en, BLEU" in words(result.stderr)
    as_json = run(
        "evaluate", "--models", tiny, "--sets", sets, "--floors", floors, "--json", "--metric", "bleu"
    )
    assert as_json.exit_code == 1
    assert [check["status"] for check in json.loads(as_json.stdout)["floors"]] == ["missed"]
    assert "1 of 1 floors missed" in words(as_json.stderr)


def test_a_changed_set_is_an_error_not_a_miss(run: Run, sets: Path, tiny: Path) -> None:
    floors = recorded(run, sets, tiny)
    write(sets / "flores-dev.en", *ENGLISH[:3], "Another reference.")
    result = run("evaluate", "--models", tiny, "--sets", sets, "--floors", floors)
    assert result.exit_code == 3
    assert "another test set: its hash is" in words(result.stderr)


def test_floors_of_absent_sets_and_models_are_skipped_by_name(run: Run, sets: Path, tiny: Path) -> None:
    floors = recorded(run, sets, tiny)
    (sets / "flores-dev.fr").unlink()
    result = run("evaluate", "--models", tiny, "--sets", sets, "--floors", floors)
    assert result.exit_code == 0
    assert result.stdout.count("skipped: no sets/flores-dev.fr") == 3
    assert "floors: 0 held, 3 skipped" in result.stderr
    bare = run("evaluate", "--models", tiny, "--floors", floors)
    assert bare.stdout.count("skipped: no folder of test sets given") == 3
    write(sets / "flores-dev.fr", *FRENCH[:4])
    change(floors, model="opus-mt-fr-en")
    change_keys = run("evaluate", "--models", tiny, "--sets", sets, "--floors", floors)
    assert change_keys.stdout.count("skipped: the model opus-mt-fr-en is not fetched") == 3


def test_recording_a_worse_score_needs_a_word(run: Run, sets: Path, tiny: Path) -> None:
    floors = recorded(run, sets, tiny)
    write(sets / "flores-dev.en", *ENGLISH[:3], "Another reference.")
    before = floors.read_bytes()
    again = ["evaluate", "--models", tiny, "--sets", sets, "--floors", floors, "--record"]
    refused = run(*again)
    assert refused.exit_code == 1
    assert "not recorded: tiny on flores-dev fr→en, BLEU: the test set is another one" in words(
        refused.stderr
    )
    assert floors.read_bytes() == before
    assert run(*again, "--allow-regression").exit_code == 0
    assert ev.read_floors(floors)[0].score < 100


def test_a_choice_that_no_floor_fits(run: Run, sets: Path, tiny: Path) -> None:
    floors = recorded(run, sets, tiny)
    result = run("evaluate", "--models", tiny, "--sets", sets, "--floors", floors, "--set", "un-dev")
    assert result.exit_code == 3
    assert "no floor fits that choice" in result.stderr


def test_a_file_without_floors_checks_nothing_and_says_so(run: Run, sets: Path) -> None:
    ev.write_floors(Path("floors.json"), [])
    result = run("evaluate", "--sets", sets, "--floors", "floors.json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "floors: 0 held, 0 skipped" in result.stderr
