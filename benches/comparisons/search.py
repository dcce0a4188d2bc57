"""Search in claims and sentences, against tantivy in memory, without stored texts.

*Index*: from texts that are there to an index that answers. *Query*: the best 100 of words, two words, phrases and
prefixes that occur in the texts, rare and frequent ones mixed; ours gives the whole table with highlights, tantivy
numbers of documents and scores only.
"""

import argparse
import pickle
import random
import re
from collections.abc import Callable
from typing import Any

from contest import Comparison, Contestant
from texts import Texts, renumbered

ARTICLES = 500


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import reportedly as rp

    chance = random.Random(1)
    articles = Texts(options.data).articles
    many = [renumbered(chance.choice(articles), chance) for _ in range(ARTICLES)]
    corpus = rp.Corpus.from_texts(many, jobs=1)
    texts = [claim.text for claim in corpus.claims]
    texts += [sentence.text for document in corpus for sentence in document.sentences]
    # A pickled corpus comes back without its index.
    pickled = pickle.dumps(corpus)
    fresh: list[Any] = []

    def indexed() -> None:
        fresh.pop().search("zzz")

    fresh += [pickle.loads(pickled) for _ in range(options.rounds + 1)]
    index = tantivy_index(texts)
    asked = queries(texts)
    corpus.search("zzz")
    contestants = [
        Contestant("tantivy: index", lambda: tantivy_index(texts)),
        Contestant("search: index", indexed, ours=True),
    ]
    for name, of in asked.items():
        prepared = [tantivy_query(index, query) for query in of]
        for who, work in (("tantivy", by_tantivy(index, prepared)), ("search", by_us(corpus, of))):
            contestants.append(
                Contestant(f"{who}: {name}", work, ours=who == "search", repeat=5, amount=len(of), unit="queries")
            )
    return Comparison(
        "Search",
        contestants,
        amount=len(texts),
        unit="claims and sentences",
        texts=f"{len(corpus.claims):,} claims and their sentences, {len(texts):,} units",
        pairs=[(f"search: {name}", f"tantivy: {name}") for name in ["index", *asked]],
    )


def by_tantivy(index: Any, prepared: list[Any]) -> Callable[[], object]:
    """All queries of a kind."""
    searcher = index.searcher()
    return lambda: [searcher.search(query, 100) for query in prepared]


def by_us(corpus: Any, asked: list[str]) -> Callable[[], object]:
    """The same."""
    return lambda: [corpus.search(query) for query in asked]


def queries(texts: list[str]) -> dict[str, list[str]]:
    """Fifty of each kind, out of the texts."""
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


def tantivy_index(texts: list[str]) -> Any:
    """An index of a field, made by one thread."""
    import tantivy

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


def tantivy_query(index: Any, query: str) -> Any:
    """Our query, as tantivy wants it."""
    import tantivy

    if query.endswith("*"):
        return tantivy.Query.regex_query(index.schema, "text", query[:-1].lower() + ".*")
    words = query if query.startswith('"') else " ".join(f"+{word}" for word in query.split())
    return index.parse_query(words, ["text"])
