"""What is said of each mistake in the descent of notebook 05."""

from coursekit.check.lesson_05.stability import ACROSS, CUT, EACH, KEEPDIMS, PART, PENALTY, STABLE

BOTH = "Look at what the loss and the gradient are divided by: {}. Both are means over the m images, len(x)."
SWITCHES = {
    "total": {
        **dict.fromkeys(("class", "class, flat"), ACROSS),
        "image, turned": KEEPDIMS,
        "all": "Look at the axis of the softmax: the whole matrix sums to 1. Each column, one image, must: axis=0.",
        **dict.fromkeys(
            ("none", "largest"),
            "Look at the softmax: the exponentials are not divided by their sum. Each column must sum to 1.",
        ),
        "unshifted": "Look at the softmax: the shift is only in the numerator, so it does not cancel. Use the shifted "
        "scores "
        "above and below.",
        "mean": "Look at the softmax: it divides by the mean. Each column must sum to 1: divide by its sum.",
        "plus one": "Look at the softmax: there is a 1 too many in the sum.",
        "sigmoid": "Look at the probabilities: a sigmoid was taken of each score alone. Softmax lets the scores of an "
        "image "
        "compete: exponentials divided by their sum.",
        "twice": "Softmax was applied twice. Probabilities went in where scores belong.",
        "negative": "Look at the sign in the exponential: the largest score got the smallest probability.",
        "two": "Look at the exponential: its base is 2. It must be e: np.exp.",
        "scores": "Look at the probabilities: the softmax is missing, these are scores.",
    },
    "stable": STABLE,
    "decay": {
        "none": "Look at the learning rate: it never decays. Multiply it by 0.95 after every 50 iterations.",
        "at 0 too": "Look at iteration 0: the rate was cut there already, since 0 % 50 is 0 too. Iterations 0 to 49 "
        "use alpha itself.",
        **dict.fromkeys(("early", "late", "upwards", "rounded"), CUT),
        **dict.fromkeys(
            ("every", "every, at 0 too"),
            "Look at how often the rate is cut: it decays in every iteration. It must after every 50.",
        ),
        "every from 50": "Look at how often the rate is cut: from iteration 50 on it decays in every iteration. It "
        "must after every "
        "50: i % 50 == 0, and not i >= 50.",
        "once": "Look at how often the rate is cut: once only. Cut it at 50, 100, 150, ...",
        "compounding": "Look at the learning rate: it compounds. alpha *= 0.95 ** (i // 50) in each iteration "
        "multiplies what is "
        "cut already. Compute it anew: rate = alpha * 0.95 ** (i // 50).",
        "smooth": "Look at the division: i / 50 lets the rate fall in every iteration. i // 50 counts whole fifties.",
        "of iters": "Look at the exponent: it is made of iters, the number of all iterations, so the rate never "
        "changes. Use the number of this one: i // 50.",
        "at once": "Look at the learning rate: it is 0.95 * alpha from the first iteration to the last. Iterations 0 "
        "to 49 use alpha, and each 50 later ones are cut once more.",
        **dict.fromkeys(
            ("e", "e, by 0.05", "divided"),
            "Look at the formula of the decay: it is another one. Multiply by 0.95 after every 50 iterations: alpha * "
            "0.95 ** (i // 50).",
        ),
        "remainder": "Look at the exponent: i % 50 is the remainder. i // 50 counts the fifties.",
        "only at the cuts": "Look at the rate after iteration 50: it went back to alpha. It stays cut.",
        "only at the cuts, at 0 too": "Look at the rate: it is cut in iterations 0, 50, 100, ... alone. From 50 on it "
        "stays cut, and "
        "iteration 0 uses alpha itself.",
        "grows": "Look at the learning rate: it grows. Multiply it by 0.95, and do not divide.",
        **dict.fromkeys((5, 10, 25, 100), EACH),
        "without alpha": "Look at the learning rate: alpha is not in it. The step is alpha times the gradient.",
        "1": "Look at the step: it has no learning rate. The step is alpha times the gradient.",
        "0.95": "Look at the learning rate: it became 0.95. Multiply alpha by 0.95.",
        "1 / i": "Look at the learning rate: it falls as 1 / i. Multiply it by 0.95 after every 50 iterations.",
        **dict.fromkeys(
            ("by 5 % of alpha", "by 0.05"),
            "Look at the second cut: the rate falls by the same amount each time. Multiply it by 0.95 each time: "
            "0.95 ** (i // 50).",
        ),
        "times i // 50": "Look at the learning rate: it is multiplied by i // 50, which is 0 at first. 0.95 ** (i // "
        "50) has ** in it.",
        "twice": "Look at the learning rate: alpha is in it twice.",
        **dict.fromkeys((0.05, 0.5, 0.9, 0.99), "Look at the factor of the decay: it must be 0.95."),
    },
    "count": {
        "1": "Look at the division by m: the loss and the gradient are sums over the images. Both need the mean.",
        "k": BOTH.format("the number of classes"),
        "n": BOTH.format("the number of pixels"),
        "m - 1": BOTH.format("m - 1"),
        "2 m": BOTH.format("2 m"),
        "60000": BOTH.format("60000"),
    },
    "mean": {
        "1": "Look at the loss: it is a sum over the m images. Divide by m for the mean.",
        "m k": "Look at the loss: it was averaged over the classes as well. Add up over the classes, and divide by m "
        "only.",
        "k": "Look at the loss: it is divided by the number of classes. Divide by m.",
        "n": "Look at the loss: it is divided by the number of pixels. Divide by m.",
        "2 m": "Look at the loss: it is divided by 2 m. Divide by m.",
        "m m": "Look at the loss: it is divided by m twice.",
        "none": "Look at the loss: there is one for each image. An iteration has one loss, their mean.",
    },
    "divisor": {
        "1": "Look at the gradient: it is a sum over the m images. Divide it by m, as the loss is.",
        "m k": "Look at the gradient: it was divided by k as well. Divide by m only.",
        "k": "Look at the gradient: it is divided by the number of classes. Divide by m.",
        "n": "Look at the gradient: it is divided by the number of pixels. Divide by m.",
        "2 m": "Look at the gradient: it is divided by 2 m. Divide by m.",
        "m m": "Look at the gradient: it is divided by m twice.",
    },
    "sign": {
        1: "Look at the sign of the step: theta goes uphill. The update is theta - alpha * gradient, with the "
        "gradient (P - Y) x / m."
    },
    "unit": {
        "minus": "Look at the sign of the loss: it is negative. Cross-entropy is minus the logarithm of the true "
        "class's probability.",
        "bits": "Look at the logarithm: the loss is in bits. np.log gives nats.",
        "ten": "Look at the logarithm: its base is 10. np.log is the natural one.",
    },
    "record": {
        "after": "Look at when the loss is recorded: it belongs to the parameters after the update. Record it before "
        "the step.",
        "all": "Look at how many losses there are: iters + 1, with the one after the last step. Return iters of them.",
        **dict.fromkeys(
            ("last", "last, in a list"),
            "Only the last loss came back. Return the loss of every iteration, (iters,): append each to a list, inside "
            "the loop.",
        ),
        "running sum": "Look at the losses: each holds those before it too. Is the sum set to 0 at the start of each "
        "iteration?",
        "running mean": "Look at the losses: each is a mean over the iterations so far. Return the loss of each "
        "iteration itself.",
        **dict.fromkeys(
            ("sum", "mean"), "The losses were put together to one number. Return the loss of every iteration, (iters,)."
        ),
        **dict.fromkeys(
            ("every 10", "every 50", "every 100"),
            "Look at how many losses there are: only some. Return that of every iteration, (iters,).",
        ),
        "last for all": "Look at the losses: all are the last one. Store each in its own place, or append it.",
        "zeros": "Look at the losses: all are 0. Is each stored in its own place, losses[i]?",
        "reversed": "Look at the order of the losses: the last comes first.",
        **dict.fromkeys(
            ("a place early", "a place late"),
            "Look at the places of the losses: each stands one place too early or too late. Iteration i, counted from "
            "0, belongs in losses[i].",
        ),
        **dict.fromkeys(
            ("0 first", "0 last"),
            "Look at how many losses there are: one place too many, and it holds 0. np.zeros(iters) has iters places.",
        ),
        **dict.fromkeys(
            ("column", "row"), "Look at the shape of the losses: they are a matrix. One number per iteration, (iters,)."
        ),
        **dict.fromkeys((2, 3, 4), "The losses are rounded. Return them as they are; rounding is for printing."),
    },
    "way": {
        "once": "Look at what stands inside the loop: the probabilities were computed once, before it. Each iteration "
        "needs its own, "
        "from the new theta.",
        "from the start": "Look at the update: every iteration starts at the first theta again. Give the new one the "
        "same name, "
        "theta = theta - ...",
        "stays": "Look at theta: it never moved. Is the update computed, and not stored?",
        "zeros": "Look at the start: theta was set to zeros. Begin with the theta that is given.",
        "one late": "Look at the gradient: it is that of the iteration before. Compute it from the present theta, and "
        "then take the step.",
        "never cleared": "Look at the gradient: it is added up over the iterations. Set it to 0 at the start of each.",
        **dict.fromkeys(
            ("image by image", "image by image, over m"),
            "Look at how often theta changes: after every image. In full-batch descent all images share one theta, "
            "and it changes "
            "once in an iteration.",
        ),
        "class by class": "Look at how often theta changes: after every class, and the next class sees it. Compute "
        "the whole gradient first.",
    },
    "cost": {
        "every class": "Look at the loss: all classes count in it. Only the true one does: y * log P.",
        "P log P": "Look at the loss: it is the entropy of the predictions, P log P. Cross-entropy is y log P.",
        "P log Y": "Look at the loss: P and y changed places. It is y log P.",
        "both sides": "Look at the loss: the other classes count too, by log(1 - p). With softmax only y log P counts.",
        "wrong side": "Look at the loss: it is made of log(1 - p) of the other classes. It must be log p of the true "
        "one.",
        "largest": "Look at the loss: it is that of the likeliest class. Use the true one, whatever it is: y says "
        "which.",
        **dict.fromkeys(
            ("no log", "1 - p"),
            "Look at the loss: the logarithm is missing. It is minus the log of the true class's probability.",
        ),
        **dict.fromkeys(
            ("square", "half square"),
            "Look at the loss: it is a squared error. Cross-entropy is minus the log of the true class's probability.",
        ),
        "errors": "Look at the loss: it is the share of wrong predictions. Cross-entropy is minus the log of the true "
        "class's probability.",
        "accuracy": "Look at the loss: it is the accuracy. Cross-entropy is minus the log of the true class's "
        "probability.",
    },
    "gradient": {
        "P": "Look at the gradient: y is missing. It is (P - y) x / m.",
        "Y": "Look at the gradient: the probabilities are missing. It is (P - y) x / m.",
        "true class": "Look at the gradient: only the true class's row moves. The other classes must move away: P - y "
        "has all rows.",
        "other classes": "Look at the gradient: the true class's row does not move. P - y has all rows.",
        "hard": "Look at the gradient: the predicted labels stand where the probabilities belong.",
        **dict.fromkeys(
            ("square", "half square", "square of softmax"),
            "Look at the gradient: it is that of a squared error. Of the cross-entropy it is simply (P - y) x / m.",
        ),
        "1 / p": "Look at the gradient: it is the one in the probabilities. In the scores it is P - y.",
        "signs": "Look at the gradient: only the signs of P - y are left.",
        "absolute": "Look at the gradient: the signs of P - y are lost.",
        "P at the guess": "Look at the gradient: 1 is taken away at the predicted class. Take it away at the true "
        "one, which y marks.",
    },
    "how": {
        "turned": "Look at the gradient: it is transposed. theta is (k, n), and so is (P - y) @ x.",
        "D.T @ x": "Look at the product: P - y was transposed. (k, m) @ (m, n) gives (k, n).",
        **dict.fromkeys(
            ("x.T @ D", "D @ x.T"),
            "Look at the product in the gradient: its shapes do not meet. P - y is (k, m) and x is (m, n), so (P - "
            "y) @ x is (k, n), as theta.",
        ),
        **dict.fromkeys(
            ("reshaped", "reshape of D"),
            "Look at reshape: it is not a transpose, and mixes classes and pixels. Use .T.",
        ),
        "no x": "Look at the gradient: x is not in it. Each weight's share is its pixel times P - y.",
        **dict.fromkeys(
            ("of sums", "of means"),
            "Look at the gradient: a product of sums is not the sum of products. Add up the outer products: (P - y) @ "
            "x.",
        ),
        **dict.fromkeys(("first", "last", "all but the first", "all but the last"), PART),
        **dict.fromkeys(
            ("first class", "all but the last class"),
            "Look at the rows of theta: some never move. Where does the loop over the classes end?",
        ),
        "unit length": "Look at the step: the gradient was divided by its length. Use it as it is.",
    },
    "penalty": {(strength, both): PENALTY for strength in (1.0, 0.1, 0.01, 0.001, 0.0001) for both in (0, 1)},
    "layout": {
        "y turned": "Look at y: it is (k, m) already, one column per image. It was transposed.",
        **dict.fromkeys(
            ("theta turned", "theta turned, gradient too"),
            "Look at theta: it is (k, n), one row per class. The scores are theta @ x.T.",
        ),
        "x turned": "Look at the scores: x is not transposed. theta is (k, n) and x is (m, n), so theta @ x.T is (k, "
        "m).",
        "labels": "y is one-hot, (k, m), and not a vector of labels. As an index use y.argmax(axis=0).",
    },
    "steps": {
        "one short": "Look at the loop: there is one iteration too few. range(iters) has iters.",
        "one more": "Look at the loop: there is one iteration too many. range(iters) has iters.",
        "first": "Look at the loop: it ends after one iteration. Is the `return` inside it?",
        **{
            ("flat", tolerance): "Look at the end of the loop: it stops when the loss hardly changes. Make all iters "
            "iterations, so that there are iters losses."
            for tolerance in (1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
        },
    },
    "back": {
        "theta, losses": "Look at the order of the two results: the losses come first. Write: return losses, theta.",
        "theta": "Only theta came back. Return both: return losses, theta.",
        "losses": "Only the losses came back. Return both: return losses, theta.",
    },
    "after": {
        "start": "Look at what is returned: this is the theta that was given. Return the one after the last step.",
        "first step": "Look at theta: it is the one after the first step. Return that after the last.",
        **dict.fromkeys(
            ("before the last", "best"),
            "Look at theta: the last step is missing. Return the one after it, whether or not its loss is the lowest.",
        ),
        **dict.fromkeys(
            ("change", "last change"), "Look at theta: this is how far it moved. Return the parameters themselves."
        ),
        "turned": "Look at theta: it came back as (n, k). It stays (k, n).",
        "all": "Look at theta: all of them came back. Return that after the last step, (k, n).",
    },
}
