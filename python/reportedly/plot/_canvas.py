"""What the plots share: axes, colours, words that matplotlib does not take for formulas."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from .._errors import ArgumentError
from .._reportedly import Claims, Corpus, Document, Reconciliation

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Okabe and Ito's palette: told apart by readers who do not see all colours. The yellow is too pale on white.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#8C6D00", "#000000")
OTHERS = "#999999"
#: Day 0 of matplotlib, as Python counts days.
_EPOCH = date(1970, 1, 1).toordinal()
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: The longest name that is shown whole.
_NAME = 34


def canvas(ax: Axes | None, size: tuple[float, float]) -> tuple[Axes, bool]:
    """The axes to draw in, and whether they are new: nothing else of matplotlib is touched."""
    if ax is not None:
        return ax, False
    plt = library("matplotlib.pyplot")
    _, new = plt.subplots(figsize=size, layout="constrained")
    return new, True


def library(name: str) -> Any:
    """A module of matplotlib."""
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        message = 'plots need matplotlib: pip install "reportedly[plot]"'
        raise ImportError(message, name="matplotlib") from error


def words(text: object, longest: int | None = _NAME) -> str:
    """A name as matplotlib shows it: on one line, not too long, and no formula whatever stands in it."""
    line = "".join(c if c.isprintable() else " " for c in " ".join(str(text).split()))
    if longest is not None and len(line) > longest:
        line = line[: longest - 1].rstrip() + "…"
    line = line.replace("$", r"\$")
    # A label that begins with an underscore is left out of legends.
    return f" {line}" if line.startswith("_") else line


def claims_of(what: Claims | Corpus | Document | Reconciliation) -> Claims:
    """The claims to draw."""
    if isinstance(what, Claims):
        return what
    if isinstance(what, Reconciliation):
        return what.corpus.claims
    if isinstance(what, Corpus | Document):
        return what.claims
    raise TypeError(f"plots take Claims, a Corpus, a Document or a Reconciliation, not {type(what).__name__}")


def chosen(value: str, among: Sequence[str], argument: str) -> None:
    """Refuses a choice that there is not."""
    if value not in among:
        raise ArgumentError(f"{argument} is {value!r}; it can be {', '.join(among)}")


def styles(names: Iterable[str], among: Sequence[str], others: str) -> dict[str, str]:
    """A style for each name, the most frequent first; those beyond the styles share one."""
    counts = Counter(names)
    order = sorted(counts, key=lambda name: (-counts[name], name))
    return {name: among[i] if i < len(among) else others for i, name in enumerate(order)}


def explain(ax: Axes, handles: list[Any], new: bool, title: str | None = None) -> None:
    """Beside the drawing if room is made for it, else in it, where it hides least."""
    if not handles:
        return
    place: dict[str, Any] = {"loc": "best", "framealpha": 0.85}
    if new or ax.figure.get_layout_engine() is not None:
        place = {"loc": "upper left", "bbox_to_anchor": (1.01, 1.0), "frameon": False}
    drawn = ax.legend(handles=handles, fontsize="small", title=title, alignment="left", **place)
    drawn.get_title().set_fontsize("small")


def say(ax: Axes, text: str) -> None:
    """In place of a drawing."""
    ax.set(xticks=[], yticks=[], xlim=(0, 1), ylim=(0, 1))
    ax.spines[:].set_visible(False)
    ax.text(0.5, 0.5, text, transform=ax.transAxes, ha="center", va="center")


def day_number(day: date) -> int:
    """As matplotlib counts: days from 1970."""
    return day.toordinal() - _EPOCH


def date_axis(ax: Axes, first: int, last: int, undated: float | None) -> None:
    """Days along the x axis, never hours; what has no date stands apart at the right."""
    ticks = [float(t) for t in _ticks(first, last)]
    labels = _day_labels([date.fromordinal(int(t) + _EPOCH) for t in ticks])
    if undated is not None:
        ax.axvline((last + undated) / 2, color="k", lw=0.8, ls=":", alpha=0.5)
        ticks, labels = [*ticks, undated], [*labels, "undated"]
    ax.set_xticks(ticks, labels)


def _ticks(first: int, last: int) -> list[int]:
    """At most eight days: every so many days, first days of months, or first days of years."""
    span = last - first
    if span < 60:
        step = next(n for n in (1, 2, 5, 10) if span / n < 8)
        return list(range(first, last + 1, step))
    begin, end = date.fromordinal(first + _EPOCH), date.fromordinal(last + _EPOCH)
    months = (end.year - begin.year) * 12 + end.month - begin.month
    step = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if months / n < 8), 1200)
    found = []
    for month in range(begin.year * 12 + begin.month - 1, end.year * 12 + end.month):
        day = day_number(date(month // 12, month % 12 + 1, 1))
        if month % step == 0 and first <= day <= last:
            found.append(day)
    return found or [first, last]


def _day_labels(days: list[date]) -> list[str]:
    """ "26 Oct", or "Oct" if only months are marked; the year below where it begins."""
    months = len(days) > 1 and all(d.day == 1 for d in days)
    labels, year = [], None
    for day in days:
        name = _MONTHS[day.month - 1] if months else f"{day.day} {_MONTHS[day.month - 1]}"
        labels.append(name if day.year == year else f"{name}\n{day.year}")
        year = day.year
    return labels
