"""Positions: whatever the text, spans are what they say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import reportedly as rp
from conftest import check_language, spans_of

# Pieces that claims are made of, with characters that are one, two, three and four bytes long, joined by anything.
PIECES = st.sampled_from(
    [
        "“It rains,” Ann Lee said. ",
        '"Nein", sagte Müller. ',
        "Officials in Kyiv denied that 1,500 soldiers died on Friday. ",
        "According to 北京 sources, at least 3,000 people fled. ",
        "â€œIt rains,â€\x9d Ann Lee said. ",
        "Of\u00adficials \u200bsaid AT&amp;T of\ufb01ces were &quot;closed&quot;. ",
        "\u202eThe ministry\u202c said it wouldnâ€™t pay Â£1,500. ",
        "😀😀 ",
        "e\u0301 a\u0308 ",
        "\u200fשלום\u200e ",
        "\U0010ffff\ufffd\ue000\ud7ff ",
        "👩‍👩‍👧‍👦 said ",
        "\x00\x1b[31m ",
        "\n\n",
        "\r\n- ",
        "### ",
        "”“’‘\"'",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=12).map("".join)


def check(text: str) -> None:
    document = rp.Corpus.from_texts([text])[0]
    assert document.text == text
    check_language(document)
    for part in [*document.blocks, *document.sentences]:
        assert text[part.start : part.end] == part.text
    for claim in document.claims:
        assert text[claim.start : claim.end] == claim.text
        for span in spans_of(claim):
            assert text[span.start : span.end] == span.text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_spans_are_what_they_say(text):
    check(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n",
        "\x00",
        "\x00said\x00 \x00",
        "😀",
        "😀" * 3000,
        "👍🏽 🏳️‍🌈 👩‍👩‍👧‍👦 ☃️ 🇰🇷🇰",
        "a" * 100_000,
        "é" * 5000,
        "“" * 999,
        "\ufeffIt rained.",
        "\ufeff\ufeff",
        "\u200b\u2060\u00ad",
        "e\u0301\u0302\u0303 Z̸̡̛̬a̵͇l̴̰g̶̣o̷̢ said so.",
        "\u202eThe mayor said no.\u202c \u2066x\u2069",
        "قال المتحدث: «لا نعلم». ثم غادر.",
        "שלום, אמר ראש העיר. “No,” he said.",
        "日本政府は金曜日に発表した。「知らない」と述べた。",
        "ﬁne Ⅷ ½ ① ß İstanbul ŉ",
        "<script>alert('said')</script> &amp; %s %n {0} $(ls) ../../etc",
        "'; DROP TABLE claims; --",
        "1/0 NaN -Infinity 1e309 0x 1,000,,000 $",
        "...!?!?… ?! . . .",
        "\u2028\u2029\x85\x0b\x0c",
        "\ufffe\uffff\U0010ffff",
        "a\rb\r\nc\n\rd",
        "\\\" ' `` ,, ‹ › « » ‚ „",
    ],
)
def test_odd_texts(text):
    check(text)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.characters() | st.characters(categories=["Cs"]) | PIECES, max_size=12).map("".join))
def test_lone_surrogates_are_replaced_one_for_one(text):
    corpus = rp.Corpus.from_texts([text])
    clean = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)
    assert corpus[0].text == clean
    assert ("encoding" in corpus.problems["kind"]) == (clean != text)
    for claim in corpus.claims:
        assert clean[claim.start : claim.end] == claim.text
