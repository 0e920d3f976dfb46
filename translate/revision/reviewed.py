"""One translation beside its source: repaired, checked, and asked for the terms it should have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from translate.domain import Finding, Hypothesis, Lang, Origin, TermStatus, TermUse
from translate.engines.safety import WEIGHTS, weight
from translate.revision.spans import found_in
from translate.settings import Revision
from translate.terms import Forms, TermMatch, applied, invented, terminology
from translate.text.addresses import addresses, hidden
from translate.text.checks import check, omissions, repair

NOT_BROUGHT: Mapping[TermMatch, TermStatus] = MappingProxyType({})
SERIOUS = max(WEIGHTS.values())
_OF_NAMES = frozenset({"terminology", "invented"})
_OF_A_WORD = 1
"""What a made-up word counts where hypotheses are compared: less than any warning, or it would cost names."""
_OF_AN_ADDRESS = 10 * SERIOUS
"""What a lost address counts beside being an error: more than anything that it could be lost for."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A hypothesis with all that is known of it.

    `matches`: the terms of the source. `made`: the same before it was checked: repaired, with what the engine
    and the repairs had to say.
    """

    source: str
    hypothesis: Hypothesis
    matches: tuple[TermMatch, ...]
    made: Hypothesis

    @property
    def rank(self) -> tuple[int, int, float]:
        """Lower is better: what is wrong first, then what is said twice, then how sure the model is."""
        score = self.hypothesis.score
        return self._wrong, self.doubled, -score if score is not None else 0.0

    @property
    def _wrong(self) -> int:
        """How much is wrong. A name that is made up is bad, one that is missing worse: it counts half.

        Nothing is mended at the cost of an address. Made-up words count once all terms are there: the way to
        a term must not depend on them.
        """
        findings = self.hypothesis.findings
        made_up = (finding for finding in findings if finding.code == "invented")
        words = 0 if self.missing else sum(finding.code == "words" for finding in findings)
        lost = _OF_AN_ADDRESS * sum(finding.code == "addresses" for finding in findings)
        return _apart_from_words(findings) - weight(made_up) // 2 + _OF_A_WORD * words + lost

    @property
    def doubled(self) -> int:
        """How many times terms are said oftener than in the source."""
        text = self.hypothesis.text.casefold()
        forms = [use.form.casefold() for use in self.hypothesis.terms]
        return sum(
            max(0, len(found_in(text, form)) - sum(form in other for other in forms)) for form in set(forms)
        )

    @property
    def apart_from_terms(self) -> int:
        """How much is wrong that has nothing to do with terms and names, nor with made-up words."""
        return _apart_from_words(each for each in self.hypothesis.findings if each.code not in _OF_NAMES)

    @property
    def about_names(self) -> int:
        """How much is wrong with terms and names."""
        return weight(each for each in self.hypothesis.findings if each.code in _OF_NAMES)

    @property
    def is_wrong(self) -> bool:
        """True if there is an error or a warning in it: other hypotheses are often without."""
        return weight(self.hypothesis.findings) > 0

    @property
    def is_serious(self) -> bool:
        """True if there is an error in it that is no made-up word."""
        return _apart_from_words(self.hypothesis.findings) >= SERIOUS

    @property
    def is_wrong_apart_from_words(self) -> bool:
        """True if there is an error in it that is no made-up word, or a warning."""
        return _apart_from_words(self.hypothesis.findings) > 0

    @property
    def made_up(self) -> tuple[str, ...]:
        """The words in it that do not exist, each once."""
        return self._told("words")

    @property
    def strange(self) -> tuple[str, ...]:
        """The words in it that are none of its language: made up, or left in French; each once."""
        left = (text for text in self._told("untranslated") if not re.search(r"\s", text))
        return (*self.made_up, *left)

    def _told(self, code: str) -> tuple[str, ...]:
        """What the findings of a code point at, each text once."""
        text = self.hypothesis.text
        spans = [each.target_span for each in self.hypothesis.findings if each.code == code]
        return tuple(dict.fromkeys(text[slice(*span)] for span in spans if span))

    @property
    def missing(self) -> tuple[TermMatch, ...]:
        """The terms that should be there and are not."""
        places = {use.source_span for use in self.hypothesis.terms if use.status is TermStatus.MISSING}
        return tuple(match for match in self.matches if (match.start, match.end) in places)

    @property
    def aided(self) -> tuple[TermMatch, ...]:
        """The terms that are there, but not of the model's own accord."""
        return tuple(match for match, status in self.brought.items() if status is not TermStatus.MODEL)

    @property
    def brought(self) -> dict[TermMatch, TermStatus]:
        """How its terms came into it, those that are there."""
        found = {use.source_span: use.status for use in self.hypothesis.terms if use.target_span}
        places = {match: (match.start, match.end) for match in self.matches}
        return {match: found[place] for match, place in places.items() if place in found}


