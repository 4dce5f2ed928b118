"""What somebody else needs in order to believe a result: a text to put beside a number."""

from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from platform import python_version

import numpy as np

from coursekit.claims.intervals import of_runs

PACKAGES = ("coursekit", "numpy", "scikit-learn")


def fingerprint(*arrays):
    """Return a short hash of arrays: of their values, shapes and types, in their order.

    Parameters
    ----------
    *arrays : array_like
        Such as the images and the labels of a split.

    Returns
    -------
    str
        Twelve digits. One changed pixel gives other ones.

    Examples
    --------
    >>> fingerprint([1, 2]) == fingerprint([1, 2]), fingerprint([1, 2]) == fingerprint([2, 1])
    (True, False)
    """
    found = sha256()
    for array in map(np.ascontiguousarray, arrays):
        found.update(f"{array.dtype} {array.shape}".encode() + array.tobytes())
    return found.hexdigest()[:12]


def checklist(*, data, parts, chosen_on, settings_tried, scores, seeds, test_uses=1, command="", packages=PACKAGES):
    """Return a report of a result, with a line for each thing that is missing.

    Parameters
    ----------
    data : str
        Name of the data.
    parts : dict of str to tuple of ndarray
        For each part, such as training, validation and test, its arrays.
    chosen_on : str
        The part on which settings were compared.
    settings_tried : int
        How many were compared, all of them, the bad ones too.
    scores : sequence of float
        Test accuracy from each seed, shares of 1.
    seeds : sequence of int
        The seeds, as many as scores.
    test_uses : int, default=1
        How often the test part was looked at before this report was written.
    command : str, optional
        What somebody else has to type.
    packages : sequence of str, optional
        Whose versions are told.

    Returns
    -------
    str
        One line each; a line that begins with ``!`` says what keeps a reader from believing the number.

    Raises
    ------
    ValueError
        If ``chosen_on`` is not a part, a part is no tuple of arrays, scores and seeds do not belong together, a score
        is no share of 1, or the test part was never looked at.

    Examples
    --------
    >>> parts = {"training": (np.zeros((6, 2)),), "validation": (np.ones((3, 2)),), "test": (np.full((4, 2), 2.0),)}
    >>> given = {"data": "toy", "parts": parts, "settings_tried": 5, "command": "python toy.py"}
    >>> print(checklist(chosen_on="test", scores=[0.5, 0.75], seeds=[0, 1], packages=[], **given).splitlines()[-1])
    ! 5 settings were compared on the test part: the best of them is too good by chance. Choose on another part.
    """
    scores, seeds = np.atleast_1d(scores), np.atleast_1d(seeds)
    _refuse(parts, chosen_on, scores, seeds, test_uses)
    lines = [f"data      {data}"]
    lines += [
        f"          {name}: {_examples(len(arrays[0]))}, hash {fingerprint(*arrays)}" for name, arrays in parts.items()
    ]
    lines += [f"settings  {settings_tried} compared, on the {chosen_on} part"]
    lines += [f"seeds     {', '.join(map(str, seeds))}", f"result    {_result(scores)}"]
    lines += [f"test part looked at {test_uses} time{'s' * (test_uses != 1)}"]
    lines += [f"versions  Python {python_version()}{''.join(map(_version, packages))}", f"command   {command or '-'}"]
    return "\n".join([*lines, *_doubts(parts, chosen_on, settings_tried, seeds, test_uses, command)])


def _refuse(parts, chosen_on, scores, seeds, test_uses):
    """Raise an error where what is given can be no report."""
    if chosen_on not in parts:
        raise ValueError(
            f"checklist: chosen_on is {chosen_on!r}, which is not a part; the parts are {', '.join(parts)}."
        )
    for name, arrays in parts.items():
        if not isinstance(arrays, tuple | list) or any(np.ndim(array) == 0 for array in arrays):
            raise ValueError(
                f'checklist: the {name} part must be a tuple of arrays; got {type(arrays).__name__}. Write {{"{name}": '
                "(X, y)}, or (X,) for images alone."
            )
    if len(scores) != len(seeds):
        raise ValueError(f"checklist: there are {len(scores)} scores and {len(seeds)} seeds. Give one score per seed.")
    if len(scores) == 0:
        raise ValueError("checklist: there is no score. Train, then report.")
    if not ((scores >= 0) & (scores <= 1)).all():
        raise ValueError(
            f"checklist: scores must be shares from 0 to 1; got {scores.max():g}. Are they in percent? Divide by 100."
        )
    if test_uses < 1:
        raise ValueError(f"checklist: test_uses is {test_uses}, but a test accuracy needs one look at least.")


def _examples(count):
    """Return a number of examples in words."""
    return f"{count} example{'s' * (count != 1)}"


def _result(scores):
    """Return the accuracy over all seeds."""
    if len(scores) < 2:
        return f"{scores[0]:.2%} from one seed"
    return f"{of_runs(scores).scaled(100)} % (mean, and where one more run would fall)"


def _version(name):
    """Return a package with its version."""
    try:
        return f", {name} {version(name)}"
    except PackageNotFoundError:
        return f", {name} (not installed)"


def _doubts(parts, chosen_on, settings_tried, seeds, test_uses, command):
    """Yield what keeps a reader from believing the result."""
    if len(seeds) < 2:
        yield "! One seed: nobody can tell the result from luck. Train from five."
    elif len(set(seeds.tolist())) < len(seeds):
        yield "! A seed stands there twice: the same run counts once. Train from other seeds."
    if not command:
        yield "! No command: nobody else can run it."
    if shared := _shared(parts):
        yield f"! {shared}: what is learned by heart is no test. Split again, then train again."
    if test_uses > 1:
        yield f"! The test part was looked at {test_uses} times: whatever was changed in between was chosen on it."
    if chosen_on == "test" and settings_tried > 1:
        yield (
            f"! {settings_tried} settings were compared on the test part: the best of them is too good by chance. "
            "Choose on another part."
        )


def _shared(parts):
    """Return which two parts have a row in common, and how many; nothing if none have."""
    rows = {name: {row.tobytes() for row in np.ascontiguousarray(arrays[0], float)} for name, arrays in parts.items()}
    names = list(rows)
    for i, first in enumerate(names):
        for second in names[i + 1 :]:
            if both := len(rows[first] & rows[second]):
                return f"{_examples(both)} of the {first} part stand in the {second} part, too"
    return ""
