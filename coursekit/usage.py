"""How the command line reads its words, and says what is wrong with them, in words of the course's own."""

import difflib

import typer
from typer.core import TyperArgument, TyperGroup

from coursekit.faults import explained


class Commands(TyperGroup):
    """A group of commands whose expected errors are a message, not a traceback.

    Parameters
    ----------
    **options : dict
        Those of Typer's groups.
    """

    def __init__(self, **options):
        super().__init__(**options)

    def get_command(self, ctx, cmd_name):
        """Return a command whose help shows no type of Python's beside an argument, as newer Typers do."""
        command = super().get_command(ctx, cmd_name)
        for argument in getattr(command, "params", ()):
            if isinstance(argument, TyperArgument):
                argument.display_type_rich = lambda ctx: ""
        return command

    def invoke(self, ctx):
        """Run a command; with --debug an error keeps its traceback."""
        try:
            return super().invoke(ctx)
        except (typer.Exit, typer.Abort, BrokenPipeError):
            raise
        except (ValueError, RuntimeError, OSError) as error:
            if ctx.params["debug"]:
                raise
            typer.echo(f"coursekit: {said(error)}", err=True)
            raise typer.Exit(1) from error


def said(error):
    """Return what an error says; one of the operating system's is explained.

    Parameters
    ----------
    error : Exception
        Any.

    Returns
    -------
    str
        For people.
    """
    return explained(error) if isinstance(error, OSError) else str(error)


def one_of(words):
    """Return what reads one of some words, and knows which one was meant.

    Parameters
    ----------
    words : iterable of str
        The words.

    Returns
    -------
    callable
        For ``callback`` of an argument: it returns the word, or refuses with the words there are.
    """

    def read(text):
        if text is None or text in [*words]:
            return text
        close = difflib.get_close_matches(text.lower(), words, n=1)
        meant = f" Did you mean {close[0]}?" if close else ""
        raise typer.BadParameter(f"there is no {text!r}.{meant} There are: {', '.join(words)}.")

    return read


def number(kind, low, high=None):
    """Return what reads a number between bounds.

    Parameters
    ----------
    kind : {int, float}
        What to read.
    low : int
        The least.
    high : int, optional
        The most.

    Returns
    -------
    callable
        For ``callback`` of an option: it returns the number, or refuses with its bounds.
    """

    def read(text):
        bounds = f"from {low} to {high}" if high is not None else f"of at least {low}"
        try:
            value = text if text is None else kind(text)
        except ValueError:
            value = low - 1
        if value is not None and not low <= value <= (value if high is None else high):
            what = "a whole number" if kind is int else "a number"
            raise typer.BadParameter(f"this must be {what} {bounds}; got {text!r}.")
        return value

    return read


def completing(words):
    """Return what completes one of some words on the command line.

    Parameters
    ----------
    words : iterable of str
        The words.

    Returns
    -------
    callable
        For ``autocompletion``.
    """
    return lambda incomplete: [str(word) for word in words if word.startswith(incomplete)]
