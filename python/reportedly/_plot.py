"""Plots; matplotlib is imported on use."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ._reportedly import Ledger

_MARKERS = "osD^vP*Xph"
#: Okabe and Ito's palette: told apart by readers who do not see all colours.
_COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D00", "#000000")
_OTHERS = "#888888"
#: On the scale of certainty: what is left of a figure that is merely possible, and of one that is probable.
_POSSIBLE, _PROBABLE = 1.0, 2.0
#: Days within which figures said on one day stand side by side.
_SPREAD = 0.7


def ledger(ledger: Ledger, ax: Axes | None) -> Axes:
    """Intervals by the day on which they were said, coloured by source, marked by certainty."""
    plt, dates, lines = _library()
    if ax is None:
        _, ax = plt.subplots(figsize=(9, 5), layout="constrained")
    figures = [f for f in ledger if f["said_on"] is not None and _ends(f)]
    left_out = len(ledger) - len(figures)
    colours = _by_count([f["origin"] or "unnamed" for f in figures], _COLOURS, _OTHERS)
    markers = _by_count([f["label"] for f in figures], _MARKERS, ".")
    places = _side_by_side([f["said_on"] for f in figures])
    for figure, place in zip(figures, places, strict=True):
        colour, marker = colours[figure["origin"] or "unnamed"], markers[figure["label"]]
        _draw(ax, figure, place, colour, marker)
    _labels(ax, figures, left_out)
    ax.xaxis.set_major_locator(dates.AutoDateLocator(minticks=2, maxticks=8))
    ax.xaxis.set_major_formatter(dates.ConciseDateFormatter(ax.xaxis.get_major_locator()))
    handles = [lines([], [], color=c, lw=4, label=name) for name, c in colours.items() if c != _OTHERS]
    if _OTHERS in colours.values():
        handles.append(lines([], [], color=_OTHERS, lw=4, label="others"))
    if len(markers) > 1:
        handles += [lines([], [], color="k", ls="", marker=m, label=name) for name, m in markers.items()]
    fills = {"certain": "full", "probable": "left", "possible": "none"}
    handles += [lines([], [], color="k", ls="", marker="o", fillstyle=fill, label=name) for name, fill in fills.items()]
    ax.legend(handles=handles, fontsize="small", loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False)
    return ax


def _draw(ax: Axes, figure: dict[str, Any], x: float, colour: str, marker: str) -> None:
    low, high, value = figure["low"], figure["high"], figure["value"]
    point = value if value is not None else low if low is not None else high
    if low is not None and high is not None and low < high:
        ax.plot([x, x], [low, high], color=colour, lw=2, solid_capstyle="butt")
        point = (low + high) / 2 if value is None else value
    elif low is None or high is None:
        # Open above or below: an arrow shows where to.
        arrow = {"arrowstyle": "->", "color": colour, "lw": 1.5}
        ax.annotate(
            "",
            (x, point),
            (0, 22 if high is None else -22),
            textcoords="offset points",
            arrowprops=arrow | {"arrowstyle": "<-"},
        )
    certainty = figure["certainty"]
    fill = "full" if certainty > _PROBABLE else "left" if certainty > _POSSIBLE else "none"
    ax.plot([x], [point], color=colour, ls="", marker=marker, ms=8, fillstyle=fill)


def _labels(ax: Axes, figures: list[dict[str, Any]], left_out: int) -> None:
    labels = list(dict.fromkeys(f["label"] for f in figures))
    units = {f["unit"] for f in figures} - {"count"}
    ax.set_title(labels[0] if len(labels) == 1 else "", loc="left")
    ax.set_ylabel(", ".join(sorted(units)) or "number")
    ax.set_xlabel("said on" + (f" ({left_out} without a date left out)" if left_out else ""))
    ax.yaxis.set_major_formatter(lambda y, _: f"{y:,.0f}" if y == round(y) else f"{y:,g}")
    ax.grid(axis="y", alpha=0.3)
    ax.spines[["top", "right"]].set_visible(False)
    if not figures:
        ax.text(0.5, 0.5, "no dated figures", transform=ax.transAxes, ha="center", va="center")


def _ends(figure: dict[str, Any]) -> bool:
    return any(figure[end] is not None and math.isfinite(figure[end]) for end in ("low", "high"))


def _by_count(names: list[str], styles: tuple[str, ...] | str, others: str) -> dict[str, str]:
    """A style for each name, the most frequent first; those beyond the styles share one."""
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: styles[i] if i < len(styles) else others for i, name in enumerate(order)}


def _side_by_side(days: list[date]) -> list[float]:
    """Where to draw figures along the axis: those of one day a little apart."""
    seen: dict[date, int] = {}
    out = []
    for day in days:
        k, n = seen.get(day, 0), days.count(day)
        seen[day] = k + 1
        # matplotlib counts days from 1970.
        out.append(day.toordinal() - date(1970, 1, 1).toordinal() + (_SPREAD * (k / (n - 1) - 0.5) if n > 1 else 0))
    return out


def _library() -> tuple[Any, Any, Any]:
    try:
        import matplotlib.dates as dates
        import matplotlib.pyplot as plt
        from matplotlib.lines import Line2D
    except ImportError as error:
        message = 'plots need matplotlib: pip install "reportedly[plot]"'
        raise ImportError(message) from error
    return plt, dates, Line2D
