"""What every test gets without asking: no network, a home of its own, and failure on anything unexpected.

It must not hold fixtures of one part of the program; those live beside that part's tests.
"""

from __future__ import annotations

import gc
import logging
import os
import socket
import threading
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Timing differs from machine to machine: a deadline per example would make tests fail by chance.
_HEALTH = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
settings.register_profile("local", deadline=None, max_examples=60, suppress_health_check=_HEALTH)
settings.register_profile(
    "ci", deadline=None, max_examples=100, suppress_health_check=_HEALTH, print_blob=True
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "local"))


def pytest_collection_finish() -> None:
    """What the modules hold stays to the end: no collection need look at it again."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """No collection while a test of the window runs: what it left is collected once Qt dispatches nothing more.

    Python would otherwise collect a closed window in the middle of an event that is on its way to it, most often in
    the last processEvents of pytest-qt, and the process would end with a segmentation fault.
    """
    if "qapp" not in getattr(item, "fixturenames", ()):
        return (yield)
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.enable()


THREAD_GRACE_S = 2.0
"""How long a thread may need to end after the test that started it."""


class NetworkReachedError(AssertionError):
    """A test, or the program under test, tried to use a network."""


def _refuse(*args: object, **kwargs: object) -> NoReturn:
    raise NetworkReachedError(f"the program is offline by design, but reached for {args!r}")


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way to a network raises; local (AF_UNIX) sockets keep working."""
    real_connect, real_connect_ex, real_sendto = (
        socket.socket.connect,
        socket.socket.connect_ex,
        socket.socket.sendto,
    )

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX:
            _refuse(address)
        real_connect(self, address)

    def connect_ex(self: socket.socket, address: Any) -> int:
        if self.family != socket.AF_UNIX:
            _refuse(address)
        return real_connect_ex(self, address)

    def sendto(self: socket.socket, *args: Any) -> int:
        if self.family != socket.AF_UNIX:
            _refuse(args[-1])
        return real_sendto(self, *args)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect_ex)
    monkeypatch.setattr(socket.socket, "sendto", sendto)
    for name in ("create_connection", "getaddrinfo", "gethostbyname", "gethostbyname_ex", "gethostbyaddr"):
        monkeypatch.setattr(socket, name, _refuse)


@pytest.fixture(autouse=True)
def home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh HOME and fresh XDG folders, so that no test reads or writes the developer's own files."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for variable, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_STATE_HOME", ".local/state"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_DOCUMENTS_DIR", "Documents"),
    ):
        place = home / folder
        place.mkdir(parents=True)
        monkeypatch.setenv(variable, str(place))
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    return home


@pytest.fixture(autouse=True)
def no_unexpected_log_records(
    request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """A record at WARNING or above fails the test, unless it is marked `allow_log` and asserts on it itself."""
    yield
    if request.node.get_closest_marker("allow_log") is not None:
        return
    unexpected = [
        f"{record.levelname} {record.name}: {record.getMessage()}"
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING
    ]
    if unexpected:
        pytest.fail("unexpected log records:\n  " + "\n  ".join(unexpected), pytrace=False)


@pytest.fixture(autouse=True)
def no_dangling_threads() -> Iterator[None]:
    """A Python thread that outlives its test fails it: it would run on into the next one."""
    before = set(threading.enumerate())
    yield
    give_up_at = time.monotonic() + THREAD_GRACE_S
    while True:
        # Threads of Qt or a C library that once called into Python are named Dummy and never end.
        left = [
            thread
            for thread in threading.enumerate()
            if thread not in before and not isinstance(thread, threading._DummyThread)
        ]
        if not left:
            return
        if time.monotonic() > give_up_at:
            pytest.fail(
                f"threads still running after the test: {[thread.name for thread in left]}", pytrace=False
            )
        left[0].join(timeout=0.05)
