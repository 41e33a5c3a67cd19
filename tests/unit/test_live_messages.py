"""What a message says by the rules: one case for each way of saying it wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pytest

from enms_core.domain.imports import Reason
from enms_core.domain.messages import LiveReason, Message
from enms_core.files.mapping import ListenRule
from enms_core.services.live_messages import MessageReader, Said, is_of_topic

ENERGY = {
    "topic": "plant/+/energy",
    "machine": {"topic_level": 2},
    "machines": {"M17": "Press-3"},
    "source": "electricity",
    "time": "ts",
    "value": "kwh",
    "kind": "interval",
    "stamp": "start",
}
COUNTER = {
    "topic": "gateway/#",
    "machine": {"field": "meter.name"},
    "source": "electricity",
    "time": "at",
    "time_format": "epoch ms",
    "value": "meter.total",
    "serial": "meter.id",
    "kind": "counter",
}
GOOD = {"ts": "2026-03-02T10:00:00+01:00", "kwh": 1.5}
GOOD_US = 1_772_445_600_000_000 - 3_600_000_000  # 2 March 2026, 9:00 UTC


def read(
    text: str | bytes | Mapping[str, Any], topic: str | None = "plant/M17/energy"
) -> tuple[list[Said], list[tuple[Reason | LiveReason, str]]]:
    raw = json.dumps(text) if isinstance(text, dict) else text
    data = raw.encode() if isinstance(raw, str) else raw
    assert isinstance(data, bytes)
    reader = MessageReader([ListenRule.model_validate(each) for each in (ENERGY, COUNTER)])
    said, refusals = reader.read([Message(data, topic, lambda: None)])
    return said, [(each.reason, each.detail) for each in refusals]


def test_a_message_says_whose_value_it_is_when_and_how_much() -> None:
    (said,), refusals = read(GOOD)
    assert (said.machine, said.value, said.rule) == ("Press-3", 1.5, 0)
    assert said.offset_us is not None
    assert said.wall_us - said.offset_us == GOOD_US
    assert not refusals


def test_a_name_that_nobody_translated_is_taken_as_it_is() -> None:
    (said,), _ = read(GOOD, "plant/Lathe-7/energy")
    assert said.machine == "Lathe-7"


def test_fields_are_found_in_objects_and_numbers_may_be_quoted() -> None:
    meter = {"name": "Lathe-7", "total": "1234.5", "id": 77}
    (said,), refusals = read({"at": GOOD_US // 1000, "meter": meter}, "gateway/a/b")
    assert (said.machine, said.value, said.serial, said.rule) == ("Lathe-7", 1234.5, "77", 1)
    assert (said.wall_us, said.offset_us) == (GOOD_US, 0)
    assert not refusals


def test_a_line_without_a_topic_of_its_own_tells_it_in_a_field() -> None:
    (said,), _ = read({**GOOD, "topic": "plant/M17/energy"}, None)
    assert said.machine == "Press-3"
    assert read(GOOD, None) == ([], [(LiveReason.NO_RULE, "")])


@pytest.mark.parametrize(
    ("text", "topic", "reason"),
    [
        ("not json", "plant/M17/energy", LiveReason.NO_JSON),
        ("17.5", "plant/M17/energy", LiveReason.NO_JSON),
        (b"\xff\xfe\x00", "plant/M17/energy", LiveReason.NO_JSON),
        ("[" * 100_000, "plant/M17/energy", LiveReason.NO_JSON),
        (GOOD, "plant/M17/status", LiveReason.NO_RULE),
        ({"ts": GOOD["ts"]}, "plant/M17/energy", LiveReason.NO_FIELD),
        ({"kwh": 1.5}, "plant/M17/energy", LiveReason.NO_FIELD),
        ({"at": 1772442000000, "meter": {"total": 3, "id": 1}}, "gateway/a", LiveReason.NO_FIELD),
        ({**GOOD, "kwh": None}, "plant/M17/energy", LiveReason.NO_FIELD),
        ({**GOOD, "ts": "yesterday"}, "plant/M17/energy", Reason.NO_TIME),
        ({**GOOD, "ts": 1772442000}, "plant/M17/energy", Reason.NO_TIME),
        ({**GOOD, "ts": True}, "plant/M17/energy", Reason.NO_TIME),
        ({**GOOD, "kwh": "much"}, "plant/M17/energy", Reason.NO_NUMBER),
        # Python reads these as numbers, files do not.
        ({**GOOD, "kwh": "1_000"}, "plant/M17/energy", Reason.NO_NUMBER),
        ({**GOOD, "kwh": "٣"}, "plant/M17/energy", Reason.NO_NUMBER),
        ({**GOOD, "kwh": "1,234"}, "plant/M17/energy", Reason.NO_NUMBER),
        # JSON has these, a database has not.
        (GOOD, "plant/M\0/energy", LiveReason.NO_TEXT),
        (GOOD, "plant/\ud800/energy", LiveReason.NO_TEXT),
        (r'{"kwh": "\ud800", "ts": "2026-03-02T10:00Z"}', "plant/M17/energy", LiveReason.NO_TEXT),
        (
            r'{"meter": {"total": 1, "id": "\u0000", "name": "M"}, "at": 1772442000000}',
            "gateway/a",
            LiveReason.NO_TEXT,
        ),
        (
            r'{"meter": {"total": 1, "id": "A", "name": "M\udfff"}, "at": 1772442000000}',
            "gateway/a",
            LiveReason.NO_TEXT,
        ),
        ({**GOOD, "kwh": True}, "plant/M17/energy", Reason.NO_NUMBER),
        ({**GOOD, "kwh": [1]}, "plant/M17/energy", Reason.NO_NUMBER),
        ('{"ts": "2026-03-02T10:00Z", "kwh": NaN}', "plant/M17/energy", Reason.NO_NUMBER),
        ('{"ts": "2026-03-02T10:00Z", "kwh": 1e999}', "plant/M17/energy", Reason.IMPOSSIBLE),
        ({**GOOD, "kwh": -1.5}, "plant/M17/energy", Reason.NEGATIVE),
    ],
)
def test_what_is_no_reading_is_refused_with_its_reason(
    text: Any, topic: str, reason: Reason | LiveReason
) -> None:
    said, refusals = read(text, topic)
    assert not said
    assert [found for found, _ in refusals] == [reason]


@pytest.mark.parametrize(
    ("topic_filter", "topic", "is_one"),
    [
        ("a/b", "a/b", True),
        ("a/+", "a/b", True),
        ("a/+", "a/b/c", False),
        ("a/+/c", "a/b/c", True),
        ("a/#", "a/b/c", True),
        ("a/#", "a", True),
        ("#", "a/b", True),
        ("#", "$SYS/load", False),
        ("+/load", "$SYS/load", False),
        ("$SYS/#", "$SYS/load", True),
        ("a/b", "a", False),
        ("a", "a/b", False),
        ("a/+", "a/", True),
    ],
)
def test_topics_are_matched_as_the_broker_does(topic_filter: str, topic: str, is_one: bool) -> None:
    assert is_of_topic(topic_filter, topic) is is_one
