"""What a week would save, in words."""

from __future__ import annotations

from enms_core.domain.causes import WeeklySavings
from enms_core.language.render import Dialog
from enms_core.language.speech.performance_words import as_rough_as, rough_worth, roughly, scale_for
from enms_core.language.speech.voice import Voice


def say_savings(savings: WeeklySavings, unit: str, voice: Voice) -> Dialog:
    """Energy, money and carbon dioxide of a week."""
    weekly = {"weekly": weekly_words(savings, unit, voice)}
    worth = rough_worth(savings.costs, savings.carbon_kg, voice)
    if worth is None:
        return "recommend_saves", weekly
    return "recommend_saves_worth", {**weekly, "worth": worth}


def weekly_words(savings: WeeklySavings, unit: str, voice: Voice) -> str:
    """What is saved in a week, give or take what its interval allows."""
    scale = scale_for(unit, savings.quantity)
    quantity = roughly(savings.quantity)
    amount = {"amount": scale.amount(quantity, voice)}
    if savings.lower is None or savings.upper is None:
        return voice.words.phrase("recommend_weekly", amount)
    # The lower bound may have been cut at nothing saved.
    half = as_rough_as(savings.upper - savings.quantity, savings.quantity)
    margin = scale.number(half, voice)
    return voice.words.phrase("recommend_weekly_margin", {**amount, "margin": margin})
