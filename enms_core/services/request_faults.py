"""Why another program's request was not served, in words for programs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from enms_core.domain.errors import InvalidRequest
from enms_core.domain.question import Outcome
from enms_core.language.said_back import said_back

# field_*: the request has not the shape of its schema; unknown_*: it names what is not registered.
FaultCode = Literal[
    "field_required",
    "field_unknown",
    "field_type",
    "field_value",
    "fields_conflict",
    "unknown_machine",
    "unknown_site",
    "unknown_source",
    "unknown_seu",
    "unknown_driver",
    "ambiguous",
    "period_impossible",
    "period_not_begun",
    "confirmation_required",
    "drivers_needed",
    "no_baseline",
    "no_seu",
    "no_readings",
    "no_data",
    "too_few_samples",
    "not_trained",
    "not_understood",
    "not_built",
    "busy",
    "database_unreachable",
    "database_timeout",
    "database_failed",
    "failed_inside",
    "cancelled",
]
MOST_OPTIONS = 500


@dataclass(frozen=True)
class Fault:
    """One reason, with what a program can do about it.

    field: the path of the field that is at fault ("period.start"). valid_options: what it could
    hold, None where that is no list. retry_after_seconds: None where waiting does not help.
    """

    code: FaultCode
    message: str
    field: str | None = None
    valid_options: tuple[str, ...] | None = None
    retry_after_seconds: int | None = None

    def data(self) -> dict[str, object]:
        """The contract's `error`."""
        options = self.valid_options
        return {
            "code": self.code,
            "message": self.message,
            "field": self.field,
            "valid_options": None if options is None else list(options[:MOST_OPTIONS]),
            "retry_after_seconds": self.retry_after_seconds,
        }


class RequestRefused(InvalidRequest):
    """A request that cannot be made a question.

    unknown: the name in it that nothing has, where that is what is said of it.
    """

    def __init__(
        self, fault: Fault, outcome: Outcome = "error", unknown: str | None = None
    ) -> None:
        super().__init__(fault.message)
        self.fault = fault
        self.outcome: Outcome = outcome
        self.unknown = unknown


def quoted(value: str) -> str:
    """A name of somebody else's in a message: short, and without what terminals would obey."""
    return ascii(said_back(value))


def options(names: Iterable[str]) -> tuple[str, ...]:
    """Each name once, in order."""
    return tuple(dict.fromkeys(names))
