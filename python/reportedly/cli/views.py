"""Tables for people: which columns, what stands in them, and how they fit a terminal."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from typing import Any

from .._figures import bounds, certainty_label
from .._show import cell
from .._summary import _cut, _line, _pad, _width
from . import terminal

#: Columns of the tables for people; the other formats have all of them.
COLUMNS = {
    "claims": ["document", "published", "source", "cue", "act", "polarity", "certainty_label", "content"],
    "figures": ["said_on", "document", "figure", "counted", "whose", "predicate", "place", "source", "certainty"],
    "series": ["label", "date", "low", "high", "unit", "origins", "of", "disputed"],
    "findings": ["severity", "kind", "message"],
    "copies": ["earlier", "later", "relation", "earlier_in_later", "later_in_earlier", "passages"],
    "hits": ["document", "published", "found", "source", "text"],
    "articles": ["document", "published", "outlet", "title", "language", "characters", "claims"],
    "problems": ["severity", "path", "row", "kind", "message", "advice"],
}
#: The column that may be cut first, as a share of it is enough to know the rest by.
_WIDE = {
    "claims": "content",
    "figures": "source",
    "series": "label",
    "findings": "message",
    "copies": "passages",
    "hits": "text",
    "articles": "title",
    "problems": "message",
}
#: Columns of short words, which say little when they are cut.
_FIRM = {
    *("said_on", "published", "date", "figure", "certainty", "certainty_label", "act", "polarity", "severity", "kind"),
    *("relation", "found", "language", "counted", "predicate", "unit"),
}
#: Columns whose text is told in full, on as many lines as it takes.
_WRAPPED = {("findings", "message"), ("problems", "message"), ("problems", "advice")}
_RIGHT = {"claims", "characters", "low", "high", "origins", "of", "earlier_in_later", "later_in_earlier", "score"}
SINGULAR = {"claims": "claim", "figures": "figure", "findings": "finding", "copies": "pair of copies", "hits": "hit"}
NAMES = {"copies": "pairs of copies", "series": "days"}
#: Rows by which the width of columns is found.
_SAMPLE = 2_000
_NARROWEST = 6


def shown(name: str, columns: Sequence[str]) -> list[str]:
    """The columns for people, of those that there are."""
    return [c for c in COLUMNS[name] if c in columns]


def is_worded(name: str, column: str) -> bool:
    """Whether a number is shown as something else."""
    return (name, column) in (("figures", "figure"), ("figures", "certainty"))


def is_wide(name: str, column: str) -> bool:
    """Whether it is the column of long texts."""
    return _WIDE[name] == column


def is_short(column: str) -> bool:
    """Whether it is a column of short words or dates."""
    return column in _FIRM


def text(name: str, row: dict[str, Any], column: str) -> str:
    """A cell in words, on one line."""
    value = row[column]
    if name == "figures" and column == "figure":
        return bounds(row, possible="?")
    if name == "figures" and column == "certainty":
        return certainty_label(value)
    if name == "copies" and column == "passages":
        return " … ".join(_line(p["text"]) for p in value[:3])
    if column in ("earlier_in_later", "later_in_earlier") and value is not None:
        return f"{value:.0%}"
    if column in ("severity", "claim", "row", "start", "end", "limit"):
        return "" if value is None else str(value)
    return cell(value, None)


def as_table(
    name: str,
    columns: Sequence[str],
    body: Iterator[dict[str, Any]],
    width: int,
    style: terminal.Style,
    *,
    chosen: bool = False,
) -> Iterator[str]:
    """Aligned columns that fit the width, a line or more a row; empty ones only if they were `chosen`."""
    sample = [_cells(name, row, columns) for row in islice(body, _SAMPLE)]
    if not sample:
        yield f"no {NAMES.get(name, name)}\n"
        return
    if not chosen and len(sample) < _SAMPLE:
        filled = [i for i in range(len(columns)) if any(cells[i] for cells, _ in sample)]
        columns = [columns[i] for i in filled]
        sample = [([cells[i] for i in filled], row) for cells, row in sample]
    wide = columns.index(_WIDE[name]) if _WIDE[name] in columns else 0
    widths = _widths(columns, [cells for cells, _ in sample], width, wide)
    right = [(c in _RIGHT and c != "claims") or (name == "articles" and c == "claims") for c in columns]
    yield style(_aligned(columns, widths, right), "1") + "\n"
    for cells, row in chain(sample, (_cells(name, row, columns) for row in body)):
        code = _colour(name, row)
        words = _sought(row) if name == "hits" else []
        for line in _lines(name, columns, cells, widths, right, words[0] if words else ""):
            yield style(_marked(line, words, style), code) + "\n"


def _cells(name: str, row: dict[str, Any], columns: Sequence[str]) -> tuple[list[str], dict[str, Any]]:
    # No character that a terminal would obey comes through `_line`.
    return [_line(text(name, row, c)) for c in columns], row


def _widths(columns: Sequence[str], cells: list[list[str]], width: int, wide: int) -> list[int]:
    """What is too much is taken from long texts first, `wide` ahead of the others, and from short words last."""
    widths = [max(map(_width, column)) for column in zip(columns, *cells, strict=True)]
    excess = sum(widths) + 2 * (len(widths) - 1) - width
    loose = [i for i, c in enumerate(columns) if c not in _FIRM and i != wide]
    stages = [
        ([wide], max(width * 2 // 5, 24)),
        (loose, 12),
        ([wide], 24),
        (loose, 8),
        (list(range(len(widths))), _NARROWEST),
    ]
    for among, least in stages:
        while excess > 0 and (largest := max(among, key=lambda i: (widths[i], i), default=None)) is not None:
            # As far as the next longest at once: a cell may have a million characters.
            floor = max([least, *(widths[i] for i in among if i != largest and widths[i] < widths[largest])])
            cut = min(excess, max(widths[largest] - floor, 1))
            if widths[largest] <= least:
                break
            widths[largest] -= cut
            excess -= cut
    return widths


def _aligned(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    columns = zip(cells, widths, right, strict=True)
    return "  ".join(_pad(_cut(c, w), w, to_right=r) for c, w, r in columns).rstrip()


def _lines(
    name: str,
    columns: Sequence[str],
    cells: Sequence[str],
    widths: Sequence[int],
    right: Sequence[bool],
    sought: str = "",
) -> Iterator[str]:
    # Of a hit, what is sought stays in sight.
    cells = [_cut(c, w, sought) if column == "text" else c for column, c, w in zip(columns, cells, widths, strict=True)]
    wrapped: list[list[str]] = [
        (textwrap.wrap(c, w, break_on_hyphens=False) if (name, column) in _WRAPPED and _width(c) > w else [c]) or [""]
        for column, c, w in zip(columns, cells, widths, strict=True)
    ]
    for i in range(max(map(len, wrapped))):
        yield _aligned([lines[i] if i < len(lines) else "" for lines in wrapped], widths, right)


def _colour(name: str, row: dict[str, Any]) -> str:
    """Of a row, as the code of an ANSI sequence: what is grave, denied, or in the outlet's own voice."""
    choose: dict[str, Callable[[], str]] = {
        "findings": lambda: {3: "1;31", 2: "33"}.get(row["severity"], ""),
        "claims": lambda: "31" if row["act"] == "deny" or row["polarity"] == "-" else _own(row),
        "problems": lambda: {"error": "31", "warning": "33"}.get(row["severity"], ""),
        "figures": lambda: "2" if row["hypothetical"] else "",
        "series": lambda: "33" if row["disputed"] else "",
    }
    return choose[name]() if name in choose else ""


def _own(row: dict[str, Any]) -> str:
    return "2" if row["kind"] == "narrated" else ""


def _sought(row: dict[str, Any]) -> list[str]:
    """The words of a hit that were looked for, as they stand there."""
    found = (row["text"][h["start"] - row["start"] : h["end"] - row["start"]] for h in row.get("highlights") or ())
    return list(dict.fromkeys(filter(None, map(_line, found))))


def _marked(line: str, words: list[str], style: terminal.Style) -> str:
    """A line in which words stand out, if there are colours."""
    if not words or not style.on:
        return line
    either = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    return re.sub(either, lambda m: style(m[0], "1;33"), line)
