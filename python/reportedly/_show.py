"""What objects look like in a notebook and in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from ._bars import bars
from ._figures import bounds, certainty_label
from ._marks import STYLES, Mark, styled, visible
from ._reportedly import Claim, Claims, Corpus, Document, Frame, Ledger, Reconciliation, Tokens
from ._table import SHORT, SOFT, Html, facts, framed, grouped, html_of, note, table, ways

#: How many rows a notebook or terminal is shown.
_ROWS = 20
_WIDTH = 60
#: A display must not cost more than its reader notices, however long the object: so much of a text is shown, of a
#: passage in a table, of a passage by itself, and claims of texts so long are explained without being asked.
_TEXT = 20_000
_PASSAGE = 360
_CLAIM = 2_000
_SOON = 100_000
#: Columns of a terminal, and what a column of a table is given there before any gets more.
_TERMINAL = 120
_NARROW = 24
#: What readers look for first in a table that has much else.
_FOREMOST = {
    "findings": ["kind", "severity", "message"],
    "figures": ["said_on", "figure", "source", "certainty", "label", "document"],
    "hits": ["found", "source", "text", "document"],
    "propositions": ["text", "independent", "documents"],
    "copies": ["earlier", "later", "relation", "earlier_in_later", "later_in_earlier"],
}
#: How many passages of evidence stand under a finding.
_EVIDENCE = 3
#: How many characters a table is wide, and how many it needs at least: so many stand on a sheet of paper.
_PAGE = 150
_PAPER = 84
_SEVERITY = {
    3: ("changes how the corpus is to be read", "#d0453a"),
    2: ("deserves a look", "#c08414"),
    1: ("for the record", "rgba(127,127,127,.7)"),
}
# Blocks of these kinds are on the page, but not of the article.
_NOT_OF_THE_ARTICLE = frozenset({"teaser", "navigation", "comment", "notice", "foreign"})


def cell(value: Any, width: int | None = _WIDTH) -> str:
    """One cell as one line of text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, float):
        whole = value == int_or_nan(value) and abs(value) < 1e15
        # Certainties, scores and shares are read, not reckoned with.
        text = f"{value:,.0f}" if whole else f"{value:.3g}" if abs(value) < 100 else f"{value:g}"
    elif isinstance(value, list):
        text = ", ".join(_item(v) for v in value)
    else:
        text = str(value)
    text = visible(" ".join(text.split()))
    return text if width is None or len(text) <= width else text[: width - 1] + "…"


def int_or_nan(value: float) -> float:
    """The whole number that `value` is, or something that equals nothing."""
    return round(value) if abs(value) < 1e300 else float("nan")


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return str(value.get("text") or value.get("spelling") or next(iter(value.values()), ""))
    return str(value)


def frame_text(frame: Frame, name: str) -> str:
    """A frame in a terminal: what readers look for first, the rest by name."""
    head = f"<{type(frame).__name__}: {len(frame):,} {name}>"
    if not len(frame):
        return f"{head}\ncolumns: {', '.join(frame.columns)}"
    rows = [frame[i] for i in range(min(len(frame), 5))]
    filled = [c for c in frame.columns if any(r[c] not in (None, []) for r in rows)]
    shown: list[str] = []
    room = _TERMINAL
    for column in [c for c in _FOREMOST.get(name, filled) if c in filled] or filled:
        width = _widest(rows, column, _NARROW)
        if width + 2 > room:
            break
        shown.append(column)
        room -= width + 2
    # What is left goes to the columns that were cut, from the last.
    widths = {c: _widest(rows, c, _NARROW) for c in shown}
    for column in reversed(shown):
        wider = _widest(rows, column, widths[column] + room)
        room -= wider - widths[column]
        widths[column] = wider
    lines = [head, "  ".join(c.ljust(widths[c]) for c in shown).rstrip()]
    lines += ["  ".join(cell(r[c], widths[c]).ljust(widths[c]) for c in shown).rstrip() for r in rows]
    rest = []
    if len(frame) > len(rows):
        rest.append(f"{len(frame) - len(rows):,} more rows")
    more = [c for c in filled if c not in shown]
    if more:
        rest.append(f"more columns: {', '.join(more)}")
    return "\n".join(lines + ([f"({'; '.join(rest)})"] if rest else []))


def _widest(rows: list[dict[str, Any]], column: str, limit: int) -> int:
    return max(len(column), *(len(cell(r[column], limit)) for r in rows))


