"""To and from data frames. Every library is imported when it is used: none is needed to import the package."""

from __future__ import annotations

import gc
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ._errors import ArgumentError
from ._reportedly import Corpus

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

#: What NumPy reads the bytes of a column as, by what the column holds.
_DTYPES = {
    "number": "float64",
    "count": "int64",
    "flag": "bool",
    "date": "datetime64[s]",
    "moment": "datetime64[us]",
}
#: Among these there is no value that means a missing one.
_NULLABLE = frozenset({"count", "flag"})


def to_pandas(table: Any, index: Any = None, rows: str | None = None) -> pandas.DataFrame:
    """A table of the compiled module as a DataFrame, of the same values and dtypes on every machine.

    `index` is that of the rows that the column `rows` counts.
    """
    pd = _library("pandas", "to_pandas")
    names, sorts = [n for n, _ in table.columns_and_sorts], [s for _, s in table.columns_and_sorts]
    with _without_collections():
        texts = _texts(pd, table, [i for i, sort in enumerate(sorts) if sort == "text"])
        data = {
            name: texts[i] if sort == "text" else _values(pd, table, i, sort)
            for i, (name, sort) in enumerate(zip(names, sorts, strict=True))
        }
        # Not consolidated: a column stays where it was made.
        frame: pandas.DataFrame = pd.DataFrame(data, copy=False)
    return frame if index is None else _indexed(pd, frame, index, rows)


def _values(pd: Any, table: Any, i: int, sort: str) -> Any:
    import numpy as np

    if sort == "nested":
        column = np.empty(len(table), dtype=object)
        column[:] = table.objects(i)
        return column
    values = np.frombuffer(table.values(i), dtype=_DTYPES[sort])
    missing = table.missing(i) if sort in _NULLABLE else None
    # A nullable type only where something is missing: plain integers index faster and more simply.
    if missing is None:
        return values
    masked = pd.arrays.BooleanArray if sort == "flag" else pd.arrays.IntegerArray
    return masked(values, np.frombuffer(missing, dtype=bool))


def _texts(pd: Any, table: Any, which: list[int]) -> dict[int, Any]:
    """Columns of text, in the type that this pandas gives text."""
    dtype = pd.Series(["text"]).dtype
    if which and getattr(dtype, "storage", None) == "pyarrow":
        # Arrow strings are taken as they are.
        made = _library("pyarrow", "to_pandas").table(table.select(which))
        return {i: dtype.__from_arrow__(column) for i, column in zip(which, made.columns, strict=True)}
    return {i: pd.Series(table.objects(i), dtype=dtype) for i in which}


@contextmanager
def _without_collections() -> Iterator[None]:
    """Nothing made here is garbage: to look for it after every thousand objects takes half of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _indexed(pd: Any, frame: Any, index: Any, rows: str | None) -> Any:
    """The frame with the user's own index, as it stands at each row."""
    if rows is None:
        raise ArgumentError(
            "index= is for tables that say which row they are of; merge this one with corpus.documents, on 'document', "
            "or with corpus.claims, on 'claim'"
        )
    index = index if isinstance(index, pd.Index) else pd.Index(index)
    positions = frame[rows]
    if positions.isna().any():
        named = frame.loc[positions.isna(), "document"].iloc[0]
        raise ArgumentError(f"index= cannot be used: the document {named!r} is a whole file, not a row of a table")
    if len(positions) and positions.max() >= len(index):
        raise ArgumentError(
            f"index= has {len(index)} rows, and there are documents of row {positions.max()}; "
            "give the index of the table that the corpus was made of"
        )
    if "document" in frame and frame[["document", rows]].drop_duplicates()[rows].duplicated().any():
        raise ArgumentError("index= cannot be used: documents are of rows of several tables; filter those of one first")
    frame.index = index.take(positions.to_numpy(dtype="int64"))
    return frame


def to_polars(table: Any) -> polars.DataFrame:
    """A table as a polars DataFrame."""
    frame: polars.DataFrame = _library("polars", "to_polars").DataFrame(table)
    return frame


def to_arrow(table: Any) -> pyarrow.Table:
    """A table as a pyarrow Table."""
    return _library("pyarrow", "to_arrow").table(table)


#: Arguments of `Corpus.from_pandas` and its like, after `text`, that name columns.
_FIELDS = ("title", "published", "outlet", "byline", "url", "id")


