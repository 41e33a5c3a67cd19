"""Energy on average, by days and hours, and its trend."""

from __future__ import annotations

from functools import reduce
from zoneinfo import ZoneInfo

import psycopg

from tests.core.energy_truth import NOTHING, Truth, by_source, truth_of, truths_of
from tests.core.oracle.case import PURCHASED, UNITS, Case, zone_of
from tests.core.oracle.cuts import CutOut, Label, cut, cuts_of
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.trend import COMPLETE_PERCENT, slope_of
from tests.core.oracle.typical import typical_day
from tests.core.oracle.use import adds_up, use_data

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
    if adds_up(sources):
        together = _summed([each for a in averages.values() for each in a], None, "energy_kwh")
    key = f"average_per_{case.step}"
    said = tuple((each[key], each["unit"]) for each in own.values())
    return Expected(data | per | {"together": together}, said)


def by_step(case: Case, connection: psycopg.Connection) -> Expected:
    """Day by day or hour by hour."""
    truths = truths_of(case, connection)
    start, end = case.stretches(case.machines[0])[0]
    if case.step == "hour" and (end - start).total_seconds() > LONGEST_BY_HOUR_S:
        return typical_day(case, truths, connection)
    series = _series(case, truths, connection)
    data = use_data(case, truths) | {
        "step": case.step,
        "series": list(series.values()),
        "together": _purchased(series),
    }
    said = [(truth.quantity, UNITS[source]) for source, truth in by_source(truths).items()]
    extremes = [
        _extremes(each["points"], _cuts(case, source, truths, connection))
        for source, each in series.items()
    ]
    told = [point for pair in extremes for point in pair]
    said += [
        (point["quantity"], each["unit"])
        for each, pair in zip(series.values(), extremes, strict=True)
        for point in pair
    ]
    starts = tuple(point["start"] for point in told)
    by_hour = case.step == "hour"
    return Expected(data, tuple(said), at=starts if by_hour else (), on=() if by_hour else starts)


def _extremes(points: list[Data], cuts: list[dict[Label, CutOut]]) -> list[Data]:
    """Of the points that every machine has, the one with the most, and of those that lack nothing
    the one with the least: a point that lacks the readings or the time of a machine would always be
    low."""
    labels = sorted({label for own in cuts for label in own})
    shared = [
        (point, all(own[label].share == 1 for own in cuts))
        for label, point in zip(labels, points, strict=True)
        if point["is_of_all_sites"] and point["quantity"] is not None
    ]
    whole = [
        point
        for point, is_whole in shared
        if is_whole and point["coverage_percent"] >= COMPLETE_PERCENT
    ]
    return [
        max((point for point, _ in shared), key=lambda point: point["quantity"]),
        min(whole, key=lambda point: point["quantity"]),
    ]


def _cuts(
    case: Case, source: str, truths: dict[tuple[str, str], Truth], connection: psycopg.Connection
) -> list[dict[Label, CutOut]]:
    """The days or hours of each machine that uses a source."""
    return [cuts_of(case, name, connection) for name, of in truths if of == source]


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


def _series(
    case: Case, truths: dict[tuple[str, str], Truth], connection: psycopg.Connection
) -> dict[str, Data]:
    """By source: the machines' days of one date, and their hours of one instant; told as those of
    the first machine that has them."""
    told: dict[Label, CutOut] = {}
    for name in reversed(case.machines):
        told |= cuts_of(case, name, connection)
    found: dict[str, Data] = {}
    for source in by_source(truths):
        machines = [name for name, of in truths if of == source]
        cuts = _cuts(case, source, truths, connection)
        points = []
        for label in sorted({label for own in cuts for label in own}):
            uses = [
                truth_of(connection, name, source, *own[label].stretch)
                for name, own in zip(machines, cuts, strict=True)
                if label in own
            ]
            whole = reduce(Truth.__add__, uses, NOTHING)
            points.append(_point(told[label], whole, len(uses) == len(cuts)))
        found[source] = {"energy_source": source, "unit": UNITS[source], "points": points}
    return found


def _point(label: CutOut, use: Truth, is_of_all_sites: bool) -> Data:
    return {
        "is_of_all_sites": is_of_all_sites,
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
    everything = [point for each in series.values() for point in each["points"]]
    points = []
    for start in sorted({point["start"] for point in everything}):
        same = [point for point in everything if point["start"] == start]
        energy_kwh = sum(point["energy_kwh"] for point in same)
        shared = [point["is_of_all_sites"] for point in same]
        points.append(
            same[0]
            | {
                "quantity": energy_kwh,
                "energy_kwh": energy_kwh,
                "coverage_percent": min(point["coverage_percent"] for point in same),
                "is_of_all_sites": all(shared) and len(same) == len(series),
            }
        )
    return {"energy_source": None, "unit": "kWh", "points": points}


def _trend(series: Data, case: Case) -> Data:
    zone = ZoneInfo(zone_of(case.machines[0]))
    slope = slope_of(series["points"], str(case.step), zone)
    return {"energy_source": series["energy_source"], "unit": series["unit"], **slope}
