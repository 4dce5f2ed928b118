"""The command ``coursekit``: get the course, keep it up, hand it out, grade it, ask what is wrong."""

from coursekit.cli import learning, teaching  # their commands join the app, in the order of its help
from coursekit.cli._app import app

__all__ = ["app", "learning", "teaching"]
