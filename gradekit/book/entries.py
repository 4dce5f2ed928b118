"""What travels from the judge to the reports."""


def handed_in(gradebook):
    """Return the submissions of each student, by lesson.

    Parameters
    ----------
    gradebook : dict
        As ``gradekit.book.gradebook`` builds it.

    Returns
    -------
    dict of str to dict
        Students in order; of each, the submissions by the lesson's name.
    """
    found = {}
    for submission in gradebook["submissions"]:
        found.setdefault(submission["student"], {})[submission["lesson"]] = submission
    return dict(sorted(found.items()))


def worth(lesson):
    """Return the points of a lesson.

    Parameters
    ----------
    lesson : dict
        One lesson of the gradebook.

    Returns
    -------
    float
        The sum over its checks.
    """
    return sum(check["points"] for check in lesson["checks"])
