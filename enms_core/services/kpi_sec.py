"""Energy for each unit made, of one machine or of several together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from enms_core.analysis.measure import combined
from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import Machine
from enms_core.domain.kpi import Kpi, NoKpi
from enms_core.domain.measure import KWH_PER_UNIT_MADE, Figure, Measured, Reason
from enms_core.domain.question import Question
from enms_core.services.asked import periods_of
from enms_core.services.context import Context
from enms_core.services.kpi_part import Part, only_source
from enms_core.services.measured_output import measure_efficiency
from enms_core.services.production import production_of

REASON_OF: Mapping[Reason, NoKpi] = MappingProxyType(
    {
        "no_common_hours": "no_common_hours",
        "no_output": "no_output",
        "energy_content_unknown": "unit",
        "no_readings": "no_readings",
        "not_metered": "not_metered",
        "unreadable": "not_metered",
    }
)
# Of several reasons why machines have no energy per unit, the one that tells most comes first.
TELLING: tuple[NoKpi, ...] = (
    "unit",
    "no_output",
    "no_common_hours",
    "no_production",
    "no_readings",
    "not_metered",
)


async def sec_part(question: Question, context: Context) -> Part | Answer:
    """Energy for each unit made [kWh per unit]; of several machines sum over sum (rule 4)."""
    measured = await measure_efficiency(question, context)
    if not isinstance(measured, Measured):
        return measured
    source = only_source(question, context)
    uncounted = await _uncounted(measured, question, context)
    own = [_of_machine(each, source, uncounted) for each in measured.figures]
    figures = (_together(measured, own, source),)
    machines = tuple(own) if len(own) > 1 else ()
    return Part(figures, machines, measured.issues, measured.evidence)


async def _uncounted(
    measured: Measured, question: Question, context: Context
) -> frozenset[Machine]:
    """Machines without hours of both readings and production, that have no production at all."""
    without = [e.machine for e in measured.left_out if e.reason == "no_common_hours"]
    periods = periods_of(question, context)
    if not without or periods is None:
        return frozenset()
    made = await production_of(without, periods, context)
    return frozenset(each for each in without if each.id not in made)


def _of_machine(figure: Figure, source: str | None, uncounted: frozenset[Machine]) -> Kpi:
    reason = None if figure.reason is None else REASON_OF[figure.reason]
    return Kpi(
        "sec",
        figure.amounts[0].value if figure.amounts else None,
        KWH_PER_UNIT_MADE,
        source,
        figure.machine.name,
        reason="no_production" if figure.machine in uncounted else reason,
        is_partial=bool(figure.amounts) and figure.partial is not None,
    )


def _together(measured: Measured, own: Sequence[Kpi], source: str | None) -> Kpi:
    """Sum over sum of the machines that have both; else the reason that tells most."""
    amounts = combined(amount for each in measured.figures for amount in each.amounts)
    reasons = {each.reason for each in own}
    telling: NoKpi = next((each for each in TELLING if each in reasons), "no_readings")
    return Kpi(
        "sec",
        amounts[0].value if amounts else None,
        KWH_PER_UNIT_MADE,
        source,
        reason=None if amounts else telling,
        is_partial=any(each.is_partial for each in own),
    )
