"""Exercise 2 of notebook 01: the Kullback-Leibler divergence of two distributions."""

import numpy as np

from coursekit.check.exercise import Exercise, Property


def _kl_divergence(p, q, *, order="p, q", ratio="p / q", weight="p", total="sum", base="e", zeros="left out"):
    """Return the divergence of q from p."""
    p, q = np.asarray(p, float), np.asarray(q, float)
    p, q = (p, q) if order == "p, q" else (q, p)
    k = len(p)
    keep, p, q = {
        "left out": lambda: (p > 0, p, q),
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
        "q / p": lambda: np.log(q / p),
        "1 / q": lambda: -np.log(q),
        "1 / p": lambda: -np.log(p),
        "no log": lambda: p / q,
        "difference": lambda: p - q,
        "p / mean": lambda: np.log(p / ((p + q) / 2)),
        "quotient of logs": lambda: np.log(p) / np.log(q),
        "p * q": lambda: -np.log(p) - np.log(q),
    }[ratio]()
    terms = {"p": lambda: p, "q": lambda: q, "none": lambda: 1.0, "p - q": lambda: p - q}[weight]() * ratios
    value = {
        "sum": lambda: terms.sum(),
        "mean": lambda: terms.mean(),
        "over k": lambda: terms.sum() / k,
        "none": lambda: terms,
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


EPSILONS = (1e-15, 1e-12, 1e-10, 1e-9, 1e-8, 1e-7, 1e-6, 1e-5)
FINITE = (
    "A small number was added, so it gives a finite value where q says 'impossible' to something that happens. That is "
    "infinitely wrong. Leave out the terms with p = 0, not those with q = 0, and add nothing."
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
            "quotient of logs": "A logarithm was divided by the other. It is log(p / q), which is log p - log q.",
        },
        "weight": {
            "q": "The terms are weighed by q. What really happens is p, so p weighs them: p log(p / q).",
            "none": "The weights are missing: each log(p / q) counts p times.",
            "p - q": "This is both divergences together, from p to q and back. Only KL(p || q) was asked for.",
        },
        "total": {
            **dict.fromkeys(("mean", "over k"), "The terms are averaged. The weights are in p already, so sum."),
            "none": "These are the terms; the divergence is one number, their sum.",
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
            **dict.fromkeys([e for eps in EPSILONS for e in (eps, -eps, ("clipped", eps), ("inside", eps))], FINITE),
        },
    },
    may_not_call=(
        "scipy.special.rel_entr",
        "scipy.special.kl_div",
        "scipy.stats.entropy",
        "torch.nn.functional.kl_div",
    ),
)
