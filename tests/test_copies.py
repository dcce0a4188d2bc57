"""Copies among texts at hand: at once, and as they come."""

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import reportedly as rp

TEXT = (
    "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded. Rescue teams in "
    "boats searched the houses along the river until the morning, the mayor of Orrel said, and took more than ninety "
    "people to a school on the hill. Engineers had found cracks in the dam four years ago, but it was never repaired."
)
OTHER = "Nothing happened in Lisk, where the port lay quiet and the market opened an hour late for want of fish."
COLUMNS = ["earlier", "later", "relation", "earlier_in_later", "later_in_earlier", "passages"]


def test_the_columns_are_those_of_a_reconciliation():
    frame = rp.copies([TEXT, TEXT])
    assert frame.columns == COLUMNS == rp.Corpus.from_texts([TEXT]).reconcile().copies.columns
    assert all(f"``{name}``" in (rp.copies.__doc__ or "") for name in COLUMNS)


@pytest.mark.parametrize("texts", [[], "", [""], ["", "", None], ["Too short", "Too short"], [TEXT], [TEXT, OTHER]])
def test_nothing_shared(texts):
    assert rp.copies(texts).to_dicts() == []
    assert rp.copies(texts).columns == COLUMNS


def test_positions_are_code_points():
    moved = "Überschrift – “naïve”. " + TEXT
    (row,) = rp.copies([TEXT, moved], published=["2024-03-01", "2024-03-02"]).to_dicts()
    assert (row["earlier"], row["later"], row["relation"]) == (0, 1, "copy")
    (passage,) = row["passages"]
    assert TEXT[passage["earlier_start"] : passage["earlier_end"]] == passage["text"]
    assert moved[passage["later_start"] : passage["later_end"]] == passage["text"]


def test_relations_follow_the_dates():
    cut = " ".join(TEXT.split()[:25])
    days = ["2024-03-01", "2024-03-02"]
    assert rp.copies([TEXT, cut], published=days)["relation"] == ["cut"]
    assert rp.copies([cut, TEXT], published=days)["relation"] == ["contains"]
    assert rp.copies([cut, TEXT])["earlier"] == [1]


@pytest.mark.parametrize("column", [list, tuple, pd.Series, pl.Series, pa.array, pa.chunked_array])
def test_columns_of_every_library(column):
    texts = [TEXT, OTHER, TEXT]
    given = column([texts]) if column is pa.chunked_array else column(texts)
    assert (rp.copies(given)["earlier"], rp.copies(given)["later"]) == ([0], [2])


def test_ids_stand_for_positions():
    frame = rp.copies([TEXT, TEXT], ids=["herald", 7])
    assert frame[0]["earlier"] == "herald"
    assert frame[0]["later"] == "7"
    with pytest.raises(rp.ArgumentError, match="1 ids for 2"):
        rp.copies([TEXT, TEXT], ids=["herald"])


@pytest.mark.parametrize("wrong", [{"containment": 1.5}, {"containment": float("nan")}, {"passage": 2}, {"stock": 1}])
def test_thresholds_have_bounds(wrong):
    with pytest.raises(rp.ArgumentError):
        rp.copies([TEXT], **wrong)


def test_an_index_takes_texts_as_they_come():
    index = rp.CopyIndex()
    assert (len(index), repr(index)) == (0, "CopyIndex(0 texts)")
    assert len(index.add([TEXT, OTHER])) == 0
    assert index.add(OTHER.upper())["earlier"] == [1]
    assert len(index.add([])) == 0
    assert index.add(["", "X " + TEXT])["later"] == [0]
    assert len(index) == 5
    with pytest.raises(rp.ArgumentError, match="ids"):
        index.add([TEXT], ids=["a"])


def test_threads_change_nothing():
    texts = [f"{OTHER[i:]} {TEXT}" for i in range(30)]
    assert rp.copies(texts, jobs=1).to_dicts() == rp.copies(texts, jobs=4).to_dicts()


def test_a_thousand_copies_make_a_thousand_pairs():
    frame = rp.copies([TEXT] * 1000)
    assert len(frame) == 999
    assert set(frame["earlier"]) == {0}
