"""Scans: batches of articles of input of any size."""

import gzip
import io
import json
import os
import pickle
import signal
import subprocess
import sys
import threading
import time

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import reportedly as rp
from conftest import ROOT, SEEDS, spans_of


def lines(count, **more):
    """JSON lines of one claim each."""
    rows = ({"text": f"Ann Lee said that {i + 2:,} people had died.", **more} for i in range(count))
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def rows_of(batches):
    """The claims of batches, counted through."""
    rows = []
    for batch in batches:
        rows += [{**row, "claim": row["claim"] + 0} for row in batch.claims.to_dicts()]
    for i, row in enumerate(rows):
        row["claim"] = i
    return rows


def test_batches_follow_each_other():
    batches = list(rp.scan(lines(25), batch_size=10))
    assert [(b.first, len(b)) for b in batches] == [(0, 10), (10, 10), (20, 5)]
    assert [d.origin_row for b in batches for d in b] == list(range(25))
    assert [len(b.claims) for b in batches] == [10, 10, 5]
    assert repr(batches[2]) == "<Batch: 5 documents, 5 claims from 20>"
    assert batches[1][-1].id == batches[1].documents["document"][-1]
    # what hangs on a claim leads to its document and its text
    claim = batches[1].claims[3]
    assert claim.document == batches[1][3]
    assert all(claim.document.text[s.start : s.end] == s.text for s in spans_of(claim))


def test_claims_depend_on_nothing_but_their_article():
    whole = rows_of(rp.scan(SEEDS, batch_size=1))
    assert len(whole) > 200
    for size, jobs in [(2, 1), (3, 4), (1000, 2)]:
        assert rows_of(rp.scan(SEEDS, batch_size=size, jobs=jobs)) == whole
    alone = [row for path in sorted(SEEDS.glob("*.txt")) for batch in rp.scan(path) for row in batch.claims.to_dicts()]
    for i, row in enumerate(alone):
        row["claim"] = i
    assert alone == whole


def test_claims_are_those_of_read_but_for_names_and_undated_times(seeds):
    named = ("source", "source_role", "source_country", "source_type", "chain", "times")
    known = [{k: v for k, v in row.items() if k not in named} for row in seeds.claims.to_dicts()]
    assert [{k: v for k, v in row.items() if k not in named} for row in rows_of(rp.scan(SEEDS))] == known


def test_a_batch_makes_a_corpus(seeds):
    (batch,) = rp.scan(SEEDS)
    assert batch.corpus() == seeds
    assert batch.corpus().claims == seeds.claims
    assert len(batch.corpus().reconcile().findings) == len(seeds.reconcile().findings)


def test_ids_are_unique_over_all_batches(tmp_path):
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.jsonl").write_bytes(lines(7))
        (tmp_path / folder / "x-3.txt").write_text("It rained.")
    (tmp_path / "c.jsonl").write_bytes(lines(5, id="x-2") + lines(5, id="b/x-1"))
    whole = [d.id for b in rp.scan(tmp_path, batch_size=100) for d in b]
    assert len(whole) == len(set(whole)) == 26
    assert [d.id for b in rp.scan(tmp_path, batch_size=3, jobs=3) for d in b] == whole


@pytest.mark.parametrize("packed", [False, True])
def test_every_format_with_rows(tmp_path, packed):
    texts = [f"Ann Lee said that {i + 2} people had died." for i in range(600)]
    files = {
        "a.jsonl": lines(600),
        "a.json": json.dumps([{"text": t} for t in texts]).encode(),
        "a.csv": b"text\n" + b"".join(f'"{t}"\n'.encode() for t in texts),
        "a.mbox": b"".join(f"From a b Sat Jan  3 01:05:34 1996\nSubject: x\n\n{t}\n\n".encode() for t in texts),
        "a.warc": b"".join(warc(t) for t in texts),
        "a.parquet": parquet(texts),
    }
    for name, content in files.items():
        path = tmp_path / (name + ".gz" * packed)
        path.write_bytes(gzip.compress(content) if packed else content)
        batches = list(rp.scan(path, batch_size=250))
        assert [len(b) for b in batches] == [250, 250, 100], name
        assert [d.id for b in batches for d in b] == [d.id for d in rp.read(path)], name
        assert [d.text.strip() for b in batches for d in b] == texts, name
        assert sum(len(b.claims) for b in batches) == 600, name


def warc(text):
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: "
    return f"{head}{len(text)}\r\n\r\n{text}\r\n\r\n".encode()


def parquet(texts):
    file = io.BytesIO()
    pq.write_table(pa.table({"text": texts}), file, row_group_size=100)
    return file.getvalue()


