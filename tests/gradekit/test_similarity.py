"""Copies are found whatever was done to hide them, and honest answers are left in peace."""

import inspect
import math
import re
import textwrap
from collections import defaultdict

import pytest

from gradekit.source.similarity import SHORTEST, WORD, compare, form, near_identical
from tests.gradekit.sample_gradebook import COPIED, STUBS, TRAIN
from tests.test_mistakes import ANSWERS

STUB = STUBS["05-softmax-regression"]


def class_of(answers, stub=STUB):
    """Return the gradebook of a class by its answers to one exercise."""
    return {
        "lessons": [{"name": "05", "checks": [], "stubs": {"answer": stub}}],
        "submissions": [
            {"student": student, "checks": [{"name": "check", "answers": {"answer": source}}]}
            for student, source in answers.items()
        ],
    }


def likeness(first, second):
    """Return how alike two answers are, if that is worth a report."""
    return [pair.likeness for pair in near_identical(class_of({"ann": first, "bob": second}))]


RENAMED = re.sub(r"\blosses\b", "history", re.sub(r"\bp\b", "probabilities", TRAIN))
COMMENTED = (
    TRAIN.replace("# scores", "").replace("m = len(x)", "m = len(x)  # examples").replace("Train.", "My own idea.")
)
SPELLED = (
    TRAIN.replace("0.95", "95e-2").replace("50", "50.0").replace("(theta, x,", "(theta, x: 'array',").replace("'", '"')
)
SWAPPED = TRAIN.replace("    m = len(x)\n    losses = []", "    losses = []\n    m = len(x)")


@pytest.mark.parametrize("copy", [TRAIN, RENAMED, COMMENTED, SPELLED, SWAPPED, COPIED], ids=range(6))
def test_a_copy_is_found_through_its_disguise(copy):
    """New names, other comments, numbers written otherwise, types, statements in another order, all of it at once."""
    assert likeness(TRAIN, copy) == [1.0]


def test_a_copy_with_a_line_added_is_found():
    """It is a little less alike."""
    padded = TRAIN.replace("    losses = []", "    losses = []\n    unused = 0")
    [found] = likeness(TRAIN, padded)
    assert 0.9 <= found < 1


@pytest.mark.parametrize(
    "copy",
    [f"%matplotlib inline\n{TRAIN}\ntheta?", f"%%time\n{TRAIN}\n", f"_ = !true\n{TRAIN}", f">>> pass\n{TRAIN}"],
    ids=range(4),
)
def test_lines_of_ipython_hide_no_copy(copy):
    """They are no part of the answer."""
    assert likeness(TRAIN, copy) == [1.0]


def test_the_threshold_is_the_least_that_is_reported():
    """A pair as alike as that is in, and one a little less alike is out; by default that is nine tenths."""
    padded = TRAIN.replace("    losses = []", "    losses = []\n    unused = 0")
    book = class_of({"ann": TRAIN, "bob": padded})
    [pair] = near_identical(book)
    assert near_identical(book, threshold=pair.likeness) == [pair]
    assert near_identical(book, threshold=math.nextafter(pair.likeness, 1)) == []
    [below] = near_identical(class_of({"ann": TRAIN, "bob": unlike(2)}), threshold=0.8)
    assert likeness(TRAIN, unlike(1)) and 0.88 < below.likeness < 0.9 and likeness(TRAIN, unlike(2)) == []


def unlike(number):
    """Return the answer with some statements of another author's."""
    more = "".join(f"    extra = iters * {i} - alpha\n" for i in range(number))
    return TRAIN.replace("    losses = []\n", f"    losses = []\n{more}")


def words_in(source):
    """Return how many words the form of an answer has."""
    return sum(len(WORD.findall(line)) for line in form(source))


def test_the_shortest_answer_that_tells_has_sixty_words():
    """One of fewer is left out."""
    body = "def f(x):\n" + "".join(f"    a{i} = x\n" for i in range(16))
    texts = [f"{body}    return {'-' * k}x\n" for k in range(9)]
    by_length = {words_in(text): text for text in texts}
    assert SHORTEST == 60 and {59, 60} <= by_length.keys()
    assert likeness(by_length[60], by_length[60]) == [1.0]
    assert likeness(by_length[59], by_length[59]) == []


def test_three_may_have_copied_and_four_are_a_crowd():
    """In a class so small that a twentieth of it is less than that."""
    for many in (3, 4):
        answers = {f"s{i}": TRAIN.replace("losses", f"l{i}") for i in range(many)}
        pairs, common = compare(class_of(answers))
        assert (len(pairs), common) == ((3, []) if many == 3 else (0, [("check", 4, 1.0)]))


