"""Our own summariser selects and shortens; it cannot invent."""

from __future__ import annotations

import time
import tracemalloc
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from translate.domain import Lang
from translate.errors import EngineError
from translate.summaries import SummaryInput
from translate.summaries.extractive import EMBED_BLOCK, ExtractiveSummarizer
from translate.summaries.faithful import Source
from translate.summaries.scoring import score
from translate.summaries.traits import traits_of
from translate.summaries.words import WORD, words_of

LEAD = "Le Parlement a adopté jeudi par 312 voix contre 201 la réforme des retraites du gouvernement Lefort."
FACT = "La réforme des retraites porte l'âge de départ à 64 ans pour tous les salariés du secteur privé."
ASIDE = "Le temps était ensoleillé sur la capitale."
SUMMARIZER = ExtractiveSummarizer(None)


def summary(*paragraphs: Sequence[str], title: str | None = None, sentences: int = 1) -> list[str]:
    document = SummaryInput(title, dict(enumerate(map(tuple, paragraphs))), sentences, gists=False)
    return [sentence.text for sentence in SUMMARIZER.summarize(document).sentences]


# --- what is chosen ---------------------------------------------------------------------------------------


def test_the_lead_is_chosen_and_order_is_kept() -> None:
    assert summary([LEAD], [ASIDE], [FACT], sentences=2) == [LEAD, FACT]


@pytest.mark.parametrize(
    "weak",
    [
        "Il a été adopté jeudi par 312 voix contre 201 après la réforme des retraites de Jean Lefort.",
        "Cette réforme a été adoptée jeudi par 312 voix contre 201 au Parlement pour les retraites.",
        "Par ailleurs, le Parlement a adopté jeudi par 312 voix contre 201 la réforme des retraites.",
        "« Nous avons adopté la réforme des retraites de Jean Lefort », a-t-il ajouté jeudi au Parlement.",
        "Le Parlement a-t-il adopté jeudi par 312 voix contre 201 la réforme des retraites du gouvernement ?",
    ],
)
def test_a_sentence_that_cannot_stand_alone_gives_way(weak: str) -> None:
    strong = "Le Parlement a adopté jeudi par 312 voix contre 201 la réforme des retraites de Jean Lefort."
    assert summary([weak], [strong], [FACT], [ASIDE]) != [weak]


def test_an_opening_date_is_no_reference_to_an_earlier_sentence() -> None:
    dated = "Ce jeudi, le Parlement a adopté la réforme des retraites du gouvernement Lefort."
    note = SUMMARIZER.summarize(SummaryInput(None, {0: (dated, FACT, ASIDE)}, 1)).sentences[0]
    assert (note.text, note.findings) == (dated, ())


def test_a_summary_sentence_that_leans_on_an_earlier_one_is_noted() -> None:
    leaning = (
        "Il a aussi visité le chantier de la centrale électrique de Gassi, au nord de la capitale tchadienne."
    )
    document = SummaryInput(None, {0: ("Oui.",), 1: (leaning,)}, 1)
    assert [f.code for f in SUMMARIZER.summarize(document).sentences[0].findings] == ["context"]


def test_the_title_pulls_towards_what_it_says() -> None:
    wine = "Les viticulteurs de Champagne attendent une récolte abondante malgré la grêle du printemps."
    fish = "Les pêcheurs bretons attendent une saison difficile malgré les aides de la région."
    paragraphs = ([ASIDE], [fish], [wine])
    assert summary(*paragraphs) == [fish]
    assert summary(
        *paragraphs, title="Champagne : récolte abondante pour les viticulteurs malgré la grêle"
    ) == [wine]


def test_the_same_news_is_not_told_twice() -> None:
    again = LEAD.replace("a adopté", "a bien adopté")
    assert summary([LEAD], [again], [FACT], sentences=2) == [LEAD, FACT]


def test_an_equal_sentence_points_to_every_block_that_has_it() -> None:
    document = SummaryInput(None, {2: (LEAD,), 5: (FACT, ASIDE), 9: (LEAD.upper(),)}, 1)
    assert SUMMARIZER.summarize(document).sentences[0].sources == (2, 9)


