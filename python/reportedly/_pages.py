"""Web pages read by another engine, if the user has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Elements of trafilatura's tree, as the blocks of a document are called.
_KINDS = {"p": "paragraph", "head": "heading", "item": "list_item", "quote": "quote"}


def trafilatura() -> Callable[[str, str | None], list[tuple[str, str]]]:
    """A function from a page and its address to the blocks of its article: kind and text.

    Barbaresi (2021), Trafilatura: a web scraping library and command-line tool for text discovery and extraction.
    """
    try:
        from trafilatura import bare_extraction
    except ImportError as e:
        message = 'html="trafilatura" needs trafilatura: pip install reportedly[trafilatura]'
        raise ImportError(message, name="trafilatura") from e

    def blocks(page: str, address: str | None) -> list[tuple[str, str]]:
        found: Any = bare_extraction(page, url=address, include_comments=False)
        body = None if found is None else found.body
        return [] if body is None else list(_blocks(body))

    return blocks


def _blocks(element: Any) -> Any:
    kind = _KINDS.get(element.tag)
    inner = [child for child in element if child.tag in _KINDS or len(child)]
    if kind and not any(child.tag in _KINDS for child in inner):
        text = " ".join("".join(element.itertext()).split())
        if text:
            yield kind, text
        return
    # Text beside blocks is a paragraph of its own.
    for text in (element.text, *(child.tail for child in element)):
        if text and text.strip() and kind is None and element.tag not in ("body", "list"):
            yield "paragraph", " ".join(text.split())
    for child in element:
        yield from _blocks(child)
