"""The flags of `enms import` as a plan: what is said, what is left to be found, what is wrong."""

from __future__ import annotations

import argparse
import re
from datetime import timedelta
from pathlib import Path

import pytest

from enms_cli.import_flags import add_import
from enms_cli.import_plan import mapping_of, plan_of
from enms_core.domain.imports import (
    UNSAID,
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    RowFilter,
    Site,
    StatusTarget,
    TableFormat,
    WeatherTarget,
)
from enms_core.files.mapping import read_mapping

PRESS = ("press.csv", "--machine", "Press-3", "--source", "electricity")


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_import(parser.add_subparsers(), argparse.ArgumentParser(add_help=False))
    return parser.parse_args(["import", *arguments])


def plan(*arguments: str) -> FilePlan:
    return plan_of(options(*arguments))


def test_what_no_flag_says_is_left_to_be_found() -> None:
    assert plan(*PRESS) == FilePlan(
        path=Path("press.csv"),
        site=Site(),
        format=TableFormat(),
        targets=[ReadingsTarget(machine="Press-3", source="electricity", column=UNSAID)],
    )


def test_every_flag_of_the_readings_is_taken_as_said() -> None:
    said = plan(
        *PRESS,
        *("--type", "press", "--value-column", "kWh", "--unit", "MWh", "--kind", "counter"),
        *("--interval", "15min", "--largest-gap", "3h", "--register-digits", "6"),
        *("--serial-column", "meter", "--rows", "id=A=7", "--seu", "Pressing"),
        *("--kwh-per-unit", "10.5", "--highest-rate", "240"),
    )
    assert said.targets == [
        ReadingsTarget(
            column="kWh",
            unit="MWh",
            rows=RowFilter("id", "A=7"),
            interval=timedelta(minutes=15),
            machine="Press-3",
            machine_type="press",
            source="electricity",
            kind="counter",
            largest_gap=timedelta(hours=3),
            register_digits=6,
            serial_column="meter",
            seu="Pressing",
            kwh_per_unit=10.5,
            highest_rate=240.0,
        )
    ]


def test_every_flag_of_the_file_is_taken_as_said() -> None:
    said = plan(
        *PRESS,
        *("--factory", "Works", "--timezone", "Asia/Seoul", "--currency", "KRW"),
        *("--time-column", "day", "--clock-column", "hour", "--time-format", "%d/%m/%y %H:%M"),
        *("--stamp", "end", "--decimal", ",", "--delimiter", ";", "--encoding", "cp1252"),
        *("--sheet", "May"),
    )
    assert said.site == Site(name="Works", timezone="Asia/Seoul", currency="KRW")
    assert said.format == TableFormat(
        encoding="cp1252",
        delimiter=";",
        decimal=",",
        sheet="May",
        time_column="day",
        clock_column="hour",
        time_format="%d/%m/%y %H:%M",
        timezone="Asia/Seoul",
        stamp="end",
    )


def test_columns_beside_the_readings_go_where_their_names_say() -> None:
    said = plan(
        *PRESS,
        *("--also", "weather", "tempF", "Rel. Humidity", "wind_kmh"),
        *("--also", "production", "pieces", "good parts", "Ausschuss"),
        *("--also", "status", "state"),
    )
    assert said.targets[1:] == [
        WeatherTarget(column="tempF", quantity="outdoor_temp_c"),
        WeatherTarget(column="Rel. Humidity", quantity="outdoor_humidity_percent"),
        WeatherTarget(column="wind_kmh", quantity="wind_speed_m_s"),
        ProductionTarget(column="pieces", machine="Press-3"),
        ProductionTarget(column="good parts", machine="Press-3", quantity="good_count"),
        ProductionTarget(column="Ausschuss", machine="Press-3", quantity="reject_count"),
        StatusTarget(column="state", machine="Press-3"),
    ]


def test_weather_alone_needs_no_machine() -> None:
    said = plan("weather.csv", "--factory", "Works", "--also", "weather", "temp")
    assert said.targets == [WeatherTarget(column="temp", quantity="outdoor_temp_c")]


def test_a_machine_without_a_source_has_what_goes_with_readings_only() -> None:
    said = plan("state.csv", "--machine", "Press-3", "--also", "status", "state")
    assert said.targets == [StatusTarget(column="state", machine="Press-3")]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([], "a FILE is needed"),
        (["a.csv"], "--machine and --source are needed"),
        (["a.csv", "--machine", "Press-3"], "--machine and --source are needed"),
        (["a.csv", "--machine", "Press-3", "--kind", "counter"], "need --machine and --source"),
        (["a.csv", "--source", "electricity"], "need --machine and --source"),
        (["a.csv", "--also", "status", "state"], "--also status needs --machine"),
        ([*PRESS, "--also", "tariff", "price"], "one of status, production, weather"),
        ([*PRESS, "--also", "weather"], "a column is needed"),
        ([*PRESS, "--also", "weather", "dew"], "the name has none of temp"),
    ],
)
def test_flags_that_say_too_little_are_wrong_usage(arguments: list[str], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        plan(*arguments)


@pytest.mark.parametrize(
    "flag",
    [
        "--interval=fortnight",
        "--interval=0h",
        "--rows=A",
        "--kind=sum",
        "--kwh-per-unit=0",
        "--kwh-per-unit=nan",
        "--kwh-per-unit=much",
    ],
)
def test_flags_of_no_meaning_are_wrong_usage(flag: str) -> None:
    with pytest.raises(SystemExit):
        plan(*PRESS, flag)


def test_a_mapping_takes_no_flags_of_a_file() -> None:
    assert mapping_of(options(*PRESS)) is None
    assert mapping_of(options("--map", "m.yaml", "--replace", "--dry-run")) == Path("m.yaml")
    with pytest.raises(ValueError, match="leave out FILE, --machine, --also"):
        mapping_of(options("a.csv", "--map", "m.yaml", "--machine", "M", "--also", "status", "s"))


def test_the_mapping_of_the_documentation_is_one(tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "docs" / "importing.md").read_text(encoding="utf-8")
    _, example, _ = re.split(r"```(?:yaml)?\n(?=factory)|(?<=\n)```\n(?=Keys)", text)
    (tmp_path / "plant.yaml").write_text(example, encoding="utf-8")
    mapping = read_mapping(tmp_path / "plant.yaml")
    assert [file.path for file in mapping.files] == ["meters/*.csv", "long.csv"]
    assert [len(file.columns) for file in mapping.files] == [6, 1]
