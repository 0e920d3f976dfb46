"""What a model writes is shown only where its source bears it out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.tiny_models import FRENCH, Tensors, make_summarizer, rewrite
from translate.domain import Lang
from translate.errors import EngineError, RegistryError, WeightsError
from translate.registry.spec import Decode, Limits, ModelSpec, Probe, Task
from translate.summaries import SourceSummary, SummaryInput, load
from translate.summaries.abstractive import AbstractiveSummarizer
from translate.summaries.extractive import ExtractiveSummarizer
from translate.summaries.seq2seq import Candidate, Seq2SeqWriter

QUAKE = (
    "Un séisme de magnitude 6,8 a frappé jeudi matin la région d'Arequipa, dans le sud du Pérou, "
    "faisant au moins neuf morts et 64 blessés, a annoncé la défense civile.",
    "La secousse a été ressentie jusqu'à La Paz, en Bolivie, sans que l'alerte au tsunami soit donnée.",
)
ARMY = (
    "L'armée a dépêché sur place deux hélicoptères et 150 soldats, tandis que le gouvernement a décrété "
    "l'état d'urgence pour soixante jours dans cinq districts du pays.",
)
DOCUMENT = SummaryInput("Séisme au Pérou", {1: QUAKE, 3: ARMY, 4: ("Les écoles sont fermées.",)})
SPEC = ModelSpec(
    "tiny",
    Task.SUMMARIZE,
    Lang.FR,
    {Lang.FR: ""},
    path=Path(),
    decode=Decode(beam=2, max_new_tokens=12),
    limits=Limits(128, 64),
)


class ScriptedWriter:
    """Writes what `script` says of a text, and remembers what it was asked."""

    def __init__(self, script: Callable[[str], Sequence[str | Candidate]], limit: int = 400) -> None:
        self.limit = limit
        self.asked: list[str] = []
        self._script = script

    def size(self, text: str) -> int:
        return len(text.split())

    def write(self, texts: Sequence[str]) -> list[list[Candidate]]:
        self.asked += texts
        return [
            [
                each if isinstance(each, Candidate) else Candidate(each, complete=True)
                for each in self._script(text)
            ]
            for text in texts
        ]


def summarize(*beams: str | Candidate, document: SummaryInput = DOCUMENT) -> SourceSummary:
    writer = ScriptedWriter(lambda text: beams)
    return AbstractiveSummarizer(SPEC, writer, ExtractiveSummarizer(None)).summarize(document)


def codes(summary: SourceSummary) -> list[list[str]]:
    return [[finding.code for finding in sentence.findings] for sentence in summary.sentences]


def test_a_faithful_summary_is_shown_with_its_paragraphs() -> None:
    summary = summarize("Le séisme a fait 9 morts au Pérou. L'armée a envoyé 150 soldats.")
    assert [s.text for s in summary.sentences] == [
        "Le séisme a fait 9 morts au Pérou.",
        "L'armée a envoyé 150 soldats.",
    ]
    assert [s.sources for s in summary.sentences] == [(1,), (3,)]
    assert codes(summary) == [[], []]


def test_an_invented_number_is_replaced_by_a_sentence_of_the_dispatch_and_named() -> None:
    summary = summarize("Le séisme a fait 12 morts au Pérou.")
    assert summary.sentences[0].text in QUAKE + ARMY
    assert codes(summary) == [["unfaithful"]]
    assert "12" in summary.sentences[0].findings[0].message


def test_only_the_unfaithful_sentence_is_replaced() -> None:
    summary = summarize("Le séisme a fait 12 morts au Pérou. L'armée a envoyé 150 soldats.")
    assert codes(summary) == [["unfaithful"], []]
    assert summary.sentences[1].text == "L'armée a envoyé 150 soldats."


def test_another_beam_is_tried_before_giving_up() -> None:
    summary = summarize("Le séisme a fait 12 morts à Lima.", "Le séisme a fait neuf morts au Pérou.")
    assert [s.text for s in summary.sentences] == ["Le séisme a fait neuf morts au Pérou."]
    assert codes(summary) == [[]]


def test_a_sentence_cut_at_the_limit_is_not_shown() -> None:
    summary = summarize(Candidate("Le séisme a fait 9 morts. L'armée a", complete=False))
    assert summary.sentences[0].text == "Le séisme a fait 9 morts."
    assert codes(summary) == [[], ["truncation"]]


def test_a_loop_is_not_shown() -> None:
    assert codes(summarize("Le séisme le séisme le séisme le séisme au Pérou.")) == [["repetition"]]


def test_a_model_that_writes_nothing_is_reported() -> None:
    summary = summarize("")
    assert codes(summary) == [["empty"]]
    assert summary.sentences[0].text in QUAKE + ARMY
    assert codes(summarize()) == [["empty"]]


def test_no_more_sentences_than_asked() -> None:
    text = "Le séisme a fait 9 morts. L'armée a envoyé 150 soldats. L'urgence est décrétée."
    assert len(summarize(text).sentences) == 2
    nothing = SummaryInput(None, {1: QUAKE}, sentences=0)
    assert summarize(text, document=nothing).sentences == ()


def test_gists_are_one_sentence_and_a_short_paragraph_keeps_its_own() -> None:
    gists = summarize("Le séisme a fait 9 morts. Fin.").gists
    assert gists[1].text == "Le séisme a fait 9 morts."
    assert gists[1].sources == (1,)
    assert gists[3].findings[0].code == "unfaithful"  # nine dead are not in that paragraph
    assert "écoles" in gists[4].text  # five words: the model is not asked


def test_a_gist_longer_than_its_paragraph_is_not_shown() -> None:
    text = " ".join(ARMY) + " " + " ".join(ARMY)
    long = text.replace(". L'armée", " et l'armée")
    gist = summarize(long, document=SummaryInput(None, {3: ARMY})).gists[3]
    assert len(gist.text) < len(ARMY[0])
    assert gist.findings[0].code in {"length-ratio", "repetition"}


def test_long_input_is_read_to_its_end() -> None:
    paragraphs = {
        n: (f"Le village numéro {n} compte {n} habitants et une école ancienne.",) for n in range(300)
    }
    writer = ScriptedWriter(lambda text: [text.partition(".")[0] + "."], limit=64)
    summarizer = AbstractiveSummarizer(SPEC, writer, ExtractiveSummarizer(None))
    summary = summarizer.summarize(SummaryInput(None, paragraphs, gists=False))
    assert all(writer.size(text) <= 64 for text in writer.asked)
    assert all(any(f"numéro {n} compte" in text for text in writer.asked) for n in range(300))
    assert summary.sentences[0].text == "Le village numéro 0 compte 0 habitants et une école ancienne."


@pytest.mark.parametrize("written", ["", "Le maire de Lyon a 3 chats.", "x " * 500])
def test_long_input_ends_even_if_the_model_writes_rubbish(written: str) -> None:
    paragraphs = {n: (f"Le village numéro {n} compte {n} habitants et une école.",) for n in range(100)}
    writer = ScriptedWriter(lambda text: [written], limit=16)
    summary = AbstractiveSummarizer(SPEC, writer, ExtractiveSummarizer(None)).summarize(
        SummaryInput(None, paragraphs, gists=False)
    )
    assert summary.sentences[0].text.startswith("Le village")


# --- real checkpoints -------------------------------------------------------------------------------------


def embed(sentences: Sequence[str]) -> NDArray[np.float32]:
    return np.array([[len(sentence), 1] for sentence in sentences], dtype=np.float32)


@pytest.fixture(scope="module", params=["bart", "mt5"])
def checkpoint(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_summarizer(tmp_path_factory.mktemp(request.param), request.param)


def test_a_checkpoint_is_loaded_and_its_nonsense_never_shown(checkpoint: Path) -> None:
    summarizer = load(SPEC, checkpoint, embed, device="cpu")
    assert (summarizer.name, summarizer.lang) == ("tiny", Lang.FR)
    document = SummaryInput(None, {0: FRENCH[:4], 2: FRENCH[4:]})
    summary = summarizer.summarize(document)
    assert summary == summarizer.summarize(document)
    assert {s.text for s in summary.sentences} <= set(FRENCH)
    assert all(s.findings for s in summary.sentences)
    assert set(summary.gists) == {0, 2}


def test_answers_do_not_depend_on_the_other_texts(checkpoint: Path) -> None:
    writer = Seq2SeqWriter.load(SPEC, checkpoint, "cpu")
    texts = [FRENCH[0], FRENCH[1] + " " + FRENCH[2], FRENCH[3]]
    together = writer.write(texts)
    assert len({answers[0].text for answers in together}) == 3, "the tiny model answers all texts alike"
    assert [writer.write([text])[0][0] for text in texts] == [answers[0] for answers in together]


def test_every_beam_is_a_candidate(checkpoint: Path) -> None:
    spec = replace(SPEC, decode=Decode(beam=3, max_new_tokens=20))
    answers = Seq2SeqWriter.load(spec, checkpoint, "cpu").write([FRENCH[0]])[0]
    assert len(answers) == 3


def test_a_text_above_the_limit_is_refused_not_cut(checkpoint: Path) -> None:
    writer = Seq2SeqWriter.load(SPEC, checkpoint, "cpu")
    with pytest.raises(EngineError, match="the limit is"):
        writer.write([" ".join(FRENCH * 9)])


def test_a_failed_probe_refuses_the_model(checkpoint: Path) -> None:
    probe = Probe(FRENCH[0], Lang.FR, ("cette réponse n'existe pas",))
    spec = replace(SPEC, probe=probe)
    with pytest.raises(WeightsError, match="self-check"):
        load(spec, checkpoint, embed, device="cpu")


def test_nothing_is_fetched_for_a_missing_directory(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match="no directory"):
        load(SPEC, tmp_path / "absent", embed)
    with pytest.raises(WeightsError, match=r"model\.safetensors is missing"):
        load(SPEC, tmp_path, embed)
    with pytest.raises(RegistryError, match="no local directory"):
        load(SPEC, None, embed)


def test_an_unknown_built_in_is_named_with_the_known_ones() -> None:
    spec = ModelSpec("own", Task.SUMMARIZE, Lang.FR, {Lang.FR: ""}, builtin="magic")
    with pytest.raises(RegistryError, match="magic") as caught:
        load(spec, None, embed)
    assert "extractive" in str(caught.value.hint)


def test_a_weight_that_is_missing_is_not_made_up(tmp_path: Path) -> None:
    path = rewrite(make_summarizer(tmp_path / "bart"), drop_one)
    with pytest.raises(WeightsError, match="lacks 1 weights"):
        load(SPEC, path, embed, device="cpu")


def test_a_damaged_file_is_an_error_of_ours(tmp_path: Path) -> None:
    path = make_summarizer(tmp_path / "bart")
    weights = path / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(WeightsError, match="cannot load"):
        load(SPEC, path, embed, device="cpu")
    (path / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(WeightsError, match="cannot load"):
        load(SPEC, path, embed, device="cpu")


def drop_one(tensors: Tensors) -> None:
    tensors.pop(next(name for name in tensors if name.endswith("fc1.weight")))
