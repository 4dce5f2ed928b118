"""Every file and folder that was handed in has a line; of several the right one counts; ours earns nothing silently."""

import io
import json
import os
import re
import tarfile
import zipfile

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gradekit.lesson import GradingError, load_lessons, prepare
from gradekit.student import student_version
from gradekit.submission import archives, files
from gradekit.submission.folder import find, find_submissions
from gradekit.submission.recognise import version
from tests import sample_lesson
from tests.gradekit.handed_in import BOTH, by_student, plainly
from tests.gradekit.two_exercises import NAME, lesson

LESSON = prepare(NAME, lesson())
OTHER = prepare("91_sample", sample_lesson.lesson())
NB = f"{NAME}.ipynb"
MASTER = nbformat.writes(lesson())
STUBS = json.dumps(student_version(lesson()))


def write(folder, tree, time=1_700_000_000):
    """Write files by their paths, all of one time."""
    for path, content in tree.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content if isinstance(content, bytes) else content.encode())
        os.utime(place, (time, time))
    return folder


def packed(tree, **how):
    """Return a zip of files by their paths."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for path, content in tree.items():
            archive.writestr(path, content)
    return data.getvalue()


def tarred(tree, mode="w:gz"):
    """Return a tar of files by their paths."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:
        for path, content in tree.items():
            info = path if isinstance(path, tarfile.TarInfo) else tarfile.TarInfo(path)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content if isinstance(content, bytes) else content.encode()))
    return data.getvalue()


def works(folder, **how):
    """Return each student's work."""
    return {work.student: work for work in find(folder, how.pop("lessons", [LESSON]), **how).works}


def tag(work):
    """Return the comment that tells whose answer was taken."""
    return work.submission.answers["90-most-likely"].split("# ")[1]


@pytest.mark.parametrize(
    "name",
    [
        NB,
        "90_TWO_exercises.ipynb",
        "90-two-exercises.ipynb",
        "90 two exercises (1).ipynb",
        "lab90_ann.ipynb",
        "Untitled.ipynb",
        "90_two_exercises.IPYNB",
        "90_two_exercises.ipynb.txt",
        "90_two_exercises.ipynb.json",
        "90_two_exercises",
        "notebook.json",
        "a.txt",
        "Ã¼bung.ipynb",
        "05_mnist_lab.ipynb",
        "90_two_exercises.ipynb.ipynb",
        "\x1b[31m\n.ipynb",
        "x" * 240 + ".ipynb",
    ],
)
def test_a_notebook_is_known_by_its_cells_whatever_its_name(tmp_path, name):
    """Case, signs, endings of browsers and mail programs, no ending, no sense."""
    write(tmp_path, {f"ann/{name}": by_student("mine")})
    found = find(tmp_path, [OTHER, LESSON])
    assert [(work.student, work.lesson.name) for work in found.works] == [("ann", NAME)]
    assert [(line.student, line.what, line.why) for line in found.lines] == [("ann", "taken", NAME)]
    assert all(char.isprintable() for char in found.lines[0].path)


def lost(nb):
    """Leave no metadata in a notebook."""
    for cell in nb.cells:
        cell.metadata.clear()
    return nb


def version_alone(nb):
    """Leave the notebook's own metadata, and of the cells nothing."""
    nb.metadata.coursekit = {"version": version(LESSON)}
    for cell in nb.cells:
        cell.source = ""
    return lost(nb)


def functions_alone(nb):
    """Leave the answers alone."""
    nb.cells = [cell for cell in nb.cells if "def " in cell.source]
    return lost(nb)


def text_alone(nb):
    """Leave what stands around the answers."""
    nb.cells = [cell for cell in nb.cells if "def " not in cell.source]
    return lost(nb)


@pytest.mark.parametrize("change", [lost, version_alone, functions_alone, text_alone])
def test_a_notebook_without_names_is_known_by_what_is_left(tmp_path, change):
    """By its release, the functions that it defines, or the lesson's text."""
    write(tmp_path, {"ann/x.ipynb": json.dumps(change(nbformat.from_dict(json.loads(by_student("mine")))))})
    found = find(tmp_path, [OTHER, LESSON])
    assert [work.lesson.name for work in found.works] == [NAME] and not found.works[0].unreadable


