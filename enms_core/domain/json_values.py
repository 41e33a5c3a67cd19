"""Values as JSON has them."""

from __future__ import annotations

import math
from collections.abc import Mapping


def plain(value: object) -> object:
    """A value as JSON has it: a number that is none is null, as what is not known.

    >>> plain({"f_value": float("inf"), "names": ("a", 1.5)})
    {'f_value': None, 'names': ['a', 1.5]}
    """
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(each) for each in value]
    return value if value is None or isinstance(value, (str, int, bool)) else str(value)
