"""Draws the pictures of the plots that stand in the documentation: `python tools/plots.py`, in the repository's folder.

The ledger is of the founding articles, the rest of the corpus that the notebooks read.
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
    parser.add_argument("--into", type=Path, default=Path("docs/_static/plots"))
    arguments = parser.parse_args()
    seeds, ferry = rp.read("seeds/"), rp.read("notebooks/corpus/")
    # One of the articles was written a year before the others.
    claims = ferry.claims.filter(since="2024-03-01")
    said = claims.filter(kind=["direct", "indirect", "mixed"])
    plots = {
        "ledger": rp.plot.ledger(seeds.reconcile().ledger("soldiers")),
        "timeline": rp.plot.timeline(said, by="kind"),
        "sources": rp.plot.sources(said, limit=30),
        "certainty": rp.plot.certainty(claims, "The National Ledger"),
    }
    arguments.into.mkdir(parents=True, exist_ok=True)
    for name, ax in plots.items():
        # Without the version of matplotlib in it, a picture changes only if the drawing does.
        ax.figure.savefig(arguments.into / f"{name}.png", dpi=110, metadata={"Software": None})
        plt.close(ax.figure)


if __name__ == "__main__":
    main()
