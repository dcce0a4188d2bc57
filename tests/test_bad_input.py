"""Messy input: what cannot be read is said, and the rest goes on."""

import pytest

import reportedly as rp
from conftest import check_language


def test_a_missing_path_is_named(tmp_path):
    with pytest.raises(rp.NotFoundError, match="nowhere"):
        rp.read(tmp_path / "nowhere")
    with pytest.raises(FileNotFoundError):
        rp.read([str(tmp_path / "nowhere")])


def test_a_folder_without_articles_is_said(tmp_path):
    with pytest.raises(rp.ReportedlyError):
        rp.read(tmp_path)


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    (tmp_path / "good.txt").write_text("It rained in Seoul, officials said.", encoding="utf-8")
    (tmp_path / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (tmp_path / "empty.txt").write_bytes(b"")
    corpus = rp.read(tmp_path)
    assert [d.id for d in corpus] == ["good"]
    assert set(corpus.problems["kind"]) == {"binary", "empty"}
    assert all(p["path"].split("/")[-1] in p["message"] for p in corpus.problems)
    with pytest.raises(rp.ReportedlyError):
        rp.read(tmp_path, errors="raise")


def test_odd_entries_of_a_folder_are_named_and_the_good_are_read(tmp_path):
    (tmp_path / "good.txt").write_text("It rained in Seoul, officials said.", encoding="utf-8")
    (tmp_path / "folder.txt").mkdir()
    (tmp_path / "folder.txt" / "inner.txt").write_text("It snowed in Busan, police said.", encoding="utf-8")
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "broken.txt").write_bytes(b"Rivers rose, the mayor said. \xff\xfe\x81 And then some more plain text.")
    corpus = rp.read(tmp_path)
    assert {d.id for d in corpus} >= {"good", "inner", "broken"}
    problems = {p["path"].rsplit("/", 1)[-1]: p for p in corpus.problems}
    assert "dangling.txt" in problems
    assert "folder.txt" not in problems
    assert len(corpus.claims.filter(document="good")) == 1


def test_one_line_of_fifty_megabytes_is_read_beside_the_others(tmp_path):
    (tmp_path / "good.txt").write_text("It rained in Seoul, officials said.", encoding="utf-8")
    with (tmp_path / "huge.txt").open("w", encoding="utf-8") as file:
        for _ in range(50):
            file.write("word " * 200_000)
    assert rp.read(tmp_path).problems["kind"] == ["too_large"]
    corpus = rp.read(tmp_path, max_bytes=100_000_000)
    assert [d.id for d in corpus] == ["good", "huge"]
    assert len(corpus[1].text) == 50_000_000
    small = rp.read(tmp_path / "good.txt")
    assert [c.content for c in small.claims] == [c.content for c in corpus.claims.filter(document="good")]


def test_encodings_are_found_or_given(tmp_path):
    path = tmp_path / "old.txt"
    path.write_bytes("“Naïve,” she said in Zürich.".encode("cp1252"))
    assert "Zürich" in rp.read(path)[0].text
    assert rp.read(path, encoding="windows-1252")[0].encoding == "windows-1252"
    with pytest.raises(rp.ArgumentError, match="klingon"):
        rp.read(path, encoding="klingon")


def test_arguments_are_checked(tmp_path):
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    with pytest.raises(rp.ArgumentError, match='it can be "report" or "raise"'):
        rp.read(tmp_path, errors="ignore")
    with pytest.raises(rp.ArgumentError, match="jobs is 0"):
        rp.read(tmp_path, jobs=0)
    with pytest.raises(rp.ArgumentError):
        rp.read([])
    with pytest.raises(TypeError):
        rp.read(5)
    with pytest.raises(TypeError, match="a text must be a str, not int"):
        rp.Corpus.from_texts([1])


def test_reportedly_jobs_must_be_a_number(monkeypatch):
    monkeypatch.setenv("REPORTEDLY_JOBS", "many")
    with pytest.raises(rp.ArgumentError, match=r"REPORTEDLY_JOBS is .many"):
        rp.Corpus.from_texts(["It rained."])


def test_exceptions_form_a_tree():
    assert issubclass(rp.NotFoundError, FileNotFoundError)
    assert issubclass(rp.ArgumentError, ValueError)
    assert issubclass(rp.FormatError, ValueError)
    children = (rp.NotFoundError, rp.NoDocumentsError, rp.FormatError, rp.ArgumentError, rp.InternalError)
    assert all(issubclass(e, rp.ReportedlyError) for e in children)


def test_a_lone_surrogate_is_a_problem_that_says_where():
    corpus = rp.Corpus.from_texts(["It rained.", "It \ud800 snowed. \udfff"])
    (problem,) = corpus.problems
    assert (problem["kind"], problem["row"]) == ("encoding", 1)
    assert problem["message"] == "text 1 holds 2 lone surrogates (first at position 3); each was replaced by U+FFFD"
    check_language(corpus[1])
    assert [t.text for t in corpus[1].tokens] == ["It", "\ufffd", "snowed", ".", "\ufffd"]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 1_000_000,
        "a,b." * 100_000,
        "😀" * 100_000,
        "“" * 200_000,
        '"' * 200_000,
        "“No.” " * 20_000,
        "said " * 20_000,
        "he said that " * 5_000,
        "1,500 " * 10_000,
        "(" * 50_000,
        "\n" * 100_000,
        "\x00" * 10_000,
        "э" * 50_000 + " сказал он.",
    ],
    ids=[
        "no-space",
        "no-space-marks",
        "emoji",
        "opening",
        "quotes",
        "quoted",
        "said",
        "nested",
        "numbers",
        "brackets",
        "lines",
        "nul",
        "cyrillic",
    ],
)
def test_large_and_monotonous_texts_end(text):
    corpus = rp.Corpus.from_texts([text])
    corpus.extract()
    assert corpus[0].text == text
    check_language(corpus[0])
