"""Numbers of the source put in the place of wrong ones: found by the model's own attention.

A number is the source's where most of the wrong one's pieces look at it; and where one number of the source
and one of the translation are left, each without its counterpart, they belong together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from translate.domain import Finding, Lang, Severity
from translate.engines.alignment import Link
from translate.revision.looking import clearest, share
from translate.revision.places import Place, fitted, places, suits
from translate.revision.spans import Edit, Span
from translate.text.checks.figures import Figure, Trust
from translate.text.checks.numbers import gaps, read
from translate.text.house.figures import written


@dataclass(frozen=True, slots=True)
class Restored:
    """A number or date of the source, which stands there at `span`, and the edit that puts it in."""

    span: Span
    edit: Edit

    def told(self, source: str, text: str) -> Finding:
        """The note on it. `text`: before the edit."""
        there, french = text[self.edit.start : self.edit.end], source[slice(*self.span)]
        message = f"“{there}” → “{self.edit.text}”, for “{french.strip()}”"
        end = self.edit.start + len(self.edit.text)
        return Finding("restored", Severity.NOTE, message, self.span, (self.edit.start, end))


def added(source: str, french: Span, new: str, span: Span) -> Finding:
    """The note on what the source has at `french`, was left out, and is there at `span` now, as `new`."""
    message = f"“{new}” added, for “{source[slice(*french)].strip()}”"
    return Finding("restored", Severity.NOTE, message, french, span)


def restored(source: str, text: str, links: Sequence[Link], lang: Lang) -> list[Restored]:
    """What to write for the wrong numbers of a translation, in their order. `links`: of the whole pair."""
    missing, extra = gaps(source, text, lang)
    wrong, figures = places(text, extra, lang), numbers_of(source)
    if not wrong or not figures:
        return []
    seen = {place: [_share(links, figure, place) for figure in figures] for place in wrong}
    found: dict[Place, Figure] = {}
    for place, shares in seen.items():
        which = clearest(shares)
        if which is not None and suits(source, figures[which], text, place, lang):
            found[place] = figures[which]
    lost = [gap.figure for gap in missing if gap.figure and gap.figure not in found.values()]
    rest = [place for place in wrong if place not in found]
    if len(lost) == 1 and len(rest) == 1 and suits(source, lost[0], text, rest[0], lang):
        share = seen[rest[0]][figures.index(lost[0])]
        if share >= max(seen[rest[0]]) and (share > 0 or not links):
            found[rest[0]] = lost[0]
    return list(_edits(source, text, sorted(found.items(), key=lambda pair: pair[0].start), lang))


def numbers_of(source: str) -> list[Figure]:
    """The numbers of a French sentence that a translation has to have."""
    return [figure for figure in read(source, Lang.FR).figures if figure.trust is not Trust.HINT]


def form(source: str, figure: Figure, lang: Lang) -> str | None:
    """A number of the source as the target writes it; None if it may mean several."""
    if len(figure.values) > 1:
        return None
    (value,) = figure.values
    new = written(source[figure.start : figure.end], value, lang, is_year=figure.is_year)
    return new if value in read(new, lang).values else None


def is_seen(links: Sequence[Link], figure: Figure, place: Place, source: str) -> bool:
    """True if what stands at a place looks at this number of the source, and clearly."""
    figures = numbers_of(source)
    which = clearest([_share(links, each, place) for each in figures])
    return which is not None and figures[which] == figure


def _share(links: Sequence[Link], figure: Figure, place: Place) -> float:
    return share(links, (figure.start, figure.end), (place.start, place.end))


def _edits(source: str, text: str, pairs: Sequence[tuple[Place, Figure]], lang: Lang) -> Iterator[Restored]:
    for place, figure in pairs:
        if new := form(source, figure, lang):
            yield Restored(
                (figure.start, figure.end), Edit(place.start, place.end, fitted(new, text, place, lang))
            )
