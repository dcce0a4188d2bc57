"""Saving and loading: what comes back is what was saved, and a folder holds a whole corpus at every moment."""

import contextlib
import hashlib
import json
import pickle
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reportedly as rp
from reportedly._reportedly import _is_saved

TABLES = ("claims", "documents", "figures", "places", "problems", "search_terms", "search_units", "state", "times")

HOSTILE = [
    "",
    " \n\n ",
    "<script>alert('x')</script></style> Ann Lee said it rained.",
    "\u202e“It rains,” said Ann Lee.\u202c \u0000 \ufffd \U0001f600",
    "x" * 20_000,
    # Two encodings in one, invisible characters, a ligature: analysed in a repaired view.
    "Itâ€™s late, Ann Lee said. The of\ufb01ce of\u00ad the mayor denied that 1,500 people were there.",
    "La ministre a déclaré que la réunion aurait lieu lundi. Les négociations continueront demain à Paris.",
]

SENTENCES = [
    "“It rains in Zürich,” Ann Lee said on Friday.",
    "Ukrainian President Volodymyr Zelenskyy said at least 3,000 soldiers were sent to Kursk yesterday.",
    "President Volodymyr Zelensky of Ukraine denied the report.",
    "The mayor warned that 200 homes could be flooded next week.",
    "South Korea's National Intelligence Service (NIS) estimated that 1,500 troops had arrived.",
    "The South Korean intelligence agency declined to comment.",
    "He told reporters: “We wait.”",
    "Nothing happened.",
]

article = st.one_of(
    st.lists(st.sampled_from(SENTENCES), max_size=4).map(" ".join),
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
)
day = st.sampled_from([None, "2024-10-25", "2024-10-28", "2024-11-20"])
outlet = st.sampled_from([None, "The Daily", "Yonhap"])
articles = st.lists(st.tuples(article, day, outlet), max_size=4)


def corpus_of(rows: list[tuple[str, str | None, str | None]]) -> rp.Corpus:
    texts, days, outlets = ([row[i] for row in rows] for i in range(3))
    return rp.Corpus.from_texts(texts, published=days, outlets=outlets)


def check_equal(one: rp.Corpus, other: rp.Corpus) -> None:
    """Equal, by every public way to look at them."""
    assert one == other
    assert hash(one) == hash(other)
    assert list(one) == list(other)
    assert list(one.claims) == list(other.claims)
    assert one.claims.to_arrow().equals(other.claims.to_arrow())
    assert one.documents.to_arrow().equals(other.documents.to_arrow())
    assert one.problems.to_arrow().equals(other.problems.to_arrow())
    assert [c.explain() for c in one.claims[::9]] == [c.explain() for c in other.claims[::9]]
    assert [d.text for d in one] == [d.text for d in other]
    first, second = one.reconcile(), other.reconcile()
    assert first.ledger().to_arrow().equals(second.ledger().to_arrow())
    assert first.findings.to_arrow().equals(second.findings.to_arrow())


def files(folder: Path | str) -> dict[str, str]:
    """What a folder holds, by hash; the lock aside."""
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in Path(folder).iterdir()}
    found.pop(".lock", None)
    return found


def file_of(folder: Path | str, part: str) -> Path:
    (found,) = Path(folder).glob(f"{part}-*.parquet")
    return found


@settings(max_examples=25, deadline=None)
@given(rows=articles)
def test_what_was_saved_returns(rows):
    with tempfile.TemporaryDirectory() as folder:
        corpus = corpus_of(rows)
        corpus.save(folder)
        back = rp.load(folder)
        check_equal(corpus, back)
        assert pickle.loads(pickle.dumps(back)) == corpus
        # The same corpus is the same bytes.
        written = files(folder)
        back.save(folder)
        assert files(folder) == written


def test_the_seeds_return(seeds, tmp_path):
    folder = tmp_path / "not" / "there" / "seeds.reportedly"
    assert seeds.save(folder) == str(folder)
    check_equal(rp.load(folder), seeds)
    assert rp.load(str(folder)) == seeds


