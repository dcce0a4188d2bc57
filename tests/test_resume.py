"""Streams on the command line: written as they come, killed, and gone on with."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import reportedly as rp
from conftest import SEEDS
from reportedly.cli import main, streams

COMMAND = [sys.executable, "-m", "reportedly", "claims"]
SIZE = ["--batch-size", "40"]


def write(path, count, start=0):
    rows = (f"Ann Lee said that {i + 2:,} people had died. The mayor denied it." for i in range(start, start + count))
    path.write_text("".join(json.dumps({"text": text}) + "\n" for text in rows))
    return path


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """Input of some batches, and what an uninterrupted run makes of it."""
    folder = tmp_path_factory.mktemp("big")
    path = write(folder / "big.jsonl", 1200)
    target = folder / "whole.jsonl"
    assert main(["claims", str(path), "--stream", *SIZE, "-o", str(target), "-q"]) == 0
    return path, target.read_bytes()


def test_a_stream_is_what_scan_finds(big):
    path, whole = big
    rows = [json.loads(line) for line in whole.splitlines()]
    assert [r["claim"] for r in rows] == list(range(len(rows)))
    found = [row for batch in rp.scan(path) for row in batch.claims.to_dicts()]
    assert [(r["document"], r["start"], r["text"]) for r in rows] == [
        (r["document"], r["start"], r["text"]) for r in found
    ]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_the_size_of_batches_changes_nothing(big, tmp_path, kind):
    told = []
    for size in ("7", "500", "5000"):
        target = tmp_path / f"{size}.{kind}"
        flags = ["--bom"] if kind == "csv" else []
        assert main(["claims", str(big[0]), "--stream", "--batch-size", size, "-o", str(target), "-q", *flags]) == 0
        told.append(target.read_bytes())
    assert told[0] == told[1] == told[2]
    assert kind == "csv" or told[0] == big[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(f"{n}.{kind}" for n in (7, 500, 5000))


def test_filters_columns_and_flat(big, tmp_path, capsys):
    path = write(tmp_path / "a.jsonl", 9)
    assert main(["claims", str(path), "--stream", "--batch-size", "4", "--act", "deny", "--columns", "claim,act"]) == 0
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"claim": 2 * i + 1, "act": "deny"} for i in range(9)
    ]
    assert main(["claims", str(path), "--stream", "--batch-size", "4", "--flat", "-f", "csv"]) == 0
    out = capsys.readouterr().out.splitlines()
    assert (len(out), out[0].startswith("claim,document"), [line.split(",")[0] for line in out[1:]]) == (
        19,
        True,
        [str(i) for i in range(18)],
    )


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("seed", range(4))
def test_killed_at_any_moment_and_resumed(big, tmp_path, seed):
    path, whole = big
    target = tmp_path / "claims.jsonl"
    chance = random.Random(seed)
    command = [*COMMAND, str(path), *SIZE, "-o", str(target), "--resume", "-q"]
    killed = 0
    for _ in range(3):
        # At so many bytes of the journal, or of the text, and then a little later.
        watched = tmp_path / f"claims.jsonl.{chance.choice(['partial', 'journal'])}"
        size = watched.stat().st_size if watched.exists() else 0
        goal = size + chance.choice([1, 500, 20_000])
        run = subprocess.Popen(command)
        while run.poll() is None and not (watched.exists() and watched.stat().st_size >= goal):
            time.sleep(0.001)
        time.sleep(chance.random() * 0.05)
        run.send_signal(signal.SIGKILL)
        killed += run.wait() == -signal.SIGKILL
    assert killed > 0
    if chance.random() < 0.5 and (tmp_path / "claims.jsonl.partial").exists():
        # what a system that loses power may leave
        with (tmp_path / "claims.jsonl.partial").open("ab") as file:
            file.write(b'{"claim": 17, "docu')
        with (tmp_path / "claims.jsonl.journal").open("ab") as file:
            file.write(b'{"batches": 9')
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert target.read_bytes() == whole
    assert [p.name for p in tmp_path.iterdir()] == ["claims.jsonl"]


@pytest.fixture
def half(big, tmp_path, monkeypatch, capsys):
    """A run that was interrupted after three batches: its input, its target, and how to go on."""
    path = tmp_path / "in.jsonl"
    path.write_bytes(big[0].read_bytes())
    target = tmp_path / "out.jsonl"
    add = streams._Draft.add

    def stop(self, text, state):
        if state["batches"] == 4:
            raise KeyboardInterrupt
        add(self, text, state)

    with monkeypatch.context() as patch:
        patch.setattr(streams._Draft, "add", stop)
        assert main(["claims", str(path), "--stream", *SIZE, "-o", str(target), "-q"]) == 130
    assert "with --resume goes on" in capsys.readouterr().err

    def go_on(*more):
        return main(["claims", str(path), *SIZE, "-o", str(target), "--resume", *more])

    return path, target, go_on


def test_an_interrupted_run_goes_on(half, big):
    _, target, go_on = half
    assert not target.exists()
    assert go_on("--jobs", "1", "-q") == 0
    assert target.read_bytes() == big[1].replace(b'"big-', b'"in-')


def test_what_was_done_is_not_extracted_again(half, monkeypatch):
    _, _, go_on = half
    seen = []
    add = streams._Draft.add

    def counted(self, text, state):
        seen.append(state["batches"])
        add(self, text, state)

    monkeypatch.setattr(streams._Draft, "add", counted)
    assert go_on("-q") == 0
    assert seen == list(range(4, 31))


@pytest.mark.parametrize("change", ["word", "row", "gone"])
def test_changed_input_is_noticed(half, capsys, change):
    path, target, go_on = half
    lines = path.read_text().splitlines(keepends=True)
    if change == "word":
        lines[50] = lines[50].replace("Ann", "Eva")
    elif change == "row":
        lines.insert(3, lines[3])
    else:
        lines = lines[:60]
    path.write_text("".join(lines))
    assert go_on() == 2
    error = capsys.readouterr().err
    assert "something has changed among the first 120 articles" in error
    assert not target.exists()
    # and it is refused as often as it is tried, until the run begins again
    assert go_on() == 2
    assert main(["claims", str(path), "--stream", *SIZE, "-o", str(target), "-q"]) == 0
    assert len(target.read_text().splitlines()) == 2 * len(lines)


def test_what_comes_later_may_have_changed(half):
    path, target, go_on = half
    with path.open("a") as file:
        file.write('{"text": "Bob Ray said no."}\n')
    assert go_on("-q") == 0
    assert target.read_text().count("Bob Ray") >= 1


def test_another_command_is_refused(half, capsys):
    _, _, go_on = half
    capsys.readouterr()
    assert go_on("--act", "deny") == 2
    assert "is of another run (act differ)" in capsys.readouterr().err


def test_a_run_with_nothing_to_go_on_with_begins(tmp_path):
    path = write(tmp_path / "a.jsonl", 5)
    target = tmp_path / "b.jsonl"
    for _ in range(2):
        assert main(["claims", str(path), "-o", str(target), "--resume", "-q"]) == 0
        assert len(target.read_text().splitlines()) == 10
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "b.jsonl"]


def test_wrong_commands(tmp_path, capsys):
    path = str(write(tmp_path / "a.jsonl", 2))
    rp.read(path).save(tmp_path / "saved")
    for words, what in [
        (["--resume"], "name one with -o"),
        (["--stream", "-f", "parquet"], "not as parquet"),
        (["--resume", "--no-stream", "-o", str(tmp_path / "x.jsonl")], "does not go with --no-stream"),
        (["--stream", str(tmp_path / "saved")], "is a saved corpus"),
        (["--stream", "--batch-size", "0"], "--batch-size is 0"),
        (["--stream", "--columns", "nonsense"], "there is no nonsense"),
    ]:
        assert main(["claims", path, *words]) == 2, words
        assert what in capsys.readouterr().err
    assert issubclass(rp.ResumeError, rp.ReportedlyError)


def test_nothing_readable_leaves_nothing(tmp_path):
    (tmp_path / "a.txt").write_text("  ")
    (tmp_path / "out").mkdir()
    assert main(["claims", str(tmp_path / "a.txt"), "-o", str(tmp_path / "out" / "x.jsonl"), "--stream", "-q"]) == 1
    assert list((tmp_path / "out").glob("*.jsonl")) == []


def test_one_run_at_a_time(half, capsys):
    fcntl = pytest.importorskip("fcntl")
    _, target, go_on = half
    with target.with_name("out.jsonl.journal").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert go_on() == 2
    assert "another run is writing" in capsys.readouterr().err


def test_large_input_is_a_stream_by_itself(big, tmp_path, monkeypatch, capsys):
    target = tmp_path / "claims.jsonl"
    words = ["claims", str(big[0]), "-o", str(target)]
    assert main([*words, "-v"]) == 0
    assert "a batch at a time" not in capsys.readouterr().err
    monkeypatch.setattr(streams, "_LARGE", 10_000)
    assert main(words) == 0
    assert "--no-stream makes one corpus of it" in capsys.readouterr().err
    assert target.read_bytes() == big[1]
    assert main([*words, "--no-stream"]) == 0
    assert "a batch at a time" not in capsys.readouterr().err
    assert main(["claims", str(SEEDS), "-f", "table"]) == 0
    assert "a batch at a time" not in capsys.readouterr().err


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="only Linux tells")
@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_the_file_behind_standard_output_tells_the_format(tmp_path, kind):
    path, target = write(tmp_path / "a.jsonl", 2), tmp_path / f"b.{kind}"
    with target.open("w") as file:
        subprocess.run([*COMMAND, str(path)], stdout=file, check=True)
    assert target.read_text().startswith('{"claim": 0,' if kind == "jsonl" else "claim,document,")
