"""The dictionary of words and phrases that the training text hardly has, as the engine looks them up.

    python -m training.dictionary --forms /usr/share/hunspell/fr -o translate/text

`training/glosses` was written for this project: French words and phrases, their part of speech, what they are
in English and in Chinese. Here each becomes its forms, as `training.forms` has them, with the English
inflected alike. A form that the lexicon has, made of the text itself (`training.lexicon`), or that another
word has too, is left out; but names are as they were written, whatever the text seems to say. The files are
the same bytes whenever they are made of the same ones.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Final

from training import packed
from training.command import guarded
from training.forms import Form, Word, words
from training.inflected import phrase_in, plural, tense_of, tenses
from training.packed import Cell
from translate.domain import Lang
from translate.errors import InputError
from translate.terms.entries import TARGETS
from translate.text.eased import ligatures
from translate.text.language import small_words
from translate.text.lexicon import KNOWN, RARE, WORD, dictionary_of, meanings, name_of
from translate.text.lexicon import words as words_of
from translate.text.phrases import ENGLISH, FIXED, FORM_OF, OF_SELF, OF_VERB, at_verb, phrases_of
from translate.text.tables import folded

FOLDER: Final = Path(__file__).parent / "glosses"
MISREAD: Final = FOLDER / "misread.txt"
NEWSROOM: Final = Path(__file__).parent / "newsroom"
_OFTEN: Final = 12
FOLDERS: Final = ("words", "phrases", "names")
NAME: Final = "name"
PARTS: Final = {"n": "po:nom", "adj": "po:adj", "v": "po:v", "adv": "po:adv", NAME: NAME}
"""What the cells of the files call parts of speech, and how the forms' own names of them begin; a name of a
person, a place or anything else has one form."""
_REFLEXIVE: Final = re.compile(r"se |s'(?!en )")
_ADJECTIVES: Final = ("po:adj", "po:ppas")
_ABOUT = """\
# French {} by their first three letters, behind which the rest of each stands with what it is in the
# target language. Made by training.dictionary of what was written for this project in training/glosses.
"""
_JOINED: Final = {
    " de": ((" du", " le"), (" des", " les"), (" d'", " ")),
    " à": ((" au", " le"), (" aux", " les")),
}
_OTHERS: Final = {
    "son": ("leur", "notre", "votre", "mon"),
    "sa": ("leur", "notre", "votre", "ma"),
    "ses": ("leurs", "nos", "vos", "mes"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A word, or a phrase whose first word alone is inflected. `part`: a key of `PARTS`.

    `other`: of a noun, the English word for a woman, if there is one; of a noun phrase, its French plural, if
    more than its first word has another form.
    """

    text: str
    part: str
    english: str
    chinese: str
    other: str = ""

    @property
    def word(self) -> str:
        """The word, or the first one of the phrase."""
        match = WORD.match(self.text)
        return match[0] if match else ""

    @property
    def rest(self) -> str:
        """What follows it, with the space or apostrophe before."""
        return self.text[len(self.word) :]

    @property
    def alone(self) -> Entry:
        """A verb phrase without its `se`; itself if it has none."""
        match = _REFLEXIVE.match(self.text)
        return replace(self, text=self.text[match.end() :]) if match and self.part == "v" else self

    def meaning(self, target: Lang) -> str:
        """What it is in the target language, as it stands in the files."""
        return self.english if target is Lang.EN else self.chinese

    def said(self, form: Form, target: Lang) -> str | None:
        """What this form is in the target language; None if that is not told.

        A name that is the same in English, or loses but its accents, is copied without being told.
        """
        if self.part == NAME and target is Lang.EN and folded(self.english) == folded(self.text):
            return None
        if self.part == "v":
            if (tense := tense_of(form)) is None:
                return None
            return phrase_in(self.english, tense) if target is Lang.EN else self.chinese
        if self.part != "n" or target is Lang.ZH:
            return self.meaning(target)
        is_woman = self.other and not self.rest and "is:fem" in form.features
        noun = self.other if is_woman else self.english
        return plural(noun) if "is:pl" in form.features else noun


