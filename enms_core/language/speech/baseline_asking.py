"""How we ask back about baselines: which one, drivers, period, and whether to train or activate."""

from __future__ import annotations

from collections.abc import Mapping

from enms_core.domain.asking import AsksWhich
from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import EveryOneTrained
from enms_core.domain.baseline_asking import (
    AsksForDrivers,
    AsksForPeriod,
    AsksToActivate,
    AsksToTrain,
    DriverFault,
    DriversRefused,
    OffersOneByOne,
    OffersTraining,
)
from enms_core.domain.period import INSTANT
from enms_core.domain.seu import SeuOfSource
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import (
    drivers_words,
    explained_words,
    seu_slots,
    training_period,
    use_words,
    version_words,
)
from enms_core.language.speech.brief import brief
from enms_core.language.speech.sources import driver_words
from enms_core.language.speech.voice import Voice

MOST_SUGGESTED = 4
FAULTS: tuple[DriverFault, ...] = ("unknown", "consequence", "missing", "no_data", "constant")


def say_asks_which(answer: AsksWhich, voice: Voice) -> list[Dialog]:
    """Which machine, or which energy source."""
    if answer.choices:
        names = voice.distinct_names(answer.choices)
        choices = voice.words.listed(names, "list_or", whole=answer.question.in_full)
        return [("which_machine", {"choices": choices})]
    sources = [voice.words.source(name) for name in answer.source_choices]
    return [("which_source", {"choices": voice.words.listed(sources, "list_or", whole=True)})]


def say_asks_for_drivers(answer: AsksForDrivers, voice: Voice) -> list[Dialog]:
    """A suggestion; where there is none, what can be used at all."""
    if answer.offered:
        offered = answer.offered[:MOST_SUGGESTED]
        return [("baseline_which_drivers", {"drivers": drivers_words(offered, voice)})]
    source = voice.words.source(answer.of.source.name)
    known = _known_drivers(answer.of, voice)
    if not known:
        return [("driver_list_none", {"source": source})]
    names = brief([driver_words(name, voice) for name in known], answer.question, voice)
    return [("baseline_which_drivers_of", {"source": source, "drivers": names})]


def _known_drivers(of: SeuOfSource, voice: Voice) -> list[str]:
    return [
        driver.name for driver in voice.catalogue.drivers if driver.energy_source_id == of.source.id
    ]


def say_asks_for_period(answer: AsksForPeriod, voice: Voice) -> list[Dialog]:
    """Which period, and from when to when there are readings."""
    zone = voice.catalogue.zone_of(machine.id for machine in answer.of.machines)
    first, last = (
        voice.words.day(moment.astimezone(zone).date())
        for moment in (answer.first, answer.last - INSTANT)
    )
    return [("baseline_which_period", {"first": first, "last": last})]


def say_asks_to_train(answer: AsksToTrain, voice: Voice) -> list[Dialog]:
    """What would be trained, on what, over which time."""
    assert answer.period is not None
    period = training_period(answer.of, answer.period, voice)
    slots = {**seu_slots(answer.of, voice), "period": period}
    if not answer.drivers:
        return [("baseline_shall_train_choosing", slots)]
    drivers = drivers_words(answer.drivers, voice)
    return [("baseline_shall_train", {**slots, "drivers": drivers})]


def say_offers_training(answer: OffersTraining, voice: Voice) -> list[Dialog]:
    """That there is no baseline to answer with, and that one can be trained."""
    dialog = "baseline_offer_inactive" if answer.has_inactive else "baseline_offer"
    return [(dialog, seu_slots(answer.of, voice))]


def say_offers_one_by_one(answer: OffersOneByOne, voice: Voice) -> list[Dialog]:
    """That one is trained at a time, which have none yet, and with which it can begin."""
    uses = [use_words(each, voice) for each in answer.without]
    return [
        ("baseline_one_by_one", {}),
        ("baselines_without", {"uses": brief(uses, answer.question, voice)}),
        ("baseline_offer_first", seu_slots(answer.of, voice)),
    ]


def say_every_one_trained(_answer: EveryOneTrained, _voice: Voice) -> list[Dialog]:
    """That one is trained at a time, and has to be named."""
    return [("baseline_one_by_one", {}), ("baseline_every_one_trained", {})]


def say_asks_to_activate(answer: AsksToActivate, voice: Voice) -> list[Dialog]:
    """How good the version is beside the active one, then whether it shall take its place."""
    chosen, active = answer.chosen, answer.active
    slots = {**seu_slots(answer.of, voice), "version": version_words(chosen.version, voice)}
    if active is None:
        return [version_item(chosen, voice), ("baseline_shall_activate", slots)]
    replacing = {**slots, "active": version_words(active.version, voice)}
    return [
        version_item(chosen, voice),
        version_item(active, voice),
        ("baseline_shall_replace", replacing),
    ]


def version_item(baseline: Baseline, voice: Voice) -> Dialog:
    """How good one version is."""
    version = {"version": version_words(baseline.version, voice)}
    statistics, verdict = baseline.model.statistics, baseline.model.verdict
    if statistics is None:
        return "baseline_version_item_unknown", version
    slots = {**version, "share": explained_words(statistics.r2, voice)}
    if verdict is not None and not verdict.is_valid:
        return "baseline_version_item_invalid", slots
    return "baseline_version_item", slots


def say_drivers_refused(answer: DriversRefused, voice: Voice) -> list[Dialog]:
    """Which drivers cannot be used and why, then what can be."""
    source = voice.words.source(answer.of.source.name)
    dialogs = [
        dialog for fault in FAULTS for dialog in _refused(fault, answer.refused, source, voice)
    ]
    if not answer.available:
        none: list[Dialog] = [("driver_list_none", {"source": source})]
        return dialogs if _known_drivers(answer.of, voice) else [*dialogs, *none]
    available = [driver_words(name, voice) for name in answer.available]
    return [*dialogs, ("baseline_can_use", {"drivers": brief(available, answer.question, voice)})]


def _refused(
    fault: DriverFault, refused: Mapping[str, DriverFault], source: str, voice: Voice
) -> list[Dialog]:
    names = [name for name, reason in refused.items() if reason == fault]
    if not names:
        return []
    slots = {"drivers": drivers_words(names, voice)}
    if fault == "unknown":
        slots["source"] = source
    return [(f"baseline_refused_{fault}", slots)]
