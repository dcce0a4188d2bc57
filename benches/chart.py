"""Two pictures of the results, as SVG: ratios, and how time and memory grow.

Each brings its ground along, and turns dark where the reader's system is, so that it can be read on any page.
"""

import math
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

STYLE = """<style>
svg { --ground: #ffffff; --ink: #1f2328; --faint: #57606a; --line: #d0d7de;
  --one: #0b61a4; --two: #b3450b; --three: #1a7f37; --four: #8250df }
@media (prefers-color-scheme: dark) {
  svg { --ground: #14181d; --ink: #e6edf3; --faint: #9aa4b0; --line: #39424e;
    --one: #6cb6ff; --two: #f0883e; --three: #56d364; --four: #c297ff }
}
.ground { fill: var(--ground) } text { fill: var(--ink) } .faint { fill: var(--faint) } .line { stroke: var(--line) }
.one { fill: var(--one); stroke: var(--one) } .two { fill: var(--two); stroke: var(--two) }
.three { fill: var(--three); stroke: var(--three) } .four { fill: var(--four); stroke: var(--four) }
.path { fill: none; stroke-width: 2 } .title { font-weight: 600 } .even { stroke: var(--faint); stroke-width: 1.5 }
</style>"""
SERIES = ["one", "two", "three", "four"]


def drawing(width: int, height: int, label: str, parts: Sequence[str]) -> str:
    """The parts on a ground."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="sans-serif" font-size="13" role="img" aria-label="{escape(label)}">'
    )
    ground = f'<rect class="ground" width="{width}" height="{height}" rx="6"/>'
    return "\n".join([head, STYLE, ground, *parts, "</svg>"]) + "\n"


def text(x: float, y: float, words: str, anchor: str = "start", kind: str = "") -> str:
    """Words at a place."""
    style = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{style}>{escape(words)}</text>'


def line(x1: float, y1: float, x2: float, y2: float, kind: str = "line") -> str:
    """A straight line."""
    return f'<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def times(ratio: float) -> str:
    """A ratio as it is read: 9.8 ×, 120 ×, 2,800 ×."""
    digits = 0 if ratio >= 100 else 1 if ratio >= 1 else 2
    shown = float(f"{ratio:.2g}" if ratio >= 100 else ratio)
    return f"{shown:,.{digits}f} ×"


def ratios(peers: dict[str, Any]) -> str:
    """How many times faster, on a logarithmic scale, with what the quartiles allow."""
    rows: list[tuple[str, dict[str, Any] | None]] = []
    for comparison in peers["comparisons"]:
        rows.append((comparison["title"], None))
        rows += [(f"{each['ours']}, against {each['peer']}", each) for each in comparison["ratios"]]
    left, right, top, step = 490, 850, 46, 22
    found = [each for _, each in rows if each]
    low = math.floor(math.log10(min(0.9, *(each["low"] for each in found))))
    high = math.ceil(math.log10(max(11, *(each["high"] for each in found))))

    def at(ratio: float) -> float:
        return left + (math.log10(ratio) - low) / (high - low) * (right - left)

    bottom = top + step * len(rows)
    parts = [text(16, 26, "Times as fast, processor time on one thread, in one run", kind="title")]
    for power in range(low, high + 1):
        x = at(10**power)
        parts.append(line(x, top, x, bottom, "even" if power == 0 else "line"))
        parts.append(text(x, bottom + 18, f"{10**power:,g}", "middle", "faint"))
    for i, (label, each) in enumerate(rows):
        y = top + step * i + 15
        if each is None:
            parts.append(text(16, y, label, kind="title"))
            continue
        kind = "one" if each["ratio"] >= 1 else "two"
        x = at(each["ratio"])
        parts.append(text(28, y, label))
        parts.append(
            f'<rect class="{kind}" x="{min(x, at(1)):.1f}" y="{y - 9:.1f}" width="{abs(x - at(1)):.1f}" height="10"/>'
        )
        parts.append(line(at(each["low"]), y - 4, at(each["high"]), y - 4, "even"))
        parts.append(text(max(at(each["high"]), at(1)) + 6, y, times(each["ratio"])))
    return drawing(960, bottom + 34, "Times as fast as other tools", parts)


def growth(scaling: dict[str, Any]) -> str:
    """Processor time per article, articles a second, and memory, by articles and threads."""
    panels: list[tuple[str, Callable[[dict[str, Any]], float]]] = [
        ("Processor time, ms an article", lambda each: 1000 * each["cpu"] / each["articles"]),
        ("Articles a second, by the clock", lambda each: each["articles"] / each["wall"]),
        ("Memory, times the text", lambda each: each["memory"] / each["bytes"]),
    ]
    points = scaling["points"]
    sizes = sorted({each["articles"] for each in points})
    threads = sorted({each["threads"] for each in points})
    width, height, top = 260, 170, 50
    parts = []
    for i, (title, value) in enumerate(panels):
        left = 60 + i * (width + 60)
        most = nice(max(value(each) for each in points))

        def x(size: int, left: int = left) -> float:
            span = math.log10(sizes[-1] / sizes[0]) or 1
            return left + math.log10(size / sizes[0]) / span * width

        def y(of: float, most: float = most) -> float:
            return top + height * (1 - of / most)

        parts.append(text(left, 26, title, kind="title"))
        for tick in range(5):
            level = most * tick / 4
            parts += [
                line(left, y(level), left + width, y(level)),
                text(left - 6, y(level) + 4, f"{level:g}", "end", "faint"),
            ]
        parts += [text(x(size), top + height + 20, f"{size:,}", "middle", "faint") for size in sizes]
        for count, kind in zip(threads, SERIES, strict=False):
            here = [(x(p["articles"]), y(value(p))) for p in points if p["threads"] == count]
            joined = " ".join(f"{a:.1f},{b:.1f}" for a, b in here)
            parts.append(f'<polyline class="{kind} path" style="fill:none" points="{joined}"/>')
            parts += [f'<circle class="{kind}" cx="{a:.1f}" cy="{b:.1f}" r="3.5"/>' for a, b in here]
    at = 60
    for count, kind in zip(threads, SERIES, strict=False):
        parts.append(f'<rect class="{kind}" x="{at}" y="{top + height + 38}" width="12" height="12"/>')
        parts.append(text(at + 18, top + height + 49, f"{count} thread{'s' * (count > 1)}"))
        at += 100
    parts.append(text(at, top + height + 49, "articles, from left to right", kind="faint"))
    return drawing(60 + 3 * (width + 60), top + height + 66, "Time and memory by number of articles", parts)


def nice(number: float) -> float:
    """The next number that makes a scale of four steps."""
    power = 10 ** math.floor(math.log10(number))
    return next(power * step for step in (1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10) if power * step >= number)
