"""The command ``coursekit``: get the course, open it, hand it out, grade it, look after its data, ask what is wrong."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

import coursekit
from coursekit.usage import Commands, completing, number, one_of, said

FOLDER = Path("softmax-course")
ACTIONS = ("list", "fetch", "verify")  # of `coursekit data`
ISOLATION = ("box", "limits")  # how `coursekit grade` must contain what it runs
AT_FAULT = {"answers": 1, "file": 2, "machine": 3}  # exit codes of `coursekit check`


class _Course(Commands):
    """The commands of the course."""

    def main(self, *args, **options):
        """Run a command on a terminal that may lack some signs."""
        from gradekit.terminal import print_anything

        print_anything(sys.stdout, sys.stderr)
        return super().main(*args, **options)


app = typer.Typer(
    cls=_Course,
    help="Softmax regression, learned by doing.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Source = Annotated[Path | None, typer.Option(metavar="FOLDER", help="Folder of your own complete lessons.")]


def _print_version(wanted: bool):
    """Print the version and stop."""
    if wanted:
        typer.echo(f"coursekit {coursekit.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,
):
    """Softmax regression, learned by doing."""
    # jsonschema compiles a grammar from this optional package for two seconds; no notebook has a field that needs it.
    sys.modules.setdefault("rfc3987_syntax", None)


@app.command(short_help="Get your copy of the course and open it.")
def lab(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where your copy of the course is, or shall be.")
    ] = FOLDER,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    port: Annotated[
        str | None, typer.Option(metavar="N", callback=number(int, 0, 65535), help="Port; 0 takes any free one.")
    ] = None,
):
    """Get your copy of the course, and open it in JupyterLab."""
    from coursekit.server import serve
    from gradekit.release import release as release_course

    typer.echo(release_course(folder))
    _warn_of_hiding(folder)
    serve(folder, port=port, browser=browser, tell=typer.echo)


@app.command(short_help="Write the students' notebooks.")
def release(
    out: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to write to.")],
    lessons: Annotated[
        list[str] | None, typer.Argument(metavar="LESSON", help="Lessons, such as 05; all by default.")
    ] = None,
    source: Source = None,
):
    """Write the students' notebooks: no solutions, no hidden tests, no outputs."""
    from gradekit.release import release as release_course

    typer.echo(release_course(out, lessons, source=source))


@app.command(short_help="Say what grading will make of your notebook.")
def check(
    notebook: Annotated[Path, typer.Argument(metavar="NOTEBOOK", help="Your notebook.")],
    source: Source = None,
):
    """Run your notebook as the grader will, and say which answers pass their visible checks.

    Our own answers are tried first: if these fail, your machine is at fault and not you.

    Exit code: 0 if all pass, 1 if not, 2 if the file or the command is wrong, 3 if this machine is at fault.
    """
    from gradekit.precheck import precheck

    try:
        outlook = precheck(notebook, source=source, known=_remembered())
    except ValueError as error:
        typer.echo(f"coursekit: {error}", err=True)
        raise typer.Exit(AT_FAULT["file"]) from error
    except (RuntimeError, OSError) as error:
        typer.echo(f"coursekit: {said(error)}\nThis says nothing about your answers. What may be at fault:", err=True)
        _advise(notebook.parent)
        raise typer.Exit(AT_FAULT["machine"]) from error
    typer.echo(outlook)
    _warn_of_hiding(notebook.parent)
    raise typer.Exit(0 if outlook.passed else AT_FAULT["answers"])


def _remembered():
    """Return the folder that remembers which of our answers passed here; None if there is no place for it."""
    from coursekit.datasets import _fetch

    try:
        return _fetch.cache_folder() / "ours"
    except RuntimeError:
        return None


def _advise(folder):
    """Print what the doctor finds wrong."""
    from coursekit.doctor import examine
    from coursekit.findings import verdict

    findings = list(examine(folder))
    for finding in findings:
        if not finding.ok:
            typer.echo(finding, err=True)
    typer.echo(verdict(findings), err=True)


def _warn_of_hiding(folder):
    """Print which files of a folder hide modules of others, if there are any."""
    from coursekit.hiding import hiding

    if not (found := hiding(folder)).ok:
        typer.echo(found)


@app.command(short_help="Run lessons again and save them; for instructors.")
def author(
    notebooks: Annotated[list[Path], typer.Argument(metavar="NOTEBOOK", help="Complete lessons, your own copies.")],
    seed: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT", help="Draw new hidden inputs, from a long number or a sentence that only you know."
        ),
    ] = None,
):
    """Run complete lessons from top to bottom and save them: what they print is what answers are compared with.

    With --seed the hidden inputs are your own: the visible lesson stays as it is, and our answers must get full marks.
    """
    from gradekit import author as authoring
    from gradekit.seeds import is_short

    if seed is not None and is_short(seed):
        typer.echo("So short a seed can be guessed by trying; a sentence of your own cannot.", err=True)
    raise typer.Exit(authoring.main([str(path) for path in notebooks], number=seed))


