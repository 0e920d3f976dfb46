"""Chinese words and phrases that a model says twice in a row: 通道通道, 连续第三个交易日连续第三个交易日.

Of 160,000 human translations 9 have such a word, of a small model's some 2 in 100. Such a phrase have 6 of
370,000, and of the model's one in 900.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from translate.text.checks import said_twice
from translate.text.checks.changes import Change
from translate.text.checks.latin import SOUNDS
from translate.text.checks.likeness import alike
from translate.text.checks.spacing import HAN
from translate.text.checks.twins import written_twice
from translate.text.tables import folded

_TWICE: Final = re.compile(rf"([{HAN}]{{2,4}}|“[^“”]{{1,14}}”)\1")
_WORD: Final = rf"[{HAN}\dA-Za-z·.%％]"
# A clause with its mark, too: 称有3500人参加，称有3500人参加; not the head of one: 第四条、第四条之一.
_PHRASE: Final = re.compile(
    rf"(?={_WORD}*[{HAN}]{{4}})(?:(?P<run>{_WORD}{{5,24}})(?P=run)"
    rf"|(?<!{_WORD})(?P<clause>{_WORD}{{5,30}})[，、](?P=clause)(?!{_WORD}))"
)
_SOUND: Final = f"[{''.join(sorted(SOUNDS))}]"
_TWO_NAMES: Final = re.compile(rf"(?<!{_SOUND})([{HAN}]{{2,5}})·\1(?!{_SOUND})")
_THRICE: Final = re.compile(rf"([{HAN}])\1{{2,}}")
# Figures, cries, noises; and signs that spell names.
_OFTEN: Final = frozenset("〇零一二三四五六七八九十百千万亿哈嘿呵嘻啊呀噢哦嗯嘟嗒叮咚嗡轰砰") | SOUNDS
_JOINTS: Final = frozenset("或和与及")  # 党员大会或党员代表大会
# 一步一步, 三艘三艘, 整车整车: one after the other; 同名同姓, 能不能不 and 越来越 begin elsewhere.
_NO_HEADS: Final = frozenset("一两三四五六七八九十几半整每成逐同名能来")
_NO_ENDS: Final = frozenset("着的")
_MAKERS: Final = frozenset("师长者员家")  # 建筑建筑师: the second begins another word
# Ngorongoro, Pago Pago, Caracalla, kwassa-kwassa: names that say a part twice, which Chinese spells.
_NAME: Final = re.compile(r"\b(?:[A-ZÀ-Ý]|\w+-)[\w'’-]+(?: [A-ZÀ-Ý][\w'’-]+)*")
_NAMES: Final = re.compile(r"\b[A-ZÀ-Ý][^\W\d_]+")
_SYLLABLES: Final = re.compile(r"([a-z]{2,})[ s'’-]{0,2}[a-z]{0,2}\1")
# Words that do.
_COUSCOUS: Final = re.compile(r"([a-z]{3,})[ -]?\1")


def stuttered(source: str, target: str) -> Iterator[Change]:
    """The second of two equal words in a row, unless the source says a word twice, too."""
    found = [match for match in _TWICE.finditer(target) if _is_slip(match, source)]
    if found and not said_twice.in_a_row(source):
        for match in found:
            yield match.start() + len(match[1]), match.end(), ""


def thrice(source: str, target: str) -> Iterator[Change]:
    """What is too much of a sign three times in a row: 法国队队队长 has two, as the language writes it twice.

    Of 370,000 human translations four have such a one that is no figure, cry, noise or part of a name.
    """
    found = [one for one in _THRICE.finditer(target) if one[1] not in _OFTEN and one[0] not in source]
    if found and not said_twice.at_once(source):
        for match in found:
            yield match.start() + (2 if match[1] in written_twice() else 1), match.end(), ""


def twice_named(source: str, target: str) -> Iterator[Change]:
    """A name that is its own family's: 谭德塞·谭德塞, unless two names of the source may be spelled alike."""
    found = list(_TWO_NAMES.finditer(target)) if "·" in target else []
    if found and not any(alike(*pair) for pair in combinations(map(folded, _NAMES.findall(source)), 2)):
        for match in found:
            yield match.end(1), match.end(), ""


def repeated(source: str, target: str) -> Iterator[Change]:
    """The second of two equal phrases in a row, of a source that says no two words twice."""
    found = [match for match in _PHRASE.finditer(target) if _JOINTS.isdisjoint(match["run"] or "")]
    if found and not said_twice.in_a_row(source) and not said_twice.two_words(source):
        for match in found:
            yield match.end("run" if match["run"] else "clause"), match.end(), ""


def _is_slip(match: re.Match[str], source: str) -> bool:
    word, behind = match[1], match.string[match.end() : match.end() + 1]
    if SOUNDS.issuperset(word):
        names = map(folded, _NAME.findall(source))
        return not (_COUSCOUS.search(folded(source)) or any(map(_SYLLABLES.search, names)))
    return not (word[0] in _NO_HEADS or word[-1] in _NO_ENDS or behind in _MAKERS)
