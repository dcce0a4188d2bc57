"""Each quick way against a slow one that anybody can check: the same answer, whatever comes in.

The table in docs/threats.md says which quick way is held against what, and where.
"""

import bz2
import csv
import datetime as dt
import gzip
import io
import json
import re
import tempfile
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly as rp
from test_offsets import TEXTS

some = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

ACTS = ["deny", "state", "warn", "estimate", "report"]
KINDS = ["direct", "mixed", "indirect", "narrated"]
LABELS = ["certain", "probable", "possible", "unknown"]
CONDITIONS = {
    "source": st.sampled_from(["Moscow", "intelligence service", "NIS", "officials", "Kim Jong-un", "x"]),
    "act": st.lists(st.sampled_from(ACTS), min_size=1, max_size=3),
    "kind": st.lists(st.sampled_from(KINDS), min_size=1, max_size=2),
    "polarity": st.sampled_from("+-"),
    "certainty": st.lists(st.sampled_from(LABELS), min_size=1, max_size=2),
    "min_certainty": st.floats(-3, 3),
    "since": st.dates(dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
    "until": st.dates(dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
    "has_quantity": st.booleans(),
    "place": st.sampled_from(["KR", "ru", "Russia", "Pyongyang", "nowhere"]),
    "min_confidence": st.floats(0, 1),
}


def has_words(text: str, words: str) -> bool:
    """Whether whole words stand in a text, in any letter case."""
    return re.search(rf"(?<![^\W_]){re.escape(words.lower())}(?![^\W_])", text.lower()) is not None


def holds(claim: rp.Claim, name: str, value: object) -> bool:
    """One condition of a filter, in plain Python."""
    published = claim.document.published
    match name:
        case "source":
            names = [claim.source.name] if claim.source else []
            return any(has_words(text, value) for text in names + [s.text for s in claim.source_spans])
        case "act" | "kind":
            return getattr(claim, name) in value
        case "certainty":
            return claim.certainty_label in value
        case "polarity":
            return claim.polarity == value
        case "min_certainty":
            return pa.scalar(claim.certainty, pa.float32()).as_py() >= pa.scalar(value, pa.float32()).as_py()
        case "min_confidence":
            return pa.scalar(claim.confidence, pa.float32()).as_py() >= pa.scalar(value, pa.float32()).as_py()
        case "since":
            return published is not None and published >= value
        case "until":
            return published is not None and published <= value
        case "has_quantity":
            return bool(claim.quantities) == value
        case "place":
            wanted = value.lower()
            return any(wanted in (p.name.lower(), (p.country or "").lower()) for p in claim.places)
    raise AssertionError(name)


@some
@given(st.data(), st.sets(st.sampled_from(sorted(CONDITIONS)), max_size=4))
def test_a_filter_is_a_loop_over_claims(seeds, data, names):
    conditions = {name: data.draw(CONDITIONS[name]) for name in sorted(names)}
    found = [claim.index for claim in seeds.claims.filter(**conditions)]
    assert found == [c.index for c in seeds.claims if all(holds(c, name, v) for name, v in conditions.items())]


def plain(claim: rp.Claim) -> dict[str, object]:
    """A row of the table of claims, of what the object says."""
    source = claim.source
    return {
        "claim": claim.index,
        "document": claim.document.id,
        "published": claim.document.published,
        "kind": claim.kind,
        "act": claim.act,
        "polarity": claim.polarity,
        "certainty_label": claim.certainty_label,
        "source": source and source.name,
        "source_type": source and source.source_type,
        "cue": claim.cue,
        "content": claim.content,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "content_spans": [{"start": s.start, "end": s.end} for s in claim.content_spans],
        "figures": [(q.span.start, q.span.end, q.low, q.high, q.unit, q.lemma) for q in claim.quantities],
        "times": [(t.span.start, t.span.end, t.value) for t in claim.times],
        "places": [(p.span.start, p.span.end, p.name) for p in claim.places],
        "rule": claim.rule,
    }


def told(row: dict[str, object]) -> dict[str, object]:
    """The same of a row that came out of a table."""
    figures = [(q["start"], q["end"], q["low"], q["high"], q["unit"], q["lemma"]) for q in row["quantities"]]
    times = [(t["start"], t["end"], t["value"]) for t in row["times"]]
    places = [(p["start"], p["end"], p["name"]) for p in row["places"]]
    row = {**row, "figures": figures, "times": times, "places": places}
    spans = [{"start": s["start"], "end": s["end"]} for s in row["content_spans"]]
    return {**row, "content_spans": spans}


def check_tables(corpus: rp.Corpus) -> None:
    expected = [plain(claim) for claim in corpus.claims]
    claims = corpus.claims
    for rows in (
        claims.to_dicts(),
        claims.to_arrow().to_pylist(),
        claims.to_polars().to_dicts(),
        pa.table(claims).to_pylist(),
        [row for n in range(len(claims)) for row in claims[n : n + 1].to_dicts()],
    ):
        assert [
            {name: told(row)[name] for name in plain_row} for row, plain_row in zip(rows, expected, strict=True)
        ] == (expected)
    frame = claims.to_pandas()
    for name in ("claim", "document", "kind", "act", "content", "start", "end", "text", "rule"):
        assert frame[name].tolist() == [row[name] for row in expected]


def test_tables_say_what_objects_say(seeds, rain):
    check_tables(seeds)
    check_tables(rain)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, max_size=3))
