"""What a message says, by the rules of a mapping: whose value it is, when, and how much."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from enms_core.domain.imports import Reason
from enms_core.domain.messages import LiveReason, Message, Refusal
from enms_core.files.mapping import ListenRule
from enms_core.files.row_values import LARGEST
from enms_core.files.stamps import EPOCHS, ISO, StampParser

# What JSON can tell and no text of a database has: NUL, and half a surrogate pair.
NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
TOPICS_REMEMBERED = 10_000
# The field of a line on stdin that says what the topic of a message would.
TOPIC_FIELD = "topic"


@dataclass(frozen=True)
class Said:
    """One value of a message. rule: its place in the mapping. machine: its name in the registers,
    if it is there. wall_us: wall time where offset_us is None, else by a clock of that offset."""

    message: Message
    rule: int
    machine: str
    wall_us: int
    offset_us: int | None
    value: float
    serial: str | None


class Wrong(ValueError):
    """What keeps a message from being a reading."""

    def __init__(self, reason: Reason | LiveReason, detail: str = "") -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.detail = detail


class MessageReader:
    """Reads messages by rules; all rules that fit a message take their value from it."""

    def __init__(self, rules: Sequence[ListenRule]) -> None:
        self._rules = rules
        self._stamps = [StampParser(rule.time_format or ISO) for rule in rules]
        self._fitting: Callable[[str | None], tuple[int, ...]] = lru_cache(TOPICS_REMEMBERED)(
            self._found
        )

    def read(self, messages: Iterable[Message]) -> tuple[list[Said], list[Refusal]]:
        """The values of messages in their order, and what is refused of them."""
        said: list[Said] = []
        refusals: list[Refusal] = []
        for message in messages:
            try:
                self._read(message, said, refusals)
            except Wrong as wrong:
                refusals.append(Refusal(message, wrong.reason, wrong.detail))
        return said, refusals

    def _read(self, message: Message, said: list[Said], refusals: list[Refusal]) -> None:
        fields = _fields(message.text)
        topic = message.topic if message.topic is not None else _text(fields.get(TOPIC_FIELD))
        fitting = self._fitting(topic)
        if not fitting:
            raise Wrong(LiveReason.NO_RULE, topic or "")
        # One message may have the values of several rules, now these and now those.
        having = [each for each in fitting if _field(fields, self._rules[each].value) is not None]
        if not having:
            raise Wrong(LiveReason.NO_FIELD, self._rules[fitting[0]].value)
        for each in having:
            try:
                said.append(self._value(message, each, fields, topic))
            except Wrong as wrong:
                refusals.append(Refusal(message, wrong.reason, wrong.detail))

    def _value(self, message: Message, place: int, fields: Any, topic: str | None) -> Said:
        rule = self._rules[place]
        wall_us, offset_us = self._time(place, _needed(fields, rule.time))
        return Said(
            message,
            place,
            _machine(rule, fields, topic),
            wall_us,
            offset_us,
            _amount(_needed(fields, rule.value), rule),
            None if rule.serial is None else _text(_needed(fields, rule.serial)),
        )

    def _time(self, place: int, told: Any) -> tuple[int, int | None]:
        text = _text(told) or ""
        is_number = isinstance(told, (int, float)) and not isinstance(told, bool)
        is_epoch = self._rules[place].time_format in EPOCHS
        parsed = self._stamps[place].parse([text])
        # A bare number says nothing of its unit, and some read as a date.
        if parsed.bad[0] or (is_number and not is_epoch):
            raise Wrong(Reason.NO_TIME, text)
        offset_us = int(parsed.offset_us[0]) if parsed.has_offset[0] else None
        return int(parsed.wall_us[0]), offset_us

    def _found(self, topic: str | None) -> tuple[int, ...]:
        return tuple(
            place
            for place, rule in enumerate(self._rules)
            if rule.topic is None or (topic is not None and is_of_topic(rule.topic, topic))
        )


def is_of_topic(topic_filter: str, topic: str) -> bool:
    """Whether MQTT delivers a topic to a filter: + is one level, # all that follow; neither stands
    for a first level that begins with $ (MQTT 5, section 4.7).

    >>> is_of_topic("plant/+/energy", "plant/M17/energy"), is_of_topic("plant/#", "$SYS/load")
    (True, False)
    """
    wanted, levels = topic_filter.split("/"), topic.split("/")
    if topic.startswith("$") and wanted[0] in ("+", "#"):
        return False
    if wanted[-1] == "#":
        wanted = wanted[:-1]
        levels = levels[: len(wanted)]
    return len(wanted) == len(levels) and all(
        want in ("+", level) for want, level in zip(wanted, levels, strict=True)
    )


def _fields(text: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Wrong(LiveReason.NO_JSON) from error
    if not isinstance(fields, dict):
        raise Wrong(LiveReason.NO_JSON)
    return fields


def _field(fields: Any, name: str) -> Any:
    """A field by its name, or by its way with dots into objects; None where it is not there."""
    if not isinstance(fields, dict):
        return None
    if name in fields:
        return fields[name]
    first, dot, rest = name.partition(".")
    return _field(fields.get(first), rest) if dot else None


def _needed(fields: Any, name: str) -> Any:
    found = _field(fields, name)
    if found is None:
        raise Wrong(LiveReason.NO_FIELD, name)
    return found


def _text(told: Any) -> str | None:
    """A text, or a number as text; None for anything else."""
    if isinstance(told, str):
        return _storable(told.strip())
    return str(told) if isinstance(told, (int, float)) and not isinstance(told, bool) else None


def _storable(text: str) -> str:
    if NO_CHARACTER.search(text):
        raise Wrong(LiveReason.NO_TEXT)
    return text


def _machine(rule: ListenRule, fields: Any, topic: str | None) -> str:
    key = rule.machine
    if key.name is not None:
        return key.name
    said: str | None = None
    if key.field is not None:
        said = _text(_needed(fields, key.field))
    elif key.topic_level is not None and topic is not None:
        levels = topic.split("/")
        said = _storable(levels[key.topic_level - 1]) if key.topic_level <= len(levels) else None
    if not said:
        raise Wrong(LiveReason.NO_FIELD, "machine")
    return (rule.machines or {}).get(said, said)


def _amount(told: Any, rule: ListenRule) -> float:
    """A value as a number. A text is taken where it is one: many gateways quote their numbers."""
    value = _number(_text(told) or "")
    if math.isnan(value):
        raise Wrong(Reason.NO_NUMBER, str(told))
    if abs(value) > LARGEST:
        raise Wrong(Reason.IMPOSSIBLE, str(told))
    if value < 0:
        raise Wrong(Reason.NEGATIVE, str(told))
    return value


def _number(text: str) -> float:
    """NaN where a text is none; `float` knows digits of other scripts and 1_000 too."""
    if not text.isascii() or "_" in text:
        return math.nan
    try:
        return float(text)
    except ValueError:
        return math.nan
