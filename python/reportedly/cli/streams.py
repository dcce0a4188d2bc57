"""Claims of input that is larger than memory: a batch at a time, and, to a file, such that a run can go on.

What is written stands beside the file as `FILE.partial`, and `FILE.journal` says, line by line, up to where it is
good: after each batch the bytes are written and synced before the line is. A run that goes on cuts off what came after
the last line, reads the input again up to there without extracting it, and makes sure by a digest that it reads the
same.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

from .. import ArgumentError, Batch, Corpus, ResumeError, __version__, scan
from . import formats, inputs, output, terminal

#: Bytes of input from which it is worked on as a stream, if nothing is said: as one corpus it would take some GB.
_LARGE = 256 << 20
#: Texts pack to about an eighth.
_PACKED = {".gz": 8, ".zst": 8, ".bz2": 8, ".zip": 8, ".parquet": 4}
_KIND = "reportedly claims"

_Select = Callable[[Any], Any]


def wanted(arguments: argparse.Namespace, kind: str) -> bool:
    """Whether claims are to be had as a stream."""
    saved = [path for path in arguments.paths if inputs.manifest(path) is not None]
    if arguments.resume and arguments.stream is False:
        raise ArgumentError("--resume goes on with a stream: it does not go with --no-stream")
    if not (arguments.stream or arguments.resume):
        large = arguments.stream is None and kind in ("csv", "jsonl") and not saved and _size(arguments.paths) >= _LARGE
        if large and not arguments.quiet:
            terminal.note(
                "this is large, and worked on a batch at a time: parties keep the names that their articles give "
                "them; --no-stream makes one corpus of it, in memory"
            )
        return large
    if saved:
        raise ArgumentError(f"{saved[0]} is a saved corpus, whose claims are known: leave --stream and --resume out")
    if kind not in ("csv", "jsonl"):
        raise ArgumentError(f"a stream is written as jsonl or csv, not as {kind}")
    return True


def _size(paths: list[str]) -> int:
    """Bytes of what the paths name, roughly; no more are counted than matter."""
    size = 0
    for path in paths:
        # What the core finds for a glob lies in this folder: too much is counted, not too little.
        named = Path(path) if os.path.lexists(path) else Path(path.partition("*")[0]).parent
        for file in _files(named):
            with contextlib.suppress(OSError):
                size += file.stat().st_size * _PACKED.get(file.suffix.lower(), 1)
            if size >= _LARGE:
                return size
    return size


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for folder, _, names in os.walk(path):
        yield from (Path(folder, name) for name in names)


def claims(arguments: argparse.Namespace, kind: str, select: _Select, columns_of: Callable[..., list[str]]) -> int:
    """Writes claims, batch by batch; an exit status."""
    output.check(arguments.output)
    if not arguments.batch_size:
        raise ArgumentError("--batch-size is 0; it must be a number of articles")
    columns = columns_of(arguments, "claims", kind, select(Corpus.from_texts([])))
    run = _Run(arguments, kind, select, columns)
    special = not output.is_stdout(arguments.output) and Path(arguments.output).exists()
    if output.is_stdout(arguments.output) or (special and not Path(arguments.output).is_file()):
        if arguments.resume:
            raise ArgumentError("--resume needs a file that a run can go on with: name one with -o")
        output.write(arguments.output, run.text(), data=True)
        run.close()
        return 0
    with _Draft(Path(os.path.realpath(arguments.output)), run.command()) as draft:
        if arguments.resume:
            draft.resume(run)
        for batch in run.batches():
            draft.add(run.rows(batch), run.state(batch))
        draft.finish()
    run.close()
    return 0


class _Run:
    """Batches, and the text that is made of them."""

    def __init__(self, arguments: argparse.Namespace, kind: str, select: _Select, columns: list[str]) -> None:
        self._arguments, self._kind, self._select, self._columns = arguments, kind, select, columns
        paths = inputs.sources(arguments, arguments.paths)
        self._scan = scan(paths, batch_size=arguments.batch_size, **inputs.options(arguments))
        self._notes = inputs.Notes(arguments.verbose)
        self._progress = terminal.Progress(arguments.quiet)
        self._began = time.monotonic()
        self._skipped = 0
        self.batch_number = self.documents = self.claims = 0

    def command(self) -> dict[str, Any]:
        """What must be the same for a run to go on; threads and messages may differ."""
        apart = {"run", "parser", "top", "all", "jobs", "quiet", "verbose", "resume", "stream", "output", "color"}
        said = {name: value for name, value in vars(self._arguments).items() if name not in apart}
        return {"journal": _KIND, "version": __version__, **said, "format": self._kind}

    def batches(self) -> Iterator[Batch]:
        try:
            for batch in self._scan:
                if not self._arguments.quiet:
                    self._progress.clear()
                    self._notes.tell(batch.problems)
                yield batch
                self.batch_number += 1
                self.documents += len(batch)
                self.claims += len(batch.claims)
                speed = (self.documents - self._skipped) / max(time.monotonic() - self._began, 1e-9)
                self._progress.say(f"{self.documents:,} articles, {self.claims:,} claims  {speed:,.0f}/s")
        finally:
            self._progress.clear()

    def rows(self, batch: Batch) -> Iterator[str]:
        """The text of a batch; counts of claims go on from the batch before."""
        before = self.claims

        def counted() -> Iterator[dict[str, Any]]:
            for row in formats.rows(self._select(batch)):
                row["claim"] += before
                yield row

        if self._kind == "jsonl":
            return formats.as_jsonl(self._columns, counted())
        first = self.batch_number == 0
        return formats.as_csv(self._columns, counted(), mark=self._arguments.bom and first, head=first)

    def text(self) -> Iterator[str]:
        for batch in self.batches():
            yield from self.rows(batch)

    def state(self, batch: Batch) -> dict[str, Any]:
        """Where the run is after this batch."""
        return {
            "batches": self.batch_number + 1,
            "documents": self.documents + len(batch),
            "claims": self.claims + len(batch.claims),
            "digest": batch._digest,
        }

    def skip(self, state: dict[str, Any]) -> None:
        """Reads again what is done, up to a state; raises if it is not the same."""
        digest = ""
        while self.batch_number < state["batches"]:
            self._progress.say(f"reading {self.documents:,} articles again")
            skipped = self._scan._skip()
            if skipped is None:
                break
            digest, documents = skipped
            self.batch_number += 1
            self.documents += documents
        self._progress.clear()
        if digest != state["digest"]:
            raise ResumeError(
                f"the input is not what the interrupted run read: something has changed among the first "
                f"{state['documents']:,} articles; begin again without --resume"
            )
        self._skipped = self.documents
        self.claims = state["claims"]

    def close(self) -> None:
        if not self._arguments.quiet:
            self._notes.close()
        if self._arguments.verbose:
            spent = time.monotonic() - self._began
            terminal.note(f"{self.claims:,} claims in {self.documents:,} articles in {spent:.2f} s")


class _Draft:
    """A file on its way: `FILE.partial`, with `FILE.journal`, until it is whole."""

    def __init__(self, target: Path, command: dict[str, Any]) -> None:
        self._target, self._command = target, command
        self._partial = target.with_name(target.name + ".partial")
        self._journal = target.with_name(target.name + ".journal")
        self._batches = 0
        self._bytes = 0

    def __enter__(self) -> _Draft:
        # Neither is cut before it is known to be nobody else's.
        self._log: IO[bytes] = self._journal.open("ab")
        try:
            _lock(self._log, self._target)
            self._file: IO[bytes] = self._partial.open("ab")
        except BaseException:
            self._log.close()
            raise
        self._begun = False
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        with contextlib.suppress(OSError):
            self._file.close()
        if kind is not None and self._batches == 0 and self._begun:
            self._partial.unlink(missing_ok=True)
            self._journal.unlink(missing_ok=True)
        elif kind is not None and not issubclass(kind, ResumeError):
            terminal.note(f"what is done is in {self._partial}; the same command with --resume goes on")
        self._log.close()

    def resume(self, run: _Run) -> None:
        """Goes on where an earlier run stopped, if there was one."""
        command, states, end = _read(self._journal)
        if command is None:
            return
        if command != json.loads(json.dumps(self._command)):
            differs = sorted(k for k in {*command, *self._command} if command.get(k) != self._command.get(k))
            raise ResumeError(
                f"{self._journal} is of another run ({', '.join(differs)} differ); begin again without --resume"
            )
        size = self._partial.stat().st_size
        while states and states[-1][0]["bytes"] > size:
            states.pop()
            end = states[-1][1] if states else 0
        if not states:
            return
        state = states[-1][0]
        run.skip(state)
        self._log.truncate(end)
        self._file.truncate(state["bytes"])
        self._batches, self._bytes = state["batches"], state["bytes"]
        self._begun = True

    def add(self, text: Iterator[str], state: dict[str, Any]) -> None:
        """Adds the text of a batch, and notes that it is there."""
        self._begin()
        for chunk in output.gathered(text):
            data = chunk.encode("utf-8", "replace")
            self._file.write(data)
            self._bytes += len(data)
        _sync(self._file)
        self._note({**state, "bytes": self._bytes})
        self._batches += 1

    def finish(self) -> None:
        """The file takes its name."""
        self._begin()
        self._file.close()
        if self._target.exists():
            self._partial.chmod(self._target.stat().st_mode & 0o7777)
        self._partial.replace(self._target)
        self._journal.unlink()

    def _begin(self) -> None:
        if self._begun:
            return
        self._begun = True
        self._file.truncate(0)
        self._log.truncate(0)
        self._note(self._command)

    def _note(self, line: dict[str, Any]) -> None:
        self._log.write(json.dumps(line).encode() + b"\n")
        _sync(self._log)


def _read(journal: Path) -> tuple[dict[str, Any] | None, list[tuple[dict[str, Any], int]], int]:
    """The command of a journal, its states, each with where its line ends, and where the last whole line does."""
    command: dict[str, Any] | None = None
    states: list[tuple[dict[str, Any], int]] = []
    end = 0
    for line in journal.read_bytes().splitlines(keepends=True):
        try:
            said = json.loads(line)
        except ValueError:
            break
        if not line.endswith(b"\n") or not isinstance(said, dict):
            break
        if command is None:
            if said.get("journal") != _KIND:
                raise ResumeError(f"{journal} is no journal of reportedly; move it away")
            command = said
        elif "bytes" in said:
            states.append((said, end + len(line)))
        end += len(line)
    return command, states, end


def _sync(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def _lock(file: IO[bytes], target: Path) -> None:
    """Takes the journal for this process, where the system has locks."""
    try:
        fcntl: Any = importlib.import_module("fcntl")
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as e:
        raise ArgumentError(f"another run is writing {target}") from e
