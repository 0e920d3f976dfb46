"""What names are in English and Chinese, as far as the tables beside this file know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from translate.domain import Lang
from translate.text.names import Name, place
from translate.text.tables import folded, rows
from translate.text.wordlists import read_wordlists

# Signs that stand for a land, and what is before and after one that does.
_LANDS = "中美俄英法德日韩朝印巴加澳意西欧以伊土埃沙乌叙黎越菲泰墨委古非亚港台柬格卡华"
_BEFORE_LAND = "访驻对赴来在涉援抗反亲旅留侨输与和同向从全北南东该各购"
_AFTER_LAND = "方军籍媒企商外总资防两双裔国洲盟、与和间区"


# Nouns that stand for an institution that was named before.
_INSTITUTIONS = frozenset(
    (
        *("Agency", "Alliance", "Authority", "Bank", "Centre", "Center", "Commission"),
        *("Committee", "Conference", "Convention", "Council", "Court", "Force", "Fund"),
        *("Institute", "League", "Mission", "Office", "Organisation", "Organization", "Programme"),
        *("Program", "Treaty", "Tribunal", "Union"),
    )
)

_SEAM = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Ý])|(?<=[A-Z]{2})(?=[A-ZÀ-Ý][a-zà-ÿ])")


def parts(word: str) -> list[str]:
    """The words of a compound, also where its hyphen was lost: `ONU-Femmes`, `ÉtatsUnis`, `VIH/sida`."""
    return re.split(r"[-/]", _SEAM.sub("-", word))


@lru_cache(maxsize=4096)
def known_place(word: str) -> Name | None:
    """The land, else the town, with that French name; `Iraq` and `Bélarus` are English ones of lands."""
    found = place(word, land=True) or _lands_in_english().get(folded(word))
    return found or (place(_SEAM.sub("-", word), land=True) if _SEAM.search(word) else None)


@cache
def _lands_in_english() -> Mapping[str, Name]:
    """Lands by folded English name."""
    return {
        folded(en): Name(fr, en, zh) for kind, fr, en, zh in rows("places.tsv", columns=4) if kind == "land"
    }


def stands_for(short: str, text: str) -> bool:
    """True if `text` has what is said for a land; of one sign only where it can be one: 访法, 法方, 中法."""
    if short not in text:
        return False
    if len(short) > 1 or any(land in text for land in _lands().get(short, ())):
        return True
    return re.search(rf"[{_BEFORE_LAND}{_LANDS}]{short}|{short}[{_AFTER_LAND}{_LANDS}]", text) is not None


@cache
def _lands() -> Mapping[str, tuple[str, ...]]:
    """The Chinese names of lands by their first sign."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, _, _, zh in rows("places.tsv", columns=4):
        if kind == "land":
            found[zh[0]] = (*found.get(zh[0], ()), zh)
    return found


def has_signs(form: str, text: str) -> bool:
    """True if `text` has the Chinese form, or most of its signs close together: Chinese shortens freely."""
    if form in text:
        return True
    if len(form) < 4:
        return False
    size, least = len(form) + 2, 0.6 * len(form)
    signs = set(form)
    if sum(sign in text for sign in signs) < 0.6 * len(signs):
        return False
    windows = (text[at : at + size] for at, sign in enumerate(text) if sign in signs)
    return any(sum(sign in window for sign in form) >= least for window in windows)


@cache
def _acronyms() -> Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {
        acronym: (tuple(en.split("; ")), tuple(zh.split("; ")))
        for acronym, en, zh in rows("checks/acronyms.tsv", columns=3)
    }


def forms(acronym: str, lang: Lang) -> tuple[str, ...] | None:
    """What the acronym may be in a translation; None if it is unknown."""
    found = _acronyms().get(acronym)
    if found is None:
        return None
    return found[1] if lang is Lang.ZH else found[0]


def is_listed(acronym: str) -> bool:
    """True if it is known what the acronym is in translations."""
    return acronym in _acronyms()


@cache
def heads(acronym: str, lang: Lang) -> tuple[str, ...]:
    """What an institution is called once it was named: `the Office` for ONUDC, 该机构 for AIEA."""
    known = forms(acronym, lang) or ()
    if lang is Lang.ZH:
        return tuple(f"该{form[-size:]}" for form in known if len(form) > 3 for size in (2, 3))
    words = {word for form in known if " " in form for word in form.split() if word in _INSTITUTIONS}
    return tuple(f"{article} {word}" for word in words for article in ("the", "The"))


def is_mission(name: Name, text: str) -> bool:
    """True if a mission of the United Nations is named after the land by its first sign: 联布办."""
    return "联" in text and re.search(rf"联{name.zh[0]}.{{0,4}}(?:办|团|队|行动)", text) is not None


@lru_cache(maxsize=4096)
def is_unchecked(word: str) -> bool:
    """True for a French word whose capital does not make it a name that can be looked for."""
    plain = folded(word)
    return plain in _unchecked() or plain.removesuffix("s") in _unchecked() or is_common(word)


@lru_cache(maxsize=4096)
def is_common(word: str) -> bool:
    """True for a common word of French: `Siège`; it may still be a family's name (`Léon Marchand`)."""
    plain = folded(word)
    return plain in _common() or plain.removesuffix("s") in _common() or plain.removesuffix("x") in _common()


