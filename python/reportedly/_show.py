"""What objects look like in a notebook and in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from ._marks import Mark, styled
from ._reportedly import Claim, Claims, Corpus, Document, Frame, Reconciliation, Tokens

#: How many rows a notebook or terminal is shown.
_ROWS = 20
_WIDTH = 60
_CELL = "text-align:left;vertical-align:top;padding:2px 10px 2px 0"
_SOFT = "opacity:.65"
# Blocks of these kinds are on the page, but not of the article.
_NOT_OF_THE_ARTICLE = frozenset({"teaser", "navigation", "comment", "notice", "foreign"})


def cell(value: Any, width: int | None = _WIDTH) -> str:
    """One cell as one line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        text = f"{value:,.0f}" if value == int_or_nan(value) and abs(value) < 1e15 else f"{value:g}"
    elif isinstance(value, list):
        text = ", ".join(_item(v) for v in value)
    else:
        text = " ".join(str(value).split())
    return text if width is None or len(text) <= width else text[: width - 1] + "…"


def int_or_nan(value: float) -> float:
    """The whole number that `value` is, or something that equals nothing."""
    return round(value) if abs(value) < 1e300 else float("nan")


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("text") or value.get("spelling") or next(iter(value.values()), ""))
    return str(value)


def frame_text(frame: Frame, name: str) -> str:
    """A frame in a terminal."""
    head = f"<Frame: {len(frame)} {name}>"
    if not len(frame):
        return f"{head}\ncolumns: {', '.join(frame.columns)}"
    rows = [frame[i] for i in range(min(len(frame), 5))]
    widths = {c: max(len(c), *(len(cell(r[c], 24)) for r in rows)) for c in frame.columns}
    shown, used = [], 0
    filled = [c for c in frame.columns if any(r[c] not in (None, []) for r in rows)]
    for column in filled:
        if used + widths[column] > 118:
            break
        shown.append(column)
        used += widths[column] + 2
    lines = [head, "  ".join(c.ljust(widths[c]) for c in shown).rstrip()]
    lines += ["  ".join(cell(r[c], 24).ljust(widths[c]) for c in shown).rstrip() for r in rows]
    rest = []
    if len(frame) > len(rows):
        rest.append(f"{len(frame) - len(rows)} more rows")
    more = [c for c in filled if c not in shown]
    if more:
        rest.append(f"more columns: {', '.join(more)}")
    return "\n".join(lines + ([f"({'; '.join(rest)})"] if rest else []))


def frame_html(frame: Frame, name: str) -> str:
    """A frame in a notebook."""
    rows = [frame[i] for i in range(min(len(frame), _ROWS))]
    body = (_row(cell(r[c]) for c in frame.columns) for r in rows)
    return _table(frame.columns, body, f"{len(frame)} {name}", len(frame) - len(rows))


def corpus_html(corpus: Corpus) -> str:
    """A corpus in a notebook: its documents."""
    columns = ["document", "published", "outlet", "title", "characters", "claims"]
    overview = corpus.documents
    rows = [overview[i] for i in range(min(len(overview), _ROWS))]
    body = (_row(cell(r[c]) for c in columns) for r in rows)
    title = repr(corpus).strip("<>")
    html = _table(columns, body, title, len(overview) - len(rows))
    problems = corpus.problems
    if problems:
        items = "".join(f"<li>{escape(problem_text(problems[i]))}</li>" for i in range(min(len(problems), _ROWS)))
        html += f"<details><summary>What could not be read, or not well</summary><ul>{items}</ul></details>"
    return html


def problem_text(problem: Mapping[str, Any]) -> str:
    """A row of `Corpus.problems` as a sentence: what happened, and what to do about it."""
    advice = problem["advice"]
    return f"{problem['message']}; {advice}" if advice else str(problem["message"])


