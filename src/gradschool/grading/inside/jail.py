"""Namespaces and limits of one learner, on top of the sandbox that its template is in."""

import contextlib
from typing import Any

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]


def become(user: int) -> None:
    """Give up root for good."""
    raise NotImplementedError


def unshare() -> None:
    """Leave every namespace that is shared with the template."""
    raise NotImplementedError


def furnish(order: dict[str, Any]) -> None:
    """Mount private directories."""
    raise NotImplementedError


def limit(order: dict[str, Any]) -> None:
    """Set the limits of this process and of whatever it starts."""
    if resource is None:
        return
    for name, value in order["rlimits"].items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
            with contextlib.suppress(ValueError):  # some systems know a limit and refuse to set it
                resource.setrlimit(kind, (bounded, bounded))