def test_two_lessons_in_one_folder_are_two_works(tmp_path):
    """Also under each other's names: the cells count, and that is said."""
    sample = json.dumps(student_version(OTHER.master))
    write(tmp_path, {f"ann/{NB}": sample, "ann/91_sample.ipynb": by_student("mine")})
    first, second = find(tmp_path, [LESSON, OTHER]).works
    assert (first.lesson.name, first.file) == (NAME, "ann/91_sample.ipynb")
    assert "its name says 91_sample, but it holds 90_two_exercises." in first.submission.remarks
    assert (second.lesson.name, second.file) == ("91_sample", f"ann/{NB}")


def test_a_notebook_that_answers_two_lessons_is_two_works(tmp_path):
    """Unless the other lesson was handed in by itself."""
    both = json.loads(by_student("mine"))
    answer = json.loads(json.dumps(student_version(OTHER.master)))["cells"][1]
    both["cells"].append({**answer, "source": "def double(x):\n    return 2 * x"})
    write(tmp_path, {"ann/x.ipynb": json.dumps(both)})
    _, second = find(tmp_path, [LESSON, OTHER]).works
    assert second.submission.answers == {"90-sample-double": "def double(x):\n    return 2 * x"}
    assert "its answers stand in a notebook of another lesson: ann/x.ipynb" in second.submission.remarks
    untouched = student_version(OTHER.master)
    write(tmp_path, {"ann/y.ipynb": json.dumps(untouched)})
    _, second = find(tmp_path, [LESSON, OTHER]).works
    assert second.file == "ann/x.ipynb"  # what was written is not lost to a copy as it was handed out
    untouched.cells[1].source = "def double(x):\n    return x + x"
    write(tmp_path, {"ann/y.ipynb": json.dumps(untouched)})
    _, second = find(tmp_path, [LESSON, OTHER]).works
    assert second.file == "ann/y.ipynb" and not any("files answer" in said for said in second.submission.remarks)


def test_a_lesson_that_is_not_graded_is_named(tmp_path):
    """It costs nobody anything, and nobody has a work for it."""
    sample = json.dumps(student_version(OTHER.master))
    write(
        tmp_path,
        {f"ann/{NB}": by_student("a"), "ann/b.ipynb": sample, "bob/91 sample.ipynb": sample, "carl/c.ipynb": "{}"},
    )
    found = find(tmp_path, [LESSON], others=["91_sample"])
    whys = {line.path: line.why for line in found.lines}
    assert (
        whys["ann/b.ipynb"].startswith("answers ")
        and whys["bob/91 sample.ipynb"] == "answers 91_sample, which is not graded now."
    )
    assert [work.student for work in found.works] == ["ann", "carl"]


KINDS = {
    "half.ipynb": (by_student("x")[:900], "breaks off after"),
    "empty.ipynb": (b"", "is empty"),
    "page.html": (b"<html>", "is a web page"),
    "script.py": (b"# %%\n", "is a script"),
    "print.pdf": (b"%PDF", "is a PDF"),
    "essay.docx": (packed({"[Content_Types].xml": "x"}), "is a document"),
    "photo.HEIC": (b"x", "is a picture"),
    "work.rar": (b"Rar!", "cannot be looked into"),
    "nb.ipynb.crdownload": (by_student("x")[:900], "breaks off after"),
    "nothing.zip": (packed({"readme.md": "x"}), "holds no notebook"),
    "locked.zip": (packed({NB: "x"})[:40], "is a damaged archive"),
    "foreign.ipynb": (json.dumps({"cells": []}).encode(), "holds nothing of a lesson"),
}


@pytest.mark.parametrize("name", KINDS)
def test_who_handed_in_something_else_has_a_work_that_says_what(tmp_path, name):
    """In a folder of their own and as a flat file; beside a notebook it has a line only."""
    content, problem = KINDS[name]
    write(tmp_path / "folders", {f"ann/{name}": content, f"bob/{NB}": by_student("b"), f"bob/{name}": content})
    found = find(tmp_path / "folders", [LESSON])
    ann, bob = found.works
    assert problem in ann.unreadable and ann.submission.answers == {}
    assert (bob.unreadable, tag(bob)) == ("", "b")
    assert any(line.path.startswith(f"bob/{name}") and line.what != "taken" for line in found.lines)
    write(tmp_path / "flat", {f"ann_{NAME}_{name}": content, f"bob_{NB}": by_student("b")})
    assert problem in works(tmp_path / "flat")["ann"].unreadable or name == "foreign.ipynb"


