"""Tests of the package, the lessons, and what holds the project together."""
