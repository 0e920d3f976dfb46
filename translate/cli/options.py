"""Every shared option, spelled once. Precedence: option, then environment, then default.

The environment variable of `--no-color` is `TRANSLATE_NO_COLOR`, and so on for every option; one that can
be repeated takes several values with spaces between them.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from translate.cli import complete
from translate.cli.boundary import DEBUG
from translate.cli.suggest import choose, choose_target
from translate.domain import Lang

if TYPE_CHECKING:
    from translate.settings import Revision
    from translate.text.reading import TextLimits

TARGETS = (Lang.EN, Lang.ZH)

# Panels of the help page.
_MODELS = "Models"
_TRUST = "Terms and memory"
_CONDUCT = "Messages and network"

# What libraries below us look at before they go to the network.
_OFFLINE_SWITCHES = ("TRANSLATE_OFFLINE", "HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")


def option(name: str, *more: str, help: str, panel: str | None = None, **settings: Any) -> Any:
    """A Typer option that also reads its environment variable."""
    variable = "TRANSLATE_" + name.partition("/")[0].removeprefix("--").replace("-", "_").upper()
    return typer.Option(
        name, *more, help=help, envvar=variable, show_envvar=False, rich_help_panel=panel, **settings
    )


def flag(name: str, *more: str, help: str, panel: str | None = None, **settings: Any) -> Any:
    """An option without a value."""
    return option(name, *more, help=help, panel=panel, metavar="", **settings)


def _go_offline(value: bool) -> bool:
    if value:  # the option is eager, so that this comes before any import that reads these
        os.environ.update(dict.fromkeys(_OFFLINE_SWITCHES, "1"))
    return value


def _drop_colour(value: bool) -> bool:
    if value:
        os.environ["NO_COLOR"] = "1"  # rich and Typer both honour it
    return value


def _show_tracebacks(ctx: typer.Context, value: bool) -> bool:
    ctx.meta[DEBUG] = value
    return value


Source = Annotated[
    Path, typer.Argument(metavar="FILE|-", help="The dispatch: a text file, or - for standard input.")
]
ModelsFile = Annotated[
    Path | None,
    typer.Option(
        "--models",
        metavar="FILE",
        # The registry reads TRANSLATE_MODELS itself, so that the library does so too.
        help="A models.yaml whose entries go before all others.",
        rich_help_panel=_MODELS,
    ),
]
NoColor = Annotated[
    bool,
    flag(
        "--no-color",
        help="No colour. The variable NO_COLOR does the same.",
        panel=_CONDUCT,
        is_eager=True,
        callback=_drop_colour,
    ),
]
Debug = Annotated[
    bool,
    flag(
        "--debug",
        help="Show the traceback of an error.",
        panel=_CONDUCT,
        is_eager=True,
        callback=_show_tracebacks,
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conduct:
    """How a command that works behaves towards people and the network."""

    offline: Annotated[
        bool,
        flag(
            "--offline",
            help="Never touch the network, and let no library do so.",
            panel=_CONDUCT,
            is_eager=True,
            callback=_go_offline,
        ),
    ] = False
    quiet: Annotated[
        bool, flag("--quiet", "-q", help="No progress and no notices; errors only.", panel=_CONDUCT)
    ] = False
    no_color: NoColor = False
    debug: Debug = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """How a command that only looks something up behaves."""

    json: Annotated[bool, flag("--json", help="Print JSON, for programs.")] = False
    models: ModelsFile = None
    no_color: NoColor = False
    debug: Debug = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a model runs on."""

    engine: Annotated[
        str,
        option(
            "--engine",
            help="What runs the model.",
            panel=_MODELS,
            metavar="auto|ct2|torch",
            autocompletion=complete.engines,
        ),
    ] = "auto"
    device: Annotated[
        str,
        option(
            "--device",
            help="Where it runs; auto takes a GPU if there is one.",
            panel=_MODELS,
            metavar="auto|cpu|cuda|cuda:N|mps",
            autocompletion=complete.devices,
        ),
    ] = "auto"

    @property
    def chosen_engine(self) -> str:
        from translate.engines import ENGINES

        return choose(self.engine, ENGINES, "--engine")


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What to translate into, with which models."""

    to: Annotated[
        list[str],
        option(
            "--to",
            "-t",
            help="Target language: en or zh. Repeat it for more than one.",
            metavar="LANG",
            autocompletion=complete.languages,
        ),
    ] = field(default_factory=lambda: [str(lang) for lang in TARGETS])
    sentences: Annotated[
        int, option("--sentences", help="Sentences in the summary of the dispatch.", metavar="N", min=1)
    ] = 2
    force: Annotated[bool, flag("--force", help="Go on though the text does not look French.")] = False
    limit: Annotated[
        list[str],
        option(
            "--limit",
            help="Change a limit of the input, for example max_bytes=8000000.",
            metavar="NAME=N",
            autocompletion=complete.limits,
        ),
    ] = field(default_factory=list)
    model: Annotated[
        list[str],
        option(
            "--model",
            "-m",
            help="Translation model, instead of the best one present. Repeat it for one per language.",
            panel=_MODELS,
            metavar="NAME",
            autocompletion=complete.translators,
        ),
    ] = field(default_factory=list)
    summarizer: Annotated[
        str | None,
        option(
            "--summarizer",
            help="Summarizer, instead of the best one present.",
            panel=_MODELS,
            metavar="NAME",
            autocompletion=complete.summarizers,
        ),
    ] = None
    beam: Annotated[
        int | None,
        option(
            "--beam",
            help="Beam width, instead of the model's own; 1 is the fastest.",
            panel=_MODELS,
            metavar="N",
            min=1,
        ),
    ] = None
    models: ModelsFile = None
    glossary: Annotated[
        list[Path],
        option(
            "--glossary",
            "-g",
            help="Terms that go before those of the package: tsv, csv, tbx, yaml. Repeat it for more.",
            panel=_TRUST,
            metavar="FILE",
        ),
    ] = field(default_factory=list)
    no_glossary: Annotated[
        bool, flag("--no-glossary", help="No terms at all, not even those of the package.", panel=_TRUST)
    ] = False
    memory: Annotated[
        bool | None,
        flag(
            "--memory/--no-memory",
            help="Use the translation memory, or leave it alone; it is used once there is one.",
            panel=_TRUST,
        ),
    ] = None

    no_repair: Annotated[
        bool, flag("--no-repair", help="Leave plain slips of the model as they are.", panel=_TRUST)
    ] = False
    no_retry: Annotated[
        bool,
        flag("--no-retry", help="Keep the model's first hypothesis, whatever the checks say.", panel=_TRUST),
    ] = False

    @property
    def revision(self) -> Revision:
        """What is done with the model's translations."""
        from translate.settings import Revision

        return Revision(repair=not self.no_repair, retry=not self.no_retry)

    @property
    def glossaries(self) -> tuple[Path, ...] | None:
        """The files over the package's own terms; None for no terms."""
        if self.no_glossary and self.glossary:
            raise typer.BadParameter("choose --glossary or --no-glossary", param_hint="--no-glossary")
        return None if self.no_glossary else tuple(self.glossary)

    @property
    def targets(self) -> tuple[Lang, ...]:
        """The target languages, each once, in the order given."""
        codes = [code for value in self.to for code in value.split(",") if code.strip()]
        return tuple(dict.fromkeys(choose_target(code, TARGETS) for code in codes))

    @property
    def text_limits(self) -> TextLimits:
        """The limits of the input, with those that `--limit` changes."""
        from translate.text.reading import TextLimits

        changed: dict[str, int] = {}
        for setting in self.limit:
            name, _, number = setting.partition("=")
            name = choose(name, [known.name for known in fields(TextLimits)], "--limit")
            if not (number.isascii() and number.isdigit() and int(number) > 0):
                raise typer.BadParameter(
                    f"{setting!r}: write {name}=N, N a number above 0", param_hint="--limit"
                )
            changed[name] = int(number)
        return TextLimits(**changed)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the result looks like and where it goes."""

    format: Annotated[
        list[str],
        option(
            "--format",
            "-f",
            help="json, jsonl, md, tsv or txt. Several, with --output, write one file each.",
            metavar="FORMAT",
            autocompletion=complete.formats,
        ),
    ] = field(default_factory=list)
    output: Annotated[
        Path | None,
        option(
            "--output",
            "-o",
            help="Write here, all or nothing. The ending gives the format; a folder takes the input's name.",
            metavar="FILE",
        ),
    ] = None
    width: Annotated[
        int | None,
        option("--width", help="Columns of the terminal view, instead of all.", metavar="N", min=20),
    ] = None
    furniture: Annotated[
        bool, flag("--furniture", help="Show menus, cookie lines and the like in the terminal view.")
    ] = False
    explain: Annotated[
        bool, flag("--explain", help="Show how each line was read, and what became of its terms.")
    ] = False
