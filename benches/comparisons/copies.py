"""Copies, from raw text to verified pairs, against datasketch and rensa.

The peers' way is the one in their manuals: the set of 5-word shingles of a text, its MinHash of 128 permutations, an
LSH index with a threshold of 0.5, and every candidate verified by the resemblance of the sets.
"""

import argparse
import re

from contest import Comparison, Contestant
from texts import Texts, words

WORDS = re.compile(r"\w+")


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import reportedly as rp

    texts = Texts(options.data).versions
    return Comparison(
        "Copies",
        [
            Contestant("datasketch", lambda: by_datasketch(texts)),
            Contestant("rensa", lambda: by_rensa(texts)),
            Contestant("copies", lambda: len(rp.copies(texts, jobs=1)), ours=True, repeat=3),
        ],
        amount=words(texts),
        texts=f"{len(texts):,} texts with reprints among them, {words(texts):,} words",
        facts={
            "pairs found by datasketch": by_datasketch(texts),
            "pairs found by rensa": by_rensa(texts),
            "pairs found by reportedly": len(rp.copies(texts, jobs=1)),
        },
    )


def shingles(text: str) -> set[str]:
    """Five words in a row, each once."""
    found = WORDS.findall(text.lower())
    return {" ".join(found[i : i + 5]) for i in range(len(found) - 4)}


def verified(sets: list[set[str]], candidates: list[tuple[int, int]]) -> int:
    """How many of the candidates are alike."""

    def alike(a: set[str], b: set[str]) -> bool:
        both = len(a & b)
        return 2 * both >= len(a) + len(b) - both > 0

    return sum(alike(sets[i], sets[j]) for i, j in candidates)


def by_datasketch(texts: list[str]) -> int:
    """The pairs that datasketch leads to."""
    import datasketch

    index = datasketch.MinHashLSH(threshold=0.5, num_perm=128)
    sets, candidates = [], []
    for i, text in enumerate(texts):
        sets.append(shingles(text))
        sketch = datasketch.MinHash(num_perm=128)
        sketch.update_batch([s.encode() for s in sets[i]])
        candidates += [(int(j), i) for j in index.query(sketch)]
        index.insert(i, sketch)
    return verified(sets, candidates)


def by_rensa(texts: list[str]) -> int:
    """The pairs that rensa leads to."""
    import rensa

    index = rensa.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    sets, candidates = [], []
    for i, text in enumerate(texts):
        sets.append(shingles(text))
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(list(sets[i]))
        candidates += [(j, i) for j in index.query(sketch)]
        index.insert(i, sketch)
    return verified(sets, candidates)
