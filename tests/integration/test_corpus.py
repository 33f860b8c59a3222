"""The independent checker of real schemas, run on the examples and, where it lies beside the repository, its corpus.

`CONFAB_SHARED` names the folder that holds tools/check_corpus.py and corpus/ (default: `shared` beside the repository).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support import confab

SHARED = Path(os.environ.get("CONFAB_SHARED", confab.REPOSITORY.parent / "shared"))
CHECKER = SHARED / "tools" / "check_corpus.py"
DIALECTS = ("postgres", "mysql", "sqlite", "mssql", "oracle")

pytestmark = pytest.mark.skipif(not CHECKER.exists(), reason=f"{CHECKER} is not there (CONFAB_SHARED names its folder)")


def checked(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, CHECKER, "--confab", confab.program(), folder], capture_output=True, text=True, timeout=900
    )
    bad = [line for line in done.stdout.splitlines() if not line.startswith("ok")]
    assert done.returncode == 0, "\n".join(bad) + done.stderr
    passed = re.search(r"(\d+) passed, 0 failed", done.stdout)
    assert passed and int(passed[1]) > 0, done.stdout


@pytest.mark.parametrize("dialect", DIALECTS)
def test_corpus(dialect: str, work: Path) -> None:
    shutil.copytree(SHARED / "corpus" / dialect, work / dialect)
    manifest = SHARED / "corpus" / "manifest.tsv"
    if manifest.exists():
        shutil.copy(manifest, work)
    checked(work)


def test_examples(work: Path) -> None:
    """The checker wants a folder for each dialect."""
    for path in (confab.REPOSITORY / "examples").iterdir():
        if path.suffix in (".ddl", ".sql"):
            folder = work / example_dialect(path)
            folder.mkdir(exist_ok=True)
            shutil.copy(path, folder)
    checked(work)


def example_dialect(path: Path) -> str:
    """The teacher's three examples are MySQL; the others say their dialect in their name."""
    return next((dialect for dialect in DIALECTS if dialect in path.stem), "mysql")
