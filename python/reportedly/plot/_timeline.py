"""Claims over time, in lanes."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ._canvas import (
    COLOURS,
    OTHERS,
    canvas,
    chosen,
    claims_of,
    date_axis,
    day_number,
    explain,
    library,
    say,
    styles,
    words,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .._reportedly import Claim, Claims, Corpus, Document, Reconciliation

#: Share of a lane that its highest bar takes.
_HEIGHT = 0.86
#: Days from which bars are of weeks, and of about a month.
_WEEKS, _MONTHS = 120, 900


def timeline(
    claims: Claims | Corpus | Document | Reconciliation,
    ax: Axes | None = None,
    *,
    lanes: str = "outlet",
    by: str = "act",
    limit: int = 12,
    legend: bool = True,
) -> Axes:
    """Draw how many claims were made when: a lane for each outlet or source, coloured by what kind of claim they are.

    Parameters
    ----------
    claims : Claims, Corpus, Document or Reconciliation
        What to draw; ``corpus.claims.filter(kind=["direct", "indirect", "mixed"])`` leaves out the outlet's own voice.
    ax : matplotlib.axes.Axes, optional
        Where to draw; a new figure by default.
    lanes : {"outlet", "source"}
        What has a lane of its own. An article whose outlet is not known stands under its id.
    by : {"act", "polarity", "kind", "certainty_label"}
        What the colours tell apart; of many speech acts, the seven most frequent.
    limit : int
        Lanes at most, those with the most claims; the title says how many are not drawn.

    legend : bool
        Whether to say what colours and marks mean: beside the drawing in new figures and in those with a layout
        (``plt.subplots(layout="constrained")``), else within.

    Returns
    -------
    matplotlib.axes.Axes
        x: day of publication (weeks or months where the time is long), with undated claims apart at the right; y:
        lanes, in which the height of a bar is the number of claims, on one scale for all. The title says how many the
        highest bar stands for.

    Raises
    ------
    ImportError
        If matplotlib is not installed.
    ArgumentError
        If ``lanes`` or ``by`` is none of these, or ``limit`` less than 1.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(
    ...     ['"It rains," Ann Lee said.'], published=["2024-10-26"], outlets=["The Daily"]
    ... )
    >>> ax = rp.plot.timeline(corpus)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['The Daily (1)']
    """
    chosen(lanes, ("outlet", "source"), "lanes")
    chosen(by, ("act", "polarity", "kind", "certainty_label"), "by")
    if limit < 1:
        chosen(str(limit), ["1 and more"], "limit")
    found = claims_of(claims)
    rows = [(_lane(c, lanes), c.document.published, str(getattr(c, by))) for c in found]
    totals = Counter(lane for lane, _, _ in rows)
    names = sorted(totals, key=lambda name: (-totals[name], name))[:limit]
    rows = [row for row in rows if row[0] in set(names)]
    ax, new = canvas(ax, (9, 1.6 + 0.5 * max(len(names), 3)))
    if not rows:
        say(ax, "no claims")
        return ax
    kept = {name: i for i, name in enumerate(names)}
    dated = [day_number(day) for _, day, _ in rows if day is not None]
    first, last = (min(dated), max(dated)) if dated else (0, 0)
    size = 1 if last - first < _WEEKS else 7 if last - first < _MONTHS else 30
    undated = None
    if len(dated) < len(rows):
        undated = last + size / 2 + max(2.0 * size, (last - first) * 0.1)
    counts: Counter[tuple[int, float, str]] = Counter()
    for lane, day, group in rows:
        begins = undated if day is None else first + (day_number(day) - first) // size * size
        counts[kept[lane], float(begins or 0), group] += 1
    colours = styles((group for _, _, group in rows), COLOURS[:-1], OTHERS)
    highest = _bars(ax, counts, colours, size)
    _axes(ax, [f"{words(name)} ({totals[name]:,})" for name in names])
    if dated:
        date_axis(ax, first, last, undated)
    else:
        ax.set_xticks([undated or 0], ["undated"])
    ends = [x for x in (first if dated else undated, undated if undated is not None else last) if x is not None]
    ax.set_xlim(ends[0] - 1.5 * size, ends[-1] + 1.5 * size)
    unit = {1: "day", 7: "week", 30: "30 days"}[size]
    title = f"highest bar: {highest:,} {'claim' if highest == 1 else 'claims'} a {unit}"
    if len(totals) > len(names):
        title += f"; {len(totals) - len(names):,} more {lanes}s are not drawn"
    ax.set_title(title, loc="left", fontsize="small")
    patch = library("matplotlib.patches").Patch
    handles = [patch(color=c, label=words(_worded(name, by))) for name, c in colours.items() if c != OTHERS]
    if OTHERS in colours.values():
        handles.append(patch(color=OTHERS, label="others"))
    if legend:
        explain(ax, handles, new, by.replace("_label", ""))
    return ax


def _lane(claim: Claim, lanes: str) -> str:
    if lanes == "outlet":
        return claim.source_chain[0].name
    return claim.source.name if claim.source else "not named"


def _bars(ax: Axes, counts: Counter[tuple[int, float, str]], colours: dict[str, str], size: int) -> int:
    """Bars, stacked by colour in one order; returns what the highest stands for."""
    totals: Counter[tuple[int, float]] = Counter()
    for (lane, begins, _), n in counts.items():
        totals[lane, begins] += n
    highest = max(totals.values())
    below: Counter[tuple[int, float]] = Counter()
    shades = list(dict.fromkeys(colours.values()))
    for shade in shades:
        bars = sorted((lane, begins, n) for (lane, begins, group), n in counts.items() if colours[group] == shade)
        xs, feet, heights = [], [], []
        for lane, begins, n in bars:
            below[lane, begins] += n
            xs.append(begins)
            heights.append(n / highest * _HEIGHT)
            # The axis is turned, so that the first lane is the uppermost: up is less.
            feet.append(lane + _HEIGHT - below[lane, begins] / highest * _HEIGHT)
        align: Any = "center" if size == 1 else "edge"
        ax.bar(xs, heights, width=size * 0.86, bottom=feet, color=shade, align=align, linewidth=0)
    return highest


def _axes(ax: Axes, labels: list[str]) -> None:
    ax.set_yticks([i + _HEIGHT for i in range(len(labels))], labels, va="bottom")
    ax.set_ylim(len(labels), -0.1)
    ax.set_xlabel("published")
    ax.grid(axis="y", alpha=0.3)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)


def _worded(name: str, by: str) -> str:
    return {"+": "affirmed (+)", "-": "rejected (−)"}.get(name, name) if by == "polarity" else name
