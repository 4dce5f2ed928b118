"""Answers to the exercises of notebook 15, faster descent."""

from functools import partial

import numpy as np

from tests.mistakes import equal, right, wrong


def named(name, function):
    """Give a callable a name, where it has none of its own."""

    def call(*inputs):
        return function(*inputs)

    call.__name__ = name
    return call


# momentum_descent

# what was met later


@wrong("momentum_descent", "The two lines stand in the wrong order")
def lines_in_the_wrong_order(gradient, w, learning_rate, beta, steps):
    d, path = np.zeros(len(w)), [w]
    for _ in range(steps):
        w = w - learning_rate * d
        d = beta * d + gradient(w)
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "There is no row left for the last place")
def no_row_for_the_start(gradient, w, learning_rate, beta, steps):
    path = np.zeros((steps, len(w)))
    path[0], d = w, 0
    for i in range(steps):
        d = beta * d + gradient(path[i])
        path[i + 1] = path[i] - learning_rate * d
    return path


@wrong("momentum_descent", "cut to whole numbers where w holds whole numbers")
def rows_of_the_type_of_w(gradient, w, learning_rate, beta, steps):
    path = np.array([w] * (steps + 1))
    d = 0
    for i in range(steps):
        d = beta * d + gradient(path[i])
        path[i + 1] = path[i] - learning_rate * d
    return path


@wrong("momentum_descent", "it is one long vector")
def appended_without_axis(gradient, w, learning_rate, beta, steps):
    path, d = w, 0
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path = np.append(path, w)
    return path


@wrong("momentum_descent", "as in Adam")
def mean_with_correction(gradient, w, learning_rate, beta, steps):
    path, d = [w], 0
    for t in range(1, steps + 1):
        d = beta * d + (1 - beta) * gradient(w)
        w = w - learning_rate * d / (1 - beta**t)
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "raised to the number of the step")
def beta_to_a_power(gradient, w, learning_rate, beta, steps):
    path, d = [w], 0
    for t in range(steps):
        d = beta**t * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "the newest gradient is added twice")
def gradient_and_beta_gradient(gradient, w, learning_rate, beta, steps):
    path = [w]
    for _ in range(steps):
        g = gradient(w)
        w = w - learning_rate * (g + beta * g)
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "multiplied by 1 - beta")
def friction(gradient, w, learning_rate, beta, steps):
    path, d = [w], 0
    for _ in range(steps):
        d = (1 - beta) * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "it does not start at 0")
def direction_of_ones(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.ones(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "or the start in none")
def start_not_stored(gradient, w, learning_rate, beta, steps):
    path, d = np.zeros((steps + 1, len(w))), 0
    for i in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path[i + 1] = w
    return path


@wrong("momentum_descent", "the start stands there twice")
def start_kept_twice(gradient, w, learning_rate, beta, steps):
    path, d = [w], 0
    path.append(w)
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "Return the path alone")
def place_too(gradient, w, learning_rate, beta, steps):
    path, d = [w], 0
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return w, np.array(path)


@wrong("momentum_descent", "cannot put fractions into them")
def moved_in_place_and_copied(gradient, w, learning_rate, beta, steps):
    path, d = [w.copy()], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w -= learning_rate * d
        path.append(w.copy())
    return np.array(path)


@wrong("decayed_rate", "multiplied by the number of cuts")
def number_of_cuts_times(start, factor, every, step):
    cuts = step // every
    return start * factor * cuts if cuts > 0 else start


