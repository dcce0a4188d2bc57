"""What is shown to a person: width, colours, progress, and text that a terminal does not obey."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

#: What a terminal may take for a command, and what hides or turns the text beside it: C0 but for the line feed, DEL,
#: C1, marks of writing direction, separators of lines.
_COMMANDS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
#: For streams of few characters, as ASCII: what tables and summaries draw with.
_SIMPLER = str.maketrans(
    {"─": "-", "…": "~", "“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "≥": ">", "≤": "<"}
)
_SHORTEST_BAR = 10


def plain(text: str) -> str:
    """Text without characters that a terminal would obey; they become spaces."""
    return _COMMANDS.sub(" ", text)


def note(text: str) -> None:
    """A line on standard error."""
    print(f"reportedly: {plain(text)}", file=sys.stderr)


def width(wanted: int | None = None) -> int:
    """Columns to write: those asked for (0: no limit), of the terminal, or 100 if there is none."""
    if wanted is not None:
        return wanted or sys.maxsize
    return shutil.get_terminal_size((100, 24)).columns


def is_terminal(stream: TextIO) -> bool:
    """Whether a person watches this stream."""
    try:
        return stream.isatty()
    except (AttributeError, ValueError):
        return False


def encodable(text: str, stream: TextIO) -> str:
    """Text that the stream's encoding can hold: a terminal of few characters shows fewer, and nothing fails."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_SIMPLER).encode(encoding, "replace").decode(encoding)
    return text


class Style:
    """Colours, if somebody watches and wants them (https://no-color.org)."""

    def __init__(self, choice: str, stream: TextIO) -> None:
        wanted = is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self.on = wanted if choice == "auto" else choice == "always"

    def __call__(self, text: str, code: str) -> str:
        """The text in a colour; `code` as in the ANSI sequence."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.on and code and text else text


class Progress:
    """One line on standard error that says how far it is: only if that is a terminal, and gone at the end."""

    def __init__(self, quiet: bool) -> None:
        self.watched = is_terminal(sys.stderr) and not quiet
        self._shown = 0

    def of(self, what: str) -> Callable[[int, int], None] | None:
        """A callback that draws the progress of one stage, as `corpus.extract(progress=…)` takes it."""
        if not self.watched:
            return None
        began = time.monotonic()
        drawn = 0.0

        def show(done: int, total: int) -> None:
            nonlocal drawn
            now = time.monotonic()
            # Ten times a second is as often as anybody looks.
            if now - drawn < 0.1 and done < total:
                return
            drawn = now
            self._draw(line(what, done, total, now - began, _watched()))

        return show

    def say(self, what: str) -> None:
        """Names a stage that cannot tell how far it is."""
        if self.watched:
            self._draw(what)

    def clear(self) -> None:
        """Takes the line away."""
        if self._shown:
            # Spaces, not an escape sequence: that works on every console.
            print("\r" + " " * self._shown + "\r", end="", file=sys.stderr, flush=True)
            self._shown = 0

    def _draw(self, text: str) -> None:
        text = plain(text)[: max(_watched() - 1, 1)]
        print("\r" + text.ljust(self._shown), end="", file=sys.stderr, flush=True)
        self._shown = len(text)


def _watched() -> int:
    """Columns of the terminal behind standard error; standard output may go elsewhere."""
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns or 80
    except (OSError, ValueError):
        return 80


def line(what: str, done: int, total: int, seconds: float, columns: int) -> str:
    """A bar, how many of how many, how fast, and how long it will take, as far as the columns reach."""
    share = min(done / total, 1.0) if total else 1.0
    counts = f"{done:,} of {total:,}"
    speed = ""
    if seconds > 0.5 and done:
        rate = done / seconds
        left = (total - done) / rate
        speed = f"  {rate:,.0f}/s" if rate >= 10 else f"  {rate:.1f}/s"
        speed += f"  {_duration(left)} left" if done < total else ""
    room = columns - len(what) - len(counts) - len(speed) - 6
    if room < _SHORTEST_BAR:
        return f"{what} {counts}"
    full = int(share * min(room, 30))
    return f"{what} [{'#' * full}{'.' * (min(room, 30) - full)}] {counts}{speed}"


def _duration(seconds: float) -> str:
    """Seconds as people say them: 25 s, 3:05 min, 2:10 h."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02} h"
