"""The explorer in a page of its own, with a model that stands for the notebook's: fast, and the same module."""

from __future__ import annotations

from base64 import b64encode

import pytest

import reportedly as rp

pytest.importorskip("anywidget", reason="the explorer needs anywidget: pip install 'reportedly[notebook]'")

# A model as notebooks have it: values, listeners, and messages to the kernel, which are kept.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Explorer</title><style>%s</style></head>
<body%s><main><h1>A notebook</h1><h2>Its output</h2><div id="out"></div></main>
<script type="application/json" id="given">%s</script>
<script type="module">
const given = JSON.parse(document.getElementById("given").textContent);
const bytes = Uint8Array.from(atob(given.data), (c) => c.charCodeAt(0));
const state = { _data: new DataView(bytes.buffer), selected: null, filters: given.filters, shown: null };
const listeners = new Map();
const sent = [];
const fire = (name, value) => (listeners.get(name) ?? []).forEach((f) => f(value));
const model = {
  get: (name) => state[name],
  set: (name, value) => {
    if (state[name] === value) return;
    state[name] = value;
    fire(`change:${name}`);
  },
  save_changes: () => {},
  on: (name, f) => listeners.set(name, [...(listeners.get(name) ?? []), f]),
  off: (name, f) => listeners.set(name, listeners.get(name).filter((g) => g !== f)),
  send: (message) => {
    sent.push(message);
    const text = `because of ${message.claim}`;
    setTimeout(() => fire("msg:custom", { kind: "explained", claim: message.claim, text }), 10);
  },
};
const source = new Blob([given.module], { type: "text/javascript" });
const { default: widget } = await import(URL.createObjectURL(source));
const dispose = await widget.render({ model, el: document.getElementById("out") });
window.model = model;
window.sent = sent;
window.listeners = listeners;
window.dispose = dispose;
window.shown = () => [...new Uint32Array(state.shown.buffer, state.shown.byteOffset)];
document.body.dataset.ready = "yes";
</script></body></html>"""


@pytest.fixture
def widget(tmp_path, open_page):
    """Opens the explorer of a corpus; `jupyter` is what JupyterLab says of its theme: "true" for a light one."""

    def open_(corpus: rp.Corpus, *, filters: dict | None = None, jupyter: str | None = None, **options):
        from reportedly import _viewer

        explorer = rp.Explorer(corpus, filters=filters or {})
        state = explorer.get_state()
        given = {"module": explorer._esm, "data": b64encode(state["_data"]).decode(), "filters": state["filters"]}
        theme = f' data-jp-theme-light="{jupyter}"' if jupyter else ""
        path = tmp_path / "widget.html"
        html = PAGE % (explorer._css, theme, _viewer.script(given))
        path.write_text(html, encoding="utf-8")
        page = open_page(path, **options)
        page.wait_for_selector("body[data-ready]")
        return page, explorer

    return open_


def focused(page) -> str:
    return page.evaluate("document.activeElement?.textContent")


def test_filter_choose_and_explain(widget, seeds, axe):
    page, explorer = widget(seeds)
    page.locator(".rp-entry").nth(3).click()
    title = page.locator(".rp-head h3").inner_text()
    assert seeds[3].title.startswith(title[:20])
    page.get_by_label("Act").select_option("estimate")
    shown = page.evaluate("shown()")
    claims = seeds.claims
    expected = [c.index for c in claims.filter(act="estimate") if c.kind != "narrated"]
    assert shown == expected != []
    assert page.evaluate("model.get('filters')") == {"act": "estimate"}
    page.get_by_role("button", name="Clear filters").click()
    assert page.evaluate("model.get('filters')") == {}
    assert page.evaluate("shown()") == [c.index for c in explorer.shown]
    mark = page.locator(".rp-body a[data-anchor]").first
    mark.click()
    index = page.evaluate("model.get('selected')")
    assert page.locator(".rp-side h3").inner_text() == (
        claims[index].source.name if claims[index].source else "Nobody named"
    )
    page.get_by_text("Why is it read so?").click()
    page.get_by_text(f"because of {index}").wait_for()
    assert page.evaluate("sent") == [{"kind": "explain", "claim": index}]
    assert axe(page) == []


def test_the_kernel_chooses_and_filters(widget, seeds):
    page, _ = widget(seeds, filters={"source": "zelenskiy"})
    assert page.get_by_label("Source").input_value() == "zelenskiy"
    assert len(page.evaluate("shown()")) > 0
    claim = seeds.claims[100]
    page.evaluate("model.set('selected', 100)")
    assert page.locator(f'[data-anchor="{claim.index}"][aria-current]').count() == 1
    assert "".join(page.locator(".rp-body .rp-on-cue").all_inner_texts()) == (claim.cue or "")
    page.evaluate("model.set('selected', null)")
    assert page.locator(".rp-on").count() == 0
    page.evaluate("model.set('filters', {act: 'estimate'})")
    assert page.get_by_label("Act").input_value() == "estimate"
    assert page.get_by_label("Source").input_value() == ""


def test_by_keys_alone(widget, seeds):
    page, _ = widget(seeds)
    page.locator(".rp-list").focus()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "text"
    # In a field a slash is a slash.
    page.keyboard.type("q/q")
    assert page.get_by_label("Words").input_value() == "q/q"
    page.wait_for_function("document.querySelectorAll('.rp-entry').length === 0")
    page.get_by_label("Words").fill("")
    page.wait_for_function("document.querySelectorAll('.rp-entry').length === 5")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    first = focused(page)
    page.keyboard.press("ArrowDown")
    assert focused(page) != first
    assert page.locator(".rp-entry:focus").count() == 1
    page.keyboard.press("Enter")
    assert page.locator(".rp-entry[aria-current]").inner_text()
    page.locator(".rp-text").focus()
    page.keyboard.press("ArrowDown")
    one = page.evaluate("model.get('selected')")
    page.keyboard.press("ArrowDown")
    two = page.evaluate("model.get('selected')")
    assert one < two
    assert page.evaluate("document.activeElement.dataset.anchor") == str(two)
    page.keyboard.press("ArrowUp")
    assert page.evaluate("model.get('selected')") == one
    page.keyboard.press("ArrowRight")
    assert "rp-side" in page.evaluate("document.activeElement.className")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.dataset.anchor") == str(one)
    page.keyboard.press("Escape")
    assert page.evaluate("model.get('selected')") is None
    # Nobody is shut in: the keys leave the widget at its end.
    for _ in range(200):
        page.keyboard.press("Tab")
        if not page.evaluate("document.getElementById('out').contains(document.activeElement)"):
            break
    else:
        pytest.fail("the Tab key does not lead out of the widget")


def test_hostile_articles_are_plain_text(widget, hostile, assert_plain, axe, screenshot):
    page, _ = widget(hostile)
    for entry in range(2):
        page.locator(".rp-entry").nth(entry).click()
        for mark in page.locator(".rp-body a[data-anchor]").all():
            mark.click()
        assert_plain(page)
    page.locator(".rp-entry").first.click()
    body = page.locator(".rp-body").inner_text()
    assert "</script></style></textarea>" in body
    assert '<img src=x onerror="window.owned = 2">' in body
    assert "x" * 10_000 in body
    # The long word breaks, and nothing runs out of its pane.
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert axe(page) == []
    screenshot(page, "widget-hostile")


@pytest.mark.parametrize("width", [390, 900, 1400])
@pytest.mark.parametrize("dark", [False, True])
def test_any_width_and_theme(widget, seeds, axe, screenshot, width, dark):
    # The theme of the notebook counts, not that of the system.
    page, _ = widget(seeds, jupyter="false" if dark else "true", dark=not dark, width=width)
    page.locator(".rp-entry").nth(3).click()
    page.locator(".rp-body a[data-anchor]").nth(3).click()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ground = page.evaluate("getComputedStyle(document.querySelector('.rp-view')).backgroundColor")
    assert (ground == "rgb(255, 255, 255)") is not dark
    assert axe(page) == []
    screenshot(page, f"widget-{width}-{'dark' if dark else 'light'}")


def test_a_widget_that_is_taken_away_leaves_nothing(widget, rain):
    page, _ = widget(rain)
    page.evaluate("dispose()")
    assert page.locator(".rp-explorer").count() == 0
    assert page.evaluate("[...listeners.values()].every((l) => l.length === 0)")


def test_no_articles(widget):
    page, _ = widget(rp.Corpus.from_texts([]))
    assert page.get_by_text("There are no articles.").is_visible()
    page.locator(".rp-text").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