def test_problems_come_with_their_batch():
    text = lines(3) + b"no json\n" + lines(3) + b'{"text": ""}\n'
    batches = list(rp.scan(text, batch_size=4))
    assert [len(b) for b in batches] == [3, 3]
    assert [b.problems["kind"] for b in batches] == [["format"], ["empty"]]
    assert list(batches[0].problems) + list(batches[1].problems) == list(rp.read(text).problems)


def test_errors():
    with pytest.raises(rp.NotFoundError, match="nowhere"):
        rp.scan("nowhere")
    with pytest.raises(rp.ArgumentError, match="batch_size is 0"):
        rp.scan(b"x", batch_size=0)
    with pytest.raises(rp.ArgumentError, match="it can be"):
        rp.scan(b"x", errors="ignore")
    with pytest.raises(rp.ArgumentError, match="no input"):
        rp.scan([])
    scan = rp.scan(b"   ")
    assert next(scan).problems["kind"] == ["empty"]
    with pytest.raises(rp.NoDocumentsError):
        next(scan)
    scan = rp.scan(lines(5) + b"no json\n" + lines(5), batch_size=3, errors="raise")
    assert len(next(scan)) == 3
    with pytest.raises(rp.ReportedlyError, match="no JSON"):
        next(scan)
    with pytest.raises(rp.ReportedlyError, match="begin another one"):
        next(scan)


def test_a_file_that_vanishes_is_a_problem(tmp_path):
    for i in range(200):
        (tmp_path / f"{i:03}.txt").write_text(f"Ann Lee said that {i + 2} people had died.")
    scan = rp.scan(tmp_path, batch_size=64)
    found = [next(scan)]
    (tmp_path / "199.txt").unlink()
    found += scan
    assert sum(map(len, found)) == 199
    assert [p["path"] for b in found for p in b.problems] == [str(tmp_path / "199.txt")]


def test_a_scan_that_is_left_behind_stops():
    before = threading.active_count()
    for _ in range(20):
        next(rp.scan(lines(5000), batch_size=10))
    assert threading.active_count() == before


class Slow(io.RawIOBase):
    """A file that counts how much of it was read."""

    def __init__(self, content, most):
        self.content, self.at, self.most = content, 0, most

    def read(self, size=-1):
        piece = self.content[self.at : self.at + min(size, 1 << 16)]
        self.at += len(piece)
        return piece


def test_no_more_is_read_than_needed():
    file = Slow(lines(300_000), 1 << 16)
    scan = rp.scan(file, batch_size=50)
    next(scan)
    time.sleep(0.2)
    assert file.at < 4 << 20 < len(file.content)


def test_several_threads_share_a_scan():
    scan, seen, lock = rp.scan(lines(400), batch_size=7, jobs=1), [], threading.Lock()

    def work():
        for batch in scan:
            with lock:
                seen.extend(d.origin_row for d in batch)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(seen) == list(range(400))


def test_batches_pickle_and_compare():
    one, two = rp.scan(lines(4), batch_size=2)
    assert pickle.loads(pickle.dumps(one)) == one != two
    assert hash(pickle.loads(pickle.dumps(two))) == hash(two)
    assert pickle.loads(pickle.dumps(two)).claims == two.claims


@pytest.mark.skipif(not hasattr(signal, "SIGINT") or sys.platform == "win32", reason="signals")
def test_interrupted_while_it_waits(tmp_path):
    """Ctrl-C is heard while a batch is waited for that does not come."""
    code = (
        "import os, sys, reportedly as rp\n"
        "class Never:\n"
        "    def read(self, n):\n"
        "        import time\n"
        "        print('reading', flush=True)\n"
        "        time.sleep(60)\n"
        "        return b''\n"
        "next(rp.scan(Never()))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert run.stdout.readline() == "reading\n"
    run.send_signal(signal.SIGINT)
    try:
        _, error = run.communicate(timeout=10)
    finally:
        run.kill()
    assert "KeyboardInterrupt" in error


@pytest.mark.skipif(not hasattr(os, "fork"), reason="fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_child_is_told():
    scan = rp.scan(lines(100), batch_size=10)
    next(scan)
    child = os.fork()
    if not child:
        try:
            next(scan)
        except rp.ReportedlyError as e:
            os._exit(0 if "forked" in str(e) else 2)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert sum(map(len, scan)) == 90


def test_memory_does_not_grow_with_the_input():
    """Ten times as many rows take no more memory; tools/memory.py does it at any size."""
    tool = [
        sys.executable,
        str(ROOT / "tools" / "memory.py"),
        "--rows",
        "2000",
        "20000",
        "--batch-size",
        "200",
        "--json",
    ]
    done = subprocess.run(tool, capture_output=True, text=True, check=True)
    small, large = (json.loads(line) for line in done.stdout.splitlines())
    assert (small["documents"], large["documents"]) == (2000, 20000)
    assert large["claims"] == 10 * small["claims"] > 0
    assert large["peak_mib"] < small["peak_mib"] * 1.15 + 8
