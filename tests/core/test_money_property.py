"""Cost and emissions against a walk over all rows: any tariffs and factors, zones and periods."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.analysis.carbon import emissions, factor_stretches
from enms_core.analysis.tariff import energy_cost, priced_stretches
from enms_core.domain.carbon import Emissions, FactorQuantity
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.period import Period
from enms_core.domain.tariff import Cost, PricedQuantity
from enms_core.storage.carbon import load_carbon_factors
from enms_core.storage.series import consumption_between
from enms_core.storage.tariffs import load_tariffs
from tests.core.naive import micros, within
from tests.core.query_states import DAYS, STATES, benches, filled, first_reading, near, periods
from tests.core.rollup_bench import MACHINES, POWER, SITE, Bench, Chance, on_one_bench

TARIFF = """
INSERT INTO energy_tariffs (factory_id, energy_source_id, name, rate_per_unit, currency, weekdays,
                            start_time, end_time, valid_from, valid_to)
VALUES (%s, %s, 'any', %s, %s, %s, %s, %s, %s, %s)
"""
FACTOR = """
INSERT INTO carbon_factors (energy_source_id, region, factor_kg_per_unit, valid_from, valid_to)
VALUES (%s, %s, %s, %s, %s)
"""
# How far the clocks go forward: a window that would begin meanwhile begins so much later.


@dataclass(frozen=True)
class Price:
    """A row of energy_tariffs."""

    rate: str
    currency: str
    weekdays: tuple[int, ...]
    start: time
    end: time
    since: datetime
    until: datetime | None

    @property
    def length(self) -> timedelta:
        """Of the window, by the wall clock."""
        day = date(2026, 1, 1)
        length = datetime.combine(day, self.end) - datetime.combine(day, self.start)
        return length if length > timedelta() else length + timedelta(days=1)


@dataclass(frozen=True)
class Factor:
    """A row of carbon_factors."""

    kg: float
    region: str | None
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Case:
    """What is stored, and for which period of a zone it is asked."""

    chance: Chance
    zone: str
    period: Period


@st.composite
def cases(draw: st.DrawFn) -> Case:
    name, day = draw(st.sampled_from(DAYS))
    chance = Chance(
        seed=draw(st.integers(0, 10_000)),
        count=draw(st.integers(0, 300)),
        step_seconds=draw(st.sampled_from((97, 900, 1800, 3600))),
        gaps=draw(st.sampled_from((0.0, 0.3, 0.9))),
        start=first_reading(day),
    )
    return Case(chance, name, draw(periods(ZoneInfo(name), day)))


@st.composite
def validity(draw: st.DrawFn, begun: datetime) -> tuple[datetime, datetime | None]:
    """From an instant on, often the same, and mostly without an end."""
    odd = timedelta(seconds=draw(st.sampled_from((0, 0, 3600, 997))))
    since = begun + timedelta(days=draw(st.integers(-1, 3))) + odd
    days = draw(st.sampled_from((None, None, 1, 3)))
    return since, None if days is None else since + timedelta(days=days)


@st.composite
def prices(draw: st.DrawFn, begun: datetime) -> Price:
    moments = st.sampled_from(
        [*(time(hour) for hour in (0, 0, 2, 6, 8, 22)), time(2, 15), time(1, 45), time(17, 10, 3)]
    )
    weekdays = draw(st.sampled_from(((*range(7),), (0, 1, 2, 3, 4), (5, 6), (6,))))
    rate, currency = draw(st.sampled_from((("0.1", "EUR"), ("0.25", "EUR"), ("0.3", "USD"))))
    return Price(rate, currency, weekdays, draw(moments), draw(moments), *draw(validity(begun)))


@st.composite
def factors(draw: st.DrawFn, begun: datetime) -> Factor:
    region = draw(st.sampled_from((None, "DE", "de", "US")))
    return Factor(draw(st.sampled_from((0.38, 0.4, 0.0))), region, *draw(validity(begun)))


@pytest.fixture(scope="module")
def by_state(server_url: str, empty_template: str) -> Iterator[Mapping[str, Bench]]:
    with benches(server_url, empty_template) as found:
        for bench in {bench.url: bench for bench in found.values()}.values():
            bench.execute("UPDATE factories SET country = 'DE', currency = 'EUR'")
        yield found


def source_of(bench: Bench) -> EnergySource:
    id_ = bench.value("SELECT id FROM energy_sources WHERE name = 'electricity'")
    assert isinstance(id_, UUID)
    return EnergySource(id_, "electricity", "kWh", True, POWER.table, "energy_kwh")


def store_prices(bench: Bench, stored: Sequence[Price], flat: float | None) -> EnergySource:
    source = source_of(bench)
    bench.execute("TRUNCATE energy_tariffs RESTART IDENTITY")
    bench.execute("UPDATE energy_sources SET cost_per_unit = %s", flat)
    for price in stored:
        window = (list(price.weekdays), price.start, price.end)
        values = (float(price.rate), price.currency, *window, price.since, price.until)
        bench.execute(TARIFF, SITE, source.id, *values)
    return source


def store_factors(bench: Bench, stored: Sequence[Factor], flat: float | None) -> EnergySource:
    source = source_of(bench)
    bench.execute("TRUNCATE carbon_factors RESTART IDENTITY")
    bench.execute("UPDATE energy_sources SET carbon_intensity = %s", flat)
    for each in stored:
        bench.execute(FACTOR, source.id, each.region, each.kg, each.since, each.until)
    return source


async def cost(bench: Bench, source: EnergySource, period: Period, zone: ZoneInfo) -> Cost:
    """As a service asks: the stretches of the tariffs, and what was used in them."""
    readings = bench.store.readings
    tariffs = (await load_tariffs(readings)).get((UUID(SITE), source.id), ())
    stretches = priced_stretches(period, tariffs, zone)
    edges = [stretches[0].start, *(stretch.end for stretch in stretches)]
    used = await consumption_between(readings, source, [UUID(m) for m in MACHINES], edges)
    return energy_cost(
        PricedQuantity(stretch, use.quantity)
        for uses in used.values()
        for stretch, use in zip(stretches, uses, strict=True)
    )


async def emitted(bench: Bench, source: EnergySource, period: Period) -> Emissions:
    readings = bench.store.readings
    known = (await load_carbon_factors(readings)).get((UUID(SITE), source.id), ())
    stretches = factor_stretches(period, known)
    edges = [stretches[0].start, *(stretch.end for stretch in stretches)]
    used = await consumption_between(readings, source, [UUID(m) for m in MACHINES], edges)
    return emissions(
        FactorQuantity(stretch, use.quantity)
        for uses in used.values()
        for stretch, use in zip(stretches, uses, strict=True)
    )


@on_one_bench(120)
@given(data=st.data(), case=cases(), state=st.sampled_from(STATES))
def test_cost_is_each_row_at_the_price_of_its_local_time(
    by_state: Mapping[str, Bench], data: st.DataObject, case: Case, state: str
) -> None:
    bench, zone = by_state[state], ZoneInfo(case.zone)
    stored = data.draw(st.lists(prices(case.chance.start), max_size=4), label="prices")
    flat = data.draw(st.sampled_from((None, 0.2)), label="flat")
    source = store_prices(bench, stored, flat)
    rows = filled(bench, POWER, case.chance.rows(POWER), state)

    found = bench.loop.run(cost(bench, source, case.period, zone), 20)

    asked = within(rows, case.period.start, case.period.end)
    amounts, unpriced_kwh = walk_prices(asked, stored, flat, case.zone)
    priced = {money.currency: money.amount for money in found.amounts}
    assert priced.keys() >= amounts.keys()
    for currency, amount in priced.items():
        assert float(amount) == near(float(amounts.get(currency or "", Decimal(0))))
    assert sum(use.quantity for use in found.missing) == near(unpriced_kwh)


def walk_prices(
    rows: pd.DataFrame, stored: Sequence[Price], flat: float | None, zone: str
) -> tuple[dict[str, Decimal], float]:
    """Amounts by currency, and what no price covers [kWh]."""
    if not stored and flat is not None:
        total = sum((Decimal(repr(kwh)) for kwh in rows["energy_kwh"]), Decimal(0))
        return ({"EUR": total * Decimal(repr(flat))} if total else {}), 0.0
    ranked = sorted(stored, key=lambda p: (-p.since.timestamp(), p.length, len(p.weekdays)))
    windows = [(price, windows_of(price, rows, zone)) for price in ranked]
    amounts: dict[str, Decimal] = {}
    unpriced_kwh = 0.0
    for moment, kwh in zip(rows["micros"], rows["energy_kwh"], strict=True):
        held = (p for p, spans in windows if any(a <= moment < b for a, b in spans))
        price = next(held, None)
        if price is None:
            unpriced_kwh += kwh
        else:
            amount = Decimal(repr(float(kwh))) * Decimal(price.rate)
            amounts[price.currency] = amounts.get(price.currency, Decimal(0)) + amount
    return amounts, unpriced_kwh


def windows_of(price: Price, rows: pd.DataFrame, zone: str) -> list[tuple[int, float]]:
    """When a price holds [µs], on all days around some rows."""
    if rows.empty:
        return []
    first, last = (
        pd.Timestamp(moment, unit="us", tz="UTC").tz_convert(zone).date()
        for moment in (rows["micros"].min(), rows["micros"].max())
    )
    since, until = micros(price.since), float("inf") if not price.until else micros(price.until)
    spans = []
    for day in pd.date_range(first - timedelta(days=1), last):
        if day.weekday() in price.weekdays:
            start = datetime.combine(day.date(), price.start)
            begun, ended = instant(start, zone), instant(start + price.length, zone)
            spans.append((max(begun, since), min(ended, until)))
    return spans


def instant(wall: datetime, zone: str) -> int:
    """When a clock on the wall shows a time, the first time that it does [µs].

    A time that the clock skips is as much later as it skips. pandas cannot tell it of 2:00 in a
    zone that skips half an hour.
    """
    return micros(wall.replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc))


@on_one_bench(120)
@given(data=st.data(), case=cases(), state=st.sampled_from(STATES))
def test_emissions_are_each_row_by_the_factor_of_its_time(
    by_state: Mapping[str, Bench], data: st.DataObject, case: Case, state: str
) -> None:
    bench = by_state[state]
    # Of two factors of one region that hold from one moment on, none is the right one.
    drawn = st.lists(factors(case.chance.start), max_size=4, unique_by=region_and_since)
    stored = data.draw(drawn, label="factors")
    flat = data.draw(st.sampled_from((None, 0.45)), label="flat")
    source = store_factors(bench, stored, flat)
    rows = filled(bench, POWER, case.chance.rows(POWER), state)

    found = bench.loop.run(emitted(bench, source, case.period), 20)

    asked = within(rows, case.period.start, case.period.end)
    emitted_kg, unknown_kwh = walk_factors(asked, stored, flat)
    assert (found.emissions_kg_co2e or 0.0) == near(emitted_kg)
    assert sum(use.quantity for use in found.missing) == near(unknown_kwh)


def region_and_since(factor: Factor) -> tuple[str, datetime]:
    return (factor.region or "").casefold(), factor.since


def walk_factors(
    rows: pd.DataFrame, stored: Sequence[Factor], flat: float | None
) -> tuple[float, float]:
    """Emissions [kg], and what no factor covers [kWh]."""
    holding = [each for each in stored if each.region in (None, "DE", "de")]
    if not holding and flat is not None:
        return float(rows["energy_kwh"].sum()) * flat, 0.0
    ranked = sorted(holding, key=lambda each: (each.region is None, -each.since.timestamp()))
    emitted_kg = unknown_kwh = 0.0
    for moment, kwh in zip(rows["micros"], rows["energy_kwh"], strict=True):
        factor = next((each for each in ranked if holds(each, moment)), None)
        if factor is None:
            unknown_kwh += kwh
        else:
            emitted_kg += kwh * factor.kg
    return emitted_kg, unknown_kwh


def holds(factor: Factor, moment: int) -> bool:
    until = float("inf") if factor.until is None else micros(factor.until)
    return micros(factor.since) <= moment < until
