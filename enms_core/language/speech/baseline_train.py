"""How it is said that a baseline was trained, what it is worth, or why there is none."""

from __future__ import annotations

from typing import Literal

from enms_core.domain.baseline import Model
from enms_core.domain.baseline_answers import NoSeu, TooFewSamples, Trained, TrainingRefused
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_formula import say_formula
from enms_core.language.speech.baseline_unchanged import say_unchanged
from enms_core.language.speech.baseline_verdict import (
    say_left_out,
    say_rules_broken,
    say_warnings,
)
from enms_core.language.speech.baseline_words import (
    drivers_words,
    explained_words,
    samples_words,
    seu_slots,
    trained_period,
    version_words,
)
from enms_core.language.speech.voice import Voice

# What became of the version that was active before a bad model was stored.
Fate = Literal["active", "left", "unused"]

# What is said of a refusal by the SEU alone.
OF_SEU = {"busy": "baseline_busy", "no_driver": "baseline_no_driver"}


def say_trained(answer: Trained, voice: Voice) -> list[Dialog]:
    """A good model with its equation; a bad one as what it is, without its equation."""
    if answer.is_unchanged:
        return say_unchanged(answer, voice)
    verdict = answer.baseline.model.verdict
    is_good = verdict is None or verdict.is_valid
    return [*(_good if is_good else _bad)(answer, voice), *_worse(answer, voice)]


def _worse(answer: Trained, voice: Voice) -> list[Dialog]:
    """That the version before was better, and how to go back."""
    if not answer.is_worse or answer.replaced is None:
        return []
    return [("baseline_fits_worse", {"version": version_words(answer.replaced, voice)})]


def _good(answer: Trained, voice: Voice) -> list[Dialog]:
    model = answer.baseline.model
    dialogs: list[Dialog] = [("baseline_trained", _result_slots(answer, voice))]
    dialogs += _left_out(model, voice)
    dialogs += say_formula(answer.of, model.equation, voice)
    if model.verdict is not None:
        dialogs.append(("baseline_valid", {}))
    dialogs += say_rules_broken(model, voice, answer.insignificant)
    return [*dialogs, *say_warnings(model, voice), _kept(answer, voice)]


def _result_slots(answer: Trained, voice: Voice) -> dict[str, str]:
    statistics = answer.baseline.model.statistics
    assert statistics is not None
    grain = answer.baseline.model.equation.grain
    return {
        **seu_slots(answer.of, voice),
        "share": explained_words(statistics.r2, voice),
        "samples": samples_words(statistics.samples, grain, voice),
        "period": _period(answer, voice),
    }


def _period(answer: Trained, voice: Voice) -> str:
    period = trained_period(answer.of, answer.baseline, voice)
    assert period is not None
    return period


def _kept(answer: Trained, voice: Voice) -> Dialog:
    """Which version it is now, and which one stays active."""
    version = version_words(answer.baseline.version, voice)
    if answer.baseline.is_active:
        return "baseline_now_active", {"version": version}
    if answer.active_version is None:
        return "baseline_kept_unused", {"version": version}
    active = version_words(answer.active_version, voice)
    return "baseline_kept_beside", {"version": version, "active": active}


def _bad(answer: Trained, voice: Voice) -> list[Dialog]:
    """The worst first, then why, and under which number it can be found."""
    model = answer.baseline.model
    fate = _fate(answer)
    slots = {**seu_slots(answer.of, voice), "period": _period(answer, voice)}
    if fate == "left":
        assert answer.active_version is not None
        slots["version"] = version_words(answer.active_version, voice)
    elif fate == "active":
        slots["version"] = version_words(answer.baseline.version, voice)
    dialogs = _worst(model, fate, slots, voice)
    dialogs += say_rules_broken(model, voice, answer.insignificant)
    dialogs += [*_left_out(model, voice), *say_warnings(model, voice)]
    if fate != "active":
        version = version_words(answer.baseline.version, voice)
        dialogs.append(("baseline_kept", {"version": version}))
    return dialogs


def _fate(answer: Trained) -> Fate:
    if answer.baseline.is_active:
        return "active"
    return "unused" if answer.active_version is None else "left"


def _worst(model: Model, fate: Fate, slots: dict[str, str], voice: Voice) -> list[Dialog]:
    """That it explains too little, or else that it breaks a rule, and how much it explains."""
    assert model.statistics is not None
    assert model.verdict is not None
    share = explained_words(model.statistics.r2, voice)
    if any(each.rule == "r2" for each in model.verdict.broken):
        return [(f"baseline_weak_{fate}", {**slots, "share": share})]
    samples = samples_words(model.statistics.samples, model.equation.grain, voice)
    return [
        (f"baseline_invalid_{fate}", slots),
        ("baseline_explains", {"share": share, "samples": samples}),
    ]


def _left_out(model: Model, voice: Voice) -> list[Dialog]:
    return say_left_out(model.sampling, model.equation.grain, voice)


# --- nothing was trained ------------------------------------------------------------------------


def say_too_few_samples(answer: TooFewSamples, voice: Voice) -> list[Dialog]:
    """How many count, how many are needed, and how long that takes."""
    slots = {
        **seu_slots(answer.of, voice),
        "needed": samples_words(answer.needed, answer.grain, voice),
    }
    count = answer.sampling.samples
    samples = samples_words(count, answer.grain, voice)
    dialogs: list[Dialog] = [
        ("baseline_too_few", {**slots, "samples": samples})
        if count
        else ("baseline_no_samples", slots)
    ]
    dialogs += say_left_out(answer.sampling, answer.grain, voice)
    if answer.days_more is not None:
        days = samples_words(answer.days_more, "day", voice)
        dialogs.append(("baseline_days_more", {"days": days}))
    return dialogs


def say_training_refused(answer: TrainingRefused, voice: Voice) -> list[Dialog]:
    """That somebody else trains it, or that there is nothing to fit."""
    if answer.reason in OF_SEU:
        return [(OF_SEU[answer.reason], seu_slots(answer.of, voice))]
    if answer.reason == "dependent":
        return [("baseline_refused_dependent", {"drivers": drivers_words(answer.drivers, voice)})]
    if answer.drivers:
        return [("baseline_refused_constant", {"drivers": drivers_words(answer.drivers, voice)})]
    return [("baseline_same_use", seu_slots(answer.of, voice))]


def say_no_seu(answer: NoSeu, voice: Voice) -> list[Dialog]:
    """For what no significant energy use is registered."""
    ids = [machine.id for machine in answer.machines]
    source = None if answer.source is None else voice.words.source(answer.source.name)
    if not ids:
        return [("seus_none", {}) if source is None else ("seus_none_of", {"sources": source})]
    slots = {"machines": voice.machines(ids)}
    if source is None:
        return [("baseline_no_seu", slots)]
    return [("baseline_no_seu_of", {**slots, "source": source})]