@wrong("decayed_rate", "`factor`, and the argument `every`")
def as_in_the_lab(start, factor, every, step):
    return start * 0.95 ** (step // 50)


@wrong("decayed_rate", "no place for step itself")
def list_of_all_rates(start, factor, every, step):
    rates = [start * factor ** (i // every) for i in range(step)]
    return rates[step]


@wrong("decayed_rate", "** comes before /")
def no_brackets(start, factor, every, step):
    return start * factor**step / every


@wrong("decayed_rate", "The power of the factor is added or subtracted")
def power_subtracted(start, factor, every, step):
    return start - factor ** (step // every)


@wrong("decayed_rate", "Before the first cut nothing comes back")
def nothing_at_first(start, factor, every, step):
    if step >= every:
        return start * factor ** (step // every)


@wrong("decayed_rate", "Return the rate alone")
def rate_and_cuts(start, factor, every, step):
    cuts = step // every
    return start * factor**cuts, cuts


@wrong("decayed_rate", "rounded to the nearest")
def rounded_by_python(start, factor, every, step):
    return start * factor ** round(step / every)


@wrong("momentum_descent", "the start is missing")
def only_the_steps_in_a_list(gradient, w, learning_rate, beta, steps):
    path, d = [], 0
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


ROLL = "momentum_descent"


@right(ROLL)
def direction_then_step(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@right(ROLL)
def rate_inside_the_velocity(gradient, w, learning_rate, beta, steps):
    path, v = np.zeros((steps + 1, len(w))), 0
    path[0] = w
    for t in range(steps):
        v = beta * v - learning_rate * gradient(path[t])
        path[t + 1] = path[t] + v
    return path


@right(ROLL)
def from_the_last_two_places(gradient, w, learning_rate, beta, steps):
    before, now, path = w, w, [list(w)]
    for _ in range(steps):
        before, now = now, now - learning_rate * gradient(now) + beta * (now - before)
        path.append(list(now))
    return path


@right(ROLL)
def all_gradients_weighted(gradient, w, learning_rate, beta, steps):
    path, slopes = [np.asarray(w, float)], []
    while len(path) <= steps:
        slopes.append(gradient(path[-1]))
        d = sum(beta ** (len(slopes) - 1 - i) * g for i, g in enumerate(slopes))
        path.append(path[-1] - learning_rate * d)
    return np.vstack(path)


@wrong(ROLL, "a running mean")
def running_mean(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + (1 - beta) * gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "this is plain descent")
def plain(gradient, w, learning_rate, beta, steps):
    path = [w]
    for _ in range(steps):
        w = w - learning_rate * gradient(w)
        path.append(w)
    return np.array(path)


@wrong(ROLL, "set to 0 inside the loop")
def set_to_zero_inside(gradient, w, learning_rate, beta, steps):
    path = [w]
    for _ in range(steps):
        d = 0
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "along the old direction")
def old_direction(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        g = gradient(w)
        w = w - learning_rate * d
        d = beta * d + g
        path.append(w)
    return np.array(path)


@wrong(ROLL, "Nesterov")
def nesterov(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w - learning_rate * beta * d)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "The steps go up")
def uphill(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w + learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "its first part has the wrong sign")
def minus_the_gradient(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = gradient(w) - beta * d
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "kept whole")
def keeps_everything(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "multiplied in twice")
def rate_twice(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + learning_rate * gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "multiplied by beta, too")
def beta_at_both(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * (d + gradient(w))
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "always at the start")
def gradient_of_the_start(gradient, w, learning_rate, beta, steps):
    g, d, path = gradient(w), np.zeros(len(w)), [w]
    for _ in range(steps):
        d = beta * d + g
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "the first gradient counts twice")
def starts_at_the_gradient(gradient, w, learning_rate, beta, steps):
    d, path = gradient(w), [w]
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "the start is missing")
def without_the_start(gradient, w, learning_rate, beta, steps):
    path, d = [], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path).reshape(-1, len(w))


@wrong(ROLL, "the last place is missing")
def kept_before_the_step(gradient, w, learning_rate, beta, steps):
    path, d = [], np.zeros(len(w))
    for _ in range(steps):
        path.append(w)
        d = beta * d + gradient(w)
        w = w - learning_rate * d
    return np.array(path).reshape(-1, len(w))


@wrong(ROLL, "this is the last place only")
def last_place(gradient, w, learning_rate, beta, steps):
    d = np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
    return w


@wrong(ROLL, "holds the same array many times")
def same_array(gradient, w, learning_rate, beta, steps):
    w = np.array(w, float)
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w -= learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "Is the `return` inside the loop")
def return_inside(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
        return np.array(path)
    return np.array(path)


@wrong(ROLL, "one step too few")
def one_step_short(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(1, steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong(ROLL, "cannot put fractions into them")
def in_place(gradient, w, learning_rate, beta, steps):
    path, d = [w.copy()], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w)
        w -= learning_rate * d
        path.append(w.copy())
    return np.array(path)


# which_way


@right("which_way")
def b():
    return "b"


@right("which_way")
def capital():
    return "B"


@right("which_way")
def in_brackets():
    return "(b)"


@right("which_way")
def with_a_space():
    return " b"


@wrong("which_way", "Minibatches stop on a floor of noise")
def noise_for_a_comparison():
    return "a"


@wrong("which_way", "Look at task 1")
def noise_for_a_comparison_in_capitals():
    return "A."


@wrong("which_way", "Look at task 2")
def all_images_for_a_rough_reader():
    return "c"


@wrong("which_way", "no curvature, so secants are misled")
def secants_on_batches():
    return "d"


@wrong("which_way", "knows nothing of the next")
def a_matrix_for_a_stream():
    return " e "


@wrong("which_way", "stop on a floor of noise, and a difference below it says nothing")
def noise_in_brackets():
    return "(a)"


@wrong("which_way", "before it has taken the first few")
def all_images_in_capitals():
    return "C"


@wrong("which_way", "Two slopes of different batches")
def secants_with_a_dot():
    return "d."


@wrong("which_way", "for a network it would also have")
def a_matrix_in_capitals():
    return "E"


@wrong("which_way", "one of the letters a, b, c, d, e")
def a_list():
    return ["b"]


equal(
    "momentum_descent",
    "a list of rows is as good as a matrix",
    "momentum_descent: np.array(path) -> path",
    "direction_then_step: np.array(path) -> path",
    "from_the_last_two_places: list(w) -> w",
    "from_the_last_two_places: list(now) -> now",
    "all_gradients_weighted: np.vstack(path) -> path",
)
equal(
    "momentum_descent",
    "every row is set",
    "rate_inside_the_velocity: np.zeros((steps + 1, len(w))) -> np.ones((steps + 1, len(w)))",
)
equal(
    "momentum_descent",
    "the two mistakes cancel",
    "(('rule', 'mean'), ('when', 'stretched'))",
    "(('kept', 'no end'), ('count', 'one more'))",
)


# decayed_rate


@right("decayed_rate")
def power_of_whole_cuts(start, factor, every, step):
    return start * factor ** (step // every)


@right("decayed_rate")
def cut_in_a_loop(start, factor, every, step):
    rate = start
    for i in range(1, step + 1):
        if i % every == 0:
            rate = rate * factor
    return rate


@right("decayed_rate")
def floor_in_float32(start, factor, every, step):
    return np.float32(start) * np.power(factor, np.floor(step / every), dtype=np.float64)


@wrong("decayed_rate", "more than about a thousand times in a row")
def recursion(start, factor, every, step):
    return start if step < every else factor * recursion(start, factor, every, step - every)


@right("decayed_rate")
def in_a_zero_dimensional_array(start, factor, every, step):
    return np.array(start * np.prod([factor] * int(step / every)))


@wrong("decayed_rate", "already at step 0")
def cut_at_step_zero(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        if i % every == 0:
            rate *= factor
    return rate


@wrong("decayed_rate", "count whole cuts, with //")
def smooth(start, factor, every, step):
    return start * factor ** (step / every)


@wrong("decayed_rate", "one step early")
def counted_from_one(start, factor, every, step):
    return start * factor ** ((step + 1) // every)


@wrong("decayed_rate", "one step late")
def cut_late(start, factor, every, step):
    cuts = 0
    for i in range(step):
        if i > 0 and i % every == 0:
            cuts += 1
    return start * factor**cuts


@wrong("decayed_rate", "after every single step")
def cut_in_each_step(start, factor, every, step):
    return start * factor**step


@wrong("decayed_rate", "the steps since the last cut")
def remainder(start, factor, every, step):
    return start * factor ** (step % every)


@wrong("decayed_rate", "once only")
def one_cut(start, factor, every, step):
    return start * factor if step >= every else start


@wrong("decayed_rate", "comes back")
def drops_and_comes_back(start, factor, every, step):
    rate = start
    if step > 0 and step % every == 0:
        rate = rate * factor
    return rate


@wrong("decayed_rate", "a power")
def times_the_number_of_cuts(start, factor, every, step):
    return start * factor * (step // every)


@wrong("decayed_rate", "added or subtracted")
def subtracted(start, factor, every, step):
    return start - factor * (step // every)


@wrong("decayed_rate", "another schedule")
def inverse_time(start, factor, every, step):
    return start / (1 + factor * (step // every))


@wrong("decayed_rate", "at step 0 the rate must be start")
def start_forgotten(start, factor, every, step):
    return factor ** (step // every)


@wrong("decayed_rate", "not what is taken away")
def one_minus_factor(start, factor, every, step):
    return start * (1 - factor) ** (step // every)


@wrong("decayed_rate", "never falls")
def constant(start, factor, every, step):
    return start


@wrong("decayed_rate", "one number")
def whole_schedule(start, factor, every, step):
    return [start * factor ** (i // every) for i in range(step + 1)]


@wrong("decayed_rate", "`return`")
def no_return(start, factor, every, step):
    rate = start * factor ** (step // every)  # noqa: F841


@right("decayed_rate")
def a_while_loop(start, factor, every, step):
    rate = start
    while step >= every:
        rate, step = rate * factor, step - every
    return rate


class Schedule:
    """A schedule as an object."""

    def __call__(self, start, factor, every, step):
        return np.float64(start) * factor ** divmod(step, every)[0]


right("decayed_rate")(named("schedule_object", Schedule()))
right("decayed_rate")(named("a_lambda", lambda start, factor, every, i: start * factor ** ((i - i % every) / every)))
right("decayed_rate")(named("a_partial", partial(lambda np, s, f, e, t: s * np.exp(np.log(f) * (t // e)), np)))


@wrong("decayed_rate", "rounded up")
def ceiling(start, factor, every, step):
    return start * factor ** np.ceil(step / every)


@wrong("decayed_rate", "rounded up")
def a_loop_from_zero(start, factor, every, step):
    for i in range(step):
        if i % every == 0:
            start *= factor
    return start


@wrong("decayed_rate", "half an interval too early")
def rounded_to_the_nearest(start, factor, every, step):
    return start * factor ** int(step / every + 0.5)


@wrong("decayed_rate", "inside the power")
def everything_to_the_power(start, factor, every, step):
    return (start * factor) ** (step // every)


@wrong("decayed_rate", "compounded")
def compounding(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        rate = rate * factor ** (i // every)
    return rate


@wrong("decayed_rate", "compounded")
def compounding_at_cuts(start, factor, every, step):
    rate = start
    for i in range(1, step + 1):
        if i % every == 0:
            rate *= factor ** (i // every)
    return rate


@wrong("decayed_rate", "once only")
def one_late_cut(start, factor, every, step):
    if step > every:
        return start * factor
    return start


@wrong("decayed_rate", "in every step")
def after_the_first_interval(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        if i >= every:
            rate *= factor
    return rate


@wrong("decayed_rate", "`every`, whatever it is")
def fifty_written_in(start, factor, every, step):
    return start * factor ** (step // 50)


@wrong("decayed_rate", "`factor`, whatever it is")
def factor_written_in(start, factor, every, step):
    return start * 0.95 ** (step // every)


@wrong("decayed_rate", "grows")
def divided_by_the_factor(start, factor, every, step):
    return start / factor ** (step // every)


@wrong("decayed_rate", "straight line")
def a_straight_line(start, factor, every, step):
    return start * (1 - factor * (step // every))


@wrong("decayed_rate", "this is the number of cuts")
def how_many_cuts(start, factor, every, step):
    return step // every


@wrong("decayed_rate", "rounded")
def rounded_for_printing(start, factor, every, step):
    return round(start * factor ** (step // every), 3)


@wrong("decayed_rate", "some least value")
def never_below_a_hundredth(start, factor, every, step):
    return max(start * factor ** (step // every), 0.01)


@wrong("decayed_rate", "straight line")
def one_minus_factor_and_a_late_line(start, factor, every, step):
    return start * (1 - (1 - factor) * ((step + 1) // every))


@wrong("decayed_rate", "turned over")
def intervals_for_steps(start, factor, every, step):
    return start * factor ** (every // step)


TYPE = "only the type of the numbers, or their place in memory, is another"
equal(
    "decayed_rate",
    TYPE,
    "floor_in_float32: np.float32(start) -> start",
    "floor_in_float32: np.power(factor, np.floor(step / every), dtype=np.float64) -> "
    "np.power(factor, np.floor(step / every))",
    "in_a_zero_dimensional_array: np.array(start * np.prod([factor] * int(step / every))) -> "
    "start * np.prod([factor] * int(step / every))",
)


@wrong("decayed_rate", "In Python ^ is not a power")
def hat_as_power(start, factor, every, step):
    return start * factor ^ (step // every)
