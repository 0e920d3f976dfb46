"""Converted models, kept so that a checkpoint is converted once.

One conversion is one file, a zip archive without compression: it appears whole or not at all, the archive's
own check sums tell a damaged one, and processes that convert at once write the same bytes. Everything here
may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import tempfile
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from translate.engines import vocabulary
from translate.engines.fingerprint import digests
from translate.registry import places

Files = dict[str, bytes]

ABSENT = (FileNotFoundError, NotADirectoryError)
VERSION = 5  # of conversions: what `ct2_convert` writes changes with it, and kept ones are made again
_FACTS = "facts.json"
_ENCODER = "encoder"
_SMALL = (
    "config.json",
    "generation_config.json",
    "vocab.json",
    "target_vocab.json",
    "tokenizer_config.json",
    vocabulary.FILE,
)
_BROKEN = (
    OSError,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    EOFError,
    NotImplementedError,
)
_DATE = (1980, 1, 1, 0, 0, 0)  # the first that a zip can say: equal conversions are equal bytes


class Damaged(Exception):
    """A kept conversion that is not whole."""


@dataclass(frozen=True, slots=True)
class Conversion:
    """A checkpoint as CTranslate2 reads it. `notices`: what had to be repaired in it.

    `translators`: by target prefix; the same one for several where they write the same pieces. `fills`:
    whether it has done with fillers soon (`ct2_filler`); None if nobody asked it.
    """

    translators: Mapping[str, Files]
    encoder: Files
    notices: tuple[str, ...] = ()
    fills: bool | None = None

    def packed(self) -> bytes:
        """The archive."""
        distinct = list({id(files): files for files in self.translators.values()}.values())
        folders = {f"translator{number}": files for number, files in enumerate(distinct)}
        of = {id(files): name for name, files in folders.items()}
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
            for folder, files in {**folders, _ENCODER: self.encoder}.items():
                for name, data in sorted(files.items()):
                    archive.writestr(zipfile.ZipInfo(f"{folder}/{name}", _DATE), data)
            used = {prefix: of[id(files)] for prefix, files in sorted(self.translators.items())}
            facts = json.dumps({"notices": self.notices, "translators": used, "fills": self.fills})
            archive.writestr(zipfile.ZipInfo(_FACTS, _DATE), facts)  # last: nothing is missing where it is
        return out.getvalue()

    @classmethod
    def unpacked(cls, file: Path) -> Conversion:
        """The conversion in an archive, every byte checked. Raises Damaged, or `ABSENT` if there is none."""
        folders: dict[str, Files] = {}
        try:
            with zipfile.ZipFile(file) as archive:
                facts = json.loads(archive.read(_FACTS))
                for name in archive.namelist():
                    folder, slash, inner = name.partition("/")
                    if slash:
                        folders.setdefault(folder, {})[inner] = archive.read(name)
            translators = {prefix: folders[name] for prefix, name in facts["translators"].items()}
            notices = tuple(map(str, facts["notices"]))
            return cls(translators, folders[_ENCODER], notices, facts["fills"])
        except ABSENT:
            raise
        except _BROKEN as err:
            raise Damaged(str(err)) from err


def place(directory: Path, recipe: str, env: Mapping[str, str] = os.environ) -> Path:
    """Where the conversion of the checkpoint in `directory` by `recipe` is kept, if it is."""
    return places.cache(env) / "ct2" / f"{_key(directory, recipe, env)}.zip"


def keep(file: Path, conversion: Conversion) -> str | None:
    """Keep a conversion. Returns why it could not be kept: no permission, a full disk."""
    partial: Path | None = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem[:16]}.")
        partial = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(conversion.packed())
            out.flush()
            os.fsync(out.fileno())
        partial.replace(file)
    except OSError as err:
        return f"{file.parent}: {err.strerror or err}"
    finally:
        if partial is not None:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)  # after the replacement it is gone already
    return None


def _key(directory: Path, recipe: str, env: Mapping[str, str]) -> str:
    """SHA-256 of what a conversion is made of. Weights are hashed again only if they may have changed."""
    total = hashlib.sha256(recipe.encode())
    for name, digest in digests(directory, env).items():
        total.update(f"\n{name} {digest}".encode())
    for name in _SMALL:
        if (file := directory / name).is_file():
            total.update(f"\n{name} {hashlib.sha256(file.read_bytes()).hexdigest()}".encode())
    return total.hexdigest()
