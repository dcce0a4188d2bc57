"""A browser that reaches nothing but the page under test.

Every test that opens a page also asserts, when it ends, that the page asked the network for nothing and that nothing
was reported on its console. Chromium is the system's (Debian: ``apt install chromium``), never one that is downloaded.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import reportedly as rp

#: Where there is no browser, tests are skipped, unless one of these says that there must be one.
REQUIRED = bool(os.environ.get("CI")) or os.environ.get("REPORTEDLY_BROWSER") == "required"
#: A folder that keeps the screenshots, to be looked at; without it they go to pytest's temporary folder.
SCREENSHOTS = os.environ.get("REPORTEDLY_SCREENSHOTS")

#: Chromium reports home by itself; none of that. The last one is a wall: no name but the own machine's resolves.
FLAGS = [
    "--disable-background-networking",
    "--disable-client-side-phishing-detection",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
    "--disable-sync",
    "--metrics-recording-only",
    "--no-first-run",
    "--no-pings",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1",
]

RTL_OVERRIDE = "\u202e"
LONG_WORD = "x" * 10_000

#: What an article may hold that wants to be more than text. `owned` is set if any of it runs.
HOSTILE = "\n\n".join(
    [
        '"<script>window.owned = 1</script> is what we fear," Ann Lee </script></style></textarea> said on Friday.',
        "</style><style>* { display: none !important }</style> Officials said that 1,500 soldiers <b>were</b> sent.",
        '<img src=x onerror="window.owned = 2"> <svg onload="window.owned = 3"></svg> Bob Ray denied that 12 had died.',
        '<a href="javascript:window.owned = 4">click</a> {{ owned }} ${window.owned = 5}',
        "<!-- ]]> --> &lt;b&gt; &amp;amp;",
        f"The {RTL_OVERRIDE}minister said that \u2067they\u2069 would wait, and \u200f\u202dleft\u202c.",
        f"The spokesman said {LONG_WORD} was the word.",
        "“Zürich 😀 👩🏽‍🚀 e\u0301 🇨🇭,” Ann Lee told reporters; \x00\x01\x1b[31m\x7f\x85\ufffe\u2028\u2029 it rained.",
        "]]></script ><script src=https://example.org/x.js></script><link rel=stylesheet href=//example.org/x.css>",
    ]
)


@dataclass
class Visit:
    """What a page did while it was open."""

    #: Addresses that it asked for, other than itself and what it was allowed.
    requests: list[str] = field(default_factory=list)
    #: Errors on its console, and exceptions that nobody caught.
    errors: list[str] = field(default_factory=list)


def missing() -> str | None:
    """What is not there, and how to get it."""
    try:
        import playwright.sync_api  # noqa: F401
    except ImportError:
        return "Playwright is not installed: pip install playwright axe-playwright-python"
    if chromium() is None:
        return "no Chromium was found: apt install chromium"
    return None


def chromium() -> str | None:
    """The system's browser."""
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


# Of the folder, not of the session: while Playwright runs, its event loop is this thread's, and others could have none.
@pytest.fixture(scope="package")
def browser() -> Iterator:
    """Headless Chromium, with a new profile."""
    if problem := missing():
        if REQUIRED:
            pytest.fail(f"{problem} (CI or REPORTEDLY_BROWSER=required is set)")
        pytest.skip(problem)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        # Playwright makes a profile of its own in a temporary folder, and removes it.
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser) -> Iterator[Callable]:
    """Opens a file, or an address on this machine: ``open_page(path, dark=True, width=390)``. See `opener`."""
    yield from opener(browser)


