"""The explorer and the displays in a real JupyterLab, with a kernel."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import HOSTILE, LONG_WORD

pytest.importorskip("anywidget", reason="the explorer needs anywidget: pip install 'reportedly[notebook]'")
pytest.importorskip("jupyterlab", reason="JupyterLab is not installed: pip install jupyterlab")

FOLDER = Path(__file__).parent.parent.parent / "seeds"
SEEDS = f"import reportedly as rp\ncorpus = rp.read({str(FOLDER)!r})\n"
# Cells of the notebook, and which of them is the active one.
STATE = """() => {
    const { content } = jupyterapp.shell.currentWidget;
    return [content.widgets.length, content.activeCellIndex];
}"""
WIDE = """[...document.querySelectorAll(".jp-OutputArea-output")]
    .filter((o) => o.scrollWidth > o.clientWidth + 1).map((o) => o.innerText.slice(0, 50))"""


@pytest.fixture(scope="module")
def lab(browser, tmp_path_factory) -> Iterator:
    """JupyterLab, for all tests of this file."""
    from .jupyter import running

    with running(tmp_path_factory.mktemp("jupyter")) as lab:
        yield lab


@pytest.fixture
def notebook(lab, open_page) -> Callable:
    """Opens a notebook of these cells, with a kernel that waits."""

    def open_(name: str, cells: list[str], *, dark: bool = False, **options):
        lab.theme(dark=dark)
        page = open_page(lab.write(f"{name}.ipynb", cells), allow=lab.url, width=1400, height=1000, **options)
        page.set_default_timeout(60_000)
        page.wait_for_function(
            "window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status === 'idle'"
        )
        return page

    return open_


def run(page, cell: int) -> str:
    """Runs a cell and returns the text of its outputs, once the kernel is done."""
    return page.evaluate(
        """async (cell) => {
            const { content } = jupyterapp.shell.currentWidget;
            content.activeCellIndex = cell;
            await jupyterapp.commands.execute("notebook:run-cell");
            const outputs = content.widgets[cell].model.outputs.toJSON();
            return outputs.map((o) => o.text ?? o.evalue ?? "").join("");
        }""",
        cell,
    )


def told(page, cell: int, key: str, expected) -> dict:
    """Runs a cell that prints JSON until it says what is expected: the browser sends what is chosen when it can."""
    for _ in range(20):
        answer = json.loads(run(page, cell))
        if answer[key] == expected:
            return answer
        page.wait_for_timeout(100)
    pytest.fail(f"the kernel says {answer}, and not {key}={expected!r}")


def test_the_explorer(notebook, seeds, axe, screenshot):
    tell = """import json
