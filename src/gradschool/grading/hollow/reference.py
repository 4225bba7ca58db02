"""The reference without its answers: whatever is asked of it does nothing."""

from .figures import __getattr__

__all__ = ["__getattr__"]
