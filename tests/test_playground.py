"""The playground without a browser: weights, points, running, data sets, the line of text."""

import asyncio

import numpy as np
import pytest

from coursekit import sliders
from coursekit.sliders.board import objective
from coursekit.sliders.explorer import AHEAD


@pytest.fixture
def widget():
    """Return a playground."""
    return sliders.playground()


def press(widget, text):
    """Press the button with this text."""
    rows = [row.children for row in widget.children if hasattr(row, "children")]
    (button,) = [
        one for row in rows for one in row if getattr(one, "description", "") == text and hasattr(one, "click")
    ]
    button.click()


def tell(widget, deed, point, **more):
    """Do to a point what the page's hand would do."""
    widget.picture._handle_custom_msg({"deed": deed, "point": point, **more}, [])


def turn(widget, row, column, value):
    """Set a weight as the table in the page does."""
    widget.table._handle_custom_msg({"row": row, "column": column, "value": value}, [])


def in_a_kernel(*moves, rest=0.2):
    """Call functions one after another as a kernel does, in an event loop."""

    async def run():
        for move in moves:
            move()
            await asyncio.sleep(rest)

    asyncio.run(run())


# weights and steps


def test_a_weight_moves_the_picture_and_has_no_bound(widget):
    """It is kept, shown and described as it was given; the gradient beside it is that of the objective."""
    for value in (2.5, -37.25):
        before = widget.picture.png
        turn(widget, 2, 2, value)
        assert widget.W[2, 2] == value == widget.table.table["W"][2][2]
        assert f"b_C {value}" in widget.picture.description
        assert widget.picture.png != before
        np.testing.assert_array_equal(widget.table.table["dW"], objective(widget.W, widget.X, widget.y)[1])


@pytest.mark.parametrize("value", [np.nan, np.inf, -1e300])
def test_a_weight_that_is_no_number_is_refused(widget, value):
    """The old one stays, and the message says what is possible."""
    turn(widget, 0, 0, value)
    assert widget.W[0, 0] == 1 and widget.picture.failed
    assert "a weight must be a number between -1e+12 and 1e+12" in widget.picture.message


@pytest.mark.parametrize("loss", ["softmax", "Weston-Watkins", "one against all", "Crammer-Singer"])
def test_a_step_is_gradient_descent(widget, loss):
    """The weights move against the gradient by the learning rate, exactly; the table counts."""
    widget.controls["loss"].value, widget.controls["l2"].value = loss, 0.1
    W, rate = widget.W, widget.values["learning_rate"]
    expected = W - rate * objective(W, widget.X, widget.y, loss=loss, l2=0.1)[1]
    press(widget, "step")
    np.testing.assert_array_equal(widget.W, expected)
    assert widget.table.table["W"] == expected.tolist() and widget.table.table["step"] == 1


def test_the_learning_rate_tells_what_the_next_step_comes_to(widget):
    """Beside the objective stands that after one more step."""
    for rate in (0.1, 10.0):
        widget.controls["learning_rate"].value = rate
        W = widget.W - rate * objective(widget.W, widget.X, widget.y)[1]
        value = objective(W, widget.X, widget.y)[0]
        assert widget.renderer.figure.axes[3].get_title().endswith(f", next {value:.3g}")


def test_training_lowers_the_loss_and_shows_each_step(widget):
    """Twenty pictures, each with its step below."""
    told = []
    widget.picture.observe(lambda change: told.append(change.new), "message")
    press(widget, "100 steps")
    assert widget.history[-1] < widget.history[0] / 3
    assert told[0] == "training: step 5" and told[-1] == "" and len(told) == 21
    assert len(widget.history) == 100 == widget.board.step


def test_run_goes_on_until_it_is_paused(widget):
    """The button says what it does next; a hand on a slider or a point joins in and does not end the run."""
    seen = []

    def look():
        seen.append((widget.run_button.description, widget.board.step))

    moves = (
        lambda: press(widget, "run"),
        look,
        lambda: widget.controls["l2"].set_trait("value", 0.1),
        lambda: tell(widget, "move", 0, x=0.2, y=0.3),
        lambda: turn(widget, 0, 0, 7.0),
        look,
        lambda: press(widget, "pause"),
        look,
        look,
    )
    in_a_kernel(*moves)
    labels, steps = zip(*seen, strict=True)
    assert labels == ("pause", "pause", "run", "run")
    assert 0 < steps[0] < steps[1] <= steps[2] == steps[3]
    assert widget.error is None and widget.X[0, 0] != 0.5


