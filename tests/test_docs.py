"""Runs the examples: those in docstrings, of compiled getters too, which doctest does not see, and those in pages."""

import doctest
import importlib
import inspect
import os
import pkgutil
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportedly
from conftest import ROOT

#: What stands for a column that differs by the width of a terminal is three dots, as in doctest.
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE

# ── Docstrings ────────────────────────────────────────────────────────────────────────────────────────────────


def examples():
    finder, parser = doctest.DocTestFinder(exclude_empty=True), doctest.DocTestParser()
    names = [module.name for module in pkgutil.iter_modules(reportedly.__path__)]
    for module in [reportedly, *(importlib.import_module(f"reportedly.{name}") for name in names)]:
        for test in finder.find(module):
            if test.examples:
                yield test
    for name, thing in vars(reportedly).items():
        if not inspect.isclass(thing):
            docs = [(name, inspect.getdoc(thing))] if inspect.isbuiltin(thing) else []
        else:
            docs = [(name, thing.__doc__)] + [(f"{name}.{a}", v.__doc__) for a, v in vars(thing).items()]
        for where, doc in docs:
            test = parser.get_doctest(inspect.cleandoc(doc or ""), {}, where, None, 0)
            if test.examples:
                yield test


#: By docstring, because a class is found both ways.
EXAMPLES = {test.name: test for test in {test.docstring: test for test in examples()}.values()}


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_example(name):
    assert doctest.DocTestRunner().run(EXAMPLES[name]).failed == 0


def test_compiled_getters_are_among_them():
    assert {"Document.text", "Corpus.claims", "Frame.columns", "Claim.certainty", "read"} <= set(EXAMPLES)


def test_every_public_thing_is_documented():
    for name in reportedly.__all__:
        thing = getattr(reportedly, name)
        assert thing.__doc__, name
        if inspect.isclass(thing) and not issubclass(thing, BaseException):
            for attribute, value in vars(thing).items():
                if not attribute.startswith("_"):
                    assert value.__doc__, f"{name}.{attribute}"


def test_every_public_thing_is_in_the_reference():
    listed = set(
        re.findall(r"^ {3}(\w+)(?:\.\w+)?$", (ROOT / "docs/reference/api.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {name for name in reportedly.__all__ if not name.startswith("_")} - listed == set()


# ── Pages ─────────────────────────────────────────────────────────────────────────────────────────────────────

FENCE = re.compile(
    r"^(?P<ticks>`{3,})(?P<language>[\w{}:-]*)[^\n]*\n(?P<body>.*?)^(?P=ticks)$", re.MULTILINE | re.DOTALL
)
#: Languages of blocks that are shown and not run.
SHOWN = {"text", "json", "html", "rust"}
#: Commands that are about this machine and not about the package.
SETUP = ("pip ", "make ", "cd ", "git ", "cargo ")


def pages() -> Iterator[Path]:
    yield ROOT / "README.md"
    for path in sorted((ROOT / "docs").rglob("*.md")):
        if not {"_build", "generated", "notebooks", "project"} & set(path.relative_to(ROOT / "docs").parts):
            yield path
    yield ROOT / "docs/project/contributing.md"


def blocks(page: Path) -> Iterator[tuple[str, str, int]]:
    """Language, body and line of every fenced block."""
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        yield match["language"], match["body"], text.count("\n", 0, match.start()) + 1


RUN = {
    str(page.relative_to(ROOT)): page
    for page in pages()
    if any(b[0] in ("pycon", "python", "console") for b in blocks(page))
}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the repository's folder as far as examples need one."""
    for name in ("seeds", "notebooks"):
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "export.csv").write_text(
        "quelle.name;Volltext\nThe Daily;It rained in Seoul on Friday.\n", encoding="utf-8"
    )
    # The command, as pip would install it for this very interpreter.
    commands = tmp_path / "bin"
    commands.mkdir()
    command = commands / "reportedly"
    start = "import sys; from reportedly.cli import main; sys.exit(main())"
    command.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -c "{start}" "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", f"{commands}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(Path(reportedly.__file__).parent.parent))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", sorted(RUN))
def test_page(name, folder):
    """Every block of a page in turn, as in one session."""
    names = {"__name__": "__main__"} | (articles() if name == "README.md" else {})
    for language, body, line in blocks(RUN[name]):
        if language == "pycon":
            run_session(body, names, name, line)
        elif language == "python":
            exec(compile("\n" * line + body, name, "exec"), names)
        elif language == "console":
            run_commands(body, f"{name}, line {line}")
        else:
            assert language in SHOWN or language.startswith("{"), f"{name}, line {line}: nobody runs {language!r}"


def articles():
    """The data frame that the README takes for granted."""
    import pandas as pd

    return {
        "df": pd.DataFrame(
            {
                "body": ["Seoul said that at least 3,000 soldiers had been sent to Russia."],
                "headline": ["Soldiers"],
                "date": ["2024-10-25"],
                "site": ["The Daily"],
            }
        )
    }


def run_session(body, names, page, line):
    test = doctest.DocTestParser().get_doctest(body, names, page, page, line)
    # The names of the page go on from block to block: doctest works on a copy.
    test.globs = names
    told: list[str] = []
    failed = (
        doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=told.append, clear_globs=False).failed
    )
    assert failed == 0, "".join(told)


def run_commands(body, where):
    """Runs each command after a `$`; what is shown below it must be what it prints."""
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, _, shown = re.sub(r"\\\n\s*", "", part).partition("\n")
        if command.startswith(SETUP):
            continue
        assert "reportedly" in command, f"{where}: {command}"
        done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, f"{where}: {command}\n{done.stderr}"
        if shown.strip():
            assert doctest.OutputChecker().check_output(shown.rstrip() + "\n", done.stdout.rstrip() + "\n", FLAGS), (
                done.stdout
            )


def test_a_wrong_example_fails():
    with pytest.raises(AssertionError, match="Expected"):
        run_session(">>> 1 + 1\n3\n", {}, "a page", 1)
    with pytest.raises(AssertionError):
        run_commands("$ reportedly --version\nreportedly 99\n", "a page")


def test_pages_of_each_sort_are_run():
    assert {"README.md", "docs/start.md", "docs/limits.md", "docs/guides/llm.md"} <= set(RUN)


def test_three_lines_lead_to_the_ledger(folder):
    """From a fresh interpreter, with nothing else imported."""
    start = next(body for language, body, _ in blocks(ROOT / "docs/start.md") if language == "pycon")
    lines = [line[4:] for line in start.splitlines() if line.startswith((">>> ", "... "))]
    assert len(lines) == 3
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([*lines[:2], f"print({lines[2]})"])],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "5 figures" in done.stdout
