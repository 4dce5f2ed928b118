"""`coursekit author --seed`: the same visible lesson, other hidden values, our answers at full marks."""

import json
import shutil

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from typer.testing import CliRunner

from coursekit.agreements import lessons_folder
from coursekit.cli import app
from gradekit import author, seeds
from gradekit.release import release
from gradekit.student import student_version
from tests.sample_lesson import nbgrader

NUMBER = "the north wind in 1987"
NAME = "91_seeded"
SETUP = '''import numpy as np

class double_it:
    """A check as the engine makes it: a visible part, and a hidden one that draws from a seed."""
    def __call__(self, double):
        assert double(2) == 4
        print("✓ double")
    def hidden(self, double, *, seed):
        print("->", double(np.random.default_rng(seed).integers(0, 10**6, 3)))

check_double = double_it()'''
SEEDLESS = {
    "00-tempered-softmax-check",
    "02-central-difference-check",
    "04-iteration-cost-check",
    "07-stop-early-check",
}
HIDDEN = "### BEGIN HIDDEN TESTS\n{}\n### END HIDDEN TESTS"
PROBES = """given = np.random.default_rng(12)
print("->", halve(given.normal(size=3)), halve(given.normal()), halve(8))"""


def answer(name, body):
    """Return an answer cell."""
    solution = f"def {name}(x):\n    ### BEGIN SOLUTION\n    return {body}\n    ### END SOLUTION"
    return new_code_cell(solution, metadata=nbgrader(f"91-{name}", solution=True))


def check_cell(name, visible, hidden):
    """Return a check cell."""
    flags = nbgrader(f"91-{name}-check", grade=True, locked=True, points=1)
    return new_code_cell(f"{visible}\n{HIDDEN.format(hidden)}", metadata=flags)


def lesson(first="check_double.hidden(double, seed=11)", second=PROBES):
    """Return a lesson of two exercises whose hidden parts are these."""
    return new_notebook(
        cells=[
            new_code_cell(SETUP),
            answer("double", "2 * x"),
            check_cell("double", "check_double(double)", first),
            answer("halve", "x / 2"),
            check_cell("halve", "assert halve(4) == 2  # default_rng(11) stands in a comment", second),
        ]
    )


def write(folder, nb):
    """Write a lesson into a folder, and return its path."""
    folder.mkdir(exist_ok=True)
    nbformat.write(nb, folder / f"{NAME}.ipynb")
    return folder / f"{NAME}.ipynb"


def values(path):
    """Return what the checks of a lesson have printed behind arrows."""
    cells = nbformat.read(path, as_version=4).cells
    return [
        line for cell in cells for output in cell.get("outputs", ()) for line in output.text.split("\n") if "->" in line
    ]


@pytest.fixture(scope="module")
def public(tmp_path_factory):
    """Return the path of the lesson, executed with its public seeds."""
    path = write(tmp_path_factory.mktemp("public"), lesson())
    author.execute(path)
    return path


@pytest.fixture(scope="module")
def own(public, tmp_path_factory):
    """Return the path of the instructor's copy, and what the command printed."""
    folder = tmp_path_factory.mktemp("own")
    path = folder / public.name
    shutil.copy(public, path)
    result = CliRunner().invoke(app, ["author", "--seed", NUMBER, str(path)])
    assert result.exit_code == 0, result.stderr
    return path, result.stdout


def test_the_visible_lesson_is_the_same_and_the_values_are_others(public, own):
    """Byte for byte what students get, and not one value that was printed with the public seed."""
    path, said = own
    before, after = (nbformat.read(each, as_version=4) for each in (public, path))
    assert nbformat.writes(student_version(before)) == nbformat.writes(student_version(after))
    assert len(values(path)) == 2
    assert not set(values(path)) & set(values(public))
    assert said == f"{path}: 5 code cells ran; 2 checks with a new seed; our answers get full marks; saved.\n"


def test_without_the_number_nobody_can_tell(own, tmp_path):
    """What is released holds neither seed nor number nor value; nor does the instructor's own file hold the number."""
    path, _ = own
    release(tmp_path / "mine", source=path.parent)
    text = (tmp_path / "mine" / path.name).read_text()
    cells = nbformat.read(path, as_version=4).cells
    drawn = [node.value for cell in cells for _, node in seeds._seeds(seeds.ast.parse(cell.source))]
    assert len(drawn) == 2 and min(drawn) > 10**12
    assert not any(str(seed) in text for seed in drawn)
    assert not any(value.removeprefix("-> ") in text for value in values(path))
    assert NUMBER not in text + path.read_text()


def test_the_same_number_gives_the_same_lesson_again(own):
    """Nothing changes when the command is run again; each check has a seed of its own."""
    nb = nbformat.read(own[0], as_version=4)
    assert seeds.reseed(nb, NUMBER) == []
    assert seeds.reseed(nb, f"  {NUMBER}\n") == []
    assert seeds.reseed(nb, NUMBER + "!") == ["91-double-check", "91-halve-check"]
    assert seeds._draw(NUMBER, "a", 0, 63) != seeds._draw(NUMBER, "b", 0, 63)


