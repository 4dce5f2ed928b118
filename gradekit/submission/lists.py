"""What a system's own lists say of whose submissions they are: Gradescope's metadata, Blackboard's letters."""

import re

from gradekit.submission.naming import called
from gradekit.submission.people import Person

LONGEST = 20 * 2**20  # bytes of a list that is read
METADATA = "submission_metadata.yml"
LETTER = re.compile(r"_attempt_\d{4}(?:-\d\d){5}\.txt$", re.IGNORECASE)
NAMED = re.compile(r"^\W*Name:\s*(?P<name>.+?)\s*\((?P<login>[^()]+)\)\s*$", re.MULTILINE)


def is_list(name):
    """Say whether a file is such a list.

    Parameters
    ----------
    name : str
        Of a file.

    Returns
    -------
    bool
        By its name alone.
    """
    return name == METADATA or bool(LETTER.search(name))


def told(name, found):
    """Return whose submissions a list tells.

    Parameters
    ----------
    name : str
        Of the file.
    found : bytes
        What it holds.

    Returns
    -------
    tuple of tuple
        Pairs of the beginning of a submission's name and its :class:`gradekit.submission.people.Person`.
    """
    if len(found) > LONGEST:
        return ()
    if name == METADATA:
        return tuple(_of_gradescope(found))
    match = NAMED.search(found.decode("utf-8-sig", "replace"))
    if not match:
        return ()
    facts = (("login", match["login"]), ("name", called(match["name"])))
    return ((re.sub(r"\.txt$", "", name, flags=re.IGNORECASE), Person(called(match["name"]), facts)),)


def _of_gradescope(found):
    """Yield the person or the group of each submission."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        table = yaml.load(found, loader)
    except (yaml.YAMLError, ValueError, RecursionError, TypeError, AttributeError, OverflowError, LookupError):
        return
    for key, entry in table.items() if isinstance(table, dict) else ():
        people = entry.get(":submitters") if isinstance(entry, dict) else None
        people = [each for each in people if isinstance(each, dict)] if isinstance(people, list) else []
        names = [str(name) for each in people if (name := each.get(":name"))]
        if names:
            facts = [("name", called(" & ".join(names)))]
            if len(people) == 1:
                ids = (("email", people[0].get(":email")), ("id", people[0].get(":sid")))
                facts = [*((kind, str(value)) for kind, value in ids if value), *facts]
            yield str(key), Person(called(" & ".join(names)), tuple(facts))
