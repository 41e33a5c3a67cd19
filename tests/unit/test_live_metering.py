"""Samples that come a few at a time make the readings that they make all at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enms_core.analysis.grid import instant_of, moments_of
from enms_core.analysis.live_metering import LiveMeter, LiveSample, metered
from enms_core.domain.imports import Kind, Stamp

START = datetime(2026, 3, 2, 9, 0, tzinfo=timezone.utc)
QUARTER = timedelta(minutes=15)


def meter(
    kind: Kind,
    stamp: Stamp | None = None,
    digits: int | None = None,
    interval: timedelta = QUARTER,
) -> LiveMeter:
    return LiveMeter(
        kind=kind,
        stamp=stamp,
        interval=interval,
        largest_gap=timedelta(hours=2),
        register_digits=digits,
        factor=1.0,
        zone=ZoneInfo("Europe/Berlin"),
    )


def samples(*told: tuple[float, float]) -> list[LiveSample]:
    return [LiveSample(START + timedelta(minutes=at), value) for at, value in told]


def made(of: LiveMeter, batches: Sequence[Sequence[LiveSample]]) -> dict[datetime, float]:
    """What batches make one after the other, each with what was known before it."""
    found: dict[datetime, float] = {}
    known: list[LiveSample] = []
    for batch in batches:
        newest = known[-1].time if known else None
        needed = []
        if newest is not None:
            since = of.needed_since(newest)
            first = sum(each.time <= since for each in known)
            needed = known[max(first - 1, 0) :]
        readings = metered(of, [*needed, *batch], newest, "kWh").readings
        for moment, quantity in zip(moments_of(readings.start), readings.quantity, strict=True):
            assert instant_of(int(moment)) not in found, "a reading is made twice"
            found[instant_of(int(moment))] = float(quantity)
        known += batch
    return found


def test_a_counter_gives_the_use_of_each_whole_interval() -> None:
    batches = [samples((0, 100.0)), samples((10, 102.0)), samples((20, 104.0), (31, 110.6))]
    assert made(meter("counter"), batches) == pytest.approx(
        {START: 103.0 - 100.0, START + QUARTER: 110.0 - 103.0}
    )


def test_a_rate_counts_until_the_next_sample() -> None:
    batches = [samples((0, 60.0)), samples((5, 30.0)), samples((15, 0.0))]
    found = made(meter("power", "start"), batches)
    assert found == pytest.approx({START: 60 * 5 / 60 + 30 * 10 / 60})


@pytest.mark.parametrize(
    ("kind", "stamp", "expected"),
    [("counter", None, (0.0, None, 1.0)), ("power", "start", (15.0, 15.0, 22.5))],
)
def test_nothing_is_carried_over_a_long_silence(
    kind: Kind, stamp: Stamp | None, expected: tuple[float | None, ...]
) -> None:
    told = ((0, 60.0), (15, 60.0), (315, 90.0), (330, 91.0))
    found = made(meter(kind, stamp), [samples(each) for each in told])
    places = (START, START + QUARTER, START + 21 * QUARTER)
    wanted = {place: each for place, each in zip(places, expected, strict=True) if each is not None}
    assert found == pytest.approx(wanted)


def test_a_counter_that_showed_nought_for_a_moment_loses_nothing() -> None:
    batches = [samples(each) for each in ((0, 100.0), (5, 0.0), (10, 102.0), (15, 103.0))]
    assert made(meter("counter"), batches) == pytest.approx({START: 3.0})


def test_a_counter_of_known_width_rolls_over() -> None:
    batches = [samples((0, 99_999.0)), samples((15, 2.0))]
    assert made(meter("counter", digits=5), batches) == pytest.approx({START: 3.0})


@pytest.mark.parametrize("kind", ["counter", "power"])
@pytest.mark.parametrize(("month", "day"), [(3, 28), (10, 24)])
def test_half_days_do_not_depend_on_the_cut_when_the_clocks_change(
    kind: Kind, month: int, day: int
) -> None:
    """Each batch was cut as the clock goes at its end: an hour was counted twice, or not at all."""
    begin = datetime(2026, month, day, tzinfo=timezone.utc)
    told = [LiveSample(begin + timedelta(hours=hour), float(hour)) for hour in range(96)]
    of = meter(kind, "start" if kind == "power" else None, interval=timedelta(hours=12))
    one_by_one = made(of, [[each] for each in told])
    assert one_by_one == pytest.approx(made(of, [told]))
    assert sorted(one_by_one) == [
        begin + timedelta(hours=11) + number * of.interval for number in range(7)
    ]
    if kind == "counter":
        assert set(one_by_one.values()) == {12.0}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(data=st.data(), kind=st.sampled_from([("counter", None), ("power", None), ("power", "end")]))
def test_any_cut_into_batches_makes_the_same_readings(
    data: st.DataObject, kind: tuple[Kind, Stamp | None]
) -> None:
    # Samples of a steady rhythm: their usual distance is known from any few of them.
    count = data.draw(st.integers(2, 60))
    steps = data.draw(st.lists(st.floats(0, 50), min_size=count, max_size=count))
    value = 0.0
    told = []
    for number, step in enumerate(steps):
        value = value + step if kind[0] == "counter" else step
        told.append((number * 4.0, value))
    together = samples(*told)
    cuts = sorted(data.draw(st.sets(st.integers(1, count - 1), max_size=10)) | {2})
    batches = [together[a:b] for a, b in zip([0, *cuts], [*cuts, count], strict=True) if a < b]
    assert made(meter(*kind), batches) == pytest.approx(
        made(meter(*kind), [together]), rel=1e-9, abs=1e-9
    )
