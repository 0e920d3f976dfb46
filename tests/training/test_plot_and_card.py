"""What is drawn and written of a run: every figure from its logs, none left over from another."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from training import card, plot
from training.export import write_sums
from translate.domain import Lang
from translate.errors import InputError
from translate.registry import Registry, require

SCORES = [
    {
        "checkpoint": "1-short.pt",
        "tokens": 2_000_000,
        "set": "dev/4",
        "target": "en",
        "beam": 1,
        "bleu": 1.25,
    },
    {"checkpoint": "2-long.pt", "tokens": 8_000_000, "set": "dev/4", "target": "en", "beam": 1, "bleu": 11.5},
    {"checkpoint": "2-long.pt", "tokens": 8_000_000, "set": "dev/4", "target": "zh", "beam": 1, "bleu": 4.0},
    {"checkpoint": "2-long.pt", "tokens": 8_000_000, "set": "dev/4", "target": "en", "beam": 1, "bleu": 12.0},
    {"checkpoint": "average.pt", "tokens": 9_000_000, "set": "dev", "target": "en", "beam": 4, "bleu": 15.0},
]
LOG = [
    {"stage": "short", "step": 200, "tokens": 1_000_000, "elapsed_s": 3600.0, "loss": 4.0},
    {"stage": "short", "step": 400, "tokens": 9_100_000, "elapsed_s": 9000.0, "loss": 3.0,
     "true_source": 3.1, "other_source": 6.2},
]  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    for name, rows in (("scores.jsonl", SCORES), ("log.jsonl", LOG)):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


def test_a_curve_holds_the_latest_score_of_each_checkpoint_in_order() -> None:
    curves = {
        curve.name: curve.points for curve in plot.score_curves(list(reversed(SCORES[:3])) + SCORES[3:])
    }
    assert curves == {
        "dev/4 en": ((2_000_000, 1.25), (8_000_000, 12.0)),
        "dev/4 zh": ((8_000_000, 4.0),),
        "dev en beam 4": ((9_000_000, 15.0),),
    }
    assert plot.score_curves(SCORES, "chrf") == []


def test_the_table_has_a_dash_where_nothing_was_measured() -> None:
    table = plot.as_table(plot.score_curves(SCORES[:4])).splitlines()
    assert [line.split() for line in table[1:]] == [["2.0", "M", "1.2", "–"], ["8.0", "M", "12.0", "4.0"]]


def test_the_chart_puts_the_highest_on_top_and_the_latest_on_the_right() -> None:
    chart = plot.as_text(plot.score_curves(SCORES[:4])).splitlines()
    assert chart[0].lstrip().startswith("12.00 |") and chart[0].endswith("a")
    assert chart[-3].lstrip().startswith("1.25 |") and "a" in chart[-3]
    assert "a dev/4 en  b dev/4 zh" in chart[-1]
    assert plot.as_text([]) == ""
    assert plot.as_text([plot.Curve("one", ((5, 3.0),))]).splitlines()[0].endswith("a")


def test_the_picture_is_xml_with_a_point_for_every_score() -> None:
    curves = plot.score_curves([{**row, "set": "a<b"} for row in SCORES])
    tree = ElementTree.fromstring(plot.as_svg(curves, "BLEU & more"))
    circles = [element for element in tree.iter() if element.tag.endswith("circle")]
    assert len(circles) == sum(len(curve.points) for curve in curves)
    assert {float(c.attrib["cy"]) for c in circles} != {float(circles[0].attrib["cy"])}
    assert plot.as_svg([], "nothing").count("circle") == 0


def test_half_a_line_at_the_end_is_no_error_and_one_within_is(run: Path) -> None:
    path = run / "scores.jsonl"
    whole = path.read_text()
    path.write_text(whole + '{"checkpoint": "3-n')
    assert len(plot.read_lines(path)) == len(SCORES)
    path.write_text('{"checkp\n' + whole)
    with pytest.raises(InputError, match=r"scores.jsonl:1: no JSON"):
        plot.read_lines(path)


def test_the_command_prints_both_curves_and_writes_the_picture(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["plot", str(run), "--svg", str(run / "curve.svg")])
    assert plot.main() == 0
    shown = capsys.readouterr().out
    assert "dev/4 en +10.8 to 12.0 over 6.0 M tokens" in shown
    assert "loss, another source" in shown
    ElementTree.parse(run / "curve.svg")
    monkeypatch.setattr("sys.argv", ["plot", str(run / "vocabulary")])
    with pytest.raises(InputError, match="no such folder"):
        plot.main()


def report(target: Lang, bleu: float) -> dict[str, object]:
    score = {"metric": "bleu", "value": bleu, "low": 0, "high": 0, "signature": f"BLEU|{target}"}
    chrf = {"metric": "chrf", "value": 40.04, "low": 0, "high": 0, "signature": "chrF2|"}
    return {"set": "flores-dev", "target": str(target), "segments": 1997, "scores": [score, chrf],
            "recipe": "embedded@abc|beam:4"}  # fmt: skip


REPORTS = [report(Lang.EN, 21.25), report(Lang.ZH, 9.98)]


def test_scores_and_signatures_are_those_of_the_reports() -> None:
    assert card.scores_table(REPORTS).splitlines()[2:] == [
        "| flores-dev | 1,997 | en | 21.2 | 40.0 |",
        "| flores-dev | 1,997 | zh | 10.0 | 40.0 |",
    ]
    assert card.signatures(REPORTS) == "Signatures: `BLEU|en` (en), `chrF2|` (en, zh), `BLEU|zh` (zh)."
    assert "`embedded@abc|beam:4`" in card.how_scored(REPORTS)


def test_hours_tokens_and_curve_are_those_of_the_run(run: Path) -> None:
    training = card.read_run(run)
    assert (training.tokens, training.elapsed_s) == (9_100_000, 9000.0)
    section = card.curve_section(training.curves)
    assert "| 8.0 M | 12.0 | 4.0 |" in section
    assert "15.0" not in section  # beam 4 is not of this curve
    assert "not followed" in card.curve_section(())
    (run / "log.jsonl").unlink()
    with pytest.raises(InputError, match="no log"):
        card.read_run(run)


def test_sentences_are_the_first_of_each_dispatch_then_the_second(tmp_path: Path) -> None:
    texts = [
        "LIMA, 8 mai (Xinhua) -- Un séisme a eu lieu. Il a fait neuf morts.\n\n(Xinhua/Liu Bin)\n",
        "PARIS, 9 mai (AFP) - Le vote est terminé.\n",
    ]
    assert card.sentences(iter(texts), 10) == [
        "Un séisme a eu lieu.", "Le vote est terminé.", "Il a fait neuf morts."
    ]  # fmt: skip
    assert card.sentences(iter(texts), 2) == ["Un séisme a eu lieu.", "Le vote est terminé."]
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"title_fr": "Titre", "lines_fr": ["Une phrase."]}) + "\n{}\n")
    with pytest.raises(InputError, match=r"d.jsonl:2: no title_fr"):
        list(card.dispatches([path]))
    assert len(card.sentences(card.dispatches([card.EXAMPLES]))) == 10


def test_a_slot_without_a_value_is_an_error() -> None:
    assert card.fill("{{A}} {{B}} {{A}}", {"A": "{{B}}", "B": "2"}) == "{{B}} 2 {{B}}"
    with pytest.raises(InputError, match="no value for C"):
        card.fill("{{A}} {{C}}", {"A": "1"})


def test_no_scores_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "scores.json"
    for content, message in (("[]", "not the JSON"), ('{"reports": []}', "no scores"), ("{", "not the JSON")):
        path.write_text(content)
        with pytest.raises(InputError, match=message):
            card.read_reports([path])


@pytest.mark.weights
def test_the_card_of_the_weights_that_ship(
    run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    model = tmp_path / "model"
    model.mkdir()
    for path in require(Registry.load().get("embedded")).iterdir():
        if path.name != "README.md":
            (model / path.name).hardlink_to(path)
    (model / "SHA256SUMS").unlink()
    (tmp_path / "scores.json").write_text(json.dumps({"reports": REPORTS}))
    arguments = ["card", "--model", str(model), "--scores", str(tmp_path / "scores.json"), "--run", str(run)]
    monkeypatch.setattr("sys.argv", [*arguments, "--hardware", "two cores"])
    assert card.main() == 0
    assert capsys.readouterr().out.strip() == card.scores_table(REPORTS)
    text = (model / "README.md").read_text(encoding="utf-8")
    assert "{{" not in text
    for piece in (
        "2.5 hours of wall-clock time on two cores",
        "9.1 million target tokens",
        "| 21.2 | 40.0 |",
    ):
        assert piece in text
    assert text.count("   - zh: ") == text.count("   - en: ") == 10
    sums = (model / "SHA256SUMS").read_text()
    write_sums(model)
    assert (model / "SHA256SUMS").read_text() == sums
    assert "README.md" in sums
