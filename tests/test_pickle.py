"""Pickles return what went in."""

import copy
import pickle

import pytest

import reportedly as rp


def again(thing):
    return pickle.loads(pickle.dumps(thing))


def test_a_corpus_returns_with_its_claims(seeds):
    seeds.extract()
    back = again(seeds)
    assert repr(back) == repr(seeds)
    assert list(back) == list(seeds)
    assert back.claims.to_dicts() == seeds.claims.to_dicts()


def test_a_corpus_without_claims_stays_so():
    corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.', ""])
    back = again(corpus)
    assert "claim" not in repr(back)
    assert back.problems.to_dicts() == corpus.problems.to_dicts()
    assert back.claims == corpus.claims


def test_documents_claims_and_views_return(seeds):
    for document in seeds:
        assert again(document) == document
        assert again(document).claims[0] == document.claims[0]
    for claim in seeds.claims[::20]:
        assert again(claim) == claim
        assert hash(again(claim)) == hash(claim)
        assert again(claim).text == claim.text
    view = seeds.claims[5:50:5]
    assert again(view) == view
    assert hash(again(view)) == hash(view)


def test_values_return(seeds):
    claims = list(seeds.claims)
    values = [v for c in claims for v in (c.source, *c.quantities, *c.times, *c.places, *c.content_spans) if v]
    values += [*seeds[0].blocks]
    assert again(values) == values
    assert {type(v) for v in values} >= {rp.Source, rp.Place, rp.Span, rp.Block}


def test_a_reconciliation_returns(seeds):
    reconciliation = seeds.reconcile()
    back = again(reconciliation)
    assert back.ledger().to_dicts() == reconciliation.ledger().to_dicts()
    assert back.findings.to_dicts() == reconciliation.findings.to_dicts()


def test_copies_are_equal(seeds):
    claim = seeds.claims[3]
    assert copy.copy(claim) == copy.deepcopy(claim) == claim


@pytest.mark.parametrize(
    "cls", [rp.Corpus, rp.Document, rp.Claims, rp.Claim, rp.Reconciliation, rp.Span, rp.Tokens, rp.Token, rp.Name]
)
@pytest.mark.parametrize("data", [b"", b"x", b"\xff" * 40, b"\x10reportedly 9.9.9"])
def test_other_bytes_are_refused(cls, data):
    with pytest.raises(rp.FormatError, match="not stored by reportedly"):
        cls._restore(data)
