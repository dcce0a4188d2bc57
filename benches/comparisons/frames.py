"""Claims as a data frame, against pyarrow's conversion of the same table, which is there already.

Claims are those of the seeds, taken again and again: every row is made and converted anew, by both. Seconds are those
of a clock, for a user waits for those.
"""

import argparse
import itertools
import time

from contest import Comparison, Contestant
from texts import ROOT

CLAIMS = 100_000


def comparison(options: argparse.Namespace) -> Comparison:
    """Who takes part."""
    import pyarrow as pa

    import reportedly as rp

    found = rp.read(ROOT / "seeds").claims
    many = found.take(list(itertools.islice(itertools.cycle(range(len(found))), CLAIMS)))
    table = pa.table(many)
    return Comparison(
        "Data frames, by the clock",
        [
            Contestant("pyarrow: table.to_pandas()", table.to_pandas),
            Contestant("pyarrow: the table made, and to_pandas()", lambda: pa.table(many).to_pandas()),
            Contestant("claims.to_pandas()", many.to_pandas, ours=True),
            Contestant("claims.to_pandas(flat=True)", lambda: many.to_pandas(flat=True), ours=True),
        ],
        amount=CLAIMS,
        unit="claims",
        texts=f"{CLAIMS:,} claims, those of the founding articles again and again",
        clock=time.perf_counter,
    )
