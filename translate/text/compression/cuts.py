"""Where a sentence can be cut off: from a comma, a conjunction or an adjunct on.

Each function proposes shorter texts, the best first; `soundness` has the last word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.chunks import Chunk, Role
from translate.text.compression.finite import after_verb_group, is_finite_verb
from translate.text.compression.objects import wants_object
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, begins_with, words
from translate.text.compression.verbs import verb_forms

_SHORT_ITEM = 4  # tokens an item without a determiner may have
LOOSE = frozenset(
    {Role.NOMINAL, Role.PREPOSITIONAL, Role.RELATIVE, Role.PARTICIPIAL, Role.SUBORDINATE, Role.QUOTATION}
)
_CLAUSAL = frozenset({Role.RELATIVE, Role.PARTICIPIAL, Role.SUBORDINATE})
_GOES_ON = frozenset({Role.QUOTATION, Role.NOMINAL, Role.PREPOSITIONAL, Role.CLAUSE, Role.INFINITIVE})
_PLAIN = frozenset({Role.NOMINAL, Role.PREPOSITIONAL})
_OTHERS = frozenset({"autre", "autres", "eux", "elles", "second", "seconde"})
_LISTED = frozenset({Role.INFINITIVE, Role.PREDICATE, Role.NOMINAL, Role.PREPOSITIONAL})


def tails(sentence: Outline) -> Iterator[str]:
    """Without a trailing relative, participial or subordinate chunk, or an apposition; the last first."""
    yield from _interruptions(sentence)
    yield from _cuts(sentence, _CLAUSAL)
    yield from _cuts(sentence, LOOSE)


def results(sentence: Outline) -> Iterator[str]:
    """The same, with trailing participles that bring the toll (`faisant neuf morts`)."""
    yield from _cuts(sentence, LOOSE, results_too=True)


def lists(sentence: Outline) -> Iterator[str]:
    """Without the items after the first, and without a second clause behind a comma."""
    yield from _cuts(sentence, _LISTED | LOOSE | {Role.CLAUSE})


def _interruptions(sentence: Outline) -> Iterator[str]:
    """Without what interrupts a phrase: `au maintien, jusqu'en 2028, de…`, `a frappé X, au sud, faisant…`."""
    parts = sentence.chunks
    for index in range(len(parts) if sentence.main is None else sentence.main + 1, len(parts) - 1):
        chunk, after = parts[index], parts[index + 1]
        if chunk.mark != "," or after.mark != ",":
            continue
        if chunk.role is Role.RELATIVE and after.tokens[0].low == "comme" and names(sentence.tokens):
            yield sentence.text[: chunk.mark_start] + " " + sentence.text[after.start :]
        if chunk.role not in _PLAIN:
            continue
        interrupts = chunk.role is Role.PREPOSITIONAL and not continues(chunk) and not is_list(chunk.tokens)
        if is_limit(chunk):
            continue
        if continues(after) and interrupts and not is_list(after.tokens):
            yield sentence.text[: chunk.mark_start] + " " + sentence.text[after.start :]
        elif after.tokens[0].low in words("results"):
            yield sentence.text[: chunk.mark_start] + sentence.text[after.mark_start :]


def names(tokens: Sequence[Token]) -> bool:
    """Whether a verb calls something what it is: `décrit l'élection comme un rendez-vous`."""
    lemma = verb_forms().lemma
    return any(lemma.get(token.low) in words("naming") for token in tokens if not token.hidden)


def continues(chunk: Chunk) -> bool:
    """Whether the chunk completes what was interrupted before it."""
    if chunk.role is Role.ATTRIBUTION or (
        chunk.role is Role.RELATIVE and chunk.tokens[0].low not in ("que", "qu'")
    ):
        return False
    return (
        chunk.tokens[0].low in ("de", "d'", "du", "des", "que", "qu'", "à", "au", "aux")
        and not chunk.coordinated
    )


def completes(attribution: Chunk, chunk: Chunk) -> bool:
    """Whether `chunk` goes on with what the attribution interrupted: `signe, selon lui, de « … »`.

    `a dit M. Kanda, de l'Université de Kyoto` does not: that belongs to the speaker.
    """
    if attribution.role is not Role.ATTRIBUTION or not continues(chunk):
        return False
    if begins_with(chunk.tokens, "circumstances") or begins_with(chunk.tokens, "adjuncts"):
        return False
    affiliation = chunk.tokens[0].low in ("de", "d'", "du") and any(
        token.is_name for token in chunk.tokens[:4]
    )
    return attribution.verb is None or not affiliation


def _cuts(sentence: Outline, roles: frozenset[Role], *, results_too: bool = False) -> Iterator[str]:
    parts = sentence.chunks
    main = sentence.main
    if main is None or sentence.is_question():
        return
    for index in range(len(parts) - 1, main, -1):
        chunk, end = parts[index], sentence.region_end(index)
        if end == index or chunk.role not in roles or chunk.mark != "," or not sentence.is_firm(index, end):
            continue
        if chunk.role is Role.CLAUSE and not chunk.coordinated:
            continue
        gone = parts[index:end]
        if not results_too and any(part.tokens[0].low in words("results") for part in gone):
            continue
        if chunk.role in _PLAIN and len(gone) > 1 and continues(gone[1]):
            continue
        if end + 1 < len(parts) and parts[end + 1].role in _GOES_ON and chunk.role in _CLAUSAL:
            continue  # ce qui fait de la jeunesse, insiste-t-elle, « une chance »
        follows_attribution = completes(parts[index - 1], chunk) or (
            parts[index - 1].role is Role.ATTRIBUTION and wants_object(parts[index - 2].tokens)
        )  # et provoqué, selon l'ONU, la pire crise…
        if follows_attribution or (end + 1 < len(parts) and completes(parts[end], parts[end + 1])):
            continue
        if any(part.tokens[0].low == "ni" for part in gone) or _leaves_half_absolute(parts, index, end, main):
            continue
        if index - 1 > main and is_limit(parts[index - 1]):  # rédigés, au moins en partie, par…
            continue
        if chunk.role is Role.NOMINAL and defines(sentence) and any(is_list(part.tokens) for part in gone):
            continue
        if chunk.role is Role.PREDICATE and is_finite_verb(
            parts[index - 1].tokens, len(parts[index - 1].tokens) - 1
        ):
            continue  # politisent, instrumentalisent et transforment la démocratie
        if _is_interrupted(parts, index, main) or _is_inside_explanation(parts, index):
            continue
        if not any(is_limit(part) for part in gone) and not _is_inside_list(parts, index, end, main):
            yield sentence.without(index, end)


def defines(sentence: Outline) -> bool:
    """`Les cinq communes sont A, B et C`: what a plural is goes whole or not at all."""
    main = sentence.chunks[sentence.main or 0]
    if main.verb is None or main.tokens[main.verb].low not in words("plain-auxiliaries") | {
        "était",
        "étaient",
        "fut",
        "furent",
    }:
        return False
    return after_verb_group(main.tokens, main.verb) == main.verb + 1


def _leaves_half_absolute(parts: Sequence[Chunk], index: int, end: int, main: int) -> bool:
    """`…, l'administration, dont les registres ont brûlé, se refusant à…`: its subject goes with it."""
    if parts[index].role is Role.PARTICIPIAL:
        index -= 1
    before = parts[index - 1]
    return (
        index - 1 > main
        and before.role is Role.NOMINAL
        and before.tokens[0].low in words("determiners")
        and any(part.role is Role.PARTICIPIAL for part in parts[index + 1 : end])
    )


def _is_interrupted(parts: Sequence[Chunk], index: int, main: int) -> bool:
    """`Il est interdit, à Florence, de manger…`: the chunk completes the phrase before the one before it."""
    before, chunk = parts[index - 1], parts[index]
    if index - 1 <= main or not continues(chunk) or continues(before):
        return False
    if before.role is Role.NOMINAL:
        return chunk.tokens[0].low not in ("à", "au", "aux")
    return before.role is Role.PREPOSITIONAL


def _is_inside_explanation(parts: Sequence[Chunk], index: int) -> bool:
    """Whether a colon before the chunk opens a list or a half clause, which goes whole or not at all."""
    opening = next((place for place in range(index - 1, -1, -1) if parts[place].mark == ":"), None)
    return opening is not None and not any(part.role is Role.CLAUSE for part in parts[opening:index])


def _is_inside_list(parts: Sequence[Chunk], index: int, end: int, main: int) -> bool:
    """Whether a cut before chunk `index` would leave `A, B` of `A, B et C`."""
    before, first = parts[index - 1], parts[index]
    if _is_adjective_list(first) and any(is_list(part.tokens) for part in parts[index:end]):
        return True
    alike = before.role is first.role or (before.role in _PLAIN and first.role in _PLAIN)
    if index - 1 <= main or not alike:
        return False
    return any(part.coordinated or is_list(part.tokens) for part in parts[index:end])


def _is_adjective_list(chunk: Chunk) -> bool:
    """`ses homologues allemand, britannique et canadien`: short, and without a determiner."""
    head = chunk.tokens[0]
    return (
        chunk.role is Role.NOMINAL
        and not chunk.coordinated
        and (len(chunk.tokens) <= _SHORT_ITEM or is_list(chunk.tokens[:_SHORT_ITEM]))
        and head.text.islower()
        and head.low not in words("determiners")
    )


def is_list(tokens: Sequence[Token]) -> bool:
    return any(token.low in ("et", "ou") and not token.hidden for token in tokens)


def is_limit(chunk: Chunk) -> bool:
    """Whether the chunk narrows what is claimed: `si…`, `sauf…`, `à condition que…`."""
    return begins_with(chunk.tokens, "limits") or any(
        token.low in ("sauf", "hormis", "excepté") and not token.hidden for token in chunk.tokens
    )


def explanations(sentence: Outline) -> Iterator[str]:
    """Without what follows a colon, unless it is what was said."""
    if sentence.is_question():
        return
    for index, chunk in enumerate(sentence.chunks):
        if (
            chunk.mark == ":"
            and chunk.role is not Role.QUOTATION
            and sentence.main is not None
            and index > sentence.main
        ):
            yield sentence.without(index, sentence.region_end(index))


def second_sentence(sentence: Outline) -> Iterator[str]:
    """Without what follows a semicolon."""
    for index, chunk in enumerate(sentence.chunks):
        if chunk.mark == ";" and not answers(chunk) and sentence.is_firm(index, sentence.region_end(index)):
            yield sentence.without(index, sentence.region_end(index))


def answers(chunk: Chunk) -> bool:
    """`pour les uns… ; pour les autres…`: the first half alone takes a side."""
    return bool({token.low for token in chunk.tokens[:4]} & _OTHERS)
