"""The tests of grading."""