def test_steps_per_picture_make_a_run_faster(widget):
    """A hundred steps between two pictures."""
    widget.controls["steps_per_picture"].value = 100
    in_a_kernel(lambda: press(widget, "run"), lambda: press(widget, "pause"))
    assert widget.board.step >= 100 and widget.board.step % 100 == 0


def test_a_run_waits_for_the_page(widget, monkeypatch):
    """A page that has shown a picture and then shows none is sent no more than a few, until patience ends."""
    monkeypatch.setattr("coursekit.sliders.explorer.PATIENCE", 60)
    widget.picture.seen = widget.picture.frame = 1
    in_a_kernel(lambda: press(widget, "run"), rest=0.6)
    assert widget.picture.frame == 1 + AHEAD + 1


def test_a_run_ends_where_the_gradient_is_0(widget):
    """The SVM stands still, and the message says why; softmax has always something to do."""
    widget.controls["loss"].value = "Weston-Watkins"
    widget.run()
    assert 0 < widget.board.step < 1000 and widget.run_button.description == "run"
    assert widget.picture.message.endswith("the gradient is 0, so no step moves the weights")
    assert "0: nothing is left" in [text.get_text() for text in widget.renderer.figure.axes[3].texts][-1]
    step = widget.board.step
    press(widget, "step")
    assert widget.board.step == step
    widget.controls["loss"].value = "softmax"
    assert widget.picture.message == ""
    press(widget, "step")
    assert widget.board.step == step + 1


def test_weights_that_grow_without_end_are_stopped(widget):
    """The message names the edit, and the picture can still be drawn."""
    widget.controls["l2"].value, widget.controls["learning_rate"].value = 1.0, 10.0
    widget.run()
    assert "Lower the learning rate" in widget.picture.message
    assert np.isfinite(widget.W).all() and widget.error is None


def test_reset_goes_back_to_the_start(widget):
    """Weights and counter; the points stay. Other weights are another start, which reset keeps."""
    tell(widget, "relabel", 0, label=1)
    widget.train(3)
    press(widget, "reset")
    np.testing.assert_array_equal(widget.W, [[1, 0, 0], [0, 1, 0], [0, 0, 0]])
    assert (widget.history, widget.board.step, widget.y[0]) == ([], 0, 1)
    widget.randomise(np.random.default_rng(1))
    other = np.random.default_rng(1).normal(0, 1, (3, 3)).round(1)
    np.testing.assert_array_equal(widget.W, other)
    widget.train(3)
    press(widget, "reset")
    np.testing.assert_array_equal(widget.W, other)


def test_a_failing_button_says_so(widget, monkeypatch):
    """One line under the picture, as for a slider."""
    monkeypatch.setattr(type(widget), "W", property(lambda self: 1 / 0))
    press(widget, "step")
    assert widget.picture.failed and "ZeroDivisionError" in widget.picture.message


# points


def test_a_hand_moves_its_point(widget):
    """The point goes where the hand is, at hundredths, and stays in the plane; no other point moves."""
    places, first = [dict(handle) for handle in widget.picture.handles], widget.X.copy()
    tell(widget, "move", 1, x=places[0]["x"], y=places[1]["y"])
    tell(widget, "move", 2, x=places[2]["x"], y=-5.0)
    assert widget.X[1].tolist() == [first[0, 0], first[1, 1]]
    assert widget.X[2, 1] == 3.0
    np.testing.assert_array_equal(np.delete(widget.X, [1, 2], axis=0), np.delete(first, [1, 2], axis=0))


def test_handles_are_named_and_lie_on_their_points(widget):
    """A screen reader hears which point it is and how it moves; a moved point's handle is where it is."""
    assert widget.picture.handles[4]["label"] == "point 5, class B: move with the arrow keys"
    left, top, right, _ = widget.picture.area
    tell(widget, "move", 4, x=left, y=top)
    assert widget.X[4].tolist() == [-3, 3]
    assert [widget.picture.handles[4][c] for c in "xy"] == pytest.approx([left, top])
    assert widget.picture.rows[0] > right


