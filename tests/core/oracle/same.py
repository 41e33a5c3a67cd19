"""What differs between an answer's `data` and what was expected of it, number by number."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

# What things in a list are told apart by; a list of such things has no order of its own.
NAMES = ("machine", "energy_source", "seu", "driver", "mode", "currency", "name")


def differences(told: object, expected: object, where: str = "data") -> list[str]:
    """Each value that is not the expected one: numbers to 1e-9, zero exactly, times as instants."""
    return list(_differences(told, expected, where))


def _differences(told: object, expected: object, where: str) -> Iterator[str]:
    if isinstance(expected, dict) and isinstance(told, dict):
        for key in {**expected, **told}:
            if key not in told or key not in expected:
                yield f"{where}.{key} is {'missing' if key in expected else 'not expected'}"
            else:
                yield from _differences(told[key], expected[key], f"{where}.{key}")
    elif isinstance(expected, list) and isinstance(told, list):
        if len(told) != len(expected):
            yield f"{where} has {len(told)} items, {len(expected)} expected"
        for place, pair in enumerate(zip(_sorted(told), _sorted(expected), strict=False)):
            yield from _differences(*pair, f"{where}[{place}]")
    elif not _same(told, expected):
        yield f"{where} is {told!r}, {expected!r} expected"


def _sorted(items: list[Any]) -> list[Any]:
    """Things with names by these, names by themselves; a ranking and a series as they are."""
    if all(isinstance(item, str) for item in items):
        return sorted(items, key=str)
    first = items[0] if items else None
    if not isinstance(first, dict) or "rank" in first or not {*NAMES} & {*first}:
        return items
    return sorted(items, key=lambda item: [str(item.get(name)) for name in NAMES])


def _same(told: object, expected: object) -> bool:
    if isinstance(expected, datetime):
        return isinstance(told, str) and datetime.fromisoformat(told) == expected
    if isinstance(expected, bool) or not isinstance(expected, int | float):
        return told == expected and type(told) is type(expected)
    is_number = isinstance(told, int | float) and not isinstance(told, bool)
    return is_number and bool(told == pytest.approx(expected, rel=1e-9, abs=0.0))
