"""What findings are worth: priced by the hours in which they arise, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timezone
from decimal import Decimal
from uuid import UUID

import numpy as np
import pytest

from enms_core.analysis.arising_hours import WEEKS, arising
from enms_core.domain.carbon import CarbonFactor
from enms_core.domain.catalogue import Catalogue, EnergySource, Factory, Seu
from enms_core.domain.catalogue import Machine as Registered
from enms_core.domain.causes import Finding, Recommendation, Suspicion
from enms_core.domain.seu import SeuOfSource
from enms_core.domain.tariff import Money, Tariff
from enms_core.services.hourly_rates import HourlyRates
from enms_core.services.recommendations import recommendations
from tests.unit.performance.made_hours import Machine, machine

SITE, SOURCE = UUID(int=1), UUID(int=2)
DAY = Tariff("day", Decimal("0.2"), "EUR", start_time=time(6), end_time=time(22))
NIGHT = Tariff("night", Decimal("0.1"), "EUR", start_time=time(22), end_time=time(6))
OF = SeuOfSource(
    Seu(UUID(int=3), "Lathe", SOURCE, ()),
    EnergySource(SOURCE, "electricity", "kWh", True, "energy_readings", "energy_kwh", 1.0),
    (Registered(UUID(int=4), SITE, "Lathe-7", "lathe"),),
)
RATES = HourlyRates(
    {(SITE, SOURCE): (DAY, NIGHT)},
    {(SITE, SOURCE): (CarbonFactor(0.4),)},
    Catalogue((Factory(SITE, "Works", "UTC", "EUR"),)),
)


def finding(suspicion: Suspicion, since: datetime | None = None, week: float = 10.0) -> Finding:
    return Finding(suspicion, since, 0.1, week, week - 4.0, week + 4.0, 90.0, None, 0.9)


def told(works: Machine, *found: Finding) -> tuple[Recommendation, ...]:
    return recommendations(OF, found, works.table, RATES)


def with_nights(works: Machine) -> tuple[Machine, datetime]:
    """From the last three weeks on it runs from midnight to four as well."""
    begin = len(works.table) - 3 * 7 * 24
    nights = (works.hour < 4) & (np.arange(len(works.table)) >= begin)
    changed = works.changed(nights, running=1.0, is_stopped=False, quantity=8.0)
    hour = int(works.table.hours[begin])
    return changed, datetime.fromtimestamp(3600 * hour, timezone.utc)


def test_a_leak_is_priced_by_the_hours_of_running() -> None:
    """They are all by day: 10 kWh at 0.20, and at 0.4 kg."""
    [leak] = told(machine(), finding("leak"))

    assert leak.savings.costs == (Money(pytest.approx(Decimal("2.00")), "EUR"),)
    assert leak.savings.carbon_kg == pytest.approx(4.0)
    assert (leak.savings.quantity, leak.savings.lower, leak.savings.upper) == (10.0, 6.0, 14.0)


def test_running_at_new_times_is_priced_by_these_times() -> None:
    """They are all at night: 10 kWh at 0.10."""
    works, since = with_nights(machine())

    [schedule] = told(works, finding("schedule", since))

    assert schedule.savings.costs == (Money(pytest.approx(Decimal("1.00")), "EUR"),)


def test_standby_is_priced_by_the_idle_hours() -> None:
    """It idles from two to six on Mondays: all at night."""
    works = machine()
    works = works.changed((works.weekday == 0) & (works.hour < 6) & (works.hour > 1),
                          is_stopped=False)  # fmt: skip

    [standby] = told(works, finding("standby"))

    assert standby.savings.costs == (Money(pytest.approx(Decimal("1.00")), "EUR"),)


def test_shares_are_of_the_last_weeks_and_one_together() -> None:
    works = machine()

    shares = arising(works.table, "leak", None)

    assert shares.sum() == pytest.approx(1.0)
    assert not shares[: -WEEKS * 168].any()
    assert np.count_nonzero(shares) == 4 * 5 * 16


def test_what_began_lately_is_priced_since_then() -> None:
    works = machine()
    since = datetime.fromtimestamp(3600 * int(works.table.hours[-72]), timezone.utc)

    assert not arising(works.table, "leak", since)[:-72].any()


def test_hours_without_readings_tell_no_price() -> None:
    works = machine()
    blind = replace(works.table, is_complete=np.zeros(len(works.table), dtype=np.bool_))

    [leak] = recommendations(OF, [finding("leak")], blind, RATES)

    assert (leak.savings.costs, leak.savings.carbon_kg) == ((), None)


def test_a_price_that_is_missing_in_part_is_none() -> None:
    works, since = with_nights(machine())
    by_day = replace(RATES, tariffs={(SITE, SOURCE): (DAY,)}, _cut={})

    [schedule] = recommendations(OF, [finding("schedule", since)], works.table, by_day)

    assert schedule.savings.costs == ()
    assert schedule.savings.carbon_kg == pytest.approx(4.0)


def test_a_gain_and_what_saves_nothing_are_not_recommended() -> None:
    assert told(machine(), finding("gain", week=-10.0), finding("leak", week=-1.0)) == ()


@pytest.mark.parametrize(
    ("week", "priority"), [(10.0, "low"), (40.0, "medium"), (150.0, "high"), (3.0, "low")]
)
def test_the_priority_is_by_the_share_of_the_use(week: float, priority: str) -> None:
    """A week uses 80 h x 20 kWh + 88 h x 0.5 kWh = 1644 kWh."""
    [leak] = told(machine(), finding("leak", week=week))

    assert (leak.priority, leak.effort) == (priority, "medium")


def test_what_may_as_well_be_nothing_is_a_step_less_urgent() -> None:
    unsure = replace(finding("leak", week=150.0), lower=-1.0)

    assert [each.priority for each in told(machine(), unsure)] == ["medium"]
