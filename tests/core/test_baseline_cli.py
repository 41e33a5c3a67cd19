"""`enms train`, `enms baseline` and `enms predict` on the demo plant."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psycopg
import pytest

from enms_cli.main import main
from tests.conftest import PLANT_NOW

NOW = ("--now", PLANT_NOW.isoformat())
SEU = "Hydraulic-Pump-1 electricity"
SEUS = 14  # 11 of the plant, 3 of its second country
PLANTED = {
    "Boiler-1 natural gas": "steam_kg",
    "Conveyor-A electricity": "production_count",
    "HVAC-Main electricity": "heating_degree_days",
    SEU: "production_count",
}
# Every figure that the sheet of a version has, by the beginning of its line.
FIGURES = (
    "samples n", "parameters p", "R²", "adjusted R²", "RMSE [kWh]", "MAE [kWh]", "CV(RMSE) [%]",
    "F ", "p of F", "Durbin-Watson", "rho", "n'", "condition number", "BIC", "out-of-time R²",
    "out-of-time CV(RMSE) [%]", "out-of-time NMBE [%]", "residuals", "baseline period", "trained",
)  # fmt: skip


@dataclass(frozen=True)
class Ran:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[dict]:
        return [json.loads(line) for line in self.out.splitlines()]


def enms(*arguments: str) -> Ran:
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        code = main(list(arguments))
    return Ran(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module", autouse=True)
def on_the_plant(plant_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The plant for all tests of the file; its baselines are taken away after them."""
    folder = tmp_path_factory.mktemp("cli")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENMS_DATABASE_URL", plant_url)
        patch.setenv("ENMS_DATA_DIR", str(folder / "data"))
        yield folder
    with psycopg.connect(plant_url) as connection:
        connection.execute("DELETE FROM energy_baselines")
        connection.execute("DELETE FROM audit_log WHERE what LIKE 'baseline.%'")


@pytest.fixture(scope="module")
def trained(on_the_plant: Path) -> Ran:
    """The whole factory, trained once: version 1 of each SEU."""
    return enms("train", "--all", "--json", *NOW)


class TestWholeFactory:
    def test_every_seu_gets_a_version_and_an_object(self, trained: Ran) -> None:
        assert (trained.code, len(trained.objects)) == (0, SEUS)
        assert {each["outcome"] for each in trained.objects} == {"answered"}
        assert {each["baseline"]["version"] for each in trained.objects} == {1}
        assert all(each["baseline"]["is_active"] for each in trained.objects)

    def test_the_drivers_that_make_the_use_are_found(self, trained: Ran) -> None:
        found = {
            each["seu"]: [term["driver"] for term in each["baseline"]["drivers"]]
            for each in trained.objects
        }

        assert all(driver in found[seu] for seu, driver in PLANTED.items())

    def test_an_seu_that_cannot_be_trained_does_not_keep_the_others_from_it(
        self, trained: Ran
    ) -> None:
        ran = enms("train", "--all", "--drivers", "steam_kg", "--no-activate", "--json", *NOW)

        done = [each["seu"] for each in ran.objects if each["outcome"] == "answered"]
        assert (ran.code, done) == (1, ["Boiler-1 natural gas"])
        assert len(ran.objects) == SEUS
        assert "Conveyor-A electricity: steam_kg is no driver of this energy source" in ran.err


