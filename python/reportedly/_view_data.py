"""The data of the report and the explorer: columns, strings told once, positions as JavaScript counts them."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ._reportedly import Corpus, Document, Reconciliation

Row = Mapping[str, Any]
#: From a position in code points to one in UTF-16 code units.
Units = Callable[[int], int]

#: Of the words around a figure, how many characters are shown on either side.
_AROUND = 160


def data(corpus: Corpus, reconciliation: Reconciliation) -> dict[str, Any]:
    """
    All that the viewer shows, as JSON has it.

    Tables are dicts of columns of one length. Words that come again (sources, acts, outlets, …) stand once in
    ``strings``, and columns hold their positions there, -1 for none. Documents, claims and parties are told by their
    positions. Spans are ``start, end`` in UTF-16 code units into the document's text, half-open: as JavaScript counts.
    """
    documents = list(corpus)
    numbers = {document.id: i for i, document in enumerate(documents)}
    units = [_units(document.text) for document in documents]
    strings = _Strings()
    view = _View(strings, documents, numbers, units)
    rows = corpus.claims.to_dicts()
    return {
        "version": 1,
        "documents": view.documents_(rows),
        "claims": view.claims(rows),
        "findings": view.findings(reconciliation.findings.to_dicts()),
        "ledger": view.ledger(ledger := reconciliation.ledger()) | {"series": view.series(ledger.series().to_dicts())},
        "parties": view.parties(reconciliation.parties.to_dicts()),
        "propositions": view.propositions(reconciliation.propositions.to_dicts()),
        "stories": view.stories(reconciliation.stories.to_dicts()),
        "copies": view.copies(reconciliation.copies.to_dicts()),
        "problems": [[p["severity"], p["message"], p["advice"]] for p in corpus.problems.to_dicts()],
        # Last, for now all of them are known.
        "strings": strings.all,
    }


def _units(text: str) -> Units:
    """Characters beyond the basic plane are one code point, and two code units."""
    if text.isascii():
        return _same
    wide = [i for i, c in enumerate(text) if c > "\uffff"]
    return (lambda at: at + bisect_left(wide, at)) if wide else _same


def _same(at: int) -> int:
    return at


class _Strings:
    """Strings, each with a number, in order of their first use."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._known: dict[str, int] = {}

    def __call__(self, text: str | None) -> int:
        if text is None:
            return -1
        at = self._known.get(text)
        if at is None:
            at = self._known[text] = len(self.all)
            self.all.append(text)
        return at

    def many(self, texts: Iterable[str | None]) -> list[int]:
        return [self(text) for text in texts]


