"""The tests of preprocessing."""
