"""Units put right: areas and volumes, miles and kilometres."""

from __future__ import annotations

import pytest

from translate.domain import Lang
from translate.text.checks import repair


def mended(source: str, target: str) -> str:
    lang = Lang.EN if target.isascii() else Lang.ZH
    text, _ = repair(source, target, lang)
    assert repair(source, text, lang) == (text, ())
    return text


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Une terrasse de 400 m2.", "A terrace of 400 cubic meters.", "A terrace of 400 square meters."),
        ("Une terrasse de 400 m².", "一个400立方米的露台。", "一个400平方米的露台。"),
        ("Une zone de 3 km2.", "A zone of 3 cubic kilometers.", "A zone of 3 square kilometers."),
        ("Trois mètres carrés.", "Three cubic metres.", "Three square metres."),
        ("Un débit de 9 m3.", "A flow of 9 square meters.", "A flow of 9 cubic meters."),
        ("Neuf mètres cubes d'eau.", "九平方米水。", "九立方米水。"),
    ],
)
def test_areas_are_squares_and_volumes_cubes(source: str, target: str, right: str) -> None:
    assert mended(source, target) == right


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("Soit 9 millions de m3.", "That is 9 million meters.", "That is 9 million cubic meters."),
        ("Soit 400 m2.", "That is 400 meters.", "That is 400 square meters."),
        ("Soit 3 km2.", "面积3公里。", "面积3平方公里。"),
        ("Neuf mètres cubes.", "9米水。", "9立方米水。"),
    ],
)
def test_a_measure_gets_its_kind_back(source: str, target: str, right: str) -> None:
    assert mended(source, target) == right


@pytest.mark.parametrize(
    ("source", "target", "right"),
    [
        ("À 8 miles (12,8 km) de là.", "8 kilometers (12.8 km) away.", "8 miles (12.8 km) away."),
        ("De 100 à 200 miles.", "From 100 to 200 kilometers.", "From 100 to 200 miles."),
        ("Soit 1,5 mile.", "Or 1.5 kilometer.", "Or 1.5 mile."),
        ("À 105 miles par heure.", "每小时105公里。", "每小时105英里。"),
    ],
)
def test_miles_stay_miles(source: str, target: str, right: str) -> None:
    assert mended(source, target) == right


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("400 m2 et 9 m3.", "400 cubic meters and 9 square meters."),  # which is which?
        ("Une terrasse de 400 mètres.", "A terrace of 400 square meters."),
        ("Place du Carré, 9 m3.", "The square, 9 cubic meters."),
        ("400 m2 à 3 mètres de là.", "400 of them 3 meters away."),
        ("Long de 9 m, sur 400 m2.", "9 meters long, on a plot."),
        ("Deux fois 400 m2, soit 800 m2.", "Twice 400, or 800 meters."),
        ("Le carré de la reine.", "The Cubic style."),
        ("Il a couru 8 km, puis 8 miles.", "He ran 8 kilometers, then 8 miles."),
        ("Une course de 5 miles.", "A race of 8 kilometers."),  # converted
        ("Il a 1.000 miles.", "He has 000 kilometers."),
    ],
)
def test_what_is_left_alone(source: str, target: str) -> None:
    assert mended(source, target) == target
