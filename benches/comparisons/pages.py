"""Articles out of web pages, against trafilatura: its `bare_extraction` with metadata, without comments.

Ours gets the bytes, finds the encoding, and cuts the article into sentences as well.
"""

import argparse

from contest import Comparison, Contestant
from texts import Texts


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import trafilatura

    import reportedly as rp

    texts = Texts(options.data)
    pages = texts.pages
    raw = [page.encode() for page, _ in pages]
    size = sum(map(len, raw)) / 1e6
    kind = "pages made around generated articles" if options.data is None else "kept pages of news"

    def theirs() -> None:
        for page, url in pages:
            trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False)

    return Comparison(
        "Web pages",
        [
            Contestant("trafilatura", theirs),
            Contestant("read", lambda: len(rp.read(raw, jobs=1)), ours=True),
        ],
        amount=len(pages),
        unit="pages",
        texts=f"{len(pages)} {kind}, {size:.1f} MB",
    )
