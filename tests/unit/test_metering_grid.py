"""When a meter's intervals begin: the site's clock, local days, and stamps that jitter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.counter import CounterFlows
from enms_core.analysis.grid import DAY, DayGrid, FixedGrid, grid_of, instant_of, moment_of
from enms_core.analysis.snapping import snapped
from enms_core.analysis.survey import CounterSurvey, PhaseSurvey
from tests.unit.metered import HOUR, QUARTER, UTC, at, instants, made

BERLIN, KATHMANDU, SAO_PAULO = map(
    ZoneInfo, ("Europe/Berlin", "Asia/Kathmandu", "America/Sao_Paulo")
)
ZONES = ("Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Havana",
         "Asia/Kathmandu", "Pacific/Apia", "America/Chicago", "UTC")  # fmt: skip


def grid_for(minutes: Sequence[float], interval: timedelta, zone: ZoneInfo = UTC) -> list[datetime]:
    """The first starts of the grid found for samples, from the beginning on."""
    survey = PhaseSurvey(interval, zone)
    survey.add(instants(minutes))
    first = survey.grid.cells(np.array([moment_of(at(0))]))[0]
    return [instant_of(each) for each in survey.grid.starts(first + np.arange(3))]


class TestPhase:
    def test_samples_on_the_clock_keep_the_clock(self) -> None:
        assert grid_for([0, 15, 30, 45], QUARTER)[0] == at(0)

    def test_samples_always_five_past_keep_their_five_minutes(self) -> None:
        assert grid_for([5, 65, 125], HOUR)[:2] == [at(-55), at(5)]

    def test_samples_of_no_fixed_place_get_the_clock_of_the_site(self) -> None:
        """It is 5:45 later in Kathmandu, so its hours begin a quarter past those of UTC."""
        assert grid_for([0.1, 60.3, 119.8], HOUR, KATHMANDU)[1] == at(15)

    def test_one_sample_of_another_place_does_not_move_all(self) -> None:
        minutes = [5.0 + 60 * place for place in range(20)] + [1207.0]
        assert grid_for(minutes, HOUR)[1] == at(5)

    def test_a_meter_read_at_six_in_the_morning_keeps_it_through_a_clock_change(self) -> None:
        mornings = [datetime(2024, 3, 20, 6, tzinfo=BERLIN) + place * DAY for place in range(20)]
        moments = np.array(
            [each.astimezone(timezone.utc).replace(tzinfo=None) for each in mornings],
            dtype="datetime64[us]",
        )
        survey = PhaseSurvey(DAY, BERLIN)
        survey.add(moments)
        found = made(CounterFlows(DAY), moments, [3.0 * n for n in range(20)], grid=survey.grid)
        assert list(found.quantities.values()) == [3.0] * 19
        assert [each.astimezone(BERLIN).hour for each in found.quantities] == [6] * 19

    def test_weeks_begin_on_the_day_of_the_first_sample(self) -> None:
        week = timedelta(weeks=1)
        minutes = [7 * 1440 * place + jitter for place, jitter in enumerate([3, 9, 1, 5])]
        survey = PhaseSurvey(week, UTC)
        survey.add(instants(minutes))
        found = made(CounterFlows(week), instants(minutes), [0, 7, 14, 21], grid=survey.grid)
        assert list(found.quantities) == [at(0), at(7 * 1440), at(14 * 1440)]

    def test_without_a_sample_it_is_that_of_the_clock(self) -> None:
        assert grid_for([], QUARTER)[0] == at(0)


class TestDays:
    def test_a_local_day_has_23_to_25_hours(self) -> None:
        grid = DayGrid(BERLIN)
        noon = np.array([moment_of(datetime(2024, 3, 31, 12, tzinfo=BERLIN)),
                         moment_of(datetime(2024, 10, 27, 12, tzinfo=BERLIN))])  # fmt: skip
        days = grid.cells(noon)
        lengths = (grid.starts(days + 1) - grid.starts(days)) / 3.6e9
        assert lengths.tolist() == [23, 25]

    def test_a_day_whose_midnight_is_skipped_begins_with_the_change(self) -> None:
        noon = datetime(2018, 11, 4, 12, tzinfo=SAO_PAULO)
        grid = DayGrid(SAO_PAULO)
        (start,) = grid.starts(grid.cells(np.array([moment_of(noon)])))
        assert instant_of(start).astimezone(SAO_PAULO) == datetime(2018, 11, 4, 1, tzinfo=SAO_PAULO)

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(
        st.datetimes(datetime(1990, 1, 1), datetime(2035, 1, 1)),
        st.sampled_from(ZONES),
        st.sampled_from([timedelta(), timedelta(hours=6), timedelta(hours=23, minutes=59)]),
        st.sampled_from([1, 7]),
    )
    def test_every_moment_is_within_its_cell(
        self, moment: datetime, zone: str, phase: timedelta, days: int
    ) -> None:
        grid = grid_of(days * DAY, ZoneInfo(zone), phase)
        moments = np.array([moment_of(moment.replace(tzinfo=timezone.utc))])
        cell = grid.cells(moments)
        start, end = (instant_of(grid.starts(cell + more)[0]) for more in (0, 1))
        assert start <= moment.replace(tzinfo=timezone.utc) < end
        wall = start.astimezone(ZoneInfo(zone))
        skipped = (
            wall.utcoffset() != (start - timedelta(seconds=1)).astimezone(wall.tzinfo).utcoffset()
        )
        assert skipped or wall.time() == (datetime.min + phase).time()


class TestSnapping:
    def test_stamps_near_the_grid_move_onto_it_and_others_stay(self) -> None:
        starts, moved, largest = snapped(instants([0, 15.02, 29.5, 40, 60]), FixedGrid(QUARTER))
        assert starts.tolist() == instants([0, 15, 30, 40, 60]).tolist()
        assert moved.tolist() == [False, True, True, False, False]
        assert largest == timedelta(seconds=30)

    def test_none_moves_more_than_a_tenth_of_the_interval(self) -> None:
        _, moved, largest = snapped(instants([1.5, 13.5, 16.51, 28.49]), FixedGrid(QUARTER))
        assert moved.tolist() == [True, True, False, False]
        assert largest == timedelta(seconds=90)

    def test_days_move_to_local_midnight(self) -> None:
        """In Berlin it is midnight at 23 hours of UTC."""
        starts, moved, _ = snapped(instants([-58, 1380]), grid_of(DAY, BERLIN))
        assert starts.tolist() == instants([-60, 1380]).tolist()
        assert moved.tolist() == [True, False]

    def test_nothing_moves_in_nothing(self) -> None:
        starts, moved, largest = snapped(instants([]), grid_of(DAY, BERLIN))
        assert (starts.size, moved.size, largest) == (0, 0, timedelta())


class TestHighestRate:
    def rate(self, values: Sequence[float], serials: Sequence[str] | None = None) -> float | None:
        survey = CounterSurvey(QUARTER)
        survey.add(instants([15.0 * n for n in range(len(values))]), np.array(values), serials)
        return survey.highest_rate

    def test_is_ten_times_the_fourth_highest(self) -> None:
        """Uses of 1, 2, 3, 4 and 5 kWh in a quarter; the fourth highest is 2 kWh, so 8 kW."""
        assert self.rate([0, 1, 3, 6, 10, 15]) == 80

    def test_three_jumps_do_not_raise_it(self) -> None:
        uses = [1, 1, 1, 1, 1e6, 1, 1, 2e6, 1, 1, 3e6, 1, 1]
        assert self.rate(list(np.cumsum(uses))) == 40

    def test_any_number_of_noughts_do_not_raise_it(self) -> None:
        values = np.arange(1000.0, 1100.0)
        values[5:95:6] = 0
        assert self.rate(list(values)) == 40

    def test_meters_that_follow_each_other_do_not_raise_it(self) -> None:
        values = [1, 2, 3, 4, 5, 9001, 9002, 9003, 9004, 9005, 9006]
        assert self.rate(values, ["A"] * 5 + ["B"] * 6) == 40

    def test_a_register_that_moved_three_times_tells_none(self) -> None:
        assert self.rate([0, 0, 1, 1, 1, 2, 2, 3, 3]) is None
