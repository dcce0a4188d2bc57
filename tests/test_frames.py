"""Data frames in, data frames out, and back to the rows they came from."""

import datetime
import decimal
import subprocess
import sys
import warnings

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly as rp
import reportedly.pandas
import reportedly.polars
from test_offsets import TEXTS

NEWS = [
    "“It rains in Zürich,” Ann Lee said on Friday. 😀 The mayor denied that 1,500 soldiers were sent to Bern.",
    "Nothing happened.",
    'Officials warned that at least 3,000 people could be affected. "We wait," Bob Ray told reporters.',
]
DAYS = ["2024-10-25", None, "2024-10-27"]


@pytest.fixture(scope="module")
def df():
    return pd.DataFrame({"body": NEWS, "day": DAYS, "site": ["The Daily", None, None]}, index=["a", "b", "c"])


@pytest.fixture(scope="module")
def claims(df):
    return rp.Corpus.from_pandas(df, text="body", published="day").claims


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# From data frames


def same(corpus: rp.Corpus) -> None:
    assert [d.text for d in corpus] == NEWS
    assert [d.published and str(d.published) for d in corpus] == DAYS
    assert corpus[0].outlet == "The Daily"


def columns(**others):
    return {"body": NEWS, "day": DAYS, "site": ["The Daily", None, None], **others}


def test_every_library_gives_the_same_corpus(df):
    given = {"text": "body", "published": "day", "outlet": "site"}
    table = pa.table(columns(n=[1, 2, 3]))
    frame = pl.DataFrame(columns(n=[1, 2, 3]))
    relation = duckdb.from_arrow(table)
    batches = [table.to_batches(max_chunksize=1)[0], *table.slice(1).to_batches()]
    first = rp.Corpus.from_pandas(df, **given)
    for corpus in (
        first,
        rp.Corpus.from_polars(frame, **given),
        rp.Corpus.from_polars(frame.lazy().with_columns(m=pl.col("n") + 1), **given),
        rp.Corpus.from_arrow(table, **given),
        rp.Corpus.from_arrow(frame, **given),
        rp.Corpus.from_arrow(relation, **given),
        rp.Corpus.from_arrow(pa.Table.from_batches(batches), **given),
        rp.Corpus.from_arrow(pa.RecordBatchReader.from_batches(table.schema, iter(batches)), **given),
        rp.Corpus.from_arrow(table.to_batches()[0], **given),
        rp.Corpus.from_arrow(
            table.cast(pa.schema([(n, pa.large_string()) for n in ("body", "day", "site", "n")])), **given
        ),
    ):
        same(corpus)
        assert corpus.claims == first.claims
        assert corpus.documents["origin_row"] == [0, 1, 2]


@pytest.mark.parametrize("dtype", ["object", "str", "string", "string[pyarrow]", "string[python]", "category"])
def test_pandas_text_of_every_dtype(df, dtype):
    frame = df.assign(body=df["body"].astype(dtype), site=df["site"].astype(dtype))
    same(rp.Corpus.from_pandas(frame, text="body", published="day", outlet="site"))
    missing = pd.DataFrame({"body": pd.Series(["It rained.", None], dtype=dtype)})
    corpus = rp.Corpus.from_pandas(missing, text="body")
    assert [d.text for d in corpus] == ["It rained.", ""]
    assert [(p["row"], p["kind"]) for p in corpus.problems] == [(1, "empty")]


@pytest.mark.parametrize("dtype", [pl.String, pl.Categorical, pl.Enum(NEWS)])
def test_polars_text_of_every_dtype(dtype):
    frame = pl.DataFrame(columns()).with_columns(pl.col("body").cast(dtype))
    same(rp.Corpus.from_polars(frame, text="body", published="day", outlet="site"))
    same(rp.Corpus.from_arrow(pa.table(frame), text="body", published="day", outlet="site"))


MOMENT = datetime.datetime(2024, 10, 26, 23, 30, 0, 1, tzinfo=datetime.UTC)