class French:
    """The words of French by how they are written, and of each form the words that have it.

    `known`: phrases in the plural, in small letters, that need not be made, as a model knows them.
    """

    def __init__(self, words: Iterable[Word], known: Collection[str] = ()) -> None:
        self._known = known
        self._words: dict[str, list[Word]] = defaultdict(list)
        self._owners: dict[str, set[str]] = defaultdict(set)
        for word in words:
            self._words[word.text].append(word)
            for form in word.forms:
                self._owners[form.text].add(word.text)

    def forms(self, entry: Entry) -> Sequence[Form]:
        """Of the entry's word in its part of speech, the headword first; that alone if it is not known."""
        wanted = PARTS[entry.part]
        found = [
            form
            for word in self._words.get(entry.word, ())
            if any(feature.startswith(wanted) for feature in word.features)
            for form in word.forms
        ]
        return found or [Form(entry.word, ("po:infi",) if entry.part == "v" else ())]

    def plural_of(self, entry: Entry) -> str:
        """A noun phrase in the plural, with the adjectives behind its noun: `passoires thermiques`.

        Empty where its noun has none, nothing but the noun would change, or it is known.
        """
        heads = [form for form in self.forms(entry) if "is:pl" in form.features]
        if not heads or not entry.rest.startswith(" "):
            return ""
        words = entry.rest.split(" ")[1:]
        told = [self._adjective(word) or word for word in takewhile(self._adjective, words)]
        if told == words[: len(told)]:
            return ""
        made = " ".join((heads[0].text, *told, *words[len(told) :]))
        return "" if made.lower() in self._known else made

    def _adjective(self, word: str) -> str:
        """The plural of an adjective, in its gender; empty for what is none."""
        for found in self._owners.get(word, ()):
            for one in self._words[found]:
                if not any(feature.startswith(_ADJECTIVES) for feature in one.features):
                    continue
                own = next((form for form in one.forms if form.text == word), None)
                if own is None or "is:pl" in own.features:
                    continue
                gender = {"is:fem", "is:mas"} & {*own.features}
                for form in one.forms:
                    if {"is:pl", "is:inv"} & {*form.features} and gender <= {*form.features, "is:epi"}:
                        return form.text
        return ""

    def is_only_of(self, form: str, words: set[str]) -> bool:
        """True if no other word has this form."""
        return self._owners.get(form, words) <= words


