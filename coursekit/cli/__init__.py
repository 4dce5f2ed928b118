"""The command ``coursekit``: get the course, keep it up, hand it out, grade it, ask what is wrong."""

from coursekit.agreements import needs_processes

needs_processes(__name__)

from coursekit.cli import learning, teaching  # noqa: E402 - their commands join the app, in the order of its help
from coursekit.cli._app import app  # noqa: E402

__all__ = ["app", "learning", "teaching"]
