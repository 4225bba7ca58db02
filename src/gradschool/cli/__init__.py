"""The command line: parses, calls, prints. Each command is a module here; the work is done in other rooms."""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import typer

from gradschool import language
from gradschool.errors import GradschoolError

app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False)


@app.callback()
def _commands() -> None:
    # Without a callback typer takes a single command for the program itself.
    """Backpropagation and neural networks, learnt by filling in forward and backward functions."""
    language.use(language.of_machine(os.environ))


_COMMANDS = ("build", "bundle", "check", "demo", "feedback", "grade", "lab", "progress", "report", "update")

for _name in _COMMANDS:
    _module: Any = import_module(f"gradschool.cli.{_name}")
    app.command(_name)(getattr(_module, _name))


def main() -> None:
    """Run the command line; an error meant for a person is one line on stderr and exit status 2."""
    try:
        app()
    except GradschoolError as error:
        _give_up(error)
    except ModuleNotFoundError as error:
        from gradschool.cli.extras import mended_by

        mended = mended_by(error)
        if mended is None:
            raise
        _give_up(mended)


def _give_up(error: GradschoolError) -> NoReturn:
    print(f"gradschool: {error}", file=sys.stderr)
    sys.exit(2)
