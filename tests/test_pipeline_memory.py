"""A run with a memory gives the bytes of one without; what people translated is used and said to be so."""

from __future__ import annotations

from tests.fakes import LeadSummarizer, ShoutEngine, pipeline
from translate.domain import Lang, Origin
from translate.memory import Memory
from translate.outputs import Format, render
from translate.pipeline import Pipeline
from translate.revision import Revision
from translate.settings import Options
from translate.sources import read_dispatch

TEXT = """\
Accord sur le climat à Genève

GENEVE, 12 mai (Xinhua) -- Les ministres ont signé un accord sur le climat. Il entrera en vigueur en 2025.

Le président de la conférence a salué un pas important. Il a fait 64 promesses.
"""
PROMISES = "Il a fait 64 promesses."


def with_memory(memory: Memory | None, engine: ShoutEngine, options: Options | None = None) -> Pipeline:
    plain = pipeline({Lang.EN: engine, Lang.ZH: engine}, LeadSummarizer(), options)
    return Pipeline(plain.engines, plain.recipes, plain.summarizer, plain.options, memory=memory)


def test_a_run_with_hits_gives_the_bytes_of_a_run_without() -> None:
    dispatch = read_dispatch(TEXT)
    alone = with_memory(None, ShoutEngine()).run(dispatch)
    with Memory.open(None) as memory:
        first, second = ShoutEngine(), ShoutEngine()
        filling = with_memory(memory, first).run(dispatch)
        remembering = with_memory(memory, second).run(dispatch)
    for form in Format:
        assert render(filling, form) == render(remembering, form) == render(alone, form)
    assert first.asked and not second.asked


def test_other_rules_of_revision_are_another_recipe() -> None:
    dispatch = read_dispatch(TEXT)
    with Memory.open(None) as memory:
        with_memory(memory, ShoutEngine()).run(dispatch)
        engine = ShoutEngine()
        with_memory(memory, engine, Options(revision=Revision(checks=False))).run(dispatch)
    assert engine.asked


def test_a_translation_by_people_stands_in_the_result_as_theirs() -> None:
    with Memory.open(None) as memory:
        memory.store([(PROMISES, "He made 64 promises.")], Lang.EN, None, human=True)
        result = with_memory(memory, ShoutEngine()).run(read_dispatch(TEXT))
    segments = [
        segment
        for block in result.blocks
        if Lang.EN in block.translations
        for segment in block.translations[Lang.EN].segments
        if segment.source.text == PROMISES
    ]
    assert [(segment.target, segment.origin) for segment in segments] == [
        ("He made 64 promises.", Origin.MEMORY)
    ]


def test_similar_sentences_are_only_shown_if_asked_for() -> None:
    with Memory.open(None) as memory:
        memory.store([("Il a fait 65 promesses.", "He made 65 promises.")], Lang.EN, None, human=True)
        shown = with_memory(memory, ShoutEngine(), Options(suggest=True)).run(read_dispatch(TEXT))
        silent = with_memory(memory, ShoutEngine()).run(read_dispatch(TEXT))
    (message,) = {found.message for _, _, found in shown.findings if found.code == "similar"}
    assert "He made 65 promises." in message and "%" in message
    assert not any(found.code == "similar" for _, _, found in silent.findings)