def test_what_lies_beside_the_students_is_nobodys(tmp_path):
    """A roster, a page, a picture of the system's, and the grades of the run before."""
    tree = {
        "index.html": "x",
        "roster.csv": "x",
        "Readme.pdf": "%PDF",
        "grades/verdicts.jsonl": "",
        "grades/feedback/ann.html": "x",
    }
    write(tmp_path, {f"ann/{NB}": by_student("a"), f"bob/{NB}": by_student("b"), **tree})
    found = find(tmp_path, [LESSON])
    assert [work.student for work in found.works] == ["ann", "bob"]
    assert {line.path for line in found.lines if not line.student} == {
        "index.html",
        "roster.csv",
        "Readme.pdf",
        "grades",
    }


def test_empty_dotted_and_linked_folders_have_a_line(tmp_path):
    """Nothing disappears because of how a folder is called."""
    write(
        tmp_path,
        {f".ann/{NB}": by_student("a"), f"carl/.hidden/{NB}": by_student("c"), f"eve/.git/{NB}": by_student("e")},
    )
    (tmp_path / "bob").mkdir()
    (tmp_path / "dora").symlink_to(tmp_path / ".ann")
    found = find(tmp_path, [LESSON])
    assert {work.student: work.unreadable for work in found.works} == {
        ".ann": "",
        "bob": "is an empty folder.",
        "carl": "",
    }
    lines = {line.path: line.why for line in found.lines}
    assert "a link" in lines["dora"] and lines["eve/.git"] == "is a program's own, so it was left out."


def test_a_roster_names_strangers_and_the_silent(tmp_path):
    """Members of a group are neither."""
    write(
        tmp_path,
        {
            f"ann/{NB}": by_student("a"),
            f"zed/{NB}": by_student("z"),
            f"bo & carl/{NB}": by_student("g"),
            "dora/x.pdf": "x",
        },
    )
    found = find(tmp_path, [LESSON], roster={name: {} for name in ("ann", "bo", "carl", "dora", "eve")})
    assert (found.strangers, found.silent) == (("zed",), ("eve",))
    assert found.groups == {"bo + carl": ("bo", "carl")}
    assert [work.student for work in found.works] == ["ann", "bo + carl", "dora", "zed"]


def test_of_several_files_the_newest_counts(tmp_path):
    """By its time; one as it was handed out, a damaged one and a checkpoint never replace an answer."""
    write(tmp_path, {"ann/b.ipynb": by_student("old")}, time=1_600_000_000)
    write(tmp_path, {"ann/a.ipynb": by_student("new")}, time=1_600_000_900)
    untouched = {
        "ann/c.ipynb": STUBS,
        "ann/d.ipynb": "{",
        f"ann/.ipynb_checkpoints/{NAME}-checkpoint.ipynb": by_student("auto"),
    }
    write(tmp_path, untouched, time=1_700_000_000)
    found = find(tmp_path, [LESSON])
    assert tag(found.works[0]) == "new"
    assert "the newest that was written to counts: a.ipynb" in found.works[0].submission.remarks[0]
    counts = {line.path: line.what for line in found.lines}
    assert counts == {"ann/a.ipynb": "taken", "ann/d.ipynb": "not taken"} | {
        f"ann/{name}": "another counts"
        for name in ("b.ipynb", "c.ipynb", f".ipynb_checkpoints/{NAME}-checkpoint.ipynb")
    }


