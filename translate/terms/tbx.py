"""TBX, the exchange format of terminology: version 2 (`martif`) and version 3 (`tbx`), Basic and Core.

A concept holds terms in several languages. Each French one becomes a term; the others are its forms, the
preferred one first. Entity declarations are refused, a DOCTYPE is never fetched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from translate.domain import Lang
from translate.terms.entries import TARGETS, Entry, Unusable, is_acronym
from translate.text.guarded_xml import GuardedParser
from translate.text.tags import best_match, is_traditional

_ROOTS = frozenset({"martif", "tbx"})
_CONCEPTS = frozenset({"termEntry", "conceptEntry"})
_LANGUAGES = frozenset({"langSet", "langSec"})
_TERMS = frozenset({"tig", "ntig", "termSec"})
_NOT_TO_BE_USED = frozenset({"deprecated", "superseded", "obsolete"})


@dataclass(slots=True)
class _Name:
    """One term of a concept."""

    text: str = ""
    line: int = 0
    status: str = ""  # preferred, admitted, deprecated…
    is_acronym: bool = False

    @property
    def is_used(self) -> bool:
        return bool(self.text) and self.status not in _NOT_TO_BE_USED


@dataclass(slots=True)
class _Concept:
    line: int
    names: dict[str, list[_Name]] = field(default_factory=dict)  # by language tag
    notes: list[str] = field(default_factory=list)


def entries(path: Path, data: bytes, notices: list[str]) -> Iterator[Entry | tuple[int, Unusable]]:
    """The entries of a TBX file in order; what is left out for its languages is told in `notices`.

    Raises:
        InputError: not XML, not TBX, or an entity declaration; with file and line.
    """
    concepts = _Parser(path).parsed(data)
    without = traditional = 0
    for concept in concepts:
        french = best_match("fr", concept.names)
        tags = {lang: best_match(lang, concept.names) for lang in TARGETS}
        found = {lang: tag for lang, tag in tags.items() if tag is not None}
        if french is None or not found:
            without += 1
            continue
        traditional += any(is_traditional(tag) for tag in found.values())
        yield from _of_concept(concept, french, found)
    if without:
        notices.append(
            f"{path}: {without} of {len(concepts)} concepts lack French, or English and Chinese: left out"
        )
    if traditional:
        notices.append(f"{path}: {traditional} concepts have Chinese in traditional characters only")


def _of_concept(
    concept: _Concept, french: str, tags: dict[Lang, str]
) -> Iterator[Entry | tuple[int, Unusable]]:
    forms = {lang: [name for name in concept.names[tag] if name.is_used] for lang, tag in tags.items()}
    names = [name for name in concept.names[french] if name.is_used]
    if not names or not any(forms.values()):
        yield concept.line, Unusable("a concept whose terms are all empty or not to be used any more")
        return
    note = " ".join("; ".join(concept.notes).split())
    for name in names:
        cells = {lang: "; ".join(_ordered(name, found)) for lang, found in forms.items()}
        yield Entry(name.text, cells, name.line, {"note": note})


def _ordered(french: _Name, names: list[_Name]) -> list[str]:
    """The forms, those first that are acronyms as the French name is one or not, then the preferred ones."""
    return [
        name.text
        for name in sorted(
            names, key=lambda name: (name.is_acronym != french.is_acronym, name.status != "preferred")
        )
    ]


class _Parser(GuardedParser):
    """Expat handlers that put concepts together."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self._concepts: list[_Concept] = []
        self._concept: _Concept | None = None
        self._tag = ""
        self._name: _Name | None = None
        self._open: list[tuple[str, str]] = []  # element and its type
        self._text: list[str] = []

    def parsed(self, data: bytes) -> list[_Concept]:
        self.parse(data, True)
        return self._concepts

    def start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if not self._open and name not in _ROOTS:
            self.fail(f"not a TBX file: it begins with <{name}>", hint="expected are <martif> or <tbx>")
        self._open.append((name, attributes.get("type", "")))
        if name != "hi":  # emphasis inside a term
            self._text = []
        line = self.line
        if name in _CONCEPTS:
            self._concept = _Concept(line)
        elif name in _LANGUAGES:
            self._tag = attributes.get("xml:lang") or attributes.get("lang") or ""
            if not self._tag:
                self.fail(f"<{name}> without xml:lang")
        elif name in _TERMS:
            self._name = _Name(line=line)

    def end(self, name: str) -> None:
        name, kind = self._open.pop()
        text = " ".join("".join(self._text).split())
        if name in _CONCEPTS and self._concept is not None:
            self._concepts.append(self._concept)
            self._concept = None
        elif name in _LANGUAGES:
            self._tag = ""
        elif name in _TERMS and self._concept is not None and self._name is not None:
            self._concept.names.setdefault(self._tag, []).append(self._name)
            self._name = None
        elif self._concept is not None and text:
            self._fact(name, kind, text, self._concept)

    def _fact(self, name: str, kind: str, text: str, concept: _Concept) -> None:
        """Take what an element says about the open concept or term; what we have no use for is left out."""
        said = name if name in ("administrativeStatus", "termType") else kind
        if self._name is None:
            if name in ("note", "definition") or kind in ("definition", "subjectField"):
                concept.notes.append(text)
        elif name == "term":
            self._name.text, self._name.line = text, self.line
            self._name.is_acronym = self._name.is_acronym or is_acronym(text)
        elif said == "administrativeStatus":
            self._name.status = text.partition("Term")[0].lower()
        elif said == "termType":
            self._name.is_acronym = self._name.is_acronym or text in ("acronym", "initialism")

    def characters(self, data: str) -> None:
        self._text.append(data)
