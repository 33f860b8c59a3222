"""The real `confab` program, run as a person runs it."""

from __future__ import annotations

import json
import os
import subprocess
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[2]


def program() -> Path:
    """`$CONFAB`, else the release build, else the debug build."""
    named = os.environ.get("CONFAB")
    candidates = [Path(named)] if named else [REPOSITORY / "build" / "confab", REPOSITORY / "build-debug" / "confab"]
    for candidate in candidates:
        if candidate.exists():
            return candidate.resolve()
    raise RuntimeError(f"no confab program: build it, or name it in CONFAB ({', '.join(map(str, candidates))})")


@dataclass(frozen=True)
class Run:
    """One finished run of the program."""

    command: list[str]
    exit: int
    out: bytes
    err: str

    def ok(self) -> Run:
        assert self.exit == 0, f"exit {self.exit}: {' '.join(self.command)}\n{self.err}"
        return self

    def json(self) -> Any:  # noqa: ANN401
        return json.loads(self.out)


@dataclass(frozen=True)
class Made:
    """An unpacked archive, or a folder; `archive` is what `--out` named."""

    archive: Path
    folder: Path
    run: Run
    manifest: dict[str, Any] = field(default_factory=dict)
    report: dict[str, Any] = field(default_factory=dict)

    def tables(self) -> dict[str, Path]:
        """The CSV file of each table, by the name that options and messages use."""
        return {table["table"]: self.folder / table["file"] for table in self.manifest["tables"]}

    @property
    def warnings(self) -> str:
        return "\n".join(self.report["warnings"])


def run(*arguments: str | Path, stdin: bytes | None = None, timeout: float = 120, cwd: Path | None = None) -> Run:
    command = [str(program()), *map(str, arguments)]
    done = subprocess.run(
        command,
        input=stdin,
        stdin=subprocess.DEVNULL if stdin is None else None,
        capture_output=True,
        timeout=timeout,
        cwd=cwd,
    )
    return Run(command, done.returncode, done.stdout, done.stderr.decode(errors="replace"))


def generate(schema: Path, out: Path, *arguments: str | Path, stdin: bytes | None = None, timeout: float = 300) -> Made:
    """`confab generate SCHEMA … --out OUT.zip`, unpacked beside it; fails the test when the program does."""
    archive = out.with_suffix(".zip")
    done = run("generate", schema, *arguments, "--out", archive, stdin=stdin, timeout=timeout).ok()
    return unpack(archive, out.with_suffix(""), done)


def unpack(archive: Path, folder: Path, done: Run) -> Made:
    folder.mkdir(parents=True)
    with zipfile.ZipFile(archive) as zipped:
        zipped.extractall(folder)
    return opened(folder, done, archive)


def opened(folder: Path, done: Run, archive: Path | None = None) -> Made:
    manifest = json.loads((folder / "manifest.json").read_text())
    report = json.loads((folder / "report.json").read_text())
    return Made(archive or folder, folder, done, manifest, report)


def records(text: bytes) -> list[bytes]:
    """Splits CSV into its records (a quoted field may hold line breaks), each with its line break."""
    found: list[bytes] = []
    pending = b""
    for line in text.split(b"\n")[:-1]:
        pending += line + b"\n"
        if pending.count(b'"') % 2 == 0:
            found.append(pending)
            pending = b""
    assert not pending, "the last record is not whole"
    return found
