"""Gives pandas data frames ``df.reportedly``: see :class:`reportedly.pandas.PandasAccessor`.

``import reportedly`` does that, too, if pandas is imported before it.

>>> import pandas as pd
>>> import reportedly.pandas
>>> df = pd.DataFrame({"body": ['"It rains," Ann Lee said.']}, index=["mon"])
>>> df.reportedly.claims("body")["source"].to_dict()
{'mon': 'Ann Lee'}
"""

import pandas  # noqa: F401  what is registered with

from ._accessors import PandasAccessor, register

__all__ = ["PandasAccessor"]

register("pandas")
