"""Writes the type stubs of the compiled module, or with --check says whether they are current.

maturin reads signatures and docstrings out of the module (feature `stubs`). What it cannot say is added here:
imports of types that are named in quotes, and overloads.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

STUBS = Path(__file__).parent.parent / "python" / "reportedly" / "_reportedly.pyi"

IMPORTS = """\
import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from os import PathLike
from typing import Any, BinaryIO, Final, SupportsFloat, SupportsIndex, final, overload

import matplotlib.axes
import pandas
import polars
import pyarrow

from ._explorer import Explorer
"""

OVERLOADS = {
    "    def __getitem__(self, key: SupportsIndex | slice, /) -> Claim | Claims: ...": (
        ("SupportsIndex", "Claim"),
        ("slice", "Claims"),
    ),
    "    def __getitem__(self, key: SupportsIndex | slice, /) -> Token | Tokens: ...": (
        ("SupportsIndex", "Token"),
        ("slice", "Tokens"),
    ),
    "    def __getitem__(self, key: SupportsIndex | str, /) -> Any: ...": (
        ("SupportsIndex", "dict[str, Any]"),
        ("str", "list[Any]"),
    ),
}


def generate() -> str:
    """The stubs as they should be."""
    with tempfile.TemporaryDirectory() as out:
        command = ["maturin", "generate-stubs", "--quiet", "--features", "stubs", "--out", out]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"{done.stdout}{done.stderr}\nmaturin could not make the stubs")
        (made,) = Path(out).rglob("*.pyi")
        return complete(made.read_text(encoding="utf-8"))


def complete(stubs: str) -> str:
    """Adds what the generator cannot know; stops if the places for it are gone."""
    stubs, imports = re.subn(
        r"from datetime import .*\n(?:from \w+ import .*\n)*from typing import .*\n", IMPORTS, stubs
    )
    for line, cases in OVERLOADS.items():
        overloads = [f"    @overload\n    def __getitem__(self, key: {key}, /) -> {value}: ..." for key, value in cases]
        if stubs.count(line) != 1:
            sys.exit(f"tools/stubs.py expects one line {line.strip()!r}")
        stubs = stubs.replace(line, "\n".join(overloads))
    if imports != 1:
        sys.exit("tools/stubs.py expects the stubs to begin with imports of datetime and typing")
    # Annotations that were given as text are types.
    stubs = re.sub(r'(: |-> )"([^"\n]+)"', r"\1\2", stubs)
    return stubs.replace("-> dict: ...", "-> dict[str, Any]: ...")


def main() -> None:
    """Writes, or checks."""
    stubs = generate()
    if "--check" not in sys.argv[1:]:
        STUBS.write_text(stubs, encoding="utf-8")
    elif not STUBS.exists() or STUBS.read_text(encoding="utf-8") != stubs:
        sys.exit(f"{STUBS.name} is not current: run `make stubs`")


if __name__ == "__main__":
    main()