@pytest.mark.parametrize(
    ("hidden", "after"),
    [
        ("f.hidden(f, seed=11)", "f.hidden(f, seed={0})"),
        ("r = np.random.default_rng(11)", "r = np.random.default_rng({0})"),
        ("r = default_rng(seed=11)", "r = default_rng(seed={0})"),
        ('s = "é"; a, b = default_rng(11), default_rng(12)', 's = "é"; a, b = default_rng({0}), default_rng({1})'),
        ("a, b = default_rng(11), default_rng(11)", "a, b = default_rng({0}), default_rng({0})"),
        ("f.hidden(\n    f,\n    seed=11,\n)", "f.hidden(\n    f,\n    seed={0},\n)"),
        ("r = random.Random(0x0B)", "r = random.Random({0})"),
    ],
)
def test_every_form_of_a_seed_is_replaced_in_its_place(hidden, after):
    """Equal seeds stay equal; what stands around them stays as it was, and so does the visible part."""
    nb = lesson(first=hidden)
    visible = nb.cells[2].source.split("###")[0]
    seeds.reseed(nb, NUMBER)
    drawn = [seeds._draw(NUMBER, "91-double-check", place, 63) for place in (0, 1)]
    assert nb.cells[2].source == f"{visible}{HIDDEN.format(after.format(*drawn))}"


def test_small_generators_get_a_small_seed():
    """`np.random.seed` takes 32 bits."""
    nb = lesson(first="np.random.seed(11)")
    seeds.reseed(nb, NUMBER)
    assert seeds._draw(NUMBER, "91-double-check", 0, 32) < 2**32
    assert f"np.random.seed({seeds._draw(NUMBER, '91-double-check', 0, 32)})" in nb.cells[2].source


@pytest.mark.parametrize(
    "hidden",
    [
        "print('->', double(21))",
        "print('->', double(np.random.default_rng().normal()))",
        "check_double.hidden(double, seed=SEED)",
        "check_double.hidden(double, seed=True)",
        "# default_rng(11)\nprint('->', double(rng.normal()))",
    ],
)
def test_a_hidden_part_without_a_seed_is_refused_by_name(hidden):
    """One that draws nothing, or from a seed that does not stand there; the lesson is as it was."""
    nb = lesson(first=hidden)
    before = json.dumps(nb)
    with pytest.raises(seeds.SeedError, match=r"the hidden part of 91-double-check draws from no seed.*seed=1"):
        seeds.reseed(nb, NUMBER)
    assert json.dumps(nb) == before


@pytest.mark.parametrize(
    ("nb", "problem"),
    [
        (lesson(first="check_double.hidden(lambda x: 1, seed=11)"), "91-double-check prints the same values"),
        (lesson(second=PROBES + "; given = np.random.default_rng(12); assert given.normal() < 0"), "a cell failed"),
        (lesson(second=PROBES + ";print('-> ', __import__('random').random())"), "91_seeded: 91-halve-check (value)"),
    ],
    ids=["same values", "raises", "not the same twice"],
)
def test_a_lesson_that_does_not_hold_is_left_as_it_was(nb, problem, tmp_path, capsys):
    """Same values, a cell that raises, a value that differs from run to run: told, with exit code 1."""
    path = write(tmp_path / "own", nb)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(seeds, "_draw", lambda number, name, place, bits: 3 + place)
        author.execute(path)
        before = path.read_bytes()
        code = author.main([str(path)], number=NUMBER)
    printed = capsys.readouterr()
    assert code == 1
    assert problem in printed.err
    assert path.read_bytes() == before


@pytest.mark.parametrize("number", ["", "  \n"])
def test_an_empty_seed_is_refused(number):
    """It would be everybody's."""
    with pytest.raises(seeds.SeedError, match="--seed is empty"):
        seeds.reseed(lesson(), number)


def test_a_short_seed_is_warned_of(monkeypatch):
    """Seven can be guessed."""
    monkeypatch.setattr(author, "main", lambda paths, number: 0)
    assert "can be guessed" in CliRunner().invoke(app, ["author", "--seed", "7", "x.ipynb"]).stderr
    assert CliRunner().invoke(app, ["author", "--seed", NUMBER, "x.ipynb"]).stderr == ""


def test_the_courses_own_lessons_are_not_touched(tmp_path):
    """In place, through a link, in another checkout; the message says how to copy."""
    own = next(lessons_folder().glob("*.ipynb"))
    (tmp_path / "link.ipynb").symlink_to(own)
    (tmp_path / "coursekit").mkdir()
    (tmp_path / "coursekit" / "agreements.py").touch()
    other = write(tmp_path / "notebooks", lesson())
    for path in (own, tmp_path / "link.ipynb", other):
        before = path.read_bytes()
        result = CliRunner().invoke(app, ["author", "--seed", NUMBER, str(path)])
        assert result.exit_code == 1
        assert "is the course's own lesson" in result.stderr and "cp -r" in result.stderr
        assert path.read_bytes() == before
    seeds.refuse_original(write(tmp_path / "my-course", lesson()))


def test_a_check_that_is_no_python_is_told(tmp_path):
    """With the line."""
    with pytest.raises(seeds.SeedError, match=r"91-double-check is no Python: line 3"):
        seeds.reseed(lesson(first="%time = ("), NUMBER)


def test_the_lessons_of_the_course_can_be_drawn_anew():
    """Each hidden part draws from a seed that stands in it, but for those that are to get one."""
    for path in lessons_folder().glob("*.ipynb"):
        nb = nbformat.read(path, as_version=4)
        nb.cells = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in SEEDLESS]
        graded = [cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        assert len(seeds.reseed(nb, NUMBER)) == len(graded), path.name


LINES = [(["-> 'b'"], True), (["-> 'bc'"], False), (["-> 1"], False), ([], False)]


@pytest.mark.parametrize(("lines", "letter"), LINES)
def test_a_question_with_options_has_nothing_to_draw(lines, letter):
    """One letter is all that its hidden part prints, with every seed."""
    assert seeds._is_letter(lines) == letter