def test_of_a_time_with_a_zone_the_day_there_counts():
    body, seoul = ["It rained."], "Asia/Seoul"
    frame = pd.DataFrame({"body": body, "day": pd.Series([MOMENT]).dt.tz_convert(seoul)})
    polars = pl.DataFrame({"body": body, "day": pl.Series([MOMENT]).dt.convert_time_zone(seoul)})
    corpora = [rp.Corpus.from_pandas(frame, text="body", published="day")]
    corpora.append(rp.Corpus.from_polars(polars, text="body", published="day"))
    for unit in ("s", "ms", "us", "ns"):
        table = pa.table({"body": body, "day": pa.array([MOMENT]).cast(pa.timestamp(unit, "UTC"), safe=False)})
        table = table.set_column(1, "day", table["day"].cast(pa.timestamp(unit, seoul)))
        corpora.append(rp.Corpus.from_arrow(table, text="body", published="day"))
    assert {str(c[0].published) for c in corpora} == {"2024-10-27"}


@pytest.mark.parametrize(
    "day",
    [
        datetime.date(2024, 10, 26),
        datetime.datetime(2024, 10, 26, 23),
        np.datetime64("2024-10-26", "ns"),
        pd.Timestamp("2024-10-26 23:00"),
        pd.Period("2024-10-26"),
        "2024-10-26",
        "2024-10-26T08:00:00Z",
    ],
)
def test_days_of_every_type(day):
    frame = pd.DataFrame({"body": ["It rained."], "day": [day]})
    assert str(rp.Corpus.from_pandas(frame, text="body", published="day")[0].published) == "2024-10-26"


@pytest.mark.parametrize(
    "cell", [5, 5.0, b"It rained.", ["It rained."], {"a": 1}, decimal.Decimal(1), np.arange(3), object()]
)
def test_a_cell_that_is_no_text_is_a_problem_of_its_row(cell):
    frame = pd.DataFrame({"body": ["It rained.", cell, "Bob said so."]})
    corpus = rp.Corpus.from_pandas(frame, text="body")
    assert [d.text for d in corpus] == ["It rained.", "", "Bob said so."]
    (problem,) = corpus.problems
    assert (problem["row"], problem["kind"], problem["severity"]) == (1, "field", "warning")
    assert type(cell).__name__ in problem["message"]
    assert set(corpus.claims.to_pandas()["row"]) == {0, 2}


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA, pd.NaT, np.float64("nan"), np.datetime64("NaT")])
def test_a_missing_text_is_an_empty_document(missing):
    frame = pd.DataFrame({"body": pd.Series([missing, "It rained."], dtype=object)})
    corpus = rp.Corpus.from_pandas(frame, text="body")
    assert [d.text for d in corpus] == ["", "It rained."]
    assert [(p["row"], p["kind"]) for p in corpus.problems] == [(0, "empty")]


def test_a_column_of_numbers_is_a_problem_in_every_row():
    for corpus in (
        rp.Corpus.from_polars(pl.DataFrame({"body": [1, 2]}), text="body"),
        rp.Corpus.from_arrow(pa.table({"body": [1, 2]}), text="body"),
    ):
        assert [(p["row"], p["kind"]) for p in corpus.problems] == [(0, "field"), (1, "field")]


def test_a_wrong_column_is_told_with_those_there_are(df):
    frame, table = pl.DataFrame(columns()), pa.table(columns())
    for make, data in (
        (rp.Corpus.from_pandas, df),
        (rp.Corpus.from_polars, frame),
        (rp.Corpus.from_polars, frame.lazy()),
        (rp.Corpus.from_arrow, table),
        (rp.Corpus.from_arrow, frame),
    ):
        with pytest.raises(rp.ArgumentError, match="text='bodyy' names no column; there are body, day, site"):
            make(data, text="bodyy")
        with pytest.raises(rp.ArgumentError, match="outlet='x' names no column; there are body, day, site"):
            make(data, text="body", outlet="x")
        with pytest.raises(rp.ArgumentError, match="text=None"):
            make(data, text=None)
    with pytest.raises(rp.ArgumentError, match="text='a' names 2 columns; rename all but one"):
        rp.Corpus.from_pandas(pd.DataFrame([["x", "y"]], columns=["a", "a"]), text="a")
    with pytest.raises(rp.ArgumentError, match=r"there are 0, 1, .*, 29 and 70 more"):
        rp.Corpus.from_pandas(pd.DataFrame([range(100)]), text="a")


def test_what_is_no_table_is_refused():
    for make in (rp.Corpus.from_pandas, rp.Corpus.from_polars, rp.Corpus.from_arrow):
        with pytest.raises(rp.ArgumentError, match="not list"):
            make(["It rained."], text="body")


