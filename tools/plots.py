"""Draws the pictures of the plots that stand in the documentation.

    python tools/plots.py [PATH] [--into docs/_static/plots]

PATH is what is read, the founding articles if it is not given.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

import reportedly as rp


def main() -> None:
    """Writes one picture a plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", nargs="?", default="seeds")
    parser.add_argument("--counted", default="soldiers", help="what the ledger is of")
    parser.add_argument("--outlet", help="whose certainty is drawn; the one with the most claims if not given")
    parser.add_argument("--into", type=Path, default=Path("docs/_static/plots"))
    arguments = parser.parse_args()
    corpus = rp.read(arguments.path)
    said = corpus.claims.filter(kind=["direct", "indirect", "mixed"])
    names = [claim.source_chain[0].name for claim in said]
    outlet = arguments.outlet or max(sorted(set(names)), key=names.count)
    plots = {
        "ledger": rp.plot.ledger(corpus.reconcile().ledger(arguments.counted)),
        "timeline": rp.plot.timeline(said, lanes="source", by="certainty_label"),
        "sources": rp.plot.sources(said, limit=30),
        "certainty": rp.plot.certainty(corpus, outlet),
    }
    arguments.into.mkdir(parents=True, exist_ok=True)
    for name, ax in plots.items():
        # Without the version of matplotlib in it, a picture changes only if the drawing does.
        ax.figure.savefig(arguments.into / f"{name}.png", dpi=110, metadata={"Software": None})
        plt.close(ax.figure)


if __name__ == "__main__":
    main()
