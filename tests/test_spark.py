"""A cluster gives the rows of one machine: on Sail with two workers, and on Spark with a local JVM."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import reportedly as rp

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tools"))

pa = pytest.importorskip("pyarrow")
pytest.importorskip("pyspark", reason="the tests of clusters need pyspark: pip install pyspark[connect]")

import articles  # noqa: E402

from reportedly import spark as rps  # noqa: E402

COLUMNS = {"text": "text", "title": "title", "published": "published", "outlet": "outlet", "url": "url", "id": "id"}
FRAMES = ["copies", "stories", "origins", "propositions", "ledger", "findings", "parties"]
#: Articles of the long comparison; 2,000 take minutes: REPORTEDLY_SPARK_ARTICLES=2000.
MANY = int(os.environ.get("REPORTEDLY_SPARK_ARTICLES", "40"))


def sail() -> Iterator[Any]:
    """Sail as a cluster of two workers in this process."""
    pytest.importorskip("pysail", reason="pysail is not installed")
    pytest.importorskip("grpc", reason="Spark Connect needs grpcio: pip install pyspark[connect]")
    settings = {
        "SAIL_MODE": "local-cluster",
        "SAIL_CLUSTER__WORKER_INITIAL_COUNT": "2",
        "SAIL_CLUSTER__WORKER_MAX_COUNT": "2",
        "SAIL_EXECUTION__DEFAULT_PARALLELISM": "4",
        "RUST_LOG": "error",
    }
    os.environ.update(settings)
    from pysail.spark import SparkConnectServer
    from pyspark.sql import SparkSession

    server = SparkConnectServer()
    server.start()
    _, port = server.listening_address
    session = SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate()
    try:
        yield session
    finally:
        session.stop()
        server.stop()
        # The last two were set by the session; with them, there would be no classic one in this process.
        for name in [*settings, "SPARK_CONNECT_MODE_ENABLED", "SPARK_REMOTE"]:
            os.environ.pop(name, None)


def jvm() -> Iterator[Any]:
    """Spark itself, with two local workers."""
    pytest.importorskip("py4j", reason="classic Spark needs py4j: pip install pyspark")
    java = shutil.which("java")
    if java is None or subprocess.run([java, "-version"], capture_output=True, check=False).returncode:
        pytest.skip("no Java on this machine")
    from pyspark.sql import SparkSession

    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT / "python"), os.environ.get("PYTHONPATH")]))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "4").getOrCreate()
    try:
        yield session
    finally:
        session.stop()


@pytest.fixture(scope="module", params=[sail, jvm], ids=["sail", "jvm"])
def session(request: pytest.FixtureRequest) -> Iterator[Any]:
    yield from request.param()


def written(session: Any, rows: list[dict[str, Any]], folder: Path, files: int = 3) -> Any:
    """The rows as a data frame of several files, so that several tasks read them."""
    import pyarrow.parquet as pq

    folder.mkdir()
    table = pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in rows[0]]))
    size = -(-len(rows) // files)
    for i in range(files):
        pq.write_table(table.slice(i * size, size), folder / f"part-{i:02}.parquet")
    return session.read.parquet(str(folder))


def in_order(df: Any, key: str | None = None) -> list[dict[str, Any]]:
    """The rows of a data frame: the corpus that one machine would read, in order of ids."""
    rows = [row.asDict(recursive=True) for row in df.collect()]
    return rows if key is None else sorted(rows, key=lambda row: str(row[key]))


def at_once(rows: list[dict[str, Any]], columns: dict[str, str]) -> rp.Corpus:
    table = pa.Table.from_pylist(rows, schema=pa.schema([(name, pa.string()) for name in rows[0]]))
    return rp.Corpus.from_arrow(table, **columns)


def canonical(rows: list[dict[str, Any]]) -> list[str]:
    """Rows as text, sorted: data frames of a cluster come in no order. Floats are compared to the last bit."""
    return sorted(json.dumps(row, default=str, sort_keys=True, ensure_ascii=False) for row in rows)


def check(df: Any, rows: list[dict[str, Any]], columns: dict[str, str], staging: Path | None) -> None:
    corpus = at_once(rows, columns)
    where = None if staging is None else str(staging)
    claims = rps.claims(df, **columns, staging=where)
    assert claims.columns == pa.table(corpus.claims).schema.names
    found, expected = in_order(claims), pa.table(corpus.claims).to_pylist()
    assert len(found) == len(expected) > 0
    found.sort(key=lambda row: row["claim"])
    for a, b in zip(found, expected, strict=True):
        assert canonical([a]) == canonical([b])
    one = corpus.reconcile()
    many = rps.reconcile(df, **columns, staging=where)
    for name in FRAMES:
        expected_frame = one.ledger() if name == "ledger" else getattr(one, name)
        expected_rows = pa.table(expected_frame).to_pylist()
        assert getattr(many, name).columns == pa.table(expected_frame).schema.names
        assert canonical(in_order(getattr(many, name))) == canonical(expected_rows), name


def test_seeds(session: Any, tmp_path: Path) -> None:
    rows = [{"body": path.read_text("utf-8"), "key": path.stem} for path in sorted((ROOT / "seeds").glob("*.txt"))]
    df = written(session, rows, tmp_path / "seeds")
    check(df, in_order(df, "key"), {"text": "body", "id": "key"}, tmp_path / "staging")


def test_generated_articles(session: Any, tmp_path: Path) -> None:
    rows = [
        {**one, "published": one["published"] or None, "outlet": one["outlet"] or None}
        for one in articles.generate(MANY)
    ]
    df = written(session, rows, tmp_path / "articles", files=4)
    check(df, in_order(df, COLUMNS["id"]), COLUMNS, tmp_path / "staging")


def test_names_and_dates_cross_partitions(session: Any, tmp_path: Path) -> None:
    """What is known of a party, and the date, may stand in an article that another worker has."""
    rows = [
        {"text": "The Harbour Safety Council (HSC) said on Friday that 40 ships left.", "published": "2024-10-25"},
        {"text": "The HSC said on Monday that two more ships were late.", "published": None},
        {"text": "Volodymyr Zelenskiy said it rained. Zelenskiy denied that it snowed.", "published": "2024-10-26"},
        {"text": "Volodymyr Zelensky said on Monday it snowed.", "published": None},
        {"text": "", "published": "2024-10-27"},
    ]
    df = written(session, rows, tmp_path / "names", files=5)
    ordered = in_order(df)
    corpus = at_once(ordered, {"text": "text", "published": "published"})
    found = sorted(in_order(rps.claims(df, published="published")), key=lambda row: row["claim"])
    assert canonical(found) == canonical(pa.table(corpus.claims).to_pylist())
    assert {row["document"] for row in found} == {"text-1", "text-2", "text-3", "text-4"}
    zelensky = {row["source"] for row in found if "Zelensk" in (row["source"] or "")}
    assert len(zelensky) == 1, "one party has one name"
    monday = next(row for row in found if row["document"] == "text-4")
    assert monday["times"][0]["begins"] is not None, "undated articles are anchored to the date of the corpus"


def test_lots_by_themselves(session: Any, tmp_path: Path) -> None:
    """Each value of a column is as a corpus of its own."""
    rows = [
        {"id": one["id"], "text": one["text"], "day": one["published"] or None, "lot": "ab"[i % 2]}
        for i, one in enumerate(articles.generate(16, seed=1))
    ]
    df = written(session, rows, tmp_path / "lots")
    many = rps.reconcile(df, id="id", published="day", by="lot", staging=str(tmp_path / "staging"))
    ordered = in_order(df, "id")
    for lot in "ab":
        own = [row for row in ordered if row["lot"] == lot]
        one = at_once(own, {"text": "text", "id": "id", "published": "day"}).reconcile()
        for name in FRAMES:
            expected = pa.table(one.ledger() if name == "ledger" else getattr(one, name)).to_pylist()
            found = [row for row in in_order(getattr(many, name)) if row.pop("lot") == lot]
            assert canonical(found) == canonical(expected), name
    with pytest.raises(rp.ArgumentError, match=r"8 articles of lot '[ab]', and one task is to hold at most 7"):
        rps.reconcile(df, id="id", by="lot", most=7, staging=str(tmp_path / "staging"))


def test_wrong_arguments(session: Any, tmp_path: Path) -> None:
    df = written(session, [{"text": "It rained.", "id": "a"}, {"text": "It snowed.", "id": "a"}], tmp_path / "twice", 2)
    with pytest.raises(rp.ArgumentError, match="no column 'body'; there are id, text"):
        rps.claims(df, "body")
    with pytest.raises(rp.ArgumentError, match="ids of articles must differ"):
        rps.claims(df, id="id")
    with pytest.raises(rp.ArgumentError, match="2 articles, and one task is to hold at most 1"):
        rps.reconcile(df, most=1)


def test_schema_has_no_unsigned_numbers(session: Any, tmp_path: Path) -> None:
    df = written(session, [{"text": '"It rains," Ann Lee said.'}], tmp_path / "one", 1)
    types = dict(rps.claims(df).dtypes)
    assert types["claim"] == types["row"] == "bigint"
    assert types["published"] == "date"
    assert types["source_spans"] == "array<struct<start:bigint,end:bigint>>"


def test_without_pyspark_the_extra_is_named() -> None:
    code = (
        "import sys; sys.modules['pyspark'] = sys.modules['pyspark.sql'] = None\n"
        "import reportedly.spark as s\n"
        "class D: columns = ['text']\n"
        "try: s.claims(D())\n"
        "except ImportError as e: print(e)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "python")}
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env).stdout
    assert out == "reportedly.spark needs pyspark: pip install reportedly[spark]\n"
