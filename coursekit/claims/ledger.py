"""The ledger: one entry for each claim of the five reports, what was found here, and what follows."""

import json
import tomllib
from dataclasses import dataclass, replace
from pathlib import Path

from coursekit.claims._stored import STORED
from coursekit.claims.intervals import Interval

LEDGER = Path(__file__).with_name("ledger.toml")
FOUND = "14_claims.json"
NOT_RUN = "not run yet"
ACCOUNT = "14_claims.ipynb"  # the lesson that holds them all
LESSONS = {
    "01": "01_theory.ipynb",
    "02": "02_gradient.ipynb",
    "03": "03_loops_and_vectors.ipynb",
    "04": "04_integers_and_floats.ipynb",
    "05": "05_mnist_lab.ipynb",
    "06": "06_hyperparameters.ipynb",
    "07": "07_regularization.ipynb",
    "09": "09_nearest_neighbors.ipynb",
    "10": "10_image_features.ipynb",
    "11": "11_fashion_mnist.ipynb",
    "12": "12_backpropagation.ipynb",
    "13": "13_convnet.ipynb",
}


@dataclass(frozen=True)
class Claim:
    """One claim, as an entry of ledger.toml holds it.

    Attributes
    ----------
    name, says, recipe : str
        Its row and a word, what is claimed, and how it is said to have been done.
    claimed, step : float
        The number, or the border that a sentence needs; one unit of its last digit.
    relation, border, unit : str, float, str
        Whether the claim is met by being equal, above or below; the border where it is not the number.
    verdict, why : str
        One of VERDICTS, and what explains it.
    measured : str
        What the number found is, where its unit does not say it.
    cell, source : str
        The cell that shows it, and where the number comes from.
    found : Interval
        What came out; None as long as nothing has run.
    """

    name: str
    says: str
    recipe: str
    claimed: float
    verdict: str
    cell: str
    source: str
    step: float = 0.0
    relation: str = "="
    border: float | None = None
    unit: str = ""
    why: str = ""
    measured: str = ""
    found: Interval | None = None

    @property
    def row(self):
        """Return the row of the course's table, such as A13."""
        return self.name.partition("-")[0]

    @property
    def judged(self):
        """Return the verdict, or that the run is still to be made."""
        return self.verdict if self.found else NOT_RUN

    @property
    def number(self):
        """Return what is claimed, as text: with its sign and its unit."""
        sign = "" if self.relation == "=" else f"{self.relation} "
        return f"{sign}{self.claimed:.6g} {self.unit}".rstrip()

    @property
    def line(self):
        """Return the line of Markdown that the claim's own lesson shows: the claim, what was found, the verdict."""
        unit = {"": "", "x": " times"}.get(self.unit, f" {self.unit}")
        what = f", {self.measured}" if self.measured else ""
        brackets = f" (brackets: {self.found.covers})" if self.found and self.found.low < self.found.high else ""
        found = f"Found{what}: {self.found}{unit}{brackets}. " if self.found else ""
        return f"> *{self.says}* {found}Verdict: **{self.judged}** ([claim {self.name}]({ACCOUNT}))."

    @property
    def place(self):
        """Return the link in Markdown to the cell that shows it."""
        return f"[{self.cell}]({LESSONS[self.cell[:2]]}#cell-id={self.cell})"

    @property
    def holds(self):
        """Return whether what was found keeps to the verdict; None as long as there is nothing."""
        return VERDICTS[self.verdict][1](self, self.found) if self.found else None

    @property
    def apart(self):
        """Return how far the claim lies from what was found, beyond its own rounding; 1 is the end of the interval."""
        off = self.claimed - self.found.value
        beyond = max(abs(off) - self.step / 2, 0)
        side = self.found.high - self.found.value if off > 0 else self.found.value - self.found.low
        return (beyond / side if side else float("inf") if beyond else 0.0) * (1 if off > 0 else -1)


def _inside(claim, found):
    """Say whether the claimed number lies in the interval, half a step of its last digit allowed."""
    return found.low - claim.step / 2 <= claim.claimed <= found.high + claim.step / 2


def _kept(claim, found):
    """Say whether the whole interval is on the claim's side of the border."""
    border = claim.claimed if claim.border is None else claim.border
    return found.high < border if claim.relation == "<" else found.low > border


def _broken(claim, found):
    """Say whether the whole interval is on the other side of the border; for a number, whether it is not in it."""
    border = claim.claimed if claim.border is None else claim.border
    if claim.relation == "=":
        return not _inside(claim, found)
    return found.low > border if claim.relation == "<" else found.high < border


def _open(claim, found):
    """Say whether the border lies in the interval."""
    return not _kept(claim, found) and not _broken(claim, found)


