"""The report page and the data that it shows: self-contained, escaped, the same for the same corpus."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser

import pytest

import reportedly as rp
from reportedly import _viewer
from reportedly._figures import bounds, certainty_label, number
from reportedly._marks import Mark, segments, styled
from reportedly._summary import summary

WIDE = (
    "\U0001f600 “It rains in Zürich \U0001f327\U0001f327,” Ann Lee said on Friday. \U0001f600 The mayor of "
    "\U0001d504ville denied that 1,500 soldiers were sent. \u202eOfficials warned\u202c that \u05d2\u05e9\u05dd would "
    "follow, and at least 30 died."
)


class Page(HTMLParser):
    """The elements of a page: inline scripts and styles with what they hold, and every attribute."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.scripts: dict[str, str] = {}
        self.styles: list[str] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str, str]] = []
        self._in = ("", "")
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self._in = (tag, dict(attrs).get("type", ""))

    def handle_endtag(self, tag):
        self._in = ("", "")

    def handle_data(self, data):
        tag, kind = self._in
        if tag == "script":
            self.scripts[kind] = self.scripts.get(kind, "") + data
        if tag == "style":
            self.styles.append(data)


def written(corpus: rp.Corpus, path, **options) -> str:
    assert corpus.report(path, **options) == str(path)
    return path.read_text(encoding="utf-8")


def checked(html: str) -> Page:
    """A page that asks for nothing, runs only what it names, and has no other elements than these."""
    page = Page(html)
    allowed = {"html", "head", "meta", "title", "style", "body", "div", "noscript", "h1", "pre", "script"}
    assert page.tags == allowed
    for tag, name, value in page.attributes:
        assert not name.startswith("on"), (tag, name)
        assert name not in ("src", "href", "style", "action"), (tag, name)
        assert "http" not in value.removeprefix("Content-Security-Policy"), (tag, name, value)
    (policy,) = (v for t, n, v in page.attributes if t == "meta" and n == "content" and "default-src" in v)
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["script-src"] == f"'{named(page.scripts['module'])}'"
    (style,) = page.styles
    assert rules["style-src"] == f"'{named(style)}'"
    assert "unsafe" not in policy
    assert set(page.scripts) == {"module", "application/json"}
    assert not re.search(
        r"url\(|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", style + page.scripts["module"]
    )
    return page


def named(inline: str) -> str:
    return "sha256-" + b64encode(sha256(inline.encode()).digest()).decode()