class _View:
    def __init__(
        self, strings: _Strings, documents: list[Document], numbers: dict[str, int], units: list[Units]
    ) -> None:
        self.strings, self.documents, self.numbers, self.units = strings, documents, numbers, units

    def documents_(self, claims: Sequence[Row]) -> dict[str, Any]:
        counts = [0] * len(self.documents)
        for claim in claims:
            counts[self.numbers[claim["document"]]] += 1
        strings = self.strings
        return {
            "id": [d.id for d in self.documents],
            "title": [d.title for d in self.documents],
            "outlet": strings.many(d.outlet for d in self.documents),
            "published": strings.many(_day(d.published) for d in self.documents),
            "byline": strings.many(d.byline for d in self.documents),
            "dateline": strings.many(d.dateline for d in self.documents),
            "url": [d.url for d in self.documents],
            "path": [_file_name(d) for d in self.documents],
            "language": strings.many(d.language for d in self.documents),
            "text": [d.text for d in self.documents],
            "blocks": [
                [v for b in d.blocks for v in (strings(b.kind), unit(b.start), unit(b.end))]
                for d, unit in zip(self.documents, self.units, strict=True)
            ],
            # Claims stand in order of documents, so that how many each has says which they are.
            "claims": counts,
        }

    def claims(self, rows: Sequence[Row]) -> dict[str, Any]:
        strings = self.strings
        units = [self.units[self.numbers[r["document"]]] for r in rows]
        sources: dict[tuple[int, int, int, int], int] = {}
        chains: dict[tuple[int, ...], int] = {}
        source, chain = [], []
        for r in rows:
            who = strings.many((r["source"], r["source_type"], r["source_role"], r["source_country"]))
            source.append(sources.setdefault((who[0], who[1], who[2], who[3]), len(sources)) if who[0] >= 0 else -1)
            chain.append(chains.setdefault(tuple(strings.many(r["chain"])), len(chains)))
        return {
            "source": source,
            "chain": chain,
            "kind": strings.many(r["kind"] for r in rows),
            "act": strings.many(r["act"] for r in rows),
            "negative": [i for i, r in enumerate(rows) if r["polarity"] == "-"],
            "certainty": [round(r["certainty"] * 10) for r in rows],
            "label": strings.many(r["certainty_label"] for r in rows),
            "confidence": [round(r["confidence"] * 100) for r in rows],
            "rule": strings.many(r["rule"] for r in rows),
            "source_spans": [_spans(r["source_spans"], u) for r, u in zip(rows, units, strict=True)],
            "cue_spans": [_spans(r["cue_spans"], u) for r, u in zip(rows, units, strict=True)],
            "content_spans": [_spans(r["content_spans"], u) for r, u in zip(rows, units, strict=True)],
            "figure_spans": [_spans(r["quantities"], u) for r, u in zip(rows, units, strict=True)],
            "sources": [list(key) for key in sources],
            "chains": [list(key) for key in chains],
        }

    def findings(self, rows: Sequence[Row]) -> dict[str, Any]:
        return {
            "kind": self.strings.many(r["kind"] for r in rows),
            "severity": [r["severity"] for r in rows],
            "message": [r["message"] for r in rows],
            "documents": [[self.numbers[d] for d in r["documents"]] for r in rows],
            "claims": [list(r["claims"]) for r in rows],
            "evidence": [[v for passage in r["evidence"] for v in self._passage(passage)] for r in rows],
        }

    def ledger(self, ledger: Any) -> dict[str, Any]:
        rows: list[dict[str, Any]] = ledger.to_dicts()
        strings = self.strings
        places = [self._passage(r) for r in rows]
        columns: dict[str, list[Any]] = {
            "row": [r["row"] for r in rows],
            "document": [p[0] for p in places],
            "start": [p[1] for p in places],
            "end": [p[2] for p in places],
            "quote": [self._quote(r) for r in rows],
            "claim": [-1 if r["claim"] is None else r["claim"] for r in rows],
            "certainty": [round(r["certainty"] * 10) for r in rows],
        }
        for name in ("said_on", "as_of_start", "as_of_end"):
            columns[name] = strings.many(_day(r[name]) for r in rows)
        for name in ("label", "relation", "unit", "change", "place", "source", "origin"):
            columns[name] = strings.many(r[name] for r in rows)
        for name in ("low", "high", "value"):
            columns[name] = [_finite(r[name]) for r in rows]
        for name in ("approximate", "hypothetical", "part"):
            columns[name] = [i for i, r in enumerate(rows) if r[name]]
        return columns

    def series(self, rows: Sequence[Row]) -> dict[str, Any]:
        return {
            "row": [r["row"] for r in rows],
            "date": self.strings.many(_day(r["date"]) for r in rows),
            "low": [_finite(r["low"]) for r in rows],
            "high": [_finite(r["high"]) for r in rows],
            "origins": [r["origins"] for r in rows],
            "of": [r["of"] for r in rows],
            "disputed": [i for i, r in enumerate(rows) if r["disputed"]],
        }

    def parties(self, rows: Sequence[Row]) -> dict[str, Any]:
        strings = self.strings
        return {
            "name": strings.many(r["party"] for r in rows),
            "type": strings.many(r["source_type"] for r in rows),
            "role": strings.many(r["role"] for r in rows),
            "country": strings.many(r["country"] for r in rows),
            "claims": [list(r["claims"]) for r in rows],
            "spellings": [
                [[s["spelling"], [self.numbers[d] for d in s["documents"]]] for s in r["spellings"]] for r in rows
            ],
        }

    def propositions(self, rows: Sequence[Row]) -> dict[str, Any]:
        return {
            "claims": [list(r["claims"]) for r in rows],
            "independent": [r["independent"] for r in rows],
            "opposite": [-1 if r["opposite"] is None else r["opposite"] for r in rows],
        }

    def stories(self, rows: Sequence[Row]) -> dict[str, Any]:
        return {
            "label": [list(r["label"]) for r in rows],
            "first": self.strings.many(_day(r["first"]) for r in rows),
            "last": self.strings.many(_day(r["last"]) for r in rows),
            "documents": [[self.numbers[d] for d in r["documents"]] for r in rows],
        }

    def copies(self, rows: Sequence[Row]) -> dict[str, Any]:
        earlier, later = ([self.numbers[r[side]] for r in rows] for side in ("earlier", "later"))
        passages = []
        for r, a, b in zip(rows, earlier, later, strict=True):
            first, second = self.units[a], self.units[b]
            found: list[int] = []
            for p in r["passages"]:
                found += (first(p["earlier_start"]), first(p["earlier_end"]))
                found += (second(p["later_start"]), second(p["later_end"]))
            passages.append(found)
        return {
            "earlier": earlier,
            "later": later,
            "relation": self.strings.many(r["relation"] for r in rows),
            "earlier_in_later": [round(r["earlier_in_later"], 3) for r in rows],
            "later_in_earlier": [round(r["later_in_earlier"], 3) for r in rows],
            "passages": passages,
        }

    def _passage(self, row: Row) -> tuple[int, int, int]:
        number = self.numbers[row["document"]]
        unit = self.units[number]
        return number, unit(row["start"]), unit(row["end"])

    def _quote(self, row: Row) -> list[int]:
        """Where the words around a figure stand: its sentence, or what is near it if that is not found as it is."""
        number = self.numbers[row["document"]]
        text, quote, unit = self.documents[number].text, row["quote"] or "", self.units[number]
        first = text.find(quote, max(row["end"] - len(quote), 0)) if quote else -1
        if first < 0 or first > row["start"]:
            return [unit(max(row["start"] - _AROUND, 0)), unit(min(row["end"] + _AROUND, len(text)))]
        return [unit(first), unit(first + len(quote))]


def _spans(spans: Iterable[Row], unit: Units) -> list[int]:
    return [v for span in spans for v in (unit(span["start"]), unit(span["end"]))]


def _file_name(document: Document) -> str | None:
    """Where it was read from, without the folders, which are nobody's business who is sent a report."""
    path = document.origin_path
    if path is None:
        return None
    name = re.split(r"[/\\]", path)[-1]
    return name if document.origin_row is None else f"{name}, row {document.origin_row + 1}"


def _day(value: object) -> str | None:
    """The day of a date, or of a point in time."""
    return None if value is None else str(value)[:10]


def _finite(value: float | None) -> float | int | None:
    """A number as JSON has it."""
    if value is None or not math.isfinite(value):
        return None
    whole = int(value)
    return whole if whole == value and abs(whole) < 2**53 else value
