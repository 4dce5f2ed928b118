"""What broken rules cost, and how that is said: one place for the gradebook, the pages and the student's own check."""


def cost(breaches):
    """Return the share of an exercise's points that broken rules cost together.

    Parameters
    ----------
    breaches : iterable of dict
        From :func:`gradekit.source.rules.of_exercise`.

    Returns
    -------
    float
        A rule that is broken in several places counts once; all together cost 1 at most.

    Examples
    --------
    >>> loop, call = {"why": "holds a loop", "cost": 0.75}, {"why": "uses numpy.sum", "cost": 0.5}
    >>> cost([loop, loop]), cost([loop, call])
    (0.75, 1.0)
    """
    return min(sum(_by_rule(breaches).values()), 1.0)


def explain(breaches, quote, *, counts=True):
    """Return one sentence or more on each rule that is broken, and one on what they cost together.

    Parameters
    ----------
    breaches : iterable of dict
        From :func:`gradekit.source.rules.of_exercise`.
    quote : callable
        What makes a student's line fit to print.
    counts : bool, default=True
        Whether the points are less by the cost; not where the answer is wrong, or the points were set by hand.

    Returns
    -------
    list of str
        What, where, what it costs, and what to do.

    Examples
    --------
    >>> breach = {"line": 3, "text": "for i in x:", "why": "holds a loop", "cost": 0.5, "edit": "Use a sum."}
    >>> explain([breach, {**breach, "line": 5}], str)
    ['Rule: holds a loop (line 3: for i in x:; line 5: for i in x:). It costs 50 % of the points. Use a sum.']
    >>> explain([{**breach, "cost": 0}], str)
    ['Rule: holds a loop (line 3: for i in x:). It costs nothing; your instructor sees it. Use a sum.']
    """
    costs = _by_rule(breaches)
    is_one = sum(map(bool, costs.values())) < 2 or sum(costs.values()) <= 1
    said = []
    for why, share in costs.items():
        theirs = [breach for breach in breaches if breach["why"] == why]
        lines = "; ".join(f"line {breach['line']}: {quote(breach['text'])}" for breach in theirs)
        edit = next((f" {breach['edit']}" for breach in theirs if breach.get("edit")), "")
        said.append(f"Rule: {quote(why)} ({lines}). {_price(share, counts and is_one)}{edit}")
    return said if is_one else [*said, f"Together they {'' if counts else 'would '}cost all points of the exercise."]


def _by_rule(breaches):
    """Return the cost of each rule, by its words: the highest of its lines."""
    costs = {}
    for breach in breaches:
        costs[breach["why"]] = max(float(breach["cost"]), costs.get(breach["why"], 0.0))
    return costs


def _price(share, is_taken):
    """Say what one rule costs, or would cost by itself."""
    if not share:
        return "It costs nothing; your instructor sees it."
    points = "all points" if share == 1 else f"{100 * share:.4g} % of the points"
    return f"It costs {points}." if is_taken else f"By itself it would cost {points}."
