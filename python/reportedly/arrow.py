"""Claims from Arrow to Arrow, a batch at a time: what every engine of data frames can call.

No step here looks at more than one article, so batches may be of any size and in any order: Ray Data, Daft, Dask,
DuckDB and Polars each need a line or two (see the guide on scaling). Names that only the whole corpus tells, and the
day to which undated articles are anchored, are left as the article has them; :mod:`reportedly.spark` settles them too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._reportedly import Corpus, _anchor_parts, _join_parts, _parts, _settle_names

if TYPE_CHECKING:
    import pyarrow

__all__ = ["claims", "schema"]

#: The names of no corpus: every article keeps its own.
_NO_NAMES = _settle_names([])


def claims(
    batch: Any,
    *,
    text: str,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    id: str | None = None,
    anchor: str | None = None,
    jobs: int | None = None,
) -> pyarrow.Table:
    """Extract the claims of a batch of articles, each article by itself.

    Parameters
    ----------
    batch : pyarrow.Table, pyarrow.RecordBatch, or any object with ``__arrow_c_stream__``
        One row, one article.
    text : str
        Name of the column with the texts.
    title, published, outlet, byline, url, id : str, optional
        Names of the columns with what is known of each article. Give ``id``: without it articles of every batch are
        called ``text-1``, ``text-2``, ….
    anchor : str, optional
        The day, as ``2024-10-26``, from which "yesterday" is counted in articles without a date.
    jobs : int, optional
        Threads; ``REPORTEDLY_JOBS`` or all cores if not given. Where the engine runs a task a core, 1.

    Returns
    -------
    pyarrow.Table
        As ``pyarrow.table(corpus.claims)``. ``claim`` and ``row`` (uint32) count within the batch; ``start`` and
        ``end`` are code points, half-open, into the text of the article.

    Raises
    ------
    ArgumentError
        No such column, or an object that is no Arrow table; a day that is none.
    ImportError
        pyarrow is not installed.

    Examples
    --------
    >>> import pyarrow as pa
    >>> from reportedly.arrow import claims
    >>> batch = pa.table({"key": ["a"], "body": ['"It rains," Ann Lee said.']})
    >>> claims(batch, text="body", id="key").select(["document", "source", "cue"]).to_pylist()
    [{'document': 'a', 'source': 'Ann Lee', 'cue': 'said'}]
    """
    import pyarrow as pa

    corpus = Corpus.from_arrow(
        batch, text=text, title=title, published=published, outlet=outlet, byline=byline, url=url, id=id, jobs=jobs
    )
    parts = [part for part, *_ in _parts(corpus, list(range(len(corpus))), jobs)]
    if anchor is not None:
        parts = [part for part, _ in _anchor_parts(parts, anchor, jobs)]
    return pa.table(_join_parts(parts, _NO_NAMES, jobs).claims)


def schema() -> pyarrow.Schema:
    """The columns of the table of claims, for engines that ask for them beforehand.

    Raises
    ------
    ImportError
        pyarrow is not installed.

    Examples
    --------
    >>> from reportedly.arrow import schema
    >>> schema().names[:3]
    ['claim', 'document', 'row']
    """
    import pyarrow as pa

    return pa.schema(Corpus.from_texts([]).claims)
