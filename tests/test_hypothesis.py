"""Whatever comes in: a result that is what it says and comes out again, or an error with a name and a reason."""

import datetime as dt
import gzip
import io
import math
import pickle
import zipfile

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import reportedly as rp
from conftest import spans_of
from test_offsets import PIECES, TEXTS

many = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
few = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])

DATES = st.dates() | st.datetimes() | st.dates().map(str)
ANYTHING = st.none() | TEXTS | st.integers() | st.floats() | st.booleans() | st.binary(max_size=8) | DATES
COLUMNS = {
    "titles": st.none() | TEXTS,
    "published": st.none() | DATES,
    "outlets": st.none() | TEXTS,
    "bylines": st.none() | TEXTS,
    "urls": st.none() | TEXTS,
    "ids": st.none() | st.text(max_size=3) | st.integers(0, 3),
}
# Bytes that mean something to one reader or another, between any bytes and any text.
MARKS = [
    b"",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"PAR1",
    b"ARROW1\x00\x00",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"WARC/1.0\r\nContent-Length: 9\r\n\r\n",
    b"From a Sat Oct 26 10:15:00 2024\nFrom: a\n\n",
    b"<html><body><p>",
    b'<?xml version="1.0"?><rss><channel><item><description>',
    b'{"text": "',
    b'[{"text": "',
    b"title,text\n",
    b"1 of 2 DOCUMENTS\n\nLENGTH: 9 words\n",
]
BYTES = st.lists(
    st.sampled_from(MARKS) | st.binary(max_size=60) | TEXTS.map(lambda t: t.encode("utf-8", "replace")), max_size=4
).map(b"".join)


def packed(how: str, content: bytes) -> bytes:
    """The bytes as they are, compressed, or in an archive."""
    if how == "gzip":
        return gzip.compress(content, mtime=0)
    if how == "zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("a.txt", content)
            archive.writestr("b", content)
        return file.getvalue()
    return content


def said(refusal: Exception) -> None:
    """A refusal has a reason."""
    assert str(refusal)


def again(thing):
    return pickle.loads(pickle.dumps(thing))


def check(corpus: rp.Corpus) -> None:
    """Everything lies where it says, and returns from a pickle."""
    ids = [document.id for document in corpus]
    assert len(set(ids)) == len(corpus)
    for claim in corpus.claims:
        text = claim.document.text
        assert text[claim.start : claim.end] == claim.text
        for span in spans_of(claim):
            assert 0 <= span.start <= span.end <= len(text)
            assert text[span.start : span.end] == span.text
        assert -3 <= claim.certainty <= 3
        assert 0 <= claim.confidence <= 1
        assert again(claim) == claim
    back = again(corpus)
    assert back == corpus
    assert hash(back) == hash(corpus)
    assert back.claims.to_dicts() == corpus.claims.to_dicts()
    assert back.problems.to_dicts() == corpus.problems.to_dicts()


@few
@given(st.data(), st.lists(st.none() | TEXTS, max_size=5))
def test_any_articles(data, texts):
    columns = {name: [data.draw(cell) for _ in texts] for name, cell in COLUMNS.items()}
    corpus = rp.Corpus.from_texts(texts, **columns, jobs=1)
    assert len(corpus) == len(texts)
    check(corpus)
    other = rp.Corpus.from_texts(texts, **columns, jobs=data.draw(st.integers(2, 5)))
    assert other == corpus
    one, two = corpus.reconcile(), other.reconcile()
    for name in ("copies", "stories", "origins", "propositions", "findings", "parties"):
        assert getattr(one, name).to_dicts() == getattr(two, name).to_dicts() == getattr(again(one), name).to_dicts()
    assert one.ledger().to_dicts() == two.ledger().to_dicts()


@many
@given(BYTES, st.sampled_from(["", "", "gzip", "zip"]))
def test_any_bytes_are_read_or_refused(content, how):
    content = packed(how, content)
    try:
        corpus = rp.read(content)
    except rp.NoDocumentsError as refusal:
        said(refusal)
        with pytest.raises(rp.NoDocumentsError):
            rp.read(io.BytesIO(content))
        return
    check(corpus)
    # A file object gives what the bytes give.
    same = rp.read(io.BytesIO(content))
    assert [d.text for d in same] == [d.text for d in corpus]


