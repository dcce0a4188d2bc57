"""Figures, against quantulum3 without its classifier, which is how it is installed.

Without frames, ours gives what quantulum3 does: value, unit, place in the text (and bounds besides). With frames, what
is counted and whose it is, for which every sentence is parsed.
"""

import argparse

from contest import Comparison, Contestant
from texts import Texts, words


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import quantulum3.classifier
    from quantulum3 import parser

    import reportedly as rp

    # It would take scikit-learn, which is here for others, for a sign that its classifier is wanted.
    quantulum3.classifier.USE_CLF = False
    texts = Texts(options.data)
    passages = texts.passages
    return Comparison(
        "Figures",
        [
            Contestant("quantulum3", lambda: [parser.parse(text) for text in passages]),
            Contestant(
                "quantities(frames=False)", lambda: rp.quantities(passages, frames=False, jobs=1), ours=True, repeat=10
            ),
            Contestant("quantities", lambda: rp.quantities(passages, jobs=1), ours=True),
        ],
        amount=words(passages),
        texts=texts.passages_are,
    )
