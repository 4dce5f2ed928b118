"""A question with options: each wrong one has its reason, and no message gives the right one away."""

import pytest

from coursekit.check import CheckFailed
from coursekit.check.choice import choice

REASONS = {
    "a": "A mean of three numbers divides by 3.",
    "b": "That is the sum. A mean divides it by how many there are.",
    "c": "That is the middle one. It is the median.",
}
MEAN = choice("90-mean-of-three", "a", REASONS)


@pytest.mark.parametrize("letter", ["a", "A", " a.", "(a)"])
def test_the_right_letter_passes_however_written(letter, capsys):
    """And is told why."""
    MEAN(lambda: letter)
    assert capsys.readouterr().out == f"✓ mean_of_three: {REASONS['a']}\n"


@pytest.mark.parametrize("letter", ["b", "c"])
def test_a_wrong_letter_gets_its_reason(letter):
    """First where to look, then why; never the right letter."""
    said = []
    for more in (False, True, True):
        with pytest.raises(CheckFailed) as error:
            MEAN(lambda: letter, more=more)
        said.append(str(error.value))
    assert all(sentence in said[-1] for sentence in REASONS[letter].split(". "))
    assert "More:" in said[0] and "More:" not in said[-1]
    assert not any("should be" in text or REASONS["a"] in text for text in said)


@pytest.mark.parametrize("value", ["d", "", "a mean", None, 3, ("a",)])
def test_what_is_no_letter_is_told_which_there_are(value):
    """And what came."""
    with pytest.raises(CheckFailed, match=r"must return one of the letters a, b, c, in quotes; it returned"):
        MEAN(lambda: value)


def test_unwritten_and_hidden(capsys):
    """No answer stops nothing; the hidden part prints the letter and no reason."""

    def todo():
        raise NotImplementedError

    MEAN(todo)
    assert capsys.readouterr().out == "○ mean_of_three: not written yet.\n"
    with pytest.raises(NotImplementedError):
        MEAN.hidden(todo, seed=1)
    MEAN.hidden(lambda: "B", seed=1)
    assert capsys.readouterr().out == "-> 'b'\n"
    MEAN.hidden(lambda: MEAN.reference(), seed=1)
    assert "-> called check.mean_of_three.reference" in capsys.readouterr().out


def test_a_choice_that_raises_is_told_its_line():
    """Without inputs there is nothing that it was called with."""
    with pytest.raises(CheckFailed) as error:
        MEAN(lambda: 1 / 0)
    assert "raised ZeroDivisionError" in str(error.value) and "called with" not in str(error.value)