def test_a_twentieth_of_a_large_class_may_have_copied():
    """Four of eighty are no crowd; four of seventy-nine are."""
    noise = "    t{0} = np.ones({0}) ** {1} + np.cos(theta[{0}:{1}])\n    u{0} = t{0} // {1} if x[{1}] else y - {0}\n"
    for many in (80, 79):
        answers = {}
        for i in range(many - 4):
            body = "".join(noise.format(i + j, 7 * i + j) for j in range(6))
            answers[f"o{i:03}"] = f"def f(theta, x, y):\n{body}    return y"
        answers |= {f"s{i}": TRAIN.replace("losses", f"l{i}") for i in range(4)}
        assert len(compare(class_of(answers))[0]) == (6 if many == 80 else 0)


def test_another_solution_is_not_a_copy():
    """It does the same, in other words."""
    other = """def softmax_regression(theta, x, y, iters, alpha):
    w, losses = theta.T.copy(), []
    for i in range(iters):
        z = x @ w
        p = np.exp(z - z.max(1)[:, None])
        p /= p.sum(1)[:, None]
        losses += [np.mean([-np.log(p[j, y[:, j].argmax()]) for j in range(len(p))])]
        w -= alpha * 0.95 ** np.floor(i / 50) * x.T @ (p - y.T) / len(x)
    return np.array(losses), w.T"""
    assert likeness(TRAIN, other) == []


def test_right_answers_of_the_banks_are_not_reported():
    """Honest answers to every exercise of the course, in different styles but by few hands, and no false alarm."""
    banks = defaultdict(dict)
    for answer in ANSWERS:
        if not answer.hint and inspect.isfunction(answer.function):
            source = textwrap.dedent(inspect.getsource(answer.function))
            banks[answer.exercise][answer.function.__name__] = re.sub(r"^@.*\n", "", source)
    found = {name: near_identical(class_of(bank, f"def {name}(x):\n    pass")) for name, bank in banks.items()}
    assert len(found) > 20 and {name: pairs for name, pairs in found.items() if pairs} == {}


def test_short_answers_tell_nothing():
    """Two honest answers of three lines may well be the same."""
    short = "def predict(images, theta):\n    scores = theta @ images.T\n    return scores.argmax(axis=0)"
    assert sum(len(WORD.findall(line)) for line in form(short)) < SHORTEST
    assert likeness(short, short) == []


def test_what_was_handed_out_does_not_count():
    """Two who wrote little under a long template are not alike."""
    template = TRAIN.replace("softmax_regression", "helper")
    answers = {name: f"{template}\n\ndef f(x):\n    return x + {name}" for name in ("ann", "bob")}
    assert near_identical(class_of(answers, template)) == []
    assert near_identical(class_of(answers, "")) != []


def test_what_everybody_writes_is_told_once_and_nobody_is_accused():
    """Its share of the class is reported instead; two who share another form are still found."""
    odd = TRAIN.replace("len(x)", "x.shape[0] + sum([0, 0]) - max(0, 0)").replace("(p - y) @ x", "np.dot(p - y, x) * 1")
    answers = {f"s{i}": TRAIN.replace("losses", f"l{i}") for i in range(8)} | {"ann": odd, "bob": odd}
    pairs, common = compare(class_of(answers))
    assert [pair[:3] for pair in pairs] == [("check", "ann", "bob")]
    assert common == [("check", 8, 0.8)]


def test_text_that_is_no_python_is_compared_as_text():
    """A syntax error hides nothing."""
    broken = TRAIN.replace("return losses, theta", "return losses theta")
    assert likeness(broken, broken.replace("# scores", "# mine")) == [1.0]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\x00",
        "\ud800",
        "(" * 5000,
        "x = " + "-" * 50_000 + "1",
        "9" * 6000,
        "0x" + "f" * 5000,
        "1e999",
        "'\\d'",
        "f'{x!r:>{w}}'",
    ],
    ids=range(10),
)
def test_no_answer_breaks_the_comparison(source):
    """Deep nesting, huge numbers, half characters and odd escapes included."""
    assert isinstance(form(source), tuple)
    assert likeness(source, TRAIN) == []


def test_a_whole_class_is_compared():
    """300 answers, each another one, with three pairs of copies among them."""
    noise = "    t{0} = np.ones({0}) ** {1} + np.cos(theta[{0}:{1}])\n    u{0} = t{0} // {1} if x[{1}] else y - {0}\n"
    answers = {}
    for i in range(300):
        body = "".join(noise.format(i + j, 7 * i + j) for j in range(6))
        answers[f"s{i:03}"] = f"def f(theta, x, y):\n{body}    return y"
    for i in range(3):
        answers[f"s{100 + i}"] = re.sub(r"\bt(\d)", r"mine\1", answers[f"s00{i}"].replace("theta", "weights"))
    pairs, common = compare(class_of(answers))
    assert [(pair.first, pair.second) for pair in pairs] == [(f"s00{i}", f"s10{i}") for i in range(3)]
    assert common == []
