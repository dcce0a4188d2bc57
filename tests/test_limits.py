"""Limits of reading: each at, below and above its bound; what crosses one is a problem that names it."""

import bz2
import contextlib
import gzip
import io
import json
import zipfile

import pyarrow as pa
import pyarrow.feather as feather
import pytest

import reportedly as rp
from reportedly.cli import main

TEXT = "Seoul said no."


def read(content, **limits):
    """What a scan and `read` both find: articles, and kinds and texts of problems."""
    batches = []
    # Nothing at all is an error, at the end.
    with contextlib.suppress(rp.NoDocumentsError):
        for batch in rp.scan(content, **limits):
            batches.append(batch)
    problems = [p for batch in batches for p in batch.problems]
    articles = sum(map(len, batches))
    if articles:
        assert list(rp.read(content, **limits).problems) == problems
    return articles, problems


def check(content, name, bound, kind, articles=1, lost=1):
    """At its bound and above, nothing is wrong; below, `lost` of `articles` are lost, and the limit is named."""
    for limit in (bound, bound + 1):
        assert read(content, **{name: limit}) == (articles, []), limit
    found, problems = read(content, **{name: bound - 1})
    assert found == articles - lost
    assert [(p["kind"], name in f"{p['message']} {p['advice']}") for p in problems] == [(kind, True)]
    return problems[0]


def rows(*texts):
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


LONG = "It rained. " * 50  # 550 bytes


@pytest.mark.parametrize(
    ("content", "articles"),
    [
        (LONG.encode(), 1),
        (rows(TEXT, LONG, TEXT), 3),
        (json.dumps([{"text": TEXT}, {"text": LONG}, {"text": TEXT}]).encode(), 3),
        (f"title,text,url\na,{TEXT},u\nb,{LONG},u\nc,{TEXT},u\n".encode(), 3),
        (f"From a b Sat Jan  3 01:05:34 1996\nSubject: x\n\n{LONG}\n".encode(), 1),
    ],
    ids=["text", "lines", "json", "csv", "mbox"],
)
def test_bytes_of_an_article(content, articles):
    # The newline that ends a message is the mailbox's.
    bound = len(LONG) + content.startswith(b"From")
    check(content, "max_bytes", bound, "too_large", articles)


def warc(text):
    head = "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: "
    return f"{head}{len(text)}\r\n\r\n{text}\r\n\r\n".encode()


def test_bytes_of_a_record_of_an_archive():
    check(warc(TEXT) + warc(LONG) + warc(TEXT), "max_bytes", len(LONG), "too_large", 3)


