"""Search: what is found, in which order, what is marked, what is refused."""

import datetime as dt
import json
import re
import shutil
import threading

import pytest

import reportedly as rp

COLUMNS = [
    "document",
    "published",
    "outlet",
    "found",
    "source",
    "act",
    "kind",
    "text",
    "start",
    "end",
    "claim",
    "score",
    "highlights",
]


@pytest.fixture(scope="module")
def news() -> rp.Corpus:
    """Articles with characters of one to four bytes, and one text that had to be repaired."""
    texts = [
        "😀 “The Storm Corps has come to Zürich,” Ann Lee said on Friday. The storm had passed by then. What a storm!",
        "Moscow denied that 3,000 soldiers of the storm-corps were sent. Not a soldier’s boots anywhere.",
        "Officials of the of\ufb01ce said the of\ufb01cer left in a sto\u00adrm. Rain fell.",
    ]
    return rp.Corpus.from_texts(
        texts,
        ids=["lee", "moscow", "office"],
        outlets=["The Daily", "Évening Post", None],
        published=["2024-10-24", "2024-10-26", None],
    )


def marked(corpus: rp.Corpus, hit: dict) -> list[str]:
    """The words that are marked in a hit, after a look at every position in it."""
    (document,) = (d for d in corpus if d.id == hit["document"])
    assert document.text[hit["start"] : hit["end"]] == hit["text"]
    ends = [hit["start"]]
    for mark in hit["highlights"]:
        assert ends[-1] <= mark["start"] < mark["end"] <= hit["end"]
        ends.append(mark["end"])
    return [document.text[m["start"] : m["end"]] for m in hit["highlights"]]


def words(corpus: rp.Corpus, query: str, **arguments: object) -> list[tuple[str, str, list[str]]]:
    """Document, claim or passage, and marked words of each hit."""
    return [(h["document"], h["found"], marked(corpus, h)) for h in corpus.search(query, **arguments)]


def test_the_table_has_its_columns(news):
    hits = news.search("storm")
    assert hits.columns == COLUMNS
    assert news.search("absent").columns == COLUMNS
    row = next(h for h in hits if h["document"] == "lee" and h["found"] == "claim")
    claim = news.claims[row["claim"]]
    assert (row["source"], row["act"], row["kind"]) == (claim.source.name, claim.act, claim.kind)
    assert (row["start"], row["end"], row["text"]) == (claim.start, claim.end, claim.text)
    assert (row["published"], row["outlet"]) == (dt.date(2024, 10, 24), "The Daily")
    passage = next(h for h in hits if h["found"] == "passage")
    assert [passage[c] for c in ("source", "act", "kind", "claim")] == [None] * 4


def test_every_hit_holds_what_was_asked_for(seeds):
    hits = seeds.search("storm corps", limit=None)
    assert len(hits) > 0
    for hit in hits:
        assert {w.lower() for w in marked(seeds, hit)} == {"storm", "corps"}
    assert len(seeds.search('"corps storm"')) == 0
    assert len(seeds.search("corp")) == 0


def test_every_sentence_with_a_word_is_found(seeds):
    """Nothing is lost: a sentence with the word is a hit, or a claim on it is."""
    for word in ["soldiers", "ukraine", "officials", "friday"]:
        hits = seeds.search(word, limit=None).to_dicts()
        for document in seeds:
            own = [h for h in hits if h["document"] == document.id]
            for sentence in document.sentences:
                if re.search(rf"\b{word}\b", sentence.text, re.IGNORECASE):
                    assert any(h["start"] < sentence.end and sentence.start < h["end"] for h in own)


