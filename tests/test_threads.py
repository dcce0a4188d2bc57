"""Threads, processes, signals: the result is the same, and nobody waits for ever."""

import multiprocessing
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pyarrow as pa
import pytest

import reportedly as rp
from conftest import SEEDS

TEXTS = [p.read_text(encoding="utf-8") for p in sorted(Path(SEEDS).iterdir())]


def test_the_number_of_threads_changes_nothing():
    tables = []
    for jobs in (1, 2, 8):
        corpus = rp.Corpus.from_texts(TEXTS * 6, jobs=jobs)
        reconciliation = corpus.reconcile()
        frames = [reconciliation.ledger(), reconciliation.findings, reconciliation.parties, reconciliation.copies]
        tables.append([pa.table(corpus.claims), *(pa.table(f) for f in frames)])
    assert tables[0] == tables[1] == tables[2]


def test_progress_goes_up_to_all():
    seen = []
    corpus = rp.Corpus.from_texts(TEXTS * 20, progress=lambda done, total: seen.append(("read", done, total)))
    assert seen[-1] == ("read", 100, 100)
    corpus.extract(progress=lambda done, total: seen.append(("extract", done, total)))
    assert seen[-1] == ("extract", 100, 100)
    done = [d for what, d, _ in seen if what == "extract"]
    assert done == sorted(done)


def test_what_progress_raises_stops_the_job():
    corpus = rp.Corpus.from_texts(TEXTS * 200)

    def stop(done, total):
        raise RuntimeError("enough")

    start = time.monotonic()
    with pytest.raises(RuntimeError, match="enough"):
        corpus.extract(progress=stop)
    assert time.monotonic() - start < 2


def test_claims_inside_progress_are_refused_not_awaited():
    corpus = rp.Corpus.from_texts(TEXTS)
    with pytest.raises(rp.ReportedlyError, match="in a progress function"):
        corpus.extract(progress=lambda done, total: corpus.claims)
    assert len(corpus.claims) > 0


def test_threads_that_ask_at_once_get_the_same():
    corpus = rp.Corpus.from_texts(TEXTS * 10)
    out = []
    threads = [threading.Thread(target=lambda: out.append(len(corpus.claims))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(out) == 6
    assert len(set(out)) == 1


def test_other_threads_run_meanwhile():
    corpus = rp.Corpus.from_texts(TEXTS * 40, jobs=1)
    count, over = 0, threading.Event()

    def work():
        nonlocal count
        while not over.is_set():
            count += 1

    thread = threading.Thread(target=work)
    thread.start()
    corpus.extract()
    over.set()
    thread.join()
    assert count > 1000


@pytest.mark.skipif(os.name == "nt", reason="signals")
def test_ctrl_c_is_heard_at_once():
    code = f"""
    import time
    import reportedly as rp
    text = open({str(SEEDS / "000_b3d991fe3ae594b6.txt")!r}, encoding="utf-8").read()
    corpus = rp.Corpus.from_texts([text] * 20000)
    print("go", flush=True)
    try:
        corpus.extract()
        print("done")
    except KeyboardInterrupt:
        print(time.time())
    """
    process = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "go\n"
    time.sleep(0.5)
    sent = time.time()
    process.send_signal(signal.SIGINT)
    heard = process.communicate(timeout=30)[0]
    # 50 ms between looks, and room for a busy machine.
    assert float(heard) - sent < 0.2 + float(os.environ.get("REPORTEDLY_TEST_SLACK", "0.3"))


def count_claims(texts):
    return len(rp.Corpus.from_texts(texts).claims)


def shared_claims(corpus):
    return len(corpus.claims)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize("method", sorted(set(multiprocessing.get_all_start_methods())))
def test_children_work_after_the_parent_has(method):
    expected = count_claims(TEXTS)
    corpus = rp.Corpus.from_texts(TEXTS)
    with multiprocessing.get_context(method).Pool(2) as pool:
        assert pool.map_async(count_claims, [TEXTS] * 3).get(timeout=60) == [expected] * 3
        # Without claims, so that the child has to extract them.
        assert pool.map_async(shared_claims, [corpus] * 2).get(timeout=60) == [expected] * 2


def test_reportedly_jobs_is_heard(monkeypatch):
    monkeypatch.setenv("REPORTEDLY_JOBS", "1")
    assert count_claims(TEXTS) > 0