def test_bytes_of_a_line():
    """A line may have four times as many, and is passed over without being held."""
    line = json.dumps({"text": TEXT, "more": "x" * 1000}).encode()
    check(line + b"\n" + rows("No.", "Yes."), "max_bytes", -(-len(line) // 4), "too_large", 3)


def test_bytes_of_a_row():
    """The same, for the fields of a row."""
    fields = [TEXT, "x", "x" * (799 - len(TEXT))]
    table = "text,title,url\n" + f"{','.join(fields)}\n" + "No.,x,x\nYes.,x,x\n"
    check(table.encode(), "max_bytes", 200, "too_large", 3)


def test_bytes_of_a_piece_of_json():
    """An element may have eight times as many; the reader is ahead by 64 KiB."""
    text = json.dumps([{"text": TEXT}, {"text": "No.", "more": "x" * 800_000}])
    assert read(text.encode(), max_bytes=120_000) == (2, [])
    found, problems = read(text.encode(), max_bytes=90_000)
    assert (found, [p["kind"] for p in problems]) == (1, ["too_large"])
    assert "raise max_bytes" in problems[0]["message"]


DATE = "Sat, 26 Oct 2024 10:00:00 +0000"
MAIL = f"From: Ann Lee <a@example.org>\nDate: {DATE}\nMIME-Version: 1.0\nSubject: x\n\n{TEXT}\n"
ITEM = f"<item><title>A</title><description>{TEXT}</description></item>"
FEED = f'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>{ITEM}</channel></rss>'
NEXIS = f"1 of 1 DOCUMENTS\n\n\nThe Example Times\n\nOctober 26, 2024\n\nLENGTH: 3 words\n\n{TEXT}\n"


@pytest.mark.parametrize("text", [MAIL, FEED, NEXIS], ids=["mail", "feed", "nexis"])
def test_bytes_of_a_file_that_is_held(text):
    check(text.encode(), "max_file_bytes", len(text.encode()), "too_large")


def test_bytes_of_a_member():
    archive = zipped({"a.txt": TEXT.encode(), "b.txt": LONG.encode()})
    check(archive, "max_file_bytes", len(LONG), "too_large", 2)


def test_bytes_of_a_table_that_is_unpacked():
    file = io.BytesIO()
    feather.write_feather(pa.table({"text": [TEXT] * 3}), file, compression="uncompressed")
    check(gzip.compress(file.getvalue()), "max_file_bytes", len(file.getvalue()), "too_large", 3, 3)


def zipped(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def zstd(content):
    return pa.Codec("zstd").compress(content, asbytes=True)


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, zstd], ids=["gzip", "bzip2", "zstd"])
def test_times_its_size(pack):
    """Beyond 16 MiB: a line, then as many blanks, which pack to less than is read at a time."""
    content = rows(TEXT) + b" " * (17 << 20)
    packed = pack(content)
    check(packed, "max_ratio", len(content) // len(packed), "too_large", 1, 0)
    # up to 16 MiB nobody is harmed
    assert read(pack(rows(TEXT) + b" " * (15 << 20)), max_ratio=1) == (1, [])


def test_members_times_their_size():
    archive = zipped({"a.txt": TEXT.encode(), "b.txt": b" " * (20 << 20)})
    assert [p["kind"] for p in read(archive, max_ratio=10_000)[1]] == ["too_large"]  # it is longer than an article
    (problem,) = read(archive, max_ratio=10)[1]
    assert (problem["kind"], "max_ratio" in problem["advice"]) == ("too_large", True)


@pytest.mark.parametrize("lines", [True, False], ids=["lines", "array"])
def test_depth_of_json(lines):
    nested = "[" * 9 + "]" * 9
    rows = ['{"text": "Seoul said no."}', f'{{"text": "Moscow said no.", "more": {nested}}}']
    content = "\n".join([*rows, rows[0]]) if lines else f"[{', '.join(rows)}]"
    count = 3 if lines else 2
    check(content.encode(), "max_depth", 10 if lines else 11, "too_deep", count)


def test_depth_of_json_has_an_end():
    def line(depth):
        return rows(TEXT) + f'{{"text": "No.", "more": {"[" * (depth - 1)}{"]" * (depth - 1)}}}\n'.encode()

    assert read(line(127), max_depth=10_000) == (2, [])
    found, (problem,) = read(line(128), max_depth=10_000)
    assert (found, problem["kind"], problem["advice"]) == (1, "too_deep", "no deeper JSON is read")


def test_depth_of_a_page():
    """Deeper elements are flattened: their text stays."""
    body = f"<p>{TEXT} The talks in Geneva failed, and both sides said that they would not meet again.</p>" * 3
    # the page, html, body, twenty of them, p
    page = f"<!doctype html><html><body>{'<div>' * 20}{body}{'</div>' * 20}</body></html>".encode()
    for limit in (24, 25):
        assert read(page, max_depth=limit) == (1, [])
    found, (problem,) = read(page, max_depth=23)
    assert (found, problem["kind"], problem["severity"]) == (1, "too_deep", "warning")
    assert "max_depth" in problem["advice"]
    assert TEXT in rp.read(page, max_depth=23)[0].text


def test_depth_of_a_mail():
    def mail(depth):
        head = "From: Ann Lee <a@example.org>\nDate: Sat, 26 Oct 2024 10:00:00 +0000\nMIME-Version: 1.0\nSubject: x\n"
        for i in range(depth - 1):
            head += f'Content-Type: multipart/mixed; boundary="b{i}"\n\n--b{i}\n'
        ends = "".join(f"--b{i}--\n" for i in reversed(range(depth - 1)))
        return f"{head}Content-Type: text/plain\n\n{TEXT}\n\n{ends}".encode()

    check(mail(7), "max_depth", 7, "too_deep")


def test_elements_of_a_page():
    """A page with more is cut, and what was read of it stays."""
    body = f"<p>{TEXT} The talks in Geneva failed, and both sides said that they would not meet again.</p>" * 50
    page = f"<!doctype html><html><body>{body}</body></html>".encode()
    nodes = next(n for n in range(60, 400) if not read(page, max_nodes=n)[1])
    assert 100 <= nodes <= 120
    found, (problem,) = read(page, max_nodes=nodes - 1)
    assert (found, problem["kind"], problem["severity"]) == (1, "too_large", "warning")
    assert "max_nodes" in problem["advice"]


def test_archives_in_archives():
    archive = zipped({"a.txt": TEXT.encode()})
    for _ in range(3):
        archive = zipped({"b.txt": LONG.encode(), "a.zip": archive})
    assert read(archive, max_archives=4) == (4, [])
    check(archive, "max_archives", 4, "too_deep", 4)


def test_compression_in_compression():
    content = LONG.encode()
    for _ in range(3):
        content = gzip.compress(content)
    check(content, "max_archives", 3, "too_deep")


def test_fields_of_a_row():
    """A constant: no table has more than 16,384 columns."""
    wide = b"text,title,url\nNo.,x,x\nYes." + b"," * 20_000 + b"\nMaybe.,x,x\n"
    found, (problem,) = read(wide)
    assert (found, problem["kind"]) == (2, "too_large")
    assert "16384 fields" in problem["message"]


def test_limits_on_the_command_line(tmp_path, capsys):
    path = tmp_path / "a.jsonl"
    path.write_bytes(rows(TEXT, LONG))
    assert main(["info", str(path), "--max-bytes", str(len(LONG)), "-f", "jsonl", "--problems"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["info", str(path), "--max-bytes", str(len(LONG) - 1), "-f", "jsonl", "--problems"]) == 0
    assert json.loads(capsys.readouterr().out)["kind"] == "too_large"
    with pytest.raises(SystemExit):
        main(["info", str(path), "--max-bytes", "-1"])
    assert "--max-bytes: -1 is negative" in capsys.readouterr().err
    deep = tmp_path / "b.json"
    deep.write_text('[{"text": "No."}, {"text": "Yes.", "more": [[[]]]}]')
    for limit, count in (("5", 2), ("4", 1)):
        assert main(["claims", str(deep), "--stream", "--max-depth", limit, "-f", "jsonl", "-v"]) == 0
        assert f"in {count} articles" in capsys.readouterr().err