def document_html(document: Document) -> str:
    """A document in a notebook: its text, with marks if the claims are known."""
    known = document.claims
    marks = [mark for claim in known for mark in claim_marks(claim)]
    head = " · ".join(escape(str(x)) for x in (document.published, document.outlet, document.byline) if x)
    paragraphs = []
    for block in document.blocks:
        inner = styled(document.text, marks, block.start, block.end)
        tag = "h4" if block.kind in ("title", "heading") else "p"
        soft = f' style="{_SOFT}"' if block.kind in _NOT_OF_THE_ARTICLE else ""
        paragraphs.append(f"<{tag}{soft}>{inner}</{tag}>")
    return f'<div><div style="{_SOFT}">{escape(document.id)} {head}</div>{"".join(paragraphs)}{_legend()}</div>'


def claims_html(claims: Claims) -> str:
    """Claims in a notebook: each in its sentence."""
    shown = [claims[i] for i in range(min(len(claims), _ROWS))]
    columns = ["", "document", "source", "act", "certainty", "claim"]
    body = (
        _row(
            [
                escape(str(c.index)),
                escape(cell(c.document.id, 24)),
                escape(cell(c.source.name if c.source else None)),
                escape(c.act if c.polarity == "+" else f"{c.act} (−)"),
                escape(f"{c.certainty:g} {c.certainty_label}"),
                _marked(c),
            ],
            escaped=True,
        )
        for c in shown
    )
    title = repr(claims).strip("<>")
    return _table(columns, body, title, len(claims) - len(shown)) + _legend()


def tokens_html(tokens: Tokens) -> str:
    """Tokens in a notebook."""
    rows = tokens[:_ROWS].to_dicts()
    columns = [c for c in tokens.columns if c not in ("sentence", "start", "end")]
    # Positions and heads are names of tokens: no thousands separators, no cut.
    body = (
        _row("" if row[c] is None else str(row[c]) if c in ("token", "head") else cell(row[c]) for c in columns)
        for row in rows
    )
    return _table(columns, body, repr(tokens).strip("<>"), len(tokens) - len(rows))


def claim_html(claim: Claim) -> str:
    """One claim in a notebook: marked in its passage, and explained."""
    why = escape(claim.explain().split("\n", 1)[-1])
    return f"<div><p>{_marked(claim)}</p>{_legend()}<details><summary>Why</summary><pre>{why}</pre></details></div>"


def reconciliation_html(reconciliation: Reconciliation) -> str:
    """A reconciliation in a notebook: its findings, and what else there is."""
    findings = reconciliation.findings
    shown = [findings[i] for i in range(min(len(findings), _ROWS))]
    body = (_row([r["kind"], str(r["severity"]), cell(r["message"], None)]) for r in shown)
    title = repr(reconciliation).strip("<>")
    return _table(["kind", "severity", "finding"], body, title, len(findings) - len(shown))


def claim_marks(claim: Claim) -> list[Mark]:
    """Where source, cue, content and figures of a claim stand."""
    spans = (("source", claim.source_spans), ("cue", claim.cue_spans), ("content", claim.content_spans))
    marks = [Mark(s.start, s.end, role) for role, found in spans for s in found]
    return marks + [Mark(q.span.start, q.span.end, "figure") for q in claim.quantities]


def _marked(claim: Claim) -> str:
    sentence = claim.sentence
    start = min(claim.start, sentence.start) if sentence else claim.start
    end = max(claim.end, sentence.end) if sentence else claim.end
    return styled(claim.document.text, claim_marks(claim), start, end)


def _legend() -> str:
    words = " ".join(styled(role, [Mark(0, len(role), role)]) for role in ("source", "cue", "content", "figure"))
    return f'<div style="font-size:85%;{_SOFT}">{words}</div>'


def _row(cells: Iterable[str], *, escaped: bool = False) -> str:
    inner = "".join(f'<td style="{_CELL}">{c if escaped else escape(c)}</td>' for c in cells)
    return f"<tr>{inner}</tr>"


def _table(columns: list[str], rows: Iterable[str], title: str, left_out: int) -> str:
    head = "".join(f'<th style="{_CELL}">{escape(c)}</th>' for c in columns)
    more = f'<div style="{_SOFT}">and {left_out} more</div>' if left_out > 0 else ""
    return (
        f"<div><b>{escape(title)}</b><table><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>{more}</div>"
    )
