"""Times as a file writes them: each text is its wall time and offset, or it is bad."""

from __future__ import annotations

import tracemalloc
from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enms_core.domain.errors import ImportFailed
from enms_core.files import stamps
from enms_core.files.guess_formats import formats_of
from enms_core.files.stamps import CANDIDATES, EPOCHS, ISO, StampParser, fitting_formats

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def walls(time_format: str, *texts: str) -> list[datetime | None]:
    """The wall time of each text; None where it is bad."""
    parsed = StampParser(time_format).parse(texts)
    found = parsed.wall_us.astype("datetime64[us]").tolist()
    return [None if bad else wall for wall, bad in zip(found, parsed.bad, strict=True)]


def written(time_format: str, begin: datetime, step: timedelta, count: int) -> list[str]:
    return [(begin + step * each).strftime(time_format) for each in range(count)]


class TestIso:
    @pytest.mark.parametrize(
        ("text", "wall"),
        [
            ("2018-01-31T13:15", datetime(2018, 1, 31, 13, 15)),
            ("2018-01-31 13:15:59", datetime(2018, 1, 31, 13, 15, 59)),
            ("  2018-01-31  9:15 ", datetime(2018, 1, 31, 9, 15)),
            ("2018-01-31T13:15:00.25", datetime(2018, 1, 31, 13, 15, 0, 250_000)),
            ("2018-01-31 13:15:00,1234567", datetime(2018, 1, 31, 13, 15, 0, 123_456)),
            ("20180131T1315", datetime(2018, 1, 31, 13, 15)),
            ("20180131T131559", datetime(2018, 1, 31, 13, 15, 59)),
            ("2018-01-31", datetime(2018, 1, 31)),
            ("20180131", datetime(2018, 1, 31)),
            ("2018-12-31T24:00", datetime(2019, 1, 1)),
            ("2018-12-31 24:00:00.000", datetime(2019, 1, 1)),
        ],
    )
    def test_a_time_may_be_written_in_many_ways(self, text: str, wall: datetime) -> None:
        assert walls(ISO, text) == [wall]

    @pytest.mark.parametrize(
        ("text", "offset"),
        [
            ("2018-01-31T13:15Z", timedelta()),
            ("2018-01-31 13:15:00 UTC", timedelta()),
            ("2018-01-31T13:15:00.000+05:45", timedelta(hours=5, minutes=45)),
            ("2018-01-31T13:15:00 -0600", -timedelta(hours=6)),
            ("20180131T131500+09", timedelta(hours=9)),
        ],
    )
    def test_an_offset_is_told_beside_the_wall_time(self, text: str, offset: timedelta) -> None:
        parsed = StampParser(ISO).parse([text, "2018-01-31T13:15"])
        assert parsed.wall_us[0] == parsed.wall_us[1]
        assert parsed.has_offset.tolist() == [True, False]
        assert timedelta(microseconds=int(parsed.offset_us[0])) == offset

    @pytest.mark.parametrize(
        "text",
        [
            "", "T13:15", "2018-01-31T", "2018-01-31T13", "2018-01-31T13:1", "2018-01-31T131",
            "2018-01-31T13:1530", "2018-1-31", "2018-02-30", "2018-01-31T13:60", "2018-01-31T24:15",
            "2018-01-31T25:00", "2018-01-31T13:15+99:00", "2018-01-31T13:15X", "2018-W05-3",
            "2018-0131", "1018-01-31", "2118-01-31", "31/01/2018", "2018-01-31 13:15:00 CET",
            "٢٠١٨-01-31",
        ],
    )  # fmt: skip
    def test_a_damaged_time_is_bad_and_not_another_time(self, text: str) -> None:
        assert walls(ISO, text) == [None]


