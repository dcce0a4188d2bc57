"""Tables as data frames: flat, fast, the same on every machine, and without a copy where Arrow allows it."""

import datetime
import gc
import pickle

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reportedly as rp
from test_frames import DAYS, NEWS, run


@pytest.fixture(scope="module")
def claims():
    return rp.Corpus.from_texts(NEWS, published=DAYS).claims


# Flat


def test_flat_tables_have_no_lists_or_records(seeds):
    reconciliation = seeds.reconcile()
    tables = [seeds.claims, seeds.documents, seeds.problems, seeds.claims.quantities, seeds.claims.independent]
    tables += [
        getattr(reconciliation, n) for n in ("findings", "copies", "stories", "origins", "parties", "propositions")
    ]
    tables += [reconciliation.ledger(), reconciliation.ledger().series(), rp.quantities(NEWS)]
    for table in tables:
        flat, nested = table.to_arrow(flat=True), table.to_arrow()
        assert not any(pa.types.is_nested(t) for t in flat.schema.types)
        assert len(set(flat.column_names)) == flat.num_columns
        assert flat.num_rows == len(table)
        plain = [f.name for f in nested.schema if not pa.types.is_nested(f.type)]
        assert flat.select(plain) == nested.select(plain)
        assert table.to_polars(flat=True).equals(pl.DataFrame(flat))
        frame = table.to_pandas(flat=True)
        assert list(frame.columns) == flat.column_names
        assert not any(isinstance(v, (list, dict, np.ndarray)) for c in frame for v in frame[c].head(50))
        frame.to_csv()


def test_what_flat_columns_hold(seeds):
    for claim, row in zip(seeds.claims, seeds.claims.to_polars(flat=True).iter_rows(named=True), strict=True):
        assert row["chain"] == " → ".join(s.name for s in claim.source_chain)
        for role, spans in (("source", claim.source_spans), ("cue", claim.cue_spans), ("content", claim.content_spans)):
            extent = (min(s.start for s in spans), max(s.end for s in spans)) if spans else (None, None)
            assert (row[f"{role}_start"], row[f"{role}_end"]) == extent
        for many, one, found in (
            ("quantities", "quantity", claim.quantities),
            ("times", "time", claim.times),
            ("places", "place", claim.places),
        ):
            assert row[many] == len(found)
            assert row[f"{one}_text"] == (found[0].text if found else None)
        assert row["quantity_low"] == (claim.quantities[0].low if claim.quantities else None)
        assert row["quantity_unit"] == (claim.quantities[0].unit if claim.quantities else None)
        assert row["time_begins"] == (claim.times[0].begins if claim.times else None)
        assert row["place_name"] == (claim.places[0].name if claim.places else None)


def test_flat_dtypes(claims):
    dtypes = claims.to_pandas(flat=True).dtypes.astype(str)
    expected = {
        "claim": "int64",
        "row": "int64",
        "quantities": "int64",
        "quantity_low": "float64",
        "quantity_approximate": "boolean",
        "quantity_as_of_begins": "datetime64[us]",
        "time_begins": "datetime64[us]",
        "place_geonames": "Int64",
        "place_latitude": "float64",
        "published": "datetime64[s]",
    }
    assert {name: dtypes[name] for name in expected} == expected


def test_flat_tables_go_into_databases(claims, tmp_path):
    figures = claims.to_arrow(flat=True)  # noqa: F841  duckdb finds it by name
    (rows,) = duckdb.sql("select count(*), max(quantity_high) from figures").fetchall()
    assert rows == (len(claims), 1500.0)
    claims.to_polars(flat=True).write_csv(tmp_path / "claims.csv")


def test_figures_of_claims_are_tables(seeds):
    claims = seeds.claims.filter(has_quantity=True)
    for name in ("quantities", "times", "places"):
        frame = getattr(claims, name)
        nested = [(c.index, c.document.id, f.text) for c in claims for f in getattr(c, name)]
        assert list(zip(frame["claim"], frame["document"], frame["text"], strict=True)) == nested
        assert frame.columns[:3] == ["claim", "document", "row"]
        assert frame.columns[3:] == getattr(rp, name)(NEWS).columns[1:]


# Taken


