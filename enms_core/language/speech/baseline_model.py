"""How a baseline is explained, and how it is said which version is the active one."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.baseline import Model, ModelStatistics
from enms_core.domain.baseline_answers import (
    Activated,
    BaselineExplanation,
    Influence,
    VersionUnknown,
)
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_formula import say_formula
from enms_core.language.speech.baseline_verdict import (
    say_left_out,
    say_rules_broken,
    say_warnings,
)
from enms_core.language.speech.baseline_words import (
    drivers_words,
    explained_words,
    of_a_day,
    samples_words,
    seu_slots,
    share_words,
    trained_period,
    use_words,
    value_words,
    version_words,
)
from enms_core.language.speech.brief import brief
from enms_core.language.speech.sources import driver_words
from enms_core.language.speech.voice import Voice


def say_explanation(answer: BaselineExplanation, voice: Voice) -> list[Dialog]:
    """Which version, what matters most, how good it is, and what it cannot know; or its equation,
    or when it was trained, where that is asked for."""
    model, in_full = answer.baseline.model, answer.question.in_full
    formula = say_formula(answer.of, model.equation, voice)
    if answer.question.of_training and not in_full:
        return _origin(answer, voice)
    if answer.question.of_equation and not in_full:
        return [*_origin(answer, voice), *formula]
    return [
        *_origin(answer, voice),
        *_influences(answer, voice),
        *_quality(answer, voice),
        *(formula if in_full else ()),
        *say_warnings(model, voice),
        *_reach(model, in_full, voice),
    ]


def _origin(answer: BaselineExplanation, voice: Voice) -> list[Dialog]:
    baseline = answer.baseline
    slots = {**seu_slots(answer.of, voice), "version": version_words(baseline.version, voice)}
    state = "active" if baseline.is_active else "inactive"
    return [(f"baseline_explained_{state}", slots), _training(answer, voice)]


def _training(answer: BaselineExplanation, voice: Voice) -> Dialog:
    """With which readings it was trained, and when."""
    created = answer.baseline.created_at
    period = trained_period(answer.of, answer.baseline, voice)
    if period is None:
        return "baseline_trained_unknown", {}
    if created is None or not (answer.question.in_full or answer.question.of_training):
        return "baseline_trained_on", {"period": period}
    zone = voice.catalogue.zone_of(machine.id for machine in answer.of.machines)
    day = voice.words.day(created.astimezone(zone).date())
    return "baseline_trained_since", {"period": period, "day": day}


# --- what matters -------------------------------------------------------------------------------


def _influences(answer: BaselineExplanation, voice: Voice) -> list[Dialog]:
    """The strongest driver, then the rest by direction; without statistics nobody
    knows which is the strongest."""
    verdict = answer.baseline.model.verdict
    by_chance = {each.driver for each in verdict.broken} if verdict is not None else set()
    if not answer.influences:
        return [("baseline_no_drivers", {})]
    influences = [each for each in answer.influences if each.driver not in by_chance]
    if not influences:
        return []
    source = voice.words.source(answer.of.source.name)
    first = influences[0]
    if len(influences) > 1 and first.share is None:
        return _directions(influences, voice)
    count = len(answer.influences)
    return [_strongest(first, count, source, voice), *_directions(influences[1:], voice)]


def _strongest(influence: Influence, count: int, source: str, voice: Voice) -> Dialog:
    direction = "falling" if influence.coefficient < 0 else "rising"
    slots = {"driver": driver_words(influence.driver, voice), "source": source}
    if count == 1 or influence.share is None:
        return f"baseline_only_{direction}", slots
    return f"baseline_most_{direction}", slots


def _directions(influences: Sequence[Influence], voice: Voice) -> list[Dialog]:
    rising = [each.driver for each in influences if each.coefficient > 0]
    falling = [each.driver for each in influences if each.coefficient < 0]
    return [
        (dialog, {"drivers": drivers_words(names, voice)})
        for dialog, names in (("baseline_rises", rising), ("baseline_falls", falling))
        if names
    ]


# --- how good it is -----------------------------------------------------------------------------


def _quality(answer: BaselineExplanation, voice: Voice) -> list[Dialog]:
    model = answer.baseline.model
    if model.statistics is None:
        return [("baseline_quality_unknown", {})]
    return [
        *_figures(model, model.statistics, answer.question.in_full, voice),
        *say_verdict(model, voice),
        *say_rules_broken(model, voice),
    ]


def _figures(
    model: Model, statistics: ModelStatistics, in_full: bool, voice: Voice
) -> list[Dialog]:
    grain = model.equation.grain
    slots = {
        "share": explained_words(statistics.r2, voice),
        "samples": samples_words(statistics.samples, grain, voice),
        "error": share_words(statistics.cvrmse_percent, voice),
    }
    dialogs: list[Dialog] = [("baseline_quality", slots)]
    unseen = statistics.out_of_time_cvrmse_percent
    if in_full and unseen is not None:
        dialogs.append(("baseline_unseen_error", {"error": share_words(unseen, voice)}))
    return dialogs + (say_left_out(model.sampling, grain, voice) if in_full else [])


def say_verdict(model: Model, voice: Voice) -> list[Dialog]:
    """Whether it meets the rules; nothing where nobody judged it."""
    if model.verdict is None:
        return []
    return [("baseline_valid" if model.verdict.is_valid else "baseline_not_valid", {})]


def _reach(model: Model, in_full: bool, voice: Voice) -> list[Dialog]:
    """What it cannot know, and of its drivers what it has seen."""
    drivers = model.equation.drivers
    ranges = [
        (
            "baseline_range",
            {
                "driver": driver_words(each.driver, voice),
                "low": _value(model, each.driver, each.minimum, voice),
                "high": _value(model, each.driver, each.maximum, voice),
            },
        )
        for each in (model.drivers if in_full else ())
    ]
    if not drivers:
        return []
    return [*ranges, ("baseline_limits", {})]


def _value(model: Model, driver: str, value: float, voice: Voice) -> str:
    return value_words(driver, of_a_day(model.equation, driver, value), voice)


# --- the active version -------------------------------------------------------------------------


def say_activated(answer: Activated, voice: Voice) -> list[Dialog]:
    """Which version is active now, which was, and that it breaks the rules where it does."""
    version = answer.baseline.version
    slots = {**seu_slots(answer.of, voice), "version": version_words(version, voice)}
    if answer.before == version:
        return [("baseline_already_active", slots)]
    verdict = answer.baseline.model.verdict
    doubts = say_verdict(answer.baseline.model, voice) if verdict and verdict.broken else []
    if answer.before is None:
        return [("baseline_activated", slots), *doubts]
    before = version_words(answer.before, voice)
    return [("baseline_activated_before", {**slots, "before": before}), *doubts]


def say_version_unknown(answer: VersionUnknown, voice: Voice) -> list[Dialog]:
    """Which versions there are."""
    if not answer.versions:
        return [("baselines_none_of", {"uses": use_words(answer.of, voice)})]
    versions = [version_words(number, voice) for number in answer.versions]
    slots = {
        **seu_slots(answer.of, voice),
        "number": voice.words.count(answer.asked),
        "versions": brief(versions, answer.question, voice),
    }
    return [("baseline_unknown_version", slots)]
