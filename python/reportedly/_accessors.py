"""What data frames get under the name `reportedly`: their rows as documents, and what is found in these.

Registered by `import reportedly.pandas` and `import reportedly.polars`, and by `import reportedly` with what of pandas
and polars is imported already. That no library is imported, nor its import watched, is on purpose: who never makes a
data frame pays nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING, Any

from ._reportedly import Corpus, Frame, places, quantities, times

if TYPE_CHECKING:
    import pandas
    import polars

_NAME = "reportedly"


class PandasAccessor:
    """Documents in the rows of a DataFrame: ``df.reportedly``.

    Every table comes with the index of the frame, repeated as needed, so that it joins back; its column ``row`` is the
    position of the row.

    Examples
    --------
    >>> import pandas as pd
    >>> import reportedly.pandas
    >>> df = pd.DataFrame({"body": ['"It rains," Ann Lee said.', "Five men fled."]}, index=["mon", "tue"])
    >>> claims = df.reportedly.claims("body")
    >>> df.join(claims[["source", "act"]]).loc["mon", "source"]
    'Ann Lee'
    >>> df.reportedly.quantities("body")["value"].to_dict()
    {'tue': 5.0}
    """

    def __init__(self, df: pandas.DataFrame) -> None:
        self._df = df

    def corpus(
        self,
        text: Hashable,
        *,
        title: Hashable = None,
        published: Hashable = None,
        outlet: Hashable = None,
        byline: Hashable = None,
        url: Hashable = None,
        id: Hashable = None,
        progress: Callable[[int, int], object] | None = None,
        jobs: int | None = None,
    ) -> Corpus:
        """The rows as a corpus; the same as :meth:`reportedly.Corpus.from_pandas`.

        Examples
        --------
        >>> import pandas as pd
        >>> import reportedly.pandas
        >>> df = pd.DataFrame({"body": ["It rained."], "site": ["The Daily"]})
        >>> df.reportedly.corpus("body", outlet="site")[0].outlet
        'The Daily'
        """
        # Labels of columns may be anything that can be hashed.
        named: dict[str, Any] = {"title": title, "published": published, "outlet": outlet, "byline": byline}
        return Corpus.from_pandas(self._df, text=text, **named, url=url, id=id, progress=progress, jobs=jobs)

    def claims(self, text: Hashable, *, flat: bool = False, **columns: Any) -> pandas.DataFrame:
        """Every claim in the texts, one row each.

        Parameters
        ----------
        text : label of a column
            The column with the texts.
        flat : bool
            Take lists and records apart: see :meth:`reportedly.Claims.to_pandas`.
        **columns
            ``title``, ``published``, ``outlet``, ``byline``, ``url``, ``id``, ``progress``, ``jobs``, as for
            :meth:`corpus`.

        Returns
        -------
        pandas.DataFrame
            The columns of :class:`reportedly.Claims`, with the index of this frame.

        Raises
        ------
        ArgumentError
            No such column, or two of that name.

        Examples
        --------
        >>> import pandas as pd
        >>> import reportedly.pandas
        >>> df = pd.DataFrame({"body": ['"It rains," Ann Lee said.'], "day": ["2024-10-26"]}, index=["a"])
        >>> df.reportedly.claims("body", published="day")["published"].dt.year.to_dict()
        {'a': 2024}
        """
        return self.corpus(text, **columns).claims.to_pandas(flat=flat, index=self._df.index)

    def quantities(self, text: Hashable, *, published: Hashable = None, **options: Any) -> pandas.DataFrame:
        """Every figure in the texts, one row each; see :func:`reportedly.quantities` for columns and options.

        Examples
        --------
        >>> import pandas as pd
        >>> import reportedly.pandas
        >>> df = pd.DataFrame({"body": ["It rained.", "At least five men fled."]}, index=["mon", "tue"])
        >>> df.reportedly.quantities("body")["relation"].to_dict()
        {'tue': '>='}
        """
        return self._found(quantities(_texts(self._df, text), published=_days(self._df, published), **options))

    def times(self, text: Hashable, *, published: Hashable = None, **options: Any) -> pandas.DataFrame:
        """Every time expression in the texts, one row each; see :func:`reportedly.times` for columns and options.

        Examples
        --------
        >>> import pandas as pd
        >>> import reportedly.pandas
        >>> df = pd.DataFrame({"body": ["It rained on Monday."], "day": ["2024-10-26"]})
        >>> df.reportedly.times("body", published="day")["value"].tolist()
        ['2024-10-21']
        """
        return self._found(times(_texts(self._df, text), published=_days(self._df, published), **options))

    def places(self, text: Hashable, **options: Any) -> pandas.DataFrame:
        """Every place in the texts, one row each; see :func:`reportedly.places` for columns and options.

        Examples
        --------
        >>> import pandas as pd
        >>> import reportedly.pandas
        >>> pd.DataFrame({"body": ["It rained in Seoul."]}).reportedly.places("body")["country"].tolist()
        ['KR']
        """
        return self._found(places(_texts(self._df, text), **options))

    def _found(self, frame: Frame) -> pandas.DataFrame:
        return frame.to_pandas(index=self._df.index)


class PolarsNamespace:
    """Documents in the rows of a DataFrame: ``df.reportedly``.

    Every table has a column ``row``, the position of the row, by which it joins back to ``df.with_row_index("row")``.

    Examples
    --------
    >>> import polars as pl
    >>> import reportedly.polars
    >>> df = pl.DataFrame({"body": ['"It rains," Ann Lee said.', None]})
    >>> claims = df.reportedly.claims("body").select("row", "source")
    >>> df.with_row_index("row").join(claims, on="row", how="left")["source"].to_list()
    ['Ann Lee', None]
    """

    def __init__(self, df: polars.DataFrame) -> None:
        self._df = df

    def corpus(
        self,
        text: str,
        *,
        title: str | None = None,
        published: str | None = None,
        outlet: str | None = None,
        byline: str | None = None,
        url: str | None = None,
        id: str | None = None,
        progress: Callable[[int, int], object] | None = None,
        jobs: int | None = None,
    ) -> Corpus:
        """The rows as a corpus; the same as :meth:`reportedly.Corpus.from_polars`.

        Examples
        --------
        >>> import polars as pl
        >>> import reportedly.polars
        >>> df = pl.DataFrame({"body": ["It rained."], "site": ["The Daily"]})
        >>> df.reportedly.corpus("body", outlet="site")[0].outlet
        'The Daily'
        """
        return Corpus.from_polars(
            self._df,
            text=text,
            title=title,
            published=published,
            outlet=outlet,
            byline=byline,
            url=url,
            id=id,
            progress=progress,
            jobs=jobs,
        )

    def claims(self, text: str, *, flat: bool = False, **columns: Any) -> polars.DataFrame:
        """Every claim in the texts, one row each.

        Parameters
        ----------
        text : str
            Name of the column with the texts.
        flat : bool
            Take lists and records apart: see :meth:`reportedly.Claims.to_pandas`.
        **columns
            ``title``, ``published``, ``outlet``, ``byline``, ``url``, ``id``, ``progress``, ``jobs``, as for
            :meth:`corpus`.

        Returns
        -------
        polars.DataFrame
            The columns of :class:`reportedly.Claims`; ``row`` (UInt32) is the position of the row in this frame.

        Raises
        ------
        ArgumentError
            No such column.

        Examples
        --------
        >>> import polars as pl
        >>> import reportedly.polars
        >>> df = pl.DataFrame({"body": [None, '"It rains," Ann Lee said.']})
        >>> df.reportedly.claims("body").select("row", "source").rows()
        [(1, 'Ann Lee')]
        """
        return self.corpus(text, **columns).claims.to_polars(flat=flat)

    def quantities(self, text: str, *, published: str | None = None, **options: Any) -> polars.DataFrame:
        """Every figure in the texts, one row each; see :func:`reportedly.quantities` for columns and options.

        Examples
        --------
        >>> import polars as pl
        >>> import reportedly.polars
        >>> df = pl.DataFrame({"body": ["It rained.", "At least five men fled."]})
        >>> df.reportedly.quantities("body").select("row", "relation").rows()
        [(1, '>=')]
        """
        return quantities(_texts(self._df, text), published=_days(self._df, published), **options).to_polars()

    def times(self, text: str, *, published: str | None = None, **options: Any) -> polars.DataFrame:
        """Every time expression in the texts, one row each; see :func:`reportedly.times` for columns and options.

        Examples
        --------
        >>> import polars as pl
        >>> import reportedly.polars
        >>> df = pl.DataFrame({"body": ["It rained on Monday."], "day": ["2024-10-26"]})
        >>> df.reportedly.times("body", published="day")["value"].to_list()
        ['2024-10-21']
        """
        return times(_texts(self._df, text), published=_days(self._df, published), **options).to_polars()

    def places(self, text: str, **options: Any) -> polars.DataFrame:
        """Every place in the texts, one row each; see :func:`reportedly.places` for columns and options.

        Examples
        --------
        >>> import polars as pl
        >>> import reportedly.polars
        >>> pl.DataFrame({"body": ["It rained in Seoul."]}).reportedly.places("body")["country"].to_list()
        ['KR']
        """
        return places(_texts(self._df, text), **options).to_polars()


def _values(df: Any, argument: str, name: Hashable) -> list[Any]:
    from ._frames import column

    values: list[Any] = df[column(list(df.columns), argument, name)].to_list()
    return values


def _texts(df: Any, name: Hashable) -> list[str | None]:
    """A cell that holds no text is passed over; `corpus` tells of it."""
    return [value if isinstance(value, str) else None for value in _values(df, "text", name)]


def _days(df: Any, name: Hashable) -> list[Any] | None:
    return None if name is None else _values(df, "published", name)


def register(library: str) -> None:
    """Gives the data frames of a library that is imported their accessor; again does nothing."""
    module: Any = sys.modules[library]
    if hasattr(module.DataFrame, _NAME):
        return
    if library == "pandas":
        module.api.extensions.register_dataframe_accessor(_NAME)(PandasAccessor)
    else:
        module.api.register_dataframe_namespace(_NAME)(PolarsNamespace)


def register_imported() -> None:
    """The same for what of pandas and polars is imported already."""
    for library in ("pandas", "polars"):
        # A module that is only half imported has no DataFrame yet.
        if hasattr(sys.modules.get(library), "DataFrame"):
            register(library)
