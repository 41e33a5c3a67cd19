"""Which of several overlapping rules holds when: a period cut wherever the winner changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from enms_core.domain.period import Period, utc

Rule = TypeVar("Rule")
# Start and end [UTC] of a time in which a rule holds, and its place in the order of the rules.
Claim = tuple[datetime, datetime, int]
Held = tuple[datetime, datetime, Rule | None]


def within(
    period: Period, valid_from: datetime | None, valid_to: datetime | None
) -> tuple[datetime, datetime]:
    """The part of a period [UTC] in which something is valid; the end may precede the start."""
    start, end = utc(period.start), utc(period.end)
    return (
        start if valid_from is None else max(start, utc(valid_from)),
        end if valid_to is None else min(end, utc(valid_to)),
    )


def winners(period: Period, rules: Sequence[Rule], claims: Iterable[Claim]) -> Iterator[Held[Rule]]:
    """The period end to end, with the rule that holds in each stretch; None where none does.

    rules: best first; where several hold, the first of them wins. Claims lie within the period.
    Neighbouring stretches of one rule are one.
    """
    begun, held = utc(period.start), None
    for moment, place in _changes(period, claims):
        rule = None if place is None else rules[place]
        if rule is held:
            continue
        if moment > begun:
            yield begun, moment, held
        begun, held = moment, rule
    yield begun, utc(period.end), held


def _changes(period: Period, claims: Iterable[Claim]) -> Iterator[tuple[datetime, int | None]]:
    """The edges of claims before the end of the period, and who is first from each on."""
    edges: dict[datetime, list[tuple[int, int]]] = {}
    for start, end, place in claims:
        edges.setdefault(start, []).append((place, 1))
        edges.setdefault(end, []).append((place, -1))
    edges.pop(utc(period.end), None)
    holding: dict[int, int] = {}
    for moment in sorted(edges):
        for place, change in edges[moment]:
            holding[place] = holding.get(place, 0) + change
        yield moment, min((place for place, count in holding.items() if count), default=None)
