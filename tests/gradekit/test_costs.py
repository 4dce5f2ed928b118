"""What broken rules cost together, and that no sentence about it is false."""

import re

import pytest

from gradekit.source.costs import cost, explain
from gradekit.source.rules import Breach


def breach(why, share, line=1, answer="", edit=""):
    """Return a breach of one rule."""
    return Breach(line, f"text {line}", why, share, edit, answer)


def taken(sentences):
    """Return the shares that sentences say to cost, in percent."""
    shares = [re.findall(r"It costs (?:(all)|([\d.]+) %)", sentence) for sentence in sentences]
    return [100.0 if every else float(some) for found in shares for every, some in found]


@pytest.mark.parametrize(
    ("breaches", "share"),
    [
        ([], 0.0),
        ([("loop", 0.0)], 0.0),
        ([("loop", 0.5)], 0.5),
        ([("loop", 0.5), ("loop", 0.5)], 0.5),
        ([("loop", 0.5), ("loop", 0.0)], 0.5),
        ([("loop", 0.0), ("loop", 0.5)], 0.5),
        ([("loop", 0.25), ("loop", 0.5), ("call", 0.25)], 0.75),
        ([("loop", 0.5), ("call", 0.5)], 1.0),
        ([("loop", 0.75), ("call", 0.75)], 1.0),
        ([("loop", 1), ("call", 1), ("other", 0)], 1.0),
    ],
)
def test_each_rule_costs_once_and_all_of_them_no_more_than_all_points(breaches, share):
    """A rule costs what its dearest line costs, in whatever order the lines come; and that is what is said."""
    found = [breach(why, part, line) for line, (why, part) in enumerate(breaches, 1)]
    assert cost(found) == share
    said = explain(found, str)
    if sum(dict(sorted(breaches)).values()) <= 1:
        assert sum(taken(said)) == 100 * share
        assert not any("ogether" in sentence for sentence in said)
    else:
        assert taken(said) == [] and said[-1] == "Together, these rules cost all points and no more."


def test_what_costs_nothing_is_said_to_cost_nothing():
    """Only that, and where one line of a rule costs, the rule costs."""
    free, loop = breach("may hold a loop", 0.0), breach("holds a loop", 0.5, 2)
    assert explain([free, loop], str) == [
        "Rule: may hold a loop (line 1: text 1). It costs nothing; your instructor sees it.",
        "Rule: holds a loop (line 2: text 2). It costs 50 % of the points.",
    ]
    both = explain([breach("loop", 0.5), breach("loop", 0.0, 2)], str)
    assert both == ["Rule: loop (line 1: text 1; line 2: text 2). It costs 50 % of the points."]


def test_what_takes_nothing_is_said_to_take_nothing():
    """A wrong answer has no points to lose, and a mark by hand stands."""
    loop = [breach("loop", 1.0)]
    assert explain(loop, str, is_right=False) == [
        "Rule: loop (line 1: text 1). It would cost all points of a right answer."
    ]
    by_hand = "Rule: loop (line 1: text 1). By the rules it costs all points; these points were set by hand."
    assert explain(loop, str, is_by_hand=True) == explain(loop, str, is_right=False, is_by_hand=True) == [by_hand]


def test_two_rules_that_cost_more_than_all_points():
    """Each is told with what it would cost alone, and then what both cost, whatever becomes of the answer."""
    both = [breach("loop", 0.75), breach("call", 0.5, 2)]
    assert explain(both, str) == [
        "Rule: loop (line 1: text 1). Alone it would cost 75 % of the points.",
        "Rule: call (line 2: text 2). Alone it would cost 50 % of the points.",
        "Together, these rules cost all points and no more.",
    ]
    wrong = explain(both, str, is_right=False)
    assert len(wrong) == 2 and all("would cost" in sentence and "of a right answer" in sentence for sentence in wrong)
    assert all("set by hand" in sentence for sentence in explain(both, str, is_by_hand=True))


def test_the_edit_and_the_cell_are_told():
    """What to do once for each rule; which cell where there are several."""
    found = [breach("loop", 0.5, 1, "05-a", "Use a sum."), breach("loop", 0.5, 3, "05-b", "Use a sum.")]
    [said] = explain(found, str)
    assert (
        said == "Rule: loop (line 1 of 05-a: text 1; line 3 of 05-b: text 3). It costs 50 % of the points. Use a sum."
    )


def test_what_a_student_wrote_is_made_fit_to_print():
    """Every text that is quoted goes through what makes it so."""
    assert explain([breach("loop", 0.0)], lambda text: text.upper())[0].startswith("Rule: LOOP (line 1: TEXT 1).")


@pytest.mark.parametrize(
    ("share", "said"), [(1 / 3, "33.33 %"), (0.125, "12.5 %"), (0.999, "99.9 %"), (1, "all points")]
)
def test_shares_are_short(share, said):
    """Four digits are enough."""
    assert f"It costs {said}" in explain([breach("loop", share)], str)[0]
