"""Messages of meters into readings: each once, none over another, none lost without a word."""

from __future__ import annotations

import signal
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from enms_core.domain.errors import ImportFailed
from enms_core.domain.imports import Reason
from enms_core.domain.messages import LiveReason
from tests.core.brokers import wait_until
from tests.core.conftest import execute, rows, stored
from tests.core.listen_runs import (
    MAPPING,
    NINE,
    Listening,
    counts,
    kept,
    press,
    quarters,
    readings,
    server_of_its_own,
)
from tests.core.test_kills import kill_server


def test_readings_are_stored_and_again_nothing_changes(empty_url: str, tmp_path: Path) -> None:
    lines = [
        press("2026-03-02T10:00:00+01:00", 1.5),
        press("2026-03-02T09:15Z", "2.5"),
        press("2026-03-02T10:30", 3.5),  # Berlin's time
        press("2026-03-02T10:00", 0, "Press-2"),
    ]
    assert counts(kept(empty_url, lines, tmp_path)) == (4, 0, [])
    assert counts(kept(empty_url, lines, tmp_path)) == (0, 4, [])
    assert readings(empty_url, "Press-1") == quarters(1.5, 2.5, 3.5)
    assert readings(empty_url, "Press-2") == quarters(0.0)
    assert stored(empty_url) == (4, 2, 1, 2)
    assert rows(empty_url, "SELECT DISTINCT data_source, is_estimated FROM energy_readings") == [
        ("meter", False)
    ]
    assert rows(empty_url, "SELECT power_kw FROM energy_readings WHERE energy_kwh = 1.5") == [(6,)]


def test_another_value_for_a_stored_time_is_refused(empty_url: str, tmp_path: Path) -> None:
    first = press("2026-03-02T09:00Z", 1.5)
    other = press("2026-03-02T09:00Z", 2.5)
    # In one batch the first one counts, and what says the same as it is no contradiction.
    assert counts(kept(empty_url, [first, other, first], tmp_path)) == (
        1,
        1,
        [Reason.CONTRADICTS_STORED],
    )
    assert counts(kept(empty_url, [other], tmp_path)) == (0, 0, [Reason.CONTRADICTS_STORED])
    assert readings(empty_url, "Press-1") == quarters(1.5)


def test_stamps_that_come_a_little_late_mean_their_interval(empty_url: str, tmp_path: Path) -> None:
    lines = [press("2026-03-02T09:00:07Z", 1.5), press("2026-03-02T09:15:01Z", 2.5)]
    assert counts(kept(empty_url, lines, tmp_path)) == (2, 0, [])
    assert readings(empty_url, "Press-1") == quarters(1.5, 2.5)


def test_intervals_that_lie_across_each_other_are_not_both_stored(
    empty_url: str, tmp_path: Path
) -> None:
    across = press("2026-03-02T09:05Z", 9.0)
    lines = [press("2026-03-02T09:00Z", 1.5), across]
    assert counts(kept(empty_url, lines, tmp_path)) == (1, 0, [Reason.ACROSS_STORED])
    assert counts(kept(empty_url, [across], tmp_path)) == (0, 0, [Reason.ACROSS_STORED])


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        ("1970-01-01T00:00Z", Reason.NO_TIME),
        ("1999-12-31T23:45Z", LiveReason.WRONG_CLOCK),
        ("2026-11-18T11:00Z", LiveReason.WRONG_CLOCK),
        ("2026-03-29T02:30", Reason.SKIPPED_TIME),
        ("2026-10-25T02:30", LiveReason.REPEATED_TIME),
    ],
)
def test_a_time_that_cannot_be_trusted_is_refused(
    stamp: str, reason: Reason | LiveReason, empty_url: str, tmp_path: Path
) -> None:
    assert counts(kept(empty_url, [press(stamp, 1.5)], tmp_path)) == (0, 0, [reason])
    assert stored(empty_url)[0] == 0


def test_a_repeated_hour_with_an_offset_is_clear(empty_url: str, tmp_path: Path) -> None:
    lines = [press("2026-10-25T02:30+02:00", 1.5), press("2026-10-25T02:30+01:00", 2.5)]
    assert counts(kept(empty_url, lines, tmp_path)) == (2, 0, [])


def test_an_unknown_machine_is_refused_where_the_rule_makes_none(
    workshop_url: str, tmp_path: Path
) -> None:
    mapping = MAPPING.replace("    register_machines: true\n", "").replace("Forge", "Workshop")
    report = kept(workshop_url, [press("2026-03-02T09:00Z", 1.5)], tmp_path, mapping)
    assert [(each.reason, each.detail) for each in report.refusals] == [
        (LiveReason.UNKNOWN_MACHINE, "Press-1")
    ]
    assert stored(workshop_url) == (24, 1, 1, 1)


