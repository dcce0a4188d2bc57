"""Figures, times and places of texts at hand: tables with a row for each, joined to what was given by `row`."""

import datetime

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given

import reportedly as rp
from test_offsets import TEXTS

FINDERS = [rp.quantities, rp.times, rp.places]
NEWS = (
    "Seoul said on Friday that at least 1,000 additional North Korean soldiers had been sent to Russia. "
    "“Around 1,000 of the country’s 11,000 troops” were killed in Kursk last week, it said."
)
QUANTITIES = [
    *("row", "start", "end", "text", "low", "high", "value", "relation", "approximate", "unit"),
    *("base_low", "base_high", "base_unit", "change", "counted", "lemma", "whose", "whole"),
    *("predicate", "subject", "place", "as_of", "as_of_begins", "as_of_ends"),
    *("polarity", "certainty", "hypothetical"),
]
TIMES = ["row", "start", "end", "text", "kind", "value", "modifier", "begins", "ends", "granularity", "anchor"]
PLACES = [
    *("row", "start", "end", "text", "name", "kind", "sense", "country", "subdivision"),
    *("geonames", "latitude", "longitude"),
]


def test_the_columns_are_as_documented():
    for finder, columns in zip(FINDERS, [QUANTITIES, TIMES, PLACES], strict=True):
        assert finder("").columns == columns == finder(NEWS).columns
        documented = finder.__doc__
        assert documented is not None
        assert all(f"``{name}``" in documented for name in columns)


def test_a_figure_says_how_many_of_what_whose_and_what_of_it():
    more, part, whole = rp.quantities(NEWS).to_dicts()
    assert (more["relation"], more["low"], more["high"]) == (">=", 1000, None)
    assert (more["counted"], more["lemma"]) == ("North Korean soldiers", "soldier")
    assert (more["whose"], more["change"]) == ("North Korea", "additional")
    assert (more["predicate"], more["place"], more["polarity"]) == ("send", "Russia", "+")
    assert (part["relation"], part["value"], part["whole"]) == ("~", 1000, 11000)
    assert (part["predicate"], part["as_of"]) == ("kill", "last week")
    assert (whole["value"], whole["lemma"]) == (11000, "troop")
    _, dated, _ = rp.quantities(NEWS, published="2024-10-26").to_dicts()
    assert (part["as_of_begins"], dated["as_of_begins"]) == (None, datetime.datetime(2024, 10, 14))


def test_without_frames_the_figures_are_the_same():
    texts = [NEWS, "It rained.", "Prices rose by 10-15% in 2023, to between $5 and $6, and two-thirds paid."]
    alone = rp.quantities(texts, frames=False)
    assert alone.columns == QUANTITIES[: QUANTITIES.index("counted")]
    assert alone.to_dicts() == [{c: row[c] for c in alone.columns} for row in rp.quantities(texts)]
    assert len(alone) > 5


def test_times_are_counted_from_the_day_given():
    friday, week = rp.times(NEWS, published="2024-10-26").to_dicts()
    assert (friday["value"], friday["anchor"]) == ("2024-10-25", "published")
    assert week["begins"] == datetime.datetime(2024, 10, 14)
    open_friday, _ = rp.times(NEWS).to_dicts()
    assert (open_friday["begins"], open_friday["anchor"]) == (None, "unanchored")
    both = rp.times(["It began yesterday.", "It began yesterday."], published=["2024-10-26", datetime.date(2023, 1, 1)])
    assert both["value"] == ["2024-10-25", "2022-12-31"]
    assert rp.times(["Yesterday.", "Yesterday."], published="2024-10-26")["value"] == ["2024-10-25"] * 2


def test_places_have_codes():
    places = rp.places(NEWS)
    assert places["country"] == ["KR", "KP", "RU", "RU"]
    assert places["sense"][1] == "demonym"


@pytest.mark.parametrize("finder", FINDERS)
def test_one_text_and_a_column_give_the_same(finder):
    alone = finder(NEWS).to_dicts()
    assert alone
    assert all(row["row"] == 0 for row in alone)
    moved = [{**row, "row": 2} for row in alone]
    texts = ["", None, NEWS]
    for column in [texts, tuple(texts), iter(texts), pd.Series(texts), pl.Series(texts), pa.array(texts)]:
        assert finder(column).to_dicts() == moved
    assert finder(pd.Series(texts, index=["a", "b", "c"])).to_dicts() == moved
    assert finder(pd.Series(["", float("nan"), NEWS])).to_dicts() == moved
    assert finder(pa.chunked_array([texts[:1], texts[1:]])).to_dicts() == moved
    assert finder([]).to_dicts() == []


@pytest.mark.parametrize("finder", FINDERS)
def test_data_frame_libraries_take_it(finder):
    frame = finder([NEWS, NEWS])
    assert pl.DataFrame(frame).height == len(frame) == pa.table(frame).num_rows == len(frame.to_pandas())
    assert duckdb.sql("select max(row) from frame").fetchall() == [(1,)]


@pytest.mark.parametrize("finder", FINDERS)
def test_threads_change_nothing(finder):
    texts = [NEWS, "It rained.", NEWS] * 20
    assert finder(texts, jobs=1).to_dicts() == finder(texts, jobs=3).to_dicts()


@pytest.mark.parametrize("finder", FINDERS)
def test_progress_is_told_and_may_stop_the_work(finder):
    told = []
    finder([NEWS] * 50, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (100, 100)

    def stop(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        finder([NEWS] * 50, progress=stop)


@pytest.mark.parametrize("finder", FINDERS)
def test_what_is_no_text_is_refused(finder):
    with pytest.raises(TypeError, match="a text must be a str, not int"):
        finder(["one", 2])
    with pytest.raises(TypeError, match="a text must be a str, not int"):
        finder(7)


def test_what_is_no_day_is_refused():
    with pytest.raises(rp.ArgumentError, match=r'published\[0\] is "soon"; give a date'):
        rp.times(["Yesterday."], published="soon")
    with pytest.raises(rp.ArgumentError, match="published has 2 items for 3 texts"):
        rp.times(["Yesterday."] * 3, published=["2024-10-26", "2024-10-27"])


@given(TEXTS)
def test_positions_hold_in_any_text(text):
    for finder in FINDERS:
        for row in finder(text).to_dicts():
            written = text[row["start"] : row["end"]]
            assert row["text"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in written)


def test_claims_hold_the_same_records(seeds):
    claims = seeds.claims
    records = claims.to_dicts()
    quantities = [q for c in records for q in c["quantities"]]
    assert quantities
    assert all(list(q) == QUANTITIES[1:] for q in quantities)
    assert all(list(t) == TIMES[1:] for c in records for t in c["times"])
    assert all(list(p) == PLACES[1:] for c in records for p in c["places"])
    claim = rp.Corpus.from_texts([NEWS], published=["2024-10-26"]).claims[-1]
    quantity = next(q for q in claim.quantities if q.as_of)
    assert (quantity.as_of.text, quantity.as_of_begins.date()) == ("last week", datetime.date(2024, 10, 14))
    assert -3 <= quantity.certainty <= 3
    assert quantity.polarity == "+"
    assert (quantity.base_low, quantity.base_high, quantity.base_unit) == (None, None, None)
    place = next(p for c in claims for p in c.places)
    assert place.sense in {"location", "demonym", "government"}
