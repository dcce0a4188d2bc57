"""Speed of figures, times and places against quantulum3 and dateparser, on one core, on the same texts in the same run.

    pip install quantulum3 dateparser dist/reportedly-*.whl
    python benches/figures.py [--data DIR]

Processor time of `rp.quantities(texts, jobs=1)` and `rp.times(texts, jobs=1)` against `quantulum3.parser.parse` and
`dateparser.search.search_dates`, text by text; the latter as it is called when the language is not known, and with
English and nothing else to try. The texts are the paragraphs of `seeds/`, or the sentences of
`DIR/newsquant/dev.json`. Each is called once before, so that no tables are loaded within the time, and the least of the
rounds counts. Quantities without frames are what quantulum3 gives: value, unit, place in the text (and bounds besides);
with frames every sentence is parsed.
"""

import argparse
import json
import pathlib
import time
from collections.abc import Callable
from functools import partial

import dateparser
import quantulum3
from dateparser.search import search_dates
from quantulum3 import parser

import reportedly as rp


def texts(data: pathlib.Path | None) -> list[str]:
    if data is None:
        seeds = pathlib.Path(__file__).parent.parent / "seeds"
        pages = [path.read_text(errors="replace") for path in sorted(seeds.iterdir())]
        return [line for page in pages for line in page.splitlines() if len(line) > 40]
    return [row["text"] for row in json.loads((data / "newsquant/dev.json").read_text())]


def seconds(work: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def quantulum(of: list[str]) -> None:
    for text in of:
        parser.parse(text)


def dates(of: list[str]) -> None:
    for text in of:
        search_dates(text)


def english_dates(of: list[str]) -> None:
    for text in of:
        search_dates(text, languages=["en"])


arguments = argparse.ArgumentParser()
arguments.add_argument("--data", type=pathlib.Path)
arguments.add_argument("--rounds", type=int, default=3)
options = arguments.parse_args()

passages = texts(options.data)
many = passages * 20
words = sum(len(text.split()) for text in passages)
pairs = [
    (
        "quantities without frames",
        f"quantulum3 {quantulum3.__version__}",
        quantulum,
        lambda: rp.quantities(many, frames=False, jobs=1),
    ),
    ("quantities", f"quantulum3 {quantulum3.__version__}", quantulum, lambda: rp.quantities(many, jobs=1)),
    ("times", f"dateparser {dateparser.__version__} search_dates(text)", dates, lambda: rp.times(many, jobs=1)),
    ("times", "the same with languages=['en']", english_dates, lambda: rp.times(many, jobs=1)),
    ("places", None, None, lambda: rp.places(many, jobs=1)),
]
print(f"{len(passages)} passages, {words} words")
for name, peer, theirs, ours in pairs:
    ours()
    mine = seconds(ours, options.rounds) / 20
    line = f"{name}: {words / mine:,.0f} words a second"
    if theirs is not None:
        theirs(passages[:5])
        line += f", {seconds(partial(theirs, passages), options.rounds) / mine:.0f} times {peer}"
    print(line)
