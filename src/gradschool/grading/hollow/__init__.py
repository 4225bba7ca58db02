"""What `import gradschool` finds in a learner's process while it is graded: names that do nothing.

Checks run elsewhere, on the original cells; figures have nobody to look at them; the reference is not here to be called.
"""

__version__ = "0"