def opener(browser) -> Iterator[Callable]:
    """Yields a function that opens pages; asserts, when asked to go on, that none did what it must not.

    Parameters: ``dark`` (the colour scheme), ``width`` and ``height`` (of the window), ``allow`` (beginning of the
    addresses that may be asked for, for pages that have a server), ``ignore`` (a function: whether a message on the
    console is not ours).
    """
    visits = []

    def open_(
        target: Path | str,
        *,
        dark: bool = False,
        width: int = 1280,
        height: int = 900,
        allow: str | None = None,
        ignore: Callable[[str], bool] = lambda text: False,
        **options,
    ):
        url = target.resolve().as_uri() if isinstance(target, Path) else target
        visit = Visit()
        context = browser.new_context(
            color_scheme="dark" if dark else "light",
            viewport={"width": width, "height": height},
            service_workers="block",
            offline=allow is None,
            **options,
        )
        context.set_default_timeout(10_000)
        visits.append((visit, context))

        def allowed(address: str) -> bool:
            own = address.split("#")[0] == url.split("#")[0] or (allow is not None and address.startswith(allow))
            return own or address.startswith(("data:", "blob:"))

        def route(route) -> None:
            if allowed(route.request.url):
                route.continue_()
            else:
                route.abort()

        def report(message) -> None:
            if message.type == "error" and not ignore(message.text):
                visit.errors.append(f"{message.text} ({message.location.get('url', '')[:200]})")

        context.route("**/*", route)
        context.on("request", lambda r: None if allowed(r.url) else visit.requests.append(r.url))
        page = context.new_page()
        page.on("console", report)
        page.on("pageerror", lambda e: visit.errors.append(str(e)))
        sockets = allow and allow.replace("http", "ws", 1)
        page.on("websocket", lambda s: None if sockets and s.url.startswith(sockets) else visit.requests.append(s.url))
        page.goto(url)
        return page

    yield open_
    for _, context in visits:
        context.close()
    for visit, _ in visits:
        assert not visit.requests, f"the page asked for {visit.requests}"
        assert not visit.errors, f"the console says {visit.errors}"


@pytest.fixture
def axe() -> Callable:
    """``axe(page, within=None)``: what axe-core has against a page or a part of it, a line each."""
    from axe_playwright_python.sync_playwright import Axe

    def check(page, within: str | None = None) -> list[str]:
        found = Axe().run(page, context=within).response["violations"]
        return [
            f"{v['id']} ({v['impact']}): {v['help']}: {node['target']} {node['html'][:160]}: {node['failureSummary']}"
            for v in found
            for node in v["nodes"]
        ]

    return check


@pytest.fixture
def screenshot(tmp_path) -> Callable:
    """``screenshot(page, "name")`` keeps what is seen; ``part=`` is a locator. Returns the path of the PNG."""
    folder = Path(SCREENSHOTS) if SCREENSHOTS else tmp_path
    folder.mkdir(parents=True, exist_ok=True)

    def take(page, name: str, *, part=None, **options) -> Path:
        path = folder / f"{name}.png"
        (part or page).screenshot(path=path, **options)
        return path

    return take


@pytest.fixture(scope="session")
def hostile() -> rp.Corpus:
    """Articles that want to be more than text, in every field."""
    return rp.Corpus.from_texts(
        [HOSTILE, "Ann Lee said <script>window.owned = 7</script> that 3,000 soldiers had been sent to Bern."],
        titles=['</title><script>window.owned = 8</script>"><svg onload=x>', f"{RTL_OVERRIDE}{LONG_WORD}"],
        outlets=["<i>The Daily</i>", "</script>"],
        bylines=["<img src=x onerror='window.owned = 9'>", None],
        published=["2024-10-25", "2024-10-26"],
        ids=["'\"><x>", "</script>"],
    )


@pytest.fixture
def assert_plain() -> Callable:
    """``assert_plain(page, within="body")``: nothing of the hostile articles ran or became an element."""

    def check(page, within: str = "body") -> None:
        assert page.evaluate("window.owned") is None
        made = ("img", "script[src]", "link[href*='example.org']", "svg[onload]", "a[href^='javascript']")
        assert page.locator(", ".join(f"{within} {name}" for name in made)).count() == 0

    return check
