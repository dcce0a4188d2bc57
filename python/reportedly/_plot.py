"""Where `Ledger.plot` finds its drawing."""

from .plot import ledger

__all__ = ["ledger"]
