"""The guards that keep tests off the network do stop a connection."""

from __future__ import annotations

import socket

import pytest


def test_no_test_reaches_another_machine() -> None:
    with pytest.raises(AssertionError, match="203.0.113.1".replace(".", r"\.")):
        socket.create_connection(("203.0.113.1", 80), timeout=1)
    with pytest.raises(AssertionError, match="huggingface"):
        socket.getaddrinfo("huggingface.co", 443)


def test_this_machine_can_be_reached_unless_forbidden() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname(), timeout=1).close()


def test_nor_this_one_where_a_test_forbids_it(no_network: None) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, pytest.raises(AssertionError, match="127"):
        socket.create_connection(server.getsockname(), timeout=1)
