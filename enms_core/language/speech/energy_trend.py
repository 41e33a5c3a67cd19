"""How it is said whether energy use has been rising or falling."""

from __future__ import annotations

from collections.abc import Mapping

from enms_core.analysis.trend import MIN_POINTS
from enms_core.domain.energy import TrendAnswer
from enms_core.domain.question import Step
from enms_core.domain.series import Trend
from enms_core.language.render import Dialog
from enms_core.language.speech.energy import say_left_out, source_words
from enms_core.language.speech.voice import Voice

TOO_SHORT: Mapping[Step, str] = {
    "day": "energy_trend_too_short_days",
    "hour": "energy_trend_too_short_hours",
}
# Over a longer time the weather changes with the season.
SEASON_HOURS = 90 * 24
PER: Mapping[Step, str] = {"day": "week", "hour": "hour"}


def say_trend(answer: TrendAnswer, voice: Voice) -> list[Dialog]:
    """The trend of each source, or that there is none or too little to tell one."""
    assert answer.period is not None
    place = voice.where_and_when(answer.question, answer.period)
    dialogs: list[Dialog] = []
    for trend in answer.spoken:
        name, slots = _trend(trend, answer.step, voice)
        dialogs.append((name, {**place, "source": source_words(trend, voice), **slots}))
    if answer.period.hours > SEASON_HOURS and any(
        told.slope.change_percent for told in answer.spoken
    ):
        dialogs.append(("energy_trend_season", {}))
    return [*dialogs, *say_left_out(answer, voice)]


def _trend(trend: Trend, step: Step, voice: Voice) -> Dialog:
    slope = trend.slope
    if slope.direction is None:
        return TOO_SHORT[step], {"count": voice.words.count(MIN_POINTS)}
    if slope.change_percent is None:
        return "energy_steady", {}
    percent = voice.words.percent(abs(slope.change_percent))
    return f"energy_{slope.direction}_by_{PER[step]}", {"percent": percent}
