"""Importing several files: checked together, stored one by one, and what is done afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, Site, WeatherTarget
from enms_core.files.guessing import Choice, Guessed
from enms_core.storage.rollups import RefreshReport
from tests.conftest import Asker, run_on
from tests.core.conftest import execute, rows, stored
from tests.core.import_runs import WORKS, imported, mapped, plan, power

MakeAsker = Callable[..., Asker]
HOURS = "time,kWh\n2026-03-02 00:00,1.5\n2026-03-02 01:00,2.5\n2026-03-02 02:00,3.5\n"
LATER_HOURS = HOURS.replace("03-02", "03-03")
BROKEN = HOURS.replace("2.5", "two")
SEUS = """
SELECT s.name, e.name, array_agg(f.name || ': ' || m.name ORDER BY m.name)
FROM seus AS s JOIN energy_sources AS e ON e.id = s.energy_source_id
JOIN machines AS m ON m.id = ANY (s.machine_ids) JOIN factories AS f ON f.id = m.factory_id
GROUP BY s.name, e.name ORDER BY s.name
"""
TWO_METERS = """
factory: {name: Stamping Works, timezone: Europe/Berlin}
defaults: {source: electricity, kind: interval, stamp: start}
files:
  - path: day-*.csv
    columns:
      - {column: press, unit: kWh, machine: Press-3, seu: Presses}
      - {column: oven, unit: kWh, machine: Oven, seu: Presses}
