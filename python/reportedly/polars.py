"""Gives polars data frames ``df.reportedly``: see :class:`reportedly.polars.PolarsNamespace`.

``import reportedly`` does that, too, if polars is imported before it.

>>> import polars as pl
>>> import reportedly.polars
>>> df = pl.DataFrame({"body": ['"It rains," Ann Lee said.']})
>>> df.reportedly.claims("body")["source"].to_list()
['Ann Lee']
"""

import polars  # noqa: F401  what is registered with

from ._accessors import PolarsNamespace, register

__all__ = ["PolarsNamespace"]

register("polars")
