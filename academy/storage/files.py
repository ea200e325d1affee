"""Files that are replaced whole, after they reached the disk, and by one writer at a time."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from academy.storage.recent import Recent

Signature = tuple[int, int, int]
"""Tells one version of a file from every other: when it was written, its inode, its size."""

_LOCKS = 256
_PATIENCE = 20.0
_BETWEEN_TRIES = 0.001

_Kept = TypeVar("_Kept")


def read(path: Path) -> tuple[bytes, Signature]:
    """What a file holds, and the signature of the very file that was read."""
    with path.open("rb") as file:
        return file.read(), _signature(os.fstat(file.fileno()))


def replace(path: Path, content: bytes, *, is_durable: bool = True) -> Signature:
    """Write beside, flush, put in place, flush the folder: the old file or the new, never half.

    The caller holds the file's lock, so what a killed process left beside is simply used again.
    Each version's timestamp is later than the last one's, however coarse the clock and wherever it
    was set back to, so that signatures never repeat. What need not be durable a loss of power may
    take or cut off.
    """
    beside = path.with_suffix(".tmp")
    changed = max(time.time_ns(), _changed(path) + 1)
    try:
        with _opened(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC) as file:
            left = memoryview(content)
            while left:
                left = left[os.write(file, left) :]
            os.utime(file, ns=(changed, changed))
            if is_durable:
                os.fsync(file)
            signature = _signature(os.fstat(file))
        os.replace(beside, path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    if is_durable:
        flush_folder(path.parent)
    return signature


def remove(*paths: Path) -> bool:
    """Unlink these files of one folder, and flush the folder; False if there were none."""
    found = [path for path in paths if path.exists()]
    for path in found:
        path.unlink()
    if found:
        flush_folder(found[0].parent)
    return bool(found)


@contextmanager
def _opened(path: Path, flags: int) -> Iterator[int]:
    """A file's descriptor; its folder is made first if there is none."""
    try:
        descriptor = os.open(path, flags, 0o666)
    except FileNotFoundError:
        make_folder(path.parent)
        descriptor = os.open(path, flags, 0o666)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def make_folder(folder: Path) -> None:
    """Make a folder that outlives a loss of power, unless it is there."""
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        flush_folder(folder.parent)


class Locks:
    """The right to change a file, for one thread of one process at a time.

    A file always has the same one of 256 locks. The system lets go of a lock when its holder dies.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._within = [Lock() for _ in range(_LOCKS)]

    @contextmanager
    def held(self, path: Path) -> Iterator[None]:
        """Wait for the lock of a file and hold it; TimeoutError when somebody does not let go."""
        number = sha256(path.name.encode()).digest()[0] % _LOCKS
        file = self._folder / f"{number:02x}"
        with self._within[number], _opened(file, os.O_RDWR | os.O_CREAT) as lock:
            _wait_for(lock)
            yield


def _wait_for(lock: int) -> None:
    patience = time.monotonic() + _PATIENCE
    while True:
        try:
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > patience:
                raise TimeoutError(f"another process held the lock for {_PATIENCE:.0f} s") from None
            time.sleep(_BETWEEN_TRIES)


class Cache(Generic[_Kept]):
    """What was read last, each good for as long as its file is the same one."""

    def __init__(self, load: Callable[[Path], tuple[_Kept, Signature]], most: int) -> None:
        self._load = load
        self._recent: Recent[Path, tuple[_Kept, Signature]] = Recent(most)

    def read(self, path: Path) -> _Kept:
        """What a file holds now; raises FileNotFoundError, and whatever loading it raises."""
        kept = self._recent.get(path)
        try:
            if kept is None or kept[1] != _signature(os.stat(path)):
                kept = self._load(path)
                self._recent.put(path, kept)
        except FileNotFoundError:
            self._recent.drop(path)
            raise
        return kept[0]

    def put(self, path: Path, value: _Kept, signature: Signature) -> None:
        """Keep what a file holds whose writer knows it anyhow."""
        self._recent.put(path, (value, signature))

    def drop(self, path: Path) -> None:
        self._recent.drop(path)


def _signature(status: os.stat_result) -> Signature:
    return status.st_mtime_ns, status.st_ino, status.st_size


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def flush_folder(folder: Path) -> None:
    """Let what was made, renamed or removed in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
