"""Links from a page to a file of the repository that lies outside of `docs/`.

`[models/README.md](../models/README.md)` works where the repository is browsed. On the site the files named in
`PAGES`, and the notebooks, are pages of their own; other files are shown as text with their path. A path that does
not exist is a warning, and so fails the build.
"""

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
    "CONTRIBUTING.md": "project/contributing.md",
    "models/README.md": "project/models.md",
    "benches/README.md": "project/benches.md",
}
#: A link to a path, with or without an anchor; images and addresses are left alone.
LINK = re.compile(r"(?<!!)\[(?P<text>[^\]\[]+)\]\((?P<path>[^)#\s:]+)(?P<anchor>#[^)\s]*)?\)")


def rewrite(app: Sphinx, page: str, content: list[str]) -> None:
    """Changes the links of a page or notebook before it is parsed."""
    source = Path(app.env.doc2path(page))
    if source.suffix in (".md", ".ipynb"):
        content[0] = links(content[0], source.parent, page)


def include(app: Sphinx, path: Path, stem: str, content: list[str]) -> None:
    """The same for a file that a page includes: its links count from its own folder."""
    content[0] = links(content[0], (app.srcdir / path).resolve().parent, app.env.docname)


def links(text: str, folder: Path, page: str) -> str:
    """The text with every link that leads to a file turned into one that holds on the site."""

    def link(match: re.Match[str]) -> str:
        target = (folder / match["path"]).resolve()
        if not target.exists():
            logging.getLogger(__name__).warning("no file %s", match["path"], location=page)
            return match[0]
        name = target.relative_to(ROOT).as_posix()
        path = PAGES.get(name, name.removeprefix("docs/"))
        if name.startswith("notebooks/") and target.suffix in (".md", ".ipynb"):
            # `docs/notebooks` is a link to the folder, and a path through it is not known to be a page.
            return f"{{doc}}`{match['text']} </{path.removesuffix(target.suffix)}>`"
        if name in PAGES or (name.startswith("docs/") and target.suffix == ".md"):
            return f"[{match['text']}](/{path}{match['anchor'] or ''})"
        known = name in match["text"] or match["text"].startswith("`")
        return match["text"] if known else f"{match['text']} (`{name}`)"

    return LINK.sub(link, text)


def setup(app: Sphinx) -> ExtensionMetadata:
    app.connect("source-read", rewrite)
    app.connect("include-read", include)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
