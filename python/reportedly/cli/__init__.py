"""The command line: `reportedly report|summary|claims|ledger|findings|copies|search|info|save`.

Exit status: 0 done (files that could not be read are named on standard error), 1 nothing could be read,
2 a wrong command, a path that does not exist, a file that cannot be written, or a run that cannot be resumed,
3 a finding that `--fail-on` names, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from .. import ArgumentError, NotFoundError, ReportedlyError, ResumeError
from . import terminal
from .parser import parser

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command; returns the exit status."""
    try:
        arguments = parser().parse_args(argv)
        status = int(arguments.run(arguments))
        sys.stdout.flush()
    except (NotFoundError, ArgumentError, ResumeError, ImportError) as e:
        return _fail(2, e)
    except ReportedlyError as e:
        return _fail(1, e)
    except BrokenPipeError:
        # The reader (`head`) has seen enough.
        _close()
        return 0
    except OSError as e:
        _close()
        return _fail(2, e)
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    return status


def _fail(status: int, error: Exception) -> int:
    terminal.note(str(error))
    return status


def _close() -> None:
    """Gives up standard output: Python would complain once more when it flushes what could not be written."""
    # A stream that is no file, as in a test, has nothing to give up.
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
