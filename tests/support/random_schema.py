"""Random schemas that PostgreSQL accepts and that some rows satisfy: key shapes, circles, shared columns, checks,
types, domains, partitions, exclusions.

    schema = make(random.Random(7))
    schema.sql()            the DDL
    schema.without(piece)   the same with one piece, and what stands on it, taken away: how a failure is shrunk

A schema is a list of pieces (a type, a table, a column, a constraint, an index), each with the names that it needs.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Piece:
    name: str
    sql: str
    table: str | None = None  # a line of that table; None = a statement
    needs: frozenset[str] = frozenset()
    after: bool = False  # a statement that follows the tables


@dataclass
class Schema:
    pieces: list[Piece] = field(default_factory=list)

    def sql(self) -> str:
        lines: list[str] = []
        for piece in self.pieces:
            if piece.table is None and not piece.after:
                if "{lines}" in piece.sql:
                    inside = ",\n    ".join(inner.sql for inner in self.pieces if inner.table == piece.name)
                    lines.append(piece.sql.replace("{lines}", f"\n    {inside}\n" if inside else ""))
                else:
                    lines.append(piece.sql)
        lines += [piece.sql for piece in self.pieces if piece.after]
        return ";\n".join(lines) + ";\n"

    def without(self, name: str) -> Schema:
        gone = {name}
        while True:
            more = {p.name for p in self.pieces if p.name not in gone and (p.needs & gone or p.table in gone)}
            if not more:
                return Schema([piece for piece in self.pieces if piece.name not in gone])
            gone |= more

    def tables(self) -> list[str]:
        return [piece.name for piece in self.pieces if "{lines}" in piece.sql]


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    not_null: bool


@dataclass(frozen=True)
class Key:
    columns: tuple[Column, ...]


@dataclass
class Table:
    name: str
    columns: list[Column] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    free: bool = True  # any number of rows fits


PLAIN = [
    "integer", "smallint", "bigint", "numeric(8, 2)", "numeric", "real", "double precision", "text", "varchar(30)",
    "varchar(6)", "char(4)", "boolean", "date", "timestamp", "timestamptz(0)", "time", "interval", "uuid", "bytea",
    "jsonb", "inet", "macaddr", "bit(6)", "int4range", "tstzrange", "integer[]", "text[]", "point", "money", "colour",
    "positive", "code", "share",
]  # fmt: skip
KEYED = ["integer", "bigint", "uuid", "varchar(20)", "text", "date", "timestamp", "numeric(9, 2)", "code", "smallint"]
SMALL = ["smallint", "boolean", "colour", "char(1)", "date", "integer"]
PRELUDE = [
    Piece("colour", "create type colour as enum ('red', 'dark green', 'it''s blue', 'a,b')"),
    Piece("positive", "create domain positive as integer check (value > 0)"),
    Piece("code", "create domain code as varchar(8) check (value ~ '^[A-Z]{2}[0-9]{3,5}$')"),
    Piece("share", "create domain share as numeric(5, 2) not null check (value between 0 and 100)"),
]
DOMAINS = {"colour", "positive", "code", "share"}
NAMES = ["amount", "status", "title", "email", "created_at", "note", "rank", "country", "value", "flag", "Mixed Case"]


def _quoted(name: str) -> str:
    return name if name.replace("_", "").isalnum() and name == name.lower() else '"' + name.replace('"', '""') + '"'


class _Maker:
    def __init__(self, choice: random.Random) -> None:
        self.choice = choice
        self.schema = Schema(list(PRELUDE))
        self.made: list[Table] = []
        self.key_pieces: dict[tuple[str, tuple[str, ...]], str] = {}  # (table, columns) → the piece that makes the key
        self.numbers: Iterator[int] = iter(range(10**6))

    def unique_name(self, prefix: str) -> str:
        return f"{prefix}{next(self.numbers)}"

    def chance(self, share: float) -> bool:
        return self.choice.random() < share

    def make(self) -> Schema:
        for _ in range(self.choice.randint(1, 5)):
            kind = self.choice.choices(
                [self.ordinary_table, self.junction, self.tenants, self.partitioned, self.booking], [10, 2, 2, 2, 1]
            )[0]
            kind()
        for _ in range(self.choice.choices([0, 1, 2], [5, 3, 1])[0]):
            self.late_reference()
        return self.schema

    # --- pieces ------------------------------------------------------------------------------------------------------

    def table(self, suffix: str = "") -> Table:
        table = Table(self.unique_name("t"))
        self.schema.pieces.append(Piece(table.name, f"create table {table.name} ({{lines}}){suffix}"))
        self.made.append(table)
        return table

    def column(self, table: Table, type_name: str, not_null: bool | None = None, extra: str = "") -> Column:
        if not_null is None:
            not_null = self.chance(0.5)
        base = self.choice.choice(NAMES)
        name = _quoted(f"{base}{next(self.numbers)}")
        column = Column(name, type_name, not_null)
        needs = {type_name} if type_name in DOMAINS else set()
        sql = f"{name} {type_name}{' not null' if not_null else ''}{extra}"
        self.schema.pieces.append(Piece(f"{table.name}.{name}", sql, table.name, frozenset(needs)))
        table.columns.append(column)
        return column

    def clause(self, table: Table, sql: str, columns: list[Column], needs: set[str] | None = None) -> Piece:
        name = self.unique_name("c")
        used = {f"{table.name}.{column.name}" for column in columns} | (needs or set())
        piece = Piece(f"{table.name}:{name}", f"constraint {name} {sql}", table.name, frozenset(used))
        self.schema.pieces.append(piece)
        return piece

    def statement(self, table: Table, sql: str, columns: list[Column], needs: set[str] | None = None) -> Piece:
        used = {table.name} | {f"{table.name}.{column.name}" for column in columns} | (needs or set())
        piece = Piece(self.unique_name("s"), sql, None, frozenset(used), after=True)
        self.schema.pieces.append(piece)
        return piece

    def key(self, table: Table, columns: list[Column], word: str) -> None:
        names = ", ".join(column.name for column in columns)
        piece = self.clause(table, f"{word} ({names})", columns)
        as_key = tuple(columns)
        table.keys.append(Key(as_key))
        # References to this key need it.
        self.key_pieces[(table.name, tuple(column.name for column in columns))] = piece.name

    def reference(self, table: Table, parent: Table, key: Key, columns: list[Column], *, late: bool = False) -> None:
        extra = self.choice.choice(["", "", " on delete cascade", " deferrable initially deferred"])
        if len(columns) > 1 and self.chance(0.3):
            extra = " match full" + extra
        theirs = ", ".join(column.name for column in key.columns)
        ours = ", ".join(column.name for column in columns)
        sql = f"foreign key ({ours}) references {parent.name} ({theirs}){extra}"
        needs = {parent.name, self.key_pieces[(parent.name, tuple(column.name for column in key.columns))]}
        needs |= {f"{parent.name}.{column.name}" for column in key.columns}
        if late:
            self.statement(
                table, f"alter table {table.name} add constraint {self.unique_name('f')} {sql}", columns, needs
            )
        else:
            self.clause(table, sql, columns, needs)

    def primary_key(self, table: Table) -> None:
        shape = self.choice.choice(["serial", "serial", "identity", "plain", "plain", "composite", "none"])
        if shape == "serial":
            self.key(table, [self.column(table, self.choice.choice(["serial", "bigserial"]), True)], "primary key")
        elif shape == "identity":
            kind = self.choice.choice(["always", "by default"])
            start = self.choice.choice(["", " (start with 100 increment by 7)"])
            extra = f" generated {kind} as identity{start}"
            self.key(table, [self.column(table, "integer", False, extra)], "primary key")
        elif shape == "plain":
            self.key(table, [self.column(table, self.choice.choice(KEYED), True)], "primary key")
        elif shape == "composite":
            parts = [
                self.column(table, self.choice.choice([*KEYED, *SMALL]), True) for _ in range(self.choice.randint(2, 3))
            ]
            self.key(table, parts, "primary key")
            table.free = False

    def foreign_keys(self, table: Table, share_unique: float = 0.15) -> list[Column]:
        all_columns: list[Column] = []
        for _ in range(self.choice.choices([0, 1, 2], [3, 5, 2])[0]):
            parents = [parent for parent in self.made if parent.keys]
            if not parents:
                break
            parent = self.choice.choice(parents)
            if parent is table and self.chance(0.5):
                continue
            key = self.choice.choice(parent.keys)
            not_null = self.chance(0.5) and parent is not table
            columns = [self.column(table, _stored(column.type), not_null) for column in key.columns]
            self.reference(table, parent, key, columns)
            all_columns += columns
            if self.chance(share_unique):
                self.key(table, columns, "unique")
                table.free = False
        return all_columns

    # --- tables ------------------------------------------------------------------------------------------------------

    def ordinary_table(self) -> None:
        table = self.table()
        self.primary_key(table)
        referring = self.foreign_keys(table)
        plain = [self.column(table, self.choice.choice(PLAIN)) for _ in range(self.choice.randint(0, 6))]
        if self.chance(0.3):
            extra = self.choice.choice([" unique", " unique nulls not distinct"])
            self.column(table, self.choice.choice(KEYED), None, extra)
            table.free = False
        if len(table.columns) > 2 and self.chance(0.25):
            usable = [c for c in table.columns if c.type in {*KEYED, *SMALL} or c in referring]
            if len(usable) >= 2:
                self.key(
                    table, self.choice.sample(usable, 2), self.choice.choice(["unique", "unique nulls not distinct"])
                )
                table.free = False
        if self.chance(0.2):
            self.partial_index(table)
        for _ in range(self.choice.choices([0, 1, 2, 3], [3, 4, 2, 1])[0]):
            self.check(table)
        if self.chance(0.2):
            self.generated(table, plain)

    def partial_index(self, table: Table) -> None:
        table.free = False
        shape = self.choice.choice(["flag", "null", "lower"])
        owner = self.column(table, "integer", True)
        if shape == "flag":
            flag = self.column(table, "boolean", True)
            sql = f"({owner.name}) where {flag.name}"
            self.statement(table, f"create unique index on {table.name} {sql}", [owner, flag])
        elif shape == "null":
            gone = self.column(table, "timestamp", False)
            self.statement(
                table, f"create unique index on {table.name} ({owner.name}) where {gone.name} is null", [owner, gone]
            )
        else:
            text = self.column(table, self.choice.choice(["text", "varchar(40)"]))
            self.statement(table, f"create unique index on {table.name} (lower({text.name}))", [text])

    def generated(self, table: Table, plain: list[Column]) -> None:
        a, b = self.column(table, "smallint", True), self.column(table, "numeric(6, 2)", True)
        total = self.unique_name("total")
        sql = f"{total} numeric generated always as ({a.name} * {b.name}) stored"
        needs = frozenset({f"{table.name}.{a.name}", f"{table.name}.{b.name}"})
        self.schema.pieces.append(Piece(f"{table.name}.{total}", sql, table.name, needs))
        if self.chance(0.5):
            self.clause(table, f"check ({total} between -100000 and 100000)", [a, b], {f"{table.name}.{total}"})

    def junction(self) -> None:
        parents = [parent for parent in self.made if parent.keys]
        if not parents:
            self.ordinary_table()
            return
        table = self.table()
        table.free = False
        columns: list[Column] = []
        for _ in range(2):
            parent = self.choice.choice(parents)
            key = self.choice.choice(parent.keys)
            mine = [self.column(table, _stored(column.type), True) for column in key.columns]
            self.reference(table, parent, key, mine)
            columns += mine
        if self.chance(0.4):
            columns.append(self.column(table, self.choice.choice(SMALL), True))
        self.key(table, columns, "primary key")
        if self.chance(0.3):
            self.column(table, self.choice.choice(PLAIN))

    def tenants(self) -> None:
        """Two children of one tenant, and a table that refers to both through a shared column."""
        root = self.table()
        root_id = self.column(root, self.choice.choice(["integer", "serial", "smallint"]), True)
        self.key(root, [root_id], "primary key")
        sides: list[Table] = []
        for _ in range(2):
            side = self.table()
            side.free = False
            tenant = self.column(side, _stored(root_id.type), True)
            number = self.column(side, "integer", True)
            self.key(side, [tenant, number], self.choice.choice(["primary key", "unique"]))
            self.reference(side, root, root.keys[0], [tenant])
            sides.append(side)
        both = self.table()
        both.free = False
        tenant = self.column(both, _stored(root_id.type), True)
        columns = [tenant]
        for side in sides:
            mine = self.column(both, "integer", self.chance(0.6))
            self.reference(both, side, side.keys[0], [tenant, mine])
            columns.append(mine)
        if all(column.not_null for column in columns) and self.chance(0.5):
            self.key(both, columns, self.choice.choice(["primary key", "unique"]))

    def partitioned(self) -> None:
        shape = self.choice.choice(["list", "range", "hash"])
        if shape == "list":
            table = self.table(" partition by list (region)")
            self.named(table, "region", "text", self.chance(0.7))
            bounds = ["in ('n', 'o')", "in ('p', null)" if not table.columns[0].not_null else "in ('p')"]
        elif shape == "range":
            table = self.table(" partition by range (day)")
            self.named(table, "day", self.choice.choice(["date", "timestamptz"]), True)
            bounds = ["from ('2024-01-01') to ('2024-06-01')", "from ('2025-01-01') to ('2026-01-01')"]
        else:
            table = self.table(" partition by hash (id)")
            self.named(table, "id", self.choice.choice(["integer", "text", "uuid"]), True)
            bounds = ["with (modulus 2, remainder 0)", "with (modulus 2, remainder 1)"]
        first = table.columns[0]
        if shape != "list" or first.not_null:
            if shape == "hash" and self.chance(0.7):
                self.key(table, [first], "primary key")
            elif shape != "hash" and self.chance(0.5):
                table.free = False
                self.key(table, [first, self.column(table, "integer", True)], "primary key")
        for _ in range(self.choice.randint(0, 3)):
            self.column(table, self.choice.choice(PLAIN))
        self.foreign_keys(table, share_unique=0)
        if self.chance(0.4):
            self.check(table)
        for number, bound in enumerate(bounds):
            self.schema.pieces.append(
                Piece(
                    f"{table.name}_{number}",
                    f"create table {table.name}_{number} partition of {table.name} for values {bound}",
                    None,
                    frozenset({table.name, f"{table.name}.{first.name}"}),
                )
            )

    def named(self, table: Table, name: str, type_name: str, not_null: bool) -> Column:
        column = Column(name, type_name, not_null)
        sql = f"{name} {type_name}{' not null' if not_null else ''}"
        self.schema.pieces.append(Piece(f"{table.name}.{name}", sql, table.name))
        table.columns.append(column)
        return column

    def booking(self) -> None:
        self.schema.pieces.insert(0, Piece(self.unique_name("x"), "create extension if not exists btree_gist"))
        table = self.table()
        table.free = False
        parents = [
            parent
            for parent in self.made
            if any(len(key.columns) == 1 and key.columns[0].type in ("serial", "integer") for key in parent.keys)
        ]
        resource = self.column(table, "integer", True)
        if parents and self.chance(0.6):
            parent = self.choice.choice(parents)
            key = next(k for k in parent.keys if len(k.columns) == 1 and k.columns[0].type in ("serial", "integer"))
            self.reference(table, parent, key, [resource])
        period = self.column(
            table, self.choice.choice(["tstzrange", "daterange", "int4range", "tsrange"]), self.chance(0.7)
        )
        self.clause(table, f"exclude using gist ({resource.name} with =, {period.name} with &&)", [resource, period])

    def late_reference(self) -> None:
        """By ALTER TABLE, to a table that may come later: circles, also of NOT NULL columns."""
        parents = [parent for parent in self.made if parent.keys]
        children = [table for table in self.made if not table.name.startswith("p")]
        if not parents or not children:
            return
        parent, table = self.choice.choice(parents), self.choice.choice(children)
        key = self.choice.choice(parent.keys)
        columns = [self.column(table, _stored(column.type), self.chance(0.4)) for column in key.columns]
        self.reference(table, parent, key, columns, late=True)

    # --- checks: each on columns of its own, so that no two exclude each other ---------------------------------------

    def check(self, table: Table) -> None:
        kinds: list[Callable[[Table], None]] = [
            self.check_number, self.check_text, self.check_date, self.check_pair, self.check_nulls, self.check_cases,
        ]  # fmt: skip
        self.choice.choice(kinds)(table)

    def check_number(self, table: Table) -> None:
        c = self.column(
            table, self.choice.choice(["integer", "smallint", "numeric(8, 2)", "bigint", "real", "numeric"])
        )
        low = self.choice.randint(-50, 50)
        high = low + self.choice.randint(1, 5000)
        sql = self.choice.choice(
            [
                f"{{c}} between {low} and {high}", f"{{c}} >= {low}", f"{{c}} > {low} and {{c}} <> {low + 1}",
                f"{{c}} in ({low}, {low + 3}, {high})", f"{{c}} < {low} or {{c}} > {high}", f"not ({{c}} < {low})",
                f"abs({{c}}) <= {abs(low) + 5}", f"{{c}} * 2 + 1 < {high}", f"{{c}} is null or {{c}} > {low}",
                f"{{c}} not between {low} and {high}", f"coalesce({{c}}, {low}) <= {low}",
                f"({{c}} > {low}) is true or {{c}} is null", f"{{c}} = any (array[{low}, {high}])",
            ]
        )  # fmt: skip
        if c.type in ("integer", "smallint", "bigint") and self.chance(0.3):
            modulus = self.choice.randint(2, 9)
            sql = f"{{c}} % {modulus} = 0"
        self.clause(table, f"check ({sql.replace('{c}', c.name)})", [c])

    def check_text(self, table: Table) -> None:
        c = self.column(table, self.choice.choice(["text", "varchar(20)", "varchar(12)"]))
        sql = self.choice.choice(
            [
                "length({c}) between 3 and 10", "{c} in ('a', 'b c', 'it''s')", "{c} like 'A%'", "{c} ~ '^[a-z]{3,8}$'",
                "{c} = upper({c})", "{c} = lower({c}) and length({c}) > 2", "{c} <> ''", "{c} not like '%x%'",
                "{c} ~ '^\\d{3}-\\d{4}$'", "char_length(trim({c})) > 0", "lower({c}) in ('yes', 'no')",
                "{c} like '%@%.__'", "{c} is null or length({c}) = 5", "{c} ~* '^(one|two)+$'", "{c} !~ '\\s'",
            ]
        )  # fmt: skip
        self.clause(table, f"check ({sql.replace('{c}', c.name)})", [c])

    def check_date(self, table: Table) -> None:
        c = self.column(table, self.choice.choice(["date", "timestamp", "timestamptz"]))
        sql = self.choice.choice(
            [
                "{c} >= '2020-01-01'", "{c} between '2021-03-01' and '2021-03-31'",
                "{c} < '2019-01-01' or {c} > '2022-01-01'",
                "extract(year from {c}) = 2024", "{c} > '2000-01-01' and {c} <= current_date", "{c} <> '2020-02-02'",
                "extract(dow from {c}) in (1, 2, 3)",
            ]
        )  # fmt: skip
        self.clause(table, f"check ({sql.replace('{c}', c.name)})", [c])

    def check_pair(self, table: Table) -> None:
        type_name = self.choice.choice(["integer", "date", "timestamp", "numeric(8, 2)", "smallint"])
        a, b = self.column(table, type_name), self.column(table, type_name)
        templates = ["{a} < {b}", "{b} >= {a}", "{b} is null or {b} > {a}", "{a} <> {b}"]
        if type_name == "date":
            templates += ["{b} - {a} between 1 and 30", "{b} >= {a} + 7"]
        elif type_name == "timestamp":
            templates += ["{b} > {a} + interval '1 hour'", "{b} <= {a} + interval '3 days'"]
        else:
            templates += ["{a} + {b} between 0 and 1000", "{a} * 2 <= {b}"]
        sql = self.choice.choice(templates).replace("{a}", a.name).replace("{b}", b.name)
        self.clause(table, f"check ({sql})", [a, b])
        if self.chance(0.2) and type_name in ("integer", "smallint"):
            self.clause(table, f"check ({a.name} > 0)", [a])
            self.clause(table, f"check ({b.name} < 30000)", [b])

    def check_nulls(self, table: Table) -> None:
        a, b = self.column(table, "integer", False), self.column(table, "text", False)
        sql = self.choice.choice(
            [
                "num_nonnulls({a}, {b}) = 1", "{a} is null or {b} is null", "({a} is null) = ({b} is null)",
                "{a} is not null or {b} is not null", "({a} is not null) <> ({b} is not null)",
                "num_nulls({a}, {b}) <= 1", "coalesce({a}, 1) > 0",
            ]
        )  # fmt: skip
        self.clause(table, f"check ({sql.replace('{a}', a.name).replace('{b}', b.name)})", [a, b])

    def check_cases(self, table: Table) -> None:
        kind = self.column(table, "text", True)
        a, b = self.column(table, "date", False), self.column(table, "integer", False)
        self.clause(table, f"check ({kind.name} in ('x', 'y', 'z'))", [kind])
        sql = self.choice.choice(
            [
                "case {k} when 'x' then {a} is not null when 'y' then {b} > 5 else {a} is null end",
                "({k} = 'x' and {a} is not null) or ({k} = 'y' and {b} is not null) or {k} = 'z'",
                "{k} <> 'x' or {b} between 1 and 9", "({k} = 'z') = ({a} is null)",
                "not ({k} = 'y' and {a} is null)", "{k} = 'z' or ({a} > '2020-01-01' and {b} is not null)",
            ]
        )  # fmt: skip
        sql = sql.replace("{k}", kind.name).replace("{a}", a.name).replace("{b}", b.name)
        self.clause(table, f"check ({sql})", [kind, a, b])


def _stored(type_name: str) -> str:
    """The type of a column that refers to one of this type."""
    return {"serial": "integer", "bigserial": "bigint"}.get(type_name, type_name)


def make(choice: random.Random) -> Schema:
    return _Maker(choice).make()


def shrink(schema: Schema, fails: Callable[[Schema], bool], attempts: int = 200) -> Schema:
    """Takes pieces away as long as it still fails."""
    changed = True
    while changed:
        changed = False
        for piece in reversed(list(schema.pieces)):
            if piece not in schema.pieces:
                continue
            smaller = schema.without(piece.name)
            if not smaller.tables():
                continue
            attempts -= 1
            if attempts < 0:
                return schema
            if fails(smaller):
                schema = smaller
                changed = True
    return schema
