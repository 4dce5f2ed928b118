"""Names that people write: which lesson a file's name tells, whose name is left, and which spellings are one."""

import difflib
import re
import unicodedata

from gradekit.printable import shown

CLOSE = 0.8  # likeness of two words that are one, misspelt
TOKEN = re.compile(r"[^\W\d_]+|\d+")
ENDING = re.compile(
    r"(?:\.(?:ipynb|json|txt|zip|tar|tgz|gz|bz2|py|html?|pdf|docx?|md|rtf|odt|part|crdownload))+$", re.I
)
NUMBERED = frozenset(  # what stands before a lesson's number
    re.findall(
        r"\S+",
        """lab labs lesson hw homework assignment assign exercise exercises ex ps pset problem set week wk nb notebook
        notebooks unit chapter part task project coursework tp td ue übung aufgabe blatt tarea devoir
        作业 实验 练习 第""",
    )
)
ON_FILES = NUMBERED | set(  # what else no person is called by, and a file's name may hold beside a person's
    re.findall(
        r"\S+",
        """final finished copy kopie copie copia solution solutions solved answer answers submission submitted version
        ver v draft ipynb json untitled checkpoint resubmission attempt""",
    )
)
GENERIC = ON_FILES | set(  # what folders are called that are nobody's
    re.findall(
        r"\S+",
        """done submissions jupyter late download downloads export exports file files of my old new backup src code work
        data docs documents desktop students class course section collected received moodle canvas gradescope
        brightspace blackboard classroom google drive d2l nbgrader coursekit learning tmp temp readme index roster
        instructions license grades""",
    )
)


def stem(name):
    """Return a file's name without its endings, however many.

    Parameters
    ----------
    name : str
        As it was handed in.

    Returns
    -------
    str
        The name itself if it has none.

    Examples
    --------
    >>> stem("05_mnist_lab.ipynb.txt"), stem("05.IPYNB"), stem("v1.2")
    ('05_mnist_lab', '05', 'v1.2')
    """
    return ENDING.sub("", name) or name


def composed(text):
    """Return a name in the form in which equal ones are equal: accents composed, its case as it is.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    str
        Fit to be shown.
    """
    return unicodedata.normalize("NFC", shown(text))


def plain(text):
    """Return a text as names are compared: composed, lower case, every run of white space and underscores one space.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    str
        Equal for names that look the same.

    Examples
    --------
    >>> plain("Ann_LEE ") == plain("ann  lee"), plain("e\u0301") == plain("é")
    (True, True)
    """
    return " ".join(composed(text).casefold().replace("_", " ").split())


def bare(text):
    """Return the words of a name without accents and signs.

    Parameters
    ----------
    text : str
        A name.

    Returns
    -------
    tuple of str
        In their order; ``"Lee, Ann"`` begins with the last name and is turned round.

    Examples
    --------
    >>> bare("Lee, Zoë"), bare("Anne-Marie O'Neil")
    (('zoe', 'lee'), ('anne', 'marie', 'oneil'))
    """
    last, comma, first = text.partition(",")
    text = f"{first} {last}" if comma and "," not in first else text
    spread = unicodedata.normalize("NFKD", shown(text).casefold().replace("'", "").replace("’", ""))
    letters = "".join(char for char in spread if not unicodedata.combining(char))
    return tuple(re.findall(r"[^\W_]+", letters.translate(LETTERS)))


LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i"})


def repaired(text):
    """Return a text whose UTF-8 was read in another encoding, as it was meant.

    Parameters
    ----------
    text : str
        Perhaps damaged.

    Returns
    -------
    str
        The text itself where it is not.

    Examples
    --------
    >>> repaired("MÃ¼ller"), repaired("M├╝ller"), repaired("Müller")
    ('Müller', 'Müller', 'Müller')
    """
    for encoding in ("cp1252", "latin-1", "cp437", "mac_roman", "cp850"):
        try:
            meant = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if meant != text:
            return meant
    return text


def called(text):
    """Return what to call somebody by the name of a file or folder: as it was meant, and fit to be shown.

    Parameters
    ----------
    text : str
        As it was handed in.

    Returns
    -------
    str
        On one line.
    """
    return shown(repaired(text))


