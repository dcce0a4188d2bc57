"""
Compiled half of `reportedly`.
"""

from _typeshed import SupportsGetItem
import os
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date, datetime
from os import PathLike
from typing import Any, BinaryIO, Final, SupportsFloat, SupportsIndex, final, overload

import matplotlib.axes
import pandas
import polars
import pyarrow

from ._explorer import Explorer
from typing_extensions import disjoint_base

__all__ = ["__version__", "Batch", "Block", "Claim", "ClaimIter", "Claims", "CopyIndex", "Corpus", "Document", "DocumentIter", "Frame", "Ledger", "Name", "Place", "Quantity", "Reconciliation", "RowIter", "Scan", "Source", "Span", "Time", "Token", "TokenIter", "Tokens", "_anchor_parts", "_gather_names", "_is_saved", "_join_parts", "_parts", "_settle_names", "copies", "load", "places", "quantities", "read", "scan", "times"]

__version__: Final[str]

@final
class Batch:
    """
    Some articles of a scan, with their claims.

    It can be indexed, and iterated over, as a corpus can: its items are documents.

    Examples
    --------
    >>> import reportedly as rp
    >>> (batch,) = rp.scan(b'"It rains," Ann Lee said.')
    >>> batch.claims[0].content, batch[0].text
    ('"It rains,"', '"It rains," Ann Lee said.')
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, index: SupportsIndex, /) -> Document: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> DocumentIter: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @property
    def _digest(self, /) -> str:
        """
        Stands for all that was read up to its end.
        """
    @staticmethod
    def _restore(data: bytes) -> Batch: ...
    @property
    def claims(self, /) -> Claims:
        """
        The claims of its documents; the column ``claim`` counts within the batch.

        Examples
        --------
        >>> import reportedly as rp
        >>> (batch,) = rp.scan(b'"It rains," Ann Lee said.')
        >>> batch.claims.to_dicts()[0]["source"]
        'Ann Lee'
        """
    def corpus(self, /) -> Corpus:
        """
        Make a corpus of its documents, whose claims are then extracted anew, with names settled over it.

        Examples
        --------
        >>> import reportedly as rp
        >>> (batch,) = rp.scan([b"It rained.", b"It snowed."])
        >>> len(batch.corpus().reconcile().copies)
        0
        """
    @property
    def documents(self, /) -> Frame:
        """
        An overview of its documents, as :attr:`Corpus.documents`.
        """
    @property
    def first(self, /) -> int:
        """
        How many documents of the scan came before this batch.
        """
    @property
    def problems(self, /) -> Frame:
        """
        What could not be read since the batch before, or was read with a reservation, as :attr:`Corpus.problems`.

        Examples
        --------
        >>> import reportedly as rp
        >>> (batch,) = rp.scan(b'{"text": It rained.}\\n{"text": \\n{"text": It snowed.}\\n')
        >>> len(batch), batch.problems["row"]
        (2, [1])
        """

@final
class Block:
    """
    A line or paragraph with its function in the article.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Block: ...
    @property
    def end(self, /) -> int:
        """
        One past the last code point.
        """
    @property
    def kind(self, /) -> str:
        """
        Of the article: `title`, `deck`, `byline`, `dateline`, `heading`, `paragraph`, `list_item`, `quote`, `caption`;
        `foreign` if it is in another language than English. Not of it: `teaser`, `navigation`, `comment`, `notice`.
        """
    @property
    def start(self, /) -> int:
        """
        First code point.
        """
    @property
    def text(self, /) -> str:
        """
        Its text, without mark-up.
        """

@final
class Claim:
    """
    Who says what, how firmly: a handle into its corpus, not a copy.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
    >>> claim = corpus.claims[0]
    >>> claim.source.name, claim.cue, claim.content
    ('Ann Lee', 'said', '"It rains,"')
    >>> corpus[0].text[claim.start:claim.end] == claim.text
    True
    """
    __match_args__: Final[tuple[str, str, str]]
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Claim: ...
    @property
    def act(self, /) -> str:
        """
        Speech act: `state`, `deny`, `estimate`, `warn`, ...
        """
    @property
    def certainty(self, /) -> float:
        """
        How far source and outlet commit to the content: 3 certain that it is so, 0 open, -3 certain that it is not.

        Examples
        --------
        >>> import reportedly as rp
        >>> -3 <= rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].certainty <= 3
        True
        """
    @property
    def certainty_content(self, /) -> float:
        """
        What the content's own words commit to.
        """
    @property
    def certainty_cue(self, /) -> float:
        """
        What the cue alone commits to.
        """
    @property
    def certainty_label(self, /) -> str:
        """
        The same in words: `certain`, `probable`, `possible`, `unknown`.
        """
    @property
    def confidence(self, /) -> float:
        """
        How likely the attribution is right, in [0, 1].
        """
    @property
    def content(self, /) -> str:
        """
        What is said; fragments are joined by " … ".
        """
    @property
    def content_spans(self, /) -> list[Span]:
        """
        Where the content is written.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].content_spans
        [Span(0, 11, '"It rains,"')]
        """
    @property
    def cue(self, /) -> str | None:
        """
        The words that attribute; None for what the outlet says in its own voice.
        """
    @property
    def cue_spans(self, /) -> list[Span]:
        """
        Where the cue is written.
        """
    @property
    def document(self, /) -> Document:
        """
        The document that makes it.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].document.id
        'text-1'
        """
    @property
    def end(self, /) -> int:
        """
        One past their last code point.
        """
    def explain(self, /) -> str:
        """
        Why this is a claim, and why it is read as it is: for people. Names the entry of the cue lexicon, how the
        source was found, and, for claims that the sequence model made, which groups of features spoke most for the
        cue (logarithm of the odds), how sure its passes were, and what was left out for want of certainty. The
        document is analysed anew for this.

        Examples
        --------
        >>> import reportedly as rp
        >>> print(rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0].explain().splitlines()[0])
        "It rains," Ann Lee said
        """
    @property
    def index(self, /) -> int:
        """
        Position in the corpus's claims.
        """
    @property
    def kind(self, /) -> str:
        """
        `direct`, `mixed`, `indirect`, or `narrated` for the outlet's own assertions.
        """
    @property
    def places(self, /) -> list[Place]:
        """
        Places in the content.
        """
    @property
    def polarity(self, /) -> str:
        """
        `+`, or `-` if the content is rejected.
        """
    @property
    def quantities(self, /) -> list[Quantity]:
        """
        Figures in the content.
        """
    @property
    def rule(self, /) -> str:
        """
        Name of the rule that made it.
        """
    @property
    def sentence(self, /) -> Span | None:
        """
        The sentence in which it begins.
        """
    @property
    def source(self, /) -> Source | None:
        """
        Who vouches; None if the text names nobody.
        """
    @property
    def source_chain(self, /) -> list[Source]:
        """
        From the outlet to the source, each who passes on what the next one said.
        """
    @property
    def source_spans(self, /) -> list[Span]:
        """
        Where the source is written.
        """
    @property
    def start(self, /) -> int:
        """
        First code point of source, cue and content together.
        """
    @property
    def text(self, /) -> str:
        """
        ``document.text[start:end]``.
        """
    @property
    def times(self, /) -> list[Time]:
        """
        Times in the content.
        """

@final
class ClaimIter:
    """
    Claims, in order.
    """
    def __iter__(self, /) -> ClaimIter: ...
    def __next__(self, /) -> Claim: ...

