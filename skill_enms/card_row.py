"""A row of figures on a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Data = Mapping[str, Any]
Row = dict[str, Any]
Label = Callable[[str], str]


def row(label: str, value: object, unit: object = None) -> Row:
    """A label, its value (unrounded) and its unit."""
    return {"label": label, "value": value, "unit": unit or ""}
