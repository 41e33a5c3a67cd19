"""How it is said what sites pay for their peaks of demand."""

from __future__ import annotations

from enms_core.domain.demand_charge import DemandChargeAnswer, NoDemandCharge
from enms_core.language.clock import moment_words
from enms_core.language.render import Dialog
from enms_core.language.speech.cost import amounts
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.voice import Voice

COARSE = "demand.coarse"
NOT_CHARGED = {
    "demand.missing": "cost_demand_missing",
    "demand.uncharged": "cost_demand_uncharged",
}


def say_demand_charge(answer: DemandChargeAnswer, voice: Voice) -> list[Dialog]:
    """The charge of each site, its peak, and for what it stands."""
    return [*_charges(answer, voice), *_peak(answer, voice), *_meaning(answer, voice)]


def say_no_demand_charge(answer: NoDemandCharge, voice: Voice) -> list[Dialog]:
    dialog = "cost_demand_free" if answer.has_peaks else "cost_demand_unknown"
    return [(dialog, {"sites": voice.names(answer.sites)})]


def _charges(answer: DemandChargeAnswer, voice: Voice) -> list[Dialog]:
    assert answer.period is not None
    dialog = "cost_demand_so_far" if answer.is_running else "cost_demand"
    period = voice.period(answer.months, answer.period)
    return [
        (
            dialog,
            {
                "site": voice.words.name(site.name),
                "money": amounts(money, voice),
                "period": period,
            },
        )
        for site, money in answer.sites.items()
        if money
    ]


def _peak(answer: DemandChargeAnswer, voice: Voice) -> list[Dialog]:
    if answer.only_peak is None:
        return []
    peak, zone = answer.only_peak
    slots = {
        "power": voice.words.amount(peak.peak_kw, "kW"),
        "moment": moment_words(voice, peak.start.astimezone(zone), answer.now),
    }
    is_one = len(answer.charges[0].charge.by_month) == 1
    return [("cost_demand_peak" if is_one else "cost_demand_highest_peak", slots)]


def _meaning(answer: DemandChargeAnswer, voice: Voice) -> list[Dialog]:
    """That it is of whole sites and months, and what is doubtful."""
    said: list[Dialog] = []
    if answer.question.scope.kind in ("machines", "group"):
        said.append(("cost_demand_of_site", {"scope": voice.scope(answer.question.scope)}))
    if answer.is_widened:
        said.append(("cost_demand_by_month", {}))
    codes = {issue.code for issue in answer.issues}
    said.extend((dialog, {}) for code, dialog in NOT_CHARGED.items() if code in codes)
    if COARSE in codes:
        longest = max(each.block_seconds or 0 for each in answer.charges)
        said.append(("cost_demand_coarse", {"duration": voice.words.duration(longest)}))
    readings = [issue for issue in answer.issues if issue.code not in (*NOT_CHARGED, COARSE)]
    return [*said, *say_issues(readings, voice, answer.machines, len(answer.charges))]
