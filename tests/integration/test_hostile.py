"""An uploaded DDL is somebody else's program: none of it may run when an archive is loaded.

Each piece tries something that PostgreSQL would do if the text reached it: read or write a file, run SQL hidden in a
string, call a function of the uploader's. load.sql runs as an ordinary role; before that, every file of the archive
is searched for what must not be in it.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from support import confab
from support.postgres import Database

# What is hostile, and the words that must not appear in schema.sql or load.sql.
PIECES: dict[str, tuple[str, list[str]]] = {
    "file written by a check": (
        "create table t (id integer primary key, a integer,"
        " constraint evil check (lo_export(lo_from_bytea(0, 'x'), '/tmp/confab_canary') > 0));",
        ["lo_export", "lo_from_bytea"],
    ),
    "file read by a default": (
        "create table t (id integer primary key, a text default pg_read_file('/etc/passwd'));",
        ["pg_read_file"],
    ),
    "SQL hidden in a string": (
        "create table t (id integer primary key, a text check (query_to_xml('delete from canary', true, true, '') is not null));",
        ["query_to_xml"],
    ),
    "sleeping check": ("create table t (id integer primary key check (pg_sleep(100) is null));", ["pg_sleep"]),
    "setting changed": (
        "create table t (id integer primary key, a text check (set_config('session_replication_role', 'replica', false) = 'x'));",
        ["set_config"],
    ),
    "index expression": (
        "create table t (id integer primary key, a text);\ncreate unique index i on t ((pg_read_file(a)));",
        ["pg_read_file"],
    ),
    "index condition": (
        "create table t (id integer primary key, a text);\ncreate unique index i on t (a) where pg_sleep(1) is null;",
        ["pg_sleep"],
    ),
    "domain": (
        "create domain d as text check (pg_ls_dir(value) is null);\ncreate table t (id integer primary key, a d);",
        ["pg_ls_dir"],
    ),
    "exclusion": (
        "create table t (id integer primary key, a int4range, exclude using gist (a with &&) where (pg_sleep(1) is null));",
        ["pg_sleep"],
    ),
    "attribute notation": (
        "create table t (id integer primary key, a text, constraint evil check ((t).pg_column_size > 0));",
        ["pg_column_size"],
    ),
    "function of the uploader": (
        "create function evil(integer) returns boolean language sql as 'delete from canary; select true';\n"
        "create table t (id integer primary key, a integer check (evil(a)));",
        ["evil(", "create function"],
    ),
    "operator of the uploader": (
        "create function evil(integer, integer) returns boolean language sql as 'delete from canary; select true';\n"
        "create operator public.=== (leftarg = integer, rightarg = integer, function = evil);\n"
        "create table t (id integer primary key, a integer check (a operator(public.===) 1));",
        ["evil(", "==="],
    ),
    "trigger": (
        "create table t (id integer primary key);\n"
        "create function evil() returns trigger language plpgsql as $$ begin delete from canary; return new; end $$;\n"
        "create trigger evil before insert on t for each row execute function evil();",
        ["trigger", "delete"],
    ),
    "statements between tables": (
        "create table t (id integer primary key);\ndelete from canary;\ndrop table canary;\n"
        "copy canary to program 'touch /tmp/confab_canary';\ndo $$ begin delete from canary; end $$;\n"
        "alter system set fsync = off;\ncreate extension dblink;\ncreate role evil superuser;\n"
        "alter table t add column b integer;",
        ["delete from canary", "drop table canary", "program", "alter system", "dblink", "superuser"],
    ),
    "psql commands": (
        "\\! touch /tmp/confab_canary\ncreate table t (id integer primary key);\n\\i /etc/passwd\n",
        ["\\!", "\\i /etc"],
    ),
    "psql command in a comment": (
        "create table t (id integer primary key, a text);\ncomment on table t is E'x\\n\\\\! touch /tmp/confab_canary\\n';",
        [],  # psql reads no command inside quotes: the canary is what tells
    ),
    "inherits a table that is there": (
        "create table public.t (id integer primary key) inherits (canary);",
        ["inherits"],
    ),
    "like a table that is there": (
        "create table t (like canary including all, id integer primary key);",
        ["like canary"],
    ),
    "reference to a table that is there": (
        "create table t (id integer primary key, a integer references canary);",
        ["references"],
    ),
    "catalog read": (
        "create table t (id integer primary key, a text default (current_setting('data_directory')));",
        ["current_setting"],
    ),
    "regclass": ("create table t (id integer primary key, a regclass default 'canary'::regclass);", ["'canary'"]),
    "subquery": (
        "create table t (id integer primary key, a integer check (a > (select count(*) from canary)));",
        ["canary"],
    ),
    "partition bound": (
        "create table t (id integer) partition by range (id);\n"
        "create table t1 partition of t for values from (1) to ((select count(*) from canary));",
        ["canary"],
    ),
    "name ends a string": ('create table "t\'; drop table canary; --" (id integer primary key);', ["\n; drop"]),
    "name leaves the folder": ('create table "../../../tmp/confab_canary" (id integer primary key);', []),
    "label ends a string": (
        "create type e as enum ('x''); drop table canary; --');\ncreate table t (id integer primary key, a e);",
        [],
    ),
    "default ends a string": (
        "create table t (id integer primary key, a text default E'\\'); drop table canary; --' not null);",
        [],
    ),
    "dollar quotes": (
        "create table t (id integer primary key, a text default $x$'; drop table canary; --$x$ not null);",
        [],
    ),
}

# Hostile in form only: nothing of it need be left out.
HARMLESS = {"name ends a string", "psql command in a comment", "catalog read", "regclass"}


@pytest.mark.parametrize("name", PIECES)
def test_nothing_of_it_runs(name: str, work: Path, ordinary_database: Database) -> None:
    text, forbidden = PIECES[name]
    canary = Path("/tmp/confab_canary")
    canary.unlink(missing_ok=True)
    source = work / "hostile.sql"
    source.write_text(text)
    done = confab.run(
        "generate", source, "--dialect", "postgresql", "--rows", "20", "--out", work / "x.zip", timeout=30
    )
    assert done.exit in (0, 1), done.err
    assert not canary.exists()
    if done.exit == 1:  # refused as a whole, with a reason
        assert done.err.strip() and "internal" not in done.err
        return
    made = confab.unpack(work / "x.zip", work / "x", done)
    for file in ("schema.sql", "load.sql"):
        written = (made.folder / file).read_text().lower()
        for words in forbidden:
            assert words.lower() not in written, f"{words!r} reached {file}"
    for path in made.folder.rglob("*"):
        assert path.resolve().is_relative_to(made.folder.resolve())
    ordinary_database.run("create table canary (id integer primary key); insert into canary values (1)")
    ordinary_database.load(made.folder)
    assert ordinary_database.value("select count(*) from canary") == "1"
    assert not canary.exists()
    if forbidden and name not in HARMLESS and not made.report["passed_over"]:
        left_out = made.folder / "left_out.sql"
        assert left_out.exists() or any(clause["held"] == "not enforced" for clause in made.report["clauses"])


def test_left_out_is_listed(work: Path) -> None:
    source = work / "t.sql"
    source.write_text(
        "create function ok(integer) returns boolean language sql as 'select true';\n"
        "create table t (id integer primary key, a integer not null, constraint users_own check (ok(a)));\n"
    )
    made = confab.generate(source, work / "x")
    assert "users_own" in (made.folder / "left_out.sql").read_text()
    (clause,) = (clause for clause in made.report["clauses"] if "users_own" in clause["clause"])
    assert clause["held"].replace("_", " ") == "not enforced"
    assert "ok" in clause["note"]
