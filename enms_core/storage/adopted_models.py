"""Models of other programs: coefficients in columns, in whatever form, and no statistics."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from enms_core.domain.baseline import DriverKind, Equation, Grain, Term
from enms_core.domain.period import Period
from enms_core.storage.features import COOLING, HEATING

INTERCEPTS = ("intercept", "const", "constant", "bias")
DEGREE_DAYS: Mapping[str, DriverKind] = {HEATING: "heating", COOLING: "cooling"}
# The base temperature of those who do not tell one.
USUAL_BASE_DEGC = 18.0
# A model of more samples a day than this is one of hours.
SAMPLES_A_DAY = 1.5


def equation_of(
    coefficients: object,
    names: object,
    intercept: object,
    grain: Grain,
    computed: Collection[str] = tuple(DEGREE_DAYS),
) -> Equation | None:
    """The equation that the columns tell; None where they tell none, or not all of it.

    coefficients: by driver, or in the order of `names`. Without any intercept it is zero. computed:
    drivers that are computed (CUSTOM), such as degree days; of the same name a column may be read.
    """
    order = _names(parsed_json(names))
    told = _by_name(parsed_json(coefficients), order)
    drivers = {name: value for name, value in told.items() if not _is_intercept(name)}
    # In the order told, with what the coefficients tell beyond it.
    wanted = dict.fromkeys([name for name in order if not _is_intercept(name)] + [*drivers])
    numbers = {name: _number(drivers.get(name)) for name in wanted}
    constant = _constant(intercept, [told[name] for name in told if _is_intercept(name)])
    terms = [
        _term(name, value, name in computed) for name, value in numbers.items() if value is not None
    ]
    if constant is None or not terms or len(terms) < len(numbers):
        return None
    return Equation(grain, constant, tuple(terms))


def grain_of(samples: object, period: Period | None) -> Grain:
    """Whether a model is one of days or of hours, by how many samples it was trained on."""
    count = _number(samples)
    if count is None or period is None:
        return "hour"
    return "day" if count <= SAMPLES_A_DAY * period.hours / 24 else "hour"


def period_of(start: object, end: object, zone: ZoneInfo, is_to_last_day: bool) -> Period | None:
    """The training period; None where it is not told, or ends before it begins.

    Days are those of the site. is_to_last_day: a last day is told, which belongs to it.
    """
    begun, ended = instant_of(start, zone), instant_of(end, zone)
    if begun is None or ended is None:
        return None
    if is_to_last_day and not isinstance(end, datetime):
        ended += timedelta(days=1)
    return Period(begun, ended) if begun.timestamp() < ended.timestamp() else None


def instant_of(value: object, zone: ZoneInfo) -> datetime | None:
    """An aware time of what a column holds, a local time or the beginning of a day; else None."""
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return datetime.combine(value, time(), zone) if isinstance(value, date) else None


def _constant(column: object, inside: Sequence[object]) -> float | None:
    """The intercept; zero where none is told, None where what is told is no number."""
    told = [value for value in (column, *inside) if value is not None]
    return _number(told[0]) if told else 0.0


def _term(name: str, coefficient: float, is_computed: bool) -> Term:
    kind = DEGREE_DAYS.get(name, "value") if is_computed else "value"
    return Term(name, coefficient, kind, None if kind == "value" else USUAL_BASE_DEGC)


def _by_name(coefficients: object, order: Sequence[str]) -> dict[str, object]:
    """Coefficients by what they belong to; nothing where that is not told."""
    if isinstance(coefficients, dict):
        return coefficients
    values = coefficients if isinstance(coefficients, list) else [coefficients]
    return dict(zip(order, values, strict=True)) if len(values) == len(order) else {}


def _is_intercept(name: str) -> bool:
    return name.casefold() in INTERCEPTS


def _names(value: object) -> list[str]:
    listed = value if isinstance(value, (list, tuple)) else ()
    return [name for name in listed if isinstance(name, str)]


def parsed_json(value: Any) -> Any:
    """JSON that stands in a column of text, or in a string of JSON; what is none as it is."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _number(value: Any) -> float | None:
    """A finite number, also as text."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
