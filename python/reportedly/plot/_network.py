"""Who passes on whom: outlets, those that they cite, and those behind them, from left to right."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from ._canvas import COLOURS, OTHERS, canvas, chosen, claims_of, explain, library, say, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .._reportedly import Claims, Corpus, Document, Reconciliation

_COLOURS = {
    "outlet": OTHERS,
    "media": COLOURS[5],
    "government": COLOURS[0],
    "organization": COLOURS[2],
    "person": COLOURS[1],
    "document": COLOURS[3],
    "unnamed": COLOURS[6],
    "collective": COLOURS[4],
}
#: Passes over the columns that untangle the lines. More change little.
_SWEEPS = 8
#: Area of the circle of the party with the most claims, in square points, and of one with none.
_LARGEST, _SMALLEST = 420.0, 24.0

#: A party in the network, by its name: one that is cited by outlets and by agencies stands in one place.
_Node = str


def sources(
    claims: Claims | Corpus | Document | Reconciliation, ax: Axes | None = None, *, limit: int = 40, legend: bool = True
) -> Axes:
    """Draw who passes on whom: from outlets by way of those that they cite to those who vouch.

    A circle is a party, its area the number of claims that it makes or passes on, its colour what it is. A line goes
    from the one who cites to the one who is cited, the thicker the more claims. What outlets say in their own voice is
    no line.

    Parameters
    ----------
    claims : Claims, Corpus, Document or Reconciliation
        Whose sources to draw. An article whose outlet is not known stands under its id.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    limit : int
        Parties at most, those with the most claims; the title says how many are not drawn.

    legend : bool
        Whether to say what colours and marks mean: beside the drawing in new figures and in those with a layout
        (``plt.subplots(layout="constrained")``), else within.

    Returns
    -------
    matplotlib.axes.Axes
        Left are those who publish, in the middle those who pass on what others say in at least half of what they are
        cited for, right those who vouch.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ArgumentError
        If ``limit`` is less than 2.

    Notes
    -----
    Within a column, parties stand near those that they are tied to (barycentres, after Sugiyama et al. 1981). The same
    claims always give the same drawing.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'], outlets=["The Daily"])
    >>> ax = rp.plot.sources(corpus)
    >>> sorted(text.get_text() for text in ax.texts)[:2]
    ['Ann Lee', 'The Daily']
    """
    if limit < 2:
        chosen(str(limit), ["2 and more"], "limit")
    sizes, ties, kinds = _network(claims_of(claims))
    everybody = len(sizes)
    if not ties:
        ax, _ = canvas(ax, (9, 4))
        say(ax, "no sources")
        return ax
    sizes, ties = _largest(sizes, ties, kinds, limit)
    columns = _columns(sizes, ties, kinds)
    ax, new = canvas(ax, (10, 1.2 + 0.32 * max(map(len, columns))))
    places = _places(columns)
    _lines(ax, ties, places)
    biggest = max(sizes.values())
    halo = library("matplotlib.patheffects").withStroke(linewidth=2.5, foreground="white")
    for name, (x, y) in places.items():
        area = _SMALLEST + (_LARGEST - _SMALLEST) * sizes[name] / biggest
        ax.scatter([x], [y], s=area, color=_COLOURS.get(kinds[name], OTHERS), edgecolor="white", zorder=3)
        left = x == 0
        ax.annotate(
            words(name, 32),
            (x, y),
            xytext=((-1 if left else 1) * (math.sqrt(area) / 2 + 4), 0),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize="small",
            zorder=4,
            # Names stay readable where lines pass below them.
            path_effects=[halo],
        )
    _frame(ax, columns, biggest, everybody - len(sizes))
    line = library("matplotlib.lines").Line2D
    there = [kind for kind in _COLOURS if any(kinds[name] == kind for name in sizes)]
    handles = [line([], [], color=_COLOURS[k], ls="", marker="o", ms=8, label=k) for k in there]
    if legend:
        explain(ax, handles, new)
    return ax


def _network(
    claims: Claims,
) -> tuple[Counter[_Node], Counter[tuple[_Node, _Node]], dict[_Node, str]]:
    """Claims of each party, claims of each line, and what a party is."""
    sizes: Counter[_Node] = Counter()
    ties: Counter[tuple[_Node, _Node]] = Counter()
    kinds: dict[_Node, str] = {}
    for claim in claims:
        chain = claim.source_chain
        # "X said that X said" is one step.
        steps = [s for i, s in enumerate(chain) if i == 0 or s.name != chain[i - 1].name]
        if len(steps) < 2:
            continue
        names = [s.name for s in steps]
        for step in steps:
            kinds.setdefault(step.name, step.source_type)
        # Who publishes somewhere is an outlet, though others cite it as a medium.
        kinds[names[0]] = "outlet"
        sizes.update(set(names))
        ties.update(pairwise(names))
    return sizes, ties, kinds


def _largest(
    sizes: Counter[_Node], ties: Counter[tuple[_Node, _Node]], kinds: dict[_Node, str], limit: int
) -> tuple[Counter[_Node], Counter[tuple[_Node, _Node]]]:
    """The parties with the most claims, and what ties them: a third outlets at most, for a source is less than they."""
    order = sorted(sizes, key=lambda n: (-sizes[n], n))
    kept = dict.fromkeys([n for n in order if kinds[n] == "outlet"][: max(limit // 3, 1)])
    tied = {b: None for a, b in ties if a in kept}
    # Nobody is drawn whom nothing ties to those who are.
    while len(kept) < limit and (best := next((n for n in order if n in tied and n not in kept), None)):
        kept[best] = None
        tied |= {b: None for a, b in ties if a == best}
    within = Counter({tie: n for tie, n in ties.items() if tie[0] in kept and tie[1] in kept})
    met = {name for tie in within for name in tie}
    return Counter({n: sizes[n] for n in order if n in met}), within


def _columns(sizes: Counter[_Node], ties: Counter[tuple[_Node, _Node]], kinds: dict[_Node, str]) -> list[list[_Node]]:
    """Those who publish, pass on, and vouch, in an order that crosses few lines."""
    passed, cited = Counter[_Node](), Counter[_Node]()
    for (a, b), n in ties.items():
        passed[a] += n
        cited[b] += n
    columns: list[list[_Node]] = [[], [], []]
    for name in sorted(sizes, key=lambda n: (-sizes[n], n)):
        columns[0 if kinds[name] == "outlet" else 1 if 2 * passed[name] >= cited[name] else 2].append(name)
    near: dict[_Node, list[tuple[_Node, int]]] = defaultdict(list)
    for (a, b), n in sorted(ties.items()):
        near[a].append((b, n))
        near[b].append((a, n))
    for sweep in range(_SWEEPS):
        height = {name: y for name, (_, y) in _places(columns).items()}
        # To the right, then to the left.
        for names in filter(None, columns if sweep % 2 == 0 else columns[::-1]):
            centres = {
                name: sum(height[other] * n for other, n in near[name]) / sum(n for _, n in near[name])
                for name in names
            }
            names.sort(key=lambda name: (-centres[name], -sizes[name], name))
            for name, (_, y) in _places([names]).items():
                height[name] = y
    return columns


def _places(columns: list[list[_Node]]) -> dict[_Node, tuple[float, float]]:
    """Columns from left to right; each is spread over the whole height, the first of it uppermost."""
    return {
        name: (float(x), 1 - (i + 0.5) / len(names)) for x, names in enumerate(columns) for i, name in enumerate(names)
    }


def _lines(ax: Axes, ties: Counter[tuple[_Node, _Node]], places: dict[_Node, tuple[float, float]]) -> None:
    path, patch = library("matplotlib.path").Path, library("matplotlib.patches").PathPatch
    most = max(ties.values())
    for (a, b), n in sorted(ties.items()):
        (x0, y0), (x1, y1) = places[a], places[b]
        bend = (x1 - x0) / 2 if x1 != x0 else 0.25
        curve = path([(x0, y0), (x0 + bend, y0), (x1 - bend if x1 != x0 else x1 + bend, y1), (x1, y1)], [1, 4, 4, 4])
        width = 0.6 + 3.4 * math.log1p(n) / math.log1p(most)
        ax.add_patch(patch(curve, fc="none", ec="#666666", alpha=0.35, lw=width, zorder=1))


def _frame(ax: Axes, columns: list[list[_Node]], biggest: int, left_out: int) -> None:
    # Names need room on both sides of the columns.
    ax.set_xlim(-0.75, 3.0)
    ax.set_ylim(-0.02, 1.02)
    heads = [(x, head) for x, head in enumerate(("publishes", "passes on", "vouches")) if columns[x]]
    ax.set_xticks([x for x, _ in heads], [head for _, head in heads])
    ax.set_yticks([])
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0)
    ax.spines[:].set_visible(False)
    scale = f"largest circle: {biggest:,} {'claim' if biggest == 1 else 'claims'}"
    rest = f"; {left_out:,} more parties are not drawn" if left_out else ""
    ax.set_title(scale + rest, loc="left", fontsize="small")
