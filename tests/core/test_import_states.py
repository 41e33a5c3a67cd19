"""States of machines: changes are stored, by the rules of readings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timezone

import pytest

from enms_core.domain.imports import Reason, StatusTarget
from tests.conftest import Asker
from tests.core.conftest import Keep, counts, refused, rows

STATUS = StatusTarget(column="state", machine="Lathe-7")


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=timezone.utc)


class TestStatus:
    HISTORY = "SELECT time, mode, is_running FROM machine_status_history ORDER BY time"
    TOLD = (("00:00", "running"), ("01:00", "running"), ("02:00", "idle"), ("03:00", "running"))

    def test_changes_are_stored_and_repetitions_are_not(
        self, keep: Keep, workshop_url: str
    ) -> None:
        report = keep(STATUS, self.TOLD)
        assert counts(report) == (3, 3, 0, 0)
        assert rows(workshop_url, self.HISTORY) == [
            (at(0), "running", True),
            (at(2), "idle", False),
            (at(3), "running", True),
        ]

    def test_a_second_time_changes_nothing(self, keep: Keep, workshop_url: str) -> None:
        keep(STATUS, self.TOLD)
        before = rows(workshop_url, self.HISTORY)
        assert counts(keep(STATUS, self.TOLD)) == (3, 0, 0, 3)
        assert rows(workshop_url, self.HISTORY) == before

    @pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["older first", "newer first"])
    def test_files_give_the_same_history_in_any_order(
        self, keep: Keep, workshop_url: str, order: tuple[int, int]
    ) -> None:
        files = (self.TOLD, (("04:00", "running"), ("05:00", "off")))
        for number in order:
            keep(STATUS, files[number])
        modes = [(time, mode) for time, mode, _is_running in rows(workshop_url, self.HISTORY)]
        assert modes == [
            (at(0), "running"), (at(2), "idle"), (at(3), "running"), (at(4), "running"),
            (at(5), "off"),
        ]  # fmt: skip

    def test_another_state_for_a_stored_time_is_refused(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(STATUS, self.TOLD)
        before = rows(workshop_url, self.HISTORY)
        report = keep(STATUS, [("00:00", "running"), ("02:00", "fault")])
        assert refused(report) == [(3, Reason.CONTRADICTS_STORED, "fault")]
        assert (counts(report), rows(workshop_url, self.HISTORY)) == ((1, 0, 0, 1), before)

    def test_a_repetition_still_replaces_another_stored_state(
        self, keep: Keep, workshop_url: str
    ) -> None:
        keep(STATUS, self.TOLD)
        report = keep(STATUS, [(hour, "running") for hour, _mode in self.TOLD], replace=True)
        modes = [mode for _time, mode, _is_running in rows(workshop_url, self.HISTORY)]
        assert (counts(report), modes) == ((3, 0, 1, 2), ["running"] * 3)

    def test_the_present_state_is_the_last_one_told(self, keep: Keep, workshop_url: str) -> None:
        present = "SELECT current_mode, is_running, last_updated FROM machine_status"
        keep(STATUS, self.TOLD)
        assert rows(workshop_url, present) == [("running", True, at(3))]
        keep(STATUS, [("04:00", "running"), ("05:00", "off"), ("06:00", "off")])
        assert rows(workshop_url, present) == [("off", False, at(6))]
        keep(STATUS, [("05:30", "fault")])
        assert rows(workshop_url, present) == [("off", False, at(6))]

    def test_what_is_stored_can_be_asked_for(
        self, keep: Keep, workshop_url: str, engine_on: Callable[..., Asker]
    ) -> None:
        keep(STATUS, self.TOLD)
        reply = engine_on(workshop_url).ask("how long did lathe seven run on the 2nd of March 2026")
        assert reply.outcome == "answered"
