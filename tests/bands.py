"""For tests of exactness: sentences on all sides of what divides the bands, and whether bands hold here."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from translate.domain import Lang
from translate.engines.ct2 import Ct2Engine

FRENCH = (
    "Le président a rencontré mardi la chancelière allemande à Berlin.",
    "La réunion, prévue de longue date, portait sur l'avenir de l'Union européenne et sur la défense.",
    "« Nous n'avons pas d'autre choix que de négocier », a affirmé le porte-parole du gouvernement.",
    "Selon les secours, au moins 12 personnes ont été blessées dans l'accident survenu près de Lyon.",
    "Les cours du pétrole ont reculé de 3,5 % jeudi, à 71 dollars le baril.",
    "Il est mort.",
    "Paris",
    "La grève continue",
    "Le ministre n'a pas souhaité commenter.",
    "Pékin accuse Washington",
    "Une enquête a été ouverte par le parquet de Marseille, a-t-on appris de source judiciaire.",
    "Personne ne sait quand les combats cesseront, ni combien de civils ont fui vers le nord du pays.",
    "Le sommet s'est achevé sans accord",
    "Les syndicats appellent à manifester samedi dans toute la France contre la réforme des retraites.",
)
LONG = " ".join(random.Random(1).sample(FRENCH[:5], 5) * 3)  # more than is summed up at a time


def require_bands(engine: object) -> Ct2Engine:
    """The engine, if padding within a band changes nothing on this processor; else the test is skipped."""
    assert isinstance(engine, Ct2Engine)
    backend, band = engine._backend, engine._limits.bands.of
    rows = [each for each in backend.encode([*FRENCH, LONG[:300]], Lang.EN) if 16 <= len(each.ids) <= 192]
    for one in rows:
        longest = max(
            (row for row in rows if band(len(row.ids)) == band(len(one.ids))), key=lambda row: len(row.ids)
        )
        alone, beside = (backend.pooled(some, Lang.EN)[-1] for some in ([one], [longest, one]))
        if alone.tobytes() != beside.tobytes():
            pytest.skip("this processor's matrix routines are exact for equal lengths only (docs/engines.md)")
    return engine


def write_dispatches(folder: Path, number: int = 6) -> None:
    """Dispatches of these sentences, no two alike; some sentences stand in several."""
    for n in range(number):
        some = random.Random(n).sample(FRENCH, 6)
        paragraphs = [FRENCH[n], " ".join(each.rstrip(".") + "." for each in some[:4]), *some[4:]]
        path = folder / ("matin" if n % 2 else "soir") / f"brief{n:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join([*paragraphs, LONG] if n == 0 else paragraphs), encoding="utf-8")
