"""Reading: what is given, where it comes from, and the text as it is analysed."""

from __future__ import annotations

import gzip
import importlib.util
import io
from xml.etree import ElementTree

import pytest

import reportedly as rp
from reportedly import _pages


def test_bytes_paths_and_file_objects_in_one_call(tmp_path):
    path = tmp_path / "rain.txt"
    path.write_text("It rained in Seoul.", encoding="utf-8")
    with path.open("rb") as file:
        corpus = rp.read([path, b"It snowed in Busan.", io.BytesIO(b"It thawed."), io.StringIO("Ça va."), file])
    rain = "It rained in Seoul."
    assert [d.text for d in corpus] == [rain, "It snowed in Busan.", "It thawed.", "Ça va.", rain]
    assert [d.origin_path for d in corpus][1:4] == ["bytes-2", "file-3", "file-4"]
    assert corpus[4].origin_path == str(path)


def test_what_is_no_path_is_refused():
    with pytest.raises(TypeError, match="paths must be paths, bytes or binary file objects, not int"):
        rp.read(3)
    with pytest.raises(TypeError, match="not float"):
        rp.read([b"It rained.", 1.5])


def test_a_file_object_that_fails_is_a_problem():
    class Broken(io.RawIOBase):
        def read(self, size=-1):
            raise OSError("the line is dead")

    corpus = rp.read([b"It rained.", Broken()])
    assert len(corpus) == 1
    (problem,) = corpus.problems
    assert "the line is dead" in problem["message"]


def test_compressed_files_are_read_under_their_own_name(tmp_path):
    (tmp_path / "rain.txt.gz").write_bytes(gzip.compress(b"It rained in Seoul."))
    corpus = rp.read(tmp_path)
    assert [(d.id, d.text) for d in corpus] == [("rain", "It rained in Seoul.")]


def test_encodings_come_with_their_confidence():
    corpus = rp.read(["The café’s owner said “no”.".encode(e) for e in ("utf-8", "utf-16", "windows-1252")])
    assert [d.encoding for d in corpus] == ["UTF-8", "UTF-16LE", "windows-1252"]
    assert corpus[0].encoding_confidence == 1
    assert 0 < corpus[2].encoding_confidence < 1
    assert corpus.documents["encoding_confidence"] == [d.encoding_confidence for d in corpus]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("â€œIt rains,â€\x9d Ann Lee said.", "Ann Lee", "â€œIt rains,â€\x9d"),
        ("Of\u00adficials in Seoul said it wouldnâ€™t rain.", "Of\u00adficials in Seoul", "it wouldnâ€™t rain"),
        ("The of\ufb01ce said \u200bit rained.", "The of\ufb01ce", "it rained"),
        ("AT&amp;T said &quot;no&quot; deal was near.", "AT&amp;T", "&quot;no&quot; deal was near"),
    ],
)
def test_a_broken_text_is_read_and_stays_as_it_is(text, source, content):
    (document,) = corpus = rp.Corpus.from_texts([text])
    assert document.text == text
    (claim,) = corpus.claims
    assert (claim.source.mention, claim.content) == (source, content)
    for span in (*claim.source.spans, *claim.content_spans):
        assert text[span.start : span.end] == span.text
    assert text[claim.start : claim.end] == claim.text
    row = corpus.claims.to_dicts()[0]
    assert (row["mention"], row["content"]) == (source, content)


def test_problems_are_a_table_that_says_what_to_do(tmp_path):
    (tmp_path / "good.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "broken.txt").write_bytes("“Rivers rose,” the mayor said – “again”. ".encode() + b"\xff")
    problems = rp.read(tmp_path).problems
    assert problems.columns == ["path", "row", "stage", "severity", "kind", "message", "advice"]
    (row,) = problems
    assert (row["severity"], row["kind"], row["row"]) == ("warning", "encoding", None)
    assert "name the right one" in row["advice"]


PAGE = """<!doctype html><html><head><meta charset="{charset}"><title>Regen in Köln</title>
<meta property="article:published_time" content="2024-10-26T08:00:00Z"></head><body><article><h1>Regen in Köln</h1>
<p>It rained in Köln on Friday, <b>officials</b> said. “The Rhine is high,” Mayor Jörg Müller said &amp; left.</p>
<p>At least 1,500 people had to leave their homes, the city&#8217;s spokesman said in a café near the river.</p>
</article></body></html>"""


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252", "utf-16", "gb18030"])
def test_every_claim_of_a_page_stands_in_its_bytes(charset):
    import html

    page = PAGE.format(charset=charset).encode(charset)
    (document,) = corpus = rp.read(page)
    assert document.title == "Regen in Köln"
    assert str(document.published) == "2024-10-26"
    assert len(corpus.claims) >= 3
    for part in [*document.tokens, *document.blocks]:
        first, last = document.page_bytes(part.start, part.end)
        source = page[first:last].decode("utf-16-le" if charset == "utf-16" else charset)
        shown = html.unescape(source.replace("<b>", "").replace("</b>", ""))
        assert " ".join(shown.split()) == " ".join(document.text[part.start : part.end].split())


def test_a_text_that_is_no_page_stands_in_none():
    document = rp.read(b"It rained in Seoul.")[0]
    assert document.page_bytes(0, 2) is None
    with pytest.raises(IndexError, match="characters 5 to 99 of a text of 19"):
        document.page_bytes(5, 99)


def test_another_engine_reads_pages_if_it_is_there():
    page = PAGE.format(charset="utf-8").encode()
    if importlib.util.find_spec("trafilatura") is None:
        with pytest.raises(ImportError, match=r"pip install reportedly\[trafilatura\]"):
            rp.read(page, html="trafilatura")
    else:
        document = rp.read(page, html="trafilatura")[0]
        assert "It rained in Köln on Friday" in document.text
        assert document.title == "Regen in Köln"
    with pytest.raises(rp.ArgumentError, match="trafilatura"):
        rp.read(page, html="lynx")


def test_the_blocks_of_another_engine_are_the_innermost_ones():
    tree = ElementTree.fromstring(
        "<main><head>Rain</head><p>It <hi>rained</hi>.</p>"
        "<list><item>One: <list><item>a</item><item>b</item></list> and"
        "</item></list><quote><p>No.</p></quote>beside</main>"
    )
    assert list(_pages._blocks(tree)) == [
        ("heading", "Rain"),
        ("paragraph", "It rained."),
        ("list_item", "One:"),
        ("list_item", "a"),
        ("list_item", "b"),
        ("list_item", "and"),
        ("paragraph", "No."),
        ("paragraph", "beside"),
    ]
