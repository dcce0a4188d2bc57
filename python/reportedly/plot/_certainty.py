"""How firmly an outlet speaks."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from .._errors import ArgumentError
from ._canvas import COLOURS, OTHERS, canvas, chosen, claims_of, explain, library, say, styles, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .._reportedly import Claim, Claims, Corpus, Document, Reconciliation

#: Bars of the scale from -3 to 3: each half a step wide, in the middle of which its value stands.
_STEP = 0.5
_STEPS = 13
_WORDS = {-3: "certainly\nnot", -1.5: "probably\nnot", 0: "open", 1.5: "probable", 3: "certain"}


def certainty(
    claims: Claims | Corpus | Document | Reconciliation,
    outlet: str | None = None,
    ax: Axes | None = None,
    *,
    by: str = "kind",
    legend: bool = True,
) -> Axes:
    """Draw how firmly an outlet commits to what it prints, against the rest.

    Parameters
    ----------
    claims : Claims, Corpus, Document or Reconciliation
        The claims of the outlet and of those that it is held against.
    outlet : str, optional
        Whose profile, in any letter case; the id of an article whose outlet is not known. All claims together if not
        given.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    by : {"kind", "act", "source_type"}
        What the colours tell apart; the seven most frequent.

    legend : bool
        Whether to say what colours and marks mean: beside the drawing in new figures and in those with a layout
        (``plt.subplots(layout="constrained")``), else within.

    Returns
    -------
    matplotlib.axes.Axes
        x: certainty, from -3 (certain that it is not so) by way of 0 (left open) to 3 (certain), in steps of a half; y:
        share of the outlet's claims, in per cent; a stepped line is the share of all others.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ArgumentError
        If no claim is of this outlet, or ``by`` is none of these.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'], outlets=["The Daily"])
    >>> rp.plot.certainty(corpus, "the daily").get_title(loc="left")
    'The Daily (1 claim)'
    """
    chosen(by, ("kind", "act", "source_type"), "by")
    found = claims_of(claims)
    rows = [(_outlet(c), c.certainty, _group(c, by)) for c in found]
    title = "all outlets"
    own, rest = rows, rows[:0]
    if outlet is not None and rows:
        own = [r for r in rows if r[0].casefold() == outlet.casefold()]
        rest = [r for r in rows if r[0].casefold() != outlet.casefold()]
        if not own:
            there = Counter(r[0] for r in rows)
            best = sorted(there, key=lambda n: (-there[n], n))[:12]
            raise ArgumentError(f"no claim is of the outlet {outlet!r}; there are {', '.join(best)}")
        title = own[0][0]
    ax, new = canvas(ax, (8, 4))
    if not own:
        say(ax, "no claims")
        return ax
    colours = styles((group for _, _, group in own), COLOURS[:-1], OTHERS)
    handles = _bars(ax, own, colours)
    if rest:
        _others(ax, rest)
        line = library("matplotlib.lines").Line2D
        handles.append(line([], [], color="k", lw=1.5, label=f"all others ({len(rest):,})"))
    ax.set_title(f"{words(title)} ({_count(len(own))})", loc="left")
    ax.set_xlabel("certainty")
    ax.set_ylabel("% of claims")
    ax.set_xlim(-3 - _STEP, 3 + _STEP)
    ax.set_xticks(list(_WORDS), [f"{value:g}\n{word}" for value, word in _WORDS.items()])
    ax.grid(axis="y", alpha=0.3)
    ax.set_axisbelow(True)
    ax.spines[["top", "right"]].set_visible(False)
    if legend:
        explain(ax, handles, new)
    return ax


def _outlet(claim: Claim) -> str:
    return claim.source_chain[0].name


def _group(claim: Claim, by: str) -> str:
    if by == "source_type":
        return claim.source.source_type if claim.source else "not named"
    return str(getattr(claim, by))


def _count(n: int) -> str:
    return f"{n:,} claim{'' if n == 1 else 's'}"


def _bin(certainty: float) -> int:
    return min(max(round((certainty + 3) / _STEP), 0), _STEPS - 1)


def _bars(ax: Axes, rows: list[tuple[str, float, str]], colours: dict[str, str]) -> list[object]:
    """Stacked bars, the most frequent group lowest; returns what explains their colours."""
    patch = library("matplotlib.patches").Patch
    groups: dict[str, list[str]] = {}
    for name, colour in colours.items():
        groups.setdefault(colour, []).append(name)
    middles = [-3 + i * _STEP for i in range(_STEPS)]
    below = [0.0] * _STEPS
    handles = []
    for colour, names in groups.items():
        bins = Counter(_bin(c) for _, c, group in rows if group in names)
        heights = [100 * bins[i] / len(rows) for i in range(_STEPS)]
        ax.bar(middles, heights, width=_STEP * 0.9, bottom=below, color=colour, linewidth=0)
        below = [a + b for a, b in zip(below, heights, strict=True)]
        name = "others" if colour == OTHERS else words(names[0].replace("_", " "))
        handles.append(patch(color=colour, label=f"{name} ({bins.total():,})"))
    return handles


def _others(ax: Axes, rows: list[tuple[str, float, str]]) -> None:
    bins = Counter(_bin(c) for _, c, _ in rows)
    edges = [-3 + (i - 0.5) * _STEP for i in range(_STEPS + 1)]
    ax.stairs([100 * bins[i] / len(rows) for i in range(_STEPS)], edges, color="k", lw=1.5)