def test_pages_and_repaired_texts_return(tmp_path):
    page = "<html><head><title>Rain</title></head><body><article><h1>Rain</h1>"
    page += "<p>“It rains &amp; pours,” Ann Lee said in Bern.</p>"
    page += "<p>The mayor denied that 1,500 people were sent home on Friday, officials said.</p>"
    page += "</article></body></html>"
    (tmp_path / "page.html").write_text(page, "utf-8")
    (tmp_path / "broken.txt").write_text("Rain\n\nItâ€™s late, Ann Lee said. The of\ufb01ce was shut.\n", "utf-8")
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    corpus = rp.read(tmp_path)
    assert len(corpus.problems) > 1
    assert len(corpus) > 1
    back = rp.load(corpus.save(tmp_path / "saved"))
    check_equal(corpus, back)
    for one, other in zip(corpus, back, strict=True):
        spans = [span for claim in one.claims for span in claim.content_spans]
        assert [one.page_bytes(s.start, s.end) for s in spans] == [other.page_bytes(s.start, s.end) for s in spans]
    assert any("â€™" in d.text for d in back)


def test_nothing_is_extracted_again(tmp_path):
    corpus = corpus_of([(SENTENCES[0], None, None)] * 3)
    seen = []
    corpus.save(tmp_path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3)
    back = rp.load(tmp_path)
    assert "3 claims" in repr(back)
    back.extract(progress=lambda *_: pytest.fail("it extracts"))
    back.save(tmp_path, progress=lambda *_: pytest.fail("it extracts"))


def test_a_corpus_of_nothing_returns(tmp_path):
    corpus = rp.Corpus.from_texts([])
    back = rp.load(corpus.save(tmp_path))
    check_equal(corpus, back)
    assert len(back) == 0


def test_corpora_are_values():
    one, other = (rp.Corpus.from_texts(["It rained."]) for _ in range(2))
    assert one == other
    other.extract()
    assert one == other
    assert len({one, other}) == 1
    assert one != rp.Corpus.from_texts(["It snowed."])
    assert one != rp.Corpus.from_texts(["It rained."], ids=["rain"])
    assert one != "corpus"


def test_other_programs_read_the_tables(seeds, tmp_path):
    seeds.save(tmp_path)
    assert sorted(p.name.split("-")[0] for p in tmp_path.glob("*.parquet")) == sorted(TABLES)
    assert pq.read_table(file_of(tmp_path, "claims")).equals(seeds.claims.to_arrow())
    documents = pq.read_table(file_of(tmp_path, "documents"))
    assert documents.drop_columns("text").equals(seeds.documents.to_arrow())
    assert documents["text"].to_pylist() == [d.text for d in seeds]
    figures = pl.read_parquet(file_of(tmp_path, "figures"))
    assert figures.height == sum(len(c.quantities) for c in seeds.claims)
    texts = {d.id: d.text for d in seeds}
    for table, found in (("figures", "quantities"), ("times", "times"), ("places", "places")):
        rows = pl.read_parquet(file_of(tmp_path, table)).to_dicts()
        nested = [(c["claim"], c["document"], item) for c in seeds.claims.to_dicts() for item in c[found]]
        assert [(r.pop("claim"), r.pop("document"), r) for r in rows] == nested
        assert all(texts[d][item["start"] : item["end"]] == item["text"] for _, d, item in nested)
    query = f"select count(*), count(distinct document) from '{tmp_path}/claims-*.parquet'"
    assert duckdb.sql(query).fetchall() == [(len(seeds.claims), 5)]
    query = f"select count(*) from '{tmp_path}/figures-*.parquet' where unit = 'count' and counted is not null"
    assert duckdb.sql(query).fetchall()[0][0] > 5


