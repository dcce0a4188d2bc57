"""What objects look like in a notebook: escaped, whole, the same cost for any length, and readable by all."""

import time
from html.parser import HTMLParser

import pytest

import reportedly as rp
from reportedly._bars import bars
from reportedly._marks import Mark, styled, visible
from reportedly._show import cell, document_html, frame_text

VOID = {"br", "path", "circle", "rect"}
HOSTILE = (
    '"<script>alert(1)</script> is here," Ann <b>Lee said. </style></script> & &amp; \x00\x1b[31m\x7f\x85 '
    f"\u202eBob Ray denied that 12 had died. Officials said that {'x' * 10_000} would wait."
)


class Page(HTMLParser):
    """What the HTML of a display holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""
        self.styles: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            # Nothing that runs, fetches, or depends on a style sheet that hosts drop.
            assert not name.startswith("on")
            assert name not in ("class", "id", "src", "href")
            if name == "style":
                self.styles.append(value)
        if tag == "th":
            assert dict(attrs)["scope"] in ("col", "row", "rowgroup")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


ALLOWED = {
    *("div", "p", "b", "span", "br", "ul", "li", "code", "pre", "details", "summary"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "path", "circle", "rect"),
}


def check(thing) -> Page:
    html = thing if isinstance(thing, str) else thing._repr_html_()
    page = Page(html)
    assert page.tags <= ALLOWED
    assert len(html) < 250_000
    for style in page.styles:
        # Legible on light and dark: no opaque ground, no colour of the text. Printed whole: no height, nothing cut.
        names = {part.split(":")[0].strip() for part in style.split(";")}
        assert not names & {"height", "max-height", "overflow", "overflow-x", "position"}
        assert "color:" not in style.replace("background-color:", "").replace("color:inherit", "") or "border" in style
    if "table" in page.tags:
        assert "caption" in page.tags
    return page


def things(corpus: rp.Corpus):
    corpus.extract()
    rec = corpus.reconcile()
    yield from (corpus, corpus.claims, corpus.claims[:0], corpus.documents, corpus.problems, rec, rec.ledger())
    yield from (rec.findings, rec.copies, rec.stories, rec.origins, rec.parties, rec.propositions)
    yield from (rec.ledger().series(), corpus.search("soldiers"))
    for document in corpus:
        yield from (document, document.tokens, document.tokens[:0], document.dates)
    yield from corpus.claims[:40]


def test_everything_of_the_seeds_shows(seeds):
    for thing in things(seeds):
        check(thing)


def test_everything_of_nothing_shows():
    for thing in things(rp.Corpus.from_texts([])):
        check(thing)
    for thing in things(rp.Corpus.from_texts([""])):
        check(thing)


def test_hostile_text_stays_text():
    corpus = rp.Corpus.from_texts(
        [HOSTILE, "Ann Lee said <script>alert(2)</script> that 3,000 soldiers had been sent."],
        titles=["</table><script>alert(3)</script>", "\u202e" + "y" * 10_000],
        outlets=["<img src=x onerror=alert(4)>", None],
        ids=["'\"><x>", None],
        published=["2024-10-25", "2024-10-26"],
    )
    for thing in things(corpus):
        page = check(thing)
        # Controls and overrides are named, so that they act on nothing, in a terminal neither.
        for text in (page.text, repr(thing) if isinstance(thing, rp.Frame) else ""):
            assert not any(c in text for c in "\x00\x1b\x7f\u202e")
    assert "<script>alert(1)</script>" in check(corpus[0]).text
    assert "</table><script>alert(3)</script>" in check(corpus).text


def test_the_claim_is_marked_in_its_sentence(rain):
    claim = rain.claims.filter(source="bob")[0]
    page = check(claim)
    assert claim.content in page.text
    assert "Bob Ray" in page.text
    html = claim._repr_html_()
    assert html.count("font-weight:600;") + html.count('font-weight:600"') >= 1
    assert f"characters {claim.start:,} to {claim.end:,}" in page.text
    assert "rule" in page.text


def test_a_long_passage_is_cut_around_its_claim():
    text = "Because " + "it rained and " * 200 + "the river rose, Ann Lee said."
    claims = rp.Corpus.from_texts([text]).claims.filter(source="lee")
    shown = check(claims).text
    assert len(shown) < 600 * len(claims)
    assert "…" in shown
    assert "Ann Lee" in shown or claims[0].content[:20] in shown


def test_the_ledger_draws_what_may_be_compared(seeds):
    ledger = seeds.reconcile().ledger()
    html = ledger._repr_html_()
    page = check(ledger)
    labels = set(ledger["label"])
    assert labels
    for label in labels:
        assert page.text.count(label) >= 1
    assert html.count("<svg aria-hidden") >= sum(r["change"] is None for r in ledger)
    assert "≥ 3,000" in page.text


def test_findings_are_sentences_with_evidence(seeds):
    findings = seeds.reconcile().findings
    page = check(findings)
    for row in findings:
        assert row["message"] in page.text
        for passage in row["evidence"][:3]:
            assert " ".join(passage["text"].split())[:200] in page.text
    assert "changes how the corpus is to be read" in page.text
    assert "deserves a look" in page.text
    # A reconciliation shows them, too, and says what else there is.
    whole = check(seeds.reconcile())
    assert findings[0]["message"] in whole.text
    assert "reconciliation.copies" in whole.text


@pytest.fixture(scope="module")
def million():
    """A table of a million rows, made cheaply."""
    frame = rp.quantities(["5 " * 1000] * 1000, frames=False)
    assert len(frame) == 1_000_000
    return frame


def fastest(work) -> float:
    """Seconds of the best of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return min(times)


