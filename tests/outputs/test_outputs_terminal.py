"""The page fits every terminal, shows every character, and reads no text as markup."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from tests.outputs.samples import FEW, HOSTILE, RECIPE, REPEATED, RESPLIT, flagged, of_texts, results, samples
from translate.domain import Kind, Lang, Part, SummarySentence, TranslatedDispatch
from translate.outputs import Format, render
from translate.outputs.cells import visible
from translate.outputs.terminal import summary_view, view

WIDTHS = st.integers(20, 300)


def shown(renderable: RenderableType, width: int, *, colour: bool = False) -> str:
    console = Console(
        width=width, file=io.StringIO(), force_terminal=colour, color_system="standard" if colour else None
    )
    console.print(renderable)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def letters(text: str) -> str:
    return re.sub(r"\s", "", visible(text))


def column(page: str, number: int) -> str:
    """The letters of one column of a page that is set side by side."""
    rows = (line.split(" │ ") for line in page.splitlines() if " │ " in line)
    return letters("".join(row[number] for row in rows if len(row) > number))


@FEW
@given(results(), WIDTHS, st.booleans())
def test_no_line_is_wider_than_the_terminal(result: TranslatedDispatch, width: int, all: bool) -> None:
    for page in (view(result, explain=all, furniture=all), summary_view(result)):
        assert max(map(cell_len, shown(page, width).split("\n"))) <= width


@FEW
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=3), WIDTHS)
def test_every_character_of_each_text_is_shown(texts: list[tuple[str, str, str]], width: int) -> None:
    result = of_texts([dict(zip(Lang, each, strict=True)) for each in texts])
    page = shown(view(result), width)
    stacked = width < 100
    for number, text in ((number, text) for each in texts for number, text in enumerate(each)):
        assert letters(text) in (_unnumbered(page) if stacked else column(page, number).replace("│", ""))


def _unnumbered(page: str) -> str:
    """The letters of a stacked page, without its margin."""
    return letters("".join(line[4:] for line in page.splitlines()))


@pytest.mark.parametrize("width", [20, 33, 59, 60, 80, 99, 100, 127, 300])
@pytest.mark.parametrize("name", ["eubee", "perou"])
def test_whole_dispatches_at_every_width(name: str, width: int) -> None:
    page = shown(view(flagged(samples()[name]), explain=True, furniture=True), width)
    assert max(map(cell_len, page.split("\n"))) <= width


def test_columns_stand_side_by_side_where_they_fit() -> None:
    three = samples()["perou"]
    two = replace(three, targets=(Lang.EN,), recipes={Lang.EN: RECIPE})
    assert " │ " in shown(view(three), 100)
    assert " │ " not in shown(view(three), 99)
    assert " │ " in shown(view(two), 60)
    assert " │ " not in shown(view(two), 59)
    assert "秘鲁" not in shown(view(two), 60)


def test_width_may_be_narrower_than_the_console_never_wider() -> None:
    result = samples()["perou"]
    assert shown(view(result, width=70), 200) == shown(view(result), 70)
    assert shown(view(result, width=200), 70) == shown(view(result), 70)


@pytest.mark.parametrize("text", ["[bold]gras[/bold]", "[/]", "[link=x]", ":smile:", "\\[red]", "[@click=f]"])
def test_text_is_no_markup(text: str) -> None:
    result = of_texts([dict.fromkeys(Lang, text)])
    result = replace(result, dispatch=replace(result.dispatch, name=text, notices=(text,)), summarizer=text)
    page = shown(view(result), 120)
    assert (
        page.count(text) >= 3 * 3 + 3
    )  # summary, paragraph and gist in three languages; name, notice, recipe


def test_escape_codes_in_the_text_do_not_reach_the_terminal() -> None:
    result = of_texts([dict.fromkeys(Lang, "\x1b[2Jeffacé\x9b31m\x07")])
    page = shown(view(result), 120)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", page)
    assert "␛[2Jeffacé⟨U+009B⟩31m␇" in page


def test_only_the_terminals_own_palette_is_used() -> None:
    page = shown(view(flagged(samples()["eubee"]), explain=True, furniture=True), 120, colour=True)
    codes = set(re.findall(r"\x1b\[([\d;]*)m", page))
    used = {int(code) for each in codes for code in each.split(";") if code}
    # bold, dim, italic; red, magenta, cyan; reset. No white, black, yellow or blue, and no background.
    assert used <= {0, 1, 2, 3, 31, 35, 36}
    assert {1, 2, 35, 36} <= used


def test_summary_sentences_point_to_paragraph_numbers() -> None:
    page = shown(view(samples()["eubee"]), 80)
    assert "→\u00a0¶1,\u00a02" in page
    assert re.search(r"^ 1  Athènes, 3 août 2025", page, re.MULTILINE)
    assert re.search(r"^ 6  La Grèce a sollicité", page, re.MULTILINE)


def test_the_summary_stands_before_the_text_and_the_head_before_the_summary() -> None:
    page = shown(view(samples()["eubee"]), 120)
    places = [page.index(each) for each in ("Grèce : un", "Mis à jour", "Summary", "Text", "Athènes, 3 août")]
    assert places == sorted(places)


def test_furniture_is_hidden_and_counted() -> None:
    hidden = shown(view(samples()["eubee"]), 120)
    assert "3 lines of page furniture hidden (--furniture shows them)" in hidden
    assert "Nous contacter" not in hidden
    all_of_it = shown(view(samples()["eubee"], furniture=True), 120)
    assert "Nous contacter" in all_of_it
    assert "hidden" not in all_of_it


def test_one_line_of_furniture_is_one_line() -> None:
    result = of_texts([{Lang.FR: "Menu", Lang.EN: ""}], Kind.FURNITURE)
    assert "1 line of page furniture hidden (--furniture shows it)" in shown(view(result), 80)


def test_findings_are_marked_where_they_are_and_explained_below() -> None:
    page = shown(view(flagged(samples()["eubee"])), 200)
    assert "Athens.\u00a0†2" in page
    assert "公里处。\u00a0†3" in page
    assert "†3 ¶1, Chinese: error: no translation; the French is shown [empty]; warning: a phrase" in page
    assert "†2 ¶1, English: over-long sentence translated in 2 pieces [resplit]" in page
    assert "†1 Summary: over-long" in page


def test_a_number_behind_a_mark_is_not_glued_to_it() -> None:
    result = of_texts([{Lang.FR: "Quel mot ? En 2018.", Lang.ZH: "什么词？2018年。"}])
    block = result.blocks[0]
    whole = block.translations[Lang.ZH]
    (segment,) = whole.segments
    first, second = (
        replace(segment, target="什么词？", findings=(RESPLIT,)),
        replace(segment, target="2018年。"),
    )
    translations = {Lang.ZH: replace(whole, segments=(first, second))}
    page = shown(view(replace(result, blocks=(replace(block, translations=translations),))), 120)
    assert "什么词？\u00a0†1 2018年。" in page


def test_findings_of_a_segment_that_is_not_in_the_whole_text_are_marked_at_its_end() -> None:
    result = flagged(samples()["eubee"])
    blocks = list(result.blocks)
    english = blocks[3].translations[Lang.EN]
    blocks[3] = replace(blocks[3], translations={Lang.EN: replace(english, text="Rewritten as a whole.")})
    page = shown(view(replace(result, blocks=tuple(blocks))), 200)
    assert "Rewritten as a whole.\u00a0†2" in page


def test_the_model_is_named_in_plain_words() -> None:
    result = samples()["perou"]
    assert "embedded model (a better one can be fetched: translate models list)" in shown(view(result), 120)
    other = replace(RECIPE, model="opus-mt-fr-en")
    page = shown(view(replace(result, recipes={Lang.EN: other, Lang.ZH: RECIPE})), 120)
    assert "English: model opus-mt-fr-en" in page
    assert "Chinese: embedded model" in page
    assert "en m:opus-mt-fr-en@1a2b3c4d|e:torch|d:cpu|b:4|v:0.1.0" in page


def test_explain_says_kind_lines_origin_and_score() -> None:
    page = shown(view(samples()["perou"], explain=True), 120)
    assert "paragraph, line 3" in page
    assert re.search(r"1 rule\b", page) and "2 model -0.25" in page
    assert "model -0.25" not in shown(view(samples()["perou"]), 120)


def test_a_gist_that_is_the_whole_paragraph_is_shown_only_where_the_paragraph_is_not() -> None:
    source = {Lang.FR: "Le  maire a dit non.", Lang.EN: "The mayor said no."}
    shorter = {Lang.FR: "Le maire a dit non.", Lang.EN: "No from the mayor."}
    (block,) = of_texts([source]).blocks
    gist = SummarySentence(shorter, (0,), (REPEATED,))
    result = replace(of_texts([source]), blocks=(replace(block, gist=gist),), summary=())
    for page in (shown(view(result), 120), render(result, Format.TXT), render(result, Format.MD)):
        assert "The mayor said no." in page
        assert "No from the mayor." not in page
        assert REPEATED.message not in page
    assert "No from the mayor." in shown(summary_view(result), 120)
    alone = replace(result, blocks=(replace(block, gist=gist, translations={}),))
    for page in (shown(view(alone), 120), render(alone, Format.TXT), render(alone, Format.MD)):
        assert "No from the mayor." in page
    assert "No from the mayor." in render(result, Format.JSON)


def test_a_gist_that_is_all_of_a_paragraph_but_its_dateline_is_not_shown_beside_it() -> None:
    source = {Lang.FR: "PARIS - Le maire a dit non.", Lang.EN: "PARIS - The mayor said no."}
    (block,) = of_texts([source]).blocks
    text = block.block.text
    parts = (Part(Kind.DATELINE, text[:8], 0, 8), Part(Kind.PARAGRAPH, text[8:], 8, len(text)))
    gist = SummarySentence({Lang.FR: "Le maire a dit non.", Lang.EN: "No from the mayor."}, (0,))
    block = replace(block, block=replace(block.block, parts=parts), gist=gist)
    result = replace(of_texts([source]), blocks=(block,), summary=())
    assert "No from the mayor." not in shown(view(result), 120)
    assert "No from the mayor." in shown(summary_view(result), 120)


def test_the_summary_view_has_gists_and_no_text() -> None:
    page = shown(summary_view(flagged(samples()["eubee"])), 120)
    assert re.search(r"^ 3  Trois pompiers hospitalisés", page, re.MULTILINE)
    assert "Three firefighters hospitalized" in page
    assert "Quelque 180 pompiers" not in page
    assert "†2 ¶2, gist" in page  # notes on the text are not counted
    assert "¶1, Chinese" not in page  # a note on text that is not shown


def test_a_credit_that_is_everywhere_the_same_stands_once_when_stacked() -> None:
    assert shown(view(samples()["eubee"]), 80).count("yst/clr/ob") == 1
    assert shown(view(samples()["eubee"]), 120).count("yst/clr/ob") == 3


@pytest.mark.parametrize("width", [20, 80, 120])
def test_an_empty_dispatch_is_a_page_too(width: int) -> None:
    for result in (of_texts([]), replace(of_texts([]), targets=tuple(Lang)[1:])):
        assert "French →" in shown(view(result), width)
        assert "French →" in shown(summary_view(result), width)


def test_titles_without_translation_leave_their_cell_empty() -> None:
    result = of_texts([{Lang.FR: "Seul", Lang.EN: "Alone"}], Kind.TITLE)
    blocks = (replace(result.blocks[0], translations={}),)
    assert "Seul" in shown(view(replace(result, blocks=blocks)), 120)


def lines_of(page: str) -> Iterator[str]:
    return (line for line in page.splitlines() if line.strip())


def test_no_chinese_line_begins_with_closing_punctuation() -> None:
    for width in range(100, 200, 9):
        page = shown(view(samples()["eubee"]), width)
        cells = (line.split(" │ ")[2] for line in lines_of(page) if line.count(" │ ") == 2)
        assert not [cell for cell in cells if cell[:1] in tuple("，。、”）：")]


def test_hidden_text_does_not_widen_a_column() -> None:
    result = samples()["perou"]
    menu = of_texts([{Lang.FR: "Menu " * 500, Lang.EN: ""}], Kind.FURNITURE).blocks[0]
    with_menu = replace(
        result,
        blocks=(*result.blocks, menu),
        dispatch=replace(result.dispatch, blocks=(*result.dispatch.blocks, menu.block)),
    )
    page, page_with_menu = (shown(view(each), 120).splitlines() for each in (result, with_menu))
    assert page_with_menu[: len(page) - 2] == page[:-2]
    blocks = (result.blocks[0], *(replace(block, translations={}) for block in result.blocks[1:]))
    first_rule = (
        shown(summary_view(each), 120).splitlines()[4].index("│")
        for each in (result, replace(result, blocks=blocks))
    )
    assert abs(next(first_rule) - next(first_rule)) <= 2
