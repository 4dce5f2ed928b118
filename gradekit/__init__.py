"""The judge: release, check, grade, report. Nothing here knows a model or a right answer."""