"""


@pytest.fixture
def press(tmp_path: Path) -> FilePlan:
    return plan(written(tmp_path, "press.csv", HOURS), power())


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def meters(folder: Path) -> list[FilePlan]:
    """Two days of two machines, by a mapping."""
    for day in ("03-02", "03-03"):
        lines = [f"2026-{day} 0{hour}:00,{hour + 1},{10 * hour + 5}" for hour in range(4)]
        written(folder, f"day-{day}.csv", "\n".join(["time,press,oven", *lines]))
    return mapped(folder, TWO_METERS)


def refused(url: str, *plans: FilePlan) -> str:
    """Why an import is refused as a whole; nothing may be stored of it."""
    before = stored(url)
    with pytest.raises(ImportFailed) as failure:
        imported(url, plans)
    assert stored(url) == before
    return failure.value.reason


def test_the_files_of_a_mapping_are_stored_and_their_use_is_registered(
    empty_url: str, tmp_path: Path
) -> None:
    found = imported(empty_url, meters(tmp_path))

    totals = [[target.quantity for target in file.report.targets] for file in found.files]
    assert totals == [[10.0, 80.0], [10.0, 80.0]]
    assert [file.zone.key for file in found.files] == ["Europe/Berlin"] * 2
    assert stored(empty_url) == (16, 2, 1, 2)
    machines = ["Stamping Works: Oven", "Stamping Works: Press-3"]
    assert rows(empty_url, SEUS) == [("Presses", "electricity", machines)]
    assert list(found.seus) == ["Presses"]


def test_importing_again_changes_nothing(empty_url: str, tmp_path: Path) -> None:
    plans = meters(tmp_path)
    imported(empty_url, plans)
    before = rows(empty_url, SEUS), stored(empty_url)

    again = imported(empty_url, plans)

    reports = [target for file in again.files for target in file.report.targets]
    assert [(each.stored, each.unchanged) for each in reports] == [(0, 4)] * 4
    assert (rows(empty_url, SEUS), stored(empty_url)) == before
    assert again.seus == []


def test_the_rollups_are_up_to_date_afterwards(empty_url: str, press: FilePlan) -> None:
    imported(empty_url, [press])

    left = run_on(empty_url, lambda store: store.refresh_rollups())

    assert left == RefreshReport()


def test_a_file_that_fails_leaves_the_others_stored(empty_url: str, tmp_path: Path) -> None:
    use = {"seu": "Pressing"}
    plans = [
        plan(written(tmp_path, "first.csv", HOURS), power(**use)),
        plan(written(tmp_path, "broken.csv", BROKEN), power(column="kWh", **use)),
        plan(written(tmp_path, "last.csv", LATER_HOURS), power(**use)),
    ]

    found = imported(empty_url, plans)

    assert [file.plan.path.name for file in found.files] == ["first.csv", "last.csv"]
    [(path, error)] = found.failures
    assert path.name == "broken.csv"
    assert "no number" in error.reason
    assert stored(empty_url) == (6, 1, 1, 1)
    assert (found.seus, rows(empty_url, SEUS)) == ([], [])


@pytest.mark.parametrize(
    ("second", "reason"),
    [
        ({"column": "gas"}, "gas"),
        ({"source": "coal"}, "no energy source 'coal'"),
        ({"site": Site(name="Annex")}, "factory 'Annex' is new: say its time zone"),
        ({"site": Site(name="Annex", timezone="Mars/Base")}, "there is no time zone 'Mars/Base'"),
        ({"timezone": "Mars/Base"}, "there is no time zone 'Mars/Base'"),
        ({"site": Site(), "machine": "Nobody"}, "no machine 'Nobody' is registered"),
    ],
)
def test_nothing_is_stored_before_all_plans_are_checked(
    empty_url: str, tmp_path: Path, press: FilePlan, second: dict[str, object], reason: str
) -> None:
    path = written(tmp_path, "second.csv", LATER_HOURS)
    told = {"source": "electricity", "machine": "Press-3", **second}
    table = {key: told.pop(key) for key in ("site", "timezone") if key in told}
    target = power(**{key: value for key, value in told.items() if key != "source"})
    target = type(target)(**{**vars(target), "source": told["source"]})

    assert reason in refused(empty_url, press, plan(path, target, **table))  # type: ignore[arg-type]


def test_a_file_that_is_gone_is_told_before_the_first_is_stored(
    empty_url: str, tmp_path: Path, press: FilePlan
) -> None:
    reason = refused(empty_url, press, plan(tmp_path / "gone.csv", power()))

    assert "gone.csv" in reason


def test_a_dry_run_reports_and_stores_nothing(empty_url: str, press: FilePlan) -> None:
    wanted = plan(press.path, power(seu="Pressing"))

    found = imported(empty_url, [wanted], dry_run=True)

    [report] = found.files[0].report.targets
    assert (report.rows, report.stored, report.quantity) == (3, 3, 7.5)
    assert stored(empty_url) == (0, 0, 0, 0)
    assert (list(found.seus), rows(empty_url, SEUS)) == ([], [])


def test_replacing_is_handed_on(empty_url: str, tmp_path: Path, press: FilePlan) -> None:
    imported(empty_url, [press])
    other = plan(written(tmp_path, "other.csv", HOURS.replace("2.5", "4.5")), power())

    kept = imported(empty_url, [other])
    replaced = imported(empty_url, [other], replace=True)

    assert [path.name for path, _ in kept.failures] == ["other.csv"]
    assert [target.replaced for target in replaced.files[0].report.targets] == [1]
    assert rows(empty_url, "SELECT sum(energy_kwh) FROM energy_readings") == [(9.5,)]


def test_progress_is_told_of_each_file_to_its_end(empty_url: str, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []

    imported(
        empty_url,
        meters(tmp_path),
        progress=lambda path, done: told.append((path.name, done)),
    )

    for name in ("day-03-02.csv", "day-03-03.csv"):
        parts = [done for path, done in told if path == name]
        assert parts == sorted(parts)
        assert parts[-1] == 1.0


class MonthFirst:
    """Says that the month comes first, and remembers what it was told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.accepted: list[Path] = []

    def choose(self, path: Path, choice: Choice) -> str:
        self.asked.append(choice.flag)
        return next(each for each in choice.options if each.startswith("%m"))

    def accept(self, guessed: Guessed) -> None:
        self.accepted.append(guessed.plan.path)