def test_the_encoder_has_a_say() -> None:
    sentences = [f"Le ministre a visité la ville {name}." for name in "abcde"]
    traits = [traits_of(sentence, words_of(Lang.FR)) for sentence in sentences]
    rows = np.eye(5, dtype=np.float32)
    rows[3] = 1  # near all others
    gained = score(sentences, traits, None, rows) - score(sentences, traits, None, None)
    assert int(np.argmax(gained)) == 3
    assert gained[3] > 0


# --- how much ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("paragraphs", [{}, {0: ()}, {0: ("", "  "), 3: ("***", "—")}])
def test_a_dispatch_of_a_title_alone_has_no_summary(paragraphs: dict[int, tuple[str, ...]]) -> None:
    found = SUMMARIZER.summarize(SummaryInput("Séisme au Pérou", paragraphs))
    assert (found.sentences, dict(found.gists)) == ((), {})


def test_a_summary_is_never_the_whole_dispatch() -> None:
    assert len(summary([LEAD, FACT], sentences=2)) == 1
    assert len(summary([LEAD, FACT, ASIDE], sentences=9)) == 2


def test_a_dispatch_of_one_sentence_is_shortened() -> None:
    said = (
        "Les pompiers, appuyés par neuf avions et six hélicoptères, luttaient dimanche soir contre un feu "
        "de forêt, selon la protection civile."
    )
    (only,) = summary([said])
    assert 0 < len(only) <= 0.75 * len(said)


def test_a_gist_that_is_the_whole_paragraph_says_so() -> None:
    short = "La récolte est sauvée."
    found = SUMMARIZER.summarize(SummaryInput(None, {0: (short,), 1: (short, ASIDE), 2: (LEAD, FACT)})).gists
    assert (found[0].text, [finding.code for finding in found[0].findings]) == (short, ["whole"])
    assert not found[1].findings
    assert not found[2].findings


def test_a_gist_marks_what_it_leaves_out_of_a_quotation() -> None:
    said = '"Nous avons porté les enfants à bout de bras, nous n\'avions plus rien à boire", a dit M. Roy.'
    found = SUMMARIZER.summarize(SummaryInput(None, {3: (said,)}, 0)).gists[3]
    assert found.text == '"Nous avons porté les enfants à bout de bras […]", a dit M. Roy.'
    assert (found.sources, found.findings) == ((3,), ())


def test_no_sentences_when_none_are_asked_and_gists_all_the_same() -> None:
    found = SUMMARIZER.summarize(SummaryInput(None, {0: (LEAD,), 4: (FACT, ASIDE)}, 0))
    assert found.sentences == ()
    assert set(found.gists) == {0, 4}


def test_gists_only_when_asked() -> None:
    assert SUMMARIZER.summarize(SummaryInput(None, {0: (LEAD,)}, gists=False)).gists == {}


def test_a_negative_number_of_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="-1"):
        SummaryInput(None, {}, -1)


def test_each_paragraph_has_a_gist_from_itself() -> None:
    paragraphs = {0: (LEAD,), 1: (FACT, ASIDE), 7: (ASIDE,)}
    gists = SUMMARIZER.summarize(SummaryInput(None, paragraphs)).gists
    assert [gist.sources for gist in gists.values()] == [(0,), (1,), (7,)]
    for block, gist in gists.items():
        assert Source(" ".join(paragraphs[block]), Lang.FR).inventions(gist.text) == ()


# --- nothing invented, nothing left to chance -------------------------------------------------------------

VOCABULARY = "le la un des ministre président Macron ONU Pérou 64 3.800 « » , ( ) a dit il selon et que jeudi"
WORDS = st.sampled_from(sorted(set(VOCABULARY.split())))
SENTENCES = st.lists(WORDS, min_size=1, max_size=40).map(lambda words: " ".join(words) + ".")
DOCUMENTS = st.dictionaries(st.integers(0, 50), st.lists(SENTENCES, max_size=5).map(tuple), max_size=8)


