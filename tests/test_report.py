"""The report page: self-contained, escaped, every link leads somewhere."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest

import reportedly as rp
from reportedly import report
from reportedly._figures import bounds, certainty_label, number
from reportedly._intervals import chart
from reportedly._marks import Mark, segments, styled
from reportedly._summary import summary

VOID = {"meta", "line", "circle"}
OPTIONAL = {"tr", "td", "th", "li"}


class Page(HTMLParser):
    """Collects what a page holds, and whether its elements close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.urls: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value)
            elif name == "href":
                self.links.append(value)
            elif name in ("src", "srcset", "action", "data", "poster"):
                self.urls.append(value)
            assert not name.startswith("on"), f"{tag} {name}"
        if tag not in VOID | OPTIONAL:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.add(tag)

    def handle_endtag(self, tag):
        if tag not in OPTIONAL:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.text.append(data)


def table(rows):
    return SimpleNamespace(to_dicts=lambda: rows)


def figure(document, words, low, high, **more):
    """A row of the ledger for words that stand in the text of a document."""
    start = document.text.index(words)
    row = {
        "said_on": document.published,
        "document": document.id,
        "outlet": document.outlet,
        "figure": words,
        "low": low,
        "high": high,
        "value": low if low is not None else high,
        "relation": "=" if low == high else ">=" if high is None else "<=" if low is None else "range",
        "approximate": False,
        "unit": "count",
        "change": None,
        "hypothetical": False,
        "counted": "soldier",
        "whose": "North Korea",
        "predicate": "sent",
        "place": "Russia",
        "source": "National Intelligence Service",
        "chain": "outlet > National Intelligence Service",
        "origin": "National Intelligence Service",
        "certainty": 2.0,
        "quote": document.text[max(start - 60, 0) : start + 80],
        "start": start,
        "end": start + len(words),
        "claim": 0,
    }
    return row | more


@pytest.fixture
def reconciled(seeds):
    """What a reconciliation of the seeds may look like, whatever the real one finds."""
    a, b, c, d, e = seeds
    evidence = [
        {"document": x.id, "start": x.text.index(w), "end": x.text.index(w) + len(w), "text": w}
        for x, w in ((b, "October 29, 2023"), (d, "26 October 2024"))
    ]
    message = "The article dates the visit to October 29, 2023 <a year> before the others."
    return SimpleNamespace(
        ledger=lambda: table(
            [
                figure(a, "1,500", 1500, 1500, relation="~", approximate=True),
                figure(d, "3,000", 3000, None),
                figure(d, "12,000", None, 12000, hypothetical=True, source=None),
                figure(e, "3,000", 3000, 3000),
                figure(c, "1,000", 1000, None, change="additional", place=None),
                figure(e, "7,300", 7300, 7300, unit="km", counted="kilometer", whose=None, predicate=None, place=None),
            ]
        ),
        findings=table(
            [
                {
                    "kind": "date_anomaly",
                    "severity": 3,
                    "message": message,
                    "documents": [b.id, d.id],
                    "claims": [0],
                    "evidence": evidence,
                },
                {
                    "kind": "updated",
                    "severity": 2,
                    "message": "The figure rose from 1,500 to 3,000.",
                    "documents": [a.id],
                    "claims": [0],
                    "evidence": evidence[:1],
                },
            ]
        ),
        parties=table(
            [
                {
                    "party": "National Intelligence Service",
                    "source_type": "government",
                    "role": None,
                    "country": "KR",
                    "claims": [0, 1, 2, 3, 4, 5, 6, 7],
                    "spellings": [
                        {"spelling": "South Korea’s spy agency", "documents": [c.id]},
                        {"spelling": "NIS", "documents": [a.id, d.id]},
                    ],
                }
            ]
        ),
        copies=table(
            [
                {
                    "earlier": d.id,
                    "later": e.id,
                    "relation": "shares_passage",
                    "earlier_in_later": 0.12,
                    "later_in_earlier": 0.3,
                    "passages": [
                        {"earlier_start": 5, "earlier_end": 20, "later_start": 0, "later_end": 9, "text": "Today"}
                    ],
                }
            ]
        ),
    )


def check(html: str) -> Page:
    page = Page(html)
    assert page.open == []
    assert "script" not in page.tags
    assert not page.tags & {"img", "link", "iframe", "object", "form", "base"}
    assert page.urls == []
    assert len(page.ids) == len(set(page.ids))
    for link in page.links:
        assert link.startswith("#")
        assert link[1:] in page.ids, link
    assert "default-src 'none'" in html
    assert not re.search(r"url\(|@import|https?://", html.split("</style>")[0])
    return page


def test_the_page_of_the_seeds(seeds, tmp_path):
    path = tmp_path / "report.html"
    assert seeds.report(path) == str(path)
    page = check(path.read_text(encoding="utf-8"))
    text = "".join(page.text)
    for document in seeds:
        for block in document.blocks:
            assert block.text.split("\n")[0] in text
    assert len(path.read_bytes()) < 5 * 60_000


