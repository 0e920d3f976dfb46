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
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training import packed
from training.command import guarded
from training.forms import Form, Word, words
from training.inflected import phrase_in, plural, tense_of, tenses
from translate.domain import Lang
from translate.errors import InputError
from translate.terms.entries import TARGETS
from translate.text.language import small_words
from translate.text.lexicon import KNOWN, RARE, WORD, dictionary_of, meanings, name_of
from translate.text.lexicon import words as words_of
from translate.text.phrases import ENGLISH, FIXED, FORM_OF, OF_VERB, phrases_of
from translate.text.tables import folded

FOLDER: Final = Path(__file__).parent / "glosses"
FOLDERS: Final = ("words", "phrases", "names")
NAME: Final = "name"
PARTS: Final = {"n": "po:nom", "adj": "po:adj", "v": "po:v", "adv": "po:adv", NAME: NAME}
"""What the cells of the files call parts of speech, and how the forms' own names of them begin; a name of a
person, a place or anything else has one form."""
_ABOUT = """\
# French {} by their first three letters, behind which the rest of each stands with what it is in the
# target language. Made by training.dictionary of what was written for this project in training/glosses.
"""
Cell = tuple[str, str]
"""French, and what is said of it behind its sign."""


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
    """The words of French by how they are written, and of each form the words that have it."""

    def __init__(self, words: Iterable[Word]) -> None:
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

    def is_only_of(self, form: str, words: set[str]) -> bool:
        """True if no other word has this form."""
        return self._owners.get(form, words) <= words


def read(folder: Path = FOLDER) -> list[Entry]:
    """All entries, in the order of the files. Raises InputError for a line that is none."""
    found = []
    for file in (file for name in FOLDERS for file in sorted((folder / name).glob("*.tsv"))):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            cells = line.split("\t")
            is_entry = 4 <= len(cells) <= 5 and all(cells[:4]) and cells[1] in PARTS
            if not is_entry or not WORD.match(cells[0]):
                raise InputError(f"{file}, line {number}: not a word, its part, English and Chinese")
            found.append(Entry(*cells))
    return found


def of_words(entries: Iterable[Entry], french: French, target: Lang) -> Iterator[Cell]:
    """Each form of a word that no other word has, with what it is in the target language."""
    single = [entry for entry in entries if not entry.rest]
    lexicon, entered = name_of(target), {entry.text for entry in single}
    common, rare = {*words_of(lexicon, KNOWN)} | small_words("fr"), {*words_of(lexicon, RARE)}
    known = common | rare
    said: dict[str, dict[str, None]] = defaultdict(dict)
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
    for written, texts in said.items():
        # Two words may have one form, which says the same in most languages or is better not told.
        if written in entered or len(texts) == 1:
            yield written, RARE + next(iter(texts))


def of_phrases(entries: Iterable[Entry], french: French, target: Lang) -> Iterator[Cell]:
    """Phrases with what they are; forms of the verbs that begin some; the English verbs' own forms."""
    cells: dict[Cell, None] = {}
    for entry in entries:
        if not entry.rest:
            continue
        if entry.part == "v":
            cells[entry.text, OF_VERB + entry.meaning(target)] = None
            for form in french.forms(entry):
                if (tense := tense_of(form)) is not None and form.text != entry.word:
                    cells[form.text, f"{FORM_OF}{entry.word}{OF_VERB}{tense:d}"] = None
            verb = entry.english.partition(" ")[0]
            if target is Lang.EN:
                cells[verb, ENGLISH + "|".join(tenses(verb))] = None
        else:
            forms = [Form(form.text + entry.rest, form.features) for form in french.forms(entry)]
            forms += [Form(entry.other, ("is:pl",))] if entry.other else []
            told = ((form.text, entry.said(form, target)) for form in forms)
            cells |= {(text, FIXED + said): None for text, said in told if said}
    return iter(cells)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--forms", type=Path, required=True, help="the spelling dictionary, without .dic")
    parser.add_argument("-o", "--out", type=Path, required=True, help="folder to write into")
    a = parser.parse_args()
    french = French(words(a.forms))
    entries = read()
    for target in TARGETS:
        made = {dictionary_of(target): ("words", of_words), phrases_of(target): ("phrases", of_phrases)}
        for name, (kind, cells) in made.items():
            found = list(cells(entries, french, target))
            packed.write(a.out / name, _ABOUT.format(kind), packed.lines(found))
            print(f"{name}: {len(found)} cells")
    return 0


if __name__ == "__main__":
    guarded(main)
