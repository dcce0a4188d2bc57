"""Thousands of files with faults among them: what a reader of them must survive.

    python tools/soak.py --files 10000
    python tools/soak.py --files 10000 --articles      # whole articles instead of sentences

Makes a folder in which two files in three are good, in nine formats, and the others each have one fault. Scans it,
reads it, and saves it to a full disk and to one with room, each in a process of its own without rights to what is
locked. Fails unless every good document is found once, every fault is reported once, nothing panics, and a scan stays
under `LIMIT_MIB`. Prints what was counted.
"""

from __future__ import annotations

import argparse
import bz2
import collections
import gzip
import io
import json
import os
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

#: Resident memory, at its peak, of a scan of the folder, of any size: the models, two batches, and a line of 64 MiB.
LIMIT_MIB = 768

_CASE = re.compile(r"case (\d+)")
_NOBODY = 65534


class Folder:
    """The files, and what is to be found in them."""

    def __init__(self, root: Path, seed: int, huge: int, articles: bool) -> None:
        self.root, self.huge = root, huge
        self.chance = random.Random(seed)
        self.cases = 0
        #: What is wrong, by the path that its problem names, and in a word.
        self.faults: dict[str, str] = {}
        self.vanishing: list[str] = []
        self.counts: collections.Counter[str] = collections.Counter()
        self._articles = None
        if articles:
            sys.path.insert(0, str(Path(__file__).parent))
            import articles as generated

            self._articles = iter(generated.generate(10**9, seed=seed))

    def text(self) -> str:
        """The text of a good document, which is no other's."""
        self.cases += 1
        said = next(self._articles)["text"] if self._articles else f"Ann Lee said that {self.cases:,} people had died."
        return f"{said} The mayor denied case {self.cases}."

    def rows(self, count: int) -> bytes:
        return b"".join(json.dumps({"text": self.text()}).encode() + b"\n" for _ in range(count))

    def page(self, inside: str) -> bytes:
        head = "<!doctype html><html><head><title>x</title></head>"
        return f"{head}<body><article>{inside}</article></body></html>".encode()

    def put(self, name: str, content: bytes, kind: str) -> Path:
        path = self.root / f"{self.chance.randrange(40):02}" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        self.counts[kind] += 1
        return path

    def bad(self, name: str, content: bytes, kind: str, inside: str = "") -> Path:
        path = self.put(name, content, kind)
        self.faults[f"{path}{inside}"] = kind
        return path


def good(folder: Folder, number: int) -> None:
    """One good file."""
    name, text = f"g{number:05}", folder.text
    body = "<p>The talks in Geneva failed, and both sides said that they would not meet again.</p>"
    formats: list[Callable[[], tuple[str, bytes]]] = [
        lambda: (".txt", text().encode()),
        lambda: (".txt", ("\ufeff" + text()).encode("utf-16-le")),
        lambda: (".html", folder.page(f"<p>{text()}</p>{body}")),
        lambda: (".jsonl", folder.rows(5)),
        lambda: (".jsonl.gz", gzip.compress(folder.rows(20), 1)),
        lambda: (".jsonl.bz2", bz2.compress(folder.rows(20), 1)),
        lambda: (".json", json.dumps([{"text": text()} for _ in range(3)]).encode()),
        lambda: (".csv", b"title,text\n" + b"".join(f'a,"{text()}"\n'.encode() for _ in range(3))),
        lambda: (".zip", zipped({f"{i}.txt": text().encode() for i in range(3)})),
    ]
    ending, content = folder.chance.choice(formats)() if not folder._articles else formats[number % 7]()
    folder.put(name + ending, content, f"good {ending[1:]}")


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def packed_blanks(before: bytes, size: int, filler: bytes, after: bytes) -> bytes:
    """A gzip file with a run of bytes in it that was never in memory."""
    packer = zlib.compressobj(1, zlib.DEFLATED, 31)
    parts = [packer.compress(before)]
    piece = filler * (1 << 20)
    parts += [packer.compress(piece) for _ in range(size >> 20)]
    return b"".join([*parts, packer.compress(after), packer.flush()])


