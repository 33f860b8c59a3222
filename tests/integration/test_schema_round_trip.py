"""What is read from a PostgreSQL DDL and written anew means the same to PostgreSQL: its catalogs agree.

Each file of round_trip/ is loaded by psql as it is, and as the program writes it after reading and screening it.
The files use every clause that the reader understands. Indexes and keys of single partitions are made by the server,
which names them itself: they are left out of the comparison.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from support import catalog, confab
from support.postgres import Database, Server

FILES = sorted((Path(__file__).parent / "round_trip").glob("*.sql"))
EXAMPLES = sorted((confab.REPOSITORY / "examples").glob("*.ddl")) + sorted(
    (confab.REPOSITORY / "examples").glob("*.sql")
)

# DEFAULT NULL is no default; a check of a domain cannot be NOT VALID when the domain is made; a sequence that LIKE
# copies is one of the column's type here, of bigint there.
SPELLINGS = [(" := NULL::character varying", ""), (") NOT VALID", ")")]
COPIED_SEQUENCES = ("l2_i_seq", "l5_i_seq")


def written(file: Path, *dialect: str) -> str:
    probe = confab.program().parent / "schema_probe"
    done = subprocess.run([str(probe), str(file), *dialect], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout


def facts(database: Database) -> list[str]:
    partitions = {name for (name,) in database.rows("select relname from pg_class where relispartition")}
    lines = []
    for line in catalog.described(database):
        if line.startswith(("index ", "constraint ")) and any(f"{name} " in line for name in partitions):
            continue
        if any(name in line for name in COPIED_SEQUENCES):
            continue
        for spelling, plain in SPELLINGS:
            line = line.replace(spelling, plain)
        lines.append(line)
    return sorted(lines)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_catalogs_agree(file: Path, server: Server, database: Database, tmp_path: Path) -> None:
    original = server.create()
    original.run_file(file)
    script = tmp_path / "written.sql"
    script.write_text(written(file, "postgresql"), encoding="utf-8")
    database.run_file(script)
    assert facts(database) == facts(original)
    original.drop()


@pytest.mark.parametrize("file", FILES + EXAMPLES, ids=lambda file: file.stem)
def test_what_is_written_reads_the_same(file: Path, tmp_path: Path) -> None:
    script = tmp_path / "written.sql"
    first = written(file)
    script.write_text(first, encoding="utf-8")
    assert written(script, "postgresql") == first


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_what_is_written_loads(file: Path, database: Database, tmp_path: Path) -> None:
    script = tmp_path / "written.sql"
    script.write_text(written(file), encoding="utf-8")
    database.run_file(script)
    assert catalog.tables(database)
