"""Whether a figure that a slider has used before is drawn as an empty one is."""

from collections.abc import Generator

from coursekit.sliders._renderer import Renderer

SIZE = (8, 3.4)


def finish(drawn):
    """Return the result of a drawing function, whether it draws at once or frame by frame."""
    if not isinstance(drawn, Generator):
        return drawn
    while True:
        try:
            next(drawn)
        except StopIteration as end:
            return end.value


def paint(renderer, draw, values):
    """Draw to the end and return the picture."""
    renderer.prepare()
    finish(draw(renderer.figure, **values))
    return renderer.png()


def assert_repaints(draw, first, second, *, size=SIZE):
    """Show that second after first looks as second alone does, and that first comes back."""
    used = Renderer(size)
    before, after, again = (paint(used, draw, values) for values in (first, second, first))
    assert after != before, "the picture did not change"
    assert after == paint(Renderer(size), draw, second), "something was left over, or a limit or tick changed"
    assert again == before, "the first picture does not come back"
