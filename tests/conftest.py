"""What several tests share."""

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
