"""Energy on average, by days and hours, and its trend."""

from __future__ import annotations

from functools import reduce
from statistics import fmean
from zoneinfo import ZoneInfo

import psycopg

from tests.core.energy_truth import NOTHING, Truth, by_source, truth_of, truths_of
from tests.core.oracle.case import PURCHASED, UNITS, Case, zone_of
from tests.core.oracle.cuts import CutOut, cut
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.trend import is_complete, slope_of
from tests.core.oracle.use import purchased_kwh, use_data

# Hours of longer periods are told as those of a typical day.
LONGEST_BY_HOUR_S = 14 * 86_400


def average(case: Case, connection: psycopg.Connection) -> Expected:
    """Per local day and per hour, over the time that readings cover."""
    truths = truths_of(case, connection)
    days = {name: _days(case, name, connection) for name in case.machines}
    sources = by_source(truths)
    averages = {
        source: [
            _average(t, days[name], case, name) for (name, of), t in truths.items() if of == source
        ]
        for source in sources
    }
    data = use_data(case, truths) | {"step": case.step}
    own = {source: _summed(each, source, "quantity") for source, each in averages.items()}
    data["sources"] = [each | own[str(each["energy_source"])] for each in data["sources"]]
    only = next(iter(own.values())) if len(own) == 1 else {}
    per = {key: only.get(key) for key in ("average_per_day", "average_per_hour")}
    together = None
    if _adds_up(sources):
        together = _summed([each for a in averages.values() for each in a], None, "energy_kwh")
    key = f"average_per_{case.step}"
    said = tuple((each[key], each["unit"]) for each in own.values())
    return Expected(data | per | {"together": together}, said)


def by_step(case: Case, connection: psycopg.Connection) -> Expected:
    """Day by day or hour by hour."""
    truths = truths_of(case, connection)
    start, end = case.stretches(case.machines[0])[0]
    if case.step == "hour" and (end - start).total_seconds() > LONGEST_BY_HOUR_S:
        return _typical_day(case, truths, connection)
    series = _series(case, truths, connection)
    data = use_data(case, truths) | {
        "step": case.step,
        "series": list(series.values()),
        "together": _purchased(series),
    }
    said = [(truth.quantity, UNITS[source]) for source, truth in by_source(truths).items()]
    extremes = [_extremes(each["points"], case) for each in series.values()]
    told = [point for pair in extremes for point in pair]
    said += [
        (point["quantity"], each["unit"])
        for each, pair in zip(series.values(), extremes, strict=True)
        for point in pair
    ]
    starts = tuple(point["start"] for point in told)
    by_hour = case.step == "hour"
    return Expected(data, tuple(said), at=starts if by_hour else (), on=() if by_hour else starts)


def _extremes(points: list[Data], case: Case) -> list[Data]:
    """The first of the points with the most and with the least, of those that lack nothing."""
    zone = ZoneInfo(zone_of(case.machines[0]))
    known = [point for point in points if is_complete(point, str(case.step), zone)]
    return [
        max(known, key=lambda point: point["quantity"]),
        min(known, key=lambda point: point["quantity"]),
    ]


def trend(case: Case, connection: psycopg.Connection) -> Expected:
    """Whether use rose or fell."""
    truths = truths_of(case, connection)
    series = _series(case, truths, connection)
    together = _purchased(series)
    trends = [_trend(each, case) for each in series.values()]
    only = trends[0] if len(trends) == 1 else {}
    keys = ("trend", "change_percent_per_week", "change_percent_per_hour", "p_value", "points")
    data = use_data(case, truths) | {
        "step": case.step,
        **{key: only.get(key) for key in keys},
        "trends": trends,
        "together": _trend(together, case) if together else None,
        "series": list(series.values()),
    }
    found = [
        each[f"change_percent_per_{'week' if case.step == 'day' else 'hour'}"] for each in trends
    ]
    return Expected(data, tuple((abs(change), "%") for change in found if change is not None))


def _days(case: Case, machine: str, connection: psycopg.Connection) -> float:
    found = [cut(connection, each, zone_of(machine), "day") for each in case.stretches(machine)]
    return sum(day.share for days in found for day in days)


