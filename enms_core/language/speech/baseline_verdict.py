"""What a model's verdict is in plain words: rules that it breaks, and what to keep in mind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from enms_core.domain.baseline import Grain, Model, ModelWarning, Reason, Sampling, Warning_
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import drivers_words, samples_words
from enms_core.language.speech.sources import driver_words
from enms_core.language.speech.voice import Voice

STANDING: frozenset[Reason] = frozenset({"not_running", "stopped"})
MUCH = 0.2  # share of the period; less that is left out is not told


def say_rules_broken(model: Model, voice: Voice, insignificant: Sequence[str] = ()) -> list[Dialog]:
    """Why a model is not valid, but for how little it explains, which is said with the share."""
    broken = model.verdict.broken if model.verdict is not None else ()
    by_chance = _of_rule("driver_p_value", model)
    by_chance = list(dict.fromkeys([*by_chance, *insignificant]))
    left = _of_rule("driver_range", model)
    rules = {each.rule for each in broken}
    said: list[Dialog] = []
    if by_chance:
        said.append(("baseline_by_chance", {"drivers": drivers_words(by_chance, voice)}))
    elif "f_test" in rules:
        said.append(("baseline_all_by_chance", {}))
    elif "one_driver_p_value" in rules:
        said.append(("baseline_none_sure", {}))
    if left:
        said.append(("baseline_range_left", {"drivers": drivers_words(left, voice)}))
    return said


def _of_rule(rule: str, model: Model) -> list[str]:
    broken = model.verdict.broken if model.verdict is not None else ()
    return [each.driver for each in broken if each.rule == rule and each.driver is not None]


# --- warnings -----------------------------------------------------------------------------------

_Saying = Callable[[Sequence[str], Voice], Dialog]


def _negative_effect(drivers: Sequence[str], voice: Voice) -> Dialog:
    return "baseline_negative_effect", {"drivers": drivers_words(drivers, voice)}


def _base_at_edge(drivers: Sequence[str], voice: Voice) -> Dialog:
    return "baseline_base_at_edge", {"drivers": drivers_words(drivers, voice)}


def _collinear(drivers: Sequence[str], voice: Voice) -> Dialog:
    if len(drivers) == 1:
        return "baseline_alike_one", {"driver": driver_words(drivers[0], voice)}
    return "baseline_alike", {"drivers": drivers_words(drivers, voice)}


_WARNINGS: Mapping[Warning_, _Saying] = {
    "few_samples": lambda _drivers, _voice: ("baseline_few_samples", {}),
    "negative_coefficient": _negative_effect,
    "collinear": _collinear,
    "base_at_edge": _base_at_edge,
    "negative_intercept": lambda _drivers, _voice: ("baseline_negative_start", {}),
    "no_production_driver": lambda _drivers, _voice: ("baseline_no_production", {}),
}


def say_warnings(model: Model, voice: Voice) -> list[Dialog]:
    """What to keep in mind, each kind once with all drivers that it is about."""
    warnings = model.verdict.warnings if model.verdict is not None else ()
    found = {each.warning for each in warnings}
    return [
        saying(_drivers_of(kind, warnings, model), voice)
        for kind, saying in _WARNINGS.items()
        if kind in found
    ]


def _drivers_of(kind: Warning_, warnings: Iterable[ModelWarning], model: Model) -> Sequence[str]:
    """The drivers of one kind of warning; all of the model's where none is named."""
    named = [each.driver for each in warnings if each.warning == kind and each.driver is not None]
    return list(dict.fromkeys(named)) or model.equation.drivers


# --- what was left out --------------------------------------------------------------------------


def say_left_out(sampling: Sampling | None, grain: Grain, voice: Voice) -> list[Dialog]:
    """How much of the running of the period did not count and why, where that is much. That the
    machines stood still is no news to those who ask."""
    if sampling is None:
        return []
    left_out = {
        reason: count
        for reason, count in sampling.left_out.items()
        if count > 0 and reason not in STANDING
    }
    total = sum(left_out.values())
    if not total or total < MUCH * (total + sampling.samples):
        return []
    slots = {
        "samples": samples_words(total, grain, voice),
        "reason": _reason_words(left_out, voice),
    }
    return [("baseline_left_out", slots)]


def _reason_words(left_out: Mapping[Reason, int], voice: Voice) -> str:
    main = max(left_out, key=lambda reason: left_out[reason])
    words = voice.words.phrase(f"baseline_left_out_{main}")
    if len(left_out) == 1:
        return words
    return voice.words.phrase("baseline_mostly", {"reason": words})
