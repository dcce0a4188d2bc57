"""Plots: what is drawn, on whose axes, and what is left alone."""

import datetime
import doctest
from itertools import pairwise

import pytest

import reportedly as rp

matplotlib = pytest.importorskip("matplotlib")
matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

HOSTILE = ["$x^", "$\\frac{1}{$", "_hidden", "a" * 10_000, "line\nbreak\x1b[31m\u202eleft", "100 $ and 200 $", ""]


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


@pytest.fixture(scope="module")
def corpus() -> rp.Corpus:
    """Two outlets on three days, one of them undated; an agency between."""
    return rp.Corpus.from_texts(
        [
            "Seoul said that 3,000 soldiers had been sent to Kursk. Ann Lee denied that they were paid.",
            "At least 1,000 soldiers were sent to Kursk, Yonhap reported, citing the National Intelligence Service.",
            "Officials said between 2,000 and 4,000 soldiers might have been sent to Kursk.",
            "As many as 12,000 soldiers have been sent to Kursk, analysts warned. Some 40% of them left, Bob Ray said.",
        ],
        published=["2024-10-18", "2024-10-25", None, "2024-10-26"],
        outlets=["The Daily", "The Herald", "The Daily", "The Herald"],
    )


def plots(corpus, ax=None):
    yield rp.plot.ledger(corpus.reconcile().ledger(), ax=ax)
    yield rp.plot.timeline(corpus, ax=ax)
    yield rp.plot.sources(corpus, ax=ax)
    yield rp.plot.certainty(corpus, ax=ax)


def words(ax):
    """Every text of the axes, as it is drawn."""
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.findobj(matplotlib.text.Text)]


def test_each_returns_axes_and_uses_those_given(corpus):
    for ax in plots(corpus):
        assert isinstance(ax, matplotlib.axes.Axes)
    for i in range(4):
        _, own = plt.subplots()
        assert list(plots(corpus, own))[i] is own
    _, (left, right) = plt.subplots(1, 2)
    rp.plot.timeline(corpus, left)
    assert not right.has_data()
    assert plt.gca() is right


def test_nothing_global_changes(corpus):
    before, figures = dict(matplotlib.rcParams), plt.get_fignums()
    _, ax = plt.subplots()
    assert len(list(plots(corpus, ax))) == 4
    assert dict(matplotlib.rcParams) == before
    assert len(plt.get_fignums()) == len(figures) + 1


def test_the_same_input_gives_the_same_picture(corpus, tmp_path):
    for name in ("a", "b"):
        for i, ax in enumerate(plots(corpus)):
            ax.figure.savefig(tmp_path / f"{name}{i}.png", metadata={"Software": None})
    for i in range(4):
        assert (tmp_path / f"a{i}.png").read_bytes() == (tmp_path / f"b{i}.png").read_bytes()


def test_ledger_draws_every_figure_of_a_unit(corpus):
    figures = corpus.reconcile().ledger()
    ax = rp.plot.ledger(figures)
    counts = [f for f in figures if f["unit"] == "count"]
    drawn = sum(len(line.get_xdata()) for line in ax.lines if line.get_marker() not in ("None", None))
    assert drawn == len(counts) < len(figures)
    assert f"{len(figures) - len(counts)} in other units" in ax.get_xlabel()
    assert ax.get_ylabel() == "number"
    assert "undated" in words(ax)
    # one interval, as a bar from end to end
    (bars,) = ax.collections
    assert sorted(bars.get_segments()[0][:, 1]) == [2_000, 4_000]
    with pytest.raises(rp.ArgumentError, match="outlet"):
        rp.plot.ledger(figures, by="colour")


def test_the_ledger_can_be_logarithmic():
    texts = ["Seoul said that 30 people had fled. Moscow said that 90,000 people had fled."]
    assert rp.plot.ledger(rp.Corpus.from_texts(texts).reconcile().ledger()).get_yscale() == "log"


def test_timeline_has_a_lane_an_outlet_and_a_height_a_claim(corpus):
    ax = rp.plot.timeline(corpus)
    lanes = [label.get_text() for label in ax.get_yticklabels()]
    n = {name: len(corpus.claims.filter(outlet=name)) for name in ("The Daily", "The Herald")}
    assert sorted(lanes) == sorted(f"{name} ({n[name]})" for name in n)
    highest = int(ax.get_title(loc="left").split()[2])
    drawn = sum(bar.get_height() for bar in ax.patches) / 0.86 * highest
    assert round(drawn, 6) == len(corpus.claims)
    assert [t.get_text() for t in ax.get_xticklabels()][-1] == "undated"
    assert ax.get_xlabel() == "published"


