"""A private PostgreSQL server for tests: the judge of everything that Confab writes.

    with Server() as server:
        database = server.create()
        database.run("create table t (a int primary key)")
        database.value("select count(*) from t")

The server lives in a temporary folder, listens on a Unix socket in it only, forgets durability, and is stopped and
removed at the end. Root cannot run PostgreSQL: then it runs as `postgres` (or `nobody`). Everything goes through
psql, which is also what a person who loads an archive uses.
"""

from __future__ import annotations

import glob
import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
import types
from pathlib import Path

SEPARATOR = "\x1f"
SUPERUSER = "judge"
ORDINARY = "ordinary"  # may do nothing but what the owner of its database may


class SqlError(Exception):
    """psql said no; the text is what it printed."""


def _server_programs() -> Path:
    for name in [os.environ.get("CONFAB_PG_BIN", ""), *sorted(glob.glob("/usr/lib/postgresql/*/bin"), reverse=True)]:
        if name and Path(name, "initdb").exists():
            return Path(name)
    found = shutil.which("initdb")
    if not found:
        raise RuntimeError("PostgreSQL's server programs are missing: apt-get install postgresql")
    return Path(found).resolve().parent


def _unprivileged_user() -> str:
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


class Server:
    def __init__(self) -> None:
        self.programs = _server_programs()
        self.folder = Path(tempfile.mkdtemp(prefix="confab_pg_"))
        self.user = _unprivileged_user() if os.geteuid() == 0 else None
        self._numbers = itertools.count()
        if self.user:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o755)
        data = str(self.folder / "data")
        try:
            self._own(
                "initdb", "-D", data, "-U", SUPERUSER, "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"
            )
            options = {
                "listen_addresses": "''",
                "fsync": "off",
                "full_page_writes": "off",
                "synchronous_commit": "off",
                "max_wal_size": "4GB",
                "max_locks_per_transaction": "1024",
                "autovacuum": "off",
            }
            settings = " ".join(f"-c {name}={value}" for name, value in options.items())
            log = str(self.folder / "log")
            self._own("pg_ctl", "-D", data, "-w", "-l", log, "-o", f"-k {self.folder} {settings}", "start")
            self.psql("postgres", f"create role {ORDINARY} login")
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> Server:
        return self

    def __exit__(self, kind: type | None, value: BaseException | None, trace: types.TracebackType | None) -> None:
        self.stop()

    def _own(self, program: str, *arguments: str) -> None:
        """Runs one of the server's own programs as the user that owns the server."""
        prefix = ["runuser", "-u", self.user, "--"] if self.user else []
        done = subprocess.run(
            [*prefix, str(self.programs / program), *arguments],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd="/",
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")

    def stop(self) -> None:
        if (self.folder / "data" / "postmaster.pid").exists():
            self._own("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def psql(
        self,
        database: str,
        sql: str | None = None,
        *,
        file: Path | None = None,
        cwd: Path | None = None,
        user: str = SUPERUSER,
        stop_on_error: bool = True,
        timeout: float = 600,
    ) -> str:
        """Runs SQL text (from standard input) or a file; answers what psql printed. Raises SqlError."""
        command = ["psql", "-X", "-q", "-A", "-t", "-F", SEPARATOR, "-h", str(self.folder), "-U", user, "-d", database]
        command += ["-v", f"ON_ERROR_STOP={int(stop_on_error)}", "-f", "-" if file is None else str(file)]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
        environment["PGOPTIONS"] = "-c client_min_messages=warning"
        environment["PGCLIENTENCODING"] = "UTF8"
        done = subprocess.run(
            command, input=sql, capture_output=True, text=True, cwd=cwd, env=environment, timeout=timeout
        )
        if done.returncode and stop_on_error:
            raise SqlError(done.stderr.strip())
        return done.stdout

    def create(self, owner: str | None = None) -> Database:
        name = f"t{next(self._numbers)}"
        self.psql("postgres", f"create database {name} strategy file_copy" + (f" owner {owner}" if owner else ""))
        return Database(self, name, owner or SUPERUSER)


class Database:
    """An empty database of the private server; `user` is who runs the SQL."""

    def __init__(self, server: Server, name: str, user: str) -> None:
        self.server = server
        self.name = name
        self.user = user

    def run(self, sql: str, *, timeout: float = 600, stop_on_error: bool = True) -> str:
        return self.server.psql(self.name, sql, user=self.user, timeout=timeout, stop_on_error=stop_on_error)

    def run_file(self, file: Path, *, cwd: Path | None = None, stop_on_error: bool = True) -> str:
        return self.server.psql(self.name, file=file, cwd=cwd, user=self.user, stop_on_error=stop_on_error)

    def rows(self, sql: str) -> list[list[str]]:
        """Rows of a query as text; NULL reads as the empty string."""
        return [line.split(SEPARATOR) for line in self.run(sql).splitlines()]

    def value(self, sql: str) -> str:
        answer = self.run(sql).splitlines()
        if len(answer) != 1:
            raise AssertionError(f"one value expected, found {answer!r}: {sql}")
        return answer[0]

    def count(self, sql: str) -> int:
        return int(self.value(sql))

    def load(self, folder: Path) -> None:
        """What the archive promises: `psql -f load.sql` fills an empty database."""
        self.run_file(Path("load.sql"), cwd=folder)

    def drop(self) -> None:
        self.server.psql("postgres", f"drop database if exists {self.name} with (force)")
