"""Speed of `rp.copies` against datasketch and rensa, on one core, on the same texts in the same run; and how it grows.

    pip install datasketch rensa dist/reportedly-*.whl
    python benches/copies.py [--data DIR] [--documents 100000]

From raw text to verified pairs, in processor time. The peers' way is the one in their manuals: the set of 5-word
shingles of a text, its MinHash of 128 permutations, an LSH index with a threshold of 0.5, and every candidate
verified by the resemblance of the sets. The texts are the articles of `DIR/polnear`, each with two versions that the
peers can find: without its last third, and under another headline; without `--data`, they are generated.

The curve is of generated texts: sentences of the seeds (or of the corpus), picked at random, every fourth word
replaced; one text in ten is an earlier one, cut or edited.
"""

import argparse
import importlib.metadata
import pathlib
import random
import re
import time
from collections.abc import Callable

import datasketch
import rensa
from texts import articles

import reportedly as rp

WORDS = re.compile(r"\w+")


def generated(of: list[str], count: int, seed: int = 1) -> list[str]:
    chance = random.Random(seed)
    sentences = [s.split() for text in of for s in re.split(r"(?<=[.!?])\s+", text) if 6 <= len(s.split()) <= 60]
    vocabulary = sorted({word for words in sentences for word in words})
    texts: list[str] = []
    while len(texts) < count:
        if texts and len(texts) % 10 == 0:
            words = texts[chance.randrange(len(texts))].split()
            if chance.random() < 0.5:
                words = words[: len(words) * 6 // 10]
            else:
                for i in range(chance.randrange(10), len(words), 10):
                    words[i] = chance.choice(vocabulary)
        else:
            words = []
            while len(words) < 500:
                words += chance.choice(sentences)
            for i in range(chance.randrange(4), len(words), 4):
                words[i] = chance.choice(vocabulary)
        texts.append(" ".join(words))
    return texts


def versions(of: list[str]) -> list[str]:
    cut = [" ".join(text.split(" ")[: len(text.split(" ")) * 2 // 3]) for text in of]
    framed = ["Other headline of another desk.\n\n" + text.partition("\n\n")[2] for text in of]
    return of + cut + framed


def shingles(text: str) -> set[str]:
    words = WORDS.findall(text.lower())
    return {" ".join(words[i : i + 5]) for i in range(len(words) - 4)}


def verified(sets: list[set[str]], candidates: list[tuple[int, int]]) -> int:
    def alike(a: set[str], b: set[str]) -> bool:
        both = len(a & b)
        return 2 * both >= len(a) + len(b) - both > 0

    return sum(alike(sets[i], sets[j]) for i, j in candidates)


def by_datasketch(texts: list[str]) -> int:
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
    index = rensa.RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    sets, candidates = [], []
    for i, text in enumerate(texts):
        sets.append(shingles(text))
        sketch = rensa.RMinHash(num_perm=128, seed=42)
        sketch.update(list(sets[i]))
        candidates += [(j, i) for j in index.query(sketch)]
        index.insert(i, sketch)
    return verified(sets, candidates)


def ours(texts: list[str]) -> int:
    return len(rp.copies(texts, jobs=1))


def seconds(work: Callable[[list[str]], int], texts: list[str], rounds: int) -> tuple[float, int]:
    taken, found = [], 0
    for _ in range(rounds):
        started = time.process_time()
        found = work(texts)
        taken.append(time.process_time() - started)
    return min(taken), found


arguments = argparse.ArgumentParser()
arguments.add_argument("--data", type=pathlib.Path)
arguments.add_argument("--rounds", type=int, default=3)
arguments.add_argument("--documents", type=int, default=100_000)
options = arguments.parse_args()

sources = articles(options.data)
texts = generated(sources, 1_000) if options.data is None else versions(sources)
mine, pairs = seconds(ours, texts, options.rounds)
words = sum(len(text.split()) for text in texts)
print(f"{len(texts):,} texts, {words:,} words: {mine:.3f} s, {words / mine:,.0f} words a second, {pairs:,} pairs")
for name, work in [("datasketch", by_datasketch), ("rensa", by_rensa)]:
    theirs, pairs = seconds(work, texts, 1 if name == "datasketch" else options.rounds)
    version = importlib.metadata.version(name)
    print(f"{theirs / mine:5.1f} times {name} {version} ({theirs:.2f} s, {pairs:,} pairs)")

print("documents, seconds, microseconds a document, pairs")
many = generated(sources, options.documents)
size = 1
while size <= len(many):
    taken, pairs = seconds(ours, many[:size], options.rounds if size < 10_000 else 1)
    print(f"{size:8,} {taken:9.4f} {1e6 * taken / size:8.1f} {pairs:8,}")
    size *= 10
