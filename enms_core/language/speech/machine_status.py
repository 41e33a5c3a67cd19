"""How it is said what state machines are in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from enms_core.domain.catalogue import Machine
from enms_core.domain.machine_status import MachineState, MachineStatusAnswer, NoStatus
from enms_core.domain.period import utc
from enms_core.language.clock import moment_words
from enms_core.language.render import Dialog
from enms_core.language.speech.brief import counted
from enms_core.language.speech.modes import state_words
from enms_core.language.speech.refusals import no_machines
from enms_core.language.speech.voice import Voice


class Heard(Protocol):
    """A machine with the last that was heard of it, where that is too long ago."""

    @property
    def machine(self) -> Machine: ...

    @property
    def last_sign(self) -> datetime | None: ...


# Up to this many machines are told one by one, more are counted.
ONE_BY_ONE = 3


def say_machine_status(answer: MachineStatusAnswer, voice: Voice) -> list[Dialog]:
    """The mode of each machine, or how many are in which; then those that nothing is known of.

    States of another time are told as such first: what follows is not the present.
    """
    return [*say_stale(answer.stale, answer.machines[0].now, voice), *_states(answer, voice)]


def say_stale(heard: Sequence[Heard], now: datetime, voice: Voice) -> list[Dialog]:
    """Since when nothing has been heard of machines, as of the newest of their last signs."""
    signs = [each.last_sign for each in heard if each.last_sign is not None]
    if not signs:
        return []
    machines = voice.machines([each.machine.id for each in heard])
    moment = moment_words(voice, max(signs, key=utc), now)
    return [("status_stale", {"machines": machines, "moment": moment})]


def _states(answer: MachineStatusAnswer, voice: Voice) -> list[Dialog]:
    if len(answer.machines) == 1:
        return _one(answer.machines[0], voice)
    is_short = len(answer.known) <= ONE_BY_ONE
    said = _each(answer.known, voice) if is_short else _counts(answer, voice)
    if answer.unknown:
        said.append(("status_none", {"machines": _names(answer.unknown, voice)}))
    return said


def say_no_status(answer: NoStatus, voice: Voice) -> list[Dialog]:
    """That the history tells nothing of the machines, at now or in a period."""
    if not answer.question.scope.machine_ids:
        return [no_machines(voice)]
    if answer.period is None:
        return [("status_none", {"machines": voice.scope(answer.question.scope)})]
    return [("history_none", voice.where_and_when(answer.question, answer.period))]


def _one(state: MachineState, voice: Voice) -> list[Dialog]:
    assert state.status is not None
    since = state.status.since.astimezone(state.now.tzinfo)
    machine = voice.machines([state.machine.id])
    return [
        ("status_now", {"machine": machine, "mode": state_words(state, voice)}),
        ("status_since", {"moment": moment_words(voice, since, state.now)}),
    ]


def _each(states: Sequence[MachineState], voice: Voice) -> list[Dialog]:
    """Each with its name; names by site where two are alike."""
    names = voice.distinct_names([state.machine.id for state in states])
    told = [
        voice.words.phrase("status_machine", {"machine": name, "mode": state_words(state, voice)})
        for name, state in zip(names, states, strict=True)
    ]
    return [("status_several", {"states": voice.words.listed(told)})]


def _counts(answer: MachineStatusAnswer, voice: Voice) -> list[Dialog]:
    """How many are in which mode, and which of them do not run."""
    total = voice.words.count(len(answer.known))
    modes = Counter(state_words(state, voice) for state in answer.known).most_common()
    if len(modes) == 1:
        return [("status_alike", {"count": total, "mode": modes[0][0]})]
    counts = [counted("status_count", count, voice, mode=mode) for mode, count in modes]
    said: list[Dialog] = [
        ("status_counts", {"count": total, "modes": voice.words.listed(counts, whole=True)})
    ]
    stopped = [state for state in answer.known if not state.is_running]
    if stopped and answer.running:
        said.append(("status_not_running", {"machines": _names(stopped, voice)}))
    return said


def _names(states: Sequence[MachineState], voice: Voice) -> str:
    return voice.machines([state.machine.id for state in states])
