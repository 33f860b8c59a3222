"""Bad input: a message that says what, where and what to do, exit status 1 (2 for wrong usage), nothing left behind."""

from __future__ import annotations

import base64
import os
import pty
import pwd
import re
import resource
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from support import confab

GOOD = "create table t (id integer primary key, name text not null);\n"
MANY_ROWS = "50000000"
MAXIMUM_SECONDS = 60  # a busy machine is slow; a hang is a hang

# A picture of one pixel.
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def attempt(work: Path, schema: bytes | str, *arguments: str, expected_exit: int = 1) -> str:
    """Generates from a bad schema; answers the message after the checks that every failure must pass."""
    source = work / "bad.sql"
    source.write_bytes(schema if isinstance(schema, bytes) else schema.encode())
    out = work / "out"
    out.mkdir(exist_ok=True)
    done = confab.run("generate", source, *arguments, "--out", out / "x.zip", timeout=MAXIMUM_SECONDS)
    assert done.exit == expected_exit, f"exit {done.exit}: {done.err[:2000]}"
    assert list(out.iterdir()) == [], "something was left behind"
    assert done.out == b""
    assert done.err.strip()
    assert len(done.err) < 20_000, "a message is to be read by a person"
    assert "internal" not in done.err.lower()
    return done.err


def mentions(message: str, *texts: str) -> None:
    for text in texts:
        assert re.search(text, message, re.IGNORECASE), f"{text!r} is not in {message!r}"


