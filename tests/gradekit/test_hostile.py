"""What a grader must withstand, in one batch: every submission of the bank gets the marks that its name says."""

import os
import re
import tempfile
from pathlib import Path

import psutil
import pytest

from gradekit import session
from gradekit.runs import paths
from gradekit.runs.isolation import FINE, isolation, limits_only
from gradekit.runs.limits import Level, Limits
from gradekit.runs.paths import PREFIX
from tests.gradekit import submissions
from tests.gradekit.submissions import write_bank, write_master

LIMITS = Limits(seconds=10, memory=2 * 2**30)
SECRET = "tell-nobody-of-the-registrar"
KEY = re.compile(r"[0-9a-f]{64}")
HARMLESS = {
    "0of6_accomplice_of_namespace",
    "0of6_accomplice_of_probe",
    "1of6_judges_others_by_input_transformer",
    "1of6_judges_others_by_namespace",
    "1of6_judges_others_by_probe",
    "1of6_judges_others_by_thread",
    "3of6_lying_ufunc",
    "3of6_wrong_needs_a_patched_cell",
    "6of6_right_helper_by_two_cells",
    "6of6_right_all_in_the_first_cell",
    "0of6_cells_outputs_forged",
    "0of6_cells_tagged",
    "0of6_markers_in_comments",
    "3of6_hang_endless_loop",
    "3of6_patched_numpy",
    "3of6_patched_print",
    "3of6_patched_probe",
    "3of6_patched_syntax_trees",
    "4of6_crash_os_exit",
    "4of6_forged_messages",
    "4of6_forged_verdict_on_every_descriptor",
    "4of6_hang_sleep",
    "4of6_tells_hidden_inputs_in_silence",
    "5of6_forged_prints",
    "5of6_hang_input",
    "6of6_cells_metadata_lost",
    "6of6_right_and_talkative",
    "6of6_right_lambda",
}
pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(os.name != "posix", reason="links, pipes and odd names need POSIX: the bank was not graded"),
]


@pytest.fixture(scope="module", params=list(Level))
def batch(request, tmp_path_factory):
    """Grade the bank once at each level of isolation; the dangerous part only in a box that was probed."""
    level, place = request.param, tmp_path_factory.mktemp("batch")
    if level == Level.BOX != isolation().level:
        pytest.skip("no box here: the submissions that could harm a machine were not run")
    outside = place / "outside"
    outside.mkdir()
    source = write_master(place / "source")
    expected = write_bank(
        place / "in", outside, boxed=level == Level.BOX, only=None if level == Level.BOX else HARMLESS
    )
    how = {"source": source, "jobs": 3, "limits": LIMITS, "isolation": level}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSEKIT_SECRET", SECRET)
        yield {
            "expected": expected,
            "to": place / "out",
            "again": lambda: _grade(place, how),
            "first": _grade(place, how),
        }


def _grade(place, how):
    """Grade the bank."""
    return session.grade_folder(place / "in", place / "out", **how)


def test_each_gets_the_marks_that_its_name_says(batch):
    """No honest submission loses a mark to its neighbours, no other one gains any."""
    found = {submission.student: submission for submission in batch["first"].gradebook.submissions}
    assert found.keys() == batch["expected"].keys()
    wrong = {name: found[name] for name, points in batch["expected"].items() if found[name].points != points}
    assert wrong == {}
    assert all(found[name].of == 6 for name in found)


def test_an_accomplice_gets_what_the_same_junk_gets_elsewhere(batch):
    """Two hand in the same junk, one beside a cell that judges it right: the verdict is shared, and it is no mark."""
    found = {submission.student: submission.checks for submission in batch["first"].gradebook.submissions}
    for way in ("namespace", "probe"):
        attacker, accomplice = found[f"1of6_judges_others_by_{way}"], found[f"0of6_accomplice_of_{way}"]
        assert [check.key for check in attacker[1:]] == [check.key for check in accomplice[1:]]
        assert [check.points for check in attacker] == [1.0, 0.0, 0.0]
        assert [check.points for check in accomplice] == [0.0, 0.0, 0.0]


def test_the_report_says_how_safe_it_was(batch, request):
    """The first line of the gradebook names the level."""
    level = request.node.callspec.params["batch"]
    assert batch["first"].gradebook.isolation == (FINE if level == Level.BOX else limits_only().line)


def test_nothing_secret_comes_out(batch):
    """Neither the grader's environment, nor the hidden inputs and their values, nor our own answers."""
    patterns = [SECRET, "BEGIN HIDDEN", "BEGIN SOLUTION", *submissions.secrets()]
    for path in sorted(batch["to"].rglob("*")):
        if path.is_file():
            text = KEY.sub("", path.read_text(encoding="utf-8"))
            found = [pattern for pattern in patterns if re.search(pattern, text)]
            assert found == [], path


def test_nothing_is_left(batch):
    """No process of a run goes on, and no folder of one remains."""
    mine = f"{PREFIX}{os.getpid()}-"
    shared = paths.shared_folder(os.getpid())  # the list of fonts, to the end of the grader
    assert set(Path(tempfile.gettempdir()).glob(f"{mine}*")) <= {shared}
    alive = {process.pid: process.info["cmdline"] or [] for process in psutil.process_iter(["cmdline"])}
    assert [pid for pid, line in alive.items() if mine in " ".join(line)] == []
    workers = [
        child for child in psutil.Process().children() if "gradekit.runs.worker" in " ".join(alive.get(child.pid, []))
    ]
    assert workers == []


def test_again_judges_nothing_anew(batch):
    """The verdicts are known, and the gradebook is the same byte for byte."""
    before = (batch["to"] / "gradebook.json").read_bytes()
    again = batch["again"]()
    assert again.judged == 0
    assert again.moved == ()
    assert (batch["to"] / "gradebook.json").read_bytes() == before


def test_failures_are_told_for_what_they_are(batch):
    """A crash is not a hang, a flood not a mistake; so does the student learn what to look for."""
    kinds = {
        "crash_os_exit": {"dead"},
        "hang_endless": {"slow"},
        "hang_sleep": {"slow"},
        "hang_before": {"slow"},
        "hang_in_c": {"slow"},
        "output_of_a_deep_error": {"error"},  # five hundred, of which the check tells the last
        "output_of_control_characters": {"hint"},  # printed, and not many: what counts is the wrong answer
        "output_": {"loud", "slow"},  # on a busy machine the time is up first
        "disk_deep": {"stopped"},
        "memory_of_children": {"stopped", "slow"},
        "syntax_error": {"error"},
        "wrong_axis": {"hint"},
        "starts_at_zero": {"value"},
        "only_the_visible": {"value"},
        "hang_in_a": {"slow"},
        "untouched": {"unwritten"},
    }
    others = {}
    for submission in batch["first"].gradebook.submissions:
        found = {check.kind for check in submission.checks if check.kind != "right"}
        wanted = next((kinds[part] for part in kinds if part in submission.student), found)
        if not found <= wanted or bool(found) != bool(wanted):
            others[submission.student] = found
    assert others == {}
