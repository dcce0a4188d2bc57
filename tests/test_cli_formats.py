"""What the command line writes: CSV that a spreadsheet does not calculate, JSON lines, Parquet, HTML, tables."""

import csv
import io
import json
import re
from html.parser import HTMLParser

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import reportedly as rp
from conftest import SEEDS
from reportedly.cli import formats, main, terminal, views

FORMULA = "=+-@＝＋－＠"
SIGNS = FORMULA + "\t\r"
HOSTILE = [
    "=1+1",
    "@SUM(A1)",
    "+cmd",
    "-2+3",
    "\tx",
    "＝1+1",
    "\r=1",
    " =1",
    '"=1',
    "\u200b=1",
    "\ufeff@x",
    "'-1",
    "\n=1",
]
#: Pieces of which hostile cells are made: signs, what is passed over before them, separators, and words.
PIECES = st.lists(
    st.sampled_from([*SIGNS, " ", '"', "'", "\n", ";", ",", "\u200b", "\u00a0", "a", "1", "cmd|' /C calc'!A0"])
)
ESCAPES = "\x1b[31m red \x1b]0;title\x07 \x9b31m \u202e back \x08\x08 \x7f"


def written(capsys, *arguments):
    assert main([*map(str, arguments)]) == 0
    return capsys.readouterr().out


