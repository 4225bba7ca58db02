"""A module that an extra brings and that is not here: which extra, and what installs it."""

import re
from importlib import metadata

from gradschool.errors import GradschoolError
from gradschool.language import translate as _


def mended_by(missing: ModuleNotFoundError) -> GradschoolError | None:
    """The error for a person where one of our extras would have brought the module; None where none would."""
    module = (missing.name or "").partition(".")[0]
    for line in metadata.requires("gradschool") or []:
        found = re.match(rf"""{re.escape(module)}\b.*extra == ['"](\w+)['"]""", line) if module else None
        if found:
            words = _(
                "this needs {module}, which is not in this environment: in the course's folder run `make env`, or "
                "`python -m pip install -c constraints.txt -e '.[{extra}]'`"
            )
            return GradschoolError(words.format(module=module, extra=found[1]))
    return None
