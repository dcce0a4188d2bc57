"""The kernel's half of the explorer; the browser's is under ``browser/``."""

import gzip
import json
import re
import subprocess
import sys
from array import array
from datetime import date

import pytest

import reportedly as rp

pytest.importorskip("anywidget", reason="the explorer needs anywidget: pip install 'reportedly[notebook]'")


@pytest.fixture
def explorer(rain) -> rp.Explorer:
    return rp.Explorer(rain)


def test_everything_is_in_the_widget(explorer, rain):
    state = explorer.get_state()
    data = json.loads(gzip.decompress(state["_data"]))
    assert list(data["documents"]["text"]) == [d.text for d in rain]
    assert state["selected"] is None
    assert state["filters"] == {}
    # Neither code nor style asks for anything from elsewhere.
    for part in (explorer._esm, explorer._css):
        assert "http://" not in part.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in part
        assert "@import" not in part
    assert not re.search(r"^import |import\(", explorer._esm, re.MULTILINE)


def test_the_same_corpus_gives_the_same_bytes(explorer, rain):
    assert explorer._data == rp.Explorer(rain)._data


def test_the_browser_chooses(explorer, rain):
    seen = []
    explorer.observe(lambda change: seen.append(change["new"]), "selected")
    explorer.set_state({"selected": 1})
    assert explorer.selected == rain.claims[1]
    explorer.set_state({"selected": None})
    assert explorer.selected is None
    assert seen == [rain.claims[1], None]


def test_python_chooses(explorer, rain, seeds):
    explorer.selected = rain.claims[2]
    assert explorer.get_state("selected") == {"selected": 2}
    with pytest.raises(rp.ArgumentError, match="another corpus"):
        explorer.selected = seeds.claims[2]
    with pytest.raises(rp.ArgumentError, match="another corpus"):
        explorer.selected = seeds.claims[200]
    assert explorer.selected == rain.claims[2]
    explorer.selected = 0
    assert explorer.selected == rain.claims[0]
    explorer.selected = None
    assert explorer.selected is None
    with pytest.raises(IndexError):
        explorer.selected = 10_000
    with pytest.raises(rp.ArgumentError, match="a claim, its position or None"):
        explorer.selected = "rain"


def test_what_passes_the_filters(explorer, rain):
    attributed = [c for c in rain.claims if c.kind != "narrated"]
    assert list(explorer.shown) == attributed
    explorer.set_state({"shown": memoryview(array("I", [0, 2]).tobytes())})
    assert isinstance(explorer.shown, rp.Claims)
    assert list(explorer.shown) == [rain.claims[0], rain.claims[2]]
    explorer.set_state({"shown": b""})
    assert len(explorer.shown) == 0


def test_filters_are_checked_and_told_as_text(explorer):
    explorer.filters = {"act": "deny", "since": date(2024, 10, 1), "story": 0, "until": None, "text": ""}
    assert explorer.filters == {"act": "deny", "since": "2024-10-01", "story": "0"}
    with pytest.raises(rp.ArgumentError, match="no filter 'acts'; there are text, source"):
        explorer.filters = {"acts": "deny"}
    assert explorer.filters["act"] == "deny"
    explorer.set_state({"filters": {"voice": "all"}})
    assert explorer.filters == {"voice": "all"}


def test_explanations_are_made_on_request(explorer, rain, monkeypatch):
    sent = []
    monkeypatch.setattr(type(explorer), "send", lambda self, content, buffers=None: sent.append(content))
    explorer._handle_custom_msg({"kind": "explain", "claim": 1}, None)
    assert sent == [{"kind": "explained", "claim": 1, "text": rain.claims[1].explain()}]
    # What is no claim is not answered.
    for odd in ({"kind": "explain", "claim": 10_000}, {"kind": "explain", "claim": -1}, {"kind": "other"}, {}):
        explorer._handle_custom_msg(odd, None)
    assert len(sent) == 1


def test_a_reconciliation_of_the_same_corpus(rain, seeds):
    assert rp.Explorer(rain, rain.reconcile(tolerance=0.5)).corpus is rain
    with pytest.raises(rp.ArgumentError, match="another corpus"):
        rp.Explorer(rain, seeds.reconcile())


def test_no_articles():
    explorer = rp.Explorer(rp.Corpus.from_texts([]))
    assert len(explorer.shown) == 0


def test_it_is_imported_when_asked_for():
    code = """
import sys, reportedly as rp
assert "anywidget" not in sys.modules
assert "Explorer" in dir(rp)
sys.modules["anywidget"] = None
try:
    rp.Explorer
except ImportError as error:
    assert 'pip install "reportedly[notebook]"' in str(error), error
else:
    raise AssertionError("no error")
try:
    rp.Explorer2
except AttributeError as error:
    assert "no attribute 'Explorer2'" in str(error)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
