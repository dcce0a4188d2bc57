"""The command line."""

import csv
import io
import json
import os
import re
import subprocess
import sys

import pyarrow.parquet as pq
import pytest

import reportedly as rp
from conftest import SEEDS
from reportedly.cli import formats

HOSTILE = ["=1+1", "@SUM(A1)", "+cmd", "-2+3", "\tx", "＝1+1"]


def run(*arguments, **more):
    command = [sys.executable, "-m", "reportedly.cli", *map(str, arguments)]
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "100"}
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, env=environment, **more)


def test_report_writes_the_page_and_prints_the_summary(tmp_path):
    page = tmp_path / "r.html"
    done = run("report", SEEDS, "-o", page)
    assert done.returncode == 0, done.stderr
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "THE LEDGER OF FIGURES" in done.stdout
    assert str(page) in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= max(100, len(f"The report is in {page}"))
    assert done.stderr == ""


def test_the_ledger_takes_what_is_counted_as_a_last_word(tmp_path):
    by_word = run("ledger", SEEDS, "soldiers", "-f", "jsonl")
    by_option = run("ledger", SEEDS, "--counted", "soldiers", "-f", "jsonl")
    assert by_word.returncode == 0, by_word.stderr
    assert by_word.stdout == by_option.stdout != ""
    # something that looks like a path stays one
    missing = run("ledger", SEEDS, "soldiers.txt")
    assert (missing.returncode, "soldiers.txt" in missing.stderr) == (2, True)


def test_quiet_prints_nothing(tmp_path):
    done = run("report", "-q", SEEDS, "-o", tmp_path / "r.html")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_claims_in_every_format(tmp_path, seeds):
    n = len(seeds.claims)
    rows = [json.loads(line) for line in run("claims", SEEDS, "-f", "jsonl").stdout.splitlines()]
    assert len(rows) == n
    assert rows[0]["document"] == seeds[0].id
    cells = list(csv.DictReader(io.StringIO(run("claims", SEEDS, "-f", "csv").stdout)))
    assert len(cells) == n
    assert list(cells[0]) == seeds.claims.columns
    json.loads(cells[0]["places"])
    path = tmp_path / "claims.parquet"
    assert run("claims", SEEDS, "-f", "parquet", "-o", path).returncode == 0
    assert pq.read_table(path).num_rows == n
    table = run("claims", SEEDS).stdout.splitlines()
    assert len(table) == n + 1
    assert max(map(len, table)) <= 100


def test_claims_are_filtered():
    rows = run("claims", SEEDS, "--kind", "direct", "-f", "jsonl").stdout.splitlines()
    assert rows
    assert all(json.loads(row)["kind"] == "direct" for row in rows)
    done = run("claims", SEEDS, "--act", "shout")
    assert done.returncode == 2
    assert "deny" in done.stderr


@pytest.mark.parametrize("command", ["ledger", "findings", "summary"])
def test_other_commands(command):
    done = run(command, SEEDS)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_exit_status(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    missing = run("claims", tmp_path / "none")
    assert (missing.returncode, missing.stdout) == (2, "")
    assert "none" in missing.stderr
    assert "Traceback" not in missing.stderr
    assert run("claims", tmp_path).returncode == 1
    assert run("claims").returncode == 2
    assert run("shout", SEEDS).returncode == 2
    assert run("claims", SEEDS, "-f", "csv", "-o", tmp_path / "no" / "folder.csv").returncode == 2


def test_what_was_not_read_is_said_on_standard_error(tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "good.txt").write_text("It rained, officials said.", encoding="utf-8")
    done = run("claims", tmp_path, "-f", "jsonl")
    assert done.returncode == 0
    assert "bad.txt" in done.stderr
    assert [json.loads(line)["document"] for line in done.stdout.splitlines()][:1] == ["good"]


def test_version_and_help():
    assert run("--version").stdout.strip() == f"reportedly {rp.__version__}"
    done = run("--help")
    assert done.returncode == 0
    assert re.search(r"report\b.*\n.*summary\b", done.stdout)


def test_a_closed_pipe_is_no_error():
    command = f'"{sys.executable}" -m reportedly.cli claims "{SEEDS}" -f jsonl | head -n 1; echo "${{PIPESTATUS[0]}}"'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_csv_holds_no_formulas():
    for text in HOSTILE:
        assert formats.csv_cell(text) == "'" + text
    for value in ("-", "+", "=", ">=", "It = x", -3.5, None, 7):
        assert formats.csv_cell(value) == value


def test_standard_input_and_fields_are_read():
    rows = '{"head": "Rain", "main": "It rained in Seoul, officials said."}\n' * 2
    done = run("claims", "-", "--field", "text=main", "--field", "title=head", "-f", "jsonl", "-q", input=rows)
    assert done.returncode == 0, done.stderr
    claims = [json.loads(line) for line in done.stdout.splitlines()]
    assert [c["source"] for c in claims] == ["officials", "officials"]
    assert run("claims", "-", "--field", "main", input=rows).returncode == 2
    wrong = run("claims", "-", "--field", "body=main", input=rows)
    assert wrong.returncode == 2
    assert "published" in wrong.stderr
