"""The texts that several benches read."""

import gzip
import json
import pathlib
import random
import re
from collections.abc import Sequence


def articles(data: pathlib.Path | None, splits: Sequence[str] = ("train", "dev")) -> list[str]:
    """The articles of `data`/polnear; without it, the seeds."""
    if data is None:
        seeds = pathlib.Path(__file__).parent.parent / "seeds"
        return [path.read_text(errors="replace") for path in sorted(seeds.iterdir())]
    found = []
    for split in splits:
        with gzip.open(data / "polnear" / f"{split}.jsonl.gz", "rt") as lines:
            found += [json.loads(line)["text"] for line in lines]
    return found


def renumbered(text: str, chance: random.Random) -> str:
    """The text with other numbers, so that it is no copy of itself."""
    return re.sub(r"\d+", lambda m: str(int(m[0][:9]) + chance.randrange(50)), text)
