"""The command ``coursekit``: get the course, open it, look after its data, ask what is wrong."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from typer.core import TyperGroup

import coursekit

FOLDER = Path("softmax-course")


class Action(StrEnum):
    """What ``coursekit data`` can do."""

    LIST = "list"
    FETCH = "fetch"
    VERIFY = "verify"


class Isolation(StrEnum):
    """How ``coursekit grade`` must contain what it runs."""

    BOX = "box"
    LIMITS = "limits"


class _Commands(TyperGroup):
    """A group of commands whose expected errors are a message, not a traceback."""

    def invoke(self, ctx):
        """Run a command; with --debug an error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort):
            raise
        except (ValueError, RuntimeError, OSError) as error:
            if ctx.params["debug"]:
                raise
            typer.echo(f"coursekit: {error}", err=True)
            raise typer.Exit(1) from error


app = typer.Typer(
    cls=_Commands,
    help="Softmax regression, learned by doing.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
    from gradekit.terminal import print_anything

    print_anything(sys.stdout, sys.stderr)
    # jsonschema compiles a grammar from this optional package for two seconds; no notebook has a field that needs it.
    sys.modules.setdefault("rfc3987_syntax", None)


@app.command()
def lab(
    folder: Annotated[Path, typer.Argument(help="Where your copy of the course is, or shall be.")] = FOLDER,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = None,
):
    """Get your copy of the course, and open it in JupyterLab."""
    from coursekit.server import serve
    from gradekit.release import release as release_course

    typer.echo(release_course(folder))
    serve(folder, port=port, browser=browser, tell=typer.echo)


@app.command()
def release(
    out: Annotated[Path, typer.Argument(help="The folder to write to.")],
    lessons: Annotated[list[str] | None, typer.Argument(help="Lessons, such as 05; all by default.")] = None,
    source: Annotated[Path | None, typer.Option(help="Folder of your own complete notebooks.")] = None,
):
    """Write the students' notebooks: no solutions, no hidden tests, no outputs."""
    from gradekit.release import release as release_course

    typer.echo(release_course(out, lessons, source=source))


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook, with the lesson's name in its own.")],
    source: Annotated[
        Path | None, typer.Option(help="Folder of the lessons, where they are not the course's own.")
    ] = None,
):
    """Run your notebook as the grader will, and say which answers pass their visible checks."""
    from gradekit.precheck import precheck

    outlook = precheck(notebook, source=source)
    typer.echo(outlook)
    raise typer.Exit(0 if outlook.passed else 1)


@app.command()
def grade(
    submissions: Annotated[Path, typer.Argument(help="Folder with a folder for each student.")],
    to: Annotated[Path, typer.Option("--to", help="Where grades are written; the same again to grade again.")],
    lessons: Annotated[list[str] | None, typer.Option("--lesson", help="A lesson, such as 05; all by default.")] = None,
    source: Annotated[Path | None, typer.Option(help="Folder of your own complete notebooks.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="How many to grade at once.")] = 1,
    dask: Annotated[str | None, typer.Option(help="Address of a Dask scheduler, tcp://...")] = None,
    isolation: Annotated[Isolation | None, typer.Option(help="Demand the box, or do without.")] = None,
    seconds: Annotated[float, typer.Option(min=1, help="Time limit of one cell.")] = 20,
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


@app.command()
def data(
    action: Annotated[Action, typer.Argument(help="What to do.")] = Action.LIST,
    names: Annotated[list[str] | None, typer.Argument(help="Data sets, such as mnist; all by default.")] = None,
):
    """List the data sets, fetch them, or verify their checksums."""
    from coursekit import datasets

    rows = {row.name: row for row in datasets.available()}
    if action is Action.LIST:
        typer.echo("\n".join(f"{row.name:<14} {row.place:<14} {row.detail}" for row in rows.values()))
    elif action is Action.FETCH:
        for name in names or rows:
            typer.echo(datasets.fetch(name))
    else:
        statuses = [(name, *status) for name in names or rows for status in datasets.verify(name)]
        typer.echo("\n".join(f"{name:<14} {status:<8} {file}" for name, file, status in statuses))
        raise typer.Exit(1 if any(status == "damaged" for _, _, status in statuses) else 0)


@app.command()
def doctor(
    folder: Annotated[Path, typer.Argument(help="Where your copy of the course is, or shall be.")] = FOLDER,
):
    """Ask whether the course can run here, and what to mend if not."""
    from coursekit.doctor import can_run, examine
    from gradekit.runs.isolation import told_by_doctor

    findings = []
    for finding in examine(folder, box=told_by_doctor):
        findings.append(finding)
        typer.echo(finding)
    raise typer.Exit(0 if can_run(findings) else 1)
