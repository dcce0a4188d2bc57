"""Checks what the extras bring: licences, age, and, where a network is, known vulnerabilities.

    python tools/audit.py                  # of installed metadata alone
    python tools/audit.py --advisories     # and what PyPI knows of the versions that are installed

Every extra of `reportedly` and all that it needs, as installed. Exit status 1 if something is wrong.
"""

import argparse
import datetime as dt
import json
import re
import sys
import urllib.request
from importlib import metadata

#: Words of licences that may be needed at run time; the same as in deny.toml, as Python packages write them.
ALLOWED = re.compile(
    r"\b(?:MIT|Apache|BSD|PSF|Python Software Foundation|MPL|Mozilla|ISC|Zlib|Unlicense|HPND|0BSD)\b", re.I
)
REFUSED = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public|SSPL|Commons Clause|Proprietary)\b", re.I)
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def canonical(name: str) -> str:
    """A name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(distribution: metadata.Distribution) -> str:
    """What a package says of its licence, in a line."""
    said = distribution.metadata
    kinds = [c.rsplit(" :: ", 1)[-1] for c in said.get_all("Classifier", []) if c.startswith("License ::")]
    return said.get("License-Expression") or "; ".join(kinds) or (said.get("License") or "").strip().partition("\n")[0]


def needed(root: str) -> dict[str, metadata.Distribution]:
    """The installed packages that `root` needs with all its extras, and what those need."""
    found: dict[str, metadata.Distribution] = {}
    open_ = [(root, True)]
    while open_:
        name, extras = open_.pop()
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        if canonical(name) in found:
            continue
        found[canonical(name)] = distribution
        for line in distribution.requires or []:
            # What an extra of a dependency brings is not asked for by this package.
            if extras or "extra ==" not in line:
                match = NAME.match(line)
                open_.append((match[0], False)) if match else None
    found.pop(canonical(root), None)
    return found


def of_pypi(name: str, version: str) -> dict[str, object]:
    """What PyPI knows of a version."""
    with urllib.request.urlopen(f"https://pypi.org/pypi/{name}/{version}/json", timeout=20) as answer:
        known: dict[str, object] = json.load(answer)
        return known


def wrong_licence(text: str) -> bool:
    """Whether a licence is none of those that are allowed."""
    return (bool(REFUSED.search(text)) and " OR " not in text) or not ALLOWED.search(text)


def main(arguments: list[str] | None = None) -> int:
    """Prints a line a package; returns how many things are wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package", default="reportedly")
    parser.add_argument("--advisories", action="store_true", help="ask PyPI; needs a network")
    parser.add_argument(
        "--years", type=float, default=3, help="a release older than this is abandoned (with --advisories)"
    )
    given = parser.parse_args(arguments)
    wrong = 0
    for name, distribution in sorted(needed(given.package).items()):
        text, version = licence(distribution), distribution.version
        notes = ["licence not allowed"] if wrong_licence(text) else []
        if given.advisories:
            known = of_pypi(name, version)
            notes += [str(v["id"]) for v in known["vulnerabilities"] if not v.get("withdrawn")]  # type: ignore[attr-defined]
            days = [dt.datetime.fromisoformat(f["upload_time_iso_8601"]) for f in known["urls"]]  # type: ignore[attr-defined]
            if days and dt.datetime.now(dt.UTC) - max(days) > dt.timedelta(days=365 * given.years):
                notes.append(f"released {max(days):%Y-%m-%d}")
        wrong += len(notes)
        print(f"{name} {version}: {text or 'no licence stated'}{''.join(f'  <-- {note}' for note in notes)}")
    return wrong


if __name__ == "__main__":
    sys.exit(1 if main() else 0)
