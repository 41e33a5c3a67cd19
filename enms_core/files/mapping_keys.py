"""The keys of a mapping: where the columns of files go, and the messages of meters. What is wrong
with one is told in a sentence with its place.

`files` are read by `enms import --map`, `listen` by `enms listen --map`; a mapping may have both.
docs/importing.md and docs/listening.md tell the keys. None: to be found from the file, as where a
flag of `enms import` is left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from enms_core.domain.durations import duration
from enms_core.domain.imports import LARGEST_GAP, Decimal, Kind, Stamp

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Duration = Annotated[timedelta, BeforeValidator(lambda said: _duration(said))]
Weather = Literal["temperature", "humidity", "wind"]
Production = Literal["production_count", "good_count", "reject_count"]
Mode = Literal["running", "idle", "maintenance", "fault", "off"]
# Keys of what is no reading; and those that only readings have, which the others refuse.
ROLES = ("production", "status", "weather")
OF_READINGS = frozenset(
    {
        "source", "kind", "largest_gap", "register_digits", "serial_column", "seu", "kwh_per_unit",
        "highest_rate",
    }
)  # fmt: skip
UNKNOWN_KEY = "unknown_key"
# pydantic's kinds of fault that have a plainer sentence here; the others are told in its words.
SENTENCES = {
    "missing": "is missing",
    "literal_error": "must be {expected}, not {input!r}",
    "string_type": "must be one text",
    "string_too_short": "cannot be empty",
    "string_too_long": "must be one character",
    "int_parsing": "must be a whole number, not {input!r}",
    "int_type": "must be a whole number",
    "float_parsing": "must be a number, not {input!r}",
    "finite_number": "must be a number, not {input!r}",
    "greater_than": "must be more than {gt:g}, not {input}",
    "bool_parsing": "must be true or false, not {input!r}",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "too_short": "cannot be empty",
    "dict_type": "must be keys with values",
    "model_type": "must be keys with values",
    "greater_than_equal": "must be {ge} or more, not {input}",
    "less_than_equal": "must be {le} or less, not {input}",
    "value_error": "{error}",
    UNKNOWN_KEY: "is no key here; there are {known}",
}


def _duration(said: Any) -> Any:
    return duration(said) if isinstance(said, str) else said


def _named(said: Any) -> Any:
    """A name alone stands for {name: ...}."""
    return {"name": said} if isinstance(said, str) else said


def _or_empty(said: Any) -> Any:
    """A key without a value is there all the same."""
    return {} if said is None else said


class Keys(BaseModel):
    """Keys of one part of a mapping; one that is not among them is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _known(cls, said: Any) -> Any:
        """Refuses an unknown key by its own name, with those there are."""
        for key in said if isinstance(said, dict) else ():
            if key not in cls.model_fields:
                told = {"key": key, "known": ", ".join(cls.model_fields)}
                raise PydanticCustomError(UNKNOWN_KEY, "unknown key", told)
        return said


class Factory(Keys):
    """The factory of all files; the time zone is needed where it is new."""

    name: Text
    timezone: Text | None = None
    currency: Text | None = None


class Defaults(Keys):
    """How files are read and what their columns are of, where a file or column says nothing else.

    time: name of the column of stamps; clock: that of the time of day, where it stands apart. The
    other keys are those of `TableFormat` and `ReadingsTarget`.
    """

    encoding: Text | None = None
    delimiter: Annotated[str, StringConstraints(min_length=1, max_length=1)] | None = None
    decimal: Decimal | None = None
    sheet: Text | None = None
    time: Text | None = None
    clock: Text | None = None
    time_format: Text | None = None
    timezone: Text | None = None
    stamp: Stamp | None = None
    machine: Text | None = None
    machine_type: Text | None = None
    source: Text | None = None
    kind: Kind | None = None
    largest_gap: Duration | None = None


class Rows(Keys):
    """The rows of one meter in a file of several: those with `value` in `column`."""

    column: Text
    value: Text


