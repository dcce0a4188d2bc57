"""Draws the reliability diagram of the docs from what `evaluate attribution` prints.

    cargo run --release --features train --bin evaluate -- attribution --data DIR \
        | python tools/reliability.py docs/reliability.svg
"""

import re
import sys
from pathlib import Path

SIDE = 320
MARGIN = 46


def bins(lines: list[str]) -> list[tuple[int, float, float]]:
    """Rows of the table: number of claims, mean confidence, share that is right."""
    start = next(i for i, line in enumerate(lines) if line.split() == ["made", "confidence", "right"])
    rows = []
    for line in lines[start + 1 :]:
        match = re.fullmatch(r"\s*(\d+)\s+([\d.]+)\s+([\d.]+)", line.rstrip())
        if not match:
            break
        rows.append((int(match[1]), float(match[2]), float(match[3])))
    return rows


def svg(rows: list[tuple[int, float, float]]) -> str:
    """The diagram: a dot a bin, as large as the bin is full, beside the line of perfect calibration."""

    def x(share: float) -> float:
        return MARGIN + share * SIDE

    def y(share: float) -> float:
        return 12 + (1 - share) * SIDE

    most = max(count for count, _, _ in rows)
    width, height = SIDE + MARGIN + 16, SIDE + 60
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        ' font-family="sans-serif" font-size="12" role="img"'
        ' aria-label="Share of claims that are right by confidence">',
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<rect x="{x(0)}" y="{y(1)}" width="{SIDE}" height="{SIDE}" fill="none" stroke="#999"/>',
        f'<line x1="{x(0)}" y1="{y(0)}" x2="{x(1)}" y2="{y(1)}" stroke="#999" stroke-dasharray="4 4"/>',
    ]
    for tick in (0, 0.25, 0.5, 0.75, 1):
        out.append(f'<text x="{x(tick)}" y="{y(0) + 16}" text-anchor="middle" fill="#444">{tick:g}</text>')
        out.append(f'<text x="{x(0) - 6}" y="{y(tick) + 4}" text-anchor="end" fill="#444">{tick:g}</text>')
    for count, confidence, right in rows:
        radius = 3 + 7 * (count / most) ** 0.5
        out.append(
            f'<circle cx="{x(confidence):.1f}" cy="{y(right):.1f}" r="{radius:.1f}" fill="#2166ac" fill-opacity="0.8">'
            f"<title>{count} claims: confidence {confidence:.2f}, right {right:.2f}</title></circle>"
        )
    out.append(f'<text x="{x(0.5)}" y="{height - 10}" text-anchor="middle">confidence</text>')
    out.append(f'<text transform="translate(12 {y(0.5)}) rotate(-90)" text-anchor="middle">share that is right</text>')
    out.append("</svg>")
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(svg(bins(sys.stdin.read().splitlines())), encoding="utf-8")
