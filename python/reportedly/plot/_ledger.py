"""Figures as intervals, by the day on which they were said."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ._canvas import COLOURS, OTHERS, canvas, chosen, date_axis, day_number, explain, library, say, styles, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .._reportedly import Ledger

_MARKERS = "osD^vP*Xph"
#: On the scale of certainty: what is left of a figure that is merely possible, and of one that is probable.
_POSSIBLE, _PROBABLE = 1.0, 2.0
#: Days within which figures said on one day stand side by side, as a share of the time that is drawn.
_SPREAD = 0.7
#: From this ratio of the largest to the smallest figure on, the scale is logarithmic.
_LOG = 200.0


def ledger(ledger: Ledger, ax: Axes | None = None, *, by: str = "origin", legend: bool = True) -> Axes:
    """Draw the figures of a ledger as intervals over time, coloured by who states them.

    A figure is a point, an interval a bar, an open end an arrow. Certain figures are filled, probable ones half, merely
    possible ones hollow. Each row of the ledger has a marker of its own. Figures without a date stand apart at the
    right.

    Parameters
    ----------
    ledger : Ledger
        Figures that may be compared: ``rec.ledger("soldiers")``. If they have several units, those of the most frequent
        one are drawn, and the axis says how many are not.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    by : {"origin", "source", "outlet"}
        What the colours tell apart: who stands behind a figure, who states it, or who prints it. The seven most
        frequent have colours of their own.

    legend : bool
        Whether to say what colours and marks mean: beside the drawing in new figures and in those with a layout
        (``plt.subplots(layout="constrained")``), else within.

    Returns
    -------
    matplotlib.axes.Axes
        x: day of publication; y: the figure, in its unit; logarithmic if the figures differ by a factor of 200.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ArgumentError
        If ``by`` is none of these.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(["Seoul said 3,000 soldiers had been sent."], published=["2024-10-18"])
    >>> ax = rp.plot.ledger(corpus.reconcile().ledger("soldiers"))
    >>> ax.get_xlabel()
    'said on'
    """
    chosen(by, ("origin", "source", "outlet"), "by")
    ax, new = canvas(ax, (9, 5))
    drawable = [f for f in ledger if _ends(f)]
    if not drawable:
        say(ax, "no figures")
        return ax
    units = Counter(f["unit"] for f in drawable)
    unit = min(units, key=lambda u: (-units[u], u))
    figures = [f for f in drawable if f["unit"] == unit]
    who = [str(f[by] or "not named") for f in figures]
    colours = styles(who, COLOURS[:-1], OTHERS)
    markers = styles([f["label"] for f in figures], _MARKERS, ".")
    _scale(ax, figures)
    _intervals(ax, figures, _places(ax, figures), [colours[w] for w in who], [markers[f["label"]] for f in figures])
    labels = list(dict.fromkeys(f["label"] for f in figures))
    ax.set_title(words(labels[0], 80) if len(labels) == 1 else "", loc="left")
    ax.set_ylabel("number" if unit == "count" else words(unit))
    others = len(ledger) - len(figures)
    ax.set_xlabel("said on" + (f" ({others:,} in other units or without bounds not drawn)" if others else ""))
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:,.0f}" if y == round(y) else f"{y:,g}")
    ax.grid(axis="y", alpha=0.3)
    ax.spines[["top", "right"]].set_visible(False)
    if legend:
        explain(ax, _handles(colours, markers), new)
    return ax


def _ends(figure: dict[str, Any]) -> list[float]:
    return [e for e in (figure["low"], figure["high"]) if e is not None and math.isfinite(e)]


def _scale(ax: Axes, figures: Iterable[dict[str, Any]]) -> None:
    ends = [e for f in figures for e in _ends(f)]
    if min(ends) > 0 and max(ends) / min(ends) >= _LOG:
        ax.set_yscale("log")
    elif min(ends) >= 0 and min(ends) < max(ends) * 0.7:
        ax.set_ylim(bottom=0, top=max(ends) * 1.08)


def _places(ax: Axes, figures: list[dict[str, Any]]) -> list[float]:
    """Where figures stand along the axis: those of one day a little apart, undated ones at the right."""
    dated = [day_number(f["said_on"]) for f in figures if f["said_on"] is not None]
    first, last = (min(dated), max(dated)) if dated else (0, 0)
    # A day's figures get more room where years are drawn.
    room = _SPREAD * max(1.0, (last - first) / 30)
    apart = max(2.0, (last - first) * 0.12)
    undated = last + apart if len(dated) < len(figures) else None
    days = [day_number(f["said_on"]) if f["said_on"] is not None else last + apart for f in figures]
    sizes, seen, places = Counter(days), Counter[float](), []
    for day in days:
        n, k = sizes[day], seen[day]
        seen[day] += 1
        places.append(day + (room * (k / (n - 1) - 0.5) if n > 1 else 0.0))
    if dated:
        date_axis(ax, first, last, undated)
    else:
        ax.set_xticks([last + apart], ["undated"])
    ax.set_xlim(min(places) - room, max(places) + room)
    return places


def _intervals(
    ax: Axes, figures: list[dict[str, Any]], places: list[float], colours: list[str], markers: list[str]
) -> None:
    bars: list[tuple[float, float, float, str]] = []
    points: dict[tuple[str, str, str], list[tuple[float, float]]] = defaultdict(list)
    for figure, x, colour, marker in zip(figures, places, colours, markers, strict=True):
        low, high = (e if e is not None and math.isfinite(e) else None for e in (figure["low"], figure["high"]))
        value = figure["value"]
        if low is not None and high is not None:
            if low < high:
                bars.append((x, low, high, colour))
            y = value if value is not None else (low + high) / 2
        else:
            y = value if value is not None else low if low is not None else high
            # Open above or below: an arrow shows where to.
            arrow = {"arrowstyle": "<-", "color": colour, "lw": 1.5}
            ax.annotate("", (x, y), (0, 22 if high is None else -22), textcoords="offset points", arrowprops=arrow)
        points[colour, marker, _fill(figure["certainty"])].append((x, y))
    if bars:
        xs, lows, highs, shades = zip(*bars, strict=True)
        ax.vlines(xs, lows, highs, colors=shades, lw=2.5)
    for (colour, marker, fill), where in points.items():
        xs, ys = zip(*where, strict=True)
        ax.plot(xs, ys, color=colour, ls="", marker=marker, ms=8 if len(figures) < 150 else 5, fillstyle=fill)


def _fill(certainty: float) -> str:
    return "full" if certainty > _PROBABLE else "left" if certainty > _POSSIBLE else "none"


def _handles(colours: dict[str, str], markers: dict[str, str]) -> list[Any]:
    """What colours, markers and fillings mean."""
    line = library("matplotlib.lines").Line2D
    handles = [line([], [], color=c, lw=4, label=words(name)) for name, c in colours.items() if c != OTHERS]
    rest = sum(c == OTHERS for c in colours.values())
    if rest:
        handles.append(line([], [], color=OTHERS, lw=4, label=f"{rest:,} other{'s' if rest > 1 else ''}"))
    if len(markers) > 1:
        shown = [(name, m) for name, m in markers.items() if m != "."]
        handles += [line([], [], color="k", ls="", marker=m, label=words(name)) for name, m in shown]
    fills = {"certain": "full", "probable": "left", "possible": "none"}
    handles += [line([], [], color="k", ls="", marker="o", fillstyle=fill, label=name) for name, fill in fills.items()]
    return handles
