"""`enms kpi` on the demo plant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.core.test_baseline_cli import NOW, Ran, enms


@pytest.fixture(scope="module", autouse=True)
def on_the_plant(plant_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("cli")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENMS_DATABASE_URL", plant_url)
        patch.setenv("ENMS_DATA_DIR", str(folder / "data"))
        yield folder


def kpi(*arguments: str) -> Ran:
    return enms("kpi", *arguments, *NOW)


def test_all_figures_of_a_machine_are_printed() -> None:
    ran = kpi("Compressor-1", "--period", "last month")

    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "2026-10-01 00:00 to 2026-11-01 00:00 Europe/Berlin"
    assert [line.split()[0] for line in lines[1:10]] == [
        "sec", "peak_demand", "load_factor", "base_load", "cost", "carbon", "operating_hours",
        "idle_share", "availability",
    ]  # fmt: skip


def test_a_period_in_words_is_the_one_between_its_days() -> None:
    said = kpi("compressor-1", "--metric", "sec", "--period", "last month", "--json")
    between = kpi(
        "Compressor-1", "--metric", "sec", "--from", "2026-10-01", "--to", "2026-10-31", "--json"
    )

    assert said.objects == between.objects
    [told] = said.objects
    assert told["kpis"][0]["unit"] == "kWh/unit"
    assert told["period"] == {
        "start": "2026-10-01T00:00:00+02:00",
        "end": "2026-11-01T00:00:00+01:00",
    }


def test_times_are_to_the_minute_and_a_running_period_ends_now() -> None:
    ran = kpi("Boiler-1", "--metric", "cost", "--from", "2026-11-17T06:30", "--json")

    [told] = ran.objects
    assert told["period"]["start"] == "2026-11-17T06:30:00+01:00"
    assert told["period"]["end"] == "2026-11-18T10:07:30+01:00"


def test_a_factory_and_everything_are_scopes_too() -> None:
    site = kpi("european production facility", "--metric", "base_load", "--json")
    everything = kpi("--metric", "base_load", "--json")

    assert len(site.objects[0]["by_machine"]) == 2
    assert len(everything.objects[0]["by_machine"]) == 11
    assert json.dumps(site.objects[0]["kpis"]) != json.dumps(everything.objects[0]["kpis"])


def test_one_source_can_be_named() -> None:
    ran = kpi("Boiler-1", "--metric", "load_factor", "--source", "Natural Gas", "--json")

    assert {each["energy_source"] for each in ran.objects[0]["kpis"]} == {"natural_gas"}


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("HVAC-Main", "--metric", "sec"), "none of it can be told"),
        (("Compressor-1", "--period", "in 2019"), "there are no readings in this period"),
    ],
)
def test_without_a_figure_the_code_is_1(arguments: tuple[str, ...], reason: str) -> None:
    ran = kpi(*arguments)

    assert ran.code == 1
    assert reason in ran.err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("Turbine-2",), "no machine is named 'Turbine-2'; there are Boiler-1"),
        (("--source", "hydrogen"), "no energy source is named 'hydrogen'"),
        (("--period", "last mnth"), "'last mnth' is no period"),
        (("--period", "today", "--from", "2026-11-01"), "not both"),
        (("--to", "2026-11-01"), "--to needs --from"),
        (("--from", "2026-11-01T06:00:30"), "times are told by the minute"),
        (("--from", "2026-11-10", "--to", "2026-11-01"), "there is no such period"),
    ],
)
def test_wrong_usage_is_told_with_the_reason(arguments: tuple[str, ...], reason: str) -> None:
    ran = kpi(*arguments)

    assert ran.code == 2
    assert reason in ran.err
