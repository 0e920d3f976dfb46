"""What is doubtful in glossary files: said twice, said differently, never found, in each other's way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from translate.domain import Severity
from translate.terms.files import Source, read_source
from translate.terms.glossary import Glossary
from translate.terms.term import Term
from translate.terms.words import bare, words


class Kind(StrEnum):
    """What is the matter with an entry."""

    UNUSABLE = "unusable"  # it is no term
    CONFLICT = "conflict"  # the same file says the same term differently
    DUPLICATE = "duplicate"  # the same file says the same twice
    OVERRIDES = "overrides"  # another form than a file before it
    UNMATCHED = "unmatched"  # not found in the texts
    OVERLAP = "overlap"  # part of a longer term, which goes first

    @property
    def severity(self) -> Severity:
        if self in (Kind.UNUSABLE, Kind.CONFLICT):
            return Severity.ERROR
        return Severity.WARNING if self in (Kind.DUPLICATE, Kind.UNMATCHED) else Severity.NOTE


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about an entry of a glossary file."""

    kind: Kind
    path: str
    line: int
    term: str
    message: str

    @property
    def severity(self) -> Severity:
        return self.kind.severity


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in some files: how many terms they hold, and what is doubtful, by file and line."""

    terms: int
    remarks: tuple[Remark, ...]
    notices: tuple[str, ...] = ()

    @property
    def errors(self) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.severity is Severity.ERROR)


def review(paths: Sequence[Path], sentences: Iterable[str] | None = None) -> Review:
    """All that is doubtful in the files, and, with `sentences`, the terms that none of them holds.

    Raises:
        InputError: a file cannot be read at all.
    """
    sources = [read_source(path) for path in paths]
    remarks = [remark for source in sources for remark in _inside(source)]
    remarks += _between(sources)
    terms = [term for source in sources for term in source.terms]
    remarks += _overlaps(terms)
    if sentences is not None:
        remarks += _unmatched([source.terms for source in sources], sentences)
    order = {str(path): place for place, path in enumerate(paths)}
    remarks.sort(key=lambda remark: (order[remark.path], remark.line, remark.kind))
    notices = tuple(notice for source in sources for notice in source.notices)
    return Review(len(terms), tuple(dict.fromkeys(remarks)), notices)


def _inside(source: Source) -> Iterator[Remark]:
    """What is wrong in one file."""
    for problem in source.problems:
        yield Remark(Kind.UNUSABLE, problem.path, problem.line, "", problem.message)
    for terms in _by_name(source.terms).values():
        first = terms[0]
        for term in terms[1:]:
            if (term.case, term.pattern) != (first.case, first.pattern):
                continue  # `Mars` and `mars` are two terms
            if _told(term, first):
                yield _remark(Kind.CONFLICT, term, f"{_told(term, first)} in line {first.line}")
            elif term.line != first.line:
                yield _remark(Kind.DUPLICATE, term, f"already in line {first.line}")


def _between(sources: Sequence[Source]) -> Iterator[Remark]:
    """Where a file says something else than a file before it."""
    before: dict[str, Term] = {}
    for source in sources:
        for term in source.terms:
            below = before.get(bare(term.french))
            if below is not None and below.path != term.path and (told := _told(term, below)):
                yield _remark(Kind.OVERRIDES, term, f"{told} in {below.path}:{below.line}")
        before |= {bare(term.french): term for term in source.terms}


def _told(term: Term, other: Term) -> str:
    """How the preferred forms of two terms differ; empty if they do not."""
    differing = [
        f"{term.preferred(lang) or 'no form'}, but {other.preferred(lang) or 'no form'}"
        for lang in term.forms
        if lang in other.forms and term.preferred(lang) != other.preferred(lang)
    ]
    return "; ".join(differing)


def _overlaps(terms: Sequence[Term]) -> Iterator[Remark]:
    """The terms that stand inside longer ones."""
    glossary = Glossary.of(terms)
    by_words: dict[tuple[str, ...], Term] = {
        tuple(word.key for word in words(term.french)): term
        for term in glossary.terms
        if term.pattern is None
    }
    for keys, term in by_words.items():
        for size in range(1, len(keys)):
            for first in range(len(keys) - size + 1):
                inner = by_words.get(keys[first : first + size])
                if inner is not None and inner is not term:
                    message = f"part of “{term.french}”, which goes first where it stands"
                    yield _remark(Kind.OVERLAP, inner, message)


def _unmatched(layers: Sequence[Sequence[Term]], sentences: Iterable[str]) -> Iterator[Remark]:
    glossary = Glossary.of(*layers)
    found = {match.term for sentence in sentences for match in glossary.find(sentence)}
    for term in glossary.terms:
        if term not in found:
            yield _remark(Kind.UNMATCHED, term, "not in the text")


def _by_name(terms: Iterable[Term]) -> Mapping[str, list[Term]]:
    grouped: dict[str, list[Term]] = defaultdict(list)
    for term in terms:
        grouped[bare(term.french)].append(term)
    return grouped


def _remark(kind: Kind, term: Term, message: str) -> Remark:
    return Remark(kind, term.path or "", term.line or 0, term.french, message)
