"""Answers about demand charges."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from enms_core.domain.answer import DataIssue
from enms_core.domain.demand_charge import DemandChargeAnswer, NoDemandCharge, SiteCharge
from enms_core.domain.evidence import NO_EVIDENCE
from enms_core.domain.intents import LAST_MONTH, YESTERDAY
from enms_core.domain.period import Period, PeriodPhrase
from enms_core.domain.question import Question
from enms_core.domain.tariff import (
    DemandCharge,
    Money,
    MonthlyCharge,
    MonthlyPeak,
)
from tests.unit.answers.common import BERLIN, CATALOGUE, Case, gap, question
from tests.unit.answers.cost import CHARGED, DEMO

NOW = datetime(2026, 11, 18, 10, 7, 30, tzinfo=BERLIN)
MONTH = timedelta(days=30)


def charge(
    *charges: SiteCharge,
    asked: Question | None = None,
    months: PeriodPhrase = LAST_MONTH,
    issues: tuple[DataIssue, ...] = (),
    is_running: bool = False,
    is_widened: bool = False,
) -> DemandChargeAnswer:
    return DemandChargeAnswer(
        question=asked or question("Boiler-1", intent="cost", kind="all"),
        period=Period(datetime(2026, 10, 1, tzinfo=BERLIN), datetime(2026, 11, 1, tzinfo=BERLIN)),
        issues=issues,
        charges=charges,
        months=months,
        now=NOW,
        is_running=is_running,
        is_widened=is_widened,
        machines=8,
        readings=NO_EVIDENCE,
    )


def site_charge(*peaks_kw: float, block_seconds: int = 900) -> SiteCharge:
    """Charges of months that end in October, at nine euros for each kilowatt."""
    first = datetime(2026, 10, 6, 10, 15, tzinfo=BERLIN)
    months = tuple(
        MonthlyCharge(
            MonthlyPeak(peak_kw, first - number * MONTH),
            CHARGED,
            Money(9 * Decimal(repr(peak_kw)), "EUR"),
        )
        for number, peak_kw in enumerate(peaks_kw)
    )
    return SiteCharge(DEMO, CATALOGUE.source("electricity"), DemandCharge(months), block_seconds)


CASES = {
    "a demand charge": Case(
        charge(site_charge(471.2)),
        "The demand charge of demo manufacturing plant last month was four thousand two hundred and"
        " forty euros. The peak was four hundred and seventy one kilowatts, on Tuesday the sixth of"
        " October at ten fifteen a m.",
    ),
    "a demand charge so far": Case(
        charge(site_charge(471.2), months=PeriodPhrase("unit", unit="month"), is_running=True),
        "The demand charge of demo manufacturing plant this month is four thousand two hundred and"
        " forty euros so far. The peak was four hundred and seventy one kilowatts, on Tuesday the"
        " sixth of October at ten fifteen a m.",
    ),
    "a demand charge by the hour": Case(
        charge(
            site_charge(471.2, block_seconds=3600),
            issues=(DataIssue("demand.coarse", {"interval_seconds": 3600}),),
        ),
        "The demand charge of demo manufacturing plant last month was four thousand two hundred and"
        " forty euros. The peak was four hundred and seventy one kilowatts, on Tuesday the sixth of"
        " October at ten fifteen a m. Some meters tell only the mean over one hour, so the true"
        " peak may be higher.",
    ),
    "demand charges of months": Case(
        charge(site_charge(300.0, 471.2), months=PeriodPhrase("unit", unit="quarter")),
        "The demand charge of demo manufacturing plant this quarter was six thousand nine hundred"
        " and forty euros. The highest peak was four hundred and seventy one kilowatts, on Sunday"
        " the sixth of September at ten fifteen a m.",
    ),
    "a demand charge asked for one machine and one day": Case(
        charge(
            site_charge(471.2),
            asked=Question("cost", question("Boiler-1").scope, YESTERDAY, period_said=True),
            months=PeriodPhrase("month", month=10, of=PeriodPhrase("year", year=2026)),
            issues=(
                DataIssue("demand.missing", {"months": 1}),
                DataIssue("demand.uncharged", {"months": 1}),
                gap("electricity", 91.7),
            ),
            is_widened=True,
        ),
        "The demand charge of demo manufacturing plant in October twenty twenty-six was four"
        " thousand two hundred and forty euros. The peak was four hundred and seventy one"
        " kilowatts, on Tuesday the sixth of October at ten fifteen a m. It is charged for the"
        " whole site, not for boiler one alone. Demand is charged by the calendar month. Some peaks"
        " are not in it, because no tariff covers their time. Some peaks came at times without a"
        " demand charge, so they are not in it. Eight point three percent of the readings are"
        " missing, so the true figure may be higher.",
    ),
    "no demand charge": Case(
        NoDemandCharge(question=question("Boiler-1", intent="cost"), sites=(DEMO.name,)),
        "No demand charge is registered for demo manufacturing plant.",
    ),
    "no demand charge at the time of the peaks": Case(
        NoDemandCharge(
            question=question("Boiler-1", intent="cost"), sites=(DEMO.name,), has_peaks=True
        ),
        "The peaks at demo manufacturing plant came at times without a demand charge.",
    ),
}
