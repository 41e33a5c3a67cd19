"""Local days and hours of a period, and their sums, by numbers worked out by hand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis.series import (
    MachineSeries,
    combined,
    days_in,
    labels_of,
    on_clock,
    purchased_day,
    purchased_series,
    stretches_of,
    typical_day,
)
from enms_core.domain.intents import YESTERDAY
from enms_core.domain.period import Period, PeriodPhrase, utc
from enms_core.domain.question import Step
from enms_core.domain.series import Stretch
from enms_core.domain.use import SourceUse
from tests.unit.catalogues import demo_catalogue

CATALOGUE = demo_catalogue()
POWER, GAS = CATALOGUE.source("electricity"), CATALOGUE.source("natural_gas")
BERLIN, DELHI, BEIRUT, CHICAGO = (ZoneInfo(f"{name}") for name in
                                  ("Europe/Berlin", "Asia/Kolkata", "Asia/Beirut",
                                   "America/Chicago"))  # fmt: skip
HOUR_S = 3_600.0


def period(start: str, end: str, zone: ZoneInfo = BERLIN) -> Period:
    """Wall times of a zone."""
    moments = (datetime.fromisoformat(each).replace(tzinfo=zone) for each in (start, end))
    return Period(*moments)


def cut(of: Period, step: Step, phrase: PeriodPhrase = YESTERDAY) -> tuple[Stretch, ...]:
    return stretches_of((of,), phrase, step)


def hours_of(stretches: tuple[Stretch, ...]) -> list[float]:
    return [stretch.period.hours for stretch in stretches]


class TestStretches:
    def test_a_week_of_the_autumn_change_has_a_day_of_25_hours(self) -> None:
        stretches = cut(period("2026-10-19", "2026-10-26"), "day")
        assert hours_of(stretches) == [24, 24, 24, 24, 24, 24, 25]
        assert days_in(stretches) == 7.0
        assert all(stretch.is_whole for stretch in stretches)

    def test_the_day_of_the_spring_change_has_23_hours(self) -> None:
        stretches = cut(period("2026-03-29", "2026-03-30"), "day")
        assert (hours_of(stretches), days_in(stretches)) == ([23], 1.0)
        assert len(cut(period("2026-03-29", "2026-03-30"), "hour")) == 23

    def test_the_repeated_hour_comes_twice_and_each_once(self) -> None:
        stretches = cut(period("2026-10-25", "2026-10-26"), "hour")
        assert hours_of(stretches) == [1.0] * 25
        starts = [utc(stretch.period.start) for stretch in stretches]
        assert [b - a for a, b in pairwise(starts)] == [timedelta(hours=1)] * 24
        assert [stretch.period.start.hour for stretch in stretches][:5] == [0, 1, 2, 2, 3]

    def test_a_cut_day_counts_by_its_part_of_its_own_hours(self) -> None:
        """From noon on, the 25 hours of the 25th have 12 left; of the 26th six of 24 are over."""
        stretches = cut(period("2026-10-25T12:00", "2026-10-26T06:00"), "day")
        assert [stretch.share for stretch in stretches] == [12 / 25, 6 / 24]
        assert days_in(stretches) == 12 / 25 + 6 / 24

    def test_cut_hours_at_both_ends_are_not_whole(self) -> None:
        stretches = cut(period("2026-11-17T10:07:30", "2026-11-17T12:15"), "hour")
        assert [stretch.share for stretch in stretches] == [0.875, 1.0, 0.25]
        assert stretches[0].period.start.minute == 7

    def test_hours_follow_the_clock_of_a_zone_with_half_an_hour(self) -> None:
        stretches = cut(period("2026-11-17", "2026-11-18", DELHI), "hour")
        assert [stretch.period.start.minute for stretch in stretches] == [0] * 24

    def test_a_day_whose_midnight_is_skipped_begins_an_hour_later(self) -> None:
        """In Beirut the clocks go from midnight to one on the last Sunday of March."""
        stretches = cut(period("2026-03-28", "2026-03-31", BEIRUT), "day")
        assert hours_of(stretches) == [24, 23, 24]

    def test_each_night_is_one_day_and_the_one_that_runs_is_cut(self) -> None:
        nights = PeriodPhrase("daily", of=YESTERDAY, from_minute=22 * 60, to_minute=6 * 60)
        periods = (
            period("2026-10-24T22:00", "2026-10-25T06:00"),
            period("2026-10-25T22:00", "2026-10-26T02:00"),
        )
        stretches = stretches_of(periods, nights, "day")
        assert [stretch.share for stretch in stretches] == [1.0, 0.5]
        assert stretches[0].period.hours == 9


def use(
    quantity: float, readings: int = 4, covered_s: float = HOUR_S, expected_s: float = HOUR_S
) -> SourceUse:
    return SourceUse(POWER, quantity, quantity, readings, covered_s, expected_s, None, None)


def gas(m3: float, energy_kwh: float | None) -> SourceUse:
    return SourceUse(GAS, m3, energy_kwh, 4, HOUR_S, HOUR_S, None, None)


HOURS = cut(period("2026-11-17", "2026-11-18"), "hour")


def of_hours(*uses: SourceUse, first: int = 0) -> MachineSeries:
    return MachineSeries(HOURS[first : first + len(uses)], uses)


class TestCombined:
    def test_machines_are_added_point_by_point(self) -> None:
        machines = (of_hours(use(1.0), use(2.0)), of_hours(use(10.0), use(20.0)))
        series = combined(POWER, machines, HOURS[:2])
        assert [point.quantity for point in series.points] == [11.0, 22.0]
        assert all(point.is_complete for point in series.points)

    def test_a_point_that_one_machine_has_not_is_not_of_all_sites(self) -> None:
        machines = (of_hours(use(1.0)), of_hours(use(10.0), use(20.0)))
        first, second = combined(POWER, machines, HOURS[:2]).points
        assert (first.is_complete, first.is_of_all_sites) == (True, True)
        assert (second.quantity, second.is_complete, second.is_of_all_sites) == (20.0, False, False)

    def test_a_point_without_readings_is_unknown_and_not_zero(self) -> None:
        silent = use(0.0, readings=0, covered_s=0.0)
        point = combined(POWER, (of_hours(silent),), HOURS[:1]).points[0]
        assert (point.quantity, point.coverage_percent, point.is_complete) == (None, 0.0, False)

    @pytest.mark.parametrize(("missing_s", "is_complete"), [(30.0, True), (900.0, False)])
    def test_less_than_a_hundredth_may_be_missing_of_a_complete_point(
        self, missing_s: float, is_complete: bool
    ) -> None:
        machine = of_hours(use(1.0, covered_s=HOUR_S - missing_s))
        assert combined(POWER, (machine,), HOURS[:1]).points[0].is_complete is is_complete

    def test_a_source_has_no_points_that_only_machines_of_others_have(self) -> None:
        points = combined(POWER, (of_hours(use(1.0)),), HOURS[:2]).points
        assert [point.quantity for point in points] == [1.0]

    def test_purchased_energy_is_added_in_kilowatt_hours(self) -> None:
        power = combined(POWER, (of_hours(use(5.0), use(6.0)),), HOURS[:2])
        burnt = combined(GAS, (of_hours(gas(2.0, 21.4), gas(1.0, None)),), HOURS[:2])
        together = purchased_series((power, burnt))
        assert [point.quantity for point in together.points] == [26.4, None]
        assert (together.source, together.unit) == (None, "kWh")

    def test_energy_of_a_source_that_is_used_at_one_site_alone_is_not_of_all(self) -> None:
        power = combined(POWER, (of_hours(use(5.0), use(6.0)),), HOURS[:2])
        burnt = combined(GAS, (of_hours(gas(2.0, 21.4), first=1),), HOURS[:2])
        first, second = purchased_series((power, burnt)).points
        assert (first.quantity, first.is_of_all_sites, first.is_complete) == (5.0, False, False)
        assert (second.quantity, second.is_of_all_sites) == (27.4, True)


def at_site(zone: ZoneInfo, step: Step, start: str, end: str) -> MachineSeries:
    """One machine that used 1, 2, 3 ... kWh in the days or hours of its own stretch; the hours by
    the clock of Berlin."""
    own = (period(start, end, zone),)
    stretches = stretches_of(on_clock(own, BERLIN) if step == "hour" else own, YESTERDAY, step)
    return MachineSeries(stretches, tuple(use(float(n)) for n in range(1, len(stretches) + 1)))


def over_sites(*machines: MachineSeries) -> tuple[list[float | None], list[bool]]:
    """Quantities of their points together, and which of these are of all sites."""
    labels = labels_of(machines[0].stretches, [each.stretches for each in machines])
    points = combined(POWER, machines, labels).points
    return [point.quantity for point in points], [point.is_of_all_sites for point in points]


class TestSeveralSites:
    def test_hours_are_added_by_instant_and_not_by_place_or_clock(self) -> None:
        """On the 25th of October Berlin has 25 hours; Chicago is seven hours behind, then six."""
        berlin = at_site(BERLIN, "hour", "2026-10-25", "2026-10-26")
        chicago = at_site(CHICAGO, "hour", "2026-10-25", "2026-10-26")

        quantities, of_all = over_sites(berlin, chicago)

        alone = [float(n) for n in range(1, 8)]
        both = [float(n + n - 7) for n in range(8, 26)]
        later = [float(n) for n in range(19, 25)]
        assert quantities == alone + both + later
        assert of_all == [False] * 7 + [True] * 18 + [False] * 6

    def test_the_points_are_in_order_and_told_by_one_clock(self) -> None:
        chicago = at_site(CHICAGO, "hour", "2026-10-25", "2026-10-26")
        berlin = at_site(BERLIN, "hour", "2026-10-25", "2026-10-26")
        labels = labels_of(berlin.stretches, [chicago.stretches, berlin.stretches])
        starts = [utc(each.period.start) for each in labels]
        assert [b - a for a, b in pairwise(starts)] == [timedelta(hours=1)] * 30
        assert {each.period.start.tzinfo for each in labels} == {BERLIN}

    def test_a_site_half_an_hour_off_has_halves_of_hours_at_its_edges(self) -> None:
        """Midnight in Delhi is half past seven in the evening in Berlin."""
        delhi = at_site(DELHI, "hour", "2026-11-17", "2026-11-18")
        assert [stretch.share for stretch in delhi.stretches] == [0.5, *[1.0] * 23, 0.5]
        berlin = at_site(BERLIN, "hour", "2026-11-16T22:00", "2026-11-17T00:00")
        quantities, of_all = over_sites(berlin, delhi)
        assert sum(quantities) == sum(range(26)) + 3  # type: ignore[arg-type]
        assert of_all.count(True) == 2

    def test_days_are_added_by_date(self) -> None:
        """Two in the morning in Berlin: in Chicago the eighteenth has not begun."""
        berlin = at_site(BERLIN, "day", "2026-11-16", "2026-11-18T02:00")
        chicago = at_site(CHICAGO, "day", "2026-11-16", "2026-11-17T19:00")
        quantities, of_all = over_sites(berlin, chicago)
        assert (quantities, of_all) == ([2.0, 4.0, 3.0], [True, True, False])
        assert berlin.stretches[0].key == date(2026, 11, 16)

    def test_a_day_is_told_in_the_zone_of_the_answer_where_that_has_it(self) -> None:
        chicago = at_site(CHICAGO, "day", "2026-11-16", "2026-11-18")
        told = at_site(BERLIN, "day", "2026-11-17", "2026-11-19").stretches
        labels = labels_of(told, [chicago.stretches])
        assert [each.period.start.tzinfo for each in labels] == [CHICAGO, BERLIN]


class TestTypicalDay:
    def test_each_hour_is_the_mean_of_its_complete_hours(self) -> None:
        days = cut(period("2026-11-16", "2026-11-18"), "hour")
        uses = tuple(use(float(place)) for place in range(48))
        profile = typical_day(POWER, (MachineSeries(days, uses),))
        assert [hour.quantity for hour in profile.hours] == [hour + 12.0 for hour in range(24)]
        assert {hour.days for hour in profile.hours} == {2}

    def test_an_incomplete_hour_is_left_out_of_the_mean(self) -> None:
        days = cut(period("2026-11-16", "2026-11-18"), "hour")
        uses = [use(6.0)] * 48
        uses[25] = use(1.0, covered_s=900.0)
        hour = typical_day(POWER, (MachineSeries(days, tuple(uses)),)).hours[1]
        assert (hour.quantity, hour.days) == (6.0, 1)

    def test_a_machine_that_began_later_counts_with_its_own_days(self) -> None:
        """Two kilowatt hours every hour, and from the second day on three more."""
        days = cut(period("2026-11-16", "2026-11-18"), "hour")
        before = [use(0.0, readings=0, covered_s=0.0)] * 24
        late = MachineSeries(days, (*before, *[use(3.0)] * 24))
        profile = typical_day(POWER, (MachineSeries(days, (use(2.0),) * 48), late))
        assert {(hour.quantity, hour.days) for hour in profile.hours} == {(5.0, 1)}

    def test_an_hour_that_is_never_complete_is_unknown(self) -> None:
        profile = typical_day(POWER, (of_hours(use(1.0)),))
        assert (profile.hours[0].quantity, profile.hours[1].quantity) == (1.0, None)

    def test_typical_days_of_purchased_sources_are_added_in_kilowatt_hours(self) -> None:
        power = typical_day(POWER, (of_hours(use(5.0)),))
        burnt = typical_day(GAS, (of_hours(gas(2.0, 21.4)),))
        assert purchased_day((power, burnt)).hours[0].quantity == 26.4
