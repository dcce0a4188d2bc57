"""The command line as a process: terminals, pipes, encodings, signals, files that are whole or not there."""

import contextlib
import os
import re
import select
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from conftest import SEEDS
from reportedly.cli import output, terminal

COMMAND = [sys.executable, "-m", "reportedly"]
posix = pytest.mark.skipif(os.name == "nt", reason="terminals and signals as Unix has them")


def run(*arguments, environment=None, **more):
    return subprocess.run(
        [*COMMAND, *map(str, arguments)], capture_output=True, check=False, env=os.environ | (environment or {}), **more
    )


def in_terminal(*arguments, environment=None, out=True):
    """Runs in a terminal of 80 columns; what stands on it, and the exit status."""
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    clean = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "NO_COLOR")}
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=theirs,
        stdout=theirs if out else subprocess.PIPE,
        stderr=theirs,
        env=clean | {"TERM": "xterm", "LANG": "C.UTF-8"} | (environment or {}),
    )
    os.close(theirs)
    shown = b""
    # Reading fails when the other end is closed.
    with contextlib.suppress(OSError):
        while select.select([ours], [], [], 60)[0]:
            piece = os.read(ours, 65536)
            if not piece:
                break
            shown += piece
    piped = process.stdout.read() if process.stdout else b""
    os.close(ours)
    return shown.decode(), piped.decode(), process.wait()


@posix
def test_progress_is_shown_to_a_person_and_gone_at_the_end():
    shown, _, status = in_terminal("claims", SEEDS, "-f", "jsonl", "--width", "0")
    assert status == 0
    assert re.search(r"extracting \[#+\] 5 of 5", shown)
    assert "reconciling" not in shown
    # every line of progress is written over with spaces before anything else is
    before = shown[: shown.index('{"claim"')]
    assert before.rstrip(" \r").count("\n") == 0
    assert before.endswith("\r")
    shown, piped, status = in_terminal("ledger", SEEDS, "-f", "csv", out=False)
    assert re.search(r"reconciling \d{3} claims", shown)
    assert all(len(line) < 80 for line in re.split("[\r\n]", shown))
    assert piped.startswith("row,label,")
    assert "reconciling" not in piped
    shown, _, _ = in_terminal("claims", SEEDS, "-q", "-f", "csv")
    assert shown.startswith("claim,")


@posix
def test_colours_are_for_those_who_want_them():
    red = "\x1b[1;31m"
    assert red in in_terminal("findings", SEEDS)[0]
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in in_terminal("findings", SEEDS, environment=environment)[0]
    assert "\x1b" not in in_terminal("findings", SEEDS, "--color", "never")[0]
    assert b"\x1b" not in run("findings", SEEDS).stdout
    assert red.encode() in run("findings", SEEDS, "--color", "always").stdout


@posix
def test_a_table_is_as_wide_as_the_terminal():
    shown, _, _ = in_terminal("claims", SEEDS, "-q", "--color", "never")
    lines = shown.splitlines()
    assert 70 < max(map(len, lines)) <= 80


@posix
def test_data_on_a_terminal_commands_nothing(tmp_path):
    (tmp_path / "a.txt").write_text('"\x1b[2J\x9b31m It rains," Ann Lee said.\n', encoding="utf-8")
    for format in ("csv", "jsonl", "html"):
        shown, _, status = in_terminal("claims", tmp_path, "-q", "-f", format)
        assert status == 0
        assert not re.search("[\x1b\x9b]", shown)
    assert in_terminal("claims", tmp_path, "-f", "parquet")[2] == 2


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp437", "utf-16"])
def test_any_encoding_of_standard_output_will_do(encoding):
    for command in ("summary", "claims", "ledger", "findings", "help", "info"):
        more = [] if command == "help" else [SEEDS]
        done = run(command, *more, environment={"PYTHONIOENCODING": encoding})
        assert done.returncode == 0, done.stderr
        assert done.stdout.decode(encoding)
    # data are UTF-8, whatever the locale
    done = run("claims", SEEDS, "-f", "jsonl", environment={"PYTHONIOENCODING": encoding})
    assert "’" in done.stdout.decode("utf-8")


