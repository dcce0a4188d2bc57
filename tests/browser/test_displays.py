"""The displays of a notebook in a plain page: any host, light and dark, on a phone's width and on paper."""

from __future__ import annotations

import pytest

import reportedly as rp

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Notebook</title>
<style>body {{ background: {ground}; color: {ink}; font: 14px sans-serif; margin: 8px }}</style></head>
<body><main><h1>Notebook</h1>{outputs}</main></body></html>"""
#: As wide as the text of a sheet of A4 is on a screen.
PAPER = 718


def displays(corpus: rp.Corpus) -> list:
    corpus.extract()
    rec = corpus.reconcile()
    frames = [rec, rec.ledger(), rec.copies, rec.stories, rec.origins, rec.parties, rec.propositions]
    return [corpus, corpus.claims, corpus[0], corpus.claims[3], corpus[0].tokens, corpus.documents, *frames]


@pytest.fixture
def page_of(tmp_path, open_page):
    def of(things: list, *, dark: bool = False, **options):
        ground, ink = ("#111", "#ddd") if dark else ("#fff", "#222")
        outputs = "".join(f"<section>{thing._repr_html_()}</section>" for thing in things)
        path = tmp_path / "displays.html"
        path.write_text(PAGE.format(ground=ground, ink=ink, outputs=outputs), encoding="utf-8")
        return open_page(path, dark=dark, **options)

    return of


@pytest.mark.parametrize("dark", [False, True])
def test_readable_by_all(page_of, seeds, axe, dark):
    assert axe(page_of(displays(seeds), dark=dark)) == []


def test_printed_whole(page_of, seeds, hostile):
    page = page_of(displays(seeds) + displays(hostile), width=PAPER)
    page.emulate_media(media="print")
    cut = """[...document.querySelectorAll("section")].filter((s) => s.scrollWidth > s.clientWidth + 1)
        .map((s) => [s.innerText.slice(0, 40), s.scrollWidth])"""
    assert page.evaluate(cut) == []
    # The grounds of the marks are printed, too.
    assert page.evaluate("getComputedStyle(document.querySelector('section span')).printColorAdjust") == "exact"
    assert len(page.pdf()) > 10_000


def test_hostile_text_is_plain(page_of, hostile, axe, assert_plain):
    page = page_of(displays(hostile))
    assert_plain(page)
    assert '<img src=x onerror="window.owned = 2">' in page.inner_text("main")
    assert axe(page) == []
