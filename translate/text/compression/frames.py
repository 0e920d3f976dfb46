"""When and where a sentence happens, told at its head or between its verb and the object.

Bolder than the cuts at commas: `compress` asks these rules only where those found little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.cuts import is_limit
from translate.text.compression.deletions import capitalized
from translate.text.compression.finite import after_verb_group, is_finite_verb
from translate.text.compression.outline import Outline, begins_like_subject, is_date
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_COMPLETING = frozenset({"que", "qu'", "sur", "à", "au", "aux", "avec", "plus", "près", "quelque", "environ"})
_FRAMES = frozenset({Role.PREPOSITIONAL, Role.PARTICIPIAL, Role.RELATIVE, Role.NOMINAL})


def scene_setters(sentence: Outline) -> Iterator[str]:
    """Without a leading phrase that only sets the scene: `Lors d'une conférence de presse, …`."""
    subject = sentence.subject
    if not subject or sentence.chunks[0].role is Role.ATTRIBUTION:
        return
    leading = sentence.chunks[:subject]
    sets_scene = leading[0].role is Role.PARTICIPIAL or begins_with(leading[0].tokens, "scene-setters")
    said = any(chunk.role is Role.ATTRIBUTION or is_limit(chunk) for chunk in leading)
    head = sentence.chunks[subject]
    if _holds_figures(leading, sentence.chunks[subject:]):
        return
    if sets_scene and not said and head.mark == "," and not head.coordinated and begins_like_subject(head):
        yield capitalized(sentence.text[head.start :])


def frames(sentence: Outline) -> Iterator[str]:
    """Without the leading phrases of time, place or circumstance: `En Espagne, …`."""
    subject = sentence.subject
    if not subject or sentence.is_question():
        return
    leading, head = sentence.chunks[:subject], sentence.chunks[subject]
    if head.mark != "," or head.coordinated or not begins_like_subject(head):
        return
    if _holds_figures(leading, sentence.chunks[subject:]):
        return
    if _sets_frame(leading) and not _repeats(head):
        yield capitalized(sentence.text[head.start :])
    elif len(leading) > 1 and _sets_frame(leading[:1]) and leading[1].mark == ",":
        second = leading[1]  # A Lyon, le préfet du Rhône, M. Roy, a…
        if second.role is Role.NOMINAL and second.tokens[0].low in words("determiners"):
            yield capitalized(sentence.text[second.start :])


def _holds_figures(leading: Sequence[Chunk], rest: Sequence[Chunk]) -> bool:
    """A period before a figure: `Au cours des quatre premiers mois, les revenus ont chuté à 340 millions`."""
    opens = leading[0].tokens[0].low in ("au", "sur", "en", "pendant", "durant", "entre", "depuis", "pour")
    is_period = opens and any(token.low in words("periods") for chunk in leading for token in chunk.tokens)
    return is_period and any(token.text[0].isdigit() for chunk in rest for token in chunk.tokens)


def _sets_frame(leading: Sequence[Chunk]) -> bool:
    first = leading[0]
    if any(chunk.role not in _FRAMES or is_limit(chunk) or chunk.coordinated for chunk in leading):
        return False
    if any(
        chunk.role is Role.NOMINAL and chunk.tokens[0].low in words("determiners") for chunk in leading[1:]
    ):
        return False  # A Lyon, quelque 130 personnes, « figures » de…, se sont rassemblées
    if first.role is Role.NOMINAL:
        return is_date(first) or _is_apposition(first) or begins_with(first.tokens, "place-frames")
    if first.role is Role.RELATIVE or first.tokens[0].hidden or _counts_among(first):
        return False
    visits = begins_with(first.tokens, "visiting-frames")
    return visits or first.role is Role.PARTICIPIAL or not begins_with(first.tokens, "kept-frames")


def _is_apposition(chunk: Chunk) -> bool:
    """`Berceau de la céramique, Jingdezhen…`: no determiner, and a capital by position only."""
    first = chunk.tokens[0]
    if len(chunk.tokens) < 2 or first.hidden or not first.text.isalpha():
        return False
    names = first.low in words("determiners") | words("pronouns") | words("kept-frames")
    return not names and chunk.tokens[1].text[:1].islower() and chunk.tokens[1].low not in ("et", "ou")


def _counts_among(chunk: Chunk) -> bool:
    """`Sur les 67 millions d'habitants, …`: what follows counts among these."""
    return chunk.tokens[0].low == "sur" and any(
        token.text[0].isdigit() or token.low in words("figures") for token in chunk.tokens
    )


def _repeats(head: Chunk) -> bool:
    """A pronoun at the head would lose the name it stands for."""
    return head.tokens[0].low in ("celui-ci", "celle-ci", "ceux-ci", "celles-ci", "celui", "celle", "cela")


def inner_frames(sentence: Outline) -> Iterator[str]:
    """Without what stands between commas before the object: `a purgé, dans les locaux…, la peine…`."""
    main = sentence.main
    if main is None or sentence.is_question():
        return
    parts = sentence.chunks
    for index in range(main + 1, len(parts) - 1):
        chunk, after = parts[index], parts[index + 1]
        is_frame = chunk.role is Role.PREPOSITIONAL or (chunk.role is Role.NOMINAL and is_date(chunk))
        if not is_frame or is_limit(chunk) or chunk.coordinated or after.coordinated:
            continue
        if chunk.mark != "," or after.mark != "," or _is_kept(chunk):
            continue
        waits = _ends_in_verb(parts[index - 1].tokens) and after.role is not Role.ATTRIBUTION
        head, forms = after.tokens[0], verb_forms()
        goes_on = head.low in words("determiners") | _COMPLETING or head.text[0].isdigit()
        if waits and (goes_on or head.low in forms.past_participles | forms.infinitives):
            yield sentence.text[: chunk.mark_start] + " " + sentence.text[after.start :]


def _is_kept(chunk: Chunk) -> bool:
    head, after = chunk.tokens[0].low, chunk.tokens[1] if len(chunk.tokens) > 1 else None
    timed = after is not None and (
        (head == "d'" and after.low == "ici") or (head == "entre" and after.text[0].isdigit())
    )
    return begins_with(chunk.tokens, "kept-frames") and not timed  # d'ici à 2030, entre 2018 et 2023


def _ends_in_verb(tokens: Sequence[Token]) -> bool:
    last = len(tokens) - 1
    while last > 0 and tokens[last].low in words("verb-adverbs"):
        last -= 1
    forms = verb_forms()
    low = tokens[last].low
    return low in forms.infinitives or low in forms.past_participles or is_finite_verb(tokens, last)


def days(sentence: Outline) -> Iterator[str]:
    """Without a day of the week, or an adverb of time or manner, that stands inside the clause."""
    tokens = sentence.tokens
    for index in range(len(tokens) - 1, 0, -1):
        if tokens[index].hidden:
            continue
        end = _day_end(tokens, index) or _adverb_end(tokens, index)
        if end is not None:
            yield sentence.text[: tokens[index - 1].end] + sentence.text[tokens[end - 1].end :]


def _day_end(tokens: Sequence[Token], index: int) -> int | None:
    """Where the day that begins at `index` ends: `mardi soir`; not `lundi 5 mai`, `de lundi à…`."""
    if tokens[index].low not in words("weekdays"):
        return None
    before = tokens[index - 1].low
    if (
        before in words("determiners") | words("prepositions") | words("coordinators")
        or not before[0].isalnum()
    ):
        return None
    end = index + 1
    if end < len(tokens) and tokens[end].low in words("parts-of-day"):
        end += 1
    if end < len(tokens) and (
        tokens[end].text[0].isdigit()
        or tokens[end].low in ("et", "ou", "vers", "dès", "matin", "après-midi")
        or (tokens[end].low in ("à", "au", "en", "dans") and _tells_hour(tokens[end + 1 : end + 4]))
    ):
        return None
    return end


def _tells_hour(tokens: Sequence[Token]) -> bool:
    """`mardi à 10h`, `mardi en soirée`, `lundi dans la nuit`: the day belongs to the hour."""
    return any(
        token.text[0].isdigit() or token.low in words("parts-of-day") | words("dates") for token in tokens
    )


def _adverb_end(tokens: Sequence[Token], index: int) -> int | None:
    """An adverb right behind a finite verb or an auxiliary; one before a comma may belong elsewhere."""
    if tokens[index].low not in words("free-adverbs") or not is_finite_verb(tokens, index - 1):
        return None
    negated = any(token.low in ("ne", "n'") for token in tokens[max(0, index - 4) : index])
    follows = index + 1 < len(tokens) and tokens[index + 1].low[0].isalnum()
    verb_group = after_verb_group(tokens, index - 1)
    return index + 1 if follows and not negated and verb_group > index else None