def test_the_best_come_first(seeds):
    hits = seeds.search("soldiers russia", limit=None)
    scores = hits["score"]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
    order = {d.id: i for i, d in enumerate(seeds)}
    for a, b in zip(hits, list(hits)[1:], strict=False):
        if a["score"] == b["score"]:
            assert (order[a["document"]], a["start"]) <= (order[b["document"]], b["start"])
    assert seeds.search("soldiers russia", limit=3).to_dicts() == hits.to_dicts()[:3]
    assert len(seeds.search("the")) == 100
    assert len(seeds.search("the", limit=0)) == 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('"storm corps"', [["Storm Corps"], ["storm-corps"]]),
        ("“STORM corps” -moscow", [["Storm Corps"]]),
        ("zurich", [["Zürich"]]),
        ("3000", [["3,000"]]),
        ("soldier*", [["soldiers"], ["soldier"]]),
        ("soldier", [["soldier"]]),
        ("offic*", [["Of\ufb01cials"], []]),
        ("boots OR zürich", [["boots"], ["Zürich"]]),
        ("(boots | zürich) lee", [["Zürich", "Lee"]]),
        ('"storm cor', [["Storm Corps"], ["storm-corps"]]),
    ],
)
def test_queries(news, query, expected):
    found = [marks for _, _, marks in words(news, query)]
    if query == "offic*":
        assert [m.lower() for m in found[0]] == ["officials", "of\ufb01ce", "of\ufb01cer"]
    elif query == '"storm cor':
        assert found == []
    else:
        assert sorted(found) == sorted(expected)


def test_positions_are_those_of_the_text_as_it_was_given(news):
    """The analysed view has no soft hyphens and ligatures; what is shown is what was written."""
    assert news[2].repaired
    (hit,) = news.search("storm document:office")
    assert "sto\u00adrm" in marked(news, hit)


def test_a_passage_is_a_sentence_without_a_found_claim(news):
    claims = words(news, "storm", found="claim")
    passages = words(news, "storm", found="passage")
    assert passages == [("lee", "passage", ["storm"])]
    assert len(claims) == 4
    assert sorted(claims + passages) == sorted(words(news, "storm"))
    # The sentence on which the claim lies goes on: it is found where the claim is not.
    assert words(news, "friday") == [("lee", "passage", ["Friday"])]


def test_conditions_are_those_of_the_filter(seeds):
    claims = seeds.claims
    sought = {"source": "intelligence service", "act": "report", "kind": "indirect", "since": "2024-10-26"}
    for name, value in sought.items():
        hits = seeds.search("the", limit=None, found="claim", **{name: value})
        kept = {c.index for c in claims.filter(**{name: value})}
        assert set(hits["claim"]) == kept & set(seeds.search("the", limit=None)["claim"])
        typed = f'the {name}:"{value}"'
        assert seeds.search(typed, limit=None, found="claim").to_dicts() == hits.to_dicts()
    assert set(seeds.search("the", act="state")["found"]) <= {"claim"}
    assert "passage" not in seeds.search("the -act:state", limit=None)["found"]


def test_conditions_on_documents_hold_for_passages(news):
    assert {h["document"] for h in news.search("storm", outlet="évening post")} == {"moscow"}
    assert {h["document"] for h in news.search("storm", until=dt.date(2024, 10, 25))} == {"lee"}
    assert {h["document"] for h in news.search("storm OR rain OR boots", since="2024-10-25")} == {"moscow"}
    assert news.search("boots", since="2024-10-25")["found"] == ["passage"]


def test_a_condition_alone_lists_what_meets_it(seeds):
    hits = seeds.search("act:warn", limit=None)
    assert hits["claim"] == [c.index for c in seeds.claims.filter(act="warn")]
    assert set(hits["score"]) <= {0.0}


@pytest.mark.parametrize(
    ("query", "arguments", "message"),
    [
        ("", {}, "holds none"),
        (" … ", {}, "holds none"),
        ("😀", {}, "holds none"),
        ("-rain", {}, "leave out"),
        ("word " * 1001, {}, "1000 words"),
        ("act:denies", {}, "it can be state, report"),
        ("since:friday", {}, "2024-10-26"),
        ("rain", {"act": "denies"}, "it can be state, report"),
        ("rain", {"kind": "x"}, "it can be direct"),
        ("rain", {"found": "sentence"}, "it can be claim, passage"),
        ("rain", {"since": "friday"}, "2024-10-26"),
        ("rain", {"limit": -1}, "limit is -1"),
    ],
)
def test_what_cannot_be_is_refused(news, query, arguments, message):
    with pytest.raises(rp.ArgumentError, match=re.escape(message)):
        news.search(query, **arguments)


