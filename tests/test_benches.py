"""The benchmarks: how time is taken, that a curve can be drawn, and that the page says what was measured."""

import json
import subprocess
import sys
import time

import pytest

from conftest import ROOT

BENCHES = ROOT / "benches"
sys.path.insert(0, str(BENCHES))

import comparisons  # noqa: E402
import contest  # noqa: E402
from environment import PEERS  # noqa: E402


def test_the_page_and_its_pictures_tell_the_figures():
    done = subprocess.run(
        [sys.executable, BENCHES / "publish.py", "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_all_peers_were_measured_in_one_run():
    peers = json.loads((ROOT / "docs/quality/benchmarks.json").read_text(encoding="utf-8"))["peers"]
    assert [each["name"] for each in peers["comparisons"]] == comparisons.ALL
    assert peers["failed"] == []
    assert PEERS.keys() <= peers["versions"].keys()
    assert {"processor", "cores", "memory_gb"} <= peers["machine"].keys()


def test_a_ratio_is_that_of_the_medians_in_turns():
    ticks = iter(range(10_000))
    order = []

    def works(name, seconds):
        def work():
            order.append(name)
            for _ in range(seconds):
                next(ticks)

        return work

    made = contest.held(
        contest.Comparison(
            "Waiting",
            [contest.Contestant("slow", works("slow", 60)), contest.Contestant("quick", works("quick", 5), ours=True)],
            amount=600,
            clock=lambda: next(ticks),
        ),
        rounds=3,
    )
    assert order == ["slow", "quick"] * 4
    slow, quick = made["contestants"]
    # A reading of this clock is a tick itself.
    assert (slow["seconds"], quick["seconds"], slow["rate"]) == (61, 6, pytest.approx(9.836))
    assert made["ratios"] == [{"ours": "quick", "peer": "slow", "ratio": 10.17, "low": 10.17, "high": 10.17}]


def test_quartiles():
    assert contest.quartiles([5.0]) == (5.0, 5.0, 5.0)
    assert contest.quartiles([4.0, 1.0, 3.0, 2.0, 5.0]) == (2.0, 3.0, 4.0)


def test_a_curve_of_few_articles(tmp_path):
    out = tmp_path / "scaling.json"
    sizes = ["--least", "10", "--most", "10", "--threads", "1", "2", "--rounds", "1"]
    command = [sys.executable, BENCHES / "scaling.py", *sizes, "--python", sys.executable, "--out", out]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    waited = time.perf_counter() - started
    one, two = json.loads(out.read_text())["points"]
    assert (one["threads"], two["threads"]) == (1, 2)
    for name in ("articles", "words", "claims", "findings"):
        assert one[name] == two[name]
    assert one["articles"] == 10
    assert one["claims"] > 10
    assert 0 < one["wall"] < waited
    assert one["base"] > 10e6