@posix
def test_the_c_locale_will_do():
    bare = {"LC_ALL": "C", "LANG": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for arguments in (["summary", SEEDS], ["claims", SEEDS], ["claims", SEEDS, "-f", "csv"], ["--help"]):
        done = run(*arguments, environment=bare)
        assert done.returncode == 0, done.stderr


@posix
@pytest.mark.parametrize("arguments", ["claims -f jsonl", "claims", "summary", "claims -f parquet", "report -o -"])
def test_a_reader_that_has_seen_enough_is_no_error(arguments):
    name, *more = arguments.split()
    process = subprocess.Popen([*COMMAND, name, str(SEEDS), *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    error = process.stderr.read()
    assert (process.wait(), error) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_disk_is_said():
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "claims", str(SEEDS)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr
    assert run("claims", SEEDS, "-o", "/dev/full", "-f", "csv").returncode == 2
    assert run("claims", SEEDS, "-o", "/dev/null").returncode == 0


@posix
def test_an_interrupt_ends_it_and_leaves_nothing_behind(tmp_path):
    text = " ".join(f"Officer {i} said that {i + 10} soldiers had been sent to Kursk." for i in range(400))
    for i in range(200):
        (tmp_path / f"{i}.txt").write_text(f"{text} {i}")
    target = tmp_path / "out" / "claims.csv"
    target.parent.mkdir()
    target.write_text("before")
    process = subprocess.Popen([*COMMAND, "claims", tmp_path, "-o", target, "--jobs", "1"], stderr=subprocess.PIPE)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    error = process.stderr.read()
    assert process.wait() == 130
    assert error.endswith(b"interrupted\n")
    assert b"Traceback" not in error
    assert [p.name for p in target.parent.iterdir()] == ["claims.csv"]
    assert target.read_text() == "before"


def test_a_file_is_whole_or_not_there(tmp_path):
    target = tmp_path / "a.csv"
    target.write_text("before")

    def fails():
        yield "half"
        raise ValueError("enough")

    with pytest.raises(ValueError, match="enough"):
        output.write(str(target), fails())
    assert target.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]
    output.write(str(target), ["after"])
    assert target.read_text() == "after"


@posix
def test_a_file_keeps_its_rights_and_its_links(tmp_path):
    target, link, pipe = tmp_path / "a.csv", tmp_path / "link.csv", tmp_path / "pipe"
    target.write_text("before")
    target.chmod(0o640)
    link.symlink_to(target)
    output.write(str(link), ["after"])
    assert link.is_symlink()
    assert (target.read_text(), stat.S_IMODE(target.stat().st_mode)) == ("after", 0o640)
    new = tmp_path / "new.csv"
    output.write(str(new), ["x"])
    mask = os.umask(0)
    os.umask(mask)
    assert stat.S_IMODE(new.stat().st_mode) == 0o666 & ~mask
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    output.write(str(pipe), ["through"])
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_progress_fits_its_line():
    for columns in (10, 40, 80, 200):
        line = terminal.line("extracting", 40, 100, 2.0, columns)
        assert line.startswith("extracting")
        assert columns < 40 or len(line) < columns
    assert terminal.line("extracting", 40, 100, 2.0, 80).endswith("40 of 100  20/s  3 s left")
    assert terminal.line("reading", 0, 0, 0.0, 80).endswith("0 of 0")
    assert terminal.line("reading", 1, 7201, 1.0, 80).endswith("1.0/s  2:00 h left")


def test_both_ways_of_calling():
    for module in ("reportedly", "reportedly.cli"):
        done = subprocess.run([sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=False)
        assert done.stdout.startswith("reportedly ")
