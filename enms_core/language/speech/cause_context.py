"""How it is said what else is known of a use: its drivers, when the rest arises, the status."""

from __future__ import annotations

from enms_core.domain.causes import Cause, Contribution, StatusContext
from enms_core.domain.performance import SeuPerformance
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_scale import Scale
from enms_core.language.speech.brief import counted
from enms_core.language.speech.performance_words import load_words, roughly, scale_for
from enms_core.language.speech.sources import driver_words
from enms_core.language.speech.voice import Voice

# A driver is told where it adds this share of what was expected, two of them at most.
MUCH_BY_DRIVER, MOST_DRIVERS = 0.02, 2
# A kind of hours is told where this share of the rest arises in it.
MOST_OF_REST = 0.6


def say_drivers(cause: Cause, part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """What the drivers add against their means in the training: the expected use has it in it."""
    least = MUCH_BY_DRIVER * abs(part.deviation.expected)
    much = [each for each in cause.contributions if abs(each.quantity) > least]
    told = sorted(much, key=lambda each: -abs(each.quantity))[:MOST_DRIVERS]
    if not told:
        return []
    scale = scale_for(part.of.source.unit, *(each.quantity for each in told))
    said = [_driver(each, scale, voice) for each in told]
    return [("cause_drivers", {"drivers": voice.words.listed(said, whole=True)})]


def _driver(each: Contribution, scale: Scale, voice: Voice) -> str:
    side = "higher" if each.mean > each.usual else "lower"
    verb = "adds" if each.quantity > 0 else "saves"
    amount = scale.amount(abs(roughly(each.quantity)), voice)
    slots = {"driver": driver_words(each.driver, voice), "amount": amount}
    return voice.words.phrase(f"cause_{side}_{verb}", slots)


def say_regime(cause: Cause, part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """In which hours most of the rest arises, where that is in one kind of them."""
    # What is used while idle is no part of the rest.
    for each in (regime for regime in cause.regimes if regime.regime != "idle"):
        here = each.hours * each.per_hour
        if cause.rest and here / cause.rest >= MOST_OF_REST and each.hours < part.hours:
            more = "more" if each.per_hour > 0 else "less"
            load = load_words(each.per_hour, part.of.source.unit, voice)
            regime = voice.words.phrase(f"cause_at_{each.regime}")
            return [(f"cause_regime_{more}", {"regime": regime, "load": load})]
    return []


def say_status(status: StatusContext, with_starts: bool, voice: Voice) -> list[Dialog]:
    """What the machines' status tells of that time: maintenance, faults, anomalies, starts."""
    hours = (("maintenance", status.maintenance_hours), ("fault", status.fault_hours))
    said = [
        voice.words.phrase(f"cause_{kind}", {"hours": voice.words.duration(3600 * count)})
        for kind, count in hours
        if count > 0
    ]
    if status.anomalies:
        said.append(counted("cause_anomalies", status.anomalies, voice))
    if with_starts and status.starts:
        said.append(counted("cause_starts", status.starts, voice))
    if not said:
        return []
    return [("cause_status", {"events": voice.words.listed(said, whole=True)})]
