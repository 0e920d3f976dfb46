"""Addresses come out as they went in, whatever the model does with what stands for them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import ShoutEngine
from translate import engines
from translate.domain import Hypothesis, Lang, Origin
from translate.engines import LoadedEngine, Progress, Unwanted, Wanted
from translate.engines.stand_ins import STAND_INS, Kept
from translate.engines.verbatim import Verbatim
from translate.registry import Registry, require
from translate.registry.spec import ModelSpec, Task
from translate.text.addresses import addresses, found

LINK = "https://www.data.gouv.fr/fr/datasets/covid-2020/"
SENTENCES = [
    f"Le ministère publie ses données sur {LINK} chaque semaine.",
    "Plus d'informations sur www.lemonde.fr/economie ou par courriel à redaction@afp.com.",
    "Le mot-dièse #MeToo a été repris par @EmmanuelMacron, selon Twitter.",
    "« C'est fini. » https://t.co/Zk3d #Paris2024",
    "Il a écrit à @AFP, @AFP et encore @AFP (voir rapport_final_v2.pdf).",
    "Le groupe CNN a cité Facebook, Airbus, Reuters, iPhone, Xinhua, CNBC, CCTV et ABC sur @AFP.",
]
OWN = ["=== afp_reprise_01 | https://example.com/2007/10/03/33866/bourse", "(@AFP, #MeToo) :", f" {LINK} "]
BOTH = pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
NAMES = [*STAND_INS[Lang.EN], *STAND_INS[Lang.ZH]]
ANSWERS = st.lists(
    st.sampled_from([*NAMES, "www.", ".com", " ", "的", "s", "é", "_", "@AFP", LINK, ".", "the", "12"]),
    max_size=8,
).map("".join)
WORDS = st.sampled_from(
    [
        "Le",
        "ministre",
        "d'",
        "sur ",
        LINK,
        "@AFP",
        "#MeToo",
        "a_b",
        "www.un.org",
        " ",
        ", ",
        ".",
        "(",
        "»",
        "1,5",
        "\u00a0:",
    ]
)
SOURCES = st.lists(WORDS, max_size=9).map("".join) | st.sampled_from([*SENTENCES, *OWN])


@dataclass
class Says(ShoutEngine):
    """Answers with what `say` makes of each sentence it is asked for."""

    say: Callable[[str], str]
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        self.seen += sentences
        if progress and sentences:
            progress(len(sentences))
        return [Hypothesis(self.say(text), -0.5) for text in sentences]

    def candidates(self, sentences: Sequence[str], target: Lang, count: int) -> list[tuple[Hypothesis, ...]]:
        said = self.translate(sentences, target)
        return [(one, Hypothesis("nothing", -1.0))[:count] for one in said]

    def avoid(self, unwanted: Sequence[Unwanted], target: Lang) -> list[Hypothesis | None]:
        return list(self.translate([each.sentence for each in unwanted], target))

    def lead(self, wanted: Sequence[Wanted], target: Lang) -> list[Hypothesis | None]:
        said = self.translate([f"{each.sentence}\n{each.said}" for each in wanted], target)
        return [one if each.suits(one) else None for one, each in zip(said, wanted, strict=True)]


def whole(source: str, said: str) -> bool:
    """True if the translation has each address as often as its source."""
    known = addresses(source)
    there = [each.text for each in found(said, known)]
    return all(there.count(each.text) >= [one.text for one in known].count(each.text) for each in known)


@BOTH
def test_a_model_that_copies_is_asked_once(target: Lang) -> None:
    model = Says(str)
    said = Verbatim(model).translate(SENTENCES[:4], target)
    assert len(model.seen) == 4
    assert not any(addresses(text) for text in model.seen)
    assert all(whole(*pair) for pair in zip(SENTENCES, [one.text for one in said], strict=False))
    assert said[3].text == SENTENCES[3]  # what stands behind the end is not the model's business
    if target is Lang.EN:
        assert [one.text for one in said] == SENTENCES[:4]


def test_chinese_sets_addresses_apart() -> None:
    (said,) = Verbatim(Says(lambda text: "在CNBC上，CNN。")).translate([SENTENCES[2]], Lang.ZH)
    assert said.text == "在 #MeToo 上，@EmmanuelMacron。"


@BOTH
@given(source=SOURCES, answers=st.lists(ANSWERS, min_size=1, max_size=5))
def test_whatever_the_model_says(target: Lang, source: str, answers: list[str]) -> None:
    turn = itertools.cycle(answers)
    engine = Verbatim(Says(lambda text: next(turn)))
    (said,) = engine.translate([source], target)
    several = engine.candidates([source], target, 2)[0]
    led = engine.lead([Wanted(source, said.text, ("x",))], target)
    avoided = engine.avoid([Unwanted(source, ("x",))], target)
    assert several
    assert all(whole(source, one.text) for one in (said, *several, *led, *avoided) if one)


@given(sources=st.lists(SOURCES, max_size=5), answer=ANSWERS)
def test_progress_tells_each_sentence_once(sources: list[str], answer: str) -> None:
    told: list[int] = []
    said = Verbatim(Says(lambda text: answer)).translate(sources, Lang.EN, told.append)
    assert len(said) == len(sources) == sum(told)


@BOTH
@given(sources=st.lists(SOURCES, min_size=1, max_size=5), seed=st.integers(0, 9))
def test_company_changes_nothing(target: Lang, sources: list[str], seed: int) -> None:
    def say(text: str) -> str:
        return text if (len(text) + seed) % 2 else text.swapcase()

    engine = Verbatim(Says(say))
    alone = [engine.translate([text], target)[0] for text in sources]
    assert engine.translate(sources, target) == alone
    assert engine.candidates(sources, target, 2) == [
        engine.candidates([text], target, 2)[0] for text in sources
    ]


@BOTH
@pytest.mark.parametrize("source", OWN)
def test_what_has_no_words_is_its_own_translation(source: str, target: Lang) -> None:
    model = Says(lambda text: "nonsense")
    (said,) = Verbatim(model).translate([source], target)
    assert (said.text, said.origin) == (source.strip(), Origin.COPY)
    assert Verbatim(model).candidates([source], target, 3) == [(said,)]
    assert Verbatim(model).lead([Wanted(source, "", ("x",))], target) == [None]
    assert model.seen == []


def test_other_stand_ins_then_parts() -> None:
    second = Verbatim(Says(lambda text: text.replace("Facebook", "Farcebook")))
    assert second.translate(SENTENCES[:1], Lang.EN)[0].text == SENTENCES[0]
    model = Says(lambda text: "The answer.")
    (said,) = Verbatim(model).translate(SENTENCES[:1], Lang.EN)
    assert said.text == f"The answer {LINK} the answer."
    assert [each.code for each in said.findings] == ["resplit"]
    assert model.seen[-2:] == ["Le ministère publie ses données sur", "chaque semaine."]


def test_marks_between_parts_are_those_of_the_target() -> None:
    source = "Le texte (voir « @AFP », 1,5 %) : @BBC, fin."
    one = Kept.of(source)
    assert one is not None
    said = {"Le texte (voir": "文本(见", "fin.": "结束。"}
    assert one.assembled(said, Lang.ZH) == "文本(见“@AFP”, 1,5 %): @BBC，结束。"


def test_without_addresses_nothing_is_done() -> None:
    class Untouched(Says):
        def translate(self, sentences: object, target: object, progress: object = None) -> list[Hypothesis]:
            assert sentences is plain
            return []

    plain = ["Le président a parlé.", "Il a dit oui."]
    assert Verbatim(Untouched(str)).translate(plain, Lang.EN) == []


def test_a_led_model_sees_stand_ins_and_its_caller_addresses() -> None:
    seen: list[str] = []

    def suits(said: Hypothesis) -> bool:
        seen.append(said.text)
        return True

    wanted = Wanted(SENTENCES[0], f"It is {LINK}.", ("x",), suits=suits)
    model = Says(lambda text: text.split("\n")[1])
    (said,) = Verbatim(model).lead([wanted], Lang.EN)
    assert said is not None
    assert seen == [said.text] == [f"It is {LINK}."]
    assert not addresses(model.seen[0])


@BOTH
@given(source=SOURCES, said=st.lists(WORDS, max_size=9).map("".join))
def test_links_lie_within_the_texts(target: Lang, source: str, said: str) -> None:
    (links,) = Verbatim(Says(str)).align([(source, said)], target)
    for link in links:
        assert 0 <= link.source[0] < link.source[1] <= len(source)
        assert 0 <= link.target[0] < link.target[1] <= len(said)
    assert len({(link.source, link.target) for link in links}) == len(links)


def test_an_address_belongs_to_itself() -> None:
    source, said = f"Voir {LINK} ici", f"See {LINK} here"
    (links,) = Verbatim(Says(str)).align([(source, said)], Lang.EN)
    words = {(source[slice(*link.source)], said[slice(*link.target)]) for link in links}
    assert words == {("Voir", "See"), (LINK, LINK), ("ici", "here")}


def test_through_a_chain(marian: Path, marian_en_zh: Path) -> None:
    specs = [
        ModelSpec("first", Task.TRANSLATE, Lang.FR, {Lang.EN: ""}),
        ModelSpec("second", Task.TRANSLATE, Lang.EN, {Lang.ZH: ""}),
    ]
    chain = engines.load(specs, [marian, marian_en_zh], device="cpu")
    told: list[int] = []
    said = chain.translate([*SENTENCES, *OWN], Lang.ZH, told.append)
    assert all(whole(*pair) for pair in zip([*SENTENCES, *OWN], [one.text for one in said], strict=True))
    assert sum(told) == len(said)


@pytest.fixture(scope="module")
def embedded() -> LoadedEngine:
    spec = Registry.load().get("embedded")
    return engines.load(spec, require(spec), device="cpu", engine="ct2")


@pytest.mark.weights
@BOTH
def test_the_embedded_model(embedded: LoadedEngine, target: Lang) -> None:
    said = embedded.translate(SENTENCES, target)
    assert all(whole(*pair) for pair in zip(SENTENCES, [one.text for one in said], strict=True))
    assert not any(re.search(rf"\b{name}\b", said[0].text) for name in STAND_INS[target])
    alone = [embedded.translate([text], target)[0] for text in SENTENCES]
    assert said == alone
    several = embedded.candidates(SENTENCES[:3], target, 4)
    assert all(
        whole(text, one.text) for text, those in zip(SENTENCES, several, strict=False) for one in those
    )
    (links,) = embedded.align([(SENTENCES[0], said[0].text)], target)
    assert any(
        LINK == SENTENCES[0][slice(*link.source)] == said[0].text[slice(*link.target)] for link in links
    )
