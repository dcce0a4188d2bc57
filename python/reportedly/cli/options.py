"""Options that several commands share."""

from __future__ import annotations

import argparse
from typing import Any

from . import commands

ACTS = [
    *("state", "report", "confirm", "deny", "decline", "estimate", "predict", "speculate", "warn", "accuse", "demand"),
    *("promise", "threaten", "condemn", "praise", "propose", "ask", "hope", "fear", "judge", "hint", "agree"),
    "disagree",
]
KINDS = ["direct", "mixed", "indirect", "narrated"]
CERTAINTIES = ["certain", "probable", "possible", "unknown"]
FORMATS = ["table", "csv", "jsonl", "parquet", "html"]

_Group = argparse._ArgumentGroup


def paths(sub: argparse.ArgumentParser) -> None:
    """What is read, and how."""
    what = "a file, a folder, a glob in quotes, a saved corpus, or - for standard input"
    sub.add_argument("paths", nargs="+", metavar="PATH", help=what)
    add = sub.add_argument_group("reading").add_argument
    add("--encoding", metavar="NAME", help="encoding of the files; found out for each if not given")
    part = "field of JSON or tables that holds a part of the article, as text=body; may be repeated"
    add("--field", action="append", metavar="PART=NAME", help=part)
    engines = "who finds the article in a web page: own (default) or trafilatura"
    add("--html", choices=["own", "trafilatura"], default="own", metavar="ENGINE", help=engines)
    add("--no-recursive", dest="recursive", action="store_false", help="leave out the folders in folders")
    add("--strict", action="store_true", help="stop at the first thing that cannot be read, or not well")
    add("--jobs", type=int, metavar="N", help="threads; all cores if not given")
    limits = sub.add_argument_group("limits")
    for limit, (metavar, usual, bounds) in commands.LIMITS.items():
        help_text = f"{bounds} (default: {usual})"
        limits.add_argument(f"--{limit.replace('_', '-')}", type=_whole, metavar=metavar, help=help_text)
    add = sub.add_argument_group("messages").add_argument
    add("-q", "--quiet", action="store_true", help="no progress, no notes on what was not read")
    add("-v", "--verbose", action="store_true", help="all notes, and how long each stage took")


def _whole(text: str) -> int:
    """A number that is not negative."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return number


_whole.__name__ = "whole number"


def stream(sub: argparse.ArgumentParser) -> None:
    """How input that is larger than memory is worked on."""
    add = sub.add_argument_group("large input").add_argument
    batches = (
        "a batch of articles at a time, in memory that does not grow, as jsonl or csv (default: from 256 MiB on); "
        "parties keep the names that their articles give them"
    )
    add("--stream", action=argparse.BooleanOptionalAction, default=None, help=batches)
    resume = "go on where an interrupted run of this command to this FILE stopped; implies --stream"
    add("--resume", action="store_true", help=resume)
    size = "articles in a batch (default: 1000)"
    add("--batch-size", type=_whole, metavar="N", default=1000, help=size)


def claim_filters(group: _Group) -> None:
    """Filters that claims and search have in common."""
    group.add_argument("--source", action="append", metavar="NAME", help="only this source; words of its name will do")
    among(group, "--act", ACTS, "only this speech act")
    among(group, "--kind", KINDS, "only this kind (narrated: in the outlet's own voice)")
    group.add_argument("--outlet", action="append", metavar="NAME", help="only this outlet")
    group.add_argument("--since", metavar="DATE", help="only articles from this day on, as 2024-10-26")
    group.add_argument("--until", metavar="DATE", help="only articles up to this day")


def among(group: _Group, option: str, choices: list[str], what: str) -> None:
    """An option that may be repeated, with what it may be told."""
    metavar = option.lstrip("-").upper()
    group.add_argument(
        option, action="append", choices=choices, metavar=metavar, help=f"{what}; one of: {', '.join(choices)}"
    )


def documents(group: _Group, what: str) -> None:
    """A filter by article."""
    group.add_argument("--document", action="append", metavar="ID", help=what)


def table(sub: argparse.ArgumentParser) -> _Group:
    """How a table is written."""
    group = sub.add_argument_group("output")
    group.set_defaults(flat=False)
    add = group.add_argument
    formats = f"{', '.join(FORMATS)}; if not given, by the ending of FILE, or table"
    add("-f", "--format", choices=FORMATS, metavar="FORMAT", help=formats)
    add("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    add("--columns", metavar="A,B,C", help="only these columns, in this order; all for all that there are")
    add("--bom", action="store_true", help="begin CSV with a byte order mark, by which Excel knows UTF-8")
    width(add)
    when = "colours in the table: auto (default, if a terminal shows it), always, never"
    add("--color", choices=["auto", "always", "never"], default="auto", metavar="WHEN", help=when)
    return group


def width(add: Any) -> None:
    """How wide tables and texts are."""
    add("--width", type=int, metavar="N", help="columns to write; 0 cuts nothing (default: those of the terminal)")


def thresholds(sub: argparse.ArgumentParser) -> None:
    """Those of `Corpus.reconcile`."""
    group = sub.add_argument_group("thresholds")
    for name, kind, metavar, default, what in commands.THRESHOLDS:
        group.add_argument(f"--{name}", type=kind, metavar=metavar, help=f"{what} (default: {default:g})")