@final
class Claims:
    """
    Claims, in order of documents and position: a view, of which slices and filters are views too.

    ``pl.DataFrame(claims)``, ``pa.table(claims)`` and ``duckdb.sql("from claims")`` work as they stand; for pandas
    there is ``claims.to_pandas()``.

    Columns: ``claim`` (position), ``document``, ``row`` (of the document, among those given; null if it is a whole
    file), ``published``, ``outlet``, ``kind``, ``act``, ``polarity``,
    ``certainty``, ``certainty_label``, ``certainty_cue``, ``certainty_content``, ``source``, ``source_type``,
    ``source_role``, ``source_country``, ``mention``, ``chain``, ``cue``, ``content``, ``start``, ``end``, ``text``,
    ``source_spans``, ``cue_spans``, ``content_spans``, ``quantities``, ``times``, ``places``, ``confidence``, ``rule``.

    Examples
    --------
    >>> import reportedly as rp
    >>> claims = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims
    >>> len(claims)
    1
    >>> claims.filter(kind="direct")[0].cue
    'said'
    """
    def __arrow_c_schema__(self, /) -> object: ...
    def __arrow_c_stream__(self, /, requested_schema: object | None = None) -> object: ...
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex, /) -> Claim: ...
    @overload
    def __getitem__(self, key: slice, /) -> Claims: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> ClaimIter: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Claims: ...
    @property
    def columns(self, /) -> list[str]:
        """
        Names of the columns of the table.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).claims.columns[:3]
        ['claim', 'document', 'row']
        """
    @property
    def corpus(self, /) -> Corpus:
        """
        The corpus that the claims are of.
        """
    def filter(self, /, *, source: str | Sequence[str] | None = None, act: str | Sequence[str] | None = None, kind: str | Sequence[str] | None = None, polarity: str | None = None, certainty: str | Sequence[str] | None = None, min_certainty: SupportsFloat | SupportsIndex | None = None, since: date | str | None = None, until: date | str | None = None, document: str | Sequence[str] | None = None, outlet: str | Sequence[str] | None = None, has_quantity: bool | None = None, place: str | Sequence[str] | None = None, min_confidence: SupportsFloat | SupportsIndex | None = None) -> Claims:
        """
        The claims for which everything that is said here holds; of several values for one argument, any may.

        Parameters
        ----------
        source : str or list of str, optional
            Words of the source's name, or of how it is written, in any letter case: ``"intelligence service"``.
        act, kind, certainty : str or list of str, optional
            Speech acts (``"deny"``), kinds (``"direct"``), certainty labels (``"probable"``).
        polarity : {"+", "-"}, optional
        min_certainty, min_confidence : float, optional
            Lowest certainty, in [-3, 3]; lowest confidence, in [0, 1].
        since, until : date or str, optional
            First and last publication date; claims of undated documents fall out.
        document, outlet : str or list of str, optional
            Ids of documents; names of outlets, in any letter case.
        has_quantity : bool, optional
            Whether there must be a figure, or must be none.
        place : str or list of str, optional
            Places in the content, or codes of their countries (``"KR"``).

        Raises
        ------
        ArgumentError
            An act, kind, label or date that there is not.

        Examples
        --------
        >>> import reportedly as rp
        >>> claims = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims
        >>> len(claims.filter(source="lee", act=["state", "deny"])), len(claims.filter(polarity="-"))
        (1, 0)
        """
    @property
    def independent(self, /) -> Frame:
        """
        The independent origins of these claims: as many as there are parties behind them, not articles.

        Copies of one text fold together, a chain folds to its last link ("X, citing Yonhap, citing the NIS" is the NIS),
        and people without a name stay apart by outlet, for they may be others. Copies are sought in the whole corpus,
        with the default thresholds of :meth:`Corpus.reconcile`.

        Returns
        -------
        Frame
            One row an origin: ``origin`` (name), ``source_type``, ``claims`` (positions in the corpus's claims),
            ``documents`` (ids), ``folded`` (why accounts were counted as this one, a sentence each).

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["Seoul said 9 had died.", "South Korea said 9 people had died."])
        >>> len(corpus.claims.independent)
        1
        >>> corpus.claims.independent[0]["folded"]
        ['2 documents cite South Korea: text-1 and text-2.']
        """
    @property
    def places(self, /) -> Frame:
        """
        The places of these claims, one row each.

        Returns
        -------
        Frame
            ``claim``, ``document``, ``row`` as for :attr:`quantities`, then the columns of :func:`reportedly.places`.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["Police said it rained in Seoul."]).claims.places["country"]
        ['KR']
        """
    @property
    def quantities(self, /) -> Frame:
        """
        The figures of these claims, one row each.

        Returns
        -------
        Frame
            ``claim`` (uint32, position in the corpus's claims), ``document`` (id), ``row`` (uint32, of the document
            among those given; null if it is a whole file), then the columns of :func:`reportedly.quantities`.

        Examples
        --------
        >>> import reportedly as rp
        >>> claims = rp.Corpus.from_texts(["Police said 9 men had died and 5 had fled."]).claims
        >>> claims.quantities["value"]
        [9.0, 5.0]
        """
    def take(self, /, positions: Iterable[int]) -> Claims:
        """
        The claims at some positions, in their order; a position may come more than once.

        Parameters
        ----------
        positions : iterable of int
            Positions among these claims, from 0; negative ones count from the end. In ``corpus.claims`` they are what
            ``claim`` says in every table, and ``claims`` in those of :meth:`Corpus.reconcile`.

        Raises
        ------
        IndexError
            There is no such claim.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["Seoul said 9 had died.", "South Korea said 9 people had died."])
        >>> origin = corpus.reconcile().origins[0]
        >>> corpus.claims.take(origin["claims"])
        <Claims: 2 claims in 2 documents>
        """
    @property
    def times(self, /) -> Frame:
        """
        The time expressions of these claims, one row each.

        Returns
        -------
        Frame
            ``claim``, ``document``, ``row`` as for :attr:`quantities`, then the columns of :func:`reportedly.times`.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["Police said it rained on 3 May 2024."]).claims.times["value"]
        ['2024-05-03']
        """
    def to_arrow(self, /, *, flat: bool = False) -> pyarrow.Table:
        """
        The claims as a pyarrow Table; needs pyarrow.

        Parameters
        ----------
        flat : bool
            Take lists and records apart, as for :meth:`to_pandas`.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims.to_arrow().num_rows
        1
        """
    def to_dicts(self, /) -> list[dict[str, Any]]:
        """
        The claims as dicts, one key a column.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims.to_dicts()[0]["cue"]
        'said'
        """
    def to_pandas(self, /, *, flat: bool = False, index: pandas.Index[Any] | None = None) -> pandas.DataFrame:
        """
        The claims as a pandas DataFrame; needs pandas, but not pyarrow.

        Numbers are float64, counts and positions int64 (Int64 where some are missing), dates ``datetime64[s]``, text is
        the text of pandas; lists and records stay lists and dicts.

        Parameters
        ----------
        flat : bool
            Take lists and records apart, so that any CSV, spreadsheet or database takes the table. Spans become the
            extent that covers them (``source_start``, ``source_end``), ``chain`` is joined by " → ", and of figures,
            times and places there is how many (``quantities``) and the first (``quantity_low``, ``time_begins``,
            ``place_name``, …). All of them are in :attr:`quantities`, :attr:`times`, :attr:`places`.
        index : pandas.Index, optional
            Index of the rows that the documents came from, to be the index here, repeated as needed, so that
            ``df.join(claims.to_pandas(index=df.index)[["source", "content"]])`` puts every claim to its row.

        Raises
        ------
        ArgumentError
            A document came from no row, or there is no such row in ``index``, or documents came from several tables.

        Examples
        --------
        >>> import reportedly as rp
        >>> claims = rp.Corpus.from_texts(["", '"It rains," Ann Lee said.']).claims
        >>> claims.to_pandas()["cue"].tolist()
        ['said']
        >>> claims.to_pandas(flat=True)[["source_start", "source_end", "quantities"]].values.tolist()
        [[12, 19, 0]]
        >>> import pandas as pd
        >>> claims.to_pandas(index=pd.Index(["mon", "tue"]))["source"].to_dict()
        {'tue': 'Ann Lee'}
        """
    def to_polars(self, /, *, flat: bool = False) -> polars.DataFrame:
        """
        The claims as a polars DataFrame; needs polars.

        Parameters
        ----------
        flat : bool
            Take lists and records apart, as for :meth:`to_pandas`.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims.to_polars()["cue"].to_list()
        ['said']
        """

@final
class CopyIndex:
    """
    Texts that can be compared with further ones, without comparing them with each other again.

    Parameters
    ----------
    containment, passage, stock
        As for :func:`copies`.

    Notes
    -----
    Adding texts at once or one by one finds the same pairs as :func:`copies` of all of them, with two exceptions. That a
    passage is stock is known once it was met in so many unrelated texts; pairs may have been told before. And of a text
    with more than sixteen versions, which of them further ones are tied to depends on which came first.

    An index holds the texts and, for comparing, about three times their size. A call that is interrupted may have added
    its texts.

    Examples
    --------
    >>> import reportedly as rp
    >>> index = rp.CopyIndex()
    >>> text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded."
    >>> len(index.add([text, "Nothing happened."]))
    0
    >>> index.add(text.upper())["relation"], len(index)
    (['copy'], 3)
    """
    def __len__(self, /) -> int: ...
    def __new__(cls, /, *, containment: SupportsFloat | SupportsIndex = 0.5, passage: SupportsIndex = 40, stock: SupportsIndex = 6) -> CopyIndex: ...
    def __repr__(self, /) -> str: ...
    def add(self, /, texts: str | Iterable[str | None], *, published: object | None = None, ids: Iterable[object] | None = None, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None) -> Frame:
        """
        Add texts; find the pairs that share text of which at least one is new.

        Parameters
        ----------
        texts, published, ids, progress, jobs
            As for :func:`copies`. Either all texts of an index have ids or none has.

        Returns
        -------
        Frame
            As for :func:`copies`; positions count from the first text that was ever added.

        Examples
        --------
        >>> import reportedly as rp
        >>> index = rp.CopyIndex()
        >>> text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded."
        >>> len(index.add([text], ids=["herald"]))
        0
        >>> frame = index.add([text], ids=["post"])
        >>> frame["earlier"], frame["later"]
        (['herald'], ['post'])
        """

