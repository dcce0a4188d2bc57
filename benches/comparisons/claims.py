"""From raw text to claims, against spaCy's small pipeline, and against textacy's direct quotations on top of it.

The narrower comparison is that of trees: text to tokens, tags, lemmas, trees and names here; tags and trees there. The
wider one is that of the whole: every attributed claim with source, cue, certainty, figures, times and places here;
there the same tags and trees, or with textacy, quotations between quotation marks.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from contest import Comparison, Contestant
from texts import Texts, words

#: What spaCy gets at once: the way that suits it best counts.
BATCHES = [("articles", 8), ("articles", 32), ("paragraphs", 32), ("paragraphs", 64), ("paragraphs", 256)]


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import spacy
    from pipeline import with_lemmas
    from textacy.extract import direct_quotations

    import reportedly as rp

    texts = Texts(options.data)
    articles = texts.articles
    pieces = {"articles": articles, "paragraphs": [p for text in articles for p in text.splitlines() if p.strip()]}
    pipeline = spacy.load(options.model)
    full = with_lemmas(Path(options.model))

    def piped(of: str, size: int) -> Callable[[], object]:
        return lambda: [len(doc) for doc in pipeline.pipe(pieces[of], batch_size=size)]

    # The first run is slower for all ways alike.
    piped("paragraphs", 64)()
    of, size = min(BATCHES, key=lambda way: once(piped(*way)))

    def quotations() -> tuple[int, int]:
        found = unclosed = 0
        for doc in full.pipe(pieces[of], batch_size=size):
            try:
                found += sum(1 for _ in direct_quotations(doc))
            except ValueError:
                unclosed += 1
        return found, unclosed

    found, unclosed = quotations()
    claims = rp.Corpus.from_texts(articles, jobs=1).claims
    kinds = claims.to_arrow().column("kind").to_pylist() if len(claims) else []
    batches = f"batches of {size} {of}, its best way"
    trees, quotes = "spaCy: tags and trees", "spaCy and textacy: direct quotations"
    whole, layer = "claims", "tokens, tags, lemmas, trees and names"
    return Comparison(
        "From text to claims",
        [
            Contestant(trees, piped(of, size), note=batches),
            Contestant(quotes, quotations, note="parts of speech and lemmas by look-up"),
            Contestant(whole, lambda: len(rp.Corpus.from_texts(articles, jobs=1).claims), ours=True),
            Contestant(
                "claims as Python objects", lambda: rp.Corpus.from_texts(articles, jobs=1).claims.to_dicts(), ours=True
            ),
            Contestant(layer, lambda: [d.tokens for d in rp.Corpus.from_texts(articles, jobs=1)], ours=True),
        ],
        amount=words(articles),
        texts=texts.articles_are,
        pairs=[(whole, quotes), (whole, trees), ("claims as Python objects", quotes), (layer, trees)],
        facts={
            "claims": len(claims),
            "attributed claims": sum(kind != "narrated" for kind in kinds),
            "quotations found by textacy": found,
            f"{of} in which textacy gives up on unclosed quotation marks": unclosed,
        },
    )


def once(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    started = time.process_time()
    work()
    return time.process_time() - started
