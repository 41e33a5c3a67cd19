"""How it is said what machines draw: now, on average, at the highest and at the lowest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from enms_core.analysis.demand import BLOCK_SECONDS
from enms_core.domain.answer import DataIssue
from enms_core.domain.catalogue import EnergySource
from enms_core.domain.period import INSTANT, Period
from enms_core.domain.power import PowerAnswer, Rate, RateUnknown
from enms_core.domain.units import POWER_UNIT
from enms_core.language.clock import moment_words, past_words, time_words
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import FEW_PERCENT, say_issues
from enms_core.language.speech.voice import Voice
from enms_core.language.words import Words

GAPS = frozenset({"readings.gap", "readings.coverage_low"})


def say_power(answer: PowerAnswer, voice: Voice) -> list[Dialog]:
    """The rates, the interval that they are means over where it is a long one, and the doubts."""
    if answer.metric == "latest":
        return [*_latest(answer, voice), *_doubts(answer, voice)]
    assert answer.period is not None
    if answer.metric == "average":
        return [_mean(answer, answer.period, voice), *_doubts(answer, voice)]
    extremes = [_extreme(rate, answer, answer.period, voice) for rate in answer.rates]
    return [*extremes, *_interval(answer.rates, voice), *_doubts(answer, voice)]


def say_rate_unknown(answer: RateUnknown, voice: Voice) -> list[Dialog]:
    scope = {"scope": voice.scope(answer.question.scope)}
    if answer.interval_seconds is None:
        return [("power_interval_unknown", scope)]
    duration = voice.words.duration(answer.interval_seconds)
    return [("power_no_block", {**scope, "duration": duration})]


def _latest(answer: PowerAnswer, voice: Voice) -> list[Dialog]:
    """The rates of now in one sentence, and each older one with its age."""
    scope = {"scope": voice.scope(answer.question.scope)}
    current = [rate for rate in answer.rates if rate.is_current]
    dialogs: list[Dialog] = []
    if current:
        dialogs.append((_now_dialog(current), scope | _rates(current, voice)))
    for rate in answer.rates:
        if not rate.is_current and rate.end is not None:
            age = {"age": past_words(voice, rate.end, answer.now)}
            dialogs.append(("power_old", scope | _rates([rate], voice) | age))
    return dialogs


def _now_dialog(rates: Sequence[Rate]) -> str:
    is_purchased = all(rate.source.is_purchased for rate in rates)
    return "power_now" if is_purchased else "power_metered_now"


def _mean(answer: PowerAnswer, period: Period, voice: Voice) -> Dialog:
    is_purchased = all(rate.source.is_purchased for rate in answer.rates)
    slots = voice.where_and_when(answer.question, period) | _rates(answer.rates, voice)
    return "power_mean" if is_purchased else "power_metered_mean", slots


def _extreme(rate: Rate, answer: PowerAnswer, period: Period, voice: Voice) -> Dialog:
    assert rate.time is not None
    is_one = len({each.machine for each in answer.machines}) == 1
    is_within_a_day = period.start.date() == (period.end - INSTANT).date()
    moment = (
        time_words(voice, rate.time)
        if is_within_a_day
        else moment_words(voice, rate.time, answer.now)
    )
    slots = voice.where_and_when(answer.question, period) | _rates([rate], voice)
    return f"power_{answer.metric}{'' if is_one else '_together'}", {**slots, "moment": moment}


def _rates(rates: Iterable[Rate], voice: Voice) -> dict[str, str]:
    """The slot `rates`: "forty one kilowatts of electricity"."""
    said = [
        _of_source(voice.words, rate.rate, rate.source) for rate in rates if rate.rate is not None
    ]
    return {"rates": voice.words.listed(said, whole=True)}


def _of_source(words: Words, rate: float, source: EnergySource) -> str:
    power = POWER_UNIT.get(source.unit)
    slots = {
        "amount": words.amount(rate, power or source.unit),
        "source": words.source(source.name),
    }
    return words.phrase("amount_of_source" if power else "rate_of_source", slots)


def _interval(rates: Sequence[Rate], voice: Voice) -> list[Dialog]:
    """What the blocks are means over, where a meter does not tell the usual ones."""
    longest = max(rate.interval_seconds or 0 for rate in rates)
    if longest <= BLOCK_SECONDS:
        return []
    return [("power_interval", {"duration": voice.words.duration(longest)})]


def _doubts(answer: PowerAnswer, voice: Voice) -> list[Dialog]:
    machines = len({each.machine for each in answer.machines})
    return [dialog for issue in answer.issues for dialog in _doubt(issue, answer, machines, voice)]


def _doubt(issue: DataIssue, answer: PowerAnswer, machines: int, voice: Voice) -> list[Dialog]:
    source = {"source": voice.words.source(str(issue.facts.get("energy_source", "")))}
    if issue.code == "power.left_out":
        return [("power_left_out", {**source, "machines": voice.machines_of(issue)})]
    if issue.code in GAPS and answer.metric != "peak":
        missing = 100.0 - float(issue.facts["coverage_percent"] or 0)
        if machines == 1:
            duration = voice.words.duration(float(issue.facts["missing_seconds"] or 0))
            return [("power_gap", {**source, "duration": duration})]
        if missing >= FEW_PERCENT:
            return [("power_gap_share", {**source, "percent": voice.words.percent(missing)})]
    return say_issues([issue], voice, machines, len(answer.rates))