def test_points_are_added_relabelled_and_removed(widget):
    """By messages of the page and by buttons; the selection follows, and the weights stay."""
    W = widget.W
    tell(widget, "select", 4)
    tell(widget, "add", 4)
    assert (len(widget.y), widget.y[12], widget.picture.selected) == (13, 1, 12)
    press(widget, "next class")
    assert widget.y[12] == 2 and "class C" in widget.picture.handles[12]["label"]
    tell(widget, "relabel", 12, label=0)
    assert widget.y[12] == 0
    press(widget, "remove point")
    assert (len(widget.y), widget.picture.selected, len(widget.picture.handles)) == (12, 11, 12)
    tell(widget, "add", -1, x=0.2, y=0.4)
    assert widget.y[12] == 0
    press(widget, "points back")
    assert widget.X.shape == (12, 2)
    np.testing.assert_array_equal(widget.W, W)


def test_a_fourth_class_gets_a_column_of_zeros(widget):
    """Both the weights now and the start; it is drawn, described and reset."""
    tell(widget, "relabel", 3, label=3)
    assert widget.W.shape == (3, 4) and not widget.W[:, 3].any()
    assert "b_D 0.0" in widget.picture.description
    press(widget, "reset")
    assert widget.W.shape == (3, 4) and widget.error is None


def test_without_a_selected_point_a_button_says_what_to_do(widget):
    """Nothing happens to the points."""
    press(widget, "remove point")
    assert "select one first" in widget.picture.message and len(widget.y) == 12


def test_one_point_must_stay():
    """A mean over no points is no number."""
    widget = sliders.playground([[0, 1]], [0])
    tell(widget, "remove", 0)
    assert "one must stay" in widget.picture.message and len(widget.y) == 1
    assert widget.train(2) is None and widget.board.step == 2


def test_hover_marks_point_and_bar_and_tells_the_point(widget):
    """The ring, the frame and the sentence; after leaving, those of the selected point."""
    tell(widget, "select", 0)
    first = widget.picture.png
    tell(widget, "hover", 2)
    assert widget.picture.message.startswith(
        "point 3, class A, at (1.90, 0.70): scores A 1.90, B 0.70, C 0.00; margin 1.20;"
    )
    assert widget.picture.png != first
    tell(widget, "hover", -1)
    assert widget.picture.message.startswith("point 1, ") and widget.picture.png == first


# data


@pytest.mark.parametrize(("name", "k"), [("separable", 3), ("overlapping", 3), ("rings", 2), ("XOR", 2)])
def test_sets_are_chosen_by_a_word(widget, name, k):
    """Points, as many classes as they need, a test set, and step 0."""
    widget.train(2)
    widget.controls["data"].value = "rings" if name != "rings" else "XOR"
    widget.controls["data"].value = name
    assert (widget.W.shape, widget.board.step, widget.history) == ((3, k), 0, [])
    assert len(widget.board.test[1]) > 2 * len(widget.y)
    assert len(widget.picture.handles) == len(widget.y)


@pytest.mark.parametrize(
    ("name", "reached"), [("separable", True), ("overlapping", False), ("rings", False), ("XOR", False)]
)
def test_only_one_set_is_separable(widget, name, reached):
    """The SVM comes to rest there and nowhere else."""
    widget.controls["data"].value = name
    widget.controls["loss"].value, widget.controls["learning_rate"].value = "Weston-Watkins", 0.1
    widget.train(400)
    assert (widget.table.table["dW"] == [[0.0] * widget.W.shape[1]] * 3) == reached


def test_the_test_set_is_shown_when_asked_for(widget):
    """Its share stands in the title, and its loss is drawn at each step."""
    titles = lambda: [ax.get_title() for ax in widget.renderer.figure.axes]  # noqa: E731
    widget.train(5)
    assert "test" not in titles()[0] and len(widget.renderer.figure.axes[3].lines) == 2
    widget.controls["test_set"].value = "shown"
    assert titles()[0].endswith("of the test points")
    X, y = widget.board.test
    dotted = widget.renderer.figure.axes[3].lines[-1]
    assert dotted.get_ydata()[-1] == pytest.approx(objective(widget.W, X, y)[0]) and len(dotted.get_ydata()) == 6


