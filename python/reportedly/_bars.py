"""Figures as small bars, to stand beside them in a table: one scale for all that may be compared."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

_WIDTH = 108
_HEIGHT = 14
#: From this ratio of the largest to the smallest figure on, the scale is logarithmic.
_LOG = 40.0
#: What is told as so much more or less is no level ("rose to 3,000" is one).
_CHANGES = frozenset({"additional", "up", "down"})


def bars(rows: Sequence[dict[str, Any]]) -> list[str]:
    """An SVG for each row of the ledger, all on one scale; nothing for changes, which are no levels.

    A figure is a point, an interval a bar, an open end a dashed line with an arrow. What is only possible is hollow. In
    the colour of the text, so that it is seen on light and dark; hidden from screen readers, which read the figure.
    """
    ends = [[e for e in (r["low"], r["high"]) if e is not None and math.isfinite(e)] for r in rows]
    levels = [e for r, both in zip(rows, ends, strict=True) if r["change"] not in _CHANGES for e in both]
    if not levels:
        return [""] * len(rows)
    at = _scale(min(levels), max(levels))
    return [
        _bar(r, both, at) if both and r["change"] not in _CHANGES else "" for r, both in zip(rows, ends, strict=True)
    ]


def _scale(low: float, high: float) -> Any:
    """From figures to places: from zero, or logarithmic where that would squeeze most into a corner."""
    log = low > 0 and high / low > _LOG
    if log:
        first, last = math.log10(low), math.log10(high)
    else:
        first, last = min(low, 0.0), max(high, 0.0)
    room = (last - first) or 1.0
    if not math.isfinite(room):
        return lambda value: _WIDTH / 2

    def at(value: float) -> float:
        share = ((math.log10(value) if log else value) - first) / room
        return round(10 + share * (_WIDTH - 24), 1)

    return at


def _bar(row: dict[str, Any], ends: list[float], at: Any) -> str:
    y = _HEIGHT / 2
    a, b = at(min(ends)), at(max(ends))
    fill = "none" if row["hypothetical"] else "currentColor"
    parts = [f'<path d="M2 {y}H{_WIDTH - 2}" opacity=".2"/>']
    if a == b:
        parts.append(f'<circle cx="{a}" cy="{y}" r="4" fill="{fill}"/>')
    else:
        parts.append(f'<rect x="{a}" y="{y - 4}" width="{round(b - a, 1)}" height="8" rx="2" fill="{fill}"/>')
    if row["low"] is None and row["relation"] in ("<=", "<"):
        parts.append(f'<path d="M{a - 5} {y}H4m4 -4l-5 4l5 4" stroke-dasharray="3 2"/>')
    if row["high"] is None and row["relation"] in (">=", ">"):
        parts.append(f'<path d="M{b + 5} {y}H{_WIDTH - 4}m-4 -4l5 4l-5 4" stroke-dasharray="3 2"/>')
    return (
        f'<svg aria-hidden="true" width="{_WIDTH}" height="{_HEIGHT}" viewBox="0 0 {_WIDTH} {_HEIGHT}" fill="none" '
        f'stroke="currentColor" stroke-width="1.5" style="vertical-align:middle">{"".join(parts)}</svg>'
    )
