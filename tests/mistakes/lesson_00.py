"""Answers to the exercises of notebook 00, the start."""

import functools
import math

import numpy as np

from tests.mistakes import equal, right, wrong


def named(function, name):
    """Give a callable a name, for the test's id."""
    function.__name__ = name
    return function


# tempered_softmax


@right("tempered_softmax")
def plain(z, temperature):
    e = np.exp(z / temperature)
    return e / e.sum()


@right("tempered_softmax")
def loop(z, temperature):
    total = 0
    for score in z:
        total += np.exp(score / temperature)
    return [np.exp(score / temperature) / total for score in z]


@right("tempered_softmax")
def shifted_float32(z, temperature):
    z = np.asarray(z, dtype=np.float32) / temperature
    e = np.exp(z - z.max())
    return e / e.sum()


@right("tempered_softmax")
def one_liner(z, temperature):
    return 1 / np.exp((z[None, :] - z[:, None]) / temperature).sum(axis=1)


@wrong("tempered_softmax", "sum to 1 yet")
def not_normalised(z, temperature):
    return np.exp(z / temperature)


@wrong("tempered_softmax", "makes no difference")
def temperature_ignored(z, temperature):
    return np.exp(z) / np.exp(z).sum()


@wrong("tempered_softmax", "sharper")
def temperature_multiplies(z, temperature):
    e = np.exp(z * temperature)
    return e / e.sum()


@wrong("tempered_softmax", "makes no difference")
def temperature_outside(z, temperature):
    e = np.exp(z) / temperature
    return e / e.sum()


@wrong("tempered_softmax", "probabilities are divided")
def probabilities_divided(z, temperature):
    e = np.exp(z)
    return e / e.sum() / temperature


@wrong("tempered_softmax", "exponential first")
def no_exponential(z, temperature):
    z = z / temperature
    return z / z.sum()


@wrong("tempered_softmax", "minus sign")
def upside_down(z, temperature):
    e = np.exp(-z / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "hard maximum")
def hard_maximum(z, temperature):
    return (z == z.max()) * 1.0


@wrong("tempered_softmax", "Compute into a new array")
def in_place(z, temperature):
    z /= temperature
    return np.exp(z) / np.exp(z).sum()


@right("tempered_softmax")
def generator(z, temperature):
    total = sum(np.exp(z / temperature))
    yield from (np.exp(score / temperature) / total for score in z)


@right("tempered_softmax")
def as_a_row_of_a_matrix(z, temperature):
    E = np.exp(np.atleast_2d(z) / temperature)
    return (E / E.sum(axis=1, keepdims=True))[0]


@right("tempered_softmax")
def power_of_a_power(z, temperature):
    e = np.exp(z) ** (1 / temperature)
    return np.float32(e) / e.sum()


class Softmax:
    def __call__(self, z, temperature):
        return plain(z, temperature)


right("tempered_softmax")(named(Softmax(), "an_object_that_is_called"))
right("tempered_softmax")(named(lambda z, temperature: plain(z, temperature), "a_lambda"))
right("tempered_softmax")(named(functools.partial(plain), "a_partial"))


@wrong("tempered_softmax", "only above")
def temperature_above_only(z, temperature):
    return np.exp(z / temperature) / np.exp(z).sum()


@wrong("tempered_softmax", "only in the sum below")
def temperature_below_only(z, temperature):
    return np.exp(z) / np.exp(z / temperature).sum()


@wrong("tempered_softmax", "base of the power")
def temperature_as_base(z, temperature):
    e = temperature ** (z * 1.0)
    return e / e.sum()


@wrong("tempered_softmax", "logarithms of the probabilities")
def log_probabilities(z, temperature):
    return np.log(plain(z, temperature))


@wrong("tempered_softmax", "power 1/T")
def root_of_probabilities(z, temperature):
    return plain(z, 1) ** (1 / temperature)


@wrong("tempered_softmax", "One number came back")
def returned_in_the_loop(z, temperature):
    for score in z:
        return np.exp(score / temperature) / np.exp(z / temperature).sum()


@wrong("tempered_softmax", "sum so far")
def summed_on_the_way(z, temperature):
    total, p = 0, []
    for score in z:
        total += np.exp(score / temperature)
        p.append(np.exp(score / temperature) / total)
    return p


@wrong("tempered_softmax", "cut to whole numbers")
def array_like_the_scores(z, temperature):
    p = np.zeros_like(z)
    p[:] = plain(z, temperature)
    return p


