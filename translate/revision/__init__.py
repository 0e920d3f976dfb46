"""Revision: every translation is compared with its source, and made again where that shows an error.

The word is the translator's (ISO 17100): a second person reads the translation beside its source. Here it
is `Reviser`, which stands in front of an engine and answers in its place:

    memory → engine → repairs, checks, terms → other hypotheses where something is wrong

Then a whole dispatch calls an organisation by one name (`unified`), and words have the sense that it tells
of (`meant`).
"""

from __future__ import annotations

from translate.revision.consistency import unified
from translate.revision.reviser import Reviser
from translate.revision.senses import meant
from translate.settings import Revision

__all__ = ["Reviser", "Revision", "meant", "unified"]
