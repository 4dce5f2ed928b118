"""What there is to load: for each set its files, checksums, mirrors and how to read it."""

from collections.abc import Callable
from dataclasses import dataclass

from coursekit.datasets import _embedded, _formats

DIGITS = tuple("0123456789")


@dataclass(frozen=True)
class File:
    """A file as the mirrors name it; the checksum is of its bytes, or of what gzip packs in them."""

    name: str
    sha256: str
    of_content: bool = False


@dataclass(frozen=True)
class Embedded:
    """A set that needs no file."""

    title: str
    make: Callable
    class_names: tuple
    image_shape: tuple | None


@dataclass(frozen=True)
class Remote:
    """A set that is fetched once, and the embedded one that can stand in for it."""

    name: str
    title: str
    files: tuple
    mirrors: tuple  # addresses of folders, tried in this order
    megabytes: int
    read: Callable  # a file's content -> its arrays
    parse: Callable  # all the contents -> X_train, y_train, X_test, y_test
    class_names: tuple
    image_shape: tuple
    stand_in: Embedded
    loose: tuple = ()  # the files of the archive, if somebody has unpacked it
    folders: tuple = ()  # where COURSEKIT_DATA may hold it, besides in a folder of its name
    shared: tuple = ()  # folders that may hold another set under the same names: there, only the published files count


def _mnist_files(hashes, **options):
    """Return the four files of a set that is laid out like MNIST."""
    names = (f"{part}-{kind}-ubyte.gz" for part in ("train", "t10k") for kind in ("images-idx3", "labels-idx1"))
    return tuple(File(name, sha256, **options) for name, sha256 in zip(names, hashes, strict=True))


EMBEDDED = {
    "digits": Embedded("scikit-learn's digits", _embedded.digits, DIGITS, (8, 8)),
    "iris": Embedded("scikit-learn's iris", _embedded.iris, ("setosa", "versicolor", "virginica"), None),
}

_ZOOMED = Embedded("scikit-learn's digits zoomed to 28 x 28", _embedded.zoomed_digits, DIGITS, (28, 28))
_SHAPES = Embedded("coloured shapes drawn by code", _embedded.colour_shapes, _embedded.SHAPES, (32, 32, 3))

_MNIST = Remote(
    name="mnist",
    title="MNIST",
    files=_mnist_files(
        (
            "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
            "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
            "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
            "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
        ),
        of_content=True,
    ),
    folders=("mnist_data", "MNIST_data", "MNIST", "MNIST/raw", "mnist/raw"),
    shared=(".", "raw"),
    mirrors=(
        "https://ossci-datasets.s3.amazonaws.com/mnist/",
        "https://storage.googleapis.com/cvdf-datasets/mnist/",
    ),
    megabytes=12,
    read=_formats.read_idx,
    parse=_formats.parse_mnist,
    class_names=DIGITS,
    image_shape=(28, 28),
    stand_in=_ZOOMED,
)

_FASHION_MNIST = Remote(
    name="fashion_mnist",
    title="Fashion-MNIST",
    files=_mnist_files(
        (
            "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
            "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
            "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
            "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
        )
    ),
    folders=("fashion-mnist", "FashionMNIST", "FashionMNIST/raw", "fashion_mnist/raw", "fashion-mnist/data/fashion"),
    shared=(".", "raw"),
    mirrors=(
        "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    ),
    megabytes=31,
    read=_formats.read_idx,
    parse=_formats.parse_mnist,
    class_names=(
        "T-shirt/top",
        "Trouser",
        "Pullover",
        "Dress",
        "Coat",
        "Sandal",
        "Shirt",
        "Sneaker",
        "Bag",
        "Ankle boot",
    ),
    image_shape=(28, 28),
    stand_in=_ZOOMED,
)

_CIFAR10 = Remote(
    name="cifar10",
    title="CIFAR-10",
    files=(
        File(
            "cifar-10-binary.tar.gz",
            "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
        ),
    ),
    loose=tuple(
        map(
            File,
            _formats.CIFAR_BATCHES,
            (
                "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
                "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
                "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
                "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
                "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
                "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b",
            ),
        )
    ),
    folders=("cifar-10-batches-bin", "."),
    mirrors=(
        "https://www.cs.toronto.edu/~kriz/",
        "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/",
        "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/",
    ),
    megabytes=170,
    read=_formats.read_batches,
    parse=_formats.parse_cifar10,
    class_names=("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"),
    image_shape=(32, 32, 3),
    stand_in=_SHAPES,
)

REMOTE = {remote.name: remote for remote in (_MNIST, _FASHION_MNIST, _CIFAR10)}
