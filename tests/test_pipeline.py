"""The pipeline: what is asked of the models, how often, and how the answers are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.fakes import ForgetfulEngine, LeadSummarizer, ShoutEngine, pipeline, shout
from translate.domain import (
    Block,
    Dispatch,
    Finding,
    Hypothesis,
    Kind,
    Lang,
    Origin,
    Part,
    Severity,
    TranslatedSegment,
)
from translate.engines import Progress
from translate.errors import EngineError
from translate.pipeline import Pipeline
from translate.revision import Revision
from translate.settings import Options
from translate.sources import read_dispatch

TEXT = """\
Accord sur le climat à Genève

GENEVE, 12 mai (Xinhua) -- Les ministres ont signé un accord sur le climat. Il entrera en vigueur en 2025.

(Xinhua/Liu Bin)

Le président de la conférence a salué un pas important. Il entrera en vigueur en 2025.

Fin
"""

FIRST = "Les ministres ont signé un accord sur le climat."
AGAIN = "Il entrera en vigueur en 2025."
LAST = "Le président de la conférence a salué un pas important."
TITLE = "Accord sur le climat à Genève"


class Count:
    """A watcher that adds up."""

    def __init__(self) -> None:
        self.expected: list[int] = []
        self.done = 0

    def expect(self, sentences: int) -> None:
        self.expected.append(sentences)

    def finished(self, done: int) -> None:
        self.done += done


def paragraph(text: str, line: int = 1) -> Block:
    return Block(Kind.PARAGRAPH, text, (Part(Kind.PARAGRAPH, text, 0, len(text)),), line, line)


def test_each_distinct_prose_sentence_is_asked_once_and_in_one_call_per_target() -> None:
    engine = ShoutEngine()
    pipeline({Lang.EN: engine, Lang.ZH: engine}).run(read_dispatch(TEXT))
    assert engine.asked == [(lang, [TITLE, FIRST, AGAIN, LAST]) for lang in (Lang.EN, Lang.ZH)]


def test_blocks_stay_in_order_and_none_is_lost() -> None:
    dispatch = read_dispatch(TEXT)
    result = pipeline().run(dispatch)
    assert tuple(block.block for block in result.blocks) == dispatch.blocks
    assert all(set(block.translations) == {Lang.EN, Lang.ZH} for block in result.blocks)


def test_english_sentences_have_a_space_between_them_and_chinese_ones_do_not() -> None:
    sentences = [LAST, AGAIN]
    (block,) = pipeline().run(Dispatch((paragraph(" ".join(sentences)),))).blocks
    assert block.translations[Lang.EN].text == " ".join(shout(text, Lang.EN) for text in sentences)
    assert block.translations[Lang.ZH].text == "".join(shout(text, Lang.ZH) for text in sentences)


def test_every_segment_points_into_its_part() -> None:
    result = pipeline().run(read_dispatch(TEXT))
    for block in result.blocks:
        for translation in block.translations.values():
            for one in translation.segments:
                part = block.block.parts[one.part]
                assert part.text[one.source.start : one.source.end] == one.source.text
            assert all(before.part <= after.part for before, after in pairwise(translation.segments))
            assert {one.part for one in translation.segments} == set(range(len(block.block.parts)))


def test_what_is_no_prose_never_reaches_a_model() -> None:
    engine = ShoutEngine()
    result = pipeline({Lang.EN: engine}).run(read_dispatch(TEXT))
    asked = " ".join(engine.asked[0][1])
    assert "Xinhua" not in asked and "Fin" not in asked
    origins = {
        result.dispatch.blocks[number].parts[one.part].kind: one.origin
        for number, block in enumerate(result.blocks)
        for one in block.translations[Lang.EN].segments
    }
    assert origins[Kind.DATELINE] is Origin.RULE
    assert origins[Kind.CREDIT] is Origin.COPY
    assert origins[Kind.PARAGRAPH] is Origin.MODEL


def test_a_plain_sentence_is_rendered_by_rule() -> None:
    engine = ShoutEngine()
    (block,) = pipeline({Lang.EN: engine}).run(Dispatch((paragraph("1.234,5"),))).blocks
    assert engine.asked == []
    (one,) = block.translations[Lang.EN].segments
    assert one.origin in (Origin.RULE, Origin.COPY)


def test_scores_and_findings_come_through() -> None:
    (block,) = pipeline().run(Dispatch((paragraph(LAST),))).blocks
    assert block.translations[Lang.EN].segments[0].score == -0.5


def test_an_engine_that_forgets_a_sentence_is_noticed() -> None:
    """Never one sentence dropped or shifted: rather no result at all."""
    broken = ForgetfulEngine()
    with pytest.raises(ValueError, match="shorter"):
        pipeline({Lang.EN: broken}).run(read_dispatch(TEXT))


def test_the_watcher_hears_of_every_sentence() -> None:
    count = Count()
    pipeline(summarizer=LeadSummarizer()).run(read_dispatch(TEXT), count)
    assert count.expected == [count.done]
    assert count.done == 2 * 6  # title, three sentences and two gists, in two languages


def test_two_engines_answer_for_their_own_language() -> None:
    english, chinese = ShoutEngine([Lang.EN]), ShoutEngine([Lang.ZH])
    result = pipeline({Lang.ZH: chinese, Lang.EN: english}).run(read_dispatch(TEXT))
    assert result.targets == (Lang.ZH, Lang.EN)
    assert [lang for lang, _ in english.asked] == [Lang.EN]
    assert [lang for lang, _ in chinese.asked] == [Lang.ZH]


def test_a_french_summary_is_translated_in_the_same_call() -> None:
    engine, summarizer = ShoutEngine(), LeadSummarizer()
    result = pipeline({Lang.EN: engine, Lang.ZH: engine}, summarizer).run(read_dispatch(TEXT))
    assert len(engine.asked) == 2
    assert [dict(sentence.texts) for sentence in result.summary] == [
        {Lang.FR: text, Lang.EN: shout(text, Lang.EN), Lang.ZH: shout(text, Lang.ZH)}
        for text in (FIRST, LAST)
    ]
    assert [result.dispatch.blocks[sentence.sources[0]].kind for sentence in result.summary] == [
        Kind.PARAGRAPH
    ] * 2
    assert result.summarizer == "lead"
    assert engine.asked[0][1].count(FIRST) == 1, (
        "a summary sentence that stands in the text is no second request"
    )


def test_the_summarizer_sees_paragraphs_only_and_the_title_apart() -> None:
    summarizer = LeadSummarizer()
    dispatch = read_dispatch(TEXT)
    pipeline(summarizer=summarizer, options=Options(sentences=3, gists=False)).run(dispatch)
    (document,) = summarizer.asked
    assert document.title == TITLE
    assert list(document.paragraphs.values()) == [(FIRST, AGAIN), (LAST, AGAIN)]
    assert set(document.paragraphs) == {number for number, _ in dispatch.prose}
    assert (document.sentences, document.gists) == (3, False)


def test_gists_stand_at_their_paragraphs_in_every_language() -> None:
    result = pipeline(summarizer=LeadSummarizer()).run(read_dispatch(TEXT))
    for block in result.blocks:
        if block.block.kind is not Kind.PARAGRAPH:
            assert block.gist is None
            continue
        assert block.gist is not None
        assert set(block.gist.texts) == {Lang.FR, Lang.EN, Lang.ZH}
        assert block.gist.texts[Lang.EN] == shout(block.gist.texts[Lang.FR], Lang.EN)


def test_a_summarizer_of_english_reads_the_translation() -> None:
    engine, summarizer = ShoutEngine(), LeadSummarizer(lang=Lang.EN)
    result = pipeline({Lang.ZH: engine, Lang.EN: engine}, summarizer).run(read_dispatch(TEXT))
    assert summarizer.asked[0].title == shout(TITLE, Lang.EN)
    assert [dict(sentence.texts) for sentence in result.summary] == [
        {Lang.EN: shout(FIRST, Lang.EN)},
        {Lang.EN: shout(LAST, Lang.EN)},
    ]
    assert len(engine.asked) == 2


def test_a_summarizer_of_english_needs_english() -> None:
    with pytest.raises(EngineError, match="reads en, which is not a target") as caught:
        pipeline({Lang.ZH: ShoutEngine()}, LeadSummarizer(lang=Lang.EN))
    assert caught.value.hint and "--to en" in caught.value.hint


def test_no_summarizer_no_summary() -> None:
    result = pipeline().run(read_dispatch(TEXT))
    assert (result.summary, result.summarizer) == ((), None)
    assert all(block.gist is None for block in result.blocks)


@pytest.mark.parametrize("lang", [Lang.FR, Lang.EN])
def test_a_dispatch_without_paragraphs_has_no_summary(lang: Lang) -> None:
    credit = "(Xinhua/Liu Bin)"
    block = Block(Kind.CREDIT, credit, (Part(Kind.CREDIT, credit, 0, len(credit)),), 1, 1)
    result = pipeline(summarizer=LeadSummarizer(lang=lang)).run(Dispatch((block,)))
    assert result.summary == ()


def test_summary_only_translates_the_title_and_the_summary() -> None:
    engine, summarizer = ShoutEngine(), LeadSummarizer()
    quick = pipeline({Lang.EN: engine}, summarizer, Options(text=False, sentences=1))
    result = quick.run(read_dispatch(TEXT))
    assert engine.asked == [(Lang.EN, [TITLE, FIRST, "Les ministres ont.", "Le président de."])]
    shown = [block.block.kind for block in result.blocks if block.translations]
    assert shown == [Kind.TITLE]


def test_summary_only_with_a_summarizer_of_english_translates_what_it_reads() -> None:
    one = pipeline(summarizer=LeadSummarizer(lang=Lang.EN), options=Options(text=False))
    result = one.run(read_dispatch(TEXT))
    assert [sentence.texts[Lang.EN] for sentence in result.summary] == [
        shout(FIRST, Lang.EN),
        shout(LAST, Lang.EN),
    ]
    assert [block.block.kind for block in result.blocks if block.translations] == [Kind.TITLE]


def test_no_target_is_an_error() -> None:
    with pytest.raises(EngineError, match="no target"):
        Pipeline({}, {})


def test_a_target_without_a_model_is_an_error_that_says_which_there_are() -> None:
    with pytest.raises(EngineError, match="no model was loaded for zh, but for en") as caught:
        pipeline({Lang.EN: ShoutEngine([Lang.EN])}).ask([LAST], Lang.ZH)
    assert caught.value.hint and "load(" in caught.value.hint


def test_one_sentence_does_not_change_another() -> None:
    """The same sentence gets the same answer alone and among others."""
    alone = pipeline().run(Dispatch((paragraph(LAST),))).blocks[0].translations
    among = pipeline().run(read_dispatch(TEXT))
    found = [
        one.target
        for block in among.blocks
        for one in block.translations[Lang.EN].segments
        if one.source.text == LAST
    ]
    assert found == [alone[Lang.EN].text]


def test_a_hypothesis_may_be_empty_and_still_keeps_its_place() -> None:
    class Silent(ShoutEngine):
        def translate(self, sentences, target, progress=None):  # type: ignore[no-untyped-def]
            return [Hypothesis("") for _ in sentences]

    result = pipeline({Lang.EN: Silent()}).run(Dispatch((paragraph(f"{LAST} {AGAIN}"),)))
    assert [one.source.text for one in result.blocks[0].translations[Lang.EN].segments] == [LAST, AGAIN]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parent.parent / "examples").glob("*.txt")), ids=lambda path: path.stem
)
def test_the_examples_come_out_whole(path: Path) -> None:
    """Every block has both translations, and every summary sentence and gist its paragraph."""
    engine = ShoutEngine()
    dispatch = read_dispatch(path)
    result = pipeline({Lang.EN: engine, Lang.ZH: engine}, LeadSummarizer()).run(dispatch)
    assert tuple(block.block for block in result.blocks) == dispatch.blocks
    assert all(translation.text for block in result.blocks for translation in block.translations.values())
    prose = {number for number, _ in dispatch.prose}
    assert result.summary and all(set(sentence.sources) <= prose for sentence in result.summary)
    assert {number for number, block in enumerate(result.blocks) if block.gist} == prose


class Fixed(ShoutEngine):
    """Gives one answer to everything."""

    def __init__(self, answer: Hypothesis) -> None:
        super().__init__()
        self.answer = answer

    def translate(self, sentences, target, progress=None):  # type: ignore[no-untyped-def]
        return [self.answer for _ in sentences]

    def candidates(self, sentences, target, count):  # type: ignore[no-untyped-def]
        return [(self.answer,) for _ in sentences]


def checked(source: str, answer: Hypothesis, options: Options) -> TranslatedSegment:
    """The one segment of a dispatch of one sentence."""
    result = pipeline({Lang.EN: Fixed(answer)}, options=options).run(Dispatch((paragraph(source),)))
    (segment,) = result.blocks[0].translations[Lang.EN].segments
    return segment


INJURED = "Le séisme a fait 3.800 blessés et 64 morts."


def test_what_a_model_says_is_mended_and_checked() -> None:
    answer = Hypothesis("The quake injured 3.800 people and killed 46.")
    segment = checked(INJURED, answer, Options(revision=Revision(retry=False)))
    assert segment.target == "The quake injured 3,800 people and killed 46."
    repaired, numbers = segment.findings
    assert (repaired.code, numbers.code) == ("repaired", "numbers")
    assert numbers.source_span and segment.source.text[slice(*numbers.source_span)] == "64"
    assert numbers.target_span and segment.target[slice(*numbers.target_span)] == "46"
    looked_at_again = checked(INJURED, answer, Options())
    assert looked_at_again.target == "The quake injured 3,800 people and killed 64."
    assert "restored" in {finding.code for finding in looked_at_again.findings}


def test_checks_and_repairs_can_be_switched_off() -> None:
    answer = Hypothesis("The quake injured 3.800 people and killed 46.")
    repaired = checked(INJURED, answer, Options(revision=Revision(checks=False)))
    assert [finding.code for finding in repaired.findings] == ["repaired"]
    plain = checked(INJURED, answer, Options(revision=Revision(checks=False, repair=False)))
    assert (plain.target, plain.findings) == (answer.text, ())
    flagged = checked(INJURED, answer, Options(revision=Revision(repair=False, retry=False)))
    assert {finding.code for finding in flagged.findings} == {"numbers"}


def test_what_the_engine_has_told_is_not_told_twice() -> None:
    told = Finding("empty", Severity.ERROR, "the model gave no translation")
    assert checked(INJURED, Hypothesis("", findings=(told,)), Options()).findings == (told,)


# ── Targets at the same time ─────────────────────────────────────────────────────────────────────────


def test_targets_asked_at_the_same_time_give_the_same() -> None:
    plain, seen = pipeline(summarizer=LeadSummarizer()), Count()
    both = replace(plain, together=True)
    assert both.translate(TEXT, seen) == plain.translate(TEXT)
    assert [seen.done] == seen.expected


def test_what_one_target_fails_with_is_raised() -> None:
    class Broken(ShoutEngine):
        def translate(
            self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
        ) -> list[Hypothesis]:
            raise EngineError("the device failed")

    broken = replace(pipeline({Lang.EN: ShoutEngine(), Lang.ZH: Broken()}), together=True)
    with pytest.raises(EngineError, match="the device failed"):
        broken.translate(TEXT)
