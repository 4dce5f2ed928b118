"""What can be read in a picture of a slider: what the tests of several pictures share."""

from itertools import combinations

from matplotlib.text import Text

from coursekit.sliders._renderer import Renderer


def unreadable(draw, size, **values):
    """Draw as a slider does, from its first picture on; return texts that leave the picture and pairs that overlap.

    ``values`` are those of the states, one after another, by name.
    """
    renderer, found = Renderer(size), []
    for state in zip(*values.values(), strict=True):
        renderer.prepare()
        draw(renderer.figure, **dict(zip(values, state, strict=True)))
        renderer.png()
        boxes = [(text.get_text(), text.get_window_extent()) for text in _written(renderer.figure)]
        whole = renderer.figure.bbox
        found += [name for name, b in boxes if b.x0 < 0 or b.x1 > whole.x1 or b.y0 < 0 or b.y1 > whole.y1]
        found += [(name, other) for (name, a), (other, b) in combinations(boxes, 2) if a.overlaps(b)]
    return found


def _written(fig):
    """Give the texts that are drawn; of the ticks, those within the limits."""
    hidden = set()
    for ax in fig.axes:
        for axis in (ax.xaxis, ax.yaxis):
            drawn = axis._update_ticks() if ax.axison else ()
            hidden |= {tick.label1 for tick in (*axis.majorTicks, *axis.minorTicks)} - {tick.label1 for tick in drawn}
    for text in fig.findobj(Text):
        if text.get_text().strip() and text.get_visible() and text not in hidden:
            yield text