@final
class Corpus:
    """
    Many articles, parsed; claims are extracted when they are first asked for.

    Make one with :func:`read`, of data at hand by :meth:`from_texts`, :meth:`from_pandas`, :meth:`from_polars` or
    :meth:`from_arrow`, or :func:`load` one that was saved. Two are equal, and have the same hash, if their documents,
    problems and claims are equal.

    Examples
    --------
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.', "Nothing happened."])
    >>> len(corpus)
    2
    >>> corpus[0].claims[0].cue
    'said'
    """
    def __eq__(self, other: object, /) -> bool: ...
    def __getitem__(self, index: SupportsIndex, /) -> Document: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> DocumentIter: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _from_rows(columns: Sequence[Any], progress: Any, jobs: SupportsIndex | None) -> Corpus:
        """
        The columns of a data frame: texts, titles, dates, outlets, bylines, URLs, ids.
        """
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Corpus: ...
    def add(self, /, more: Corpus | str | os.PathLike[str] | bytes | BinaryIO | Sequence[str | os.PathLike[str] | bytes | BinaryIO], *, progress: Callable[[int, int], object] | None = None, jobs: int | None = None) -> Corpus:
        """
        Make a corpus of these documents and more; only what is new is extracted.

        Articles that are already there are left out, so that a folder that grows can be added day after day: an
        article is the same if it was read from the same file (or was passed in under the same id) and is equal in
        everything but its row. Another article under an id that is taken gets a number. The claims are the same as if all
        documents had been extracted at once: names are settled over all of them, and undated documents, whose times
        hang on the median date of the corpus, are extracted again if that has moved. If neither corpus has been asked
        for claims yet, none are extracted.

        Parameters
        ----------
        more : Corpus, or what :func:`read` takes
            The articles to come behind those that are there.
        progress : callable, optional
            Called as ``progress(done, total)`` while claims are extracted; ``total`` is the number of documents that
            are.
        jobs : int, optional
            Threads for the new corpus; those of this one if not given.

        Returns
        -------
        Corpus
            A new one; this one stays as it is.

        Examples
        --------
        >>> import reportedly as rp
        >>> monday = rp.Corpus.from_texts(["It rained."], ids=["rain"])
        >>> tuesday = rp.Corpus.from_texts(["It rained.", "It snowed."], ids=["rain", "snow"])
        >>> [document.id for document in monday.add(tuesday)]
        ['rain', 'snow']
        """
    @property
    def claims(self, /) -> Claims:
        """
        Every claim, extracted on all cores when first asked for, and kept.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
        >>> corpus.claims[0].content
        '"It rains,"'
        """
    @property
    def documents(self, /) -> Frame:
        """
        An overview, one row a document: id, date, outlet, title, length, number of claims if they are known.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).documents["characters"]
        [10]
        """
    def explore(self, /) -> Explorer:
        """
        Read the articles in a notebook, with their claims marked: filters, explanations, what agrees and what clashes.

        Needs the extra ``notebook``.

        Returns
        -------
        Explorer
            A widget; ``explorer.selected`` is the claim that is selected in it.

        Raises
        ------
        ImportError
            If anywidget is missing; it says what to install.

        Examples
        --------
        >>> import reportedly as rp
        >>> explorer = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).explore()
        >>> explorer.selected = 0
        >>> explorer.selected.cue
        'said'
        """
    def extract(self, /, *, progress: Callable[[int, int], object] | None = None) -> Claims:
        """
        Extract the claims now, with progress; the same as :attr:`claims` otherwise.

        Parameters
        ----------
        progress : callable, optional
            Called as ``progress(done, total)`` from time to time; what it raises stops the extraction.

        Examples
        --------
        >>> import reportedly as rp
        >>> seen = []
        >>> claims = rp.Corpus.from_texts(["It rained."]).extract(progress=lambda done, total: seen.append((done, total)))
        >>> seen[-1]
        (1, 1)
        """
    @staticmethod
    def from_arrow(table: object, *, text: str, title: str | None = None, published: str | None = None, outlet: str | None = None, byline: str | None = None, url: str | None = None, id: str | None = None, progress: Callable[[int, int], object] | None = None, jobs: int | None = None) -> Corpus:
        """
        Make a corpus of an Arrow table or stream: one row, one document, in order.

        The stream is read batch by batch, by pyarrow or else by polars, whichever is installed. A cell that is null or
        holds no string makes an empty document, and is told in :attr:`problems` with its row.

        Parameters
        ----------
        table : object with ``__arrow_c_stream__``
            A pyarrow Table or RecordBatchReader, a duckdb relation, a polars DataFrame, ….
        text : str
            Name of the column with the texts: any type of string, or a dictionary of strings.
        title, published, outlet, byline, url, id : str, optional
            Names of the columns with what is known of each article. Of a time with a zone the day there counts.
        progress, jobs
            As for :meth:`from_texts`.

        Raises
        ------
        ArgumentError
            No such column, or an object that is no Arrow stream.
        ImportError
            Neither pyarrow nor polars is installed.

        Examples
        --------
        >>> import pyarrow as pa
        >>> import reportedly as rp
        >>> table = pa.table({"body": ["It rained.", None], "site": ["The Daily", None]})
        >>> corpus = rp.Corpus.from_arrow(table, text="body", outlet="site")
        >>> corpus[0].outlet, corpus.problems["row"]
        ('The Daily', [1])
        """
    @staticmethod
    def from_pandas(df: object, *, text: Hashable, title: Hashable | None = None, published: Hashable | None = None, outlet: Hashable | None = None, byline: Hashable | None = None, url: Hashable | None = None, id: Hashable | None = None, progress: Callable[[int, int], object] | None = None, jobs: int | None = None) -> Corpus:
        """
        Make a corpus of a pandas DataFrame: one row, one document, in order.

        Texts may be of any dtype that gives ``str``: object, ``str``, ``string[pyarrow]``, categories. A cell that is
        missing or holds something else makes an empty document, and is told in :attr:`problems` with its row.

        Parameters
        ----------
        df : pandas.DataFrame
            With any index; see ``claims.to_pandas(index=df.index)``.
        text : label of a column
            The column with the texts.
        title, published, outlet, byline, url, id : label of a column, optional
            The columns with what is known of each article. Of a time with a zone the day there counts.
        progress, jobs
            As for :meth:`from_texts`.

        Raises
        ------
        ArgumentError
            No such column, or two of that name.

        Examples
        --------
        >>> import pandas as pd
        >>> import reportedly as rp
        >>> df = pd.DataFrame({"body": ['"It rains," Ann Lee said.'], "site": ["The Daily"]}, index=["a"])
        >>> corpus = rp.Corpus.from_pandas(df, text="body", outlet="site")
        >>> corpus[0].outlet
        'The Daily'
        >>> corpus.claims.to_pandas(index=df.index).loc["a", "cue"]
        'said'
        """
    @staticmethod
    def from_polars(df: object, *, text: str, title: str | None = None, published: str | None = None, outlet: str | None = None, byline: str | None = None, url: str | None = None, id: str | None = None, progress: Callable[[int, int], object] | None = None, jobs: int | None = None) -> Corpus:
        """
        Make a corpus of a polars DataFrame or LazyFrame: one row, one document, in order.

        A cell that is null or holds no string makes an empty document, and is told in :attr:`problems` with its row.

        Parameters
        ----------
        df : polars.DataFrame or polars.LazyFrame
            Of a LazyFrame only the columns named here are collected.
        text : str
            Name of the column with the texts: String, Categorical or Enum.
        title, published, outlet, byline, url, id : str, optional
            Names of the columns with what is known of each article. Of a time with a zone the day there counts.
        progress, jobs
            As for :meth:`from_texts`.

        Raises
        ------
        ArgumentError
            No such column.

        Examples
        --------
        >>> import polars as pl
        >>> import reportedly as rp
        >>> df = pl.DataFrame({"body": ['"It rains," Ann Lee said.'], "site": ["The Daily"]})
        >>> corpus = rp.Corpus.from_polars(df, text="body", outlet="site")
        >>> claims = corpus.claims.to_polars().select("row", "cue")
        >>> df.with_row_index("row").join(claims, on="row")["cue"].to_list()
        ['said']
        """
    @staticmethod
    def from_texts(texts: Iterable[str | None], *, titles: Sequence[object] | None = None, published: Sequence[object] | None = None, outlets: Sequence[object] | None = None, bylines: Sequence[object] | None = None, urls: Sequence[object] | None = None, ids: Sequence[object] | None = None, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None) -> Corpus:
        """
        Make a corpus of texts at hand.

        Document ``i`` is made from ``texts[i]``, always. A lone surrogate, which no UTF-8 text can hold, is replaced
        by U+FFFD and reported in :attr:`problems`; positions still hold in the string that was given.

        Parameters
        ----------
        texts : sequence of str
            The articles; None and NaN stand for an empty one.
        titles, outlets, bylines, urls : sequence of str, optional
            What is known of each, None where it is not. What is not given is sought in the text.
        published : sequence of date, datetime or str, optional
            Publication dates; strings as ``2024-10-26``.
        ids : sequence, optional
            Short names; ``text-1``, ``text-2`` if not given. Repeated ones are numbered.
        progress : callable, optional
            Called as ``progress(done, total)`` from time to time.
        jobs : int, optional
            Threads for this corpus; ``REPORTEDLY_JOBS`` or all cores if not given.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["It rained."], published=["2024-10-26"], outlets=["The Daily"])
        >>> corpus[0].published
        datetime.date(2024, 10, 26)
        """
    @property
    def problems(self, /) -> Frame:
        """
        What could not be read, or was read with a reservation, or is good to know; one row each, in order of the
        input.

        ``path`` (the file as it was named; the id, for texts that were passed in) and ``row`` (counted from 0, null
        where the file is one article), ``stage`` ("read", "parse"), ``severity`` ("error": left out, "warning": used
        with a reservation, "information"), ``kind`` (a stable word for programs, as "binary", "encoding", "empty",
        "language"), ``message`` (what happened, and where), ``advice`` (what to do about it; null if nothing).

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["It rained.", ""])
        >>> [(p["row"], p["severity"], p["kind"]) for p in corpus.problems]
        [(1, 'warning', 'empty')]
        """
    def reconcile(self, /, *, containment: SupportsFloat | SupportsIndex = 0.5, passage: SupportsIndex = 40, stock: SupportsIndex = 6, story_similarity: SupportsFloat | SupportsIndex = 0.21, story_half_life: SupportsFloat | SupportsIndex = 30.0, proposition_similarity: SupportsFloat | SupportsIndex = 0.6, tolerance: SupportsFloat | SupportsIndex = 0.1, same_time: SupportsIndex = 0, date_distance: SupportsIndex = 180) -> Reconciliation:
        """
        Hold the claims of all documents against each other.

        Parameters
        ----------
        containment : float
            Share of a document's 5-word shingles in another from which the two count as copies, in [0, 1].
        passage : int
            Words of an unbroken shared passage from which two documents count as sharing it, though little else is shared.
        stock : int
            Unrelated documents that carry a passage from which it is stock and makes no copy.
        story_similarity : float
            Similarity (cosine of TF-IDF vectors, faded by days) from which two documents tell the same story, in [0, 1].
        story_half_life : float
            Days between two documents in which half of what fades of their similarity has faded.
        proposition_similarity : float
            Similarity from which two claims of a story say the same, in [0, 1].
        tolerance : float
            Play given to either side of a hedged figure ("about 1,000"), as a share of it.
        same_time : int
            Days by which two as-of times may differ and yet be one.
        date_distance : int
            Days from which a stated date lies off its story.

        Returns
        -------
        Reconciliation

        Raises
        ------
        ArgumentError
            If a threshold lies outside its bounds.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["It rained.", "It snowed."])
        >>> len(corpus.reconcile().copies)
        0
        """
    def report(self, /, path: str | os.PathLike[str], *, title: str | None = None) -> str:
        """
        Write one self-contained page about the corpus: findings, ledger, sources, and every article with its claims
        marked.

        Parameters
        ----------
        path : str or os.PathLike
            Where to write it.
        title : str, optional
            Heading of the page.

        Returns
        -------
        str
            The path that was written.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import reportedly as rp
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "report.html"
        >>> rp.Corpus.from_texts(["It rained."]).report(path) == str(path)
        True
        """
    def save(self, /, folder: str | os.PathLike[str], *, progress: Callable[[int, int], object] | None = None) -> str:
        """
        Save the corpus to a folder, from which :func:`load` restores an equal one.

        The folder holds a Parquet file for each of ``documents``, ``claims``, ``figures``, ``times``, ``places`` and
        ``problems``, which any tool reads, one for the rest, and ``manifest.json``. Claims that were not asked for are
        extracted first. What the folder held before, if it is a saved corpus, is replaced in one step at the end:
        whatever interrupts the save, the folder holds the old corpus or the new one. The same corpus gives the same
        bytes.

        Parameters
        ----------
        folder : str or os.PathLike
            Where to; made if it is not there. It must be empty or hold a saved corpus.
        progress : callable, optional
            Called as ``progress(done, total)`` while claims are extracted.

        Returns
        -------
        str
            The folder.

        Raises
        ------
        StorageError
            The folder holds something else, is being written by another save, or cannot be written.
        FormatError
            The folder holds a corpus that a newer version wrote.

        Examples
        --------
        >>> import pathlib, tempfile
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
        >>> folder = pathlib.Path(tempfile.mkdtemp()) / "rain.reportedly"
        >>> corpus.save(folder) == str(folder)
        True
        >>> rp.load(folder).claims[0].content
        '"It rains,"'
        """
    def search(self, /, query: str, *, source: str | Sequence[str] | None = None, act: str | Sequence[str] | None = None, kind: str | Sequence[str] | None = None, outlet: str | Sequence[str] | None = None, since: date | str | None = None, until: date | str | None = None, found: str | None = None, limit: int | None = 100) -> Frame:
        """
        Claims and passages that hold what a query asks for, the best first.

        A passage is a sentence that no claim lies on that is found itself. Words count whole, without letter case and
        diacritics, without a possessive "'s"; a hyphen parts words. All must be there; a query can say more:

        - ``"storm corps"``: the words one after the other
        - ``soldier*``: words that begin so, also in a phrase
        - ``-drill`` or ``NOT drill``: without the word
        - ``drill OR exercise`` or ``drill | exercise``: either; parentheses group
        - ``source:Moscow``, ``source:"intelligence service"``, ``act:deny,warn``, ``kind:direct``,
          ``certainty:possible``, ``place:KR``, ``outlet:Yonhap``, ``document:id``, ``since:2024-10-01``,
          ``until:2024-10-31``: conditions as in :meth:`Claims.filter`

        The order is that of BM25, where a phrase or prefix counts as one word. The index is made in the first search, and
        kept.

        Parameters
        ----------
        query : str
            What to look for. A quotation mark or parenthesis that is not closed ends with the query.
        source, act, kind : str or list of str, optional
            Only claims for which this holds, as in :meth:`Claims.filter`; no passages.
        outlet : str or list of str, optional
            Names of outlets, in any letter case.
        since, until : date or str, optional
            First and last publication date; undated documents fall out.
        found : {"claim", "passage"}, optional
            Only claims, or only passages.
        limit : int or None
            How many hits at most; None for all.

        Returns
        -------
        Frame
            One row a hit: ``document`` (id), ``published``, ``outlet``, ``found`` ("claim" or "passage"), ``source``,
            ``act``, ``kind`` (None for passages), ``text``, ``start``, ``end``, ``claim`` (position in
            :attr:`claims`; None for passages), ``score``, ``highlights`` (list of ``start``, ``end``: the words and
            phrases that were looked for). Positions are code points, half-open, into ``document.text``.

        Raises
        ------
        ArgumentError
            If the query holds nothing to look for, or more than 1,000 words; if a condition has a value that there is
            not; if `limit` is negative.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["It rained in Seoul. Ann Lee said it had snowed in Busan."])
        >>> hits = corpus.search("snow* busan")
        >>> hits["source"]
        ['Ann Lee']
        >>> [corpus[0].text[h["start"] : h["end"]] for h in hits[0]["highlights"]]
        ['snowed', 'Busan']
        >>> corpus.search('"in busan" -rained act:state')["found"]
        ['claim']
        """

