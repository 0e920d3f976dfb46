"""What the product's own dictionary writes: English words of it are words, and a name as it has it is said.

Looked at only where a word or a name would be told.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from translate.domain import Lang
from translate.text.lexicon import KNOWN, RARE, dictionary_of, meanings, name
from translate.text.phrases import FIXED, OF_SELF, OF_VERB, phrases_of
from translate.text.tables import folded
from translate.text.wordlists import read_packed

# Forms that no word has: the dictionary makes plurals of plurals (`activitieses`) and of participles.
_NO_FORM: Final = re.compile(r"(?:ses|eds|lied)$")


@lru_cache(maxsize=4096)
def is_word(word: str) -> bool:
    """True for a word in lower case that the dictionary or its phrases have in English: `canopic`."""
    if _NO_FORM.search(word):
        return False
    files = ((dictionary_of(Lang.EN), KNOWN + RARE), (phrases_of(Lang.EN), FIXED + OF_VERB + OF_SELF))
    return any(
        _stands_in(filename, f"[{signs}](?:[^\t]*[ |])?{word}(?=[\t |]|$)", word) for filename, signs in files
    )


def _stands_in(filename: str, pattern: str, word: str) -> bool:
    """True if a line of a packed list has the word where the pattern says."""
    return any(re.search(pattern, line) for line in read_packed(filename).values() if word in line)


def is_rendered(called: str, target: str, lang: Lang) -> bool:
    """True if a translation has a name of the source as the dictionary gives it: Célèbes, Sulawesi.

    In Chinese one with capitals inside (`OpenAI`) may be any of what the training text has for it.
    """
    forms = [name(called, lang)]
    if lang is Lang.ZH and not called[1:].islower():
        forms += meanings(called, lang)
    text = folded(target)
    return any(form and folded(form) in text for form in forms)
