"""A file as series: each row is a value at its instant, an empty cell, or a rejection."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from enms_core.analysis.import_chunk import FileChunk, TargetChunk
from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    Reason,
    RowFilter,
    Site,
    StatusTarget,
    TableFormat,
    Target,
    WeatherTarget,
)
from enms_core.files import series

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
QUARTER = timedelta(minutes=15)
FORMAT = TableFormat(
    encoding="utf-8",
    delimiter=",",
    decimal=".",
    time_column="time",
    time_format="ISO 8601",
    stamp="start",
    is_descending=False,
)
ENERGY = ReadingsTarget(
    column="kWh", machine="Press", source="electricity", kind="interval", interval=HOUR
)
Read = Callable[..., list[FileChunk]]
Rows = Callable[..., list[TargetChunk]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Lines, a header first, as the chunks of a file."""

    def read_lines(
        lines: Sequence[str], *targets: Target, table_format: TableFormat = FORMAT
    ) -> list[FileChunk]:
        path = tmp_path / "meter.csv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        plan = FilePlan(path=path, site=Site(), format=table_format, targets=targets or [ENERGY])
        return list(series.read(plan, BERLIN))

    return read_lines


def only(chunks: list[FileChunk], target: int = 0) -> TargetChunk:
    (chunk,) = chunks
    return chunk.targets[target]


def starts(chunk: TargetChunk) -> list[str]:
    return [str(each)[:16] for each in chunk.instants]


def reasons(chunk: TargetChunk) -> list[tuple[int, Reason, str, str]]:
    return [(each.line, each.reason, each.column, each.text) for each in chunk.rejections]