@many
@given(
    st.data(),
    st.sampled_from(
        [b"Rain fell, Ann Lee said.", b'{"a": {"text": "Rain fell."}}', b"text,b\nRain,c\n", b"<p>Rain.</p>"]
    ),
)
def test_any_options_are_taken_or_refused(data, content):
    options = {
        "encoding": st.sampled_from(["utf-8", "shift_jis", "utf-16le", "klingon"]) | ANYTHING,
        "fields": st.dictionaries(
            st.sampled_from(["text", "title", "x"]), st.sampled_from(["a.text", "b"]) | st.text()
        ),
        "html": st.sampled_from(["own", "other"]) | ANYTHING,
        "recursive": st.booleans(),
        "max_bytes": st.integers() | ANYTHING,
        "jobs": st.integers(1, 3) | st.integers(max_value=0),
        "errors": st.sampled_from(["report", "raise"]) | ANYTHING,
    }
    chosen = {name: data.draw(options[name]) for name in data.draw(st.sets(st.sampled_from(sorted(options))))}
    try:
        corpus = rp.read(content, **chosen)
    except rp.InternalError:
        raise
    except (rp.ReportedlyError, TypeError, OverflowError) as refusal:
        said(refusal)
    else:
        check(corpus)


NUMBERS = st.floats() | st.integers() | st.sampled_from([0, 1, 0.5, -1, 10**30, math.inf, math.nan])
THRESHOLDS = [
    "containment",
    "passage",
    "stock",
    "story_similarity",
    "story_half_life",
    "proposition_similarity",
    "tolerance",
    "same_time",
    "date_distance",
]


@many
@given(st.dictionaries(st.sampled_from(THRESHOLDS), NUMBERS))
@example({"story_half_life": 1e-308})
@example({"tolerance": math.inf})
@example({"passage": 0, "stock": 0})
def test_any_thresholds_are_taken_or_refused(seeds, thresholds):
    try:
        found = seeds.reconcile(**thresholds)
    except rp.InternalError:
        raise
    except (rp.ReportedlyError, TypeError, OverflowError) as refusal:
        said(refusal)
    else:
        assert sum(len(story) for story in found.stories["documents"]) == len(seeds)
        assert len(found.ledger().to_dicts()) >= 0


@many
@given(
    st.dictionaries(
        st.sampled_from(
            [
                "source",
                "act",
                "kind",
                "polarity",
                "certainty",
                "min_certainty",
                "since",
                "until",
                "document",
                "outlet",
                "has_quantity",
                "place",
                "min_confidence",
            ]
        ),
        ANYTHING | st.lists(st.text(max_size=5) | st.sampled_from(["deny", "direct", "Moscow"]), max_size=3),
    )
)
def test_any_conditions_are_taken_or_refused(seeds, conditions):
    try:
        claims = seeds.claims.filter(**conditions)
    except rp.InternalError:
        raise
    except (rp.ReportedlyError, TypeError, OverflowError) as refusal:
        said(refusal)
    else:
        assert len(claims) <= len(seeds.claims)
        assert len(claims.to_dicts()) == len(claims)


QUERIES = st.lists(
    st.sampled_from(["soldiers", "North Korea", '"storm corps"', "drill*", " OR ", " -", "NOT ", "(", ")", '"', "*"])
    | st.sampled_from(["act:deny", "source:Moscow", "since:2024-10-01", "kind:", "place:KR", "|", ":"])
    | st.text(max_size=6),
    max_size=8,
).map(" ".join)


@many
@given(QUERIES, st.none() | st.integers(), st.sampled_from([None, "claim", "passage", "other"]))
def test_any_query_is_answered_or_refused(seeds, query, limit, found):
    try:
        hits = seeds.search(query, limit=limit, found=found).to_dicts()
    except rp.InternalError:
        raise
    except (rp.ReportedlyError, OverflowError) as refusal:
        said(refusal)
        return
    assert limit is None or len(hits) <= limit
    assert [hit["score"] for hit in hits] == sorted((hit["score"] for hit in hits), reverse=True)
    texts = {document.id: document.text for document in seeds}
    for hit in hits:
        text = texts[hit["document"]]
        assert text[hit["start"] : hit["end"]] == hit["text"]
        assert all(hit["start"] <= mark["start"] < mark["end"] <= hit["end"] for mark in hit["highlights"])
        assert found in (None, hit["found"])