@pytest.mark.parametrize(
    ("names", "taken"),
    [
        (["lab.ipynb", "lab (1).ipynb", "lab (2).ipynb"], "lab (2).ipynb"),
        (["lab-2.ipynb", "lab-10.ipynb", "lab.ipynb"], "lab-10.ipynb"),
        (["a.ipynb", "b.ipynb"], "b.ipynb"),
        (["final/lab.ipynb", "old/lab.ipynb"], "final/lab.ipynb"),
        (["lab.ipynb", "Backup 2/lab-3.ipynb"], "lab.ipynb"),
        (["Lab 5/Version 2/lab.ipynb", "Lab 5/Version 10/lab.ipynb"], "Lab 5/Version 10/lab.ipynb"),
    ],
)
def test_equal_times_are_told_and_the_number_decides(tmp_path, names, taken):
    """An archive and a copied folder keep no times; two seconds are none."""
    for seconds, name in enumerate(reversed(names[:2])):
        write(tmp_path, {f"ann/{name}": by_student(name)}, time=1_700_000_000 + seconds)
    write(tmp_path, {f"ann/{name}": by_student(name) for name in names[2:]})
    (work,) = find_submissions(tmp_path, [LESSON])
    assert tag(work) == taken
    assert (
        f"with equal times; by number and name the last one counts: {taken.split('/')[-1]}"
        in work.submission.remarks[0]
    )


def test_a_system_knows_better_than_times(tmp_path):
    """Canvas' suffixes, Blackboard's and Brightspace's dates: a download has no times of its own."""
    newer = {
        "canvas": ("leeann_1_90_lab-2.ipynb", "leeann_1_91_lab-1.ipynb", "leeann_1_95_lab.ipynb"),
        "canvas ids": ("leeann_LATE_1_95_lab.ipynb", "leeann_1_91_lab.ipynb"),
        "blackboard": ("x_ann_attempt_2026-11-03-12-00-00_a.ipynb", "x_ann_attempt_2026-11-02-13-00-00_b.ipynb"),
        "brightspace": (
            f"1-2 - Ann - Nov 3, 2026 101 PM/{NB}",
            f"1-2 - Ann - Nov 3, 2026 1234 PM/{NB}",
            f"1-2 - Ann - Nov 3, 2026 1205 AM/{NB}",
            f"1-2 - Ann - Nov 3, 2026 1159 AM/{NB}",
            f"1-2 - Ann - Oct 30, 2026 1159 PM/{NB}",
        ),
        "gradescope": ("submission_9.ipynb",),
    }
    for system, (newest, *older) in newer.items():
        write(tmp_path / system, {newest: by_student("new")}, time=1_600_000_000)
        write(tmp_path / system, {name: by_student("old") for name in older}, time=1_700_000_000)
        assert [tag(work) for work in find_submissions(tmp_path / system, [LESSON])] == ["new"]


def test_a_later_attempt_as_it_was_handed_out_replaces_nothing(tmp_path):
    """Nor does a damaged one; and what another copy answers more is told."""
    half = json.loads(by_student("half"))
    half["cells"][7]["source"] = json.loads(STUBS)["cells"][7]["source"]
    tree = {
        "leeann_1_91_lab-1.ipynb": by_student("mine"),
        "leeann_1_92_lab-2.ipynb": STUBS,
        "leeann_1_93_lab-3.ipynb": "{",
    }
    write(tmp_path, tree)
    (work,) = find_submissions(tmp_path, [LESSON])
    assert tag(work) == "mine"
    write(tmp_path, {"leeann_1_94_lab-4.ipynb": json.dumps(half)})
    (work,) = find_submissions(tmp_path, [LESSON])
    assert tag(work) == "half"
    assert "another of them holds 90-decayed-rate, which it leaves unwritten." in work.submission.remarks


