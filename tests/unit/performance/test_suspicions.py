"""Each known signature is told by its name, and only while it is there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from enms_core.analysis.change_point import Change
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.regimes import clock_regimes, weekday
from enms_core.analysis.rest_patterns import schwarz_chances
from enms_core.analysis.schedule import instant
from enms_core.analysis.suspicions import findings, still_there
from enms_core.domain.baseline import Equation, Model, Term
from enms_core.domain.causes import Finding, Suspicion
from tests.unit.baselines.made_tables import COOLING, FIRST_HOUR, PRODUCTION, made
from tests.unit.performance.planted import noise
from tests.unit.performance.test_cusum import with_statistics

Floats = NDArray[np.floating]
DAYS, CHANGE_DAY = 250, 180
HOURS = 24 * DAYS
HOUR = np.arange(HOURS)
SINCE = HOUR >= 24 * CHANGE_DAY
UNITS = np.random.default_rng(11).uniform(20.0, 60.0, HOURS)
OUTDOOR = 15.0 + 6.0 * np.sin(HOUR * 2 * np.pi / 24) + np.repeat(noise(12, DAYS), 24) * 5.0
MODEL = Model(Equation("hour", 20.0, (Term("units", 0.5),)))
LAST = FIRST_HOUR + HOURS
CHANGED_AT = FIRST_HOUR + 24 * CHANGE_DAY


def table_of(more: Floats | float) -> HourlyTable:
    """Use = 20 + 0.5 units + scatter of 1.5 and what is more; mean 40."""
    use = 20.0 + 0.5 * UNITS + 1.5 * noise(13, HOURS) + more
    return made(use, {"units": UNITS, "cooling": OUTDOOR}, (PRODUCTION, COOLING))


def found_in(table: HourlyTable, days: int = 7, model: Model = MODEL) -> tuple[Finding, ...]:
    return findings(model, table, LAST - 24 * days, LAST)


def is_off_time() -> NDArray[np.bool_]:
    regimes = clock_regimes(table_of(0.0))
    return np.asarray(regimes["nights"] | regimes["weekends"])


@pytest.mark.parametrize(
    ("more", "suspicion"),
    [
        (2.0 * SINCE, "leak"),
        (0.05 * (20.0 + 0.5 * UNITS) * SINCE, "leak"),
        (4.0 * SINCE * is_off_time(), "schedule"),
        (0.6 * SINCE * np.maximum(OUTDOOR - 14.0, 0.0), "cooling"),
        (4.0 * np.clip((HOUR / 24 - 150) / 100, 0.0, 1.0), "wear"),
        (-2.0 * SINCE, "gain"),
        (-4.0 * np.clip((HOUR / 24 - 150) / 100, 0.0, 1.0), "gain"),
    ],
)
def test_a_signature_is_told_by_its_name(more: Floats, suspicion: Suspicion) -> None:
    found = found_in(table_of(more))

    assert [each.suspicion for each in found] == [suspicion]
    assert found[0].confidence > 0.5


def test_a_finding_says_since_when_how_much_and_where_it_shows() -> None:
    found = found_in(table_of(4.0 * SINCE * is_off_time()))[0]

    assert found.since == instant(CHANGED_AT)
    assert found.confidence_percent == 95.0
    assert found.evidence["per_hour_nights"] == pytest.approx(4.0, abs=0.4)
    assert found.evidence["per_hour_weekends"] == pytest.approx(4.0, abs=0.4)
    assert found.evidence["per_hour_working_hours"] == pytest.approx(0.0, abs=0.4)
    # 40 night hours and 48 of the weekend a week.
    assert found.per_week == pytest.approx(88 * 4.0, rel=0.1)


def test_extra_load_only_in_working_hours_has_no_name() -> None:
    assert found_in(table_of(4.0 * SINCE * ~is_off_time())) == ()


def test_a_change_of_less_than_a_fiftieth_is_none_to_act_on() -> None:
    assert found_in(table_of(0.5 * SINCE)) == ()


def test_more_production_points_to_nothing() -> None:
    units = UNITS + 20.0 * SINCE
    table = table_of(10.0 * SINCE)

    assert found_in(replace(table, drivers={**table.drivers, "units": units})) == ()


def test_what_was_repaired_before_the_period_is_not_told() -> None:
    repaired = HOUR >= 24 * 220
    table = table_of(3.0 * SINCE - 3.0 * repaired)

    assert found_in(table) == ()
    told = findings(MODEL, table, CHANGED_AT, CHANGED_AT + 24 * 20)
    assert "leak" in {each.suspicion for each in told}


def test_what_was_so_in_all_of_the_history_has_no_begin() -> None:
    model = with_statistics(MODEL, rmse=1.5)

    found = found_in(table_of(3.0), model=model)

    assert [(each.suspicion, each.since) for each in found] == [("leak", None)]
    assert found[0].per_hour == pytest.approx(3.0, abs=0.1)
    assert found[0].lower < 3.0 * 168 < found[0].upper
    assert found_in(table_of(0.0), model=model) == ()


def test_of_a_model_without_statistics_only_changes_are_told() -> None:
    assert found_in(table_of(3.0)) == ()


def test_machines_left_idling_point_to_standby() -> None:
    """One day of the weekend idle with 20, the other off with 1, five days at work with 40: idling
    has 20 of 221."""
    idles = weekday(table_of(0.0)) >= 5
    table = table_of(0.0)
    off = idles & (table.local_day % 2 == 0)
    idle = replace(
        table,
        running=np.where(idles, 0.0, 1.0),
        is_stopped=off,
        quantity=np.where(off, 1.0, np.where(idles, 20.0, table.quantity)),
    )

    found = found_in(idle, days=14)

    assert [(each.suspicion, each.since) for each in found] == [("standby", None)]
    assert found[0].per_hour == pytest.approx(19.0)
    assert found[0].per_week == pytest.approx(19.0 * 24, rel=0.01)


def change(hour: int, per_hour: float) -> Change:
    return Change("step", hour, None, per_hour, 0.0, 0.0, 0.0, 0.1, hour, hour, 1.0)


def test_a_change_that_another_took_back_is_over_from_then_on() -> None:
    leak, repair, gain = change(100, 5.0), change(200, -4.0), change(300, -2.0)
    changes = [repair, leak, gain]

    assert still_there(changes, 150) == [repair, leak, gain]
    assert still_there(changes, 250) == [gain]
    assert still_there([leak, change(200, -1.0)], 250) == [leak, change(200, -1.0)]


def test_chances_of_patterns_by_hand() -> None:
    """Squared errors 10, n' 20. none: 10^-10; a pattern that leaves 8: 8^-10 / √20. With
    (10/8)^10 = 9.3132 that is 9.3132 / 4.4721 = 2.0825 to 1."""
    chances = schwarz_chances(10.0, {"alike": [2.0]}, 20.0)

    assert chances["alike"] == pytest.approx(2.0825 / 3.0825, abs=1e-4)
    assert chances["none"] == pytest.approx(1.0 / 3.0825, abs=1e-4)


def test_a_pattern_of_two_variants_shares_its_chance_among_them() -> None:
    one = schwarz_chances(10.0, {"alike": [2.0], "heat": [2.0]}, 20.0)
    two = schwarz_chances(10.0, {"alike": [2.0], "heat": [2.0, 0.0]}, 20.0)

    assert one["heat"] == pytest.approx(one["alike"])
    assert two["heat"] / two["alike"] == pytest.approx((1.0 + 0.8**10) / 2.0)
