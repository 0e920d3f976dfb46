"""A model hub on 127.0.0.1 that speaks as much of the hub's protocol as its clients use.

Model info with commit and siblings, `resolve` with ETag and X-Repo-Commit, a redirect for large files
with X-Linked-ETag, HEAD, Range. It can fail in all the ways a network can.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from translate.domain import Lang
from translate.registry import ModelSpec, Task

LARGE = (".safetensors", ".spm", ".bin", ".model")  # stored as LFS on the real hub


def weights(seed: int, size: int = 300_000) -> bytes:
    """A well-formed safetensors file with one tensor of `size` bytes."""
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}}).encode()
    body = (hashlib.sha256(str(seed).encode()).digest() * (size // 32 + 1))[:size]
    return len(header).to_bytes(8, "little") + header + body


def marian_files(seed: int = 1) -> dict[str, bytes]:
    """The files of a Marian repository as the hub has them, with much that nobody needs."""
    return {
        "config.json": b'{"model_type": "marian"}',
        "generation_config.json": b'{"num_beams": 4}',
        "model.safetensors": weights(seed),
        "source.spm": b"source pieces %d" % seed,
        "target.spm": b"target pieces %d" % seed,
        "tokenizer_config.json": b"{}",
        "vocab.json": b'{"</s>": 0}',
        "README.md": b"# card",
        "pytorch_model.bin": b"\x80\x02pickle",
        "tf_model.h5": b"h5",
        "modeling_custom.py": b"raise SystemExit('remote code')",
        ".gitattributes": b"",
    }


NEEDED = (
    "config.json",
    "generation_config.json",
    "model.safetensors",
    "source.spm",
    "target.spm",
    "tokenizer_config.json",
    "vocab.json",
)


@dataclass
class Repo:
    """Commits (hash -> files) and the names that point to them."""

    commits: dict[str, dict[str, bytes]] = field(default_factory=dict)
    refs: dict[str, str] = field(default_factory=dict)

    def commit(self, files: dict[str, bytes], *refs: str) -> str:
        sha = hashlib.sha1(repr((sorted(files.items()), len(self.commits))).encode()).hexdigest()
        self.commits[sha] = dict(files)
        self.refs.update(dict.fromkeys(refs or ("main",), sha))
        return sha


@dataclass
class Hub:
    """The server's state, and what it was asked for."""

    url: str = ""
    repos: dict[str, Repo] = field(default_factory=dict)
    status: int | None = None  # answer everything with this error
    headers: dict[str, str] = field(default_factory=dict)
    cuts: dict[str, list[int]] = field(default_factory=dict)  # bytes after which a file's answer breaks off
    lie: dict[str, bytes] = field(default_factory=dict)  # content that is not what was announced
    ignore_ranges: bool = False
    discussions: list[dict[str, Any]] = field(default_factory=list)
    sha: str | None = None  # a commit to claim instead of the real one
    html: bool = False  # a captive portal answers in the hub's place
    asked: list[tuple[str, str, str | None]] = field(default_factory=list)  # method, file, range

    def repo(self, name: str = "Helsinki-NLP/opus-mt-fr-en") -> Repo:
        return self.repos.setdefault(name, Repo())

    @property
    def sent(self) -> Counter[str]:
        """How often each file's content was asked for."""
        return Counter(name for method, name, _ in self.asked if method == "GET")