class TestTrain:
    def test_the_period_is_in_whole_days_of_the_site(self, trained: Ran) -> None:
        of_pump = next(each for each in trained.objects if each["seu"] == SEU)

        assert of_pump["baseline"]["period"] == {
            "start": "2025-11-18T00:00:00+01:00",
            "end": "2026-11-18T00:00:00+01:00",
        }

    def test_a_day_that_is_named_last_is_in_the_period(self, trained: Ran) -> None:
        ran = enms(
            "train", SEU, "--drivers", "production_count", "--from", "2026-03-01", "--to",
            "2026-08-31", "--no-activate", "--json", *NOW,
        )  # fmt: skip

        [found] = ran.objects
        assert found["baseline"]["period"]["start"] == "2026-03-01T00:00:00+01:00"
        assert found["baseline"]["period"]["end"] == "2026-09-01T00:00:00+02:00"
        assert found["baseline"]["sampling"]["hours_in_period"] == 184 * 24 - 1  # clocks forward

    def test_a_site_in_another_zone_has_its_own_days(self, trained: Ran) -> None:
        periods = {each["baseline"]["period"]["start"] for each in trained.objects}

        assert periods == {"2025-11-18T00:00:00+01:00", "2025-11-18T00:00:00-06:00"}

    def test_what_is_stored_is_what_numpy_fits_on_the_same_hours(
        self, trained: Ran, plant_url: str
    ) -> None:
        """The hours in which the pump ran all the time, summed and fitted by hand."""
        with psycopg.connect(plant_url) as connection:
            hours = np.array(connection.execute(PUMP_HOURS).fetchall(), dtype=float)
        design = np.column_stack([np.ones(len(hours)), hours[:, 1]])
        expected, *_ = np.linalg.lstsq(design, hours[:, 0], rcond=None)

        [found] = enms("baseline", "show", SEU, "--version", "1", "--json").objects

        baseline = found["baseline"]
        assert baseline["statistics"]["samples"] == len(hours)
        assert baseline["intercept"] == pytest.approx(expected[0], rel=1e-8)
        [term] = baseline["drivers"]
        assert term["coefficient"] == pytest.approx(expected[1], rel=1e-8)

    def test_a_model_of_days_counts_days(self, trained: Ran) -> None:
        ran = enms(
            "train", SEU, "--drivers", "production_count", "--grain", "day", "--no-activate",
            "--json", *NOW,
        )  # fmt: skip

        [found] = ran.objects
        assert found["baseline"]["grain"] == "day"
        assert 200 < found["baseline"]["statistics"]["samples"] <= 365
        assert found["baseline"]["is_active"] is False

    def test_text_tells_version_equation_period_and_samples(self, trained: Ran) -> None:
        ran = enms("train", SEU, "--drivers", "production_count", "--no-activate", "--from",
                   "2025-11-19", *NOW)  # fmt: skip

        head, equation, period, samples, *_ = ran.out.splitlines()
        assert head.startswith(f"{SEU}, version ") and head.endswith(": not active, valid")
        assert equation.startswith("  electricity [kWh] of one hour = ")
        assert equation.endswith(" * production_count")
        assert period == "  period: 2025-11-19 00:00 to 2026-11-18 00:00 Europe/Berlin"
        assert " of 8,736 hours; left out: " in samples
        assert ran.out.splitlines()[-1] == "  version 1 stays active"

    def test_what_was_learned_before_is_told_and_not_stored_again(self, trained: Ran) -> None:
        given = ("train", SEU, "--drivers", "production_count", "--no-activate", "--from",
                 "2025-12-01", "--to", "2026-10-31")  # fmt: skip
        [first] = enms(*given, "--json", *NOW).objects
        said = enms(*given, *NOW)
        again = enms(*given, "--json", *NOW)
        [listed] = enms("baseline", "list", SEU, "--json").objects

        [found] = again.objects
        number = first["baseline"]["version"]
        assert (said.code, again.code) == (0, 0)
        assert (first["is_unchanged"], found["is_unchanged"]) == (False, True)
        assert found["baseline"]["version"] == number
        assert max(each["version"] for each in listed["trained"][0]["versions"]) == number
        assert f"  nothing changed: version {number} had learned the same" in said.out.splitlines()

    @pytest.mark.parametrize("drivers", ["production_count", "auto"])
    def test_too_few_hours_are_told_with_what_is_lacking(self, trained: Ran, drivers: str) -> None:
        ran = enms(
            "train", SEU, "--drivers", drivers, "--from", "2026-11-10", "--to",
            "2026-11-14", "--json", *NOW,
        )  # fmt: skip

        [found] = ran.objects
        assert (ran.code, found["outcome"], found["needed"]) == (1, "no_data", 500)
        assert found["sampling"]["hours_in_period"] == 5 * 24
        assert "500 hours are needed, there are" in ran.err

    def test_the_training_is_in_the_audit_log(self, trained: Ran) -> None:
        log = enms("db", "log", "--limit", "200", "--json").objects

        assert any(SEU in json.dumps(entry) for entry in log)