def test_timeline_names_lanes_that_are_left_out(corpus):
    sources = {c.source.name for c in corpus.claims if c.source}
    ax = rp.plot.timeline(corpus, lanes="source", by="polarity", limit=2)
    assert len(ax.get_yticks()) == 2
    assert f"{len(sources) - 2} more sources" in ax.get_title(loc="left")
    for wrong in ({"lanes": "city"}, {"by": "colour"}, {"limit": 0}):
        with pytest.raises(rp.ArgumentError):
            rp.plot.timeline(corpus, **wrong)


@pytest.mark.parametrize("days", [1, 20, 59, 61, 150, 1_000, 20_000])
def test_days_are_told_whatever_the_time(days):
    first = datetime.date(1970, 1, 1)
    dates = [first, first + datetime.timedelta(days=days)]
    corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'] * 2, published=dates)
    labels = [t.get_text() for t in rp.plot.timeline(corpus).get_xticklabels()]
    assert 2 <= len(labels) <= 9
    assert all(a != b for a, b in pairwise(labels))
    assert "1970" in labels[0]


def test_sources_go_from_outlets_by_way_of_agencies(corpus):
    ax = rp.plot.sources(corpus)
    places = {text.get_text(): text.xy for text in ax.texts}
    chains = [[s.name for s in c.source_chain] for c in corpus.claims]
    assert ["The Herald", "Yonhap", "National Intelligence Service"] in chains
    assert places["The Herald"][0] < places["Yonhap"][0] < places["National Intelligence Service"][0]
    assert len(set(places.values())) == len(places)
    few = rp.plot.sources(corpus, limit=2)
    assert len(few.texts) == 2
    assert f"{len(places) - 2} more" in few.get_title(loc="left")
    assert rp.plot.sources(corpus.reconcile()).get_title(loc="left") == ax.get_title(loc="left")


def test_certainty_is_a_share_of_the_outlet(corpus):
    ax = rp.plot.certainty(corpus, "the daily")
    assert sum(bar.get_height() for bar in ax.patches[:-1]) == pytest.approx(100)
    assert ax.patches[-1].get_data().values.sum() == pytest.approx(100)
    assert ax.get_ylabel() == "% of claims"
    n = len(corpus.claims.filter(outlet="The Daily"))
    assert ax.get_title(loc="left") == f"The Daily ({n} claims)"
    with pytest.raises(rp.ArgumentError, match="The Herald"):
        rp.plot.certainty(corpus, "The Post")


def test_nothing_to_draw_is_said(rain):
    nothing = rp.Corpus.from_texts([])
    said = [words(ax) for ax in plots(nothing)]
    assert [any(t.startswith("no ") for t in texts) for texts in said] == [True] * 4
    assert "no claims" in words(rp.plot.certainty(nothing, "The Daily"))
    undated = rp.Corpus.from_texts(['"We counted 9 men," Ann Lee said.'])
    for ax in plots(undated):
        words(ax)
    with pytest.raises(TypeError, match="Claims"):
        rp.plot.timeline([1, 2])


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_and_no_formulas(name):
    corpus = rp.Corpus.from_texts(
        ['"We counted 9 soldiers," Ann Lee said. The ministry denied it.'] * 2,
        outlets=[name, "B"],
        published=["2024-10-26"] * 2,
    )
    drawn = [words(ax) for ax in plots(corpus)]
    assert drawn[1]
    texts = [t for texts in drawn for t in texts]
    assert not any(c in t for t in texts for c in "\x1b\u202e")
    assert all(len(t) < 120 for t in texts)


def test_a_dollar_is_shown_as_a_dollar():
    corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'], outlets=["$x^2$"])
    ax = rp.plot.timeline(corpus)
    ax.figure.canvas.draw()
    (label,) = ax.get_yticklabels()
    shown, is_formula = label._preprocess_math(label.get_text())
    assert (shown, is_formula) == ("$x^2$ (1)", False)


def test_a_thousand_claims_are_drawn():
    texts = [f"Official {i} said that {i * 10 + 7} soldiers had been sent to Kursk." for i in range(1_000)]
    days = [datetime.date(2024, 1, 1) + datetime.timedelta(days=i % 90) for i in range(1_000)]
    corpus = rp.Corpus.from_texts(texts, published=days, outlets=[f"Outlet {i % 40}" for i in range(1_000)])
    timeline = rp.plot.timeline(corpus)
    assert "28 more outlets" in timeline.get_title(loc="left")
    assert len(rp.plot.sources(corpus).texts) == 40
    assert rp.plot.certainty(corpus).get_title(loc="left").startswith("all outlets")


@pytest.mark.parametrize("name", rp.plot.__all__)
def test_examples_in_docstrings(name):
    (test,) = doctest.DocTestFinder().find(getattr(rp.plot, name), name)
    assert test.examples
    assert doctest.DocTestRunner().run(test).failed == 0
