"""The explorer: a corpus in a notebook, to be read, filtered and asked. Needs the extra ``notebook``."""

from __future__ import annotations

import gzip
import json
import re
from array import array
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from itertools import islice
from typing import Any, SupportsIndex

from . import _viewer
from ._errors import ArgumentError
from ._reportedly import Claim, Claims, Corpus, Reconciliation

try:
    import anywidget
    import traitlets
except ImportError as error:
    message = 'the explorer needs anywidget: pip install "reportedly[notebook]"'
    raise ImportError(message, name=error.name) from error

#: What the form of the explorer asks, and what is open.
_FILTERS = ("text", "source", "act", "certainty", "figure", "voice", "outlet", "story", "since", "until")
_ATTRIBUTED = ["direct", "mixed", "indirect"]


def explore(corpus: Corpus, reconciliation: Reconciliation | None = None) -> Explorer:
    """What :meth:`Corpus.explore` returns."""
    return Explorer(corpus, reconciliation)


def _module() -> str:
    """The viewer's module, and what makes a widget of it."""
    glue = (files(__package__) / "viewer" / "widget.js").read_text(encoding="utf-8")
    return _viewer.module() + re.sub(r"^import .*\n", "", glue, flags=re.MULTILINE)


def _style() -> str:
    return _viewer.css() + (files(__package__) / "viewer" / "widget.css").read_text(encoding="utf-8")


def _packed(data: Mapping[str, Any]) -> bytes:
    """Compressed, because notebooks keep what widgets hold; without the time of day, so that it is the same again."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode("utf-8", errors="replace"), compresslevel=6, mtime=0)


def _claim_of(index: int | None, explorer: Explorer) -> Claim | None:
    return None if index is None else explorer.corpus.claims[index]


def _index_of(claim: Claim | None, explorer: Explorer) -> int | None:
    return None if claim is None else claim.index


def _claims_of(positions: bytes | memoryview | None, explorer: Explorer) -> Claims:
    # As the browser packs them: 32 bits each, and every machine that runs one puts the low byte first.
    explorer._positions = bytes(positions or b"")
    return explorer.corpus.claims.take(array("I", explorer._positions).tolist())


def _positions_of(claims: Claims, explorer: Explorer) -> bytes:
    return explorer._positions


class Explorer(anywidget.AnyWidget):
    """
    A corpus to be explored in a notebook: articles on the left, the text with its claims marked in the middle, and on
    the right why a claim is read as it is, who says the same and who says otherwise.

    Everything is in the widget: it asks the network for nothing, and the kernel for explanations only. It can be used
    by keys alone: arrows, Enter, ``/`` for the search, Escape.

    Parameters
    ----------
    corpus : Corpus
        What to explore. Its claims are extracted if they were not yet.
    reconciliation : Reconciliation, optional
        Of the same corpus, for other thresholds than those of ``corpus.reconcile()``.

    Attributes
    ----------
    selected : Claim or None
        The claim that is chosen; can be set, to a claim or its position. ``explorer.observe(f, "selected")`` calls
        ``f`` when it changes.
    shown : Claims
        The claims that pass the filters in the browser. All attributed ones before it was shown there.
    filters : dict of str to str
        What is filtered for: ``text``, ``source``, ``act``, ``certainty`` (``certain``, ``probable``, ``possible``,
        ``unknown``, ``not``), ``figure`` (``with``, ``without``), ``voice`` (``attributed``, ``own``, ``all``),
        ``outlet``, ``story`` (its number), ``since``, ``until`` (dates). Set it as a whole:
        ``explorer.filters = {"act": "deny"}``.

    Raises
    ------
    ImportError
        If anywidget is not installed: ``pip install "reportedly[notebook]"``.
    ArgumentError
        If the reconciliation or a selected claim is of another corpus, or a filter does not exist.
    IndexError
        If there is no claim of a selected position.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
    >>> explorer = rp.Explorer(corpus)
    >>> explorer.selected = corpus.claims[0]
    >>> explorer.filters = {"source": "lee"}
    >>> len(explorer.shown)
    1
    """

    _esm = _module()
    _css = _style()
    _data = traitlets.Bytes().tag(sync=True)
    selected = traitlets.Any(None).tag(sync=True, from_json=_claim_of, to_json=_index_of)
    shown = traitlets.Instance(Claims).tag(sync=True, from_json=_claims_of, to_json=_positions_of)
    filters = traitlets.Dict().tag(sync=True)

    def __init__(self, corpus: Corpus, reconciliation: Reconciliation | None = None, **traits: Any) -> None:
        reconciliation = corpus.reconcile() if reconciliation is None else reconciliation
        if len(reconciliation.corpus) != len(corpus) or any(
            # Handles are equal if they are of one corpus.
            a != b
            for a, b in zip(reconciliation.corpus, islice(corpus, 1), strict=False)
        ):
            raise ArgumentError("the reconciliation is of another corpus; pass corpus.reconcile()")
        self.corpus = corpus
        self.reconciliation = reconciliation
        self._positions = b""
        super().__init__(_data=_packed(_viewer.data(corpus, reconciliation)), **traits)
        self.on_msg(self._asked)

    @traitlets.default("shown")
    def _first_shown(self) -> Claims:
        return self.corpus.claims.filter(kind=_ATTRIBUTED)

    @traitlets.validate("selected")
    def _check_selected(self, proposal: Any) -> Claim | None:
        wanted: object = proposal["value"]
        claims = self.corpus.claims
        if wanted is None:
            return None
        if isinstance(wanted, SupportsIndex):
            return claims[wanted]
        if not isinstance(wanted, Claim):
            raise ArgumentError(f"a claim, its position or None can be selected, and not {wanted!r}")
        if not (wanted.index < len(claims) and claims[wanted.index] == wanted):
            raise ArgumentError(f"{wanted!r} is of another corpus; take one of explorer.corpus.claims")
        return wanted

    @traitlets.validate("filters")
    def _check_filters(self, proposal: Any) -> dict[str, str]:
        wanted = {}
        for name, value in proposal["value"].items():
            if name not in _FILTERS:
                raise ArgumentError(f"there is no filter {name!r}; there are {', '.join(_FILTERS)}")
            if value is not None and value != "":
                wanted[name] = value.isoformat()[:10] if isinstance(value, date) else str(value)
        return wanted

    def _asked(self, _: object, content: Mapping[str, Any], __: object) -> None:
        """Answers the browser: an explanation takes the analyser, which is here."""
        claims = self.corpus.claims
        if content.get("kind") == "explain" and 0 <= content.get("claim", -1) < len(claims):
            index = content["claim"]
            self.send({"kind": "explained", "claim": index, "text": claims[index].explain()})
