"""nbgrader's settings for this course; `gradschool build` makes learners' notebooks with the same ones."""

c = get_config()  # noqa: F821 (nbgrader gives it)

c.CourseDirectory.course_id = "gradschool"

# A learner sees one plain word where the solution was, and a check that meets it says "not attempted".
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}

# An exercise that trains a network takes seconds; what takes longer hangs.
c.Execute.timeout = 60