def column(there: Sequence[Any], argument: str, name: Hashable) -> Any:
    """The name that an argument gives of a column; it must be there, once."""
    times = 0 if name is None else sum(1 for column in there if column == name)
    if times == 0:
        raise ArgumentError(f"{argument}={name!r} names no column; there are {_listed(there)}")
    if times > 1:
        raise ArgumentError(f"{argument}={name!r} names {times} columns; rename all but one")
    return name


def _named(there: Sequence[Any], text: Any, fields: Sequence[Any]) -> list[Any]:
    """The columns that the arguments name, None where an argument names none."""
    optional = zip(_FIELDS, fields, strict=True)
    return [column(there, "text", text), *(None if n is None else column(there, a, n) for a, n in optional)]


def _listed(there: Sequence[Any], most: int = 30) -> str:
    names = [str(name) for name in there]
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more if names else "none"


def _corpus(columns: list[Any], progress: Any, jobs: int | None) -> Corpus:
    return Corpus._from_rows(columns, progress, jobs)


def from_pandas(
    df: Any,
    text: Hashable,
    title: Hashable,
    published: Hashable,
    outlet: Hashable,
    byline: Hashable,
    url: Hashable,
    id: Hashable,
    progress: Callable[[int, int], object] | None,
    jobs: int | None,
) -> Corpus:
    """A corpus with one document a row. See `Corpus.from_pandas`."""
    if not hasattr(df, "columns"):
        raise ArgumentError(f"from_pandas takes a DataFrame, not {type(df).__name__}; lists go to Corpus.from_texts")
    fields = (title, published, outlet, byline, url, id)

    def values(name: Any) -> list[Any]:
        column = df[name]
        return list(column.to_list() if hasattr(column, "to_list") else column.tolist())

    named = _named(list(df.columns), text, fields)
    return _corpus([None if name is None else values(name) for name in named], progress, jobs)


def from_polars(
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
    """A corpus with one document a row. See `Corpus.from_polars`."""
    lazy = hasattr(df, "collect_schema") and hasattr(df, "collect")
    if not lazy and not hasattr(df, "get_column"):
        raise ArgumentError(f"from_polars takes a DataFrame or LazyFrame, not {type(df).__name__}")
    there = df.collect_schema().names() if lazy else df.columns
    named = _named(there, text, (title, published, outlet, byline, url, id))
    if lazy:
        df = df.select(list(dict.fromkeys(name for name in named if name is not None))).collect()
    return _corpus([None if name is None else df.get_column(name).to_list() for name in named], progress, jobs)


def from_arrow(
    table: Any,
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
    """A corpus with one document a row. See `Corpus.from_arrow`."""
    fields = (title, published, outlet, byline, url, id)
    if not hasattr(table, "__arrow_c_stream__") and not hasattr(table, "__arrow_c_array__"):
        message = f"from_arrow takes an Arrow table or stream, with __arrow_c_stream__, not {type(table).__name__}"
        raise ArgumentError(message)
    if type(table).__module__.partition(".")[0] == "polars":
        return from_polars(table, text, *fields, progress, jobs)
    try:
        import pyarrow as pa
    except ImportError:
        try:
            import polars as pl
        except ImportError as e:
            message = "from_arrow() needs pyarrow or polars: pip install reportedly[pyarrow]"
            raise ImportError(message, name="pyarrow") from e
        return from_polars(pl.DataFrame(table), text, *fields, progress, jobs)
    return _from_batches(pa, table, text, fields, progress, jobs)


def _from_batches(pa: Any, table: Any, text: str, fields: Sequence[Any], progress: Any, jobs: int | None) -> Corpus:
    """A stream is read batch by batch: only the columns that are named are kept."""
    if hasattr(table, "__arrow_c_stream__"):
        batches = pa.RecordBatchReader.from_stream(table)
        schema = batches.schema
    else:
        batches = [pa.record_batch(table)]
        schema = batches[0].schema
    named = _named(schema.names, text, fields)
    columns: list[Any] = [None if name is None else [] for name in named]
    for batch in batches:
        for name, values in zip(named, columns, strict=True):
            if values is not None:
                values += _seconds(pa, batch.column(name)).to_pylist()
    return _corpus(columns, progress, jobs)


def _seconds(pa: Any, column: Any) -> Any:
    """Moments to the second: Python has no nanoseconds, and only the day is asked for."""
    if not pa.types.is_timestamp(column.type) or column.type.unit == "s":
        return column
    return column.cast(pa.timestamp("s", tz=column.type.tz), safe=False)


def _library(name: str, wanted_by: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as e:
        raise ImportError(f"{wanted_by}() needs {name}: pip install reportedly[{name}]", name=name) from e