def faults() -> list[Callable[[Folder, str], object]]:
    """Each makes a file, or another entry, with one fault."""

    def with_row(bad_row: str) -> Callable[[Folder, str], object]:
        return lambda f, name: f.bad(f"{name}.jsonl", f.rows(1) + bad_row.encode() + b"\n" + f.rows(1), "bad row")

    def link(folder: Folder, name: str, target: str, kind: str) -> None:
        path = folder.root / "00" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.symlink_to(target)
        folder.faults[str(path)] = kind
        folder.counts[kind] += 1

    def vanishing(folder: Folder, name: str) -> None:
        # Last in order, so that they go before they are read.
        path = folder.root / "99" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text("It rained.", encoding="utf-8")
        folder.vanishing.append(str(path))
        folder.faults[str(path)] = "vanished"
        folder.counts["vanished"] += 1

    def locked(folder: Folder, name: str) -> None:
        folder.bad(f"{name}.txt", b"It rained.", "locked").chmod(0)

    def zip_bomb(folder: Folder, name: str) -> None:
        members = {"a.txt": folder.text().encode(), "b.txt": b" " * (18 << 20)}
        folder.bad(f"{name}.zip", zipped(members), "zip bomb", "/b.txt")

    deep = "<div>" * 5000
    accents = "Zürich, café, naïve. ".encode() * 5
    return [
        lambda f, n: f.bad(f"{n}.jsonl.gz", gzip.compress(b'{"text": "It rained."}\n' * 50)[:30], "cut gzip"),
        lambda f, n: f.bad(
            f"{n}.zip", zipped({"a.txt": f.text().encode(), "b.txt": b" " * (18 << 20)}), "zip bomb", "/b.txt"
        ),
        lambda f, n: f.bad(f"{n}.zip", zipped({"a.txt": b"It rained."})[:-30], "cut zip"),
        lambda f, n: f.bad(f"{n}.html", f.page(f"{deep}<p>{f.text()}</p>"), "deep page"),
        lambda f, n: f.bad(f"{n}.json", b'{"text": ' + b"[" * 20_000, "deep json"),
        lambda f, n: link(f, n, "..", "cyclic link"),
        lambda f, n: link(f, n, "nowhere.txt", "dangling link"),
        lambda f, n: f.bad(f"{n}.txt", b"\x89PNG\r\n\x1a\n" + bytes(200), "binary"),
        lambda f, n: f.bad(f"{n}.txt", b" \n", "empty"),
        lambda f, n: f.bad(f"{n}.txt", accents + f.text().encode() + b" \xff.", "bad bytes"),
        lambda f, n: f.bad(f"{n}.parquet", b"PAR1" + bytes(100) + b"PAR1", "bad parquet"),
        lambda f, n: f.bad(f"{n}.xyz", b"It rained.", "unknown extension"),
        with_row('{"text": '),
        vanishing,
        locked,
    ]


def make(root: Path, files: int, *, seed: int, huge: int, articles: bool) -> Folder:
    """A folder of so many files."""
    folder = Folder(root, seed, huge, articles)
    kinds = faults()
    for number in range(files):
        if number % 3:
            good(folder, number)
        else:
            kinds[number // 3 % len(kinds)](folder, f"f{number:05}")
    # One of each is enough of what is huge: a line of a gigabyte between good ones, and a bomb.
    before, after = folder.rows(1), folder.rows(1)
    line = packed_blanks(before + b'{"text": "', huge, b"x", b'"}\n' + after)
    folder.bad("line.jsonl.gz", line, "huge line")
    bomb = bz2.compress(folder.rows(1) + b" " * (40 << 20))
    folder.bad("bomb.jsonl.bz2", bomb, "bomb")
    root.chmod(0o755)
    for path in root.iterdir():
        path.chmod(0o755)
    return folder


def peak() -> float:
    """Peak of resident memory of this process, in MiB."""
    return int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]) / 1024