def test_what_a_file_leaves_open_is_asked_before_anything_is_stored(
    empty_url: str, tmp_path: Path, press: FilePlan
) -> None:
    lines = [f"03/0{day}/2026,{day % 3 + day}" for day in range(1, 8)]
    path = written(tmp_path, "days.csv", "\n".join(["day,kWh", *lines]))
    days = plan(path, power("Oven"))

    assert "--time-format" in refused(empty_url, press, days)
    adviser = MonthFirst()
    imported(empty_url, [press, days], adviser)

    assert adviser.asked == ["--time-format"]
    assert adviser.accepted == [press.path, path]
    first = rows(empty_url, "SELECT min(time) FROM energy_readings WHERE energy_kwh = 2")
    assert str(first[0][0]) == "2026-02-28 23:00:00+00:00"


def test_weather_alone_needs_its_factory_only(empty_url: str, tmp_path: Path) -> None:
    text = "time,temp\n2026-03-02 00:00,1.5\n2026-03-02 01:00,2.5\n"
    weather = WeatherTarget(column="temp", unit="°C", quantity="outdoor_temp_c")

    imported(empty_url, [plan(written(tmp_path, "weather.csv", text), weather)])

    assert rows(empty_url, "SELECT outdoor_temp_c FROM site_weather ORDER BY time") == [
        (1.5,),
        (2.5,),
    ]


def test_a_use_of_another_source_or_machine_is_refused_before_anything_is_stored(
    empty_url: str, tmp_path: Path
) -> None:
    wanted = plan(written(tmp_path, "press.csv", HOURS), power(seu="Pressing"))
    imported(empty_url, [wanted])
    later = written(tmp_path, "later.csv", LATER_HOURS)

    other_machine = plan(later, power("Oven", seu="Pressing"))
    gas = type(power())(machine="Press-3", source="natural gas", unit="m³", seu="Pressing")
    other_site = plan(
        later, power(seu="Pressing"), site=Site(name="Annex", timezone="Europe/Berlin")
    )

    assert "registered without Oven" in refused(empty_url, other_machine)
    assert "registered for electricity" in refused(empty_url, plan(later, gas))
    assert "registered without Press-3" in refused(empty_url, other_site)
    assert "one energy source, not electricity and natural_gas" in refused(
        empty_url,
        plan(later, power(seu="New")),
        plan(later, type(gas)(**{**vars(gas), "seu": "New"})),
    )


def test_a_new_use_is_in_the_audit_log_and_can_be_asked_for(
    empty_url: str, press: FilePlan, engine_on: MakeAsker
) -> None:
    execute(empty_url, "TRUNCATE audit_log")

    imported(empty_url, [plan(press.path, power(seu="Pressing"), site=WORKS)])

    [(after,)] = rows(empty_url, "SELECT after FROM audit_log WHERE what = 'seu'")
    assert after == {"seu": "Pressing", "source": "electricity", "machines": "Press-3"}
    asker = engine_on(empty_url)
    reply = asker.ask("which significant energy uses are there")
    assert [each["seu"] for each in reply.data["seus"]] == ["Pressing"]


def test_a_column_named_after_a_zone_tells_its_stamps_in_that_zone(
    empty_url: str, tmp_path: Path
) -> None:
    """The zone was found and shown, and the site's was used."""
    lines = [f"2026-03-02 {hour:02d}:00,{hour}" for hour in range(6)]
    path = written(tmp_path, "utc.csv", "\n".join(["timestamp_utc,kWh", *lines]))

    imported(empty_url, [plan(path, power(kind="interval"), stamp="start")])

    first = rows(empty_url, "SELECT min(time) AT TIME ZONE 'UTC' FROM energy_readings")
    assert [str(row[0]) for row in first] == ["2026-03-02 00:00:00"]
