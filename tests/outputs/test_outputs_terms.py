"""Terms and findings in the terminal view: coloured where they stand, counted in a legend, explained."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.outputs.samples import of_texts
from tests.outputs.test_outputs_terminal import shown
from translate.domain import Finding, Lang, Severity, TermStatus, TermUse, TranslatedDispatch
from translate.outputs.terminal import view
from translate.outputs.terminal.highlights import Stretch, inked, of_source, of_target

FRENCH = "L'OIM et l'ONU."
ENGLISH = "The IOM and the UN."


def with_terms(*terms: TermUse, findings: tuple[Finding, ...] = ()) -> TranslatedDispatch:
    """A result of one sentence with these terms and findings."""
    result = of_texts([{Lang.FR: FRENCH, Lang.EN: ENGLISH}])
    block = result.blocks[0]
    translation = block.translations[Lang.EN]
    segment = replace(translation.segments[0], terms=terms, findings=findings)
    block = replace(block, translations={Lang.EN: replace(translation, segments=(segment,))})
    return replace(result, blocks=(block,))


def oim(status: TermStatus) -> TermUse:
    return TermUse("OIM", "IOM", status, (2, 5), None if status is TermStatus.MISSING else (4, 7))


ONU = TermUse("ONU", "UN", TermStatus.MODEL, (11, 14), (16, 18))


@pytest.mark.parametrize(
    ("status", "words", "code"),
    [
        (TermStatus.MODEL, "2 said by the model", "36"),
        (TermStatus.ENFORCED, "1 said by the model, 1 given to the model", "32"),
        (TermStatus.LED, "1 said by the model, 1 led to", "32"),
        (TermStatus.REPAIRED, "1 said by the model, 1 put in", "33"),
    ],
)
def test_a_term_has_the_colour_of_its_status_and_the_legend_names_it(
    status: TermStatus, words: str, code: str
) -> None:
    result = with_terms(oim(status), ONU)
    assert f"Terms: {words}" in shown(view(result), 80)
    assert f"\x1b[{code}mIOM\x1b[0m" in shown(view(result), 80, colour=True)


def test_a_missing_term_is_red_in_the_french() -> None:
    result = with_terms(oim(TermStatus.MISSING), ONU)
    page = shown(view(result), 80, colour=True)
    assert "\x1b[1;31mOIM\x1b[0m" in page
    assert "1 missing" in page


def test_without_terms_there_is_no_legend() -> None:
    assert "Terms:" not in shown(view(with_terms()), 80)


def test_the_place_of_an_error_is_marked_on_both_sides_and_that_of_a_note_is_not() -> None:
    error = Finding("names", Severity.ERROR, "lost", source_span=(11, 14), target_span=(16, 18))
    note = Finding("repaired", Severity.NOTE, "mended", target_span=(0, 3))
    page = shown(view(with_terms(findings=(error, note))), 80, colour=True)
    assert "\x1b[4;31mONU\x1b[0m" in page and "\x1b[4;31mUN\x1b[0m" in page
    assert "mThe\x1b" not in page


def test_overlapping_stretches_never_write_a_letter_twice() -> None:
    error = Finding("names", Severity.ERROR, "lost", source_span=(2, 6), target_span=(4, 9))
    result = with_terms(oim(TermStatus.MODEL), ONU, findings=(error,))
    segment = result.blocks[0].translations[Lang.EN].segments[0]
    for text, stretches in ((ENGLISH, of_target(segment)), (FRENCH, of_source(result.blocks[0], 0))):
        assert inked(text, stretches).plain == text
    assert Stretch(4, 9, "underline red") in of_target(segment)


def test_explain_lists_the_terms_and_codes_of_each_segment() -> None:
    result = with_terms(
        oim(TermStatus.ENFORCED), ONU, findings=(Finding("revised", Severity.NOTE, "another was better"),)
    )
    page = shown(view(result, explain=True), 120)
    assert "model -0.50 · OIM → IOM (given) · ONU → UN · revised" in page
