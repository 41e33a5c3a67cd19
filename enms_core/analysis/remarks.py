"""Remarks on a meter's values, gathered in bounded memory however many there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import fsum

import numpy as np
from numpy.typing import NDArray

from enms_core.analysis.grid import Moments, instant_of
from enms_core.domain.imports import Remark

# Where more remarks of a kind are told together, nothing is left out of the sum.
MOST_TOLD = 100


@dataclass
class _Noted:
    told: list[tuple[int, int, float | None]] = field(default_factory=list)
    start: int = 0
    end: int = 0
    quantity: float | None = None
    count: int = 0


class Remarks:
    """What there is to know about one meter's values, by code, in the order of time.

    most_told: so many of a kind are told one by one, the rest together.
    """

    def __init__(self, most_told: int = MOST_TOLD) -> None:
        self._most_told = most_told
        self._noted: dict[str, _Noted] = {}

    def add(self, code: str, start: int, end: int, quantity: float | None = None) -> None:
        """Note one stretch [µs of UTC], with what was used in it."""
        noted = self._noted.setdefault(code, _Noted())
        if len(noted.told) < self._most_told:
            noted.told.append((start, end, quantity))
            return
        noted.start = min(start, noted.start) if noted.count else start
        noted.end = max(end, noted.end)
        if quantity is not None:
            noted.quantity = (noted.quantity or 0.0) + quantity
        noted.count += 1

    def add_all(
        self, code: str, starts: Moments, ends: Moments, quantities: NDArray[np.float64] | None
    ) -> None:
        """Note several stretches; those that are told one by one are the first ones."""
        if not starts.size:
            return
        noted = self._noted.setdefault(code, _Noted())
        room = self._most_told - len(noted.told)
        amounts = None if quantities is None else quantities.tolist()
        for place in range(min(room, starts.size)):
            amount = None if amounts is None else amounts[place]
            self.add(code, int(starts[place]), int(ends[place]), amount)
        if starts.size > room:
            rest = None if amounts is None else fsum(amounts[room:])
            self.add(code, int(starts[room:].min()), int(ends[room:].max()), rest)
            noted.count += starts.size - room - 1

    def told(self, unit: str = "", factor: float = 1.0) -> tuple[Remark, ...]:
        """The remarks in the order of time; quantities times `factor`, in `unit`."""
        found = [
            _remark(code, *each, unit, factor)
            for code, noted in self._noted.items()
            for each in _stretches(noted)
        ]
        return in_order(found)


def in_order(remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Remarks by time; those of one stretch by their code."""
    return tuple(sorted(remarks, key=lambda each: (each.start, each.end or each.start, each.code)))


def _stretches(noted: _Noted) -> list[tuple[int, int, float | None, int]]:
    told = [(*each, 1) for each in noted.told]
    if noted.count:
        told.append((noted.start, noted.end, noted.quantity, noted.count))
    return told


def _remark(
    code: str, start: int, end: int, amount: float | None, count: int, unit: str, factor: float
) -> Remark:
    quantity = None if amount is None else amount * factor
    return Remark(
        code=code,
        start=instant_of(start),
        end=instant_of(end),
        quantity=quantity,
        unit="" if quantity is None else unit,
        count=count,
    )
