"""Every regular expression of the Python half takes linear time, whatever it is applied to.

Those of the compiled half do so by construction: Rust's `regex` has no backtracking.
"""

import ast
import re
import time
from collections.abc import Iterator
from pathlib import Path
from re import _constants as sre
from re import _parser

import pytest

import reportedly as rp
from reportedly import _viewer
from reportedly.cli import formats, terminal

FOLDER = Path(rp.__file__).parent
FUNCTIONS = {"compile", "search", "match", "fullmatch", "split", "findall", "finditer", "sub", "subn"}
#: Patterns made at run time: words put in with `re.escape`, which have no operators left.
ESCAPED = {"cli/views.py": ["either"]}
#: Asked only whether a text begins so; sought everywhere it would take the square of white space.
MATCHED = {formats._FORMULA.pattern: "_FORMULA"}


def calls() -> Iterator[tuple[str, str, ast.expr]]:
    """Every call of `re` in the package: file, function, pattern."""
    for path in sorted(FOLDER.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in FUNCTIONS:
                value = node.func.value
                if isinstance(value, ast.Name) and value.id == "re":
                    yield path.relative_to(FOLDER).as_posix(), node.func.attr, node.args[0]


def patterns() -> list[re.Pattern[str]]:
    """The patterns themselves: those written in place, and those that modules keep."""
    written = [re.compile(p.value) for _, _, p in calls() if isinstance(p, ast.Constant)]
    kept = [v for m in (_viewer, formats, terminal) for v in vars(m).values() if isinstance(v, re.Pattern)]
    return list({p.pattern: p for p in written + kept}.values())


def test_every_pattern_is_looked_at():
    known = {p.pattern for p in patterns()}
    for path, _, pattern in calls():
        if isinstance(pattern, ast.Constant):
            assert pattern.value in known
        elif isinstance(pattern, ast.JoinedStr):
            assert path == "cli/formats.py", f"{path} makes a pattern at run time: {ast.unparse(pattern)}"
        else:
            assert ast.unparse(pattern) in ESCAPED.get(path, []), f"{path}: {ast.unparse(pattern)}"
    assert len(known) > 8


def repeats(parsed: object) -> Iterator[tuple[object, object]]:
    """Every unbounded repetition, with what is repeated."""
    for operation, argument in parsed:
        if operation in (sre.MAX_REPEAT, sre.MIN_REPEAT):
            low, high, inner = argument
            if high - low > 1:
                yield argument, inner
            yield from repeats(inner)
        elif operation is sre.SUBPATTERN:
            yield from repeats(argument[-1])
        elif operation is sre.BRANCH:
            for branch in argument[1]:
                yield from repeats(branch)
        elif operation in (sre.ASSERT, sre.ASSERT_NOT):
            yield from repeats(argument[1])


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.pattern[:30])
def test_no_repetition_lies_in_another(pattern):
    """What backtracks exponentially repeats a repetition, or refers back."""
    parsed = _parser.parse(pattern.pattern, pattern.flags)
    assert "GROUPREF" not in repr(parsed)
    for _, inner in repeats(parsed):
        assert not list(repeats(inner))


def took(pattern: re.Pattern[str], text: str) -> float:
    start = time.perf_counter()
    pattern.match(text)
    if pattern.pattern not in MATCHED:
        pattern.sub("", text)
    return time.perf_counter() - start


@pytest.mark.parametrize("pattern", patterns(), ids=lambda p: p.pattern[:30])
@pytest.mark.parametrize(
    "unit", ["x", " ", "\n", ";", "; ", "'", "=", "1", "import {", "export ", "\u200b", "y/", "ies"]
)
def test_ten_times_the_text_takes_no_hundred_times(pattern, unit):
    short, long = unit * 3_000, unit * 30_000
    least = min(took(pattern, short) for _ in range(3))
    assert min(took(pattern, long) for _ in range(3)) < 40 * max(least, 0.001)


def test_what_is_only_matched_is_never_sought():
    for name in MATCHED.values():
        used = re.findall(rf"{name}\.(\w+)", (FOLDER / "cli" / "formats.py").read_text(encoding="utf-8"))
        assert set(used) == {"match"}
