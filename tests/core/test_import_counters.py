"""Counters: files of a register that goes up become readings, and lose no kilowatt hour between."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import accumulate
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from tests.core.conftest import PRESS, Import, import_path, rows

READINGS = "SELECT time, energy_kwh, is_estimated FROM energy_readings ORDER BY time"
QUARTER = timedelta(minutes=15)
START = datetime(2026, 3, 2, tzinfo=timezone.utc)
COUNTER = replace(PRESS, kind="counter", unit="kWh", interval=QUARTER)

Sample = tuple[datetime, float]


def lines(samples: Sequence[Sample]) -> list[str]:
    return [f"{moment:%Y-%m-%dT%H:%M:%SZ},{value!r}" for moment, value in samples]


def used(url: str) -> list[object]:
    return [row[1] for row in rows(url, READINGS)]


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


class TestOneFile:
    def test_differences_become_readings_of_the_interval_that_they_end(
        self, imported: Import, empty_url: str
    ) -> None:
        report = imported(lines([(at(0), 100.0), (at(0.25), 101.5), (at(0.5), 104.0)]), COUNTER)
        assert rows(empty_url, READINGS) == [(at(0), 1.5, False), (at(0.25), 2.5, False)]
        assert (report.rows, report.stored, report.quantity) == (2, 2, 4.0)

    def test_the_register_s_unit_becomes_the_source_s(
        self, imported: Import, empty_url: str
    ) -> None:
        megawatt_hours = replace(COUNTER, unit="MWh")
        imported(lines([(at(0), 5.0), (at(0.25), 5.001), (at(0.5), 5.003)]), megawatt_hours)
        assert used(empty_url) == pytest.approx([1.0, 2.0])

    def test_the_meter_is_registered_as_what_it_is(self, imported: Import, empty_url: str) -> None:
        imported(lines([(at(0), 5.0), (at(0.25), 6.0)]), replace(COUNTER, register_digits=6))
        told = rows(
            empty_url,
            "SELECT kind, unit, nominal_interval_seconds, register_digits, valid_from FROM meters",
        )
        assert told == [("counter", "kWh", 900, 6, at(0))]

    def test_a_roll_over_is_use_and_a_reset_is_a_gap_and_both_are_told(
        self, imported: Import, empty_url: str
    ) -> None:
        values = [9990.0, 9995.0, 9999.0, 3.0, 8.0, 11.0, 16.0, 0.0, 2.0, 7.0]
        samples = [(at(n / 4), value) for n, value in enumerate(values)]
        report = imported(lines(samples), replace(COUNTER, register_digits=4))
        assert used(empty_url) == [5.0, 4.0, 4.0, 5.0, 3.0, 5.0, 2.0, 5.0]
        assert [(each.code, each.quantity) for each in report.remarks] == [
            ("roll_over", 4.0),
            ("reset", None),
        ]
        assert (report.missing_intervals, report.gaps) == (1, [(at(1.5), at(1.75))])

    def test_how_much_can_be_used_may_be_told(self, imported: Import, empty_url: str) -> None:
        """A batch machine, which mostly stands: its three quarters of 60 kWh are told as jumps,
        and only people know that they are none."""
        amounts = [60.0 if n in (300, 301, 302) else 0.5 * (n % 50 == 0) for n in range(600)]
        register = accumulate(amounts, initial=100.0)
        written = lines([(at(n / 4), value) for n, value in enumerate(register)])
        doubtful = imported(written, COUNTER)
        assert [each.code for each in doubtful.remarks] == ["jump"] * 3
        told = imported(written, replace(COUNTER, highest_rate=240.0))
        assert (told.remarks, told.stored) == ([], doubtful.missing_intervals)
        assert told.quantity == sum(amounts)
        assert used(empty_url) == amounts

    def test_what_can_be_used_is_told_in_the_source_s_unit(self, imported: Import) -> None:
        amounts = [0.06 if n in (300, 301, 302) else 0.0005 * (n % 50 == 0) for n in range(600)]
        register = accumulate(amounts, initial=100.0)
        written = lines([(at(n / 4), value) for n, value in enumerate(register)])
        megawatt_hours = replace(COUNTER, unit="MWh")
        low = imported(written, replace(megawatt_hours, highest_rate=239.0), dry_run=True)
        high = imported(written, replace(megawatt_hours, highest_rate=241.0), dry_run=True)
        assert ([each.code for each in low.remarks], high.remarks) == (["jump"] * 3, [])

    def test_samples_in_any_order_and_told_twice_make_the_same_readings(
        self, imported: Import, empty_url: str
    ) -> None:
        written = lines([(at(n / 4), 100.0 + n * n) for n in range(40)])
        report = imported([*written[20:], *written[:25]], COUNTER)
        assert (report.rows, report.duplicates, report.quantity) == (39, 5, 39.0**2)
        assert used(empty_url) == [2.0 * n + 1 for n in range(39)]

    def test_readings_that_contradict_stored_ones_are_refused(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(lines([(at(n / 4), 100.0 + n) for n in range(5)]), COUNTER)
        with pytest.raises(ImportFailed, match="another value is stored") as caught:
            imported(lines([(at(n / 4), 100.0 + 2 * n) for n in range(5)]), COUNTER)
        assert caught.value.line == 2
        assert used(empty_url) == [1.0] * 4


class TestFilesThatGoOn:
    """What is used between the last sample of a file and the first of the next belongs to both."""

    FIRST = ((at(0), 10.0), (at(0.25), 11.0), (at(0.5), 13.0))
    NEXT = ((at(0.75), 16.0), (at(1), 20.0))

    @pytest.mark.parametrize("order", [(FIRST, NEXT), (NEXT, FIRST)], ids=["on", "back"])
    def test_the_interval_between_two_files_is_there_in_either_order(
        self, imported: Import, empty_url: str, order: Sequence[Sequence[Sample]]
    ) -> None:
        for samples in order:
            imported(lines(samples), COUNTER)
        assert used(empty_url) == [1.0, 2.0, 3.0, 4.0]

    def test_the_same_file_again_changes_nothing(self, imported: Import, empty_url: str) -> None:
        for samples in (self.FIRST, self.NEXT):
            imported(lines(samples), COUNTER)
        before = rows(empty_url, READINGS), rows(empty_url, "TABLE enms.counter_samples")
        for samples in (self.FIRST, self.NEXT):
            again = imported(lines(samples), COUNTER)
            assert (again.stored, again.replaced, again.rejections) == (0, 0, [])
        assert before == (
            rows(empty_url, READINGS),
            rows(empty_url, "TABLE enms.counter_samples"),
        )

    def test_a_long_silence_between_two_files_is_a_gap_whose_use_is_told(
        self, imported: Import, empty_url: str
    ) -> None:
        imported(lines(self.FIRST), COUNTER)
        report = imported(lines([(at(5), 40.0), (at(5.25), 41.0)]), COUNTER)
        assert [(each.code, each.quantity, each.start) for each in report.remarks] == [
            ("gap_left", 27.0, at(0.5))
        ]
        assert used(empty_url) == [1.0, 2.0, 1.0]

    def test_a_readings_file_is_no_neighbour(self, imported: Import, empty_url: str) -> None:
        imported(("2026-03-02T00:00:00Z,1.0", "2026-03-02T00:15:00Z,2.0"))
        imported(lines(self.NEXT), COUNTER)
        assert used(empty_url) == [1.0, 2.0, 4.0]


def many_samples(chance: random.Random, jitter_s: int) -> list[Sample]:
    """Four days of a counter read each ten minutes, some seconds late."""
    moments = [
        at(n / 6) + timedelta(seconds=chance.randint(0, jitter_s)) for n in range(4 * 24 * 6)
    ]
    return list(zip(moments, accumulate(chance.uniform(1, 9) for _ in moments), strict=True))


def pieces(chance: random.Random, samples: list[Sample]) -> list[list[Sample]]:
    """A series cut into files, some of which overlap, in any order.

    None has less than five samples: a single one that is missing is no gap, but a late sample.
    """
    cuts = sorted(chance.sample(range(5, len(samples) - 4, 5), 7))
    files = [
        samples[max(0, first - chance.choice((0, 0, 1, 30))) : last]
        for first, last in zip([0, *cuts], [*cuts, len(samples)], strict=True)
    ]
    chance.shuffle(files)
    return files


@pytest.mark.parametrize("jitter_s", [0, 45])
@pytest.mark.parametrize("seed", range(5))
def test_a_series_in_any_pieces_is_the_series_in_one(
    imported: Import, empty_url: str, later_url: str, tmp_path: Path, seed: int, jitter_s: int
) -> None:
    chance = random.Random(seed)
    samples = many_samples(chance, jitter_s)
    files = pieces(chance, samples)
    for file in [*files, files[0]]:
        assert imported(lines(file), COUNTER).rejections == []

    whole = tmp_path / "whole.csv"
    whole.write_text("\n".join(("time,value", *lines(samples))))
    import_path(later_url, whole, COUNTER)
    assert_same(rows(empty_url, READINGS), rows(later_url, READINGS))
    total = sum(row[1] for row in rows(later_url, READINGS))  # type: ignore[misc]
    assert total == pytest.approx(
        samples[-1][1] - samples[0][1], abs=30
    )  # the ends are no whole intervals


def assert_same(told: list[tuple[object, ...]], wanted: list[tuple[object, ...]]) -> None:
    """Whether readings are the same but for what a float cannot hold."""
    assert [(start, is_estimated) for start, _, is_estimated in told] == [
        (start, is_estimated) for start, _, is_estimated in wanted
    ]
    assert [row[1] for row in told] == pytest.approx([row[1] for row in wanted], rel=1e-9)
