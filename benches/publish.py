"""Puts what was measured into the documentation: figures, tables and pictures.

    python3 benches/publish.py     # target/bench/peers.json, scaling.json → docs/quality

Writes docs/quality/benchmarks.json and, out of it alone, both pictures and the parts of docs/quality/speed.md between
its marks. `--check` writes nothing, and fails if a page or a picture tells anything else than the figures.
"""

import argparse
import json
import math
import re
import sys
from pathlib import Path
from typing import Any

import chart
from environment import PLACE, ROOT

QUALITY = ROOT / "docs/quality"
MARK = re.compile(r"(<!-- measured: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    """Takes over what was measured since, and writes what follows from it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    stored = QUALITY / "benchmarks.json"
    results = json.loads(stored.read_text(encoding="utf-8")) if stored.exists() else {}
    if not options.check:
        for part in ("peers", "scaling"):
            path = PLACE / f"{part}.json"
            if path.exists():
                results[part] = json.loads(path.read_text(encoding="utf-8"))
        stored.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    stale = [path for path, made in made_of(results).items() if path.read_text(encoding="utf-8") != made]
    if not options.check:
        for path, made in made_of(results).items():
            path.write_text(made, encoding="utf-8")
    elif stale:
        sys.exit(f"not what the figures say: {', '.join(map(str, stale))}; run benches/publish.py")


def made_of(results: dict[str, Any]) -> dict[Path, str]:
    """What each file should hold."""
    page = QUALITY / "speed.md"
    parts = {"peers": peers(results["peers"]), "scaling": scaling(results["scaling"])}
    return {
        page: MARK.sub(lambda m: f"{m[1]}{parts[m[2]]}{m[3]}", page.read_text(encoding="utf-8")),
        QUALITY / "speed.svg": chart.ratios(results["peers"]),
        QUALITY / "growth.svg": chart.growth(results["scaling"]),
    }


def peers(results: dict[str, Any]) -> str:
    """The comparisons as tables."""
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    found = [
        f"Measured on {results['date']} at {results['commit']}: {machine(results['machine'])}; one thread, "
        f"{results['rounds']} rounds in turns. {versions}.\n"
    ]
    for comparison in results["comparisons"]:
        found.append(f"### {comparison['title']}\n\nOn {comparison['texts']}.\n")
        found.append("| ours | against | times as fast | quartiles |\n|---|---|---|---|")
        for each in comparison["ratios"]:
            low, high = (chart.times(each[end]).removesuffix(" ×") for end in ("low", "high"))
            found.append(f"| {each['ours']} | {each['peer']} | {chart.times(each['ratio'])} | {low} to {high} |")
        found.append("\n| who | a second | spread | |\n|---|---|---|---|")
        for each in comparison["contestants"]:
            spread = 100 * each["spread"] / each["seconds"]
            rate = float(f"{each['rate']:.3g}")
            found.append(f"| {each['name']} | {rate:,.0f} {each['unit']} | {spread:.0f} % | {each['note']} |")
        if comparison["facts"]:
            found.append("\n" + "; ".join(f"{what}: {count:,}" for what, count in comparison["facts"].items()) + ".")
        found.append("")
    return "\n".join(found)


def scaling(results: dict[str, Any]) -> str:
    """The points as a table, and what a core does."""
    found = [
        f"Measured on {results['date']} at {results['commit']}: {machine(results['machine'])}; "
        f"{results['articles']}.\n",
        "| articles | words | threads | seconds | processor, ms an article: read | extract | reconcile | words a "
        "second and core | memory, times the text |\n|---|---|---|---|---|---|---|---|---|",
    ]
    for each in results["points"]:
        stages = " | ".join(f"{1000 * each[s]['cpu'] / each['articles']:.2f}" for s in ("read", "extract", "reconcile"))
        found.append(
            f"| {each['articles']:,} | {each['words']:,} | {each['threads']} | {each['wall']:.1f} | {stages} "
            f"| {float(format(each['words'] / each['cpu'], '.3g')):,.0f} | {each['memory'] / each['bytes']:.1f} |"
        )
    return "\n".join([*found, "", *growth(results["points"])]) + "\n"


def growth(points: list[dict[str, Any]]) -> list[str]:
    """How steep the curve is, and what threads are worth."""
    found = []
    least = min(each["threads"] for each in points)
    line = sorted((each for each in points if each["threads"] == least), key=lambda each: each["articles"])
    first, last = line[0], line[-1]
    if first is not last:
        power = math.log(last["cpu"] / first["cpu"]) / math.log(last["articles"] / first["articles"])
        found.append(
            f"From {first['articles']:,} to {last['articles']:,} articles, processor time grows as their number to the "
            f"power of {power:.2f}; 1 is linear."
        )
    for each in points:
        if each["articles"] == last["articles"] and each is not last:
            found.append(f"{each['threads']} threads are {last['wall'] / each['wall']:.2f} times as fast as {least}.")
    return found


def machine(of: dict[str, Any]) -> str:
    """The hardware in a few words."""
    return f"{of['processor']}, {of['cores']} cores, {of['memory_gb']} GB, {of['system']}, Python {of['python']}"


if __name__ == "__main__":
    main()
