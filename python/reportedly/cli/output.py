"""Where output goes: standard output, or a file that is whole or not there."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from .. import ArgumentError
from . import terminal

#: Characters that are gathered before they are written.
_CHUNK = 1 << 16


def is_stdout(target: str | None) -> bool:
    """Whether the output goes to standard output."""
    return target is None or target == "-"


def behind_stdout() -> str:
    """The name of the file that standard output was sent to, where the system tells it (Linux); empty otherwise."""
    try:
        number = sys.stdout.fileno()
        return str(Path(f"/proc/self/fd/{number}").readlink()) if stat.S_ISREG(os.fstat(number).st_mode) else ""
    except (OSError, ValueError, AttributeError):
        return ""


def check(target: str | None, *, folder: bool = False) -> None:
    """Raises what writing would raise, as far as it can be known beforehand: not after an hour of work."""
    if is_stdout(target):
        return
    path = Path(os.path.realpath(str(target)))
    if path.is_dir() and not folder:
        raise ArgumentError(f"{target} is a folder; name a file")
    if not path.parent.is_dir():
        raise ArgumentError(f"{target}: there is no folder {path.parent}")
    if not os.access(path.parent, os.W_OK) and not path.exists():
        raise ArgumentError(f"{target}: nothing may be written in {path.parent}")


@contextlib.contextmanager
def opened(target: str) -> Iterator[IO[bytes]]:
    """A file to write to, under its name only when it is whole; what stood there before stays until then."""
    path = Path(os.path.realpath(target))
    if path.exists() and not path.is_file():
        # A device or a pipe: there is nothing to keep whole.
        with path.open("wb") as file:
            yield file
        return
    with replaced(path) as draft, draft.open("wb") as file:
        yield file


@contextlib.contextmanager
def replaced(path: Path) -> Iterator[Path]:
    """The name of a draft beside the file, which takes the file's place at the end, or goes if something fails."""
    path = Path(os.path.realpath(path))
    draft = path.parent / f".reportedly-{secrets.token_hex(6)}.tmp"
    try:
        yield draft
        if path.exists():
            draft.chmod(stat.S_IMODE(path.stat().st_mode))
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def write(target: str | None, chunks: Iterable[str], *, data: bool = False) -> None:
    """Writes text. `data` is for programs: UTF-8 wherever it goes, unless that is a terminal."""
    if is_stdout(target):
        _to_stdout(chunks, data)
        return
    with opened(str(target)) as file:
        for chunk in gathered(chunks):
            file.write(chunk.encode("utf-8", "replace"))


def _to_stdout(chunks: Iterable[str], data: bool) -> None:
    stream = sys.stdout
    buffer = getattr(stream, "buffer", None)
    watched = terminal.is_terminal(stream)
    if data and buffer is not None and not watched:
        stream.flush()
        for chunk in gathered(chunks):
            buffer.write(chunk.encode("utf-8", "replace"))
        buffer.flush()
        return
    for chunk in gathered(chunks):
        stream.write(terminal.encodable(terminal.plain(chunk) if watched and data else chunk, stream))
    stream.flush()


def gathered(chunks: Iterable[str]) -> Iterator[str]:
    """Small pieces put together: fewer calls of the system."""
    parts: list[str] = []
    size = 0
    for chunk in chunks:
        parts.append(chunk)
        size += len(chunk)
        if size >= _CHUNK:
            yield "".join(parts)
            parts, size = [], 0
    if parts:
        yield "".join(parts)
