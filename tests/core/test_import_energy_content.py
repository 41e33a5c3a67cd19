"""Files in a unit of energy for sources that are metered as a volume or a mass."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from enms_cli.main import main
from tests.core.conftest import execute, rows, stored

# 36 MJ are 10 kWh.
GAS = "time,Gas (MJ)\n2026-03-02 00:00,36\n2026-03-02 01:00,72\n2026-03-02 02:00,18\n"
FLAGS = ("--machine", "Oven", "--source", "natural gas", "--factory", "Works",
         "--timezone", "Europe/Berlin", "--kind", "interval")  # fmt: skip
USED = "SELECT sum(consumption_m3) FROM natural_gas_readings"
CONTENT = "SELECT kwh_per_unit FROM energy_sources WHERE name = 'natural_gas'"


@pytest.fixture(autouse=True)
def _here(empty_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", empty_url)
    monkeypatch.setenv("ENMS_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    Path("gas.csv").write_text(GAS, encoding="utf-8")


def set_content(url: str, kwh: float) -> None:
    execute(url, "UPDATE energy_sources SET kwh_per_unit = %s WHERE name = 'natural_gas'", kwh)


def test_without_an_energy_content_the_message_says_how_to_say_it(
    capsys: pytest.CaptureFixture[str], empty_url: str
) -> None:
    """It said only that MJ cannot be converted to m³."""
    assert main(["import", "gas.csv", *FLAGS]) == 1
    assert (
        "gas.csv: MJ becomes m³ by the energy in one m³, which natural_gas does not tell; "
        "an import may say it by --kwh-per-unit (kwh_per_unit of a column)"
    ) in capsys.readouterr().err
    assert stored(empty_url) == (0, 0, 0, 0)


def test_the_one_that_is_said_converts_is_told_and_stays_out_of_the_source(
    capsys: pytest.CaptureFixture[str], empty_url: str
) -> None:
    assert main(["import", "gas.csv", *FLAGS, "--kwh-per-unit", "12.5"]) == 0
    assert "  converted from MJ with 12.5 kWh per m³, as told" in capsys.readouterr().out
    assert main(["import", "gas.csv", *FLAGS, "--kwh-per-unit", "12.5", "--json"]) == 0
    [target] = json.loads(capsys.readouterr().out)["targets"]
    assert (target["kwh_per_unit"], target["unchanged"]) == (12.5, 3)
    assert rows(empty_url, USED) == [(pytest.approx(35 / 12.5),)]
    assert rows(empty_url, CONTENT) == [(None,)]
    told = rows(empty_url, "SELECT after->'kwh_per_unit' FROM audit_log WHERE what = 'import'")
    assert told == [(12.5,)] * 2


def test_a_power_becomes_a_rate_of_volume(empty_url: str) -> None:
    Path("gas.csv").write_text(GAS.replace("Gas (MJ)", "Gas (kW)"), encoding="utf-8")
    flags = (*FLAGS, "--kind", "power", "--stamp", "start", "--kwh-per-unit", "9")
    assert main(["import", "gas.csv", *flags]) == 0
    assert rows(empty_url, USED) == [(pytest.approx((36 + 72 + 18) / 9),)]


def test_a_mapping_says_it_too(empty_url: str) -> None:
    Path("plant.yaml").write_text(
        """
factory: {name: Works, timezone: Europe/Berlin}
files:
  - path: gas.csv
    columns:
      - {column: Gas (MJ), machine: Oven, source: natural gas, kwh_per_unit: 10}
""",
        encoding="utf-8",
    )
    assert main(["import", "--map", "plant.yaml"]) == 0
    assert rows(empty_url, USED) == [(pytest.approx(3.5),)]


def test_another_than_the_source_s_own_is_refused_and_the_same_is_none(
    capsys: pytest.CaptureFixture[str], empty_url: str
) -> None:
    set_content(empty_url, 10.5)
    assert main(["import", "gas.csv", *FLAGS, "--kwh-per-unit", "12.5"]) == 1
    assert "natural_gas has 10.5 kWh in one m³, not 12.5" in capsys.readouterr().err
    assert main(["import", "gas.csv", *FLAGS, "--kwh-per-unit", "10.5"]) == 0
    assert rows(empty_url, USED) == [(pytest.approx(35 / 10.5),)]


@pytest.mark.parametrize("header", ["Gas (l)", "Gas"])
def test_one_that_is_of_no_use_is_refused(
    capsys: pytest.CaptureFixture[str], empty_url: str, header: str
) -> None:
    Path("gas.csv").write_text(GAS.replace("Gas (MJ)", header), encoding="utf-8")
    flags = (*FLAGS, "--value-column", header, "--kwh-per-unit", "12.5")
    assert main(["import", "gas.csv", *flags]) == 1
    assert "no --kwh-per-unit stands between" in capsys.readouterr().err
    assert stored(empty_url) == (0, 0, 0, 0)
