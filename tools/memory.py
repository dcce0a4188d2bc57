"""Peak memory of `rp.scan` by the number of rows: each count of rows in a process of its own.

    python tools/memory.py --rows 100000 1000000
    python tools/memory.py --rows 1000 10000 --articles

Rows are made while they are read, and stand nowhere: one sentence of some five words each, so that reading and the
machinery of the scan weigh as much as they can, or, with `--articles`, the whole articles of `tools/articles.py`.
`--ids` gives each row an id of its own, of which a scan keeps a hash. Columns: rows, claims, seconds, and the peak of
resident memory in MiB, after a first scan of a few rows has loaded the models (`at start`) and in the end (`peak`).
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

NAMES = ["Ann Lee", "Bob Ray", "The mayor", "Police", "Seoul", "The ministry", "A witness", "Reuters"]
THINGS = ["it rained", "nobody was hurt", "the bridge fell", "12 people died", "the talks failed", "trains stopped"]


def short_rows(count: int, ids: bool) -> Iterator[bytes]:
    """JSON lines of a sentence each."""
    for i in range(count):
        row = {"text": f"{NAMES[i % len(NAMES)]} said {THINGS[i // 7 % len(THINGS)]}."}
        if ids:
            row["id"] = f"row-{i:x}"
        yield json.dumps(row).encode() + b"\n"


def article_rows(count: int) -> Iterator[bytes]:
    """JSON lines of generated articles."""
    sys.path.insert(0, str(Path(__file__).parent))
    import articles

    for article in articles.generate(count):
        yield json.dumps(article).encode() + b"\n"


class Rows(io.RawIOBase):
    """A file of rows that do not exist before they are read."""

    def __init__(self, rows: Iterator[bytes]) -> None:
        self._rows = rows

    def read(self, size: int = -1) -> bytes:
        parts, length = [], 0
        for row in self._rows:
            parts.append(row)
            length += len(row)
            if length >= 1 << 16:
                break
        return b"".join(parts)


def peak() -> float:
    """Peak of resident memory of this process, in MiB."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("this system does not tell the peak of memory")


def measure(count: int, batch_size: int, ids: bool, articles: bool) -> dict[str, Any]:
    """One scan."""
    import reportedly as rp

    for batch in rp.scan(Rows(short_rows(100, ids))):
        batch.claims.to_arrow()
    at_start, began = peak(), time.perf_counter()
    documents = claims = 0
    rows = article_rows(count) if articles else short_rows(count, ids)
    for batch in rp.scan(Rows(rows), batch_size=batch_size):
        documents += len(batch)
        claims += batch.claims.to_arrow().num_rows
    return {
        "documents": documents,
        "claims": claims,
        "seconds": round(time.perf_counter() - began, 1),
        "at_start_mib": round(at_start, 1),
        "peak_mib": round(peak(), 1),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--batch-size", type=int, default=1000)
    parser.add_argument("--ids", action="store_true")
    parser.add_argument("--articles", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.inside:
        print(json.dumps(measure(told.rows[0], told.batch_size, told.ids, told.articles)))
        return
    flags = [f"--{name}" for name in ("ids", "articles") if getattr(told, name)]
    if not told.json:
        print(f"{'rows':>12} {'claims':>12} {'seconds':>9} {'rows/s':>8} {'at start':>9} {'peak MiB':>9}")
    for count in told.rows:
        command = [sys.executable, __file__, "--inside", "--rows", str(count), "--batch-size", str(told.batch_size)]
        out = subprocess.run([*command, *flags], stdout=subprocess.PIPE, check=True, text=True).stdout
        if told.json:
            print(out, end="", flush=True)
            continue
        found = json.loads(out)
        speed = found["documents"] / found["seconds"] if found["seconds"] else 0
        print(
            f"{found['documents']:>12,} {found['claims']:>12,} {found['seconds']:>9.1f} {speed:>8,.0f} "
            f"{found['at_start_mib']:>9.1f} {found['peak_mib']:>9.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