TEXTS: dict[str, tuple[bytes | str, list[str]]] = {
    "empty file": (b"", ["bad.sql", "empty|no CREATE TABLE"]),
    "white space only": (b" \n\t\n", ["bad.sql", "empty|no CREATE TABLE"]),
    "comments only": ("-- nothing\n/* here */\n", ["bad.sql", "CREATE TABLE"]),
    "binary": (bytes(range(256)) * 8, ["bad.sql", "text"]),
    "a picture": (PNG, ["bad.sql", "PNG|image|picture|binary"]),
    "a zip archive": (b"PK\x03\x04" + bytes(64), ["bad.sql", "text|binary|archive"]),
    "broken UTF-8": (b"create table t (\n  id integer, n\xff\xfeame text);", ["bad.sql:2", "UTF-8"]),
    "a NUL in the text": (
        b"create table t (id integer);\0create table u (id integer);",
        ["bad.sql", "NUL|binary|zero"],
    ),
    "half an UTF-16 character": ("create table t (id integer);".encode("utf-16") + b"\x00", ["bad.sql", "UTF-16"]),
    "syntax error": ("create table t (\n  id integer,,\n  b text\n);", [r"bad\.sql:2:14", r"\^", "id integer,,"]),
    "statement not ended": ("create table t (id integer", [r"bad\.sql:1", r"\^"]),
    "quote not closed": ("create table t (a text default 'x);\n", [r"bad\.sql:1", "quote|string|unterminated"]),
    "comment not closed": ("/* create table t (a text);\n", [r"bad\.sql:1", "comment"]),
    "no CREATE TABLE": ("select 1;\ncreate view v as select 1;", ["CREATE TABLE"]),
    "prose": ("Dear Sir or Madam, please find attached my schema.", ["bad.sql"]),
    "JSON": ('{"tables": []}', ["bad.sql"]),
    "foreign key to no table": (
        "create table t (\n  id integer primary key,\n  a integer references nowhere (id)\n);",
        ["nowhere", r"bad\.sql:3"],
    ),
    "foreign key to a misspelt table": (
        "create table customers (id integer primary key);\n" "create table t (a integer references custmers (id));",
        ["custmers", "customers", r"bad\.sql:2"],
    ),
    "foreign key to no column": (
        "create table p (id integer primary key);\ncreate table t (a integer references p (ident));",
        ["ident", r"\bp\b", r"bad\.sql:2"],
    ),
    "foreign key of no column": (
        "create table p (id integer primary key);\ncreate table t (a integer, foreign key (b) references p);",
        ["b", r"bad\.sql:2"],
    ),
    "foreign key to a column that is not unique": (
        "create table p (id integer primary key, n integer);\ncreate table t (a integer references p (n));",
        [r"\bn\b", "unique", r"bad\.sql:2"],
    ),
    "foreign key to a table without a primary key": (
        "create table p (id integer);\ncreate table t (a integer references p);",
        ["primary key", r"\bp\b", r"bad\.sql:2"],
    ),
    "foreign key with too few columns": (
        "create table p (a integer, b integer, primary key (a, b));\n"
        "create table t (a integer, b integer, foreign key (a) references p);",
        [r"bad\.sql:2", "1|one", "2|two"],
    ),
    "two tables of one name": (
        "create table t (id integer);\ncreate table T (id integer);",
        ['"?t"?', "twice|already|two", r"bad\.sql:2"],
    ),
    "two columns of one name": ("create table t (id integer,\n id text);", ["id", r"bad\.sql:2", "twice|already|two"]),
    "primary key of no column": ("create table t (id integer, primary key (ident));", ["ident", r"bad\.sql:1"]),
    "two primary keys": ("create table t (a integer primary key, b integer primary key);", ["primary key"]),
    "check of no column": ("create table t (a integer, check (b > 0));", [r"\bb\b", r"bad\.sql:1"]),
    "unknown type": ("create table t (\n  a integer,\n  b intger not null);", ["intger", r"\bb\b", r"bad\.sql:3"]),
    "unknown type of an extension": (
        "create table t (id serial, shape geometry(Point, 4326) not null);",
        ["geometry", "shape", "plan"],
    ),
    "check that nothing satisfies": (
        "create table t (a integer not null, constraint never check (a > 5 and a < 5));",
        ["never", r"\bt\b"],
    ),
    "checks that exclude each other": (
        "create table t (a integer not null, constraint low check (a < 5), constraint high check (a > 5));",
        ["low|high", r"\bt\b"],
    ),
    "checks on two columns that exclude each other": (
        "create table t (a integer not null, b integer not null,"
        " constraint less check (a < b), constraint more check (a > b));",
        ["less|more", r"\bt\b"],
    ),
    "check that is false": ("create table t (a integer, constraint no check (false));", ["no", r"\bt\b"]),
    "list outside the type": (
        "create table t (a smallint not null constraint big check (a > 40000));",
        ["big", r"\bt\b"],
    ),
    "text too short for its check": (
        "create table t (a varchar(3) not null constraint long check (length(a) > 5));",
        ["long", r"\bt\b"],
    ),
    "domain that nothing satisfies": (
        "create domain d as integer check (value > 1) check (value < 0);\ncreate table t (a d not null);",
        [r"\bt\b|\bd\b"],
    ),
    "enum without labels": ("create type e as enum ();\ncreate table t (a e not null);", [r"\be\b"]),
    "a newline in a table's name": ('create table "a\nb" (id integer);', ["control|newline|line break"]),
    "psql command in a table's name": (
        'create table "a\n\\! touch /tmp/confab_canary\n" (id integer);',
        ["control|newline|line break"],
    ),
    "a tab in a column's name": ('create table t ("a\tb" integer);', ["control|tab"]),
    "an empty name": ('create table "" (id integer);', ["name|zero-length|empty"]),
    "too many columns": (
        f"create table t ({', '.join(f'c{number} integer' for number in range(1601))});",
        ["1,?600", r"\bt\b"],
    ),
    "deep nesting": (f"create table t (a integer check ({'(' * 10_000}a > 0{')' * 10_000}));", ["deep|nest|long"]),
    "deep nesting of CASE": (
        f"create table t (a integer check ({'case when true then ' * 5000}true{' end' * 5000}));",
        ["deep|nest|long"],
    ),
    "deep nesting outside of tables": (f"{GOOD}select {'(' * 50_000}1{')' * 50_000};", ["."]),
    "a long chain": (f"create table t (a integer check (a < {'+'.join(['1'] * 200_000)}));", ["deep|nest|long"]),
    "a long chain of NOT": (f"create table t (a boolean check ({'not ' * 100_000}a));", ["deep|nest|long"]),
    "a long chain of minus": (f"create table t (a integer check (a > {'- ' * 100_000}1));", ["deep|nest|long"]),
    "a long chain of AND": (
        f"create table t (a integer check ({' and '.join(['a > 0'] * 100_000)}));",
        ["deep|nest|long"],
    ),
    "deep arrays": (f"create table t (a integer default {'array[' * 20_000}1{']' * 20_000});", ["deep|nest|long"]),
}
# What has nothing to do with rows may be passed over, however deep it is.
MAY_PASS = {"deep nesting outside of tables"}