def drop_rights() -> None:
    """From here on, nothing may be read that is locked."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)


def told(documents: list[str], problems: list[dict[str, Any]], seconds: float) -> dict[str, Any]:
    return {"documents": documents, "problems": problems, "peak_mib": round(peak()), "seconds": round(seconds, 1)}


def serious(problems: Any) -> list[dict[str, Any]]:
    return [{"path": p["path"], "kind": p["kind"]} for p in problems if p["severity"] != "information"]


def stage_scan(root: str) -> dict[str, Any]:
    """A scan; what is to vanish does so after the first batch."""
    import reportedly as rp

    drop_rights()
    began, documents, problems = time.monotonic(), [], []
    for number, batch in enumerate(rp.scan(root, batch_size=100)):
        if number == 0:
            print("first batch", flush=True)
            sys.stdin.readline()
        documents += [d.text for d in batch]
        assert {c.document.index for c in batch.claims} <= set(range(len(batch)))
        problems += serious(batch.problems)
    return told(documents, problems, time.monotonic() - began)


def stage_read(root: str) -> dict[str, Any]:
    """All of it as a corpus, saved: to a disk that is full, then to one that is not."""
    import pyarrow  # noqa: F401 (while it may be read)

    import reportedly as rp

    drop_rights()
    with tempfile.TemporaryDirectory() as spare:
        began = time.monotonic()
        corpus = rp.read(root)
        corpus.extract()
        full = Path(spare) / "full"
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, usual[1]))
        try:
            corpus.save(full)
        except rp.StorageError as e:
            print(f"full disk: {e}", file=sys.stderr)
        else:
            raise AssertionError("a full disk went unnoticed")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
        assert not (full / "manifest.json").exists(), "half a corpus looks whole"
        assert rp.load(corpus.save(full)) == corpus
        documents = [d.text for d in corpus]
        return told(documents, serious(corpus.problems), time.monotonic() - began)


def run(stage: str, folder: Folder) -> dict[str, Any]:
    """A stage in a process of its own."""
    command = [sys.executable, __file__, "--inside", stage, str(folder.root)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdin
    assert child.stdout
    assert child.stderr
    errors: list[str] = []
    listener = threading.Thread(target=lambda: errors.append(child.stderr.read()))  # type: ignore[union-attr]
    listener.start()
    if stage == "scan":
        assert child.stdout.readline() == "first batch\n", errors
        for path in folder.vanishing:
            Path(path).unlink(missing_ok=True)
        child.stdin.write("\n")
        child.stdin.flush()
    out = child.stdout.read()
    status = child.wait()
    listener.join()
    if status or "panicked" in errors[0]:
        raise AssertionError(f"{stage} ended with {status}: {errors[0]}")
    found: dict[str, Any] = json.loads(out)
    return found


def check(stage: str, folder: Folder, found: dict[str, Any]) -> dict[str, Any]:
    """Whether all is there that should be, and what was counted."""
    cases = collections.Counter(m[1] for text in found["documents"] for m in _CASE.finditer(text))
    lost = folder.cases - len(cases)
    assert (lost, max(cases.values())) == (0, 1), f"{stage}: {lost} good documents are lost"
    expected = set(folder.faults) - (set(folder.vanishing) if stage == "read" else set())
    reported = collections.Counter(p["path"] for p in found["problems"])
    assert set(reported) == expected, (
        f"{stage}: not reported {sorted(expected - set(reported))[:5]}, not made {sorted(set(reported) - expected)[:5]}"
    )
    twice = {path: n for path, n in reported.items() if n > 1}
    assert not twice, f"{stage}: reported more than once: {list(twice.items())[:5]}"
    if stage == "scan":
        assert found["peak_mib"] < LIMIT_MIB, f"{found['peak_mib']} MiB"
    kinds = collections.Counter(p["kind"] for p in found["problems"])
    return {
        "stage": stage,
        "good documents": len(cases),
        "lost": lost,
        "faults": len(expected),
        "reported once": sum(n == 1 for n in reported.values()),
        "kinds of problems": dict(sorted(kinds.items())),
        "panics": 0,
        "peak MiB": found["peak_mib"],
        "seconds": found["seconds"],
    }


def soak(files: int, *, seed: int = 0, huge: int = 1 << 30, articles: bool = False) -> list[dict[str, Any]]:
    """Makes the folder, works on it, and checks; what was counted, by stage."""
    root = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        folder = make(root, files, seed=seed, huge=huge, articles=articles)
        counted: list[dict[str, Any]] = [{"files": dict(sorted(folder.counts.items()))}]
        # The vanishing files are gone in the second stage, and then no fault.
        return counted + [check(stage, folder, run(stage, folder)) for stage in ("scan", "read")]
    finally:
        shutil.rmtree(root)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--huge", type=int, default=1 << 30, help="bytes of the huge line")
    parser.add_argument("--articles", action="store_true", help="whole generated articles, in place of sentences")
    parser.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    words = parser.parse_args()
    if words.inside:
        stage, root = words.inside
        print(json.dumps({"scan": stage_scan, "read": stage_read}[stage](root)))
        return
    for counted in soak(words.files, seed=words.seed, huge=words.huge, articles=words.articles):
        print(json.dumps(counted, indent=1))


if __name__ == "__main__":
    main()
