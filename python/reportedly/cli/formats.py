"""Tables as CSV, JSON lines, Parquet and HTML. The table for people at a terminal is in `views.py`."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
from collections.abc import Iterator, Sequence
from html import escape
from typing import IO, Any

from .. import Claims
from . import views

#: Rows that are made into Python objects at a time.
_BATCH = 5_000
#: What a spreadsheet takes for the beginning of a formula, in full width too, and what it passes over before that.
_SIGNS = "=+\\-@＝＋－＠﹢﹣﹦﹫"
_BEFORE = r"\s\"'`\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f"
_FORMULA = re.compile(f"[\t\r\n]|[{_BEFORE}]*[{_SIGNS}]")
#: A cell within the cell, to a program that takes other separators than the comma, or line breaks in quotes, for ends.
_INNER = re.compile(f"(?<=[;\t\r\n])(?=[^\\S;\t\r\n]*[\"'`]?[{_SIGNS}])")
#: Signs that stand alone are polarity and relation, and no formula.
_ALONE = frozenset("+-=")
#: Legal in JSON, but taken for the end of a line, or for a command, by what reads JSON lines or shows them.
_UNSAFE = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class Flat:
    """Claims without lists and records: columns of plain values, as `Claims.to_arrow(flat=True)` has them."""

    def __init__(self, claims: Claims) -> None:
        self._claims = claims
        self.columns: list[str] = self._part(0, 0).column_names

    def __len__(self) -> int:
        return len(self._claims)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for first in range(0, len(self), _BATCH):
            yield from self._part(first, first + _BATCH).to_pylist()

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._part(0, len(self)).__arrow_c_stream__(requested_schema)

    def _part(self, first: int, end: int) -> Any:
        return self._claims[first:end].to_arrow(flat=True)


def rows(table: Any) -> Iterator[dict[str, Any]]:
    """The rows of a table, of which only some are in memory at a time."""
    if not isinstance(table, Claims):
        yield from table
        return
    for first in range(0, len(table), _BATCH):
        yield from table[first : first + _BATCH].to_dicts()


def as_csv(
    columns: Sequence[str], body: Iterator[dict[str, Any]], *, mark: bool = False, head: bool = True
) -> Iterator[str]:
    """CSV in which a spreadsheet finds no formula. Lists and records are JSON; `mark` is for Excel."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    # A lone carriage return is left bare by the writer, and a spreadsheet begins a row there.
    careful = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    if mark:
        out.write("\ufeff")
    if head:
        writer.writerow(columns)
    for row in body:
        cells = [csv_cell(row[c]) for c in columns]
        returns = any(isinstance(c, str) and "\r" in c for c in cells)
        (careful if returns else writer).writerow(cells)
        yield out.getvalue()
        out.seek(0)
        out.truncate()
    yield out.getvalue()


