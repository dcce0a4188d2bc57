"""Claims of a Spark data frame: the rows of one machine, made by many.

Only the public API of data frames is used, so this runs on Spark itself, classic or Connect, and on engines that speak
Spark Connect, as Sail. Python on every worker needs this package and pyarrow. See the guide on scaling.
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from ._errors import ArgumentError, InternalError
from ._reportedly import Corpus, _anchor_parts, _gather_names, _join_parts, _parts, _settle_names

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["Reconciliation", "claims", "reconcile"]

#: Rows of a batch that goes from task to task: a part of a corpus is some ten times its text.
_ROWS = 256
#: Of `monotonically_increasing_id()`, the bits that count within a partition.
_WITHIN = 33
_DIFFER = "ids of articles must differ on a cluster"
_FRAMES = ("copies", "stories", "origins", "propositions", "ledger", "findings", "parties")
_PART = "n bigint, id string, published string, claims int, part binary, by string"
_RESULT = "frame string, by string, part binary"

Batches = Iterable["pyarrow.RecordBatch"]


class _Columns(NamedTuple):
    """Which columns hold what."""

    text: str
    title: str | None
    published: str | None
    outlet: str | None
    byline: str | None
    url: str | None
    id: str | None
    by: str | None = None


def claims(
    df: DataFrame,
    text: str = "text",
    *,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    id: str | None = None,
    staging: str | None = None,
) -> DataFrame:
    """Extract the claims of articles, each article on whichever worker has it.

    The rows are those of ``Corpus.from_arrow(…).claims`` on one machine, of the articles in order of their ids, with
    the names of the whole corpus and the date that it has for articles without one.

    Parameters
    ----------
    df : pyspark.sql.DataFrame
        One row, one article. Without ``id`` its rows must come in the same order whenever they are read, which not
        every engine promises of several files.
    text : str
        Name of the column with the texts.
    title, published, outlet, byline, url, id : str, optional
        Names of the columns with what is known of each article. Ids must differ; articles count in their order, as
        text. Without them articles are called ``text-1``, ``text-2``, …, in order of the rows.
    staging : str, optional
        A folder that every worker reaches, for what is extracted (Parquet, larger than the text; it is yours to
        delete). Without it the engine is asked to persist that; one that cannot, as Sail, extracts again for each
        of the steps.

    Returns
    -------
    pyspark.sql.DataFrame
        The columns of ``corpus.claims``; counts are ``bigint``, as Spark has no unsigned numbers. ``start`` and
        ``end`` are code points, half-open, into the text. In no order: ``orderBy("claim")`` gives that of one
        machine.

    Raises
    ------
    ArgumentError
        No such column, or an id that two articles have.
    ImportError
        pyspark is not installed.

    Notes
    -----
    Extraction runs at once, and the claims are made when they are asked for. What comes to the driver: the number of
    rows of each partition, the days of publication with their counts, and the names of the corpus.

    Examples
    --------
    >>> df = spark.read.parquet("articles/")                                                    # doctest: +SKIP
    >>> found = reportedly.spark.claims(df, text="body", published="date", staging="s3://…")    # doctest: +SKIP
    >>> found.where("act = 'deny'").select("source", "content").show()                          # doctest: +SKIP
    """
    columns = _Columns(text, title, published, outlet, byline, url, id)
    return _Extracted(df, columns, staging).claims()


class Reconciliation:
    """Claims of many articles held against each other: data frames named as the tables of ``corpus.reconcile()``."""

    def __init__(self, frames: dict[str, DataFrame]) -> None:
        self._frames = frames

    @property
    def copies(self) -> DataFrame:
        """Documents that share text."""
        return self._frames["copies"]

    @property
    def stories(self) -> DataFrame:
        """Groups of documents about one event."""
        return self._frames["stories"]

    @property
    def origins(self) -> DataFrame:
        """Independent roots of claims."""
        return self._frames["origins"]

    @property
    def propositions(self) -> DataFrame:
        """Claims that say the same within one story."""
        return self._frames["propositions"]

    @property
    def ledger(self) -> DataFrame:
        """Every figure, in the row of what it is of."""
        return self._frames["ledger"]

    @property
    def findings(self) -> DataFrame:
        """What a reader should know, the gravest first."""
        return self._frames["findings"]

    @property
    def parties(self) -> DataFrame:
        """Everybody who says something, with every spelling."""
        return self._frames["parties"]

    def __repr__(self) -> str:
        return f"<reportedly.spark.Reconciliation: {', '.join(_FRAMES)}>"


def reconcile(
    df: DataFrame,
    text: str = "text",
    *,
    title: str | None = None,
    published: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    url: str | None = None,
    id: str | None = None,
    by: str | None = None,
    staging: str | None = None,
    most: int = 200_000,
) -> Reconciliation:
    """Extract the claims of articles on all workers, and reconcile them.

    Parameters
    ----------
    df, text, title, published, outlet, byline, url, id, staging
        As for :func:`claims`.
    by : str, optional
        Name of a column, as the month or the topic: the articles of each of its values are reconciled by themselves,
        each lot in a task of its own.
    most : int
        Articles that one task can hold; more, or more of one value of ``by``, are refused. See the notes.

    Returns
    -------
    Reconciliation
        Its data frames have the columns and rows of ``corpus.reconcile()`` on one machine; counts are ``bigint``. In no
        order. With ``by`` each has that column in front (as text), and for each of its values the rows are those of a
        corpus of these articles alone: numbers of claims, stories and rows count within it.

    Raises
    ------
    ArgumentError
        As for :func:`claims`; or more than ``most`` articles.
    ImportError
        pyspark is not installed, or is older than 4.0.

    Notes
    -----
    Extraction, which is nearly all of the work, runs on all workers. Copies and stories grow article by article, each
    decision on those before it, so that they cannot be spread over tasks and stay what they are on one machine. That,
    and what follows, runs in one task for each value of ``by``, by the very code of one machine.
    """
    columns = _Columns(text, title, published, outlet, byline, url, id, by)
    return _Extracted(df, columns, staging).reconcile(most)


class _Extracted:
    """A data frame of articles, extracted: a row an article, with its position in the corpus."""

    def __init__(self, df: DataFrame, columns: _Columns, staging: str | None) -> None:
        _functions()
        there = set(df.columns)
        for name in columns:
            if name is not None and name not in there:
                raise ArgumentError(f"no column {name!r}; there are {', '.join(sorted(there))}")
        self.session = df.sparkSession
        self.staging = staging.rstrip("/") if staging is not None else None
        self.by = columns.by
        self.parts = self._kept("parts", _numbered(df, columns))
        if columns.id is not None:
            _check_ids(self.parts)

    def settled(self) -> bytes:
        """The names of the corpus; articles without a date are anchored to its own first."""
        days = {row["published"]: row["count"] for row in self.parts.groupBy("published").count().collect()}
        if days.get(None) and len(days) > 1:
            self.parts = self._kept("anchored", self.parts.mapInArrow(_anchoring(_median(days)), _PART))
        told = self.parts.mapInArrow(_gather, "told binary").collect()
        return _settle_names([bytes(row["told"]) for row in told])

    def _kept(self, name: str, frame: DataFrame) -> DataFrame:
        """A data frame that is not computed again, as far as the engine can do that."""
        if self.staging is None:
            return frame.persist()
        path = f"{self.staging}/{name}"
        frame.write.mode("overwrite").parquet(path)
        return self.session.read.parquet(path)

    def claims(self) -> DataFrame:
        functions, window = _functions()
        before = functions.sum("claims").over(
            window.orderBy("n").rowsBetween(window.unboundedPreceding, window.currentRow)
        )
        names = self.settled()
        counts = self.parts.select("n", "claims")
        first = counts.select("n", (before - functions.col("claims")).alias("first"))
        placed = self.parts.select("n", "part").join(first, "n")
        return placed.mapInArrow(_claiming(names), _ddl(_claims_schema()))

    def reconcile(self, most: int) -> Reconciliation:
        functions, _ = _functions()
        sizes = {row["by"]: row["count"] for row in self.parts.groupBy("by").count().collect()}
        for value, count in sizes.items():
            if count > most:
                which = "" if self.by is None else f" of {self.by} {value!r}"
                raise ArgumentError(
                    f"{count:,} articles{which}, and one task is to hold at most {most:,}: give a column for `by` that "
                    "makes smaller lots, as the month, or a larger `most` if a worker has the memory"
                )
        grouped = self.parts.select("n", "part", "published", "by").groupBy("by")
        if not hasattr(grouped, "applyInArrow"):
            raise ImportError("reportedly.spark.reconcile needs applyInArrow: pip install 'pyspark>=4'", name="pyspark")
        stored = self._kept("reconciled", grouped.applyInArrow(_reconciling(sizes), _RESULT))
        if self.staging is None:
            # Not to be computed again for every frame.
            rows = [(row["frame"], row["by"], bytes(row["part"])) for row in stored.collect()]
            stored = self.session.createDataFrame(rows, _RESULT)
        schemas = _frame_schemas()

        def frame(name: str) -> DataFrame:
            rows = stored.where(functions.col("frame") == name)
            schema = _ddl(schemas[name])
            if self.by is not None:
                schema = f"`{self.by}` string, {schema}"
            return rows.mapInArrow(_unpacking(self.by), schema)

        return Reconciliation({name: frame(name) for name in _FRAMES})


def _functions() -> tuple[Any, Any]:
    try:
        from pyspark.sql import Window, functions
    except ImportError as e:
        raise ImportError("reportedly.spark needs pyspark: pip install reportedly[spark]", name="pyspark") from e
    return functions, Window


def _numbered(df: DataFrame, columns: _Columns) -> DataFrame:
    """The parts of all articles, numbered in order of their ids, or of the rows if there are none."""
    functions, window = _functions()
    if columns.id is not None:
        # An engine may read the same files in another order each time; ids are the same.
        ids = df.select(functions.col(f"`{columns.id}`").cast("string").alias("_id"))
        _check_ids(ids.withColumnRenamed("_id", "id"))
        place = functions.row_number().over(window.orderBy("_id")) - 1
        places = ids.where("_id is not null").select("_id", place.cast("bigint").alias("_n"))
        df = df.join(places, functions.col(f"`{columns.id}`").cast("string") == places["_id"])
        number, first = functions.col("_n"), {0: 0}
    else:
        number = functions.monotonically_increasing_id()
        partitions = df.select(functions.shiftright(number, _WITHIN).alias("p")).groupBy("p").count().collect()
        first, total = {}, 0
        for row in sorted(partitions, key=lambda row: int(row["p"])):
            first[int(row["p"])] = total
            total += row["count"]
    named = [functions.col(f"`{name}`").alias(field) for field, name in columns._asdict().items() if name is not None]
    if columns.by is not None:
        named[-1] = functions.col(f"`{columns.by}`").cast("string").alias("by")
    return df.select(number.alias("n"), *named).mapInArrow(_extracting(first), _PART)


def _check_ids(parts: DataFrame) -> None:
    twice = parts.groupBy("id").count().where("count > 1 or id is null").limit(1).collect()
    if twice and twice[0]["id"] is None:
        raise ArgumentError(f"{twice[0]['count']} rows have no id; give each one, or leave `id` out")
    if twice:
        raise ArgumentError(f"the id {twice[0]['id']!r} stands in {twice[0]['count']} rows; {_DIFFER}")


def _median(days: Mapping[str | None, int]) -> str:
    """The day that the corpus has for a date, as one machine finds it; there must be one."""
    dated = sorted((day, count) for day, count in days.items() if day is not None)
    middle = sum(count for _, count in dated) // 2
    before = accumulate((count for _, count in dated), initial=0)
    return [day for (day, _), first in zip(dated, before, strict=False) if first <= middle][-1]


def _extracting(first: dict[int, int]) -> Callable[[Batches], Batches]:
    def extract(batches: Batches) -> Batches:
        import pyarrow as pa

        for batch in _small(batches):
            numbers = [first[m >> _WITHIN] + (m & ((1 << _WITHIN) - 1)) for m in batch.column("n").to_pylist()]
            there = [name for name in batch.schema.names if name not in ("n", "by")]
            by = batch.column("by").to_pylist() if "by" in batch.schema.names else [None] * len(numbers)
            table = pa.table({name: batch.column(name) for name in there})
            given = table.column("id").to_pylist() if "id" in there else [None] * len(numbers)
            ids = [f"text-{n + 1}" if one is None else str(one) for one, n in zip(given, numbers, strict=True)]
            if len(set(ids)) < len(ids):
                twice = next(one for one in ids if ids.count(one) > 1)
                raise ArgumentError(
                    f"the id {twice!r} stands in several rows; ids of articles must differ on a cluster"
                )
            table = table.drop_columns(["id"]) if "id" in there else table
            table = table.append_column("id", pa.array(ids, pa.string()))
            fields = {name: name for name in (*there, "id")}
            corpus = Corpus.from_arrow(table, **fields, jobs=1)
            parts, known, days, counts = zip(*_parts(corpus, numbers, 1), strict=True)
            yield _part_batch(numbers, known, days, counts, parts, by)

    return extract


def _anchoring(day: str) -> Callable[[Batches], Batches]:
    def anchor(batches: Batches) -> Batches:
        for batch in _small(batches):
            rows = batch.to_pydict()
            undated = [i for i, known in enumerate(rows["published"]) if known is None]
            anchored = _anchor_parts([rows["part"][i] for i in undated], day, 1)
            for i, (part, count) in zip(undated, anchored, strict=True):
                rows["part"][i], rows["claims"][i] = part, count
            yield _part_batch(rows["n"], rows["id"], rows["published"], rows["claims"], rows["part"], rows["by"])

    return anchor


def _gather(batches: Batches) -> Batches:
    import pyarrow as pa

    for batch in batches:
        if batch.num_rows:
            told = _gather_names(batch.column("part").to_pylist(), batch.column("n").to_pylist())
            yield pa.RecordBatch.from_pydict({"told": pa.array([told], pa.binary())})


def _claiming(names: bytes) -> Callable[[Batches], Batches]:
    def claims(batches: Batches) -> Batches:
        import pyarrow as pa
        import pyarrow.compute as pc

        schema = _signed(_claims_schema())
        for batch in _small(batches):
            corpus = _join_parts(batch.column("part").to_pylist(), names, 1)
            table = pa.table(corpus.claims).cast(schema)
            lengths = [len(document.claims) for document in corpus]
            # From a position in this batch to that in the corpus.
            before = _before(lengths)
            shift = [first - own for first, own in zip(batch.column("first").to_pylist(), before, strict=True)]
            by_claim = [s for s, length in zip(shift, lengths, strict=True) for _ in range(length)]
            claim = pc.add(table.column("claim"), pa.array(by_claim, pa.int64()))
            table = table.set_column(table.schema.get_field_index("claim"), "claim", claim)
            yield from table.to_batches()

    return claims


def _reconciling(sizes: Mapping[str | None, int]) -> Callable[[pyarrow.Table], pyarrow.Table]:
    def reconcile(lot: pyarrow.Table) -> pyarrow.Table:
        import pyarrow as pa

        lot = lot.sort_by("n")
        by = lot.column("by")[0].as_py()
        if lot.num_rows != sizes[by]:
            raise InternalError(f"{lot.num_rows} of the {sizes[by]} articles of {by!r} came to their task")
        columns = (lot.column(name).to_pylist() for name in ("n", "published", "part"))
        return pa.Table.from_batches(_reconciled(by, *columns))

    return reconcile


def _reconciled(by: Any, numbers: Any, published: Any, parts: Any) -> Batches:
    import pyarrow as pa

    days = Counter(published)
    parts = list(parts)
    if days[None] and len(days) > 1:
        undated = [i for i, day in enumerate(published) if day is None]
        anchored = _anchor_parts([parts[i] for i in undated], _median(days), 1)
        for i, (part, _) in zip(undated, anchored, strict=True):
            parts[i] = part
    names = _settle_names([_gather_names(parts, list(numbers))])
    found = _join_parts(parts, names, None).reconcile()
    del parts
    for name in _FRAMES:
        member = getattr(found, name)
        table = pa.table(member() if callable(member) else member)
        table = table.cast(_signed(table.schema))
        for piece in table.to_batches(max_chunksize=65_536):
            sink = io.BytesIO()
            with pa.ipc.new_stream(sink, piece.schema) as writer:
                writer.write_batch(piece)
            columns = {"frame": pa.array([name]), "by": pa.array([by], pa.string())}
            yield pa.RecordBatch.from_pydict({**columns, "part": pa.array([sink.getvalue()], pa.binary())})


def _unpacking(by: str | None) -> Callable[[Batches], Batches]:
    def unpack(batches: Batches) -> Batches:
        import pyarrow as pa

        for batch in batches:
            for row in batch.to_pylist():
                with pa.ipc.open_stream(row["part"]) as stream:
                    for piece in stream:
                        if by is None:
                            yield piece
                        else:
                            value = pa.array([row["by"]] * piece.num_rows, pa.string())
                            names = [by, *piece.schema.names]
                            yield pa.RecordBatch.from_arrays([value, *piece.columns], names=names)

    return unpack


def _before(lengths: Iterable[int]) -> list[int]:
    out, total = [], 0
    for length in lengths:
        out.append(total)
        total += length
    return out


def _small(batches: Batches) -> Batches:
    """The same rows in batches that are not too large, and none that is empty."""
    for batch in batches:
        for start in range(0, batch.num_rows, _ROWS):
            yield batch.slice(start, _ROWS)


def _part_batch(n: Any, ids: Any, published: Any, counts: Any, parts: Any, by: Any) -> pyarrow.RecordBatch:
    import pyarrow as pa

    return pa.RecordBatch.from_pydict(
        {
            "n": pa.array(n, pa.int64()),
            "id": pa.array(ids, pa.string()),
            "published": pa.array(published, pa.string()),
            "claims": pa.array(counts, pa.int32()),
            "part": pa.array(parts, pa.binary()),
            "by": pa.array(by, pa.string()),
        }
    )


def _claims_schema() -> pyarrow.Schema:
    import pyarrow as pa

    return pa.table(Corpus.from_texts([]).claims).schema


def _frame_schemas() -> dict[str, pyarrow.Schema]:
    import pyarrow as pa

    empty = Corpus.from_texts([]).reconcile()
    members = {name: getattr(empty, name) for name in _FRAMES}
    return {name: pa.table(m() if callable(m) else m).schema for name, m in members.items()}


def _signed(schema: pyarrow.Schema) -> pyarrow.Schema:
    """The same columns without unsigned numbers, which Spark does not have."""
    import pyarrow as pa

    return pa.schema([pa.field(field.name, _signed_type(field.type)) for field in schema])


def _signed_type(of: pyarrow.DataType) -> pyarrow.DataType:
    import pyarrow as pa

    if pa.types.is_unsigned_integer(of):
        return pa.int64()
    if pa.types.is_struct(of):
        return pa.struct([pa.field(field.name, _signed_type(field.type)) for field in of])
    if pa.types.is_list(of):
        return pa.list_(_signed_type(of.value_type))
    return of


def _ddl(schema: pyarrow.Schema) -> str:
    """A schema as Spark writes it."""
    return ", ".join(f"`{field.name}` {_ddl_type(field.type)}" for field in schema)


def _ddl_type(of: pyarrow.DataType) -> str:
    import pyarrow as pa

    if pa.types.is_struct(of):
        return f"struct<{', '.join(f'`{field.name}`: {_ddl_type(field.type)}' for field in of)}>"
    if pa.types.is_list(of):
        return f"array<{_ddl_type(of.value_type)}>"
    simple = {
        pa.string(): "string",
        pa.float64(): "double",
        pa.float32(): "float",
        pa.bool_(): "boolean",
        pa.date32(): "date",
        pa.timestamp("us"): "timestamp_ntz",
        pa.int64(): "bigint",
        pa.uint32(): "bigint",
    }
    return simple[of]
