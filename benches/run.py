"""Every peer in one run: how many times faster, on the same texts, on one thread.

    make bench                     # seeds and generated articles
    make bench DATA=DIR            # corpora of DIR, and a spaCy pipeline trained on its treebank
    python3 benches/run.py --only claims sentences --rounds 3

Makes an environment of its own under target/bench, installs pinned peers and the newest wheel of dist/ there, trains
spaCy's small pipeline, and measures each comparison of benches/comparisons in a process of its own, in turns. Prints a
table and writes target/bench/peers.json. See benches/README.md.
"""

import argparse
import datetime
import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from comparisons import ALL
from contest import held
from environment import PEERS, PLACE, ROOT, environment
from machine import ONE_THREAD, hardware, versions
from pipeline import trained


def main() -> None:
    """Sets up what is not there yet, and measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of corpora; without it, seeds and generated articles")
    parser.add_argument("--wheel", type=Path, help="the wheel to measure; the newest of dist/ if not given")
    parser.add_argument("--model", type=Path, help="a spaCy pipeline; trained under target/bench if not given")
    parser.add_argument("--steps", type=int, help="steps of spaCy's training, at most")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", nargs="+", choices=ALL, default=ALL, help="these comparisons only")
    parser.add_argument("--out", type=Path, default=PLACE / "peers.json", help="where the results are written")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options)
        return
    python = environment(PLACE / "venv", options.wheel)
    if "claims" in options.only and not options.model:
        options.model = trained(python, options.data, options.steps)
    results = measured(python, options)
    options.out.parent.mkdir(parents=True, exist_ok=True)
    options.out.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"\nwritten to {options.out}")
    if results["failed"]:
        sys.exit(f"not measured: {', '.join(results['failed'])}")


def inside(options: argparse.Namespace) -> None:
    """One comparison, in the environment of the peers; what others print does not come between."""
    out = os.dup(1)
    os.dup2(2, 1)
    comparison = importlib.import_module(f"comparisons.{options.inside}").comparison(options)
    found = {"name": options.inside} | held(comparison, options.rounds)
    report = {"comparison": found, "machine": hardware(), "versions": versions(["reportedly", *PEERS])}
    with os.fdopen(out, "w", encoding="utf-8") as file:
        json.dump(report, file)


def measured(python: Path, options: argparse.Namespace) -> dict[str, Any]:
    """All comparisons; one that breaks is named, and the others go on."""
    results: dict[str, Any] = {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "commit": commit(),
        "corpora": "corpora of news" if options.data else "seeds and generated articles",
        "rounds": options.rounds,
        "threads": 1,
        "comparisons": [],
        "failed": [],
    }
    for name in options.only:
        command = [python, __file__, "--inside", name, f"--rounds={options.rounds}"]
        command += [f"--{part}={path.resolve()}" for part in ("data", "model") if (path := getattr(options, part))]
        done = subprocess.run(command, env=os.environ | ONE_THREAD, stdout=subprocess.PIPE, check=False)
        if done.returncode:
            results["failed"].append(name)
            continue
        report = json.loads(done.stdout)
        results |= {"machine": report["machine"], "versions": report["versions"]}
        results["comparisons"].append(report["comparison"])
        show(report["comparison"])
    return results


def show(comparison: dict[str, Any]) -> None:
    """A comparison for people."""
    print(f"\n{comparison['title']} ({comparison['texts']})")
    for each in comparison["contestants"]:
        spread = 100 * each["spread"] / each["seconds"]
        print(f"  {each['name']:<46}{each['rate']:>14,.0f} {each['unit']}/s  ± {spread:.0f} %")
    for each in comparison["ratios"]:
        quartiles = f"{each['low']:,.3g} to {each['high']:,.3g}"
        print(f"  {each['ratio']:>8,.3g} ×  {each['ours']} against {each['peer']} ({quartiles})")
    for what, count in comparison["facts"].items():
        print(f"  {what}: {count:,}")
    sys.stdout.flush()


def commit() -> str | None:
    """Which state of the sources, with a plus if there are changes besides."""
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty=+"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or None


if __name__ == "__main__":
    main()
