"""The report of an import: what was stored, what is missing, what was refused, in plain lines."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from enms_cli.import_json import as_json
from enms_cli.import_report import amount, lines, sentence
from enms_cli.rejected_rows import RejectsFolder, all_rejections
from enms_core.domain.durations import in_words
from enms_core.domain.imports import (
    FileReport,
    ProductionTarget,
    ReadingsTarget,
    Reason,
    Rejection,
    Remark,
    StatusTarget,
    TargetReport,
    WeatherTarget,
)

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 1, 31, 23, tzinfo=timezone.utc)  # midnight in Berlin
QUARTER = timedelta(minutes=15)
DAY_LONG = timedelta(days=1)
PRESS = ReadingsTarget(column="kWh", machine="Press-3", source="electricity", kind="interval")
DAY = TargetReport(
    target=PRESS,
    rows=96,
    stored=90,
    replaced=0,
    quantity=1234.5,
    unit="kWh",
    first=START,
    last=START + 95 * QUARTER,
    interval=QUARTER,
    missing_intervals=0,
)


def told(
    *targets: TargetReport, now: datetime = START + 30 * DAY_LONG, **more: object
) -> list[str]:
    report = FileReport(path=Path("press.csv"), targets=targets)
    return list(lines(report, BERLIN, now, **more))  # type: ignore[arg-type]


def rejections(count: int) -> Sequence[Rejection]:
    return [Rejection(line, Reason.NO_NUMBER, "kWh", "abc") for line in range(2, 2 + count)]


def test_readings_of_the_future_are_told() -> None:
    """A year of two digits, or a clock that is wrong: 2052 was stored without a word."""
    assert told(DAY, now=START + QUARTER)[3] == (
        "  that is in the future: this machine's clock shows 2026-02-01 00:15"
    )


def test_a_whole_day_is_told_in_the_factory_s_time() -> None:
    assert told(DAY) == [
        "press.csv",
        "Press-3, electricity: 96 readings of 15 minutes",
        "  from 2026-02-01 00:00 to 2026-02-02 00:00 Europe/Berlin",
        "  total 1,234.50 kWh",
        "  no gap",
        "  90 stored now, 6 were there already",
    ]


@pytest.mark.parametrize(
    ("last", "until"),
    [
        (datetime(2019, 3, 31, tzinfo=BERLIN), "2019-04-01T00:00:00+02:00"),
        (datetime(2018, 10, 28, tzinfo=BERLIN), "2018-10-29T00:00:00+01:00"),
    ],
)
def test_days_end_at_midnight_also_where_the_clocks_change(last: datetime, until: str) -> None:
    """A day was taken for 24 hours: readings to 31 March were told to end at 1:00 of the next day,
    and those to 28 October at 23:00 of the same day."""
    last = last.astimezone(timezone.utc)
    days = replace(DAY, interval=timedelta(days=1), first=last - timedelta(days=9), last=last)
    end = datetime.fromisoformat(until)
    assert told(days)[2].endswith(f" to {end:%Y-%m-%d %H:%M} Europe/Berlin")
    found = as_json(FileReport(path=Path("press.csv"), targets=[days]), BERLIN, None)
    assert found["targets"][0]["end"] == until  # type: ignore[index]


def test_an_energy_content_that_was_told_is_in_the_report() -> None:
    gas = replace(PRESS, source="natural gas", unit="MJ", kwh_per_unit=10.5)
    assert "  converted from MJ with 10.5 kWh per m³, as told" in told(
        replace(DAY, target=gas, unit="m³")
    )


def test_a_dry_run_says_that_nothing_was_stored() -> None:
    assert told(DAY, is_dry=True)[0] == "press.csv (a dry run, nothing was stored)"
    assert told(DAY, is_dry=True)[-1] == "  90 would be stored, 6 are there already"


def test_gaps_are_told_and_coverage_is_never_rounded_up() -> None:
    gaps = [(START + number * QUARTER, START + (number + 1) * QUARTER) for number in range(1, 8)]
    report = replace(DAY, rows=999_993, missing_intervals=7, gaps=gaps, gap_count=7, stored=999_993)
    found = told(report)
    assert found[4:8] == [
        "  99.99 % of the time covered, 7 intervals missing:",
        "    2026-02-01 00:15 to 2026-02-01 00:30",
        "    2026-02-01 00:30 to 2026-02-01 00:45",
        "    2026-02-01 00:45 to 2026-02-01 01:00",
    ]
    assert "    and 2 more gaps" in found


def test_what_was_beside_the_good_rows_is_counted() -> None:
    report = replace(DAY, duplicates=2, empty=1, estimated=1_200, stored=80, replaced=3)
    assert told(report)[-2:] == [
        "  80 stored now, 3 replaced, 13 were there already",
        "  2 written twice in the file, 1 without a value, 1,200 estimated",
    ]


def test_the_first_refused_rows_are_listed_and_all_counted() -> None:
    found = told(replace(DAY, rejections=rejections(22)), rejects=Path("press.rejected.csv"))
    at = found.index("refused: 22 values, all listed in press.rejected.csv")
    assert found[at + 1] == "  line 2: kWh 'abc': the value is no number"
    assert len(found) == at + 1 + 20 + 1
    assert found[-1] == "    and 2 more refused values"


def test_a_refused_row_without_a_column_has_its_reason_alone() -> None:
    report = replace(DAY, rejections=[Rejection(7, Reason.FEW_COLUMNS)])
    assert told(report)[-2:] == ["refused: 1 value", "  line 7: the row has too few columns"]


def test_moments_have_no_length_and_no_coverage() -> None:
    weather = replace(
        DAY,
        target=WeatherTarget(column="tempF", quantity="outdoor_temp_c"),
        quantity=None,
        interval=None,
    )
    status = replace(weather, target=StatusTarget(column="state", machine="Press-3"))
    assert told(weather)[1:] == [
        "weather, outdoor_temp_c: 96 rows",
        "  from 2026-02-01 00:00 to 2026-02-01 23:45 Europe/Berlin",
        "  90 stored now, 6 were there already",
    ]
    assert told(status)[1] == "Press-3, status: 96 changes"


def test_a_column_without_good_rows_is_told_too() -> None:
    empty = replace(DAY, rows=0, stored=0, quantity=None, first=None, last=None, empty=5)
    pieces = ProductionTarget(column="pieces", machine="Press-3")
    assert told(replace(empty, target=pieces))[1:] == [
        "Press-3, production_count: 0 rows of 15 minutes",
        "  0 stored now, 0 were there already",
        "  5 without a value",
    ]


def test_a_remark_is_a_sentence_with_its_time_and_amount() -> None:
    remark = Remark("gap_filled", START, START + 4 * QUARTER, 12.5, "kWh", count=3)
    assert told(replace(DAY, remarks=[remark]))[-1] == (
        "  2026-02-01 00:00 to 2026-02-01 01:00: a gap, filled evenly with what was used in it, "
        "marked as estimated (12.5 kWh), 3 times"
    )


def test_a_remark_without_an_amount_says_nothing_of_one() -> None:
    assert sentence(Remark("replacement", START)) == (
        "another meter: what was used between the two is unknown"
    )


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(seconds=90), "90 seconds"),
        (timedelta(minutes=1), "1 minute"),
        (timedelta(hours=36), "36 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(milliseconds=500), "0.5 seconds"),
    ],
)
def test_lengths_of_time_are_whole_numbers_of_a_unit(length: timedelta, words: str) -> None:
    assert in_words(length) == words


@pytest.mark.parametrize(
    ("quantity", "text"),
    [(959_636.7099999998, "959,636.71 kWh"), (0.0075, "0.0075 kWh"), (0.0, "0 kWh")],
)
def test_amounts_keep_what_matters_of_them(quantity: float, text: str) -> None:
    assert amount(quantity, "kWh") == text


def test_json_has_the_same_facts_with_offsets() -> None:
    report = replace(DAY, rejections=rejections(1), remarks=[Remark("snapped", START)])
    found = as_json(FileReport(path=Path("press.csv"), targets=[report]), BERLIN, None)
    [target] = found["targets"]  # type: ignore[misc]
    assert (found["file"], found["timezone"], found["rejects_file"]) == (
        "press.csv",
        "Europe/Berlin",
        None,
    )
    assert (target["machine"], target["source"], target["kind"]) == (
        "Press-3",
        "electricity",
        "interval",
    )
    assert (target["start"], target["end"]) == (
        "2026-02-01T00:00:00+01:00",
        "2026-02-02T00:00:00+01:00",
    )
    assert (target["rows"], target["unchanged"], target["coverage_percent"]) == (96, 6, 100.0)
    assert target["rejections"] == [
        {"line": 2, "column": "kWh", "text": "abc", "reason": "no_number"}
    ]


class TestRejectsList:
    def test_it_has_every_refused_row_in_the_order_of_the_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        late = Rejection(9, Reason.CONTRADICTS_FILE, "kWh", '1,"5"')
        targets = [replace(DAY, rejections=[late]), replace(DAY, rejections=rejections(1))]
        refused = all_rejections(FileReport(path=Path("press.csv"), targets=targets))
        path = RejectsFolder(None).write(Path("/a/press.csv.gz"), refused)
        assert path == Path("press.rejected.csv")
        with path.open(newline="", encoding="utf-8") as file:
            assert list(csv.reader(file)) == [
                ["line", "column", "text", "reason"],
                ["2", "kWh", "abc", "the value is no number"],
                ["9", "kWh", '1,"5"', "the file has another value for this time"],
            ]

    def test_files_of_one_name_have_a_list_each(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        folder = RejectsFolder(None)
        paths = [
            folder.write(Path(place) / "press.csv", rejections(1)) for place in ("north", "south")
        ]
        assert paths == [Path("press.rejected.csv"), Path("press-2.rejected.csv")]

    def test_without_refused_rows_and_of_a_dry_run_there_is_none(self, tmp_path: Path) -> None:
        path = tmp_path / "refused.csv"
        assert RejectsFolder(path).write(Path("a.csv"), []) is None
        assert RejectsFolder(path, is_dry=True).write(Path("a.csv"), rejections(1)) is None
        assert not path.exists()

    def test_one_that_cannot_be_written_is_a_fault(self, tmp_path: Path) -> None:
        folder = RejectsFolder(tmp_path / "nowhere" / "refused.csv")
        assert folder.write(Path("a.csv"), rejections(1)) is None
        assert len(folder.faults) == 1