def test_tables_of_any_text_say_what_objects_say(texts):
    check_tables(rp.Corpus.from_texts(texts))


NUMBERS = st.sampled_from(
    [
        "at least 1,500 men",
        "10-15%",
        "two-thirds of them",
        "$1.5bn",
        "no 3 (4)",
        "3.5.2024",
        "half a dozen",
        "1990s",
        "B-52",
        "a hundred and five",
        "5 km/h",
        "first",
        "COVID-19",
        "12:30",
        "between 3 and 5 million euros",
        "one",
        "$",
        "½ cup",
    ]
)


@some
@given(st.lists(NUMBERS | TEXTS, max_size=6).map(" ".join))
def test_figures_without_trees_are_those_with(text):
    """`frames=False` leaves out the tree of every sentence, and tags where no number stands."""
    quick, slow = rp.quantities(text, frames=False), rp.quantities(text)
    assert quick.to_dicts() == [{name: row[name] for name in quick.columns} for row in slow.to_dicts()]


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from('",;\n'), max_size=30).map(str.strip)
ROWS = st.lists(st.tuples(CELLS, st.just("Rain fell. ") | TEXTS), min_size=2, max_size=5)


def encodable(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Texts that every format can hold, and that are no pages."""
    clean = [(a, re.sub(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff<]|\r\n?", "", b)) for a, b in rows]
    return [(a.replace("<", ""), f"Rain fell on row {i}. {b}".strip()) for i, (a, b) in enumerate(clean)]


@some
@given(ROWS.map(encodable))
def test_streams_of_json_are_what_python_reads(rows):
    """Arrays, lines and values one after the other are read piece by piece; `json` reads them whole."""
    records = [{"title": a, "n": [{"x": 1.5e3}, None], "text": b} for a, b in rows]
    one_by_one = [json.dumps(r, ensure_ascii=i % 2 == 0) for i, r in enumerate(records)]
    for content in (
        json.dumps(records),
        json.dumps({"status": "ok", "articles": records}, indent=2),
        "\n".join(one_by_one) + "\n",
        "\n\n".join(json.dumps(r, indent=1) for r in records),
    ):
        assert [d.text for d in rp.read(content.encode())] == [r["text"] for r in records]


@some
@given(ROWS.map(encodable), st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]))
def test_tables_are_what_python_reads(rows, delimiter, end):
    """Cells are cut by an automaton as they come; `csv` reads the file whole."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerows([("title", "text"), *rows])
    content = file.getvalue()
    expected = [row[1] for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter)][1:]
    # What is so short is known for a table by its name.
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table.csv"
        path.write_bytes(content.encode())
        assert [d.text for d in rp.read(path)] == expected


@some
@given(ROWS.map(encodable), st.sampled_from([gzip.compress, bz2.compress]), st.floats(0, 1))
def test_what_is_unpacked_as_a_stream_is_the_whole(rows, pack, cut):
    content = "\n\n".join(text for _, text in rows).encode()
    expected = [d.text for d in rp.read(content)]
    assert [d.text for d in rp.read(pack(content))] == expected
    # Two members, one behind the other.
    at = int(cut * len(content))
    assert [d.text for d in rp.read(pack(content[:at]) + pack(content[at:]))] == expected


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def prose(seed: int, count: int) -> list[str]:
    """Words that repeat no run of five."""
    return [f"w{seed}x{(i * 7919 + seed) % 100_003}" for i in range(count)]


@some
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60), st.integers(100, 240)), min_size=1, max_size=3),
        max_size=6,
    )
)
def test_sampled_copies_are_those_of_all_pairs(plan):
    """One shingle in four is indexed; here all are counted, of all pairs."""
    # Texts of the same words are each tied to the first of them, and to no other.
    texts = list(dict.fromkeys(" ".join(w for seed, a, b in parts for w in prose(seed, 300)[a:b]) for parts in plan))
    rows = rp.copies(texts, passage=60, stock=100).to_dicts()
    found = {frozenset((row["earlier"], row["later"])): row for row in rows}
    known = [shingles(text) for text in texts]
    for i, one in enumerate(known):
        for j, other in enumerate(known[:i]):
            shared, least = len(one & other), min(len(one), len(other))
            pair = found.get(frozenset((i, j)))
            # Between the two lies what small changes and the order of passages make of it.
            if least and shared >= 0.75 * least:
                assert pair is not None, (i, j, shared, least)
            if shared < 10:
                assert pair is None, (i, j, shared, least)


@pytest.mark.parametrize("jobs", [2, 5])
def test_many_threads_do_what_one_does(seeds, jobs):
    texts = [document.text for document in seeds] * 4
    one, many = rp.Corpus.from_texts(texts, jobs=1), rp.Corpus.from_texts(texts, jobs=jobs)
    assert one.claims.to_dicts() == many.claims.to_dicts()
    assert one.reconcile().findings.to_dicts() == many.reconcile().findings.to_dicts()
    assert one.search("soldiers").to_dicts() == many.search("soldiers").to_dicts()
    assert rp.copies(texts, jobs=1).to_dicts() == rp.copies(texts, jobs=jobs).to_dicts()
