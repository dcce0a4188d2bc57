"""What `--help` says: descriptions, examples, and how it is laid out."""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections.abc import Generator

#: By command: one line for the list of commands, a description, and examples with what they do.
PAGES: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "report": (
        "write one self-contained page, and print the summary",
        "Reads articles, reconciles their claims, and writes one HTML page: findings, the ledger of figures, sources, "
        "and every article with its claims marked. The page needs no network. The summary is printed too, unless -q "
        "is given.",
        [
            ("reportedly report news/", "a folder, into report.html"),
            ("reportedly report 'news/*.html' -o monday.html --title 'Monday'", "web pages, with a heading"),
            ("cat story.txt | reportedly report - -o - > story.html", "from standard input to standard output"),
        ],
    ),
    "summary": (
        "print articles, findings, the ledger of figures, and who says what",
        "Prints what the report says as plain text: the articles, findings, figures, and sources.",
        [
            ("reportedly summary news/", "a folder"),
            ("reportedly summary corpus.reportedly | less", "a saved corpus, page by page"),
        ],
    ),
    "claims": (
        "list every claim: who said what, how sure",
        "Lists claims: source, cue, content, speech act, polarity, certainty, figures, times and places, each tied to "
        "exact characters. Every filter must hold; of several values for one filter, any may.",
        [
            ("reportedly claims news/ --act deny --act decline", "who denies, and who does not comment"),
            ("reportedly claims news/ --source 'intelligence service' --has-quantity", "figures of one source"),
            ("reportedly claims news/ --since 2024-10-20 -o claims.csv", "as CSV, by the ending of the name"),
            ("reportedly claims news/ -f jsonl | jq -r .content", "for another program"),
            ("reportedly claims big.jsonl.zst -o claims.jsonl --resume", "more than memory holds; may be stopped"),
        ],
    ),
    "ledger": (
        "list the figures that are stated, by what they are about",
        "Lists every figure with its bounds, what it counts, who said it and when; figures that may be compared stand "
        "together. What is counted may also stand as a last word after the paths.",
        [
            ("reportedly ledger news/ soldiers", "words of one class find each other: troops, too"),
            ("reportedly ledger news/ --counted soldiers --of 'North Korea' --where Russia", "whose, and where"),
            ("reportedly ledger news/ soldiers --series -f csv", "on what most origins agree, day by day"),
        ],
    ),
    "findings": (
        "list what a reader should know",
        "Lists findings, the gravest first: contradictions, denials, updates, copies, dates that cannot be right. "
        "Severity 3 changes how the articles are to be read, 2 deserves a look, 1 is for the record.",
        [
            ("reportedly findings news/ --min-severity 2", "without what is only for the record"),
            ("reportedly findings news/ --kind contradicted -f jsonl", "with the passages that show it"),
            ("reportedly findings news/ -q --fail-on 3 -o findings.csv", "for scripts: status 3 if one is grave"),
        ],
    ),
    "copies": (
        "list articles that share text",
        "Lists pairs of articles that are copies, cuts or extended versions of each other, contain each other, or "
        "share a passage, with the share of each that stands in the other.",
        [
            ("reportedly copies news/", "every pair"),
            ("reportedly copies news/ --relation copy --relation cut --containment 0.8", "near copies only"),
        ],
    ),
    "search": (
        "find claims and passages by words",
        "Finds claims and passages, the best first. Words count whole, without letter case and diacritics, and all "
        'must be there. "storm corps" in quotation marks is a phrase; soldier* is a beginning; -drill is without the '
        "word; drill OR exercise is either; parentheses group. source:Moscow, act:deny, place:KR, since:2024-10-01 and "
        "the like are conditions as the filters are.\n\n"
        "Before a query that begins with a minus, write two: reportedly search -- '-drill storm' news/",
        [
            ("reportedly search 'storm corps' news/", "both words"),
            ("reportedly search '\"storm corps\" deploy*' news/ --found claim", "a phrase and a beginning, in claims"),
            ("reportedly search ammunition corpus.reportedly --source Kyiv --limit 20", "in a saved corpus"),
        ],
    ),
    "info": (
        "say what a pile of articles or a saved corpus is",
        "Says how many articles there are, of which outlets, days and languages, what could not be read, and which "
        "version saved a corpus. No claims are extracted, so it is fast.",
        [
            ("reportedly info news/", "before a long run"),
            ("reportedly info news/ --problems -f csv", "what could not be read, or not well, and why"),
            ("reportedly info corpus.reportedly --articles", "one line an article"),
        ],
    ),
    "save": (
        "keep articles and claims in a folder, to be read again at once",
        "Extracts the claims and saves them with the articles. Every command takes the folder in place of articles, "
        "and begins without extracting again.",
        [
            ("reportedly save news/ -o corpus.reportedly", "save"),
            ("reportedly save today/ -o corpus.reportedly --add", "add what is new; only that is extracted"),
            ("reportedly claims corpus.reportedly --act warn", "use it"),
        ],
    ),
    "completion": (
        "print a script by which a shell completes commands and options",
        "Prints a script for a shell; needs shtab (pip install 'reportedly[completion]').",
        [
            ("reportedly completion bash > ~/.local/share/bash-completion/completions/reportedly", "bash"),
            ("reportedly completion zsh > ~/.zfunc/_reportedly", "zsh, with ~/.zfunc in fpath"),
            ("reportedly completion fish > ~/.config/fish/completions/reportedly.fish", "fish"),
            ("reportedly completion tcsh > ~/.reportedly.tcsh", "tcsh; source it in ~/.tcshrc"),
        ],
    ),
    "help": ("explain a command", "The same as COMMAND --help.", [("reportedly help claims", "all about claims")]),
}

