"""`translate doctor`: is everything here that the main job needs, and does it work?"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from translate.cli import listing
from translate.cli.grouping import grouped
from translate.cli.options import TARGETS, Listing, Machine
from translate.cli.progress import bar
from translate.cli.writing import to_stdout
from translate.errors import TranslateError, WeightsError

if TYPE_CHECKING:
    from translate.registry import ModelSpec, Registry

_PACKAGES = (
    "translate-dispatch",
    "torch",
    "ctranslate2",
    "transformers",
    "tokenizers",
    "sentencepiece",
    "safetensors",
    "huggingface-hub",
    "typer",
    "rich",
    "sacrebleu",
)


@dataclass(frozen=True, slots=True)
class Probed:
    """What one model made of its probe sentence. `error` says why it made nothing of it."""

    model: str
    device: str | None = None
    load_s: float | None = None
    translate_s: float | None = None
    translation: str | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """Everything `doctor` found out. `lacking`: targets that no present model writes."""

    versions: Mapping[str, str | None]
    devices: tuple[str, ...]
    registry: tuple[str, ...]
    models: Mapping[str, str]
    probes: tuple[Probed, ...]
    lacking: tuple[str, ...]

    @property
    def faults(self) -> tuple[str, ...]:
        broken = (f"{probe.model} does not work" for probe in self.probes if probe.error)
        return (*broken, *(f"no model is here for {lang}" for lang in self.lacking))


@grouped
def doctor(look: Listing, machine: Machine) -> None:
    """Check this installation: versions, devices, models, and a real translation by each model that is here.

    \b
    Examples:
      translate doctor
      translate doctor --json > report.json
    """
    from translate.registry import Registry

    registry, engine = Registry.load(look.models), machine.chosen_engine
    with bar("looking", quiet=look.json):
        report = examine(registry, engine, machine.device)
    to_stdout(listing.as_json(report) if look.json else "".join(_told(report)))
    if report.faults:
        raise WeightsError("; ".join(report.faults), hint="translate models list shows what can be fetched")


def examine(registry: Registry, engine: str, device: str) -> Report:
    """Look at everything; what does not work is written down, not raised."""
    from translate.registry import Task, is_present

    present = {spec.id: spec for spec in registry.models if is_present(spec)}
    translators = [spec for spec in present.values() if spec.task is Task.TRANSLATE]
    written = {lang for spec in translators if spec.source == "fr" for lang in spec.targets}
    return Report(
        versions=_versions(),
        devices=(*_devices(), *_cards_of_ct2()),
        registry=tuple(map(str, registry.layers)),
        models={spec.id: "here" if spec.id in present else "not here" for spec in registry.models},
        probes=tuple(_probe(spec, engine, device) for spec in translators),
        lacking=tuple(str(lang) for lang in TARGETS if lang not in written),
    )


def _probe(spec: ModelSpec, engine: str, device: str) -> Probed:
    """Load one model, its files checked, and let it translate its probe sentence, if it has one."""
    from translate.loading import load_engine

    try:
        start = time.perf_counter()
        loaded = load_engine(spec, engine=engine, device=device)
        ready = time.perf_counter()
        said = loaded.translate([spec.probe.text], spec.probe.target)[0].text if spec.probe else None
        done = time.perf_counter()
    except TranslateError as err:
        return Probed(spec.id, error=str(err))
    return Probed(spec.id, loaded.device, round(ready - start, 2), round(done - ready, 2), said)


def _versions() -> dict[str, str | None]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    def of(package: str) -> str | None:
        try:
            return version(package)
        except PackageNotFoundError:
            return None

    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        **{package: of(package) for package in _PACKAGES},
    }


def _devices() -> Iterator[str]:
    try:
        import torch
    except ImportError as err:
        yield f"none: torch cannot be imported ({err})"
        return
    yield f"cpu: {os.cpu_count()} cores, {torch.get_num_threads()} threads used"
    for number in range(torch.cuda.device_count()):
        yield f"cuda:{number}: {torch.cuda.get_device_name(number)}"
    if torch.backends.mps.is_available():
        yield "mps"


def _cards_of_ct2() -> Iterator[str]:
    """What engine ct2 can use of a machine's GPUs, if it has any."""
    try:
        from translate.engines import ct2_cublas
        from translate.engines.ct2_machine import cuda_cards
    except (ImportError, OSError):
        return
    if cards := cuda_cards():
        lacking = f", if {ct2_cublas.NAME} were there (pip install {ct2_cublas.PACKAGE})"
        yield f"cuda for engine ct2: {cards}{'' if ct2_cublas.is_there() else lacking}"


def _told(report: Report) -> Iterator[str]:
    """The report for people, piece by piece."""
    yield listing.facts({name: found or "not installed" for name, found in report.versions.items()})
    yield "\ndevices\n" + "".join(f"  {device}\n" for device in report.devices)
    yield "\nregistry, first one wins\n" + "".join(f"  {layer}\n" for layer in report.registry)
    yield "\nmodels\n"
    yield "".join(f"  {'+' if state == 'here' else '-'} {name}\n" for name, state in report.models.items())
    yield "\nprobes\n"
    for probe in report.probes:
        if probe.error:
            yield f"  {probe.model}: FAILED: {probe.error}\n"
        else:
            took = f"loaded in {probe.load_s} s on {probe.device}, translated in {probe.translate_s} s"
            yield f"  {probe.model}: {took}\n" + (f"    {probe.translation}\n" if probe.translation else "")
    yield "" if report.probes else "  none: no translation model is here\n"
