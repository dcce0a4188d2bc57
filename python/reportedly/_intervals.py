"""Figures as intervals, drawn: one line a figure, in the order in which they were said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from html import escape
from typing import Any

from ._figures import bounds, number

_ROW = 26
_LEFT = 250
_WIDTH = 760
_RIGHT = 150
#: From this ratio of the largest to the smallest figure on, the scale is logarithmic.
_LOG = 40.0


def chart(rows: Sequence[dict[str, Any]], links: Sequence[str]) -> str:
    """An SVG of the rows of the ledger, or nothing if there is nothing to compare."""
    # A change ("1,000 more") is no level, and says nothing on the same scale.
    levels = [(row, link) for row, link in zip(rows, links, strict=True) if not row["change"]]
    drawn = [(row, link) for row, link in levels if _ends(row)]
    ends = [e for row, _ in drawn for e in _ends(row)]
    if len(drawn) < 2 or not all(map(math.isfinite, ends)):
        return ""
    scale = _Scale(min(ends), max(ends))
    drawn.sort(key=lambda d: str(d[0]["said_on"] or "9999"))
    height = _ROW * len(drawn) + 30
    parts = [
        f'<svg viewBox="0 0 {_WIDTH + 100} {height}" role="img" aria-label="{len(drawn)} figures as intervals">',
    ]
    for tick in scale.ticks():
        x = scale.at(tick)
        parts.append(f'<line class="g" x1="{x}" x2="{x}" y1="4" y2="{height - 24}"/>')
        parts.append(f'<text class="t" x="{x}" y="{height - 8}" text-anchor="middle">{number(tick)}</text>')
    for i, (row, link) in enumerate(drawn):
        parts.append(_bar(row, link, scale, _ROW * i + _ROW / 2 + 4))
    parts.append("</svg>")
    return "".join(parts)


def _ends(row: dict[str, Any]) -> list[float]:
    return [e for e in (row["low"], row["high"]) if e is not None]


def _bar(row: dict[str, Any], link: str, scale: _Scale, y: float) -> str:
    who = row["source"] or row["outlet"] or "nobody named"
    label = f"{row['said_on'] or 'undated'}  {who}"
    label = label if len(label) <= 36 else label[:35] + "…"
    low, high = row["low"], row["high"]
    # An open end runs on, dashed, to the edge of the drawing.
    a = scale.at(low) if low is not None else _LEFT - 8.0
    b = scale.at(high) if high is not None else float(_WIDTH - _RIGHT + 12)
    shape = []
    if low is None or high is None:
        shape.append(f'<line class="o" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>')
        x = b if low is None else a
        shape.append(f'<circle class="d" cx="{x}" cy="{y}" r="5"/>')
    elif a == b:
        shape.append(f'<circle class="d" cx="{a}" cy="{y}" r="5"/>')
    else:
        shape.append(f'<line class="b" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>')
    faint = ' class="h"' if row["hypothetical"] else ""
    return (
        f'<a href="{escape(link)}"><g{faint}><text class="t" x="0" y="{y + 4}">{escape(label)}</text>{"".join(shape)}'
        f'<text x="{_WIDTH - _RIGHT + 20}" y="{y + 4}">{escape(bounds(row))}</text></g></a>'
    )


class _Scale:
    """From figures to places, linear or logarithmic."""

    def __init__(self, low: float, high: float) -> None:
        self.log = low > 0 and high / low > _LOG
        if not self.log:
            # From zero, unless that would squeeze the figures into a corner.
            pad = (high - low) * 0.08 or abs(high) * 0.1 or 1.0
            low = 0.0 if 0 < low <= high * 0.7 else low - pad
            high += pad
        self.low, self.high = low, high

    def at(self, value: float) -> float:
        low, high = self._of(self.low), self._of(self.high)
        share = (self._of(value) - low) / (high - low) if high > low else 0.5
        return round(_LEFT + share * (_WIDTH - _RIGHT - _LEFT), 1)

    def _of(self, value: float) -> float:
        return math.log10(value) if self.log else value

    def ticks(self) -> list[float]:
        if self.log:
            first, last = math.ceil(math.log10(self.low)), math.floor(math.log10(self.high))
            step = max(1, (last - first + 1) // 5)
            return [10.0**e for e in range(first, last + 1, step)] or [self.low, self.high]
        rough = (self.high - self.low) / 4
        size = 10.0 ** math.floor(math.log10(rough)) if rough > 0 else 1.0
        step_ = next((m * size for m in (1, 2, 5, 10) if m * size >= rough), size)
        first_ = math.ceil(self.low / step_)
        count = min(int((self.high - first_ * step_) / step_) + 1, 12)
        return [(first_ + i) * step_ for i in range(count)]
