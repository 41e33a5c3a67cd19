"""Wrong and hostile data over the message bus: each gets one clear error, and harms nothing."""

from __future__ import annotations

from typing import Any

import pytest
from ovos_bus_client.message import Message

from enms_core.services.request_fields import FIELDS, Fields
from tests.hostile_pieces import PAYLOADS
from tests.logs import errors_logged
from tests.skill.bus_desk import BY_FIELDS, LEAST, NOW, asked, requested
from tests.skill.conftest import Croft

ALL = ("enms.ask", *BY_FIELDS)
INF = float("inf")
NAN = float("nan")


def nested(depth: int) -> object:
    """Lists in lists, as deep as JSON can carry them."""
    value: object = "x"
    for _ in range(depth):
        value = [value]
    return value


def is_carried(value: object) -> bool:
    """Whether the bus carries a value: the JSON of newer ones refuses NaN at the sender."""
    try:
        Message("a.value", {"value": value}).serialize()
    except ValueError:
        return False
    return True


# What no field takes, whatever it is.
FINITE_NOTHING_TAKES: tuple[object, ...] = (
    -1.5, [[]], [None], {"a": {"b": []}}, nested(200), [["Compressor-1"]], {"$ne": None},
)  # fmt: skip
NOTHING_TAKES = (*FINITE_NOTHING_TAKES, *(value for value in (NAN, INF) if is_carried(value)))
STRANGE: tuple[object, ...] = (
    *PAYLOADS, "", " ", "x" * 100_000, "\ud800", "\x00", 0, True, 10**400, [], {}, ["a"] * 10_000,
)  # fmt: skip


def fields_in(name: str) -> list[str]:
    kinds: dict[str, type[Fields]] = dict(FIELDS)  # type: ignore[arg-type]
    return list(kinds[name].model_fields)


@pytest.mark.parametrize("name", ALL)
def test_a_field_that_is_not_known_is_named_with_those_that_are(croft: Croft, name: str) -> None:
    response = asked(croft, name, **LEAST.get(name, {}), machnies="Compressor-1")

    error = response["error"]
    assert (response["outcome"], error["code"], error["field"]) == (
        "error",
        "field_unknown",
        "machnies",
    )
    assert error["valid_options"] == fields_in(name)


@pytest.mark.parametrize(
    ("name", "field"), [(name, field) for name in ALL for field in fields_in(name)]
)
def test_a_field_of_a_wrong_type_is_named(croft: Croft, name: str, field: str) -> None:
    data = {"now": NOW, **LEAST.get(name, {})}
    for value in NOTHING_TAKES:
        response = requested(croft, name, {**data, field: value})
        error: dict[str, Any] = response["error"]
        assert response["outcome"] == "error", value
        assert error["code"] in ("field_type", "field_value", "field_unknown", "field_required")
        assert error["field"].split(".")[0] == field, value
        assert len(error["message"]) < 500


@pytest.mark.parametrize("name", ALL)
def test_hostile_values_are_answered_or_refused(croft: Croft, name: str) -> None:
    data = {"now": NOW, **LEAST.get(name, {})}
    with errors_logged() as logged:
        for field in fields_in(name):
            for value in STRANGE:
                if not isinstance(value, bool) or field != "confirmed":
                    response = requested(croft, name, {**data, field: value})
                    error = response["error"]
                    assert error is None or error["code"] != "failed_inside", (field, value)

    assert logged == []


def test_ten_thousand_unknown_fields_get_one_short_error(croft: Croft) -> None:
    many = {f"field {number}" * 20: number for number in range(10_000)}

    response = asked(croft, "enms.kpi", **many)

    assert response["error"]["code"] == "field_unknown"
    assert len(str(response)) < 2_000


def test_after_all_that_the_plant_is_as_before(croft: Croft) -> None:
    response = asked(croft, "enms.machines")

    assert response["data"]["count"] == 11