def test_a_rule_without_an_interval_takes_that_of_the_registered_meter(
    workshop_url: str, tmp_path: Path
) -> None:
    mapping = (
        MAPPING.replace("    register_machines: true\n", "")
        .replace("    interval: 15 min\n", "")
        .replace("Forge", "Workshop")
    )
    lines = [
        press("2026-11-17T00:00+01:00", 2.5, "Lathe-7"),
        press("2026-11-18T00:00+01:00", 3.5, "Lathe-7"),
        press("2026-11-18T01:30+01:00", 3.5, "Lathe-7"),
        press("2026-11-18T02:00+01:00", 3.5, "Lathe-7"),
    ]
    assert counts(kept(workshop_url, lines, tmp_path, mapping)) == (
        2,
        1,
        [Reason.ACROSS_STORED],
    )


def test_messages_of_another_interval_go_on_after_what_is_stored(
    workshop_url: str, tmp_path: Path
) -> None:
    mapping = MAPPING.replace("Forge", "Workshop")
    within = press("2026-11-17T10:00+01:00", 0.5, "Lathe-7")
    after = press("2026-11-18T00:00+01:00", 0.5, "Lathe-7")
    assert counts(kept(workshop_url, [within], tmp_path, mapping)) == (
        0,
        0,
        [LiveReason.OTHER_METER],
    )
    assert counts(kept(workshop_url, [after], tmp_path, mapping)) == (1, 0, [])
    served = "SELECT nominal_interval_seconds, valid_to IS NULL FROM meters ORDER BY valid_from"
    assert rows(workshop_url, served) == [(3600, False), (900, True)]


def test_a_value_that_the_table_has_no_room_for_stops_no_other(
    empty_url: str, tmp_path: Path
) -> None:
    execute(empty_url, "ALTER TABLE energy_readings ADD CHECK (energy_kwh < 1000)")
    lines = [
        press("2026-03-02T09:00Z", 1.5),
        press("2026-03-02T09:15Z", 5000),
        press("2026-03-02T09:30Z", 3.5),
    ]
    assert counts(kept(empty_url, lines, tmp_path)) == (2, 0, [LiveReason.UNSTORABLE])
    assert len(readings(empty_url, "Press-1")) == 2


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("source: electricity|source: moonlight", "moonlight"),
        ("unit: Wh|unit: furlong", "furlong"),
        ("interval: 15 min|interval: 1 day", "shorter than a day"),
        ("    interval: 15 min\n|", "interval"),
        ("Europe/Berlin|Europe/Atlantis", "Atlantis"),
        ("    source: electricity|    timezone: Mars\n    source: electricity", "Mars"),
    ],
)
def test_a_rule_by_which_nothing_can_be_stored_is_told_before_anything_is_heard(
    wrong: str, words: str, empty_url: str, tmp_path: Path
) -> None:
    before, _, after = wrong.partition("|")
    with pytest.raises(ImportFailed, match=words):
        kept(empty_url, [], tmp_path, MAPPING.replace(before, after))


def test_lines_are_stored_to_their_end_and_the_refused_ones_listed(
    empty_url: str, tmp_path: Path
) -> None:
    with Listening(["stdin"], empty_url, tmp_path) as listening:
        listening.send([*readings_of(1_500), "nonsense", press("2026-03-02T09:00Z", 77)])
        assert listening.end() == 0
        assert "received 1,502, stored 1,500, duplicates 0, refused 2, behind 0" in listening.told()
        assert sorted(each["reason"] for each in listening.refused()) == sorted(
            [LiveReason.NO_JSON.value, Reason.CONTRADICTS_STORED.value]
        )
        assert rows(empty_url, "SELECT count(*), sum(energy_kwh) FROM energy_readings") == [
            (1_500, sum(range(1_500)))
        ]
        assert rows(empty_url, "SELECT count(*) FROM enms.dirty_ranges") == [(0,)]


def test_a_signal_ends_it_when_what_came_is_stored(empty_url: str, tmp_path: Path) -> None:
    with Listening(["stdin"], empty_url, tmp_path) as listening:
        listening.send(readings_of(10))
        wait_until(lambda: stored(empty_url)[0] == 10, 60, "stored")
        listening.send(readings_of(20))
        assert listening.end(signal.SIGTERM) == 0
        assert "refused 0, behind 0" in listening.told()


def test_lines_wait_while_the_database_is_away(tmp_path: Path) -> None:
    lines = list(readings_of(3_000))
    with (
        server_of_its_own() as (server, folder),
        Listening(["stdin"], server.url, tmp_path) as listening,
    ):
        listening.send(lines[:1_000])
        wait_until(lambda: stored(server.url)[0] == 1_000, 60, "the first are stored")
        kill_server(folder)
        listening.send(lines[1_000:])
        wait_until(lambda: "messages wait" in listening.told(), 60, "it tells of that")
        server.revive()
        wait_until(lambda: stored(server.url)[0] == 3_000, 60, "all are stored")
        assert listening.end() == 0


def readings_of(count: int) -> Iterable[str]:
    """Readings of a press, the first one of 9:00, of 0, 1, 2, ... kWh."""
    for number in range(count):
        start = NINE + number * timedelta(minutes=15)
        yield press(f"{start.isoformat()}Z", number)
