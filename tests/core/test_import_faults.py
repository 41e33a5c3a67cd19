"""What goes wrong around an import: what was stored is told, and why the rest is not."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from enms_cli.main import main
from enms_core.domain.errors import ImportFailed, QueryFailed
from enms_core.domain.imports import FilePlan, ProductionTarget, Site, WeatherTarget
from enms_core.files.guessing import Guessed, Unattended
from enms_core.storage.imports.seus import make_seus
from enms_core.storage.store import Store
from tests.conftest import run_on
from tests.core.conftest import execute, rows, stored
from tests.core.import_runs import imported, plan, power

HOURS = "time,kWh\n2026-03-02 00:00,1.5\n2026-03-02 01:00,2.5\n2026-03-02 02:00,3.5\n"
LATER_HOURS = HOURS.replace("03-02", "03-03")
ARGUMENTS = ("--machine", "Press-3", "--source", "electricity", "--factory", "Works")
WORKS = (*ARGUMENTS, "--timezone", "Europe/Berlin")
MAPPING = """
factory: {name: Works, timezone: Europe/Berlin}
defaults: {source: electricity, machine: Press-3, stamp: start}
files:
  - {path: a.csv, columns: [{column: kWh}]}
  - {path: b.csv, columns: [{column: kWh}]}
