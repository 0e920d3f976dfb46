"""What may be taken out of a sentence: brackets, asides, connectors, scene setters, trailing titles.

Each function proposes shorter texts, the best first; `soundness` has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.cuts import LOOSE, completes, continues, is_limit, is_list
from translate.text.compression.finite import is_finite_verb, is_inverted_saying, says
from translate.text.compression.objects import wants_object
from translate.text.compression.outline import Outline, is_plural, may_be_plural
from translate.text.compression.tokens import joined, words
from translate.text.compression.verbs import verb_forms
from translate.text.quotations import Span, enclosed_spans

_DASHED = re.compile(r"\s(--|[–—-])\s[^–—]+?\s\1(?=\s|,)|\s(--|[–—-])(?=\w)[^–—]+?(?<=[\w»\"])\2(?=[\s,.])")


def capitalized(text: str) -> str:
    """With a capital at the head, behind an opening mark too."""
    first = next((place for place, char in enumerate(text[:3]) if char.isalnum()), 0)
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def brackets(sentence: Outline) -> Iterator[str]:
    """Without its brackets and what they hold."""
    text = shorter = sentence.text
    for span in reversed(enclosed_spans(text)):
        is_apart = span.start > 0 and text[span.start - 1].isspace() and text[span.end :].strip()
        if span.is_bracket and is_apart and not _stands_in(text, span):
            shorter = shorter[: span.start].rstrip() + shorter[span.end :]
    yield shorter


def _stands_in(text: str, span: Span) -> bool:
    """Whether the editor put the bracket in place of words: `que (la chaîne) a présenté`, `(...)`."""
    inside, before = text[span.start + 1 : span.last].split(), text[: span.start].split()
    if not any(char.isalnum() for char in text[span.start : span.end]):
        return True
    opens = bool(inside) and inside[0].lower() in words("determiners") | words("pronouns")
    waiting = words("never-last") | words("governors") | verb_forms().infinitives
    waits = bool(before) and before[-1].lower() in waiting
    return opens and (waits or len(inside) == 1)


def dashes(sentence: Outline) -> Iterator[str]:
    """Without an aside between two dashes."""
    for match in _DASHED.finditer(sentence.text):
        kept, rest = sentence.text[: match.start()], sentence.text[match.end() :]
        after = next((i for i, token in enumerate(sentence.tokens) if token.start > match.end()), None)
        if rest[:1] == "," and after is not None and is_finite_verb(sentence.tokens, after):
            yield kept + rest[1:]  # Sébastien Chenu -qui espère…-, raillait
        yield kept + rest


def connectors(sentence: Outline) -> Iterator[str]:
    """Without a leading `Par ailleurs,` or one between commas."""
    for index, chunk in enumerate(sentence.chunks[:-1]):
        if joined(chunk.tokens) not in words("connectors"):
            continue
        after = sentence.chunks[index + 1]
        if after.role is Role.ATTRIBUTION and after.verb is not None and index == 0:
            continue  # Or, a fait observer le diplomate, …
        if index == 0:
            yield capitalized(sentence.text[after.start :])
        elif (after.role is Role.PREDICATE and index == 1) or _goes_on(sentence.chunks[index - 1]):
            yield sentence.text[: chunk.mark_start] + " " + sentence.text[after.start :]
        else:
            yield sentence.without(index, index + 1)


def _goes_on(chunk: Chunk) -> bool:
    """Whether the comma behind the chunk only opened the aside: `manquent, de surcroît, de véhicules`."""
    last = chunk.tokens[-1]
    return last.low in words("never-last") or is_finite_verb(chunk.tokens, len(chunk.tokens) - 1)


def after_attribution(sentence: Outline) -> Iterator[str]:
    """Without what trails behind a final attribution: `a dit M. Qin, ministre des…`."""
    if sentence.attributions and sentence.attributions[-1] > 0:
        for index in range(len(sentence.chunks) - 1, sentence.attributions[-1], -1):
            gone, speaker = sentence.chunks[index:], sentence.chunks[sentence.attributions[-1]]
            before = sentence.chunks[sentence.attributions[-1] - 1]
            if _is_second_half(sentence, gone) or wants_object(before.tokens):
                continue  # et provoqué, selon l'ONU, la pire crise…
            if gone[0].role in LOOSE and not any(is_limit(part) or completes(speaker, part) for part in gone):
                yield sentence.without(index, len(sentence.chunks))


def _is_second_half(sentence: Outline, gone: Sequence[Chunk]) -> bool:
    """`« Si je gagne », a-t-il dit, « c'est que… »`: the first quotation waits for the second."""
    first = [token.low for token in sentence.chunks[0].tokens if token.low[0].isalnum()]
    return (
        any(part.role is Role.QUOTATION for part in gone)
        and first[:1] != []
        and (first[0] in words("opening-halves"))
    )


def asides(sentence: Outline) -> Iterator[str]:
    """Without what stands between commas: between subject and verb, or after `Selon M. X`."""
    main, subject = sentence.main, sentence.subject
    parts = sentence.chunks
    if main is None or _may_be_attribution(sentence):
        return
    if subject is not None and main - subject >= 2 and _agrees(parts[subject], parts[main]):
        between = parts[subject + 1 : main]
        is_apart = all(chunk.mark == "," for chunk in (*between, parts[main])) and not parts[main].coordinated
        is_apart = is_apart and not any(
            continues(chunk) for chunk in between[1:]
        )  # reliant Hoima, …, au port
        is_spoken = is_inverted_saying(parts[main].tokens, 0) and any(
            token.hidden for chunk in between for token in chunk.tokens
        )  # cet adolescent, qui avait "une manie, s'en est vanté", a dit le procureur
        is_apart = is_apart and not (is_plural(parts[main]) and any(chunk.coordinated for chunk in between))
        if is_apart and not is_spoken and not any(chunk.role is Role.ATTRIBUTION for chunk in between):
            yield sentence.text[: between[0].mark_start] + " " + sentence.text[parts[main].start :]
    if parts[main].role is Role.CLAUSE and main >= 2 and parts[0].role is Role.ATTRIBUTION:
        between = parts[1:main]
        head = parts[main].tokens[: parts[main].verb]
        if not is_list(head) and all(chunk.role in LOOSE and not is_list(chunk.tokens) for chunk in between):
            yield sentence.text[: between[0].mark_start] + sentence.text[parts[main].mark_start :]


def _may_be_attribution(sentence: Outline) -> bool:
    """Whether the main predicate could be `, conclut le rapport`, after a verb that was not recognised."""
    predicate = sentence.chunks[sentence.main or 0]
    if (
        predicate.role is not Role.PREDICATE
        or predicate.verb is None
        or not says(predicate.tokens, predicate.verb)
    ):
        return False
    forms = verb_forms()
    before = [chunk for chunk in sentence.chunks[: sentence.main] if chunk.role is not Role.RELATIVE]
    if is_inverted_saying(predicate.tokens, 0) and any(
        forms.is_finite(part.tokens[0].low) for part in before
    ):
        return True  # le taux, qui fait référence, reste à 2%, a précisé l'institution
    return any(
        forms.is_finite(token.low) and previous.low not in words("determiners") | words("prepositions")
        for chunk in before
        for previous, token in pairwise(chunk.tokens)
    )


def _agrees(subject: Chunk, predicate: Chunk) -> bool:
    """A plural verb after a singular subject means a list of subjects: `Paris, Londres et Rome, ont…`."""
    if not is_plural(predicate):
        return True
    return may_be_plural(subject)


def inner_adverbs(sentence: Outline) -> Iterator[str]:
    """Without an adverb that only links: `a également déclaré`."""
    for index, token in enumerate(sentence.tokens):
        if token.low == "également" and not token.hidden and index > 0:
            yield sentence.text[: sentence.tokens[index - 1].end] + sentence.text[token.end :]


def factive_attribution(sentence: Outline) -> Iterator[str]:
    """Without a final `a-t-on appris auprès de…`: what was learned or seen is the paper's own word."""
    if not sentence.attributions or sentence.main is None:
        return
    last = sentence.attributions[-1]
    opening = sentence.chunks[last].tokens[:4]
    impersonal = opening[0].low.endswith("-on")
    if last > sentence.main and impersonal and any(token.low in words("factive") for token in opening):
        yield sentence.without(last, len(sentence.chunks))
