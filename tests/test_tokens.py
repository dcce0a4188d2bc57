"""Tokens and names: views, values, tables, and trees that are trees."""

import pickle
import threading

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings

import reportedly as rp
from conftest import check_language
from test_offsets import TEXTS

COLUMNS = ["token", "sentence", "text", "lemma", "upos", "xpos", "head", "deprel", "entity", "start", "end"]


def document(text: str) -> rp.Document:
    return rp.Corpus.from_texts([text])[0]


@pytest.fixture(scope="module")
def tokens(seeds) -> rp.Tokens:
    return seeds[0].tokens


def test_a_token_says_what_stands_there():
    first, second, *_ = document("“Naïve” soldiers were sent.").tokens[1:]
    assert (first.text, first.start, first.end) == ("Naïve", 1, 6)
    assert (second.text, second.index, second.sentence) == ("”", 2, 0)
    soldiers = document("The soldiers were sent.").tokens[1]
    assert (soldiers.lemma, soldiers.upos, soldiers.xpos) == ("soldier", "NOUN", "NNS")
    assert str(soldiers) == "soldiers"
    assert repr(soldiers).startswith("Token(1, 'soldiers', NOUN, ")
    match soldiers:
        case rp.Token(text, lemma, upos):
            assert (text, lemma, upos) == ("soldiers", "soldier", "NOUN")


def test_the_founding_articles(seeds):
    for article in seeds:
        check_language(article)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text(text):
    check_language(document(text))


def test_sentences_are_those_of_the_document(seeds):
    article = seeds[0]
    words = list(article.tokens)
    for number, sentence in enumerate(article.sentences):
        own = [t for t in words if t.sentence == number]
        assert (own[0].start, own[-1].end) == (sentence.start, sentence.end)
    assert {t.sentence for t in words} == set(range(len(article.sentences)))


def test_a_view_is_a_sequence(tokens):
    assert len(tokens) > 100
    assert tokens.columns == COLUMNS
    assert list(tokens[2:8:3]) == [tokens[2], tokens[5]]
    assert next(iter(tokens[::-1])) == tokens[-1]
    assert tokens[5:9][1:] == tokens[6:9]
    assert hash(tokens[5:9][1:]) == hash(tokens[6:9])
    assert tokens[:3] != tokens[1:4]
    assert len(tokens[5:5]) == 0
    assert [t.index for t in tokens[4:6]] == [4, 5]
    for wrong in (len(tokens), -len(tokens) - 1):
        with pytest.raises(IndexError, match="token"):
            tokens[wrong]
    with pytest.raises(TypeError):
        tokens["text"]


def test_heads_count_in_the_document_and_not_in_the_slice(tokens):
    second = next(t for t in tokens if t.sentence == 1)
    part = tokens[second.index :]
    assert part[0] == second
    assert part.to_dicts()[0]["head"] == second.head


def test_they_are_analysed_once_a_document(seeds):
    article = seeds[1]
    assert article.tokens == article.tokens == seeds[1].tokens
    assert article.tokens.document == article
    assert seeds[0].tokens != seeds[1].tokens


def test_threads_that_ask_at_once_get_the_same(seeds):
    article, out = seeds[2], []
    threads = [threading.Thread(target=lambda: out.append(article.tokens.to_dicts())) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(out) == 6
    assert all(rows == out[0] for rows in out)


def test_tables_say_what_objects_say(tokens):
    rows = tokens.to_dicts()
    for token, row in zip(tokens, rows, strict=True):
        assert row == {"token": token.index} | {c: getattr(token, c) for c in COLUMNS[1:]}
    table = pa.table(tokens)
    table.validate(full=True)
    assert pa.schema(tokens) == table.schema
    assert table == tokens.to_arrow()
    assert table.to_pylist() == rows
    assert pl.DataFrame(tokens).equals(tokens.to_polars())
    ((n,),) = duckdb.sql("select count(*) from tokens where head is not null").fetchall()
    assert n == sum(t.head is not None for t in tokens)


def test_pandas(tokens):
    frame = tokens.to_pandas()
    assert list(frame.columns) == COLUMNS
    assert [str(frame[c].dtype) for c in ("start", "end", "head")] == ["int64", "int64", "Int64"]
    assert frame["text"].tolist() == [t.text for t in tokens]
    roots = frame[frame["head"].isna()]
    assert roots["deprel"].eq("root").all()
    pd.testing.assert_frame_equal(tokens[3:7].to_pandas(), frame[3:7].reset_index(drop=True), check_dtype=False)


def test_no_rows_have_all_columns():
    empty = document("").tokens
    assert len(empty) == 0
    assert list(empty) == empty.to_dicts() == []
    assert pa.table(empty).column_names == empty.to_pandas().columns.to_list() == COLUMNS
    assert repr(empty) == "<Tokens: 0 tokens in 0 sentences>"
    assert document("").names == []


def test_batches_join_to_the_whole():
    text = "It rained. " * 15_000
    tokens = document(text).tokens
    assert len(list(pa.RecordBatchReader.from_stream(tokens))) > 1
    assert pa.table(tokens)["token"].to_pylist() == list(range(45_000))
    assert tokens.to_pandas()["end"].iloc[-1] == len(text) - 1


def test_a_table_outlives_its_corpus():
    reader = pa.RecordBatchReader.from_stream(document("It rained.").tokens)
    assert sum(batch.num_rows for batch in reader) == 3


def test_values_and_views_return_from_pickles(seeds, tokens):
    for thing in (tokens[0], tokens[-1], tokens, tokens[3:9:2], *seeds[0].names[:5]):
        back = pickle.loads(pickle.dumps(thing))
        assert back == thing
        assert hash(back) == hash(thing)
    assert pickle.loads(pickle.dumps(tokens[3:9])).to_dicts() == tokens[3:9].to_dicts()


def test_a_pickle_that_names_tokens_it_does_not_hold_is_refused():
    _, (long,) = document("It rained in Seoul.").tokens.__reduce__()
    _, (short,) = document("It rained in Rome, too.").tokens[:1].__reduce__()
    assert len(rp.Tokens._restore(long)) == 5
    assert len(rp.Tokens._restore(short)) == 1
    with pytest.raises(rp.FormatError):
        rp.Tokens._restore(long[:-3])


def test_displays(tokens):
    assert repr(tokens).startswith("<Tokens: ")
    assert repr(document("It rained. It snowed.").tokens[1:5]) == "<Tokens: 4 tokens in 2 sentences>"
    html = tokens._repr_html_()
    assert "lemma" in html
    assert f"and {len(tokens) - 20:,} more" in html
    assert "<script>" not in document("<script>alert(1)</script>").tokens._repr_html_()


def test_names_lie_on_tokens(seeds):
    for article in seeds:
        starts, ends = {t.start for t in article.tokens}, {t.end for t in article.tokens}
        for name in article.names:
            assert name.start in starts
            assert name.end in ends
            assert name.title is None or name.title in article.text
            assert repr(name).startswith("Name(")
            assert str(name) == name.text
