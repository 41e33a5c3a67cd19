"""A real house: hourly electricity, daily gas and the weather, with stamps that have offsets.

Read from a folder beside the project's, and tested where that is there. Every number is computed
again by pandas from the files.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg
import pytest

from tests.conftest import own_database
from tests.core.conftest import execute, rows
from tests.core.import_runs import imported, mapped
from tests.core.test_import_real_data import DATA

FOLDER = DATA / "eemeter"
POWER, GAS = "il-electricity-cdd-hdd-hourly.csv.gz", "il-gas-hdd-only-daily.csv.gz"
WEATHER = "il-tempF.csv.gz"
MAPPING = f"""
factory: {{name: House, timezone: America/Chicago, currency: USD}}
defaults: {{machine: House, kind: interval}}
files:
  - path: {POWER}
    columns: [{{column: value, source: electricity, unit: kWh}}]
  - path: {GAS}
    columns: [{{column: value, source: natural gas, unit: therm}}]
  - path: {WEATHER}
    columns: [{{column: tempF, weather: temperature, unit: °F}}]
"""
# Energy of a cubic meter of the gas [kWh], made up, and of a therm: 100,000 Btu (ISO 31-4, IT).
KWH_PER_M3 = 10.5
KWH_PER_THERM = 100_000 * 1_055.055_852_62 / 3.6e6
BLACKOUT = ("2016-12-26", "2017-01-04")
COVERED = "SELECT count(*), min(time), max(time) FROM energy_readings"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The house's files."""
    if not FOLDER.exists():
        pytest.skip("the folder of real data is not beside the project")
    copies = tmp_path_factory.mktemp("house")
    for name in (POWER, GAS, WEATHER):
        shutil.copyfile(FOLDER / name, copies / name)
    return copies


@pytest.fixture(scope="module")
def house_url(server_url: str, empty_template: str, folder: Path) -> Iterator[str]:
    """A database with the house in it."""
    with own_database(server_url, empty_template) as url:
        execute(url, "UPDATE energy_sources SET kwh_per_unit = 10.5 WHERE name = 'natural_gas'")
        done = imported(url, mapped(folder, MAPPING))
        assert not done.failures
        yield url


def read_again(path: Path) -> pd.Series:  # type: ignore[type-arg]
    """The values by their instant, without the empty ones."""
    table = pd.read_csv(path)
    moments = pd.to_datetime(table.iloc[:, 0], utc=True)
    return pd.Series(table.iloc[:, 1].to_numpy(), index=pd.DatetimeIndex(moments)).dropna()


def same(found: list[tuple[object, ...]], expected: pd.Series) -> bool:  # type: ignore[type-arg]
    """Whether rows are the moments and values of a file."""
    is_then = [moment for moment, _ in found] == list(expected.index.to_pydatetime())
    return is_then and [value for _, value in found] == pytest.approx(list(expected), rel=1e-9)


def test_the_electricity_of_the_house_is_that_of_its_file(house_url: str, folder: Path) -> None:
    expected = read_again(folder / POWER)

    found = rows(house_url, "SELECT time, energy_kwh FROM energy_readings ORDER BY time")

    assert len(found) == 19_417
    assert same(found, expected)


def test_therms_are_stored_as_cubic_meters_of_the_sources_own_gas(
    house_url: str, folder: Path
) -> None:
    expected = read_again(folder / GAS) * KWH_PER_THERM / KWH_PER_M3

    found = rows(house_url, "SELECT time, consumption_m3 FROM natural_gas_readings ORDER BY time")

    assert len(found) == 809  # the last day of the file has no value
    assert same(found, expected)


def test_the_weather_is_stored_in_degrees_celsius(house_url: str, folder: Path) -> None:
    expected = (read_again(folder / WEATHER) - 32) / 1.8

    found = rows(house_url, "SELECT time, outdoor_temp_c FROM site_weather ORDER BY time")

    assert len(found) == 19_417
    assert same(found, expected)
    assert rows(house_url, "SELECT DISTINCT is_forecast FROM site_weather") == [(False,)]


def test_house_and_weather_are_one_machine_of_one_site(house_url: str) -> None:
    assert rows(house_url, "SELECT name FROM machines") == [("House",)]
    assert rows(house_url, "SELECT name, timezone FROM factories") == [("House", "America/Chicago")]
    meters = rows(house_url, "SELECT nominal_interval_seconds FROM meters ORDER BY 1")
    assert meters == [(3_600,), (86_400,)]


def test_a_blackout_stays_a_gap(empty_url: str, folder: Path, tmp_path: Path) -> None:
    """As where the meter of the house had told nothing while the power was off."""
    table = pd.read_csv(folder / POWER)
    days = table["start"].str[:10]
    is_dark = (days >= BLACKOUT[0]) & (days < BLACKOUT[1])
    table[~is_dark].to_csv(tmp_path / POWER.removesuffix(".gz"), index=False)
    text = MAPPING.split("  - path: il-gas")[0].replace(".csv.gz", ".csv")

    [file] = imported(empty_url, mapped(tmp_path, text)).files

    [report] = file.report.targets
    assert report.missing_intervals == is_dark.sum() == 9 * 24
    assert [(str(begin.date()), str(end.date())) for begin, end in _local(report.gaps)] == [
        BLACKOUT
    ]
    with psycopg.connect(empty_url) as connection:
        dark = "SELECT count(*) FROM energy_readings WHERE time >= %s AND time < %s"
        edges = tuple(pd.Timestamp(day, tz="America/Chicago") for day in BLACKOUT)
        assert connection.execute(dark.encode(), edges).fetchone() == (0,)


def _local(gaps: object) -> list[tuple[pd.Timestamp, pd.Timestamp]]:
    zone = "America/Chicago"
    return [
        (pd.Timestamp(begin).tz_convert(zone), pd.Timestamp(end).tz_convert(zone))
        for begin, end in gaps  # type: ignore[attr-defined]
    ]