def test_the_texts_can_be_read_as_articles(seeds, tmp_path):
    seeds.save(tmp_path)
    fields = {"id": "document", "text": "text", "title": "title", "published": "published", "outlet": "outlet"}
    anew = rp.read(file_of(tmp_path, "documents"), fields=fields)
    assert [(d.id, d.text, d.published) for d in anew] == [(d.id, d.text, d.published) for d in seeds]


def test_the_manifest_says_what_is_there(seeds, tmp_path):
    seeds.save(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text("utf-8"))
    assert (manifest["kind"], manifest["version"], manifest["program"]) == ("reportedly corpus", 1, rp.__version__)
    assert (manifest["documents"], manifest["claims"]) == (5, len(seeds.claims))
    assert [entry["part"] for entry in manifest["files"]][:2] == ["documents", "claims"]
    for entry in manifest["files"]:
        data = (tmp_path / entry["file"]).read_bytes()
        assert len(data) == entry["bytes"]
        assert hashlib.sha256(data).hexdigest() == entry["sha256"]
        assert entry["file"] == f"{entry['part']}-{entry['sha256'][:12]}.parquet"
        assert pq.read_metadata(tmp_path / entry["file"]).num_rows == entry["rows"]


def test_a_save_leaves_nothing_behind(rain, seeds, tmp_path):
    rain.save(tmp_path)
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / ".new-1-claims").write_text("of one that was killed")
    before = files(tmp_path)
    seeds.save(tmp_path)
    after = files(tmp_path)
    assert len([n for n in after if n.endswith(".parquet")]) == len(TABLES)
    kept = {name for name in after if name in before and not name.startswith("problems")}
    assert kept == {"notes.txt", "manifest.json"}
    assert rp.load(tmp_path) == seeds


def test_a_folder_of_something_else_is_left_alone(rain, tmp_path):
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(rp.StorageError, match=r"something else .*thesis\.docx.*new or empty folder"):
        rain.save(tmp_path)
    assert list(files(tmp_path)) == ["thesis.docx"]
    other = tmp_path / "extension"
    other.mkdir()
    (other / "manifest.json").write_text('{"manifest_version": 3, "name": "x", "version": "1.0"}')
    with pytest.raises(rp.StorageError, match="something else"):
        rain.save(other)
    with pytest.raises(rp.FormatError, match="no saved corpus"):
        rp.load(other)
    assert not _is_saved(other)
    with pytest.raises(OSError, match="thesis"):
        rain.save(tmp_path / "thesis.docx")


