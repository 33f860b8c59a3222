"""Schema cases as data: a SQL file whose comments say what must come of it.

    -- rows: 500                          rows a table (default 200)
    -- args: --locale de_DE               further arguments of `confab generate`
    -- dialect: mysql                     the dialect the file is in (default postgresql)
    -- plan: {"tables": {…}}              a JSON merge patch on the plan that `confab plan` prints
    -- expect rows orders = 500           the count in PostgreSQL (default: `rows`, fewer only with a warning)
    -- expect warning "text"              on standard error
    -- expect error "text"                exit 1, the text on standard error, nothing written
    -- expect error 3:14 "text"           the same, at that line and column
    -- zero: select count(*) from t …     violations; the query must answer 0
    -- nonzero: select …                  must answer something else than 0
    -- works: insert into t …             PostgreSQL must accept it after loading (rolled back)
    -- refused: insert into t …           PostgreSQL must refuse it: the constraint is there
    -- report: chk_x by construction      how a clause is held, as report.json says it
    -- not enforced: chk_y                a clause that may be reported as not enforced
    -- schema differs: REGEX              lines of the catalog that may differ from the file's own (PostgreSQL only);
                                       `.`: PostgreSQL alone cannot load the file, nothing is compared

A directive goes on in the next comment line when that begins with at least three spaces.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

_DIRECTIVE = re.compile(
    r"^-- (rows|args|dialect|plan|expect rows|expect warning|expect error|zero|nonzero|works|refused|report"
    r"|not enforced|schema differs)(?=[ :])\s*:?\s*(.*)$"
)
_ERROR = re.compile(r'^(?:(\d+):(\d+)\s+)?"(.*)"$')
_ROWS = re.compile(r"^(\S+) = (\d+)$")


@dataclass
class Case:
    path: Path
    rows: int = 200
    arguments: list[str] = field(default_factory=list)
    dialect: str = "postgresql"
    plan_patches: list[str] = field(default_factory=list)
    expected_rows: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)  # position ("3:14" or ""), text
    zero: list[str] = field(default_factory=list)
    nonzero: list[str] = field(default_factory=list)
    works: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    report: list[tuple[str, str]] = field(default_factory=list)  # clause, how
    not_enforced: list[str] = field(default_factory=list)
    differs: list[str] = field(default_factory=list)


def read(path: Path) -> Case:
    case = Case(path)
    for number, name, text in _directives(path):
        where = f"{path.name}:{number}"
        if name == "rows":
            case.rows = int(text)
        elif name == "args":
            case.arguments += text.split()
        elif name == "dialect":
            case.dialect = text
        elif name == "plan":
            case.plan_patches.append(text)
        elif name == "expect rows":
            table, count = _matched(_ROWS, text, where).groups()
            case.expected_rows[table] = int(count)
        elif name == "expect warning":
            case.warnings.append(_matched(_ERROR, text, where)[3])
        elif name == "expect error":
            found = _matched(_ERROR, text, where)
            case.errors.append((f"{found[1]}:{found[2]}" if found[1] else "", found[3]))
        elif name == "report":
            clause, how = text.split(" ", 1)
            case.report.append((clause, how))
        else:
            lists = {
                "zero": case.zero,
                "nonzero": case.nonzero,
                "works": case.works,
                "refused": case.refused,
                "not enforced": case.not_enforced,
                "schema differs": case.differs,
            }
            lists[name].append(text)
    return case


def _matched(pattern: re.Pattern[str], text: str, where: str) -> re.Match[str]:
    found = pattern.match(text)
    if not found:
        raise ValueError(f"{where}: cannot read {text!r}")
    return found


def _directives(path: Path) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    open_directive = False
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        begin = _DIRECTIVE.match(line)
        if begin:
            found.append((number, begin[1], begin[2].strip()))
            open_directive = True
        elif open_directive and line.startswith("--   "):
            first, name, text = found[-1]
            found[-1] = (first, name, f"{text} {line[2:].strip()}")
        else:
            open_directive = False
    return found
