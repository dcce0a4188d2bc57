"""Sentences, against pySBD: whole articles, `clean=False` and no character spans, its fastest way."""

import argparse

from contest import Comparison, Contestant
from texts import Texts, words


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import pysbd

    import reportedly as rp

    texts = Texts(options.data)
    articles = texts.articles
    segmenter = pysbd.Segmenter(language="en", clean=False)
    return Comparison(
        "Sentences",
        [
            Contestant("pySBD", lambda: [segmenter.segment(text) for text in articles]),
            Contestant(
                "documents with their sentences",
                lambda: [document.sentences for document in rp.Corpus.from_texts(articles, jobs=1)],
                ours=True,
                repeat=5,
                note="lines, metadata, headings and boilerplate as well",
            ),
        ],
        amount=words(articles),
        texts=texts.articles_are,
    )