def cells(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


def test_text_that_would_be_calculated_gets_an_apostrophe():
    for text in HOSTILE:
        assert formats.csv_cell(text).startswith("'"), text
    for value in ("-", "+", "=", ">=", "It = x", "a - b", "well-known; he said", -3.5, None, 7, True):
        assert formats.csv_cell(value) == value


@given(PIECES.map("".join))
@example("x\r=1")
@example("x;=1")
@example("a\n \t@x")
def test_no_cell_begins_like_a_formula(text):
    out = "".join(formats.as_csv(["a", "b"], iter([{"a": text, "b": [{"text": text}]}])))
    a, b = cells(out)[2:]
    assert a in ("+", "-", "=") or not a.startswith(tuple(SIGNS))
    # nor behind what a spreadsheet may pass over
    if len(a) > 1 and not a.startswith("'"):
        assert not a.lstrip(" \"'\n\u200b\u00a0").startswith(tuple(FORMULA))
    assert not b.startswith(tuple(SIGNS))
    # nor does one in a program that takes a semicolon, tab or line break for the end of a cell
    for part in re.split("[;\t\r\n]", a)[1:]:
        assert not part.lstrip(" \u00a0").startswith(tuple(FORMULA)), (text, a)
    # and nothing but apostrophes is added
    assert a.replace("'", "") == text.replace("'", "")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_csv_is_read_back_as_one_row(text):
    out = "".join(formats.as_csv(["a", "b"], iter([{"a": text, "b": 1.5}])))
    assert [row[1] for row in csv.reader(io.StringIO(out, newline=""))] == ["b", "1.5"]
    # A spreadsheet ends rows at carriage returns, too, unless they are in quotation marks.
    assert "\r" not in re.sub(r'"[^"]*"', "", out)


@given(st.text(st.characters(exclude_categories=["Cs"])), st.floats())
def test_json_lines_are_exact_and_lines(text, number):
    (line,) = formats.as_jsonl(["a", "n"], iter([{"a": text, "n": number}]))
    assert line.endswith("\n")
    assert len(line.splitlines()) == 1
    row = json.loads(line, parse_constant=lambda c: pytest.fail(c))
    assert row["a"] == text
    assert row["n"] == (number if number - number == 0 else None)
    assert not terminal._COMMANDS.search(line[:-1])


@pytest.fixture
def hostile(tmp_path):
    """An article that does what it can."""
    rows = [
        {"text": f'"{ESCAPES} it rains," Ann {ESCAPES} Lee said. =1+1, Bob Ray said.', "title": f"=cmd|{ESCAPES}"},
        {"text": "<script>alert(1)</script> </style> officials said. @SUM(A1) was denied by Ann Lee.", "title": "x"},
        {
            "text": f"At least 3,000 <b>soldiers</b> were sent to Kursk, Seoul said. Kim said {'k' * 10_000} fell.",
            "title": "-2+3",
        },
    ]
    path = tmp_path / "hostile.jsonl"
    path.write_text("".join(json.dumps(r | {"outlet": f"=O{i}{ESCAPES}"}) + "\n" for i, r in enumerate(rows)))
    return path


@pytest.mark.parametrize("command", ["claims", "ledger", "findings", "copies", "summary", "info", "info --articles"])
def test_a_terminal_is_told_nothing_by_articles(command, hostile, capsys):
    name, *more = command.split()
    text = written(capsys, name, hostile, *more)
    assert text
    assert not terminal._COMMANDS.search(text)


@pytest.mark.parametrize("command", ["claims", "ledger", "info --articles"])
def test_hostile_articles_in_csv(command, hostile, capsys):
    name, *more = command.split()
    for cell in cells(written(capsys, name, hostile, *more, "-f", "csv")):
        assert cell in ("+", "-", "=") or not cell.startswith(tuple(SIGNS)) or is_number(cell)


def is_number(cell):
    return re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", cell) is not None


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.cells, self._cell = [], [], None

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if tag == "td":
            self.cells.append("")
            self._cell = len(self.cells) - 1

    def handle_endtag(self, tag):
        if tag == "td":
            self._cell = None

    def handle_data(self, data):
        if self._cell is not None:
            self.cells[self._cell] += data


def test_html_is_one_page_with_text_as_text(hostile, capsys):
    text = written(capsys, "claims", hostile, "-f", "html")
    page = _Page()
    page.feed(text)
    assert set(page.tags) <= {
        *("html", "head", "meta", "title", "style", "body", "main", "h1", "div", "table", "thead", "tbody", "tr", "th"),
        "td",
    }
    assert "default-src 'none'" in text
    assert any("<script>" in cell or "</style>" in cell for cell in page.cells)
    assert not re.search(r"(src|href|url)\s*[=(]", text.lower())
    claims = rp.read(hostile).claims
    assert len(page.cells) == len(claims) * len(views.COLUMNS["claims"])


def test_formats_agree(tmp_path, capsys, seeds):
    exact = [json.loads(line) for line in written(capsys, "claims", SEEDS, "-f", "jsonl").splitlines()]
    assert [row["content"] for row in exact] == [c.content for c in seeds.claims]
    path = tmp_path / "claims.parquet"
    assert main(["claims", str(SEEDS), "-o", str(path)]) == 0
    assert pq.read_table(path).column("content").to_pylist() == [row["content"] for row in exact]
    assert pq.read_table(path).equals(seeds.claims.to_arrow())
    assert main(["findings", str(SEEDS), "--min-severity", "2", "-o", str(path)]) == 0
    kept = pq.read_table(path).column("severity").to_pylist()
    assert kept == [f["severity"] for f in seeds.reconcile().findings if f["severity"] >= 2]


def test_parquet_goes_through_a_pipe(capsysbinary):
    assert main(["claims", str(SEEDS), "-f", "parquet", "--columns", "source,cue"]) == 0
    table = pq.read_table(io.BytesIO(capsysbinary.readouterr().out))
    assert table.column_names == ["source", "cue"]


def test_the_ending_of_the_file_is_the_format(tmp_path, capsys):
    starts = {
        "a.csv": "claim,",
        "a.jsonl": '{"claim"',
        "a.ndjson": "{",
        "a.HTML": "<!doctype",
        "a.txt": "document",
        "a": "doc",
    }
    for name, start in starts.items():
        assert main(["claims", str(SEEDS), "-o", str(tmp_path / name)]) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert main(["claims", str(SEEDS), "-f", "jsonl", "-o", str(tmp_path / "b.csv")]) == 0
    assert (tmp_path / "b.csv").read_text(encoding="utf-8").startswith("{")


def test_columns_are_those_asked_for(capsys):
    text = written(capsys, "claims", SEEDS, "--columns", "cue, source", "-f", "csv")
    assert text.splitlines()[0] == "cue,source"
    text = written(capsys, "claims", SEEDS, "--columns", "cue,rule")
    assert text.split()[:2] == ["cue", "rule"]
    everything = written(capsys, "claims", SEEDS, "--columns", "all", "-f", "html")
    assert '<th scope="col">content spans</th>' in everything
    assert main(["claims", str(SEEDS), "--columns", "cue,colour"]) == 2
    assert "there is no colour; there are claim," in capsys.readouterr().err


def test_a_byte_order_mark_for_excel(capsys):
    assert written(capsys, "claims", SEEDS, "-f", "csv", "--bom").startswith("\ufeffclaim,")


@pytest.mark.parametrize("width", [40, 60, 100, 250])
def test_tables_fit(width, capsys, hostile):
    for command in ("claims", "ledger", "findings", "info"):
        more = ["--articles"] if command == "info" else []
        lines = written(capsys, command, SEEDS, hostile, "--width", width, *more).splitlines()
        assert max(map(len, lines)) <= max(width, 6 * 9 + 2 * 8)
    assert "k" * 10_000 in written(capsys, "claims", hostile, "--width", "0", "--columns", "text")


def test_columns_without_anything_are_left_out_of_tables(capsys):
    head = written(capsys, "info", SEEDS, "--articles").splitlines()[0].split()
    assert head == ["document", "published", "title", "language", "characters"]


def test_nothing_found_is_said(capsys):
    assert written(capsys, "claims", SEEDS, "--source", "nobody at all") == "no claims\n"
    assert written(capsys, "copies", SEEDS) == "no pairs of copies\n"
    assert written(capsys, "claims", SEEDS, "--source", "nobody at all", "-f", "jsonl") == ""
