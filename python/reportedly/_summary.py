"""What a corpus says, as plain text for a person at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from ._figures import bounds, certainty_label, key_of
from ._reportedly import Corpus, Reconciliation
from ._show import problem_text

#: Parties that are listed, figures a group, findings: the report has all of them.
_PARTIES = 12
_FINDINGS = 20


def summary(corpus: Corpus, reconciliation: Reconciliation, width: int = 100) -> str:
    """The overview, the findings, the ledger, and who says what."""
    width = max(width, 60)
    parts = [
        _articles(corpus, width),
        _findings(corpus, reconciliation, width),
        _ledger(corpus, reconciliation, width),
        _parties(corpus, reconciliation, width),
        _spellings(corpus, reconciliation, width),
        _problems(corpus, width),
    ]
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)


def _articles(corpus: Corpus, width: int) -> Iterator[str]:
    claims = corpus.claims
    rows = corpus.documents.to_dicts()
    dates = sorted(r["published"] for r in rows if r["published"])
    span = f"{dates[0]} to {dates[-1]}" if dates else "no dates"
    undated = f", {len(rows) - len(dates)} undated" if dates and len(dates) < len(rows) else ""
    attributed = len(claims.filter(kind=["direct", "mixed", "indirect"]))
    yield f"{_count(len(rows), 'article')} ({span}{undated})"
    own = len(claims) - attributed
    yield f"{_count(len(claims), 'claim')}: {attributed} attributed, {own} in the outlet's own voice"
    yield ""
    table = [
        [f"[{i}]", str(r["published"] or "undated"), r["outlet"] or "", r["title"] or r["document"], str(r["claims"])]
        for i, r in enumerate(rows, 1)
    ]
    yield from _table(["", "date", "outlet", "title or id", "claims"], table, width, right={4}, wide=3)


def _findings(corpus: Corpus, reconciliation: Reconciliation, width: int) -> Iterator[str]:
    findings = reconciliation.findings.to_dicts()
    yield _heading("FINDINGS", width)
    if not findings:
        yield "none"
    numbers = _numbers(corpus)
    for finding in findings[:_FINDINGS]:
        mark = {3: "!!", 2: "! "}.get(finding["severity"], "  ")
        where = " ".join(f"[{numbers[d]}]" for d in finding["documents"])
        kind = finding["kind"].replace("_", " ")
        yield from textwrap.wrap(
            f"{mark} {kind}: {finding['message']} {where}", width, subsequent_indent="   ", break_on_hyphens=False
        )
    yield from _more(len(findings) - _FINDINGS, "finding")


def _ledger(corpus: Corpus, reconciliation: Reconciliation, width: int) -> Iterator[str]:
    rows = reconciliation.ledger().to_dicts()
    yield _heading("THE LEDGER OF FIGURES", width)
    if not rows:
        yield "none"
        return
    numbers = _numbers(corpus)
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(key_of(row), []).append(row)
    # What several accounts speak of comes first; sorting keeps the order of equals.
    ordered = sorted(groups.values(), key=lambda g: -len({r["document"] for r in g}))
    table = [
        [
            str(r["said_on"] or "undated"),
            f"[{numbers[r['document']]}]",
            bounds(r, possible="?"),
            r["counted"],
            r["whose"] or "",
            r["predicate"] or "",
            r["place"] or "",
            certainty_label(r["certainty"]),
        ]
        for group in ordered
        for r in group
    ]
    head = ["said on", "in", "figure", "counted", "whose", "what", "where", "certainty"]
    lines = _table(head, table, width, wide=6)
    yield next(lines)
    for group in ordered:
        yield ""
        for row in group:
            yield next(lines)
            place = f", characters {row['start']}-{row['end']}"
            who = _cut(_line(row["source"] or "nobody named"), width - 12 - len(place))
            quote = _cut(_line(row["quote"]), width - 14, around=_line(row["figure"]))
            yield f"{' ' * 12}{who}{place}"
            yield f"{' ' * 12}“{quote}”"
    if any(row["hypothetical"] for row in rows):
        yield ""
        yield "? named as possible, not as a count"


def _parties(corpus: Corpus, reconciliation: Reconciliation, width: int) -> Iterator[str]:
    parties = [p for p in reconciliation.parties.to_dicts() if p["source_type"] != "outlet"]
    parties.sort(key=lambda p: -len(p["claims"]))
    yield _heading("WHO SAYS WHAT", width)
    if not parties:
        yield "nobody is named"
    for party in parties[:_PARTIES]:
        what = ", ".join(x for x in (party["source_type"], party["role"], party["country"]) if x)
        name = f"{party['party']} ({what})"
        yield f"{len(party['claims']):4}  {_cut(name, width - 6)}"
    yield from _more(len(parties) - _PARTIES, "source")


def _spellings(corpus: Corpus, reconciliation: Reconciliation, width: int) -> Iterator[str]:
    parties = [p for p in reconciliation.parties.to_dicts() if len(p["spellings"]) > 1]
    if not parties:
        return
    yield _heading("NAMED IN SEVERAL WAYS", width)
    numbers = _numbers(corpus)
    for party in parties[:_PARTIES]:
        spellings = [
            f"“{_line(s['spelling'])}” {''.join(f'[{numbers[d]}]' for d in s['documents'])}" for s in party["spellings"]
        ]
        text = f"{party['party']}: {', '.join(spellings)}"
        yield from textwrap.wrap(text, width, subsequent_indent=" " * 6, max_lines=3, placeholder=" …")
    yield from _more(len(parties) - _PARTIES, "name")


def _problems(corpus: Corpus, width: int) -> Iterator[str]:
    problems = corpus.problems
    if problems:
        yield _heading("NOT READ, OR NOT WELL", width)
    for problem in islice(problems, _FINDINGS):
        yield from textwrap.wrap(problem_text(problem), width, subsequent_indent="  ")
    yield from _more(len(problems) - _FINDINGS, "problem")


def _table(
    head: Sequence[str], rows: Sequence[Sequence[str]], width: int, *, wide: int, right: Iterable[int] = ()
) -> Iterator[str]:
    """Aligned columns; what is too much for the width is taken from the widest column, `wide` first."""
    right = set(right)
    rows = [[_line(c) for c in row] for row in rows]
    widths = [max(_width(c) for c in column) for column in zip(head, *rows, strict=True)]
    while sum(widths) + 2 * (len(widths) - 1) > width:
        largest = wide if widths[wide] > 24 else max(range(len(widths)), key=lambda i: (widths[i], i))
        if widths[largest] <= 6:
            break
        widths[largest] -= 1
    for row in [list(head), *rows]:
        cells = (
            _pad(_cut(cell, w), w, to_right=i in right) for i, (cell, w) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _width(text: str) -> int:
    """Columns that a terminal gives to a text: two for wide characters, none for combining ones."""
    if text.isascii():
        return len(text)
    import unicodedata

    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) != 0 for c in text)


def _pad(text: str, width: int, *, to_right: bool) -> str:
    space = " " * max(width - _width(text), 0)
    return space + text if to_right else text + space


def _cut(text: str, width: int, around: str = "") -> str:
    """At most `width` columns of a text; if it must be cut, so that `around` stays in sight."""
    if _width(text) <= width:
        return text
    start = text.find(around) if around else 0
    if start + len(around) + 10 > width and start > 0:
        text = "… " + text[max(start - width // 3, 0) :].split(" ", 1)[-1]
    while _width(text) > width - 1:
        text = text[: max(width - 1 - (_width(text) - len(text)), 1)] if len(text) >= width else text[:-1]
    return text.rstrip() + "…"


def _line(text: str) -> str:
    """One line, without the control characters that a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in " ".join(str(text).split()))


def _numbers(corpus: Corpus) -> dict[str, int]:
    return {document.id: i for i, document in enumerate(corpus, 1)}


def _heading(text: str, width: int) -> str:
    return f"{text} {'─' * (width - len(text) - 1)}"


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"


def _more(n: int, noun: str) -> Iterator[str]:
    if n > 0:
        yield f"and {_count(n, 'more ' + noun)}; the report has them all"
