"""What a check cell calls. A check is silent on stderr, returns None, prints one line when it passes and raises CheckFailed
when it does not: not attempted, raised, type, shape, finite, value, in this order, with the likely mistake in words.

    check.backward("mul", mul_forward, mul_backward, x=-2.0, y=5.0)
    check.call("gradient_descent", gradient_descent, lambda w: 2 * w, 3.0, 0.1, steps=5)
"""

from gradschool.check import lent
from gradschool.check.achievement import check_achieves as achieves
from gradschool.check.core import check_backward as backward
from gradschool.check.core import check_call as call
from gradschool.check.core import check_forward as forward
from gradschool.check.core import check_local as local
from gradschool.check.graphs import check_graph as graph
from gradschool.check.graphs import check_graph_twice as graph_twice
from gradschool.check.looking import beside, show
from gradschool.check.mistakes import VOCABULARY, CheckFailed
from gradschool.check.predictions import predict
from gradschool.check.quiz import check_quiz as quiz
from gradschool.check.refusals import check_refuses as refuses
from gradschool.check.sampling import random
from gradschool.check.session import later, progress
from gradschool.check.tables import check_gate as gate
from gradschool.check.tables import check_table as table
from gradschool.check.training import check_learns as learns
from gradschool.language import use as language

__all__ = [
    "VOCABULARY",
    "CheckFailed",
    "achieves",
    "backward",
    "beside",
    "call",
    "forward",
    "gate",
    "graph",
    "graph_twice",
    "language",
    "later",
    "learns",
    "lent",
    "local",
    "predict",
    "progress",
    "quiz",
    "random",
    "refuses",
    "show",
    "table",
]
