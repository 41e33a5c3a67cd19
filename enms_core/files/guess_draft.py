"""A plan on its way to be complete: what was found about its file, and what is left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from enms_core.domain.imports import FilePlan, TableFormat, Target


def _topic(what: str, column: str) -> str:
    return f"{what} of {column!r}" if column else what


@dataclass(frozen=True)
class Found:
    """One thing found: `what` it is about, its value, and why. column: empty for the whole file."""

    what: str
    value: str
    why: str
    column: str = ""

    @property
    def topic(self) -> str:
        return _topic(self.what, self.column)


@dataclass(frozen=True)
class Choice:
    """Something that the file leaves open; `flag` is what says it on the command line.

    options: text of each → the plan in which it is said. column: empty for the whole file.
    """

    what: str
    flag: str
    options: Mapping[str, FilePlan]
    why: str
    column: str = ""

    @property
    def topic(self) -> str:
        return _topic(self.what, self.column)


@dataclass(frozen=True)
class Guessed:
    """A plan as far as the file tells. It is complete where there are no choices."""

    plan: FilePlan
    found: Sequence[Found]
    choices: Sequence[Choice]


@dataclass
class Draft:
    """The plan so far. What was said stays: only what is None or unsaid is ever filled in."""

    plan: FilePlan
    found: list[Found] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)

    @property
    def format(self) -> TableFormat:
        return self.plan.format

    def tell(self, what: str, value: str, why: str, column: str = "") -> None:
        """Something found that the reader of the list should know."""
        self.found.append(Found(what, value, why, column))

    def put_format(self, table_format: TableFormat) -> None:
        self.plan = with_format(self.plan, table_format)

    def put_target(self, place: int, target: Target) -> None:
        self.plan = with_target(self.plan, place, target)

    def guessed(self) -> Guessed:
        return Guessed(self.plan, tuple(self.found), tuple(self.choices))


def with_format(plan: FilePlan, table_format: TableFormat) -> FilePlan:
    """The plan, read in another way."""
    return replace(plan, format=table_format)


def with_target(plan: FilePlan, place: int, target: Target) -> FilePlan:
    """The plan with another target in a place."""
    targets = list(plan.targets)
    targets[place] = target
    return replace(plan, targets=targets)
