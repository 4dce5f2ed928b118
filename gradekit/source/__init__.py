"""The one reader of Python, which never runs it.

``reader`` turns a cell into syntax; ``names``, ``rules`` and ``similarity`` read that. What rules need stands in the
private modules, lowest first: ``_library`` (what a dotted name is), ``_scopes`` (which binding a name stands for),
``_things``, ``_calls``, ``_steps`` and ``_flow`` (where values go), ``_needs`` (what the asked function is made of) and
``_faults`` (what is to be said). ``costs`` says what that comes to.
"""
