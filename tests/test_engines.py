"""Engines of data frames, a line or two each: every one gives the claims of each article by itself."""

from typing import Any

import pytest

import reportedly as rp

pa = pytest.importorskip("pyarrow")

from reportedly.arrow import claims, schema  # noqa: E402

ARTICLES = {
    "key": ["a", "b", "c", "d"],
    "body": [
        '"It rains in Bern," Ann Lee said on Friday.',
        "Officials warned that at least 3,000 people could be affected.",
        None,
        "The mayor denied that 1,500 soldiers were sent to Zürich.",
    ],
    "day": ["2024-10-25", "2024-10-26", None, "2024-10-27"],
}
FIELDS: dict[str, Any] = {"text": "body", "id": "key", "published": "day", "jobs": 1}


def extract(batch: Any) -> Any:
    """What each engine calls."""
    return claims(batch, **FIELDS)


def table() -> Any:
    return pa.table(ARTICLES)


def expected() -> list[tuple[Any, ...]]:
    """Each article as a corpus of its own."""
    out = []
    for i in range(4):
        corpus = rp.Corpus.from_arrow(table().slice(i, 1), text="body", id="key", published="day")
        out += [row(one) for one in pa.table(corpus.claims).to_pylist()]
    return sorted(out)


def row(claim: dict[str, Any]) -> tuple[Any, ...]:
    quantities = [(q["low"], q["high"], q["unit"]) for q in claim["quantities"]]
    return claim["document"], claim["start"], claim["end"], claim["source"], claim["text"], str(quantities)


def check(rows: list[dict[str, Any]]) -> None:
    assert sorted(row(one) for one in rows) == expected()
    assert len(rows) >= 3


def test_arrow() -> None:
    found = extract(table())
    assert found.schema == schema()
    check(found.to_pylist())
    check([one for batch in table().to_batches(max_chunksize=1) for one in extract(batch).to_pylist()])


def test_arrow_is_as_the_corpus() -> None:
    """But for what only the corpus tells."""
    corpus = rp.Corpus.from_arrow(table(), text="body", id="key", published="day")
    assert extract(table()) == pa.table(corpus.claims)


def test_undated_articles_are_anchored_if_told_to() -> None:
    one = pa.table({"body": ["Ann Lee said on Friday that it would rain on Monday."]})
    begins = [t["begins"] for c in claims(one, text="body").to_pylist() for t in c["times"]]
    assert begins
    assert not any(begins)
    begins = [t["begins"] for c in claims(one, text="body", anchor="2024-10-26").to_pylist() for t in c["times"]]
    assert all(begins)
    with pytest.raises(rp.ArgumentError, match='the day "soon" is none'):
        claims(one, text="body", anchor="soon")


def test_no_articles() -> None:
    assert extract(table().slice(0, 0)).num_rows == 0
    with pytest.raises(rp.ArgumentError, match="no column"):
        claims(table(), text="missing")


def test_polars() -> None:
    pl = pytest.importorskip("polars")
    lazy = pl.DataFrame(table()).lazy()
    names = pl.DataFrame(schema().empty_table()).schema
    found = lazy.map_batches(lambda df: pl.DataFrame(extract(df.to_arrow())), schema=names).collect()
    check(found.to_dicts())


def test_duckdb() -> None:
    duckdb = pytest.importorskip("duckdb")
    con = duckdb.connect()
    con.register("articles", table())
    batches = con.sql("from articles").to_arrow_reader(2)
    found = pa.RecordBatchReader.from_batches(schema(), (b for part in batches for b in extract(part).to_batches()))
    # A connection has one open result: what reads the stream needs another one.
    other = con.cursor()
    other.register("found", found)
    check(other.sql("select * from found").to_arrow_table().to_pylist())


def test_dask() -> None:
    dd = pytest.importorskip("dask.dataframe", reason="dask is not installed: pip install 'dask[dataframe]'")
    pd = pytest.importorskip("pandas")
    frame = dd.from_pandas(table().to_pandas(), npartitions=2)

    def of(part: Any) -> Any:
        return extract(pa.Table.from_pandas(part, preserve_index=False)).to_pandas(types_mapper=pd.ArrowDtype)

    meta = schema().empty_table().to_pandas(types_mapper=pd.ArrowDtype)
    found = frame.map_partitions(of, meta=meta).compute(scheduler="sync")
    check(pa.Table.from_pandas(found, schema=schema(), preserve_index=False).to_pylist())


def test_ray() -> None:
    ray = pytest.importorskip("ray", reason="ray is not installed: pip install 'ray[data]'")
    data = pytest.importorskip("ray.data")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    try:
        found = data.from_arrow([table().slice(0, 2), table().slice(2)]).map_batches(
            claims, batch_format="pyarrow", fn_kwargs=FIELDS
        )
        check(found.take_all())
    finally:
        ray.shutdown()


def test_daft() -> None:
    daft = pytest.importorskip("daft", reason="daft is not installed: pip install daft")
    frame = daft.from_arrow(table())
    found = daft.from_arrow([extract(part.to_arrow()) for part in frame.iter_partitions()])
    check(found.to_arrow().to_pylist())