@final
class Document:
    """
    One article: a handle into its corpus, not a copy.

    Examples
    --------
    >>> import reportedly as rp
    >>> document = rp.Corpus.from_texts(["It rained in Seoul."], titles=["Rain"])[0]
    >>> document.title
    'Rain'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Document: ...
    @property
    def blocks(self, /) -> list[Block]:
        """
        Lines and paragraphs, each with its function.

        Examples
        --------
        >>> import reportedly as rp
        >>> document = rp.Corpus.from_texts(["It rained in Seoul on Friday, officials said."])[0]
        >>> document.blocks[0].text == document.text
        True
        """
    @property
    def byline(self, /) -> str | None:
        """
        Author or authors, as written.
        """
    @property
    def claims(self, /) -> Claims:
        """
        Claims of this document; those of the whole corpus are extracted if they were not yet.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(['"It rains," Ann Lee said.'])[0].claims[0].kind
        'direct'
        """
    @property
    def dateline(self, /) -> str | None:
        """
        Place of the dateline.
        """
    @property
    def dates(self, /) -> Frame:
        """
        Every date that is stated of the article as a whole, from the best to the worst: what states it (``kind``),
        whether of publication or of a later change, how likely it is right, and where it stands.

        Examples
        --------
        >>> import reportedly as rp
        >>> len(rp.Corpus.from_texts(["It rained."])[0].dates)
        0
        """
    @property
    def encoding(self, /) -> str:
        """
        Encoding it was decoded from, as the WHATWG Encoding standard names it.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.read("The café’s owner said no.".encode("windows-1252"))[0].encoding
        'windows-1252'
        """
    @property
    def encoding_confidence(self, /) -> float:
        """
        How sure the encoding is, from 0 to 1.
        """
    @property
    def id(self, /) -> str:
        """
        Short name, unique in the corpus.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."])[0].id
        'text-1'
        """
    @property
    def index(self, /) -> int:
        """
        Position in the corpus.
        """
    @property
    def language(self, /) -> str | None:
        """
        Language, as an ISO 639-1 code.
        """
    @property
    def modified(self, /) -> date | None:
        """
        When the article was last changed, if that is stated.
        """
    @property
    def names(self, /) -> list[Name]:
        """
        Names of people, organisations, places and other things, in order.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["it rained."])[0].names
        []
        """
    @property
    def origin_path(self, /) -> str | None:
        """
        File it was read from, as it was named; ``archive.zip/inner.txt`` for a file in an archive.
        """
    @property
    def origin_row(self, /) -> int | None:
        """
        Row (line, message, record) of that file or of what was passed in, counted from 0; None if the file is one
        article.
        """
    @property
    def outlet(self, /) -> str | None:
        """
        Publisher: newspaper, agency, site.
        """
    def page_bytes(self, /, start: SupportsIndex, end: SupportsIndex) -> tuple[int, int] | None:
        """
        Where the characters from ``start`` to ``end`` of :attr:`text` stand in the web page that the article was taken
        from: the first byte and one past the last, in the file itself (in the field's value as UTF-8, for pages that a
        table, JSON or a feed holds). Tags may lie between. None if it was no page, or if nothing of it stands there.

        Raises
        ------
        IndexError
            The positions are none of the text.

        Examples
        --------
        >>> import reportedly as rp
        >>> page = b"<html><body><h1>Rain</h1><p>It <b>rained</b> in Seoul on Friday, officials said.</p></body></html>"
        >>> document = rp.read(page)[0]
        >>> start = document.text.index("rained")
        >>> first, last = document.page_bytes(start, start + 6)
        >>> page[first:last]
        b'rained'
        """
    @property
    def published(self, /) -> date | None:
        """
        Publication date, if the text states it or it was given.
        """
    @property
    def repaired(self, /) -> str:
        """
        The text as it is analysed: :attr:`text` without broken encodings (“â€œ” for a quotation mark), soft hyphens,
        zero-width characters, marks of writing direction, ligatures, and character references that nobody resolved.

        Positions are never those of this view: whatever is found in it is given as it stands in :attr:`text`.

        Examples
        --------
        >>> import reportedly as rp
        >>> document = rp.Corpus.from_texts(["â€œIt rains,â€\\x9d the of\\u00adficial said."])[0]
        >>> document.repaired
        '“It rains,” the official said.'
        >>> document.claims[0].source.mention == "the of\\u00adficial"
        True
        """
    @property
    def sentences(self, /) -> list[Span]:
        """
        Sentences, in order.

        Examples
        --------
        >>> import reportedly as rp
        >>> document = rp.Corpus.from_texts(["It rained in Seoul. It snowed in Busan."])[0]
        >>> [s.text for s in document.sentences]
        ['It rained in Seoul.', 'It snowed in Busan.']
        """
    @property
    def text(self, /) -> str:
        """
        The text, as it was read.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."])[0].text
        'It rained.'
        """
    @property
    def title(self, /) -> str | None:
        """
        Headline.
        """
    @property
    def tokens(self, /) -> Tokens:
        """
        Words, numbers and marks, with lemma, part of speech, place in the tree of the sentence, and whether they are
        part of a name. Analysed when first asked for, and kept as long as this object lives.

        Examples
        --------
        >>> import reportedly as rp
        >>> document = rp.Corpus.from_texts(["It rained in Seoul."])[0]
        >>> [(t.text, t.upos) for t in document.tokens]
        [('It', 'PRON'), ('rained', 'VERB'), ('in', 'ADP'), ('Seoul', 'PROPN'), ('.', 'PUNCT')]
        """
    @property
    def url(self, /) -> str | None:
        """
        Address of the article.
        """

@final
class DocumentIter:
    """
    The documents of a corpus, in order.
    """
    def __iter__(self, /) -> DocumentIter: ...
    def __next__(self, /) -> Document: ...

@disjoint_base
class Frame:
    """
    A table: rows are dicts, columns are lists, and data frame libraries take it whole.

    `pl.DataFrame(frame)`, `pa.table(frame)` and `duckdb.sql("from frame")` work as they stand; for pandas there is
    `frame.to_pandas()`.

    Examples
    --------
    >>> import reportedly as rp
    >>> frame = rp.Corpus.from_texts(["It rained.", "It snowed."]).documents
    >>> len(frame)
    2
    >>> frame[1]["document"]
    'text-2'
    >>> frame["document"]
    ['text-1', 'text-2']
    """
    def __arrow_c_schema__(self, /) -> object: ...
    def __arrow_c_stream__(self, /, requested_schema: object | None = None) -> object: ...
    @overload
    def __getitem__(self, key: SupportsIndex, /) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, key: str, /) -> list[Any]: ...
    def __iter__(self, /) -> RowIter: ...
    def __len__(self, /) -> int: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @property
    def columns(self, /) -> list[str]:
        """
        Names of the columns.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).documents.columns[:3]
        ['document', 'published', 'outlet']
        """
    def to_arrow(self, /, *, flat: bool = False) -> pyarrow.Table:
        """
        The table as a pyarrow Table; needs pyarrow.

        Parameters
        ----------
        flat : bool
            Take lists and records apart, as for :meth:`to_pandas`.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).documents.to_arrow().num_rows
        1
        """
    def to_dicts(self, /) -> list[dict[str, Any]]:
        """
        The rows, as dicts.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).documents.to_dicts()[0]["characters"]
        10
        """
    def to_pandas(self, /, *, flat: bool = False, index: pandas.Index[Any] | None = None) -> pandas.DataFrame:
        """
        The table as a pandas DataFrame; needs pandas, but not pyarrow.

        Numbers are float64, counts and positions int64 (Int64 where some are missing), truth values bool (boolean),
        days ``datetime64[s]``, moments ``datetime64[us]``, text is the text of pandas; lists and records stay lists
        and dicts.

        Parameters
        ----------
        flat : bool
            Take lists and records apart, so that any CSV, spreadsheet or database takes the table: a list of records
            becomes how many there are and the fields of the first (``evidence``, ``evidence_text``, …), another list
            its items joined by "; ".
        index : pandas.Index, optional
            Index of the rows that the texts came from, to be the index here, repeated as needed. For tables that say
            which row they are of: of :func:`quantities`, :func:`times`, :func:`places`, of ``claims.quantities`` and
            its like, and :attr:`Corpus.documents`.

        Raises
        ------
        ArgumentError
            The table does not say which row it is of, or there is no such row in ``index``.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).documents.to_pandas().shape[0]
        1
        >>> import pandas as pd
        >>> texts = pd.Series(["It rained.", "Five men fled."], index=["mon", "tue"])
        >>> rp.quantities(texts).to_pandas(index=texts.index)["value"].to_dict()
        {'tue': 5.0}
        """
    def to_polars(self, /, *, flat: bool = False) -> polars.DataFrame:
        """
        The table as a polars DataFrame; needs polars.

        Parameters
        ----------
        flat : bool
            Take lists and records apart, as for :meth:`to_pandas`.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."]).documents.to_polars().height
        1
        """

@final
class Ledger(Frame):
    """
    Figures of a corpus, sorted into rows of what may be compared: a table with more to it.

    Columns: ``row`` (figures of one row may be compared), ``label`` (what it is of: ``"North Korean soldiers sent to
    Russia"``), ``said_on``, ``as_of_start``, ``as_of_end``, ``document``, ``outlet``, ``figure`` (as written), ``low``,
    ``high`` (closed; null where open), ``value``, ``relation``, ``approximate``, ``unit``, ``change``, ``part``,
    ``hypothetical``, ``put_forward``, ``counted``, ``whose``, ``predicate``, ``place``, ``source``, ``chain``, ``origin``,
    ``certainty``, ``quote``, ``start``, ``end`` (code points into the document's text), ``claim``.

    Examples
    --------
    >>> import reportedly as rp
    >>> rec = rp.Corpus.from_texts(["Seoul said 3,000 soldiers had been sent to Kursk."]).reconcile()
    >>> rec.ledger("troops")["figure"]
    ['3,000']
    """
    def plot(self, /, *, ax: matplotlib.axes.Axes | None = None) -> matplotlib.axes.Axes:
        """
        Draw the intervals by the day on which they were said, coloured by source, marked by certainty; needs matplotlib.

        A figure is a point, an interval a bar, an open end an arrow. Certain figures are filled, probable ones half,
        merely possible ones hollow. Each row of the ledger has a marker of its own.

        Parameters
        ----------
        ax : matplotlib.axes.Axes, optional
            Where to draw; a new figure by default.

        Returns
        -------
        matplotlib.axes.Axes

        Raises
        ------
        ImportError
            If matplotlib is not installed: ``pip install "reportedly[plot]"``.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(["Seoul said 3,000 soldiers had been sent."], published=["2024-10-18"])
        >>> ax = corpus.reconcile().ledger("soldiers").plot()  # doctest: +SKIP
        """
    def series(self, /, *, tolerance: SupportsFloat | SupportsIndex = 0.1) -> Frame:
        """
        The interval on which the most independent origins agree, over time, for each row of the ledger.

        On each day every origin that has spoken stands with its latest level; forecasts, changes, parts and figures
        quoted to be denied are left out. It says where accounts agree, not which is right.

        Parameters
        ----------
        tolerance : float
            Play given to either side of a hedged figure ("about 1,000"), as a share of it.

        Returns
        -------
        Frame
            ``row``, ``label``, ``date``, ``low``, ``high`` (float64; null where open), ``unit``, ``origins`` (how many
            the interval holds for), ``of`` (how many have spoken), ``disputed`` (whether some lie outside).

        Raises
        ------
        ArgumentError
            If ``tolerance`` is negative or not finite.

        Examples
        --------
        >>> import reportedly as rp
        >>> corpus = rp.Corpus.from_texts(
        ...     ["Seoul said 3,000 soldiers had been sent to Kursk."], published=["2024-10-18"]
        ... )
        >>> corpus.reconcile().ledger("soldiers").series()[0]["low"]
        3000.0
        """

@final
class Name:
    """
    A name: of a person, an organisation, a place, or of something else.

    Examples
    --------
    >>> import reportedly as rp
    >>> document = rp.Corpus.from_texts(["It rained in Seoul."])[0]
    >>> all(document.text[n.start:n.end] == n.text for n in document.names)
    True
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Name: ...
    @property
    def end(self, /) -> int:
        """
        One past the last code point.
        """
    @property
    def kind(self, /) -> str:
        """
        `PER`, `ORG`, `LOC` or `MISC`.
        """
    @property
    def start(self, /) -> int:
        """
        First code point.
        """
    @property
    def text(self, /) -> str:
        """
        As written, without the title.
        """
    @property
    def title(self, /) -> str | None:
        """
        The title before a person's name ("Vice Foreign Minister").
        """

@final
class Place:
    """
    A place named in the content of a claim.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Place: ...
    @property
    def country(self, /) -> str | None:
        """
        ISO 3166-1 alpha-2 code of its country.
        """
    @property
    def geonames(self, /) -> int | None:
        """
        Id at GeoNames, of cities.
        """
    @property
    def kind(self, /) -> str:
        """
        `country`, `region`, `city` or `continent`.
        """
    @property
    def latitude(self, /) -> float | None:
        """
        Latitude in degrees (WGS 84), of cities.
        """
    @property
    def longitude(self, /) -> float | None:
        """
        Longitude in degrees (WGS 84), of cities.
        """
    @property
    def name(self, /) -> str:
        """
        Canonical name.
        """
    @property
    def sense(self, /) -> str:
        """
        How it is meant: `location`, `demonym` ("Russian troops") or `government` ("Pyongyang denied").
        """
    @property
    def span(self, /) -> Span:
        """
        Where it is written.
        """
    @property
    def subdivision(self, /) -> str | None:
        """
        ISO 3166-2 code of the region that it is or lies in ("US-GA").
        """
    @property
    def text(self, /) -> str:
        """
        The place as written.
        """

@final
class Quantity:
    """
    A figure: an interval, and what it counts.

    Either end may be None: at least 3,000 has no `high`, "as many as 12,000" no `low`.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Quantity: ...
    @property
    def approximate(self, /) -> bool:
        """
        Hedged ("around") or vague ("dozens").
        """
    @property
    def as_of(self, /) -> Span | None:
        """
        The time expression that says as of when, where it stands.
        """
    @property
    def as_of_begins(self, /) -> datetime | None:
        """
        Start of that time, closed.
        """
    @property
    def as_of_ends(self, /) -> datetime | None:
        """
        End of that time, open.
        """
    @property
    def base_high(self, /) -> float | None:
        """
        Upper end in the base unit.
        """
    @property
    def base_low(self, /) -> float | None:
        """
        Lower end in the base unit of its kind ("7,300 km": 7,300,000 m).
        """
    @property
    def base_unit(self, /) -> str | None:
        """
        UCUM code of the base unit (``m``); None for counts, shares and money.
        """
    @property
    def certainty(self, /) -> float:
        """
        How certain the predicate is made, in [-3, 3], under everything that governs it.
        """
    @property
    def change(self, /) -> str | None:
        """
        `additional`, `up`, `down` (by so much), `rose_to`, `fell_to`, or None for a level.
        """
    @property
    def counted(self, /) -> Span | None:
        """
        The counted noun phrase ("North Korean soldiers").
        """
    @property
    def high(self, /) -> float | None:
        """
        Upper end, closed.
        """
    @property
    def hypothetical(self, /) -> bool:
        """
        Whether it is a forecast or possibility and not a count.
        """
    @property
    def lemma(self, /) -> str | None:
        """
        Lemma of its head ("soldier").
        """
    @property
    def low(self, /) -> float | None:
        """
        Lower end, closed.
        """
    @property
    def place(self, /) -> str | None:
        """
        Where that happens or leads to.
        """
    @property
    def polarity(self, /) -> str:
        """
        Whether the predicate is affirmed (`+`) or negated (`-`).
        """
    @property
    def predicate(self, /) -> str | None:
        """
        Lemma of the predicate it stands under ("send").
        """
    @property
    def relation(self, /) -> str:
        """
        `=`, `~`, `>=`, `<=`, `>`, `<` or `range`.
        """
    @property
    def span(self, /) -> Span:
        """
        The figure with its bound and unit words, where it stands.
        """
    @property
    def subject(self, /) -> str | None:
        """
        Who does it or has it: North Korea in "North Korea sent 3,000 soldiers".
        """
    @property
    def text(self, /) -> str:
        """
        The figure as written.
        """
    @property
    def unit(self, /) -> str:
        """
        `count`, `%`, a currency (ISO 4217) or a unit (UCUM).
        """
    @property
    def value(self, /) -> float | None:
        """
        The number stated, if it is one.
        """
    @property
    def whole(self, /) -> float | None:
        """
        The whole of which this is a part ("1,000 of the 11,000").
        """
    @property
    def whose(self, /) -> str | None:
        """
        Whose: North Korea.
        """

@final
class Reconciliation:
    """
    Claims of many articles held against each other; every member is a table.

    Examples
    --------
    >>> import reportedly as rp
    >>> rec = rp.Corpus.from_texts(["It rained.", "It snowed."]).reconcile()
    >>> len(rec.copies)
    0
    """
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Reconciliation: ...
    @property
    def copies(self, /) -> Frame:
        """
        Documents that share text: ``earlier``, ``later``, ``relation`` (`copy`, `cut`, `extended`, `contains`,
        `shares_passage`), the share of each in the other, and the ``passages``.
        """
    @property
    def corpus(self, /) -> Corpus:
        """
        The corpus that was reconciled.
        """
    @property
    def findings(self, /) -> Frame:
        """
        What a reader should know, the gravest first: ``kind``, ``severity``, ``message``, ``documents``, ``claims``,
        ``evidence``.
        """
    def ledger(self, /, counted: str | None = None, *, of: str | None = None, where: str | None = None) -> Ledger:
        """
        The ledger of figures: one row a figure, by what it is about and when it was said.

        Parameters
        ----------
        counted : str, optional
            What is counted; words of one class find each other ("troops" finds soldiers).
        of : str, optional
            Whose: ``"North Korea"``.
        where : str, optional
            Place: ``"Russia"``.

        Examples
        --------
        >>> import reportedly as rp
        >>> rec = rp.Corpus.from_texts(["It rained."]).reconcile()
        >>> rec.ledger("soldiers", of="North Korea").to_dicts()
        []
        """
    @property
    def origins(self, /) -> Frame:
        """
        Independent roots of claims: copies fold together, and chains fold to their last link.
        """
    @property
    def parties(self, /) -> Frame:
        """
        Everybody who says something, under one name, with every spelling.
        """
    @property
    def propositions(self, /) -> Frame:
        """
        Claims that say the same within one story, whichever words they use: ``text``, ``polarity``, what they share
        (``predicate``, ``participants``, ``figures``, ``places``, ``start``, ``end``), ``claims`` (positions), ``documents``,
        ``origins`` and how many of these are ``independent``, the ``opposite``, and the ``matches`` that show it.
        """
    @property
    def stories(self, /) -> Frame:
        """
        Groups of documents about one event: telling terms, first and last date, ids.
        """

@final
class RowIter:
    """
    The rows of a table, in order.
    """
    def __iter__(self, /) -> RowIter: ...
    def __next__(self, /) -> dict[str, Any]: ...

@final
class Scan:
    """
    Batches of articles as they are read: what :func:`scan` returns.

    Each batch is handed out once, also to several threads. If work on one was interrupted, the scan is over.
    """
    def __iter__(self, /) -> Scan: ...
    def __next__(self, /) -> Batch: ...
    def _skip(self, /) -> tuple[str, int] | None:
        """
        Read the next batch and leave it; its digest and number of documents, None at the end.
        """

@final
class Source:
    """
    A party that says something.

    Examples
    --------
    >>> import reportedly as rp
    >>> claim = rp.Corpus.from_texts(['"It rains," Ann Lee said.']).claims[0]
    >>> claim.source.mention
    'Ann Lee'
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Source: ...
    @property
    def country(self, /) -> str | None:
        """
        ISO 3166-1 alpha-2 code of the country it belongs to or speaks for.
        """
    @property
    def mention(self, /) -> str | None:
        """
        As written here; None for the outlet.
        """
    @property
    def name(self, /) -> str:
        """
        One name for one party across the corpus.
        """
    @property
    def path(self, /) -> list[str]:
        """
        How the mention was resolved to the name, step by step.
        """
    @property
    def role(self, /) -> str | None:
        """
        Function or title.
        """
    @property
    def source_type(self, /) -> str:
        """
        `person`, `organization`, `government`, `media`, `document`, `unnamed`, `collective` or `outlet`.
        """
    @property
    def spans(self, /) -> list[Span]:
        """
        Where it is written.
        """

@final
class Span:
    """
    A piece of a document's text, in code points: `document.text[span.start:span.end] == span.text`.

    Examples
    --------
    >>> import reportedly as rp
    >>> document = rp.Corpus.from_texts(["Naïve? It rains."])[0]
    >>> span = document.sentences[-1]
    >>> document.text[span.start:span.end] == span.text
    True
    """
    __match_args__: Final[tuple[str, str, str]]
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Span: ...
    @property
    def end(self, /) -> int:
        """
        One past the last code point.
        """
    @property
    def start(self, /) -> int:
        """
        First code point.
        """
    @property
    def text(self, /) -> str:
        """
        The text it covers.
        """

@final
class Time:
    """
    A time expression, after TimeML's TIMEX3, with the interval it means.
    """
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Time: ...
    @property
    def anchor(self, /) -> str:
        """
        What it was anchored to: `explicit`, `published`, `stated`, `corpus` or `unanchored`.
        """
    @property
    def begins(self, /) -> datetime | None:
        """
        Start of the interval, closed.
        """
    @property
    def ends(self, /) -> datetime | None:
        """
        End of the interval, open.
        """
    @property
    def granularity(self, /) -> str:
        """
        Size of the unit in which it is told (`day`, `month`).
        """
    @property
    def kind(self, /) -> str:
        """
        `DATE`, `TIME`, `DURATION` or `SET`.
        """
    @property
    def modifier(self, /) -> str | None:
        """
        TIMEX3 modifier: which part of the value, or how it is bounded (`END` in "late October").
        """
    @property
    def span(self, /) -> Span:
        """
        The expression, where it stands.
        """
    @property
    def text(self, /) -> str:
        """
        The expression as written.
        """
    @property
    def value(self, /) -> str | None:
        """
        TIMEX3 value ("2024-10-26", "2024-W43", "P3M").
        """

@final
class Token:
    """
    A word, number or mark, with what it is in its sentence.

    Examples
    --------
    >>> import reportedly as rp
    >>> document = rp.Corpus.from_texts(["It rained in Seoul."])[0]
    >>> token = document.tokens[3]
    >>> token.text, token.upos
    ('Seoul', 'PROPN')
    >>> document.text[token.start:token.end] == token.text
    True
    """
    __match_args__: Final[tuple[str, str, str]]
    def __eq__(self, value: object, /) -> bool: ...
    def __hash__(self, /) -> int: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def __str__(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Token: ...
    @property
    def deprel(self, /) -> str:
        """
        Relation to that token (`nsubj`, `obl:agent`); `root` for the root.
        """
    @property
    def end(self, /) -> int:
        """
        One past the last code point.
        """
    @property
    def entity(self, /) -> str:
        """
        `B-PER` begins a name, `I-PER` goes on with it (`PER`, `ORG`, `LOC`, `MISC`); `O` is outside of names.
        """
    @property
    def head(self, /) -> int | None:
        """
        Position of the token that it depends on; None for the root of a sentence.
        """
    @property
    def index(self, /) -> int:
        """
        Position in the document's tokens.
        """
    @property
    def lemma(self, /) -> str:
        """
        Dictionary form, in lower case except for proper nouns.
        """
    @property
    def sentence(self, /) -> int:
        """
        Position of its sentence in the document's sentences.
        """
    @property
    def start(self, /) -> int:
        """
        First code point.
        """
    @property
    def text(self, /) -> str:
        """
        As written.
        """
    @property
    def upos(self, /) -> str:
        """
        Universal part of speech (`NOUN`, `VERB`).
        """
    @property
    def xpos(self, /) -> str:
        """
        Tag of the Penn Treebank (`NNS`, `VBD`).
        """

@final
class TokenIter:
    """
    Tokens, in order.
    """
    def __iter__(self, /) -> TokenIter: ...
    def __next__(self, /) -> Token: ...

@final
class Tokens:
    """
    Tokens of one document, in order: a view, of which slices are views too.

    ``pl.DataFrame(tokens)``, ``pa.table(tokens)`` and ``duckdb.sql("from tokens")`` work as they stand; for pandas
    there is ``tokens.to_pandas()``.

    Columns: ``token`` (position in the document's tokens), ``sentence`` (position in its sentences), ``text``,
    ``lemma``, ``upos``, ``xpos``, ``head`` (the ``token`` that this one depends on; null for a root), ``deprel``,
    ``entity`` (``B-PER``, ``I-PER``, …, or ``O``), ``start``, ``end``.

    Examples
    --------
    >>> import reportedly as rp
    >>> tokens = rp.Corpus.from_texts(["It rained in Seoul."])[0].tokens
    >>> len(tokens)
    5
    >>> [t.text for t in tokens[1:3]]
    ['rained', 'in']
    >>> tokens[1].lemma, tokens[1].upos, tokens[1].xpos
    ('rain', 'VERB', 'VBD')
    """
    def __arrow_c_schema__(self, /) -> object: ...
    def __arrow_c_stream__(self, /, requested_schema: object | None = None) -> object: ...
    def __eq__(self, other: object, /) -> bool: ...
    @overload
    def __getitem__(self, key: SupportsIndex, /) -> Token: ...
    @overload
    def __getitem__(self, key: slice, /) -> Tokens: ...
    def __hash__(self, /) -> int: ...
    def __iter__(self, /) -> TokenIter: ...
    def __len__(self, /) -> int: ...
    def __reduce__(self, /) -> tuple[Any, tuple[bytes]]: ...
    def __repr__(self, /) -> str: ...
    def _repr_html_(self, /) -> str: ...
    @staticmethod
    def _restore(data: bytes) -> Tokens: ...
    @property
    def columns(self, /) -> list[str]:
        """
        Names of the columns of the table.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."])[0].tokens.columns[2:4]
        ['text', 'lemma']
        """
    @property
    def document(self, /) -> Document:
        """
        The document that the tokens are of.
        """
    def to_arrow(self, /) -> pyarrow.Table:
        """
        The tokens as a pyarrow Table; needs pyarrow.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."])[0].tokens.to_arrow().num_rows
        3
        """
    def to_dicts(self, /) -> list[dict[str, Any]]:
        """
        The tokens as dicts, one key a column.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."])[0].tokens.to_dicts()[2]["upos"]
        'PUNCT'
        """
    def to_pandas(self, /) -> pandas.DataFrame:
        """
        The tokens as a pandas DataFrame; needs pandas, but not pyarrow.

        Examples
        --------
        >>> import reportedly as rp
        >>> frame = rp.Corpus.from_texts(["It rained."])[0].tokens.to_pandas()
        >>> frame["text"].tolist()
        ['It', 'rained', '.']
        """
    def to_polars(self, /) -> polars.DataFrame:
        """
        The tokens as a polars DataFrame; needs polars.

        Examples
        --------
        >>> import reportedly as rp
        >>> rp.Corpus.from_texts(["It rained."])[0].tokens.to_polars()["end"].to_list()
        [2, 9, 10]
        """

def _anchor_parts(parts: SupportsGetItem[int, SupportsGetItem[int, SupportsIndex]], day: str, jobs: SupportsIndex | None) -> list[tuple[bytes, int]]:
    """
    The same parts, those of undated documents anchored to the date of the corpus.
    """

def _gather_names(parts: SupportsGetItem[int, SupportsGetItem[int, SupportsIndex]], places: SupportsGetItem[int, SupportsIndex]) -> bytes:
    """
    What the documents of parts say about names; `places` are their positions in the whole.
    """

def _is_saved(folder: str | PathLike[str]) -> bool:
    """
    Whether a folder holds a saved corpus, of whatever version; looks at its manifest only.
    """

def _join_parts(parts: SupportsGetItem[int, SupportsGetItem[int, SupportsIndex]], names: SupportsGetItem[int, SupportsIndex], jobs: SupportsIndex | None) -> Corpus:
    """
    Parts as a corpus, whose claims have the names that were settled.
    """

def _parts(corpus: Corpus, rows: SupportsGetItem[int, SupportsIndex], jobs: SupportsIndex | None) -> list[tuple[bytes, str, str | None, int]]:
    """
    The documents of a corpus, each with its claims under the names of its article: bytes, id, day of publication,
    number of claims. `rows` are their positions in the whole.
    """

def _settle_names(told: SupportsGetItem[int, SupportsGetItem[int, SupportsIndex]]) -> bytes:
    """
    The names of a corpus, from what all its parts say.
    """

def copies(texts: str | Iterable[str | None], *, published: object | None = None, ids: Iterable[object] | None = None, containment: SupportsFloat | SupportsIndex = 0.5, passage: SupportsIndex = 40, stock: SupportsIndex = 6, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None) -> Frame:
    """
    Find the texts that share text: copies, cuts, extended versions, texts inside others, shared passages.

    Texts are compared as words, without case and punctuation, and without being parsed: all of each counts. Words in
    quotation marks on both sides, and passages that many unrelated texts carry, make no copy.

    Parameters
    ----------
    texts : iterable of str
        As for :func:`quantities`.
    published : date, datetime or str, or an iterable of those, optional
        When each was published, as for :func:`times`. It says which of two is the earlier; without it, that is the longer.
    ids : iterable, optional
        A name for each text. Without, texts are named by their position.
    containment : float
        Share of the shorter text, in [0, 1], that must stand in the other.
    passage : int
        Words of a shared passage that do though little else is shared.
    stock : int
        Unrelated texts that carry a passage from which it makes no copy.
    progress, jobs
        As for :func:`quantities`.

    Returns
    -------
    Frame
        One row a pair, in order of the texts: ``earlier``, ``later`` (uint32, positions among the texts given, or ids),
        ``relation`` (``copy``, ``cut``, ``extended``, ``contains``, ``shares_passage``: what the later one is to the
        earlier), ``earlier_in_later``, ``later_in_earlier`` (float64, shares of one's 5-word shingles that stand in the
        other), ``passages`` (list of ``earlier_start``, ``earlier_end``, ``later_start``, ``later_end``, code points,
        half-open, and ``text``, as it stands in the earlier one).

    Raises
    ------
    TypeError
        A text is something other than a str.
    ArgumentError
        A threshold out of range, a day that is none, or not as many days or ids as texts.

    Notes
    -----
    Containment is that of Broder, "On the resemblance and containment of documents" (1997). Every pair is compared word by
    word; none is inferred from two others. All pairs among up to sixteen versions of one text are told; each further
    version is tied to the likest of those, and texts of the same words to the first of them, so that a thousand copies
    make a thousand pairs and not half a million.

    Examples
    --------
    >>> import reportedly as rp
    >>> text = "The dam above Orrel broke on Monday night after a week of rain, and three villages were flooded."
    >>> frame = rp.copies([text, "Nothing happened.", "ORREL (XYZ) - " + text], published=["2024-03-02", None, "2024-03-01"])
    >>> row = frame[0]
    >>> row["earlier"], row["later"], row["relation"], row["later_in_earlier"]
    (2, 0, 'copy', 1.0)
    >>> row["passages"][0]["earlier_start"]
    14
    """

def load(folder: str | os.PathLike[str], *, jobs: int | None = None) -> Corpus:
    """
    Load a corpus that :meth:`Corpus.save` wrote: equal to the one that was saved, and nothing is extracted again.

    Every file is checked against the manifest before anything is believed.

    Parameters
    ----------
    folder : str or os.PathLike
        The folder that was saved to.
    jobs : int, optional
        Threads for this corpus; ``REPORTEDLY_JOBS`` or all cores if not given.

    Returns
    -------
    Corpus
        With its documents, problems and claims.

    Raises
    ------
    NotFoundError
        There is no such folder.
    FormatError
        It is no saved corpus, or one that a newer version wrote, or a file of it is missing or damaged.
    StorageError
        The system cannot read it.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import reportedly as rp
    >>> corpus = rp.Corpus.from_texts(['"It rains," Ann Lee said.'])
    >>> folder = corpus.save(pathlib.Path(tempfile.mkdtemp()) / "rain.reportedly")
    >>> rp.load(folder) == corpus
    True
    """

def places(texts: str | Iterable[str | None], *, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None) -> Frame:
    """
    Find the places that texts name: countries, regions, cities, by name, adjective or people.

    Parameters
    ----------
    texts : str, or an iterable of str
        As for :func:`quantities`. What a name means is decided within each text.
    progress, jobs
        As for :func:`quantities`.

    Returns
    -------
    Frame
        One row a mention: ``row``, ``start``, ``end``, ``text`` as for :func:`quantities`; ``name`` (canonical),
        ``kind`` (``country``, ``region``, ``city``, ``continent``), ``sense`` (``location``, ``demonym``,
        ``government``), ``country`` (ISO 3166-1 alpha-2), ``subdivision`` (ISO 3166-2), ``geonames`` (uint32, id at
        GeoNames), ``latitude``, ``longitude`` (float64, degrees, WGS 84).

    Raises
    ------
    TypeError
        A text is something other than a str.

    Notes
    -----
    Cities and their coordinates are from GeoNames (https://www.geonames.org, CC BY 4.0).

    Examples
    --------
    >>> import reportedly as rp
    >>> frame = rp.places("Pyongyang denied that North Korean soldiers were in Russia.")
    >>> frame["name"], frame["country"]
    (['Pyongyang', 'North Korea', 'Russia'], ['KP', 'KP', 'RU'])
    """

def quantities(texts: str | Iterable[str | None], *, published: object | None = None, frames: bool = True, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None) -> Frame:
    """
    Find the figures in texts: numbers with their bounds, units, what they count, and what is said of it.

    Parameters
    ----------
    texts : str, or an iterable of str
        One text or many: a list, or a column of pandas, polars or pyarrow. None and NaN stand for no text. All of a text
        is read; nothing in it is taken for page furniture.
    published : date, datetime or str, or an iterable of those, optional
        What "last week" is counted from, for ``as_of_begins`` and ``as_of_ends``: as for :func:`times`.
    frames : bool
        Whether what is counted, whose, and the frame are found, too; every sentence must be parsed for that. Without,
        the columns from ``counted`` on are left out, and it is some ten times as fast.
    progress : callable, optional
        Called as ``progress(done, total)`` from time to time; what it raises stops the work.
    jobs : int, optional
        Threads; ``REPORTEDLY_JOBS`` or all cores if not given.

    Returns
    -------
    Frame
        One row a figure, in order of the texts and of their characters: ``row`` (uint32, position of the text among
        those given), ``start`` and ``end`` (uint32, code points, half-open), ``text``; ``low``, ``high``, ``value``
        (float64, in ``unit``; an open end is null), ``relation`` (``=``, ``~``, ``>=``, ``<=``, ``>``, ``<``,
        ``range``), ``approximate`` (bool), ``unit`` (``count``, ``%``, ISO 4217 or UCUM), ``base_low``, ``base_high``,
        ``base_unit`` (the same in the base unit of its kind), ``change`` (``additional``, ``up``, ``down``, ``rose_to``,
        ``fell_to``); ``counted``, ``lemma``, ``whose``, ``whole``; ``predicate``, ``subject``, ``place``, ``as_of``, ``as_of_begins``, ``as_of_ends`` (timestamp[us], half-open),
        ``polarity`` (``+``, ``-``), ``certainty`` (float64 in [-3, 3]), ``hypothetical`` (bool).

    Raises
    ------
    TypeError
        A text is something other than a str.
    ArgumentError
        A day that is none, not as many days as texts, or a text of more than 4 GiB.

    Notes
    -----
    The interval is read as in Almasian et al., "CQE: A Comprehensive Quantity Extractor" (EMNLP 2023).

    Examples
    --------
    >>> import reportedly as rp
    >>> frame = rp.quantities("At least 1,000 additional soldiers were sent.")
    >>> row = frame[0]
    >>> row["relation"], row["low"], row["high"], row["lemma"], row["change"], row["predicate"]
    ('>=', 1000.0, None, 'soldier', 'additional', 'send')
    >>> rp.quantities(["It rained.", None, "Five men fled."])["row"]
    [2]
    """

def read(paths: str | os.PathLike[str] | bytes | BinaryIO | Sequence[str | os.PathLike[str] | bytes | BinaryIO], *, encoding: str | None = None, fields: dict[str, str] | None = None, html: str = "own", recursive: bool = True, max_bytes: SupportsIndex | None = None, max_file_bytes: SupportsIndex | None = None, max_ratio: SupportsIndex | None = None, max_depth: SupportsIndex | None = None, max_nodes: SupportsIndex | None = None, max_archives: SupportsIndex | None = None, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None, errors: str = "report") -> Corpus:
    """
    Read files, folders and globs into a corpus.

    What a file holds is found by its content: plain text, Markdown, HTML; JSON and JSON lines, CSV and TSV, Parquet
    and Arrow; WARC; mail (EML, MBOX); RSS and Atom; exports of Nexis; each of these compressed (gzip, Zstandard,
    bzip2) or in a ZIP archive. What cannot be read is listed in :attr:`Corpus.problems`, and the rest goes on.

    Parameters
    ----------
    paths : str, os.PathLike, bytes, a binary file object, or a list of those
        A folder is read with the folders inside it; a glob as ``"news/*.txt"`` may be given too. Bytes and file
        objects are the content itself.
    encoding : str, optional
        Encoding of the files ("utf-8", "windows-1252"); found out for each file if not given.
    fields : dict, optional
        Which field of JSON, CSV, Parquet or Arrow holds which part of an article: keys of ``text``, ``title``,
        ``published``, ``modified``, ``outlet``, ``byline``, ``url``, ``id``; values are names of fields or columns,
        ``"source.name"`` for nested ones. What is not named is guessed from the names that are there.
    recursive : bool
        Whether folders inside folders are read.
    html : {"own", "trafilatura"}
        Who finds the article in a web page: this package, or trafilatura, if it is installed.
    max_bytes : int, optional
        Bytes of an article; 16 MiB if not given. Lines, rows and messages may have four to eight times as many.
    max_file_bytes : int, optional
        Bytes of a file that is held as a whole (mail, feeds, Nexis, what is in archives); 1 GiB if not given.
    max_ratio : int, optional
        How many times its size a compressed file may become, from 16 MiB on; 1000 if not given.
    max_depth : int, optional
        Elements of a page, values of JSON, or parts of a mail inside of each other; 256 if not given, for JSON never
        more than 127. Deeper elements of a page are flattened, deeper JSON and mail is left out.
    max_nodes : int, optional
        Elements of a page, behind which it is cut; 500,000 if not given.
    max_archives : int, optional
        Archives inside of archives, and compression inside of compression; 2 if not given.
    progress : callable, optional
        Called as ``progress(done, total)`` from time to time; what it raises stops the reading.
    jobs : int, optional
        Threads for this corpus; ``REPORTEDLY_JOBS`` or all cores if not given.
    errors : {"report", "raise"}
        "raise" raises an exception at the first item that was left out or read with a reservation, instead of
        listing it.

    Raises
    ------
    ArgumentError
        An encoding, a part of ``fields`` or an engine that does not exist, or no input.
    NotFoundError
        A path does not exist, or a glob matches nothing.
    NoDocumentsError
        Nothing in the paths could be read.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> import reportedly as rp
    >>> folder = pathlib.Path(tempfile.mkdtemp())
    >>> _ = (folder / "rain.txt").write_text("It rained in Seoul.")
    >>> rp.read(folder)[0].text
    'It rained in Seoul.'
    >>> rp.read(b"It snowed in Busan.")[0].text
    'It snowed in Busan.'
    >>> rp.read(b'{"head": Snow, "body_html": <p>It snowed.</p>}', fields={"title": head, "text": body_html})[0].title
    'Snow'
    """

def scan(paths: str | os.PathLike[str] | bytes | BinaryIO | Sequence[str | os.PathLike[str] | bytes | BinaryIO], *, batch_size: SupportsIndex = 1000, encoding: str | None = None, fields: dict[str, str] | None = None, html: str = "own", recursive: bool = True, max_bytes: SupportsIndex | None = None, max_file_bytes: SupportsIndex | None = None, max_ratio: SupportsIndex | None = None, max_depth: SupportsIndex | None = None, max_nodes: SupportsIndex | None = None, max_archives: SupportsIndex | None = None, jobs: SupportsIndex | None = None, errors: str = "report") -> Scan:
    """
    Read files, folders and globs of any size, a batch of articles at a time.

    Memory is that of a batch, and of the next one, which is read meanwhile: however many articles there are. Formats
    that hold many (JSON lines, JSON arrays, CSV, Parquet, Arrow, WARC, mailboxes, ZIP, also compressed) are streamed.
    Claims are those of :func:`read` but for two things, which need all articles at once: a party keeps the name
    that its article gives it, and "yesterday" in an article without a date stays open. In return a claim
    depends on nothing but its article: not on what is read with it, the size of batches, or the number of threads.
    Ledger, copies and findings need the articles of a story together: see :meth:`Batch.corpus`.

    Parameters
    ----------
    paths : str, os.PathLike, bytes, a binary file object, or a list of those
        As for :func:`read`. A file object is read ahead of what was handed out.
    batch_size : int
        Articles and problems in a batch. A batch also ends when it has 32 MiB of text.
    encoding, fields, html, recursive, max_bytes, max_file_bytes, max_ratio, max_depth, max_nodes, max_archives
        As for :func:`read`.
    jobs : int, optional
        Threads; ``REPORTEDLY_JOBS`` or all cores if not given.
    errors : {"report", "raise"}
        "raise" raises an exception at the first batch with something that was left out or read with a reservation.

    Returns
    -------
    Scan
        An iterator of :class:`Batch`. Ids of documents are unique over all batches.

    Raises
    ------
    ArgumentError
        An encoding, a part of ``fields`` or an engine that does not exist, no input, or a batch size of 0.
    NotFoundError
        A path does not exist, or a glob matches nothing.
    NoDocumentsError
        At the end, if nothing could be read.

    Examples
    --------
    >>> import reportedly as rp
    >>> lines = b'{"text": It rained, Ann Lee said.}\\n' * 5
    >>> for batch in rp.scan(lines, batch_size=2):
    ...     print(batch.first, len(batch), [claim.source.name for claim in batch.claims])
    0 2 ['Ann Lee', 'Ann Lee']
    2 2 ['Ann Lee', 'Ann Lee']
    4 1 ['Ann Lee']
    """

def times(texts: str | Iterable[str | None], *, published: object | None = None, progress: Callable[[int, int], object] | None = None, jobs: SupportsIndex | None = None) -> Frame:
    """
    Find the time expressions in texts, with the intervals that they mean.

    Parameters
    ----------
    texts : str, or an iterable of str
        As for :func:`quantities`.
    published : date, datetime or str, or an iterable of those, optional
        What relative expressions ("yesterday") are counted from: one day for all texts, or one for each. Strings as
        ``2024-10-26``. Without it, dates that a text states itself take its place; what is left has no interval.
    progress, jobs
        As for :func:`quantities`.

    Returns
    -------
    Frame
        One row an expression: ``row``, ``start``, ``end``, ``text`` as for :func:`quantities`; ``kind`` (``DATE``,
        ``TIME``, ``DURATION``, ``SET``), ``value`` and ``modifier`` after TIMEX3; ``begins`` and ``ends``
        (timestamp[us] without zone, half-open), ``granularity``, ``anchor`` (``explicit``, ``published``, ``stated``,
        ``corpus``, ``unanchored``).

    Raises
    ------
    TypeError
        A text is something other than a str.
    ArgumentError
        A day that is none, or not as many days as texts.

    Notes
    -----
    Types, values and modifiers are those of TimeML (ISO 24617-1).

    Examples
    --------
    >>> import reportedly as rp
    >>> row = rp.times("They left on Monday.", published="2024-10-26")[0]
    >>> row["value"], row["begins"].isoformat()
    ('2024-10-21', '2024-10-21T00:00:00')
    """
