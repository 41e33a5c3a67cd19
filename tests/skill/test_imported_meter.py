"""A meter's own file, imported and asked about through OVOS."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pytest

from enms_core.domain.imports import Site
from tests.core.import_runs import imported, plan, power
from tests.skill.conftest import Croft

STEEL = Path(__file__).parents[3] / "shared/data/steel/steel_industry_2018.csv.gz"


@pytest.mark.skipif(not STEEL.exists(), reason="the real file is not beside this checkout")
def test_the_steel_plant_s_march_is_told_with_its_true_number(croft: Croft, empty_url: str) -> None:
    works = Site(name="Gwangyang", timezone="Asia/Seoul")
    target = power("Steel plant", column="Usage_kWh")
    imported(empty_url, [plan(STEEL, target, site=works, stamp="end")])

    with croft.settings(database_url=empty_url):
        heard = croft.hear("how much energy did the steel plant use in march 2018", session="steel")

    assert heard.values()["values"][0]["value"] == pytest.approx(march_kwh(), rel=1e-9)
    assert heard.speech == [
        "Steel plant used eighty point two megawatt hours of electricity in March twenty eighteen."
    ]


def march_kwh() -> float:
    """March of the file by hand: stamps are ends of intervals, 0:00 stands last in its day."""
    with gzip.open(STEEL, "rt", encoding="utf-8-sig") as file:
        return sum(
            float(row["Usage_kWh"]) for row in csv.DictReader(file) if row["date"][3:8] == "03/18"
        )
