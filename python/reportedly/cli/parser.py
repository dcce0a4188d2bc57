"""Commands and their options."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable
from typing import Any, NoReturn

from .. import __version__
from . import commands, manual, options, terminal

FINDINGS = ["contradicted", "date_anomaly", "denied", "updated", "copied", "restated", "corroborated", "uncorroborated"]
RELATIONS = ["copy", "cut", "extended", "contains", "shares_passage"]
SHELLS = ["bash", "zsh", "fish", "tcsh"]


class _Parser(argparse.ArgumentParser):
    """Options may stand among paths, and who mistypes is told what it may have been."""

    _mixed = False

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        if self._mixed or self._subparsers is not None:
            return super().parse_known_args(args, namespace)
        self._mixed = True
        try:
            return self.parse_known_intermixed_args(args, namespace)
        finally:
            self._mixed = False

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        known, unknown = self.parse_known_args(args, namespace)
        if unknown:
            word = next((w for w in unknown if w.startswith("-")), unknown[0]).split("=")[0]
            command = getattr(known, "parser", self)
            names = [name for action in command._actions for name in action.option_strings]
            command.error(f"there is no option {word}{_alike(word, names)}")
        return known

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            names = [str(c) for c in action.choices]
            message = f"there is no {value}{_alike(str(value), names) or '; there are ' + ', '.join(names)}"
            raise argparse.ArgumentError(action, message)

    def error(self, message: str) -> NoReturn:
        """Says what is wrong and where help is, without all the options."""
        self.exit(2, terminal.plain(f"{self.prog}: {message}") + f"\n(see {self.prog} --help)\n")


def _alike(word: str, names: list[str]) -> str:
    """What a mistyped word may have been."""
    alike = difflib.get_close_matches(word, names, 1)
    return f"; did you mean {alike[0]}?" if alike else ""


def parser() -> argparse.ArgumentParser:
    """The parser of the command line."""
    top = _Parser(
        prog="reportedly",
        usage="reportedly COMMAND [OPTION ...] PATH [PATH ...]",
        description=manual.DESCRIPTION,
        epilog=manual.epilog(manual.EXAMPLES),
        formatter_class=manual.Formatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"reportedly {__version__}", help="print the version")
    sub = top.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(
        name: str, run: Callable[[argparse.Namespace], int], words: str = "PATH [PATH ...]"
    ) -> argparse.ArgumentParser:
        brief, description, examples = manual.PAGES[name]
        made: argparse.ArgumentParser = sub.add_parser(
            name,
            prog=f"reportedly {name}",
            usage=f"reportedly {name} [OPTION ...] {words}",
            help=brief,
            description=description,
            epilog=manual.epilog(examples),
            formatter_class=manual.Formatter,
            allow_abbrev=False,
        )
        made._positionals.title = "arguments"
        made.set_defaults(run=run, parser=made)
        return made

    _report(command("report", commands.report))
    _summary(command("summary", commands.summary))
    _claims(command("claims", commands.claims))
    _ledger(command("ledger", commands.ledger, "PATH [PATH ...] [COUNTED]"))
    _findings(command("findings", commands.findings))
    _copies(command("copies", commands.copies))
    _search(command("search", commands.search, "QUERY PATH [PATH ...]"))
    _info(command("info", commands.info))
    _save(command("save", commands.save, "-o FOLDER PATH [PATH ...]"))
    shell = command("completion", commands.completion, "SHELL")
    shell.add_argument("shell", choices=SHELLS, metavar="SHELL", help=f"one of: {', '.join(SHELLS)}")
    explain = command("help", commands.explain, "[COMMAND]")
    names = list(sub.choices)
    explain.add_argument("topic", nargs="?", metavar="COMMAND", choices=names, help="the command; all, if not given")
    for made in sub.choices.values():
        made.set_defaults(top=top, all=sub.choices)
    return top


def _report(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    add = sub.add_argument_group("output").add_argument
    page = "the page; - is standard output (default: report.html)"
    add("-o", "--output", metavar="FILE", default="report.html", help=page)
    add("--title", help="heading of the page")
    options.width(add)
    options.thresholds(sub)


def _summary(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    add = sub.add_argument_group("output").add_argument
    add("-o", "--output", metavar="FILE", help="write to this file, not to standard output")
    options.width(add)
    options.thresholds(sub)


def _claims(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    filters = sub.add_argument_group("filters")
    options.claim_filters(filters)
    add = filters.add_argument
    add("--polarity", choices=["+", "-"], metavar="SIGN", help="+ affirmed, - rejected: --polarity=-")
    options.among(filters, "--certainty", options.CERTAINTIES, "only this certainty")
    add("--min-certainty", type=float, metavar="X", help="lowest certainty, in [-3, 3]")
    add("--min-confidence", type=float, metavar="P", help="only claims at least this likely right, in [0, 1]")
    options.documents(filters, "only this article")
    add("--place", action="append", help="only with this place in the content; the code of its country will do: KR")
    figure = filters.add_mutually_exclusive_group()
    figure.add_argument("--has-quantity", action="store_true", default=None, help="only with a figure in the content")
    figure.add_argument("--no-quantity", dest="has_quantity", action="store_false", help="only without a figure")
    options.stream(sub)
    plain = "columns of plain values in place of lists and records; needs pyarrow"
    options.table(sub).add_argument("--flat", action="store_true", help=plain)


def _ledger(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    add = sub.add_argument_group("filters").add_argument
    add("--counted", metavar="WORD", help="what is counted: soldiers; may also stand as a last word after the paths")
    add("--of", metavar="NAME", help='whose: "North Korea"')
    add("--where", metavar="PLACE", help="where: Russia")
    add("--series", action="store_true", help="on what most origins agree, day by day, in place of the figures")
    options.table(sub)
    options.thresholds(sub)


def _findings(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    filters = sub.add_argument_group("filters")
    options.among(filters, "--kind", FINDINGS, "only this kind")
    grades = [1, 2, 3]
    add = filters.add_argument
    add("--severity", action="append", type=int, choices=grades, metavar="N", help="only this severity: 1, 2 or 3")
    add("--min-severity", type=int, choices=grades, metavar="N", help="this severity and graver; 3 is gravest")
    options.documents(filters, "only findings on this article")
    sub.add_argument_group("for scripts").add_argument(
        "--fail-on",
        action="append",
        metavar="KIND|N",
        choices=[*FINDINGS, *map(str, grades)],
        help="exit with 3 if one that is listed is of this kind, or of this severity or graver",
    )
    options.table(sub)
    options.thresholds(sub)


def _copies(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    filters = sub.add_argument_group("filters")
    options.among(filters, "--relation", RELATIONS, "only what the later one is to the earlier")
    options.documents(filters, "only pairs with this article")
    options.table(sub)
    options.thresholds(sub)


def _search(sub: argparse.ArgumentParser) -> None:
    sub.add_argument("query", metavar="QUERY", help='words; "phrases"; beginn*; -without; this OR that')
    options.paths(sub)
    filters = sub.add_argument_group("filters")
    options.claim_filters(filters)
    found = "only these: claim, passage"
    filters.add_argument("--found", choices=["claim", "passage"], metavar="WHAT", help=found)
    filters.add_argument(
        "--limit", type=int, default=100, metavar="N", help="at most so many; 0 for all (default: 100)"
    )
    options.table(sub)


def _info(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    which = sub.add_argument_group("what to tell").add_mutually_exclusive_group()
    which.add_argument("--articles", action="store_true", help="a table of the articles")
    which.add_argument("--problems", action="store_true", help="a table of what could not be read, or not well")
    options.table(sub)


def _save(sub: argparse.ArgumentParser) -> None:
    options.paths(sub)
    output = sub.add_argument_group("output")
    output.add_argument("-o", "--output", metavar="FOLDER", required=True, help="where to save")
    how = output.add_mutually_exclusive_group()
    how.add_argument("--add", action="store_true", help="add to the corpus that is saved there")
    how.add_argument("--force", action="store_true", help="replace the corpus that is saved there")
