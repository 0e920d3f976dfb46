"""Days of the year that one side says by date and the other by name: `le 1er avril`, April Fools' Day."""

from __future__ import annotations

import re

from translate.domain import Lang
from translate.text.tables import rows

_COLUMNS = {Lang.FR: 1, Lang.EN: 2, Lang.ZH: 3}


def is_named(day: int, month: int, text: str, lang: Lang) -> bool:
    """True if `text` has a name of that day."""
    return any(
        re.search(row[_COLUMNS[lang]], text) is not None
        for row in rows("checks/feasts.tsv", columns=4)
        if row[0] == f"{day} {month}"
    )