print(json.dumps({"selected": explorer.selected and explorer.selected.index, "filters": explorer.filters,
    "shown": [c.index for c in explorer.shown]}))"""
    cells = [
        SEEDS + "explorer = rp.Explorer(corpus)\nexplorer",
        tell,
        "explorer.selected = corpus.claims[100]",
        "explorer.filters = {'certainty': 'possible'}",
    ]
    page = notebook("explorer", cells)
    assert run(page, 0) == ""
    widget = page.locator(".rp-widget")
    widget.wait_for()

    # Filters: both sides agree on what passes.
    widget.get_by_label("Act").select_option("warn")
    expected = [c.index for c in seeds.claims.filter(act="warn", kind=["direct", "mixed", "indirect"])]
    answer = told(page, 1, "filters", {"act": "warn"})
    assert answer["shown"] == expected != []
    assert answer["selected"] is None
    widget.get_by_role("button", name="Clear filters").click()
    told(page, 1, "filters", {})

    # A claim is chosen in the text, and read in the next cell.
    widget.locator(".rp-entry").nth(3).click()
    linked = {claim for finding in seeds.reconcile().findings.to_dicts() for claim in finding["claims"]}
    anchors = widget.locator(".rp-body a[data-anchor]").evaluate_all("all => all.map(a => Number(a.dataset.anchor))")
    index = next(anchor for anchor in anchors if anchor in linked)
    widget.locator(f".rp-body a[data-anchor='{index}']").first.click()
    told(page, 1, "selected", index)
    why = widget.get_by_text("Why is it read so?")
    why.click()
    widget.locator(".rp-why", has_text="rule").wait_for()
    assert seeds.claims[index].explain().split("\n")[1] in widget.locator(".rp-why").inner_text()
    # JupyterLab lays out lists of terms in outputs; not ours.
    assert page.evaluate("getComputedStyle(document.querySelector('.rp-side .rp-facts')).display") == "grid"
    assert page.evaluate("getComputedStyle(document.querySelector('.rp-side dt')).float") == "none"
    screenshot(page, "jupyter-explorer-light")

    # From a related claim to the passage in the other article.
    clash = widget.locator(".rp-related a[role=link]").first
    clash.click()
    told(page, 1, "selected", int(widget.locator(".rp-body [aria-current]").get_attribute("data-anchor")))
    assert widget.locator(".rp-on").count() > 0

    # The keys are the widget's, not the notebook's: these would delete the cell, or leave it.
    widget.locator(".rp-body [aria-current]").focus()
    before = page.evaluate(STATE)
    page.keyboard.press("d")
    page.keyboard.press("d")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(STATE) == before
    told(page, 1, "selected", int(widget.locator(".rp-body [aria-current]").get_attribute("data-anchor")))
    # To run a cell took the keyboard away.
    widget.locator(".rp-body [aria-current]").focus()
    before = page.evaluate(STATE)
    page.keyboard.press("/")
    page.keyboard.type("ab")
    assert widget.get_by_label("Words").input_value() == "ab"
    assert page.evaluate(STATE) == before
    widget.get_by_role("button", name="Clear filters").click()

    # From Python to the browser.
    run(page, 2)
    widget.locator('.rp-body [data-anchor="100"][aria-current]').wait_for()
    run(page, 3)
    page.wait_for_function("document.querySelector('.rp-field-certainty select').value === 'possible'")
    told(page, 1, "filters", {"certainty": "possible"})
    assert axe(page, ".rp-widget") == []


def test_hostile_articles(notebook, lab, assert_plain, axe, screenshot):
    articles = {"texts": [HOSTILE, "Ann Lee said <b>it</b> rained, 3,000 men."], "titles": ["<img src=x>", LONG_WORD]}
    articles |= {"ids": ["'\"><x>", "</script>"], "outlets": ["<i>x</i>", "\u202ey"]}
    (lab.folder / "hostile.json").write_text(json.dumps(articles))
    make = "import json, reportedly as rp\ncorpus = rp.Corpus.from_texts(**json.load(open('hostile.json')))\n"
    shows = ["corpus[0]", "corpus.claims", "corpus", "corpus.claims[4]", "corpus.reconcile().ledger()"]
    page = notebook("hostile", [f"{make}rp.Explorer(corpus)", *shows])
    for cell in range(len(shows) + 1):
        assert run(page, cell) == ""
    widget = page.locator(".rp-widget")
    widget.locator(".rp-entry").first.click()
    widget.locator(".rp-body a[data-anchor]").first.click()
    text = widget.locator(".rp-body").inner_text()
    assert '<img src=x onerror="window.owned = 2">' in text
    assert LONG_WORD in text
    assert_plain(page, within=".jp-OutputArea-output")
    document = page.locator(".jp-OutputArea-output").nth(1).inner_text()
    assert '<img src=x onerror="window.owned = 2">' in document
    assert LONG_WORD in document
    # Nothing is wider than its output.
    assert page.evaluate(WIDE) == []
    assert axe(page, ".rp-widget") == []
    screenshot(page, "jupyter-hostile")


@pytest.mark.parametrize("dark", [False, True])
def test_displays(notebook, axe, screenshot, dark):
    shows = ["rec.ledger()", "rec.findings", "corpus.claims[:6]", "corpus", "corpus.claims[3]", "corpus[2]"]
    first = SEEDS + "corpus.extract(); rec = corpus.reconcile()"
    page = notebook(f"displays-{dark}", [first, *shows], dark=dark)
    for cell in range(len(shows) + 1):
        assert run(page, cell) == ""
    outputs = page.locator(".jp-OutputArea-output .jp-RenderedHTMLCommon, .jp-RenderedHTMLCommon.jp-OutputArea-output")
    assert outputs.count() == len(shows)
    assert axe(page, ".jp-RenderedHTMLCommon") == []
    name = "dark" if dark else "light"
    for i, show in enumerate(("ledger", "findings", "claims", "corpus", "claim", "document")):
        output = outputs.nth(i)
        output.scroll_into_view_if_needed()
        screenshot(page, f"display-{show}-{name}", part=output)
