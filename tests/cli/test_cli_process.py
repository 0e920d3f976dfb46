"""The command in a process of its own: pipes, devices, signals, a terminal, no network."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import start
from translate.cli.boundary import BROKEN_PIPE, INTERRUPTED

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX pipes and signals")


def sentences(number: int) -> str:
    """A dispatch with as many different sentences."""
    return "\n\n".join(
        f"Le ministre numéro {n} a parlé de la paix dans le monde avec les députés." for n in range(number)
    )


def test_a_full_disk_behind_standard_output(brief: Path, tiny: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with full.open("wb") as out:
        done = subprocess.run(
            [sys.executable, "-m", "translate", "models", "list", "--models", tiny],
            stdout=out,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[0] == "error: standard output: no space left"
    assert b"Traceback" not in done.stderr and b"Exception ignored" not in done.stderr


# The help page is drawn by rich, which ends a broken pipe with 1 by itself.
@pytest.mark.parametrize(
    ("arguments", "code"), [(["models", "list"], BROKEN_PIPE), (["--version"], BROKEN_PIPE), (["--help"], 1)]
)
def test_a_reader_that_goes_away_is_no_error(arguments: list[str], code: int) -> None:
    """`translate … | true`: nobody reads, and nothing is said about it."""
    read_end, write_end = os.pipe()
    os.close(read_end)
    process = subprocess.run(
        [sys.executable, "-m", "translate", *arguments], stdout=write_end, stderr=subprocess.PIPE
    )
    os.close(write_end)
    assert (process.returncode, process.stderr) == (code, b"")


def test_ctrl_c_ends_with_one_line(tiny: Path) -> None:
    Path("long.txt").write_text(sentences(3000), encoding="utf-8")
    process = start("dispatch", "long.txt", "--models", tiny, "-o", "out.json")
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out, err.decode().strip()) == (INTERRUPTED, b"", "interrupted")
    assert sorted(path.name for path in Path().iterdir()) == ["long.txt"]


def in_terminal(arguments: list[str | Path], *, columns: int = 120, code: int = 0) -> str:
    """What a person sees who types the command: all output of a process on a terminal of its own."""
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "translate", *map(str, arguments)],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env={**os.environ, "COLUMNS": str(columns), "LINES": "60", "TERM": "xterm-256color"},
        start_new_session=True,
    )
    os.close(follower)
    seen = b""
    while select.select([leader], [], [], 90)[0]:
        try:
            piece = os.read(leader, 65536)
        except OSError:  # the other end is closed
            break
        if not piece:
            break
        seen += piece
    os.close(leader)
    assert process.wait(timeout=30) == code, seen.decode(errors="replace")
    return seen.decode()


def test_on_a_terminal_the_aligned_view_is_shown_in_colour(brief: Path, tiny: Path) -> None:
    seen = in_terminal(["dispatch", brief, "--models", tiny])
    assert "\x1b[" in seen, "colour"
    assert "中文" in seen and "English" in seen
    assert "translating" in seen, "progress, on the same terminal here"
    assert "Traceback" not in seen and "Warning" not in seen


def test_no_color(tmp_path: Path) -> None:
    coloured = in_terminal(["dispatch", "gone.txt"], code=3)
    plain = in_terminal(["dispatch", "gone.txt", "--no-color"], code=3)
    assert "gone.txt: no such file" in coloured and "gone.txt: no such file" in plain
    assert "\x1b[1;31m" in coloured, "red"
    assert "\x1b[1;31m" not in plain and "31" not in plain


NO_SOCKETS = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = socket.create_connection = refuse
from translate.cli.app import main
sys.argv = ["translate", *sys.argv[1:]]
main()
"""


def test_a_piped_run_says_nothing_but_the_result_and_opens_no_socket(brief: Path, tiny: Path) -> None:
    """Not one warning of a library, no escape code, and UTF-8 whatever the locale."""
    environment = {
        **os.environ,
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONIOENCODING": "ascii",
        "PYTHONCOERCECLOCALE": "0",
    }
    command = [sys.executable, "-c", NO_SOCKETS, "dispatch", str(brief), "--models", str(tiny)]
    done = subprocess.run(command, capture_output=True, timeout=90, check=False, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\x1b" not in done.stdout and "président de la conférence" in done.stdout.decode("utf-8")


def test_offline_forbids_a_fetch(tmp_path: Path) -> None:
    command = [sys.executable, "-c", NO_SOCKETS, "models", "fetch", "opus-mt-fr-en", "--offline"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    assert done.returncode == 4
    assert "offline" in done.stderr and "Traceback" not in done.stderr


def test_offline_is_told_to_the_libraries_before_they_are_loaded() -> None:
    code = (
        "from typer.testing import CliRunner\nfrom translate.cli.app import app\n"
        "CliRunner().invoke(app, ['dispatch', 'gone.txt', '--offline'])\n"
        "import os, huggingface_hub.constants as c\n"
        "print(os.environ['HF_HUB_OFFLINE'], os.environ['TRANSFORMERS_OFFLINE'], c.HF_HUB_OFFLINE)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["1", "1", "True"]