class TestRows:
    def test_each_row_is_a_value_an_empty_cell_or_a_rejection(self, read: Read) -> None:
        chunk = only(
            read([
                "time,kWh", "2026-03-02 00:00,1.5", "2026-03-02 01:00,", "yesterday,2",
                "2026-03-02 03:00,x", "2026-03-02 04:00,-1", "2026-03-02 05:00,1e16", "yesterday,",
                "2026-03-02 07:00", "2026-03-29 02:00,3", "2026-03-30 02:30,4",
            ])
        )  # fmt: skip
        assert (chunk.lines.tolist(), starts(chunk)) == (
            [2, 11],
            ["2026-03-01T23:00", "2026-03-30T00:30"],
        )
        assert (list(chunk.values), chunk.empty) == ([1.5, 4.0], 2)
        assert reasons(chunk)[1:] == [
            (4, Reason.NO_TIME, "time", "yesterday"),
            (5, Reason.NO_NUMBER, "kWh", "x"),
            (6, Reason.NEGATIVE, "kWh", "-1"),
            (7, Reason.IMPOSSIBLE, "kWh", "1e16"),
            (10, Reason.SKIPPED_TIME, "time", "2026-03-29 02:00"),
        ]
        assert reasons(chunk)[0][:2] == (9, Reason.FEW_COLUMNS)

    def test_all_rows_of_the_file_are_counted(self, read: Read) -> None:
        (chunk,) = read(["time,kWh", "2026-03-02 00:00,1", "2026-03-02 01:00", "", "x,"])
        assert (chunk.rows, chunk.done) == (3, 1.0)

    def test_a_file_of_many_chunks_is_one_series(
        self, read: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        hours = pd.date_range("2026-01-01", "2026-12-31", freq="15min", tz=BERLIN)
        lines = ["time,kWh", *(f"{at:%Y-%m-%d %H:%M},{n}" for n, at in enumerate(hours))]
        monkeypatch.setattr(series, "CHUNK_ROWS", 1000)
        chunks = read(lines)
        assert len(chunks) > 30
        instants = np.concatenate([chunk.targets[0].instants for chunk in chunks])
        assert (instants == hours.tz_convert("UTC").tz_localize(None).to_numpy()).all()
        assert np.concatenate([chunk.targets[0].values for chunk in chunks])[-1] == len(hours) - 1
        assert [chunk.done for chunk in chunks] == sorted(chunk.done for chunk in chunks)

    def test_a_file_of_many_chunks_may_run_newest_first(
        self, read: Read, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ends = pd.date_range("2026-10-24 00:15", "2026-10-27", freq="15min", tz=BERLIN)[::-1]
        days = (ends - pd.Timedelta("1us")).strftime("%Y-%m-%d")  # 0:00 with the day that ends
        lines = ["time,kWh", *(f"{day} {at:%H:%M},1" for day, at in zip(days, ends, strict=True))]
        monkeypatch.setattr(series, "CHUNK_ROWS", 97)
        table_format = replace(FORMAT, stamp="end", is_descending=True)
        chunks = read(lines, replace(ENERGY, interval=QUARTER), table_format=table_format)
        instants = np.concatenate([chunk.targets[0].instants for chunk in chunks])
        expected = (ends - QUARTER).tz_convert("UTC").tz_localize(None).to_numpy()
        assert (instants == expected).all()

    def test_a_long_file_is_held_a_few_megabytes_at_a_time(self, tmp_path: Path) -> None:
        """Ten million rows took the memory of the process over 300 MB: the texts of a chunk were
        many, and what lived on among them kept their memory from being given back."""
        path = tmp_path / "meter.csv"
        minutes = pd.date_range("2026-01-01", periods=100_000, freq="min")
        lines = ["time,kWh", *(f"{at:%Y-%m-%d %H:%M},1.5" for at in minutes)]
        path.write_text("\n".join(lines), encoding="utf-8")
        plan = FilePlan(path=path, site=Site(), format=FORMAT, targets=[ENERGY])
        tracemalloc.start()
        try:
            assert sum(chunk.rows for chunk in series.read(plan, BERLIN)) == 100_000
            assert tracemalloc.get_traced_memory()[1] < 10_000_000
        finally:
            tracemalloc.stop()


@pytest.mark.parametrize("size", [10, 97, 1000])
class TestThousands:
    """What may be a thousand or a damaged decimal is judged by the whole file."""

    TEXTS = (*["7.5"] * 40, "1,234", *["7.5"] * 40, *["7"] * 40, "1,234", *["7"] * 40)

    @pytest.fixture
    def rows(self, read: Read, size: int, monkeypatch: pytest.MonkeyPatch) -> Rows:
        """Texts of hours as the chunks of a file, of that size."""
        monkeypatch.setattr(series, "CHUNK_ROWS", size)

        def read_rows(*texts: str) -> list[TargetChunk]:
            hours = pd.date_range("2026-01-01", periods=len(texts), freq="h")
            lines = [f"{at:%Y-%m-%d %H:%M};{text}" for at, text in zip(hours, texts, strict=True)]
            chunks = read(["time;kWh", *lines], table_format=replace(FORMAT, delimiter=";"))
            return [chunk.targets[0] for chunk in chunks]

        return read_rows

    def test_a_number_means_the_same_in_every_part_of_the_file(self, rows: Rows) -> None:
        """Among decimals 1,234 was refused, and a thousand lines on, where the neighbours had
        none, it was stored as 1234 kWh: each chunk judged by itself."""
        refused = [each.line for chunk in rows(*self.TEXTS) for each in chunk.rejections]
        assert refused == [42, 123]

    def test_what_the_last_row_shows_holds_for_the_first(self, rows: Rows) -> None:
        values = [each for chunk in rows(*self.TEXTS, "1,234.5") for each in chunk.values]
        assert (values[40], values[121], values[-1]) == (1234.0, 1234.0, 1234.5)


class TestTimes:
    def test_amounts_are_told_by_their_start_and_moments_as_they_are(self, read: Read) -> None:
        lines = ["time,kWh,kW,meter,pieces,degC,state", "2026-03-02 01:00,1,2,3,4,-5,on"]
        targets = [
            ENERGY,
            replace(ENERGY, column="kW", kind="power"),
            replace(ENERGY, column="meter", kind="counter"),
            ProductionTarget(column="pieces", machine="Press", interval=HOUR),
            WeatherTarget(column="degC", quantity="temperature"),
            StatusTarget(column="state", machine="Press"),
        ]
        (chunk,) = read(lines, *targets, table_format=replace(FORMAT, stamp="end"))
        assert [starts(each)[0][11:] for each in chunk.targets] == [
            "23:00", "00:00", "00:00", "23:00", "00:00", "00:00"
        ]  # fmt: skip
        assert [next(iter(each.values)) for each in chunk.targets] == [1, 2, 3, 4, -5, "running"]

    def test_the_day_of_a_daily_file_is_the_local_day(self, read: Read) -> None:
        lines = ["time,kWh", "2026-03-29,1", "2026-03-30,2", "2026-03-31,3"]
        daily = replace(ENERGY, interval=timedelta(days=1))
        chunk = only(read(lines, daily, table_format=replace(FORMAT, stamp="end")))
        assert starts(chunk) == ["2026-03-27T23:00", "2026-03-28T23:00", "2026-03-29T22:00"]

    def test_a_column_of_dates_and_one_of_times_are_one_stamp(self, read: Read) -> None:
        lines = ["day,clock,kWh", "01/02/2026,13:15,1", "01/02/2026,,1"]
        table_format = replace(
            FORMAT, time_column="day", clock_column="clock", time_format="%d/%m/%Y %H:%M"
        )
        chunk = only(read(lines, table_format=table_format))
        assert starts(chunk) == ["2026-02-01T12:15"]
        assert [reason for _, reason, *_ in reasons(chunk)] == [Reason.NO_TIME]

    def test_ends_without_a_known_interval_are_refused(self, read: Read) -> None:
        with pytest.raises(ImportFailed, match="--interval"):
            read(
                ["time,kWh", "2026-03-02 01:00,1"],
                replace(ENERGY, interval=None),
                table_format=replace(FORMAT, stamp="end"),
            )

    @pytest.mark.parametrize("gap", ["decimal", "time_column", "time_format"])
    def test_what_nobody_said_is_asked_for(self, read: Read, gap: str) -> None:
        with pytest.raises(ImportFailed, match=f"--{gap.replace('_', '-')}"):
            read(["time,kWh"], table_format=replace(FORMAT, **{gap: None}))


class TestMetersOfOneFile:
    LINES = (
        "time,meter,serial,kWh",
        "2026-10-25 02:30, M1 ,A,1", "2026-10-25 02:30,M2,B,10",
        "2026-10-25 02:45,M1,A,2", "2026-10-25 02:45,M2,B,x",
        "2026-10-25 02:00,M1,A2,3", "2026-10-25 02:00,M3,C,100", "short",
    )  # fmt: skip

    def test_each_meter_has_its_own_rows_and_its_own_order_of_times(self, read: Read) -> None:
        counters = [
            replace(ENERGY, kind="counter", serial_column="serial", rows=RowFilter("meter", value))
            for value in ("M1", "M2")
        ]
        (chunk,) = read(self.LINES, *counters)
        first, second = chunk.targets
        assert starts(first) == ["2026-10-25T00:30", "2026-10-25T00:45", "2026-10-25T01:00"]
        assert (list(first.values), first.serials) == ([1, 2, 3], ["A", "A", "A2"])
        assert (starts(second), list(second.values)) == (["2026-10-25T00:30"], [10])
        assert reasons(second) == [(5, Reason.NO_NUMBER, "kWh", "x")]

    def test_a_row_that_is_of_no_meter_is_told_once(self, read: Read) -> None:
        targets = [replace(ENERGY, rows=RowFilter("meter", value)) for value in ("M1", "M2")]
        (chunk,) = read(self.LINES, *targets)
        told = [each for target in chunk.targets for each in target.rejections]
        assert [each.line for each in told if each.reason is Reason.FEW_COLUMNS] == [8]

    def test_a_meter_that_the_file_lacks_has_no_rows(self, read: Read) -> None:
        chunk = only(read(self.LINES, replace(ENERGY, rows=RowFilter("meter", "M9"))))
        assert (len(chunk.values), chunk.empty) == (0, 0)


def test_any_state_that_is_no_word_for_one_is_rejected(read: Read) -> None:
    lines = ["time,state", "2026-03-02 00:00,Läuft", "2026-03-02 01:00,", "2026-03-02 02:00,steht"]
    chunk = only(read(lines, StatusTarget(column="state", machine="P", words={"läuft": "running"})))
    assert (list(chunk.values), chunk.empty) == (["running"], 1)
    assert reasons(chunk) == [(4, Reason.UNKNOWN_WORD, "state", "steht")]
