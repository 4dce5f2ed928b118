"""Answers to lesson 15 by a third hand, who had not seen the checks."""

import math

import numpy as np

from tests.mistakes.unseen import right, wrong


@wrong("momentum_descent", "no row for the start: an index out of bounds in the last step")
def one_row_too_few(gradient, w, learning_rate, beta, steps):
    path = np.zeros((steps, len(w)))
    path[0] = w
    d = np.zeros(len(w))
    for i in range(steps):
        d = beta * d + gradient(path[i])
        path[i + 1] = path[i] - learning_rate * d
    return path


@wrong("momentum_descent", "the path has the type of w: whole numbers cut off every place")
def path_like_the_start(gradient, w, learning_rate, beta, steps):
    path = np.zeros((steps + 1, w.size), dtype=w.dtype)
    path[0] = w
    direction = 0
    for step in range(steps):
        direction = beta * direction + gradient(path[step])
        path[step + 1] = path[step] - learning_rate * direction
    return path


@wrong("momentum_descent", "the gradient is taken ahead, where the momentum would lead (Nesterov)")
def looks_ahead(gradient, w, learning_rate, beta, steps):
    w = np.array(w, dtype=float)
    path, d = [w], np.zeros_like(w)
    for _ in range(steps):
        ahead = w - learning_rate * beta * d
        d = beta * d + gradient(ahead)
        w = w - learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "the direction starts as the first gradient, which then counts twice")
def first_gradient_twice(gradient, w, learning_rate, beta, steps):
    d = gradient(w)
    path = [w]
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path.append(w)
    return np.stack(path)


@wrong("momentum_descent", "moves the same array again and again: all rows are the last place, and w has moved")
def same_array_appended(gradient, w, learning_rate, beta, steps):
    path = [w]
    d = np.zeros(w.shape)
    for _ in range(steps):
        d *= beta
        d += gradient(w)
        w -= learning_rate * d
        path.append(w)
    return np.array(path)


@wrong("momentum_descent", "the gradient weighs 1 - beta, as in a running mean")
def running_mean(gradient, w, learning_rate, beta, steps):
    v = np.zeros(len(w))
    places = [w]
    for _ in range(steps):
        v = beta * v + (1 - beta) * gradient(w)
        w = w - learning_rate * v
        places.append(w)
    return np.array(places)


@wrong("momentum_descent", "np.append without an axis makes one long vector of the path")
def one_long_vector(gradient, w, learning_rate, beta, steps):
    path = np.array([w])
    d = 0
    for _ in range(steps):
        d = beta * d + gradient(w)
        w = w - learning_rate * d
        path = np.append(path, w)
    return path


@right("momentum_descent")
def heavy_ball(gradient, w, learning_rate, beta, steps):
    path = np.empty((steps + 1, len(w)))
    path[:] = w
    for t in range(steps):
        inertia = path[t] - path[max(t - 1, 0)]
        path[t + 1] = path[t] + beta * inertia - learning_rate * gradient(path[t])
    return path


@right("momentum_descent")
def velocity(gradient, w, learning_rate, beta, steps):
    x = w.astype(float)
    v = np.zeros(len(x))
    path = x.copy()[None, :]
    for _ in range(steps):
        v = beta * v - learning_rate * gradient(x)
        x = x + v
        path = np.vstack((path, x))
    return path


@wrong("decayed_rate", "step 0 is a multiple of every too: one decay too many")
def decays_at_zero(start, factor, every, step):
    rate = start
    for i in range(step + 1):
        if i % every == 0:
            rate = rate * factor
    return rate


@wrong("decayed_rate", "decays once and never again")
def decays_once(start, factor, every, step):
    if step < every:
        return start
    return start * factor


@wrong("decayed_rate", "the remainder instead of the whole-number quotient")
def remainder(start, factor, every, step):
    return start * factor ** (step % every)


@wrong("decayed_rate", "decays smoothly: the quotient is not cut down to a whole number")
def smooth(start, factor, every, step):
    return start * np.power(factor, step / every)


@wrong("decayed_rate", "multiplies by the number of decays instead of taking the power: 0 at first")
def product_of_decays(start, factor, every, step):
    decays = math.floor(step / every)
    return start * factor * decays


@right("decayed_rate")
def while_enough_steps(start, factor, every, step):
    rate = float(start)
    while step >= every:
        rate *= factor
        step -= every
    return rate


@right("decayed_rate")
def product_of_list(start, factor, every, step):
    return math.prod([factor] * (step // every), start=start)
