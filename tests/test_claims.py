"""Claims: views, filters, values."""

import datetime

import pytest

import reportedly as rp
from conftest import spans_of

KINDS = {"direct", "mixed", "indirect", "narrated"}
LABELS = {"certain", "probable", "possible", "unknown"}


def test_every_claim_is_whole(seeds):
    assert len(seeds.claims) > 50
    for claim in seeds.claims:
        assert claim.kind in KINDS
        assert claim.certainty_label in LABELS
        assert claim.polarity in "+-"
        assert -3 <= claim.certainty <= 3
        assert 0 <= claim.confidence <= 1
        assert claim.content
        assert claim.rule
        assert claim.kind == "narrated" or claim.cue
        assert claim.document.text[claim.start : claim.end] == claim.text
        assert claim.content == " … ".join(s.text for s in claim.content_spans)
        for span in spans_of(claim):
            assert claim.document.text[span.start : span.end] == span.text


def test_a_quotation_has_its_speaker(rain):
    claim = rain.claims.filter(source="Ann Lee")[0]
    assert (claim.source.name, claim.cue, claim.kind) == ("Ann Lee", "said", "direct")
    assert "It rains in Zürich" in claim.content
    match claim:
        case rp.Claim(source, cue, _):
            assert (source.mention, cue) == ("Ann Lee", "said")
        case _:
            pytest.fail("claims match by source, cue, content")


def test_the_chain_ends_with_the_source(seeds):
    for claim in seeds.claims:
        if claim.source:
            assert claim.source_chain[-1] == claim.source


def test_slices_are_views(seeds):
    claims = seeds.claims
    assert list(claims[2:8:3]) == [claims[2], claims[5]]
    assert next(iter(claims[::-1])) == claims[-1]
    assert len(claims[5:5]) == 0
    assert claims[:3] == claims[:3]
    assert claims[:3] != claims[1:4]
    assert hash(claims[:3]) == hash(claims[:3])
    assert [c.index for c in claims[4:6]] == [4, 5]
    with pytest.raises(IndexError):
        claims[len(claims)]


def test_a_document_has_its_own_claims(seeds):
    assert [c for d in seeds for c in d.claims] == list(seeds.claims)


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ({"kind": "direct"}, lambda c: c.kind == "direct"),
        ({"kind": ["direct", "mixed"]}, lambda c: c.kind in ("direct", "mixed")),
        ({"act": "deny"}, lambda c: c.act == "deny"),
        ({"polarity": "-"}, lambda c: c.polarity == "-"),
        ({"certainty": "probable"}, lambda c: c.certainty_label == "probable"),
        ({"min_certainty": 2}, lambda c: c.certainty >= 2),
        ({"min_confidence": 0.6}, lambda c: c.confidence >= 0.6),
        ({"has_quantity": True}, lambda c: len(c.quantities) > 0),
        ({"has_quantity": False}, lambda c: len(c.quantities) == 0),
        ({"place": "russia"}, lambda c: any(p.name == "Russia" or p.country == "RU" for p in c.places)),
        ({"document": "004_801dbc815b007bc0"}, lambda c: c.document.id == "004_801dbc815b007bc0"),
    ],
)
def test_filters_say_what_they_say(seeds, wanted, holds):
    kept = set(seeds.claims.filter(**wanted))
    if "place" in wanted:
        assert kept
        assert all(holds(c) for c in kept)
    else:
        assert kept == {c for c in seeds.claims if holds(c)}


def test_filters_by_date(seeds):
    dated = [c for c in seeds.claims if c.document.published]
    assert len(seeds.claims.filter(since="0001-01-01")) == len(dated)
    late = seeds.claims.filter(since=datetime.date(2024, 10, 26))
    assert all(c.document.published >= datetime.date(2024, 10, 26) for c in late)
    assert len(seeds.claims.filter(until="1999-12-31")) == 0


def test_filters_take_whole_words(rain):
    assert len(rain.claims.filter(source="ann")) == len(rain.claims.filter(source="ANN LEE")) > 0
    assert len(rain.claims.filter(source="an")) == 0
    assert len(rain.claims.filter(outlet="the daily")) == len(rain[0].claims)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"act": "denie"}, "act is .*denie.*deny"),
        ({"kind": ["direct", "x"]}, "kind is .*narrated"),
        ({"polarity": "minus"}, "polarity is"),
        ({"certainty": "sure"}, "certainty is .*probable"),
        ({"since": "yesterday"}, "since is .*2024-10-26"),
    ],
)
def test_filters_refuse_what_there_is_not(rain, wanted, message):
    with pytest.raises(rp.ArgumentError, match=message):
        rain.claims.filter(**wanted)


def test_explain_names_rule_cue_and_source(seeds):
    for claim in seeds.claims:
        why = claim.explain()
        assert claim.rule in why
        assert claim.certainty_label in why
        if claim.cue:
            assert claim.cue.split()[0] in why


def test_values_are_equal_if_they_say_the_same(seeds):
    for claim in seeds.claims[:40]:
        for value in (claim.source, *claim.quantities, *claim.times, *claim.places, *claim.content_spans):
            if value is not None:
                assert repr(value)
        assert claim.places == claim.places
        assert {hash(q) for q in claim.quantities} == {hash(q) for q in claim.quantities}
    assert seeds.claims[0] != seeds.claims[1]
    assert seeds.claims[0] != "a claim"


def test_claims_are_computed_once(rain):
    assert rain.claims == rain.extract() == rain.claims
    assert rain.claims.corpus[0] == rain[0]


def test_explain_tells_what_spoke_for_a_claim_and_what_was_left_open():
    text = (
        "The mayor, Ann Lee, said on Monday that the bridge was unsafe. "
        "Robert Falk met Ivo Marsh in the town hall. He said it would close."
    )
    claims = rp.Corpus.from_texts([text]).claims
    first = claims[0].explain()
    assert claims[0].rule == "model"
    assert 'lexicon     "say", state' in first
    assert "because     +" in first
    assert "of 100: cue, with its source and content" in first
    unnamed = [c for c in claims if c.cue == "said" and c.source is None]
    assert all("left open" in c.explain() or "names nobody" in c.explain() for c in unnamed)


def test_offices_and_descriptions_find_their_holders_across_articles():
    claims = rp.Corpus.from_texts(
        [
            "South Korea's Vice Foreign Minister Kim Hong-kyun met envoys on Monday. He said talks would go on.",
            "South Korea's vice foreign minister said that troops had arrived. "
            "South Korea's spy agency said 1,500 soldiers were in Russia.",
            "The National Intelligence Service (NIS) of South Korea said 1,500 soldiers were in Russia.",
        ]
    ).claims
    names = [c.source.name for c in claims if c.cue == "said"]
    service = "National Intelligence Service"
    assert names == ["Kim Hong-kyun", "Kim Hong-kyun", service, service]
