"""One self-contained HTML page about a corpus: no request to anywhere, light and dark, printable, for keys and ears."""

from __future__ import annotations

import os
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from . import _viewer
from ._reportedly import Corpus, Reconciliation
from ._summary import summary

_TITLE = "Who said what"
#: What is left to do once the module has been read.
_START = """
const $node = document.getElementById("view");
mount($node, JSON.parse(document.getElementById("data").textContent));
"""
_WIDTH = 92


def write(
    corpus: Corpus,
    path: str | os.PathLike[str],
    title: str | None = None,
    reconciliation: Reconciliation | None = None,
) -> str:
    """Writes the page and returns its path."""
    page = render(corpus, title, reconciliation or corpus.reconcile())
    # A name that is no Unicode, of a file or an outlet, is shown with a mark and does not stop the page.
    Path(path).write_bytes(page.encode("utf-8", errors="replace"))
    return os.fspath(path)


def render(corpus: Corpus, title: str | None, reconciliation: Reconciliation) -> str:
    """The page."""
    title = title or _TITLE
    data = _viewer.data(corpus, reconciliation) | {"title": title}
    code, style = _viewer.module() + _START, _viewer.css()
    allowed = f"script-src '{_hash(code)}'; style-src '{_hash(style)}'"
    policy = f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f"<title>{_text(title)}</title><style>{style}</style></head>\n"
        '<body class="rp-page"><div id="view"></div>'
        f"<noscript><h1>{_text(title)}</h1><pre>{_text(summary(corpus, reconciliation, _WIDTH))}</pre></noscript>\n"
        f'<script type="application/json" id="data">{_viewer.script(data)}</script>\n'
        f'<script type="module">{code}</script></body></html>\n'
    )


def _hash(inline: str) -> str:
    """As a content security policy names an inline script or style."""
    return f"sha256-{b64encode(sha256(inline.encode()).digest()).decode()}"


def _text(text: str) -> str:
    """Escaped; of control characters, which HTML does not have, only line ends are left."""
    return escape("".join(c if c.isprintable() or c == "\n" else " " for c in text))
