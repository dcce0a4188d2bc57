"""Corpora and documents."""

import datetime

import pandas as pd
import pytest

import reportedly as rp


def test_a_folder_is_read_in_order(seeds):
    assert len(seeds) == 5
    assert [d.id for d in seeds] == sorted(d.id for d in seeds)
    assert all(d.origin_path and d.encoding == "UTF-8" for d in seeds)
    assert len(seeds.problems) == 0


def test_indices_count_from_both_ends(rain):
    assert rain[0] == rain[-2] == next(iter(rain))
    assert rain[0] != rain[1]
    with pytest.raises(IndexError, match="document 2 of 2"):
        rain[2]
    with pytest.raises(IndexError, match="document -3 of 2"):
        rain[-3]


def test_metadata_that_was_given_is_kept(rain):
    document = rain[0]
    assert (document.id, document.title, document.outlet) == ("rain", "Rain", "The Daily")
    assert document.published == datetime.date(2024, 10, 25)
    assert (document.index, document.origin_row, document.origin_path) == (0, 0, None)


def test_dates_are_taken_in_any_usual_form():
    days = [
        datetime.date(2024, 10, 26),
        datetime.datetime(2024, 10, 26, 12),
        pd.Timestamp("2024-10-26"),
        "2024-10-26",
        "2024-10-26T08:00:00Z",
        None,
        float("nan"),
        pd.NaT,
        pd.NA,
    ]
    corpus = rp.Corpus.from_texts(["It rained."] * len(days), published=days)
    assert [d.published for d in corpus] == [datetime.date(2024, 10, 26)] * 5 + [None] * 4
    assert len(corpus.problems) == 0


def test_a_date_that_is_none_is_reported_and_left_out():
    corpus = rp.Corpus.from_texts(["It rained.", "It snowed."], published=["soon", "2024-10-26"])
    assert corpus[0].published is None
    assert corpus[1].published == datetime.date(2024, 10, 26)
    (problem,) = corpus.problems
    assert (problem["row"], problem["kind"]) == (0, "date")
    assert "'soon'" in problem["message"] or '"soon"' in problem["message"]


def test_ids_are_made_unique():
    corpus = rp.Corpus.from_texts(["a b", "c d", "e f"], ids=["x", "x", "y"])
    assert len({d.id for d in corpus}) == 3
    assert corpus[2].id == "y"


def test_from_pandas_keeps_rows_aligned():
    df = pd.DataFrame(
        {"body": ["It rained.", None, "It snowed."], "day": pd.to_datetime(["2024-10-26", None, "2024-10-27"])},
        index=[7, 8, 9],
    )
    corpus = rp.Corpus.from_pandas(df, text="body", published="day")
    assert [d.text for d in corpus] == ["It rained.", "", "It snowed."]
    assert [str(d.published) for d in corpus] == ["2024-10-26", "None", "2024-10-27"]
    assert [(p["row"], p["kind"]) for p in corpus.problems] == [(1, "empty")]


def test_from_pandas_names_the_columns_that_there_are():
    df = pd.DataFrame({"body": ["It rained."]})
    with pytest.raises(rp.ArgumentError, match="text='bodyy' names no column; there are body"):
        rp.Corpus.from_pandas(df, text="bodyy")


def test_columns_of_another_length_are_refused():
    with pytest.raises(rp.ArgumentError, match="titles has 1 items for 2 texts"):
        rp.Corpus.from_texts(["a", "b"], titles=["x"])


def test_one_str_is_not_a_list_of_texts():
    with pytest.raises(TypeError, match="put it into a list"):
        rp.Corpus.from_texts("It rained.")


def test_blocks_and_sentences_lie_in_the_text(seeds):
    for document in seeds:
        assert document.blocks
        assert document.sentences
        for part in [*document.blocks, *document.sentences]:
            assert document.text[part.start : part.end] == part.text


def test_frozen(rain):
    for thing in (rain, rain[0], rain.claims, rain.claims[0], rain.documents):
        with pytest.raises(AttributeError):
            thing.x = 1


def test_overview(rain):
    rows = rain.documents.to_dicts()
    assert [r["document"] for r in rows] == ["rain", "wait"]
    assert rows[0]["characters"] == len(rain[0].text)


def test_thresholds_are_checked(rain):
    with pytest.raises(rp.ArgumentError, match="containment is 2"):
        rain.reconcile(containment=2)


def test_reprs_are_short_and_html_is_escaped():
    corpus = rp.Corpus.from_texts(['"<b>Stop</b>," Ann Lee said.'], titles=["<script>"])
    corpus.extract()
    things = [corpus, corpus[0], corpus.claims, corpus.documents, corpus.reconcile(), *corpus.claims]
    for thing in things:
        assert len(repr(thing)) < 3000
        html = thing._repr_html_()
        assert "<script" not in html
        assert "<b>Stop" not in html
