"""What was made, by numbers worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from enms_core.analysis.production import production_issues, together
from enms_core.domain.period import Period
from enms_core.domain.production import MachineProduction, Production, ProductionMetric
from tests.unit.catalogues import machine

BERLIN = ZoneInfo("Europe/Berlin")
DAY = Period(datetime(2026, 11, 17, tzinfo=BERLIN), datetime(2026, 11, 18, tzinfo=BERLIN))
LAST = DAY.end - timedelta(minutes=15)
FULL = Production(100.0, 97.0, 3.0, 60.0, 97.0, 100.0, 96, DAY.start, LAST)


def made(production: Production, name: str = "Press-1", period: Period = DAY) -> MachineProduction:
    return MachineProduction(machine(name), (period,), production)


def issues(
    *machines: MachineProduction, metric: ProductionMetric = "units"
) -> list[dict[str, object]]:
    return [issue.data() for issue in production_issues(machines, metric)]


def test_machines_are_summed() -> None:
    other = replace(FULL, units=300.0, good_units=240.0, reject_units=60.0, first=LAST)

    whole = together([FULL, replace(other, judged_good=240.0, judged_units=300.0)])

    assert (whole.units, whole.good_units, whole.reject_units) == (400.0, 337.0, 63.0)
    assert (whole.readings, whole.first, whole.last) == (192, DAY.start, LAST)
    assert not whole.partial


def test_quality_is_of_the_sums_and_no_mean_of_percentages() -> None:
    """97 of 100 and 1 of 10 are 98 of 110, and not 53.5 percent."""
    poor = replace(FULL, judged_good=1.0, judged_units=10.0)

    assert together([FULL, poor]).quality_percent == pytest.approx(100 * 98 / 110)


def test_no_units_have_no_quality() -> None:
    assert replace(FULL, judged_good=0.0, judged_units=0.0).quality_percent is None


def test_what_no_row_tells_is_unknown_and_not_nothing() -> None:
    silent = Production(units=5.0, readings=4)

    assert together([silent, silent]).good_units is None
    whole = together([silent, FULL])
    assert (whole.units, whole.good_units) == (105.0, 97.0)
    assert whole.partial == {"good", "rejects", "downtime"}


def test_a_stretch_without_rows_changes_nothing() -> None:
    assert together([Production(), FULL, Production()]) == FULL
    assert together([]) == Production()


def test_complete_rows_raise_no_doubt() -> None:
    assert issues(made(FULL)) == []


def test_rows_that_end_early_are_told_with_the_last_of_them() -> None:
    """Of a day, five percent are 72 minutes."""
    early = replace(FULL, last=LAST - timedelta(minutes=71), readings=92)
    earlier = replace(FULL, last=LAST - timedelta(minutes=75), readings=91)

    assert issues(made(early)) == []
    assert issues(made(FULL, "Press-2"), made(earlier)) == [
        {"code": "production.ended", "machines": "Press-1", "time": "2026-11-17T21:30:00+00:00"}
    ]


def test_a_row_stands_for_the_time_up_to_the_next() -> None:
    """Rows of three hours: the one of nine in the evening is the last of a day."""
    coarse = replace(FULL, last=DAY.end - timedelta(hours=3), readings=8)

    assert issues(made(coarse)) == []


def test_within_a_few_hours_an_hour_without_rows_is_not_told() -> None:
    morning = Period(DAY.start, DAY.start + timedelta(hours=4))
    last = DAY.start + timedelta(hours=3)

    assert issues(made(replace(FULL, last=last, readings=13), period=morning)) == []


def test_rows_that_begin_late_are_told_with_the_first_of_them() -> None:
    late = replace(FULL, first=DAY.start + timedelta(hours=6), readings=72)

    assert issues(made(late)) == [
        {
            "code": "production.begun_late",
            "machines": "Press-1",
            "time": "2026-11-17T05:00:00+00:00",
        }
    ]


def test_rows_that_do_not_tell_what_is_asked_are_told_where_it_is_asked() -> None:
    partial = replace(FULL, partial=frozenset({"good"}))
    unknown = replace(FULL, reject_units=None)

    told = [{"code": "production.partial", "machines": "Press-1"}]
    assert issues(made(partial), metric="good") == told
    assert issues(made(partial), metric="quality") == told
    assert issues(made(unknown), metric="quality") == told
    assert issues(made(partial), made(unknown)) == []
