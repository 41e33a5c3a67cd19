"""Where messages meet what is stored, what no table holds, and the end of the program."""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import signal
import struct
import termios
import threading
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

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
    line,
    press,
    quarters,
    readings,
)

ESTIMATES = "SELECT energy_kwh, power_kw, is_estimated FROM energy_readings"


def test_what_was_measured_takes_the_place_of_an_estimate(empty_url: str, tmp_path: Path) -> None:
    """As a row of a file does; a message was refused once."""
    kept(empty_url, [press("2026-03-02T09:00Z", 1.5)], tmp_path)
    execute(empty_url, "UPDATE energy_readings SET is_estimated = true")
    lines = [press("2026-03-02T09:00Z", 2.5), press("2026-03-02T09:00Z", 3.5)]
    assert counts(kept(empty_url, lines, tmp_path)) == (1, 0, [Reason.CONTRADICTS_STORED])
    assert rows(empty_url, ESTIMATES) == [(2.5, 10.0, False)]


def test_a_reading_without_a_value_says_nothing_against_a_message(
    empty_url: str, tmp_path: Path
) -> None:
    kept(empty_url, [press("2026-03-02T09:00Z", 1.5)], tmp_path)
    execute(
        empty_url,
        "ALTER TABLE energy_readings ALTER energy_kwh DROP NOT NULL;"
        "UPDATE energy_readings SET energy_kwh = NULL, power_kw = NULL",
    )
    again = [press("2026-03-02T09:00Z", 2.5)]
    assert counts(kept(empty_url, again, tmp_path)) == (1, 0, [])
    assert counts(kept(empty_url, again, tmp_path)) == (0, 1, [])
    assert rows(empty_url, ESTIMATES) == [(2.5, 10.0, False)]


def test_an_estimate_says_nothing_against_what_was_measured(empty_url: str, tmp_path: Path) -> None:
    """Two samples an hour apart make four estimates; two measured readings are there already."""
    measured = [press("2026-03-02T09:00Z", 7.0), press("2026-03-02T09:15Z", 1.0)]
    kept(empty_url, measured, tmp_path)
    for hour, total in (("09", 1_000_000), ("10", 1_008_000)):
        at = f"2026-03-02T{hour}:00Z"
        sent = line("plant/Press-1/counter", ts=at, total={"Wh": total}, serial="A")
        assert kept(empty_url, [sent], tmp_path).remarks == []
    assert readings(empty_url, "Press-1") == pytest.approx(quarters(7.0, 1.0, 2.0, 2.0))


@pytest.mark.parametrize("size", [1, 4])
def test_intervals_of_half_a_day_are_stored_as_they_are_told(
    size: int, empty_url: str, tmp_path: Path
) -> None:
    """The clocks go forward on the 29th. Once the first message of a batch decided where the day
    began, and the others moved by an hour."""
    half_days = MAPPING.replace("interval: 15 min", "interval: 12 h")
    told = ["28T11:00", "28T23:00", "29T22:00", "30T10:00"]
    lines = [press(f"2026-03-{each}Z", 1.5) for each in told]
    for first in range(0, len(lines), size):
        some = lines[first : first + size]
        assert counts(kept(empty_url, some, tmp_path, half_days)) == (size, 0, [])
    found = [f"{start:%dT%H:%M}" for start in readings(empty_url, "Press-1")]
    assert found == told


def test_a_message_that_no_table_holds_is_refused_and_those_behind_it_stored(
    empty_url: str, tmp_path: Path
) -> None:
    """Such a message was tried again for ever once, also after a restart."""
    execute(empty_url, "ALTER TABLE machines ADD CHECK (name !~ '^Long')")
    no_index_has_it = "".join(hashlib.sha256(b"%d" % number).hexdigest() for number in range(500))
    lines = [
        press("2026-03-02T09:00Z", 1.5),
        press("2026-03-02T09:00Z", 1.5, "Long-Press"),
        press("2026-03-02T09:00Z", 1.5, no_index_has_it),
        press("2026-03-02T09:00Z", 1.5, "Press\0"),
        press("2026-03-02T09:00Z", 1.5, "Press\ud800"),
        press("2026-03-02T09:00Z", "\ud800"),
        press("2026-03-02T09:15Z", 2.5),
    ]
    with Listening(["stdin"], empty_url, tmp_path) as listening:
        listening.send(lines)
        assert listening.end() == 0
        assert "received 7, stored 2, duplicates 0, refused 5, behind 0" in listening.told()
        assert sorted(each["reason"] for each in listening.refused()) == sorted(
            2 * [LiveReason.UNSTORABLE.value] + 3 * [LiveReason.NO_TEXT.value]
        )
    assert readings(empty_url, "Press-1") == quarters(1.5, 2.5)


def test_lines_that_were_read_are_stored_after_a_signal_and_the_others_left(
    empty_url: str, tmp_path: Path
) -> None:
    """The reader went on while the program ended, and what it read was thrown away."""
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    stop = threading.Event()
    written = 0

    def write() -> None:
        nonlocal written
        for number in count():
            at = NINE - timedelta(days=9_000) + number * timedelta(minutes=15)
            sent = f"{press(f'{at.isoformat()}Z', 1)}\n".encode()
            while not stop.is_set():
                try:
                    os.write(writing, sent)  # whole or not at all: it is short
                    written += 1
                    break
                except BlockingIOError:
                    stop.wait(0.001)
            if stop.is_set():
                return

    with Listening(["stdin"], empty_url, tmp_path, stdin=reading) as listening:
        thread = threading.Thread(target=write)
        thread.start()
        try:
            wait_until(lambda: stored(empty_url)[0] >= 5_000, 60, "the first are stored")
            assert listening.end(signal.SIGTERM) == 0
        finally:
            stop.set()
            thread.join()
        (left,) = struct.unpack("i", fcntl.ioctl(reading, termios.FIONREAD, bytes(4)))
        # Of a line that was cut the first half was read, and refused.
        left_lines = os.read(reading, left).count(b"\n") if left else 0
        os.close(reading)
        os.close(writing)
        told = re.findall(r"received ([\d,]+), stored ([\d,]+), .*behind 0", listening.told())
        received, kept_values = (int(each.replace(",", "")) for each in told[-1])
        cut = len(listening.refused())
    assert cut <= 1
    assert kept_values == received - cut == stored(empty_url)[0]
    assert kept_values + left_lines == written
