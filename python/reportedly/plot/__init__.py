"""Plots: figures as intervals, claims over time, who passes on whom, how firmly an outlet speaks.

Each takes ``ax=`` and returns the Axes; nothing is shown and no setting of matplotlib is changed, so that plots can be
put together and styled as any others. Colours are told apart by readers who do not see all of them. Needs matplotlib:
``pip install "reportedly[plot]"``.

>>> import reportedly as rp
>>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'], published=["2024-10-26"])
>>> ax = rp.plot.timeline(corpus)  # doctest: +SKIP
"""

from ._certainty import certainty
from ._ledger import ledger
from ._network import sources
from ._timeline import timeline

__all__ = ["certainty", "ledger", "sources", "timeline"]
