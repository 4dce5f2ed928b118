"""A question with options, one of them right: an exercise about an idea, with a reason for each option."""

from coursekit.check.core import CheckFailed
from coursekit.check.exercise import Exercise


def choice(grade_id, right, options):
    """Return the exercise in which a student chooses one of several options.

    Parameters
    ----------
    grade_id : str
        As ``02-which-update``; the function asked for takes no argument and returns a letter.
    right : str
        The letter that is right.
    options : dict of str to str
        For each letter, in order, what is said to a student who chooses it: why it is right, or why it is not.

    Returns
    -------
    Exercise
        Its hint for a wrong letter is the reason, and never the right letter.

    Examples
    --------
    >>> reasons = {"a": "The mean of three numbers divides by 3.", "b": "That is the sum. A mean divides by 3."}
    >>> mean_of_three = choice("90-mean-of-three", "a", reasons)
    >>> mean_of_three(lambda: "A")
    ✓ mean_of_three: The mean of three numbers divides by 3.
    """
    letters = ", ".join(options)

    def letter(value):
        """Return what came as one of the letters."""
        text = value.strip().strip(".()").lower() if isinstance(value, str) else ""
        if text not in options:
            raise CheckFailed(f"must return one of the letters {letters}, in quotes; it returned {value!r}.")
        return text

    def chosen(*, option=right):
        """Return the letter that is right."""
        return option

    wrong = {key: reason for key, reason in options.items() if key != right}
    return Exercise(grade_id, chosen, tries=((),), switches={"option": wrong}, view=letter, praise=options[right])