def test_what_is_no_corpus_is_refused(tmp_path):
    with pytest.raises(rp.NotFoundError, match="no folder"):
        rp.load(tmp_path / "none")
    with pytest.raises(rp.FormatError, match=r"no saved corpus.*rp\.read"):
        rp.load(tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(rp.FormatError, match="is a file"):
        rp.load(tmp_path / "file")
    (tmp_path / "manifest.json").mkdir()
    with pytest.raises(rp.FormatError, match="no saved corpus"):
        rp.load(tmp_path)


def test_a_newer_version_is_refused(rain, tmp_path):
    rain.save(tmp_path)
    manifest = tmp_path / "manifest.json"
    manifest.write_text(json.dumps({"kind": "reportedly corpus", "version": 2, "tables": []}))
    with pytest.raises(rp.FormatError, match=r"version 2 of the format.*reads version 1: update reportedly"):
        rp.load(tmp_path)
    with pytest.raises(rp.FormatError, match=r"version 2 of the format.*update"):
        rain.save(tmp_path)
    assert json.loads(manifest.read_text())["version"] == 2
    assert _is_saved(tmp_path)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def alter(data: bytes) -> bytes:
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


@pytest.mark.parametrize("part", TABLES)
def test_a_damaged_file_is_named(rain, tmp_path, part):
    rain.save(tmp_path)
    path = file_of(tmp_path, part)
    data = path.read_bytes()
    for change, why in ((cut, r"has \d+ bytes, not \d+"), (alter, "bytes are not those that were written")):
        path.write_bytes(change(data))
        with pytest.raises(rp.FormatError, match=rf"{path.name}.*is damaged.*{why}.*copy the folder again"):
            rp.load(tmp_path)
    path.unlink()
    with pytest.raises(rp.FormatError, match=rf"{path.name}.* is missing: copy the folder again"):
        rp.load(tmp_path)
    # Saving mends it.
    rain.save(tmp_path)
    assert rp.load(tmp_path) == rain


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_no_manifest_makes_it_panic(data):
    with tempfile.TemporaryDirectory() as folder:
        rp.Corpus.from_texts(["“It rains,” Ann Lee said."]).save(folder)
        path = Path(folder) / "manifest.json"
        text = path.read_bytes()
        at = data.draw(st.integers(0, len(text) - 1))
        path.write_bytes(text[:at] + data.draw(st.binary(max_size=3)) + text[at + data.draw(st.integers(0, 40)) :])
        with contextlib.suppress(rp.FormatError):
            rp.load(folder)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_forged_files_are_refused_or_read(data):
    """A manifest that vouches for other bytes: a value or an error, never a panic."""
    with tempfile.TemporaryDirectory() as folder:
        rp.Corpus.from_texts(["“It rains,” Ann Lee said on Friday to 1,500 people.", ""]).save(folder)
        manifest = json.loads((Path(folder) / "manifest.json").read_text("utf-8"))
        entry = data.draw(st.sampled_from([e for e in manifest["files"] if e["part"] not in ("claims", "figures")]))
        path = Path(folder) / entry["file"]
        forged = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            forged[data.draw(st.integers(0, len(forged) - 1))] = data.draw(st.integers(0, 255))
        path.unlink()
        entry["sha256"] = hashlib.sha256(forged).hexdigest()
        entry["file"] = f"{entry['part']}-{entry['sha256'][:12]}.parquet"
        (Path(folder) / entry["file"]).write_bytes(forged)
        (Path(folder) / "manifest.json").write_text(json.dumps(manifest))
        with contextlib.suppress(rp.FormatError):
            back = rp.load(folder)
            back.claims.to_dicts()
            back.search("it* OR people").to_dicts()
            back.documents.to_dicts()


def test_a_saved_corpus_is_no_article(seeds, tmp_path):
    saved = seeds.save(tmp_path / "seeds.reportedly")
    with pytest.raises(rp.ArgumentError, match=r"saved corpus.*rp\.load"):
        rp.read(saved)
    (tmp_path / "rain.txt").write_text("It rained in Bern, Ann Lee said.")
    corpus = rp.read(tmp_path)
    assert [d.id for d in corpus] == ["rain"]
    (problem,) = corpus.problems
    assert (problem["severity"], problem["kind"]) == ("information", "saved")
    assert "rp.load" in problem["advice"]


def run(code: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_a_full_disk_leaves_the_old_one_whole(rain, seeds, tmp_path):
    """A limit on the size of files fails writes as a full disk does: at every place, as it grows."""
    saved, held = tmp_path / "seeds", tmp_path / "rain"
    seeds.save(saved)
    rain.save(held)
    before = files(held)
    largest = max(p.stat().st_size for p in saved.iterdir())
    code = """
import resource, sys
import reportedly as rp
corpus = rp.load(sys.argv[1])
for limit in map(int, sys.argv[3:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        corpus.save(sys.argv[2])
        print("saved")
    except rp.StorageError as error:
        assert "could not be written" in str(error), error
        print("refused")
"""
    limits = [0, 100, *(largest * i // 8 for i in range(1, 8)), largest - 1]
    done = run(code, saved, held, *limits)
    assert done.stdout.split() == ["refused"] * len(limits), done.stderr
    assert files(held) == before
    assert rp.load(held) == rain
    assert run(code, saved, held, largest).stdout.split() == ["saved"]
    assert rp.load(held) == seeds


def test_a_folder_without_permission_is_refused(rain, tmp_path):
    with pytest.raises(rp.StorageError, match="could not be written"):
        rain.save("/proc/nowhere")


def test_two_writers_at_once(rain, seeds, tmp_path):
    """One of them is told to wait; what is there is always one of the two."""
    for name, corpus in (("a", rain), ("b", seeds)):
        corpus.save(tmp_path / name)
    code = """
import sys
import reportedly as rp
corpus, refused = rp.load(sys.argv[1]), 0
for _ in range(40):
    try:
        corpus.save(sys.argv[2])
    except rp.StorageError as error:
        assert "another save" in str(error), error
        refused += 1
print("done", refused)
"""
    target = tmp_path / "both"
    rain.save(target)
    writers = [
        subprocess.Popen([sys.executable, "-c", code, tmp_path / name, target], stdout=subprocess.PIPE, text=True)
        for name in "ab"
    ]
    while any(w.poll() is None for w in writers):
        assert rp.load(target) in (rain, seeds)
    assert all(w.communicate()[0].startswith("done") for w in writers)
    assert rp.load(target) in (rain, seeds)
    assert len(list(target.glob("*.parquet"))) == len(TABLES)


def test_a_save_that_is_killed_loses_nothing(rain, seeds, tmp_path):
    for name, corpus in (("a", rain), ("b", seeds)):
        corpus.save(tmp_path / name)
    code = """
import sys, time
import reportedly as rp
corpora = [rp.load(path) for path in sys.argv[2:]]
while True:
    start = time.perf_counter()
    for corpus in corpora:
        corpus.save(sys.argv[1])
    print(time.perf_counter() - start, flush=True)
"""
    target = tmp_path / "killed"
    rain.save(target)
    chance = random.Random(20241026)
    outcomes = {"rain": 0, "seeds": 0, "torn": 0}
    for _ in range(40):
        command = [sys.executable, "-c", code, target, tmp_path / "a", tmp_path / "b"]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            # Once round, then at any moment of the next round.
            time.sleep(float(writer.stdout.readline()) * chance.random())
            writer.send_signal(signal.SIGKILL)
        outcomes["torn"] += any(p.name.startswith(".new-") for p in target.iterdir())
        back = rp.load(target)
        assert back in (rain, seeds)
        outcomes["rain" if back == rain else "seeds"] += 1
    # It was killed in the middle, and after either.
    assert min(outcomes.values()) > 0, outcomes
    # The lock went with its holder, and the next save sweeps.
    seeds.save(target)
    assert rp.load(target) == seeds
    assert set(files(target)) == set(files(tmp_path / "b"))


def test_a_first_save_that_is_killed_can_be_done_again(rain, tmp_path):
    rain.save(tmp_path)
    (tmp_path / "manifest.json").unlink()
    (tmp_path / ".new-7-state").write_text("half")
    with pytest.raises(rp.FormatError, match="no saved corpus"):
        rp.load(tmp_path)
    rain.save(tmp_path)
    assert rp.load(tmp_path) == rain
    assert not list(tmp_path.glob(".new-*"))


def test_a_corpus_of_before_is_read():
    """A folder that was saved once. Its tables say what its state must be read as.

    If this fails, a type that is stored has changed: what users have saved would be misread. Raise `VERSION` in
    `src/storage/manifest.rs`, then save anew: `cd tests/saved; rm -r corpus.reportedly; python -c 'import reportedly as
    rp; rp.read("articles").save("corpus.reportedly")'`.
    """
    folder = Path(__file__).parent / "saved" / "corpus.reportedly"
    corpus = rp.load(folder)
    assert len(corpus) == 4
    for part, table in (("documents", corpus.documents), ("claims", corpus.claims), ("problems", corpus.problems)):
        stored, read = pq.read_table(file_of(folder, part)), table.to_arrow()
        assert stored.num_rows == read.num_rows > 0
        shared = [name for name in stored.column_names if name in read.column_names]
        assert read.select(shared).equals(stored.select(shared))
    assert pq.read_table(file_of(folder, "documents"))["text"].to_pylist() == [d.text for d in corpus]
