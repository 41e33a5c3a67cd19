"""Status and its durations against a walk over all changes, for any history and period."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.status import durations_by_mode, known_time, running_time, status_stretches
from enms_core.domain.period import Period
from enms_core.domain.status import StatusNow
from enms_core.storage.status import status_at, status_changes
from tests.conftest import own_database
from tests.core.query_states import DAYS, first_reading, periods
from tests.core.rollup_bench import MACHINES, Bench, bench_on

# An adopted history may tell half of a status only, or nothing.
STATUSES = (
    ("running", True),
    ("running", True),
    ("idle", False),
    ("fault", False),
    ("off", False),
    ("running", None),
    ("idle", None),
    (None, True),
    (None, False),
    (None, None),
)
Change = tuple[datetime, str | None, bool | None]
Told = tuple[datetime, str | None, bool]


@dataclass(frozen=True)
class Case:
    """A history by chance, the same for the same numbers, and a period."""

    seed: int
    count: int
    begun: datetime
    period: Period

    def history(self, machine: str) -> list[Change]:
        """Changes in order of time, some at whole hours, some of the same status as before."""
        draw = random.Random(f"{self.seed} {machine}")
        found: dict[datetime, Change] = {}
        for _ in range(self.count):
            step = draw.choice((3_600_000_000, 60_000_000, 1))
            offset = draw.randrange(5 * 86_400_000_000 // step) * step
            moment = self.begun + timedelta(microseconds=offset)
            found[moment] = (moment, *draw.choice(STATUSES))
        return [found[moment] for moment in sorted(found)]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    name, day = draw(st.sampled_from(DAYS))
    count, seed = draw(st.sampled_from((0, 1, 3, 20, 100))), draw(st.integers(0, 10_000))
    return Case(seed, count, first_reading(day), draw(periods(ZoneInfo(name), day)))


@pytest.fixture(scope="module")
def bench(server_url: str, empty_template: str) -> Iterator[Bench]:
    with own_database(server_url, empty_template) as url, bench_on(url) as bench:
        bench.execute(
            "ALTER TABLE machine_status_history ALTER mode DROP NOT NULL,"
            " ALTER is_running DROP NOT NULL"
        )
        yield bench


def stored(bench: Bench, case: Case) -> dict[str, list[Told]]:
    """Write the histories; returns what each change tells, without those that tell nothing."""
    bench.execute("TRUNCATE machine_status_history")
    told = {}
    for machine in MACHINES:
        history = case.history(machine)
        rows = [(machine, *change) for change in history]
        bench.copy("machine_status_history", ("machine_id", "time", "mode", "is_running"), rows)
        told[machine] = [
            (moment, mode, mode == "running" if is_running is None else is_running)
            for moment, mode, is_running in history
            if (mode, is_running) != (None, None)
        ]
    return told


@settings(max_examples=150, deadline=None, derandomize=True)
@given(case=cases())
def test_durations_are_what_a_walk_over_all_changes_adds_up(bench: Bench, case: Case) -> None:
    told = stored(bench, case)
    asked = [UUID(machine) for machine in MACHINES]

    found = bench.loop.run(status_changes(bench.store.readings, asked, case.period), 20)

    for machine in MACHINES:
        stretches = status_stretches(found.get(UUID(machine), ()), case.period)
        by_mode, running = walk(told[machine], case.period)
        assert durations_by_mode(stretches) == by_mode
        assert known_time(stretches) == sum(by_mode.values(), timedelta())
        assert running_time(stretches) == running


def walk(told: Sequence[Told], period: Period) -> tuple[dict[str | None, timedelta], timedelta]:
    """Time by mode, and time running: each change lasts until the next."""
    start, end = (edge.astimezone(timezone.utc) for edge in (period.start, period.end))
    by_mode: dict[str | None, timedelta] = {}
    running = timedelta()
    for (moment, mode, is_running), (following, *_) in pairwise([*told, (end, None, False)]):
        length = min(following, end) - max(moment, start)
        if length > timedelta():
            by_mode[mode] = by_mode.get(mode, timedelta()) + length
            running += length if is_running else timedelta()
    return by_mode, running


@settings(max_examples=60, deadline=None, derandomize=True)
@given(case=cases())
def test_the_status_of_an_instant_is_the_last_change_and_began_with_its_first_like_it(
    bench: Bench, case: Case
) -> None:
    told = stored(bench, case)
    asked, moment = [UUID(machine) for machine in MACHINES], case.period.end

    found = bench.loop.run(status_at(bench.store.readings, asked, moment), 20)

    assert {str(machine) for machine in found} == {m for m in MACHINES if until(told[m], moment)}
    for machine, status in found.items():
        history = until(told[str(machine)], moment)
        _, mode, is_running = history[-1]
        since = moment
        for begun, *same in reversed(history):
            if same != [mode, is_running]:
                break
            since = begun
        assert status == StatusNow(mode, is_running, since)


def until(told: Sequence[Told], moment: datetime) -> list[Told]:
    return [change for change in told if change[0] <= moment]
