"""Tables in a notebook: inline styles only, escaped, readable on light and dark, printed whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from ._marks import visible

#: For what is said beside the matter. Opacity and not a colour: it holds on any background.
SOFT = "opacity:.7"
_FRAME = "overflow-wrap:anywhere;print-color-adjust:exact;-webkit-print-color-adjust:exact;line-height:1.45"
_TABLE = "border-collapse:collapse;table-layout:auto;width:auto;max-width:100%;margin:0;font-size:inherit"
_CAPTION = "caption-side:top;text-align:left;color:inherit;font-weight:600;padding:2px 0"
_CELL = "text-align:left;vertical-align:top;padding:3px 10px 3px 0;border-bottom:1px solid rgba(127,127,127,.3)"
_RIGHT = ";text-align:right;font-variant-numeric:tabular-nums"
# Hosts stripe the rows of tables, each in its own way, and not by our groups.
_GROUND = ' style="background:none"'
#: Cells up to this length are not broken.
SHORT = 20


class Html(str):
    """Text that is HTML already: every other text is escaped."""

    __slots__ = ()


def html_of(text: str) -> Html:
    """A text as HTML, with everything in it to be seen."""
    return text if isinstance(text, Html) else Html(escape(visible(text)))


def framed(*parts: str) -> str:
    """What every display stands in."""
    return f'<div style="{_FRAME}">{"".join(parts)}</div>'


def note(*parts: str) -> Html:
    """A line beside the matter."""
    return Html(f'<div style="{SOFT};font-size:92%;padding:2px 0">{"".join(html_of(p) for p in parts)}</div>')


def ways(*ways: str) -> Html:
    """How to see more, as code."""
    return Html(", ".join(f'<code style="white-space:nowrap">{escape(w)}</code>' for w in ways))


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    caption: str,
    *,
    right: Iterable[str] = (),
    head: str | None = None,
) -> Html:
    """A table with a caption. Columns in `right` are numbers; the column `head` names its row."""
    kept = [[html_of(c) for c in row] for row in rows]
    styles = []
    for i, name in enumerate(columns):
        short = all(len(row[i]) <= SHORT for row in kept)
        wide = ";white-space:nowrap" if short else ";min-width:7em;white-space:normal"
        styles.append(_CELL + wide + (_RIGHT if name in right else ""))
    at = list(columns).index(head) if head is not None else -1
    body = "".join(
        f"<tr{_GROUND}>"
        + "".join(
            f'<th scope="row" style="{styles[i]};font-weight:600">{c}</th>'
            if i == at
            else f'<td style="{styles[i]}">{c}</td>'
            for i, c in enumerate(row)
        )
        + "</tr>"
        for row in kept
    )
    return _whole(caption, columns, styles, f"<tbody>{body}</tbody>")


def grouped(
    columns: Sequence[str], groups: Iterable[tuple[str, Sequence[Sequence[str]]]], caption: str, *, right: Iterable[str]
) -> Html:
    """A table whose rows come in groups: the first column names the group, once."""
    bodies = []
    for label, rows in groups:
        first = f'<th scope="rowgroup" rowspan="{len(rows)}" style="{_CELL};min-width:7em;font-weight:600">'
        lines = []
        for i, row in enumerate(rows):
            cells = "".join(
                f'<td style="{_CELL}{";min-width:7em" if len(c) > SHORT else ";white-space:nowrap"}'
                f'{_RIGHT if name in right else ""}">{html_of(c)}</td>'
                for name, c in zip(columns[1:], row, strict=True)
            )
            lines.append(f"<tr{_GROUND}>{first + html_of(label) + '</th>' if i == 0 else ''}{cells}</tr>")
        bodies.append(f"<tbody>{''.join(lines)}</tbody>")
    styles = [_CELL + (_RIGHT if name in right else "") for name in columns]
    return _whole(caption, columns, styles, "".join(bodies))


def facts(rows: Iterable[tuple[str, str]], caption: str) -> Html:
    """Names and values, a line each."""
    head = f'<th scope="row" style="{_CELL};font-weight:400;white-space:nowrap"><span style="{SOFT}">'
    lines = "".join(
        f'<tr{_GROUND}>{head}{html_of(name)}</span></th><td style="{_CELL}">{html_of(value)}</td></tr>'
        for name, value in rows
    )
    return _whole(caption, [], [], f"<tbody>{lines}</tbody>")


def _whole(caption: str, columns: Sequence[str], styles: Sequence[str], bodies: str) -> Html:
    cells = "".join(
        f'<th scope="col" style="{s};font-weight:600">{html_of(c)}</th>' for c, s in zip(columns, styles, strict=True)
    )
    head = f"<thead><tr>{cells}</tr></thead>" if cells else ""
    title = f'<caption style="{_CAPTION}">{html_of(caption)}</caption>'
    return Html(f'<table style="{_TABLE}">{title}{head}{bodies}</table>')
