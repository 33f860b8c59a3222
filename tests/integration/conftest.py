"""Fixtures: one private PostgreSQL a test process, one empty database a test."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support.postgres import ORDINARY, Database, Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with Server() as running:
        yield running


@pytest.fixture
def database(server: Server) -> Iterator[Database]:
    """Empty, owned by the superuser (extensions can be made)."""
    made = server.create()
    yield made
    made.drop()


@pytest.fixture
def ordinary_database(server: Server) -> Iterator[Database]:
    """Empty, owned and used by a role without any right outside it."""
    made = server.create(ORDINARY)
    yield made
    made.drop()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path


def pytest_configure(config: pytest.Config) -> None:
    """One seed a run, printed, the same in every worker process: CONFAB_TEST_SEED repeats a run."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # fixtures still stop their servers
    os.environ.setdefault("CONFAB_TEST_SEED", str(random.SystemRandom().randrange(1 << 31)))


def pytest_report_header(config: pytest.Config) -> str:
    return f"CONFAB_TEST_SEED={os.environ['CONFAB_TEST_SEED']}"


@pytest.fixture(scope="session")
def test_seed() -> int:
    return int(os.environ["CONFAB_TEST_SEED"])