@pytest.mark.parametrize("name", TEXTS)
def test_schema(name: str, work: Path) -> None:
    text, expected = TEXTS[name]
    if name in MAY_PASS:
        source = work / "deep.sql"
        source.write_bytes(text if isinstance(text, bytes) else text.encode())
        assert confab.run("generate", source, "--out", work / "x.zip", timeout=MAXIMUM_SECONDS).exit in (0, 1)
        return
    mentions(attempt(work, text), *expected)
    assert not Path("/tmp/confab_canary").exists()


def test_fifty_megabytes_of_statements(work: Path) -> None:
    """Large and valid: read, or refused with its limit; never a crash or a hang."""
    statement = b"insert into t values (1, 'some text that is of no use to anybody');\n"
    source = work / "large.sql"
    source.write_bytes(GOOD.encode() + statement * (50_000_000 // len(statement)))
    done = confab.run("generate", source, "--rows", "10", "--out", work / "x.zip", timeout=60)
    assert done.exit in (0, 1), done.err
    if done.exit == 1:
        mentions(done.err, "large.sql", "MB|MiB|large|bytes")


def test_fifty_megabytes_in_one_statement(work: Path) -> None:
    text = b"create table t (a text default '" + b"x" * 50_000_000 + b"');"
    mentions(attempt(work, text), "bad.sql")


def test_a_hundred_megabytes(work: Path) -> None:
    mentions(attempt(work, GOOD.encode() + b"-- comment\n" * 10_000_000), "bad.sql", "MB|MiB|large|bytes")


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_other_codings_are_read(coding: str, work: Path) -> None:
    text = 'create table "größe" (id integer primary key, "naïve" text not null check ("naïve" in (\'ä\', \'日本\')));'
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(coding, b"")
    source = work / "coded.sql"
    source.write_bytes(mark + text.encode(coding))
    made = confab.generate(source, work / "x", "--rows", "20")
    file = made.tables()["größe"]
    header, *rows = file.read_text(encoding="utf-8").splitlines()
    assert header == "id,naïve"
    assert {row.split(",")[1] for row in rows} <= {"ä", "日本"}


def test_line_ends_and_mark_do_not_matter(work: Path) -> None:
    text = "create table t (\n  id integer primary key,\n  name text not null default 'x'\n);\n"
    (work / "a").mkdir()
    (work / "b").mkdir()
    (work / "a" / "s.sql").write_bytes(text.encode())
    (work / "b" / "s.sql").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    first = confab.run("generate", work / "a" / "s.sql", "--table", "t", "--out", "-").ok()
    second = confab.run("generate", work / "b" / "s.sql", "--table", "t", "--out", "-").ok()
    assert first.out == second.out


def test_missing_file(work: Path) -> None:
    done = confab.run("generate", work / "nothing.sql", "--out", work / "x.zip")
    assert done.exit == 1
    mentions(done.err, "nothing.sql", "no such file|not found|does not exist")


def test_folder_instead_of_a_file(work: Path) -> None:
    done = confab.run("generate", work, "--out", work / "x.zip")
    assert done.exit == 1
    mentions(done.err, "directory|folder")


@pytest.mark.parametrize("count", ["0", "-1", "1e3", "99999999999999999999999", "ten", "", "1.5", "0x10", " 5 6"])
def test_row_counts(count: str, work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    for option in ([f"--rows={count}"], [f"--rows=t={count}"]):
        done = confab.run("generate", source, *option, "--out", work / "x.zip")
        assert done.exit == 2, done.err
        mentions(done.err, "rows")
        assert sorted(path.name for path in work.iterdir()) == ["t.sql"]


@pytest.mark.parametrize("count", ["9223372036854775807", "9223372036854775808"])
def test_more_rows_than_there_can_be(count: str, work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    done = confab.run("generate", source, "--rows", f"t={count}", "--out", work / "x.zip", timeout=MAXIMUM_SECONDS)
    assert done.exit in (1, 2)
    mentions(done.err, r"\bt\b", "asked|rows")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--rows", "orders=5"], ["orders", r"\bt\b"]),
        (["--tables", "t,nothing"], ["nothing"]),
        (["--rows", "t=3/nothing"], ["nothing"]),
        (["--dialect", "klingon"], ["klingon", "mysql"]),
        (["--locale", "xx_XX"], ["xx_XX", "en_US"]),
        (["--as-of", "2025-02-30"], ["2025-02-30"]),
        (["--as-of", "yesterday"], ["yesterday"]),
        (["--seed", "abc"], ["seed"]),
        (["--threads", "0"], ["threads"]),
        (["--threads", "-3"], ["threads"]),
        (["--compress", "best"], ["compress", "small"]),
        (["--plan", "nothing.json"], ["nothing.json"]),
        (["--no-such-option"], ["no-such-option"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_options(arguments: list[str], expected: list[str], work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    done = confab.run("generate", source, *arguments, "--out", work / "x.zip")
    assert done.exit in (1, 2)
    mentions(done.err, *expected)
    assert sorted(path.name for path in work.iterdir()) == ["t.sql"]


@pytest.mark.parametrize(
    "bounds", ["t=5:3", "t=-1:3", "t=0:101", "t=a:b", "t=0", "nothing=0:5", "t=0:99999999999999999999"]
)
def test_ranges(bounds: str, work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    done = confab.run("generate", source, "--rows", "100", "--table", "t", "--range", bounds, "--out", "-")
    assert done.exit in (1, 2)
    assert done.out == b""
    mentions(done.err, "range|nothing")


def test_usage() -> None:
    assert confab.run().exit == 2
    assert confab.run("fabricate").exit == 2
    assert confab.run("generate").exit == 2
    for arguments in (["--help"], ["generate", "--help"], ["plan", "--help"], ["report", "--help"]):
        shown = confab.run(*arguments).ok()
        assert b"confab" in shown.out.lower()
    mentions(confab.run("generate", "--help").out.decode(), "example")


PLANS: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "not JSON": (lambda plan: "{", [r"plan\.json"]),
    "empty": (lambda plan: "", [r"plan\.json"]),
    "a list": (lambda plan: "[]", [r"plan\.json", "object"]),
    "binary": (lambda plan: "\x00\x01\x02", [r"plan\.json"]),
    "unknown key": (lambda plan: plan.replace('"tables"', '"tabels"', 1), ["tabels", "tables"]),
    "unknown table": (lambda plan: plan.replace('"t":', '"orders":', 1), ["orders"]),
    "unknown column": (lambda plan: plan.replace('"name":', '"nmae":', 1), ["nmae", "name"]),
    "unknown generator": (
        lambda plan: re.sub(r'("generator": *)"[a-z_]+"', r'\1"seqence"', plan, count=1),
        ["seqence", "sequence"],
    ),
    "deep JSON": (lambda plan: "[" * 200_000 + "]" * 200_000, [r"plan\.json"]),
}


@pytest.mark.parametrize("name", PLANS)
def test_plans(name: str, work: Path) -> None:
    change, expected = PLANS[name]
    source = work / "t.sql"
    source.write_text(GOOD)
    plan = confab.run("plan", source).ok().out.decode()
    (work / "plan.json").write_text(change(plan))
    done = confab.run("generate", source, "--plan", work / "plan.json", "--out", work / "x.zip")
    assert done.exit == 1, done.err
    mentions(done.err, *expected)
    assert not (work / "x.zip").exists()


def test_plan_for_another_schema(work: Path) -> None:
    (work / "one.sql").write_text(GOOD)
    (work / "other.sql").write_text("create table orders (number integer primary key, placed date);")
    (work / "plan.json").write_bytes(confab.run("plan", work / "other.sql").ok().out)
    done = confab.run("generate", work / "one.sql", "--plan", work / "plan.json", "--out", work / "x.zip")
    assert done.exit == 1
    mentions(done.err, "orders", "plan")
    assert not (work / "x.zip").exists()


# --- the machine says no ---------------------------------------------------------------------------------------------


def test_never_overwrites_without_force(work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    out = work / "x.zip"
    out.write_bytes(b"precious")
    done = confab.run("generate", source, "--out", out)
    assert done.exit == 1
    mentions(done.err, "exists", "--force")
    assert out.read_bytes() == b"precious"
    confab.run("generate", source, "--out", out, "--force").ok()
    assert out.read_bytes().startswith(b"PK")
    folder = work / "folder"
    folder.mkdir()
    (folder / "mine.txt").write_text("precious")
    assert confab.run("generate", source, "--out", folder).exit == 1
    assert (folder / "mine.txt").read_text() == "precious"
    assert sorted(path.name for path in work.iterdir()) == ["folder", "t.sql", "x.zip"]


@pytest.mark.parametrize("target", ["x.zip", "folder"])
def test_full_disk(target: str, work: Path) -> None:
    """The largest file is limited, which is what a full disk looks like to a program that writes."""
    source = work / "t.sql"
    source.write_text(GOOD)
    out = work / "out"
    out.mkdir()

    def limited() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = subprocess.run(
        [confab.program(), "generate", source, "--rows", "200000", "--out", out / target],
        capture_output=True,
        text=True,
        preexec_fn=limited,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    mentions(done.stderr, "space|too large|full|write")
    assert list(out.iterdir()) == []


@pytest.mark.skipif(os.geteuid() != 0, reason="mounting needs root")
@pytest.mark.parametrize("target", ["x.zip", "folder"])
def test_full_file_system(target: str, work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    out = work / "small"
    out.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", out], capture_output=True, text=True)
    if mounted.returncode:
        pytest.skip(f"no right to mount: {mounted.stderr.strip()}")
    try:
        done = confab.run("generate", source, "--rows", "200000", "--out", out / target)
        left = list(out.iterdir())
    finally:
        subprocess.run(["umount", out], check=True)
    assert done.exit == 1
    mentions(done.err, "space|full")
    assert left == []


def test_full_device(work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [confab.program(), "generate", source, "--rows", "100000", "--table", "t", "--out", "-"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=60,
        )
    assert done.returncode == 1
    mentions(done.stderr, "space|full")


def _as_nobody() -> Callable[[], None] | None:
    if os.geteuid() != 0:
        return None
    nobody = pwd.getpwnam("nobody")

    def change() -> None:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    return change


def test_folder_that_cannot_be_written() -> None:
    """As an ordinary user: root may write anywhere. /proc refuses everybody."""
    done = subprocess.run(
        [confab.program(), "generate", "-", "--out", "/proc/x.zip"], input=GOOD, capture_output=True, text=True
    )
    assert done.returncode == 1
    mentions(done.stderr, "/proc")
    done = subprocess.run(
        [confab.program(), "generate", "-", "--out", "/nowhere/at/all/x.zip"],
        input=GOOD,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    mentions(done.stderr, "/nowhere/at/all")
    assert not Path("/nowhere").exists()


def test_folder_of_somebody_else(work: Path) -> None:
    locked = work / "locked"
    locked.mkdir()
    locked.chmod(0o500)
    readable = os.geteuid() != 0 or _reachable(confab.program())
    if not readable:
        pytest.skip("the program lies in a folder that user nobody cannot enter")
    out = locked / "x.zip" if os.geteuid() != 0 else Path("/root_only_confab_test.zip")
    done = subprocess.run(
        [confab.program(), "generate", "-", "--out", out],
        input=GOOD,
        capture_output=True,
        text=True,
        preexec_fn=_as_nobody(),
        cwd="/",
    )
    assert done.returncode == 1, done.stderr
    mentions(done.stderr, re.escape(str(out.parent)), "permission")
    assert not out.exists()


def _reachable(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in path.parents)


def test_reader_that_closes_the_pipe(work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    running = subprocess.Popen(
        [confab.program(), "generate", source, "--rows", MANY_ROWS, "--table", "t", "--out", "-"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert running.stdout and running.stderr
    assert running.stdout.readline() == b"id,name\n"
    running.stdout.close()
    assert running.wait(timeout=10) in (0, 1, -signal.SIGPIPE)
    assert b"internal" not in running.stderr.read().lower()
    running.stderr.close()


@pytest.mark.parametrize("target", ["x.zip", "folder"])
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_stopped_within_a_second(target: str, sent: signal.Signals, work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    out = work / "out"
    out.mkdir()
    running = subprocess.Popen(
        [confab.program(), "generate", source, "--rows", "2000000000", "--out", out / target],
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(0.7)
    assert running.poll() is None, running.communicate()[1]
    begin = time.monotonic()
    running.send_signal(sent)
    _, message = running.communicate(timeout=10)
    assert time.monotonic() - begin < 1.5
    assert running.returncode in (1, 128 + sent, -sent), message
    assert list(out.iterdir()) == []


def test_killed_leaves_nothing_under_the_name(work: Path) -> None:
    """SIGKILL cannot be caught: what is half written never has the name that was asked for."""
    source = work / "t.sql"
    source.write_text(GOOD)
    out = work / "out"
    out.mkdir()
    running = subprocess.Popen(
        [confab.program(), "generate", source, "--rows", "2000000000", "--out", out / "x.zip"],
        stderr=subprocess.DEVNULL,
    )
    time.sleep(0.5)
    running.kill()
    running.wait()
    assert not (out / "x.zip").exists()
    confab.run("generate", source, "--rows", "10", "--out", out / "x.zip").ok()
    assert (out / "x.zip").exists()


def test_progress_on_a_terminal_only(work: Path) -> None:
    source = work / "t.sql"
    source.write_text(GOOD)
    command = [str(confab.program()), "generate", str(source), "--rows", "3000000", "--out", str(work / "x.zip")]
    master, slave = pty.openpty()
    running = subprocess.Popen(command, stderr=slave, stdout=subprocess.DEVNULL)
    os.close(slave)
    shown = b""
    try:
        while chunk := os.read(master, 4096):
            shown += chunk
    except OSError:  # the terminal is closed when the program ends
        pass
    os.close(master)
    assert running.wait() == 0
    assert b"\r" in shown and b"rows" in shown
    piped = subprocess.run([*command, "--force"], capture_output=True)
    assert piped.returncode == 0
    assert b"\r" not in piped.stderr
    quiet = subprocess.run([*command, "--force", "--quiet"], capture_output=True)
    assert (quiet.returncode, quiet.stderr) == (0, b"")
