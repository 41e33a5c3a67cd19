"""How it is said what to do about an SEU, what that saves, and that a plan can be made of it."""

from __future__ import annotations

from enms_core.domain.advice import Advice
from enms_core.domain.causes import Finding, Recommendation
from enms_core.domain.performance import SeuPerformance
from enms_core.language.render import Dialog
from enms_core.language.speech.baseline_words import seu_slots, use_words
from enms_core.language.speech.cause_evidence import say_evidence
from enms_core.language.speech.opportunities import say_whole
from enms_core.language.speech.payback import say_payback, time_words
from enms_core.language.speech.performance_limits import say_verdict
from enms_core.language.speech.performance_words import amount_words, roughly
from enms_core.language.speech.savings import say_savings
from enms_core.language.speech.voice import Voice


def say_advice(answer: Advice, voice: Voice) -> list[Dialog]:
    """What is worth most first, with its evidence; then the offer of a plan."""
    if not answer.has_any:
        return [_nothing(answer.part, voice)]
    if answer.of_payback or answer.payback is not None:
        return _when_it_pays_off(answer, voice)
    recommended = answer.part.recommendations
    said = (
        _recommended(recommended[0], answer.part, voice)
        if recommended
        else say_whole(answer.opportunities[0], answer.part.period.end, voice)
    )
    also = [_also(each, answer.part, voice) for each in recommended[1:2]]
    unsure = say_verdict(answer.part) if recommended else []
    return [*said, *also, *unsure, ("recommend_offer_plan", {})]


def _when_it_pays_off(answer: Advice, voice: Voice) -> list[Dialog]:
    """What to do, what that saves, and when that has paid for it; then the offer of a plan."""
    said = _measure(answer, voice)
    pays_off = (
        [("payback_needs_cost", {})]
        if answer.payback is None
        else say_payback(answer.payback, voice)
    )
    return [*said, *pays_off, ("recommend_offer_plan", {})]


def _measure(answer: Advice, voice: Voice) -> list[Dialog]:
    """What saves most, and how much that is."""
    part, most = answer.part, answer.savings
    advised = next((each for each in part.recommendations if each.savings == most), None)
    if advised is None:
        found = next(each for each in answer.opportunities if each.savings == most)
        return say_whole(found, part.period.end, voice)
    do = voice.words.phrase(f"recommend_do_{advised.suspicion}")
    head: Dialog = ("recommend_do", {"use": use_words(part.of, voice), "do": do})
    return [head, *_saved(advised, part, voice)]


def _nothing(part: SeuPerformance, voice: Voice) -> Dialog:
    """That nothing needs to be done; or that nobody can tell from here what does."""
    is_more = part.deviation.is_significant and part.deviation.quantity > 0
    dialog = "recommend_on_site" if is_more else "recommend_nothing"
    return dialog, seu_slots(part.of, voice)


def _recommended(each: Recommendation, part: SeuPerformance, voice: Voice) -> list[Dialog]:
    do = voice.words.phrase(f"recommend_do_{each.suspicion}")
    finding = _finding_of(each, part)
    return [
        ("recommend_do", {"use": use_words(part.of, voice), "do": do}),
        *([say_evidence(finding, part, voice)] if finding else []),
        *_saved(each, part, voice),
        *_payback(each, voice),
    ]


def _saved(each: Recommendation, part: SeuPerformance, voice: Voice) -> list[Dialog]:
    """What it saves; what has improved by itself saves nothing more."""
    is_kept = each.suspicion == "gain"
    return [] if is_kept else [say_savings(each.savings, part.of.source.unit, voice)]


def _finding_of(each: Recommendation, part: SeuPerformance) -> Finding | None:
    """What a recommendation rests on."""
    findings = part.cause.findings if part.cause is not None else ()
    return next((found for found in findings if found.suspicion == each.suspicion), None)


def _also(each: Recommendation, part: SeuPerformance, voice: Voice) -> Dialog:
    do = voice.words.phrase(f"recommend_do_{each.suspicion}")
    amount = amount_words(roughly(each.savings.quantity), part.of.source.unit, voice)
    return "recommend_also", {"do": do, "amount": amount}


def _payback(each: Recommendation, voice: Voice) -> list[Dialog]:
    if each.payback_weeks is None:
        return []
    return [("recommend_payback", {"weeks": time_words(each.payback_weeks, voice)})]