VERDICTS = {  # what it means, and what must be so of the numbers
    "reproduced": ("The claimed number lies in our interval, or agrees in its last digit.", _inside),
    "true here": ("The sentence holds in our runs, and the interval leaves no doubt.", _kept),
    "true in part": ("It holds under a condition that the report does not state.", _kept),
    "right in kind": ("The direction is right; the size belongs to the machine or to the data.", _kept),
    "depends on scale": ("With features on one scale it holds, with features on another it does not.", _inside),
    "depends on machine": ("A difference of times that is within the noise of a machine.", lambda claim, found: True),
    "not decided": ("The difference is smaller than what chance alone can make.", _open),
    "not best": ("Another setting is better, by more than chance.", _broken),
    "out of reach": (
        "The claimed number lies above what the stated recipe gives.",
        lambda claim, found: claim.claimed > found.high + claim.step / 2,
    ),
    "under-trained": (
        "The claimed number lies below what the stated recipe gives.",
        lambda claim, found: claim.claimed < found.low - claim.step / 2,
    ),
    "refuted": ("Our runs show the opposite.", _broken),
    "wrong cause": ("The effect is there, and the stated reason is not what makes it.", _broken),
    "needs a slip": ("The method does not do it; a mistake in the program does.", _broken),
}


def read(results, *, text=None):
    """Return all claims, each with what was found.

    Parameters
    ----------
    results : path
        The folder ``results`` beside the lessons.
    text : str, optional
        A ledger to read in place of the course's own.

    Returns
    -------
    list of Claim
        In the order of the rows. Where the run of a claim is not stored, its ``found`` is None.

    Examples
    --------
    >>> claims = read("no such folder")
    >>> claims[0].name, claims[0].judged
    ('A8-loops', 'not run yet')
    """
    entries = tomllib.loads(LEDGER.read_text(encoding="utf-8") if text is None else text)
    kept = Path(results, FOUND)
    found = json.loads(kept.read_text(encoding="utf-8"))["found"] if kept.is_file() else {}
    return [_with_found(Claim(name, **entry), Path(results), found) for name, entry in entries.items()]


def _with_found(claim, results, found):
    """Return a claim with its number: out of the file of a long run, or out of what `make claims` kept."""
    kind, _, name = claim.source.partition(": ")
    if kind == "stored":
        path = results / f"{name}.json"
        return replace(claim, found=STORED[claim.name](json.loads(path.read_text())) if path.is_file() else None)
    return replace(claim, found=Interval(**found[claim.name]) if claim.name in found else None)


def problems(claims):
    """Return what is wrong with claims, as sentences: a verdict that is not on the list, or not kept by its number.

    Parameters
    ----------
    claims : list of Claim
        As :func:`read` returns them.

    Returns
    -------
    list of str
        Empty if all is well.

    Examples
    --------
    >>> claim = Claim("Z1-ten", "Ten.", "count", 10, "reproduced", "00-001", "computed", found=Interval(9, 8, 9))
    >>> problems([claim])
    ['Z1-ten: claimed 10, found 9.00 [8.00, 9.00]; that is not "reproduced"']
    """
    listed = [claim for claim in claims if claim.verdict in VERDICTS]
    return [f"{claim.name}: {claim.verdict!r} is not on the list" for claim in claims if claim not in listed] + [
        f'{claim.name}: claimed {claim.claimed:g}, found {claim.found}; that is not "{claim.verdict}"'
        for claim in listed
        if claim.holds is False
    ]


def table(claims):
    """Return the ledger as lines of text, one claim each.

    Parameters
    ----------
    claims : list of Claim
        As :func:`read` returns them.

    Returns
    -------
    str
        Name, claimed, found with its interval, verdict, and the cell that shows it.

    Examples
    --------
    >>> found = Interval(91.1, 90.8, 91.4, 5)
    >>> given = {"verdict": "out of reach", "cell": "05-036", "source": "computed", "unit": "%"}
    >>> claim = Claim("A13-accuracy", "It is.", "1500", 93.57, found=found, **given)
    >>> print(table([claim]))
    claim            claimed          found (from how many)                          verdict            cell
    A13-accuracy     93.57 %          91.10 [90.80, 91.40] (5)                       out of reach       05-036
    """
    lines = [f"{'claim':16} {'claimed':16} {'found (from how many)':46} {'verdict':18} cell"]
    for claim in claims:
        lines.append(f"{claim.name:16} {claim.number:16} {_found(claim):46} {claim.judged:18} {claim.cell}")
    return "\n".join(lines)


def _found(claim):
    """Return what was found, and from how many runs or images."""
    return f"{claim.found} ({claim.found.count})" if claim.found else "-"


def page(claims):
    """Return the ledger as a table in Markdown, in which each claim leads to the cell that shows it.

    Parameters
    ----------
    claims : list of Claim
        As :func:`read` returns them.

    Returns
    -------
    str
        A row per claim, below two lines of heading.

    Examples
    --------
    >>> claim = Claim("A13-accuracy", "It is.", "1500", 93.57, "out of reach", "05-036", "computed", unit="%")
    >>> print(page([claim]).splitlines()[-1])
    | A13-accuracy | 93.57 % | - | not run yet | [05-036](05_mnist_lab.ipynb#cell-id=05-036) |
    """
    lines = ["| claim | claimed | found (from how many) | verdict | cell |", "|---|---|---|---|---|"]
    for claim in claims:
        number = claim.number.replace("<", "&lt;").replace(">", "&gt;")
        lines.append(f"| {claim.name} | {number} | {_found(claim)} | {claim.judged} | {claim.place} |")
    return "\n".join(lines)
