"""What is not prose, in English and Chinese, by rule: stamps, datelines, credits, end marks, figures.

Rules are safe: what none of them fits stays French, visibly, and is never guessed.
"""

from __future__ import annotations

from collections.abc import Sequence

from translate.domain import Block, Kind, Lang, Part
from translate.text.house import credits, datelines, days, embargo, labels, moments
from translate.text.house.plain import is_plain, render_plain

__all__ = ["compose", "is_plain", "render", "render_plain"]


def render(part: Part, target: Lang) -> str:
    """The part in the target language. Initials and furniture are kept as they are.

    Prose has no rule: it is given back unchanged, for the engine to translate.
    """
    if target is Lang.FR or part.is_prose:
        return part.text
    match part.kind:
        case Kind.LABEL:
            rules = (labels.label, days.days, embargo.embargo)
            return next((words for rule in rules if (words := rule(part.text, target))), part.text)
        case Kind.STAMP:
            return moments.stamp(part.text, target) or part.text
        case Kind.DATELINE:
            return datelines.dateline(part.text, target) or part.text
        case Kind.CREDIT:
            return credits.credit(part.text, target)
        case Kind.BYLINE:
            return credits.byline(part.text, target)
        case Kind.END_MARK:
            return credits.end_mark(part.text, target)
        case _:
            return part.text


def compose(block: Block, rendered: Sequence[str], target: Lang) -> str:
    """The text of the block in the target language, from its parts in that language, one for each part.

    Raises:
        ValueError: there are more or fewer texts than parts.
    """
    text = ""
    before: Part | None = None
    for part, words in zip(block.parts, rendered, strict=True):
        if not words:
            continue
        if before is not None:
            text += _between(block, before, part, text, words, target)
        text += words
        before = part
    return text


def _between(block: Block, before: Part, part: Part, left: str, right: str, target: Lang) -> str:
    """A space, or nothing: where the French has nothing, and in Chinese nearly everywhere."""
    if target is not Lang.ZH:
        return " " if block.text[before.end : part.start] else ""
    if Kind.DATELINE in (before.kind, part.kind) or Kind.FURNITURE in (before.kind, part.kind):
        return " " if block.text[before.end : part.start] else ""
    latin = left[-1].isascii() and left[-1].isalnum() and right[0].isascii() and right[0].isalnum()
    return " " if latin else ""
