"""Answers to lesson 15 by a fourth hand, who had not seen the checks."""

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("momentum_descent", "the step goes along the old direction")
def old_direction(gradient, w, learning_rate, beta, steps):
    path, d = [w], 0 * w
    for _ in range(steps):
        new = w - learning_rate * d
        d = beta * d + gradient(w)
        w = new
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "weighted mean: the gradient times 1 - beta, as in Adam")
def weighted_mean(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + (1 - beta) * gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "gradient always at the start")
def gradient_at_start(gradient, w, learning_rate, beta, steps):
    path, d, g = [w], 0, gradient(w)
    for _ in range(steps):
        d = beta * d + g
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "the start is not in the path")
def no_start_in_path(gradient, w, learning_rate, beta, steps):
    path, d = np.zeros((steps, len(w))), 0
    for i in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path[i] = w
    return path


@wrong("momentum_descent", "Nesterov: the gradient at the place ahead")
def looks_ahead(gradient, w, learning_rate, beta, steps):
    path, d = [w], np.zeros(len(w))
    for _ in range(steps):
        d = beta * d + gradient(w - learning_rate * beta * d)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("decayed_rate", "falls a little in each step")
def falls_smoothly(start, factor, every, step):
    return start * factor ** (step / every)


@wrong("decayed_rate", "remainder for quotient")
def remainder(start, factor, every, step):
    return start * factor ** (step % every)


@wrong("decayed_rate", "rate falls one step too early")
def one_step_early(start, factor, every, step):
    return start * factor ** ((step + 1) // every)


@wrong("decayed_rate", "factor times the number of falls, not to its power")
def times_number(start, factor, every, step):
    falls = step // every
    return start * factor * falls if falls else start


@right("decayed_rate")
def fall_after_fall(start, factor, every, step):
    rate = start
    while step >= every:
        rate, step = rate * factor, step - every
    return rate
