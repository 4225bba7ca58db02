"""Notebook 4_neural_network: its functions, and how learners get them wrong."""

from gradschool.check.subject import Subject

SUBJECTS: dict[str, Subject] = {}
