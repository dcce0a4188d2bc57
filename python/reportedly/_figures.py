"""Rows of the ledger in words."""

from __future__ import annotations

from typing import Any

_SIGNS = {">=": "≥ ", "<=": "≤ ", ">": "> ", "<": "< "}


def number(value: float | None) -> str:
    """A number as people write it."""
    if value is None:
        return "?"
    if value == round(value, 0) and abs(value) < 1e15:
        return f"{value:,.0f}"
    return f"{value:,.4g}" if abs(value) < 1e6 else f"{value:.4g}"


def bounds(row: dict[str, Any], possible: str = " (possible)") -> str:
    """The figure with its bound: "≥ 3,000", "1,000 to 3,000", "about 1,500", "+ 1,000"."""
    low, high, value = row["low"], row["high"], row["value"]
    relation = row["relation"]
    if relation == "range" or (value is None and low is not None and high is not None and low != high):
        text = f"{number(low)} to {number(high)}"
        sign = ""
    else:
        ends = {">=": low, ">": low, "<=": high, "<": high}
        shown = value if value is not None else ends.get(relation, low if low is not None else high)
        text, sign = number(shown), _SIGNS.get(relation, "")
    if relation == "~" or row["approximate"]:
        sign = f"about {sign}"
    text = sign + text
    unit = row["unit"]
    if unit and unit != "count":
        text += "%" if unit == "%" else f" {unit}"
    change = {"additional": "+ ", "up": "up ", "down": "down "}.get(row["change"] or "", "")
    return f"{change}{text}{possible if row['hypothetical'] else ''}"


def key_of(row: dict[str, Any]) -> tuple[str, ...]:
    """What figures share that are shown together. Accounts name the place more or less exactly, so it is no part."""
    return (row["counted"], row["whose"] or "", row["predicate"] or "", row["unit"])


def subject(row: dict[str, Any]) -> str:
    """What a figure is about, in words: "North Korea: soldier, sent"."""
    what = ", ".join(x for x in (row["counted"], row["predicate"]) if x)
    return f"{row['whose']}: {what}" if row["whose"] else what


def certainty_label(value: float) -> str:
    """Certainty in [-3, 3] in words."""
    size = abs(value)
    word = "certain" if size >= 2 else "probable" if size >= 1 else "possible" if size > 0 else "unknown"
    return f"{word} not" if value < 0 else word