def lesson_named(name, lessons):
    """Return the lesson that a name tells.

    Parameters
    ----------
    name : str
        Of a file or a folder, however it is written: ``05-MNIST lab (1).ipynb``, ``lab5_ann.IPYNB``.
    lessons : iterable of str
        Names as ``05_mnist_lab``.

    Returns
    -------
    str
        The lesson, or nothing where the name tells none, or two as well.
    """
    words = _words(name)
    ranks = sorted(((_rank(words, _words(lesson)), lesson) for lesson in lessons), reverse=True)
    if not ranks or not ranks[0][0] or (len(ranks) > 1 and ranks[0][0] == ranks[1][0]):
        return ""
    return ranks[0][1]


def without_lesson(name, lesson):
    """Return what stands first in a file's name beside the lesson, words that everybody uses, and numbers of copies.

    Parameters
    ----------
    name : str
        Without its endings.
    lesson : str
        As ``05_mnist_lab``; may be empty.

    Returns
    -------
    str
        A person, most often; may be empty.

    Examples
    --------
    >>> without_lesson("Ann_Lee_05-mnist-lab (1)", "05_mnist_lab"), without_lesson("lab5_ann", "05_mnist_lab")
    ('Ann_Lee', 'ann')
    """
    tokens = list(TOKEN.finditer(name))
    told = _told_by(tokens, lesson)
    start = next((i for i, gone in enumerate(told) if not gone), len(told))
    end = next((i for i in range(start, len(told)) if told[i]), len(told))
    return name[tokens[start].start() : tokens[end - 1].end()] if start < end else ""


def is_generic(name, lessons):
    """Say whether a name is nobody's: a lesson's, a number of a copy, a word such as "final" or "submissions".

    Parameters
    ----------
    name : str
        Of a folder or a file.
    lessons : iterable of str
        The course's lessons.

    Returns
    -------
    bool
        False for what may be a person.
    """
    lessons = list(lessons)
    named, words = lesson_named(name, lessons), _words(name)
    if named and not without_lesson(stem(name), named):
        return True
    topics = {word for lesson in lessons for word in _topic(_words(lesson))}
    return all(
        word in topics or word in GENERIC or len(word) == 1 or (word.isdecimal() and len(word) < 5) for word in words
    )


def _words(name):
    """Return the words and numbers of a name, in lower case."""
    return list(TOKEN.findall(unicodedata.normalize("NFKC", repaired(stem(name))).casefold()))


def _topic(words):
    """Return the words of a lesson's name without its number."""
    return [word for word in words if not word.isdecimal()]


def _number(words):
    """Return the number of a lesson, or None."""
    return next((int(word) for word in words if word.isdecimal()), None)


def _told_by(tokens, lesson):
    """Say for each word of a file's name whether it is the lesson's, everybody's, or the number of a copy."""
    topic, number = _topic(_words(lesson)), _number(_words(lesson))
    told = [_is_told(token[0].casefold(), topic) for token in tokens]
    for i, token in enumerate(tokens):
        glued = i and tokens[i - 1].end() == token.start() and not told[i - 1]
        if token[0].isdecimal() and not glued:
            beside = any(told[max(i - 1, 0) : i + 2])
            is_lesson = int(token[0]) == number and (beside or len(token[0]) == 2)
            told[i] = is_lesson or (len(token[0]) < 3 and beside and i > 0)
    return told


def _is_told(word, topic):
    """Say whether a word of a file's name is the lesson's, or everybody's."""
    joined = "".join(topic)
    close = [each for each in [*topic, joined] if len(each) > 3 and len(word) > 3]
    return word in ON_FILES or word in topic or word == joined or bool(difflib.get_close_matches(word, close, 1, CLOSE))


def _rank(words, lesson):
    """Return how surely these words name a lesson; 0 if they do not."""
    topic, number, joined = _topic(lesson), _number(lesson), "".join(words)
    numbers = [i for i, word in enumerate(words) if word.isdecimal() and number is not None and int(word) == number]
    whole = "".join(topic)
    if topic and (whole in joined if len(whole) > 4 or len(topic) > 1 else whole in words):
        return 5 if numbers else 4
    if topic and all(difflib.get_close_matches(word, words, 1, CLOSE) for word in topic):
        return 3.5 if numbers else 3
    if any(i and words[i - 1] in NUMBERED for i in numbers):
        return 2
    alone = len(numbers) == 1 == sum(map(str.isdecimal, words)) and len(words[numbers[0]]) == 2
    return 1 if alone and numbers[0] in (0, len(words) - 1) else 0
