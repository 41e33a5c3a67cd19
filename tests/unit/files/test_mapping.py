"""Mappings: what their keys mean, and that everything wrong is told in one sentence."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    RowFilter,
    Site,
    StatusTarget,
    TableFormat,
    WeatherTarget,
)
from enms_core.files.mapping import ListenRule, plans_of, read_mapping

WORKS = """
factory: {name: Stamping Works, timezone: Europe/Berlin, currency: EUR}
defaults:
  source: electricity
  kind: interval
  decimal: ","
  largest_gap: 30 min
files:
  - path: meters/*.csv
    time: Zeit
    clock: Uhrzeit
    time_format: "%d.%m.%Y %H:%M"
    timezone: Europe/Paris
    stamp: end
    machine: Press-3
    machine_type: press
    columns:
      - {column: Verbrauch, unit: MWh, seu: Pressing, kwh_per_unit: 0.9, highest_rate: 240}
      - {column: Gas, source: natural gas, kind: counter, register_digits: 6, serial_column: Nr}
      - {column: Leistung, machine: Oven, kind: power, interval: 15 min, largest_gap: 2 h}
      - {column: Teile, production: good_count, interval: 1 h}
      - {column: Zustand, status: {0: off, "1": running, Rüsten: maintenance}}
      - {column: tempF, weather: temperature, unit: °F}
"""
LISTENING = """
listen:
  - topic: plant/+/energy
    machine: {topic_level: 2}
    machines: {M17: Press-3}
    source: electricity
    time: ts
    time_format: epoch ms
    value: kwh
    unit: kWh
    kind: interval
    stamp: start
  - machine: Press-3
    source: natural gas
    time: at
    value: meter.volume
    kind: counter
    serial: meter.id
    register_machines: yes
"""


def mapping_file(folder: Path, text: str) -> Path:
    path = folder / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def meter_files(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.touch()


def plans(folder: Path, text: str = WORKS) -> list[FilePlan]:
    path = mapping_file(folder, text)
    return plans_of(read_mapping(path), path)


def test_every_key_reaches_the_plan_and_the_nearest_says_what_counts(tmp_path: Path) -> None:
    meter_files(tmp_path, "meters/january.csv")

    [plan] = plans(tmp_path)

    assert plan.path == tmp_path / "meters" / "january.csv"
    assert plan.site == Site(name="Stamping Works", timezone="Europe/Berlin", currency="EUR")
    assert plan.format == TableFormat(
        decimal=",",
        time_column="Zeit",
        clock_column="Uhrzeit",
        time_format="%d.%m.%Y %H:%M",
        timezone="Europe/Paris",
        stamp="end",
    )
    press = {"machine": "Press-3", "machine_type": "press"}
    half = timedelta(minutes=30)
    assert plan.targets == [
        ReadingsTarget(
            column="Verbrauch",
            unit="MWh",
            source="electricity",
            kind="interval",
            largest_gap=half,
            seu="Pressing",
            kwh_per_unit=0.9,
            highest_rate=240.0,
            **press,
        ),
        ReadingsTarget(
            column="Gas",
            source="natural gas",
            kind="counter",
            register_digits=6,
            serial_column="Nr",
            largest_gap=half,
            **press,
        ),
        ReadingsTarget(
            column="Leistung",
            source="electricity",
            kind="power",
            machine="Oven",
            machine_type="press",
            interval=timedelta(minutes=15),
            largest_gap=timedelta(hours=2),
        ),
        ProductionTarget(
            column="Teile", quantity="good_count", interval=timedelta(hours=1), **press
        ),
        StatusTarget(
            column="Zustand",
            words={"0": "off", "1": "running", "Rüsten": "maintenance"},
            **press,
        ),
        WeatherTarget(column="tempF", unit="°F", quantity="outdoor_temp_c"),
    ]


def test_files_of_a_pattern_are_planned_by_name_and_folders_are_no_files(tmp_path: Path) -> None:
    meter_files(tmp_path, "meters/b.csv", "meters/a.csv", "meters/c.txt")
    (tmp_path / "meters" / "d.csv").mkdir()

    found = [plan.path.name for plan in plans(tmp_path)]

    assert found == ["a.csv", "b.csv"]


def test_a_bracket_in_a_file_s_own_name_is_no_pattern(tmp_path: Path) -> None:
    meter_files(tmp_path, "meter[1].csv")

    [plan] = plans(tmp_path, WORKS.replace("meters/*.csv", "meter[1].csv"))

    assert plan.path == tmp_path / "meter[1].csv"


def test_meters_in_the_rows_of_one_column_are_told_apart(tmp_path: Path) -> None:
    meter_files(tmp_path, "all.csv")
    text = """
defaults: {source: electricity, kind: interval}
files:
  - path: all.csv
    columns:
      - {column: value, machine: Press-3, rows: {column: meter, value: 017}}
      - {column: value, machine: Oven, rows: {column: meter, value: off}}
"""

    [plan] = plans(tmp_path, text)

    assert plan.site == Site()
    assert [(target.machine, target.rows) for target in plan.targets] == [
        ("Press-3", RowFilter("meter", "017")),
        ("Oven", RowFilter("meter", "off")),
    ]


def test_rules_for_messages_have_their_keys(tmp_path: Path) -> None:
    quarter_hours, gas = read_mapping(mapping_file(tmp_path, LISTENING)).listen

    assert isinstance(quarter_hours, ListenRule)
    assert (quarter_hours.topic, quarter_hours.machine.topic_level) == ("plant/+/energy", 2)
    assert quarter_hours.machines == {"M17": "Press-3"}
    assert (quarter_hours.kind, quarter_hours.stamp) == ("interval", "start")
    assert (gas.topic, gas.machine.name, gas.serial) == (None, "Press-3", "meter.id")
    assert (gas.register_machines, quarter_hours.register_machines) == (True, False)


@pytest.mark.parametrize(
    ("old", "new", "reason", "line"),
    [
        ("Verbrauch, unit", "Verbrauch, units", "files.columns.units is no key here", 18),
        ("kind: counter", "kind: meter", "files.columns.kind must be 'interval', 'counter'", 19),
        ("unit: MWh", "unit: [MWh]", "files.columns.unit must be one text", 18),
        ("column: Gas, ", "", "files.columns.column is missing", 19),
        ("column: Gas", 'column: ""', "files.columns.column cannot be empty", 19),
        ("register_digits: 6", "register_digits: six", "must be a whole number, not 'six'", 19),
        ("register_digits: 6", "register_digits: 0", "must be 1 or more, not 0", 19),
        ("largest_gap: 30 min", "largest_gap: 30", "'30' is no length of time such as", 7),
        ("largest_gap: 30 min", "largest_gap: 0 s", "cannot be zero", 7),
        ('decimal: ","', 'decimal: ";"', "defaults.decimal must be '.' or ',', not ';'", 6),
        (
            "weather: temperature",
            "weather: rain",
            "files.columns.weather must be 'temperature'",
            23,
        ),
        ("good_count, ", "good_count, weather: wind, ", "is production and weather at once", 21),
        ("good_count, ", "good_count, kind: power, ", "is production, which has no 'kind'", 21),
        ("maintenance}}", "maintenance}, interval: 1 h}", "is status, which has no 'interval'", 22),
        ("0: off", "0: broken", "files.columns.status.0 must be 'running'", 22),
        ("meters/*.csv", "'*.xml'", "no file is named *.xml", None),
        ("meters/*.csv", "*.xml", "a text that begins with * needs quotation marks", 9),
        ("    machine: Press-3\n", "", "column 'Verbrauch' has no 'machine'", None),
        ("  source: electricity\n", "", "column 'Verbrauch' has no 'source'", None),
        ("kwh_per_unit: 0.9", "kwh_per_unit: 0", "kwh_per_unit must be more than 0, not 0", 18),
        ("kwh_per_unit: 0.9", "kwh_per_unit: much", "must be a number, not 'much'", 18),
        ("kwh_per_unit: 0.9", "kwh_per_unit: inf", "must be a number, not 'inf'", 18),
        ("time: Zeit", "time: Zeit\n    time: Uhr", "'time' is said twice", 11),
        ("time: Zeit", "? [Zeit]\n    : Uhr", "a key is no text", 10),
        ("time: Zeit", "time: *zeit", "a text that begins with * needs quotation marks", 10),
        ("time: Zeit", "time: Zeit: Uhr", "mapping.yaml is no YAML", 10),
        (WORKS, "just words", "the mapping must be keys with values", 1),
        (WORKS, "", "the mapping must be keys with values", None),
        (WORKS, LISTENING, "mapping.yaml names no files", None),
        (WORKS, "files: {path: a.csv}", "files must be a list", 1),
        (WORKS, "files: [{path: a.csv, columns: []}]", "files.columns cannot be empty", 1),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, reason: str, line: int | None
) -> None:
    meter_files(tmp_path, "meters/january.csv")
    assert old in WORKS

    with pytest.raises(ImportFailed) as failure:
        plans(tmp_path, WORKS.replace(old, new, 1))

    assert reason in failure.value.reason
    assert "\n" not in failure.value.reason
    assert failure.value.line == line


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("    stamp: start\n", "", "listen needs 'stamp': start or end of the interval"),
        ("    value: kwh\n", "", "listen.value is missing"),
        ("    kind: counter\n", "", "listen.kind is missing"),
        ("{topic_level: 2}", "{topic_level: 2, field: m}", "needs a name, or one of"),
        ("{topic_level: 2}", "{topic_level: 0}", "listen.machine.topic_level must be 1 or more"),
        ("register_machines: yes", "register_machines: maybe", "must be true or false"),
    ],
)
def test_a_wrong_rule_is_told_with_its_place(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    assert old in LISTENING

    with pytest.raises(ImportFailed) as failure:
        read_mapping(mapping_file(tmp_path, LISTENING.replace(old, new, 1)))

    assert reason in failure.value.reason
    assert failure.value.line is not None


def test_a_mapping_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    latin = mapping_file(tmp_path, "")
    latin.write_bytes("factory: Gießerei".encode("cp1252"))

    with pytest.raises(ImportFailed, match=r"gone\.yaml cannot be read: No such file"):
        read_mapping(tmp_path / "gone.yaml")
    with pytest.raises(ImportFailed, match="is not UTF-8"):
        read_mapping(latin)
    with pytest.raises(ImportFailed, match="is no YAML"):
        read_mapping(mapping_file(tmp_path, "a: \x01"))


def test_a_factory_may_be_its_name_alone(tmp_path: Path) -> None:
    mapping = read_mapping(mapping_file(tmp_path, "factory: Foundry\nlisten: []"))

    assert mapping.factory is not None
    assert (mapping.factory.name, mapping.factory.timezone) == ("Foundry", None)
