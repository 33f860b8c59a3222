"""Runs the schema cases of cases/*.sql; support/cases.py says what their comments mean."""

from __future__ import annotations

import itertools
import json
import random
import re
from pathlib import Path
from typing import Any

import pytest
from support import cases, catalog, confab
from support.postgres import Database, Server, SqlError

FOLDER = Path(__file__).parent / "cases"


def merged(value: Any, patch: Any) -> Any:  # noqa: ANN401
    """A JSON merge patch (RFC 7396), but a generator replaces a generator as a whole."""
    if not isinstance(patch, dict) or "generator" in patch:
        return patch
    result = dict(value) if isinstance(value, dict) else {}
    for key, change in patch.items():
        if change is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), change)
    return result


def arguments_of(case: cases.Case, work: Path) -> list[str]:
    arguments = ["--rows", str(case.rows), *case.arguments, "--dialect", case.dialect]
    if case.plan_patches:
        plan = confab.run("plan", case.path, *arguments).ok().json()
        for patch in case.plan_patches:
            plan = merged(plan, json.loads(patch))
        (work / "patched.json").write_text(json.dumps(plan))
        arguments = ["--dialect", case.dialect, "--plan", str(work / "patched.json")]
    return arguments


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.sql")), ids=lambda path: path.stem)
def test_case(path: Path, server: Server, work: Path, test_seed: int) -> None:
    case = cases.read(path)
    arguments = arguments_of(case, work)
    if case.errors:
        refused(case, arguments, work)
        return
    made = confab.generate(case.path, work / "made", *arguments, "--threads", "1")
    for text in case.warnings:
        assert text in made.warnings
    same_bytes(case, arguments, made, work, test_seed)
    loaded = server.create()
    original = server.create()
    try:
        loaded.load(made.folder)
        judged(case, made, loaded)
        if case.dialect == "postgresql" and "." not in case.differs:
            original.run_file(case.path)
            same_schema(case, original, loaded)
    finally:
        loaded.drop()
        original.drop()


def refused(case: cases.Case, arguments: list[str], work: Path) -> None:
    folder = work / "out"
    folder.mkdir()
    done = confab.run("generate", case.path, *arguments, "--out", folder / "x.zip")
    assert done.exit == 1, done.err
    for position, text in case.errors:
        assert text in done.err
        assert not position or f"{case.path.name}:{position}:" in done.err, done.err
    assert list(folder.iterdir()) == []


def same_bytes(case: cases.Case, arguments: list[str], made: confab.Made, work: Path, seed: int) -> None:
    """Eight threads, the printed plan, and three pieces of a table give the bytes of the whole."""
    again = confab.run("generate", case.path, *arguments, "--threads", "8", "--out", work / "again.zip").ok()
    assert again.exit == 0
    assert (work / "again.zip").read_bytes() == made.archive.read_bytes(), "bytes depend on the number of threads"
    choice = random.Random(f"{seed} {case.path.stem}")
    table, file = choice.choice(sorted(made.tables().items()))
    whole = confab.records(file.read_bytes())
    rows = len(whole) - 1
    cuts = [0, *sorted(choice.randint(0, rows) for _ in range(2)), rows]
    for start, end in itertools.pairwise(cuts):
        if start == end:
            continue
        piece = confab.run(
            "generate", case.path, *arguments, "--table", table, "--range", f"{table}={start}:{end}", "--out", "-"
        ).ok()
        assert piece.out == b"".join(whole[1 + start : 1 + end]), f"rows {start} to {end} of {table} differ"


def judged(case: cases.Case, made: confab.Made, loaded: Database) -> None:
    for table in catalog.tables(loaded):
        found = catalog.rows_of(loaded, table)
        name = table.removeprefix("public.").replace('"', "")
        expected = case.expected_rows.get(name, case.rows)
        assert found == expected or (
            name not in case.expected_rows and 0 < found < expected and name in made.warnings
        ), f"{table}: {found} rows, {expected} expected\n{made.warnings}"
    assert catalog.stale_sequences(loaded) == []
    for query in case.zero:
        assert loaded.value(query) == "0", query
    for query in case.nonzero:
        assert loaded.value(query) not in ("0", "f", ""), query
    for statement in case.works:
        loaded.run(f"begin; {statement}; rollback;")
    for statement in case.refused:
        with pytest.raises(SqlError):
            loaded.run(f"begin; {statement}; rollback;")
    held = [(clause["clause"], clause["held"]) for clause in made.report["clauses"]]
    for name, how in case.report:
        assert [found for clause, found in held if name in clause] == [how], f"{name}: {held}"
    loose = [
        clause
        for clause, how in held
        if how in ("not enforced", "by PostgreSQL only") and not any(name in clause for name in case.not_enforced)
    ]
    assert loose == []


def same_schema(case: cases.Case, original: Database, loaded: Database) -> None:
    """What was loaded is the file's own schema, constraint by constraint."""

    def relevant(lines: set[str]) -> set[str]:
        return {line for line in lines if not any(re.search(pattern, line) for pattern in case.differs)}

    theirs, ours = relevant(catalog.described(original)), relevant(catalog.described(loaded))
    assert sorted(theirs - ours) == [], "lost"
    assert sorted(ours - theirs) == [], "added"
    assert [line for line in catalog.unproven(loaded) if "NOT VALID" not in line] == []
