"""The texts that the contestants read: corpora of a folder, or the seeds and generated articles."""

import base64
import gzip
import html
import json
import random
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "tools"))

#: How many articles are generated where no corpus is given.
GENERATED = 200


@dataclass
class Texts:
    """What is read, from `data` or without it."""

    data: Path | None = None

    @cached_property
    def articles(self) -> list[str]:
        """84 articles of PolNeAR dev; or the seeds and generated articles."""
        if self.data is None:
            return seeds() + [article["text"] for article in generated(GENERATED)]
        return polnear(self.data, ["dev"])

    @property
    def articles_are(self) -> str:
        """What the articles are, in words."""
        kind = "the founding articles and generated ones" if self.data is None else "news articles of PolNeAR dev"
        return f"{len(self.articles)} texts: {kind}, {words(self.articles):,} words"

    @cached_property
    def passages(self) -> list[str]:
        """Sentences of NewsQuant, nearly all of which hold a number; or paragraphs of the articles."""
        if self.data is None:
            return [line for text in self.articles for line in text.splitlines() if len(line) > 40][:600]
        return [row["text"] for row in json.loads((self.data / "newsquant/dev.json").read_text(encoding="utf-8"))]

    @property
    def passages_are(self) -> str:
        """What the passages are, in words."""
        kind = "paragraphs of articles" if self.data is None else "sentences of NewsQuant"
        return f"{len(self.passages)} {kind}, {words(self.passages):,} words"

    @cached_property
    def versions(self) -> list[str]:
        """Articles with their reprints: generated ones come with some; those of a corpus are cut and framed anew."""
        if self.data is None:
            return [article["text"] for article in generated(1000)]
        of = polnear(self.data, ["train", "dev"])
        cut = [" ".join(text.split(" ")[: len(text.split(" ")) * 2 // 3]) for text in of]
        framed = ["Other headline of another desk.\n\n" + text.partition("\n\n")[2] for text in of]
        return of + cut + framed

    @cached_property
    def pages(self) -> list[tuple[str, str]]:
        """Web pages with their addresses: those that were kept, or articles in a page made for them."""
        if self.data is None:
            return [(page(article), article["url"]) for article in generated(100)]
        with gzip.open(self.data / "messy_html/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        return [(base64.b64decode(r["html_base64"]).decode("utf-8", "replace"), r["gold"]["url"]) for r in rows]


def words(texts: Sequence[str]) -> int:
    """How many words, by white space."""
    return sum(len(text.split()) for text in texts)


def seeds() -> list[str]:
    """The founding articles."""
    return [path.read_text(encoding="utf-8", errors="replace") for path in sorted((ROOT / "seeds").iterdir())]


def polnear(data: Path, splits: Sequence[str]) -> list[str]:
    """The articles of `data`/polnear."""
    found = []
    for split in splits:
        with gzip.open(data / "polnear" / f"{split}.jsonl.gz", "rt", encoding="utf-8") as lines:
            found += [json.loads(line)["text"] for line in lines]
    return found


def gum(data: Path) -> list[str]:
    """The paragraphs of `data`/gum, those that are long enough to be one."""
    found: list[str] = []
    for path in sorted((data / "gum").glob("*/*.conllu.gz")):
        paragraph: list[str] = []
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            if line.startswith(("# newpar", "# newdoc")) and paragraph:
                found.append(" ".join(paragraph))
                paragraph = []
            elif line.startswith("# text = "):
                paragraph.append(line.removeprefix("# text = "))
        found.append(" ".join(paragraph))
    return [text for text in found if len(text.split()) >= 30]


def generated(count: int, data: Path | None = None, seed: int = 0) -> Iterator[dict[str, str]]:
    """Articles from templates, with the paragraphs of GUM woven in if they are there."""
    from articles import generate

    return generate(count, seed=seed, passages=gum(data) if data else ())


def page(article: dict[str, str]) -> str:
    """A web page around an article, with what stands around articles."""
    title, site = html.escape(article["title"]), html.escape(article["outlet"] or "News")
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in article["text"].splitlines() if line.strip())
    links = "".join(f'<li><a href="/section/{i}">Section {i}</a></li>' for i in range(40))
    more = "".join(f'<li><a href="/story/{i}">Another story of the day, number {i}</a></li>' for i in range(30))
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">
<meta property="article:published_time" content="{article["published"]}T08:00:00Z">
<script>window.track = [{",".join(map(str, range(200)))}];</script><style>p {{ margin: 1em }}</style></head>
<body><header><nav><ul>{links}</ul></nav></header>
<main><article><h1>{title}</h1><p class="byline">By Our Correspondent</p>
<div class="ad">Advertisement</div>
{body}</article>
<aside><h2>Read more</h2><ul>{more}</ul></aside></main>
<footer><p>© {site}. All rights reserved.</p><ul>{links}</ul></footer></body></html>"""


def renumbered(text: str, chance: random.Random) -> str:
    """The text with other numbers, so that it is no copy of itself."""
    return re.sub(r"\d+", lambda m: str(int(m[0][:9]) + chance.randrange(50)), text)