DESCRIPTION = (
    "Who said what, how sure, and who else says so: claims from news articles, reconciled. Reads articles in text, "
    "HTML, JSON, CSV, Parquet, WARC, mail, feeds and archives of these; works offline.\n\n"
    "A PATH is a file, a folder, a glob in quotes, a corpus that was saved, or - for standard input."
)
EXAMPLES = [
    ("reportedly report news/", "a page about a folder of articles"),
    ("reportedly claims news/ --act deny", "who denies what"),
    ("reportedly ledger news/ soldiers", "how many, who says so, and when"),
    ("reportedly help claims", "all about one command"),
]
EXIT_STATUS = """Exit status:
  0    done; what could not be read is named on standard error
  1    nothing could be read
  2    a wrong command, a path that does not exist, a file that cannot be written, a library that is not installed,
       a run that cannot be resumed
  3    findings: there is one that --fail-on names
  130  interrupted
"""
ENVIRONMENT = """Environment:
  REPORTEDLY_JOBS  threads, where --jobs is not given
  NO_COLOR         if set, no colours
  COLUMNS          width of tables, where --width is not given
"""
SEE_ALSO = """See also:
  docs/command-line.md and docs/tables.md, which names the columns of every table; in Python: import reportedly
"""


def examples(lines: list[tuple[str, str]]) -> str:
    """Examples, each under what it does."""
    return "Examples:\n" + "".join(f"  # {what}\n  {command}\n" for command, what in lines)


def epilog(lines: list[tuple[str, str]]) -> str:
    """What stands below the options."""
    return "\n".join([examples(lines), EXIT_STATUS, ENVIRONMENT, SEE_ALSO])


class Formatter(argparse.HelpFormatter):
    """Paragraphs are filled to the width of the terminal, lines that are set in are kept, defaults are named."""

    def __init__(self, prog: str, **more: object) -> None:
        width = min(shutil.get_terminal_size((100, 24)).columns - 2, 100)
        super().__init__(prog, max_help_position=30, width=max(width, 40))

    def _iter_indented_subactions(self, action: argparse.Action) -> Generator[argparse.Action, None, None]:
        # Commands are not set in deeper than options: so their longest name finds room.
        yield from getattr(action, "_get_subactions", tuple)()

    def _format_action_invocation(self, action: argparse.Action) -> str:
        # "-o, --output FILE", not "-o FILE, --output FILE".
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        names = ", ".join(action.option_strings)
        return f"{names} {self._format_args(action, self._get_default_metavar_for_optional(action))}"

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        paragraphs = []
        for paragraph in text.split("\n\n"):
            if "\n  " in paragraph:
                paragraphs.append("\n".join(_set_in(line, width) for line in paragraph.rstrip().split("\n")))
            else:
                paragraphs.append(textwrap.fill(" ".join(paragraph.split()), width))
        return "\n\n".join(paragraphs)


def _set_in(line: str, width: int) -> str:
    """A line of an example as it is, so that it can be copied; a line of a list wrapped below its second column."""
    words = line.strip()
    if len(line) <= width or words.startswith(("#", "reportedly ", "cat ")):
        return line
    _, gap, rest = words.partition("  ")
    column = len(line) - len((gap + rest).lstrip()) if gap else 2
    return textwrap.fill(line, width, subsequent_indent=" " * column)