@pytest.fixture(scope="module")
def stored() -> dict[type, bytes]:
    """What a pickle of each class holds, but for its name."""
    corpus = rp.Corpus.from_texts(
        [
            "“It rains,” Ann Lee said on Friday. Moscow denied that 1,500 soldiers were sent to Bern.",
            "â€œNo,â€\x9d he said.",
        ],
        published=[dt.date(2024, 10, 26), None],
    )
    claim = corpus.claims.filter(has_quantity=True)[0]
    values = [corpus, corpus.claims, claim, corpus[0], corpus.reconcile(), claim.quantities[0], claim.places[0]]
    values += [claim.source, claim.content_spans[0], corpus[0].tokens, corpus[0].tokens[1], corpus[0].blocks[0]]
    return {type(value): value.__reduce__()[1][0] for value in values}


def look(thing: object) -> None:
    """Asks for everything that an object tells."""
    repr(thing)
    for name in dir(type(thing)):
        if not name.startswith("_") and name not in ("explore", "report", "save", "plot"):
            value = getattr(thing, name)
            if isinstance(value, rp.Frame | rp.Claims):
                value.to_dicts()
    if isinstance(thing, rp.Corpus):
        thing.claims.to_dicts()
        thing.reconcile().findings.to_dicts()
        thing.search("rain soldiers")
        for part in [*thing, *thing.claims]:
            look(part)
    if isinstance(thing, rp.Reconciliation):
        thing.ledger().to_dicts()


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_a_pickle_that_was_changed_is_refused_or_sound(stored, data):
    """Whoever changes bytes gets a `FormatError`, or an object that can be looked at; nothing else."""
    cls = data.draw(st.sampled_from(sorted(stored, key=lambda c: c.__name__)))
    content = bytearray(stored[cls])
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(18, len(content) - 1))
        how = data.draw(st.sampled_from(["set", "cut", "insert"]))
        if how == "set":
            content[at] = data.draw(st.integers(0, 255))
        elif how == "insert":
            content[at:at] = data.draw(st.binary(min_size=1, max_size=4))
        else:
            del content[at : at + data.draw(st.integers(1, 4))]
        if len(content) < 20:
            break
    try:
        thing = cls._restore(bytes(content))
    except rp.FormatError:
        return
    look(thing)


@few
@given(st.lists(TEXTS, max_size=4))
def test_tables_have_the_same_columns_whatever_is_in_them(texts):
    corpus, empty = rp.Corpus.from_texts(texts), rp.Corpus.from_texts([])
    for tables in (
        lambda c: [c.claims, c.problems, c.documents, c.claims.quantities, c.claims.times, c.claims.places],
    ):
        for full, bare in zip(tables(corpus), tables(empty), strict=True):
            assert pa.table(full).schema == pa.table(bare).schema
            assert list(pa.table(full).to_pylist()) == full.to_dicts()
    one, none = corpus.reconcile(), empty.reconcile()
    for name in ("copies", "stories", "origins", "propositions", "findings", "parties"):
        assert pa.table(getattr(one, name)).schema == pa.table(getattr(none, name)).schema
    assert pa.table(one.ledger()).schema == pa.table(none.ledger()).schema


@many
@given(st.lists(PIECES | st.text(max_size=10), max_size=6).map("".join), st.none() | DATES)
def test_figures_times_and_places_of_any_text(text, day):
    for find in (
        lambda: rp.quantities(text, published=day),
        lambda: rp.times(text, published=day),
        lambda: rp.places(text),
    ):
        rows = find().to_dicts()
        assert rows == find().to_dicts()
        starts = [row["start"] for row in rows]
        assert starts == sorted(starts)
    for row in rp.quantities(text).to_dicts():
        assert row["low"] is None or row["high"] is None or row["low"] <= row["high"]
    for row in rp.times(text, published=day).to_dicts():
        assert row["begins"] is None or row["ends"] is None or row["begins"] <= row["ends"]
