"""What broken rules cost, and how that is said: one place for the gradebook, the pages and the student's own check."""


def cost(breaches):
    """Return the share of an exercise's points that broken rules cost together.

    Parameters
    ----------
    breaches : iterable of gradekit.source.rules.Breach
        Of one exercise; anything with a ``why`` and a ``cost``.

    Returns
    -------
    float
        A rule that is broken in several places counts once; all together cost 1 at most.

    Examples
    --------
    >>> from gradekit.source.rules import Breach
    >>> loop, call = Breach(1, "", "holds a loop", 0.75), Breach(2, "", "uses numpy.sum", 0.5)
    >>> cost([loop, loop]), cost([loop, call])
    (0.75, 1.0)
    """
    return min(sum(_by_rule(breaches).values()), 1.0)


def explain(breaches, quote, *, is_right=True, is_by_hand=False):
    """Return what is said of each rule that is broken, and of what they cost together.

    Parameters
    ----------
    breaches : list of gradekit.source.rules.Breach
        Of one exercise.
    quote : callable
        What makes a stranger's text fit to print.
    is_right : bool, default=True
        Whether there are points to take: a wrong answer has none.
    is_by_hand : bool, default=False
        Whether the instructor set the points, so that nothing is taken.

    Returns
    -------
    list of str
        For each rule what, where, what it costs, and what to do.

    Examples
    --------
    >>> from gradekit.source.rules import Breach
    >>> loops = [Breach(line, "for i in x:", "holds a loop", 0.5, "Use a sum.") for line in (3, 5)]
    >>> explain(loops, str)
    ['Rule: holds a loop (line 3: for i in x:; line 5: for i in x:). It costs 50 % of the points. Use a sum.']
    >>> explain(loops[:1], str, is_right=False)
    ['Rule: holds a loop (line 3: for i in x:). It would cost 50 % of the points of a right answer. Use a sum.']
    """
    costs = _by_rule(breaches)
    is_capped, cells = sum(costs.values()) > 1 + 1e-9, len({breach.answer for breach in breaches}) > 1
    said = []
    for why, share in costs.items():
        theirs = [breach for breach in breaches if breach.why == why]
        lines = "; ".join(f"{_place(breach, cells)}: {quote(breach.text)}" for breach in theirs)
        price = _price(share, is_right=is_right, is_by_hand=is_by_hand, is_capped=is_capped)
        edit = next((f" {breach.edit}" for breach in theirs if breach.edit), "")
        said.append(f"Rule: {quote(why)} ({lines}). {price}{edit}")
    if is_capped and is_right and not is_by_hand:
        said.append("Together, these rules cost all points and no more.")
    return said


def _place(breach, cells):
    """Return where a rule is broken; with the answer's name if there are several cells."""
    return f"line {breach.line} of {breach.answer}" if cells else f"line {breach.line}"


def _by_rule(breaches):
    """Return the cost of each rule, by its words: the highest of its lines."""
    costs = {}
    for breach in breaches:
        costs[breach.why] = max(float(breach.cost), costs.get(breach.why, 0.0))
    return costs


def _price(share, *, is_right, is_by_hand, is_capped):
    """Say what one rule costs, or would cost where it takes nothing, or less because others take it too."""
    if not share:
        return "It costs nothing; your instructor sees it."
    points = "all points" if share == 1 else f"{100 * share:.4g} % of the points"
    if is_by_hand:
        return f"By the rules it costs {points}; these points were set by hand."
    if not is_right:
        return f"It would cost {points} of a right answer."
    return f"Alone it would cost {points}." if is_capped else f"It costs {points}."