def frame_html(frame: Frame, name: str) -> str:
    """A frame in a notebook."""
    if isinstance(frame, Ledger):
        return _ledger_html(frame)
    if name == "findings" and "evidence" in frame.columns:
        return framed(_findings(frame), _more(_ROWS, len(frame), "findings[0]", "findings.to_pandas()"))
    rows = _first(frame)
    foremost = [c for c in _FOREMOST.get(name, ()) if c in frame.columns]
    shown, left_out = _fitting([*foremost, *(c for c in frame.columns if c not in foremost)], rows)
    numbers = {c for c in shown if any(r[c] is not None for r in rows) and all(_is_number(r[c]) for r in rows)}
    body = ([_found(r) if c == "text" and name == "hits" else cell(r[c]) for c in shown] for r in rows)
    more = _more(_ROWS, len(frame), f"frame[{_ROWS}]", f'frame["{frame.columns[0]}"]', "frame.to_pandas()")
    columns = note(f"More columns: {', '.join(left_out)}") if left_out else ""
    return framed(table(shown, body, _count(len(frame), name), right=numbers), more, columns)


def _found(hit: Mapping[str, Any]) -> Html:
    """The text of a hit, with the words that were meant."""
    start = hit["start"]
    marks = [Mark(h["start"] - start, h["end"] - start, "cue") for h in hit["highlights"]]
    return Html(styled(hit["text"], marks, 0, min(len(hit["text"]), _PASSAGE)))


def corpus_html(corpus: Corpus) -> str:
    """A corpus in a notebook: its documents."""
    # The short form tells whether the claims are there; asking for them would extract them.
    known = " claim" in repr(corpus)
    columns = ["#", "document", "published", "outlet", "title", "characters", *(["claims"] if known else [])]
    body = (
        [
            str(d.index),
            cell(d.id, 30),
            cell(d.published),
            cell(d.outlet, 30),
            cell(d.title),
            f"{len(d.text):,}",
            *([f"{len(d.claims):,}"] if known else []),
        ]
        for d in _first(corpus)
    )
    right = {"#", "characters", "claims"}
    parts: list[str] = [table(columns, body, _title(corpus), right=right, head="document")]
    parts.append(_more(_ROWS, len(corpus), "corpus[0]", "corpus.documents.to_pandas()", "corpus.claims"))
    problems = corpus.problems
    if len(problems):
        items = "".join(f"<li>{html_of(problem_text(p))}</li>" for p in _first(problems))
        more = _more(_ROWS, len(problems), "corpus.problems")
        parts.append(f"<div><b>What could not be read, or not well</b><ul>{items}</ul>{more}</div>")
    return framed(*parts)


def problem_text(problem: Mapping[str, Any]) -> str:
    """A row of `Corpus.problems` as a sentence: what happened, and what to do about it."""
    advice = problem["advice"]
    return f"{problem['message']}; {advice}" if advice else str(problem["message"])


def document_html(document: Document, marked: bool = True) -> str:
    """A document in a notebook: its text, with the claims marked, which must be known by then or soon had."""
    text = document.text
    marks: list[Mark] = []
    if marked:
        for claim in document.claims:
            if claim.start >= _TEXT:
                break
            # The outlet's own voice is the ground on which the words of others are to be seen.
            marks += [m for m in claim_marks(claim) if m.role != "content" or claim.kind != "narrated"]
    head = " · ".join(str(x) for x in (document.id, document.published, document.outlet, document.byline) if x)
    paragraphs = []
    for block in document.blocks:
        if block.start >= _TEXT:
            break
        inner = styled(text, marks, block.start, min(block.end, _TEXT))
        style = "margin:.5em 0"
        style += ";font-weight:700" if block.kind in ("title", "heading") else ""
        style += f";{SOFT}" if block.kind in _NOT_OF_THE_ARTICLE else ""
        paragraphs.append(f'<p style="{style}">{inner}</p>')
    end = [] if len(text) <= _TEXT else [note(f"… and {len(text) - _TEXT:,} more characters")]
    asked = f"{_count(len(document.claims), 'claims')}: " if marked else "The claims were not extracted yet: "
    more = note(asked, ways("document.claims", "document.text", "document.tokens"))
    return framed(note(head), *paragraphs, *end, _legend() if marked else "", more)


