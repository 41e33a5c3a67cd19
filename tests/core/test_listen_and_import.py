"""A counter that is listened to and a file of it: what was used between the two is not lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from enms_core.domain.imports import Site
from tests.core.import_runs import imported, plan, power
from tests.core.listen_runs import NINE, kept, line, quarters, readings

FORGE = Site(name="Forge", timezone="Europe/Berlin")


def total_wh(minute: int) -> int:
    """How far the counter is: 100 Wh in each minute."""
    return 1_000_000 + 100 * minute


def listened(url: str, folder: Path, first: int, last: int) -> None:
    """Messages of every five minutes, each a batch of its own."""
    for minute in range(first, last + 1, 5):
        at = NINE + timedelta(minutes=minute)
        sent = line(
            "plant/Lathe-1/counter",
            ts=f"{at.isoformat()}Z",
            total={"Wh": total_wh(minute)},
            serial="",
        )
        report = kept(url, [sent], folder)
        assert (report.stored, report.refusals, report.remarks) == (1, [], [])


def filed(url: str, folder: Path, first: int, last: int) -> None:
    """A file of every five minutes."""
    path = folder / "counter.csv"
    lines = [
        f"{(NINE + timedelta(minutes=minute)).isoformat()}Z,{total_wh(minute)}"
        for minute in range(first, last + 1, 5)
    ]
    path.write_text("\n".join(["time,total", *lines]))
    target = power(
        "Lathe-1", column="total", unit="Wh", kind="counter", interval=timedelta(minutes=15)
    )
    imported(url, [plan(path, target, site=FORGE)])


@pytest.mark.parametrize("is_file_first", [True, False])
def test_what_goes_on_where_the_other_ended_loses_nothing(
    is_file_first: bool, empty_url: str, tmp_path: Path
) -> None:
    earlier, later = (filed, listened) if is_file_first else (listened, filed)
    earlier(empty_url, tmp_path, 0, 70)
    later(empty_url, tmp_path, 75, 135)
    assert readings(empty_url, "Lathe-1") == pytest.approx(quarters(*[1.5] * 9))


def test_a_file_of_the_time_before_listening_is_joined_to_it(
    empty_url: str, tmp_path: Path
) -> None:
    listened(empty_url, tmp_path, 70, 135)
    filed(empty_url, tmp_path, 0, 65)
    assert readings(empty_url, "Lathe-1") == pytest.approx(quarters(*[1.5] * 9))