@settings(deadline=None)
@given(DOCUMENTS, st.integers(0, 4), st.one_of(st.none(), SENTENCES))
def test_every_word_of_a_summary_stands_in_its_sources(
    paragraphs: dict[int, tuple[str, ...]], sentences: int, title: str | None
) -> None:
    found = SUMMARIZER.summarize(SummaryInput(title, paragraphs, sentences))
    assert len(found.sentences) <= sentences
    for shown in (*found.sentences, *found.gists.values()):
        assert shown.sources == tuple(sorted(set(shown.sources))) != ()
        source = Counter(
            word.casefold() for b in shown.sources for s in paragraphs[b] for word in WORD.findall(s)
        )
        assert not Counter(word.casefold() for word in WORD.findall(shown.text)) - source
        assert Source(" ".join(paragraphs[shown.sources[0]]), Lang.FR).inventions(shown.text) == ()


@settings(deadline=None)
@given(DOCUMENTS)
def test_the_same_dispatch_gives_the_same_summary(paragraphs: dict[int, tuple[str, ...]]) -> None:
    turned = dict(sorted(paragraphs.items(), reverse=True))
    first = ExtractiveSummarizer(None).summarize(SummaryInput(None, paragraphs))
    assert first == ExtractiveSummarizer(None).summarize(SummaryInput(None, turned))


# --- the encoder ------------------------------------------------------------------------------------------


class CountingEncoder:
    """Vectors of no meaning; remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def __call__(self, sentences: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append(len(sentences))
        assert len(set(sentences)) == len(sentences), "asked twice for one sentence"
        return np.ones((len(sentences), 8), dtype=np.float32)


def test_ten_thousand_sentences_take_seconds_and_little_memory() -> None:
    encoder = CountingEncoder()
    paragraphs = {n: (f"Le village {n} de la région {n % 97} a voté {n % 13} fois.",) for n in range(10_000)}
    tracemalloc.start()
    start = time.perf_counter()
    found = ExtractiveSummarizer(encoder).summarize(SummaryInput(None, paragraphs, 5, gists=False))
    seconds, peak = time.perf_counter() - start, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.sentences) == 5
    assert encoder.asked == [EMBED_BLOCK, EMBED_BLOCK, 10_000 - 2 * EMBED_BLOCK]
    assert peak < 200e6, "a matrix of all pairs would take 400 MB"
    assert seconds < 60


def test_equal_sentences_are_embedded_once() -> None:
    encoder = CountingEncoder()
    ExtractiveSummarizer(encoder).summarize(SummaryInput(None, {0: (LEAD, FACT), 1: (LEAD, ASIDE)}))
    assert encoder.asked == [3]


def test_one_or_two_sentences_need_no_encoder() -> None:
    encoder = CountingEncoder()
    ExtractiveSummarizer(encoder).summarize(SummaryInput(None, {0: (LEAD, FACT)}))
    assert encoder.asked == []


def test_vectors_that_are_no_numbers_do_no_harm() -> None:
    def broken(sentences: Sequence[str]) -> NDArray[np.float32]:
        return np.full((len(sentences), 4), np.nan, dtype=np.float32)

    document = SummaryInput(None, {0: (LEAD, ASIDE), 1: (FACT,)}, 1)
    assert ExtractiveSummarizer(broken).summarize(document).sentences[0].text == LEAD


@pytest.mark.parametrize("shape", [(2, 4), (3,), (4, 4)])
def test_a_wrong_number_of_vectors_is_an_error(shape: tuple[int, ...]) -> None:
    summarizer = ExtractiveSummarizer(lambda sentences: np.ones(shape, dtype=np.float32))
    with pytest.raises(EngineError, match="3 sentences"):
        summarizer.summarize(SummaryInput(None, {0: (LEAD, FACT, ASIDE)}))


def test_a_language_without_rules_is_selected_from_but_not_shortened() -> None:
    english = ("The parliament adopted the pension reform on Thursday, its president told the press.",)
    found = ExtractiveSummarizer(None, lang=Lang.EN).summarize(SummaryInput(None, {0: english}))
    assert found.sentences[0].text == english[0]
