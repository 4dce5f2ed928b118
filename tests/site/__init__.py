"""The course on the web: its pages, and the sliders that live on them without Python."""
