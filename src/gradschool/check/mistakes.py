"""The vocabulary of mistakes, the words for each, and the exception that carries them."""

from collections.abc import Sequence

from gradschool.language import translate as _

VOCABULARY = (
    "not-attempted",
    "raised",
    "wrong-type",
    "wrong-shape",
    "not-finite",
    "wrong-sign",
    "wrong-factor",
    "transposed",
    "swapped",
    "missing-upstream",
    "missing-local",
    "not-accumulated",
    "not-summed",
    "wrong-mask",
    "low-accuracy",
    "mutates-input",
    "unstable-result",
    "wrong-value",
)


class CheckFailed(AssertionError):
    """A check that did not pass.

    mistakes : tuple of str, ids of the vocabulary, the most important first
    text : str, the whole message in the reader's language, for terminals and files
    html : str, the same as a small box
    boxed : bool, whether that box was shown already
    """

    boxed = False

    def __init__(self, mistakes: Sequence[str], text: str, html: str) -> None:
        unknown = set(mistakes) - set(VOCABULARY)
        if unknown or not mistakes:
            raise ValueError(f"mistakes come from the vocabulary, at least one: {sorted(unknown)}")
        super().__init__(text)
        self.mistakes = tuple(mistakes)
        self.text = text
        self.html = html

    def _render_traceback_(self) -> list[str]:
        # IPython asks an exception for this in place of its traceback: below the box, a line is enough.
        return self.text.splitlines()[:1] if self.boxed else [self.text]


def advice(mistake: str) -> str:
    """Return the question that leads on from a mistake, never its answer."""
    return {
        "not-attempted": _("Nothing here yet. Fill in the cell above, run it, and come back."),
        "raised": _("The line under the title says what Python could not do. Which value did you expect there?"),
        "wrong-type": _(
            "The exercise's docstring says what comes back. What does your function hand back on its last line?"
        ),
        "wrong-shape": _(
            "Write the shape of everything in that line beside it, and the shape that is wanted. "
            "Which operation gave it another one?"
        ),
        "not-finite": _(
            "A number grew beyond what a float holds, or something was divided by zero. "
            "Which step of your formula becomes huge for these inputs, and can it be written so that it does not?"
        ),
        "wrong-sign": _(
            "The size is right and the sign is the other one. In which step did a minus get lost, or one too many come in?"
        ),
        "wrong-factor": _(
            "The numbers have the right direction and are a constant multiple of what is wanted. "
            "Where does that constant come from: a derivative of a square, a mean, a sum, a step that counts twice?"
        ),
        "transposed": _(
            "The right numbers stand in each other's places: rows where columns belong. "
            "Which of the two factors must give the result its rows?"
        ),
        "swapped": _(
            "Each gradient is right, and belongs to another input. In which order did the inputs come in, "
            "and what does the derivative with respect to the first one leave standing?"
        ),
        "missing-upstream": _(
            "This is the local gradient by itself. A gate hands back local gradient × upstream gradient. "
            "Who hands the upstream gradient to this function, and where is it used?"
        ),
        "missing-local": _(
            "This is the upstream gradient handed on untouched. A gate hands back local gradient × upstream gradient. "
            "How much does the output move when this input moves a little?"
        ),
        "not-accumulated": _(
            "A value that is used twice reaches the output by two paths. How much does each path bring back, "
            "and what happens to the first when the second arrives?"
        ),
        "not-summed": _(
            "One number of the variable was used many times, once for each row it was copied to. "
            "What must backward do with the many gradients that come back to that one number?"
        ),
        "wrong-mask": _(
            "The slopes are the right ones, and act in the wrong places. Which numbers decide on which side of the kink "
            "an entry is: what went in, or what comes back?"
        ),
        "low-accuracy": _(
            "The idea is right and the digits are too few. Is something rounded, or is a formula used whose error "
            "does not shrink fast enough?"
        ),
        "mutates-input": _(
            "What the caller handed in has changed. Which line writes into an array that came in as an argument, "
            "in place (`+=`, `*=`, `x[...] = …`)?"
        ),
        "unstable-result": _(
            "Two equal calls gave two answers. What does the first call leave behind that the second one finds: "
            "a changed cache, a global, a random number?"
        ),
        "wrong-value": _(
            "The numbers follow none of the usual slips. Take the smallest example, work it out on paper one step at "
            "a time, and print each step beside it: where do the two part?"
        ),
    }[mistake]
