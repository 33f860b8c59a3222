"""Random expressions over random rows give what PostgreSQL gives: values, NULLs and errors, row by row.

    CONFAB_TEST_SEED=7 pytest tests/integration/test_expr_differential.py         the same expressions again
    CONFAB_EXPRESSIONS=20000 pytest tests/integration/test_expr_differential.py   many, by hand
"""

from __future__ import annotations

import math
import os
import random
import re
import subprocess
from decimal import Decimal, InvalidOperation
from pathlib import Path

from support import confab
from support.postgres import Database
from support.random_expression import COLUMNS, LABELS, Generator, value

TOTAL = int(os.environ.get("CONFAB_EXPRESSIONS", "400"))
ROWS = 12
NULL = "\\N"

# Each row by itself, so that an error is that row's own. `?`: PostgreSQL refuses the expression as such.
EVALUATE = r"""
create function evaluate(expression text) returns text language plpgsql as $$
declare
    number integer;
    result text;
    line text := '';
begin
    for number in select id from probe order by id loop
        begin
            execute 'select (' || expression || ')::text from probe where id = ' || number into result;
            result := coalesce(result, '\N');
        exception
            when syntax_error_or_access_rule_violation then return '?' || sqlerrm;
            when others then result := '!';
        end;
        line := line || case when line = '' and number = 1 then '' else e'\t' end || result;
    end loop;
    return line;
end $$;
"""


def probe_program() -> Path:
    """Beside the program under test, else from the release or the debug build."""
    folders = [confab.REPOSITORY / "build", confab.REPOSITORY / "build-debug"]
    if "CONFAB" in os.environ:
        folders.insert(0, Path(os.environ["CONFAB"]).resolve().parent)
    for folder in folders:
        if (folder / "expr_probe").exists():
            return folder / "expr_probe"
    raise RuntimeError("no expr_probe: build it")


def quoted(text: str) -> str:
    return "NULL" if text == NULL else "'" + text.replace("'", "''") + "'"


def same(ours: str, theirs: str) -> bool:
    """Equal, or numbers that differ in zeros at the end or in digits that only a division makes."""
    if ours == theirs:
        return True
    try:
        a, b = Decimal(ours), Decimal(theirs)
    except InvalidOperation:
        return False
    if not (a.is_finite() and b.is_finite()):
        return False
    return a == b or math.isclose(a, b, rel_tol=1e-12, abs_tol=1e-14)


def test_expressions_agree_with_postgresql(database: Database, test_seed: int) -> None:
    choice = random.Random(test_seed)
    rows = [[NULL if choice.random() < 0.12 else value(kind, choice) for _, kind in COLUMNS] for _ in range(ROWS)]
    generator = Generator(choice)
    expressions = [generator.expression() for _ in range(TOTAL)]

    lines = [f"enum mood {','.join(LABELS)}"]
    lines += [f"column {name} {kind}" for name, kind in COLUMNS]
    lines += ["row " + "\t".join(row) for row in rows]
    lines += [f"expression {expression}" for expression in expressions]
    done = subprocess.run(
        [probe_program()], input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stderr
    ours = done.stdout.split("\n")[:-1]
    assert len(ours) == TOTAL

    database.run("set timezone = 'UTC';\ncreate type mood as enum (" + ",".join(quoted(label) for label in LABELS) + ");")
    database.run("create table probe (id integer, " + ", ".join(f"{name} {kind}" for name, kind in COLUMNS) + ");")
    values = (f"({i}, " + ", ".join(quoted(v) for v in row) + ")" for i, row in enumerate(rows, 1))
    database.run("insert into probe values " + ", ".join(values) + ";")
    database.run(EVALUATE)
    script = "set timezone = 'UTC';\n" + "".join(f"select evaluate({quoted(e)});\n" for e in expressions)
    theirs = database.run(script).split("\n")[:-1]
    assert len(theirs) == TOTAL

    wrong = []
    compared = refused = unknown = 0
    for expression, mine, right in zip(expressions, ours, theirs, strict=True):
        if mine.startswith("error:") and "is not known here" in mine:
            unknown += 1
        elif mine.startswith("error:") and right.startswith("?"):
            refused += 1
        elif mine.startswith("error:") and all(field == "!" for field in right.split("\t")):
            compared += 1  # a literal that is refused at once here, and at every row there
        elif set(right.split("\t")) == {"!"} and re.search(r"\b(case|coalesce|and|or)\b", expression):
            compared += 1  # a constant part that fails: computed there before any row, whether or not it is reached
        elif mine.startswith("error:") or right.startswith("?"):
            wrong.append(f"{expression}\n  here: {mine}\n  PostgreSQL: {right}")
        else:
            compared += 1
            pairs = list(zip(mine.split("\t"), right.split("\t"), strict=False))
            if len(pairs) != ROWS or len(right.split("\t")) != ROWS:
                wrong.append(f"{expression}\n  here: {mine}\n  PostgreSQL: {right}")
                continue
            bad = [i for i, (a, b) in enumerate(pairs) if not same(a, b)]
            if bad:
                row = dict(zip([name for name, _ in COLUMNS], rows[bad[0]], strict=True))
                wrong.append(f"{expression}\n  here: {pairs[bad[0]][0]}\n  PostgreSQL: {pairs[bad[0]][1]}\n  row: {row}")
    print(f"{compared} compared, {refused} refused by both, {unknown} not known here, {len(wrong)} differ")
    assert not wrong, f"{len(wrong)} of {TOTAL} differ, seed {test_seed}\n" + "\n".join(wrong[:20])
    assert compared > TOTAL // 2
