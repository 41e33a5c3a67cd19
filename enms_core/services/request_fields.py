"""What other programs may send: the fields of each request, and what is wrong with those sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from enms_core.domain.intents import INTENTS
from enms_core.domain.payback import MOST_COST
from enms_core.services.request_faults import Fault, FaultCode, RequestRefused, options, quoted

VERSION = 1
RequestName = Literal[
    "enms.ask",
    "enms.analyze",
    "enms.kpi",
    "enms.opportunities",
    "enms.baseline.train",
    "enms.baseline.predict",
    "enms.machines",
    "enms.plan.create",
]
NAMES: tuple[RequestName, ...] = get_args(RequestName)

Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]
NameList = Annotated[list[Name], Field(min_length=1, max_length=100)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Fields(BaseModel):
    """What every request may have. lang: of the voice_summary. now: the instant to answer from, in
    ISO 8601; without an offset it is local time of the device's site."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    version: Annotated[int, Field(ge=VERSION, le=VERSION)] = VERSION
    lang: Name | None = None
    now: Name | None = None


class Span(BaseModel):
    """A period between two days or minutes in ISO 8601. A day that it ends with is part of it;
    without an end it goes up to now."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    start: Name
    end: Name | None = None


Period = Words | Span


class AskFields(Fields):
    """A question in words. session: a conversation of programs, in which what was said before is
    remembered. ovos_session: that of a person with the assistant, taken part in."""

    utterance: str
    session: Name | int | None = None
    ovos_session: Name | None = None


class ScopeFields(Fields):
    """Machines by name or alias, or all of a site; everything where neither is named."""

    machines: NameList | Name | None = None
    site: Name | None = None
    energy_source: Name | None = None


class PeriodFields(ScopeFields):
    """The same over a period: words of the language ("last week"), or two times."""

    period: Period | None = None


class SeuFields(PeriodFields):
    """The same, or a significant energy use by its name."""

    seu: Name | None = None


class AnalyzeFields(SeuFields):
    """Actual against expected. why: with the cause also where several SEUs are asked about."""

    why: bool = False


class KpiFields(PeriodFields):
    """Key performance indicators."""

    metric: Annotated[Name, Field(json_schema_extra={"enum": list(INTENTS["kpi"].metrics)})] = "all"


class OpportunityFields(SeuFields):
    """Where energy could be saved."""


class TrainFields(SeuFields):
    """A baseline to be trained. drivers: what the readings suggest where they are left out."""

    drivers: NameList | None = None
    confirmed: bool = False


class PredictFields(SeuFields):
    """What should be used: over a period, or in one hour (day) at values of drivers."""

    conditions: Annotated[dict[Name, float], Field(min_length=1, max_length=50)] | None = None


class MachineFields(ScopeFields):
    """Which machines there are."""


class Cost(BaseModel):
    """What a measure costs. currency: by its code; left out, that of the site."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)

    amount: Annotated[float, Field(gt=0, le=MOST_COST)]
    currency: Annotated[str, StringConstraints(pattern="^[A-Za-z]{3}$")] | None = None


class PlanFields(SeuFields):
    """An action plan from an analysis. title: what it is about, where nothing points to anything.
    due: a day in ISO 8601. cost: what it tells when it pays off by."""

    title: Name | None = None
    owner: Name | None = None
    due: Name | None = None
    cost: Cost | None = None
    confirmed: bool = False


FIELDS: Mapping[RequestName, type[Fields]] = {
    "enms.ask": AskFields,
    "enms.analyze": AnalyzeFields,
    "enms.kpi": KpiFields,
    "enms.opportunities": OpportunityFields,
    "enms.baseline.train": TrainFields,
    "enms.baseline.predict": PredictFields,
    "enms.machines": MachineFields,
    "enms.plan.create": PlanFields,
}
# Kinds of pydantic's errors → ours; any other kind is a value that does not fit.
CODES: Mapping[str, FaultCode] = {"missing": "field_required", "extra_forbidden": "field_unknown"}


def fields_of(name: RequestName, given: object) -> Fields:
    """The fields of a request. Raises RequestRefused, which names the field that is at fault."""
    if not isinstance(given, Mapping):
        raise RequestRefused(Fault("field_type", "the data of a request is an object"))
    try:
        return FIELDS[name].model_validate(dict(given))
    except ValidationError as error:
        raise RequestRefused(_fault(FIELDS[name], given, error)) from None


def _fault(kind: type[Fields], given: Mapping[Any, Any], error: ValidationError) -> Fault:
    """The first field at fault, as deep in it as is told, with all that is said of it there."""
    errors = error.errors(include_url=False, include_input=False, include_context=True)
    first = next(iter(errors[0]["loc"]), None)
    same = [each for each in errors if next(iter(each["loc"]), None) == first]
    paths = [_path(each["loc"], given, each["type"]) for each in same]
    deepest = max(paths, key=len)
    told = [each for each, path in zip(same, paths, strict=True) if path == deepest]
    field = ".".join(quoted(part)[1:-1] if isinstance(part, str) else str(part) for part in deepest)
    return Fault(
        _code(told[0]["type"]),
        f"{field}: " + "; ".join(dict.fromkeys(each["msg"] for each in told)),
        field,
        _options(kind, told[0], deepest),
    )


def _path(loc: Sequence[int | str], given: object, kind: str) -> tuple[int | str, ...]:
    """A place in what was sent: pydantic's own marks of unions are no fields."""
    path: list[int | str] = []
    for part in loc:
        if _has(given, part):
            given = given[part]  # type: ignore[index]
        elif not (kind == "missing" and part == loc[-1]):
            continue
        path.append(part)
    return tuple(path)


def _has(given: object, part: int | str) -> bool:
    if isinstance(given, list):
        return isinstance(part, int) and part < len(given)
    return isinstance(given, Mapping) and part in given


def _code(kind: str) -> FaultCode:
    is_type = kind.endswith("_type") and kind != "missing"
    return CODES.get(kind, "field_type" if is_type else "field_value")


def _options(kind: type[Fields], error: Any, path: Sequence[int | str]) -> tuple[str, ...] | None:
    if error["type"] == "extra_forbidden":
        return options(kind.model_fields if len(path) == 1 else Span.model_fields)
    return (str(VERSION),) if path == ("version",) else None
