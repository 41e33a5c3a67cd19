"""What an answer becomes at another time: of tomorrow it is the forecast, of yesterday no more."""

from __future__ import annotations

from collections.abc import Mapping

from enms_core.domain.intents import ENERGY, FORECAST, INTENTS
from enms_core.domain.question import Question
from enms_core.language.sentence import HORIZON, PERIOD, Sentence

# What is forecast of a figure, and which figure a forecast was of.
FORESEEN = {
    "energy": "energy",
    "power": "power",
    "cost": "cost",
    "carbon": "energy",
    "production": "energy",
    "performance": "energy",
    "kpi": "energy",
    "ranking": "energy",
    "factory_overview": "energy",
}
TOLD: Mapping[str, tuple[str, str | None]] = {
    "energy": ("energy", "total"),
    "power": ("power", "average"),
    "peak": ("power", "peak"),
    "cost": ("cost", None),
}


def told_at(sentence: Sentence, last: Question) -> tuple[str, str | None]:
    """The intent that tells of the time said what the answer before was of, and its aspect where
    that is another question."""
    takes = INTENTS[last.intent].takes
    is_ahead = HORIZON in sentence.texts
    if is_ahead and last.intent in FORESEEN and not takes("horizon"):
        of_power = last.metric if last.metric in INTENTS[FORECAST].metrics else None
        return FORECAST, of_power or FORESEEN[last.intent]
    if last.intent == FORECAST and PERIOD in sentence.texts:
        return TOLD[last.metric or ENERGY]
    return last.intent, None