@app.command(short_help="Grade a folder of submissions.")
def grade(
    submissions: Annotated[Path, typer.Argument(metavar="FOLDER", help="What was handed in, a folder per student.")],
    to: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="Where grades are written; the same again to grade again.")
    ],
    lessons: Annotated[
        list[str] | None, typer.Option("--lesson", metavar="LESSON", help="A lesson, such as 05; all by default.")
    ] = None,
    source: Source = None,
    jobs: Annotated[str, typer.Option(metavar="N", callback=number(int, 1), help="How many to grade at once.")] = "1",
    dask: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler, as tcp://...")] = None,
    isolation: Annotated[
        str | None,
        typer.Option(
            metavar="|".join(ISOLATION),
            callback=one_of(ISOLATION),
            autocompletion=completing(ISOLATION),
            help="Demand the box, or do without.",
        ),
    ] = None,
    seconds: Annotated[
        str, typer.Option(metavar="N", callback=number(float, 1), help="Time limit of one cell.")
    ] = "20",
    as_json: Annotated[bool, typer.Option("--json", help="Print what came out as JSON.")] = False,
):
    """Grade a folder of submissions: gradebook, files for your learning-management system, a page for each student."""
    from gradekit import session
    from gradekit.runs.limits import Limits

    how = {"jobs": jobs, "dask": dask, "isolation": isolation, "limits": Limits(seconds=seconds)}
    how["tell"] = lambda graded: typer.echo(session.as_json(graded) if as_json else session.as_text(graded, to))
    try:
        session.grade_folder(submissions, to, lessons=lessons, source=source, begin=_progress, **how)
    except KeyboardInterrupt:
        typer.echo("\nStopped. What was graded is kept; the same command goes on from there.", err=True)
        raise typer.Exit(130) from None


def _progress(total):
    """Return what is called after each submission: a bar with count, rate and time left, on stderr."""
    from tqdm import tqdm

    bar = tqdm(total=total, unit="submission", disable=None)

    def done(work):
        bar.update()
        if bar.n == total:
            bar.close()

    return done


@app.command(short_help="List the data sets, fetch or verify them.")
def data(
    action: Annotated[
        str,
        typer.Argument(
            metavar="|".join(ACTIONS),
            callback=one_of(ACTIONS),
            autocompletion=completing(ACTIONS),
            help="What to do.",
            show_default=False,
        ),
    ] = "list",
    names: Annotated[
        list[str] | None, typer.Argument(metavar="NAME", help="Data sets, such as mnist; all by default.")
    ] = None,
):
    """List the data sets, fetch them, or verify their checksums."""
    from coursekit import datasets

    rows = {row.name: row for row in datasets.available()}
    if action == "list":
        typer.echo("\n".join([*_table(rows[one_of(rows)(name)] for name in names or rows), "", *_places()]))
    elif action == "fetch":
        for name in names or rows:
            typer.echo(datasets.fetch(name))
    else:
        statuses = [(name, *status) for name in names or rows for status in datasets.verify(name)]
        typer.echo("\n".join(f"{name:<14} {status:<8} {file}" for name, file, status in statuses))
        raise typer.Exit(1 if any(status == "damaged" for _, _, status in statuses) else 0)


def _table(rows):
    """Return the lines of a table of data sets."""
    line = "{:<14} {:<14} {:>9}  {}".format
    sizes = [(row, f"{row.bytes / 2**20:.1f} MB" if row.bytes else "-") for row in rows]
    return [
        line("name", "where", "size", "what"),
        *(line(row.name, row.place, size, row.detail) for row, size in sizes),
    ]


def _places():
    """Return where data sets are looked for."""
    from coursekit.datasets import _fetch

    named = os.environ.get("COURSEKIT_DATA")
    yield f"COURSEKIT_DATA  {named or 'not set; a folder with files of your own, in mnist/ and its like'}"
    yield f"cache           {_fetch.cache_folder()}"


@app.command(short_help="Say whether the course can run here.")
def doctor(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="Where your copy of the course is, or shall be.")
    ] = FOLDER,
):
    """Ask whether the course can run here, and what to fix if not."""
    from coursekit.doctor import examine
    from coursekit.findings import can_run, verdict
    from gradekit.runs.isolation import told_by_doctor

    findings = []
    for finding in examine(folder, box=told_by_doctor):
        findings.append(finding)
        typer.echo(finding)
    typer.echo(f"\n{verdict(findings)}")
    raise typer.Exit(0 if can_run(findings) else 1)
