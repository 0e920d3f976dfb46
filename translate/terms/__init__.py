"""Terms: what a newsroom has decided that names, titles and organisations are called in translation.

A `Glossary` is layers of files of `Term`s. It finds the terms of a French sentence (`Glossary.find`), and
`applied` and `terminology` say whether a translation says them as it should, `invented` whether it has names
that the French has not. Who makes a translation follow the terms is above this package.
"""

from __future__ import annotations

from translate.terms.check import terminology
from translate.terms.glossary import Glossary
from translate.terms.invented import invented
from translate.terms.mentions import Forms
from translate.terms.renderings import applied
from translate.terms.term import CaseRule, Term, TermMatch, TermPart

__all__ = [
    "CaseRule",
    "Forms",
    "Glossary",
    "Term",
    "TermMatch",
    "TermPart",
    "applied",
    "invented",
    "terminology",
]
