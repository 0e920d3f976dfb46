"""Latin letters in Chinese: words that the source has not, and names that are half transliterated.

A small model that does not know a name begins to spell it by sound and goes on in Latin letters, or the
other way round (Wa德, of Wade), or copies it and slips (Dilokit, of Dilokrit).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from translate.text.checks.changes import Change
from translate.text.checks.spelled_names import slip_of
from translate.text.tables import folded

SOUNDS: Final = frozenset(
    "丁世东丝丹丽乌乔亚什代伊伦伯佐佩保克兰兹内凡凯切列利加努勒南博卜卡卢厄历古叶吉吕哈因图坦埃基塔塞夏多夫奇奥妮姆娅娜孔宁安富尔"
    "尚尤尼巴布希帕席库弗当彭德恩戈扎托拉斐斯方昂明易普曼朗本朱杜杰松林查根格桑梅森樊欧歇比汉沃沙治法波泰泽洛涅烈热特玛琪琳瑞瑟瓦甘"
    "登白皮盖福科穆米索约纳维罕罗翰耶肯胡舍舒艾芒芭苏若茨茹莉莎莫莱菲萨蒂蒙蕾西詹让诺谢贝费贾赞赫路辛达迈迪通邦里阿隆雅雷韦顿果马鲁鲍默齐"
)
"""What 97 in 100 signs of the names in `training/glosses/names` are, by sound."""

# Not in addresses and codes.
_LATIN: Final = re.compile(
    r"(?<![A-Za-zÀ-ÿ\d./@#&_-])[A-Za-zÀ-ÿ]*[a-zß-ÿ][A-Za-zÀ-ÿ]*(?![A-Za-zÀ-ÿ\d/@_-]|\.[A-Za-z\d])"
)
_PARTS: Final = re.compile(r"[^\W\d_]+?(?:(?<=[^\W\d_A-ZÀ-Þ])(?=[A-ZÀ-Þ])|(?![^\W\d_]))")  # TV Globo, YouTube
_DERIVED: Final = ("", "s", "ur", "urs", "use", "uses", "eur", "eurs")  # YouTube, of a youtubeur
_NAME: Final = re.compile(r"(?<![\w@#/.’'-])(?:[ldLD]['’])?([A-ZÀ-Þ][^\W\d_]{3,})(?![\w@/-])")
_MOST_SIGNS: Final = 4  # that half of a name has


def strange(source: str, target: str) -> Iterator[re.Match[str]]:
    """The words of a Chinese translation in small Latin letters that the source does not have."""
    for match in _LATIN.finditer(target):
        if len(match[0]) > 1 and not _is_spelled(folded(match[0]), source):
            yield match


def spelled_out(source: str, target: str) -> Iterator[Change]:
    """Names as the source spells them where the model made a slip, or wrote a half of them by sound."""
    found = list(strange(source, target))
    if not found:
        return
    said = folded(target)
    names = {plain: name for name in _NAME.findall(source) if (plain := folded(name)) not in said}
    for match in found:
        if change := _half(match, names):
            yield change
        elif name := slip_of(match[0], source, names):
            yield *match.span(), name


def _half(match: re.Match[str], names: dict[str, str]) -> Change | None:
    """The one name that begins or ends like the word, in the place of it and of the signs for the rest."""
    word, text = folded(match[0]), match.string
    near = [plain for plain in names if plain.startswith(word) or plain.endswith(word)]
    if len(near) != 1:
        return None
    (plain,) = near
    most = min(_MOST_SIGNS, len(plain) - len(word))
    start, end = match.span()
    if plain.startswith(word):
        while end - match.end() < most and text[end : end + 1] in SOUNDS:
            end += 1
    else:
        while match.start() - start < most and text[start - 1 : start] in SOUNDS:
            start -= 1
        if start == match.start():
            return None
    return start, end, names[plain]


def _is_spelled(word: str, source: str) -> bool:
    """True for whole words of the source, one or several in a row; not for a piece of one: `Erve` of Hervé.

    `word`: without accents, in small letters.
    """
    parts = list(map(folded, _PARTS.findall(source)))
    for start, rest in enumerate(parts):
        said = rest
        while word.startswith(said) and said != word and (start := start + 1) < len(parts):
            said += parts[start]
        if said.startswith(word) and said[len(word) :] in _DERIVED:
            return True
    return False
