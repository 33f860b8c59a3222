"""Property test: random schemas with random row counts, judged by PostgreSQL with every constraint on.

    CONFAB_TEST_SEED=7 pytest tests/integration/test_random_schemas.py       the same schemas again
    CONFAB_RANDOM_SCHEMAS=5000 pytest -n 2 tests/integration/test_random_schemas.py    thousands, by hand
    CONFAB_RANDOM_SECONDS=600 …                                              how long they may take in all

A schema that fails is shrunk before it is shown. What is mended becomes a file in cases/.
"""

from __future__ import annotations

import os
import random
import re
import tempfile
import time
from pathlib import Path

import pytest
from support import catalog, confab, random_schema
from support.postgres import Server, SqlError
from support.random_schema import Schema

TOTAL = int(os.environ.get("CONFAB_RANDOM_SCHEMAS", "300"))
SECONDS = float(os.environ.get("CONFAB_RANDOM_SECONDS", "150"))
CHUNK = 10
SHRINK_SECONDS = 60.0


def row_arguments(schema: Schema, choice: random.Random) -> list[str]:
    arguments = ["--rows", str(choice.choice([1, 2, 7, 40, 100, 250])), "--seed", str(choice.randrange(1 << 40))]
    return arguments


def trouble(schema: Schema, arguments: list[str], server: Server, work: Path, choice: random.Random) -> str | None:
    """What is wrong with the rows of this schema, or nothing."""
    sql = schema.sql()
    source = work / "schema.sql"
    source.write_text(sql)
    folder = Path(tempfile.mkdtemp(dir=work)) / "out"
    done = confab.run("generate", source, *arguments, "--threads", "2", "--out", folder, timeout=60)
    if done.exit:
        return f"confab: exit {done.exit}: {done.err}"
    made = confab.opened(folder, done)
    database = server.create()
    try:
        try:
            database.load(made.folder)
        except SqlError as error:
            return f"load.sql: {error}"
        ceiling = int(arguments[1])
        for table in catalog.tables(database):
            rows = database.count(f"select count(*) from {table}")
            if not 0 < rows <= ceiling or (rows < ceiling and table.removeprefix("public.") not in made.warnings):
                return f"{table}: {rows} rows instead of {ceiling}, and no warning\n{made.warnings}"
        stale = catalog.stale_sequences(database)
        if stale:
            return f"sequences that are behind: {stale}"
        if choice.random() < 0.3:
            lost = lost_clauses(sql, server, catalog.described(database))
            if lost:
                return f"not the same schema: {lost}"
    finally:
        database.drop()
    return piece_trouble(source, arguments, made, choice)


def lost_clauses(sql: str, server: Server, ours: set[str]) -> list[str]:
    original = server.create()
    try:
        original.run(sql)
        theirs = catalog.described(original)
    finally:
        original.drop()
    used = {
        line
        for line in theirs ^ ours
        if not re.match(r"(type|constraint) (public\.)?(code|colour|positive|share)\b", line)
    }
    return sorted(("- " if line in theirs else "+ ") + line for line in used)


def piece_trouble(source: Path, arguments: list[str], made: confab.Made, choice: random.Random) -> str | None:
    """One range of one table, by one thread, is what the whole has there."""
    table, file = choice.choice(sorted(made.tables().items()))
    whole = confab.records(file.read_bytes())[1:]
    start = choice.randrange(len(whole))
    end = choice.randint(start + 1, len(whole))
    bounds = f"{table}={start}:{end}"
    piece = confab.run("generate", source, *arguments, "--table", table, "--range", bounds, "--out", "-")
    if piece.exit or piece.out != b"".join(whole[start:end]):
        return f"--range {bounds} differs: exit {piece.exit} {piece.err}"
    return None


def same_kind(first: str, second: str) -> bool:
    """Is it the same failure? Numbers and names may differ."""

    def kind(text: str) -> str:
        return re.sub(r'"[^"]*"|\d+', "", text.splitlines()[0])[:40]

    return kind(first) == kind(second)


@pytest.mark.parametrize("chunk", range((TOTAL + CHUNK - 1) // CHUNK))
def test_random_schemas(chunk: int, server: Server, work: Path, test_seed: int) -> None:
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    deadline = time.monotonic() + workers * SECONDS * CHUNK / TOTAL
    for number in range(chunk * CHUNK, min((chunk + 1) * CHUNK, TOTAL)):
        if number > chunk * CHUNK and time.monotonic() > deadline:
            break  # bounded time; at least one schema a chunk
        name = f"{test_seed}/{number}"
        schema = random_schema.make(random.Random(name))
        arguments = row_arguments(schema, random.Random(f"{name} rows"))
        found = trouble(schema, arguments, server, work, random.Random(name))
        if found is None:
            continue
        first = found
        until = time.monotonic() + SHRINK_SECONDS

        def still_fails(
            smaller: Schema,
            first: str = first,
            until: float = until,
            arguments: list[str] = arguments,
            name: str = name,
        ) -> bool:
            if time.monotonic() > until:
                return False
            try:
                again = trouble(smaller, arguments, server, work, random.Random(name))
            except SqlError:
                return False  # PostgreSQL refuses the smaller schema itself
            return again is not None and same_kind(first, again)

        small = random_schema.shrink(schema, still_fails)
        found = trouble(small, arguments, server, work, random.Random(name)) or first
        pytest.fail(
            f"schema {number} of CONFAB_TEST_SEED={test_seed}: {found}\n"
            f"confab generate … {' '.join(arguments)}\n\n{small.sql()}",
            pytrace=False,
        )