PUMP_HOURS = """
WITH pump AS (SELECT id FROM machines WHERE name = 'Hydraulic-Pump-1'),
spells AS (
    SELECT time AS begun, lead(time, 1, 'infinity') OVER (ORDER BY time) AS ended,
           is_running AND mode = 'running' AS runs
    FROM machine_status_history WHERE machine_id = (SELECT id FROM pump)
),
hours AS (
    SELECT date_trunc('hour', time) AS hour, sum(energy_kwh) AS kwh, count(*) AS readings
    FROM energy_readings
    WHERE machine_id = (SELECT id FROM pump)
      AND time >= '2025-11-18 00:00+01' AND time < '2026-11-18 00:00+01'
      AND data_source <> 'backfill'
    GROUP BY 1
),
made AS (
    SELECT date_trunc('hour', time) AS hour, sum(production_count) AS pieces
    FROM production_data WHERE machine_id = (SELECT id FROM pump) GROUP BY 1
)
SELECT kwh, pieces FROM hours JOIN made USING (hour)
WHERE (readings = 4 OR readings = 60) AND pieces IS NOT NULL
  AND (SELECT sum(least(ended, hour + interval '1 hour') - greatest(begun, hour)) FROM spells
       WHERE runs AND begun < hour + interval '1 hour' AND ended > hour) = interval '1 hour'
"""


class TestLook:
    def test_the_list_has_a_line_a_version_and_its_columns_aligned(self, trained: Ran) -> None:
        lines = enms("baseline", "list").out.splitlines()

        column = lines[0].index("verdict")
        rows = [line for line in lines if line.startswith(SEU)]
        assert len({line.split()[1] for line in rows}) == 1 and len(rows) >= 1
        assert all(line[column - 2 : column] == "  " for line in lines)
        assert len([line for line in rows if " active " in line]) == 1

    def test_the_list_as_json_has_all_versions(self, trained: Ran) -> None:
        [found] = enms("baseline", "list", "--json").objects

        assert (len(found["trained"]), found["without"]) == (SEUS, [])
        newest_first = [each["version"] for each in found["trained"][0]["versions"]]
        assert newest_first == sorted(newest_first, reverse=True)

    def test_the_sheet_has_every_figure_with_its_meaning(self, trained: Ran) -> None:
        lines = enms("baseline", "show", SEU, "--version", "1").out.splitlines()

        assert lines[0] == f"{SEU}, version 1: active, valid"
        for figure in FIGURES:
            assert any(line.startswith(figure) for line in lines), figure
        header = next(line for line in lines if line.startswith("driver "))
        for column in ("coefficient", "std. error", "t OLS", "p OLS", "VIF", "mean", "min", "max"):
            assert column in header
        assert any(line.startswith("production_count ") for line in lines)

    def test_versions_are_compared(self, trained: Ran) -> None:
        enms("train", SEU, "--drivers", "outdoor_humidity_percent", "--no-activate", *NOW)
        [listed] = enms("baseline", "list", SEU, "--json").objects
        newest = listed["trained"][0]["versions"][0]["version"]

        [found] = enms("baseline", "compare", SEU, "1", str(newest), "--json").objects
        text = enms("baseline", "compare", SEU, "--source", "electricity", "1", str(newest)).out

        assert [each["version"] for each in found["candidates"]] == [1, newest]
        assert (found["better"], found["by"]) == (0, "validity")
        assert text.splitlines()[-1] == "version 1 is better: only one of them is valid"

    def test_a_version_is_activated_and_the_one_before_named(self, trained: Ran) -> None:
        enms("train", "Conveyor-A", "--drivers", "production_count", "--no-activate", "--from",
             "2025-11-19", *NOW)  # fmt: skip
        [found] = enms("baseline", "activate", "Conveyor-A", "2", "--json").objects
        back = enms("baseline", "activate", "Conveyor-A", "1")

        assert (found["baseline"]["version"], found["before"]) == (2, 1)
        assert back.out == "Conveyor-A electricity, version 1: active, valid\n"


