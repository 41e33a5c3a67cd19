"""The typical day of a period that is too long for hour after hour."""

from __future__ import annotations

from statistics import fmean
from zoneinfo import ZoneInfo

import psycopg

from tests.core.energy_truth import Truth, by_source, truth_of
from tests.core.oracle.case import UNITS, Case, zone_of
from tests.core.oracle.cuts import cuts_of
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.use import adds_up, use_data


def typical_day(
    case: Case, truths: dict[tuple[str, str], Truth], connection: psycopg.Connection
) -> Expected:
    """The mean of each hour of the wall clock over the hours that have all their readings."""
    (machine,) = case.machines
    zone = ZoneInfo(zone_of(machine))
    totals = by_source(truths)
    days = []
    for source in totals:
        hours: dict[int, list[Truth]] = {hour: [] for hour in range(24)}
        for each in cuts_of(case, machine, connection).values():
            use = truth_of(connection, machine, source, *each.stretch)
            if each.share == 1 and use.coverage_percent == 100:
                hours[each.stretch[0].astimezone(zone).hour].append(use)
        days.append(
            {
                "energy_source": source,
                "unit": UNITS[source],
                "hours": [_typical_hour(*each) for each in hours.items()],
            }
        )
    data = use_data(case, truths) | {
        "step": "hour",
        "series": [],
        "typical_day": days,
        "together": _purchased_day(days) if adds_up(totals) else None,
    }
    return Expected(data, tuple((t.quantity, UNITS[source]) for source, t in totals.items()))


def _purchased_day(days: list[Data]) -> Data:
    hours = []
    for same in zip(*(day["hours"] for day in days), strict=True):
        kwh, days_of = sum(hour["energy_kwh"] for hour in same), min(hour["days"] for hour in same)
        hours.append(same[0] | {"quantity": kwh, "energy_kwh": kwh, "days": days_of})
    return {"energy_source": None, "unit": "kWh", "hours": hours}


def _typical_hour(hour: int, uses: list[Truth]) -> Data:
    return {
        "hour": hour,
        "quantity": fmean(use.quantity for use in uses),
        "energy_kwh": fmean(use.energy_kwh or 0.0 for use in uses),
        "days": len(uses),
    }
