"""What revision does with addresses: no term is looked for in them, no repair changes them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.fakes import ShoutEngine
from translate.domain import Hypothesis, Lang
from translate.engines import Progress
from translate.memory import Memory
from translate.revision import Reviser
from translate.terms import Glossary

LINK = "https://www.onu.org/OMS/1.300/Chine?a=1,5"
SAID = {Lang.EN: f"Read {LINK}, #OMS, @Chine.", Lang.ZH: f"阅读 {LINK}，#OMS，@Chine。"}


class Reader(ShoutEngine):
    """Says the same of everything."""

    def translate(
        self, sentences: Sequence[str], target: Lang, progress: Progress | None = None
    ) -> list[Hypothesis]:
        return [Hypothesis(SAID[target], -0.5) for _ in sentences]


@pytest.mark.parametrize("target", [Lang.EN, Lang.ZH])
def test_no_term_of_an_address_is_asked_for(target: Lang) -> None:
    source = f"Lire {LINK}, #OMS, @Chine."
    (said,) = Reviser(Reader(), "r", Glossary.load()).translate([source], target)
    assert (said.text, said.terms, said.findings) == (SAID[target], (), ())


def test_a_translation_by_people_is_checked_too() -> None:
    source = "Voir www.lemonde.fr."
    with Memory.open(None) as memory:
        memory.store([(source, "See lemonde.fr.")], Lang.EN, None, human=True)
        (said,) = Reviser(ShoutEngine(), "r", memory=memory).translate([source], Lang.EN)
    assert said.text == "See lemonde.fr."
    assert [finding.code for finding in said.findings] == ["addresses"]
