"""What a corpus is: articles, outlets, dates, languages, problems, versions. Nothing is extracted for it."""

from __future__ import annotations

import platform
import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Any

from .. import Corpus, __version__
from . import inputs

#: Outlets and the like that are told by name.
_NAMED = 12


def facts(articles: Corpus, paths: Sequence[str]) -> dict[str, Any]:
    """What there is to say, for programs: counts are of articles if nothing else is said."""
    rows = articles.documents.to_dicts()
    problems = articles.problems
    days = sorted(r["published"] for r in rows if r["published"])
    known = [r["claims"] for r in rows if r["claims"] is not None]
    return {
        "articles": len(rows),
        "characters": sum(r["characters"] for r in rows),
        "sentences": sum(r["sentences"] for r in rows),
        "claims": sum(known) if rows and len(known) == len(rows) else None,
        "first": days[0] if days else None,
        "last": days[-1] if days else None,
        "undated": len(rows) - len(days),
        "outlets": _counted(r["outlet"] for r in rows),
        "languages": _counted(r["language"] for r in rows),
        "encodings": _counted(r["encoding"] for r in rows),
        "files": len({r["origin_path"] for r in rows if r["origin_path"]}),
        "problems": {
            "errors": sum(p["severity"] == "error" for p in problems),
            "warnings": sum(p["severity"] == "warning" for p in problems),
            "kinds": _counted(p["kind"] for p in problems),
        },
        "saved": [found for path in paths if (found := _saved(path))],
        "version": __version__,
        "python": platform.python_version(),
    }


def _counted(values: Any) -> list[dict[str, Any]]:
    """How often each value occurs, the most frequent first; null for what is not known."""
    counts = Counter(values)
    order = sorted(counts, key=lambda v: (v is None, -counts[v], str(v)))
    return [{"name": name, "count": counts[name]} for name in order]


def _saved(path: str) -> dict[str, Any] | None:
    """Of a saved corpus: by which version, in which format, and how much."""
    said = inputs.manifest(path)
    if said is None:
        return None
    return {"path": path, **{k: said.get(k) for k in ("program", "version", "documents", "claims")}}


def text(facts: dict[str, Any], width: int) -> str:
    """The same for people."""
    days = f"{facts['first']} to {facts['last']}" if facts["first"] else "none"
    if facts["undated"] and facts["first"]:
        days += f"; {facts['undated']:,} undated"
    problems = facts["problems"]
    kinds = _named(problems["kinds"], "")
    told = (
        f"{problems['errors']:,} left out, {problems['warnings']:,} read with a reservation ({kinds})"
        if kinds
        else "none"
    )
    claims = "not extracted yet" if facts["claims"] is None else f"{facts['claims']:,}"
    lines = [
        (
            "articles",
            f"{facts['articles']:,} from {facts['files']:,} files" if facts["files"] else f"{facts['articles']:,}",
        ),
        ("text", f"{facts['sentences']:,} sentences, {facts['characters']:,} characters"),
        ("dates", days),
        ("outlets", _named(facts["outlets"], "not known")),
        ("languages", _named(facts["languages"], "not sure")),
        ("encodings", _named(facts["encodings"], "not known")),
        ("claims", claims),
        ("problems", told if kinds else "none"),
    ]
    for saved in facts["saved"]:
        size = f"{saved['documents']:,} articles and {saved['claims']:,} claims"
        lines.append(("saved", f"{saved['path']}: {size}, by version {saved['program']}, format {saved['version']}"))
    lines.append(("version", f"reportedly {facts['version']}, Python {facts['python']}"))
    return "".join(f"{_line(name, said, width)}\n" for name, said in lines)


def _named(counted: list[dict[str, Any]], unknown: str) -> str:
    named = [f"{c['name'] or unknown} {c['count']:,}" for c in counted[:_NAMED]]
    rest = len(counted) - len(named)
    return ", ".join(named) + (f", and {rest:,} more" if rest else "")


def _line(name: str, said: str, width: int) -> str:
    columns = min(max(width, 40), 10_000)
    indent = " " * 11
    return textwrap.fill(
        f"{name:<11}{' '.join(said.split())}", columns, subsequent_indent=indent, break_on_hyphens=False
    )
