"""Random SQL expressions over the columns of one table, typed, for comparison with PostgreSQL."""

from __future__ import annotations

import random

LABELS = ["sad", "ok", "happy", "very happy"]
COLUMNS = [
    ("b", "boolean"), ("i2", "smallint"), ("i4", "integer"), ("j4", "integer"), ("i8", "bigint"),
    ("n", "numeric(10,2)"), ("m", "numeric(12,4)"), ("w", "numeric(25,6)"), ("f8", "double precision"), ("f4", "real"),
    ("t", "text"), ("v", "varchar(12)"), ("c", "char(5)"), ("d", "date"), ("e", "date"), ("tm", "time"),
    ("ts", "timestamp"), ("ts2", "timestamp"), ("tz", "timestamptz"), ("iv", "interval"), ("mood", "mood"),
    ("u", "uuid"), ("a", "integer[]"),
]
TYPE_OF = dict(COLUMNS)
WORDS = ["", " ", "a", "A", "abc", "ABC", "Abc def", "x_y", "50%", "o'neil", "a.b@c.de", "AB-12", "zz  ", "Öl", "éa",
         "12", "-7", "true", "2024-02-29", "a,b,c", "\\d", "foo bar baz"]


def value(kind: str, choice: random.Random) -> str:
    if kind == "boolean":
        return choice.choice(["true", "false"])
    if kind == "smallint":
        return str(choice.choice([0, 1, -1, 2, 7, 32767, -32768, choice.randint(-300, 300)]))
    if kind == "integer":
        return str(choice.choice([0, 1, -1, 3, 10, 2147483647, -2147483648, choice.randint(-1000, 1000)]))
    if kind == "bigint":
        return str(choice.choice([0, 1, -5, 9223372036854775807, 10**12, choice.randint(-10**6, 10**6)]))
    if kind.startswith("numeric"):
        digits, scale = map(int, kind[8:-1].split(","))
        limit = 10 ** min(digits - scale, choice.choice([1, 3, 9]))  # more than 38 digits in all are an error here
        whole = choice.randint(-limit + 1, limit - 1)
        return f"{whole}.{choice.randint(0, 10**scale - 1):0{scale}}" if choice.random() < 0.9 else "0"
    if kind in ("double precision", "real"):
        return str(choice.choice([0, 1, -1, 0.5, 2.5, -3.75, 0.1, 1e10, -1e-5, 123456.789, choice.randint(-50, 50) / 4]))
    if kind in ("text", "varchar(12)"):
        return choice.choice(WORDS)[:12]
    if kind == "char(5)":
        return choice.choice(WORDS)[:5]
    if kind == "date":
        return choice.choice(["2024-02-29", "2023-12-31", "2000-01-01", "1969-12-31", "2026-01-01",
                              f"{choice.randint(1900, 2100)}-{choice.randint(1, 12):02}-{choice.randint(1, 28):02}"])
    if kind == "time":
        return f"{choice.randint(0, 23):02}:{choice.randint(0, 59):02}:{choice.choice(['00', '59', '30.5', '00.000001'])}"
    if kind.startswith("timestamp"):
        text = value("date", choice) + " " + value("time", choice)
        return text + ("+00" if kind == "timestamptz" else "")
    if kind == "interval":
        return choice.choice(["1 day", "-1 day", "1 mon", "1 year 2 mons 3 days", "02:30:00", "-00:00:01.5", "30 days",
                              "1 mon -1 days", "14 mons", "36:00:00", "00:00:00", "1 day 12:00:00"])
    if kind == "mood":
        return choice.choice(LABELS)
    if kind == "uuid":
        return f"{choice.randint(0, 3):08x}-0000-4000-8000-000000000000"
    return "{" + ",".join(str(choice.randint(0, 3)) for _ in range(choice.randint(0, 3))) + "}"


