"""Figures side by side: of machines over one period, or of two periods."""

from __future__ import annotations

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import psycopg

from tests.core.oracle.case import DEMO, EU, US, Case, zone_of
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.figures import Figure, Kind, figures_of
from tests.core.oracle.production import UNCOUNTED

SITES = {
    DEMO: "Demo Manufacturing Plant",
    EU: "European Production Facility",
    US: "American Assembly Plant",
}
# These do not grow with the length of a period.
RATES = {"power", "efficiency"}


@dataclass(frozen=True)
class Side:
    """Some machines over one period, with what they come to."""

    case: Case
    figures: list[Figure]

    @property
    def told(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.reason is None]

    @property
    def kinds(self) -> list[Kind]:
        return list(dict.fromkeys(figure.kind for figure in self.told))

    def value(self, kind: Kind) -> float | None:
        own = [figure.value for figure in self.told if figure.kind == kind]
        return sum(own) if own else None

    def per_day(self, kind: Kind) -> float | None:
        """For each 24 hours of the machines' own periods."""
        if self.case.metric in RATES:
            return None
        return sum(f.value / self.days(f.machine) for f in self.told if f.kind == kind)

    def days(self, machine: str) -> float:
        seconds = [(b - a).total_seconds() for a, b in self.case.stretches(machine)]
        return sum(seconds) / 86_400

    def calendar_days(self, machine: str) -> int:
        """Of the machine's site, where one of 23 or 25 hours is a day; part of a day is one."""
        zone = ZoneInfo(zone_of(machine))
        clock = [[at.astimezone(zone).replace(tzinfo=None) for at in stretch]
                 for stretch in self.case.stretches(machine)]  # fmt: skip
        seconds = sum((end - start).total_seconds() for start, end in clock)
        return max(1, round(seconds / 86_400))

    @property
    def lengths(self) -> set[tuple[float, int]]:
        """Of the machines' periods, in hours and in calendar days."""
        return {(round(24 * self.days(f.machine), 9), self.calendar_days(f.machine))
                for f in self.told}  # fmt: skip


def comparison(case: Case, connection: psycopg.Connection) -> Expected:
    """Each side, and by how much the first is more than the second."""
    sides = [Side(each, figures_of(each, connection)) for each in _asked(case)]
    kinds = list(dict.fromkeys(kind for side in sides for kind in side.kinds))
    differences = [_difference(kind, sides, case) for kind in kinds]
    only = differences[0] if len(kinds) == 1 else {}
    data: Data = {
        "metric": case.metric,
        **(dict(kinds[0]) if len(kinds) == 1 else {"unit": None}),
        "items": [_item(side, kinds) for side in sides],
        "difference": only.get("difference"),
        "difference_percent": only.get("difference_percent"),
        "differences": differences,
        "spread": _spread(kinds, sides, case) if len(sides) > 2 else None,
        "is_per_day": len(kinds) == 1 and _is_per_day(kinds[0], sides, case),
        "is_same_hours": case.step == "same hours",
        "is_so_far": False,
        "left_out": _left_out(sides),
    }
    judged = [(value, _unit(kind)) for kind in kinds for value in _judged(kind, sides, case)]
    said = tuple((value, unit) for value, unit in judged if value is not None)
    return Expected(data, said if len(sides) == 2 else ())


def _asked(case: Case) -> list[Case]:
    """The sides as questions of their own, in the order in which they are told."""
    scopes = case.sides or (case.machines,)
    first = [replace(case, machines=scope) for scope in scopes]
    if not (case.berlin_before or case.chicago_before):
        return first
    return [
        asked
        for each in first
        for asked in (
            each,
            replace(each, berlin=case.berlin_before, chicago=case.chicago_before),
        )
    ]


def _item(side: Side, kinds: list[Kind]) -> Data:
    amounts = [
        {"value": value, **dict(kind), "per_day": side.per_day(kind)}
        for kind in kinds
        if (value := side.value(kind)) is not None
    ]
    first: Data = {"value": None, "unit": None, "per_day": None}
    machines = side.case.machines
    stretches = side.case.stretches(machines[0])
    return {
        "label": machines[0] if len(machines) == 1 else SITES.get(machines),
        "machines": list(machines),
        "period": {"start": stretches[0][0], "end": stretches[-1][1]},
        **(amounts[0] if len(amounts) == 1 else first),
        "amounts": amounts,
        "coverage_percent": _coverage(side),
        "is_incomplete": any(figure.is_incomplete for figure in side.told),
    }


def _coverage(side: Side) -> float | None:
    if side.case.metric == "production":
        return None
    by_machine = {figure.machine: figure for figure in side.figures}.values()
    expected = sum(figure.expected_s for figure in by_machine)
    return 100 * sum(figure.covered_s for figure in by_machine) / expected


def _is_per_day(kind: Kind, sides: list[Side], case: Case) -> bool:
    """Where the periods differ in hours and in days: nobody wants what half a day would be as a
    whole one."""
    lengths = [side.lengths for side in sides if kind in side.kinds]
    hours, days = ({frozenset(each[place] for each in own) for own in lengths} for place in (0, 1))
    return case.metric not in RATES and len(hours) > 1 and len(days) > 1


def _judged(kind: Kind, sides: list[Side], case: Case) -> list[float | None]:
    """What is compared: per day where the periods differ in days."""
    if _is_per_day(kind, sides, case):
        return [side.per_day(kind) if kind in side.kinds else None for side in sides]
    return [side.value(kind) for side in sides]


def _difference(kind: Kind, sides: list[Side], case: Case) -> Data:
    judged = _judged(kind, sides, case)
    amount = percent = None
    if len(judged) == 2 and judged[0] is not None and judged[1] is not None:
        amount = judged[0] - judged[1]
        percent = 100 * amount / judged[1]
    return {**dict(kind), "difference": amount, "difference_percent": percent}


def _spread(kinds: list[Kind], sides: list[Side], case: Case) -> float | None:
    if len(kinds) != 1:
        return None
    known = [value for value in _judged(kinds[0], sides, case) if value is not None]
    return max(known) - min(known)


def _left_out(sides: list[Side]) -> list[Data]:
    """Each machine without a figure once."""
    found = {(f.machine, f.reason) for side in sides for f in side.figures if f.reason}
    assert {name for name, reason in found if reason == "no_production"} <= {*UNCOUNTED}
    return [{"machine": name, "reason": reason} for name, reason in sorted(found, key=str)]


def _unit(kind: Kind) -> str:
    unit = kind[0][1]
    return "kWh" if unit == "kWh/unit" else unit
