"""How it is said when machines were offline, and how much they ran."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from enms_core.domain.period import Period, utc
from enms_core.domain.status import OfflineEvent
from enms_core.domain.status_history import MachineHistory, StatusHistoryAnswer
from enms_core.language.clock import moment_words
from enms_core.language.render import Dialog
from enms_core.language.speech.brief import brief
from enms_core.language.speech.machine_status import say_stale
from enms_core.language.speech.modes import mode_words
from enms_core.language.speech.voice import Voice

HOUR = timedelta(hours=1)


def say_status_history(answer: StatusHistoryAnswer, voice: Voice) -> list[Dialog]:
    """Of one machine in detail, of several the figure of each; then what is not known."""
    assert answer.period is not None
    is_uptime = answer.metric == "uptime"
    if len(answer.machines) == 1:
        said = _uptime(answer, voice) if is_uptime else _offline(answer, voice)
    else:
        said = _uptimes(answer, voice) if is_uptime else _offlines(answer, voice)
    return [*said, *_not_known(answer, voice)]


def _offline(answer: StatusHistoryAnswer, voice: Voice) -> list[Dialog]:
    history, slots = answer.machines[0], _where_and_when(answer, voice)
    events = history.offline
    longest = events.longest
    if longest is None:
        return [("offline_never", slots)]
    slots["duration"] = _length(events.total, voice)
    if events.count == 1:
        said: list[Dialog] = [("offline_once", slots)]
    else:
        said = [("offline_times", {**slots, "count": voice.words.count(events.count)})]
        said.append(("offline_longest", {"duration": _length(longest.duration, voice)}))
    said.append(_event(longest, history, answer, voice))
    if events.events[-1].end >= utc(answer.now):
        said.append(("offline_now", {}))
    return said


def _event(
    event: OfflineEvent, history: MachineHistory, answer: StatusHistoryAnswer, voice: Voice
) -> Dialog:
    modes = [mode_words(mode, False, voice) for mode in event.modes]
    slots = {"modes": voice.words.listed(modes, whole=True)}
    if event.is_begun:
        return "offline_event_begun", slots
    start = event.start.astimezone(history.zone)
    return "offline_event", {**slots, "moment": moment_words(voice, start, answer.now)}


def _uptime(answer: StatusHistoryAnswer, voice: Voice) -> list[Dialog]:
    history, slots = answer.machines[0], _where_and_when(answer, voice)
    if history.running:
        slots |= {"percent": _percent(history, voice), "duration": _length(history.running, voice)}
        said: list[Dialog] = [("uptime", slots)]
    else:
        said = [("uptime_none", slots)]
    idle = history.by_mode.get("idle")
    if idle:
        said.append(("uptime_idle", {"duration": _length(idle, voice)}))
    return said


def _offlines(answer: StatusHistoryAnswer, voice: Voice) -> list[Dialog]:
    """The machines that were offline, the longest first."""
    slots = {"period": _period(answer, voice)}
    offline = sorted(
        (each for each in answer.known if each.offline.count),
        key=lambda history: -history.offline.total,
    )
    if not offline and len(answer.known) == 1:
        return [("offline_never", {**slots, "scope": _listed(answer.known, voice)})]
    if not offline:
        return [("offline_none_of", {**slots, "count": voice.words.count(len(answer.known))})]
    told = [
        voice.words.phrase("machine_for_time", {"machine": name, "duration": _length(time, voice)})
        for name, time in zip(
            _names(offline, voice), (each.offline.total for each in offline), strict=True
        )
    ]
    return [("offline_machines", {**slots, "machines": brief(told, answer.question, voice)})]


def _uptimes(answer: StatusHistoryAnswer, voice: Voice) -> list[Dialog]:
    """How much each machine ran, the most running first."""
    ran = sorted(answer.known, key=lambda history: -(history.uptime_percent or 0.0))
    told = [
        voice.words.phrase("machine_percent", {"machine": name, "percent": _percent(each, voice)})
        for name, each in zip(_names(ran, voice), ran, strict=True)
    ]
    slots = {"period": _period(answer, voice), "machines": brief(told, answer.question, voice)}
    return [("uptime_machines", slots)]


def _not_known(answer: StatusHistoryAnswer, voice: Voice) -> list[Dialog]:
    """Time before a history begins or after its machine was last heard of is not counted, and that
    is said."""
    stale = [each for each in answer.machines if each.last_sign is not None]
    said = say_stale(stale, answer.now, voice)
    unknown = [each for each in answer.machines if not each.known]
    if unknown:
        said.append(("status_none", {"machines": _listed(unknown, voice)}))
    partly = [each for each in answer.known if each.unknown]
    if len(answer.machines) == 1 and partly:
        said.append(("history_unknown", {"duration": _length(partly[0].unknown, voice)}))
    elif partly:
        said.append(("history_unknown_of", {"machines": _listed(partly, voice)}))
    return said


def _listed(histories: Sequence[MachineHistory], voice: Voice) -> str:
    return voice.words.listed(_names(histories, voice))


def _names(histories: Sequence[MachineHistory], voice: Voice) -> list[str]:
    return voice.distinct_names([history.machine.id for history in histories])


def _percent(history: MachineHistory, voice: Voice) -> str:
    return voice.words.percent(history.uptime_percent or 0.0)


def _length(time: timedelta, voice: Voice) -> str:
    """A time in hours, however long: running hours are never told in days."""
    if time < HOUR:
        return voice.words.duration(time.total_seconds())
    return voice.words.amount(time / HOUR, "h")


def _where_and_when(answer: StatusHistoryAnswer, voice: Voice) -> dict[str, str]:
    return {"scope": voice.scope(answer.question.scope), "period": _period(answer, voice)}


def _period(answer: StatusHistoryAnswer, voice: Voice) -> str:
    period: Period | None = answer.period
    assert period is not None
    return voice.period(answer.question.period, period)