class TestCodes:
    @pytest.mark.parametrize(
        ("time_format", "text", "wall"),
        [
            ("%d/%m/%y %H:%M", "01/02/18 0:15", datetime(2018, 2, 1, 0, 15)),
            ("%m/%d/%Y %I:%M %p", "01/31/2018 12:15 AM", datetime(2018, 1, 31, 0, 15)),
            ("%m/%d/%Y %I:%M:%S %p", "1/31/2018 1:15:09 pm", datetime(2018, 1, 31, 13, 15, 9)),
            ("%d-%b-%Y %H:%M", "31-Jan-2018 13:15", datetime(2018, 1, 31, 13, 15)),
            ("%d.%m.%Y, %H:%M", "31.01.2018, 13:15", datetime(2018, 1, 31, 13, 15)),
            ("%d-%m-%Y-%H:%M", "31-01-2018-13:15", datetime(2018, 1, 31, 13, 15)),
            ("%H:%M %d/%m/%Y", "13:15 31/01/2018", datetime(2018, 1, 31, 13, 15)),
            ("%Y%m%d%H%M", "201801311315", datetime(2018, 1, 31, 13, 15)),
            ("%d/%m/%Y", "31/01/2018", datetime(2018, 1, 31)),
            ("%d/%m/%Y %H:%M", "31/12/2018 24:00", datetime(2019, 1, 1)),
            ("%d.%m.%Y %H:%M:%S", "31.12.2018 24:00:00", datetime(2019, 1, 1)),
            ("%Y%m%d%H%M", "201812312400", datetime(2019, 1, 1)),
            ("%H:%M %d/%m/%Y", "24:00 31/12/2018", datetime(2019, 1, 1)),
            ("%d.%m.%Y %H", "31.12.2018 24", datetime(2019, 1, 1)),
            ("%d.%m.%Y %H", "31.12.2018 1", datetime(2018, 12, 31, 1)),
            ("%H %d/%m/%Y", "24 24/12/2018", datetime(2018, 12, 25)),
        ],
    )
    def test_a_time_is_read_by_its_codes(self, time_format: str, text: str, wall: datetime) -> None:
        assert walls(time_format, text, f" {text} ") == [wall, wall]

    @pytest.mark.parametrize(
        ("time_format", "text"),
        [
            ("%d/%m/%Y %H:%M", "01/02/2018"),
            ("%d/%m/%Y %H:%M", "31/02/2018 13:15"),
            ("%d/%m/%Y %H:%M", "31/12/2018 24:15"),
            ("%m/%d/%Y %I:%M %p", "01/31/2018 24:00 PM"),
            ("%d/%m/%Y", "31/01/2018 13:15"),
            ("%d/%m/%Y %H", "31/01/2018 25"),
            ("%Y-%m-%d", "2024-01-24 24"),
            ("%Y%m%d%H%M", "20180131131"),
            ("%Y%m%d%H%M", "2018013113150"),
            ("%d/%m/%Y %H:%M", "31/01/1918 13:15"),
        ],
    )
    def test_a_text_that_the_codes_do_not_fit_is_bad(self, time_format: str, text: str) -> None:
        assert walls(time_format, text) == [None]

    def test_an_offset_is_told_beside_the_wall_time(self) -> None:
        parsed = StampParser("%d/%m/%Y %H:%M %z").parse(["31/12/2018 24:00 +0100"])
        assert parsed.wall_us.astype("datetime64[us]").tolist() == [datetime(2019, 1, 1)]
        assert (parsed.has_offset[0], parsed.offset_us[0]) == (True, HOUR // timedelta.resolution)

    @pytest.mark.parametrize(
        "time_format",
        ["%d/%m %H:%M", "%H:%M", "%Y-%m-%d %Q", "%d/%m/%Y %I:%M", "%d/%m/%Y %Z", "%", "day %Y"],
    )
    def test_codes_that_tell_no_time_are_refused(self, time_format: str) -> None:
        with pytest.raises(ImportFailed, match="cannot be used"):
            StampParser(time_format)


class TestEpochs:
    @pytest.mark.parametrize(
        ("time_format", "text"),
        [("epoch s", "1517404500"), ("epoch ms", "1517404500000"), ("epoch s", "1517404500.0")],
    )
    def test_a_number_counts_from_1970_in_utc(self, time_format: str, text: str) -> None:
        parsed = StampParser(time_format).parse([text])
        assert parsed.wall_us.astype("datetime64[us]").tolist() == [datetime(2018, 1, 31, 13, 15)]
        assert (parsed.has_offset[0], parsed.offset_us[0]) == (True, 0)

    def test_parts_of_a_second_are_kept(self) -> None:
        assert walls("epoch s", "1517404500.25") == [datetime(2018, 1, 31, 13, 15, 0, 250_000)]

    @pytest.mark.parametrize("text", ["", "1.5174E+09", "1,517,404,500", "-1517404500", "1517"])
    def test_a_number_that_has_lost_its_digits_is_bad(self, text: str) -> None:
        assert walls("epoch s", text) == [None]


class TestMany:
    @given(
        st.lists(st.datetimes(datetime(1980, 1, 1), datetime(2099, 12, 31)), max_size=50),
        st.sampled_from(["", "Z", "+05:45", "-03:30"]),
    )
    def test_any_times_come_back_as_they_were(
        self, moments: Sequence[datetime], offset: str
    ) -> None:
        parsed = StampParser(ISO).parse([each.isoformat() + offset for each in moments])
        assert parsed.wall_us.astype("datetime64[us]").tolist() == moments
        assert not parsed.bad.any()
        assert parsed.has_offset.all() == (bool(offset) or not moments)

    @pytest.mark.parametrize("time_format", [each for each in CANDIDATES if "%" in each])
    def test_a_month_of_any_way_of_writing_is_read_in_that_one_only(self, time_format: str) -> None:
        """Year first or day first: 18/01/05 may be either where years have two digits."""
        step = HOUR if "M" in time_format else DAY
        texts = written(time_format, datetime(2018, 1, 1), step, 800)
        assert walls(time_format, *texts) == [datetime(2018, 1, 1) + step * n for n in range(800)]
        assert formats_of(texts, [texts]).formats == [time_format]

    @pytest.mark.parametrize("time_format", EPOCHS)
    def test_numbers_since_1970_are_told_from_digits_of_a_date(self, time_format: str) -> None:
        second = {"epoch s": 1, "epoch ms": 1000}[time_format]
        assert fitting_formats([str((1_517_404_500 + n * 900) * second) for n in range(99)]) == [
            time_format
        ]

    def test_memory_does_not_grow_with_times_that_are_all_different(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stamps, "_REMEMBERED", 1000)
        parser, sizes = StampParser(ISO), []
        tracemalloc.start()
        try:
            for part in range(8):
                fractions = range(part * 2000, (part + 1) * 2000)
                parser.parse([f"2018-01-31T13:15:00.{fraction:06}" for fraction in fractions])
                sizes.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
        assert max(sizes[2:]) <= 1.5 * max(sizes[:2])


class TestFittingFormats:
    def test_days_after_the_twelfth_tell_day_first_from_month_first(self) -> None:
        early = ["01/02/2018 00:00", "02/02/2018 00:00"]
        assert fitting_formats(early) == ["%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M"]
        assert fitting_formats([*early, "13/02/2018 00:00"]) == ["%d/%m/%Y %H:%M"]
        assert fitting_formats([*early, "02/13/2018 00:00"]) == ["%m/%d/%Y %H:%M"]

    def test_points_are_always_day_first(self) -> None:
        assert fitting_formats(["01.02.2018 00:00"]) == ["%d.%m.%Y %H:%M"]

    def test_a_damaged_row_of_many_does_not_hide_the_format(self) -> None:
        texts = written("%d/%m/%Y %H:%M", datetime(2018, 1, 1), HOUR, 400)
        assert fitting_formats([*texts, "3!/01/2018 00:00", ""]) == ["%d/%m/%Y %H:%M"]

    def test_words_and_numbers_fit_nothing(self) -> None:
        assert fitting_formats(["running", "idle"]) == []
        assert fitting_formats(["12.5", "13.25", "7"]) == []
        assert fitting_formats(["", " "]) == fitting_formats([])