def claims_html(claims: Claims) -> str:
    """Claims in a notebook: each in its sentence."""
    columns = ["#", "document", "source", "act", "certainty", "claim"]
    body = (
        [
            str(c.index),
            cell(c.document.id, 24),
            cell(c.source.name if c.source else None, 40),
            _act(c),
            certainty_label(c.certainty),
            _marked(c, _PASSAGE),
        ]
        for c in _first(claims)
    )
    more = _more(_ROWS, len(claims), f"claims[{_ROWS}:{2 * _ROWS}]", "claims.filter(…)", "claims.to_pandas()")
    return framed(table(columns, body, _count(len(claims), "claims"), right={"#"}), _legend(), more)


def tokens_html(tokens: Tokens) -> str:
    """Tokens in a notebook."""
    rows = tokens[:_ROWS].to_dicts()
    columns = [c for c in tokens.columns if c not in ("sentence", "start", "end")]
    body = ([cell(row[c]) for c in columns] for row in rows)
    more = _more(_ROWS, len(tokens), f"tokens[{_ROWS}:{2 * _ROWS}]", "tokens.to_pandas()")
    return framed(table(columns, body, _title(tokens), right={"token", "head"}), more)


def claim_html(claim: Claim) -> str:
    """One claim in a notebook: marked in its passage, what is read out of it, and why."""
    document = claim.document
    where = " · ".join(str(x) for x in (document.id, document.published, document.outlet) if x)
    source, chain = claim.source, claim.source_chain
    who = [source.source_type, source.role, source.country] if source else []
    rows = [
        ("source", f"{source.name} ({', '.join(x for x in who if x)})" if source else "nobody is named"),
        ("chain", " > ".join(s.name for s in chain) if len(chain) > 1 else ""),
        ("act", f"{_act(claim)}, {claim.kind}"),
        ("certainty", f"{certainty_label(claim.certainty)} ({claim.certainty:.1f} of 3)"),
        *[("figure", cell(f"{q.text} ({q.counted.text})" if q.counted else q.text)) for q in claim.quantities],
        ("times", ", ".join(f"{t.text} ({t.value})" if t.value else t.text for t in claim.times)),
        ("places", ", ".join(dict.fromkeys(p.name for p in claim.places))),
        ("in", f"{where}, characters {claim.start:,} to {claim.end:,}"),
    ]
    kept = [(name, cell(value, 200)) for name, value in rows[:30] if value]
    passage = f'<p style="margin:.5em 0">{_marked(claim, _CLAIM)}</p>'
    why = note("Why: ", ways("print(claim.explain())"))
    # The document is analysed anew for this.
    if len(document.text) <= _SOON:
        lines = claim.explain().split("\n")
        start = next((i for i, line in enumerate(lines) if line.startswith("kind ")), 1)
        text = html_of("\n".join(line[:400] for line in lines[start:]))
        pre = f'<pre style="white-space:pre-wrap;font-size:90%;background:none;color:inherit">{text}</pre>'
        why = Html(f"<details><summary>Why</summary>{pre}</details>")
    return framed(passage, _legend(), facts(kept, f"Claim {claim.index:,}"), why)


def reconciliation_html(reconciliation: Reconciliation) -> str:
    """A reconciliation in a notebook: its findings, and what else there is."""
    findings = reconciliation.findings
    members = ("findings", 'ledger("…")', "copies", "stories", "origins", "propositions", "parties")
    more = note("More: ", ways(*(f"reconciliation.{m}" for m in members)))
    return framed(f'<p style="margin:.3em 0"><b>{html_of(_title(reconciliation))}</b></p>', _findings(findings), more)


def _findings(findings: Frame) -> Html:
    """What was found, in sentences: how grave it is, and the passages that show it."""
    items = []
    for row in _first(findings):
        word, colour = _SEVERITY.get(row["severity"], _SEVERITY[1])
        kind = row["kind"].replace("_", " ")
        passages = [
            f"<li>“{html_of(cell(e['text'], 240))}” <span style='{SOFT}'>{html_of(cell(e['document'], 40))}</span></li>"
            for e in row["evidence"][:_EVIDENCE]
        ]
        if len(row["evidence"]) > _EVIDENCE:
            passages.append(f"<li style='{SOFT}'>and {len(row['evidence']) - _EVIDENCE:,} more</li>")
        inner = f'<ul style="margin:.2em 0 0;padding-left:1.4em;font-size:92%">{"".join(passages)}</ul>'
        items.append(
            f'<li style="margin:.6em 0;padding-left:.7em;border-left:4px solid {colour}"><b>{html_of(kind)}</b> '
            f'<span style="{SOFT}">({word})</span><br>{html_of(cell(row["message"], None))}'
            f"{inner if passages else ''}</li>"
        )
    title = html_of(_count(len(findings), "findings"))
    body = f'<ul style="list-style:none;padding:0;margin:0">{"".join(items)}</ul>' if items else ""
    return Html(f'<div style="font-weight:600">{title}</div>{body}')