def literal(kind: str, choice: random.Random) -> str:
    text = value(kind, choice)
    if kind in ("smallint", "integer", "bigint") or kind.startswith("numeric"):
        return f"({text})" if text.startswith("-") else text
    if kind == "boolean":
        return text
    quoted = "'" + text.replace("'", "''") + "'"
    return f"{quoted}::{kind}" if kind not in ("text", "varchar(12)") or choice.random() < 0.3 else quoted


class Generator:
    """`expression(family)` gives SQL of a type of that family."""

    def __init__(self, choice: random.Random) -> None:
        self.choice = choice

    def pick(self, *ways):
        return self.choice.choice(ways)()

    def column(self, *kinds: str) -> str:
        return self.choice.choice([name for name, kind in COLUMNS if kind in kinds])

    def integer(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: self.column("smallint", "integer", "bigint"), lambda: literal("integer", c),
                             lambda: self.column("integer"), lambda: str(c.randint(-3, 12)).replace("-", "- "))
        d = depth - 1
        return self.pick(
            lambda: f"({self.integer(d)} {c.choice('+-*/%')} {self.integer(d)})",
            lambda: f"({self.integer(d)} {c.choice('+-*/%')} {self.integer(d)})",
            lambda: f"abs({self.integer(d)})", lambda: f"(-({self.integer(d)}))",
            lambda: f"length({self.text(d)})", lambda: f"octet_length({self.text(d)})",
            lambda: f"({self.date(d)} - {self.date(d)})", lambda: f"mod({self.column('integer')}, {self.column('integer')})",
            lambda: f"({self.numeric(d)})::{c.choice(['int', 'bigint', 'smallint'])}",
            lambda: f"({self.double(d)})::{c.choice(['int', 'bigint'])}",
            lambda: f"strpos({self.text(d)}, {self.text(0)})", lambda: f"position({self.text(0)} in {self.text(d)})",
            lambda: f"coalesce({self.integer(d)}, {self.integer(d)})", lambda: f"nullif({self.integer(d)}, {self.integer(d)})",
            lambda: f"greatest({self.integer(d)}, {self.integer(d)})", lambda: f"least({self.integer(d)}, {self.integer(0)}, 3)",
            lambda: f"case when {self.boolean(d)} then {self.integer(d)} else {self.integer(d)} end",
            lambda: f"num_nulls({self.integer(0)}, {self.text(0)}, {self.date(0)})", lambda: "cardinality(a)",
            lambda: "array_length(a, 1)", lambda: f"({self.boolean(d)})::int", lambda: f"ascii({self.text(d)})",
            lambda: f"case {self.column('integer')} when 1 then {self.integer(d)} when 3 then 4 end",
            lambda: f"gcd({self.column('integer')}, {self.column('integer')})",
        )

    def numeric(self, depth: int) -> str:
        c = self.choice
        kinds = ["numeric(10,2)", "numeric(12,4)", "numeric(25,6)"]
        if depth <= 0:
            return self.pick(lambda: self.column(*kinds), lambda: literal(c.choice(kinds), c),
                             lambda: c.choice(["0.5", "1.25", "100.0", "0.001"]))
        d = depth - 1
        return self.pick(
            lambda: f"({self.numeric(d)} {c.choice('+-*')} {self.numeric(d)})",
            lambda: f"({self.numeric(d)} {c.choice('+-*%')} {self.integer(0)})",
            lambda: f"({self.numeric(0)} / {self.numeric(0)})",
            lambda: f"round({self.numeric(d)}, {c.choice(['0', '1', '2', '3', '- 1'])})", lambda: f"round({self.numeric(d)})",
            lambda: f"trunc({self.numeric(d)}, {c.choice(['1', '2'])})", lambda: f"floor({self.numeric(d)})",
            lambda: f"ceil({self.numeric(d)})", lambda: f"abs({self.numeric(d)})", lambda: f"sign({self.numeric(d)})",
            lambda: f"({self.integer(d)})::numeric(10,2)", lambda: f"({self.numeric(d)})::numeric({c.choice(['8,1', '12,3', '20,0'])})",
            lambda: f"({self.double(0)})::numeric(12,3)", lambda: f"coalesce({self.numeric(d)}, {self.integer(d)})",
            lambda: f"greatest({self.numeric(d)}, {self.integer(d)})",
            lambda: f"case when {self.boolean(d)} then {self.numeric(d)} else {self.numeric(d)} end",
            lambda: f"extract({c.choice(['year', 'month', 'day', 'dow', 'isodow', 'doy', 'quarter', 'week', 'isoyear', 'century', 'decade', 'epoch', 'julian', 'millennium'])} from {self.date(d)})",
            lambda: f"extract({c.choice(['year', 'hour', 'minute', 'second', 'milliseconds', 'microseconds', 'epoch', 'dow'])} from {self.timestamp(d)})",
            lambda: f"extract({c.choice(['year', 'month', 'day', 'hour', 'minute', 'second', 'epoch'])} from {self.interval(d)})",
            lambda: f"mod({self.numeric(0)}, {self.numeric(0)})", lambda: f"div({self.numeric(0)}, {self.numeric(0)})",
            lambda: f"(-({self.numeric(d)}))", lambda: f"extract({c.choice(['hour', 'minute', 'second'])} from {self.column('time')})",
        )

    def double(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: self.column("double precision", "real"), lambda: literal("double precision", c))
        d = depth - 1
        return self.pick(
            lambda: f"({self.double(d)} {c.choice('+-*/')} {self.double(d)})",
            lambda: f"({self.double(d)} {c.choice('+-*/')} {self.pick(lambda: self.integer(0), lambda: self.numeric(0))})",
            lambda: f"abs({self.double(d)})", lambda: f"floor({self.double(d)})", lambda: f"ceil({self.double(d)})",
            lambda: f"round({self.double(d)})", lambda: f"trunc({self.double(d)})", lambda: f"sqrt({self.double(d)})",
            lambda: f"power({self.double(0)}, 2)", lambda: f"({self.integer(0)})::float8", lambda: f"({self.numeric(0)})::float8",
            lambda: f"date_part('{c.choice(['year', 'month', 'day', 'hour'])}', {self.timestamp(d)})",
            lambda: f"({self.double(0)})::real", lambda: f"coalesce({self.double(d)}, {self.integer(0)})",
        )

    def text(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: self.column("text", "varchar(12)", "char(5)"), lambda: literal("text", c))
        d = depth - 1
        n = lambda: str(c.choice([0, 1, 2, 3, 5, "- 1", "- 2"]))
        return self.pick(
            lambda: f"({self.text(d)} || {self.text(d)})", lambda: f"lower({self.text(d)})", lambda: f"upper({self.text(d)})",
            lambda: f"trim({self.text(d)})", lambda: f"ltrim({self.text(d)})", lambda: f"rtrim({self.text(d)}, 'a ')",
            lambda: f"trim(leading 'a' from {self.text(d)})", lambda: f"btrim({self.text(d)}, 'ab')",
            lambda: f"substring({self.text(d)} from {n()} for {c.choice([0, 1, 2, 4])})", lambda: f"substr({self.text(d)}, {n()})",
            lambda: f"left({self.text(d)}, {n()})", lambda: f"right({self.text(d)}, {n()})",
            lambda: f"replace({self.text(d)}, {self.text(0)}, {self.text(0)})", lambda: f"reverse({self.text(d)})",
            lambda: f"concat({self.text(d)}, {self.integer(0)}, {self.text(0)})",
            lambda: f"concat_ws('-', {self.text(d)}, {self.date(0)}, {self.text(0)})",
            lambda: f"lpad({self.text(d)}, {n()}, {self.text(0)})", lambda: f"rpad({self.text(d)}, 7, 'xy')",
            lambda: f"repeat({self.text(d)}, {n()})", lambda: f"split_part({self.text(d)}, ',', {n()})",
            lambda: f"initcap({self.text(d)})", lambda: f"translate({self.text(d)}, 'abc', 'xy')",
            lambda: f"coalesce({self.text(d)}, {self.text(0)})", lambda: f"nullif({self.text(d)}, {self.text(0)})",
            lambda: f"greatest({self.text(d)}, {self.text(0)})",
            lambda: f"case when {self.boolean(d)} then {self.text(d)} else {self.text(d)} end",
            lambda: f"({self.integer(0)})::text", lambda: f"({self.date(d)})::text", lambda: f"({self.timestamp(d)})::text",
            lambda: f"({self.interval(d)})::text", lambda: f"({self.boolean(d)})::text", lambda: "mood::text", lambda: "n::text",
            lambda: f"({self.text(d)})::varchar(3)", lambda: f"({self.text(d)})::char(4)", lambda: "(f8)::text", lambda: "f4::text",
            lambda: f"to_char({self.timestamp(0)}, '{c.choice(['YYYY-MM-DD', 'YYYYMM', 'HH24:MI:SS', 'DD Mon YYYY', 'FMMonth FMDD, YYYY', 'Day', 'IYYY-IW', 'YYYY Q', 'HH12:MI AM'])}')",
        )

    def date(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: self.column("date"), lambda: literal("date", c))
        d = depth - 1
        return self.pick(
            lambda: f"({self.date(d)} {c.choice('+-')} {c.choice(['1', '30', 'i2', '400'])})",
            lambda: f"({self.timestamp(d)})::date", lambda: f"greatest({self.date(d)}, {self.date(0)})",
            lambda: f"coalesce({self.date(d)}, {self.date(0)})", lambda: f"make_date({c.randint(1990, 2030)}, {c.choice(['2', 'i2', '12'])}, {c.choice(['1', '29', '31'])})",
            lambda: f"case when {self.boolean(d)} then {self.date(d)} else {self.date(0)} end",
            lambda: f"to_date('{value('date', c)}', 'YYYY-MM-DD')", lambda: f"date_trunc('{c.choice(['month', 'year', 'week', 'quarter'])}', {self.date(d)})::date",
        )

    def timestamp(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: self.column("timestamp"), lambda: self.column("timestamptz"), lambda: literal("timestamp", c))
        d = depth - 1
        return self.pick(
            lambda: f"({self.timestamp(d)} {c.choice('+-')} {self.interval(d)})", lambda: f"({self.date(d)} {c.choice('+-')} {self.interval(d)})",
            lambda: f"({self.date(d)})::timestamp", lambda: f"({self.date(0)} + tm)",
            lambda: f"date_trunc('{c.choice(['second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year', 'decade', 'century'])}', {self.timestamp(d)})",
            lambda: f"least({self.column('timestamp')}, {self.timestamp(0)})", lambda: f"(tz at time zone 'UTC')",
            lambda: f"({self.timestamp(d)})::timestamp(0)",
        )

    def interval(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: self.column("interval"), lambda: literal("interval", c))
        d = depth - 1
        return self.pick(
            lambda: f"({self.interval(d)} {c.choice('+-')} {self.interval(d)})", lambda: f"({self.interval(d)} * {c.choice(['2', '0.5', 'i2', '1.5'])})",
            lambda: f"({self.column('timestamp')} - {self.column('timestamp')})", lambda: f"({self.interval(d)} / {c.choice(['2', '3', '0.5'])})",
            lambda: f"age({self.column('timestamp')}, {self.column('timestamp')})", lambda: f"(-({self.interval(d)}))",
            lambda: f"make_interval({c.choice(['1', '0'])}, {c.choice(['14', 'i2'])})", lambda: f"justify_days({self.interval(d)})",
            lambda: f"justify_hours({self.interval(d)})", lambda: f"('{value('time', c)}'::time - tm)",
        )

    def boolean(self, depth: int) -> str:
        c = self.choice
        if depth <= 0:
            return self.pick(lambda: "b", lambda: f"{self.column('integer')} > {c.randint(-2, 5)}", lambda: "true", lambda: "t is null")
        d = depth - 1
        compare = lambda: c.choice(["=", "<>", "<", "<=", ">", ">=", "is distinct from", "is not distinct from"])
        families = [self.integer, self.numeric, self.double, self.text, self.date, self.timestamp, self.interval]
        family = c.choice(families)
        mixed = [(self.integer, self.numeric), (self.numeric, self.double), (self.integer, self.double), (self.date, self.timestamp)]
        one, two = c.choice(mixed)
        return self.pick(
            lambda: f"({self.boolean(d)} and {self.boolean(d)})", lambda: f"({self.boolean(d)} or {self.boolean(d)})",
            lambda: f"(not {self.boolean(d)})", lambda: f"({family(d)} {compare()} {family(d)})", lambda: f"({family(d)} {compare()} {family(d)})",
            lambda: f"({one(d)} {compare()} {two(d)})", lambda: f"({family(d)} is {c.choice(['', 'not '])}null)",
            lambda: f"({self.boolean(d)} is {c.choice(['', 'not '])}{c.choice(['true', 'false', 'unknown'])})",
            lambda: f"({family(d)} {c.choice(['', 'not '])}between {c.choice(['', 'symmetric '])}{family(0)} and {family(0)})",
            lambda: f"({family(d)} {c.choice(['', 'not '])}in ({family(0)}, {family(0)}, {c.choice(['null', family(0)])}))",
            lambda: f"({self.text(d)} {c.choice(['', 'not '])}{c.choice(['like', 'ilike'])} '{c.choice(['a%', '%b%', '_b_', 'A__%', '%', '', 'x!_%', '%%c', 'abc'])}')",
            lambda: f"({self.text(d)} {c.choice(['~', '!~', '~*', '!~*'])} '{c.choice(['^a', 'b$', '^[a-z]+$', '[0-9]{2}', 'a|b', '^.$', '^(x|y)_', '[[:digit:]]', '^$', 'a.c'])}')",
            lambda: f"({self.text(d)} similar to '{c.choice(['(a|b)%', '_bc', '[a-z]+', '%(x|y)%', 'a{1,2}%'])}')",
            lambda: f"(mood {c.choice(['=', '<>', '<', '>='])} '{c.choice(LABELS)}')", lambda: f"(mood in ('sad', 'ok'))",
            lambda: f"({self.integer(d)} = any (array[1, 2, {self.integer(0)}]))", lambda: f"(v = any ('{{a,abc,\"Abc def\"}}'))",
            lambda: f"({self.integer(0)} <> all (array[1, 3]))", lambda: f"({self.integer(0)} > any (array[1, 3]))",
            lambda: f"(({self.integer(0)}, {self.text(0)}) {c.choice(['=', '<>', '<', '>='])} ({self.integer(0)}, {self.text(0)}))",
            lambda: f"(u = '{value('uuid', c)}')", lambda: f"(u < '{value('uuid', c)}')", lambda: f"starts_with({self.text(d)}, 'a')",
            lambda: f"(c = {self.text(0)})", lambda: f"(num_nonnulls(i4, t, d) = 2)", lambda: f"(tm > '{value('time', c)}')",
            lambda: f"(f4 = {c.choice(['0.1', '0.5', 'f8'])})", lambda: f"(b = {self.boolean(d)})",
            lambda: f"case when {self.boolean(d)} then {self.boolean(d)} else {self.boolean(d)} end",
        )

    def expression(self) -> str:
        depth = self.choice.choice([1, 1, 2, 2, 3])
        return self.choice.choice([self.boolean, self.boolean, self.integer, self.numeric, self.double, self.text, self.date,
                                   self.timestamp, self.interval])(depth)
