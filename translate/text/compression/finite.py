"""Which words of a sentence are finite verbs, which of them say something, and what belongs to them.

A form that could also be a noun (`mesure`, `porte`) counts only where its neighbours show a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from translate.text.compression.tokens import Token, phrase_length, words
from translate.text.compression.verbs import verb_forms

_TITLE_LENGTH = 7  # tokens the quoted name of a paper may have, marks included
_INVERTED = re.compile(r".+-(?:t-)?(?:il|elle|on|ils|elles|ce)$")


def leading_verb(tokens: Sequence[Token], first: int) -> int | None:
    """The index of the finite verb a chunk begins with, behind clitics, `ne` and adverbs."""
    place = first
    while place < len(tokens) - 1 and tokens[place].low in (words("clitics") | words("verb-adverbs")):
        if tokens[place].low in ("beaucoup", "tout") and place == first:  # beaucoup viennent, tout est prêt
            return None
        place += 1
    if _is_spoken_verb(tokens, place):  # nous avons
        return None
    is_verb = verb_forms().is_finite(_base(tokens[place].low)) or _is_subjunctive(tokens, place)
    return place if is_verb else None


def is_inverted_saying(tokens: Sequence[Token], first: int) -> bool:
    """A verb of saying with its subject behind: `a déclaré mardi M. Qin`, `a-t-il dit`, not `a dit que…`."""
    verb = leading_verb(tokens, first)
    if verb is None or not says(tokens, verb):
        return False
    if is_inverted(tokens[verb].low):
        return True
    rest = after_verb_group(tokens, verb)
    if rest == len(tokens) or tokens[rest].low in words("not-subjects") or tokens[first].low == "en":
        return False
    if tokens[rest].hidden:
        return _is_title(tokens[rest:])
    speaks = rest + 1 < len(tokens) and tokens[rest + 1].low in words("speaking-roles")
    return speaks or tokens[rest].low not in words("possessives") or tokens[first].low in ("se", "s'")


def _is_title(quoted: Sequence[Token]) -> bool:
    """`précise encore "La Dépêche du Midi"`: a short name in quotation marks speaks."""
    is_short = 1 < len(quoted) <= _TITLE_LENGTH
    return is_short and quoted[1].is_name and all(token.hidden for token in quoted[:-1])


def is_inverted(form: str) -> bool:
    """`a-t-il`, `dit-elle`, `a-t-on`."""
    return _INVERTED.match(form) is not None


def after_verb_group(tokens: Sequence[Token], verb: int) -> int:
    """The index of the first token after the verb, its adverbs and its participle."""
    forms = verb_forms()
    place = verb + 1
    auxiliary = _base(tokens[verb].low) in words("auxiliaries")
    while place < len(tokens) and not tokens[place].hidden:
        low = tokens[place].low
        phrase = f"{tokens[place - 1].low} {low}"
        if (adverbs := phrase_length(tokens, place, "adverb-phrases")) > 0:
            place += adverbs
        elif low in words("verb-adverbs") or phrase in words("saying-phrases"):
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
    form = _base(tokens[verb].low)
    if form not in words("auxiliaries"):
        return forms.lemma.get(form) in words("saying") or _is_saying_phrase(tokens, verb)
    for place, token in enumerate(tokens[verb + 1 : verb + 5], verb + 1):
        if token.low in forms.past_participles and token.low not in ("été", "eu"):
            return forms.lemma.get(token.low) in words("saying") or _is_saying_phrase(tokens, place)
        if token.low not in words("verb-adverbs") and token.low not in words("clitics"):
            return False
    return False


def _is_saying_phrase(tokens: Sequence[Token], place: int) -> bool:
    """`fait savoir`, `mis en garde`."""
    return place + 1 < len(tokens) and f"{tokens[place].low} {tokens[place + 1].low}" in words(
        "saying-phrases"
    )


def _base(form: str) -> str:
    """The verb of an inverted form: `a-t-il` -> `a`."""
    return re.split(r"-(?:t-)?(?:il|elle|on|ils|elles|ce)$", form)[0]


def is_plainly_finite(form: str) -> bool:
    """Whether the form alone shows a finite verb."""
    return verb_forms().is_finite(form) and not _is_doubtful(form)


def main_verb(tokens: Sequence[Token], first: int = 0) -> int | None:
    """The first finite verb that no relative or conjunction governs."""
    governed = 0
    for index in range(first, len(tokens)):
        token = tokens[index]
        if token.hidden:
            continue
        if is_governor(tokens, index):
            governed += 1
        elif is_finite_verb(tokens, index):
            if not governed:
                return index
            governed -= 1
    return None


def is_governor(tokens: Sequence[Token], index: int) -> bool:
    """Whether a conjunction or relative pronoun here needs a finite verb of its own.

    Not in `si salée que…`, `n'en reste que deux`, `moins à X qu'à Y`, `dont neuf enfants`.
    """
    low = tokens[index].low
    if low not in words("governors") or index + 1 >= len(tokens):
        return low in words("governors")
    after = tokens[index + 1]
    if low == "si":
        return (
            index == 0
            or after.is_name
            or after.low in words("determiners") | words("pronouns") | words("clitics")
        )
    if low == "dont":
        counts = after.text[0].isdigit() or after.low in words("counting-starts")
        is_named = (
            after.low in ("le", "la", "les", "l'") and index + 2 < len(tokens) and tokens[index + 2].is_name
        )
        return not (counts or is_named) or any(
            is_finite_verb(tokens, place) for place in range(index + 1, len(tokens))
        )
    if low in ("que", "qu'") and (
        after.low in words("prepositions") or after.low in words("determiners") or after.text[0].isdigit()
    ):
        earlier = {token.low for token in tokens[max(0, index - 12) : index] if not token.hidden}
        restricts = bool(earlier & {"ne", "n'"}) and not earlier & {"pas", "jamais", "dit", "dire"}
        compares = after.low in words("prepositions") and bool(earlier & words("comparing"))
        return not (restricts or compares)
    if low == "qu'" and (after.low == "ailleurs" or after.low in verb_forms().past_participles):
        return not any(token.low in words("comparing") for token in tokens[max(0, index - 6) : index])
    return True


def is_finite_verb(tokens: Sequence[Token], index: int) -> bool:
    """Whether the token is a finite verb here. Look-alikes of nouns need a sign from their neighbours."""
    forms = verb_forms()
    token = tokens[index]
    if token.hidden or (token.is_name and index > 0) or _is_time_ago(tokens, index):
        return False
    if token.low in words("never-verbs"):
        return False
    if _INVERTED.match(token.low) or _is_spoken_verb(tokens, index):
        return True
    before = tokens[index - 1].low if index else ""
    if _is_subjunctive(tokens, index):
        return True
    if not forms.is_finite(token.low) or token.low in words("prepositions"):
        return False
    if before in words("subject-signs") or _follows_pronoun(tokens, index):
        return True
    if before in words("figures") and token.low in words("plain-auxiliaries"):
        return True  # plus de neuf sur dix sont…, un sur trois est…
    if before in words("noun-signs"):
        # qui la soutiendra, but la peste, l'est du pays
        return before in words("clitics") and token.low.endswith(("a", "ait", "aient", "ont", "èrent"))
    return not _is_doubtful(token.low) or _is_placed_as_verb(tokens, index)


def _is_spoken_verb(tokens: Sequence[Token], index: int) -> bool:
    """The first and second persons, which the verb list does not hold: `nous avons`, `je ne l'ai`."""
    place = index - 1
    while place > 0 and tokens[place].low in ("ne", "n'", "l'", "le", "la", "les", "en", "y", "lui", "leur"):
        place -= 1
    before, low = (tokens[place].low if place >= 0 else ""), tokens[index].low
    if before in ("nous", "vous"):
        return low.endswith(("ons", "ez", "sommes", "êtes"))
    return before in ("je", "j'", "tu") and (
        low.endswith(("e", "s", "x", "ai")) or verb_forms().is_finite(low)
    )


def _is_subjunctive(tokens: Sequence[Token], index: int) -> bool:
    """`soit révisé`, `ne soit hors de…`, not `soit un quart`."""
    if tokens[index].low != "soit":
        return False
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    before = tokens[index - 1].low if index else ""
    return after in verb_forms().past_participles or before in ("ne", "n'", "il", "elle", "on", "ce", "cela")


def _follows_pronoun(tokens: Sequence[Token], index: int) -> bool:
    """`n'en conserve que 29`, `cette dernière explique`, `tout est prêt`."""
    if index == 0:
        return False
    before = tokens[index - 1].low
    earlier = tokens[index - 2].low if index > 1 else ""
    return (
        (before == "en" and earlier in ("ne", "n'", "il", "elle", "ils", "elles", "on"))
        or (before in ("dernier", "dernière", "derniers", "dernières") and earlier in ("ce", "cette", "ces"))
        or (before == "tout" and tokens[index].low in words("plain-auxiliaries"))
    )


def _is_time_ago(tokens: Sequence[Token], index: int) -> bool:
    """`il y a vingt ans` is a date, not a clause."""
    if index < 2 or [token.low for token in tokens[index - 2 : index + 1]] != ["il", "y", "a"]:
        return False
    return index > 2 or any(token.low in words("dates") for token in tokens[index + 1 : index + 4])


def _is_doubtful(form: str) -> bool:
    forms = verb_forms()
    return form in forms.look_alikes or form in forms.past_participles


def _is_placed_as_verb(tokens: Sequence[Token], index: int) -> bool:
    """A look-alike stands for a verb after a name, or before what only follows verbs."""
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if before is not None and before.low in words("auxiliaries") | words("verb-adverbs"):
        return False
    is_object = after in words("object-signs") or after[:1].isdigit()
    return is_object or (before is not None and before.is_name and index > 1)
