"""Saving, loading and adding, against the extraction that they spare: ours against ours."""

import argparse
import random
import tempfile
from pathlib import Path
from typing import Any

from contest import Comparison, Contestant
from texts import Texts, renumbered

ARTICLES = 300


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import reportedly as rp

    chance = random.Random(1)
    found = Texts(options.data).articles
    texts = [renumbered(chance.choice(found), chance) for _ in range(ARTICLES)]
    corpus = rp.Corpus.from_texts(texts, jobs=1)
    corpus.extract()
    more = rp.Corpus.from_texts(found[:1], ids=["new"], jobs=1)
    # Removed with the process.
    keep = tempfile.TemporaryDirectory()
    folder = Path(keep.name) / "saved"

    def extract() -> Any:
        return rp.Corpus.from_texts(texts, jobs=1).extract()

    def save() -> Any:
        return keep and corpus.save(folder)

    save()
    assert rp.load(folder) == corpus
    size, whole = sum(path.stat().st_size for path in folder.iterdir()), sum(len(text.encode()) for text in texts)
    return Comparison(
        "Saved corpora",
        [
            Contestant("extraction", extract, note="ours as well: what is spared"),
            Contestant("save", save, ours=True),
            Contestant("load", lambda: rp.load(folder, jobs=1), ours=True),
            Contestant("add one article", lambda: corpus.add(more), ours=True),
        ],
        amount=ARTICLES,
        unit="articles",
        texts=f"{ARTICLES} articles, {len(corpus.claims):,} claims",
        facts={"size on disk, in terms of the text": round(size / whole, 2)},
    )