def test_a_million_rows_show_at_once(million):
    page = check(million)
    assert "1,000,000 quantities" in page.text
    assert "and 999,980 more: frame[20]" in page.text
    assert "999,995 more rows" in repr(million)
    assert fastest(million._repr_html_) < 0.02
    assert fastest(lambda: repr(million)) < 0.02


def test_more_claims_cost_no_more():
    corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'] * 3000)
    claims = corpus.claims
    assert "and 2,980 more: claims[20:40], claims.filter(…), claims.to_pandas()" in check(claims).text
    for thing in (corpus, claims, corpus[2999]):
        assert fastest(thing._repr_html_) < 0.05
    assert "3,000 documents, 3,000 claims" in check(corpus).text


def test_a_long_document_shows_its_beginning():
    paragraph = "Ann Lee said that it rained. " * 40
    corpus = rp.Corpus.from_texts([f"{paragraph}\n\n" * 100])
    text = corpus[0].text
    page = check(document_html(corpus[0]))
    assert f"and {len(text) - 20_000:,} more characters" in page.text
    assert "document.text" in page.text
    # Where claims are not known and not soon had, the display says so, and does not extract them.
    plain = check(document_html(rp.Corpus.from_texts([text])[0], marked=False))
    assert "not extracted yet" in plain.text


def test_a_display_does_not_extract_a_large_corpus():
    corpus = rp.Corpus.from_texts(["Ann Lee said that it rained. " * 50] * 100)
    corpus._repr_html_()
    assert "claims" not in repr(corpus)


def test_narrow_tables_say_what_they_leave_out(seeds):
    text = check(rp.quantities(seeds[0].text)).text
    assert "More columns: " in text


@pytest.mark.parametrize("low", [0.0, -5.0, 1e-9, 1.0, 1e300, None])
@pytest.mark.parametrize("high", [None, 1.0, 7.0, 1e6, 1e308, -1e308, float("inf")])
def test_bars_of_any_figures(low, high):
    row = {"low": low, "high": high, "change": None, "hypothetical": False, "relation": "range"}
    drawn = bars([row, row | {"low": 3.0, "high": 3.0}, row | {"change": "additional"}])
    assert "nan" not in "".join(drawn)
    assert "inf" not in "".join(drawn)
    assert drawn[1].startswith("<svg")
    assert drawn[2] == ""
    for svg in filter(None, drawn):
        assert Page(svg).tags <= {"svg", "path", "circle", "rect"}


def test_equal_figures_lie_under_each_other():
    row = {"change": None, "hypothetical": False, "relation": "="}
    a, b, c = bars([row | {"low": x, "high": x} for x in (1000.0, 3000.0, 1000.0)])
    assert a == c != b


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("a\tb\n", "a\tb\n"),
        ("\x00\x1b\x7f\x85\x9b", "␀␛␡\x85\ufffd"),
        ("\u202eabc\u202d", "⟨RLO⟩abc⟨LRO⟩"),
        ("שלום \u200f é 😀", "שלום \u200f é 😀"),
    ],
)
def test_what_acts_is_named(text, shown):
    assert visible(text) == shown


def test_marks_differ_in_more_than_colour():
    roles = ("source", "cue", "content", "figure")
    styles = [styled("x", [Mark(0, 1, role)]) for role in roles]
    without = [s.replace("rgba", "") for s in styles]
    assert len(set(without)) == 4
    assert "font-weight" in styles[0]
    assert "font-style" in styles[1]
    assert "border-bottom" in styles[3]


def test_cells_are_one_line():
    assert cell("a\n b\x1b[0m") == "a b␛[0m"
    assert cell(["x", {"text": "y"}]) == "x, y"
    assert cell(1234567.0) == "1,234,567"
    assert cell("x" * 100, 10) == "x" * 9 + "…"


def test_frames_in_a_terminal(seeds):
    assert frame_text(seeds.documents, "documents").startswith("<Frame: 5 documents>")