def _apart_from_words(findings: Iterable[Finding]) -> int:
    return weight(finding for finding in findings if finding.code != "words")


def review(
    source: str,
    said: Hypothesis,
    target: Lang,
    matches: Sequence[TermMatch],
    how: Revision,
    names: Forms,
    brought: Mapping[TermMatch, TermStatus] = NOT_BROUGHT,
) -> Reviewed:
    """What there is to say of `said` as a translation of `source`.

    `matches`: the terms of the source; `names`: what the glossary's places and people are called in `target`.
    What the engine has told already is not told again: its findings come first, each code once. A
    translation made by people is not repaired. `brought`: how those of `matches` came into it that the model
    did not say of its own accord.
    """
    made = said
    if how.repair and said.origin is not Origin.MEMORY:
        text, repaired = repair(source, said.text, target)
        made = replace(said, text=text, findings=(*said.findings, *repaired))
    findings = list(made.findings)
    known = addresses(source)  # no term or name is read in one
    plain, shown = (hidden(source), hidden(made.text, known)) if known else (source, made.text)
    if how.checks:
        told = {finding.code for finding in said.findings}
        made_up = invented(plain, shown, target, matches, names)
        found = [finding for finding in check(source, made.text, target) if finding.code not in told]
        findings += omissions(source, made.overlooked)
        findings += [finding for finding in found if not _is_about_a_term(finding, matches, target)]
        findings = [*(each for each in findings if not _is_told_by(each, made_up)), *made_up]
    findings += terminology(plain, shown, target, matches)
    uses = term_uses(matches, shown, target, brought)
    kept = tuple(finding for finding in findings if not _is_in_a_term(finding, uses))
    whole = replace(made, findings=kept, terms=uses)
    return Reviewed(source, whole, tuple(matches), made)


def _is_told_by(finding: Finding, made_up: Sequence[Finding]) -> bool:
    """True for a name of the translation that is told as made up too."""
    span = finding.target_span
    return finding.code == "names" and span is not None and any(_touch(span, other) for other in made_up)


def _touch(span: tuple[int, int], other: Finding) -> bool:
    return other.target_span is not None and span[0] < other.target_span[1] and other.target_span[0] < span[1]


def _is_about_a_term(finding: Finding, matches: Sequence[TermMatch], target: Lang) -> bool:
    """True for a name that the glossary has a form for: what it is called is `terminology`'s to say."""
    if finding.code != "names" or finding.source_span is None:
        return False
    start, end = finding.source_span
    return any(match.start <= start and end <= match.end and match.preferred(target) for match in matches)


def _is_in_a_term(finding: Finding, uses: Sequence[TermUse]) -> bool:
    """True for a word that a term of the glossary has: whoever wrote that knows it."""
    spans = [use.target_span for use in uses if use.target_span]
    return finding.code in ("words", "language") and any(_touch(span, finding) for span in spans)


def term_uses(
    matches: Sequence[TermMatch], text: str, target: Lang, brought: Mapping[TermMatch, TermStatus]
) -> tuple[TermUse, ...]:
    """The terms that have a form in `target`, and where `text` has them."""
    uses = []
    for match in matches:
        form = match.preferred(target)
        if form is None:
            continue
        span = applied(match, text, target)
        status = brought.get(match, TermStatus.MODEL) if span else TermStatus.MISSING
        uses.append(TermUse(match.term.french, form, status, (match.start, match.end), span))
    return tuple(uses)


def told(reviewed: Reviewed, finding: Finding) -> Reviewed:
    """The same with one finding more."""
    said = reviewed.hypothesis
    return replace(reviewed, hypothesis=replace(said, findings=(*said.findings, finding)))
