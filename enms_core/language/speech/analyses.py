"""The sayings of all answers about performance and savings, by the kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from enms_core.domain.advice import Advice
from enms_core.domain.answer import Answer
from enms_core.domain.opportunity import OpportunityList
from enms_core.domain.performance import PerformanceAnalysis
from enms_core.language.render import Dialog
from enms_core.language.speech.opportunities import say_opportunities
from enms_core.language.speech.performance import say_performance
from enms_core.language.speech.recommendations import say_advice
from enms_core.language.speech.voice import Voice

OF_ANALYSES: Mapping[type[Answer], Callable[[Any, Voice], list[Dialog]]] = {
    PerformanceAnalysis: say_performance,
    Advice: say_advice,
    OpportunityList: say_opportunities,
}
