"""The judge: release, check, grade, report. Nothing here knows a model or a right answer."""

from coursekit.agreements import needs_processes

needs_processes(__name__)
