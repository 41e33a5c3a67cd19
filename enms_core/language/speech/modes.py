"""What state a machine is in, as words that follow "is"."""

from __future__ import annotations

from enms_core.domain.machine_status import MachineState
from enms_core.language.speech.voice import Voice


def mode_words(mode: str | None, is_running: bool, voice: Voice) -> str:
    """A mode in words; one that we have no word for, or that its own row contradicts, is said as
    it is written, with whether the machine runs."""
    words = voice.files.values["modes"]
    state = words["running" if is_running else "not_running"]
    if mode is None:
        return state
    if mode in words and (mode == "running") == is_running:
        return words[mode]
    return voice.words.phrase("status_other_mode", {"state": state, "mode": voice.words.name(mode)})


def state_words(state: MachineState, voice: Voice) -> str:
    """The mode of a machine whose status is known."""
    assert state.status is not None
    return mode_words(state.status.mode, state.status.is_running, voice)
