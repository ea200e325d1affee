"""Numbers for operators, in Prometheus' form and on an address of their own; nobody is named."""

from __future__ import annotations

from prometheus_client import REGISTRY, Counter, Gauge, Histogram, start_http_server

VARIABLE = "ACADEMY_METRICS"
"""Where to serve them, such as 127.0.0.1:9100; without it in the environment there are none."""

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

records_seconds = Histogram(
    "academy_records_seconds", "What an act on the records took.", ["act"], buckets=_SECONDS
)
records_failed = Counter(
    "academy_records_failed_total", "Acts on the records that failed.", ["act", "reason"]
)
requests = Counter("academy_requests_total", "Answered requests.", ["route", "status"])
requests_seconds = Histogram(
    "academy_request_seconds", "What answering a request took.", ["route"], buckets=_SECONDS
)
connections = Gauge("academy_connections", "Open tabs, each with a connection of its own.")


def saw_records(act: str, seconds: float, failure: str | None) -> None:
    """Note one act on the records."""
    records_seconds.labels(act).observe(seconds)
    if failure:
        records_failed.labels(act, failure).inc()


def serve(address: str) -> None:
    """Serve the numbers at HOST:PORT from a thread of its own. Raises ValueError, OSError."""
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise ValueError(f"'{address}' is no address for metrics. Use HOST:PORT: 127.0.0.1:9100.")
    start_http_server(int(port), addr=host or "127.0.0.1", registry=REGISTRY)