def test_take(seeds):
    claims = seeds.claims
    assert [c.index for c in claims.take([5, 5, -1, 0])] == [5, 5, len(claims) - 1, 0]
    for positions in (
        np.array([2, 1]),
        pl.Series([2, 1]),
        pd.Series([2, 1]),
        pa.array([2, 1]).to_numpy(),
        iter((2, 1)),
    ):
        assert [c.index for c in claims[10:].take(positions)] == [12, 11]
    assert len(claims.take([])) == 0
    with pytest.raises(IndexError, match=f"claim {len(claims)} of {len(claims)}"):
        claims.take([0, len(claims)])


# Without pyarrow


def test_pandas_frames_are_the_same_without_pyarrow():
    code = """
import pickle, sys
{}
import pandas as pd
import reportedly as rp
corpus = rp.Corpus.from_texts({!r}, published={!r}, outlets=["The Daily", None, None])
tables = [corpus.claims, corpus.documents, corpus.claims.quantities, corpus.reconcile().findings, corpus[0].tokens]
frames = [table.to_pandas() for table in tables] + [corpus.claims.to_pandas(flat=True)]
def plain(column):
    return str(column.dtype), [None if v is pd.NA or v != v else v for v in column.tolist()]
print(pickle.dumps([[(name, *plain(frame[name])) for name in frame] for frame in frames]).hex())
"""
    with_it, without = (
        pickle.loads(bytes.fromhex(run(code.format(hide, NEWS, DAYS))))
        for hide in ("import pyarrow", "sys.modules['pyarrow'] = None")
    )
    assert with_it == without
    assert len(with_it[0][0][2]) > 3


def test_frames_can_be_written_to(claims):
    frame = claims.to_pandas()
    for name in ("certainty", "start", "published", "source"):
        frame.loc[0, name] = frame.loc[1, name]
    assert frame.loc[0, "start"] == frame.loc[1, "start"]
    assert claims.to_pandas().loc[0, "start"] == claims[0].start


def test_text_columns_are_text_even_if_empty(claims):
    frame = claims.to_pandas()
    assert frame["outlet"].isna().all()
    assert frame["outlet"].dtype == frame["text"].dtype


def test_values_survive(claims):
    for row, (_, cells) in zip(claims.to_dicts(), claims.to_pandas().iterrows(), strict=True):
        for name, value in row.items():
            if value is None:
                assert pd.isna(cells[name])
            else:
                assert cells[name] == (pd.Timestamp(value) if isinstance(value, datetime.date) else value)


def test_garbage_collection_is_left_as_it_was(claims):
    assert gc.isenabled()
    claims.to_pandas()
    assert gc.isenabled()
    gc.disable()
    try:
        claims.to_pandas()
        assert not gc.isenabled()
    finally:
        gc.enable()


# Without a copy


def addresses(table: pa.Table, name: str) -> list[int]:
    return [buffer.address for chunk in table[name].chunks for buffer in chunk.buffers() if buffer]


def test_frames_hand_out_the_buffers_that_they_have(seeds):
    frame = seeds.documents
    for name in frame.columns:
        assert addresses(pa.table(frame), name) == addresses(pa.table(frame), name) != []
    # polars, too: it makes views of strings, and keeps their bytes.
    again = pa.table(pl.DataFrame(frame))
    assert addresses(again, "characters") == addresses(pa.table(frame), "characters")
    assert addresses(again, "title")[-1] == addresses(pa.table(frame), "title")[-1]


def test_claims_are_handed_over_without_a_copy(seeds):
    many = seeds.claims.take(list(range(len(seeds.claims))) * 300)
    reader = pa.RecordBatchReader.from_stream(many)
    before = pa.total_allocated_bytes()
    batches = list(reader)
    assert sum(b.num_rows for b in batches) == len(many)
    assert len(batches) > 1
    assert max(b.num_rows for b in batches) <= 32_768
    assert sum(b.nbytes for b in batches) > 1_000_000
    assert pa.total_allocated_bytes() == before


def test_all_batches_at_once_are_the_stream(seeds):
    many = seeds.claims.take(list(range(len(seeds.claims))) * 200)
    assert many.to_arrow() == pa.table(many)
    assert many.to_polars().equals(pl.DataFrame(many))
    assert len(many.to_pandas()) == len(many)
