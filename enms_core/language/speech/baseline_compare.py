"""How it is said which of some models is better, and by what."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.baseline_comparison import BaselineComparison, Candidate, NothingToCompare
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import (
    drivers_words,
    seu_slots,
    share_words,
    use_words,
    version_words,
)
from enms_core.language.speech.voice import Voice


def say_baseline_comparison(answer: BaselineComparison, voice: Voice) -> list[Dialog]:
    """The better one first, then the figures that decided, then what is active."""
    return [
        _verdict(answer, voice),
        *_figures(answer, voice),
        *_consequence(answer, voice),
    ]


# --- which --------------------------------------------------------------------------------------


def _verdict(answer: BaselineComparison, voice: Voice) -> Dialog:
    slots = seu_slots(answer.of, voice)
    if answer.by == "unknown":
        return "baseline_undecided", {**slots, "models": _models(answer, voice, "list_or")}
    if answer.compared and len(answer.candidates) == 2:
        return _with_or_without(answer, slots, voice)
    if answer.better is None:
        return "baseline_as_good", {**slots, "models": _models(answer, voice)}
    others = [name for place, name in enumerate(_names(answer, voice)) if place != answer.better]
    better = _names(answer, voice)[answer.better]
    other = voice.words.listed(others, "list_or", whole=True)
    return "baseline_better", {**slots, "better": better, "other": other}


def _with_or_without(answer: BaselineComparison, slots: dict[str, str], voice: Voice) -> Dialog:
    slots = {**slots, "drivers": drivers_words(answer.compared, voice)}
    if answer.better is None:
        return "baseline_as_good_with", slots
    drivers = answer.candidates[answer.better].model.equation.drivers
    has_them = set(answer.compared) <= set(drivers)
    return ("baseline_better_with" if has_them else "baseline_better_without"), slots


def _models(answer: BaselineComparison, voice: Voice, joiner: str = "list_and") -> str:
    return voice.words.listed(_names(answer, voice), joiner, whole=True)


def _names(answer: BaselineComparison, voice: Voice) -> list[str]:
    return [_name(candidate, voice) for candidate in answer.candidates]


def _name(candidate: Candidate, voice: Voice) -> str:
    if candidate.version is not None:
        return version_words(candidate.version, voice)
    drivers = drivers_words(candidate.model.equation.drivers, voice)
    return voice.words.phrase("baseline_model_with", {"drivers": drivers})


# --- by what ------------------------------------------------------------------------------------


def _figures(answer: BaselineComparison, voice: Voice) -> list[Dialog]:
    if answer.by == "validity":
        return [("baseline_by_validity", {})] if answer.better is not None else []
    found = [_figure(answer, candidate) for candidate in answer.candidates]
    values = [each for each in found if each is not None]
    if answer.by == "unknown" or len(values) < len(found):
        return []
    words = _told_apart(values, answer, voice)
    if answer.better is None:
        return [_alike(answer, words, voice)]
    best = values[answer.better]
    others = [place for place in range(len(values)) if place != answer.better]
    next_best = min(others, key=lambda place: abs(values[place] - best))
    dialog = "baseline_by_error" if answer.by == "out_of_time" else "baseline_by_share"
    return [(dialog, {"better": words[answer.better], "other": words[next_best]})]


def _figure(answer: BaselineComparison, candidate: Candidate) -> float | None:
    """The figure that decided [%]."""
    statistics = candidate.model.statistics
    if statistics is None:
        return None
    if answer.by == "out_of_time":
        return statistics.out_of_time_cvrmse_percent
    return 100 * statistics.adjusted_r2


def _told_apart(values: Sequence[float], answer: BaselineComparison, voice: Voice) -> list[str]:
    """Whole percents; with decimals where those would be the same of two that are not."""
    whole = [share_words(value, voice) for value in values]
    if len(set(whole)) == len(whole) or answer.better is None:
        return whole
    return [voice.words.percent(value) for value in values]


def _alike(answer: BaselineComparison, words: Sequence[str], voice: Voice) -> Dialog:
    said = voice.words.listed(list(dict.fromkeys(words)), whole=True)
    if answer.by == "out_of_time":
        return "baseline_errors_alike", {"errors": said}
    return "baseline_shares_alike", {"shares": said}


# --- what now -----------------------------------------------------------------------------------


def _consequence(answer: BaselineComparison, voice: Voice) -> list[Dialog]:
    """Which version is active; that nothing was stored where models were fitted to compare."""
    if any(candidate.version is None for candidate in answer.candidates):
        return [("baseline_only_compared", {})]
    active = [each.version for each in answer.candidates if each.is_active]
    return [
        ("baseline_active_is", {"version": version_words(version, voice)})
        for version in active
        if version is not None
    ]


def say_nothing_to_compare(answer: NothingToCompare, voice: Voice) -> list[Dialog]:
    """The one version that there is, or that there is none."""
    if not answer.versions:
        return [("baselines_none_of", {"uses": use_words(answer.of, voice)})]
    version = version_words(answer.versions[0], voice)
    return [("baseline_one_version", {**seu_slots(answer.of, voice), "version": version})]
