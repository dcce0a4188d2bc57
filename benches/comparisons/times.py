"""Times, against dateparser's search: as it is called when the language is not known, and with English alone to try."""

import argparse

from contest import Comparison, Contestant
from texts import Texts, words

#: Without a language, dateparser reads some hundred words a second.
FEW = 100


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    from dateparser.search import search_dates

    import reportedly as rp

    passages = Texts(options.data).passages[:FEW]
    return Comparison(
        "Times",
        [
            Contestant("dateparser", lambda: [search_dates(text) for text in passages], note="language not given"),
            Contestant(
                "dateparser, English given",
                lambda: [search_dates(text, languages=["en"]) for text in passages],
                note="languages=['en']",
            ),
            Contestant("times", lambda: rp.times(passages, jobs=1), ours=True, repeat=50),
        ],
        amount=words(passages),
        texts=f"the first {len(passages)} of the passages, {words(passages):,} words",
    )
