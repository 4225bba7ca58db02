"""Write constraints.txt and environment.yml anew from pyproject.toml: one version of everything, for every platform.

Needs uv on the path, which works out one set of versions for Linux, macOS and Windows and for every Python allowed.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# What `pip install -e .` itself needs; the environment holds them so that they are pinned too.
BUILD = "hatchling\neditables\n"

CONSTRAINTS_HEADER = """\
# Every version that an environment of ours may hold, on any platform. Written by `make pins`.
"""

ENVIRONMENT_HEADER = """\
# The learner's environment for conda, with the versions of constraints.txt. Written by `make pins`.
name: gradschool
channels:
  - conda-forge
dependencies:
  - python >=3.11,<3.15
  - pip
  - pip:
"""


def pins(extra: str, besides: str = "") -> list[str]:
    """Return "name==version ; marker" lines for the package with this extra, and for what is asked for besides."""
    command = ["uv", "pip", "compile", "pyproject.toml", "-", "--universal", "--python-version", "3.11"]
    command += ["--extra", extra, "--fork-strategy", "fewest", "--no-annotate", "--no-header", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, input=besides, text=True, stdout=subprocess.PIPE, check=True)
    return done.stdout.splitlines()


def main() -> None:
    """Write both files; the learner's lines are taken from the whole set, so that the two cannot differ."""
    everything = pins("test", besides=BUILD)
    learners = {line.split("==")[0] for line in pins("lab")}
    (ROOT / "constraints.txt").write_text(CONSTRAINTS_HEADER + "".join(f"{line}\n" for line in everything))
    chosen = [line for line in everything if line.split("==")[0] in learners]
    lines = [*chosen, "-e .[lab]"]
    (ROOT / "environment.yml").write_text(ENVIRONMENT_HEADER + "".join(f'      - "{line}"\n' for line in lines))


if __name__ == "__main__":
    sys.exit(main())
