"""What the parts of an answer about performance indicators share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from enms_core.domain.answer import (
    Answer,
    DataIssue,
    NoReadings,
    SourceNotUsed,
)
from enms_core.domain.evidence import NO_EVIDENCE, Evidence
from enms_core.domain.kpi import Kpi, KpiName, NoKpi
from enms_core.domain.power import RateUnknown
from enms_core.domain.question import Question
from enms_core.domain.rated import NoFactor, NoPrice
from enms_core.services.asked import asked_sources
from enms_core.services.context import Context

# Why an indicator has no figure where its own service would answer with this.
REASONS: Mapping[type[Answer], NoKpi] = MappingProxyType(
    {
        NoReadings: "no_readings",
        SourceNotUsed: "not_metered",
        NoPrice: "no_price",
        NoFactor: "no_factor",
        RateUnknown: "no_block",
    }
)


@dataclass(frozen=True)
class Part:
    """Some of the figures, and what there is to say about the data behind them."""

    figures: tuple[Kpi, ...]
    by_machine: tuple[Kpi, ...] = ()
    issues: tuple[DataIssue, ...] = ()
    rests_on: Evidence = NO_EVIDENCE
    told_by: Answer | None = None


def refused(names: Sequence[KpiName], answer: Answer) -> Part:
    """The part where its service has nothing to tell."""
    reason = REASONS[type(answer)]
    return Part(tuple(Kpi(name, None, None, reason=reason) for name in names), issues=answer.issues)


def only_source(question: Question, context: Context) -> str | None:
    """The energy source that a figure of energy as a whole is of, where it is but one."""
    names = {
        source.name
        for machine in context.machines(question)
        for source in asked_sources(question, machine, context)
    }
    return names.pop() if len(names) == 1 else None
