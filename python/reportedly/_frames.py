"""To and from data frames. Every library is imported when it is used: none is needed to import the package."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ._errors import ArgumentError
from ._reportedly import Claims, Corpus, Frame, Tokens

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: What a column of each sort is in pandas. Text is left to pandas, which differs by version.
_DTYPES = {
    "number": "float64",
    "flag": "bool",
    "date": "datetime64[s]",
    "moment": "datetime64[us]",
    "nested": "object",
}


def to_pandas(columns: dict[str, list[Any]], sorts: dict[str, str]) -> pandas.DataFrame:
    """Columns as lists, and what each holds, as a DataFrame.

    Built from plain lists, whether pyarrow is there or not: the result is the same on every machine.
    """
    pd = _library("pandas", "to_pandas")
    data = {name: _series(pd, values, sorts[name]) for name, values in columns.items()}
    frame: pandas.DataFrame = pd.DataFrame(data)
    return frame


def _series(pd: Any, values: list[Any], sort: str) -> Any:
    if sort == "count":
        # A nullable type only where something is missing: plain integers index faster and more simply.
        return pd.Series(values, dtype="Int64" if None in values else "int64")
    if sort in ("date", "moment"):
        import numpy as np

        return pd.Series(np.array(values, dtype=_DTYPES[sort]))
    if sort == "text":
        return pd.Series(values) if any(v is not None for v in values) else pd.Series(values, dtype="object")
    return pd.Series(values, dtype=_DTYPES[sort])


def to_polars(table: Claims | Frame | Tokens) -> polars.DataFrame:
    """A table as a polars DataFrame."""
    frame: polars.DataFrame = _library("polars", "to_polars").DataFrame(table)
    return frame


def to_arrow(table: Claims | Frame | Tokens) -> pyarrow.Table:
    """A table as a pyarrow Table."""
    return _library("pyarrow", "to_arrow").table(table)


def from_pandas(
    df: Any,
    text: str,
    title: str | None,
    published: str | None,
    outlet: str | None,
    byline: str | None,
    url: str | None,
    id: str | None,
    progress: Callable[[int, int], object] | None,
    jobs: int | None,
) -> Corpus:
    """A corpus with one document a row. See `Corpus.from_pandas`."""

    def column(name: str | None, argument: str) -> Sequence[Any] | None:
        if name is None:
            return None
        if name not in df.columns:
            there = ", ".join(str(c) for c in df.columns)
            raise ArgumentError(f"{argument}={name!r} names no column; there are {there}")
        values = df[name]
        return list(values.to_list() if hasattr(values, "to_list") else values.tolist())

    texts = column(text, "text")
    if texts is None:
        raise ArgumentError("text=None names no column")
    return Corpus.from_texts(
        texts,
        titles=column(title, "title"),
        published=column(published, "published"),
        outlets=column(outlet, "outlet"),
        bylines=column(byline, "byline"),
        urls=column(url, "url"),
        ids=column(id, "id"),
        progress=progress,
        jobs=jobs,
    )


def _library(name: str, wanted_by: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as e:
        raise ImportError(f"{wanted_by}() needs {name}: pip install reportedly[{name}]", name=name) from e
