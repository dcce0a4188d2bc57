"""Speed of `corpus.save`, `rp.load` and `corpus.add` against extraction, which they spare, in the same run.

    pip install dist/reportedly-*.whl
    python benches/storage.py [--data DIR] [--documents 1000]

In processor time, all threads together. *Add* is one more article to a corpus whose claims are known. The texts are the
articles of `DIR/polnear`, again and again, with other numbers in them; without `--data`, the seeds.
"""

import argparse
import pathlib
import random
import resource
import tempfile
import time
from collections.abc import Callable
from typing import Any

from texts import articles, renumbered

import reportedly as rp


def clock(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=1000)
    options = parser.parse_args()
    chance = random.Random(1)
    found = articles(options.data, ["train"])
    texts = [renumbered(chance.choice(found), chance) for _ in range(options.documents)]
    rp.Corpus.from_texts(texts[:3]).extract()
    corpus = rp.Corpus.from_texts(texts)
    extraction, _ = clock(corpus.extract)
    with tempfile.TemporaryDirectory() as folder:
        saving, _ = clock(lambda: corpus.save(folder))
        loading, back = clock(lambda: rp.load(folder))
        assert back == corpus
        size = sum(path.stat().st_size for path in pathlib.Path(folder).iterdir())
    more = rp.Corpus.from_texts(found[:1], ids=["new"])
    adding, _ = clock(lambda: corpus.add(more))
    whole = sum(len(text.encode()) for text in texts)
    print(f"{len(corpus):,} documents, {len(corpus.claims):,} claims, {whole / 1e6:.1f} MB of text")
    print(f"extraction {extraction:.2f} s")
    for name, seconds in (("save", saving), ("load", loading), ("add one", adding)):
        print(f"{name:10} {seconds:.2f} s, {extraction / max(seconds, 1e-9):.0f} times faster")
    print(f"on disk    {size / 1e6:.1f} MB, {size / whole:.2f} of the text")
    print(f"memory     {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB at most")


if __name__ == "__main__":
    main()
