"""What the long runs in notebooks/results/ say about a claim: each function takes the contents of one file."""

from functools import partial

from coursekit.claims.intervals import Interval, of_pairs, of_range, of_runs, of_share

IMAGES = 10_000  # in the test sets of MNIST and CIFAR-10


def _named(file):
    """Return the runs of a file by their names."""
    return {run["name"]: run for run in file["runs"]}


def conversion(file):
    """Return how many times as fast the lab's step is with floats as with int32: float64 to float32."""
    steps = file["steps"]
    return of_range([steps["int32"]["least"] / steps[kind]["least"] for kind in ("float64", "float32")])


def started(file, entry, factor):
    """Return one number of the lab's final run over all of its random starts; None as long as there is one."""
    starts = [run for run in file["runs"] if run["start"] != "zeros"]
    return of_runs([factor * run[entry] for run in starts]) if len(starts) > 1 else None


def image_by_image(file, first, second):
    """Return by how many points of test accuracy the first of two runs is better; None before both."""
    runs = _named(file)
    if not {first, second} <= set(runs):
        return None
    wrong = [set(runs[name]["wrong"]) for name in (first, second)]
    return of_pairs(len(wrong[1] - wrong[0]), len(wrong[0] - wrong[1]), IMAGES).scaled(100)


def strength(file, code, claimed=1.2):
    """Return what the claimed strength gains over the best one, in points; the two shares are taken as independent."""
    accuracy = next(row["accuracy"] for row in file["rows"] if row["code"] == code)
    at, m = file["strengths"].index(claimed), file["held_out"]
    best = max(accuracy)
    value = 100 * (accuracy[at] - best)
    half = 196 * ((accuracy[at] * (1 - accuracy[at]) + best * (1 - best)) / m) ** 0.5
    return Interval(value, value - half, value + half, m, "fresh images")


def features(file):
    """Return the test accuracy after the stated number of steps, in percent."""
    last = file["report"]["ways"]["small steps on batches"]["test"][-1]
    return of_share(round(IMAGES * last), IMAGES).scaled(100)


def network(file, reported):
    """Return the test accuracy of the network: by the reported recipe, or by the best other one, once all have run.

    The best recipe is the one with the highest validation accuracy: the test images choose nothing.
    """
    runs = {name: [run for run in file["runs"] if run["recipe"] == name] for name in file["recipes"]}
    if not reported and not file["complete"]:
        return None
    asked = [made for name, made in runs.items() if made and (name == "as reported") == reported]
    if not asked:
        return None
    best = max(asked, key=lambda made: sum(run["validation"] for run in made) / len(made))
    return of_share(round(IMAGES * sum(run["test"] for run in best) / len(best)), IMAGES).scaled(100)


def step_ratio(file, largest=False):
    """Return the time of a step in PyTorch over that in NumPy on iris, or how that ratio changes to the largest one."""
    rows = file["torch"]["steps"]
    iris = next(row for row in rows if row["size"][1] == 4)
    first = [row["PyTorch"] / row["NumPy"] for row in (iris, rows[-1])]
    pairs = [first, *file["torch"]["iris_and_largest_again"]]
    return of_range([far / near if largest else near for near, far in pairs])


def clothes(file, way):
    """Return the test accuracy on Fashion-MNIST after the last epoch, over all seeds."""
    return of_runs([run["test"][-1] for run in file["runs"] if run["way"] == way])


STORED = {
    "A9-conversion": conversion,
    "A10-decay": partial(image_by_image, first="threshold 100", second="no decay"),
    "A12-threshold": partial(image_by_image, first="threshold 100", second="threshold 40"),
    "A13-loss": partial(started, entry="loss", factor=1),
    "A13-accuracy": partial(started, entry="test", factor=100),
    "B9-mean": partial(strength, code="mean"),
    "B9-sum": partial(strength, code="sum"),
    "B13-accuracy": features,
    "C9-accuracy": partial(clothes, way="from scratch"),
    "C13-accuracy": partial(clothes, way="PyTorch"),
    "D5-recipe": partial(network, reported=True),
    "D5-network": partial(network, reported=False),
    "D7-time": step_ratio,
    "D7-cause": partial(step_ratio, largest=True),
}
