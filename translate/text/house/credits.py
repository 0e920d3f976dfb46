"""Credits, bylines and end marks in English and Chinese. What no rule fits stays French, visibly."""

from __future__ import annotations

import re
from collections.abc import Mapping

from translate.domain import Lang
from translate.text.names import agency, place
from translate.text.tables import folded

_LABELS: Mapping[str, tuple[str, str]] = {
    "photo": ("Photo", "图片"),
    "photos": ("Photos", "图片"),
    "credit": ("Credit", "来源"),
    "credits": ("Credits", "来源"),
    "credit photo": ("Photo credit", "图片来源"),
    "credits photo": ("Photo credits", "图片来源"),
    "credits photos": ("Photo credits", "图片来源"),
    "source": ("Source", "来源"),
    "sources": ("Sources", "来源"),
    "image": ("Image", "图片"),
    "images": ("Images", "图片"),
    "illustration": ("Illustration", "插图"),
    "video": ("Video", "视频"),
    "document": ("Document", "文件"),
    "redacteur": ("Editor", "编辑"),
    "redactrice": ("Editor", "编辑"),
    "redacteurs": ("Editors", "编辑"),
    "redactrices": ("Editors", "编辑"),
    "journaliste": ("Reporter", "记者"),
    "journalistes": ("Reporters", "记者"),
    "auteur": ("Author", "作者"),
    "auteure": ("Author", "作者"),
    "auteurs": ("Authors", "作者"),
}
_END_MARKS: Mapping[str, tuple[str, str]] = {
    "fin": ("End", "完"),
    "a suivre": ("to be continued", "待续"),
    "suite et fin": ("concluded", "续完"),
    "fin de la depeche": ("End", "完"),
}
_LABELLED = re.compile(r"(?P<label>[^\W\d_]+(?: [^\W\d_]+)?)\s*:\s*(?P<names>.+)")
_PHOTO_OF = re.compile(r"(?P<label>Photos?)\s+(?P<names>[A-ZÀ-Þ].+)", re.IGNORECASE)
_WITH = re.compile(r"avec\s+(?P<names>.+)", re.IGNORECASE)
_BY = re.compile(r"(?P<by>[Pp]ar)\s*:?\s+(?P<names>.+)")
_WORKS: Mapping[str, tuple[str, str]] = {
    "propos recueillis": ("Interview", "采访"),
    "reportage": ("Report", "报道"),
    "texte": ("Text", "撰文"),
    "textes": ("Text", "撰文"),
    "traduction": ("Translation", "翻译"),
}
_WORK = re.compile(
    rf"(?P<work>{'|'.join(_WORKS)})\s*(?:\bpar\b|\bde\b|\bd['’]|:)\s*(?P<names>\S.*)", re.IGNORECASE
)
_NEWSROOM = re.compile(r"La rédaction(?: (?:de\s+|du\s+|d['’])(?P<of>.+))?")
_CORRESPONDENT = re.compile(r"(?:De|Par) notre correspondante? (?:à|au|en) (?P<town>.+)")
_BETWEEN = re.compile(r"\s*(?:,|/|&|\bet\b|\bavec\b)\s*")
_PARTICLES = frozenset(
    "de du des d da di do dos le la les van von der den el al ben bin".split()  # noqa: SIM905 - a word list
)


def credit(text: str, target: Lang) -> str:
    """A credit: names are kept, labels and agencies after a label are translated."""
    inner, brackets = _unbracketed(text)
    if match := _LABELLED.fullmatch(inner) or _PHOTO_OF.fullmatch(inner):
        label = _LABELS.get(folded(match["label"]))
        names = _names(match["names"], target)
        if label and names:
            rendered = f"{label[0]}: {names}" if target is Lang.EN else f"{label[1]}：{names}"
            return _bracketed(rendered, brackets, target)
    if (match := _WITH.fullmatch(inner)) and (names := _names(match["names"], target)):
        return _bracketed(f"With {names}" if target is Lang.EN else f"综合{names}消息", brackets, target)
    return _bracketed(inner, brackets, target)


def byline(text: str, target: Lang) -> str:
    """`By Moussa Abdou`, `记者：Moussa Abdou`. Names stay in Latin letters."""
    inner, brackets = _unbracketed(text)
    if (match := _CORRESPONDENT.fullmatch(inner)) and (town := place(match["town"])):
        return f"From our correspondent in {town.en}" if target is Lang.EN else f"本报驻{town.zh}记者"
    if match := _NEWSROOM.fullmatch(inner):
        of = match["of"]
        english, chinese = (f"{of} newsroom", f"{of}编辑部") if of else ("The newsroom", "编辑部")
        return english if target is Lang.EN else chinese
    if (match := _BY.fullmatch(inner)) and (names := _names(match["names"], target)):
        by = "By" if match["by"] == "Par" else "by"
        return _bracketed(f"{by} {names}" if target is Lang.EN else f"记者：{names}", brackets, target)
    if (match := _WORK.fullmatch(inner)) and (names := _names(match["names"], target)):
        english, chinese = _WORKS[folded(match["work"])]
        words = f"{english} by {names}" if target is Lang.EN else f"{chinese}：{names}"
        return _bracketed(words, brackets, target)
    return credit(text, target)


def end_mark(text: str, target: Lang) -> str:
    """`End`, `完`, `(to be continued)`, `（待续）`; signs such as `###` are kept."""
    inner, brackets = _unbracketed(text.rstrip("."))
    known = _END_MARKS.get(folded(inner))
    if known is None:
        return text
    word = known[1] if target is Lang.ZH else known[0].upper() if inner.isupper() else known[0]
    return _bracketed(word, brackets, target)


def _names(text: str, target: Lang) -> str | None:
    """Names joined as the target does it; None if some of the words are no names."""
    names = [name.strip() for name in _BETWEEN.split(text.strip()) if name.strip()]
    rendered = [known.to(target) if (known := agency(name)) else name for name in names]
    if not names or not all(agency(name) or _is_name(name) for name in names):
        return None
    if target is Lang.ZH:
        return "、".join(rendered)
    links = [_english_link(link) for link in _BETWEEN.findall(text.strip())]
    return "".join(f"{name}{link}" for name, link in zip(rendered, [*links, ""], strict=False))


def _english_link(link: str) -> str:
    word = link.strip()
    return {"et": " and ", "avec": " with ", ",": ", ", "&": " & "}.get(word, link)


def _is_name(name: str) -> bool:
    """True if every word begins with a capital, a figure or no cased letter at all, but for particles."""
    words = re.split(r"[\s'’-]+", name)
    return all(not word[:1].islower() or word in _PARTICLES for word in words if word)


def _unbracketed(text: str) -> tuple[str, bool]:
    text = text.strip()
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        return text[1:-1].strip(), True
    return text, False


def _bracketed(text: str, brackets: bool, target: Lang) -> str:
    if not brackets:
        return text
    return f"（{text}）" if target is Lang.ZH else f"({text})"