def _average(truth: Truth, days: float, case: Case, machine: str) -> dict[str, float | None]:
    """Of one machine: the amounts for each day and each hour that readings cover."""
    asked_s = sum((end - start).total_seconds() for start, end in case.stretches(machine))
    covered_days = days * truth.covered_s / asked_s
    return {
        f"{amount}_per_{step}": value / time if step == "hour" or days >= 1 else None
        for amount, value in (("quantity", truth.quantity), ("energy_kwh", truth.energy_kwh))
        if value is not None
        for step, time in (("day", covered_days), ("hour", truth.covered_s / 3600))
    }


def _summed(averages: list[dict[str, float | None]], source: str | None, amount: str) -> Data:
    """The average of machines together is the sum of theirs."""
    data: Data = {"energy_source": source, "unit": UNITS[source] if source else "kWh"}
    for step in ("day", "hour"):
        values = [each[f"{amount}_per_{step}"] for each in averages]
        known = [value for value in values if value is not None]
        data[f"average_per_{step}"] = sum(known) if len(known) == len(values) else None
    return data


def _adds_up(totals: dict[str, Truth]) -> bool:
    return len(totals) > 1 and purchased_kwh(totals) is not None


def _series(
    case: Case, truths: dict[tuple[str, str], Truth], connection: psycopg.Connection
) -> dict[str, Data]:
    """By source: the machines' first days together, their second days, and so on."""
    longest = max(case.machines, key=lambda name: len(_cuts(case, name, connection)))
    told = _cuts(case, longest, connection)
    found: dict[str, Data] = {}
    for source in by_source(truths):
        machines = [name for name, of in truths if of == source]
        cuts = [_cuts(case, name, connection) for name in machines]
        points = []
        for place, label in enumerate(told):
            uses = [
                truth_of(connection, name, source, *own[place].stretch)
                for name, own in zip(machines, cuts, strict=True)
                if place < len(own)
            ]
            points.append(_point(label, reduce(Truth.__add__, uses, NOTHING)))
        found[source] = {"energy_source": source, "unit": UNITS[source], "points": points}
    return found


def _cuts(case: Case, machine: str, connection: psycopg.Connection) -> list[CutOut]:
    return [
        each
        for stretch in case.stretches(machine)
        for each in cut(connection, stretch, zone_of(machine), str(case.step))
    ]


def _point(label: CutOut, use: Truth) -> Data:
    return {
        "start": label.stretch[0],
        "end": label.stretch[1],
        "quantity": use.quantity if use.readings else None,
        "energy_kwh": use.energy_kwh,
        "coverage_percent": use.coverage_percent if use.expected_s else 100.0,
    }


def _purchased(series: dict[str, Data]) -> Data | None:
    """Purchased sources together, point by point; None for one source, or one that is made here."""
    if len(series) < 2 or not PURCHASED.issuperset(series):
        return None
    points = []
    for same in zip(*(each["points"] for each in series.values()), strict=True):
        energy_kwh = sum(point["energy_kwh"] for point in same)
        points.append(
            same[0]
            | {
                "quantity": energy_kwh,
                "energy_kwh": energy_kwh,
                "coverage_percent": min(point["coverage_percent"] for point in same),
            }
        )
    return {"energy_source": None, "unit": "kWh", "points": points}


def _trend(series: Data, case: Case) -> Data:
    zone = ZoneInfo(zone_of(case.machines[0]))
    slope = slope_of(series["points"], str(case.step), zone)
    return {"energy_source": series["energy_source"], "unit": series["unit"], **slope}


def _typical_day(
    case: Case, truths: dict[tuple[str, str], Truth], connection: psycopg.Connection
) -> Expected:
    """The mean of each hour of the wall clock over the hours that have all their readings."""
    (machine,) = case.machines
    zone = ZoneInfo(zone_of(machine))
    totals = by_source(truths)
    days = []
    for source in totals:
        hours: dict[int, list[Truth]] = {hour: [] for hour in range(24)}
        for each in _cuts(case, machine, connection):
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
        "together": _purchased_day(days) if _adds_up(totals) else None,
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
