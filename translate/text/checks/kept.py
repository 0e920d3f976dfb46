"""Addresses, which stay as they are: told where they do not, and kept out of everything else's sight.

The letters and figures of an address are neither words nor numbers of the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from translate.domain import Finding, Lang, Severity
from translate.text.addresses import Address, addresses, found, hidden
from translate.text.checks import repairs

_LINE = re.compile(r"__+")


def check(target: str, known: Sequence[Address]) -> Iterator[Finding]:
    """Each address of the source, `known`, that the translation does not have letter by letter, once."""
    told = {each.text for each in found(target, known)}
    for each in known:
        if each.text not in told:
            told.add(each.text)
            message = f"“{each.text}” is not in the translation"
            yield Finding("addresses", Severity.ERROR, message, source_span=(each.start, each.end))


def repair(source: str, target: str, lang: Lang) -> tuple[str, tuple[Finding, ...]]:
    """What `repairs.repair` makes of the translation around its addresses."""
    known = addresses(source)
    there = found(target, known)
    if not there:
        return repairs.repair(source, target, lang)
    text, findings = repairs.repair(hidden(source), hidden(target, known), lang)
    shown = _shown(text, there)
    if shown is None:
        return target, ()
    return shown, tuple(replace(each, message=_named(each.message, there)) for each in findings)


def _shown(text: str, there: Sequence[Address]) -> str | None:
    """The addresses in the place of their lines; None if those are not all there, in order."""
    lines = [match.span() for match in _LINE.finditer(text)]
    if [end - start for start, end in lines] != [len(each.text) for each in there]:
        return None
    pieces, done = [], 0
    for (start, end), each in zip(lines, there, strict=True):
        pieces += [text[done:start], each.text]
        done = end
    return "".join((*pieces, text[done:]))


def _named(message: str, there: Sequence[Address]) -> str:
    """A message with addresses instead of lines, by their lengths."""
    by_length = {len(each.text): each.text for each in there}
    return _LINE.sub(lambda match: by_length.get(len(match[0]), match[0]), message)