def from_units(text: str, start: int, end: int) -> str:
    """A slice as JavaScript takes it."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def pieces(text: str, flat: list[int]) -> list[str]:
    return [from_units(text, a, b) for a, b in zip(flat[::2], flat[1::2], strict=True)]


def test_the_page_of_the_seeds(seeds, tmp_path):
    html = written(seeds, tmp_path / "report.html", title="Five articles")
    page = checked(html)
    assert "<title>Five articles</title>" in html
    data = json.loads(page.scripts["application/json"])
    assert data["title"] == "Five articles"
    assert data["documents"]["text"] == [d.text for d in seeds]
    # Folders of the writer's machine are not sent along.
    assert data["documents"]["path"] == [f"{d.id}.txt" for d in seeds]
    assert data == json.loads(json.dumps(_viewer.data(seeds, seeds.reconcile()))) | {"title": "Five articles"}
    assert summary(seeds, seeds.reconcile(), 92) in unescape(html.split("<pre>")[1])


def test_the_same_bytes_again(seeds, tmp_path):
    """Whatever the number of threads, and whether the corpus was used before."""
    pages = []
    for jobs in (1, 2):
        again = rp.read([d.origin_path for d in seeds], jobs=jobs)
        pages.append(written(again, tmp_path / f"{jobs}.html"))
    assert pages[0] == pages[1] == written(seeds, tmp_path / "report.html")


def test_a_hundred_articles_stay_under_two_megabytes(seeds, tmp_path):
    # Each with words of its own, so that they are no copies of each other, and as long as articles are.
    texts = [re.sub(r"\b(\w{7,})\b", rf"\g<1>{i}", seeds[i % 5].text) for i in range(100)]
    corpus = rp.Corpus.from_texts(texts, published=["2024-10-26"] * 100)
    assert sum(map(len, texts)) > 450_000
    written(corpus, tmp_path / "report.html")
    assert (tmp_path / "report.html").stat().st_size < 2_000_000


def test_spans_are_what_javascript_counts():
    corpus = rp.Corpus.from_texts(
        [WIDE, "It rained.", "x" * 9 + WIDE], ids=["a", "b", "c"], published=["2024-03-01"] * 3
    )
    reconciliation = corpus.reconcile()
    data = _viewer.data(corpus, reconciliation)
    assert sum(data["documents"]["claims"]) == len(corpus.claims) > 4
    for claim in corpus.claims:
        text, columns = claim.document.text, data["claims"]
        for name, spans in (
            ("source_spans", claim.source_spans),
            ("cue_spans", claim.cue_spans),
            ("content_spans", claim.content_spans),
            ("figure_spans", [q.span for q in claim.quantities]),
        ):
            assert pieces(text, columns[name][claim.index]) == [s.text for s in spans]
    for document, flat in zip(corpus, data["documents"]["blocks"], strict=True):
        blocks = [from_units(document.text, a, b) for a, b in zip(flat[1::3], flat[2::3], strict=True)]
        assert blocks == [b.text for b in document.blocks]
    ledger, rows = data["ledger"], reconciliation.ledger().to_dicts()
    assert len(rows) >= 2
    for i, row in enumerate(rows):
        text = corpus[ledger["document"][i]].text
        assert from_units(text, ledger["start"][i], ledger["end"][i]) == row["figure"]
        assert from_units(text, *ledger["quote"][i]) == row["quote"]
    copies = data["copies"]
    assert len(copies["earlier"]) >= 1
    for i, row in enumerate(reconciliation.copies.to_dicts()):
        flat = copies["passages"][i]
        earlier, later = corpus[copies["earlier"][i]].text, corpus[copies["later"][i]].text
        assert [from_units(earlier, *flat[k : k + 2]) for k in range(0, len(flat), 4)] == [
            p["text"] for p in row["passages"]
        ]
        assert all(from_units(later, *flat[k + 2 : k + 4]) for k in range(0, len(flat), 4))
    for flat, row in zip(data["findings"]["evidence"], reconciliation.findings.to_dicts(), strict=True):
        shown = [from_units(corpus[d].text, a, b) for d, a, b in zip(flat[::3], flat[1::3], flat[2::3], strict=True)]
        assert shown == [corpus[d].text[p["start"] : p["end"]] for p, d in zip(row["evidence"], flat[::3], strict=True)]


def test_columns_say_what_the_tables_say(seeds):
    reconciliation = seeds.reconcile()
    data = json.loads(json.dumps(_viewer.data(seeds, reconciliation)))
    strings, claims = data["strings"], data["claims"]
    assert len(strings) == len(set(strings))

    def word(i):
        return None if i < 0 else strings[i]

    for claim in seeds.claims:
        i = claim.index
        assert word(claims["act"][i]) == claim.act
        assert word(claims["kind"][i]) == claim.kind
        assert (i in claims["negative"]) == (claim.polarity == "-")
        assert abs(claims["certainty"][i] / 10 - claim.certainty) <= 0.051
        assert [word(w) for w in claims["chains"][claims["chain"][i]]] == [s.name for s in claim.source_chain]
        source = claims["source"][i]
        assert (word(claims["sources"][source][0]) if source >= 0 else None) == (claim.source and claim.source.name)
    rows = reconciliation.ledger().to_dicts()
    for name in ("label", "relation", "unit", "change", "place", "source", "origin"):
        assert [word(w) for w in data["ledger"][name]] == [r[name] for r in rows]
    assert data["ledger"]["low"] == [r["low"] for r in rows]
    assert [word(w) for w in data["findings"]["kind"]] == [r["kind"] for r in reconciliation.findings.to_dicts()]
    assert data["propositions"]["claims"] == [r["claims"] for r in reconciliation.propositions.to_dicts()]
    assert [word(w) for w in data["parties"]["name"]] == [r["party"] for r in reconciliation.parties.to_dicts()]


def test_mark_up_in_articles_stays_text(tmp_path):
    bad = (
        '</p><script>alert(1)</script> "<img src=x onerror=alert(1)>," Ann <b>Lee said. <!-- & &amp; '
        "\x00\x1b]0;x\x07 \u2028\u2029\ufffe </style></noscript></pre>"
    )
    corpus = rp.Corpus.from_texts([bad], titles=['"><svg onload=x>'], outlets=["</script>"], ids=["'\"><x>"])
    html = written(corpus, tmp_path / "bad.html", title="</title><script>")
    page = checked(html)
    data = json.loads(page.scripts["application/json"])
    assert data["documents"]["text"] == [corpus[0].text]
    assert data["title"] == "</title><script>"
    assert html.count("<script") == 2
    assert "<!--" not in html
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\ufffe]", html)


def test_no_articles(tmp_path):
    page = checked(written(rp.Corpus.from_texts([]), tmp_path / "none.html"))
    assert json.loads(page.scripts["application/json"])["documents"]["id"] == []


def test_figures_that_json_does_not_know(tmp_path):
    digits = "9" * 400
    corpus = rp.Corpus.from_texts(
        [f"Officials said {digits} people had died, and {digits} million soldiers were sent."]
    )
    checked(written(corpus, tmp_path / "large.html"))


def test_the_module_is_one_and_names_do_not_meet():
    module = _viewer.module()
    assert not re.search(r"^import\b", module, re.MULTILINE)
    assert re.findall(r"^export .*", module, re.MULTILINE) == ["export const mount = $mount.mount;"]
    scopes = re.findall(r"^const (\$\w+) = \(\(\) => \{$", module, re.MULTILINE)
    assert len(scopes) == len(set(scopes)) > 10
    # What a module takes of another stands before it.
    known: set[str] = set()
    for line in module.splitlines():
        if found := re.match(r"const (\$\w+) = \(\(\)", line):
            known.add(found[1])
            here = found[1]
        if found := re.match(r"const \{.*\} = (\$\w+);", line):
            assert found[1] in known - {here}


def test_rules_of_style_stay_with_the_viewer():
    css = re.sub(r"/\*.*?\*/", "", _viewer.css(), flags=re.DOTALL)
    for selectors in re.findall(r"(?:^|[{};])\s*([^{};@]+)\{", css):
        for selector in re.split(r",(?![^(]*\))", selectors):
            if not re.fullmatch(r"\s*(from|to|\d+%)\s*", selector):
                assert ".rp-" in selector, selector


def test_the_summary_fits_its_width(seeds):
    reconciliation = seeds.reconcile()
    for width in (72, 100, 140):
        text = summary(seeds, reconciliation, width)
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
