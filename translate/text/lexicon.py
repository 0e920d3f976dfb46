"""French words and what they are in the target language; and the rare ones, which a model is given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from translate.domain import Lang
from translate.text.durations import in_full
from translate.text.eased import eased
from translate.text.given_names import given_name, is_behind_name, is_followed_by_name
from translate.text.honorifics import honorific
from translate.text.phrases import START, begun_by
from translate.text.wordlists import HEAD, read_packed

KNOWN, RARE = ":", "!"
"""What stands between a word and its meanings."""
WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_THEN: Final = r"(?:(?:pas|plus|jamais|déjà|aussi|également|toujours|encore|ainsi|donc|tous|\w+ment)\s)?$"
"""What ends what stands before a participle: an adverb, or nothing."""
_AUXILIARY: Final = re.compile(
    r"\b(?:a|ai|as|ont|avons|avez|avai[ts]|avions|avaient|aura|auront|aurait|auraient|eut|eurent|ait|aient|ayant"
    rf"|avoir)(?:-t)?(?:-(?:il|elle|on|ils|elles))?\s{_THEN}"
)
_HIMSELF: Final = re.compile(
    r"\bs(?:e |['’])(?:est|sont|étai[ts]|étaient|sera|seront|serait|seraient|soit|soient|fut|furent|être"
    rf"|étant)\s{_THEN}"
)
_REFLEXIVE: Final = re.compile(rf"\bs(?:e\s|['’])$|{_HIMSELF.pattern}")
_GOES_ON: Final = re.compile(r"[^\W_]|-[^\W_]")  # a word, as far as a phrase does not end inside it
_BEFORE: Final = 32  # letters in which an auxiliary and an adverb stand
_POSSESSIVE: Final = re.compile(r"\b(?:[mts](?:on|a|es)|leurs?|[nv]otre|[nv]os)\b")
_ONES: Final = re.compile(r"(?<!\w)one's\b")
_HOUR: Final = re.compile(r"\d\s?[hH](?:\d\d)?\s$")
_ACTS: Final = re.compile(r" (?:a|est|avait|était|aura|sera|va|n'a|n'est|s'est)\b")


def name_of(target: Lang) -> str:
    """The file of a target: words by their heads, each with its meanings; `training.lexicon` makes it."""
    return f"lexicon.{target}.txt.gz"


def dictionary_of(target: Lang) -> str:
    """The same of words that the text behind the lexicon hardly has; `training.dictionary` makes it."""
    return f"dictionary.{target}.txt.gz"


def meanings(word: str, target: Lang) -> tuple[str, ...]:
    """Words and phrases that stand for a French word, as it is inflected, the likeliest first.

    None for one that is not known, or that has nothing that stands for it often enough.
    """
    forms = dict.fromkeys((word, word.lower()))
    found = (
        _found(form, name, kind)
        for form in forms
        for name in (name_of(target), dictionary_of(target))
        for kind in (KNOWN, RARE)
    )
    return next(filter(None, found), ())


def name(word: str, target: Lang) -> str:
    """What a rare name is, written as it is; nothing for one that is not known."""
    return _rare(word, target) if word[:1].isupper() else ""


def given(sentence: str, target: Lang) -> str:
    """A French sentence with its rare words in the target language, for a model that was taught to copy them.

    Phrases of several words go first, the longest. A word with a capital is looked up as it is, a name; the
    first one in small letters too, unless it is one.
    """
    return given_with(sentence, target)[0]


def given_with(sentence: str, target: Lang) -> tuple[str, tuple[str, ...]]:
    """The same, and what stands in it in the target language, in its order."""
    sentence = in_full(eased(sentence), target)
    told, at, brought = "", 0, []
    plain = sentence.replace("’", "'")
    for match in WORD.finditer(sentence):
        if match.start() < at:
            continue  # it is in a phrase
        end, text = _instead(plain, match, target, is_first=not at)
        if text:
            brought.append(text)
        told += sentence[at : match.start()] + (text or sentence[match.start() : end])
        at = end
    return told + sentence[at:], tuple(brought)


def _instead(sentence: str, match: re.Match[str], target: Lang, *, is_first: bool) -> tuple[int, str]:
    """Where what is given for a word, or for the phrase that it begins, ends, and what is given, if anything.

    `is_first`: it opens the sentence, and may have its capital from that.
    """
    word, end = match[0], match.end()
    if title := honorific(sentence, *match.span(), target):
        return end, _titled(title) if is_first else title
    if word in ("locale", "locales") and target is Lang.EN and _HOUR.search(sentence, 0, match.start()):
        return end, "local time"  # 19H00 locales
    small = _small(word) if is_first and not _is_name(sentence, match) else ""
    for form in filter(None, (word, small)):
        for rest, text in _begun_by(form, sentence, match, target):
            stop = end + len(rest)
            if sentence.startswith(rest, end) and (rest[-1] == "'" or not _GOES_ON.match(sentence, stop)):
                text = _owned(text, rest)
                return stop, _titled(text) if form is small else text
    if called := _called(sentence, match, target):
        return end, called
    text = "" if small and _is_word(small, target) else _rare(word, target)
    if not text and small:
        text = _titled(_rare(small, target))
    return end, text


def _begun_by(word: str, sentence: str, match: re.Match[str], target: Lang) -> Sequence[tuple[str, str]]:
    """Phrases that a word may begin, as what stands before it tells: `fait`, does; `a fait`, has done."""
    start = sentence[match.end() : match.end() + START]
    before = sentence[max(0, match.start() - _BEFORE) : match.start()]
    is_reflexive = _REFLEXIVE.search(before) is not None
    found = begun_by(word, target, is_reflexive=is_reflexive).get(start, ())
    if found and target is Lang.EN:
        done = begun_by(word, target, is_participle=True, is_reflexive=is_reflexive)[start]
        if done != found and (_AUXILIARY.search(before) or _HIMSELF.search(before)):
            return done
    return found


def _owned(text: str, french: str) -> str:
    """`one's` as the French has it: the model knows whose it is, and says his, her, its or their."""
    if "one's" not in text:
        return text
    found = _POSSESSIVE.search(french)
    return _ONES.sub(found[0] if found else "ses", text)


def _called(sentence: str, match: re.Match[str], target: Lang) -> str:
    """What is given for a given name that is another word or a place, too; English has it as it is."""
    word = match[0]
    given = given_name(word)
    if given is None:
        return ""
    is_name = is_followed_by_name(sentence, match.end()) or is_behind_name(sentence, match.start())
    if is_name or (not given.is_place and _rare(word, target)):
        return given.chinese if target is Lang.ZH else word
    return ""


def _is_name(sentence: str, match: re.Match[str]) -> bool:
    """True if the first word of a sentence is a name: `Olivier raconte`, `Safran a vendu`.

    French opens a sentence with a bare noun in headlines only, and those have no auxiliary behind it.
    """
    if given_name(match[0]) is not None or is_followed_by_name(sentence, match.end()):
        return True
    return _ACTS.match(sentence, match.end()) is not None


def _small(word: str) -> str:
    """A first word in small letters; nothing for one with more capitals. `A` is `à`, which opens phrases."""
    if word in ("A", "À"):
        return "à"
    return word.lower() if word[0].isupper() and (word[1:].islower() or word == "D") else ""


def _titled(text: str) -> str:
    return text[:1].upper() + text[1:]


def words(name: str, kind: str) -> Iterator[str]:
    """All French words of a file: the common ones (`KNOWN`), or the `RARE`."""
    for head, line in read_packed(name).items():
        for cell in line.split("\t")[1:]:
            rest, sign, _ = cell.partition(kind)
            if sign and KNOWN not in rest and RARE not in rest:
                yield head + rest


@lru_cache(maxsize=65536)
def _rare(word: str, target: Lang) -> str:
    """What is given for a word. Names that were written go before those that the text made."""
    names = (name_of(target), dictionary_of(target))
    if word[:1].isupper():
        names = names[::-1]
    return next((text for name in names for text in _found(word, name, RARE)), "")


def _is_word(word: str, target: Lang) -> bool:
    """True if the text has this word in small letters: with a capital it need not be a name."""
    return any(_found(word, name_of(target), kind) for kind in (KNOWN, RARE))


def _found(word: str, name: str, kind: str) -> tuple[str, ...]:
    line, start = read_packed(name).get(word[:HEAD], ""), f"\t{word[HEAD:]}{kind}"
    place = line.find(start)
    if place < 0:
        return ()
    return tuple(line[place + len(start) :].partition("\t")[0].split("|"))
