"""Plain relations between what an answer gives and what is right: some number of times too large, negated, turned."""

from dataclasses import dataclass

import numpy as np

from coursekit.check._forms import close


@dataclass(frozen=True)
class Relation:
    """A relation that explains a wrong answer if it holds on every case."""

    hint: str
    change: object

    def holds(self, base, outcomes, sizes, parts=()):
        """Say whether each outcome is what this relation makes of the right one."""
        told = 0
        for right, outcome, size in zip(base, outcomes, sizes, strict=True):
            if not self.explains(right, outcome, size):
                return False
            told += outcome.error is None and not close(right.value, outcome.value)
        return told >= 2

    def explains(self, right, outcome, size):
        """Say whether one outcome is what this relation makes of the right one."""
        if outcome.error is not None or right.error is not None:
            return outcome.like(right)
        return self._fits(right.value, outcome.value, size)

    def _fits(self, right, got, size):
        """Say whether one value is related; of several things, those that are not right must be."""
        if isinstance(right, tuple) and isinstance(got, tuple):
            return len(right) == len(got) and all(
                close(r, g) or self._fits(r, g, size) for r, g in zip(right, got, strict=True)
            )
        if not (isinstance(right, np.ndarray) and isinstance(got, np.ndarray)):
            return close(right, got)
        try:
            with np.errstate(all="ignore"):
                related = np.asarray(self.change(right, size), float)
        except (KeyError, ValueError):
            return False
        explains = not related.size or not np.isnan(related).all()  # nan alone would explain any nan
        return explains and close(related, got)


def _times(size):
    return lambda right, sizes: right * sizes[size]


def _over(size):
    return lambda right, sizes: right / sizes[size]


def _rounded(decimals):
    return lambda right, sizes: right.round(decimals)


RELATIONS = (
    Relation("Its result has the right size and the wrong sign: look for a minus.", lambda right, sizes: -right),
    Relation("Its result is in bits. np.log gives nats, np.log2 gives bits.", lambda right, sizes: right / np.log(2)),
    Relation("Its result has the base 10. np.log is the natural logarithm.", lambda right, sizes: right / np.log(10)),
    Relation("Its result is m times too large, m being the number of examples. A mean divides by m.", _times("m")),
    Relation(
        "Its result is m times too small, m being the number of examples. Is there one division by m too many?",
        _over("m"),
    ),
    Relation("Its result is k times too large, k being the number of classes.", _times("k")),
    Relation("Its result is k times too small, k being the number of classes.", _over("k")),
    Relation(
        "Its result is m * k times too small. Divide by m, not by the number of entries.",
        lambda r, s: r / s["m"] / s["k"],
    ),
    Relation("Its result is m / k times too large. Divide by m, not by k.", lambda r, s: r * s["m"] / s["k"]),
    Relation("Its result is twice too large.", lambda right, sizes: right * 2),
    Relation("Its result is half of what it must be.", lambda right, sizes: right / 2),
    Relation("Its result is 100 times too large. A share lies between 0 and 1.", lambda right, sizes: right * 100),
    Relation(
        "Its result is the transpose of what is right.",
        lambda right, sizes: right.T if right.ndim == 2 else np.full_like(right, np.nan, dtype=float),
    ),
    Relation("Its result is too large by 1, everywhere. Python counts from 0.", lambda right, sizes: right + 1),
    Relation("Its result is too small by 1, everywhere.", lambda right, sizes: right - 1),
    Relation("Its result is 1 minus what it must be.", lambda right, sizes: 1 - right),
    Relation("Its result is the logarithm of what is right.", lambda right, sizes: np.log(right)),
    Relation("Its result is the exponential of what is right.", lambda right, sizes: np.exp(right)),
    Relation("Its result is the square of what is right.", lambda right, sizes: right**2),
    Relation("Its result is the root of what is right.", lambda right, sizes: np.sqrt(right)),
    *(
        Relation(f"Its result is rounded to {decimals} decimals. Return it as it is.", _rounded(decimals))
        for decimals in (6, 5, 4, 3, 2)
    ),
    Relation("Its result is rounded to 1 decimal. Return it as it is.", _rounded(1)),
)