def test_own_points_have_a_test_set_if_one_is_given():
    """The same shapes as of the points."""
    widget = sliders.playground([[0, 1], [1, 0]], [0, 1], X_test=[[2, 2]], y_test=[2])
    assert widget.W.shape == (3, 3) and widget.values["data"] == "own table"
    assert widget.board.test[0].tolist() == [[2, 2]]


def test_a_table_can_be_pasted(widget):
    """Names of columns are passed over, classes become letters, large values are scaled, and the message says how."""
    widget.pasted.value = "petal\tlength\tkind\n1,5\t2\tsetosa\n7\t8\tvirginica\ttest\n3\t4\tvirginica\n"
    press(widget, "read table")
    assert widget.picture.message == (
        "2 points, 1 for the test; A = setosa, B = virginica; "
        "scaled: x1 = (value - 4.25) / 1.019, x2 = (value - 5) / 1.111"
    )
    assert (widget.y.tolist(), widget.board.test[1].tolist(), widget.values["data"]) == ([0, 1], [1], "own table")
    tell(widget, "move", 0, x=0.2, y=0.3)
    press(widget, "points back")
    np.testing.assert_allclose(widget.X[0], [-2.7, -2.7])


def test_a_table_that_cannot_be_read_changes_nothing(widget):
    """The line is named; so is the field to paste into, if there is no table yet."""
    widget.pasted.value = "1 2 A\n1 x B"
    press(widget, "read table")
    assert "cannot read line 2 of the table, '1 x B'" in widget.picture.message and widget.picture.failed
    widget.controls["data"].value = "own table"
    assert "paste a table into the field" in widget.picture.message and not widget.picture.failed
    assert widget.values["data"] == "separable" and len(widget.y) == 12


# the line of text


def test_the_line_of_text_brings_everything_back(widget):
    """Into another playground, exactly; the line below the picture is that line."""
    widget.controls["data"].value, widget.controls["loss"].value = "overlapping", "Crammer-Singer"
    widget.controls["l2"].value, widget.controls["learning_rate"].value = 0.03, 0.01
    widget.train(7)
    tell(widget, "relabel", 0, label=3)
    assert widget.line.value == widget.text and "\n" not in widget.text
    other = sliders.playground()
    other.line.value = widget.text
    assert (other.text, other.values) == (widget.text, widget.values)
    np.testing.assert_array_equal(other.W, widget.W)
    np.testing.assert_array_equal(other.board.test[0], widget.board.test[0])
    press(other, "reset")
    assert other.board.step == 0 and not other.W[2].any()


def test_a_line_that_cannot_be_loaded_changes_nothing(widget):
    """Not even the settings before the part that is wrong."""
    before = widget.text
    widget.line.value = before.replace("rate: 0.1", "rate: 10").replace("loss: softmax", "loss: hinge")
    assert "hinge" in widget.picture.message and widget.picture.failed
    assert widget.text == before
    with pytest.raises(ValueError, match="needs a part 'points"):
        widget.load("loss: softmax")


def test_what_nbval_compares_is_what_a_saved_lesson_holds(widget):
    """The text of the output names the loss, its settings and every weight."""
    assert widget._repr_mimebundle_()[0]["text/plain"] == (
        "slider: loss softmax, learning_rate 0.1, l2 0, w1_A 1.0, w1_B 0.0, w1_C 0.0, "
        "w2_A 0.0, w2_B 1.0, w2_C 0.0, b_A 0.0, b_B 0.0, b_C 0.0"
    )


@pytest.mark.parametrize(("X", "y"), [([[0, 4]], [0]), ([[0, 1]], [4]), ([[0, 1]], [0, 1]), ([], []), ([[0, 1]], None)])
def test_points_that_do_not_fit_are_refused(X, y):
    """The error says what fits."""
    with pytest.raises(
        ValueError, match=r"X must be \(m, 2\) within -3..3, m at most 100, and y m labels of 0, 1, 2, 3"
    ):
        sliders.playground(X, y)
