"""A French sentence as tokens and the chunks between its commas, each with what it seems to be.

No parser and no statistics: closed word lists, verb forms and the order of words. What stands inside
quotation marks or brackets is opaque. `compress` only acts where this map is sure enough.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from translate.text.quotations import enclosed_spans
from translate.text.verbs import verb_forms
from translate.text.wordlists import read_wordlists

_TOKEN = re.compile(
    r"aujourd['’]hui|quelqu['’]un|\d+(?:[.,:h]\d+)*|(?:M|MM|Dr|Pr|Mgr)\.|[^\W\d_]+(?:-[^\W_]+)*['’ʼ]?|\.{2,}|\S"
)
_INVERTED = re.compile(r".+-(?:t-)?(?:il|elle|on|ils|elles|ce)$")


class Role(StrEnum):
    """What a chunk is, judged by how it begins and whether it has a main verb."""

    CLAUSE = "clause"  # subject and finite verb
    PREDICATE = "predicate"  # begins with a finite verb: its subject stands elsewhere
    ATTRIBUTION = "attribution"  # selon X; a déclaré X
    RELATIVE = "relative"
    PARTICIPIAL = "participial"
    SUBORDINATE = "subordinate"
    INFINITIVE = "infinitive"
    PREPOSITIONAL = "prepositional"
    NOMINAL = "nominal"  # no verb of its own: a name, an apposition, an item of a list
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark with its offsets. `hidden`: inside a quotation or brackets."""

    text: str
    low: str
    start: int
    end: int
    hidden: bool

    @property
    def is_name(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Tokens between two separators. `mark` is the separator before it, `""` for the first.

    `verb`: index into `tokens` of the main finite verb, or None. `coordinated`: begins with et, ou, mais.
    """

    tokens: tuple[Token, ...]
    mark: str
    mark_start: int
    role: Role
    verb: int | None
    coordinated: bool

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


@cache
def words(name: str) -> frozenset[str]:
    """A list of `compress.fr.txt` as a set."""
    return frozenset(read_wordlists("compress.fr.txt")[name])


def tokenize(text: str) -> tuple[Token, ...]:
    """Words and marks in order; unbalanced quotation marks hide everything on their open side."""
    spans = [(span.start, span.end) for span in enclosed_spans(text)]
    opened, closed = _unbalanced(text, spans)
    return tuple(
        Token(
            match[0],
            match[0].lower().replace("’", "'").replace("ʼ", "'"),
            match.start(),
            match.end(),
            hidden=match.start() < closed
            or match.start() >= opened
            or any(start <= match.start() < end for start, end in spans),
        )
        for match in _TOKEN.finditer(text)
    )


def _unbalanced(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where a quotation opens that never closes, and up to where one closes that never opened."""
    opened, closed = len(text), 0
    for match in re.finditer(r"[«»“”\"]", text):
        if any(start <= match.start() < end for start, end in spans):
            continue
        place = match.start()
        before = text[place - 1 : place] if place else ""
        if match[0] in "«“" or (match[0] == '"' and (not before or before.isspace() or before in "'’(")):
            opened = min(opened, place)
        else:
            closed = max(closed, match.end())
    return opened, closed


def chunks(tokens: Sequence[Token]) -> list[Chunk]:
    """The chunks between the commas, semicolons and colons outside quotations and brackets."""
    found: list[Chunk] = []
    current: list[Token] = []
    mark, mark_start = "", 0
    for token in tokens:
        if token.text in ",;:" and not token.hidden:
            if current:
                found.append(_chunk(tuple(current), mark, mark_start))
                mark, mark_start = token.text, token.start
            current = []
        else:
            current.append(token)
    if current:
        found.append(_chunk(tuple(current), mark, mark_start))
    return found


def _chunk(tokens: tuple[Token, ...], mark: str, mark_start: int) -> Chunk:
    coordinated = tokens[0].low in words("coordinators") and not tokens[0].hidden
    first = 1 if coordinated and len(tokens) > 1 else 0
    verb = main_verb(tokens, first)
    return Chunk(tokens, mark, mark_start, _role(tokens, first, verb), verb, coordinated)


def _role(tokens: Sequence[Token], first: int, verb: int | None) -> Role:
    head = tokens[first]
    begin = " ".join(token.low for token in tokens[first : first + 4]).replace("' ", "'") + " "
    if head.hidden:
        return Role.CLAUSE if verb is not None else Role.QUOTATION
    if any(begin.startswith(start + " ") for start in words("sources")):
        return Role.ATTRIBUTION
    if head.low in words("relatives") or any(begin.startswith(start) for start in words("relative-starts")):
        return Role.RELATIVE
    if any(begin.startswith(start) for start in words("subordinators")):
        return Role.SUBORDINATE
    if _INVERTED.match(head.low) or _is_inverted_saying(tokens, first):
        return Role.ATTRIBUTION
    if verb is not None:
        return Role.PREDICATE if _begins_with_verb(tokens, first) == verb else Role.CLAUSE
    return _verbless_role(tokens, first)


def _verbless_role(tokens: Sequence[Token], first: int) -> Role:
    forms = verb_forms()
    lead = first
    while lead < len(tokens) - 1 and tokens[lead].low in words("lead-words"):  # ne pas, à, de, d', s', l'
        lead += 1
    is_noun = tokens[first].low in ("le", "la", "les", "l'")  # le conseiller, le pouvoir
    if tokens[lead].low in forms.infinitives and not is_noun:
        return Role.INFINITIVE
    adverbs = first
    while adverbs < len(tokens) - 1 and tokens[adverbs].low in words("verb-adverbs"):
        adverbs += 1
    gerund = tokens[first].low == "en" and any(
        token.low in forms.present_participles for token in tokens[first + 1 : first + 4]
    )
    while adverbs < len(tokens) - 1 and tokens[adverbs].low in words("clitics"):
        adverbs += 1
    head = tokens[adverbs].low
    if gerund or head in forms.present_participles or head in forms.past_participles:
        return Role.PARTICIPIAL
    if tokens[first].low in words("prepositions"):
        return Role.PREPOSITIONAL
    return Role.NOMINAL


def _begins_with_verb(tokens: Sequence[Token], first: int) -> int | None:
    """The index of the finite verb a chunk begins with, behind clitics, `ne` and adverbs."""
    place = first
    while place < len(tokens) - 1 and tokens[place].low in (words("clitics") | words("verb-adverbs")):
        place += 1
    return place if verb_forms().is_finite(tokens[place].low) else None


def _is_inverted_saying(tokens: Sequence[Token], first: int) -> bool:
    """`a déclaré mardi M. Qin`: a verb of saying whose subject follows. Not `a déclaré que…`."""
    verb = _begins_with_verb(tokens, first)
    if verb is None or not says(tokens, verb):
        return False
    rest = after_verb_group(tokens, verb)
    return rest < len(tokens) and tokens[rest].low not in words("not-subjects") and not tokens[rest].hidden


def after_verb_group(tokens: Sequence[Token], verb: int) -> int:
    """The index of the first token after the verb, its adverbs and its participle."""
    forms = verb_forms()
    place = verb + 1
    auxiliary = tokens[verb].low in words("auxiliaries")
    while place < len(tokens) and not tokens[place].hidden:
        low = tokens[place].low
        if low in words("verb-adverbs"):
            place += 1
        elif auxiliary and low in forms.past_participles:
            auxiliary = low in ("été", "eu")
            place += 1
        else:
            break
    return place


def says(tokens: Sequence[Token], verb: int) -> bool:
    """Whether the verb at `verb` (a finite form or an auxiliary with its participle) is one of saying."""
    forms = verb_forms()
    if tokens[verb].low in words("auxiliaries"):
        for token in tokens[verb + 1 : verb + 5]:
            if token.low in forms.past_participles:
                return forms.lemma.get(token.low) in words("saying")
            if token.low not in words("verb-adverbs") and token.low not in words("clitics"):
                return False
        return False
    return forms.lemma.get(tokens[verb].low) in words("saying")


def main_verb(tokens: Sequence[Token], first: int = 0) -> int | None:
    """The first finite verb that no relative or conjunction governs."""
    governed = 0
    for index in range(first, len(tokens)):
        token = tokens[index]
        if token.hidden:
            continue
        if token.low in words("governors"):
            governed += 1
        elif is_finite_verb(tokens, index):
            if not governed:
                return index
            governed -= 1
    return None


def is_finite_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token is a finite verb here. Look-alikes of nouns need a sign from their neighbours."""
    forms = verb_forms()
    token = tokens[index]
    if token.hidden or token.is_name and index > 0:
        return False
    if _INVERTED.match(token.low):
        return True
    before = tokens[index - 1].low if index else ""
    if before in ("nous", "vous") and token.low.endswith(("ons", "ez", "sommes", "êtes")):
        return True
    if before in ("je", "j'", "tu") and (token.low.endswith(("e", "s", "x", "ai")) or forms.is_finite(token.low)):
        return True
    if not forms.is_finite(token.low):
        return False
    if before in words("subject-signs"):
        return True
    if before in words("noun-signs"):
        return False
    return not _is_doubtful(token.low) or _is_placed_as_verb(tokens, index)


def _is_doubtful(form: str) -> bool:
    forms = verb_forms()
    return form in forms.look_alikes or form in forms.past_participles


def _is_placed_as_verb(tokens: Sequence[Token], index: int) -> bool:
    """A look-alike stands for a verb after a name, or before what only follows verbs."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if before is not None and before.low in words("auxiliaries") | words("verb-adverbs"):
        return False
    return after in words("object-signs") or (before is not None and before.is_name and index > 1)
