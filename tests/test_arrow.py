"""Tables, as data frame libraries take them."""

import datetime
import json
import subprocess
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reportedly as rp


def test_pyarrow(seeds):
    table = pa.table(seeds.claims)
    assert table.num_rows == len(seeds.claims)
    assert table.column_names == seeds.claims.columns
    table.validate(full=True)
    assert pa.schema(seeds.claims) == table.schema
    assert table == seeds.claims.to_arrow()


def test_polars(seeds):
    frame = pl.DataFrame(seeds.claims)
    assert frame.height == len(seeds.claims)
    assert frame.equals(seeds.claims.to_polars())
    assert frame.schema["published"] == pl.Date


def test_duckdb(seeds):
    claims = seeds.claims  # noqa: F841  duckdb finds it by name
    ((n,),) = duckdb.sql("select count(*) from claims").fetchall()
    assert n == len(seeds.claims)
    frame = seeds.documents  # noqa: F841
    assert duckdb.sql("select sum(claims) from frame").fetchall()[0][0] == n


def test_pandas(seeds):
    frame = seeds.claims.to_pandas()
    assert list(frame.columns) == seeds.claims.columns
    assert frame["certainty"].dtype == "float64"
    assert frame["start"].dtype == "int64"
    assert str(frame["published"].dtype) == "datetime64[s]"
    texts = {d.id: d.text for d in seeds}
    for row in frame.itertuples():
        assert texts[row.document][row.start : row.end] == row.text


def test_pandas_needs_no_pyarrow():
    code = """
import sys
sys.modules["pyarrow"] = None
import reportedly as rp
corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
print(corpus.claims.to_pandas().shape[0], corpus.documents.to_pandas().shape[0])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.split() == ["1", "1"], done.stderr


def test_a_library_that_is_missing_is_named():
    code = """
import sys
sys.modules["polars"] = None
import reportedly as rp
try:
    rp.Corpus.from_texts(["It rained."]).claims.to_polars()
except ImportError as e:
    print(e)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "to_polars() needs polars: pip install reportedly[polars]"


def test_dicts_say_what_objects_say(seeds):
    for claim, row in zip(seeds.claims, seeds.claims.to_dicts(), strict=True):
        assert row["claim"] == claim.index
        assert row["document"] == claim.document.id
        assert (row["kind"], row["act"], row["polarity"]) == (claim.kind, claim.act, claim.polarity)
        assert (row["certainty"], row["confidence"]) == (claim.certainty, claim.confidence)
        assert (row["cue"], row["content"], row["text"]) == (claim.cue, claim.content, claim.text)
        assert row["source"] == (claim.source.name if claim.source else None)
        assert row["chain"] == [s.name for s in claim.source_chain]
        assert [q["text"] for q in row["quantities"]] == [q.text for q in claim.quantities]
        assert [(q["low"], q["high"]) for q in row["quantities"]] == [(q.low, q.high) for q in claim.quantities]
        assert [(t["begins"], t["ends"]) for t in row["times"]] == [(t.begins, t.ends) for t in claim.times]
        assert [p["name"] for p in row["places"]] == [p.name for p in claim.places]
        assert [(s["start"], s["end"]) for s in row["content_spans"]] == [(s.start, s.end) for s in claim.content_spans]


def test_no_rows_have_all_columns():
    corpus = rp.Corpus.from_texts([])
    assert len(corpus) == len(corpus.claims) == 0
    assert pa.table(corpus.claims).column_names == corpus.claims.columns
    assert corpus.claims.to_pandas().shape == (0, len(corpus.claims.columns))
    assert pl.DataFrame(corpus.claims).shape == (0, len(corpus.claims.columns))
    reconciliation = corpus.reconcile()
    for frame in (
        corpus.documents,
        reconciliation.copies,
        reconciliation.stories,
        reconciliation.origins,
        reconciliation.findings,
        reconciliation.parties,
        reconciliation.ledger(),
    ):
        assert len(frame) == 0
        assert frame.columns
        assert pa.table(frame).column_names == frame.columns
        assert repr(frame)
        assert frame._repr_html_()


def test_a_table_outlives_its_corpus():
    def stream():
        return rp.Corpus.from_texts(['"It rains," Ann Lee said.'] * 3).claims

    reader = pa.RecordBatchReader.from_stream(stream())
    assert sum(batch.num_rows for batch in reader) == 3


def test_views_export_their_own_rows(seeds):
    view = seeds.claims[3:9:2]
    assert pa.table(view)["claim"].to_pylist() == [3, 5, 7]


def test_frames_are_rows_and_columns(rain):
    frame = rain.documents
    assert isinstance(frame, rp.Frame)
    assert frame[0] == next(iter(frame)) == frame.to_dicts()[0]
    assert frame[0]["published"] == datetime.date(2024, 10, 25)
    assert frame["published"] == [datetime.date(2024, 10, 25), None]
    assert frame[-1]["document"] == "wait"
    with pytest.raises(KeyError, match=r"no column .*documents.*; there are document, published"):
        frame["documents"]
    with pytest.raises(IndexError, match="row 9 of 2"):
        frame[9]
    pd.testing.assert_frame_equal(frame.to_pandas(), frame.to_pandas())


def test_rows_can_be_written_as_json(seeds):
    for row in seeds.claims.to_dicts():
        json.dumps(row, default=str)


def test_the_ledger_is_a_table(seeds):
    reconciliation = seeds.reconcile()
    ledger = reconciliation.ledger()
    texts = {d.id: d.text for d in seeds}
    for row in ledger:
        assert texts[row["document"]][row["start"] : row["end"]] == row["figure"]
        assert row["figure"] in row["quote"]
        assert row["claim"] < len(seeds.claims)
    pl.DataFrame(ledger)
    for row in reconciliation.ledger("soldiers", of="North Korea"):
        assert row["whose"] == "North Korea"
    for finding in reconciliation.findings:
        for passage in finding["evidence"]:
            assert texts[passage["document"]][passage["start"] : passage["end"]] == passage["text"]