@wrong("tempered_softmax", "without a rest")
def floor_division(z, temperature):
    return plain(z // temperature, 1)


@wrong("tempered_softmax", "only above, so it does not cancel")
def shift_above_only(z, temperature):
    s = z / temperature
    return np.exp(s - s.max()) / np.exp(s).sum()


@wrong("tempered_softmax", "per cent")
def percentages(z, temperature):
    return 100 * plain(z, temperature)


@wrong("tempered_softmax", "rounded")
def rounded(z, temperature):
    return plain(z, temperature).round(3)


@wrong("tempered_softmax", "Two things")
def base_two_and_multiplied(z, temperature):
    e = 2 ** (z * temperature)
    return e / e.sum()


@wrong("tempered_softmax", "np.exp takes all")
def math_exp(z, temperature):
    return math.exp(z / temperature) / sum(math.exp(score / temperature) for score in z)


# four_times


@right("four_times")
def b():
    return "b"


@right("four_times")
def capital():
    return "B"


@right("four_times")
def in_brackets():
    return "(b)"


@wrong("four_times", "a score of A that is 0")
def doubled_score():
    return "a"


@wrong("four_times", "a score of A that is 0")
def tried_on_one_case():
    scores = np.array([np.log(2), 0.0])
    return "a" if np.isclose(np.exp(2 * scores[0] - scores[1]), 4) else "b"


@wrong("four_times", "7.389")
def two_added():
    return "c"


@wrong("four_times", "7.389")
def two_added_capital():
    return "C."


@wrong("four_times", "direction")
def hotter():
    return "d"


@wrong("four_times", "one of the letters a, b, c, d")
def the_words():
    return "add log 2"


@wrong("four_times", "one of the letters a, b, c, d")
def a_number():
    return 4


# most_likely


@right("most_likely")
def argmax(Z):
    return Z.argmax(axis=1)


@right("most_likely")
def row_by_row(Z):
    labels = []
    for row in Z:
        best = 0
        for j in range(len(row)):
            if row[j] > row[best]:
                best = j
        labels.append(best)
    return labels


@right("most_likely")
def of_probabilities(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return np.argsort(e, axis=1)[:, -1].astype(np.int32)


@wrong("most_likely", "the exponential of 1000 is infinite")
def of_exponentials(Z):
    with np.errstate(all="ignore"):
        return np.exp(Z).argmax(axis=1)


@wrong("most_likely", "The smallest case")
def of_rounded_probabilities(Z):
    e = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (e / e.sum(axis=1, keepdims=True)).round(3).argmax(axis=1)


@wrong("most_likely", "one example per row")
def down_the_columns(Z):
    return Z.argmax(axis=0)


@wrong("most_likely", "whole matrix")
def one_for_all(Z):
    return Z.argmax()


@wrong("most_likely", "the largest scores")
def scores_not_places(Z):
    return Z.max(axis=1)


@wrong("most_likely", "largest probabilities")
def probabilities_not_places(Z):
    e = np.exp(Z)
    return (e / e.sum(axis=1, keepdims=True)).max(axis=1)


@wrong("most_likely", "not at 1")
def counted_from_one(Z):
    return Z.argmax(axis=1) + 1


@wrong("most_likely", "smallest")
def smallest(Z):
    return np.argmin(Z, axis=1)


@wrong("most_likely", "sign matters")
def absolute(Z):
    return np.abs(Z).argmax(axis=1)


@wrong("most_likely", "Give the label itself")
def one_hot_rows(Z):
    return (Z == Z.max(axis=1, keepdims=True)) * 1


@right("most_likely")
def where_the_largest_is(Z):
    return np.where(Z == Z.max(axis=1, keepdims=True))[1]


@right("most_likely")
def generator_of_labels(Z):
    for row in Z.tolist():
        yield row.index(max(row))


@right("most_likely")
def a_matrix_of_scores(Z):
    return np.asarray(np.matrix(Z).argmax(axis=1)).ravel().astype(float)


right("most_likely")(named(functools.partial(np.argmax, axis=1), "a_partial"))
right("most_likely")(named(lambda Z: [max(range(len(row)), key=lambda j: row[j]) for row in Z], "a_lambda"))


@wrong("most_likely", "begins with 0")
def search_from_zero(Z):
    labels = []
    for row in Z:
        best, label = 0, 0
        for j, score in enumerate(row):
            if score > best:
                best, label = score, j
        labels.append(label)
    return labels


@wrong("most_likely", "`return` inside")
def returned_in_the_first_row(Z):
    for row in Z:
        return row.argmax()


@wrong("most_likely", "in a column")
def column_of_labels(Z):
    return Z.argmax(axis=1)[:, None]


@wrong("most_likely", "second largest")
def runner_up(Z):
    return np.argsort(Z, axis=1)[:, -2 if Z.shape[1] > 1 else -1]


@wrong("most_likely", "all places, in order")
def whole_order(Z):
    return np.argsort(Z, axis=1)


@wrong("most_likely", "down the columns")
def softmax_down(Z):
    return (np.exp(Z) / np.exp(Z).sum(axis=0)).argmax(axis=1)


@wrong("most_likely", "all probabilities")
def probabilities(Z):
    return np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)


@wrong("most_likely", "in the whole matrix")
def places_in_the_matrix(Z):
    return [i * Z.shape[1] + row.argmax() for i, row in enumerate(Z)]


@wrong("most_likely", "cut to whole numbers")
def whole_scores(Z):
    return Z.astype(int).argmax(axis=1)


@wrong("most_likely", "counted from the end")
def from_the_end(Z):
    return Z[:, ::-1].argmax(axis=1)


@wrong("most_likely", "Every row got the first row's")
def always_the_first_row(Z):
    return [Z[0].argmax() for _ in Z]


# mutants that are right answers

TYPE = "the same numbers in another container or precision"
SHIFT = "any number may be taken away from all scores"
SCALE = "the place of the largest stays, whatever positive number a row is multiplied by, and in any base"
equal(
    "tempered_softmax",
    TYPE,
    "shifted_float32: np.asarray(z, dtype=np.float32) -> np.asarray(z)",
    "shifted_float32: np.asarray(z, dtype=np.float32) -> z",
    "power_of_a_power: np.float32(e) -> e",
)
equal(
    "tempered_softmax",
    SHIFT,
    "shifted_float32: z - z.max() -> z",
    "shifted_float32: z - z.max() -> z + z.max()",
    "shifted_float32: z.max() -> z.min()",
)
equal(
    "tempered_softmax",
    "the matrix has one row",
    "as_a_row_of_a_matrix: E.sum(axis=1, keepdims=True) -> E.sum(keepdims=True)",
    "as_a_row_of_a_matrix: E.sum(axis=1, keepdims=True) -> E.sum(axis=1)",
    "as_a_row_of_a_matrix: True -> False",
    "as_a_row_of_a_matrix: 0 -> -1",
)
equal(
    "most_likely",
    "no two scores of a row are equal, and the search begins at 0",
    "row_by_row: row[j] > row[best] -> row[j] >= row[best]",
    "row_by_row: range(len(row)) -> range(0 + 1, len(row))",
)
equal(
    "most_likely",
    SCALE,
    "of_probabilities: np.exp(Z - Z.max(axis=1, keepdims=True)) -> np.exp2(Z - Z.max(axis=1, keepdims=True))",
    "of_probabilities: np.exp(Z - Z.max(axis=1, keepdims=True)) -> Z - Z.max(axis=1, keepdims=True)",
)
equal(
    "most_likely",
    TYPE,
    "of_probabilities: np.argsort(e, axis=1)[:, -1].astype(np.int32) -> np.argsort(e, axis=1)[:, -1]",
    "of_probabilities: np.argsort(e, axis=1) -> np.argsort(e)",
    "a_matrix_of_scores: np.asarray(np.matrix(Z).argmax(axis=1)).ravel().astype(float) -> "
    "np.asarray(np.matrix(Z).argmax(axis=1)).ravel()",
    "a_matrix_of_scores: np.matrix(Z) -> Z",
)


# most_likely: more mistakes in the search, in the sorting, and in what comes back


@wrong("most_likely", "largest of the whole matrix")
def where_of_the_whole_matrix(Z):
    return np.where(Z == Z.max())[1]


@wrong("most_likely", "numbers of the rows came back too")
def both_results_of_where(Z):
    return np.where(Z == Z.max(axis=1, keepdims=True))


@wrong("most_likely", "numbers of the rows came back too")
def places_of_argwhere(Z):
    return np.argwhere(Z == np.max(Z, axis=1, keepdims=True))


@wrong("most_likely", "These are the numbers of the rows")
def first_result_of_where(Z):
    return np.where(Z == Z.max(axis=1, keepdims=True))[0]


@wrong("most_likely", "scores were sorted before")
def place_in_a_sorted_row(Z):
    labels = []
    for row in np.sort(Z, axis=1):
        labels.append(list(row).index(max(row)))
    return labels


@wrong("most_likely", "argmax was taken of an order")
def argmax_of_argsort(Z):
    return np.argsort(Z, axis=1).argmax(axis=1)


@wrong("most_likely", "compared with the one before it")
def compared_with_the_neighbour(Z):
    labels = []
    for row in Z:
        best = 0
        for j in range(1, len(row)):
            if row[j] > row[j - 1]:
                best = j
        labels.append(best)
    return labels


@wrong("most_likely", "largest score of an earlier row")
def best_never_begins_anew(Z):
    labels, best = [], -np.inf
    for row in Z:
        label = 0
        for j, score in enumerate(row):
            if score > best:
                best, label = score, j
        labels.append(label)
    return np.array(labels)


@wrong("most_likely", "largest score of an earlier row")
def search_from_zero_once(Z):
    labels, best, label = [], 0, 0
    for row in Z:
        for j in range(len(row)):
            if row[j] > best:
                best = row[j]
                label = j
        labels.append(label)
    return np.array(labels)


@wrong("most_likely", "begins with a fixed number")
def search_from_minus_one(Z):
    labels = np.zeros(len(Z))
    for i in range(len(Z)):
        highest = -1
        for j in range(Z.shape[1]):
            if Z[i, j] > highest:
                highest = Z[i, j]
                labels[i] = j
    return labels


@wrong("most_likely", "where the loop begins and ends")
def last_class_never_seen(Z):
    labels = []
    for row in Z:
        best = 0
        for j in range(len(row) - 1):
            if row[j] > row[best]:
                best = j
        labels.append(best)
    return labels


@wrong("most_likely", "where the loop begins and ends")
def last_row_left_zero(Z):
    labels = np.zeros(len(Z), int)
    for i in range(len(Z) - 1):
        labels[i] = np.argmax(Z[i])
    return labels


@wrong("most_likely", "Every label is 0")
def argmax_of_the_maximum(Z):
    return np.argmax(Z.max(axis=1, keepdims=True), axis=1)


@wrong("most_likely", "above one half")
def class_above_one_half(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return (E / E.sum(axis=1, keepdims=True) > 0.5).argmax(axis=1)


@wrong("most_likely", "first score above 0")
def first_positive(Z):
    return np.argmax(Z > 0, axis=1)


@wrong("most_likely", "the exponential of 1000 is infinite")
def of_probabilities_unshifted(Z):
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    return P.argmax()


@wrong("most_likely", "taken away for the whole matrix")
def shifted_by_one_maximum(Z):
    e = np.exp(Z - np.max(Z))
    return np.argmax(e, axis=1)


@wrong("most_likely", "column's maximum")
def shifted_by_columns(Z):
    return np.argmax(Z - Z.max(axis=0), axis=1)


@wrong("most_likely", "some became equal")
def with_rounded_probabilities(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = np.round(E / E.sum(axis=1, keepdims=True), 3)
    return P.argmax(axis=1)


@wrong("most_likely", "matrix of one row")
def a_row_of_labels(Z):
    return np.argmax(Z, axis=1).reshape(1, -1)


@wrong("most_likely", "in another order")
def labels_turned(Z):
    return [row.argmax() for row in Z[::-1]]


@wrong("most_likely", "return the labels alone")
def pairs_of_label_and_score(Z):
    return [(row.argmax(), row.max()) for row in Z]


@wrong("most_likely", "These are all probabilities")
def all_shares(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


@wrong("most_likely", "These are the scores, sorted")
def sorted_scores(Z):
    return np.sort(Z, axis=1)


@wrong("most_likely", "only a list has")
def index_of_an_array(Z):
    return [row.index(row.max()) for row in Z]


@wrong("most_likely", "lined up with the columns")
def compared_with_a_flat_maximum(Z):
    return (Z == Z.max(axis=1)).argmax(axis=1)


# tempered_softmax: more mistakes in the division, in the number e, and in what is left out


@wrong("tempered_softmax", "multiplied by the temperature")
def sum_over_temperature(z, temperature):
    e = np.exp(z)
    return e / (e.sum() / temperature)


@wrong("tempered_softmax", "it writes into z")
def divided_and_shifted_in_place(z, temperature):
    z = z.copy()
    z /= temperature
    z -= z.max()
    return np.exp(z) / np.exp(z).sum()


@wrong("tempered_softmax", "whole numbers after the division")
def whole_after_division(z, temperature):
    e = np.exp((np.array(z) / temperature).astype(int))
    return e / sum(e)


@wrong("tempered_softmax", "The temperature divides probabilities")
def softmax_of_cooled_probabilities(z, temperature):
    p = np.exp(z) / np.sum(np.exp(z))
    e = np.exp(p / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "np.expm1")
def with_expm1(z, temperature):
    e = np.expm1(z / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "logarithm where the exponential belongs")
def shares_of_logarithms(z, temperature):
    e = np.log(z / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "number e")
def e_from_school(z, temperature):
    powers = 2.718 ** (np.asarray(z) / temperature)
    return powers / powers.sum()


@wrong("tempered_softmax", "number e")
def e_from_school_rounded(z, temperature):
    powers = 2.72 ** (z / temperature)
    return np.round(powers / np.sum(powers), 3)


@wrong("tempered_softmax", "in the sum twice")
def sum_begins_with_the_first(z, temperature):
    e = np.exp(z / temperature)
    total = e[0]
    for v in e:
        total += v
    return e / total


@wrong("tempered_softmax", "Leave axis=1 out")
def sum_across_a_vector(z, temperature):
    e = np.exp(z / temperature)
    return e / e.sum(axis=1)


@wrong("tempered_softmax", "any length")
def three_scores_only(z, temperature):
    a, b, c = np.exp(z[0] / temperature), np.exp(z[1] / temperature), np.exp(z[2] / temperature)
    return np.exp(z / temperature) / (a + b + c)


@wrong("tempered_softmax", "product of the exponentials")
def over_the_product(z, temperature):
    e = np.exp(z / temperature)
    return e / np.prod(e)


@wrong("tempered_softmax", "multiplies by the sum")
def times_the_sum(z, temperature):
    e = np.exp(z / temperature)
    return e * e.sum()


@wrong("tempered_softmax", "upside down")
def sum_over_each(z, temperature):
    e = np.exp(z / temperature)
    return e.sum() / e


@wrong("tempered_softmax", "in place of their sum")
def exponentials_over_temperature(z, temperature):
    return np.exp(z) / temperature / temperature


@wrong("tempered_softmax", "sum changes while the loop divides")
def divided_one_after_the_other(z, temperature):
    p = [math.exp(v / temperature) for v in z]
    for j in range(len(p)):
        p[j] = p[j] / sum(p)
    return p


@wrong("tempered_softmax", "divided by the largest")
def scaled_by_the_largest(z, temperature):
    s = z / temperature
    s = s / s.max()
    return np.exp(s) / np.exp(s).sum()


@wrong("tempered_softmax", "divided by their sum first")
def scaled_by_the_sum(z, temperature):
    s = z / temperature
    e = np.exp(s / s.sum())
    return e / e.sum()


@wrong("tempered_softmax", "standardised")
def standard_scores(z, temperature):
    s = (z - np.mean(z)) / np.std(z)
    return np.exp(s) / np.exp(s).sum()


@wrong("tempered_softmax", "only below")
def shift_below_only(z, temperature):
    s = z / temperature
    return np.exp(s) / np.sum(np.exp(s - s.max()))


@wrong("tempered_softmax", "Some probabilities are missing")
def last_one_left_out(z, temperature):
    e = np.exp(z / temperature)
    p = np.zeros(len(z))
    for j in range(len(z) - 1):
        p[j] = e[j] / e.sum()
    return p


@wrong("tempered_softmax", "Some probabilities are missing")
def list_without_the_first(z, temperature):
    e = np.exp(z / temperature)
    return [e[j] / e.sum() for j in range(1, len(z))]


@wrong("tempered_softmax", "in a column")
def a_column_of_shares(z, temperature):
    e = np.exp(z.reshape(-1, 1) / temperature)
    return e / e.sum()


@wrong("tempered_softmax", "once for each score")
def whole_vector_for_each(z, temperature):
    e = np.exp(z / temperature)
    return np.array([e / e.sum() for _ in z])


@wrong("tempered_softmax", "These are scores")
def only_shifted(z, temperature):
    s = z / temperature
    return s - s.max()


@wrong("tempered_softmax", "divided by itself")
def each_over_itself(z, temperature):
    return [np.exp(v / temperature) / np.sum(np.exp(v / temperature)) for v in z]


@wrong("tempered_softmax", "missing above")
def score_over_exponentials(z, temperature):
    s = z / temperature
    return s / np.exp(s).sum()


@wrong("most_likely", "axis of argsort")
def last_of_the_whole_order(Z):
    return np.argsort(Z, axis=1)[-1]
