"""The texts of a table's times: from one column, or from the date and the time of day apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from enms_core.domain.imports import TableFormat

# What a spreadsheet's date becomes, beside which the time of day stands in a cell of its own.
MIDNIGHT = " 00:00:00"


def stamp_texts(columns: Mapping[str, Sequence[str]], table_format: TableFormat) -> Sequence[str]:
    """Each row's time as one text; empty where the row has none at all.

    >>> columns = {"Datum": ["01.03.2026"], "Zeit": ["0:15"]}
    >>> stamp_texts(columns, TableFormat(time_column="Datum", clock_column="Zeit"))
    ['01.03.2026 0:15']
    """
    days = columns[table_format.time_column or ""]
    if table_format.clock_column is None:
        return days
    clocks = columns[table_format.clock_column]
    return [_joined(day, clock) for day, clock in zip(days, clocks, strict=True)]


def _joined(day: str, clock: str) -> str:
    return f"{day.strip().removesuffix(MIDNIGHT)} {clock.strip()}".strip()
