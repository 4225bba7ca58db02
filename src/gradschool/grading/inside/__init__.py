"""What runs inside a learner's process, and the wire that ends there.

Nothing in this package imports the rest of gradschool: the sandbox shows the learner's process these files alone.
"""
