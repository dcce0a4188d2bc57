"""Paths, standard input and saved corpora as one corpus."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import reportedly

from .. import ArgumentError, Corpus, Reconciliation, read
from .._show import problem_text
from . import terminal
from .commands import LIMITS, THRESHOLDS

#: Notes on standard error; -v shows all.
_NOTES = 20
#: By this the manifest of a saved corpus is told from other files of that name.
_KIND = "reportedly corpus"

_T = TypeVar("_T")


def corpus(arguments: argparse.Namespace, *, extract: bool = True) -> Corpus:
    """What the paths name: articles are read, saved corpora are loaded, and all of it is one corpus."""
    if not arguments.quiet:
        _tell_output(arguments)
    progress = terminal.Progress(arguments.quiet)
    try:
        found = _timed(arguments, "read", lambda: _read(arguments, progress))
        if extract:
            _timed(arguments, "extracted", lambda: found.extract(progress=progress.of("extracting")))
    finally:
        progress.clear()
    if not arguments.quiet:
        _tell_problems(found, arguments.verbose)
    return found


def reconciled(arguments: argparse.Namespace, articles: Corpus) -> Reconciliation:
    """The corpus reconciled, with the thresholds that were given."""
    progress = terminal.Progress(arguments.quiet)
    if len(articles.claims):
        progress.say(f"reconciling {len(articles.claims):,} claims")
    try:
        return _timed(arguments, "reconciled", lambda: articles.reconcile(**thresholds(arguments)))
    finally:
        progress.clear()


def thresholds(arguments: argparse.Namespace) -> dict[str, Any]:
    """Those that were given, as `Corpus.reconcile` takes them."""
    names = [name.replace("-", "_") for name, *_ in THRESHOLDS]
    return {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}


def manifest(path: str) -> dict[str, Any] | None:
    """What the manifest of a saved corpus says, of whatever version; None for anything else."""
    file = Path(path) / "manifest.json"
    if not file.is_file():
        return None
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return said if isinstance(said, dict) and said.get("kind") == _KIND else None


def load(folder: str, jobs: int | None) -> Corpus:
    """A saved corpus."""
    loaded: Corpus = reportedly.load(folder, jobs=jobs)
    return loaded


def _read(arguments: argparse.Namespace, progress: terminal.Progress) -> Corpus:
    folders = [path for path in arguments.paths if path != "-" and manifest(path) is not None]
    others = [path for path in arguments.paths if path not in folders]
    parts: list[Corpus] = []
    for folder in folders:
        progress.say(f"loading {folder}")
        parts.append(load(folder, arguments.jobs))
    if others:
        parts.append(_articles(arguments, others, progress))
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.add(part, progress=progress.of("extracting"))
    return whole


def _articles(arguments: argparse.Namespace, paths: Sequence[str], progress: terminal.Progress) -> Corpus:
    return read(sources(arguments, paths), progress=progress.of("reading"), **options(arguments))


def sources(arguments: argparse.Namespace, paths: Sequence[str]) -> list[Any]:
    """Paths, and standard input for `-`."""
    if paths.count("-") > 1:
        raise ArgumentError("- is standard input, which can be read only once")
    if "-" in paths and terminal.is_terminal(sys.stdin) and not arguments.quiet:
        terminal.note("reading an article from the terminal; end it with Ctrl-D (on Windows Ctrl-Z, Enter)")
    return [sys.stdin.buffer if path == "-" else path for path in paths]


def options(arguments: argparse.Namespace) -> dict[str, Any]:
    """What is said of reading, as `read` and `scan` take it."""
    return {
        "encoding": arguments.encoding,
        "fields": fields(arguments.field),
        "html": arguments.html,
        "recursive": arguments.recursive,
        **{name: getattr(arguments, name) for name in LIMITS},
        "jobs": arguments.jobs,
        "errors": "raise" if arguments.strict else "report",
    }


def fields(pairs: Sequence[str] | None) -> dict[str, str]:
    """`text=body` as a mapping."""
    found = {}
    for pair in pairs or ():
        part, sign, name = pair.partition("=")
        if not sign:
            raise ArgumentError(f"--field {pair}: give a part and a name, as text=body")
        found[part] = name
    return found


def _tell_output(arguments: argparse.Namespace) -> None:
    """Warns of what was written before, as report.html, and is now read as an article."""
    target = getattr(arguments, "output", None)
    if target is None or target == "-" or not Path(target).is_file():
        return
    file = Path(target).resolve()
    for path in arguments.paths:
        if path != "-" and Path(path).is_dir() and Path(path).resolve() in file.parents:
            terminal.note(f"{target} is in {path}, and is read as an article there; write it elsewhere")


def _tell_problems(articles: Corpus, verbose: bool) -> None:
    notes = Notes(verbose)
    notes.tell(articles.problems)
    notes.close()


class Notes:
    """Problems on standard error, of which the first are told, and the others counted."""

    def __init__(self, verbose: bool) -> None:
        self._verbose, self._count = verbose, 0

    def tell(self, problems: Iterable[dict[str, Any]]) -> None:
        for problem in problems:
            if not self._verbose and problem["severity"] == "information":
                continue
            self._count += 1
            if self._verbose or self._count <= _NOTES:
                terminal.note(problem_text(problem))

    def close(self) -> None:
        """How many were not told."""
        if self._count > _NOTES and not self._verbose:
            terminal.note(f"and {self._count - _NOTES:,} more; see: reportedly info --problems")


def _timed(arguments: argparse.Namespace, done: str, work: Callable[[], _T]) -> _T:
    began = time.monotonic()
    result = work()
    if arguments.verbose:
        size = f"{len(result):,} " if hasattr(result, "__len__") else ""
        what = {"read": "articles ", "extracted": "claims "}.get(done, "")
        terminal.note(f"{size}{what}{done} in {time.monotonic() - began:.2f} s")
    return result
