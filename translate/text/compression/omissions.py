"""What is left out inside quotation marks, and marked there as the press does: `« Nous tiendrons […] »`.

The last of the rules: a quotation is what was said. Its words stay as they are; where some go, the mark
says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from translate.text.compression import adjuncts, cuts, frames, openers, pairs, phrases
from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.finite import is_inverted_saying
from translate.text.compression.outline import Outline, outline
from translate.text.compression.soundness import is_no_worse, is_sound
from translate.text.compression.tokens import Token, words
from translate.text.compression.verbs import verb_forms
from translate.text.quotations import Span, enclosed_spans

OMISSION = "[…]"
_Rule = Callable[[Outline], Iterator[str]]
_SHORT = 50  # characters of a quotation that is given whole
_FEWEST_QUOTED = 3  # words left of a quotation
_FEWEST_BEFORE = 4  # … and before a place where it is cut inside a clause
_WORTH_IT = 4  # characters that an omission must win beyond its mark
_TURNS = frozenset({"mais", "ne", "n'", "sans", "sauf"})  # what is said is another thing without it
_OPENS_CLAUSE = frozenset({"et", "il", "elle", "ils", "elles", "nous", "on", "je", "j'", "ce", "c'", "ça"})
_REPEATED = frozenset(
    {"de", "d'", "du", "des", "à", "au", "aux", "sur", "par", "pour", "dans", "en", "contre"}
)


def quotations(sentence: Outline) -> Iterator[str]:
    """With one omission in one of its quotations, the longest quotation first."""
    text = sentence.text
    spans = [span for span in enclosed_spans(text) if not span.is_bracket]
    for span in sorted(spans, key=lambda span: span.start - span.end):
        is_open = span.start == 0 or not text[span.start - 1].isalnum()  # not »mot« turned round
        for shorter in _omissions(text, span) if is_open else ():
            ends = shorter[: len(shorter) - len(text) + span.last].rstrip(" .!?").endswith(OMISSION)
            if not ends or _stands_apart(sentence, span):
                yield shorter


def _stands_apart(sentence: Outline, span: Span) -> bool:
    """Whether nothing behind the quotation belongs to its last words: `« le son du train », le premier…`."""
    behind = next((chunk for chunk in sentence.chunks if chunk.start >= span.end), None)
    inside = sentence.text[span.end : behind.mark_start if behind is not None else len(sentence.text)]
    if any(char.isalnum() for char in inside):
        return inside.split()[0] in ("et", "mais")
    return behind is None or behind.role is Role.ATTRIBUTION or is_inverted_saying(behind.tokens, 0)


def _omissions(text: str, span: Span) -> Iterator[str]:
    start = span.start + (2 if text.startswith("<<", span.start) else 1)
    inner = text[start : span.last]
    opened = start + len(inner) - len(inner.lstrip())
    closed = opened + len(inner.strip())
    said = text[opened:closed]
    before = outline(said)
    if OMISSION in said or len(said) <= _SHORT or not before.chunks or before.is_question():
        return
    for rule in _RULES:
        for candidate in rule(before):
            fair = _keeps_contrast(said, candidate) and _is_fair(outline(candidate), before)
            marked = _marked(said, candidate) if fair else None
            if marked is not None and len(marked) + _WORTH_IT <= len(said):
                yield text[:opened] + marked + text[closed:]


def _is_fair(shorter: Outline, before: Outline) -> bool:
    spoken = sum(token.low[0].isalnum() for token in shorter.tokens)
    judge = is_sound if before.main is not None else is_no_worse
    return spoken >= _FEWEST_QUOTED and judge(shorter, before)


def _keeps_contrast(said: str, shorter: str) -> bool:
    """Not without `mais…` or `ou…` behind the kept words, nor the `que…` that they announce."""
    same = next((i for i, (a, b) in enumerate(zip(said, shorter, strict=False)) if a != b), len(shorter))
    gone = [token.low for token in outline(said).tokens if token.start >= same and token.low not in ",;:"]
    if not gone or gone[0] in ("mais", "ou", "que", "qu'"):
        return False
    kept = {token.low for token in outline(shorter).tokens}
    turns = _TURNS & set(gone) - kept  # ordonner | de ne pas…
    return gone[0] in _OPENS_CLAUSE or not turns


def _marked(said: str, shorter: str) -> str | None:
    """`shorter` with the mark where words of `said` are missing; None if they are missing in two places."""
    same = 0
    while same < len(shorter) and shorter[-1 - same] == said[-1 - same]:
        same += 1
    while 0 < same < len(shorter) and shorter[-same].isalnum() and shorter[-1 - same].isalnum():
        same -= 1  # not from the middle of a word
    kept, rest = shorter[: len(shorter) - same].rstrip(), shorter[len(shorter) - same :].lstrip()
    if said[: len(kept)] != kept:
        head, tail = shorter[:1].lower() + shorter[1:], said[len(said) - len(shorter) :]
        return f"{OMISSION} {tail}" if tail[:1].lower() + tail[1:] == head else None
    kept = kept.rstrip(",;: ")
    gap = "" if not rest or rest[0] in ",;.!…" else " "
    return f"{kept} {OMISSION}{gap}{rest}" if kept else f"{OMISSION} {rest}"


def _juxtaposed(sentence: Outline) -> Iterator[str]:
    """Without a further clause behind a comma: `nous l'avons aidé, nous n'avions rien d'autre…`."""
    main = sentence.main
    if main is None:
        return
    for index in range(len(sentence.chunks) - 1, main, -1):
        chunk = sentence.chunks[index]
        if chunk.role is not Role.CLAUSE or chunk.mark != "," or _contrasts(chunk):
            continue
        before = sentence.chunks[index - 1].tokens
        if not chunk.coordinated and any(token.low in ("ne", "n'") for token in before):
            continue  # nous n'avons pas besoin de discours, nous avons besoin de décisions
        second = next((i for i in range(1, len(before) - 1) if _opens_when(before, i)), None)
        if second is None:
            yield sentence.without(index, len(sentence.chunks))
        else:
            yield sentence.text[: before[second].start].rstrip() + sentence.final


def _opens_when(tokens: Sequence[Token], place: int) -> bool:
    """`et quand il a vu que…`: a second subordinate clause goes with the main clause it belongs to."""
    return tokens[place].low == "et" and tokens[place + 1].low in words("opening-halves")


def _contrasts(chunk: Chunk) -> bool:
    """`mais…`, `alors…`: what stands before means something else without it."""
    return chunk.tokens[0].low in ("mais", "alors", "or", "plus", "moins", "sinon")


def _fragments(sentence: Outline) -> Iterator[str]:
    """A quotation that is no clause, without its last parts: `étendre sa présence, au-delà de…`."""
    if sentence.main is not None:
        return
    parts = sentence.chunks
    for index in range(len(parts) - 1, 0, -1):
        if parts[index].mark == "," and not _contrasts(parts[index]) and not cuts.is_limit(parts[index]):
            yield sentence.without(index, len(parts))
    for index in range(1, len(parts) - 1):
        if (
            parts[index + 1].tokens[0].low in ("que", "qu'")
            and parts[index + 1].mark == parts[index].mark == ","
        ):
            yield sentence.text[: parts[index].mark_start] + " " + sentence.text[parts[index + 1].start :]
    tokens = sentence.tokens
    for index in range(len(tokens) - 2, _FEWEST_BEFORE, -1):
        opens = tokens[index + 1].low in words("determiners") | words("prepositions")
        if tokens[index].low == "et" and opens and not tokens[index].hidden:
            yield sentence.text[: tokens[index].start].rstrip() + sentence.final


def _conjuncts(sentence: Outline) -> Iterator[str]:
    """Without `et de…` behind a `de…` in the same chunk: `le prix de la paix et de la réforme, alors…`."""
    for chunk in sentence.chunks:
        for place in range(len(chunk.tokens) - 2, 1, -1):
            opening = chunk.tokens[place + 1].low
            if chunk.tokens[place].low == "et" and opening in _REPEATED and _repeats(chunk.tokens, place):
                end = chunk.tokens[-1].end
                yield sentence.text[: chunk.tokens[place].start].rstrip() + sentence.text[end:]


def _repeats(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word behind `et` opened a phrase before it, and only counts together with no other."""
    before = {token.low for token in tokens[:place]}
    no_pair = not before & (words("paired") | words("flat-denials") | {"ne", "n'"})
    no_verb = not any(verb_forms().is_finite(token.low) for token in tokens[place + 1 :])
    return tokens[place + 1].low in before and no_pair and no_verb