@pytest.mark.parametrize(
    ("tree", "roster", "names"),
    [
        ({NB: "a", "utils.py": "", "data/x.csv": "", "README.md": ""}, (), [NAME]),
        ({f"ann_{NB}": "a", "bob.pdf": "", "instructions.pdf": "", "helper.py": ""}, (), ["ann", "bob"]),
        ({f"w/in/ann/{NB}": "a", f"w/in/bob/{NB}": "b", f"w/solutions/{NB}": MASTER}, (), ["ann", "bob"]),
        ({f"ann/{NB}": "a", f"bob/{NB}": "b", NB: MASTER}, (), ["ann", "bob"]),
        ({f"ann_{NB}": "a", f".ipynb_checkpoints/ann_{NAME}-checkpoint.ipynb": "b"}, (), ["ann"]),
        ({f"Group 7 - Ann, Bo/{NB}": "a", f"Group 8: Ca, Di/{NB}": "b"}, ["ann", "bo", "ca", "di"],
         ["ann + bo", "ca + di"]),
        ({f"9-1 - Ann - Nov 3, 2026 101 PM/{NB}": "a", f"8-1 - Ann - Nov 3, 2026 101 PM/{NB}": "b"},
         ["Ann"], ["Ann (8)", "Ann (9)"]),
        ({f"ann/{NB}": "a", f"ANN/{NB}": "b"}, ["Ann", "aNN"], ["ANN (2)", "ann (1)"]),
        ({"export.zip": packed({f"ann/{NB}": by_student("a"), f"bob/{NB}": by_student("b")})}, (), ["ann", "bob"]),
        ({"e.zip": packed({f"smithann_1_2_{NB}": by_student("a"), "lee_3_4_w.zip": packed({NB: by_student("b")})})},
         (), ["lee", "smithann"]),
    ],
    ids=range(10),
)  # fmt: skip
def test_only_students_have_works(tmp_path, tree, roster, names):
    """Not what lies about, not the instructor's own; a stranger never goes by the name of somebody on the roster."""
    write(tmp_path, {path: by_student(text) if len(text) == 1 else text for path, text in tree.items()})
    found = find(tmp_path, [LESSON], roster={name: {} for name in roster})
    assert [work.student for work in found.works] == names
    assert {line.student for line in found.lines if line.what == "taken"} == set(names) - {"bob"} | {
        work.student for work in found.works if not work.unreadable
    }


def test_a_list_of_bare_numbers_tells_whose_they_are(tmp_path):
    """Gradescope's files without a word before the number."""
    listed = "submission_123456789:\n  :submitters:\n  - :name: Ann\n    :email: a@b\n"
    write(tmp_path, {"123456789.ipynb": by_student("a"), "submission_metadata.yml": listed})
    assert list(works(tmp_path)) == ["Ann"]


def test_lists_of_systems_tell_whose_it_is(tmp_path):
    """Gradescope's for a group as well; Blackboard's letter; one that a student wrote is none."""
    letter = "Name: Ann Lee (alee)\nAssignment: Lab\n"
    write(
        tmp_path / "b",
        {
            "Lab_alee_attempt_2026-11-03-12-00-00.txt": letter,
            "Lab_alee_attempt_2026-11-03-12-00-00_x.ipynb": by_student("a"),
        },
    )
    assert list(works(tmp_path / "b")) == ["Ann Lee"]
    namesake = "Lab_ann2_attempt_2026-11-03-12-00-00"
    write(tmp_path / "b", {f"{namesake}.txt": letter.replace("alee", "ann2"), f"{namesake}_x.ipynb": by_student("b")})
    assert list(works(tmp_path / "b")) == ["Ann Lee (alee)", "Ann Lee (ann2)"]
    listed = "submission_1:\n  :submitters:\n  - :name: Ann\n    :email: a@b\n  - :name: Bo\n    :email: b@b\n"
    forged = "submission_2:\n  :submitters:\n  - :name: Ann\n"
    tree = {
        "submission_metadata.yml": listed,
        f"submission_1/{NB}": by_student("a"),
        f"submission_2/{NB}": by_student("b"),
    }
    write(tmp_path / "g", {**tree, "submission_2/submission_metadata.yml": forged})
    assert list(works(tmp_path / "g")) == ["Ann & Bo", "submission_2"]
    assert list(works(tmp_path / "g", roster={"ann": {"email": "a@b"}, "bo": {}})) == ["ann + bo", "submission_2"]


@pytest.mark.parametrize(
    "content",
    [
        "- 1",
        "submission_1: 5",
        "{",
        "a: &a [*a]",
        "submission_1: {':submitters': [5, {':name': 7}]}",
        "!!python/object:os.system {}",
    ],
)
def test_a_list_of_anything_stops_nobody(tmp_path, content):
    """It tells nothing, and everybody is found."""
    write(tmp_path, {"submission_metadata.yml": content, f"submission_1/{NB}": by_student("a")})
    assert len(find_submissions(tmp_path, [LESSON])) == 1


def test_nbgraders_own_folders_are_left_out(tmp_path):
    """Its source holds our solutions, its others what was graded before."""
    tree = {f"{name}/ann/ps1/{NB}": by_student(name) for name in ("submitted", "autograded")}
    write(tmp_path, {**tree, f"source/ps1/{NB}": MASTER, f"release/ps1/{NB}": STUBS})
    found = find(tmp_path, [LESSON])
    assert [(work.student, tag(work)) for work in found.works] == [("ann", "submitted")]
    assert {line.what for line in found.lines} == {"taken", "left out"}


