"""The command line: `reportedly report|summary|claims|ledger|findings PATHS...`.

Exit status: 0 done (files that could not be read are named on standard error), 1 nothing could be read,
2 a wrong command or a path that does not exist, 130 interrupted.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from . import ArgumentError, Corpus, NotFoundError, ReportedlyError, __version__, read
from ._figures import bounds, certainty_label
from ._show import problem_text

#: What a spreadsheet would take for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
#: Columns of the tables for people; the other formats have all of them.
_COLUMNS = {
    "claims": ["document", "published", "source", "cue", "act", "polarity", "certainty_label", "content"],
    "ledger": ["said_on", "document", "figure", "counted", "whose", "predicate", "place", "source", "certainty"],
    "findings": ["kind", "severity", "message", "documents"],
}


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns the exit status."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    try:
        return int(arguments.run(arguments))
    except (NotFoundError, ArgumentError) as e:
        return _fail(2, e)
    except ImportError as e:
        return _fail(2, e)
    except ReportedlyError as e:
        return _fail(1, e)
    except BrokenPipeError:
        # The reader (`head`) has seen enough. Python would complain once more when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as e:
        return _fail(2, e)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def _fail(status: int, error: Exception) -> int:
    print(f"reportedly: {error}", file=sys.stderr)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="reportedly",
        description="Who said what, how sure, and who else says so: claims from news articles, reconciled.",
        epilog="Exit status: 0 done, 1 nothing could be read, 2 wrong command or missing path, 130 interrupted.",
    )
    parser.add_argument("--version", action="version", version=f"reportedly {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, run: Callable[[argparse.Namespace], int], help: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help[0].upper() + help[1:] + ".")
        sub.add_argument(
            "paths", nargs="+", metavar="PATH", help="a file, a folder, a glob in quotes, or - for standard input"
        )
        sub.add_argument("--encoding", help="encoding of the files; found out for each if not given")
        sub.add_argument(
            "--field",
            action="append",
            metavar="PART=NAME",
            help="field of JSON or tables that holds a part of the article, as text=body (may be repeated)",
        )
        sub.add_argument(
            "--html", choices=["own", "trafilatura"], default="own", help="who finds the article in a web page"
        )
        sub.add_argument("--jobs", type=int, help="threads; all cores if not given")
        sub.add_argument("-q", "--quiet", action="store_true", help="no progress, no notes on what was not read")
        sub.set_defaults(run=run)
        return sub

    report = command("report", _report, "write one self-contained page, and print the summary")
    report.add_argument("-o", "--output", default="report.html", help="the page (default: report.html)")
    report.add_argument("--title", help="heading of the page")
    command("summary", _summary, "print articles, findings, the ledger of figures, and who says what")

    claims = command("claims", _claims, "list every claim: who said what, how sure")
    claims.add_argument("--source", action="append", help="only this source; words of its name will do")
    claims.add_argument("--act", action="append", help="only this speech act (deny, warn, estimate, ...)")
    claims.add_argument("--kind", action="append", help="only direct, mixed, indirect or narrated claims")
    claims.add_argument("--since", metavar="DATE", help="only documents from this day on, as 2024-10-26")
    claims.add_argument("--until", metavar="DATE", help="only documents up to this day")
    claims.add_argument("--min-confidence", type=float, metavar="P", help="only claims at least this likely right")
    ledger = command("ledger", _ledger, "list the figures that are stated, by what they are about")
    ledger.add_argument("--counted", help="what is counted: soldiers; may also stand as a word after the paths")
    ledger.add_argument("--of", help='whose: "North Korea"')
    ledger.add_argument("--where", help="place: Russia")
    findings = command("findings", _findings, "list what a reader should know")
    for sub in (claims, ledger, findings):
        sub.add_argument("-f", "--format", choices=["table", "csv", "jsonl", "parquet"], default="table")
        sub.add_argument("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    return parser


def _report(arguments: argparse.Namespace) -> int:
    from . import report

    corpus = _corpus(arguments)
    reconciliation = corpus.reconcile()
    path = report.write(corpus, arguments.output, arguments.title, reconciliation)
    if not arguments.quiet:
        from ._summary import summary

        print(summary(corpus, reconciliation, _width()))
        print(f"\nThe report is in {path}")
    return 0


def _summary(arguments: argparse.Namespace) -> int:
    from ._summary import summary

    corpus = _corpus(arguments)
    print(summary(corpus, corpus.reconcile(), _width()))
    return 0


def _claims(arguments: argparse.Namespace) -> int:
    claims = _corpus(arguments).claims.filter(
        source=arguments.source,
        act=arguments.act,
        kind=arguments.kind,
        since=arguments.since,
        until=arguments.until,
        min_confidence=arguments.min_confidence,
    )
    return _write(arguments, "claims", claims)


def _ledger(arguments: argparse.Namespace) -> int:
    # `ledger seeds/ soldiers`: a last word that is no path says what is counted.
    paths = arguments.paths
    if arguments.counted is None and len(paths) > 1 and paths[-1].isalpha() and not os.path.lexists(paths[-1]):
        arguments.counted = paths.pop()
    reconciliation = _corpus(arguments).reconcile()
    return _write(arguments, "ledger", reconciliation.ledger(arguments.counted, of=arguments.of, where=arguments.where))


def _findings(arguments: argparse.Namespace) -> int:
    return _write(arguments, "findings", _corpus(arguments).reconcile().findings)


def _corpus(arguments: argparse.Namespace) -> Corpus:
    """Reads and extracts, with progress if somebody is watching."""
    watched = sys.stderr.isatty() and not arguments.quiet

    def progress(what: str) -> Callable[[int, int], None] | None:
        def show(done: int, total: int) -> None:
            print(f"\r\x1b[K{what} {done:,} of {total:,}", end="", file=sys.stderr, flush=True)

        return show if watched else None

    try:
        corpus = read(
            [sys.stdin.buffer if path == "-" else path for path in arguments.paths],
            encoding=arguments.encoding,
            fields=_fields(arguments.field),
            html=arguments.html,
            jobs=arguments.jobs,
            progress=progress("reading"),
        )
        corpus.extract(progress=progress("extracting"))
    finally:
        if watched:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)
    if not arguments.quiet:
        for problem in corpus.problems:
            print(f"reportedly: {problem_text(problem)}", file=sys.stderr)
    return corpus


def _fields(pairs: Sequence[str] | None) -> dict[str, str]:
    """`text=body` as a mapping."""
    fields = {}
    for pair in pairs or ():
        part, sign, name = pair.partition("=")
        if not sign:
            raise ArgumentError(f"--field {pair}: give a part and a name, as text=body")
        fields[part] = name
    return fields


def _write(arguments: argparse.Namespace, name: str, table: Any) -> int:
    """Writes a table in the format that was asked for."""
    if arguments.format == "parquet":
        if arguments.output is None:
            raise ArgumentError("parquet is not for a terminal: name a file with -o")
        import importlib

        data = table.to_arrow()
        importlib.import_module("pyarrow.parquet").write_table(data, arguments.output)
        return 0
    rows = table.to_dicts()
    columns = list(table.columns)
    text = {"csv": _csv, "jsonl": _jsonl, "table": _table}[arguments.format](name, columns, rows)
    if arguments.output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
    else:
        Path(arguments.output).write_text(text, encoding="utf-8", newline="")
    return 0


def _csv(name: str, columns: list[str], rows: list[dict[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_csv_cell(row[c]) for c in columns] for row in rows)
    return out.getvalue()


def _csv_cell(value: Any) -> Any:
    if isinstance(value, list):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    # One sign alone ("-" for polarity, "=" for relation) is no formula.
    if isinstance(value, str) and len(value) > 1 and value.startswith(_FORMULA) and value not in (">=", "<="):
        return "'" + value
    return value


def _jsonl(name: str, columns: list[str], rows: list[dict[str, Any]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, default=_plain) + "\n" for row in rows)


def _plain(value: Any) -> str:
    return str(value.isoformat())


def _table(name: str, columns: list[str], rows: list[dict[str, Any]]) -> str:
    from ._show import cell
    from ._summary import _table as aligned

    if not rows:
        return f"no {name}\n" if name != "ledger" else "no figures\n"
    shown = _COLUMNS[name]

    def text(row: dict[str, Any], column: str) -> str:
        if name == "ledger" and column == "figure":
            return bounds(row)
        if name == "ledger" and column == "certainty":
            return certainty_label(row[column])
        return cell(row[column], None)

    body = [[text(row, c) for c in shown] for row in rows]
    wide = {"claims": 7, "ledger": 7, "findings": 2}[name]
    return "\n".join(aligned(shown, body, _width(), wide=wide)) + "\n"


def _width() -> int:
    """Columns of the terminal; 100 if there is none."""
    return shutil.get_terminal_size((100, 24)).columns


if __name__ == "__main__":
    sys.exit(main())
