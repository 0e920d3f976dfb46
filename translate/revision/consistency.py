"""One dispatch, one name: an organisation is called the same wherever the French calls it the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from translate.domain import Hypothesis, Origin, TermStatus, TermUse
from translate.revision.spans import Edit, with_edit
from translate.terms import Glossary, TermPart

# Of a place an accepted form may be its adjective (`Chinese`), of a person the bare family name: those differ
# for a reason. The same goes for titles, which have plurals and articles.
_UNIFIED = frozenset({TermPart.ORGANISATION, TermPart.INITIATIVE})


def unified(hypotheses: Mapping[str, Hypothesis], glossary: Glossary) -> dict[str, Hypothesis]:
    """The sentences in which a term had another form than elsewhere, with its preferred form.

    `hypotheses`: the sentences of one dispatch by their source; those made by people stay as they are. A
    form counts as another if it differs in more than capitals.
    """
    forms: dict[str, set[str]] = {}
    for said in hypotheses.values():
        for use in said.terms:
            if use.target_span:
                forms.setdefault(use.term, set()).add(said.text[slice(*use.target_span)].casefold())
    several = {term for term, known in forms.items() if len(known) > 1}
    if not several:
        return {}
    wanted = {term.french for term in glossary.terms if term.part in _UNIFIED and term.french in several}
    return {
        source: _unified(said, edits)
        for source, said in hypotheses.items()
        if said.origin is not Origin.MEMORY and (edits := tuple(_edits(source, said, wanted)))
    }


def _edits(source: str, said: Hypothesis, wanted: set[str]) -> Iterator[tuple[TermUse, Edit]]:
    """What to write elsewhere: each term's own place only, and only where the French has its plain form."""
    for use in said.terms:
        if use.term not in wanted or use.target_span is None:
            continue
        if any(_overlap(use, other) for other in said.terms):
            continue  # `World Health Organization` may stand for `OMS` too, where the French has both
        there = said.text[slice(*use.target_span)]
        plain = source[slice(*use.source_span)].casefold() == use.term.casefold()
        if plain and there.casefold() != use.form.casefold():
            yield use, Edit(*use.target_span, use.form)


def _overlap(use: TermUse, other: TermUse) -> bool:
    """True if another term is said by the same words."""
    one, two = use.target_span, other.target_span
    return other is not use and bool(one and two) and one[0] < two[1] and two[0] < one[1]  # type: ignore[index]


def _unified(said: Hypothesis, edits: Sequence[tuple[TermUse, Edit]]) -> Hypothesis:
    """The last first, so that the places of the others stay true."""
    for use, edit in sorted(edits, key=lambda each: -each[1].start):
        note = f"“{said.text[edit.start : edit.end]}” is “{edit.text}”, as elsewhere in the dispatch"
        said = with_edit(said, edit, note, use.source_span)
        terms = (
            replace(each, status=TermStatus.REPAIRED) if each.source_span == use.source_span else each
            for each in said.terms
        )
        said = replace(said, terms=tuple(terms))
    return said