def test_a_page_with_everything(seeds, reconciled):
    html = report.render(seeds, "Five <articles>", reconciled)
    page = check(html)
    assert "Five &lt;articles&gt;" in html
    assert "&lt;a year&gt;" in html
    assert "svg" in page.tags
    assert "≥ 3,000" in html
    # The passages that findings and figures point to can be reached.
    b, d = seeds[1], seeds[3]
    assert f"d1p{b.text.index('October 29, 2023')}" in page.ids
    assert f"d3p{d.text.index('3,000')}" in page.ids


def test_a_hundred_articles_stay_under_two_megabytes(seeds):
    texts = [d.text for d in seeds] * 20
    corpus = rp.Corpus.from_texts(texts)
    empty = table([])
    reconciliation = SimpleNamespace(ledger=lambda: empty, findings=empty, parties=empty, copies=empty)
    html = report.render(corpus, None, reconciliation)
    assert len(html.encode()) < 2_000_000


def test_mark_up_in_articles_stays_text(tmp_path):
    bad = (
        '</p><script>alert(1)</script> "<img src=x onerror=alert(1)>," Ann <b>Lee said. & &amp; \x00\x1b]0;x\x07 \ud800'
    )
    corpus = rp.Corpus.from_texts([bad], titles=['"><svg onload=x>'], outlets=["<i>"], ids=["'\"><x>"])
    path = tmp_path / "bad.html"
    corpus.report(path, title="</title><script>")
    page = check(path.read_text(encoding="utf-8"))
    assert "alert(1)</script>" in "".join(page.text)
    assert "\x00" not in path.read_text(encoding="utf-8")


def test_no_articles(tmp_path):
    corpus = rp.Corpus.from_texts([])
    corpus.report(tmp_path / "none.html")
    check((tmp_path / "none.html").read_text(encoding="utf-8"))


def test_the_summary_fits_its_width(seeds, reconciled):
    for width in (72, 100, 140):
        text = summary(seeds, reconciled, width)
        assert max(len(line) for line in text.splitlines()) <= width
        assert "THE LEDGER OF FIGURES" in text
        assert "≥ 3,000" in text
        assert "date anomaly" in text
    assert "National Intelligence Service (government, KR)" in text


def test_the_summary_shows_no_control_characters():
    corpus = rp.Corpus.from_texts(["\x1b[31mIt rained.\x07"], titles=["\x1b]0;owned\x07"])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", summary(corpus, corpus.reconcile()))


def test_marks_nest_and_overlap():
    text = "a<b>cdef"
    marks = [Mark(0, 5, "content"), Mark(3, 8, "source"), Mark(4, 5, "figure"), Mark(4, 4, "cue"), Mark(9, 99, "cue")]
    pieces = list(segments(marks, 0, len(text)))
    assert [p[:2] for p in pieces] == [(0, 3), (3, 4), (4, 5), (5, 8)]
    assert [p[2] for p in pieces] == [["content"], ["content", "source"], ["content", "figure", "source"], ["source"]]
    assert re.sub(r"</?span[^>]*>", "", styled(text, marks)) == "a&lt;b&gt;cdef"


@pytest.mark.parametrize(
    ("row", "text"),
    [
        ({"low": 3000, "high": None, "relation": ">="}, "≥ 3,000"),
        ({"low": None, "high": 12000, "relation": "<=", "hypothetical": True}, "≤ 12,000 (possible)"),
        ({"low": 1000, "high": 3000, "relation": "range", "value": None}, "1,000 to 3,000"),
        ({"low": 900, "high": 1100, "value": 1000, "relation": "~", "approximate": True}, "about 1,000"),
        ({"low": 24, "high": 99, "value": None, "relation": "~", "approximate": True}, "about 24 to 99"),
        ({"low": 2.5, "high": 2.5, "value": 2.5, "relation": "=", "unit": "%"}, "2.5%"),
        ({"low": 1000, "high": None, "value": 1000, "relation": ">=", "change": "additional"}, "+ ≥ 1,000"),
        ({"low": None, "high": None, "value": None, "relation": "="}, "?"),
    ],
)
def test_figures_in_words(row, text):
    plain = {"value": None, "approximate": False, "unit": "count", "change": None, "hypothetical": False}
    assert bounds(plain | row) == text


def test_numbers_and_certainties_in_words():
    assert [number(x) for x in (0, 1234567, 0.25, 1e20, -3.5)] == ["0", "1,234,567", "0.25", "1e+20", "-3.5"]
    assert [certainty_label(x) for x in (3, 1.5, 0.2, 0, -2)] == [
        "certain",
        "probable",
        "possible",
        "unknown",
        "certain not",
    ]


@pytest.mark.parametrize("low", [0.0, -5.0, 1e-9, 1.0, 1e300])
@pytest.mark.parametrize("high", [None, 1.0, 7.0, 1e6, 1e308])
def test_charts_of_any_figures(seeds, low, high):
    rows = [figure(seeds[0], "1,500", low, high), figure(seeds[0], "1,500", 3.0, 3.0)]
    svg = chart(rows, ["#a", "#b"])
    assert svg.count("<a ") == 2
    assert "nan" not in svg
    assert "inf" not in svg.replace("infinity", "")
