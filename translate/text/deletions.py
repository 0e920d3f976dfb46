"""What may be deleted from a sentence: each function proposes shorter texts, the best first.

The proposals are only plausible; `soundness` has the last word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from translate.text.clause_map import Chunk, Role, Token, is_finite_verb, words
from translate.text.outline import Outline, begins_like_subject, is_plural
from translate.text.quotations import enclosed_spans
from translate.text.verbs import verb_forms

_LOOSE = frozenset(
    {Role.NOMINAL, Role.PREPOSITIONAL, Role.RELATIVE, Role.PARTICIPIAL, Role.SUBORDINATE, Role.QUOTATION}
)
_LISTED = frozenset({Role.INFINITIVE, Role.PREDICATE, Role.NOMINAL, Role.PREPOSITIONAL})
_DASHED = re.compile(r"\s(--|[–—-])\s[^–—]+?\s\1(?=\s|,)|\s([–—-])(?=\w)[^–—]+?(?<=[\w»\"])\2(?=[\s,.])")


def capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def brackets(sentence: Outline) -> Iterator[str]:
    """Without a bracket and its content, all of them first, then one at a time."""
    text = sentence.text
    spans = [
        span
        for span in enclosed_spans(text)
        if span.is_bracket and span.start and text[span.start - 1].isspace() and text[span.end :].strip()
    ]
    shorter = text
    for span in reversed(spans):
        shorter = shorter[: span.start].rstrip() + shorter[span.end :]
    yield shorter
    for span in spans:
        yield text[: span.start].rstrip() + text[span.end :]


def dashes(sentence: Outline) -> Iterator[str]:
    """Without an aside between two dashes."""
    for match in _DASHED.finditer(sentence.text):
        yield sentence.text[: match.start()] + sentence.text[match.end() :]


def connectors(sentence: Outline) -> Iterator[str]:
    """Without a leading `Par ailleurs,` or one between commas."""
    for index, chunk in enumerate(sentence.chunks[:-1]):
        if _words(chunk.tokens) not in words("connectors"):
            continue
        after = sentence.chunks[index + 1]
        if index == 0:
            yield capitalized(sentence.text[after.start :])
        elif after.role is Role.PREDICATE and index == 1:
            yield sentence.text[: chunk.mark_start] + " " + sentence.text[after.start :]
        else:
            yield sentence.without(index, index + 1)


def second_sentence(sentence: Outline) -> Iterator[str]:
    """Without what follows a semicolon."""
    for index, chunk in enumerate(sentence.chunks):
        if chunk.mark == ";":
            yield sentence.without(index, sentence.region_end(index))


def after_attribution(sentence: Outline) -> Iterator[str]:
    """Without what trails behind a final attribution: `a dit M. Qin, ministre des…`."""
    if sentence.attributions and sentence.attributions[-1] > 0:
        for index in range(len(sentence.chunks) - 1, sentence.attributions[-1], -1):
            if sentence.chunks[index].role in _LOOSE and not _is_limit(sentence.chunks[index]):
                yield sentence.without(index, len(sentence.chunks))


def asides(sentence: Outline) -> Iterator[str]:
    """Without what stands between commas: between subject and verb, or after `Selon M. X`."""
    main, subject = sentence.main, sentence.subject
    parts = sentence.chunks
    if main is None:
        return
    if subject is not None and main - subject >= 2 and _agrees(parts[subject], parts[main]):
        between = parts[subject + 1 : main]
        if not any(chunk.role is Role.ATTRIBUTION for chunk in between) and not parts[main].coordinated:
            yield sentence.text[: between[0].mark_start] + " " + sentence.text[parts[main].start :]
    if parts[main].role is Role.CLAUSE and main >= 2 and parts[0].role is Role.ATTRIBUTION:
        between = parts[1:main]
        if all(chunk.role in _LOOSE and not _lists(chunk.tokens) for chunk in between):
            yield sentence.text[: between[0].mark_start] + sentence.text[parts[main].mark_start :]


def _agrees(subject: Chunk, predicate: Chunk) -> bool:
    """A plural verb after a singular subject means a list of subjects: `Paris, Londres et Rome, ont…`."""
    if not is_plural(predicate):
        return True
    lows = {token.low for token in subject.tokens}
    plural_heads = words("plural-determiners")
    return bool(lows & {"et", "mm."}) or subject.tokens[0].low in plural_heads or subject.tokens[0].text.isdigit()


def tails(sentence: Outline) -> Iterator[str]:
    """Without a trailing apposition, relative, participial or prepositional chunk, the last first."""
    yield from _cuts(sentence, _LOOSE, results_too=False)


def results(sentence: Outline) -> Iterator[str]:
    """The same, and trailing participles that bring the toll (`faisant neuf morts`) too."""
    yield from _cuts(sentence, _LOOSE, results_too=True)


def lists(sentence: Outline) -> Iterator[str]:
    """Without the items after the first, and without a second clause behind a comma."""
    yield from _cuts(sentence, _LISTED | _LOOSE | {Role.CLAUSE}, results_too=False)


def _cuts(sentence: Outline, roles: frozenset[Role], *, results_too: bool) -> Iterator[str]:
    parts = sentence.chunks
    main = sentence.main
    if main is None or sentence.is_question():
        return
    for index in range(len(parts) - 1, main, -1):
        chunk = parts[index]
        end = sentence.region_end(index)
        if end == index or chunk.role not in roles or chunk.mark != ",":
            continue
        if chunk.role is Role.CLAUSE and not chunk.coordinated:
            continue
        if not results_too and chunk.tokens[0].low in words("results"):
            continue
        if any(_is_limit(part) for part in parts[index:end]) or _is_inside_list(parts, index, end, main):
            continue
        yield sentence.without(index, end)


def _is_inside_list(parts: Sequence[Chunk], index: int, end: int, main: int) -> bool:
    """Whether a cut before chunk `index` would leave `A, B` of `A, B et C`."""
    before = parts[index - 1]
    if index - 1 <= main or before.role is not parts[index].role:
        return False
    return any(part.coordinated or _lists(part.tokens) for part in parts[index:end])


def _lists(tokens: Sequence[Token]) -> bool:
    return any(token.low in ("et", "ou") and not token.hidden for token in tokens)


def _is_limit(chunk: Chunk) -> bool:
    begin = _words(chunk.tokens[:5]) + " "
    return any(begin.startswith(limit + " ") for limit in words("limits")) or any(
        token.low in ("sauf", "hormis", "excepté") and not token.hidden for token in chunk.tokens
    )


def scene_setters(sentence: Outline) -> Iterator[str]:
    """Without a leading phrase that only sets the scene: `Lors d'une conférence de presse, …`."""
    subject = sentence.subject
    if not subject or sentence.chunks[0].role is Role.ATTRIBUTION:
        return
    leading = sentence.chunks[:subject]
    begin = _words(leading[0].tokens[:6]) + " "
    sets_scene = any(begin.startswith(start if start.endswith("'") else start + " ") for start in words("scene-setters"))
    said = any(chunk.role is Role.ATTRIBUTION or _is_limit(chunk) for chunk in leading)
    head = sentence.chunks[subject]
    if sets_scene and not said and head.mark == "," and not head.coordinated and begins_like_subject(head):
        yield capitalized(sentence.text[head.start :])


def adjuncts(sentence: Outline) -> Iterator[str]:
    """Without an adjunct that no comma sets off (`lors de…`, `afin de…`) and what follows it."""
    if sentence.is_question():
        return
    places = [index for index in range(len(sentence.tokens)) if _begins_adjunct(sentence.tokens, index)]
    yield from _token_cuts(sentence, places)


def _begins_adjunct(tokens: Sequence[Token], index: int) -> bool:
    if tokens[index].hidden or tokens[index].low not in _first_words():
        return False
    begin = _words(tokens[index : index + 5]) + " "
    return any(begin.startswith(start if start.endswith("'") else start + " ") for start in words("adjuncts"))


def _first_words() -> frozenset[str]:
    return frozenset(re.split(r" |(?<=')", adjunct)[0] for adjunct in words("adjuncts"))


def second_verbs(sentence: Outline) -> Iterator[str]:
    """Without a second verb joined by `et`: `a signé l'accord et se rendra…`, `à renforcer… et à aider…`."""
    if sentence.is_question():
        return
    places = [
        index
        for index, token in enumerate(sentence.tokens)
        if token.low in ("et", "mais", "puis") and not token.hidden and _joins_verb(sentence.tokens, index + 1)
    ]
    yield from _token_cuts(sentence, places)


def _joins_verb(tokens: Sequence[Token], place: int) -> bool:
    while place < len(tokens) - 1 and tokens[place].low in words("clitics") | words("verb-adverbs") | {"à", "de", "d'"}:
        place += 1
    if place >= len(tokens):
        return False
    infinitive = tokens[place].low in verb_forms().infinitives
    return infinitive or tokens[place].low in ("que", "qu'") or is_finite_verb(tokens, place)


def _token_cuts(sentence: Outline, places: Sequence[int]) -> Iterator[str]:
    """Cuts from a token to the next attribution or the end, the last place first."""
    main = sentence.main
    if main is None:
        earliest = sentence.chunks[sentence.attributions[-1]].start if sentence.attributions else len(sentence.text)
    else:
        verb = sentence.chunks[main].verb
        earliest = sentence.chunks[main].tokens[verb or 0].end
    for index in reversed(places):
        token = sentence.tokens[index]
        if token.start <= earliest:
            break
        inside = sum(chunk.start <= token.start for chunk in sentence.chunks) - 1
        end = sentence.region_end(inside + 1)
        if any(_is_limit(part) for part in sentence.chunks[inside + 1 : end]):
            continue
        rest = sentence.text[sentence.chunks[end].mark_start :] if end < len(sentence.chunks) else sentence.final
        kept = sentence.text[: token.start].rstrip().rstrip(",")
        if sentence.chunks[inside].start < token.start:
            yield kept + rest


def explanations(sentence: Outline) -> Iterator[str]:
    """Without what follows a colon, unless it is what was said."""
    if sentence.is_question():
        return
    for index, chunk in enumerate(sentence.chunks):
        if chunk.mark == ":" and chunk.role is not Role.QUOTATION and sentence.main is not None and index > sentence.main:
            yield sentence.without(index, sentence.region_end(index))


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
    lemma = verb_forms().lemma
    if last > sentence.main and any(lemma.get(token.low) in words("factive") for token in sentence.chunks[last].tokens[:4]):
        yield sentence.without(last, len(sentence.chunks))


def _words(tokens: Sequence[Token]) -> str:
    return " ".join(token.low for token in tokens).replace("' ", "'")
