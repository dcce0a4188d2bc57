"""Many threads at once on one corpus, and on many: each gets what it would get alone."""

import pickle
import random
import threading
from collections.abc import Callable

import pyarrow as pa

import reportedly as rp
from conftest import SEEDS

TEXTS = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.iterdir())]
THREADS = 12
ROUNDS = 3

#: Everything that may be asked of a corpus, as something that can be compared.
QUESTIONS: dict[str, Callable[[rp.Corpus], object]] = {
    "claims": lambda c: c.claims.to_dicts(),
    "extract": lambda c: len(c.extract()),
    "filter": lambda c: [claim.content for claim in c.claims.filter(act=["deny", "warn"], min_confidence=0.5)],
    "objects": lambda c: [(k.source and k.source.name, k.cue, [s.start for s in k.content_spans]) for k in c.claims],
    "arrow": lambda c: pa.table(c.claims).num_rows,
    "pandas": lambda c: c.claims.to_pandas()["content"].tolist(),
    "polars": lambda c: c.claims.to_polars()["start"].to_list(),
    "explain": lambda c: c.claims[len(c.claims) // 2].explain(),
    "documents": lambda c: [(d.id, d.title, d.published, len(d.sentences), len(d.blocks)) for d in c],
    "tokens": lambda c: [t.lemma for t in c[0].tokens][:200],
    "names": lambda c: [n.text for n in c[-1].names],
    "independent": lambda c: c.claims.independent.to_dicts(),
    "findings": lambda c: c.reconcile().findings.to_dicts(),
    "ledger": lambda c: c.reconcile().ledger("soldiers").to_dicts(),
    "series": lambda c: c.reconcile().ledger().series().to_dicts(),
    "search": lambda c: c.search('soldiers OR "North Korea" -drill').to_dicts(),
    "pickle": lambda c: len(pickle.loads(pickle.dumps(c)).claims),
    "add": lambda c: len(c.add(rp.Corpus.from_texts(["“No,” Ann Lee said."])).claims),
    "equal": lambda c: (c == c, hash(c)),
    "shown": lambda c: (repr(c.claims), c._repr_html_() is not None),
    "figures": lambda c: [
        rp.quantities(c[1].text).to_dicts(),
        rp.times(c[1].text).to_dicts(),
        rp.places("Seoul")["name"],
    ],
    "copies": lambda c: rp.copies([d.text for d in c] * 2).to_dicts(),
    "problems": lambda c: c.problems.to_dicts(),
    "refusal": lambda c: refused(lambda: c.claims.filter(act="sing")),
}


def refused(ask: Callable[[], object]) -> str:
    try:
        ask()
    except rp.ArgumentError as error:
        return str(error)
    raise AssertionError("it was not refused")


def hammer(work: Callable[[int], None]) -> None:
    """Starts all threads at one moment, and lets none of them fail in silence."""
    gate, wrong = threading.Barrier(THREADS), []

    def run(number: int) -> None:
        try:
            gate.wait(60)
            work(number)
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(240)
    assert not any(thread.is_alive() for thread in threads), "some wait for each other"
    if wrong:
        raise wrong[0]


def corpus(jobs: int | None = None) -> rp.Corpus:
    return rp.Corpus.from_texts(TEXTS, published=["2024-10-26"] * len(TEXTS), jobs=jobs)


def test_everything_is_asked_of_one_corpus_at_once():
    alone = corpus(jobs=1)
    expected = {name: ask(alone) for name, ask in QUESTIONS.items()}
    for jobs in (1, None):
        shared = corpus(jobs)

        def work(number: int, shared: rp.Corpus = shared) -> None:
            order = random.Random(number).sample(sorted(QUESTIONS), len(QUESTIONS))
            for name in order:
                got = QUESTIONS[name](shared)
                assert name == "shown" or got == expected[name], name

        hammer(work)


def test_corpora_are_made_saved_and_loaded_at_once(tmp_path):
    rows = corpus(jobs=1).claims.to_dicts()

    def work(number: int) -> None:
        for turn in range(ROUNDS):
            own = corpus(jobs=number % 3 + 1)
            own.save(tmp_path / f"{number}-{turn}.reportedly")
            assert rp.load(tmp_path / f"{number}-{turn}.reportedly").claims.to_dicts() == rows

    hammer(work)


def test_iterators_are_shared_without_loss():
    shared = corpus()
    claims, documents = iter(shared.claims), iter(shared)
    taken: list[object] = []

    def work(number: int) -> None:
        for item in (claims, documents)[number % 2]:
            taken.append((type(item).__name__, item.index))

    hammer(work)
    expected = [("Claim", i) for i in range(len(shared.claims))] + [("Document", i) for i in range(len(shared))]
    assert sorted(taken) == expected
