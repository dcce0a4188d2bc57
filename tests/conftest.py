"""What several tests share."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest

import reportedly as rp

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def seeds() -> rp.Corpus:
    """The founding articles."""
    return rp.read(SEEDS)


@pytest.fixture(scope="session")
def rain() -> rp.Corpus:
    """Two short articles, with characters of one to four bytes."""
    texts = [
        "“It rains in Zürich,” Ann Lee said on Friday. 😀 The mayor denied that 1,500 soldiers were sent to Bern.",
        'Officials warned that at least 3,000 people could be affected. "We wait," Bob Ray told reporters.',
    ]
    return rp.Corpus.from_texts(
        texts, published=["2024-10-25", None], outlets=["The Daily", None], titles=["Rain", None], ids=["rain", "wait"]
    )


def spans_of(claim: rp.Claim) -> list[rp.Span]:
    """Every span that a claim shows."""
    spans = [*claim.source_spans, *claim.cue_spans, *claim.content_spans]
    spans += [q.span for q in claim.quantities] + [q.counted for q in claim.quantities if q.counted]
    spans += [t.span for t in claim.times] + [p.span for p in claim.places]
    spans += [s for source in claim.source_chain for s in source.spans]
    return spans + ([claim.sentence] if claim.sentence else [])


def check_language(document: rp.Document) -> None:
    """Sentences and tokens tile what they are cut from, every sentence has a tree, names are legal IOB2."""
    text, tokens, sentences = document.text, list(document.tokens), document.sentences
    assert [t.index for t in tokens] == list(range(len(tokens)))
    end = 0
    for token in tokens:
        assert text[token.start : token.end] == token.text != ""
        assert token.start >= end
        end = token.end
        assert token.lemma
        assert token.upos
        assert token.xpos

    trees: dict[int, list[rp.Token]] = {}
    for token in tokens:
        trees.setdefault(token.sentence, []).append(token)
    assert list(trees) == list(range(len(sentences)))
    for number, words in trees.items():
        sentence = sentences[number]
        assert text[sentence.start : sentence.end] == sentence.text
        assert (words[0].start, words[-1].end) == (sentence.start, sentence.end)
        for before, after in pairwise(words):
            assert is_blank(text[before.end : after.start])
        check_tree(words)

    check_entities(tokens)
    named = [t for t in tokens if t.entity.startswith("B-")]
    assert [(n.start, n.kind) for n in document.names] == [(t.start, t.entity[2:]) for t in named]
    for name in document.names:
        assert text[name.start : name.end] == name.text


def is_blank(between: str) -> bool:
    """Whether nothing is lost: white space, and characters that leave no ink."""
    return all(c.isspace() or unicodedata.category(c) in ("Cc", "Cf") for c in between)


def check_tree(words: list[rp.Token]) -> None:
    """One root, every head in the sentence, and no way round."""
    places = {t.index: t for t in words}
    (root,) = (t for t in words if t.head is None)
    assert root.deprel == "root"
    assert all(t.deprel != "root" for t in words if t is not root)
    reaches = {root.index}
    for token in words:
        way = set()
        while token.index not in reaches:
            assert token.index not in way, f"a cycle at {token!r}"
            way.add(token.index)
            assert token.head in places, f"a head outside of the sentence: {token!r}"
            token = places[token.head]
        reaches.update(way)


def check_entities(tokens: list[rp.Token]) -> None:
    """I goes on with a name of its kind, in its sentence."""
    before = None
    for token in tokens:
        assert token.entity == "O" or token.entity[:2] in ("B-", "I-")
        assert token.entity == "O" or token.entity[2:] in ("PER", "ORG", "LOC", "MISC")
        if token.entity.startswith("I-"):
            assert before is not None
            assert before.entity[1:] == token.entity[1:]
            assert before.sentence == token.sentence
        before = token
