from __future__ import annotations

from dataclasses import replace
from math import fsum

import numpy as np
import pytest

from enms_core.analysis.causes import explain
from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.contributions import contributions_of
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.regimes import clock_regimes, regime_rests, weekday
from enms_core.domain.baseline import DriverStatistics, Equation, Model, Term
from enms_core.domain.causes import RegimeRest
from tests.unit.baselines.made_tables import FIRST_HOUR, PRODUCTION, TEMPERATURE, made

EQUATION = Equation("hour", 10.0, (Term("units", 2.0), Term("outdoor", 0.5)))


def known(driver: str, mean: float) -> DriverStatistics:
    return DriverStatistics(driver, 0.1, 9.0, 0.0, 9.0, 0.0, 1.0, mean, 1.0, mean - 5.0, mean + 5.0)


MODEL = Model(EQUATION, drivers=(known("units", 20.0), known("outdoor", 10.0)))


def two_hours() -> HourlyTable:
    drivers = {"units": [25.0, 27.0], "outdoor": [8.0, 16.0]}
    return made([66.0, 70.0], drivers, (PRODUCTION, TEMPERATURE))


def test_contributions_by_hand() -> None:
    """Usual: 2 · (10 + 2 · 20 + 0.5 · 10) = 110. Units: 2 · (5 + 7) = 24 more; outdoor: 0.5 · (-2 +
    6) = 2 more. Expected 136, actual 136: no rest."""
    told = contributions_of(MODEL, two_hours(), np.ones(2, dtype=np.bool_))

    assert told.usual == pytest.approx(110.0)
    assert [(each.driver, each.quantity) for each in told.contributions] == [
        ("units", pytest.approx(24.0)),
        ("outdoor", pytest.approx(2.0)),
    ]
    assert (told.contributions[0].mean, told.contributions[0].usual) == (26.0, 20.0)
    assert told.rest == pytest.approx(0.0)


def test_actual_is_usual_and_contributions_and_rest_whatever_the_hours() -> None:
    chance = np.random.default_rng(4)
    drivers = {"units": chance.uniform(0, 50, 500), "outdoor": chance.normal(5, 9, 500)}
    table = made(chance.uniform(20, 90, 500), drivers, (PRODUCTION, TEMPERATURE))

    cause = explain(MODEL, table, FIRST_HOUR + 100, FIRST_HOUR + 300)

    actual = float(table.quantity[100:300].sum())
    parts = fsum(each.quantity for each in cause.contributions)
    assert cause.usual + parts + cause.rest == pytest.approx(actual)


def test_degree_days_contribute_by_their_own_mean() -> None:
    """Two hours of 4 °C are (16 - 4) / 24 = 0.5 K day each below 16 °C; usual are 0.2."""
    equation = Equation("hour", 10.0, (Term("outdoor", 20.0, "heating", 16.0),))
    table = made([21.0, 21.0], {"outdoor": [4.0, 4.0]}, (TEMPERATURE,))

    told = contributions_of(
        Model(equation, drivers=(known("outdoor", 0.2),)), table, np.ones(2, dtype=np.bool_)
    )

    assert told.contributions[0].quantity == pytest.approx(2 * 20.0 * 0.3)
    assert told.rest == pytest.approx(2.0)


def test_where_means_are_unknown_nothing_is_told_apart() -> None:
    told = contributions_of(Model(EQUATION), two_hours(), np.ones(2, dtype=np.bool_))

    assert (told.usual, told.contributions) == (pytest.approx(136.0), ())
    assert told.rest == pytest.approx(0.0)


def test_of_no_hours_nothing_is_told() -> None:
    cause = explain(MODEL, two_hours(), FIRST_HOUR + 50, FIRST_HOUR + 60)

    assert (cause.usual, cause.rest, cause.contributions) == (0.0, 0.0, ())
    assert (cause.regimes, cause.findings) == ((), ())


def days_of(count: int) -> HourlyTable:
    """Days that expect 10; 13 were used in nights, 11 at weekends, 10 else."""
    table = made(np.full(24 * count, 10.0))
    regimes = clock_regimes(table)
    use = 10.0 + 3.0 * regimes["nights"] + 1.0 * regimes["weekends"]
    return replace(table, quantity=use)


CONSTANT = Model(Equation("hour", 10.0, ()))


def test_the_rest_is_told_by_kind_of_hour() -> None:
    """A week has 80 working hours, 40 of the night and 48 of the weekend."""
    table = days_of(7)

    found = regime_rests(table, compared_hours(CONSTANT, table), FIRST_HOUR, FIRST_HOUR + 168)

    assert found == (
        RegimeRest("working_hours", 80.0, 0.0),
        RegimeRest("nights", 40.0, 3.0),
        RegimeRest("weekends", 48.0, 1.0),
    )


def test_idle_hours_are_held_against_those_before() -> None:
    table = days_of(14)
    idle = table.hours % 24 == 12
    use = np.where(idle, np.where(table.hours < FIRST_HOUR + 168, 2.0, 5.0), table.quantity)
    table = replace(table, running=np.where(idle, 0.0, 1.0), quantity=use)

    found = regime_rests(table, compared_hours(CONSTANT, table), FIRST_HOUR + 168, FIRST_HOUR + 336)

    assert found[-1] == RegimeRest("idle", 7.0, 3.0)


def test_weekdays_are_the_same_however_days_are_numbered() -> None:
    """20,000 days after the first of January 1970, a Thursday, is a Friday."""
    table = made(np.zeros(72))
    ordinal = replace(table, local_day=table.local_day + 719_163)

    assert weekday(table)[[0, 24, 48]].tolist() == [4, 5, 6]
    assert weekday(ordinal).tolist() == weekday(table).tolist()
