"""`enms analyze` and `enms opportunities` on the demo plant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import psycopg
import pytest

from tests.conftest import forget_baselines
from tests.core.test_baseline_cli import NOW, Ran, enms

SEU = "Compressor-1 electricity"


@pytest.fixture(scope="module", autouse=True)
def on_the_plant(plant_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The plant, where all SEUs but the conveyor's have a baseline; they are taken away again."""
    folder = tmp_path_factory.mktemp("cli")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENMS_DATABASE_URL", plant_url)
        patch.setenv("ENMS_DATA_DIR", str(folder / "data"))
        enms("train", "--all", "--json", *NOW)
        with psycopg.connect(plant_url) as connection:
            connection.execute(
                "DELETE FROM energy_baselines WHERE seu_id ="
                " (SELECT id FROM seus WHERE name = 'Conveyor-A electricity')"
            )
        yield folder
    forget_baselines(plant_url)


def analyze(*arguments: str) -> Ran:
    return enms("analyze", *arguments, *NOW)


def test_one_seu_is_compared_and_explained() -> None:
    ran = analyze("Compressor-1", "--source", "electricity", "--period", "last week", "--json")

    assert (ran.code, ran.err) == (0, "")
    [told] = ran.objects
    [part] = told["parts"]
    assert part["seu"] == SEU
    assert part["deviation"] == pytest.approx(part["actual"] - part["expected"])
    assert part["deviation_percent"] == pytest.approx(100 * part["deviation"] / part["expected"])
    cause = part["cause"]
    added = cause["usual"] + sum(each["quantity"] for each in cause["contributions"])
    assert added + cause["rest"] == pytest.approx(part["actual"])
    assert cause["rest"] == pytest.approx(part["deviation"])
    assert [each["suspicion"] for each in cause["findings"]] == ["leak"]


def test_what_is_compared_is_what_the_database_has(plant_connection: psycopg.Connection) -> None:
    ran = analyze("Compressor-1", "--source", "electricity", "--period", "last week", "--json")

    [part] = ran.objects[0]["parts"]
    period = ran.objects[0]["period"]
    (total,) = plant_connection.execute(
        "SELECT sum(r.energy_kwh) FROM energy_readings AS r JOIN machines AS m ON m.id ="
        " r.machine_id WHERE m.name = 'Compressor-1' AND r.time >= %s AND r.time < %s",
        (datetime.fromisoformat(period["start"]), datetime.fromisoformat(period["end"])),
    ).fetchone()
    assert part["actual"] + part["actual_elsewhere"] == pytest.approx(total, rel=1e-9)


def test_everything_is_told_per_seu_and_source_and_what_has_no_baseline() -> None:
    ran = analyze("--period", "yesterday")

    assert ran.code == 0
    assert "without an active baseline: Conveyor-A electricity" in ran.out
    assert "all of electricity:" in ran.out
    assert "all of natural_gas:" in ran.out
    assert "Compressor-1 compressed air" not in ran.out


def test_why_tells_what_adds_up() -> None:
    ran = analyze("Compressor-1", "--source", "electricity", "--period", "last week", "--why")

    lines = ran.out.splitlines()
    assert f"{SEU}, why:" in lines
    assert any(line.startswith("  leak since 2026-") for line in lines)
    assert any(line.startswith("  not explained") for line in lines)


@pytest.mark.parametrize(
    ("arguments", "code", "reason"),
    [
        (("Conveyor-A",), 1, "has no active baseline; train one: enms train"),
        (("Compressor-1", "--period", "next week"), 1, "begun"),
        (("Compressor-1", "--plot", "a.gif"), 2, "must end in .png or .svg"),
        (("Turbine-2",), 2, "no machine is named 'Turbine-2'"),
        (("--period", "gibberish"), 2, "is no period"),
    ],
)
def test_what_cannot_be_analysed_is_told_in_a_line(
    arguments: tuple[str, ...], code: int, reason: str
) -> None:
    ran = analyze(*arguments)

    assert ran.code == code
    assert reason in ran.err
    assert len(ran.err.splitlines()) == 1


def test_a_picture_is_drawn_of_one_seu(tmp_path: Path) -> None:
    path = tmp_path / "analysis.png"

    ran = analyze("Compressor-1", "--source", "electricity", "--plot", str(path))

    assert ran.code == 0
    assert path.read_bytes().startswith(b"\x89PNG")


def test_a_picture_of_several_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "analysis.png"

    ran = analyze("--period", "yesterday", "--plot", str(path))

    assert ran.code == 1
    assert "--plot draws one SEU" in ran.err
    assert not path.exists()


def test_the_planted_troubles_are_the_opportunities() -> None:
    ran = enms("opportunities", "--json", *NOW)

    assert ran.code == 0
    [told] = ran.objects
    found = {(each["seu"], each["kind"], each["suspicion"]) for each in told["opportunities"]}
    assert {each for each in found if each[1] != "peak"} == {
        ("HVAC-Main electricity", "schedule", "schedule"),
        ("Boiler-1 natural gas", "wear", "wear"),
        (SEU, "extra_load", "leak"),
        ("Hydraulic-Pump-1 electricity", "idle", "standby"),
    }
    assert [each["seu"] for each in told["without_baseline"]] == ["Conveyor-A electricity"]


def test_opportunities_are_printed_with_their_total() -> None:
    ran = enms("opportunities", *NOW)

    assert ran.code == 0
    assert "all of electricity, no hour twice:" in ran.out
    assert "without an active baseline, so only rules of hours: Conveyor-A electricity" in ran.out
