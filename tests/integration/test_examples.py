"""The examples, loaded into PostgreSQL from load.sql at three sizes, and read as an expert of the trade would.

rules/NAME.sql holds what must be true of examples/NAME: queries that count violations, in the directives of
support/cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from support import cases, catalog, confab
from support.postgres import Database, Server, SqlError

RULES = Path(__file__).parent / "rules"
EXAMPLES = sorted(path for path in (confab.REPOSITORY / "examples").iterdir() if path.suffix in (".ddl", ".sql"))

# What the rules call. A function answers true where it cannot judge (NULL, another country's form).
JUDGE = r"""
create schema judge;
create function judge.letters(text) returns text language sql immutable as
$$ select regexp_replace(lower(normalize($1, nfkd)), '[^a-z]', '', 'g') $$;
-- An address is its owner's: the part before the @ shows the beginning of the first or the last name, or both initials.
create function judge.mail_fits(mail text, first_name text, last_name text) returns boolean language sql immutable as $$
    select position(left(judge.letters(last_name), 3) in judge.letters(split_part(mail, '@', 1))) > 0
        or position(left(judge.letters(first_name), 3) in judge.letters(split_part(mail, '@', 1))) > 0 $$;
create function judge.isbn13(text) returns boolean language sql immutable as $$
    select $1 ~ '^97[89][0-9]{10}$' and (
        select sum(substr($1, i, 1)::integer * case when i % 2 = 0 then 3 else 1 end) % 10 = 0
        from generate_series(1, 13) i) $$;
-- The first digit of a ZIP code says which states it can be in.
create function judge.zip_fits(zip text, state text) returns boolean language sql immutable as $$
    select zip !~ '^\d{5}' or state = any (string_to_array((array[
        'CT MA ME NH NJ RI VT PR VI NY AE', 'DE NY PA AE', 'DC MD NC SC VA WV', 'AL FL GA MS TN AA', 'IN KY MI OH',
        'IA MN MT ND SD WI', 'IL KS MO NE', 'AR LA OK TX', 'AZ CO ID NM NV UT WY TX',
        'AK CA HI OR WA AS GU MP FM MH PW AP'
    ])[left(zip, 1)::integer + 1], ' ')) $$;
"""


@pytest.fixture(scope="module", params=[(path, rows) for path in EXAMPLES for rows in (100, 1000, 100_000)],
                ids=lambda value: f"{value[0].stem}-{value[1]}")  # fmt: skip
def loaded(
    request: pytest.FixtureRequest, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Path, int, confab.Made, Database]]:
    path, rows = request.param
    made = confab.generate(path, tmp_path_factory.mktemp("example") / "x", "--rows", str(rows))
    database = server.create()
    database.load(made.folder)
    yield path, rows, made, database
    database.drop()


def test_loads_with_every_constraint(loaded: tuple[Path, int, confab.Made, Database]) -> None:
    path, rows, made, database = loaded
    assert catalog.unproven(database) == []
    assert catalog.stale_sequences(database) == []
    for table in catalog.tables(database):
        found = catalog.rows_of(database, table)
        name = table.removeprefix("public.").replace('"', "")
        assert found == rows or (0 < found < rows and name in made.warnings), f"{table}: {found} rows\n{made.warnings}"
    loose = [clause for clause in made.report["clauses"] if clause["held"].replace("_", " ") == "not enforced"]
    assert loose == []


def test_makes_sense(loaded: tuple[Path, int, confab.Made, Database]) -> None:
    path, rows, _made, database = loaded
    rules = cases.read(RULES / f"{path.stem}.sql")
    database.run(JUDGE)
    broken: list[str] = []
    for query in rules.zero:
        found = database.value(query)
        if found != "0":
            broken.append(f"{found} violations: {query}")
    if rows > 100:  # shapes show only in enough rows
        broken += [f"not so: {query}" for query in rules.nonzero if database.value(query) in ("0", "f", "")]
    for statement in rules.works:
        try:
            database.run(f"begin; {statement}; rollback;")
        except SqlError as error:
            broken.append(str(error))
    for statement in rules.refused:
        with pytest.raises(SqlError):
            database.run(f"begin; {statement}; rollback;")
    assert broken == [], "\n" + "\n".join(broken)


def test_schema_alone_loads(loaded: tuple[Path, int, confab.Made, Database], server: Server) -> None:
    """schema.sql is the whole schema: it makes what load.sql makes."""
    _path, rows, made, database = loaded
    if rows != 100:
        return
    empty = server.create()
    try:
        empty.run_file(made.folder / "schema.sql")
        assert catalog.described(empty) == {line for line in catalog.described(database) if "judge" not in line}
    finally:
        empty.drop()


def test_nulls_are_believable(loaded: tuple[Path, int, confab.Made, Database]) -> None:
    """A nullable column is never all NULL; not all of them have one share."""
    _path, rows, _made, database = loaded
    if rows < 1000:
        return
    shares: list[float] = []
    for table in catalog.tables(database):
        columns = [
            name
            for (name,) in database.rows(
                f"select format('%I', attname) from pg_attribute where attrelid = '{table}'::regclass"
                " and attnum > 0 and not attisdropped and not attnotnull"
            )
        ]
        if not columns:
            continue
        counts = ", ".join(f"count({column})" for column in columns)
        (row,) = database.rows(f"select count(*), {counts} from {table}")
        total = int(row[0])
        for column, filled in zip(columns, row[1:], strict=True):
            assert total < 50 or int(filled) > 0, f"{table}.{column} is all NULL"
            shares.append(1 - int(filled) / total)
    assert len({round(share, 2) for share in shares}) >= min(3, len(shares))
