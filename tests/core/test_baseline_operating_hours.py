"""Operating hours as a driver: they vary over days, and over hours of running in part."""

from __future__ import annotations

import json

import pytest

from enms_cli.main import main
from tests.conftest import PLANT_NOW

SEU = "Conveyor-A electricity"


@pytest.mark.parametrize("grain", ["hour", "day"])
def test_operating_hours_can_be_named_beside_the_production(
    trainable_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    grain: str,
) -> None:
    monkeypatch.setenv("ENMS_DATABASE_URL", trainable_url)
    drivers = ("--drivers", "production_count,operating_hours")

    code = main(
        ["train", SEU, "--grain", grain, *drivers, "--json", "--now", PLANT_NOW.isoformat()]
    )

    told = json.loads(capsys.readouterr().out)
    assert (code, told["outcome"]) == (0, "answered")
    named = [each["driver"] for each in told["baseline"]["drivers"]]
    assert named == ["production_count", "operating_hours"]
    # A line of orders: days differ by their hours of running, whole hours do not.
    chance = told["baseline"]["drivers"][1]["statistics"]["p_value"]
    assert grain == "hour" or chance < 0.05
