"""Files that are whole on the disk, or as they were."""

from __future__ import annotations

import errno
import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nobody is kept from writing to a spool twice.
    fcntl = None  # type: ignore[assignment]


class InUse(Exception):
    """Another process has the lock."""


_held: set[Lock] = set()


def _forked() -> None:
    """A copy of a process would keep its locks for as long as it lives."""
    for lock in list(_held):
        lock.release()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


class Lock:
    """Keeps a second process out; the system frees it when the process ends, however it does."""

    def __init__(self, path: Path) -> None:
        """Throws InUse, OSError. A file system without locks keeps nobody out."""
        self.file = path.open("a")
        try:
            if fcntl is not None:
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError) as error:
            self.file.close()
            raise InUse(f"another process has {path}") from error
        except OSError:
            pass
        _held.add(self)

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        _held.discard(self)
        self.file.close()


class AppendedFile:
    """A file that grows by whole parts: what a failed append left of one is removed before the next."""

    def __init__(self, path: Path, end: int) -> None:
        """What is behind the end is removed. Throws OSError."""
        self.path, self.end = path, end
        self.file = path.open("r+b", buffering=0)
        self.file.truncate(end)

    def append(self, content: bytes) -> None:
        """Returns once the content is on the disk. Throws OSError; then none of it counts."""
        if os.fstat(self.file.fileno()).st_nlink == 0:
            raise FileNotFoundError(f"{self.path} was deleted")
        self.file.truncate(self.end)
        self.file.seek(self.end)
        left = memoryview(content)
        while left:
            left = left[self.file.write(left) :]
        os.fsync(self.file.fileno())
        self.end += len(content)

    def close(self) -> None:
        self.file.close()


def write_whole(path: Path, content: bytes) -> None:
    """The file has this content, or the one of before, also where the power goes. Throws OSError."""
    part = path.with_suffix(".part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """The name of a new file reaches the disk with its folder."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:  # File systems that flush no folders say so.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)
