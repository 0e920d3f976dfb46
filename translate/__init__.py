"""French news dispatches into aligned English and Chinese, with summaries.

from pathlib import Path
import translate

pipeline = translate.load(to=["en", "zh"])
result = pipeline.translate(Path("brief.txt"))
print(translate.render(result, translate.Format.TXT))
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from translate import batch
    from translate.domain import Dispatch, Kind, Lang, TranslatedDispatch
    from translate.errors import TranslateError
    from translate.loading import load
    from translate.outputs import Format, read_json, render
    from translate.pipeline import Pipeline
    from translate.registry import Registry
    from translate.settings import Options
    from translate.sources import read_dispatch
    from translate.text.reading import TextLimits

__all__ = [
    "Dispatch",
    "Format",
    "Kind",
    "Lang",
    "Options",
    "Pipeline",
    "Registry",
    "TextLimits",
    "TranslateError",
    "TranslatedDispatch",
    "__version__",
    "batch",
    "load",
    "read_dispatch",
    "read_json",
    "render",
]

# Where each name lives; a module lives in itself. Imported when first asked for: `import translate` is quick.
_HOMES = {
    "Dispatch": "domain",
    "Format": "outputs",
    "Kind": "domain",
    "Lang": "domain",
    "Options": "settings",
    "Pipeline": "pipeline",
    "Registry": "registry",
    "TextLimits": "text.reading",
    "TranslateError": "errors",
    "TranslatedDispatch": "domain",
    "batch": "batch",
    "load": "loading",
    "read_dispatch": "sources",
    "read_json": "outputs",
    "render": "outputs",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_HOMES[name]}")
    value: object = home if name == _HOMES[name] else getattr(home, name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
