"""Speed of `corpus.search` against tantivy, on one core, on the same texts in the same run.

    pip install tantivy dist/reportedly-*.whl
    python benches/search.py [--data DIR] [--claims 100000]

In processor time, all threads together. What is searched are all claims and all sentences of a corpus, for tantivy as
one document each, in memory, without stored texts. *Index*: from texts that are there to an index that answers.
*Query*: the best 100 of words, two words, phrases and prefixes that occur in the texts, rare and frequent ones mixed;
ours gives the whole table with highlights, tantivy numbers of documents and scores only. The texts are the articles of
`DIR/polnear`, again and again, with other numbers in them; without `--data`, the seeds.
"""

import argparse
import importlib.metadata
import pathlib
import pickle
import random
import re
import time
from collections.abc import Callable

import tantivy
from texts import articles, renumbered

import reportedly as rp


def corpus(of: list[str], claims: int) -> rp.Corpus:
    """Articles in another order and with other numbers each time, up to so many claims."""
    chance = random.Random(1)
    sample = rp.Corpus.from_texts(of, jobs=1)
    rounds = -(-claims // max(1, len(sample.claims)))
    texts = [renumbered(text, chance) for _ in range(rounds) for text in chance.sample(of, len(of))]
    whole = rp.Corpus.from_texts(texts, jobs=1)
    whole.extract()
    return whole


def units(of: rp.Corpus) -> list[str]:
    claims = [claim.text for claim in of.claims]
    return claims + [sentence.text for document in of for sentence in document.sentences]


def queries(texts: list[str]) -> dict[str, list[str]]:
    chance = random.Random(2)

    def pick(most: int) -> list[str]:
        while True:
            words = re.findall(r"[A-Za-z]{3,}", chance.choice(texts))
            if len(words) >= most:
                start = chance.randrange(len(words) - most + 1)
                return words[start : start + most]

    return {
        "one word": [pick(1)[0] for _ in range(50)],
        "two words": [" ".join(chance.sample(pick(6), 2)) for _ in range(50)],
        "phrase": [f'"{" ".join(pick(2))}"' for _ in range(50)],
        "prefix": [f"{pick(1)[0][:4]}*" for _ in range(50)],
    }


def seconds(work: Callable[[], object], rounds: int) -> float:
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def tantivy_index(texts: list[str]) -> tantivy.Index:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", stored=False)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=500_000_000, num_threads=1)
    for text in texts:
        writer.add_document(tantivy.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    return index


def tantivy_query(index: tantivy.Index, query: str) -> tantivy.Query:
    if query.endswith("*"):
        return tantivy.Query.regex_query(index.schema, "text", query[:-1].lower() + ".*")
    words = query if query.startswith('"') else " ".join(f"+{word}" for word in query.split())
    return index.parse_query(words, ["text"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, help="folder with polnear/")
    parser.add_argument("--claims", type=int, default=100_000)
    arguments = parser.parse_args()

    whole = corpus(articles(arguments.data), arguments.claims)
    texts = units(whole)
    size = sum(len(document.text.encode()) for document in whole) / 1e6
    print(f"tantivy {importlib.metadata.version('tantivy')}, reportedly {rp.__version__}")
    print(f"{len(whole.claims)} claims, {len(texts)} units, {size:.1f} MB of articles\n")

    # A pickled corpus comes back without its index.
    pickled = pickle.dumps(whole)
    fresh = [pickle.loads(pickled) for _ in range(3)]
    ours = min(seconds(lambda c=each: c.search("zzz"), 1) for each in fresh)
    theirs = seconds(lambda: tantivy_index(texts), 2)
    print(f"{'index':<10} {size / ours:8.1f} MB/s  {theirs / ours:8.1f} times as fast as tantivy")

    index = tantivy_index(texts)
    searcher = index.searcher()
    for name, asked in queries(texts).items():
        prepared = [tantivy_query(index, query) for query in asked]
        ours = seconds(lambda q=asked: [whole.search(query) for query in q], 3) / len(asked)
        theirs = seconds(lambda q=prepared: [searcher.search(query, 100) for query in q], 3) / len(asked)
        print(
            f"{name:<10} {ours * 1e3:8.2f} ms    {theirs / ours:8.2f} times as fast as tantivy ({theirs * 1e3:.2f} ms)"
        )


if __name__ == "__main__":
    main()
