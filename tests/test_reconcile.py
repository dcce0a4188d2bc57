"""Reconciliation as an analyst meets it."""

from datetime import date

import pyarrow as pa
import pytest

import reportedly as rp

ARTICLES = [
    "SEOUL - South Korea's spy agency said on Friday that 1,500 North Korean soldiers had been sent to Russia.",
    "KYIV - Ukraine said on Sunday that 3,000 North Korean soldiers had been sent to Russia. Moscow denied it.",
    "Reuters reported, citing South Korea's spy agency, that 1,500 North Korean soldiers had been sent to Russia.",
]
DAYS = ["2024-10-18", "2024-10-20", "2024-10-20"]


@pytest.fixture(scope="module")
def corpus() -> rp.Corpus:
    return rp.Corpus.from_texts(ARTICLES, ids=["seoul", "kyiv", "wire"], published=DAYS)


@pytest.fixture(scope="module")
def rec(corpus: rp.Corpus) -> rp.Reconciliation:
    return corpus.reconcile(story_similarity=0.05)


@pytest.mark.parametrize("name", ["copies", "stories", "origins", "propositions", "findings", "parties"])
def test_every_part_is_a_table_and_an_arrow_stream(rec: rp.Reconciliation, name: str) -> None:
    frame = getattr(rec, name)
    table = pa.table(frame)
    assert table.column_names == frame.columns
    assert table.num_rows == len(frame) == len(frame.to_dicts()) == len(frame.to_pandas()) == frame.to_polars().height


def test_empty_and_single_corpora_give_empty_tables_of_the_same_columns(rec: rp.Reconciliation) -> None:
    for texts in ([], ["It rained."]):
        empty = rp.Corpus.from_texts(texts).reconcile()
        for name in ("copies", "stories", "origins", "propositions", "findings", "parties"):
            assert getattr(empty, name).columns == getattr(rec, name).columns
        assert len(empty.copies) == len(empty.propositions) == len(empty.ledger()) == len(empty.ledger().series()) == 0


def test_ledger_is_filtered_and_keeps_rows_together(corpus: rp.Corpus, rec: rp.Reconciliation) -> None:
    ledger = rec.ledger("troops", of="North Korea", where="Russia")
    assert isinstance(ledger, rp.Ledger)
    assert isinstance(ledger, rp.Frame)
    assert sorted(ledger["value"]) == [1500.0, 1500.0, 3000.0]
    assert len(set(ledger["row"])) == 1
    assert len(rec.ledger("shells")) == 0
    documents = {document.id: document for document in corpus}
    for figure in ledger:
        document = documents[figure["document"]]
        assert document.text[figure["start"] : figure["end"]] == figure["figure"]
        assert corpus.claims[figure["claim"]].document.id == figure["document"]


def test_series_counts_origins_and_not_articles(rec: rp.Reconciliation) -> None:
    days = rec.ledger("soldiers").series().to_dicts()
    assert [d["date"] for d in days] == sorted(d["date"] for d in days)
    # The wire passes on the spy agency: two origins have spoken, not three.
    assert days[-1]["of"] == 2
    assert days[-1]["disputed"]
    with pytest.raises(rp.ArgumentError, match="tolerance"):
        rec.ledger().series(tolerance=-1)


def test_independent_counts_origins_and_says_why(corpus: rp.Corpus) -> None:
    told = corpus.claims.filter(has_quantity=True)
    assert len(told) >= 2
    origins = told.independent
    assert len(origins) < len({c.document.id for c in told}) + 1
    agency = next(o for o in origins if "Intelligence" in o["origin"] or "spy agency" in o["origin"])
    assert agency["documents"] == ["seoul", "wire"]
    assert any("Reuters" in why for why in agency["folded"])


def test_chain_folds_to_its_last_link() -> None:
    cited = rp.Corpus.from_texts(
        ["The Guardian said, citing Yonhap, citing the National Intelligence Service, that 1,500 soldiers had died."]
    )
    (origin,) = cited.claims.filter(has_quantity=True).independent
    assert origin["origin"] == "National Intelligence Service"
    (figure,) = cited.reconcile().ledger()
    assert figure["chain"].endswith("Guardian > Yonhap > National Intelligence Service")


def test_denial_points_at_what_was_said_before(rec: rp.Reconciliation) -> None:
    (denied,) = [f for f in rec.findings if f["kind"] == "denied"]
    assert denied["message"].startswith("Russia (kyiv) denies")
    assert "Ukraine" in denied["message"]


def test_propositions_name_their_claims_and_origins(corpus: rp.Corpus, rec: rp.Reconciliation) -> None:
    for p in rec.propositions:
        assert p["polarity"] in {"+", "-"}
        assert p["independent"] == len(p["origins"]) <= len(p["claims"])
        for match in p["matches"]:
            assert match["a"] < match["b"] < len(corpus.claims)
            assert match["matched"]


@pytest.mark.parametrize(
    ("threshold", "value"),
    [
        ("containment", 1.5),
        ("story_similarity", -0.1),
        ("proposition_similarity", float("nan")),
        ("story_half_life", 0.0),
        ("tolerance", -0.1),
        ("same_time", -1),
        ("date_distance", -1),
    ],
)
def test_thresholds_have_bounds(corpus: rp.Corpus, threshold: str, value: float) -> None:
    with pytest.raises(rp.ArgumentError, match=threshold):
        corpus.reconcile(**{threshold: value})


def test_plot_draws_what_is_dated(rec: rp.Reconciliation) -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    ax = rec.ledger("soldiers").plot()
    assert ax.get_title(loc="left").startswith("North Korean soldiers")
    low, high = ax.get_xlim()
    days = [date.fromisoformat(day).toordinal() - date(1970, 1, 1).toordinal() for day in DAYS]
    assert low < min(days) <= max(days) < high
    _, own = plt.subplots()
    assert rec.ledger("no such thing").plot(ax=own) is own
    plt.close("all")
