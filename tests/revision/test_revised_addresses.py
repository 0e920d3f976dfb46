"""What revision does with addresses: no term is looked for in them, no repair changes them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import ShoutEngine
from translate.domain import Hypothesis, Lang
from translate.engines import Link, Progress
from translate.memory import Memory
from translate.revision import Reviser
from translate.settings import Revision
from translate.terms import Glossary
from translate.text.addresses import addresses, found

LINK = "https://www.onu.org/OMS/1.300/Chine?a=1,5"
SAID = {Lang.EN: f"Read {LINK}, #OMS, @Chine.", Lang.ZH: f"阅读 {LINK}，#OMS，@Chine。"}


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    return Glossary.load()


class Reader(ShoutEngine):
    """Says the same of everything."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return [Hypothesis(SAID[target], -0.5) for _ in sentences]


@pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
def test_no_term_of_an_address_is_asked_for(target: Lang, glossary: Glossary) -> None:
    source = f"Lire {LINK}, #OMS, @Chine."
    (said,) = Reviser(Reader(), "r", glossary).translate([source], target)
    assert (said.text, said.terms, said.findings) == (SAID[target], (), ())


def test_a_translation_by_people_is_checked_too() -> None:
    source = "Voir www.lemonde.fr."
    with Memory.open(None) as memory:
        memory.store([(source, "See lemonde.fr.")], Lang.EN, None, human=True)
        (said,) = Reviser(ShoutEngine(), "r", memory=memory).translate([source], Lang.EN)
    assert said.text == "See lemonde.fr."
    assert [finding.code for finding in said.findings] == ["addresses"]


PARTS = [
    "Le 3 mai 2020",
    " 12 millions d'euros",
    ", lundi 4 avril",
    " la Chine",
    " l'OTAN",
    " 1.300",
    " x",
    " du 5/10/2007",
]
ADDRESSES = [
    LINK,
    "#OMS",
    "@Chine",
    "https://x.fr/2007/10/03/33866/12-mai-2020",
    "www.onu.org/1,5",
    "mai_2020",
    "a@otan.int",
]
ANSWERS = [
    "On May 4, 2021",
    " China",
    " the UN",
    " 13 billion",
    " NATO",
    " Monday",
    " Germany",
    " 10/03/2007",
    "5月4日",
    "中国",
    "。",
    ", ",
]


class Babbler(ShoutEngine):
    """Says one thing after another, with the addresses that its sentence has."""

    def __init__(self, answers: Sequence[str]) -> None:
        super().__init__()
        self.answers = itertools.cycle(answers)

    def _said(self, sentence: str) -> Hypothesis:
        kept = " ".join(each.text for each in addresses(sentence))
        return Hypothesis(f"{next(self.answers)} {kept} {next(self.answers)}", -0.5)

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return [self._said(text) for text in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        return [(self._said(text), self._said(text)) for text in sentences]

    def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
        """Everything looks at everything."""
        return [
            tuple(
                Link(one.span(), other.span(), 0.9)
                for one in re.finditer(r"\w+", source)
                for other in re.finditer(r"\w+", said)
            )
            for source, said in pairs
        ]


@pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
@pytest.mark.parametrize("how", [Revision(), Revision(checks=False), Revision(repair=False)], ids=str)
@given(
    source=st.lists(st.sampled_from([*PARTS, *(f" {each}" for each in ADDRESSES)]), min_size=1, max_size=7),
    answers=st.lists(st.lists(st.sampled_from(ANSWERS), max_size=4).map("".join), min_size=1, max_size=5),
)
@settings(max_examples=60)
def test_no_step_of_a_revision_changes_an_address(
    target: Lang, how: Revision, source: list[str], answers: list[str], glossary: Glossary
) -> None:
    text = "".join(source).strip() + "."
    (said,) = Reviser(Babbler(answers), "r", glossary, how=how).translate([text], target)
    known = addresses(text)
    there = [each.text for each in found(said.text, known)]
    assert all(there.count(each.text) >= [one.text for one in known].count(each.text) for each in known), (
        said.text
    )


@pytest.mark.parametrize("how", [Revision(), Revision(checks=False)], ids=str)
def test_no_term_is_put_over_an_address(how: Revision, glossary: Glossary) -> None:
    class Misled(ShoutEngine):
        """Leaves a land out, and looks at it while it writes the address."""

        def translate(
            self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
        ) -> list[Hypothesis]:
            return [Hypothesis("He cites @AFP.", -0.5) for _ in sentences]

        def candidates(
            self, sentences: Sequence[str], target: Lang, count: int
        ) -> list[tuple[Hypothesis, ...]]:
            return [(Hypothesis("He cites @AFP.", -0.5),) for _ in sentences]

        def align(self, pairs: Sequence[tuple[str, str]], target: Lang) -> list[tuple[Link, ...]]:
            return [(Link((3, 8), (said.find("@AFP"), said.find("@AFP") + 4), 0.9),) for _, said in pairs]

    (said,) = Reviser(Misled(), "r", glossary, how=how).translate(["La Chine cite @AFP."], Lang.EN)
    assert said.text == "He cites @AFP."
