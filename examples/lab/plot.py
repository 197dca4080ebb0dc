"""Draws the effects of the recorded experiment as an SVG: python3 plot.py --server http://127.0.0.1:4800 > effects.svg"""

from __future__ import annotations

import argparse
import json
import sys
import urllib.request
from html import escape

QUESTION = """{ attribution(experiment: "lab", displacement: "proportional") { ... on Attribution { effects {
  estimand { slice capability } effect interval { low high } interpretation estimator { id } } } } }"""

ROW, LEFT, PLOT, GAP, TOP = 17, 118, 230, 26, 66
COLUMNS = 3
GREEN, RED, GREY = "#1a7f37", "#b42318", "#6b7280"
COLOURS = {"improves": GREEN, "associated_with_better": GREEN, "harms": RED, "associated_with_worse": RED}

Effect = dict


def ask(server: str) -> list[Effect]:
    """The effects, or the server's explanation of why there are none."""
    body = json.dumps({"query": QUESTION}).encode()
    request = urllib.request.Request(f"{server}/graphql", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request) as response:
        answer = json.load(response)
    if "errors" in answer:
        sys.exit(answer["errors"][0]["message"])
    return answer["data"]["attribution"]["effects"]


def panel(capability: str, effects: list[Effect], left: float, top: float) -> list[str]:
    """The plot of one capability: a line per domain, ablations above surfaces, with a separate axis."""
    known = [effect for effect in effects if effect["effect"] is not None]
    reach = max((abs(end) for effect in known for end in effect["interval"].values()), default=1) * 1.05
    reach = min(reach, max(abs(effect["effect"]) for effect in known) * 2.5) if known else 1

    def x(value: float) -> float:
        return left + LEFT + PLOT / 2 * (1 + max(-1, min(1, value / reach)))

    bottom = top + 22 + ROW * len(effects)
    parts = [
        f'<text x="{left}" y="{top + 8}" class="title">{escape(capability)}</text>',
        f'<line x1="{x(0)}" y1="{top + 16}" x2="{x(0)}" y2="{bottom}" class="zero"/>',
        f'<text x="{x(-reach)}" y="{bottom + 12}" class="tick">{-reach:+.2g}</text>',
        f'<text x="{x(reach)}" y="{bottom + 12}" class="tick" text-anchor="end">{reach:+.2g} bits per byte</text>',
    ]
    for place, effect in enumerate(effects):
        parts += line(effect, left, top + 30 + ROW * place, x)
    return parts


def line(effect: Effect, left: float, y: float, x) -> list[str]:
    ablation = effect["estimator"]["id"].startswith("controlled_ablation")
    name = effect["estimand"]["slice"] + ("" if ablation else " (swarm)")
    label = f'<text x="{left + LEFT - 8}" y="{y + 3.5}" class="label">{escape(name)}</text>'
    if effect["effect"] is None:
        return [label, f'<text x="{x(0)}" y="{y + 3.5}" class="none">not identified</text>']
    colour = COLOURS.get(effect["interpretation"], GREY)
    low, high = effect["interval"]["low"], effect["interval"]["high"]
    dash = "" if ablation else ' stroke-dasharray="4 2"'
    return [
        label,
        f'<line x1="{x(low):.1f}" y1="{y}" x2="{x(high):.1f}" y2="{y}" stroke="{colour}" stroke-width="2"{dash}/>',
        f'<circle cx="{x(effect["effect"]):.1f}" cy="{y}" r="3.4" fill="{colour}"/>',
    ]


def draw(effects: list[Effect]) -> str:
    capabilities = sorted({effect["estimand"]["capability"] for effect in effects})
    rows = {name: [e for e in effects if e["estimand"]["capability"] == name] for name in capabilities}
    tallest = max(len(found) for found in rows.values())
    width, height = LEFT + PLOT + GAP, 22 + ROW * tallest + 40
    lines = -(-len(capabilities) // COLUMNS)
    total = (COLUMNS * width + GAP, TOP + lines * height)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total[0]} {total[1]}" font-family="system-ui, sans-serif">',
        "<style>.title{font-size:13px;font-weight:600}.label{font-size:11px;text-anchor:end;fill:#374151}"
        ".tick{font-size:9px;fill:#6b7280}.none{font-size:10px;fill:#9ca3af;text-anchor:middle}"
        ".zero{stroke:#d1d5db}.lead{font-size:12px;fill:#374151}</style>",
        f'<rect width="{total[0]}" height="{total[1]}" fill="#fff"/>',
        '<text x="20" y="24" class="title" style="font-size:15px">What each domain does to each capability, '
        "at a fixed budget of training bytes</text>",
        '<text x="20" y="44" class="lead">Held-out bits per byte with the domain minus without it; left of the line is '
        "better. Solid: arms with three seeds (Welch). Dashed: response surface over the swarm. 95 % intervals.</text>",
    ]
    for place, name in enumerate(capabilities):
        left = 20 + (place % COLUMNS) * width
        parts += panel(name, rows[name], left, TOP + (place // COLUMNS) * height)
    return "\n".join([*parts, "</svg>"])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--server", default="http://127.0.0.1:4800")
    print(draw(ask(parser.parse_args().server)))
