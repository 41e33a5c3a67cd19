"""How help is given."""

from __future__ import annotations

from enms_core.domain.help import HelpAnswer
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice


def say_help(answer: HelpAnswer, voice: Voice) -> list[Dialog]:
    """Where there is no machine, the examples are about the whole factory."""
    words = voice.words
    machine = words.phrase("scope_all") if answer.machine is None else words.name(answer.machine)
    return [(f"help_{answer.topic or 'overview'}", {"machine": machine})]
