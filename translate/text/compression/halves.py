"""What a shortened sentence ends in, and whether that waits for a second half that was deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.text.compression.chunks import Chunk
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, joined, words
from translate.text.compression.verbs import verb_forms

_TAIL = 4  # tokens compared to see whether the end was cut off
_MEASURED = re.compile(
    r" (?:plus|moins) d(?:e |')(?=\d|un|deux|trois|quatre|cinq|dix|la moitié)"
)  # moins de 12 %

_IS = re.compile(r" (?:se|s'|ne|n'|il|elle|on) ?soit (?=\w)")  # que M. Roy se soit trompé


def before_attributions(sentence: Outline) -> list[Chunk]:
    return [sentence.chunks[place - 1] for place in sentence.attributions if place > 0]


def last_token(tokens: Sequence[Token]) -> Token | None:
    return next((token for token in reversed(tokens) if token.low[0].isalnum() or token.hidden), None)


def last_word(tokens: Sequence[Token]) -> str:
    last = last_token(tokens)
    return last.low if last is not None else ""


def tail(chunk: Chunk) -> str:
    """The last words: one would not do, as all quotations end in the same mark."""
    return " ".join(token.text for token in chunk.tokens[-_TAIL:])


def endings(sentence: Outline) -> list[str]:
    """The words that stand last: of the whole and before each attribution."""
    return [tail(chunk) for chunk in (*before_attributions(sentence), sentence.chunks[-1])] + [
        last_word(sentence.chunks[-1].tokens)
    ]


def waits_for_more(shorter: Outline, source: Outline) -> bool:
    """`non seulement…`, `entre…`, `ni…` without their second half; a denial without its `mais`."""
    if endings(shorter) == endings(source):  # nothing was cut off, only taken out
        return False
    if _lost_only_titles(shorter, source):
        return False
    since = shorter.chunks[shorter.main or 0].start
    kept = (
        " "
        + " ".join(token.low for token in shorter.tokens if not token.hidden and token.start >= since)
        + " "
    )
    kept = kept.replace("' ", "'").replace(" au moins ", " ")
    gone = _deleted(shorter.text, source.text)
    if _has_first_half(kept, gone.lower().replace("’", "'")):
        return True
    if " pas " in kept and " mais " in gone:
        return True
    return any(_names_one_side(chunk) for chunk in (*before_attributions(shorter), shorter.chunks[-1]))


def _lost_only_titles(shorter: Outline, source: Outline) -> bool:
    """Whether what is gone stood behind the speaker: `ni fait ni droit, a dit M. Wang, ministre`."""
    ends_said = bool(shorter.attributions) and shorter.attributions[-1] == len(shorter.chunks) - 1
    said = [[tail(chunk) for chunk in before_attributions(text)] for text in (shorter, source)]
    return ends_said and shorter.attributions[-1] > 0 and said[0] == said[1]


def _deleted(shorter: str, source: str) -> str:
    """What stood where the two texts part, up to where they meet again."""
    start = next(
        (place for place, (a, b) in enumerate(zip(shorter, source, strict=False)) if a != b), len(shorter)
    )
    left = len(shorter) - start
    same = next((place for place in range(left) if shorter[-1 - place] != source[-1 - place]), left)
    return f" {source[start : len(source) - same]} "


def _has_first_half(kept: str, gone: str) -> bool:
    """Whether the kept words open what only the deleted ones close: `non seulement`, `plutôt … que`."""
    if kept.count(" ni ") > 1:
        kept = kept.replace(" ni ", " ")
    kept = _IS.sub(" ", kept)
    if any(f" {marker} " in kept or f" {marker}'" in kept for marker in words("correlatives")):
        return True
    kept = _MEASURED.sub(" ", kept)
    again = ("plus ", "moins ") if kept.startswith((" plus ", " moins ")) else ()  # plus on…, plus on…
    answers = any(f" {word}" in gone for word in ("que ", "qu'", "qui ", "autant ", *again))
    return answers and any(f" {marker} " in kept for marker in words("comparatives"))


def _names_one_side(chunk: Chunk) -> bool:
    """`entre la Chine`: between it, and what else?"""
    lows = [token.low for token in chunk.tokens]
    between = max((index for index, low in enumerate(lows) if low in ("entre", "parmi")), default=len(lows))
    after = lows[between:]
    return bool(after) and "et" not in after and not set(after) & words("plural-determiners")


def ends_in_lone_adverb(sentence: Outline) -> bool:
    """`…, principalement.`, `…, et en particulier.`"""
    for chunk in (*before_attributions(sentence), sentence.chunks[-1]):
        spoken = [token for token in chunk.tokens if token.low[0].isalnum()]
        spoken = spoken[1:] if chunk.coordinated else spoken
        if not chunk.mark or not spoken:
            continue
        lone = spoken[0].low.endswith("ment") or spoken[0].low in words("verb-adverbs")
        if (len(spoken) == 1 and lone) or joined(spoken) in words("examples"):
            return True
    return False


def ends_in_lone_participle(shorter: Outline, source: Outline) -> bool:
    """`lors d'une conférence de presse organisée.`: how, when or where was all that it told."""
    lemma, participles = verb_forms().lemma, verb_forms().past_participles
    others = words("bare-participles") | words("adjective-participles")
    said = [token.low for token in source.tokens if not token.hidden]
    for chunk in (*before_attributions(shorter), shorter.chunks[-1]):
        spoken = [token.low for token in chunk.tokens if token.low[0].isalnum() and not token.hidden]
        if len(spoken) < 3 or spoken[-1] not in participles or spoken[-1] in others:
            continue
        has_auxiliary = bool(set(spoken[:-1]) & words("auxiliaries") and "et" in spoken) or bool(
            set(spoken[-5:-1]) & words("auxiliaries")
        )
        if lemma.get(spoken[-1]) in words("transitive") and not has_auxiliary:
            place = next((i for i in range(2, len(said)) if said[i - 2 : i + 1] == spoken[-3:]), len(said))
            if place + 1 < len(said) and said[place + 1] in words("prepositions") | words("verb-adverbs"):
                return True
    return False
