"""Links from a page to a file of the repository that is no page.

`[models/README.md](../models/README.md)` works where the repository is browsed. On the site the files named in
`PAGES` are pages of their own; the others are shown as text with their path. A path that does not exist is a warning,
and so fails the build.
"""

import os
import re
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.typing import ExtensionMetadata

ROOT = Path(__file__).parents[2]
#: Files of the repository that the site shows, and where.
PAGES = {
    "README.md": "index.md",
    "docs/README.md": "index.md",
    "ARCHITECTURE.md": "project/architecture.md",
    "CHANGELOG.md": "project/changelog.md",
    "models/README.md": "project/models.md",
    "benches/README.md": "project/benches.md",
}
#: A link to a path, with or without an anchor; images and addresses are left alone.
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\[]+)\]\((?P<path>[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)")


def rewrite(app: Sphinx, page: str, content: list[str]) -> None:
    """Changes the links of a page before it is parsed."""
    source = Path(app.env.doc2path(page))
    if source.suffix == ".md":
        content[0] = links(content[0], source.parent, source, page)


def include(app: Sphinx, path: Path, stem: str, content: list[str]) -> None:
    """The same for a file that a page includes: its links count from its own folder."""
    # MyST passes the stem of the page where its name is meant.
    page = app.env.docname
    content[0] = links(content[0], (app.srcdir / path).resolve().parent, Path(app.env.doc2path(page)), page)


def links(text: str, folder: Path, source: Path, page: str) -> str:
    """The text with every link out of the site turned into one that holds in it."""
    docs = ROOT / "docs"

    def link(match: re.Match[str]) -> str:
        target = (folder / match["path"]).resolve()
        if not target.exists():
            logging.getLogger(__name__).warning("no file %s", match["path"], location=page)
            return match[0]
        name = target.relative_to(ROOT).as_posix()
        inside = docs / PAGES[name] if name in PAGES else target
        if inside.is_relative_to(docs) and inside.suffix in (".md", ".ipynb"):
            return (
                f"[{match['text']}]({Path(os.path.relpath(inside, source.parent)).as_posix()}{match['anchor'] or ''})"
            )
        return (
            match["text"] if name in match["text"] or match["text"].startswith("`") else f"{match['text']} (`{name}`)"
        )

    return LINK.sub(link, text)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("source-read", rewrite)
    app.connect("include-read", include)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
