"""Words that tie a sentence to the one before, from inside it and without commas: `a par ailleurs dit`.

They go whatever the sentence is: none of these deletions touches a verb or what belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from translate.text.compression.deletions import capitalized
from translate.text.compression.finite import is_finite_verb, says
from translate.text.compression.outline import Outline
from translate.text.compression.tokens import Token, phrase_length, words
from translate.text.compression.verbs import verb_forms


def leading_links(sentence: Outline) -> Iterator[str]:
    """Without a first `Mais`, `Car`, `De son côté` that no comma sets off from the subject."""
    tokens = sentence.tokens
    length = phrase_length(tokens, 0, "leading-links")
    if not 0 < length < len(tokens) or tokens[0].hidden or sentence.is_question():
        return
    after = tokens[length]
    starts = words("determiners") | words("pronouns") | words("leading-subordinators")
    if after.low in starts - {"plus", "moins"} or after.is_name or after.text[0].isdigit():
        yield capitalized(sentence.text[after.start :])


def _ends_verb(tokens: Sequence[Token], index: int) -> bool:
    """A finite verb, or the participle behind its auxiliary: `a annulé | sans surprise`."""
    behind = index > 0 and tokens[index - 1].low in words("auxiliaries")
    return is_finite_verb(tokens, index) or (behind and tokens[index].low in verb_forms().past_participles)


def _opens_object(token: Token) -> bool:
    return token.hidden or token.low in words("determiners")


def inner_links(sentence: Outline) -> Iterator[str]:
    """Without a linking adverb right behind a finite verb: `ont en outre inondé`, `a encore indiqué`."""
    tokens = sentence.tokens
    for index in range(1, len(tokens) - 1):
        if tokens[index].hidden or not _ends_verb(tokens, index - 1):
            continue
        length = phrase_length(tokens, index, "links")
        if not length and tokens[index].low == "encore" and says(tokens, index - 1):
            length = 1  # elsewhere `encore` says that something lasts
        after = index + length
        if tokens[index].low == "aussi" and _opens_object(tokens[index + 1]):
            length, after = 1, index + 1  # elsewhere `aussi` compares
        if length and after < len(tokens) and (tokens[after].text[0].isalnum() or tokens[after].hidden):
            yield sentence.text[: tokens[index - 1].end] + " " + sentence.text[tokens[after].start :]
