"""How a term is explained."""

from __future__ import annotations

from enms_core.domain.explain_term import TermAnswer
from enms_core.language.render import Dialog
from enms_core.language.speech.voice import Voice


def say_term(answer: TermAnswer, _voice: Voice) -> list[Dialog]:
    return [(f"term_{answer.term}", {})]
