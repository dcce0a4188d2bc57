"""What each command does. All return an exit status."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from .. import ArgumentError, Batch, Claims, Corpus
from . import formats, output, terminal, views

#: Exit status if a finding is there that `--fail-on` names.
FOUND = 3
#: Thresholds of `Corpus.reconcile`: name, type, how a value is called, default, what it is.
THRESHOLDS: list[tuple[str, type, str, float, str]] = [
    ("containment", float, "SHARE", 0.5, "share of a document that stands in another, from which they are copies"),
    ("passage", int, "WORDS", 40, "words of a shared passage that do though little else is shared"),
    ("stock", int, "N", 6, "unrelated documents that carry a passage, from which it is stock and makes no copy"),
    ("story-similarity", float, "X", 0.21, "similarity from which two documents tell one story, in [0, 1]"),
    ("story-half-life", float, "DAYS", 30.0, "days in which half of what fades of a similarity has faded"),
    ("proposition-similarity", float, "X", 0.6, "similarity from which two claims say the same, in [0, 1]"),
    ("tolerance", float, "SHARE", 0.1, 'play given to a hedged figure ("about 1,000"), as a share of it'),
    ("same-time", int, "DAYS", 0, "days by which two as-of times may differ and yet be one"),
    ("date-distance", int, "DAYS", 180, "days from which a stated date lies off its story"),
]
#: Bounds of reading: name, how a value is called, default, what it is.
LIMITS: dict[str, tuple[str, int, str]] = {
    "max_bytes": ("N", 16 << 20, "bytes of an article; longer ones are left out"),
    "max_file_bytes": ("N", 1 << 30, "bytes of a file that is held as a whole, as mail and what is in archives"),
    "max_ratio": ("N", 1000, "how many times its size a compressed file may become, from 16 MiB on"),
    "max_depth": ("N", 256, "depth of elements in a page, of parts in a mail, and, up to 127, of values in JSON"),
    "max_nodes": ("N", 500_000, "elements of a page, behind which it is cut"),
    "max_archives": ("N", 2, "archives in archives, and compressions in compressions"),
}
#: Formats by the ending of a file's name.
_ENDINGS = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".html": "html",
    ".htm": "html",
    ".txt": "table",
}


def report(arguments: argparse.Namespace) -> int:
    from .. import report as page

    output.check(arguments.output)
    articles, reconciliation = _reconciled(arguments)
    if output.is_stdout(arguments.output):
        output.write(None, [page.render(articles, arguments.title, reconciliation)], data=True)
        return 0
    with output.replaced(Path(arguments.output)) as draft:
        page.write(articles, str(draft), arguments.title, reconciliation)
    if not arguments.quiet:
        where = terminal.plain(f"\nThe report is in {arguments.output}") + "\n"
        output.write(None, [_summary_of(arguments, articles, reconciliation), where])
    return 0


def summary(arguments: argparse.Namespace) -> int:
    output.check(arguments.output)
    output.write(arguments.output, [_summary_of(arguments, *_reconciled(arguments))])
    return 0


def _summary_of(arguments: argparse.Namespace, articles: Corpus, reconciliation: Any) -> str:
    from .._summary import summary

    # Lines of more columns than anybody has are no lines: 0, no limit, is a wide page here.
    width = min(terminal.width(arguments.width), 400)
    return terminal.plain(summary(articles, reconciliation, width)) + "\n"


def claims(arguments: argparse.Namespace) -> int:
    from . import streams

    def select(articles: Corpus | Batch) -> Claims:
        return articles.claims.filter(
            source=arguments.source,
            act=arguments.act,
            kind=arguments.kind,
            polarity=arguments.polarity,
            certainty=arguments.certainty,
            min_certainty=arguments.min_certainty,
            since=arguments.since,
            until=arguments.until,
            document=arguments.document,
            outlet=arguments.outlet,
            has_quantity=arguments.has_quantity,
            place=arguments.place,
            min_confidence=arguments.min_confidence,
        )

    if streams.wanted(arguments, _format(arguments)):
        return streams.claims(arguments, _format(arguments), _flattened(select) if arguments.flat else select, _columns)
    return _tell(arguments, "claims", select)


def ledger(arguments: argparse.Namespace) -> int:
    # `ledger seeds/ soldiers`: a last word that is no path says what is counted.
    paths = arguments.paths
    if arguments.counted is None and len(paths) > 1 and paths[-1].isalpha() and not os.path.lexists(paths[-1]):
        arguments.counted = paths.pop()

    def select(articles: Corpus) -> Any:
        rows = _reconcile(arguments, articles).ledger(arguments.counted, of=arguments.of, where=arguments.where)
        if not arguments.series:
            return rows
        return rows.series() if arguments.tolerance is None else rows.series(tolerance=arguments.tolerance)

    return _tell(arguments, "series" if arguments.series else "figures", select)


def findings(arguments: argparse.Namespace) -> int:
    kinds = [f for f in arguments.fail_on or () if not f.isdigit()]
    grave = min((int(f) for f in arguments.fail_on or () if f.isdigit()), default=4)
    status = 0

    def keep(row: dict[str, Any]) -> bool:
        nonlocal status
        kept = (
            (not arguments.kind or row["kind"] in arguments.kind)
            and (not arguments.severity or row["severity"] in arguments.severity)
            and (not arguments.min_severity or row["severity"] >= arguments.min_severity)
            and (not arguments.document or not set(arguments.document).isdisjoint(row["documents"]))
        )
        if kept and (row["kind"] in kinds or row["severity"] >= grave):
            status = FOUND
        return kept

    _tell(arguments, "findings", lambda articles: _reconcile(arguments, articles).findings, keep)
    return status


def copies(arguments: argparse.Namespace) -> int:
    def keep(row: dict[str, Any]) -> bool:
        return (not arguments.relation or row["relation"] in arguments.relation) and (
            not arguments.document or row["earlier"] in arguments.document or row["later"] in arguments.document
        )

    return _tell(arguments, "copies", lambda articles: _reconcile(arguments, articles).copies, keep)


def search(arguments: argparse.Namespace) -> int:
    filters = {
        name: getattr(arguments, name)
        for name in ("source", "act", "kind", "outlet", "since", "until", "found")
        if getattr(arguments, name) is not None
    }
    filters["limit"] = arguments.limit or None
    return _tell(arguments, "hits", lambda articles: articles.search(arguments.query, **filters))


def info(arguments: argparse.Namespace) -> int:
    if arguments.articles or arguments.problems:
        name = "articles" if arguments.articles else "problems"
        # The table says what the notes would.
        arguments.quiet = arguments.quiet or arguments.problems
        return _tell(arguments, name, attrgetter("documents" if arguments.articles else "problems"), extract=False)
    from . import inputs, overview

    output.check(arguments.output)
    wanted = _format(arguments)
    if wanted not in ("table", "jsonl"):
        raise ArgumentError(f"info is no table, and cannot be {wanted}; --articles and --problems can")
    facts = overview.facts(inputs.corpus(arguments, extract=False), arguments.paths)
    if wanted == "jsonl":
        output.write(arguments.output, [formats.to_json(facts) + "\n"], data=True)
    else:
        output.write(arguments.output, [terminal.plain(overview.text(facts, terminal.width(arguments.width)))])
    return 0


def save(arguments: argparse.Namespace) -> int:
    from . import inputs

    target = arguments.output
    there = inputs.manifest(target) is not None
    if there and not arguments.add and not arguments.force:
        raise ArgumentError(f"{target} holds a corpus; --add adds to it, --force replaces it")
    output.check(target, folder=True)
    if not there and Path(target).is_dir() and any(Path(target).iterdir()):
        raise ArgumentError(f"{target} holds something else than a corpus; name a new or empty folder")
    adds = there and arguments.add
    # What is added is extracted by `add`, and only as far as it is new.
    articles: Any = inputs.corpus(arguments, extract=not adds)
    before = 0
    progress = terminal.Progress(arguments.quiet)
    try:
        if adds:
            old = inputs.load(target, arguments.jobs)
            before = len(old)
            articles = old.add(articles, progress=progress.of("extracting"), jobs=arguments.jobs)
        progress.say("saving")
        articles.save(target)
    finally:
        progress.clear()
    if not arguments.quiet:
        new = f", {len(articles) - before:,} of them new" if adds else ""
        text = f"{len(articles):,} articles{new}, and {len(articles.claims):,} claims are in {target}"
        output.write(None, [terminal.plain(text), "\n"])
    return 0


def completion(arguments: argparse.Namespace) -> int:
    try:
        shtab: Any = importlib.import_module("shtab")
    except ImportError as e:
        raise ImportError('completion needs shtab: pip install "reportedly[completion]"', name="shtab") from e
    if arguments.shell not in shtab.SUPPORTED_SHELLS:
        raise ArgumentError(
            f"this shtab knows {', '.join(shtab.SUPPORTED_SHELLS)}; a newer one knows {arguments.shell}"
        )
    for sub in arguments.all.values():
        for action in sub._actions:
            if action.metavar in ("PATH", "FILE"):
                action.complete = shtab.FILE
            elif action.metavar == "FOLDER":
                action.complete = shtab.DIRECTORY
    output.write(None, [shtab.complete(arguments.top, arguments.shell), "\n"])
    return 0


def explain(arguments: argparse.Namespace) -> int:
    parser = arguments.all[arguments.topic] if arguments.topic else arguments.top
    output.write(None, [parser.format_help()])
    return 0


def _reconciled(arguments: argparse.Namespace) -> tuple[Corpus, Any]:
    from . import inputs

    # A threshold out of range is told before hours of work, not after.
    Corpus.from_texts([]).reconcile(**inputs.thresholds(arguments))
    articles = inputs.corpus(arguments)
    return articles, inputs.reconciled(arguments, articles)


def _reconcile(arguments: argparse.Namespace, articles: Corpus) -> Any:
    from . import inputs

    return inputs.reconciled(arguments, articles)


def _tell(
    arguments: argparse.Namespace,
    name: str,
    select: Callable[[Corpus], Any],
    keep: Callable[[dict[str, Any]], bool] | None = None,
    *,
    extract: bool = True,
) -> int:
    """Reads, selects, and writes a table in the format that was asked for."""
    from . import inputs

    wanted = _format(arguments)
    output.check(arguments.output)
    if wanted == "parquet":
        if output.is_stdout(arguments.output) and terminal.is_terminal(sys.stdout):
            raise ArgumentError("parquet is not for a terminal: name a file with -o")
        formats.parquet_library()
    if arguments.flat:
        select = _flattened(select)
    # What is wrong with filters, thresholds and columns shows on no articles at all: before hours of work, not after.
    columns = _columns(arguments, name, wanted, select(Corpus.from_texts([])))
    table = select(inputs.corpus(arguments, extract=extract))
    rows = _Rows(table, keep)
    if wanted == "parquet":
        _parquet(arguments.output, table, rows, columns)
    elif wanted == "csv":
        output.write(arguments.output, formats.as_csv(columns, iter(rows), mark=arguments.bom), data=True)
    elif wanted == "jsonl":
        output.write(arguments.output, formats.as_jsonl(columns, iter(rows)), data=True)
    elif wanted == "html":
        output.write(arguments.output, formats.as_html(name, columns, iter(rows), len(rows)), data=True)
    else:
        style = terminal.Style(
            "never" if arguments.output and arguments.color == "auto" else arguments.color, sys.stdout
        )
        width = terminal.width(arguments.width)
        output.write(
            arguments.output, views.as_table(name, columns, iter(rows), width, style, chosen=bool(arguments.columns))
        )
    return 0


def _flattened(select: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """The same, with lists and records of claims taken apart."""
    return lambda articles: formats.Flat(select(articles))


class _Rows:
    """The rows of a table that are kept; they are walked more than once only if they must be counted."""

    def __init__(self, table: Any, keep: Callable[[dict[str, Any]], bool] | None) -> None:
        self._table, self._keep = table, keep
        self.positions = None if keep is None else [i for i, row in enumerate(formats.rows(table)) if keep(row)]

    def __len__(self) -> int:
        return len(self._table) if self.positions is None else len(self.positions)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return formats.rows(self._table) if self.positions is None else (self._table[i] for i in self.positions)


def _format(arguments: argparse.Namespace) -> str:
    if arguments.format:
        return str(arguments.format)
    name = output.behind_stdout() if output.is_stdout(arguments.output) else arguments.output
    # A table for people is as wide as its widest cells, and so none for a stream.
    usual = "jsonl" if getattr(arguments, "stream", None) or getattr(arguments, "resume", False) else "table"
    return _ENDINGS.get(Path(name).suffix.lower(), usual)


def _columns(arguments: argparse.Namespace, name: str, wanted: str, table: Any) -> list[str]:
    there = list(table.columns)
    if arguments.columns is None:
        return views.shown(name, there) if wanted in ("table", "html") else there
    if arguments.columns == "all":
        return there
    chosen = [c.strip() for c in arguments.columns.split(",")]
    for column in chosen:
        if column not in there:
            raise ArgumentError(f"--columns: there is no {column}; there are {', '.join(there)}")
    return chosen


def _parquet(target: str | None, table: Any, rows: _Rows, columns: list[str]) -> None:
    def write(file: IO[bytes]) -> None:
        formats.write_parquet(table, columns, rows.positions, file)

    if output.is_stdout(target):
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    with output.opened(str(target)) as file:
        write(file)
