"""Commands of those who learn: get the course, check it, keep it up, look after its data, ask what is wrong."""

import os
from pathlib import Path
from typing import Annotated

import typer

from coursekit.cli._app import Source, app
from coursekit.usage import completing, number, one_of, said

FOLDER = Path("softmax-course")
ACTIONS = ("list", "fetch", "verify")  # of `coursekit data`
AT_FAULT = {"answers": 1, "file": 2, "machine": 3}  # exit codes of `coursekit check`


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


@app.command(short_help="Say what grading will make of your work.")
def check(
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="Your copy of the course, or one notebook of it.")
    ] = None,
    source: Source = None,
    watch: Annotated[bool, typer.Option("--watch", help="Say it again whenever a notebook is saved.")] = False,
):
    """Run your answers as the grader will, and say which pass their visible checks: of a folder one line per lesson.

    Our own answers are tried first: if these fail, your machine is at fault and not you.

    Exit code: 0 if all pass, 1 if not, 2 if the file or the command is wrong, 3 if this machine is at fault.
    """
    path = path or _copy_here()
    folder = path if path.is_dir() else path.parent
    try:
        passed = _check(path, source, watch)
    except KeyboardInterrupt:
        typer.echo("\nStopped.", err=True)
        raise typer.Exit(130) from None
    except ValueError as error:
        typer.echo(f"coursekit: {error}", err=True)
        raise typer.Exit(AT_FAULT["file"]) from error
    except (RuntimeError, OSError) as error:
        typer.echo(f"coursekit: {said(error)}\nThis says nothing about your answers. What may be at fault:", err=True)
        _advise(folder)
        raise typer.Exit(AT_FAULT["machine"]) from error
    _warn_of_hiding(folder)
    raise typer.Exit(0 if passed else AT_FAULT["answers"])


def _check(path, source, watch):
    """Print what grading will make of a folder or of a notebook, and return whether all passes."""
    from gradekit import precheck, progress

    if not path.is_dir() and (path.suffix or path.exists()):
        if watch:
            raise ValueError(f"check: --watch looks at a folder; {path} is a notebook. Leave the file's name out.")
        outlook = precheck.precheck(path, source=source, known=_remembered())
        typer.echo(outlook)
        return outlook.passed
    standings = progress.watch(path, source=source, known=_remembered())
    standing = next(standings)
    typer.echo(standing)
    if watch:
        typer.echo("\nSave a notebook, and it is looked at again. Ctrl+C ends this.")
        for standing in standings:
            typer.echo(f"\n{standing.news()}")
    return standing.passed


def _copy_here():
    """Return the folder of the student's copy, where none was named: the usual one, or the current one."""
    return FOLDER if FOLDER.is_dir() else Path()


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


@app.command(short_help="Bring one exercise back as it was released.")
def reset(
    exercise: Annotated[str, typer.Argument(metavar="EXERCISE", help="Its name, such as 03-one-loop.")],
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Your copy of the course.", show_default=str(FOLDER))
    ] = None,
    source: Source = None,
):
    """Bring one exercise back as it was released; what stood there is kept in the folder ``kept``."""
    from gradekit import upkeep

    typer.echo(upkeep.reset(exercise, folder or _copy_here(), source=source))


@app.command(short_help="Bring newer texts of lessons into your copy.")
def update(
    folder: Annotated[
        Path | None, typer.Argument(metavar="FOLDER", help="Your copy of the course.", show_default=str(FOLDER))
    ] = None,
    lessons: Annotated[
        list[str] | None, typer.Argument(metavar="LESSON", help="Lessons, such as 05; all by default.")
    ] = None,
    source: Source = None,
):
    """Bring newer texts of lessons into your copy: your answers, and the cells that you added, stay as they are."""
    from gradekit import upkeep

    for updated in upkeep.update(folder or _copy_here(), lessons, source=source):
        typer.echo(updated)


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