class _Handler(BaseHTTPRequestHandler):
    hub: Hub

    def log_message(self, format: str, *args: object) -> None:
        pass

    def do_HEAD(self) -> None:
        self._answer()

    def do_GET(self) -> None:
        self._answer()

    def _answer(self) -> None:
        path = [unquote(part) for part in urlsplit(self.path).path.strip("/").split("/")]
        hub = self.hub
        if hub.status:
            self._send(hub.status, b'{"error": "fault"}', hub.headers)
        elif hub.html:
            self._send(200, b"<html>Welcome to the hotel</html>", {"Content-Type": "text/html"})
        elif path[:2] == ["api", "models"]:
            self._info("/".join(path[2:4]), path[4:])
        elif path[0] == "lfs":
            self._content(path[2], bytes.fromhex(path[1]))
        elif path[2:3] == ["resolve"]:
            self._resolve("/".join(path[:2]), path[3], "/".join(path[4:]))
        else:
            self._send(404, b"{}", {"X-Error-Code": "RepoNotFound"})

    def _info(self, name: str, rest: list[str]) -> None:
        repo = self.hub.repos.get(name)
        if repo is None:
            return self._send(401, b'{"error": "Invalid username or password."}', {})
        if rest[:1] == ["discussions"]:
            items = self.hub.discussions
            body = {"discussions": items, "count": len(items), "start": 0}
            return self._send(200, json.dumps(body).encode(), {})
        revision = rest[1] if rest else "main"
        sha = repo.refs.get(revision, revision)
        if sha not in repo.commits:
            return self._send(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
        siblings = [_sibling(file, data) for file, data in repo.commits[sha].items()]
        body = {"id": name, "sha": self.hub.sha or sha, "siblings": siblings}
        return self._send(200, json.dumps(body).encode(), {"Content-Type": "application/json"})

    def _resolve(self, name: str, revision: str, file: str) -> None:
        repo = self.hub.repos[name]
        sha = repo.refs.get(revision, revision)
        data = repo.commits.get(sha, {}).get(file)
        if data is None:
            return self._send(404, b"{}", {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": sha})
        headers = {"X-Repo-Commit": sha}
        if file.endswith(LARGE):
            digest = hashlib.sha256(data).hexdigest()
            linked = {"X-Linked-ETag": f'"{digest}"', "X-Linked-Size": str(len(data))}
            location = f"{self.hub.url}/lfs/{digest}/{file}"
            return self._send(302, b"", {**headers, **linked, "Location": location})
        return self._content(file, hashlib.sha256(data).digest(), headers)

    def _content(self, file: str, digest: bytes, headers: dict[str, str] | None = None) -> None:
        wanted = self.headers.get("Range")
        self.hub.asked.append((self.command, file, wanted))
        data = next(
            data
            for repo in self.hub.repos.values()
            for files in repo.commits.values()
            for data in files.values()
            if hashlib.sha256(data).digest() == digest
        )
        data = self.hub.lie.get(file, data)
        fields = {"ETag": f'"{_git(data)}"', "Accept-Ranges": "bytes", **(headers or {})}
        start, status = 0, 200
        if wanted and not self.hub.ignore_ranges:
            start, status = int(wanted.removeprefix("bytes=").split("-")[0]), 206
            if start >= len(data):
                return self._send(416, b"", {"Content-Range": f"bytes */{len(data)}"})
            fields["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        cuts = self.hub.cuts.get(file)
        return self._send(status, data[start:], fields, stop=cuts.pop(0) if cuts else None)

    def _send(self, status: int, body: bytes, headers: dict[str, str], stop: int | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[:stop])  # HTTP/1.0: the connection closes after this, whole or not


def _sibling(name: str, data: bytes) -> dict[str, object]:
    sibling: dict[str, object] = {"rfilename": name, "size": len(data), "blobId": _git(data)}
    if name.endswith(LARGE):
        digest = hashlib.sha256(data).hexdigest()
        sibling["lfs"] = {"sha256": digest, "size": len(data), "pointerSize": 134}
    return sibling


def _git(data: bytes) -> str:
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


@contextmanager
def running_hub() -> Iterator[Hub]:
    """A hub that listens while the block runs."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"hub": hub}))
    server.daemon_threads = True
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def environment(home: Path, hub: Hub | None = None) -> dict[str, str]:
    """An environment in which everything lives below `home`."""
    env = {"HOME": str(home), "TRANSLATE_HOME": str(home / "store")}
    return {**env, "HF_ENDPOINT": hub.url} if hub else env


def fr_en(**changes: Any) -> ModelSpec:
    """The spec of a hub model."""
    values: dict[str, Any] = {
        "id": "opus-mt-fr-en",
        "task": Task.TRANSLATE,
        "source": Lang.FR,
        "targets": {Lang.EN: ""},
        "hub": "Helsinki-NLP/opus-mt-fr-en",
    }
    return ModelSpec(**{**values, **changes})


def tree(directory: Path) -> set[str]:
    """Every file below `directory`, except the locks between processes."""
    return {
        path.relative_to(directory).as_posix()
        for path in directory.rglob("*")
        if path.is_file() and not path.name.endswith("mutex")
    }


def flip(path: Path, *, keep_time: bool = False) -> None:
    """Change one byte in the middle; size stays, and the modification time too if wanted."""
    stat, data = path.stat(), bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))
    if keep_time:
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