"""


@pytest.fixture(autouse=True)
def here(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, beside an empty database."""
    monkeypatch.setenv("ENMS_DATABASE_URL", empty_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def written(name: str, text: str = HOURS) -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


class TestTheDatabaseRefuses:
    """A StorageError in the second file hid the first one: it was stored, and nothing was told."""

    @pytest.fixture
    def strict_url(self, empty_url: str) -> str:
        execute(empty_url, "ALTER TABLE energy_readings ADD CHECK (energy_kwh < 50)")
        return empty_url

    def test_the_files_before_and_after_are_stored_and_told(self, strict_url: str) -> None:
        plans = [
            plan(written("first.csv"), power()),
            plan(written("second.csv", LATER_HOURS.replace("2.5", "99")), power()),
            plan(written("third.csv", HOURS.replace("03-02", "03-04")), power()),
        ]

        found = imported(strict_url, plans)

        assert [file.plan.path.name for file in found.files] == ["first.csv", "third.csv"]
        [(path, error)] = found.failures
        assert (path.name, isinstance(error, QueryFailed)) == ("second.csv", True)
        assert stored(strict_url)[0] == 6
        refreshed = rows(strict_url, "SELECT sum(energy_kwh_sum) FROM enms.energy_readings_1hour")
        assert refreshed == [(15.0,)]

    @pytest.mark.usefixtures("strict_url")
    def test_each_is_an_object_of_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        written("a.csv")
        written("b.csv", LATER_HOURS.replace("2.5", "99"))
        written("plant.yaml", MAPPING)
        assert main(["import", "--map", "plant.yaml", "--json"]) == 1
        captured = capsys.readouterr()
        first, second = map(json.loads, captured.out.splitlines())
        assert first["targets"][0]["stored"] == 3
        assert second["file"] == "b.csv"
        assert "refused a statement" in second["error"]
        assert "b.csv: the energy database refused a statement" in captured.err

    def test_a_use_that_cannot_be_registered_leaves_the_report(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        execute(empty_url, "ALTER TABLE seus ADD CHECK (name <> 'Pressing')")
        written("press.csv")
        assert main(["import", "press.csv", *WORKS, "--seu", "Pressing"]) == 1
        captured = capsys.readouterr()
        assert "  3 stored now, 0 were there already" in captured.out
        assert "the files are stored, but not everything was done after them" in captured.err


class TestJsonOfAFailedCheck:
    """`--json` printed nothing where a file was refused before the first was stored."""

    def test_a_file_without_a_header_is_told(self, capsys: pytest.CaptureFixture[str]) -> None:
        written("nohead.csv", HOURS.partition("\n")[2])
        assert main(["import", "nohead.csv", *WORKS, "--json"]) == 1
        [told] = map(json.loads, capsys.readouterr().out.splitlines())
        assert told["file"] == "nohead.csv"
        assert "a header is needed" in told["error"]
        assert (told["rejects_file"], told["rejections"]) == (None, [])

    def test_of_a_mapping_the_file_is_told_and_else_the_mapping(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        written("a.csv")
        written("b.csv", HOURS.replace("kWh", "gas"))
        written("plant.yaml", MAPPING)
        assert main(["import", "--map", "plant.yaml", "--json"]) == 1
        written("plant.yaml", MAPPING.replace("stamp:", "stump:"))
        assert main(["import", "--map", "plant.yaml", "--json"]) == 1
        of_file, of_mapping = map(json.loads, capsys.readouterr().out.splitlines())
        assert (of_file["file"], "'kWh'" in of_file["error"]) == ("b.csv", True)
        assert (of_mapping["file"], "stump" in of_mapping["error"]) == ("plant.yaml", True)


class TestNamesThatAreNoUtf8:
    """The name of such a file went as it was into the audit log, which refused it at the end."""

    NAME = os.fsdecode(b"Z\xe4hler.csv")

    def test_the_file_is_stored_and_told(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        written(self.NAME)
        assert main(["import", self.NAME, *WORKS]) == 0
        assert main(["import", self.NAME, *WORKS, "--json"]) == 0
        out = capsys.readouterr().out
        assert out.startswith("Z\\udce4hler.csv\n")
        assert json.loads(out.splitlines()[-1])["file"] == self.NAME
        names = rows(empty_url, "SELECT after->>'file' FROM audit_log WHERE what = 'import'")
        assert set(names) == {("Z\\udce4hler.csv",)}


class TestFactoryWithoutAZone:
    """An adopted database may have factories without a time zone: that ended in a traceback."""

    @pytest.fixture(autouse=True)
    def _factory(self, empty_url: str) -> None:
        execute(empty_url, "ALTER TABLE factories ALTER timezone DROP NOT NULL")
        execute(empty_url, "INSERT INTO factories (name, timezone) VALUES ('Works', NULL)")
        written("press.csv")

    def test_it_has_to_be_said(self, capsys: pytest.CaptureFixture[str], empty_url: str) -> None:
        assert main(["import", "press.csv", *ARGUMENTS]) == 1
        assert "factory 'Works' has no time zone: say it" in capsys.readouterr().err
        assert stored(empty_url)[0] == 0

    def test_the_one_that_is_said_is_registered(
        self, capsys: pytest.CaptureFixture[str], empty_url: str
    ) -> None:
        assert main(["import", "press.csv", *WORKS]) == 0
        assert "Europe/Berlin" in capsys.readouterr().out
        assert rows(empty_url, "SELECT timezone FROM factories") == [("Europe/Berlin",)]
        [(first,)] = rows(empty_url, "SELECT min(time) AT TIME ZONE 'UTC' FROM energy_readings")
        assert str(first) == "2026-03-01 23:00:00"


class TestTwoColumnsForOnePlace:
    """Two columns of pieces by flags: with --replace the second took the place of the first, and
    both were told to be stored. Only mappings were looked at."""

    TEXT = "time,kWh,A,B\n2026-03-02 00:00,1.5,1,2\n2026-03-02 01:00,2.5,3,4\n"

    def test_they_are_refused(self, capsys: pytest.CaptureFixture[str], empty_url: str) -> None:
        written("p.csv", self.TEXT)
        also = ("--also", "production", "A", "B", "--replace")
        assert main(["import", "p.csv", *WORKS, *also]) == 1
        assert "columns 'A' and 'B' go to one place" in capsys.readouterr().err
        assert stored(empty_url) == (0, 0, 0, 0)

    def test_a_source_may_be_spelled_in_two_ways(self, empty_url: str) -> None:
        gas = [
            type(power())(column=column, machine="Press-3", source=source, unit="m³")
            for column, source in (("A", "natural gas"), ("B", "Natural_Gas"))
        ]
        with pytest.raises(ImportFailed, match="'A' and 'B' go to one place"):
            imported(empty_url, [plan(written("p.csv", self.TEXT), *gas)])

    def test_other_places_are_no_matter(self, empty_url: str) -> None:
        targets = (
            power(column="kWh"),
            ProductionTarget(column="A", machine="Press-3"),
            ProductionTarget(column="B", machine="Oven"),
            WeatherTarget(column="B", unit="°C", quantity="outdoor_temp_c"),
        )
        found = imported(empty_url, [plan(written("p.csv", self.TEXT), *targets)])
        assert [each.stored for each in found.files[0].report.targets] == [2, 2, 2, 2]


class Meanwhile(Unattended):
    """Somebody else does something between the check and the storing."""

    def __init__(self, act: Callable[[], object]) -> None:
        self._act = act

    def accept(self, guessed: Guessed) -> None:
        other = threading.Thread(target=self._act)
        other.start()
        other.join()


class TestTwoImportsAtOnce:
    """Both found no use of that name; the first made it, and the machine of the second was left
    out of it without a word."""

    SITE = Site(name="Works", timezone="Europe/Berlin")

    def wanted(self, machine: str) -> FilePlan:
        return plan(written("press.csv"), power(machine, seu="Presses"), site=self.SITE)

    def test_a_machine_that_came_too_late_is_told(self, empty_url: str) -> None:
        other = Meanwhile(lambda: imported(empty_url, [self.wanted("Oven")]))

        found = imported(empty_url, [self.wanted("Press-3")], other)

        assert (len(found.files), found.seus) == (1, [])
        assert found.faults == ["SEU 'Presses' is registered without Press-3"]

    def test_one_waits_for_the_other(self, empty_url: str) -> None:
        async def both(store: Store) -> list[object]:
            made = (make_seus(store.registers, [self.wanted(each)]) for each in ("Oven", "Saw"))
            return await asyncio.gather(*made, return_exceptions=True)

        execute(empty_url, "INSERT INTO factories (name, timezone) VALUES ('Works', 'UTC')")
        outcomes = run_on(empty_url, both)

        assert sorted(type(each).__name__ for each in outcomes) == ["ImportFailed", "list"]
        assert len(rows(empty_url, "SELECT FROM seus")) == 1
