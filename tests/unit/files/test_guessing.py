"""What is never decided for a person, what a person said, and files that are none of meters."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import (
    FilePlan,
    ProductionTarget,
    ReadingsTarget,
    RowFilter,
    StatusTarget,
    TableFormat,
    WeatherTarget,
)
from enms_core.files.guessing import Choice, Guessed, Unattended, completed, settled
from tests.unit.files.exports import DAY, HOUR, QUARTER, plan_of, register, saved, table, used

BERLIN = ZoneInfo("Europe/Berlin")
# Behind the first 20,000 minutes of 2026.
MOVING = datetime(2026, 1, 14, 22)


def plain(at: datetime, kwh: float) -> str:
    return f"{at:%Y-%m-%d %H:%M},{kwh:.2f}"


def two_meters() -> list[str]:
    first = table("time,meter,kWh", lambda at, kwh: f"{at},M1,{kwh:.2f}", begin="2026-03-01")
    second = table(
        "", lambda at, kwh: f"{at},M2,{kwh * 50:.2f}", begin="2026-03-01", step=HOUR, count=480
    )
    return [first[0], *sorted((*first[1:], *second[1:]))]


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


class Numbered:
    """Always takes one option, and keeps what was asked and found."""

    def __init__(self, place: int = 0) -> None:
        self.place = place
        self.asked: list[str] = []
        self.accepted: list[Guessed] = []

    def choose(self, path: Path, choice: Choice) -> str:
        self.asked.append(choice.what)
        return list(choice.options)[self.place]

    def accept(self, guessed: Guessed) -> None:
        self.accepted.append(guessed)


OPEN_FILES = {
    "several meters beside each other": (
        table(
            "time;Line 1 kWh;Line 2 kWh;T °C",
            lambda at, kwh: f"{at};{kwh:.2f};{kwh:.1f};{kwh}",
            begin="2026-03-01",
        ),
        "--value-column",
        ["Line 1 kWh", "Line 2 kWh"],
    ),
    "several meters below each other": (two_meters(), "--rows", ["meter=M1", "meter=M2"]),
    "one day, day or month first": (
        table("time,kWh", lambda at, kwh: f"{at:%d/%m/%Y %H:%M},{kwh:.2f}", begin="2026-02-01")[
            :90
        ],
        "--time-format",
        ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"],
    ),
    "three digits behind the only sign": (
        table("time;kWh", lambda at, kwh: f"{at};{kwh + 1:.3f}", begin="2026-03-01"),
        "--decimal",
        [".", ","],
    ),
    "begins as ends do, and ends as starts do": (
        table("time,kWh", plain, begin="2026-03-01 00:15", count=700),
        "--stamp",
        ["start", "end"],
    ),
    "few values that rise": (
        ["time,kWh", *(f"2026-03-01 {hour:02}:00,{900 + hour**2}" for hour in range(6))],
        "--kind",
        ["interval", "counter"],
    ),
    "distances of three lengths": (
        [
            "time,kWh",
            *(
                f"{datetime(2026, 3, 1) + minutes(75 * (place // 3) + (0, 20, 45)[place % 3])},"
                f"{used(place):.2f}"
                for place in range(500)
            ),
        ],
        "--interval",
        ["20 min", "25 min", "30 min"],
    ),
    "times of two clocks": (
        table("local,utc,kWh", lambda at, kwh: f"{at},{at - HOUR},{kwh:.2f}", begin="2026-03-01"),
        "--time-column",
        ["local", "utc"],
    ),
}


@pytest.mark.parametrize(("lines", "flag", "options"), OPEN_FILES.values(), ids=OPEN_FILES.keys())
class TestChoices:
    def test_what_a_file_leaves_open_is_not_decided(
        self, lines: Sequence[str], flag: str, options: Sequence[str], tmp_path: Path
    ) -> None:
        choices = completed(plan_of(saved(tmp_path, lines)), BERLIN).choices
        assert [(each.flag, list(each.options)) for each in choices] == [(flag, options)]

    def test_where_nobody_can_be_asked_the_file_is_refused_with_the_flag(
        self, lines: Sequence[str], flag: str, options: Sequence[str], tmp_path: Path
    ) -> None:
        with pytest.raises(ImportFailed, match=f"say {flag}") as caught:
            settled(plan_of(saved(tmp_path, lines)), BERLIN, Unattended())
        assert all(option in str(caught.value) for option in options)

    def test_each_choice_leads_to_a_plan_of_its_own(
        self, lines: Sequence[str], flag: str, options: Sequence[str], tmp_path: Path
    ) -> None:
        path = saved(tmp_path, lines)
        advisers = [Numbered(place) for place in range(len(options))]
        plans = [settled(plan_of(path), BERLIN, each) for each in advisers]
        assert plans[0] != plans[1]
        assert all(len(each.accepted) == 1 and each.asked for each in advisers)
        assert plans == [each.accepted[0].plan for each in advisers]

    def test_a_complete_plan_stays_as_it_is(
        self, lines: Sequence[str], flag: str, options: Sequence[str], tmp_path: Path
    ) -> None:
        plan = settled(plan_of(saved(tmp_path, lines)), BERLIN, Numbered())
        assert completed(plan, BERLIN) == Guessed(plan, (), ())


def test_twelve_days_or_twelve_months_is_a_choice_that_months_do_not_survive(
    tmp_path: Path,
) -> None:
    days = table(
        "date,kWh",
        lambda at, kwh: f"{at:%d/%m/%Y},{kwh:.2f}",
        begin="2026-01-01",
        step=DAY,
        count=12,
    )
    plan = plan_of(saved(tmp_path, days))
    assert settled(plan, BERLIN, Numbered(0)).targets[0].interval == DAY
    with pytest.raises(ImportFailed, match="a month or more apart"):
        settled(plan, BERLIN, Numbered(1))


class TestSaid:
    def test_what_was_said_wins_over_what_the_file_looks_like(self, tmp_path: Path) -> None:
        path = saved(tmp_path, register("time,Counter kWh", plain, begin="2026-03-01 00:15"))
        said = plan_of(
            path,
            TableFormat(
                encoding="cp1252",
                delimiter=",",
                decimal=".",
                time_column="time",
                time_format="%Y-%m-%d %H:%M",
                timezone="Asia/Tokyo",
                stamp="end",
                is_descending=False,
            ),
            [
                ReadingsTarget(
                    machine="Press-3",
                    source="electricity",
                    column="Counter kWh",
                    unit="MWh",
                    kind="interval",
                    interval=HOUR,
                )
            ],
        )
        assert completed(said, BERLIN) == Guessed(said, (), ())

    @pytest.mark.parametrize(
        "change",
        [
            lambda plan: replace(plan, format=TableFormat(time_column="when")),
            lambda plan: replace(plan, format=TableFormat(clock_column="when")),
            lambda plan: replace(
                plan, targets=[replace(plan.targets[0], rows=RowFilter("when", "x"))]
            ),
            lambda plan: replace(
                plan, targets=[replace(plan.targets[0], column="kWh", serial_column="when")]
            ),
            lambda plan: replace(plan, targets=[replace(plan.targets[0], column="when")]),
        ],
        ids=["time", "clock", "rows", "serial", "value"],
    )
    def test_a_column_that_was_named_must_be_there(
        self, change: Callable[[FilePlan], FilePlan], tmp_path: Path
    ) -> None:
        path = saved(tmp_path, table("time,kWh", plain, begin="2026-03-01"))
        with pytest.raises(ImportFailed, match="no column 'when'; there are time, kWh"):
            completed(change(plan_of(path)), BERLIN)

    def test_the_rows_of_the_meter_that_was_named_are_judged_alone(self, tmp_path: Path) -> None:
        def interval(meter: str) -> timedelta | None:
            target = ReadingsTarget(
                machine=meter, source="electricity", rows=RowFilter("meter", meter)
            )
            plan = plan_of(saved(tmp_path, two_meters()), targets=[target])
            return settled(plan, BERLIN, Unattended()).targets[0].interval

        assert (interval("M1"), interval("M2")) == (QUARTER, HOUR)

    def test_a_meter_that_no_row_is_of_is_refused(self, tmp_path: Path) -> None:
        target = ReadingsTarget(machine="M3", source="gas", rows=RowFilter("meter", "M3"))
        with pytest.raises(ImportFailed, match="no rows with 'M3' in 'meter'"):
            completed(plan_of(saved(tmp_path, two_meters()), targets=[target]), BERLIN)


class TestSeveralTargets:
    def test_what_is_taken_along_gets_its_unit_and_interval(self, tmp_path: Path) -> None:
        path = saved(
            tmp_path,
            table(
                "time,kWh,tempF,pieces,state",
                lambda at, kwh: f"{at},{kwh:.2f},{kwh + 50:.1f},{kwh * 9:.0f},on",
                begin="2026-03-01",
            ),
        )
        plan = plan_of(
            path,
            targets=[
                ReadingsTarget(machine="Press-3", source="electricity"),
                WeatherTarget(column="tempF", quantity="outdoor_temp_c"),
                ProductionTarget(column="pieces", machine="Press-3"),
                StatusTarget(column="state", machine="Press-3"),
            ],
        )
        found = settled(plan, BERLIN, Unattended()).targets
        assert [each.column for each in found] == ["kWh", "tempF", "pieces", "state"]
        assert [each.unit for each in found] == ["kWh", "°F", None, None]
        assert [each.interval for each in found] == [QUARTER, None, QUARTER, None]

    def test_weather_alone_needs_no_meter(self, tmp_path: Path) -> None:
        path = saved(tmp_path, table("dt,tempF", plain, begin="2026-02-01 01:00", step=HOUR))
        weather = WeatherTarget(column="tempF", quantity="outdoor_temp_c")
        plan = replace(plan_of(path), targets=[weather])
        assert settled(plan, BERLIN, Unattended()).targets == [replace(weather, unit="°F")]

    def test_columns_that_are_left_out_are_told(self, tmp_path: Path) -> None:
        path = saved(
            tmp_path,
            table("time,kWh,tempF", lambda at, kwh: f"{at},{kwh},{kwh}", begin="2026-03-01"),
        )
        found = completed(plan_of(path), BERLIN).found
        assert [each.value for each in found if each.column == "tempF"] == ["weather"]


class TestLongFiles:
    def test_a_month_that_only_the_end_of_the_file_tells_is_found(self, tmp_path: Path) -> None:
        """Of minutes, the first rows are of the first two weeks only: 01/02 to 12/02, then gaps."""
        lines = ["time,kWh"]
        for day in (1, 12, 3, 11, 28):
            lines += [f"{day:02}/02/2026 {at // 60:02}:{at % 60:02},{at % 7}" for at in range(1440)]
        assert (
            completed(plan_of(saved(tmp_path, lines)), BERLIN).plan.format.time_format
            == "%d/%m/%Y %H:%M"
        )

    def test_a_sign_that_only_the_end_of_the_file_tells_is_found(self, tmp_path: Path) -> None:
        rows = table("time;kWh", lambda at, kwh: f"{at};{kwh + 1:.3f}", begin="2026-03-01")
        many = [rows[0], *(rows[1:] * 22), "2026-04-01 00:00:00;0.125"]
        assert completed(plan_of(saved(tmp_path, many)), BERLIN).plan.format.decimal == "."

    def test_a_packed_file_is_judged_like_a_plain_one(self, tmp_path: Path) -> None:
        path = saved(tmp_path, table("time,kWh", plain, begin="2026-03-01 00:15"))
        packed = tmp_path / "export.csv.gz"
        packed.write_bytes(gzip.compress(path.read_bytes()))
        assert completed(plan_of(packed), BERLIN).plan == replace(
            completed(plan_of(path), BERLIN).plan, path=packed
        )


class TestSpreadsheets:
    def test_a_sheet_with_date_and_time_of_day_apart_is_read(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        sheet = book.active
        sheet.append(["Datum", "Zeit", "Verbrauch kWh"])
        for place in range(400):
            at = datetime(2026, 3, 1) + QUARTER * place
            sheet.append([datetime(at.year, at.month, at.day), at.time(), used(place)])
        book.save(tmp_path / "export.xlsx")

        plan = settled(plan_of(tmp_path / "export.xlsx"), BERLIN, Unattended())

        assert (plan.format.time_column, plan.format.clock_column) == ("Datum", "Zeit")
        assert (plan.targets[0].column, plan.targets[0].unit) == ("Verbrauch kWh", "kWh")
        assert plan.targets[0].interval == QUARTER


class TestNoMeters:
    @pytest.mark.parametrize(
        ("lines", "reason"),
        [
            (["time,kWh"], "no rows"),
            (["time,kWh", "2026-03-01 00:00,1.5"], "fewer than two times"),
            (["a,b", "x,1", "y,2"], "no column holds times.*--time-column, of a, b"),
            (["time,note", "2026-03-01,fine", "2026-03-02,cold"], "no column holds a meter's"),
            (["time,kWh", "yesterday,1", "today,2"], "no column holds times"),
            (table("time,kWh", plain, begin="2025-01-01", step=30 * DAY, count=24), "a month"),
            (
                [
                    "time,kWh",
                    *(f"2026-03-01 {p * p // 60:02}:{p * p % 60:02},{p % 5}" for p in range(37)),
                ],
                "unevenly apart: say --interval",
            ),
        ],
        ids=["header", "one row", "no times", "no values", "words", "months", "uneven"],
    )
    def test_a_file_that_is_none_of_a_meter_is_refused(
        self, lines: Sequence[str], reason: str, tmp_path: Path
    ) -> None:
        with pytest.raises(ImportFailed, match=reason):
            completed(plan_of(saved(tmp_path, lines)), BERLIN)

    def test_times_in_an_unknown_form_are_told_with_one_of_them(self, tmp_path: Path) -> None:
        path = saved(tmp_path, ["time,kWh", "week 1,1", "week 2,2"])
        with pytest.raises(ImportFailed, match="such as 'week 1': say --time-format"):
            completed(plan_of(path, TableFormat(time_column="time")), BERLIN)


class TestWhatOnlyTheWholeFileTells:
    """The first 20,000 rows show nothing: what comes behind them decides."""

    def test_a_counter_that_stands_still_at_first_is_one(self, tmp_path: Path) -> None:
        """It was taken for amounts: 472 GWh instead of 6.8 MWh."""
        lines = table(
            "time;Energy kWh",
            lambda at, _kwh: f"{at};{max(at, MOVING).timestamp() / 60 - 29e6:.1f}",
            begin="2026-01-01",
            step=minutes(1),
            count=21_000,
        )
        target = completed(plan_of(saved(tmp_path, lines)), BERLIN).plan.targets[0]
        assert isinstance(target, ReadingsTarget)
        assert target.kind == "counter"

    @pytest.mark.parametrize(("digits", "signs"), [(3, [".", ","]), (2, None)])
    def test_a_sign_behind_zeros_is_looked_for(
        self, digits: int, signs: Sequence[str] | None, tmp_path: Path
    ) -> None:
        """Zeros without a sign made 1,829 behind them 1829."""
        lines = table(
            "time;Energy kWh",
            lambda at, kwh: f"{at};" + ("0" if at < MOVING else f"{kwh / 4 + 1:.{digits}f}"),
            begin="2026-01-01",
            step=minutes(1),
            count=21_000,
        )
        found = completed(plan_of(saved(tmp_path, [x.replace(".", ",") for x in lines])), BERLIN)
        assert [list(each.options) for each in found.choices] == ([signs] if signs else [])
        assert found.plan.format.decimal == (None if signs else ",")

    def test_a_quoted_comma_separates_no_columns(self, tmp_path: Path) -> None:
        """ "1,556" in quotation marks was read as 1556, since commas separate the columns."""
        lines = table(
            '"time","kWh"',
            lambda at, kwh: f'"{at}","{kwh / 4 + 1:.3f}"'.replace(".", ","),
            begin="2026-01-01",
        )
        (choice,) = completed(plan_of(saved(tmp_path, lines)), BERLIN).choices
        assert choice.flag == "--decimal"


class TestPieces:
    def refusal(self, folder: Path, pieces: Callable[[int], int], name: str = "pieces") -> str:
        lines = [
            f"{datetime(2026, 1, 5) + QUARTER * place},{used(place):.2f},{pieces(place)}"
            for place in range(500)
        ]
        path = saved(folder, [f"time,kWh,{name}", *lines])
        target = ProductionTarget(column=name, machine="Press-3")
        press = ReadingsTarget(machine="Press-3", source="electricity")
        try:
            assert completed(replace(plan_of(path), targets=[press, target]), BERLIN)
        except ImportFailed as error:
            return str(error)
        return ""

    def test_pieces_that_are_counted_on_and_on_are_refused(self, tmp_path: Path) -> None:
        """A register of pieces was stored as the pieces of each hour."""
        wanted = "the pieces of each interval are needed"
        assert wanted in self.refusal(tmp_path, lambda place: 9000 + place * 3)
        assert wanted in self.refusal(tmp_path, lambda place: place % 32 * 7)
        assert wanted in self.refusal(tmp_path, lambda _place: 9000, "Stückzähler")

    def test_pieces_of_intervals_are_not(self, tmp_path: Path) -> None:
        assert not self.refusal(tmp_path, lambda place: place * 7 % 50)
        assert not self.refusal(tmp_path, lambda _place: 50)
