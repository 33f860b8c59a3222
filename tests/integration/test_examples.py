"""The examples, loaded into PostgreSQL from load.sql at three sizes, and read as an expert of the trade would.

rules/NAME.sql holds what must be true of examples/NAME: queries that count violations, in the directives of
support/cases.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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

# Only to ask quickly: PostgreSQL makes no index for the referring side of a key.
INDEXES = """
do $$ declare referring record; begin
    for referring in select conrelid::regclass as rows_of, string_agg(format('%I', attname), ', ') as names
                     from pg_constraint join pg_attribute on attrelid = conrelid and attnum = any (conkey)
                     where contype = 'f' and conparentid = 0 group by pg_constraint.oid, conrelid
    loop execute format('create index on %s (%s)', referring.rows_of, referring.names); end loop;
end $$;
analyze;
"""


def each_size(path: Path, rows: int, *more: object, name: str = "") -> object:
    """One work unit an example and size: a worker loads it once."""
    group = f"{path.stem}-{rows}"
    return pytest.param((path, rows), *more, id=group + name, marks=pytest.mark.xdist_group(group))


SIZES = [each_size(path, rows) for path in EXAMPLES for rows in (100, 1000, 100_000)]


@dataclass
class Kept:
    """What this worker loaded last."""

    key: tuple[Path, int] | None = None
    made: confab.Made | None = None
    database: Database | None = None

    def drop(self) -> None:
        if self.database:
            self.database.drop()
        self.key, self.made, self.database = None, None, None


@pytest.fixture(scope="session")
def kept(server: Server) -> Iterator[Kept]:
    holder = Kept()
    yield holder
    holder.drop()


@pytest.fixture(params=SIZES)
def loaded(
    request: pytest.FixtureRequest, server: Server, kept: Kept, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, int, confab.Made, Database]:
    path, rows = request.param
    if kept.key != (path, rows):
        kept.drop()
        made = confab.generate(path, tmp_path_factory.mktemp("example") / "x", "--rows", str(rows))
        database = server.create()
        kept.made, kept.database = made, database
        database.load(made.folder)
        database.run(JUDGE)
        if rows > 100:
            database.run(INDEXES)
        kept.key = (path, rows)
    assert kept.made and kept.database
    return path, rows, kept.made, kept.database


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


def rules_of(path: Path) -> Iterator[tuple[str, str]]:
    rules = cases.read(RULES / f"{path.stem}.sql")
    for kind in ("zero", "nonzero", "works", "refused"):
        yield from ((kind, text) for text in getattr(rules, kind))


@pytest.mark.parametrize(
    ("loaded", "rule"),
    [
        each_size(path, rows, (kind, text), name=f" {kind}: {text}")
        for path in EXAMPLES
        for rows in (100, 1000, 100_000)
        for kind, text in rules_of(path)
        if kind != "nonzero" or rows > 100  # shapes show only in enough rows
    ],
    indirect=["loaded"],
)
def test_rule(loaded: tuple[Path, int, confab.Made, Database], rule: tuple[str, str]) -> None:
    database = loaded[3]
    kind, text = rule
    if kind == "zero":
        assert database.value(text) == "0", "violations"
    elif kind == "nonzero":
        assert database.value(text) not in ("0", "f", ""), "not so"
    elif kind == "works":
        database.run(f"begin; {text}; rollback;")
    else:
        with pytest.raises(SqlError):
            database.run(f"begin; {text}; rollback;")


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