def test_labels_of_columns_may_be_anything():
    frame = pd.DataFrame([["Bob said so.", "2024-10-26"]], columns=pd.MultiIndex.from_tuples([("t", 1), ("d", 2)]))
    corpus = rp.Corpus.from_pandas(frame, text=("t", 1), published=("d", 2))
    assert (corpus[0].text, str(corpus[0].published)) == ("Bob said so.", "2024-10-26")
    assert rp.Corpus.from_pandas(pd.DataFrame([["It rained."]]), text=0)[0].text == "It rained."


def test_no_rows():
    for corpus in (
        rp.Corpus.from_pandas(pd.DataFrame({"body": []}), text="body"),
        rp.Corpus.from_polars(pl.DataFrame({"body": []}), text="body"),
        rp.Corpus.from_arrow(pa.table({"body": pa.array([], pa.string())}), text="body"),
    ):
        assert len(corpus) == 0
        for flat in (False, True):
            frame = corpus.claims.to_pandas(flat=flat, index=pd.Index([]))
            assert frame.shape[0] == 0
            assert len(frame.columns) == corpus.claims.to_arrow(flat=flat).num_columns


def test_progress_and_jobs_are_heard(df):
    seen = []
    rp.Corpus.from_polars(pl.DataFrame(columns()), text="body", progress=lambda *news: seen.append(news), jobs=1)
    assert seen[-1] == (3, 3)
    with pytest.raises(rp.ArgumentError, match="jobs is 0"):
        rp.Corpus.from_arrow(pa.table(columns()), text="body", jobs=0)


def test_arrow_streams_need_one_library_only():
    code = """
import sys
sys.modules["{}"] = None
import reportedly as rp
class Stream:
    def __init__(self, table): self.table = table
    def __arrow_c_stream__(self, schema=None): return self.table.__arrow_c_stream__(schema)
documents = rp.Corpus.from_texts(["It rained.", "It snowed."], titles=["x", "y"]).documents
print(rp.Corpus.from_arrow(Stream(documents), text="title").documents["characters"])
"""
    assert run(code.format("polars")) == run(code.format("pyarrow")) == "[1, 1]"
    neither = code.replace("import sys\n", "import sys\nsys.modules['pyarrow'] = None\n").format("polars")
    done = subprocess.run([sys.executable, "-c", neither], capture_output=True, text=True, check=False)
    assert "ImportError: from_arrow() needs pyarrow or polars: pip install reportedly[pyarrow]" in done.stderr


# Back to the rows


INDICES = [
    pd.Index(["x", "y", "z"], name="key"),
    pd.RangeIndex(10, 13),
    pd.Index([7, 7, 7]),
    pd.MultiIndex.from_tuples([("a", 1), ("a", 2), ("b", 1)], names=["letter", None]),
    pd.DatetimeIndex(["2024-10-26", "2024-10-26", None], tz="Asia/Seoul", name="when"),
    pd.CategoricalIndex(["p", "q", "p"]),
]


@pytest.mark.parametrize("index", INDICES, ids=lambda i: type(i).__name__ + str(i.nlevels))
def test_claims_take_the_index_of_their_rows(claims, df, index):
    for table in (claims, claims.quantities, claims.times, claims.places, rp.quantities(NEWS), rp.places(NEWS)):
        frame = table.to_pandas(index=index)
        assert frame.index.names == index.names
        assert type(frame.index) is type(index.take([0])) or isinstance(index, pd.RangeIndex)
        assert frame.index.equals(index.take(frame["row"]))
    if index.is_unique:
        joined = df.set_axis(index).join(claims.to_pandas(index=index)[["row", "source"]])
        assert sorted(joined["row"].dropna()) == sorted(claims.to_pandas()["row"])


def test_documents_take_the_index_too(claims, df):
    frame = claims.corpus.documents.to_pandas(index=df.index)
    assert frame.index.tolist() == ["a", "b", "c"]


def test_an_index_that_does_not_fit_is_refused(claims, seeds, df):
    with pytest.raises(rp.ArgumentError, match="has 2 rows, and there are documents of row 2"):
        claims.to_pandas(index=df.index[:2])
    with pytest.raises(rp.ArgumentError, match="is a whole file, not a row of a table"):
        seeds.claims.to_pandas(index=df.index)
    for table in (claims.corpus.problems, claims.corpus.reconcile().ledger(), claims.independent):
        with pytest.raises(rp.ArgumentError, match=r"merge this one with corpus\.documents"):
            table.to_pandas(index=df.index)


