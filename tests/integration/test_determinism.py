"""The same seed gives the same bytes, whatever the machine does; another seed gives other data."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from support import confab

SHOP = """
create type state as enum ('new', 'paid', 'shipped', 'cancelled');
create table customers (
    id serial primary key, first_name varchar(40) not null, last_name varchar(40) not null,
    email varchar(80) not null unique, city text, created_at timestamp not null, score numeric(5, 2), bio text
);
create table products (
    id serial primary key, sku char(8) not null unique, title text not null,
    price numeric(8, 2) not null check (price > 0), tags text[], attributes jsonb
);
create table orders (
    id bigserial primary key, customer_id integer not null references customers, state state not null,
    placed_at timestamptz not null, shipped_at timestamptz, check (shipped_at is null or shipped_at >= placed_at)
);
create table order_lines (
    order_id bigint not null references orders, line smallint not null,
    product_id integer not null references products,
    quantity integer not null check (quantity between 1 and 20), primary key (order_id, line),
    unique (order_id, product_id)
);
"""
EXAMPLES = sorted((confab.REPOSITORY / "examples").glob("*.ddl")) + sorted(
    (confab.REPOSITORY / "examples").glob("*.sql")
)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def tables(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as opened:
        return {Path(name).stem: opened.read(name) for name in opened.namelist() if name.endswith(".csv")}


def cells(text: bytes) -> dict[str, list[str]]:
    """Columns by name, NULL told from the empty string by leaving quotes in."""
    marked = re.sub(rb'(^|[,\n])""(?=[,\n])', rb"\1<empty>", text)
    header, *rows = csv.reader(io.StringIO(marked.decode(), newline=""))
    return {name: [row[number] for row in rows] for number, name in enumerate(header)}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "shop.sql"
    path.write_text(SHOP)
    return path


@pytest.mark.parametrize("schema", [None, *EXAMPLES], ids=lambda path: path.stem if path else "shop")
def test_threads_do_not_matter(schema: Path | None, shop: Path, work: Path) -> None:
    schema = schema or shop
    sums: set[str] = set()
    folders: set[tuple[tuple[str, str], ...]] = set()
    for threads in ("1", "2", "8"):
        arguments = ("--rows", "9000", "--seed", "5", "--threads", threads)
        confab.run("generate", schema, *arguments, "--out", work / f"{threads}.zip").ok()
        confab.run("generate", schema, *arguments, "--out", work / threads).ok()
        sums.add(digest(work / f"{threads}.zip"))
        files = (path for path in sorted((work / threads).rglob("*")) if path.is_file())
        folders.add(tuple((str(path.relative_to(work / threads)), digest(path)) for path in files))
        (work / f"{threads}.zip").rename(work / "last.zip")
        shutil.rmtree(work / threads)
    assert len(sums) == 1
    assert len(folders) == 1
    inside = {name: hashlib.sha256(text).hexdigest() for name, text in tables(work / "last.zip").items()}
    assert inside == {Path(name).stem: sum for name, sum in folders.pop() if name.endswith(".csv")}


def test_runs_agree(shop: Path, work: Path) -> None:
    """No clock, no address, no environment in the bytes."""
    first = confab.run("generate", shop, "--out", work / "a.zip").ok()
    assert first.exit == 0
    moved = work / "elsewhere"
    moved.mkdir()
    shutil.copy(shop, moved / "shop.sql")
    environment = {"PATH": "/usr/bin:/bin", "TZ": "Asia/Kathmandu", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "HOME": "/"}
    subprocess.run([confab.program(), "generate", "shop.sql", "--out", "b.zip"], cwd=moved, env=environment, check=True)
    assert digest(work / "a.zip") == digest(moved / "b.zip")


def test_another_seed_gives_other_data(shop: Path, work: Path) -> None:
    made = {seed: confab.generate(shop, work / seed, "--seed", seed) for seed in ("1", "2", "18446744073709551615")}
    first, second, third = (tables(one.archive) for one in made.values())
    for table in first:
        assert first[table] != second[table] != third[table] != first[table]
    names = {seed: set(cells(tables(one.archive)["customers"])["email"]) for seed, one in made.items()}
    assert len(names["1"] & names["2"]) < 100


def test_printed_plan_gives_the_same_bytes(shop: Path, work: Path) -> None:
    arguments = ("--rows", "700", "--rows", "orders=1500", "--rows", "order_lines=3/orders", "--seed", "9")
    (work / "plan.json").write_bytes(confab.run("plan", shop, *arguments).ok().out)
    confab.run("generate", shop, *arguments, "--out", work / "a.zip").ok()
    confab.run("generate", shop, "--plan", work / "plan.json", "--out", work / "b.zip").ok()
    assert digest(work / "a.zip") == digest(work / "b.zip")
    with zipfile.ZipFile(work / "a.zip") as opened:
        inside = opened.read("plan.json")
    assert json.loads(inside) == json.loads((work / "plan.json").read_text())


@pytest.mark.parametrize("schema", [None, *EXAMPLES], ids=lambda path: path.stem if path else "shop")
def test_pieces_make_the_whole(schema: Path | None, shop: Path, work: Path, test_seed: int) -> None:
    schema = schema or shop
    choice = random.Random(f"{test_seed} pieces")
    arguments = ("--rows", "5000", "--seed", "3")
    made = confab.generate(schema, work / "whole", *arguments)
    for table, file in made.tables().items():
        whole = confab.records(file.read_bytes())
        rows = len(whole) - 1
        cuts = sorted({0, rows, *(choice.randint(0, rows) for _ in range(4))})
        pieces = [
            confab.run(
                "generate", schema, *arguments, "--table", table, "--range", f"{table}={start}:{end}", "--out", "-"
            )
            .ok()
            .out
            for start, end in zip(cuts, cuts[1:], strict=False)  # noqa: RUF007
        ]
        assert b"".join(pieces) == b"".join(whole[1:]), f"{table} cut at {cuts}"
        stream = confab.run("generate", schema, *arguments, "--table", table, "--out", "-").ok()
        assert stream.out == file.read_bytes()


def test_standard_input(shop: Path, work: Path) -> None:
    confab.run("generate", shop, "--out", work / "a.zip").ok()
    confab.run("generate", "-", "--out", work / "b.zip", stdin=shop.read_bytes()).ok()
    assert tables(work / "a.zip") == tables(work / "b.zip")


# --- names, not positions, feed the seed -----------------------------------------------------------------------------


def planned(schema: str, plan: dict, work: Path, name: str) -> dict[str, dict[str, list[str]]]:
    (work / f"{name}.sql").write_text(schema)
    (work / f"{name}.json").write_text(json.dumps(plan))
    made = confab.generate(work / f"{name}.sql", work / name, "--plan", work / f"{name}.json")
    return {table: cells(file.read_bytes()) for table, file in made.tables().items()}


def test_changes_move_nothing_else(work: Path) -> None:
    (work / "shop.sql").write_text(SHOP)
    plan = confab.run("plan", work / "shop.sql", "--rows", "800").ok().json()
    before = planned(SHOP, plan, work, "before")

    statements = re.findall(r"create .*?;\n", SHOP, flags=re.DOTALL)
    reordered_tables = planned("".join([statements[0], *statements[1:3][::-1], *statements[3:]]), plan, work, "tables")
    assert reordered_tables == before

    swapped = SHOP.replace(
        "first_name varchar(40) not null, last_name varchar(40) not null,",
        "last_name varchar(40) not null, first_name varchar(40) not null,",
    )
    assert swapped != SHOP
    assert planned(swapped, plan, work, "columns") == before

    added = SHOP.replace("city text,", "city text, nickname text,")
    wider = json.loads(json.dumps(plan))
    extra = confab.run("plan", "-", "--rows", "800", stdin=added.encode()).ok().json()
    wider["tables"]["customers"]["columns"]["nickname"] = extra["tables"]["customers"]["columns"]["nickname"]
    after = planned(added, wider, work, "added")
    assert after["customers"].pop("nickname")
    assert after == before

    with_table = (
        SHOP + "create table notes (id serial primary key, customer_id integer references customers, t text);\n"
    )
    bigger = json.loads(json.dumps(plan))
    extra = confab.run("plan", "-", "--rows", "800", stdin=with_table.encode()).ok().json()
    bigger["tables"]["notes"] = extra["tables"]["notes"]
    after = planned(with_table, bigger, work, "table")
    assert len(after.pop("notes")["id"]) == 800
    assert after == before


def test_editing_one_column_changes_that_column(work: Path) -> None:
    (work / "shop.sql").write_text(SHOP)
    plan = confab.run("plan", work / "shop.sql", "--rows", "800").ok().json()
    before = planned(SHOP, plan, work, "before")
    plan["tables"]["customers"]["columns"]["city"] = {"generator": "choice", "values": ["Paris", "Rome"]}
    after = planned(SHOP, plan, work, "after")
    assert set(after["customers"].pop("city")) == {"Paris", "Rome"}
    before["customers"].pop("city")
    assert after == before


# --- the archive -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("compress", ["none", "fast", "small"])
def test_archive_opens_everywhere(compress: str, shop: Path, work: Path) -> None:
    archive = work / "x.zip"
    confab.run("generate", shop, "--rows", "20000", "--compress", compress, "--out", archive).ok()
    expected = {
        "schema.sql", "load.sql", "plan.json", "manifest.json", "report.json",
    }  # fmt: skip
    with zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        names = set(opened.namelist())
        assert expected <= names
        manifest = json.loads(opened.read("manifest.json"))
        assert manifest["seed"] == 1 or "seed" in manifest
        assert len({info.date_time for info in opened.infolist()}) == 1
        for entry in names:
            text = json.dumps(manifest)
            if entry != "manifest.json":
                assert hashlib.sha256(opened.read(entry)).hexdigest() in text, f"{entry} is not in the manifest"
    subprocess.run(["unzip", "-tq", archive], check=True, capture_output=True)
    for folder, command in {
        "unzip": ["unzip", "-q", archive, "-d", work / "unzip"],
        "bsdtar": ["bsdtar", "-xf", archive, "-C", work / "bsdtar"],
    }.items():
        if not shutil.which(command[0]):
            pytest.fail(f"{command[0]} is missing: apt-get install unzip libarchive-tools")
        (work / folder).mkdir()
        subprocess.run(command, check=True)
        found = {path.relative_to(work / folder).as_posix() for path in (work / folder).rglob("*") if path.is_file()}
        assert found == names
        with zipfile.ZipFile(archive) as opened:
            for name in names:
                assert (work / folder / name).read_bytes() == opened.read(name)


def test_compression_changes_the_container_only(shop: Path, work: Path) -> None:
    made = {}
    for compress in ("none", "fast", "small"):
        confab.run("generate", shop, "--compress", compress, "--out", work / f"{compress}.zip").ok()
        made[compress] = tables(work / f"{compress}.zip")
    assert made["none"] == made["fast"] == made["small"]
    sizes = [(work / f"{name}.zip").stat().st_size for name in ("none", "fast", "small")]
    assert sizes[0] > sizes[1] >= sizes[2]


def test_csv_tells_null_from_empty(work: Path) -> None:
    """RFC 4180 with NULL as nothing and the empty string as two quotes."""
    (work / "t.sql").write_text(
        "create table t (id integer primary key, a text check (a in ('', 'x,y', 'q\"q', 'l\nl')));"
    )
    made = confab.generate(work / "t.sql", work / "x", "--rows", "400")
    file = made.tables()["t"]
    found = {record.split(b",", 1)[1] for record in confab.records(file.read_bytes())[1:]}
    assert found == {b"\n", b'""\n', b'"x,y"\n', b'"q""q"\n', b'"l\nl"\n'}
