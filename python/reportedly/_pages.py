"""Web pages read by another engine, if the user has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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


def _blocks(element: Any) -> Iterator[tuple[str, str]]:
    """The innermost blocks of an element, and the text that stands beside them."""
    kind = _KINDS.get(element.tag, "paragraph")
    if not any(inner.tag in _KINDS for inner in element.iter() if inner is not element):
        yield from _line(kind, "".join(element.itertext()))
        return
    yield from _line(kind, element.text)
    for child in element:
        yield from _blocks(child)
        yield from _line(kind, child.tail)


def _line(kind: str, text: str | None) -> Iterator[tuple[str, str]]:
    line = " ".join((text or "").split())
    if line:
        yield kind, line
