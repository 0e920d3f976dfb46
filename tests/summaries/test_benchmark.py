"""What the benchmark compares, and the floor that our summaries must not fall below."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from benchmarks.rouge import words
from benchmarks.summaries import Article, by_chance, lead, main, measure, ours, read, shown, textrank

ARTICLE = Article(
    {
        0: ("Le Parlement a adopté jeudi la réforme des retraites.", "Il a voté par 312 voix contre 201."),
        1: ("La réforme des retraites porte l'âge de départ à 64 ans.",),
        2: ("Les syndicats appellent à manifester contre la réforme.", "Le temps sera doux."),
    },
    abstract="Le Parlement a adopté la réforme qui porte la retraite à 64 ans.",
    title="Retraites : la réforme adoptée",
)
OPENING = ARTICLE.paragraphs[0][0]
SET = Path(__file__).parents[3] / "shared" / "eval" / "orangesum-valid.jsonl"


def test_lead_is_the_first_sentences() -> None:
    assert shown(lead, ARTICLE, 1)[0] == OPENING
    assert shown(lead, ARTICLE, 2)[0] == " ".join(ARTICLE.paragraphs[0])


@pytest.mark.parametrize("ranking", [lead, textrank, by_chance(1), by_chance(2), ours(None)])
@pytest.mark.parametrize("count", [1, 2])
def test_equal_length_is_exact(ranking: object, count: int) -> None:
    assert callable(ranking)
    as_it_is, equal = shown(ranking, ARTICLE, count)
    assert len(words(equal)) == len(words(shown(lead, ARTICLE, count)[0]))
    assert words(as_it_is)[: len(words(equal))] == words(equal)[: len(words(as_it_is))]


def test_textrank_prefers_the_sentence_others_share_words_with() -> None:
    first = next(iter(textrank(ARTICLE)))
    assert first[0] in (OPENING, ARTICLE.paragraphs[1][0])


def test_chance_depends_on_its_seed_alone() -> None:
    orders = {seed: next(iter(by_chance(seed)(ARTICLE))) for seed in range(20)}
    assert orders == {seed: next(iter(by_chance(seed)(ARTICLE))) for seed in range(20)}
    assert len({tuple(order) for order in orders.values()}) > 1


def test_the_interval_of_no_difference_is_empty() -> None:
    rows = measure({"lead": [lead], "again": [lead]}, [ARTICLE] * 3, "half")
    assert all((row.gain, row.low, row.high) == (0, 0, 0) for row in rows)
    assert {(row.sentences, row.equal_length) for row in rows} == {
        (1, False),
        (1, True),
        (2, False),
        (2, True),
    }


def test_one_command_prints_a_table_and_writes_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = {
        "body": [" ".join(texts) for texts in ARTICLE.paragraphs.values()],
        "abstract": ARTICLE.abstract,
        "title": ARTICLE.title,
    }
    file, report = tmp_path / "articles.jsonl", tmp_path / "report.json"
    file.write_text(f"{json.dumps(entry)}\n" * 4, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["summaries", str(file), "--json", str(report)])
    main()
    assert "TextRank" in capsys.readouterr().out
    rows = json.loads(report.read_text(encoding="utf-8"))["rows"]
    assert {row["half"] for row in rows} == {"first half (fitted on)", "second half (held out)"}


@pytest.mark.shared
@pytest.mark.skipif(not SET.exists(), reason=f"{SET.name} is not beside the checkout")
def test_our_summaries_beat_the_lead_at_equal_length() -> None:
    held_out = read(SET)[300:]
    rows = measure({"lead": [lead], "ours": [ours(None)]}, held_out, "held out")
    one, two = (
        next(r for r in rows if (r.system, r.sentences, r.equal_length) == ("ours", count, True))
        for count in (1, 2)
    )
    assert one.low > 0, "one sentence must be better than the lead, beyond chance"
    assert two.gain > -0.5, "two sentences must not be worse than the first two"
    assert one.rouge_1 > 23.5
