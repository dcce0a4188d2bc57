"""How contestants are timed: in turns, in processor time, medians with their spread.

Seconds belong to a machine and its mood; ratios of one run hold longer. Every contestant of a comparison runs once a
round, in one process, so that a slow minute of the machine hits all alike. Time is that of the processor, all threads
together, so that it does not matter what else the machine does.
"""

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Contestant:
    """Somebody who does the work once when called."""

    name: str
    work: Callable[[], object]
    ours: bool = False
    #: How often the work is done in one timing: for what is too quick to be timed once.
    repeat: int = 1
    #: How much work this one does, and what is counted, where that is not the same for all of the comparison.
    amount: int | None = None
    unit: str | None = None
    #: What is special about this side, for those who judge whether the comparison is fair.
    note: str = ""


@dataclass
class Comparison:
    """The same work by several contestants."""

    title: str
    contestants: Sequence[Contestant]
    #: How much work it is, and what is counted.
    amount: int
    unit: str = "words"
    #: On what.
    texts: str = ""
    #: Which of ours stands against which peer; each against each, if not said.
    pairs: Sequence[tuple[str, str]] = ()
    #: What was found on the way: counts that belong to the reading of the figures.
    facts: dict[str, Any] = field(default_factory=dict)
    #: Seconds of a clock, where waiting is what is compared.
    clock: Callable[[], float] = time.process_time
    rounds: int | None = None


def seconds(contestant: Contestant, clock: Callable[[], float]) -> float:
    """One timing."""
    gc.collect()
    started = clock()
    for _ in range(contestant.repeat):
        # What was made is dropped within the time, by all.
        contestant.work()
    return (clock() - started) / contestant.repeat


def quartiles(taken: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median, upper quartile."""
    if len(taken) == 1:
        return taken[0], taken[0], taken[0]
    low, middle, high = statistics.quantiles(taken, n=4, method="inclusive")
    return low, middle, high


def held(comparison: Comparison, rounds: int) -> dict[str, Any]:
    """The comparison after its rounds, as it is written to the results."""
    taken: dict[str, list[float]] = {each.name: [] for each in comparison.contestants}
    for each in comparison.contestants:
        # Tables and models are loaded when they are used first.
        each.work()
    for _ in range(comparison.rounds or rounds):
        for each in comparison.contestants:
            taken[each.name].append(seconds(each, comparison.clock))
    by_name = {name: quartiles(each) for name, each in taken.items()}
    ours = [each.name for each in comparison.contestants if each.ours]
    peers = [each.name for each in comparison.contestants if not each.ours]
    pairs = comparison.pairs or [(mine, peer) for peer in peers for mine in ours]
    return {
        "title": comparison.title,
        "texts": comparison.texts,
        "amount": comparison.amount,
        "unit": comparison.unit,
        "time": "wall" if comparison.clock is time.perf_counter else "processor",
        "facts": comparison.facts,
        "contestants": [
            {
                "name": each.name,
                "ours": each.ours,
                "note": each.note,
                "rounds": len(taken[each.name]),
                "seconds": rounded(by_name[each.name][1]),
                "spread": rounded(by_name[each.name][2] - by_name[each.name][0]),
                "rate": rounded((each.amount or comparison.amount) / by_name[each.name][1]),
                "unit": each.unit or comparison.unit,
            }
            for each in comparison.contestants
        ],
        "ratios": [ratio(mine, peer, by_name) for mine, peer in pairs],
    }


def ratio(mine: str, peer: str, by_name: dict[str, tuple[float, float, float]]) -> dict[str, Any]:
    """How many times faster; `low` and `high` are what the quartiles of both allow."""
    ours, theirs = by_name[mine], by_name[peer]
    return {
        "ours": mine,
        "peer": peer,
        "ratio": rounded(theirs[1] / ours[1]),
        "low": rounded(theirs[0] / ours[2]),
        "high": rounded(theirs[2] / ours[0]),
    }


def rounded(number: float) -> float:
    """Four digits; more would say nothing."""
    return float(f"{number:.4g}")
