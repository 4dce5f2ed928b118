"""Commands of those who teach: hand the course out, execute it, grade it."""

from pathlib import Path
from typing import Annotated

import typer

from coursekit.cli._app import Source, app
from coursekit.usage import completing, number, one_of

ISOLATION = ("box", "limits")  # how `coursekit grade` must contain what it runs


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
