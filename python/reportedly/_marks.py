"""Text with marks in it, as HTML. Marks may nest and overlap; the text between them is escaped, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import pairwise
from typing import NamedTuple

#: Inline styles, because notebook hosts drop style sheets: translucent, so that they hold on light and dark. Each
#: differs from the others in more than its colour, for prints in black and white and for eyes that see few colours.
STYLES = {
    "source": "background:rgba(56,132,220,.28);border-radius:3px;font-weight:600",
    "cue": "background:rgba(226,160,30,.38);border-radius:3px;font-style:italic",
    "content": "background:rgba(80,170,110,.20);border-radius:3px",
    "figure": "border-bottom:2px solid rgba(200,70,120,.85)",
}

# Characters that HTML does not have, or that would act on what stands around them: shown as pictures, or named.
_SHOWN: dict[int, int | str] = {
    **{code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n\r"},
    0x7F: 0x2421,
    **{code: 0xFFFD for code in (*range(0x80, 0xA0), 0xFFFE, 0xFFFF) if code != 0x85},
    0x202D: "⟨LRO⟩",
    0x202E: "⟨RLO⟩",
}


class Mark(NamedTuple):
    """A stretch of text, in code points, and what it is."""

    start: int
    end: int
    role: str


def visible(text: str) -> str:
    """Text that shows as what it is: control characters as pictures, overrides of the writing direction by name."""
    return text if text.isascii() and text.isprintable() else text.translate(_SHOWN)


def styled(text: str, marks: Iterable[Mark], start: int = 0, end: int | None = None) -> str:
    """HTML of ``text[start:end]`` with inline styles."""
    end = len(text) if end is None else end
    parts = []
    for a, b, roles in segments(marks, start, end):
        piece = escape(visible(text[a:b]))
        style = ";".join(STYLES[r] for r in roles if r in STYLES)
        parts.append(f'<span style="{style}">{piece}</span>' if style else piece)
    return "".join(parts)


def segments(marks: Iterable[Mark], start: int, end: int) -> Iterable[tuple[int, int, list[str]]]:
    """Cuts ``start..end`` wherever a mark begins or ends: each piece with the roles over it, in a fixed order.

    Linear in marks and pieces, however the marks lie: roles are counted, not searched.
    """
    changes: dict[int, dict[str, int]] = {start: {}, end: {}}
    for mark in marks:
        a, b = max(mark.start, start), min(mark.end, end)
        if a < b:
            for at, step in ((a, 1), (b, -1)):
                here = changes.setdefault(at, {})
                here[mark.role] = here.get(mark.role, 0) + step
    open_: dict[str, int] = {}
    cuts = sorted(changes)
    for a, b in pairwise(cuts):
        for role, step in changes[a].items():
            open_[role] = open_.get(role, 0) + step
        yield a, b, sorted(role for role, n in open_.items() if n > 0)
