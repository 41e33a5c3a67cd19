"""How times are written: years of two digits, and hours that are counted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import FilePlan, ReadingsTarget, Stamp, TableFormat
from enms_core.files.guess_formats import formats_of
from enms_core.files.guessing import Unattended, completed, settled
from enms_core.files.series import read
from tests.unit.files.exports import DAY, HOUR, plan_of, saved, table

BERLIN = ZoneInfo("Europe/Berlin")
FORMS = ("%y/%m/%d", "%y-%m-%d", "%y.%m.%d", "%d/%m/%y", "%d-%m-%y", "%d.%m.%y")


def times(form: str, begin: datetime, step: timedelta, count: int) -> list[str]:
    return [f"{begin + step * place:{form}}" for place in range(count)]


def formats(texts: Sequence[str]) -> list[str]:
    return list(formats_of(texts, [texts]).formats)


@pytest.mark.parametrize("form", FORMS)
class TestYearsOfTwoDigits:
    """25/03/01 was always the 25th of March 2001, and the file was stored in 2001 to 2031."""

    def test_days_that_follow_each_other_tell_year_first_from_day_first(self, form: str) -> None:
        texts = times(f"{form} %H:%M", datetime(2025, 3, 1), HOUR, 72)
        assert formats(texts) == [f"{form} %H:%M"]
        assert formats(texts[::-1]) == [f"{form} %H:%M"]

    @pytest.mark.parametrize("count", [12, 31, 70])
    def test_rows_of_days_are_no_rows_of_years(self, form: str, count: int) -> None:
        assert formats(times(form, datetime(2025, 3, 15), DAY, count)) == [form]

    def test_one_day_may_be_that_of_another_year(self, form: str) -> None:
        texts = times(f"{form} %H:%M", datetime(2025, 3, 14), HOUR, 24)
        mark = form[2]
        both = {f"%y{mark}%m{mark}%d %H:%M", f"%d{mark}%m{mark}%y %H:%M"}
        assert set(formats(texts)) == both

    def test_a_year_after_2031_is_no_day(self, form: str) -> None:
        assert formats(times(form, datetime(2035, 3, 14), DAY, 3)) == [form]


def test_rows_that_would_run_to_and_fro_tell_day_first_from_month_first() -> None:
    weeks = times("%d/%m/%Y", datetime(2026, 1, 5), 3 * DAY, 3)
    assert len(formats(weeks)) == 2
    assert formats([*weeks, "02/02/2026", "05/02/2026"]) == ["%d/%m/%Y"]


def hours(first: int, *, begin: str = "2026-03-01", count: int = 24 * 10) -> list[str]:
    """A file that counts the hours of a day."""
    return table(
        "Datum;Stunde;kWh",
        lambda at, kwh: f"{at:%d.%m.%Y};{at.hour + first};{kwh:.2f}",
        begin=begin,
        step=HOUR,
        count=count,
    )


def starts(plan: FilePlan) -> list[datetime]:
    chunks = [each.targets[0].instants for each in read(plan, BERLIN)]
    assert not [refused for each in read(plan, BERLIN) for refused in each.targets[0].rejections]
    return [datetime.fromisoformat(f"{at}+00:00") for at in np.concatenate(chunks).astype(str)]


class TestHours:
    """The number of the hour was taken for that of a meter, of which one row a day was offered."""

    @pytest.mark.parametrize(("first", "stamp"), [(1, "end"), (0, "start")])
    def test_their_numbers_are_times_of_day(self, first: int, stamp: Stamp, tmp_path: Path) -> None:
        plan = settled(plan_of(saved(tmp_path, hours(first))), BERLIN, Unattended())
        found, target = plan.format, plan.targets[0]
        assert isinstance(target, ReadingsTarget)
        assert (found.time_column, found.clock_column) == ("Datum", "Stunde")
        assert (found.time_format, found.stamp) == ("%d.%m.%Y %H", stamp)
        assert (target.column, target.interval) == ("kWh", HOUR)
        assert starts(plan) == [datetime(2026, 3, 1, tzinfo=BERLIN) + HOUR * n for n in range(240)]

    def test_beside_a_date_of_iso_8601(self, tmp_path: Path) -> None:
        lines = table(
            "day,hour,kWh",
            lambda at, kwh: f"{at:%Y-%m-%d},{at.hour + 1},{kwh:.2f}",
            begin="2026-03-01",
            step=HOUR,
            count=72,
        )
        found = settled(plan_of(saved(tmp_path, lines)), BERLIN, Unattended()).format
        assert (found.time_format, found.stamp) == ("%Y-%m-%d %H", "end")

    def test_said_by_flags_they_are_read_up_to_24(self, tmp_path: Path) -> None:
        said = TableFormat(clock_column="Stunde", time_format="%d.%m.%Y %H", stamp="end")
        plan = settled(plan_of(saved(tmp_path, hours(1)), said), BERLIN, Unattended())
        assert starts(plan)[-1] == datetime(2026, 3, 10, 23, tzinfo=BERLIN)

    def test_a_day_of_25_hours_is_refused(self, tmp_path: Path) -> None:
        """After the third of them nobody knows which hour of the clock is meant."""
        lines = hours(1, begin="2026-10-23")
        place = next(row for row, each in enumerate(lines) if each.startswith("26.10.2026"))
        lines.insert(place, "25.10.2026;25;1.5")
        with pytest.raises(ImportFailed, match="'Stunde' counts 25 hours of a day"):
            completed(plan_of(saved(tmp_path, lines)), BERLIN)

    def test_meters_that_are_numbered_are_no_hours(self, tmp_path: Path) -> None:
        lines = ["Datum;Meter;kWh"]
        for day in range(1, 29):
            lines += [f"{day:02}.02.2026;{meter};{day * meter}.5" for meter in (1, 2, 3)]
        choices = completed(plan_of(saved(tmp_path, lines)), BERLIN).choices
        assert [each.flag for each in choices] == ["--rows"]
