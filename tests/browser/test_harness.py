"""The browser of these tests sees what it must see: requests, errors, and lacks of a page."""

from html import escape

import pytest

from .conftest import HOSTILE, opener

GOOD = "<!doctype html><html lang=en><title>Rain</title><main><h1>Rain</h1><p>It rained.</p></main></html>"


@pytest.fixture
def page_of(tmp_path, open_page):
    """Opens a page of this HTML."""

    def of(html: str, **options):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8", errors="replace")
        return open_page(path, **options)

    return of


def test_a_good_page_has_nothing_against_it(page_of, axe, screenshot, assert_plain):
    page = page_of(GOOD, dark=True, width=390)
    assert page.inner_text("p") == "It rained."
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert axe(page) == []
    assert_plain(page)
    assert screenshot(page, "harness").stat().st_size > 1000


def test_lacks_are_found(page_of, axe):
    page = page_of(GOOD.replace("<p>", "<p style='color:#ccc;background:#fff'><button></button>"))
    found = axe(page)
    assert any(line.startswith("color-contrast") for line in found)
    assert any(line.startswith("button-name") for line in found)


# What the fixture finds when a test ends cannot be seen from within that test: so another pytest runs these.
POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
BAD = {
    "a picture": "<img src='https://example.org/x.png'>",
    "a script's request": "<script>fetch('http://127.0.0.1:9/').catch(() => 0)</script>",
    "a neighbour on disk": "<link rel=stylesheet href='other.css'>",
    "an exception": "<script>throw new Error('no')</script>",
    "an error on the console": "<script>console.error('no')</script>",
    "a violation of the policy": POLICY + "<p style='color:red'>",
    "a socket": "<script>new WebSocket('ws://127.0.0.1:9/')</script>",
}


@pytest.mark.parametrize("name", BAD)
def test_bad_pages_are_found(name, tmp_path, browser):
    path = tmp_path / "page.html"
    path.write_text(GOOD.replace("<h1>", BAD[name] + "<h1>"), encoding="utf-8")
    visits = opener(browser)
    page = next(visits)(path)
    page.wait_for_timeout(100)
    with pytest.raises(AssertionError, match=r"the page asked for|the console says"):
        next(visits)


def test_axe_works_under_a_strict_policy(page_of, axe):
    assert axe(page_of(GOOD.replace("<title>", POLICY + "<title>"))) == []


def test_escaped_text_is_plain(page_of, assert_plain):
    page = page_of(GOOD.replace("It rained.", escape(HOSTILE).replace("\0", "\ufffd")))
    assert "<script>window.owned = 1</script>" in page.inner_text("p")
    assert_plain(page)


def test_text_that_is_not_escaped_is_found(page_of, assert_plain):
    with pytest.raises(AssertionError):
        assert_plain(page_of(GOOD.replace("It rained.", "<script>window.owned = 1</script>")))