def unmarked(nb):
    """Take the marks out of the master, and leave its outputs."""
    for cell in nb.cells:
        cell.source = plainly(cell.source)
        cell.metadata.pop("coursekit", None)
    return nb


def without_outputs(nb):
    """Take marks and outputs out of the master, and leave its rules."""
    for cell in unmarked(nb).cells:
        if cell.cell_type == "code":
            cell.outputs = []
    for cell, full in zip(nb.cells, lesson().cells, strict=True):
        cell.metadata = full.metadata
    return nb


@pytest.mark.parametrize("change", [lambda nb: nb, unmarked, without_outputs])
def test_our_own_solved_notebook_earns_nothing_silently(tmp_path, change):
    """By its marks, by what hidden tests print, by its rules: no answer is taken, and a human is asked."""
    write(tmp_path, {f"ann/{NB}": json.dumps(change(lesson())), f"bob/{NB}": by_student("b")})
    ann, bob = find_submissions(tmp_path, [LESSON])
    assert ann.look.endswith(", as only the course's own solved notebook does") and ann.submission.answers == {}
    assert "earns nothing until you give marks in overrides.yml" in ann.unreadable
    assert (bob.look, bob.unreadable) == ("", "")


def test_our_own_notebook_beside_a_students_is_told(tmp_path):
    """As when the project's folder is zipped whole: the student's own counts."""
    project = packed(
        {f"kit/notebooks/{NB}": MASTER, f"kit/mine/{NB}": by_student("own"), "kit/.venv/x.py": "", "kit/README.md": ""}
    )
    write(tmp_path, {"ann/kit.zip": project})
    (work,) = find_submissions(tmp_path, [LESSON])
    assert tag(work) == "own" and work.look == ""
    assert work.submission.remarks == (
        f"the course's own solved notebook was handed in beside it: ann/kit.zip/kit/notebooks/{NB}",
    )


def test_answers_that_are_ours_to_the_letter_are_looked_at(tmp_path):
    """They count, since nobody knows, and a human is asked; short ones tell nothing."""
    (real,) = load_lessons(["05"])
    write(
        tmp_path,
        {
            "ann/05.ipynb": by_student(None, real.master),
            f"bob/{NB}": by_student(),
        },
    )
    ann, bob = find_submissions(tmp_path, [real, LESSON])
    assert ann.look == "every answer is to the letter the course's own" and len(ann.submission.answers) == 4
    assert f"{ann.look}: please look at it." in ann.submission.remarks
    assert (bob.look, bob.submission.remarks) == ("", ())


def test_an_empty_folder_says_what_was_there(tmp_path):
    """What is expected, and what was found instead."""
    with pytest.raises(GradingError, match=f"holds no notebook of {NAME}. Expected STUDENT/LESSON.ipynb"):
        find(tmp_path, [LESSON])
    write(tmp_path, {"notes.csv": "x"})
    with pytest.raises(GradingError, match=r"notes.csv: is no notebook\."):
        find(tmp_path, [LESSON])
    with pytest.raises(GradingError, match="is no folder"):
        find(tmp_path / "missing", [LESSON])


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("work.zip", packed({NB: by_student("a")})),
        ("work.ipynb", packed({f"deep/er/{NB}": by_student("a")})),
        ("work", packed({"inner.zip": packed({NB: by_student("a")})})),
        ("work.tar.gz", tarred({f"./work/{NB}": by_student("a")})),
        ("work.tgz", tarred({"x.tar": tarred({NB: by_student("a")}, "w")})),
        ("work.tar", tarred({NB: by_student("a")}, "w")),
        ("work.tar.bz2", tarred({NB: by_student("a")}, "w:bz2")),
        ("lab.ipynb.gz", __import__("gzip").compress(by_student("a").encode())),
        ("mac.zip", packed({NB: by_student("a"), f"__MACOSX/._{NB}": "x", f"._{NB}": "x", ".DS_Store": "x"})),
        ("old.zip", packed({NB: by_student("a"), f".ipynb_checkpoints/{NAME}-checkpoint.ipynb": by_student("b")})),
        (
            "broken inside.zip",
            packed({"bad.ipynb": "x" * 50, NB: by_student("a")}).replace(b"bad.ipynbK", b"bad.ipynbX"),
        ),
    ],
)
def test_archives_are_looked_into(tmp_path, name, content):
    """Of every kind that a system makes, once in another, under any ending; and nothing is written."""
    write(tmp_path, {f"ann/{name}": content, f"bob/{NB}": by_student("b")})
    found = find(tmp_path, [LESSON])
    assert [(work.student, tag(work)) for work in found.works] == [("ann", "a"), ("bob", "b")]
    assert sorted(path.name for path in tmp_path.rglob("*")) == sorted(["ann", name, "bob", NB])
    flat = write(tmp_path / "flat", {f"ann_{NAME}_{name}.zip": content})
    assert [work.student for work in find_submissions(flat, [LESSON])] == ["ann"]


