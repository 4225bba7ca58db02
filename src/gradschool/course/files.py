"""Files that are made: written whole or not at all, and compared by what they say."""

import os
from pathlib import Path


def content(path: Path) -> bytes | None:
    """A made file's bytes, None where there is none; line ends that a checkout changed are changed back."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except FileNotFoundError:
        return None


def write(path: Path, made: bytes) -> bool:
    """Write a file in one move; return whether it was another one before."""
    if content(path) == made:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    scratch = path.with_name(f".{path.name}.{os.getpid()}")
    scratch.write_bytes(made)
    scratch.replace(path)
    return True