def often(phrases: Collection[str], folder: Path = NEWSROOM) -> frozenset[str]:
    """Those of `phrases` that the French of the newsroom has many times."""
    wanted = {tuple(phrase.lower().split(" ")) for phrase in phrases}
    lengths = sorted({len(words) for words in wanted})
    found: Counter[tuple[str, ...]] = Counter()
    for file in sorted(folder.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            words = [match[0] for match in WORD.finditer(line.partition("\t")[0].lower())]
            for length in lengths:
                runs = zip(*(words[at:] for at in range(length)), strict=False)
                found.update(run for run in runs if run in wanted)
    return frozenset(" ".join(words) for words, times in found.items() if times > _OFTEN)


def read(folder: Path = FOLDER) -> list[Entry]:
    """All entries, in the order of the files. Raises InputError for a line that is none."""
    found = []
    for file in (file for name in FOLDERS for file in sorted((folder / name).glob("*.tsv"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            cells = line.split("\t")
            is_entry = 4 <= len(cells) <= 5 and all(cells[:4]) and cells[1] in PARTS
            if not is_entry or not WORD.match(cells[0]):
                raise InputError(f"{file}, line {number}: not a word, its part, English and Chinese")
            found.append(Entry(ligatures(cells[0]), *cells[1:4], *map(ligatures, cells[4:])))
    return found


def misread(file: Path = MISREAD) -> frozenset[str]:
    """The English that a model takes for French where it is given it (`training.misread`)."""
    return frozenset(file.read_text(encoding="utf-8").splitlines())


def of_words(entries: Iterable[Entry], french: French, target: Lang) -> Iterator[Cell]:
    """Each form of a word that no other word has, with what it is in the target language.

    What would be misread is known, but not given.
    """
    single = [entry for entry in entries if not entry.rest]
    lexicon, entered = name_of(target), {entry.text for entry in single}
    common, rare = {*words_of(lexicon, KNOWN)} | small_words("fr"), {*words_of(lexicon, RARE)}
    known = common | rare
    said: dict[str, dict[str, None]] = defaultdict(dict)
    taken = misread() if target is Lang.EN else frozenset()
    signs: dict[str, str] = {}
    for entry in single:
        if entry.part == NAME and entry.text in rare and entry.text not in common:
            # Words that stand beside a name in the text can pass for it: what was written is told instead.
            if meanings(entry.text, target)[:1] != (entry.meaning(target),):
                said[entry.text][entry.meaning(target)] = None
            continue
        for form in french.forms(entry):
            is_free = form.text not in known and french.is_only_of(form.text, entered)
            if is_free and (text := entry.said(form, target)):
                said[form.text][text] = None
                if entry.english in taken:
                    signs[form.text] = KNOWN
    for written, texts in said.items():
        # Two words may have one form, which says the same in most languages or is better not told.
        if written in entered or len(texts) == 1:
            yield written, signs.get(written, RARE) + next(iter(texts))


def ways(text: str, said: str) -> Iterator[Cell]:
    """A phrase with what it is, and the same with `du`, `au`… for a last `de`, `à`, and `leur`… for `son`.

    What is said then has the article in French, for the model to read with the noun.
    """
    owned = [text]
    for own, others in _OTHERS.items():
        if f" {own} " in text:
            owned += [text.replace(f" {own} ", f" {other} ") for other in others]
    for one in owned:
        yield one, said
        for end, joined in _JOINED.items():
            if one.endswith(end):
                yield from ((one.removesuffix(end) + other, f"{said}{article}") for other, article in joined)


def of_phrases(entries: Iterable[Entry], french: French, target: Lang) -> Iterator[Cell]:
    """Phrases with what they are; forms of the verbs that begin some; the English verbs' own forms.

    Those are left out that would be misread.
    """
    cells: dict[Cell, None] = {}
    taken = misread() if target is Lang.EN else frozenset()
    for entry in entries:
        if not entry.rest or entry.english in taken:
            continue
        if entry.part == "v":
            for text, said in ways(entry.text, entry.meaning(target)):
                cells[text, OF_VERB + said] = None
            alone = entry.alone
            for text, said in ways(alone.text, entry.meaning(target)) if alone is not entry else ():
                cells[text, OF_SELF + said] = None
            for form in french.forms(alone):
                if (tense := tense_of(form)) is not None and form.text != alone.word:
                    cells[form.text, f"{FORM_OF}{alone.word}{OF_VERB}{tense:d}"] = None
            _, verb, _ = at_verb(entry.english)
            if target is Lang.EN:
                cells[verb, ENGLISH + "|".join(tenses(verb))] = None
        else:
            forms = [Form(form.text + entry.rest, form.features) for form in french.forms(entry)]
            other = entry.other or (french.plural_of(entry) if entry.part == "n" else "")
            forms += [Form(other, ("is:pl",))] if other else []
            told = {form.text: entry.said(form, target) for form in reversed(forms)}
            told[entry.text] = entry.said(Form(entry.text, ()), target)  # what has one form is taken for one
            cells |= {
                (text, FIXED + said): None
                for one, what in told.items()
                if what
                for text, said in ways(one, what)
            }
    return iter(cells)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--forms", type=Path, required=True, help="the spelling dictionary, without .dic")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder to write into")
    a = parser.parse_args()
    every, entries = [*words(a.forms)], read()
    unaided = French(every)
    french = French(every, often({unaided.plural_of(entry) for entry in entries if entry.part == "n"} - {""}))
    for target in TARGETS:
        made = {dictionary_of(target): ("words", of_words), phrases_of(target): ("phrases", of_phrases)}
        for name, (kind, cells) in made.items():
            found = list(cells(entries, french, target))
            packed.write(a.out / name, _ABOUT.format(kind), packed.lines(found))
            print(f"{name}: {len(found)} cells")
    return 0


if __name__ == "__main__":
    guarded(main)
