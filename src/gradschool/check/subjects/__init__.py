"""Every function of the course by name, with what is right and what wrong answers look like: a module a notebook."""

from gradschool.check.subject import Subject
from gradschool.check.subjects import network, neuron, scalar, vector

SUBJECTS: dict[str, Subject] = {
    name: subject for module in (scalar, vector, neuron, network) for name, subject in module.SUBJECTS.items()
}
