"""What a site pays for its peaks of demand, month by month; no part of energy cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from enms_core.domain.answer import Answer
from enms_core.domain.catalogue import EnergySource, Factory
from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Outcome
from enms_core.domain.tariff import (
    DemandCharge,
    Money,
    MonthlyCharge,
    MonthlyPeak,
    money_data,
    sum_by_currency,
)

MONTH = "%Y-%m"


@dataclass(frozen=True)
class SiteCharge:
    """The demand charges of a site for one energy source.

    block_seconds: length of the longest blocks that the peaks are of, by the meters' intervals;
    None where no meter tells one, and so no peak.
    """

    site: Factory
    source: EnergySource
    charge: DemandCharge
    block_seconds: int | None

    def months(self) -> list[dict[str, object]]:
        """Each month as JSON, its peak in the site's own time."""
        return [self._month(each) for each in self.charge.by_month]

    def _month(self, month: MonthlyCharge) -> dict[str, object]:
        start, rule = month.peak.start.astimezone(self.site.zone), month.tariff
        per_kw = None if rule is None else rule.demand_charge_per_kw
        return {
            "month": start.strftime(MONTH),
            "site": self.site.name,
            "energy_source": self.source.name,
            "peak_kw": month.peak.peak_kw,
            "peak_time": start.isoformat(),
            "charge_per_kw": None if per_kw is None else float(per_kw),
            "amount": None if month.charge is None else float(month.charge.amount),
            "currency": None if rule is None else rule.currency,
        }


@dataclass(frozen=True, kw_only=True)
class DemandChargeAnswer(Answer):
    """Demand charges of whole sites over calendar months.

    months: those months as they are told; the last ends at now where it is_running. is_widened:
    the period asked about is only a part of them. machines: how many there are at the sites.
    readings: what the peaks rest on.
    """

    charges: tuple[SiteCharge, ...]
    months: PeriodPhrase
    now: datetime
    is_running: bool
    is_widened: bool
    machines: int
    readings: Evidence

    @property
    def sites(self) -> dict[Factory, tuple[Money, ...]]:
        """The charges of each site, its energy sources together."""
        return {
            site: sum_by_currency(
                money for each in self.charges if each.site == site for money in each.charge.amounts
            )
            for site in dict.fromkeys(each.site for each in self.charges)
        }

    @property
    def total(self) -> tuple[Money, ...]:
        return sum_by_currency(money for each in self.charges for money in each.charge.amounts)

    @property
    def only_peak(self) -> tuple[MonthlyPeak, ZoneInfo] | None:
        """The highest peak with its zone, where one site and source is told."""
        if len(self.charges) != 1:
            return None
        (only,) = self.charges
        return max((m.peak for m in only.charge.by_month), key=_peak_kw), only.site.zone

    def data(self) -> dict[str, object]:
        money = money_data(self.total)
        return {
            "demand_charge": money["cost"],
            "currency": money["currency"],
            "demand_charges": money["costs"],
            "months": [month for each in self.charges for month in each.months()],
        }

    def evidence(self) -> Evidence:
        prices = (
            RuleEvidence(each.source.name, month.tariff.name, month.tariff.basis)
            for each in self.charges
            for month in each.charge.by_month
            if month.tariff is not None
        )
        return replace(self.readings, prices=tuple(dict.fromkeys(prices)))


@dataclass(frozen=True, kw_only=True)
class NoDemandCharge(Answer):
    """No tariff of these sites charges for demand; where they have peaks, none at their time."""

    sites: tuple[str, ...]
    has_peaks: bool = False
    outcome: Outcome = "no_data"

    def data(self) -> dict[str, object]:
        return {"sites": list(self.sites)}


def _peak_kw(peak: MonthlyPeak) -> float:
    return peak.peak_kw
