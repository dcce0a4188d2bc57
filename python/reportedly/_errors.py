"""Exceptions. Defined here so that they are documented and typed; most are raised by the compiled half."""

__all__ = [
    "ArgumentError",
    "FormatError",
    "InternalError",
    "NoDocumentsError",
    "NotFoundError",
    "ReportedlyError",
    "ResumeError",
    "StorageError",
]


class ReportedlyError(Exception):
    """Base of everything that this package raises on purpose. The message says what, where, and what to do."""


class NotFoundError(ReportedlyError, FileNotFoundError):
    """A path does not exist, or a glob matches nothing."""


class NoDocumentsError(ReportedlyError):
    """The paths exist, but nothing in them can be read."""


class FormatError(ReportedlyError, ValueError):
    """Bytes that this version did not store, as a pickle made by another one, or a saved corpus that is damaged."""


class StorageError(ReportedlyError, OSError):
    """A corpus could not be saved or loaded: no space, no permission, another writer, a folder of something else."""


class ResumeError(ReportedlyError, RuntimeError):
    """An interrupted run cannot go on: its input has changed, or it was another command or version. Begin it again."""


class ArgumentError(ReportedlyError, ValueError):
    """An argument outside its domain; the message lists what there is."""


class InternalError(ReportedlyError, RuntimeError):
    """A bug in this package: a worker failed. Other documents are not at fault; please report it."""
