"""`claims.to_pandas()` against pyarrow's conversion of the same table, in one run.

    pip install pandas pyarrow dist/reportedly-*.whl
    python benches/frames.py [--claims 1000000] [--rounds 3]

Claims are those of the seeds, taken again and again until there are enough (`claims.take`): every row is made and
converted anew, by both. pyarrow is timed twice: the table alone, which is there already, and with the making of the
table out of the claims (`pa.table(claims).to_pandas()`), which our call always does. Without pyarrow runs in a process
of its own, in which pyarrow cannot be imported. Contestants take turns; the median of the rounds counts. Seconds are
those of a clock, for a user waits for those; what else the machine does hits all alike.
"""

import argparse
import gc
import itertools
import json
import pathlib
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

#: What a figure of 1.00 is.
BASE = "table.to_pandas(), pyarrow"
SEEDS = pathlib.Path(__file__).parent.parent / "seeds"


def claims(count: int) -> Any:
    import reportedly as rp

    found = rp.read(SEEDS).claims
    return found.take(list(itertools.islice(itertools.cycle(range(len(found))), count)))


def rounds(contestants: dict[str, Callable[[], Any]], count: int) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for _ in range(count):
        for name, work in contestants.items():
            gc.collect()
            started = time.perf_counter()
            made = work()
            taken[name].append(time.perf_counter() - started)
            del made
    return taken


def with_pyarrow(count: int, repeats: int) -> dict[str, list[float]]:
    import pyarrow as pa

    many = claims(count)
    table = pa.table(many)
    contestants = {
        BASE: lambda: table.to_pandas(),
        "pa.table(claims).to_pandas()": lambda: pa.table(many).to_pandas(),
        "claims.to_pandas()": lambda: many.to_pandas(),
        "claims.to_pandas(flat=True)": lambda: many.to_pandas(flat=True),
        "pa.table(claims)": lambda: pa.table(many),
    }
    return rounds(contestants, repeats)


def without_pyarrow(count: int, repeats: int) -> dict[str, list[float]]:
    command = [sys.executable, __file__, "--without-pyarrow", f"--claims={count}", f"--rounds={repeats}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--claims", type=int, default=1_000_000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--without-pyarrow", action="store_true", help=argparse.SUPPRESS)
    options = arguments.parse_args()
    if options.without_pyarrow:
        sys.modules["pyarrow"] = None  # type: ignore[assignment]
        many = claims(options.claims)
        ours = {"claims.to_pandas(), no pyarrow": many.to_pandas}
        print(json.dumps(rounds(ours, options.rounds)))
        return

    taken = with_pyarrow(options.claims, options.rounds) | without_pyarrow(options.claims, options.rounds)
    base = statistics.median(taken[BASE])
    print(f"{options.claims:,} claims, median, least and most of {options.rounds} rounds")
    for name, seconds in taken.items():
        middle = statistics.median(seconds)
        print(f"{middle / base:6.2f}  {name:32} {middle:7.2f} s ({min(seconds):.2f} to {max(seconds):.2f})")


main()