def csv_cell(value: Any) -> Any:
    """A value as a cell: text that a spreadsheet would calculate gets an apostrophe in front; numbers stay numbers.

    >>> csv_cell("=1+1"), csv_cell(" @SUM(A1)"), csv_cell("-"), csv_cell(-3.5)
    ("'=1+1", "' @SUM(A1)", '-', -3.5)
    """
    if isinstance(value, list | dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    elif value is not None and not isinstance(value, str | bool | int | float):
        value = _plain(value)
    if isinstance(value, str) and value not in _ALONE:
        if _FORMULA.match(value):
            value = "'" + value
        return _INNER.sub("'", value)
    return value


def as_jsonl(columns: Sequence[str], body: Iterator[dict[str, Any]]) -> Iterator[str]:
    """One JSON object a line, exact: whatever breaks lines or hides text is escaped, not changed."""
    for row in body:
        yield to_json({c: row[c] for c in columns}) + "\n"


def to_json(value: Any, indent: int | None = None) -> str:
    """JSON as the standard has it: no bare control characters, no NaN."""
    try:
        text = json.dumps(value, ensure_ascii=False, default=_plain, allow_nan=False, indent=indent)
    except ValueError:
        text = json.dumps(_finite(value), ensure_ascii=False, default=_plain, indent=indent)
    return _UNSAFE.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


def _finite(value: Any) -> Any:
    """Numbers that JSON has no word for become null."""
    if isinstance(value, dict):
        return {k: _finite(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_finite(v) for v in value]
    # NaN equals nothing; an infinity less itself is NaN.
    return None if isinstance(value, float) and value - value != 0 else value


def _plain(value: Any) -> str:
    """Dates as ISO 8601."""
    return str(value.isoformat())


def parquet_library() -> tuple[str, Any]:
    """pyarrow, or polars if only that is there."""
    for name in ("pyarrow.parquet", "polars"):
        try:
            return name, importlib.import_module(name)
        except ImportError:
            continue
    raise ImportError('parquet needs pyarrow: pip install "reportedly[pyarrow]"', name="pyarrow")


def write_parquet(table: Any, columns: Sequence[str], positions: list[int] | None, file: IO[bytes]) -> None:
    """Rows at these positions, or all, as Parquet."""
    name, library = parquet_library()
    if name == "polars":
        frame = library.DataFrame(table).select(columns)
        (frame if positions is None else frame[positions]).write_parquet(file)
        return
    data = importlib.import_module("pyarrow").table(table).select(list(columns))
    library.write_table(data if positions is None else data.take(positions), file)


_STYLE = """
:root{color-scheme:light dark}
body{font:15px/1.45 system-ui,sans-serif;margin:1.5rem}
h1{font-size:1.3rem;margin:0 0 .2rem}
p{margin:0 0 1rem;opacity:.75}
.wide{overflow-x:auto}
table{border-collapse:collapse}
th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem 0;border-bottom:1px solid #8884}
th{position:sticky;top:0;background:Canvas;white-space:nowrap}
td{overflow-wrap:anywhere;min-width:6ch;max-width:70ch;unicode-bidi:isolate}
td.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
td.d{white-space:nowrap}
td.w{min-width:34ch}
@media (max-width:45rem){table,tbody,tr,td{display:block}thead{display:none}td:empty{display:none}
tr{border-bottom:1px solid #8888;padding:.6rem 0}td,td.n,td.w{border:0;min-width:0;text-align:left;padding:.1rem 0}
td::before{content:attr(data-name) ": ";opacity:.7}}
@media print{body{font-size:9pt;margin:0}th{position:static}tr{break-inside:avoid}thead{display:table-header-group}
.wide{overflow:visible}}
"""


def as_html(name: str, columns: Sequence[str], body: Iterator[dict[str, Any]], count: int) -> Iterator[str]:
    """One page with one table: no script, nothing from elsewhere, text as text."""
    title = f"{count:,} {name if count != 1 else views.SINGULAR.get(name, name)}"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    heads = "".join(f'<th scope="col">{escape(c.replace("_", " "))}</th>' for c in columns)
    yield (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>\n"
        f"<body><main><h1>{escape(title)}</h1>\n"
        '<div class="wide" role="region" aria-label="table" tabindex="0">'
        f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n"
    )
    for row in body:
        yield f"<tr>{''.join(_html_cell(name, row, c) for c in columns)}</tr>\n"
    yield "</tbody></table></div></main></body></html>\n"


def _html_cell(name: str, row: dict[str, Any], column: str) -> str:
    value = row[column]
    text = escape(views.text(name, row, column))
    number = isinstance(value, int | float) and not isinstance(value, bool) and not views.is_worded(name, column)
    kind = "n" if number else "d" if views.is_short(column) else "w" if views.is_wide(name, column) else ""
    # On a narrow screen each cell says what it is, as the head is far away.
    return f'<td dir="auto" data-name="{escape(column.replace("_", " "))}" class="{kind}">{text}</td>'
