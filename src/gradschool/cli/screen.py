"""Whether there is a screen to open a page on."""

import os
import sys


def has_screen() -> bool:
    """Tell by the system: a browser on a machine without a screen would be one in a terminal."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
