"""How it is said where energy can be saved: how much in all, then the ones worth most."""

from __future__ import annotations

from datetime import datetime

from enms_core.domain.opportunity import Opportunity, OpportunityList, SourceSavings
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import seu_slots, uses_words
from enms_core.language.speech.issues import say_issues
from enms_core.language.speech.performance_words import (
    amount_words,
    percent_words,
    rough_worth,
    roughly,
    since_words,
    uses_in_short,
)
from enms_core.language.speech.voice import Voice

# So many are told where not more, or all, are wanted.
MOST_TOLD = 3
# Kinds whose suspicion says better what to do.
BY_SUSPICION = frozenset({"extra_load", "wear"})


def say_opportunities(answer: OpportunityList, voice: Voice) -> list[Dialog]:
    """The sum of all of them, each of the first, and what could not be looked at."""
    found = answer.opportunities
    said = _several(answer, voice) if len(found) > 1 else _one_or_none(answer, voice)
    if answer.without:
        said.append(
            (
                "opportunities_without",
                {"uses": uses_in_short(answer.without, voice, answer.question.in_full)},
            )
        )
    machines = len(answer.question.scope.machine_ids)
    if answer.question.cost is not None and machines > 1:
        said.append(("opportunities_cost_of_which", {}))
    elif answer.question.threshold is not None:
        said.append(("opportunities_aim_untold", {}))
    return [*said, *say_issues(answer.issues, voice, machines, len(answer.sources))]


def _one_or_none(answer: OpportunityList, voice: Voice) -> list[Dialog]:
    assert answer.period is not None
    if not answer.opportunities:
        slots = voice.where_and_when(answer.question, answer.period)
        uses = uses_words(len(answer.examined), voice)
        return [_none(answer, slots, voice), ("opportunities_examined", {"uses": uses})]
    (only,) = answer.opportunities
    return [
        ("opportunities_one", voice.where_and_when(answer.question, answer.period)),
        *say_whole(only, answer.period.end, voice),
    ]


def _none(answer: OpportunityList, slots: dict[str, str], voice: Voice) -> Dialog:
    """Nothing at all, or no sign of the cause that was asked about."""
    suspected = answer.question.suspected
    if suspected is None:
        return "opportunities_none", slots
    what = voice.words.phrase(f"cause_of_{suspected}")
    return "opportunities_none_of", {**slots, "what": what}


def say_whole(each: Opportunity, now: datetime, voice: Voice) -> list[Dialog]:
    """One opportunity with its evidence and what it is worth."""
    worth = rough_worth(each.savings.costs, each.savings.carbon_kg, voice)
    worth_said: list[Dialog] = [("opportunities_worth", {"worth": worth})] if worth else []
    return [say_item(each, voice), *_evidence(each, now, voice), *worth_said]


def _several(answer: OpportunityList, voice: Voice) -> list[Dialog]:
    most = answer.question.count or MOST_TOLD
    told = answer.opportunities if answer.question.in_full else answer.opportunities[:most]
    more = len(answer.opportunities) - len(told)
    said = [_total(answer, voice), *(_in_short(each, voice) for each in told)]
    if more:
        said.append(("opportunities_more", {"count": voice.words.count(more)}))
    return said


def _total(answer: OpportunityList, voice: Voice) -> Dialog:
    assert answer.period is not None
    slots = {
        **voice.where_and_when(answer.question, answer.period),
        "count": voice.words.count(len(answer.opportunities)),
    }
    amounts = [_of_source(each, voice) for each in answer.sources if each.savings.quantity]
    if not amounts:
        return "opportunities_found", slots
    slots["amounts"] = voice.words.listed(amounts, whole=True)
    # Money tells enough beside the rest of a list.
    worth = rough_worth(answer.costs, None if answer.costs else answer.carbon_kg, voice)
    if worth is None:
        return "opportunities_found_amounts", slots
    return "opportunities_found_worth", {**slots, "worth": worth}


def _of_source(each: SourceSavings, voice: Voice) -> str:
    slots = {
        "amount": amount_words(roughly(each.savings.quantity), each.unit, voice),
        "source": voice.words.source(each.energy_source),
    }
    return voice.words.phrase("amount_of_source", slots)


def _in_short(each: Opportunity, voice: Voice) -> Dialog:
    """One of several: how much, and what it comes from."""
    slots = {**seu_slots(each.of, voice), "what": _what(each, voice)}
    if each.peak_kw is not None:
        return "opportunities_peak_short", {**slots, "power": _power(each.peak_kw, voice)}
    return "opportunities_short", {**slots, "amount": _amount(each, voice)}


def _what(each: Opportunity, voice: Voice) -> str:
    if each.kind in BY_SUSPICION and each.suspicion:
        return voice.words.phrase(f"cause_of_{each.suspicion}")
    return voice.words.phrase(f"opportunities_from_{each.kind}")


def _amount(each: Opportunity, voice: Voice) -> str:
    return amount_words(roughly(each.savings.quantity), each.of.source.unit, voice)


def _power(power_kw: float, voice: Voice) -> str:
    return amount_words(roughly(power_kw), "kW", voice)


def say_item(each: Opportunity, voice: Voice) -> Dialog:
    """What one SEU could save in a week, and how."""
    slots = {**seu_slots(each.of, voice), "do": _what_to_do(each, voice)}
    if each.peak_kw is not None:
        return "opportunities_peak", {**slots, "power": _power(each.peak_kw, voice)}
    return "opportunities_item", {**slots, "amount": _amount(each, voice)}


def _what_to_do(each: Opportunity, voice: Voice) -> str:
    key = each.suspicion if each.kind in BY_SUSPICION and each.suspicion else each.kind
    return voice.words.phrase(f"recommend_do_{key}")


def _evidence(each: Opportunity, now: datetime, voice: Voice) -> list[Dialog]:
    """What share of its use that is, and since when; of a peak none."""
    if each.peak_kw is not None:
        return []
    slots = {"percent": percent_words(each.percent, voice)}
    if each.since is None:
        return [("opportunities_share", slots)]
    since = since_words(each.since, each.of, now, voice)
    return [("opportunities_share_since", {**slots, "since": since})]
