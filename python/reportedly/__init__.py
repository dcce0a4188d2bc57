"""Who said what, how sure, and who else says so: claims from news articles, reconciled.

>>> import reportedly as rp
>>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
>>> claim = corpus.claims[0]
>>> claim.source.name, claim.cue, claim.content
('Ann Lee', 'said', '"It rains,"')
"""

from ._errors import (
    ArgumentError,
    FormatError,
    InternalError,
    NoDocumentsError,
    NotFoundError,
    ReportedlyError,
    StorageError,
)
from ._reportedly import (
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
    times,
)

__all__ = [
    "ArgumentError",
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
    "quantities",
    "read",
    "times",
]
