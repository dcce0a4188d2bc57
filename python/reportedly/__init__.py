"""Who said what, how sure, and who else says so: claims from news articles, reconciled.

>>> import reportedly as rp
>>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
>>> claim = corpus.claims[0]
>>> claim.source.name, claim.cue, claim.content
('Ann Lee', 'said', '"It rains,"')
"""

from __future__ import annotations

from typing import TYPE_CHECKING as _TYPE_CHECKING

from . import plot
from ._accessors import register_imported as _register_imported
from ._errors import (
    ArgumentError,
    FormatError,
    InternalError,
    NoDocumentsError,
    NotFoundError,
    ReportedlyError,
    ResumeError,
    StorageError,
)
from ._reportedly import (
    Batch,
    Block,
    Claim,
    Claims,
    CopyIndex,
    Corpus,
    Document,
    Frame,
    Ledger,
    Name,
    Place,
    Quantity,
    Reconciliation,
    Scan,
    Source,
    Span,
    Time,
    Token,
    Tokens,
    __version__,
    copies,
    load,
    places,
    quantities,
    read,
    scan,
    times,
)

__all__ = [
    "ArgumentError",
    "Batch",
    "Block",
    "Claim",
    "Claims",
    "CopyIndex",
    "Corpus",
    "Document",
    "FormatError",
    "Frame",
    "InternalError",
    "Ledger",
    "Name",
    "NoDocumentsError",
    "NotFoundError",
    "Place",
    "Quantity",
    "Reconciliation",
    "ReportedlyError",
    "ResumeError",
    "Scan",
    "Source",
    "Span",
    "StorageError",
    "Time",
    "Token",
    "Tokens",
    "__version__",
    "copies",
    "load",
    "places",
    "plot",
    "quantities",
    "read",
    "scan",
    "times",
]

if _TYPE_CHECKING:
    from ._explorer import Explorer as Explorer


def __getattr__(name: str) -> object:
    # It needs anywidget, and half a second for it, which only those wait for who ask.
    if name == "Explorer":
        from ._explorer import Explorer

        return Explorer
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "Explorer"]


# Data frames that are there get `df.reportedly`; for others there are reportedly.pandas and reportedly.polars.
_register_imported()
