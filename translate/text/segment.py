"""French paragraphs into sentences, with offsets, by rule.

A place can end a sentence when a terminator (`.` `!` `?` `…`), with the quotation marks and brackets
that close after it, is followed by white space and by something that can open a sentence. Then the word
before a full stop is looked up in `abbreviations.fr.txt`, and places inside a quotation or a bracket
have to leave a whole sentence on both sides. Every step looks at a bounded stretch of text, so the
time is linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from translate.domain import Segment
from translate.text.addresses import addresses
from translate.text.quotations import Span, enclosed_spans
from translate.text.wordlists import read_wordlists

_ELISION = "'’ʼ"
_UPPER = "A-ZÀ-ÖØ-ÞŒŸ"
_DASH = "-–—―‒•*▪■●"
_OPENING = "«“„‹\"'‘([<"
# A terminator, then what closes with it: « Oui ! », (sic.), fin. [...], fin.[3]. Possessive throughout
# and never begun in the middle of a run, so that a million full stops cost a million steps.
_END = re.compile(
    r"(?<![.!?…‽])(?P<mark>[.!?…‽]++)"
    r"(?P<closers>(?:\s?(?:»|>>)|[”\"'’›)\]]|\s\"(?=\s|$)|\s?[\[(](?:\.{3}|…)[\])]|\[\d{1,3}\])*+)"
    r"(?P<gap>\s++|(?=[«“]\s?[" + _UPPER + r"])|(?=[" + _UPPER + r"][a-zà-ÿ'’. ])|$)"
    r"|(?P<wide>[。！？]+[」』”»\"]*)(?P<wide_gap>\s*)"
    r"|(?P<blank>\n[^\S\n]*\n\s*)"
)
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_WORD_BEFORE = re.compile(r"[^\s«»“”\"(\[<>]+$")
_CAPITAL = re.compile(rf"[{_UPPER}]")
_BRAND = re.compile(rf"[a-z][{_UPPER}]")  # iPhone, eBay
_INITIAL = re.compile(rf"(?:.*[-{_ELISION}])?[{_UPPER}]\.")
_ACRONYM = re.compile(rf"(?:.*[{_ELISION}])?(?:[{_UPPER}]\.){{2,}}")
_LIST_MARK = re.compile(rf"(?:\d{{1,3}}|[IVXLC]{{1,5}}|[{_UPPER}a-z]|(?:\d{{1,2}}\.){{1,3}}\d{{0,2}})\.")
_CODE = re.compile(rf"\d|[{_UPPER}]\b|[IVXLCDM]+\b|[{_UPPER}]\.")
_DAY_AND_MONTH = re.compile(r"\d{1,2}(?:er)?\s(?:jan|f[ée]v|mars|avr|mai|juin|juil|août|sept|oct|nov|déc)")
_NEXT_WORD = re.compile(rf"[\w.-]+[{_ELISION}]?|[^\w\s]")
_NAME_PARTICLES = frozenset({"le", "la", "l'", "les", "du", "des", "de", "d'"})
_FIRST_SENTENCE = re.compile(r"[.!?…](?:\s|$)")
_WORD = re.compile(r"\w+")
_SHORT_SENTENCE_WORDS = 3  # fewer, inside a quotation, is taken for a fragment
_REACH = 200  # how far a rule may look from a place: keeps the time linear
_LOOK_BACK = 48


def segment(paragraph: str) -> list[Segment]:
    """The sentences of `paragraph`, in order, none empty, nothing left out but white space."""
    edges = [0, *_boundaries(paragraph), len(paragraph)]
    trimmed = (_trim(paragraph, start, end) for start, end in pairwise(edges))
    return [sentence for sentence in trimmed if sentence is not None]


def _trim(paragraph: str, start: int, end: int) -> Segment | None:
    text = paragraph[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    return Segment(text, start, start + len(text)) if text else None


def _boundaries(paragraph: str) -> Iterator[int]:
    """Where a new sentence begins (the white space before it belongs to nobody)."""
    spans = iter(enclosed_spans(paragraph))
    span = next(spans, None)
    start = 0
    for match in _END.finditer(paragraph):
        while span is not None and span.end <= match.start():
            span = next(spans, None)
        place = _place(paragraph, match, span)
        if match["mark"] is not None and not _BLANK_LINE.search(match["gap"]):
            if not _ends_sentence(paragraph, start, place, match) or _is_in_address(paragraph, match):
                continue
            if span is not None and not _may_break_inside(paragraph, start, place, span):
                continue
        start = place
        yield place


def _is_in_address(paragraph: str, match: re.Match[str]) -> bool:
    """`https://…/page?Le=1`: no white space, and a capital, but nothing ends."""
    if match["gap"] or match.end() == len(paragraph):
        return False
    known = addresses(paragraph)
    before = bisect_left(known, match.end(), key=lambda each: each.start) - 1
    return before >= 0 and match.end() < known[before].end


def _place(paragraph: str, match: re.Match[str], span: Span | None) -> int:
    """The end of `match`, or short of a detached `"` that opens what follows: `fin. " Nous…`."""
    detached = paragraph.find(' "', match.start(), match.end()) if match["closers"] else -1
    if detached < 0 or (span is not None and span.last == detached + 1):
        return match.end()
    return detached + 1


def _may_break_inside(paragraph: str, start: int, place: int, span: Span) -> bool:
    """Whether a break at `place` is allowed, given the quotation or bracket it may stand in.

    Inside brackets: only if the bracket opened with the sentence. Inside a quotation: only between
    two sentences of some length, so that neither `« Non.` nor `Très loin », a-t-il dit.` stands alone.
    """
    if not span.start < place <= span.last:
        return True
    if span.is_bracket:
        return start >= span.start
    before = paragraph[max(start, span.start + 1, place - _REACH) : place]
    after = paragraph[place : min(span.last, place + _REACH)]
    return min(_words(before), _words(_FIRST_SENTENCE.split(after, maxsplit=1)[0])) >= _SHORT_SENTENCE_WORDS


def _words(text: str) -> int:
    return len(_WORD.findall(text))


def _ends_sentence(paragraph: str, start: int, place: int, match: re.Match[str]) -> bool:
    """Whether the terminator of `match` ends, at `place`, the sentence that began at `start`."""
    if place == len(paragraph):
        return True
    following = paragraph[place : place + _LOOK_BACK]
    if not _can_open(following):
        return False
    if not match["gap"] and not _is_glued_end(paragraph, match, following):
        return False
    if match["mark"] != ".":
        return not _is_bare_ellipsis(paragraph, match) and not _is_named_mark(paragraph, match)
    word = _word_before(paragraph, match.end("mark"))
    if match["closers"].strip() and not match["closers"].strip().startswith(("[", "(")):
        return True  # « … » and "…" close after the full stop: no abbreviation stands there alone
    reach = max(start, match.end("mark") - _LOOK_BACK)
    return _full_stop_ends(paragraph[reach : match.end("mark")], word, following)


def _can_open(following: str) -> bool:
    """Whether a sentence can begin like this: a capital or a figure, perhaps behind a mark or dash."""
    bare = _without_marks(following, _OPENING)
    if bare[:1] and bare[0] in _DASH:
        return bool(_CAPITAL.match(_without_marks(bare, _OPENING + _DASH)))
    if not bare:
        return False
    if bare[0].isalpha() and not bare[0].islower():
        return True  # capitals, and scripts without case
    return bare[0].isdigit() or bool(_BRAND.match(bare))


def _without_marks(text: str, marks: str) -> str:
    """`text` from its first character that is neither white space nor one of `marks`."""
    for place, char in enumerate(text):
        if not char.isspace() and char not in marks:
            return text[place:]
    return ""


def _is_glued_end(paragraph: str, match: re.Match[str], following: str) -> bool:
    """`…la République».Au rond-point`: no white space, but surely two sentences."""
    if match["mark"] not in (".", "!", "?"):
        return False
    before = paragraph[max(0, match.start() - 2) : match.start()]
    if match["closers"] or before[-1:] in '»”")':
        return bool(before) and match["closers"] not in ("'", "’")
    return before.isalpha() and before.islower() and _first_word(following) in _lists("openers")


def _is_bare_ellipsis(paragraph: str, match: re.Match[str]) -> bool:
    """`[...]` and `(…)` stand for a cut: they end nothing by themselves."""
    before = paragraph[max(0, match.start() - 1) : match.start()]
    return before in ("[", "(") and match["closers"][:1] in ("]", ")")


def _is_named_mark(paragraph: str, match: re.Match[str]) -> bool:
    return _word_before(paragraph, match.end("mark")) in _lists("never")


def _word_before(paragraph: str, end: int) -> str:
    found = _WORD_BEFORE.search(paragraph[max(0, end - _LOOK_BACK) : end])
    return found[0] if found else ""


def _first_word(following: str) -> str:
    found = _NEXT_WORD.match(_without_marks(following, _OPENING + _DASH))
    return found[0].replace("’", "'").lower() if found else ""


@cache
def _lists(name: str) -> frozenset[str]:
    entries = read_wordlists("abbreviations.fr.txt")[name]
    return frozenset(entries) | {entry[:1].upper() + entry[1:] for entry in entries if name != "openers"}


def _full_stop_ends(sentence: str, word: str, following: str) -> bool:
    """The rules for one full stop after `word`, the last of `sentence` (of which the end is given)."""
    tail = sentence.split()
    previous = tail[-2] if len(tail) > 1 else ""
    pair = f"{previous} {word}"
    elided = re.split(rf"[{_ELISION}]", word)[-1]  # l'art. -> art.
    opener = _first_word(following) in _lists("openers") and not _is_particle_name(following)
    if _is_list_mark(sentence, word, previous):
        return False
    if elided in _lists("months") and following.startswith("("):
        return False
    if pair in _lists("may-end") or word in _lists("may-end"):
        return not following[0].isdigit() or not _is_date_or_measure(elided, previous, following)
    if {word, elided, pair} & _lists("never"):
        return False
    if elided in _lists("before-number"):
        return not _CODE.match(following) and (opener or len(elided) > 2)
    if word in _lists("name-like"):
        return opener
    if _ACRONYM.fullmatch(word):
        return opener or following[0] in '«“"' or following[0] in _DASH
    if _INITIAL.fullmatch(word):
        return _initial_ends(word, previous, following, opener)
    return True


def _is_date_or_measure(word: str, previous: str, following: str) -> bool:
    """`janv. 2024`, `lun. 3 févr.`, `2 h. 30`: the figure belongs to the abbreviation."""
    months = word in _lists("months")
    return months or previous[-1:].isdigit() or bool(_DAY_AND_MONTH.match(following))


def _initial_ends(word: str, previous: str, following: str, opener: bool) -> bool:
    """`John F. Kennedy` goes on, `la vitamine C. Les…` ends, so does `12 V. Le…`."""
    if len(word) > 2 or following[0].isdigit():
        return False
    named = previous.lower().strip('(«"“') in _lists("letter-names")
    return named or (opener and previous[-1:].isdigit())


def _is_particle_name(following: str) -> bool:
    """`J. Le Pen`, `M. Du Bellay`: an article that begins a name, not a sentence."""
    words = following.split(maxsplit=2)
    return len(words) > 1 and words[0].lower() in _NAME_PARTICLES and bool(_CAPITAL.match(words[1]))


def _is_list_mark(sentence: str, word: str, previous: str) -> bool:
    """`1. Premier point`, `B. Moyens`: a number that opens the sentence, or comes after a colon."""
    if not _LIST_MARK.fullmatch(word):
        return False
    return _without_marks(sentence, _DASH + _OPENING) == word or previous.endswith((":", ";"))
