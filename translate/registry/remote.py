"""The hub, seen through `huggingface_hub`: what a repository holds, one file at a time, and its errors.

This module and its caller `hub` are the only ones in the package that reach the network.
"""

from __future__ import annotations

import errno
import os
import re
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from translate.errors import FetchError
from translate.registry import layout
from translate.registry.checksums import digest

TIMEOUT_S = 20.0  # without a byte from the server
RETRIES = 4  # in a row without progress
PAUSE_S = 1.0  # before the first retry; then doubled
_SHA = re.compile(r"[0-9a-f]{40}")
_DISK_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows knows no quota error
_HUB = "https://huggingface.co"

T = TypeVar("T")
Report = Callable[[int], None]  # told how many bytes of the current file are on disk


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as the hub announces it. `digest`: `sha256:…` or `git:…`, None if it does not say."""

    name: str
    size: int | None
    digest: str | None


@dataclass(frozen=True, slots=True)
class Listing:
    """All files of a repository at one commit."""

    commit: str
    files: Mapping[str, RemoteFile]

    def agrees(self, directory: Path, commit: str) -> bool:
        """True if `directory`, fetched at `commit`, holds what is announced here."""
        names = [name for name in layout.needed(self.files) if (directory / name).is_file()]
        return (
            commit == self.commit
            and names == list(layout.needed(self.files))
            and all(_is(directory / name, self.files[name]) for name in names)
        )


@dataclass(frozen=True, slots=True)
class Remote:
    """One repository on the hub that `HF_ENDPOINT` names."""

    repo: str
    endpoint: str

    @classmethod
    def of(cls, repo: str, env: Mapping[str, str]) -> Remote:
        endpoint = (env.get("HF_ENDPOINT") or _HUB).rstrip("/")
        if not _is_web_address(endpoint):
            raise FetchError(f"HF_ENDPOINT is no web address: {endpoint!r}", hint=f"for instance {_HUB}")
        return cls(repo, endpoint)

    def listing(self, revision: str) -> Listing:
        """The files at `revision` and the commit it stands for. Raises FetchError."""
        from huggingface_hub import HfApi

        api = HfApi(endpoint=self.endpoint, library_name="translate-dispatch")
        with self._explained(revision):
            info = _patiently(
                lambda: api.model_info(self.repo, revision=revision, files_metadata=True, timeout=TIMEOUT_S)
            )
        # the commit becomes a directory name: nothing but a hash may pass
        if not info.sha or not _SHA.fullmatch(info.sha):
            raise FetchError(f"{self.endpoint} does not answer like a model hub (no commit for {self.repo})")
        siblings = info.siblings or []
        return Listing(info.sha, {sibling.rfilename: _remote_file(sibling) for sibling in siblings})

    def converted(self) -> int | None:
        """Number of the pull request in which the hub's own converter offers safetensors, if any."""
        from huggingface_hub import get_session

        # HfApi.get_repo_discussions knows no time limit, and a hint must not make anybody wait
        url = f"{self.endpoint}/api/models/{self.repo}/discussions"
        query = {"author": "SFconvertbot", "type": "pull_request"}
        with suppress(Exception):  # only improves a hint
            found = get_session().get(url, params=query, timeout=TIMEOUT_S).json()["discussions"]
            return next(int(item["num"]) for item in found if "safetensors" in item["title"].lower())
        return None

    def download(self, file: RemoteFile, commit: str, directory: Path, report: Report) -> Path:
        """The verified file `directory/<name>`; a part left there by an earlier try is continued.

        Raises FetchError; the part then stays for the next try, unless its content was wrong.
        """
        target, part = directory / file.name, directory / f"{file.name}.part"
        if target.exists():
            if _is(target, file):
                report(target.stat().st_size)
                return target
            target.unlink()
        with self._explained(commit, file.name):
            for resumed in (part.exists(), False):
                self._stream(file, commit, part, report)
                if _is(part, file):
                    part.replace(target)
                    return target
                part.unlink()
                if not resumed:  # a continued part may have been wrong before; a fresh one may not
                    break
        raise FetchError(
            f"{self.repo}: {file.name} is not what {self.endpoint} announces for commit {commit[:8]} "
            "(wrong size or hash)",
            hint="nothing was installed; try again later, or another HF_ENDPOINT",
        )

    def _stream(self, file: RemoteFile, commit: str, part: Path, report: Report) -> None:
        """Append to `part` until the file is whole, through broken connections."""
        tries = 0
        while True:
            before = part.stat().st_size if part.exists() else 0
            try:
                self._receive(file, commit, part, report)
                return
            except _http_error() as err:
                if _status(err) == 416:  # nothing follows what is here: the digest decides about it
                    return
                after = part.stat().st_size if part.exists() else 0
                tries = 1 if after > before else tries + 1
                if tries > RETRIES or not _is_passing(err):
                    raise
                time.sleep(PAUSE_S * 2 ** (tries - 1))

    def _receive(self, file: RemoteFile, commit: str, part: Path, report: Report) -> None:
        from huggingface_hub import get_session, hf_hub_url, hf_raise_for_status
        from huggingface_hub.utils import build_hf_headers  # type: ignore[attr-defined]  # public, no __all__

        have = part.stat().st_size if part.exists() else 0
        if have and file.size is not None and have >= file.size:
            return  # whole, or wrong: the digest decides
        headers = {**build_hf_headers(library_name="translate-dispatch"), "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        url = hf_hub_url(self.repo, file.name, revision=commit, endpoint=self.endpoint)
        with get_session().stream("GET", url, headers=headers, timeout=TIMEOUT_S) as response:
            hf_raise_for_status(response)
            resumed = response.status_code == 206
            with part.open("ab" if resumed else "wb") as out:
                done = have if resumed else 0
                report(done)
                for chunk in response.iter_bytes():  # as it comes; larger chunks are lost with the connection
                    out.write(chunk)
                    out.flush()  # what arrived is kept even if this process is killed
                    done += len(chunk)
                    report(done)
                    if file.size is not None and done > file.size:
                        return  # more than announced: refused by the digest
                os.fsync(out.fileno())

    @contextmanager
    def _explained(self, revision: str, file: str | None = None) -> Iterator[None]:
        """Every foreign error inside becomes one FetchError with a message for people."""
        try:
            yield
        except FetchError:
            raise
        except _http_error() as err:
            raise self._http_failure(err, revision, file) from err
        except ConnectionError as err:  # how the hub's client says that it was imported offline
            raise FetchError(f"{self.repo}: not fetched: {str(err).split(': ')[-1]}") from err
        except OSError as err:
            raise disk_failure(err) from err
        except (ValueError, KeyError, TypeError, AttributeError) as err:
            raise FetchError(
                f"{self.endpoint} does not answer like a model hub ({type(err).__name__})",
                hint="check HF_ENDPOINT, or a proxy that answers in its place",
            ) from err

    def _http_failure(self, err: Exception, revision: str, file: str | None) -> FetchError:
        from huggingface_hub.errors import GatedRepoError, RevisionNotFoundError

        status = _status(err)
        what = f"{self.repo}/{file}" if file else self.repo
        if status is None:
            fault = "cannot reach" if "Connect" in type(err).__name__ else "no whole answer from"
            return FetchError(
                f"{what}: {fault} {self.endpoint}: {str(err) or type(err).__name__}",
                hint="check the network; what was received is kept, and the next fetch continues there",
            )
        if isinstance(err, GatedRepoError):
            return FetchError(
                f"{self.repo}: its owner wants you to accept terms first ({status})",
                hint=f"accept them at {self.endpoint}/{self.repo}, then run `hf auth login`",
            )
        if isinstance(err, RevisionNotFoundError):
            return FetchError(
                f"{self.repo}: no revision {revision!r} ({status})",
                hint="give another one; --update takes what the default branch is now",
            )
        if status in (401, 403):
            return FetchError(
                f"{what}: no such repository, or it is private ({status})",
                hint="check `hub:` in models.yaml; for a private one run `hf auth login` or set HF_TOKEN",
            )
        if status == 404:
            return FetchError(
                f"{what}: not found on {self.endpoint} (404)", hint="check `hub:` in models.yaml"
            )
        if status == 429:
            return FetchError(f"{self.endpoint}: too many requests (429)", hint="try again in some minutes")
        return FetchError(f"{what}: {self.endpoint} answered with error {status}", hint="try again later")


def _remote_file(sibling: Any) -> RemoteFile:
    if sibling.lfs is not None:
        return RemoteFile(sibling.rfilename, sibling.lfs.size, f"sha256:{sibling.lfs.sha256.lower()}")
    blob = f"git:{sibling.blob_id}" if sibling.blob_id else None
    return RemoteFile(sibling.rfilename, sibling.size, blob)


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _is(path: Path, file: RemoteFile) -> bool:
    if file.size is not None and path.stat().st_size != file.size:
        return False
    return file.digest is None or digest(path, file.digest.partition(":")[0]) == file.digest


def _http_error() -> type[Exception]:
    """Base of all errors of the HTTP library that the installed hub client uses (httpx or its heir)."""
    from huggingface_hub.errors import HfHubHTTPError

    return next(base for base in HfHubHTTPError.__mro__ if base.__name__ == "HTTPError")


def _is_passing(err: Exception) -> bool:
    """True if trying again may help: a broken connection, an overloaded server."""
    return _status(err) in (None, 429, 500, 502, 503, 504)


def _status(err: Exception) -> int | None:
    """The HTTP status that `err` stands for; None if no answer came at all."""
    response = getattr(err, "response", None)
    return None if response is None else int(response.status_code)


def _patiently(ask: Callable[[], T]) -> T:
    """The answer, asked for again after a passing failure."""
    for tries in range(1, RETRIES + 1):
        try:
            return ask()
        except _http_error() as err:
            if tries == RETRIES or not _is_passing(err):
                raise
            time.sleep(PAUSE_S * 2 ** (tries - 1))
    raise AssertionError("the last try returns or raises")


def disk_failure(err: OSError) -> FetchError:
    if err.errno in _DISK_FULL:
        return FetchError(
            "the disk is full", hint="make room, or set TRANSLATE_HOME to another disk; then fetch again"
        )
    where = f"{err.filename}: " if err.filename else ""
    return FetchError(f"{where}{err.strerror or err}")