def link(name):
    """Return an entry of a tar that is a link."""
    info = tarfile.TarInfo(name)
    info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
    return info


def zip_link():
    """Return an entry of a zip that is a link."""
    info = zipfile.ZipInfo("link.ipynb")
    info.external_attr = 0o120777 << 16
    return info


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (packed({"../../evil.ipynb": by_student("x")}), "points out of its archive"),
        (packed({"/etc/evil.ipynb": by_student("x")}), "points out of its archive"),
        (packed({"C:\\evil.ipynb": by_student("x")}), "points out of its archive"),
        (tarred({"../evil.ipynb": by_student("x")}), "points out of its archive"),
        (packed({zip_link(): "/etc/passwd"}), "is a link"),
        (tarred({link("link.ipynb"): ""}), "is a link"),
        (packed({"bomb.ipynb": b" " * (files.archives.SMALL * 30)}), "would unpack to 30 MB"),
        (__import__("gzip").compress(b" " * (archives.SMALL * 30)), "its size and more"),
        (tarred({"bomb.ipynb": b" " * (archives.SMALL * 30)}), "its size and more"),
        (packed({"a.zip": packed({"b.zip": packed({NB: by_student("x")})})}), "within archives"),
        (packed({NB: by_student("x")}).replace(b"\x14\x00\x00\x00", b"\x14\x00\x01\x00"), "password"),
        (packed({NB: by_student("x")})[:-30], "is a damaged archive"),
        (tarred({NB: by_student("x")})[:-30], "is a damaged archive"),
    ],
    ids=range(13),
)  # fmt: skip
def test_what_is_dangerous_in_an_archive_is_refused_and_told(tmp_path, content, why):
    """Names that point out, links, bombs, passwords, endless nesting, damage: a line each, and no answer."""
    write(tmp_path, {"ann/work.zip": content, f"bob/{NB}": by_student("b")})
    found = find(tmp_path, [LESSON])
    assert any(why in line.why and line.what in ("refused", "not taken") for line in found.lines), found.lines
    ann = next(work for work in found.works if work.student == "ann")
    assert ann.submission.answers == {} and why in ann.unreadable


def test_bounds_of_archives_hold(monkeypatch):
    """So many entries, so many bytes of one file and of all."""
    monkeypatch.setattr(archives, "ENTRIES", 3)
    for content in (packed(dict.fromkeys("abcd", "x")), tarred(dict.fromkeys("abcd", "x"))):
        assert "holds more than 3 entries" in list(archives.members(content, lambda parts: True))[-1].why
    monkeypatch.setattr(archives, "UNPACKED", 100)
    found = list(archives.members(packed({"a.ipynb": "x" * 60, "b.ipynb": "y" * 60, "c": "z"}), lambda parts: True))
    assert [member.found and len(member.found) for member in found] == [60, None, None]
    assert "unpacks to more than" in found[1].why


def test_no_more_is_unpacked_than_is_allowed():
    """A stream without an end is read to the bound and one byte further; notebooks come before what uses it up."""

    class Endless:
        """A stream that gives as much as is asked for."""

        def read(self, most=-1):
            """Return so many bytes; all there are is more than a machine has."""
            assert 0 <= most <= 101
            return b"x" * most

    with pytest.raises(archives.Refused):
        archives.Budget(100).read(Endless())


