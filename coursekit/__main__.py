"""``python -m coursekit`` is the command ``coursekit``."""

from coursekit.cli import app

app(prog_name="coursekit")
