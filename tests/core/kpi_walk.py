"""KPIs by walking readings one by one, sharing nothing with the product's SQL.

Rows of meters, tariffs and carbon factors are dicts by their columns' names; times are aware.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]
Quantities = Sequence[tuple[datetime, float]]
QUARTER_SECONDS, HOUR_SECONDS = 900, 3600
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Reading:
    """seconds: the interval of the meter that served."""

    time: datetime
    quantity: float
    energy_kwh: float | None
    seconds: int


@dataclass(frozen=True)
class Source:
    """A source's readings in the period, with the rows of the registers that belong to it."""

    row: Row
    meters: Sequence[Row]
    tariffs: Sequence[Row]
    factors: Sequence[Row]
    readings: Sequence[Reading]


@dataclass(frozen=True)
class Walk:
    """A machine's site and period, its sources and what it made."""

    site: Row
    start: datetime
    end: datetime
    sources: Sequence[Source]
    made: Quantities

    def values(self) -> dict[str, Any]:
        """By the names of the columns of calculate_all_kpis."""
        energy = known_sum([r.energy_kwh for s in self.sources for r in s.readings])
        cost, cost_basis = self._cost()
        emissions, carbon_basis = self._emissions()
        return {
            "energy_kwh": energy,
            "readings": sum(len(s.readings) for s in self.sources),
            "production_count": sum(count for _, count in self.made) if self.made else None,
            "coverage_percent": self._coverage_percent(),
            "energy_cost": cost,
            "cost_basis": cost_basis,
            "emissions_kg_co2e": emissions,
            "carbon_basis": carbon_basis,
            "carbon_intensity_kg_per_kwh": ratio(emissions, energy),
            "sec_kwh_per_unit": self._sec(),
            **self._demand(),
        }

    def _coverage_percent(self) -> float | None:
        spans = [span for source in self.sources for span in spans_of(source, self.start, self.end)]
        covered = 100 * sum(covered for _, covered in spans)
        return ratio(covered, sum(expected for expected, _ in spans))

    def _cost(self) -> tuple[Decimal | None, str | None]:
        zone, currency = ZoneInfo(self.site["timezone"]), self.site["currency"]
        amounts = [
            amount(r.quantity, rate_of(s, r.time, zone, currency))
            for s in self.sources
            for r in s.readings
        ]
        return total(amounts, self._basis("tariffs", "tariff"))

    def _emissions(self) -> tuple[float | None, str | None]:
        amounts = [
            amount(r.quantity, factor_of(s, r.time)) for s in self.sources for r in s.readings
        ]
        emissions, basis = total(amounts, self._basis("factors", "factor"))
        return None if emissions is None else float(emissions), basis

    def _basis(self, rows: str, name: str) -> str:
        used = [source for source in self.sources if source.readings]
        return name if all(getattr(source, rows) for source in used) else "flat"

    def _blocks(self, seconds: int) -> Blocks:
        return Blocks.of(self.start, self.end, seconds, ZoneInfo(self.site["timezone"]))

    def _interval(self, sources: Iterable[Source], shortest: int) -> int:
        """The longest interval of the meters in service, at least the shortest [s]."""
        serving = [
            meter["seconds"]
            for source in sources
            for meter in source.meters
            if meter["valid_from"] < self.end and (meter["valid_to"] or self.end) > self.start
        ]
        return max([shortest, *serving])

    def _sec(self) -> float | None:
        """Over the blocks in which each source is complete and something tells production."""
        blocks = self._blocks(self._interval(self.sources, HOUR_SECONDS))
        units = blocks.quantities(self.made)
        chosen = set(units)
        for source in self.sources:
            chosen &= blocks.complete(source)
        energy = known_sum(
            [
                reading.energy_kwh
                for source in self.sources
                for reading in source.readings
                if blocks.start_of(reading.time) in chosen
            ]
        )
        return ratio(energy, sum(units[block] for block in chosen))

    def _demand(self) -> dict[str, Any]:
        metered = [source for source in self.sources if source.row["unit"] == "kWh"]
        told = {"peak_demand_kw": None, "peak_time": None, "load_factor": None}
        if not metered or not metered[0].readings:
            return told | {"demand_interval_seconds": None}
        (source,) = metered
        blocks = self._blocks(self._interval(metered, QUARTER_SECONDS))
        sums = blocks.quantities([(r.time, r.quantity) for r in source.readings])
        told["demand_interval_seconds"] = blocks.seconds if sums else None
        if sums:
            rates = {block: used * 3600 / blocks.seconds for block, used in sums.items()}
            peak_time = max(rates, key=lambda block: (rates[block], -block.timestamp()))
            complete = [rates[block] for block in blocks.complete(source)]
            mean = sum(complete) / len(complete) if complete else None
            told |= {"peak_demand_kw": rates[peak_time], "peak_time": peak_time}
            told["load_factor"] = ratio(mean, rates[peak_time])
        return told


