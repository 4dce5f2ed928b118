"""Softmax regression, learned by doing: the reference implementation behind the notebooks.

``import coursekit`` loads nothing but this page; each room of the package is imported by name::

    from coursekit import datasets, softmax
"""

__version__ = "0.1.0"
