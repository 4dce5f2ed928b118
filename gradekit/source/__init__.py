"""The one reader of Python: names, rules and similarity, read from syntax and never run."""
