"""What the bot does when something is due: one module per area, thin."""

from importlib import import_module
from pkgutil import iter_modules


def load() -> None:
    """Import every area once, so that its marks are known."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
