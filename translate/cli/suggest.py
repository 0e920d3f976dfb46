"""Values with a fixed set of choices: the right one, or a usage error that names the nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

import typer

from translate.domain import Lang

_NAMES: Mapping[str, Lang] = {
    "anglais": Lang.EN,
    "eng": Lang.EN,
    "english": Lang.EN,
    "chinese": Lang.ZH,
    "chinois": Lang.ZH,
    "cmn": Lang.ZH,
    "cn": Lang.ZH,
    "mandarin": Lang.ZH,
    "zh-cn": Lang.ZH,
    "zh-hans": Lang.ZH,
    "zho": Lang.ZH,
    "中文": Lang.ZH,
}


def choose(value: str, choices: Sequence[str], option: str) -> str:
    """`value` if it is one of `choices` (letter case does not matter)."""
    known = {choice.lower(): choice for choice in choices}
    if (wanted := value.strip().lower()) in known:
        return known[wanted]
    near = get_close_matches(wanted, known, n=1, cutoff=0.5)
    raise _unknown(value, choices, known[near[0]] if near else None, option)


def choose_target(value: str, targets: Sequence[Lang]) -> Lang:
    """The target language with the code `value`. Names of languages are understood in the error only."""
    wanted = value.strip().lower()
    if wanted == Lang.FR:
        raise typer.BadParameter(f"fr is the source; choose from {_listed(targets)}", param_hint="--to")
    if wanted in _NAMES:
        raise _unknown(value, targets, _NAMES[wanted], "--to")
    return Lang(choose(value, targets, "--to"))


def _unknown(value: str, choices: Sequence[str], near: str | None, option: str) -> typer.BadParameter:
    meant = f"did you mean {near}? " if near else ""
    return typer.BadParameter(
        f"{value!r} is unknown; {meant}Choose from {_listed(choices)}", param_hint=option
    )


def _listed(choices: Sequence[str]) -> str:
    return ", ".join(str(choice) for choice in choices)
