"""One self-contained HTML page about a corpus: no script, no request to anywhere, light and dark, printable."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any

from ._figures import bounds, certainty_label, key_of, subject
from ._intervals import chart
from ._marks import Mark, segments
from ._reportedly import Block, Claim, Corpus, Document, Reconciliation
from ._show import cell, claim_marks, problem_text

#: How many parties, and claims of one party, are listed; the tables have all of them.
_PARTIES = 60
_CLAIMS_OF_PARTY = 6
_SNIPPET = 110
#: How many passages of one finding are shown.
_PASSAGES = 12

_CSS = """
:root{color-scheme:light dark;--bg:#fff;--fg:#1d2327;--soft:#5b6670;--line:#d9dee3;--card:#f6f7f9;
--source:#cfe3fa;--cue:#fbe3ac;--content:#dff1e3;--figure:#b0376f;--link:#1b5fa8;--bar:#3b7dc4;--grave:#b3261e}
@media(prefers-color-scheme:dark){:root{--bg:#15191d;--fg:#e2e6ea;--soft:#9aa5af;--line:#333b43;--card:#1d2328;
--source:#1d456e;--cue:#66500f;--content:#1e4229;--figure:#e98ab4;--link:#7fb4ee;--bar:#6ba6e6;--grave:#ff8a80}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0 auto;padding:1.5rem 1.25rem 4rem;max-width:74rem;background:var(--bg);color:var(--fg);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
h1{font-size:1.7rem;margin:.2rem 0}
h2{font-size:1.25rem;margin:2.6rem 0 .6rem;padding-bottom:.25rem;border-bottom:1px solid var(--line)}
h3{font-size:1.02rem;margin:1.5rem 0 .3rem}
a{color:var(--link);text-decoration:none}a:hover,a:focus-visible{text-decoration:underline}
:focus-visible{outline:2px solid var(--link);outline-offset:2px}
span:target,article:target{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
nav{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:.8rem 0 0}
.soft{color:var(--soft)}.small{font-size:.86rem}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .9rem .3rem 0;border-bottom:1px solid var(--line)}
th{font-weight:600;color:var(--soft);white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
.nowrap{white-space:nowrap}
ul.plain{list-style:none;margin:0;padding:0}
ul.plain>li{padding:.55rem 0;border-bottom:1px solid var(--line)}
.kind{display:inline-block;border:1px solid var(--line);border-radius:1rem;padding:0 .6rem;margin-right:.4rem;
font-size:.8rem;color:var(--soft)}
.kind.s3{border-color:var(--grave);color:var(--grave)}
blockquote{margin:.25rem 0 .25rem .3rem;padding-left:.8rem;border-left:3px solid var(--line);font-size:.92rem}
details>summary{cursor:pointer;color:var(--soft);font-size:.9rem}
article{margin:1.4rem 0 2.6rem;padding:1rem 1.2rem;background:var(--card);border:1px solid var(--line);
border-radius:8px}
article h3{margin-top:0;font-size:1.1rem}
article p{margin:.65rem 0;max-width:46rem;overflow-wrap:anywhere}
article p:is(.teaser,.navigation,.comment,.notice,.foreign){color:var(--soft);font-size:.86rem}
article p.heading,article p.title{font-weight:600}
article p.list_item{padding-left:1.2rem}
article p.quote{padding-left:.9rem;border-left:3px solid var(--line)}
.s{background:var(--source);border-radius:2px}.c{background:var(--content);border-radius:2px}
.u{background:var(--cue);border-radius:2px}.f{border-bottom:2px solid var(--figure)}
svg{display:block;width:100%;max-width:60rem;height:auto;margin:.3rem 0 .6rem}
svg text{font:12px system-ui,sans-serif;fill:var(--fg)}svg .t{fill:var(--soft)}
svg .b{stroke:var(--bar);stroke-width:6;stroke-linecap:round}
svg .o{stroke:var(--bar);stroke-width:2;stroke-dasharray:3 3}
svg .d{fill:var(--bar)}svg .g{stroke:var(--line)}svg .h line,svg .h circle{opacity:.5}
@media print{body{max-width:none;font-size:11pt}nav,.noprint{display:none}article{break-before:auto}
details:not([open])>*{display:none}a{color:inherit}}
"""


def write(
    corpus: Corpus,
    path: str | os.PathLike[str],
    title: str | None = None,
    reconciliation: Reconciliation | None = None,
) -> str:
    """Writes the page and returns its path."""
    page = render(corpus, title, reconciliation or corpus.reconcile())
    Path(path).write_text(page, encoding="utf-8", newline="\n")
    return os.fspath(path)


def render(corpus: Corpus, title: str | None, reconciliation: Reconciliation) -> str:
    """The page."""
    title = title or "Who said what"
    view = _View(corpus, reconciliation)
    sections = [
        ("articles", "Articles", view.overview()),
        ("findings", "Findings", view.finding_list()),
        ("ledger", "Ledger of figures", view.ledger()),
        ("sources", "Who says what", view.parties()),
        ("copies", "Shared text", view.copies()),
        ("problems", "Not read, or not well", view.problems()),
        ("texts", "The articles, with their claims", view.articles()),
    ]
    shown = [(name, heading, body) for name, heading, body in ((n, h, "".join(b)) for n, h, b in sections) if body]
    links = "".join(f'<a href="#{name}">{heading}</a>' for name, heading, _ in shown)
    body = "".join(f'<section id="{name}"><h2>{heading}</h2>{body}</section>' for name, heading, body in shown)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "base-uri 'none'; form-action 'none'\">"
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="referrer" content="no-referrer"><title>{_text(title)}</title><style>{_CSS}</style></head>'
        f'<body><header><h1>{_text(title)}</h1><p class="soft">{view.headline()}</p>'
        f'<nav aria-label="Sections">{links}</nav></header><main>{body}</main></body></html>\n'
    )


class _View:
    """The parts of the page. Documents are numbered in the order of the corpus, from 1."""

    def __init__(self, corpus: Corpus, reconciliation: Reconciliation) -> None:
        self.corpus = corpus
        self.documents = list(corpus)
        self.claims = list(corpus.claims)
        self.rows = corpus.documents.to_dicts()
        self.numbers = {document.id: i for i, document in enumerate(self.documents)}
        self.findings = reconciliation.findings.to_dicts()
        self.figures = reconciliation.ledger().to_dicts()
        self.party_rows = reconciliation.parties.to_dicts()
        self.copy_rows = reconciliation.copies.to_dicts()
        #: Where links lead to, by document: each becomes the id of a passage.
        self.targets: list[set[int]] = [set() for _ in self.documents]
        self._aim()

    def _aim(self) -> None:
        for claim in self.claims:
            self.targets[claim.document.index].add(claim.start)
        for figure in self.figures:
            self.targets[self.numbers[figure["document"]]].add(figure["start"])
        for finding in self.findings:
            for passage in finding["evidence"]:
                self.targets[self.numbers[passage["document"]]].add(passage["start"])
        for row in self.copy_rows:
            for passage in row["passages"]:
                self.targets[self.numbers[row["earlier"]]].add(passage["earlier_start"])
                self.targets[self.numbers[row["later"]]].add(passage["later_start"])

    def headline(self) -> str:
        dates = sorted(r["published"] for r in self.rows if r["published"])
        span = f", {dates[0]} to {dates[-1]}" if dates else ""
        attributed = sum(claim.kind != "narrated" for claim in self.claims)
        own = len(self.claims) - attributed
        return (
            f"{_count(len(self.rows), 'article')}{span} · {_count(attributed, 'attributed claim')} · "
            f"{_count(own, 'assertion')} in the outlet’s own voice · {_count(len(self.figures), 'figure')} · "
            f"{_count(len(self.findings), 'finding')}"
        )

    # Sections: each gives pieces of HTML, or none if there is nothing to say.

    def overview(self) -> Iterator[str]:
        yield _head(["#", "date", "outlet", "title or id", "language"], ["sentences", "claims"])
        for i, row in enumerate(self.rows):
            name = row["title"] or row["document"]
            yield (
                f'<tr><td>{i + 1}<td class="nowrap">{_text(row["published"] or "undated")}<td>{_text(row["outlet"])}'
                f'<td><a href="#d{i}">{_text(name)}</a><td>{_text(row["language"])}'
                f'<td class="n">{row["sentences"]}<td class="n">{row["claims"]}'
            )
        yield "</table></div>"

    def finding_list(self) -> Iterator[str]:
        if not self.findings:
            yield '<p class="soft">No contradiction, denial, copy, update or odd date was found.</p>'
            return
        yield '<ul class="plain">'
        for finding in self.findings:
            kind = finding["kind"].replace("_", " ")
            yield f'<li><span class="kind s{finding["severity"]}">{kind}</span>{_text(finding["message"])}'
            for passage in finding["evidence"][:_PASSAGES]:
                yield f"<blockquote>{_text(cell(passage['text'], 320))} {self._link(passage)}</blockquote>"
            more = len(finding["evidence"]) - _PASSAGES
            if more > 0:
                yield f'<p class="soft small">and {_count(more, "more passage")}</p>'
        yield "</ul>"

    def ledger(self) -> Iterator[str]:
        groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for row in self.figures:
            groups.setdefault(key_of(row), []).append(row)
        if not groups:
            yield '<p class="soft">No figures were found.</p>'
            return
        several = [g for g in groups.values() if len(g) > 1]
        several.sort(key=lambda g: -len({r["document"] for r in g}))
        single = [g[0] for g in groups.values() if len(g) == 1]
        for group in several:
            yield f"<h3>{_text(subject(group[0]))}</h3>"
            yield chart(group, [f"#{self._anchor(row)}" for row in group])
            yield from self._figure_table(group)
        if single:
            if several:
                yield f"<details><summary>{_count(len(single), 'figure')} that stand alone</summary>"
            yield from self._figure_table(single, about=True)
            if several:
                yield "</details>"

    def _figure_table(self, rows: list[dict[str, Any]], *, about: bool = False) -> Iterator[str]:
        yield _head(
            [
                "said on",
                "article",
                "figure",
                *(["about"] if about else []),
                "where",
                "source",
                "certainty",
                "in its words",
            ]
        )
        for row in rows:
            extra = f"<td>{_text(subject(row))}" if about else ""
            yield (
                f'<tr><td class="nowrap">{_text(row["said_on"] or "undated")}<td>{self._number(row["document"])}'
                f'<td class="nowrap"><a href="#{self._anchor(row)}">{_text(bounds(row))}</a>{extra}'
                f'<td>{_text(row["place"])}<td title="{_text(row["chain"])}">{_text(row["source"] or "nobody named")}'
                f"<td>{certainty_label(row['certainty'])}<td>{_quote(row['quote'], row['figure'])}"
            )
        yield "</table></div>"

    def parties(self) -> Iterator[str]:
        rows = [p for p in self.party_rows if p["source_type"] != "outlet"]
        rows.sort(key=lambda p: -len(p["claims"]))
        if not rows:
            yield '<p class="soft">No article names a source.</p>'
            return
        yield '<ul class="plain">'
        for row in rows[:_PARTIES]:
            what = ", ".join(x for x in (row["source_type"], row["role"], row["country"]) if x)
            yield f'<li><b>{_text(row["party"])}</b> <span class="soft">{_text(what)}</span> · '
            yield _count(len(row["claims"]), "claim")
            spellings = "; ".join(
                f"“{_text(cell(s['spelling'], 80))}” {' '.join(self._number(d) for d in s['documents'])}"
                for s in row["spellings"][:8]
            )
            if spellings:
                yield f'<div class="small soft">written {spellings}</div>'
            yield "<details><summary>what it says</summary>"
            for index in row["claims"][:_CLAIMS_OF_PARTY]:
                claim = self.claims[index]
                snippet = _text(cell(claim.content, _SNIPPET))
                yield f"<blockquote>{claim.act}: {snippet} {self._claim_link(claim)}</blockquote>"
            if len(row["claims"]) > _CLAIMS_OF_PARTY:
                yield f'<p class="soft small">and {len(row["claims"]) - _CLAIMS_OF_PARTY} more</p>'
            yield "</details>"
        yield "</ul>"
        if len(rows) > _PARTIES:
            yield f'<p class="soft">and {_count(len(rows) - _PARTIES, "more source")}</p>'

    def copies(self) -> Iterator[str]:
        if not self.copy_rows:
            return
        yield _head(["earlier", "later", "relation"], ["of the earlier", "of the later"], ["shared passages"])
        for row in self.copy_rows:
            passages = "".join(
                f"<blockquote>{_text(cell(p['text'], 200))} "
                f'<a href="#d{self.numbers[row["earlier"]]}p{p["earlier_start"]}">here</a> and '
                f'<a href="#d{self.numbers[row["later"]]}p{p["later_start"]}">here</a></blockquote>'
                for p in row["passages"][:4]
            )
            relation = row["relation"].replace("_", " ")
            yield (
                f"<tr><td>{self._number(row['earlier'])}<td>{self._number(row['later'])}<td>{relation}"
                f'<td class="n">{row["earlier_in_later"]:.0%}<td class="n">{row["later_in_earlier"]:.0%}<td>{passages}'
            )
        yield "</table></div>"

    def problems(self) -> Iterator[str]:
        problems = self.corpus.problems
        if problems:
            yield '<ul class="plain">'
            yield from (f"<li>{_text(problem_text(problem))}" for problem in problems)
            yield "</ul>"

    def articles(self) -> Iterator[str]:
        if not self.documents:
            return
        yield (
            '<p class="soft small">Marked are <span class="s">sources</span>, <span class="u">cues</span>, '
            '<span class="c">what they say</span>, and <span class="f">figures</span>. What the outlet says in its own '
            "voice is not marked.</p>"
        )
        by_document: list[list[Claim]] = [[] for _ in self.documents]
        for claim in self.claims:
            by_document[claim.document.index].append(claim)
        for document, claims in zip(self.documents, by_document, strict=True):
            yield from self._article(document, claims)

    def _article(self, document: Document, claims: list[Claim]) -> Iterator[str]:
        n = document.index
        marks = [m for c in claims for m in claim_marks(c) if c.kind != "narrated" or m.role == "figure"]
        known = (document.published or "undated", document.outlet, document.byline, document.dateline)
        about = " · ".join(_text(x) for x in known if x)
        yield f'<article id="d{n}"><h3>{n + 1}. {_text(document.title or document.id)}</h3>'
        yield f'<p class="soft small">{about} · {_text(document.origin_path or document.id)}</p>'
        blocks = document.blocks
        for block, inner in zip(blocks, self._passages(document, blocks, marks), strict=True):
            kind = "" if block.kind == "paragraph" else f" class={block.kind}"
            yield f"<p{kind}>{inner}</p>"
        yield '<p class="noprint small"><a href="#articles">back to the list</a></p></article>'

    def _passages(self, document: Document, blocks: list[Block], marks: list[Mark]) -> Iterator[str]:
        """The HTML inside each block. One sweep over the text: linear, however many blocks and marks there are."""
        text, n = document.text, document.index
        targets = self.targets[n]
        # Blocks and targets cut the text too; the role "" shows nothing.
        cuts = [Mark(b.start, b.end, "") for b in blocks] + [Mark(t, len(text), "") for t in targets]
        pieces = iter(segments([*marks, *cuts], 0, len(text)))
        piece = next(pieces, None)
        for block in blocks:
            parts = []
            while piece is not None and piece[0] < block.end:
                a, b, roles = piece
                if a >= block.start:
                    parts.append(_piece(text[a:b], roles, f"d{n}p{a}" if a in targets else ""))
                piece = next(pieces, None)
            yield "".join(parts)

    # Links.

    def _anchor(self, row: dict[str, Any]) -> str:
        return f"d{self.numbers[row['document']]}p{row['start']}"

    def _link(self, row: dict[str, Any]) -> str:
        return f'<a class="nowrap" href="#{self._anchor(row)}">article {self.numbers[row["document"]] + 1}</a>'

    def _claim_link(self, claim: Claim) -> str:
        n = claim.document.index
        return f'<a class="nowrap" href="#d{n}p{claim.start}">article {n + 1}</a>'

    def _number(self, document: str) -> str:
        n = self.numbers[document]
        return f'<a href="#d{n}">{n + 1}</a>'


#: Class of a role, and which one shows where several lie over each other: the innermost matter first.
_CLASSES = {"cue": "u", "source": "s", "content": "c"}
_ORDER = ("cue", "source", "content")


def _piece(text: str, roles: list[str], id_: str) -> str:
    shown = next((_CLASSES[role] for role in _ORDER if role in roles), "")
    classes = " ".join(c for c in (shown, "f" if "figure" in roles else "") if c)
    class_ = f' class="{classes}"' if " " in classes else f" class={classes}" if classes else ""
    html = _text(text, line=False)
    return f"<span{f' id={id_}' if id_ else ''}{class_}>{html}</span>" if id_ or class_ else html


def _quote(quote: str, figure: str, room: int = 130) -> str:
    """The sentence around a figure, with the figure marked."""
    at = quote.find(figure)
    if at < 0:
        return _text(cell(quote, 2 * room))
    end = at + len(figure)
    # Cut at white space, so that no word is halved.
    first = quote.find(" ", at - room) + 1 if at > room else 0
    last = quote.rfind(" ", 0, end + room) if len(quote) > end + room else len(quote)
    first, last = min(first, at), max(last, end)
    before = ("… " if first else "") + quote[first:at]
    after = quote[end:last] + (" …" if last < len(quote) else "")
    return f"{_text(before, line=False)}<b class=f>{_text(figure)}</b>{_text(after, line=False)}"


def _head(left: Iterable[str], right: Iterable[str] = (), more: Iterable[str] = ()) -> str:
    cells = [f'<th scope="col">{c}' for c in left] + [f'<th scope="col" class="n">{c}' for c in right]
    cells += [f'<th scope="col">{c}' for c in more]
    return f'<div class="scroll"><table><tr>{"".join(cells)}'


def _text(value: object, *, line: bool = True) -> str:
    """Escaped. Control characters, which HTML does not have, are shown as their pictures."""
    if value is None:
        return ""
    text = str(value)
    if line:
        text = " ".join(text.split())
    if not text.isprintable():
        text = "".join(c if c.isprintable() or c in "\n\t " else _picture(c) for c in text)
    return escape(text)


def _picture(char: str) -> str:
    code = ord(char)
    if code < 32:
        return chr(0x2400 + code)
    # Directional and other invisible marks of real scripts stay; C1 controls and noncharacters do not.
    return "\ufffd" if code == 127 or 128 <= code < 160 or code & 0xFFFE == 0xFFFE else char


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
