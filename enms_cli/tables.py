"""Numbers and tables as plain text for a terminal."""

from __future__ import annotations

import math
from collections.abc import Sequence

NONE = "-"
SMALLEST_P = 0.0001


def number(value: float | int | None, digits: int = 4) -> str:
    """A number to be read: so many significant digits, thousands apart; whole ones in full.

    >>> number(8760), number(0.93456), number(1234.567), number(None), number(float("nan"))
    ('8,760', '0.9346', '1,235', '-', '-')
    >>> number(-0.00001234)
    '-1.234e-05'
    """
    if value is None or not math.isfinite(value):
        return NONE if value is None or math.isnan(value) else str(value)
    if isinstance(value, int):
        return f"{value:,}"
    if abs(value) >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    return f"{value:.{digits}g}"


def p_value(value: float | None) -> str:
    """A probability; one that is next to none without its many digits.

    >>> p_value(0.0312), p_value(3e-19), p_value(None)
    ('0.0312', '<0.0001', '-')
    """
    if value is not None and value < SMALLEST_P:
        return f"<{SMALLEST_P:.4f}"
    return number(value, 3)


def table(rows: Sequence[Sequence[str]], left: int = 1) -> list[str]:
    """Lines with the columns aligned: the first `left` of them to the left, the others, which are
    numbers, to the right.

    >>> print("\\n".join(table([["driver", "value"], ["a", "1"], ["bc", "20"]])))
    driver  value
    a           1
    bc         20
    """
    if not rows:
        return []
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
