"""Notebook 2_vector_backprop: its functions, and how learners get them wrong."""

from gradschool.check.subject import Subject

SUBJECTS: dict[str, Subject] = {}
