"""French verb forms of the third person, built from `verbs.fr.txt`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache

from translate.text.wordlists import read_wordlists

_CLOSED_E = re.compile(r"[eé]([^aeiouyéèêàâôîû]{1,2})$")  # lever, espérer: è before a mute ending
_DOUBLING = re.compile(r"e([lt])$")  # appeler, jeter: a doubled consonant


@dataclass(slots=True)
class VerbForms:
    """Every known form. `lemma` gives the infinitive of a finite form or participle."""

    singular: set[str] = field(default_factory=set)
    plural: set[str] = field(default_factory=set)
    infinitives: set[str] = field(default_factory=set)
    present_participles: set[str] = field(default_factory=set)
    past_participles: set[str] = field(default_factory=set)
    look_alikes: set[str] = field(default_factory=set)
    lemma: dict[str, str] = field(default_factory=dict)

    def is_finite(self, form: str) -> bool:
        return form in self.singular or form in self.plural

    def add(self, infinitive: str, parts: Conjugation) -> None:
        self.infinitives.add(infinitive)
        self.singular |= parts.singular
        self.plural |= parts.plural
        self.present_participles.add(parts.present_participle)
        self.past_participles |= parts.past_participles
        for form in (*parts.singular, *parts.plural, parts.present_participle, *parts.past_participles):
            self.lemma.setdefault(form, infinitive)


@dataclass(frozen=True, slots=True)
class Conjugation:
    """The third-person forms of one verb."""

    singular: frozenset[str]
    plural: frozenset[str]
    present_participle: str
    past_participles: frozenset[str]


@cache
def verb_forms() -> VerbForms:
    """The forms of all verbs of the data file; built once, in a few milliseconds."""
    lists = read_wordlists("compression/verbs.fr.txt")
    forms = VerbForms(look_alikes=set(lists["look-alikes"]))
    for row in lists["irregular"]:  # first: they give the lemma of shared forms
        for infinitive, parts in _irregular(row):
            forms.add(infinitive, parts)
    for infinitive in lists["second-group"]:
        forms.add(infinitive, _second_group(infinitive))
    for infinitive in lists["first-group"]:
        forms.add(infinitive, _first_group(infinitive))
    forms.singular |= set(lists["singular"])
    forms.plural |= set(lists["plural"])
    forms.present_participles |= set(lists["present-participles"])
    return forms


def _agreeing(participle: str) -> frozenset[str]:
    """allé -> allé, allée, allés, allées; mis -> mis, mise, mises; dû -> dû, due, dus, dues."""
    bare = participle.replace("û", "u")
    masculine_plural = bare if bare.endswith("s") else bare + "s"
    return frozenset({participle, bare + "e", masculine_plural, bare + "es"})


def _irregular(row: str) -> Iterator[tuple[str, Conjugation]]:
    infinitive, prefixes, forms = (part.strip() for part in row.split("|"))
    for mark in prefixes.split():
        prefix = "" if mark == "-" else mark
        present, presents, imperfect, future, past, pasts, participle = (
            prefix + form for form in forms.split()
        )
        yield (
            prefix + infinitive,
            Conjugation(
                frozenset(
                    {
                        present,
                        imperfect + "ait",
                        future + "a",
                        future + "ait",
                        past,
                        presents.removesuffix("nt"),
                    }
                ),
                frozenset({presents, imperfect + "aient", future + "ont", future + "aient", pasts}),
                imperfect + "ant",
                _agreeing(participle),
            ),
        )


def _second_group(infinitive: str) -> Conjugation:
    stem = infinitive[:-1]  # fini
    return Conjugation(
        frozenset({stem + "t", stem + "ssait", stem + "ra", stem + "rait", stem + "sse"}),
        frozenset({stem + "ssent", stem + "ssaient", stem + "ront", stem + "raient", stem + "rent"}),
        stem + "ssant",
        _agreeing(stem),
    )


def _first_group(infinitive: str) -> Conjugation:
    stem = infinitive[:-2]
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    mutes = {stem, *_mute_stems(stem)}
    return Conjugation(
        frozenset({soft + "ait", soft + "a", *_each(mutes, "e", "era", "erait")}),
        frozenset({soft + "aient", stem + "èrent", *_each(mutes, "ent", "eront", "eraient")}),
        soft + "ant",
        _agreeing(stem + "é"),
    )


def _each(stems: Iterable[str], *endings: str) -> Iterator[str]:
    return (stem + ending for stem in stems for ending in endings)


def _mute_stems(stem: str) -> Iterator[str]:
    """How the stem may look before a mute e: emploi-, lèv-, espèr-, appell-."""
    if stem.endswith("y"):
        yield stem[:-1] + "i"
    if _CLOSED_E.search(stem):
        yield _CLOSED_E.sub(r"è\1", stem)
    if _DOUBLING.search(stem):
        yield _DOUBLING.sub(r"e\1\1", stem)