def _ledger_html(ledger: Ledger) -> str:
    """The ledger of figures in a notebook: what may be compared stands together, drawn on one scale."""
    columns = ["of what", "said on", "who", "figure", "drawn", "certainty"]
    groups = []
    for _, group in groupby(_first(ledger), key=lambda r: r["row"]):
        rows = list(group)
        lines = [
            [
                cell(r["said_on"]) or "undated",
                ", ".join(dict.fromkeys(cell(x, 50) for x in (r["source"], r["outlet"] or r["document"]) if x)),
                bounds(r),
                Html(bar),
                certainty_label(r["certainty"]),
            ]
            for r, bar in zip(rows, bars(rows), strict=True)
        ]
        groups.append((cell(rows[0]["label"]), lines))
    more = _more(_ROWS, len(ledger), 'ledger("soldiers")', "ledger.plot()", "ledger.series()", "ledger.to_pandas()")
    return framed(grouped(columns, groups, _count(len(ledger), "figures"), right={"figure"}), more)


def claim_marks(claim: Claim) -> list[Mark]:
    """Where source, cue, content and figures of a claim stand."""
    spans = (("source", claim.source_spans), ("cue", claim.cue_spans), ("content", claim.content_spans))
    marks = [Mark(s.start, s.end, role) for role, found in spans for s in found]
    return marks + [Mark(q.span.start, q.span.end, "figure") for q in claim.quantities]


def _marked(claim: Claim, room: int) -> Html:
    """A claim in its sentence, or so much of it as there is room for."""
    text, sentence = claim.document.text, claim.sentence
    start = min(claim.start, sentence.start) if sentence else claim.start
    end = max(claim.end, sentence.end) if sentence else claim.end
    first, last = start, end
    if end - start > room:
        first = max(start, min(claim.start - room // 6, end - room))
        last = first + room
        # Cut at white space where there is some near, so that no word is halved.
        if first > start:
            first = text.find(" ", first, first + 30) + 1 or first
        if last < end:
            last = max(text.rfind(" ", last - 30, last), 0) or last
    inner = styled(text, claim_marks(claim), first, last)
    return Html(f"{'… ' if first > start else ''}{inner}{' …' if last < end else ''}")


def _act(claim: Claim) -> str:
    return claim.act if claim.polarity == "+" else f"{claim.act} (−)"


def _legend() -> Html:
    words = " ".join(styled(role, [Mark(0, len(role), role)]) for role in STYLES)
    return Html(f'<div style="font-size:92%;padding:2px 0"><span style="{SOFT}">Marks:</span> {words}</div>')


def _first(rows: Any) -> list[Any]:
    return [rows[i] for i in range(min(len(rows), _ROWS))]


def _more(shown: int, total: int, *how: str) -> Html:
    """How many there are beyond those shown, and how to see them."""
    left = f"and {total - shown:,} more: " if total > shown else "More: "
    return note(left, ways(*how))


def _title(thing: Any) -> str:
    """The short form of an object, with thousands set apart."""
    return re.sub(r"\d{4,}", lambda m: f"{int(m[0]):,}", repr(thing).strip("<>"))


def _count(n: int, noun: str) -> str:
    """A number and its noun, which is given in the plural."""
    one = re.sub("ies$", "y", noun) if noun.endswith("ies") else noun.removesuffix("s")
    return f"{n:,} {one if n == 1 else noun}"


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))


def _fitting(columns: Iterable[str], rows: list[dict[str, Any]]) -> tuple[list[str], list[str]]:
    """Which columns are shown, for they hold something and there is room, and which are not."""
    shown: list[str] = []
    left_out: list[str] = []
    used = least = 0
    filled = [c for c in columns if not rows or any(r[c] not in (None, []) for r in rows)]
    for column in filled:
        width = max([len(column), *(min(len(cell(r[column])), 40) for r in rows)]) + 2
        narrow = width if width <= SHORT + 2 else 14
        if (used + width > _PAGE or least + narrow > _PAPER) and shown:
            left_out.append(column)
        else:
            shown.append(column)
            used += width
            least += narrow
    return shown, left_out
