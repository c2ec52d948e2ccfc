# SPDX-License-Identifier: GPL-2.0-or-later
"""The figures of a run as bars, in SVG."""

from xml.sax.saxutils import escape

BAR, GAP, LABEL, WIDTH, UNIT = 18, 6, 260, 460, 90

# What is drawn of a measurement: (measurement, words of a label, number, unit)
DRAWN = (
    ("calls", ("call",), "ns", "ns"),
    ("distinct", ("call",), "ns", "ns"),
    ("work", ("call",), "ns", "ns"),
    ("latency", ("protocol", "writer", "threads"), "10000", "us"),
    ("startup", ("program", "sites"), "ms", "ms"),
)


def beside(name, rows):
    """Bars to compare with: XRay as it was beside the fastest writer."""
    return [(f"XRay {row['threads']}", row["XRay"]) for row in rows
            if name == "latency" and (row["protocol"], row["writer"]) == ("aligned8", "mprotect")]


def panel(title, bars, unit, top):
    longest = max(value for _, value in bars)
    yield f'<text x="10" y="{top + 16}" font-weight="bold">{escape(title)}</text>'
    y = top + 28
    for label, value in bars:
        width = max(1, WIDTH * value / longest)
        middle = y + BAR - 5
        yield (f'<text x="{LABEL - 8}" y="{middle}" text-anchor="end">{escape(label)}</text>'
               f'<rect x="{LABEL}" y="{y}" width="{width:.1f}" height="{BAR}" fill="#4878a8"/>'
               f'<text x="{LABEL + width + 6:.1f}" y="{middle}">{value:.3g} {unit}</text>')
        y += BAR + GAP


def svg(report):
    parts, top = [], 10
    for name, words, number, unit in DRAWN:
        found = report["measurements"].get(name)
        if not found:
            continue
        bars = [(" ".join(str(row[w]) for w in words), row[number]) for row in found["rows"]]
        bars += beside(name, found["rows"])
        title = found["title"].replace("1, 100, 10 000 sites", "10 000 sites")
        parts.extend(panel(title, bars, unit, top))
        top += 28 + len(bars) * (BAR + GAP) + 20
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{LABEL + WIDTH + UNIT}"'
            f' height="{top}" font-family="sans-serif" font-size="12">\n'
            f'<rect width="100%" height="100%" fill="white"/>\n'
            + "\n".join(parts) + "\n</svg>\n")
