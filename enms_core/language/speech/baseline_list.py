"""How it is listed what has been trained: how good each significant energy use is described."""

from __future__ import annotations

from enms_core.domain.baseline import Baseline
from enms_core.domain.baseline_answers import BaselineList, BaselinesOfSeu
from enms_core.domain.question import Question
from enms_core.domain.seu import SeuOfSource
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_asking import version_item
from enms_core.language.speech.baseline_words import (
    explained_words,
    seu_slots,
    trained_period,
    use_words,
    uses_words,
    version_words,
)
from enms_core.language.speech.brief import LONGEST_WHOLE, brief
from enms_core.language.speech.voice import Voice
from enms_core.language.words import LONGEST_LIST


def say_baseline_list(answer: BaselineList, voice: Voice) -> list[Dialog]:
    """One significant energy use with its versions, or several with their active version each."""
    if not answer.trained:
        return [_none(answer, voice)]
    if len(answer.trained) == 1:
        return [*_one(answer.trained[0], answer.question, voice), *_without(answer, voice)]
    return [*_several(answer, voice), *_without(answer, voice)]


def _none(answer: BaselineList, voice: Voice) -> Dialog:
    is_narrowed = answer.question.scope.is_said or bool(answer.question.sources)
    if not answer.without or not is_narrowed:
        return "baselines_none", {}
    return "baselines_none_of", {"uses": _uses(answer.without, answer.question, voice)}


def _uses(uses: tuple[SeuOfSource, ...], question: Question, voice: Voice) -> str:
    return brief([use_words(each, voice) for each in uses], question, voice)


def _without(answer: BaselineList, voice: Voice) -> list[Dialog]:
    if not answer.without:
        return []
    return [("baselines_without", {"uses": _uses(answer.without, answer.question, voice)})]


# --- one ----------------------------------------------------------------------------------------


def _one(each: BaselinesOfSeu, question: Question, voice: Voice) -> list[Dialog]:
    shown = each.active or each.versions[0]
    dialogs = [_item(each, voice)]
    period = trained_period(each.of, shown, voice)
    if period is not None and each.active is not None:
        dialogs.append(("baseline_trained_on", {"period": period}))
    if len(each.versions) > 1:
        count = voice.words.count(len(each.versions))
        dialogs.append(("baseline_versions", {"count": count}))
    if question.in_full:
        others = [version for version in each.versions if version != each.active]
        dialogs += [version_item(version, voice) for version in others]
    return dialogs


def _item(each: BaselinesOfSeu, voice: Voice) -> Dialog:
    """A significant energy use with its active version and how good that is."""
    slots = seu_slots(each.of, voice)
    if each.active is None:
        newest = version_words(each.versions[0].version, voice)
        return "baseline_item_inactive", {**slots, "version": newest}
    slots["version"] = version_words(each.active.version, voice)
    return _rated(each.active, slots, voice)


def _rated(active: Baseline, slots: dict[str, str], voice: Voice) -> Dialog:
    statistics, verdict = active.model.statistics, active.model.verdict
    if statistics is None:
        return "baseline_item_unknown", slots
    slots["share"] = explained_words(statistics.r2, voice)
    is_bad = verdict is not None and not verdict.is_valid
    return ("baseline_item_invalid" if is_bad else "baseline_item"), slots


# --- several ------------------------------------------------------------------------------------


def _several(answer: BaselineList, voice: Voice) -> list[Dialog]:
    """How many there are, then each in a sentence, the first few where they are many."""
    count = len(answer.trained)
    is_whole = answer.question.in_full or count <= LONGEST_WHOLE
    told = answer.trained if is_whole else answer.trained[:LONGEST_LIST]
    dialogs: list[Dialog] = [("baselines_count", {"uses": uses_words(count, voice)})]
    dialogs += [_item(each, voice) for each in told]
    if len(told) < count:
        dialogs.append(("baselines_more", {"count": voice.words.count(count - len(told))}))
    return dialogs
