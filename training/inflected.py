"""English words in the form that a French one has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lemminflect import getInflection, getLemma

from training.forms import Form
from translate.text.phrases import Tense, at_verb

_TENSES: Final = (
    (frozenset({"po:infi"}), Tense.BASE),
    (frozenset({"po:ipre", "po:3pl"}), Tense.PRESENT_OF_SEVERAL),
    (frozenset({"po:ipre"}), Tense.PRESENT),
    (frozenset({"po:ppre"}), Tense.ING),
    (frozenset({"po:ppas"}), Tense.PARTICIPLE),
    (frozenset({"po:iimp", "po:3pl"}), Tense.PAST_OF_SEVERAL),
    (frozenset({"po:iimp"}), Tense.PAST),
    (frozenset({"po:ifut"}), Tense.BASE),  # the model has the rest of the sentence, and says `will`
    (frozenset({"po:cond"}), Tense.BASE),
    (frozenset({"po:spre"}), Tense.BASE),
)
"""The first that fits. Forms in other tenses news does not have, of words this rare."""
_KEPT: Final = frozenset({"po:infi", "po:ppre", "po:ppas", "po:3sg", "po:3pl"})
"""Nor others than these: they would be twice as many."""
_TAGS: Final = {
    Tense.PRESENT: "VBZ",
    Tense.PAST: "VBD",
    Tense.PAST_OF_SEVERAL: "VBD",
    Tense.ING: "VBG",
    Tense.PARTICIPLE: "VBN",
}
"""As the Penn treebank calls them, and the library."""
_BE: Final = {Tense.PRESENT_OF_SEVERAL: "are", Tense.PAST_OF_SEVERAL: "were"}

# fmt: off
_NO_PLURAL: Final = frozenset({
    "advice", "aircraft", "ammunition", "artillery", "baggage", "bedding", "beef", "cattle",
    "clothing", "damage", "equipment", "evidence", "farming", "fencing", "fishing", "footwear", "funding",
    "furniture", "gunfire", "hardware", "housing", "hovercraft", "information", "infrastructure",
    "jewelry", "knowledge", "learning", "legislation", "litigation", "livestock", "logging", "luggage",
    "machinery", "malware", "manslaughter", "merchandise", "money", "offspring", "personnel",
    "poaching", "police", "poultry", "ransomware", "research", "rice", "seafood", "smuggling",
    "software", "spacecraft", "spending", "spyware", "violence", "waste", "weaponry", "wheat",
    "wildlife",
})
# fmt: on
"""What several French ones are as well: of most of these the library makes plurals that nobody writes."""


_BEHIND_NOUN: Final = frozenset({
    "of", "for", "in", "to", "on", "at", "from", "with", "by", "under", "against", "without", "between",
    "among", "over", "after", "before", "behind", "into", "about", "as", "that",
})  # fmt: skip
"""What follows the noun that is counted: `lists of grievances`."""


def tense_of(form: Form) -> Tense | None:
    """What a form of a French verb is in English; None for one that is not kept."""
    features = {feature.rstrip("!") for feature in form.features}
    if not _KEPT & features:
        return None
    return next((tense for needed, tense in _TENSES if needed <= features), None)


def verb_in(verb: str, tense: Tense) -> str:
    """An English verb in a tense: `spark`, `sparks`."""
    if verb == "be" and tense in _BE:
        return _BE[tense]
    return getInflection(verb, _TAGS[tense])[0] if tense in _TAGS else verb


def phrase_in(phrase: str, tense: Tense) -> str:
    """English words with their verb in a tense."""
    before, verb, rest = at_verb(phrase)
    return before + verb_in(verb, tense) + rest


def tenses(verb: str) -> Sequence[str]:
    """All forms of an English verb but for itself, in order."""
    return [verb_in(verb, tense) for tense in Tense if tense is not Tense.BASE]


def plural(phrase: str) -> str:
    """English words with their noun in the plural: the last one, or that before `of`, `for`, `in`…"""
    words = phrase.split(" ")
    at = (
        next((number for number, word in enumerate(words) if number and word in _BEHIND_NOUN), len(words)) - 1
    )
    noun = words[at]
    is_plural = noun.endswith("s") and getLemma(noun, "NOUN")[0] != noun
    if noun not in _NO_PLURAL and not is_plural:
        words[at] = getInflection(noun, "NNS")[0]
    return " ".join(words)