def test_a_query_is_a_str(news):
    for query in (None, 3, b"rain", ["rain"]):
        with pytest.raises(TypeError):
            news.search(query)
    assert len(news.search("rain \ud800")) == 1


@pytest.mark.parametrize(
    "query", ["(" * 1_000_000 + "rain", "-(" * 500_000 + "rain", '"' * 1_000_001 + "rain", ".*" * 500_000 + " rain"]
)
def test_hostile_queries_are_answered(news, query):
    assert len(news.search(query)) <= 3


def test_a_text_without_a_space_is_searched():
    corpus = rp.Corpus.from_texts(["x" * 100_000 + " rain", "é" * 100_000])
    (hit,) = corpus.search("xxx* rain")
    assert [len(m) for m in marked(corpus, hit)] == [100_000, 4]


def test_nothing_to_search():
    assert len(rp.Corpus.from_texts([]).search("rain")) == 0
    assert len(rp.Corpus.from_texts(["", "…"]).search("rain OR act:deny")) == 0


def test_threads_change_nothing():
    texts = [f"Ann Lee said {n} boats came to harbour {n % 7}. Rain fell on day {n}." for n in range(60)]
    tables = []
    for jobs in (1, 3):
        corpus = rp.Corpus.from_texts(texts, jobs=jobs)
        tables.append(corpus.search("harbour OR rain", limit=None).to_dicts())
    assert tables[0] == tables[1]
    shared, found = rp.Corpus.from_texts(texts), []
    workers = [threading.Thread(target=lambda: found.append(shared.search("rain").to_dicts())) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert all(f == found[0] for f in found)


def test_the_index_is_saved_with_the_corpus(news, tmp_path):
    news.save(tmp_path / "a")
    again = rp.load(tmp_path / "a")
    for query in ("storm", '"storm corps"', "soldier* -moscow", "act:deny"):
        assert again.search(query).to_dicts() == news.search(query).to_dicts()


def test_any_tool_reads_the_saved_index(news, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    news.save(tmp_path)
    (path,) = tmp_path.glob("search_terms-*.parquet")
    terms = {row["term"]: row["positions"] for row in parquet.read_table(path).to_pylist()}
    assert len(terms["storm"]) == 5
    (path,) = tmp_path.glob("search_units-*.parquet")
    units = parquet.read_table(path).to_pylist()
    assert len(units) == len(news.claims) + sum(len(d.sentences) for d in news)
    holding = [u for u in units if any(u["first"] <= p < u["end"] for p in terms["storm"])]
    found = {u["claim"] for u in holding if u["claim"] is not None}
    assert found == {c for c in news.search("storm")["claim"] if c is not None}


def test_a_saved_index_that_was_tampered_with_is_made_anew(news, tmp_path):
    """An index that is well formed as a file, but of another corpus, is not believed."""
    other = rp.Corpus.from_texts(["Snow fell."])
    news.save(tmp_path / "a")
    other.save(tmp_path / "b")
    (theirs,) = (tmp_path / "b").glob("search_terms-*.parquet")
    shutil.copy(theirs, tmp_path / "a")
    mine, foreign = (json.loads((tmp_path / name / "manifest.json").read_text()) for name in "ab")
    (terms,) = (entry for entry in foreign["files"] if entry["part"] == "search_terms")
    mine["files"] = [terms if entry["part"] == "search_terms" else entry for entry in mine["files"]]
    (tmp_path / "a" / "manifest.json").write_text(json.dumps(mine))
    again = rp.load(tmp_path / "a")
    assert again.search("storm").to_dicts() == news.search("storm").to_dicts()


def test_shows_itself(news):
    hits = news.search("storm")
    assert "<Frame: " in repr(hits)
    html = hits._repr_html_()
    # A word that was meant is marked, the rest of its sentence is not.
    assert re.search(r"<span style=[^>]*>[Ss]torm</span>", html)
    assert "<script" not in news.search("script")._repr_html_()
