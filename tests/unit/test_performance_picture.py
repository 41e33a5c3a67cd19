"""The picture of an analysis: what is drawn, and that it is the same each time."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import datetime, timezone
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from enms_core.analysis.cusum import cusum
from enms_core.analysis.hourly_table import DriverSpec, HourlyTable
from enms_core.analysis.performance_rows import MOST_HOURS, performance_rows
from enms_core.domain.baseline import Equation, Model, Term
from enms_core.domain.causes import Cause, Contribution, Finding
from enms_core.language.files import languages, load_language
from enms_core.pictures import panels
from enms_core.pictures.performance_picture import PerformanceLabels, performance_picture

FIRST_HOUR = 490_000
MODEL = Model(Equation("hour", 10.0, (Term("pieces", 2.0),)))
LABELS = PerformanceLabels(
    title="Press-3 electricity",
    facts="2026-11-09 to 2026-11-15",
    unit="kWh",
    per_sample="per hour",
    actual="actual use",
    expected="expected use",
    scatter="normal scatter",
    cusum="sum of actual − expected",
    changed="changed",
    usual="as usual",
    rest="not explained",
    drivers={"pieces": "pieces made"},
)
FINDING = Finding(
    suspicion="leak",
    since=datetime(2025, 12, 1, tzinfo=timezone.utc),
    per_hour=1.0,
    per_week=168.0,
    lower=150.0,
    upper=180.0,
    confidence_percent=95.0,
    percent=5.0,
    confidence=0.9,
)
CAUSE = Cause(100.0, (Contribution("pieces", 12.5, 3.0, 2.0),), -2.5, findings=(FINDING,))


def table(hours: int) -> HourlyTable:
    """One piece an hour, so 12 are expected; 13 are used."""
    return HourlyTable(
        hours=np.arange(FIRST_HOUR, FIRST_HOUR + hours),
        local_day=np.arange(hours) // 24,
        quantity=np.full(hours, 13.0),
        is_complete=np.ones(hours, dtype=bool),
        is_backfilled=np.zeros(hours, dtype=bool),
        running=np.ones(hours),
        is_stopped=np.zeros(hours, dtype=bool),
        drivers={"pieces": np.ones(hours)},
        specs={"pieces": DriverSpec("pieces", is_production=True)},
    )


def test_hours_of_a_short_period_are_shown_one_by_one() -> None:
    rows = performance_rows(MODEL, table(100), FIRST_HOUR + 90, FIRST_HOUR + 100)

    assert rows.grain == "hour"
    assert rows.actual.tolist() == [13.0] * 10
    assert rows.expected.tolist() == [12.0] * 10
    assert rows.cusum.values[-1] == pytest.approx(100.0)


def test_days_of_a_long_period_are_sums_of_their_hours() -> None:
    hours = MOST_HOURS + 24

    rows = performance_rows(MODEL, table(hours), FIRST_HOUR, FIRST_HOUR + hours)

    assert rows.grain == "day"
    assert rows.actual.tolist() == [24 * 13.0] * (hours // 24)
    assert rows.expected.tolist() == [24 * 12.0] * (hours // 24)
    assert rows.lower is None


def test_an_hour_without_its_driver_is_not_drawn() -> None:
    known = table(48)
    known.drivers["pieces"][5] = np.nan

    rows = performance_rows(MODEL, known, FIRST_HOUR, FIRST_HOUR + 48)

    assert len(rows.times) == 47
    assert FIRST_HOUR + 5 not in rows.times.astype(np.int64)


def test_the_cusum_is_that_of_the_whole_history() -> None:
    history = table(100)

    rows = performance_rows(MODEL, history, FIRST_HOUR + 90, FIRST_HOUR + 100)

    assert rows.cusum.values.tolist() == cusum(MODEL, history).values.tolist()


def test_a_png_is_as_large_as_a_screen_of_a_speaker() -> None:
    rows = performance_rows(MODEL, table(48), FIRST_HOUR, FIRST_HOUR + 48)

    picture = performance_picture(rows, CAUSE, LABELS, "png")

    assert Image.open(BytesIO(picture)).size == (1000, 640)
    assert picture == performance_picture(rows, CAUSE, LABELS, "png")


def test_an_svg_is_well_formed_and_the_same_each_time() -> None:
    rows = performance_rows(MODEL, table(48), FIRST_HOUR, FIRST_HOUR + 48)

    picture = performance_picture(rows, CAUSE, LABELS, "svg")

    assert ElementTree.fromstring(picture).tag.endswith("svg")
    assert picture == performance_picture(rows, CAUSE, LABELS, "svg")


def test_nothing_to_compare_is_no_picture() -> None:
    rows = performance_rows(MODEL, table(48), FIRST_HOUR + 48, FIRST_HOUR + 60)

    with pytest.raises(ValueError, match="no hours"):
        performance_picture(rows, replace(CAUSE, findings=()), LABELS, "png")


def test_numbers_beside_bars_are_as_documented() -> None:
    assert doctest.testmod(panels).failed == 0
    assert doctest.testmod(panels).attempted > 0


@pytest.mark.parametrize("lang", languages())
def test_every_word_of_the_picture_is_there(lang: str) -> None:
    words = load_language(lang).values["performance_picture"]

    assert {"actual", "expected", "scatter", "cusum", "changed", "usual", "rest"} <= set(words)
    assert {"per_hour", "per_day", "until"} <= set(words)
