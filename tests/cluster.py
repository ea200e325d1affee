"""The site as on several machines: nginx before two processes, and one PostgreSQL, on loopback.

`python -m tests.cluster` runs it until it is interrupted, with the configuration in deploy/.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.postgres_server import PostgresServer, postgres_server

ROOT = Path(__file__).parents[1]
CONFIGURED = (8501, 8502)
"""The processes that deploy/nginx.conf names."""
PATIENCE = 120.0


@dataclass
class Cluster:
    """What runs, and where to reach it."""

    address: str
    """Of nginx, HOST:PORT."""
    records: str
    database: PostgresServer
    sites: Sequence[subprocess.Popen] = field(default_factory=list)

    def kill(self, number: int) -> None:
        """End one process of the site as a loss of power would."""
        self.sites[number].kill()
        self.sites[number].wait()

    def stop(self, number: int) -> int:
        """Ask one process of the site to stop; what it answered with."""
        self.sites[number].send_signal(signal.SIGTERM)
        return self.sites[number].wait(timeout=PATIENCE)


@contextmanager
def cluster(*, port: int | None = None) -> Iterator[Cluster]:
    """Everything, for as long as it is needed."""
    with ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory(prefix="academy-cluster-")))
        database = running.enter_context(postgres_server())
        records = database.empty("academy")
        ports = [_free_port() for _ in CONFIGURED]
        sites = [running.enter_context(_site(each, records, folder)) for each in ports]
        front = port or _free_port()
        running.enter_context(_nginx(front, ports, folder))
        _wait_for(f"http://127.0.0.1:{front}/readyz", sites, folder)
        yield Cluster(f"127.0.0.1:{front}", records, database, sites)


@contextmanager
def _site(port: int, records: str, folder: Path) -> Iterator[subprocess.Popen]:
    log = folder / f"site-{port}.log"
    with log.open("wb") as out:
        site = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.serve", "app.py", str(port)],
            cwd=ROOT,
            env={**os.environ, "ACADEMY_RECORDS": records, "PYTHONPATH": str(ROOT)},
            stdout=out,
            stderr=out,
        )
    try:
        _wait_for(f"http://127.0.0.1:{port}/readyz", [site], folder)
        yield site
    finally:
        site.terminate()
        site.wait()


@contextmanager
def _nginx(front: int, ports: Sequence[int], folder: Path) -> Iterator[None]:
    """nginx with the configuration that is shipped, at other ports and in a folder of its own."""
    program = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    if not program:
        raise SystemExit("The cluster needs nginx. Install it (Debian: apt install nginx-light).")
    shipped = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    shipped = shipped.replace("listen 80;", f"listen 127.0.0.1:{front};")
    for configured, actual in zip(CONFIGURED, ports, strict=True):
        shipped = shipped.replace(f"127.0.0.1:{configured}", f"127.0.0.1:{actual}")
    temporary = "".join(
        f"{kind}_temp_path {folder / kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    configuration = folder / "nginx.conf"
    configuration.write_text(
        f"daemon off;\nmaster_process off;\npid {folder / 'nginx.pid'};\nerror_log stderr warn;\n"
        f"events {{}}\nhttp {{\naccess_log off;\n{temporary}{shipped}\n}}\n",
        encoding="utf-8",
    )
    with (folder / "nginx.log").open("wb") as out:
        nginx = subprocess.Popen(
            [program, "-c", configuration, "-e", "stderr", "-p", folder], stdout=out, stderr=out
        )
    try:
        yield
    finally:
        nginx.terminate()
        nginx.wait()


def _wait_for(address: str, processes: Sequence[subprocess.Popen], folder: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urlopen(address, timeout=2).close()
            return
        except (URLError, OSError):
            ended = any(process.poll() is not None for process in processes)
            if ended or time.monotonic() > end:
                break
            time.sleep(0.1)
    logs = "\n".join(f"{log.name}:\n{log.read_text()[-2000:]}" for log in folder.glob("*.log"))
    raise RuntimeError(f"{address} does not answer.\n{logs}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else None
    with cluster(port=port) as running:
        print(
            f"http://{running.address}: nginx, two processes "
            f"({', '.join(str(site.pid) for site in running.sites)}), records in PostgreSQL.\n"
            "Kill one of them and go on. Ctrl+C ends it all.",
            flush=True,
        )
        try:
            signal.pause()
        except KeyboardInterrupt:
            print()


if __name__ == "__main__":
    main()
