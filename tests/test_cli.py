"""The command line: commands, filters, exit statuses, help."""

import csv
import inspect
import io
import json
import re
import shlex
import shutil
import subprocess
import sys

import pytest

import reportedly as rp
from conftest import ROOT, SEEDS
from reportedly.cli import commands, formats, main, manual, options
from reportedly.cli.parser import FINDINGS, RELATIONS, SHELLS, parser


@pytest.fixture(autouse=True)
def _width(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def told(capsys):
    """Runs a command; status, output and errors."""

    def run(*arguments):
        try:
            status = main([*map(str, arguments)])
        except SystemExit as e:
            status = e.code
        out, error = capsys.readouterr()
        assert "Traceback" not in error
        return status, out, error

    return run


@pytest.fixture
def rows(told):
    """Runs a command; the rows that it lists."""

    def run(*arguments):
        status, out, error = told(*arguments, "-f", "jsonl")
        assert status == 0, error
        return [json.loads(line) for line in out.splitlines()]

    return run


def subparsers():
    return parser().parse_args(["help"]).all


# Commands


def test_report_writes_the_page_and_prints_the_summary(tmp_path, told):
    page = tmp_path / "r.html"
    status, out, error = told("report", SEEDS, "-o", page)
    assert (status, error) == (0, "")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert "THE LEDGER OF FIGURES" in out
    assert str(page) in out
    assert max(map(len, out.splitlines())) <= max(100, len(f"The report is in {page}"))
    assert told("report", "-q", SEEDS, "-o", page) == (0, "", "")
    assert told("report", SEEDS, "-o", "-", "--title", "A <title>")[1] == page_of("A <title>", tmp_path)


def page_of(title, folder):
    """The report on the founding articles."""
    path = rp.read(SEEDS).report(folder / "other.html", title=title)
    return (folder / path).read_text(encoding="utf-8")


def test_a_report_that_is_read_again_is_told(tmp_path, told):
    shutil.copy(SEEDS / "001_8b3bec7f91a5876d.txt", tmp_path)
    page = tmp_path / "report.html"
    assert "is read as an article" not in told("report", tmp_path, "-o", page)[2]
    assert f"{page} is in {tmp_path}, and is read as an article there" in told("report", tmp_path, "-o", page)[2]


def test_the_ledger_takes_what_is_counted_as_a_last_word(rows, told):
    by_word = rows("ledger", SEEDS, "soldiers")
    assert by_word == rows("ledger", SEEDS, "--counted", "soldiers") != []
    # and options may stand before it
    usual = rows("ledger", SEEDS, "--counted", "soldiers", "--where", "Russia")
    assert rows("ledger", SEEDS, "--where", "Russia", "soldiers") == usual != by_word
    # something that looks like a path stays one
    status, _, error = told("ledger", SEEDS, "soldiers.txt")
    assert (status, "soldiers.txt" in error) == (2, True)


def test_ledger_filters_and_series(rows, seeds):
    found = seeds.reconcile().ledger("soldiers", of="North Korea", where="Russia")
    told = rows("ledger", SEEDS, "--counted", "soldiers", "--of", "North Korea", "--where", "Russia")
    assert [r["figure"] for r in told] == found["figure"]
    series = rows("ledger", SEEDS, "soldiers", "--series", "--tolerance", "0.2")
    assert [r["origins"] for r in series] == seeds.reconcile(tolerance=0.2).ledger("soldiers").series(tolerance=0.2)[
        "origins"
    ]


def test_findings_are_filtered_and_fail(rows, told, seeds):
    found = seeds.reconcile().findings.to_dicts()
    kinds = [f["kind"] for f in found]
    assert [f["kind"] for f in rows("findings", SEEDS)] == kinds
    assert [f["kind"] for f in rows("findings", SEEDS, "--min-severity", 2)] == [
        f["kind"] for f in found if f["severity"] >= 2
    ]
    assert {f["severity"] for f in rows("findings", SEEDS, "--severity", 1, "--severity", 3)} == {1, 3}
    assert {f["kind"] for f in rows("findings", SEEDS, "--kind", "denied", "--kind", "updated")} == {
        "denied",
        "updated",
    }
    only = rows("findings", SEEDS, "--document", seeds[1].id)
    assert 0 < len(only) < len(found)
    assert all(seeds[1].id in f["documents"] for f in only)
    for wanted, status in (("3", 3), ("date_anomaly", 3), ("contradicted", 0), ("1", 3)):
        assert told("findings", SEEDS, "-q", "--fail-on", wanted)[0] == status
    # what is not listed does not count
    assert told("findings", SEEDS, "--kind", "updated", "--fail-on", "date_anomaly")[0] == 0
    assert told("findings", SEEDS, "--fail-on", "4")[0] == 2


def test_copies_are_filtered(tmp_path, rows, told):
    text = (SEEDS / "003_2ac6b3536899027c.txt").read_text(encoding="utf-8")
    (tmp_path / "whole.txt").write_text(text, encoding="utf-8")
    (tmp_path / "again.txt").write_text(text, encoding="utf-8")
    (tmp_path / "half.txt").write_text(text[: len(text) // 2], encoding="utf-8")
    pairs = rows("copies", tmp_path)
    assert {r["relation"] for r in pairs} == {"copy", "cut"}
    assert {r["relation"] for r in rows("copies", tmp_path, "--relation", "copy")} == {"copy"}
    assert {"half"} <= {r["later"] for r in rows("copies", tmp_path, "--document", "half")} | {
        r["earlier"] for r in rows("copies", tmp_path, "--document", "half")
    }
    assert "100%" in told("copies", tmp_path)[1]
    assert rows("copies", tmp_path, "--containment", "1", "--passage", "100000", "--relation", "shares_passage") == []


def test_search_finds_what_the_corpus_finds(rows, told, seeds):
    hits = rows("search", '"storm corps"', SEEDS)
    assert [h["text"] for h in hits] == seeds.search('"storm corps"')["text"] != []
    assert "storm corps" in told("search", '"storm corps"', SEEDS)[1].lower()
    assert told("search", "zzzz", SEEDS)[1] == "no hits\n"
    assert told("search", "", SEEDS)[0] == 2


def test_search_is_filtered(rows, seeds):
    found = rows("search", "soldier*", SEEDS, "--found", "claim", "--source", "officials", "--limit", "2")
    assert [h["text"] for h in found] == seeds.search("soldier*", found="claim", source="officials", limit=2)["text"]
    assert len(found) <= 2
    assert all(h["found"] == "claim" and "officials" in h["source"].lower() for h in found)
    assert len(rows("search", "north", SEEDS, "--limit", "0")) == len(seeds.search("north", limit=None))


def test_info_says_what_a_pile_is(told, rows, tmp_path):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    status, out, error = told("info", SEEDS, tmp_path)
    assert status == 0
    assert "bad.txt" in error
    assert "5 from 5 files" in out
    assert "2024-10-25 to 2024-10-26; 3 undated" in out
    assert "not extracted yet" in out
    assert "1 left out" in out
    (facts,) = rows("info", SEEDS, tmp_path)
    assert facts["articles"] == 5
    assert facts["first"] == "2024-10-25"
    assert facts["claims"] is None
    assert facts["languages"] == [{"name": "en", "count": 5}]
    assert len(rows("info", SEEDS, "--articles")) == 5
    (problem,) = rows("info", SEEDS, tmp_path, "--problems")
    assert problem["kind"] == "binary"
    assert told("info", SEEDS, "-f", "csv")[0] == 2


def test_a_corpus_is_saved_used_and_added_to(told, rows, tmp_path, seeds):
    folder = tmp_path / "a.reportedly"
    status, out, _ = told("save", SEEDS, "-o", folder)
    assert (status, out) == (0, f"5 articles, and {len(seeds.claims)} claims are in {folder}\n")
    assert rp.load(folder) == seeds
    for command in (["claims"], ["ledger"], ["findings"], ["search", "storm"], ["summary"]):
        assert told(*command, folder)[1] == told(*command, SEEDS)[1]
    (facts,) = rows("info", folder)
    assert facts["claims"] == len(seeds.claims)
    assert facts["saved"][0]["program"] == rp.__version__
    # neither replaced nor mixed by mistake
    status, _, error = told("save", SEEDS, "-o", folder)
    assert (status, "--add" in error) == (2, True)
    (tmp_path / "new.txt").write_text("It rained, Ann Lee said.", encoding="utf-8")
    status, out, _ = told("save", SEEDS, tmp_path / "new.txt", "-o", folder, "--add")
    assert status == 0
    assert out.startswith("6 articles, 1 of them new, and")
    assert [c["content"] for c in rows("claims", folder, "--source", "Ann Lee")] == ["It rained"]
    # with more articles beside it
    (tmp_path / "more.txt").write_text("It snowed, Bob Ray said.", encoding="utf-8")
    assert [c["content"] for c in rows("claims", folder, tmp_path / "more.txt", "--source", "Bob Ray")] == ["It snowed"]
    assert told("save", tmp_path / "new.txt", "-o", folder, "--force", "-q")[:2] == (0, "")
    assert len(rp.load(folder)) == 1


def test_a_corpus_is_saved_nowhere_else(told, tmp_path):
    (tmp_path / "mine.txt").write_text("dear diary")
    status, _, error = told("save", SEEDS, "-o", tmp_path)
    assert (status, "something else" in error) == (2, True)
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
    # a manifest of something else makes no corpus
    (tmp_path / "manifest.json").write_text('{"name": "an app"}')
    assert told("save", SEEDS, "-o", tmp_path, "--force")[0] == 2


# Filters and options


def test_every_filter_of_claims_is_offered():
    given = {action.dest for action in subparsers()["claims"]._actions}
    assert given >= set(inspect.signature(rp.Claims.filter).parameters) - {"self"}


def test_every_threshold_is_offered_with_its_default():
    parameters = inspect.signature(rp.Corpus.reconcile).parameters
    told = {name.replace("-", "_"): default for name, _, _, default, _ in commands.THRESHOLDS}
    assert told == {name: p.default for name, p in parameters.items() if name != "self"}


def test_words_that_may_be_given_are_those_that_there_are(seeds):
    for name, words in (("act", options.ACTS), ("kind", options.KINDS), ("certainty", options.CERTAINTIES)):
        with pytest.raises(rp.ArgumentError) as error:
            seeds.claims.filter(**{name: "shout"})
        assert str(error.value).split("it can be ")[1].split(", ") == words
    method = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    assert all(f"| `{kind}` |" in method for kind in FINDINGS)
    tables = (rp.Reconciliation.copies.__doc__ or "") + (rp.copies.__doc__ or "")
    assert all(f"`{relation}`" in tables for relation in RELATIONS)


@pytest.mark.parametrize(
    ("given", "filters"),
    [
        ("--kind direct --kind mixed", {"kind": ["direct", "mixed"]}),
        ("--act estimate --act warn", {"act": ["estimate", "warn"]}),
        ("--source officials", {"source": "officials"}),
        ("--polarity -", {"polarity": "-"}),
        ("--polarity=+ --since 2024-10-26", {"polarity": "+", "since": "2024-10-26"}),
        ("--certainty probable", {"certainty": "probable"}),
        ("--min-certainty -1.5 --until 2024-10-25", {"min_certainty": -1.5, "until": "2024-10-25"}),
        ("--min-confidence 0.9", {"min_confidence": 0.9}),
        ("--document 000_b3d991fe3ae594b6", {"document": "000_b3d991fe3ae594b6"}),
        ("--outlet Herald", {"outlet": "Herald"}),
        ("--has-quantity --place KR", {"has_quantity": True, "place": "KR"}),
        ("--no-quantity --place Seoul", {"has_quantity": False, "place": "Seoul"}),
    ],
)
def test_claims_are_filtered(given, filters, rows, seeds):
    found = [r["claim"] for r in rows("claims", SEEDS, *given.split())]
    assert found == [c.index for c in seeds.claims.filter(**filters)]


def test_options_may_stand_anywhere(rows):
    files = sorted(SEEDS.iterdir())[:2]
    usual = rows("claims", *files, "--kind", "direct", "--kind", "mixed")
    assert rows("claims", files[0], "--kind", "direct", files[1], "--kind=mixed") == usual
    assert rows("search", "--limit", "3", "north", *files[:1], "-q", *files[1:]) == rows(
        "search", "north", *files, "--limit", "3"
    )


def test_what_is_wrong_is_said_before_anything_is_read(told, tmp_path, monkeypatch):
    monkeypatch.setattr("reportedly.cli.inputs.read", lambda *a, **k: pytest.fail("read"))
    page = tmp_path / "none" / "a"
    for arguments in (
        ["claims", "--since", "yesterday"],
        ["claims", "--columns", "colour"],
        ["claims", "--field", "main"],
        ["claims", "-o", page],
        ["claims", "-o", tmp_path],
        ["ledger", "--containment", "7"],
        ["summary", "--tolerance", "-1"],
        ["report", "-o", page],
        ["search", "", "--limit", "-1"],
        ["save", "-o", page],
    ):
        name, *more = arguments
        status, out, error = told(name, *more, SEEDS)
        assert (status, out) == (2, ""), error
        assert error.startswith("reportedly"), error


def test_thresholds_reach_the_reconciliation(rows, seeds):
    one = rows("findings", SEEDS, "--story-similarity", "0.99")
    assert one != rows("findings", SEEDS)
    assert [f["message"] for f in one] == seeds.reconcile(story_similarity=0.99).findings["message"]


def test_flat_claims_have_no_lists(told):
    status, out, error = told("claims", SEEDS, "--flat", "-f", "csv")
    assert status == 0, error
    cells = list(csv.DictReader(io.StringIO(out)))
    assert "quantity_low" in cells[0]
    assert not any(value.startswith(("[", "{")) for row in cells for value in row.values())
    assert told("claims", SEEDS, "--flat", "--columns", "source,quantity_low")[1].startswith("source")


# Reading


def test_what_was_not_read_is_said_on_standard_error(tmp_path, told, rows):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (tmp_path / "good.txt").write_text("It rained, officials said.", encoding="utf-8")
    status, out, error = told("claims", tmp_path, "-f", "jsonl")
    assert status == 0
    assert "bad.txt" in error
    assert [json.loads(line)["document"] for line in out.splitlines()][:1] == ["good"]
    assert told("claims", tmp_path, "-q")[2] == ""
    assert told("claims", tmp_path, "--strict")[0] == 1
    for i in range(30):
        (tmp_path / f"bad{i}.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100 + i))
    error = told("claims", tmp_path)[2]
    assert "and 11 more; see: reportedly info --problems" in error
    assert len(told("claims", tmp_path, "-v")[2].splitlines()) > 31


def test_names_of_files_do_not_command_the_terminal(tmp_path, told):
    (tmp_path / "a\x1b[31m.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "\x1b" not in told("claims", tmp_path)[2]
    assert "\x1b" not in told("claims", tmp_path / "\x1b[2J")[2]
    assert "\x1b" not in told("claims", SEEDS, "--\x1b[2J")[2]


def test_standard_input_and_fields_are_read():
    def run(*arguments, input):
        command = [sys.executable, "-m", "reportedly", *arguments]
        return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, input=input)

    text = '{"head": "Rain", "main": "It rained in Seoul, officials said."}\n' * 2
    done = run("claims", "-", "--field", "text=main", "--field", "title=head", "-f", "jsonl", "-q", input=text)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["source"] for line in done.stdout.splitlines()] == ["officials", "officials"]
    assert run("claims", "-", "-", input=text).returncode == 2
    wrong = run("claims", "-", "--field", "body=main", input=text)
    assert wrong.returncode == 2
    assert "published" in wrong.stderr


def test_reading_options_reach_the_reader(monkeypatch, told):
    seen = {}

    def read(paths, **given):
        seen.update(given)
        return rp.read(paths, **given)

    monkeypatch.setattr("reportedly.cli.inputs.read", read)
    given = ["--encoding", "utf-8", "--no-recursive", "--max-bytes", "99999", "--jobs", "1", "--html", "own"]
    assert told("info", SEEDS, *given)[0] == 0
    assert (seen["encoding"], seen["recursive"], seen["max_bytes"], seen["jobs"]) == ("utf-8", False, 99999, 1)
    assert told("info", SEEDS, "--jobs", "0")[0] == 2


# Exit statuses and help


def test_exit_status(tmp_path, told):
    (tmp_path / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    status, out, error = told("claims", tmp_path / "none")
    assert (status, out) == (2, "")
    assert "none" in error
    assert told("claims", tmp_path)[0] == 1
    assert told("claims")[0] == 2
    assert told("shout", SEEDS)[0] == 2
    assert told()[0] == 2


def test_who_mistypes_is_told(told):
    assert "did you mean claims?" in told("clams", SEEDS)[2]
    assert "did you mean --source?" in told("claims", SEEDS, "--sorce", "x")[2]
    assert "did you mean deny?" in told("claims", SEEDS, "--act", "denny")[2]
    assert "deny" in told("claims", SEEDS, "--act", "shout")[2]
    # no abbreviations: a script would change its meaning with the next option
    assert told("claims", SEEDS, "--col", "source")[0] == 2


def test_version_and_help(told):
    assert told("--version")[:2] == (0, f"reportedly {rp.__version__}\n")
    status, out, _ = told("--help")
    assert status == 0
    for name, (brief, _, _) in manual.PAGES.items():
        assert re.search(rf"^  {name} +{re.escape(brief[:30])}", out, re.M)
    assert told("help")[:2] == (0, out)


@pytest.mark.parametrize("name", list(manual.PAGES))
def test_every_command_explains_itself(name, told, monkeypatch):
    for width in (60, 100, 300):
        monkeypatch.setenv("COLUMNS", str(width))
        status, out, _ = told(name, "--help")
        assert status == 0
        assert told("help", name)[1] == out
        for part in ("usage: reportedly", "Examples:", "Exit status:", "Environment:", "See also:"):
            assert part in out
        assert out.isascii()
        # Commands are kept in one piece, so that they can be copied.
        kept = [line for line in out.splitlines() if not line.strip().startswith(("usage:", "reportedly", "cat", "#"))]
        assert max(map(len, kept)) <= width


@pytest.mark.parametrize(
    "example", [e for page in manual.PAGES.values() for e, _ in page[2]] + [e for e, _ in manual.EXAMPLES]
)
def test_examples_are_commands(example):
    for command in re.split(r" [|>] ", example):
        if command.startswith("reportedly "):
            parser().parse_args(shlex.split(command)[1:])


def test_every_option_is_in_the_documentation():
    text = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for name, sub in subparsers().items():
        assert f"reportedly {name}" in text
        for action in sub._actions:
            for option in action.option_strings:
                assert f"`{option}" in text, f"{name} {option}"
    for status in ("0", "1", "2", "3", "130"):
        assert f"| {status} |" in text


@pytest.mark.parametrize("shell", SHELLS)
def test_completion_knows_the_commands(shell, told):
    shtab = pytest.importorskip("shtab")
    if shell not in shtab.SUPPORTED_SHELLS:
        assert told("completion", shell)[0] == 2
        return
    status, out, _ = told("completion", shell)
    assert status == 0
    for word in ("claims", "search", "severity", "decline"):
        assert word in out
    if shell == "bash":
        done = subprocess.run(["bash", "-n"], input=out, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_completion_in_bash_completes(told, tmp_path):
    pytest.importorskip("shtab")
    if not shutil.which("bash"):
        pytest.skip("no bash here")
    script = tmp_path / "completion"
    script.write_text(told("completion", "bash")[1])
    ask = f"""source {script}
    COMP_WORDS=(reportedly claims --act de) COMP_CWORD=3
    eval "$(complete -p reportedly | sed 's/.*-F \\([^ ]*\\).*/\\1/')" && echo "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", ask], capture_output=True, text=True, check=False)
    assert {"deny", "decline", "demand"} <= set(done.stdout.split()), done.stderr


def test_completion_without_shtab_says_what_is_needed(told, monkeypatch):
    monkeypatch.setitem(sys.modules, "shtab", None)
    status, out, error = told("completion", "bash")
    assert (status, out) == (2, "")
    assert "reportedly[completion]" in error


def test_parquet_without_libraries_says_what_is_needed(told, monkeypatch, tmp_path):
    for name in ("pyarrow", "pyarrow.parquet", "polars"):
        monkeypatch.setitem(sys.modules, name, None)
    status, _, error = told("claims", SEEDS, "-o", tmp_path / "a.parquet")
    assert (status, "reportedly[pyarrow]" in error) == (2, True)


def test_parquet_goes_through_polars_as_well(monkeypatch, tmp_path, told, rows):
    polars = pytest.importorskip("polars")
    monkeypatch.setattr(formats, "parquet_library", lambda: ("polars", polars))
    path = tmp_path / "a.parquet"
    assert told("findings", SEEDS, "--min-severity", "2", "-o", path)[0] == 0
    assert polars.read_parquet(path)["kind"].to_list() == [
        f["kind"] for f in rows("findings", SEEDS, "--min-severity", "2")
    ]
