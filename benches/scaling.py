"""How time and memory grow with threads and articles: read, extract and reconcile, end to end, in one process each.

    python3 benches/scaling.py                        # 100, 1,000 and 10,000 articles on 1, 2 and 4 threads
    python3 benches/scaling.py --most 100000          # and 100,000
    python3 benches/scaling.py --most 100000 --threads 2 --data DIR

The articles are generated (tools/articles.py), with the paragraphs of GUM in them if `--data DIR` has them, and lie in
a file of JSON lines, which every point reads anew in a fresh process. Memory is what was resident at most, less what
it was with the package imported and its models loaded; it counts the texts, the claims, and all that reconciling holds,
and is told in terms of the texts' size. Writes target/bench/scaling.json.
"""

import argparse
import datetime
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from contest import quartiles, rounded
from environment import PLACE, interpreter
from machine import ONE_THREAD, hardware, peak, versions
from run import commit
from texts import generated

STAGES = ["read", "extract", "reconcile"]


def main() -> None:
    """Every size on every number of threads."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder with gum/, whose paragraphs are woven in")
    parser.add_argument("--least", type=int, default=100)
    parser.add_argument("--most", type=int, default=10_000, help="articles; sizes are tenfold from the least on")
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--rounds", type=int, default=3, help="of sizes up to 1,000; larger ones run once")
    parser.add_argument("--python", type=Path, help="an interpreter with reportedly; that of `make bench` if not given")
    parser.add_argument("--out", type=Path, default=PLACE / "scaling.json")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(point(options.inside, options.threads[0])))
        return
    python = options.python or interpreter(PLACE / "venv")
    if not python.exists():
        sys.exit(f"{python} is not there; run `make bench` before, or name an interpreter with --python")
    sizes = [options.least]
    while sizes[-1] * 10 <= options.most:
        sizes.append(sizes[-1] * 10)
    folder = PLACE / "articles"
    folder.mkdir(parents=True, exist_ok=True)
    points = []
    print(f"{'articles':>9}{'threads':>8}{'wall s':>9}{'cpu s':>9}{'ms/article':>12}{'memory/text':>12}{'claims':>11}")
    for size in sizes:
        path = folder / f"{size}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(article, ensure_ascii=False) + "\n" for article in generated(size, options.data))
        for threads in options.threads:
            rounds = options.rounds if size <= 1000 else 1
            points.append(median([run(python, path, threads) for _ in range(rounds)]))
            show(points[-1])
        path.unlink()
    made = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "commit": commit(),
        "articles": "generated articles" + (" with paragraphs of GUM" if options.data else ""),
        **points[0].pop("about"),
        "points": [{name: value for name, value in each.items() if name != "about"} for each in points],
    }
    options.out.write_text(json.dumps(made, indent=1) + "\n", encoding="utf-8")
    print(f"\nwritten to {options.out}")


def run(python: Path, path: Path, threads: int) -> dict[str, Any]:
    """One point, in a process of its own."""
    command = [python, __file__, "--inside", path, "--threads", str(threads)]
    env = os.environ | {name: value for name, value in ONE_THREAD.items() if name != "REPORTEDLY_JOBS"}
    # The pool of a corpus is its own; the common one must not hold it back.
    env.pop("RAYON_NUM_THREADS")
    done = subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def point(path: Path, threads: int) -> dict[str, Any]:
    """Reads, extracts, reconciles; inside the process that is measured."""
    import reportedly as rp

    warm = rp.Corpus.from_texts(['"It rained for 3 days," Ann Lee said on Monday.'] * 2, jobs=threads)
    warm.reconcile()
    base = peak()
    found: dict[str, Any] = {"threads": threads}
    corpus = staged(found, "read", lambda: rp.read(path, jobs=threads))
    claims = staged(found, "extract", lambda: corpus.extract())
    results = staged(found, "reconcile", lambda: corpus.reconcile())
    found |= {"articles": len(corpus), "claims": len(claims), "findings": len(results.findings)}
    found["wall"] = sum(found[stage]["wall"] for stage in STAGES)
    found["cpu"] = sum(found[stage]["cpu"] for stage in STAGES)
    found["memory"] = max(peak() - base, 0)
    texts = [document.text for document in corpus]
    found |= {"words": sum(len(text.split()) for text in texts), "bytes": sum(len(text.encode()) for text in texts)}
    found["base"] = base
    found["about"] = {"machine": hardware(), "versions": versions(["reportedly"])}
    return found


def staged(found: dict[str, Any], stage: str, work: Callable[[], Any]) -> Any:
    """The stage's result; its seconds, and the most memory so far, go to `found`."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = work()
    found[stage] = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peak": peak()}
    return made


def median(found: list[dict[str, Any]]) -> dict[str, Any]:
    """The medians of several runs of one point, with the spread of the wall-clock time."""
    made = dict(found[0])
    for stage in STAGES:
        made[stage] = {key: rounded(quartiles([each[stage][key] for each in found])[1]) for key in made[stage]}
    for key in ("wall", "cpu", "memory", "base"):
        made[key] = rounded(quartiles([each[key] for each in found])[1])
    low, _, high = quartiles([each["wall"] for each in found])
    made |= {"spread": rounded(high - low), "rounds": len(found)}
    return made


def show(each: dict[str, Any]) -> None:
    """A point for people."""
    print(
        f"{each['articles']:>9,}{each['threads']:>8}{each['wall']:>9.2f}{each['cpu']:>9.2f}"
        f"{1000 * each['cpu'] / each['articles']:>12.2f}{each['memory'] / each['bytes']:>12.2f}{each['claims']:>11,}",
        flush=True,
    )


if __name__ == "__main__":
    main()
