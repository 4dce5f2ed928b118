"""How long a check takes, over the bank of right and wrong answers to every declared exercise. Two minutes.

python -m benchmarks.checks
"""

from statistics import median

from tests import hints

MOST = {"right": 0.2, "wrong": 1.0}  # seconds, the median over the bank


def report():
    """Return this part of the report."""
    heard = hints.hear(hints.load())
    seconds = {"right": [], "wrong": []}
    for one in heard:
        seconds["wrong" if one.answer.hint else "right"].append(one.seconds)
    lines = ["| an answer that is | answers | median | slowest | wanted |", "|---|---|---|---|---|"]
    for kind, found in seconds.items():
        middle, most = median(found), MOST[kind]
        met = "yes" if middle <= most else "no"
        lines.append(f"| {kind} | {len(found)} | {middle:.3f} s | {max(found):.2f} s | {most:g} s: {met} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report())
