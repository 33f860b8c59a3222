"""Fixtures: one private PostgreSQL a test process, one empty database a test."""

from __future__ import annotations

import os
import random
import re
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


# True: a known gap that holds fails the run, until its line is taken out.
STRICT_GAPS = os.environ.get("CONFAB_STRICT_GAPS") == "1"
GAPS = Path(__file__).parent / "known_gaps.txt"


def known_gaps() -> dict[str, str]:
    """Cases of known_gaps.txt: the test's id (after `tests/integration/`), and what falls short.

    `-*` in an id stands for an example's row counts.
    """
    found: dict[str, str] = {}
    for line in GAPS.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            test, separator, reason = line.partition(" => ")
            if not separator or not reason.strip():
                raise pytest.UsageError(f"{GAPS.name}: a line is `test id => what falls short`: {line}")
            found[test] = reason
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A known gap is run all the same: it counts as skipped while it fails, and is named once it holds."""
    gaps = known_gaps()
    for item in items:
        reason = gaps.get(re.sub(r"-(100|1000|100000)(?=[ \]])", "-*", f"{item.path.name}::{item.name}"))
        if reason:
            item.add_marker(pytest.mark.xfail(reason=reason, strict=STRICT_GAPS))


@pytest.fixture(scope="session")
def test_seed() -> int:
    return int(os.environ["CONFAB_TEST_SEED"])
