"""`enms import` from the command line: what it prints, what it lists, how it ends."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from enms_cli.main import main
from tests.core.conftest import rows, stored

HEADER = "Timestamp;Press kWh;tempF;Pieces;State"
LINES = (
    "2026-03-02 00:00;1,5;50,0;10;running",
    "2026-03-02 01:00;2,5;52,0;12;running",
    "2026-03-02 02:00;3,5;51,0;0;idle",
    "2026-03-02 03:00;1,0;49,5;8;running",
)
PRESS = ("--machine", "Press-3", "--source", "electricity")
WORKS = ("--factory", "Works", "--timezone", "Europe/Berlin")
ALSO = ("--also", "weather", "tempF", "--also", "production", "Pieces", "--also", "status", "State")
NOTHING = (0, 0, 0, 0)


@pytest.fixture(autouse=True)
def here(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, beside an empty database."""
    monkeypatch.setenv("ENMS_DATABASE_URL", empty_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(name: str, lines: Sequence[str], header: str = HEADER) -> str:
    Path(name).write_text("\n".join((header, *lines)), encoding="utf-8")
    return name


def forty_days(bad: int = 0) -> list[str]:
    """Hours from the 1st of January; some values, from the third line on, are none."""
    begin = datetime(2026, 1, 1)
    return [
        f"{begin + timedelta(hours=hour):%Y-%m-%d %H:%M};"
        + ("rubbish" if hour in range(1, 1 + bad) else "1,5")
        for hour in range(40 * 24)
    ]


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict]:
    assert main(["import", *arguments, "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


class TestReport:
    def test_a_file_with_everything_is_stored_and_told(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        code = main(["import", written("press.csv", LINES), *PRESS, *WORKS, *ALSO])
        out = capsys.readouterr().out
        assert code == 0
        assert out.splitlines()[:8] == [
            "press.csv",
            "new machine: Press-3",
            "Press-3, electricity: 4 readings of 1 hour",
            "  from 2026-03-02 00:00 to 2026-03-02 04:00 Europe/Berlin",
            "  total 8.5 kWh",
            "  no gap",
            "  4 stored now, 0 were there already",
            "weather, outdoor_temp_c: 4 rows",
        ]
        assert "Press-3, production_count: 4 rows of 1 hour" in out
        assert "Press-3, status: 3 changes" in out
        assert rows(empty_url, "SELECT sum(energy_kwh) FROM energy_readings") == [(8.5,)]
        assert rows(empty_url, "SELECT sum(production_count) FROM production_data") == [(30.0,)]
        [(coldest,)] = rows(empty_url, "SELECT min(outdoor_temp_c) FROM site_weather")
        assert coldest == pytest.approx((49.5 - 32) / 1.8)
        modes = rows(empty_url, "SELECT mode FROM machine_status_history ORDER BY time")
        assert modes == [("running",), ("idle",), ("running",)]

    def test_it_ends_with_three_questions_and_their_answers(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = written("press.csv", forty_days(), header="Time;kWh")
        assert main(["import", path, *PRESS, *WORKS]) == 0
        _, told = capsys.readouterr().out.split("\nYou can ask now:\n")
        lines = told.splitlines()
        assert [line[:2] for line in lines] == ["- ", "  "] * 3
        assert lines[0].endswith("press three use in January twenty twenty-six")
        # 31 days of 24 hours of 1.5 kWh are 1,116: three digits for the ear.
        assert "one thousand one hundred and twenty kilowatt hours" in lines[1]

    def test_what_a_logger_writes_without_its_meter_is_told(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """4294967295 kWh of one hour were stored without a word."""
        lines = [*forty_days(), "2026-02-10 00:00;4294967295"]
        assert main(["import", written("press.csv", lines, "Time;kWh"), *PRESS, *WORKS]) == 0
        out = " ".join(capsys.readouterr().out.split())
        assert "far beyond every other value" in out
        assert "2026-02-10 00:00" in out

    def test_json_is_one_object_a_file(self, capsys: pytest.CaptureFixture[str]) -> None:
        [file] = told(capsys, written("press.csv", LINES), *PRESS, *WORKS, *ALSO)
        readings, weather, pieces, status = file["targets"]
        assert (file["file"], file["timezone"], file["rejects_file"]) == (
            "press.csv",
            "Europe/Berlin",
            None,
        )
        assert (readings["rows"], readings["stored"], readings["quantity"]) == (4, 4, 8.5)
        assert (readings["start"], readings["end"]) == (
            "2026-03-02T00:00:00+01:00",
            "2026-03-02T04:00:00+01:00",
        )
        assert (weather["weather"], weather["unit"]) == ("outdoor_temp_c", "°C")
        assert (pieces["production"], pieces["quantity"]) == ("production_count", 30.0)
        assert (status["status"], status["rows"], status["quantity"]) == (True, 3, None)

    def test_a_second_import_says_that_all_was_there(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        arguments = (written("press.csv", LINES), *PRESS, *WORKS, *ALSO)
        told(capsys, *arguments)
        [file] = told(capsys, *arguments)
        assert [each["stored"] for each in file["targets"]] == [0, 0, 0, 0]
        assert [each["unchanged"] for each in file["targets"]] == [4, 4, 4, 3]

    def test_weather_alone_needs_its_factory_only(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        [file] = told(capsys, written("w.csv", LINES), *WORKS, "--also", "weather", "tempF")
        assert [each["stored"] for each in file["targets"]] == [4]
        assert stored(empty_url) == (0, 0, 1, 0)

    def test_a_significant_energy_use_is_made_once(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        arguments = ["import", written("press.csv", LINES), *PRESS, *WORKS, "--seu", "Pressing"]
        assert main(arguments) == 0
        assert "new significant energy use: Pressing" in capsys.readouterr().out
        assert main(arguments) == 0
        assert "new significant energy use" not in capsys.readouterr().out
        assert rows(empty_url, "SELECT name FROM seus") == [("Pressing",)]


class TestRefusedRows:
    ARGUMENTS = ("hours.csv", *PRESS, *WORKS)

    def test_they_are_told_and_listed_in_a_file(
        self, capsys: pytest.CaptureFixture[str], empty_url: str, here: Path
    ) -> None:
        written("hours.csv", forty_days(bad=3), header="Time;kWh")
        assert main(["import", *self.ARGUMENTS]) == 0
        out = capsys.readouterr().out
        assert "refused: 3 values, all listed in hours.rejected.csv" in out
        assert "  line 3: kWh 'rubbish': the value is no number" in out
        with (here / "hours.rejected.csv").open(newline="", encoding="utf-8") as file:
            assert list(csv.reader(file))[1:] == [
                [str(line), "kWh", "rubbish", "the value is no number"] for line in (3, 4, 5)
            ]
        assert stored(empty_url) == (957, 1, 1, 1)

    def test_the_list_goes_where_it_was_asked_for(self, here: Path) -> None:
        written("hours.csv", forty_days(bad=1), header="Time;kWh")
        assert main(["import", *self.ARGUMENTS, "--rejects", "bad.csv"]) == 0
        assert [path.name for path in sorted(here.iterdir())] == ["bad.csv", "hours.csv"]

    def test_a_list_that_cannot_be_written_is_told_and_the_rows_are_stored(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        written("hours.csv", forty_days(bad=1), header="Time;kWh")
        assert main(["import", *self.ARGUMENTS, "--rejects", "nowhere/bad.csv"]) == 1
        captured = capsys.readouterr()
        assert "the list of refused rows cannot be written" in captured.err
        assert "refused: 1 value\n" in captured.out
        assert stored(empty_url) == (959, 1, 1, 1)

    def test_more_than_one_percent_of_them_store_nothing(
        self, capsys: pytest.CaptureFixture[str], empty_url: str, here: Path
    ) -> None:
        written("hours.csv", forty_days(bad=10), header="Time;kWh")
        assert main(["import", *self.ARGUMENTS, "--dry-run"]) == 1
        captured = capsys.readouterr()
        assert "nothing was stored: 10 of 960 rows" in captured.err
        assert "the value is no number" in captured.err
        assert (captured.out, stored(empty_url)) == ("", NOTHING)
        assert [path.name for path in here.iterdir()] == ["hours.csv"]

    def test_they_are_listed_also_where_nothing_is_stored(
        self, capsys: pytest.CaptureFixture[str], here: Path
    ) -> None:
        """Whoever had to mend the file was told the first of them only."""
        written("hours.csv", forty_days(bad=25), header="Time;kWh")
        assert main(["import", *self.ARGUMENTS]) == 1
        err = capsys.readouterr().err
        assert "refused: 25 values, all listed in hours.rejected.csv" in err
        assert err.count("kWh 'rubbish': the value is no number") == 20
        assert "    and 5 more refused values" in err
        with (here / "hours.rejected.csv").open(newline="", encoding="utf-8") as file:
            assert [row[0] for row in csv.reader(file)][1:] == [str(line) for line in range(3, 28)]
        assert main(["import", *self.ARGUMENTS, "--json"]) == 1
        file_told = json.loads(capsys.readouterr().out)
        assert file_told["rejects_file"] == "hours.rejected.csv"
        assert [each["line"] for each in file_told["rejections"]] == list(range(3, 28))


class TestDryRun:
    def test_it_tells_what_would_be_stored_and_stores_nothing(
        self, capsys: pytest.CaptureFixture[str], empty_url: str, here: Path
    ) -> None:
        written("hours.csv", forty_days(bad=1), header="Time;kWh")
        arguments = ["import", "hours.csv", *PRESS, *WORKS, "--dry-run"]
        assert main(arguments) == 0
        out = capsys.readouterr().out
        assert out.startswith("hours.csv (a dry run, nothing was stored)\n")
        assert "  959 would be stored, 0 are there already" in out
        assert "You can ask" not in out
        assert stored(empty_url) == NOTHING
        assert rows(empty_url, "SELECT FROM audit_log WHERE what = 'import'") == []
        assert [path.name for path in here.iterdir()] == ["hours.csv"]


class TestReplace:
    def test_another_value_is_refused_and_with_the_flag_stored(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        good = forty_days()
        written("hours.csv", good, header="Time;kWh")
        flags = (*PRESS, *WORKS)
        told(capsys, "hours.csv", *flags)
        written("hours.csv", [good[0].replace("1,5", "7,5"), *good[1:]], header="Time;kWh")
        [refused] = told(capsys, "hours.csv", *flags)
        [replaced] = told(capsys, "hours.csv", *flags, "--replace")
        [first], [second] = refused["targets"], replaced["targets"]
        assert [each["reason"] for each in first["rejections"]] == ["contradicts_stored"]
        assert (second["replaced"], second["rejections"]) == (1, [])
        assert rows(empty_url, "SELECT max(energy_kwh) FROM energy_readings") == [(7.5,)]


class TestMapping:
    MAPPING = """
factory: {name: Works, timezone: Europe/Berlin}
defaults: {source: electricity, kind: interval}
files:
  - path: north/*.csv
    columns: [{column: kWh, machine: North}]
  - path: south/hours.csv
    columns: [{column: kWh, machine: South}]
"""

    @pytest.fixture
    def sites(self, here: Path) -> None:
        for folder, bad in (("north", 1), ("south", 1)):
            Path(folder).mkdir()
            written(f"{folder}/hours.csv", forty_days(bad), header="Time;kWh")
        Path("plant.yaml").write_text(self.MAPPING, encoding="utf-8")

    @pytest.mark.usefixtures("sites")
    def test_all_its_files_are_stored_with_a_list_each(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        files = told(capsys, "--map", "plant.yaml")
        assert [file["targets"][0]["machine"] for file in files] == ["North", "South"]
        assert [file["rejects_file"] for file in files] == [
            "hours.rejected.csv",
            "hours-2.rejected.csv",
        ]
        assert stored(empty_url) == (2 * 959, 2, 1, 2)

    @pytest.mark.usefixtures("sites")
    def test_a_file_that_fails_leaves_the_others_stored_and_is_told(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        written("north/hours.csv", forty_days(bad=50), header="Time;kWh")
        assert main(["import", "--map", "plant.yaml", "--json"]) == 1
        captured = capsys.readouterr()
        south, north = map(json.loads, captured.out.splitlines())
        assert (south["targets"][0]["stored"], "50 of 960 rows" in north["error"]) == (959, True)
        assert "north/hours.csv: nothing was stored: 50 of 960 rows" in captured.err
        assert stored(empty_url) == (959, 1, 1, 1)

    @pytest.mark.usefixtures("sites")
    def test_a_column_that_is_not_there_stores_no_file_at_all(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        written("south/hours.csv", forty_days(), header="Time;MWh")
        assert main(["import", "--map", "plant.yaml"]) == 1
        assert "'kWh'" in capsys.readouterr().err
        assert stored(empty_url) == NOTHING

    def test_flags_of_one_file_cannot_go_with_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["import", "--map", "plant.yaml", "--machine", "Press-3"]) == 2
        assert "leave out --machine" in capsys.readouterr().err


class Terminal(io.StringIO):
    """Typed lines, at a terminal."""

    def isatty(self) -> bool:
        return True


class TestTerminal:
    # Day and month can be exchanged in all stamps of the file.
    OPEN = tuple(f"0{day}/03/2026 00:00;{day},5" for day in range(1, 8))

    @pytest.fixture
    def typed(self, monkeypatch: pytest.MonkeyPatch) -> Terminal:
        terminal = Terminal()
        monkeypatch.setattr("sys.stdin", terminal)
        monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
        return terminal

    def test_without_one_what_the_file_leaves_open_names_its_flag(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        written("open.csv", self.OPEN, header="Time;kWh")
        assert main(["import", "open.csv", *PRESS, *WORKS, "--kind", "interval"]) == 1
        assert "--time-format" in capsys.readouterr().err
        assert stored(empty_url) == NOTHING

    def test_a_number_answers_and_enter_agrees(self, typed: Terminal, empty_url: str) -> None:
        written("open.csv", self.OPEN, header="Time;kWh")
        typed.write("1\n\n")
        typed.seek(0)
        assert main(["import", "open.csv", *PRESS, *WORKS, "--kind", "interval"]) == 0
        found = rows(empty_url, "SELECT min(time), count(*) FROM energy_readings")
        assert found == [(datetime.fromisoformat("2026-03-01T00:00+01:00"), 7)]

    def test_a_no_stores_nothing(self, typed: Terminal, empty_url: str) -> None:
        written("press.csv", LINES)
        typed.write("n\n")
        typed.seek(0)
        assert main(["import", "press.csv", *PRESS, *WORKS]) == 1
        assert stored(empty_url) == NOTHING


def test_a_machine_that_was_made_is_told_and_one_that_was_there_is_not(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A slip of the pen made a second machine, and nothing said so."""
    name = written("press.csv", LINES)

    first, again = (
        told(capsys, name, *PRESS, *WORKS, "--value-column", "Press kWh") for _ in range(2)
    )

    assert first[0]["new_machines"] == ["Press-3"]
    assert again[0]["new_machines"] == []
