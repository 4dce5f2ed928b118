"""Sliders: a tested ``draw_*`` function behind a few controls, redrawn into one picture.

``explore`` makes the widget. It works from the keyboard, keeps one figure, and answers a burst of moves with the newest
value only. What is saved in the notebook is a picture of the first state, so a page without a kernel shows it too.
"""

from coursekit.sliders.controls import Options, Slider, choice, linear, logarithmic
from coursekit.sliders.explorer import Explorer, explore
from coursekit.sliders.movable import Dragged, drag
from coursekit.sliders.pads import Pad, pad
from coursekit.sliders.picture import Picture
from coursekit.sliders.playground import Playground, playground

__all__ = [
    "Dragged",
    "Explorer",
    "Options",
    "Pad",
    "Picture",
    "Playground",
    "Slider",
    "choice",
    "drag",
    "explore",
    "linear",
    "logarithmic",
    "pad",
    "playground",
]
