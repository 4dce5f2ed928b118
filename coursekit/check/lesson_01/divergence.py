"""Exercise 2 of notebook 01: the Kullback-Leibler divergence of two distributions."""

import math

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _kl_divergence(p, q, *, order="p, q", ratio="p / q", weight="p", total="sum", base="e", zeros="left out"):
    """Return the divergence of q from p."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    p, q = (p, q) if order == "p, q" else (q, p)
    k = len(p)
    if zeros in WAYS:
        return _by_another_way(p, q, zeros)
    keep, p, q = {
        "left out": lambda: (p > 0, p, q),
        "until p is 0": lambda: (np.cumprod(p > 0) > 0, p, q),
        "until q is 0": lambda: ((np.cumprod(q > 0) > 0) & (p > 0), p, q),
        **{("q", eps): lambda eps=eps: (p > 0, p, np.maximum(q, eps)) for eps in EPSILONS},
        "kept": lambda: (p > -1, p, q),
        "both left out": lambda: ((p > 0) & (q > 0), p, q),
        "those of q left out": lambda: (q > 0, p, q),
        **{eps: lambda eps=eps: (p > -1, p + eps, q + eps) for eps in EPSILONS},
        **{-eps: lambda eps=eps: (p > 0, p, q + eps) for eps in EPSILONS},
        **{("clipped", eps): lambda eps=eps: (p > -1, np.maximum(p, eps), np.maximum(q, eps)) for eps in EPSILONS},
        **{("inside", eps): lambda: (p > -1, p, q) for eps in EPSILONS},
    }[zeros]()
    inside = zeros[1] if zeros in [("inside", eps) for eps in EPSILONS] else 0.0
    p, q = p[keep], q[keep]
    ratios = {
        "p / q": lambda: np.log(p / q + inside),
        "log1p": lambda: np.log1p(p / q),
        "square": lambda: np.log(p / q) ** 2,
        "exponential": lambda: np.exp(p / q),
        "q / p": lambda: np.log(q / p),
        "1 / q": lambda: -np.log(q),
        "1 / p": lambda: -np.log(p),
        "no log": lambda: p / q,
        "difference": lambda: p - q,
        "p / mean": lambda: np.log(p / ((p + q) / 2)),
        "quotient of logs": lambda: np.log(p) / np.log(q),
        "p * q": lambda: -np.log(p) - np.log(q),
    }[ratio]()
    terms = {"p": lambda: p, "q": lambda: q, "none": lambda: 1.0, "p - q": lambda: p - q, "p squared": lambda: p**2}[
        weight
    ]() * ratios
    value = {
        "sum": lambda: terms.sum(),
        "mean": lambda: terms.mean(),
        "over k": lambda: terms.sum() / k,
        "none": lambda: terms,
        "none, in full": lambda: _filled(terms, keep),
        "first": lambda: terms[0] if keep[0] else 0.0,
        "first kept": lambda: terms[0],
        "from 1": lambda: terms.sum() + 1,
        "half": lambda: terms.sum() / 2,
        "largest": lambda: terms.max(),
        "product": lambda: terms.prod(),
        "root": lambda: np.sqrt(terms.sum()),
        "so far": lambda: np.cumsum(terms),
        "entropies": lambda: (q[q > 0] * np.log(q[q > 0])).sum() - (p * np.log(p)).sum(),
        "entropies, turned": lambda: (p * np.log(p)).sum() - (q[q > 0] * np.log(q[q > 0])).sum(),
        "finite turned": lambda: terms.sum() if np.isinf(terms.sum()) else -terms.sum(),
        "exponential": lambda: np.exp(-terms.sum()),
        "absolute": lambda: np.abs(terms).sum(),
        "positive": lambda: np.maximum(terms, 0).sum(),
        "last": lambda: terms[-1],
        "all but the last": lambda: terms[: len(terms) - keep[-1]].sum(),
        "all but the first": lambda: terms[int(keep[0]) :].sum(),
        "total variation": lambda: np.abs(p - q).sum() / 2,
        "difference": lambda: np.abs(p - q).sum(),
        "squares": lambda: ((p - q) ** 2).sum(),
    }[total]()
    return value / {"e": 1.0, "two": np.log(2), "ten": np.log(10)}[base]


def _filled(terms, keep):
    """Return terms in their places, and 0 in the others."""
    full = np.zeros(len(keep))
    full[keep] = terms
    return full


def _by_another_way(p, q, way):
    """Return what mistakes at the zeros give, or sums of two divergences."""
    middle = (p + q) / 2
    return {
        "large terms": lambda: np.nan_to_num(p * np.log(p / q)).sum(),
        "large total": lambda: np.nan_to_num((p * np.log(p / q)).sum()),
        "large logarithms": lambda: (p * np.nan_to_num(np.log(p / q))).sum(),
        "large logarithms of each": lambda: (p * (np.nan_to_num(np.log(p)) - np.nan_to_num(np.log(q)))).sum(),
        "large logarithms of q": lambda: (p[p > 0] * (np.log(p[p > 0]) - np.nan_to_num(np.log(q[p > 0])))).sum(),
        "infinite where q is 0": lambda: np.inf if (q == 0).any() else _kl_divergence(p, q),
        "infinite where p is 0": lambda: np.inf if (p == 0).any() else _kl_divergence(p, q),
        "0 where q is 0": lambda: 0.0 if (q == 0).any() else _kl_divergence(p, q),
        "0 where p is 0": lambda: 0.0 if (p == 0).any() else _kl_divergence(p, q),
        "math.log": lambda: sum(a * math.log(a / b) for a, b in zip(p, q, strict=True)),
        "two of math.log": lambda: sum(a * (math.log(a) - math.log(b)) for a, b in zip(p, q, strict=True)),
        "math.log of q": lambda: sum(a * (math.log(a) - math.log(b)) for a, b in zip(p, q, strict=True) if a > 0),
        "math.log of floats": lambda: sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True)),
        "floats": lambda: sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True) if a > 0),
        "both": lambda: _kl_divergence(p, q) + _kl_divergence(q, p),
        "mean of both": lambda: (_kl_divergence(p, q) + _kl_divergence(q, p)) / 2,
        "Jensen-Shannon": lambda: (_kl_divergence(p, middle) + _kl_divergence(q, middle)) / 2,
        "other one taken away": lambda: _kl_divergence(p, q) - _kl_divergence(q, p),
    }[way]()


WAYS = (
    "large terms", "large total", "large logarithms", "large logarithms of each", "large logarithms of q",
    "infinite where q is 0", "infinite where p is 0", "0 where q is 0", "0 where p is 0", "math.log",
    "two of math.log", "math.log of q", "math.log of floats", "floats", "both", "mean of both", "Jensen-Shannon",
    "other one taken away",
)  # fmt: skip
EPSILONS = (1e-300, 1e-20, 1e-16, 1e-4, 1e-3, 1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
FINITE = (
    "A small number was added, so it gives a finite value where q says 'impossible' to something that happens. That is "
    "infinitely wrong. Leave out the terms with p = 0, not those with q = 0, and add nothing."
)
BOTH = "This is made of both divergences, from p to q and back. Only KL(p || q) was asked for."
MATH = (
    "Look at the zeros: math.log(0) is an error, and Python's division by 0 too. Where p is 0 the term is 0, so leave "
    "it out; where q is 0 and p is not, the divergence is infinite, np.inf."
)
LARGE = (
    "np.nan_to_num turns infinite into a large number. Where q says 'impossible' to something that happens, the "
    "divergence is infinite: leave out the terms with p = 0, and nothing else."
)


def _distributions(rng):
    """Draw pairs of distributions, one with a zero in p."""
    pairs = [[(rng.multinomial(100 - k, rng.dirichlet(np.ones(k))) + 1) / 100 for _ in "pq"] for k in (5, 3, 4)]
    pairs[2][0] = np.roll(np.append(pairs[1][0], 0.0), 1)
    return [tuple(pair) for pair in pairs]


kl_divergence = Exercise(
    "01-kl-divergence",
    _kl_divergence,
    tries=(
        (np.array([0.5, 0.5]), np.array([0.25, 0.75])),
        (np.array([0.5, 0.2, 0.2, 0.1]), np.array([0.1, 0.3, 0.2, 0.4])),
        (np.array([0.2, 0.5, 0.3]), np.array([0.2, 0.5, 0.3])),
        (np.array([0.0, 1.0, 0.0, 0.0]), np.array([0.1, 0.3, 0.2, 0.4])),
        (np.array([0, 1, 0]), np.array([0.0, 0.25, 0.75])),
        (np.array([0.4, 0.6, 0.0]), np.array([0.0, 0.5, 0.5])),
        (np.array([0.5, 0.5, 0.0]), np.array([0.25, 0.75, 0.0])),
        (np.array([1.0]), np.array([1.0])),
        (np.array([1e-9, 1 - 1e-9]), np.array([0.0, 1.0])),  # hardly ever is not never
    ),
    draw=_distributions,
    properties=(
        Property(
            "It gives nan where p is 0. NumPy's 0 * log 0 is nan, and the limit is 0: sum only the terms with p > 0.",
            lambda value, p, q: not np.isnan(value),
        ),
        Property(
            "It is finite where q says 'impossible' to something that happens. That is infinitely wrong: leave out the "
            "terms with p = 0, not those with q = 0, and add no small number.",
            lambda value, p, q: np.isposinf(value) or not ((p > 0) & (q == 0)).any(),
        ),
        Property(
            "A divergence is never negative. Look at the sign, and at which of the two is divided by which.",
            lambda value, p, q: value > -1e-6,
        ),
    ),
    switches={
        "order": {"swapped": "The two are swapped. The truth p weighs the terms, p log(p / q)."},
        "ratio": {
            "q / p": "The sign is wrong, or p and q change places inside the logarithm. It is log(p / q).",
            "1 / q": "This is the cross-entropy of p and q. Take the entropy of p away from it: log(p / q).",
            "1 / p": "This is the entropy of p; q does not come into it. It is log(p / q).",
            "no log": "The logarithm is missing: each term is p log(p / q).",
            "difference": "Probabilities are subtracted; their logarithms must be: log p - log q.",
            "p / mean": "This compares p with the mean of p and q, half of a Jensen-Shannon divergence. It must be q.",
            "p * q": "Entropy and cross-entropy are added. Take the entropy away: log(p / q) is log p - log q.",
            "log1p": "There is a 1 too many in the logarithm. It is log(p / q).",
            "square": "The logarithms are squared. They keep their sign: p log(p / q).",
            "exponential": "This is an exponential where the logarithm belongs. It is log(p / q).",
            "quotient of logs": "A logarithm was divided by the other. It is log(p / q), which is log p - log q.",
        },
        "weight": {
            "q": "The terms are weighed by q. What really happens is p, so p weighs them: p log(p / q).",
            "none": "The weights are missing: each log(p / q) counts p times.",
            "p - q": BOTH,
            "p squared": "The terms are weighed by p twice. Once is right: p log(p / q).",
        },
        "total": {
            **dict.fromkeys(("mean", "over k"), "The terms are averaged. The weights are in p already, so sum."),
            **dict.fromkeys(("none", "none, in full"), "These are the terms; the divergence is one number, their sum."),
            "so far": "These are sums so far. The divergence is one number, the last of them.",
            **dict.fromkeys(("first", "first kept"), "Only the first term counts. Is the `return` inside the loop?"),
            "from 1": "There is a 1 too many in the total. It begins at 0.",
            "half": "The sum was divided by 2. Nothing is divided: the weights are in p already.",
            "largest": "This is the largest term. The divergence is the sum of all.",
            "product": "The terms were multiplied. Add them up.",
            "root": "A root was taken of the sum. The divergence is the sum itself.",
            **dict.fromkeys(
                ("entropies", "entropies, turned"),
                "This is the difference of two entropies. Both logarithms have the weight p: p log p - p log q.",
            ),
            "finite turned": "The sign is wrong, or p and q change places inside the logarithm. It is log(p / q).",
            "exponential": "An exponential was taken at the end. The divergence is the sum itself.",
            "absolute": "Absolute values were taken of the terms. Single terms may be negative; leave their signs, and "
            "sum.",
            "positive": "Negative terms were left out. Single terms may be negative; leave them in.",
            "last": "Only the last term is left. Add each one to the total, +=.",
            "all but the last": "The last class is missing. Where does the loop end? range(len(p)) reaches every one.",
            "all but the first": "The first class is missing. Where does the loop begin? The first index is 0.",
            **dict.fromkeys(
                ("total variation", "difference", "squares"),
                "This is a distance made of differences. The divergence is made of logarithms: p log(p / q).",
            ),
        },
        "base": {
            "two": "This is in bits. np.log gives nats.",
            "ten": "The base is 10. np.log, the natural logarithm, gives nats.",
        },
        "zeros": {
            "kept": "It gives nan where p is 0: NumPy's 0 * log 0 is nan. The limit is 0, so sum only the terms with "
            "p > 0.",
            "both left out": "It leaves out terms that cost infinitely much: q says 'impossible' to something that "
            "happens. Leave out the terms with p = 0, not those with q = 0.",
            "those of q left out": "It leaves out the terms with q = 0, where q says 'impossible' and is infinitely "
            "wrong if p > 0. Leave out those with p = 0.",
            **dict.fromkeys(
                ("until p is 0", "until q is 0"),
                "The loop stops at the first 0. It must go on: only this one term is left out, by `continue`.",
            ),
            **dict.fromkeys([way for way in WAYS if way.startswith("large")], LARGE),
            "infinite where q is 0": "It is infinite as soon as q is 0, also where p is 0 too. There nothing is lost: "
            "the term with p = 0 is 0. Look at p first.",
            "infinite where p is 0": "It is infinite where p is 0. What never happens costs nothing: the term is 0.",
            **dict.fromkeys(
                ("0 where q is 0", "0 where p is 0"),
                "It gives 0 as soon as there is a 0 in one of the two. Only the terms with p = 0 are 0; with q = 0 and "
                "p > 0 it is infinite.",
            ),
            **dict.fromkeys([way for way in WAYS if "math.log" in way], MATH),
            "floats": "Python's floats cannot be divided by 0. Where q is 0 and p is not, the divergence is infinite: "
            "return np.inf there, or compute with NumPy's arrays.",
            **dict.fromkeys(("both", "mean of both"), BOTH),
            "other one taken away": BOTH,
            "Jensen-Shannon": "This is the Jensen-Shannon divergence: p and q compared with their mean. Asked for is "
            "KL(p || q).",
            **dict.fromkeys([(e, eps) for e in ("q", "clipped", "inside") for eps in EPSILONS], FINITE),
            **dict.fromkeys([e for eps in EPSILONS for e in (eps, -eps)], FINITE),
        },
    },
    causes=(
        (
            r"only .* arrays can be converted|must be real number",
            "math.log takes one number. np.log takes all.",
        ),
        (r"math domain error|float division by zero", MATH),
        (
            r"truth value of an array",
            "A condition was asked of a whole array at once. `if` takes one number; a mask such as p > 0 stands in "
            "the brackets: p[p > 0].",
        ),
    ),
    may_not_call=(
        "scipy.special.rel_entr",
        "scipy.special.kl_div",
        "scipy.stats.entropy",
        "torch.nn.functional.kl_div",
    ),
)