class TestPlot:
    @pytest.mark.parametrize(("suffix", "begin"), [("png", b"\x89PNG"), ("SVG", b"<?xml")])
    def test_the_picture_is_written(
        self, trained: Ran, tmp_path: Path, suffix: str, begin: bytes
    ) -> None:
        path = tmp_path / f"pump.{suffix}"

        ran = enms("baseline", "show", SEU, "--version", "1", "--plot", str(path))

        assert (ran.code, ran.err) == (0, "")
        assert path.read_bytes().startswith(begin)
        assert os.listdir(tmp_path) == [path.name]

    def test_it_is_in_the_language_of_the_device(
        self, trained: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("ENMS_LANG", "de-de")
        path = tmp_path / "pump.svg"

        enms("baseline", "show", SEU, "--version", "1", "--plot", str(path))

        drawn = path.read_text(encoding="utf-8")
        assert "tatsächlicher Verbrauch" in drawn and "[kWh je Stunde]" in drawn
        assert " bis " in drawn and "gültig" in drawn

    def test_another_ending_is_refused_at_once(self, tmp_path: Path) -> None:
        ran = enms("baseline", "show", SEU, "--plot", str(tmp_path / "pump.gif"))

        assert (ran.code, ran.out) == (2, "")
        assert ran.err.endswith("pump.gif must end in .png or .svg\n")

    def test_a_file_that_cannot_be_written_leaves_nothing(
        self, trained: Ran, tmp_path: Path
    ) -> None:
        path = tmp_path / "no" / "pump.png"

        ran = enms("baseline", "show", SEU, "--plot", str(path))

        assert (ran.code, ran.err) == (
            2, f"enms: {path} cannot be written: No such file or directory\n"
        )  # fmt: skip
        assert os.listdir(tmp_path) == []


class TestExport:
    def test_csv_has_a_row_a_coefficient_with_unrounded_numbers(
        self, trained: Ran, tmp_path: Path
    ) -> None:
        path = tmp_path / "hvac.csv"
        enms("baseline", "export", "HVAC-Main electricity", "--format", "csv", str(path))
        [shown] = enms("baseline", "show", "HVAC-Main electricity", "--json").objects

        with path.open(newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        terms = shown["baseline"]["drivers"]
        assert [row["term"] for row in rows] == ["intercept", *(term["driver"] for term in terms)]
        assert [float(row["coefficient"]) for row in rows] == [
            shown["baseline"]["intercept"], *(term["coefficient"] for term in terms)
        ]  # fmt: skip
        assert float(rows[1]["p_value"]) == terms[0]["statistics"]["p_value"]
        assert {float(row["r2"]) for row in rows} == {shown["baseline"]["statistics"]["r2"]}

    def test_json_has_all_versions(self, trained: Ran) -> None:
        ran = enms("baseline", "export", SEU, "--format", "json")
        [listed] = enms("baseline", "list", SEU, "--json").objects

        assert json.loads(ran.out) == listed["trained"][0]

    def test_a_file_is_replaced_as_a_whole(self, trained: Ran, tmp_path: Path) -> None:
        path = tmp_path / "pump.json"
        path.write_text("old " * 100_000)

        enms("baseline", "export", SEU, "--format", "json", str(path))

        assert json.loads(path.read_text(encoding="utf-8"))["seu"] == SEU
        assert os.listdir(tmp_path) == ["pump.json"]

    def test_the_file_may_stand_before_the_flags_too(self, trained: Ran, tmp_path: Path) -> None:
        path = tmp_path / "pump.csv"

        ran = enms("baseline", "export", "Boiler-1", str(path), "--source", "steam", "--format=csv")

        assert (ran.code, ran.out) == (0, "")
        assert path.read_text(encoding="utf-8").startswith("seu,energy_source,unit,version,")


SUNDAY = ("--from", "2026-11-22", "--to", "2026-11-22")
DEGREE_DAYS = "heating_degree_days,cooling_degree_days"
FORECAST = """
INSERT INTO site_weather (factory_id, time, outdoor_temp_c, outdoor_humidity_percent,
                          wind_speed_m_s, is_forecast)
SELECT m.factory_id, t, 5, 80, 3, true
FROM machines AS m, generate_series(timestamptz '2026-11-22 00:00+01',
                                    timestamptz '2026-11-22 23:00+01', interval '1 hour') AS t
WHERE m.name = 'HVAC-Main'
"""
# Mean hours of running on the eight Sundays before, from each change of the status to the next.
HOURS_OF_SUNDAYS = """
WITH held AS (
    SELECT h.is_running, tstzrange(h.time, lead(h.time) OVER (ORDER BY h.time)) AS span
    FROM machine_status_history AS h JOIN machines AS m ON m.id = h.machine_id
    WHERE m.name = 'HVAC-Main'
), sundays AS (
    SELECT tstzrange(d AT TIME ZONE 'Europe/Berlin', (d + interval '1 day') AT TIME ZONE
                     'Europe/Berlin') AS day
    FROM generate_series(timestamp '2026-09-27', timestamp '2026-11-15', interval '7 days') AS d
)
SELECT sum(extract(epoch FROM upper(span * day) - lower(span * day))) / 3600 / 8
FROM held JOIN sundays ON span && day WHERE is_running
"""
# What the pump used on a Monday, and in how many of its hours it ran, but not all through.
USE_OF_MONDAY = """
WITH pump AS (SELECT id FROM machines WHERE name = 'Hydraulic-Pump-1'), held AS (
    SELECT is_running, tstzrange(time, lead(time) OVER (ORDER BY time)) AS span
    FROM machine_status_history WHERE machine_id = (SELECT id FROM pump)
), hours AS (
    SELECT tstzrange(t, t + interval '1 hour') AS hour
    FROM generate_series(timestamptz '2026-11-16 00:00+01', timestamptz '2026-11-16 23:00+01',
                         interval '1 hour') AS t
), ran AS (
    SELECT sum(extract(epoch FROM upper(span * hour) - lower(span * hour))) AS seconds
    FROM held JOIN hours ON span && hour WHERE is_running GROUP BY hour
)
SELECT (SELECT sum(energy_kwh) FROM energy_readings WHERE machine_id = (SELECT id FROM pump)
        AND time >= '2026-11-16 00:00+01' AND time < '2026-11-17 00:00+01'),
       (SELECT count(*) FROM ran WHERE seconds > 0.5 AND seconds < 3599.5)
"""


@pytest.fixture
def sunday_forecast(plant_url: str) -> Iterator[psycopg.Connection]:
    """The weather of a Sunday ahead as forecast."""
    with psycopg.connect(plant_url, autocommit=True) as connection:
        connection.execute(FORECAST)
        yield connection
        connection.execute("DELETE FROM site_weather WHERE is_forecast")


class TestPredict:
    def test_conditions_are_put_into_the_equation(self, trained: Ran) -> None:
        [shown] = enms("baseline", "show", SEU, "--version", "1", "--json").objects
        ran = enms("predict", SEU, "--version", "1", "--at", "production_count=150", "--json")

        [found] = ran.objects
        [term] = shown["baseline"]["drivers"]
        by_hand = shown["baseline"]["intercept"] + 150 * term["coefficient"]
        assert found["expected"] == pytest.approx(by_hand, rel=1e-12)
        assert found["lower"] < found["expected"] < found["upper"]
        assert (found["conditions"], found["extent"]) == ({"production_count": 150.0}, "inside")

    def test_a_period_has_what_was_used_beside_what_was_expected(self, trained: Ran) -> None:
        ran = enms("predict", SEU, "--from", "2026-10-25", "--to", "2026-10-25", "--json", *NOW)

        [found] = ran.objects
        assert found["period"] == {
            "start": "2026-10-25T00:00:00+02:00", "end": "2026-10-26T00:00:00+01:00"
        }  # fmt: skip
        assert found["actual"] == pytest.approx(found["expected"], rel=0.2)

    def test_today_is_predicted_where_nothing_is_said(self, trained: Ran) -> None:
        lines = enms("predict", "HVAC-Main", *NOW).out.splitlines()

        assert lines[0] == (
            "HVAC-Main electricity, version 1, 2026-11-18 00:00 to 2026-11-18 10:07 Europe/Berlin"
        )
        assert lines[-1] == "inside what the baseline was trained on"

    def test_values_far_away_are_told(self, trained: Ran) -> None:
        ran = enms("predict", SEU, "--version", "1", "--at", "production_count=100000")

        assert ran.out.splitlines()[-1] == (
            "outside what the baseline was trained on: production_count"
        )

    def test_what_nobody_has_planned_runs_as_in_the_last_weeks(
        self, trained: Ran, sunday_forecast: psycopg.Connection
    ) -> None:
        """A building's ventilation is in no production plan, and does not run all Sunday."""
        ran = enms("predict", "HVAC-Main", "--json", *SUNDAY, *NOW)
        lines = enms("predict", "HVAC-Main", *SUNDAY, *NOW).out.splitlines()

        [found] = ran.objects
        [(usual,)] = sunday_forecast.execute(HOURS_OF_SUNDAYS).fetchall()
        assert 1 < usual < 23
        assert found["hours"] == pytest.approx(float(usual), abs=0.2)
        assert (found["running_assumed"], found["lower"], found["upper"]) == (True, None, None)
        assert lines[-1] == "if it runs as in the last weeks: nobody has planned when it does"

    def test_hours_beside_those_that_count_are_told_with_their_use(
        self, trained: Ran, on_the_plant: Path
    ) -> None:
        ran = enms("predict", SEU, "--from", "2026-11-16", "--to", "2026-11-16", "--json", *NOW)

        [found] = ran.objects
        with psycopg.connect(os.environ["ENMS_DATABASE_URL"]) as connection:
            [(used, partial)] = connection.execute(USE_OF_MONDAY).fetchall()
        assert found["hours_partial"] == partial > 0
        assert found["actual"] + found["actual_elsewhere"] == pytest.approx(used, rel=1e-6)
        assert found["actual_elsewhere"] > 0

    def test_a_period_is_cut_to_the_time_that_there_are_readings_of(self, trained: Ran) -> None:
        ran = enms("predict", "HVAC-Main", "--from", "1600-01-01", "--to", "2027-05-05", *NOW)
        cut = enms("predict", "HVAC-Main", "--from", "2024-10-01", "--json", *NOW)
        same = enms("predict", "HVAC-Main", "--from", "1600-01-01", "--to", "2027-05-05", "--json",
                    *NOW)  # fmt: skip

        assert ran.out.splitlines()[0] == (
            "HVAC-Main electricity, version 1, 2024-10-01 00:00 to 2026-11-18 10:07 Europe/Berlin"
        )
        assert same.objects == cut.objects

    def test_a_period_before_all_readings_has_none(self, trained: Ran) -> None:
        ran = enms("predict", SEU, "--from", "1600-01-01", "--to", "1600-12-31", *NOW)

        assert (ran.code, ran.err) == (
            1, f"enms: {SEU}: there are no readings of its use in this period\n"
        )  # fmt: skip

    def test_a_machine_that_stood_is_told_so(self, trained: Ran) -> None:
        """Hours of a night without a shift; and no whole hour at all, just after midnight."""
        night = ("--from", "2026-11-15T02:00", "--to", "2026-11-15T04:00")
        stood = enms("predict", SEU, "--version", "1", "--json", *night, *NOW)
        midnight = enms("predict", "HVAC-Main", "--json", "--now", "2026-11-18T00:20:00+01:00")

        for ran, reason in ((stood, "not_running"), (midnight, "too_short")):
            [found] = ran.objects
            assert (found["outcome"], found["drivers"]) == ("no_data", [])
            assert found["reason"] == reason
        assert stood.err == f"enms: {SEU}: nothing ran in this period\n"

    def test_values_of_no_world_are_refused_in_one_line(self, trained: Ran) -> None:
        ran = enms("predict", SEU, "--version", "1", "--at", "production_count=1e308")

        assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
        assert "outside what the baseline can tell: the value of production_count" in ran.err

    def test_a_model_of_days_takes_degree_days_of_its_hours_of_running(self, trained: Ran) -> None:
        enms("train", "HVAC-Main", "--drivers", DEGREE_DAYS, "--grain", "day", "--no-activate",
             *NOW)  # fmt: skip
        [known] = enms("baseline", "list", "HVAC-Main", "--json").objects
        newest = known["trained"][0]["versions"][0]
        at = ("--at", "heating_degree_days=10", "--at", "cooling_degree_days=0")
        [found] = enms("predict", "HVAC-Main", "--version", str(newest["version"]), *at,
                       "--json").objects  # fmt: skip

        hours = found["hours_a_day"]
        by = {each["driver"]: each["coefficient"] for each in newest["drivers"]}
        expected = newest["intercept"] + by["heating_degree_days"] * 10 * hours / 24
        assert newest["grain"] == "day"
        assert 8 < hours < 23
        assert found["expected"] == pytest.approx(expected, rel=1e-9)

    def test_a_driver_of_no_term_is_refused(self, trained: Ran) -> None:
        ran = enms("predict", SEU, "--version", "1", "--at", "outdoor_temp_c=20")

        assert (ran.code, ran.err) == (
            2, "enms: version 1 does not depend on outdoor_temp_c, but on production_count\n"
        )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("train", "Hydraulic-Pump-2"), 2, "is it 'Hydraulic-Pump-1'"),
        (("train", "qqqq"), 2, "no SEU is named 'qqqq'; there are "),
        (("train", "Boiler-1"), 2, "several SEUs may be meant by 'Boiler-1'"),
        (("train", "Boiler-1", "--source", "natural_gaz"), 2, "is it 'natural_gas'"),
        (("train", SEU, "--from", "yesterday"), 2, "'yesterday' is no day or time"),
        (("train", SEU, "--from", "2026-02-30"), 2, "'2026-02-30' is no day or time"),
        (
            ("train", SEU, "--from", "2026-03-02", "--to", "2026-03-01"),
            2,
            "--to 2026-03-01 must come after --from 2026-03-02",
        ),
        (("train", SEU, "--drivers", ","), 2, "--drivers names no driver"),
        (("train", SEU, "--drivers", "produktion"), 1, "produktion is no driver of this"),
        (("train", SEU, "--drivers", "avg_power_kw"), 1, "avg_power_kw"),
        (("train",), 2, "name one SEU, or --all"),
        (("train", SEU, "--all"), 2, "name one SEU, or --all"),
        (("baseline", "show", SEU, "--version", "99"), 1, "there is no version 99"),
        (("baseline", "activate", SEU, "99"), 1, "there is no version 99"),
        (("baseline", "compare", SEU, "1"), 2, "two versions are compared"),
        (("predict", SEU, "--at", "production_count"), 2, "is no driver with a value"),
        (("predict", SEU, "--at", "production_count=many"), 2, "is no driver with a value"),
        (("predict", SEU, "--at", "production_count=nan"), 2, "is no driver with a value"),
        (("predict", SEU, "--to", "2026-11-01"), 2, "--to needs --from"),
        (("predict", SEU, "--at", "a=1", "--from", "2026-11-01"), 2, "not both"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    trained: Ran, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = enms(*arguments)

    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert ran.err.startswith("enms: ") and ran.err.count("\n") == 1


def test_a_machine_and_its_source_name_an_seu(trained: Ran) -> None:
    ran = enms("baseline", "show", "boiler-1", "--source", "Natural Gas", "--json")

    assert ran.objects[0]["seu"] == "Boiler-1 natural gas"