@dataclass(frozen=True)
class Blocks:
    """Blocks of one length, counted in the wall time that the period starts in."""

    start: datetime
    end: datetime
    origin: datetime
    seconds: int

    @classmethod
    def of(cls, start: datetime, end: datetime, seconds: int, zone: ZoneInfo) -> Blocks:
        wall = start.astimezone(zone).replace(tzinfo=None) - datetime(1970, 1, 1)
        return cls(start, end, start - wall % timedelta(seconds=seconds), seconds)

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.seconds)

    @property
    def has_whole(self) -> bool:
        first = self.origin if self.origin == self.start else self.origin + self.length
        return first + self.length <= self.end

    def start_of(self, moment: datetime) -> datetime:
        return self.origin + (moment - self.origin) // self.length * self.length

    def counts(self, block: datetime) -> bool:
        """Blocks that the period cuts are left out unless none is whole."""
        is_whole = self.start <= block and block + self.length <= self.end
        return is_whole or not self.has_whole

    def quantities(self, values: Quantities) -> dict[datetime, float]:
        """Sums of the blocks that count and of which something is told."""
        sums: dict[datetime, float] = defaultdict(float)
        for moment, quantity in values:
            if self.counts(self.start_of(moment)):
                sums[self.start_of(moment)] += quantity
        return sums

    def complete(self, source: Source) -> set[datetime]:
        """The whole blocks of which the readings tell all, as far as their interval divides it."""
        told = self.quantities([(r.time, r.seconds) for r in source.readings])
        serving = [m["seconds"] for m in source.meters if self._serves(m)]
        slack = max(self.seconds % seconds for seconds in serving)
        return {
            b for b, covered in told.items() if self.has_whole and covered >= self.seconds - slack
        }

    def _serves(self, meter: Row) -> bool:
        return meter["valid_from"] < self.end and (meter["valid_to"] or self.end) > self.start


def spans_of(source: Source, start: datetime, end: datetime) -> list[tuple[float, float]]:
    """Seconds that should have been told of, and that were, between changes of the meter."""
    edges = {start, end}
    for meter in source.meters:
        edges |= {m for m in (meter["valid_from"], meter["valid_to"]) if m and start < m < end}
    moments = sorted(edges)
    return [_span(source, *piece) for piece in pairwise(moments)]


def _span(source: Source, since: datetime, until: datetime) -> tuple[float, float]:
    meter = meter_at(source.meters, since)
    if meter is None:
        return (until - since).total_seconds(), 0.0
    readings = [r for r in source.readings if since <= r.time < until]
    step = timedelta(seconds=meter["seconds"])
    anchor = readings[0].time if readings else datetime(1970, 1, 1, tzinfo=timezone.utc)
    slot = anchor - (anchor - since) // step * step
    slots = 0
    while slot + (slots + 1) * step <= until:
        slots += 1
    expected = slots * step.total_seconds()
    return expected, min(expected, len(readings) * step.total_seconds())


def meter_at(meters: Sequence[Row], moment: datetime) -> Row | None:
    """The meter in service."""
    return next((m for m in meters if _holds(m, moment)), None)


def rate_of(source: Source, moment: datetime, zone: ZoneInfo, currency: str) -> Decimal | None:
    """The tariff's rate at an instant; without any tariff row the source's own price."""
    if not source.tariffs:
        return decimal(source.row["cost_per_unit"])
    open_now = [t for t in source.tariffs if _holds(t, moment) and _is_open(t, moment, zone)]
    if not open_now:
        return None
    # max takes the first of equals, which is the first row.
    tariff = max(open_now, key=lambda t: (t["valid_from"], -_window(t)[1], -len(t["weekdays"])))
    return decimal(tariff["rate_per_unit"]) if tariff["currency"] == currency else None


def factor_of(source: Source, moment: datetime) -> Decimal | None:
    """The carbon factor at an instant: of the country before general, then the latest."""
    if not source.factors:
        return decimal(source.row["carbon_intensity"])
    holding = [f for f in source.factors if _holds(f, moment)]
    if not holding:
        return None
    factor = max(holding, key=lambda f: (f["region"] is not None, f["valid_from"]))
    return decimal(factor["factor_kg_per_unit"])


def _holds(row: Row, moment: datetime) -> bool:
    """Whether a row is valid at an instant."""
    until = row["valid_to"]
    return bool(row["valid_from"] <= moment and (until is None or moment < until))


def _window(tariff: Row) -> tuple[timedelta, timedelta]:
    """When a tariff's window starts, after midnight, and how long it is by the clock."""
    begins, ends = (
        timedelta(hours=clock.hour, minutes=clock.minute)
        for clock in (tariff["start_time"], tariff["end_time"])
    )
    return begins, ends - begins if ends > begins else ends - begins + DAY


def _is_open(tariff: Row, moment: datetime, zone: ZoneInfo) -> bool:
    """Whether a window that started today or on one of the two days before is still open."""
    begins, length = _window(tariff)
    today = moment.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    for midnight in (today, today - DAY, today - 2 * DAY):
        since, until = (
            wall.replace(tzinfo=zone).astimezone(timezone.utc)  # the first pass of a double hour
            for wall in (midnight + begins, midnight + begins + length)
        )
        if midnight.weekday() in tariff["weekdays"] and since <= moment < until:
            return True
    return False


def decimal(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(repr(value))


def amount(quantity: float, rate: Decimal | None) -> Decimal | None:
    """What a quantity costs; nothing used costs nothing even without a rate."""
    if rate is None:
        return None if quantity else Decimal(0)
    return Decimal(repr(quantity)) * rate


def total(amounts: Sequence[Decimal | None], basis: str) -> tuple[Decimal | None, str | None]:
    """The sum and what it is based on; neither where nothing was read."""
    if not amounts:
        return None, None
    if None in amounts:
        return None, "missing"
    return sum(filter(None, amounts), Decimal(0)), basis


def ratio(value: float | None, over: float | None) -> float | None:
    return value / over if value is not None and over else None


def known_sum(values: Sequence[float | None]) -> float | None:
    """The sum where there are values and all are known."""
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None