class Column(Keys):
    """One column: readings of a machine's source, or what one of the last three keys says.

    status: word of the file → running, idle, maintenance, fault or off; may be empty.
    """

    column: Text
    unit: Text | None = None
    rows: Rows | None = None
    machine: Text | None = None
    machine_type: Text | None = None
    source: Text | None = None
    kind: Kind | None = None
    interval: Duration | None = None
    largest_gap: Duration | None = None
    register_digits: Annotated[int, Field(ge=1, le=15)] | None = None
    serial_column: Text | None = None
    seu: Text | None = None
    kwh_per_unit: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    highest_rate: Annotated[float, Field(gt=0, allow_inf_nan=False)] | None = None
    production: Production | None = None
    status: Annotated[dict[str, Mode], BeforeValidator(_or_empty)] | None = None
    weather: Weather | None = None

    @model_validator(mode="after")
    def _of_one_role(self) -> Column:
        roles = [each for each in ROLES if getattr(self, each) is not None]
        if len(roles) > 1:
            raise ValueError(f"is {roles[0]} and {roles[1]} at once")
        foreign = OF_READINGS if self.production is not None else OF_READINGS | {"interval"}
        wrong = sorted(foreign & self.model_fields_set)
        if roles and wrong:
            raise ValueError(f"is {roles[0]}, which has no {wrong[0]!r}")
        return self


class Files(Defaults):
    """Files of one kind; path: one file, or a pattern with * and ? from the mapping's folder."""

    path: Text
    columns: Annotated[tuple[Column, ...], Field(min_length=1)]


class MachineKey(Keys):
    """How a message names its machine: always `name`, or by the topic's level (from 1), or by a
    field of the message."""

    name: Text | None = None
    topic_level: Annotated[int, Field(ge=1)] | None = None
    field: Text | None = None

    @model_validator(mode="after")
    def _in_one_way(self) -> MachineKey:
        if len(self.model_fields_set) != 1:
            raise ValueError("needs a name, or one of 'topic_level' and 'field'")
        return self


class ListenRule(Keys):
    """Messages of meters of one kind: JSON objects, and which of their fields say what.

    topic: MQTT's filter with + and #; None takes messages of any topic or none. machines: text of
    the message → machine's name; None takes it as it is. time, value, serial: names of fields, with
    dots into objects. interval: of the readings stored; None is that of the registered meter.
    register_machines: whether a machine that nobody knows is made, of machine_type.
    """

    topic: Text | None = None
    machine: Annotated[MachineKey, BeforeValidator(_named)]
    machines: dict[str, Text] | None = None
    machine_type: Text = "machine"
    register_machines: bool = False
    source: Text
    time: Text
    time_format: Text | None = None
    timezone: Text | None = None
    value: Text
    unit: Text | None = None
    kind: Kind
    stamp: Stamp | None = None
    interval: Duration | None = None
    largest_gap: Duration = LARGEST_GAP
    register_digits: Annotated[int, Field(ge=1, le=15)] | None = None
    serial: Text | None = None

    @model_validator(mode="after")
    def _has_a_stamp(self) -> ListenRule:
        if self.kind == "interval" and self.stamp is None:
            raise ValueError("needs 'stamp': start or end of the interval")
        return self


class Mapping(Keys):
    """A whole mapping."""

    factory: Annotated[Factory, BeforeValidator(_named)] | None = None
    defaults: Defaults = Defaults()
    files: tuple[Files, ...] = ()
    listen: tuple[ListenRule, ...] = ()


def place_of(fault: ErrorDetails) -> tuple[str | int, ...]:
    """Where a fault is: keys, and places in lists from 0."""
    key = (fault["ctx"]["key"],) if fault["type"] == UNKNOWN_KEY else ()
    return (*fault["loc"], *key)


def sentence(fault: ErrorDetails) -> str:
    """The fault with the keys that lead to it; the line tells which of a list it is."""
    told = {**fault.get("ctx", {}), "input": fault["input"]}
    what = SENTENCES.get(fault["type"], f"is wrong: {fault['msg']}").format(**told)
    return f"{_keys(place_of(fault))} {what}"


def _keys(place: Iterable[str | int]) -> str:
    return ".".join(part for part in place if isinstance(part, str)) or "the mapping"
