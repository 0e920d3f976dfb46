"""A translation with missing terms, numbers and dates put in, each in the place of what stands for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from translate.domain import Finding, Hypothesis, Lang, Severity, TermStatus
from translate.engines.alignment import Link
from translate.revision.days import redated
from translate.revision.placing import placed
from translate.revision.restoring import Restored, restored
from translate.revision.reviewed import Reviewed
from translate.revision.spans import Edit, moved, overlap
from translate.terms import TermMatch

_OF_NUMBERS: Final = frozenset({"numbers", "dates"})


@dataclass(frozen=True, slots=True)
class Mended:
    """What a translation becomes, not yet checked, and how its terms came into it."""

    made: Hypothesis
    brought: dict[TermMatch, TermStatus]


def can_be_mended(each: Reviewed) -> bool:
    """True if a term, a number or a date is missing or wrong."""
    return bool(each.missing) or any(finding.code in _OF_NUMBERS for finding in each.hypothesis.findings)


def can_be_redated(each: Reviewed, target: Lang, *, twice: bool = False) -> bool:
    """True if it can be told without the model what a wrong date should be. `twice`: as for `redated`."""
    found = any(finding.code == "dates" for finding in each.hypothesis.findings)
    return found and bool(redated(each.source, each.hypothesis.text, (), target, twice=twice))


def lacks_number(each: Reviewed) -> bool:
    """True if a number of the source is surely not there."""
    return any(
        finding.code in _OF_NUMBERS and finding.severity is Severity.ERROR and finding.source_span
        for finding in each.hypothesis.findings
    )


def mended(each: Reviewed, links: Sequence[Link], target: Lang, *, twice: bool) -> Iterator[Mended]:
    """Everything put in that has a place by `links`; then, as each may be wrong, terms, numbers, dates alone.

    `twice`: also dates that the translation has already.
    """
    terms = list(placed(each, links, target))
    pair = (each.source, each.hypothesis.text)
    dates = redated(*pair, links, target, twice=twice)
    numbers = [one for one in restored(*pair, links, target) if not _touches(one.edit, dates)]
    both = [*numbers, *dates]
    free = [one for one in both if not any(_overlap(one.edit, edit) for _, edit in terms)]
    if terms and free:
        yield edited(each, terms, free)
    if terms:
        yield edited(each, terms, ())
    if both:
        yield edited(each, (), both)
    if numbers and dates:
        yield edited(each, (), numbers)
        yield edited(each, (), dates)


def going_on(each: Reviewed, said: Hypothesis) -> Hypothesis:
    """`said`, which begins like the translation, with the notes on numbers that stand in what is the same.

    What the model passed over then it has passed over still, as far as anybody knows.
    """
    kept = (
        one
        for one in each.made.findings
        if one.code == "restored"
        and one.target_span
        and said.text.startswith(each.made.text[: one.target_span[1]])
    )
    return replace(said, findings=(*said.findings, *kept), overlooked=each.made.overlooked)


def _touches(edit: Edit, others: Sequence[Restored]) -> bool:
    return any(_overlap(edit, other.edit) for other in others)


def _overlap(one: Edit, other: Edit) -> bool:
    return overlap((one.start, one.end), (other.start, other.end))


def edited(each: Reviewed, terms: Sequence[tuple[TermMatch, Edit]], numbers: Sequence[Restored]) -> Mended:
    """From the last edit to the first, so that places stay true; a note on each number."""
    text, findings = each.made.text, list(each.made.findings)
    notes = {one.edit: one.told(each.source, text) for one in numbers}
    for edit in sorted((*notes, *(edit for _, edit in terms)), key=lambda edit: -edit.start):
        text = edit.of(text)
        findings = [replace(one, target_span=moved(one.target_span, edit)) for one in findings]
        if edit in notes:
            findings.append(notes[edit])
    made = replace(each.made, text=text, findings=_in_order(findings))
    put = dict.fromkeys((match for match, _ in terms), TermStatus.REPAIRED)
    return Mended(made, {**each.brought, **put})


def _in_order(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Notes on numbers behind the others, in the order of the text."""
    others = [one for one in findings if one.code != "restored"]
    return (*others, *sorted((one for one in findings if one.code == "restored"), key=_start))


def _start(finding: Finding) -> int:
    return finding.target_span[0] if finding.target_span else 0
