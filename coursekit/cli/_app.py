"""The application that all commands join."""

import sys
from pathlib import Path
from typing import Annotated

import typer

import coursekit
from coursekit.usage import Commands


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