def test_notebooks_are_unpacked_first(monkeypatch):
    """What else is in an archive must not use up what may be unpacked."""
    monkeypatch.setattr(archives, "UNPACKED", 100)
    found = list(archives.members(packed({"a.json": "x" * 80, "b.ipynb": "y" * 60}), lambda parts: True))
    assert [(member.parts, member.found is None) for member in found] == [(("b.ipynb",), False), (("a.json",), True)]


def test_names_in_archives_are_read_as_they_were_written():
    """Of macOS, which writes UTF-8 and does not say so; of old systems; of all that say so."""
    content = packed({"MXXller.ipynb": "x"})
    names = [content.replace(b"MXXller", name) for name in ("Müller".encode(), b"M\x81.ller")]
    names.append(packed({"Müller.ipynb": "x"}))
    found = [member.parts[0] for each in names for member in archives.members(each, lambda parts: True)]
    assert found == ["Müller.ipynb", "Mü.ller.ipynb", "Müller.ipynb"]


def test_bounds_of_folders_hold(tmp_path, monkeypatch):
    """So many files, so many folders within folders: a line says where it stopped."""
    write(tmp_path, {f"ann/{NB}": by_student("a"), "bob/" + "d/" * 45 + NB: by_student("b")})
    assert any("folders deep" in file.why for file in files.walk(tmp_path))
    monkeypatch.setattr(files, "MOST", 3)
    assert "more than 3 files" in list(files.walk(tmp_path))[-1].why


def test_a_file_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    """And hurts nobody else."""
    write(tmp_path, {f"ann/{NB}": by_student("a"), f"bob/{NB}": by_student("b")})

    def refuse(path, *how):
        if "bob" in str(path):
            raise PermissionError
        return opened(path, *how)

    opened = os.open
    monkeypatch.setattr(os, "open", refuse)
    found = works(tmp_path)
    assert tag(found["ann"]) == "a" and "cannot be opened (PermissionError)" in found["bob"].unreadable


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """Return a folder with one good submission."""
    return write(tmp_path_factory.mktemp("any"), {f"bob/{NB}": by_student("b")})


BEGINNINGS = [
    b"",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"BZh9",
    b'{"cells": [',
    b"\xff\xfe",
    packed({NB: STUBS}),
    tarred({NB: STUBS}),
    STUBS.encode(),
]


@given(
    st.sampled_from(BEGINNINGS),
    st.binary(max_size=300),
    st.integers(0, 400),
    st.sampled_from(["x.ipynb", "x.zip", "x", "x.json", "submission_metadata.yml"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_have_a_line_and_raise_nothing(place, begin, noise, cut, name):
    """Damaged at any place, under any name, in any coat."""
    target = place / "ann" / name
    target.parent.mkdir(exist_ok=True)
    for old in target.parent.iterdir():
        old.unlink()
    target.write_bytes(begin[: len(begin) - cut] + noise + begin[len(begin) - cut :] if cut else begin + noise)
    found = find(place, [LESSON])
    assert {line.student for line in found.lines} >= {"bob"} and any(f"{name}" in line.path for line in found.lines)
    assert tag(next(work for work in found.works if work.student == "bob")) == "b"


@given(
    st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=40).filter(
        lambda name: name not in (".", "..")
    )
)
@settings(max_examples=60, deadline=None)
def test_any_name_is_shown_and_never_raw(tmp_path_factory, name):
    """Of a folder or a file: no control character reaches a student's name, a path or a remark."""
    folder = tmp_path_factory.mktemp("names")
    try:
        write(folder, {f"bob/{NB}": by_student("b"), f"{name}/{name}": by_student("a")})
    except OSError:
        return  # the name is too long in bytes
    found = find(folder, [LESSON])
    texts = [text for line in found.lines for text in (line.path, line.student, line.why)]
    texts += [
        text for work in found.works for text in (work.student, work.file, work.unreadable, *work.submission.remarks)
    ]
    assert all(text.isprintable() for text in texts)
    assert len(found.lines) >= 2


def test_works_and_lines_cannot_be_changed(tmp_path):
    """What travels is frozen."""
    found = find(write(tmp_path, {f"ann/{NB}": by_student("a")}), [LESSON])
    for thing in (found, found.works[0], found.works[0].submission, found.lines[0]):
        with pytest.raises(AttributeError):
            thing.student = "eve"
    assert set(found.works[0].submission.answers) == set(BOTH) and re.match("ann/", found.works[0].file)