def test_rows_of_several_tables_are_not_mixed_up(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_text("text,title\nBob said so.,x\nBob said so.,y\n", encoding="utf-8")
    claims = rp.read(tmp_path).claims
    assert claims.to_pandas()["row"].tolist() == [0, 1, 0, 1]
    with pytest.raises(rp.ArgumentError, match="rows of several tables"):
        claims.to_pandas(index=pd.Index(["p", "q"]))
    assert claims[2:].to_pandas(index=pd.Index(["p", "q"])).index.tolist() == ["p", "q"]


def test_row_is_null_where_the_document_is_a_file(seeds):
    assert seeds.claims.to_arrow()["row"].null_count == len(seeds.claims)
    assert seeds.claims.to_arrow()["row"].type == pa.uint32()


CELLS = TEXTS | st.none() | st.integers() | st.just(float("nan"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(CELLS, st.sampled_from("pqrs")), max_size=6))
def test_pandas_and_back(rows):
    cells = [cell for cell, _ in rows]
    df = pd.DataFrame({"body": pd.Series(cells, dtype=object)}).set_axis([key for _, key in rows])
    frame = df.reportedly.claims("body")
    assert len(frame) == sum(len(d.claims) for d in rp.Corpus.from_pandas(df, text="body"))
    for key, claim in frame.iterrows():
        text = df["body"].iloc[claim["row"]]
        assert df.index[claim["row"]] == key
        assert text[claim["start"] : claim["end"]] == claim["text"]
        for figure in claim["quantities"]:
            assert text[figure["start"] : figure["end"]] == figure["text"]
    for found in (df.reportedly.quantities("body"), df.reportedly.times("body"), df.reportedly.places("body")):
        for key, row in found.iterrows():
            assert df.index[row["row"]] == key
            assert df["body"].iloc[row["row"]][row["start"] : row["end"]] == row["text"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS | st.none(), max_size=6))
def test_polars_and_back(texts):
    df = pl.DataFrame({"body": texts}, schema={"body": pl.String}).with_row_index("row")
    claims = df.reportedly.claims("body", flat=True)
    joined = df.join(claims, on="row")
    assert joined.height == claims.height == len(rp.Corpus.from_texts(texts).claims)
    for row in joined.iter_rows(named=True):
        assert row["body"][row["start"] : row["end"]] == row["text"]
        assert row["body"][row["content_start"] : row["content_end"]].startswith(row["content"].partition(" … ")[0])
    found = df.join(df.reportedly.quantities("body"), on="row")
    assert all(r["body"][r["start"] : r["end"]] == r["text"] for r in found.iter_rows(named=True))


# Accessors


def test_accessors_say_what_the_package_says(claims, df):
    given = {"published": "day"}
    pd.testing.assert_frame_equal(df.reportedly.claims("body", **given), claims.to_pandas(index=df.index))
    flat = df.reportedly.claims("body", flat=True, **given)
    pd.testing.assert_frame_equal(flat, claims.to_pandas(flat=True, index=df.index))
    assert df.reportedly.corpus("body", **given).claims == claims
    figures = rp.quantities(NEWS, published=DAYS, frames=False).to_pandas(index=df.index)
    pd.testing.assert_frame_equal(df.reportedly.quantities("body", frames=False, **given), figures)
    times = rp.times(NEWS, published=DAYS).to_pandas(index=df.index)
    pd.testing.assert_frame_equal(df.reportedly.times("body", **given), times)
    with pytest.raises(rp.ArgumentError, match="text='x' names no column; there are body"):
        df.reportedly.quantities("x")

    frame = pl.DataFrame(columns())
    assert frame.reportedly.claims("body", **given).equals(claims.to_polars())
    assert frame.reportedly.claims("body", flat=True, **given).equals(claims.to_polars(flat=True))
    assert frame.reportedly.times("body", **given).equals(rp.times(NEWS, published=DAYS).to_polars())
    with pytest.raises(rp.ArgumentError, match="published='x' names no column; there are body"):
        frame.reportedly.times("body", published="x")


def test_accessors_are_there_whichever_import_comes_first():
    assert run("import pandas, polars, reportedly; print(pandas.DataFrame.reportedly, polars.DataFrame.reportedly)")
    for library in ("pandas", "polars"):
        assert run(f"import reportedly, reportedly.{library}, {library}; print({library}.DataFrame.reportedly)")
        silent = f"import {library}, reportedly, sys; print({{'pandas', 'polars'}} & set(sys.modules))"
        assert library in run(silent)


def test_registering_again_is_silent():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for library in ("pandas", "polars"):
            rp._accessors.register(library)
        rp._accessors.register_imported()