@cache
def _common() -> frozenset[str]:
    return frozenset(folded(word) for word in read_wordlists("checks/common.fr.txt")["common"])


@cache
def _unchecked() -> frozenset[str]:
    """French words with a capital that are no names, or names that no rule recognises."""
    lists = read_wordlists("checks/capitals.fr.txt")
    return frozenset(folded(word) for words in lists.values() for word in words)


@lru_cache(maxsize=1024)
def strangers(text: str, source: str, lang: Lang) -> tuple[str, ...]:
    """The lands that a translation names and of which the source has no word."""
    plain = folded(source)
    return tuple(name for name, stems in _lands_named(text, lang) if not any(stem in plain for stem in stems))


def _lands_named(text: str, lang: Lang) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lands of a translation, each with how French words for it begin."""
    names, every = _land_names()[lang]
    for match in every.finditer(text):
        yield match[0], names[match[0]]


# 发展中国家 is no China, 马里奥 no Mali, 约旦河 no Jordan.
_NO_LAND = (
    "(?!(?<=发展)中国家|马里[卜查内奥亚乌兰安纳翁恩埃斯利娜诺·博肯]|约旦河"
    "|苏格兰[裙场]|意大利面|西班牙猎|海地带|南非洲|印度[河洋尼支])(?<![巴·])"
)


@cache
def _land_names() -> Mapping[Lang, tuple[Mapping[str, tuple[str, ...]], re.Pattern[str]]]:
    """For each target, the names of lands with their French beginnings, and one pattern for all of them."""
    found = {}
    for lang in (Lang.EN, Lang.ZH):
        named = ((zh if lang is Lang.ZH else en, stems) for _, en, zh, stems in _land_stems())
        names = {name: stems for name, stems in named if len(name) > 1}
        joined = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        found[lang] = (
            names,
            re.compile(rf"\b(?:{joined})\b" if lang is Lang.EN else _NO_LAND + f"(?:{joined})"),
        )
    return found


@cache
def _land_stems() -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    """The French, English and Chinese name of each land, and how French words for it begin."""
    seats: dict[str, tuple[str, ...]] = {}
    for fr, en, _ in rows("checks/kin.tsv", columns=3):
        for word in en.split("; "):
            seats[word[:4]] = (*seats.get(word[:4], ()), folded(fr)[:4])
    found = []
    for kind, fr, en, zh in rows("places.tsv", columns=4):
        if kind == "land" and zh != "联合国":
            stems = (folded(fr)[:4], folded(en)[:4], *_PEOPLES.get(fr, ()), *seats.get(folded(en)[:4], ()))
            found.append((fr, en, zh, stems))
    return tuple(found)


# How French calls peoples whose land has another name.
_PEOPLES: Mapping[str, tuple[str, ...]] = {
    "Etats-Unis": ("ameri", "washington", "trump"),
    "Royaume-Uni": ("brit", "angl", "londres"),
    "Côte d'Ivoire": ("ivoir",),
    "Eswatini": ("swaz",),
    "Laos": ("lao",),
    "Madagascar": ("malgach",),
    "Nouvelle-Zélande": ("neo-z", "neoz"),
    "Pays de Galles": ("gall",),
    "Tibet": ("xizang",),
    "Guangdong": ("canton",),
    "Espagne": ("hispan", "felipe", "spanish"),
    "Finlande": ("finno", "finni"),
    "Sri Lanka": ("sri-l",),
    "Norvège": ("storting",),
    "Mayotte": ("mahor",),
    "Israël": ("knesset",),
    "Allemagne": ("bundes", "wehrmacht", "reichstag", "ig metall"),
    "Russie": ("douma", "roscosmos"),
    "Belgique": ("brux",),
    "Suisse": ("helvet", "bern", "vaud", "genev", "zuric", "valais"),
    "Soudan": ("sultan",),  # 苏丹 is both
    "Congo": ("rdc",),
    "République démocratique du Congo": ("rdc",),
    "Danemark": ("dano",),
    "Pays-Bas": ("neerl", "holl", "rijks"),
    "Grèce": ("grec", "hell"),
    "Chine": ("sino", "pekin", "beijing", "hong", "macao", "taiwan"),
    "Suède": ("sued",),
    "Turquie": ("turc", "turk"),
    "Emirats arabes unis": ("emirat",),
    "Afrique du Sud": ("sud-af",),
    "Corée du Sud": ("core", "seoul"),
    "Corée du Nord": ("core", "rpdc", "pyong"),
    "République de Corée": ("core", "seoul"),
}


@dataclass(frozen=True, slots=True)
class Kin:
    """What may stand for a place: a people, a capital, another name."""

    en: tuple[str, ...] = ()
    zh: tuple[str, ...] = ()


_NO_KIN = Kin()


def kin(of: Name) -> Kin:
    """What may stand for the place, besides its own name."""
    return _kin_table().get(folded(of.fr), _NO_KIN)


@cache
def _kin_table() -> Mapping[str, Kin]:
    """By folded French name."""
    return {
        folded(fr): Kin(tuple(folded(en).split("; ")), () if zh == "-" else tuple(zh.split("; ")))
        for fr, en, zh in rows("checks/kin.tsv", columns=3)
    }
