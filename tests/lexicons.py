"""Lexicons of few words, so that tests do not depend on what the texts behind the real ones say."""

from __future__ import annotations

import inspect
from collections.abc import Mapping

import pytest

from translate.domain import Lang
from translate.text import lexicon, phrases
from translate.text.lexicon import dictionary_of, name_of
from translate.text.phrases import phrases_of

Lines = Mapping[str, str]


def use(
    monkeypatch: pytest.MonkeyPatch,
    english: Lines,
    chinese: Lines | None = None,
    dictionary: Lines | None = None,
    phrased: Lines | None = None,
) -> None:
    """Look words up in these lines; into Chinese in the English ones, unless there are others.

    `dictionary`, `phrased`: words and phrases of both targets that are given beside them.
    """
    files = {name_of(Lang.EN): english, name_of(Lang.ZH): english if chinese is None else chinese}
    for target in (Lang.EN, Lang.ZH):
        files |= {dictionary_of(target): dictionary or {}, phrases_of(target): phrased or {}}
    for module in (lexicon, phrases):
        monkeypatch.setattr(module, "read_packed", files.__getitem__)
    # Without what they remember of other tests, or for them.
    monkeypatch.setattr(lexicon, "_rare", inspect.unwrap(lexicon._rare))
    monkeypatch.setattr(lexicon, "begun_by", inspect.unwrap(phrases.begun_by))
