"""The one error that a person is meant to read: what is wrong, and what mends it, in a line."""


class GradschoolError(Exception):
    """Something that the person at the keyboard can mend; the command line prints it alone, without a traceback."""