def _complements(sentence: Outline) -> Iterator[str]:
    """Without a last phrase that a noun can do without: `gagner la confiance de l'électorat populaire`."""
    last = sentence.chunks[-1]
    index = len(sentence.chunks) - 1
    for place in range(len(last.tokens) - 2, _FEWEST_BEFORE if index == 0 else 2, -1):
        if openers.opens_complement(last.tokens, place) and not phrases.narrows(sentence, index, place):
            yield sentence.text[: last.tokens[place].start].rstrip() + sentence.final


def _contrasted(sentence: Outline) -> Iterator[str]:
    """Without a phrase before a `mais` that no comma sets off: `la croissance | dans ce secteur | mais…`."""
    tokens = sentence.tokens
    for but in range(_FEWEST_BEFORE + 2, len(tokens)):
        if tokens[but].low != "mais" or tokens[but].hidden:
            continue
        for place in range(but - 2, _FEWEST_BEFORE, -1):
            if openers.opens_circumstance(tokens[:but], place):
                yield sentence.text[: tokens[place - 1].end] + " " + sentence.text[tokens[but].start :]


_RULES: tuple[_Rule, ...] = (
    cuts.second_sentence,
    cuts.tails,
    cuts.lists,
    _juxtaposed,
    phrases.second_clauses,
    adjuncts.adjuncts,
    adjuncts.second_verbs,
    frames.frames,
    phrases.modifiers,
    phrases.circumstances,
    pairs.second_items,
    _conjuncts,
    _contrasted,
    _fragments,
    _complements,
)
