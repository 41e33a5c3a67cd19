"""How it is said what an answer rests on."""

from __future__ import annotations

from collections.abc import Sequence

from enms_core.domain.evidence import Evidence, RuleEvidence
from enms_core.domain.evidence_answer import EvidenceAnswer, NothingToProve
from enms_core.language.clock import moment_words
from enms_core.language.render import Dialog
from enms_core.language.speech.evidence_models import say_models
from enms_core.language.speech.voice import Voice
from enms_core.language.words import rounded

ALL_PERCENT = 100.0


def say_evidence(answer: EvidenceAnswer, voice: Voice) -> list[Dialog]:
    """Rows, how complete they are and when they end, then prices, factors, models and the rest."""
    basis = answer.basis
    dialogs = [
        *_readings(answer, voice),
        *_rules("price", basis.prices, voice),
        *_rules("factor", basis.factors, voice),
        *_changes(basis, voice),
    ]
    if basis.registers:
        dialogs.append(("evidence_registers", {}))
    dialogs += say_models(basis.models, voice)
    return dialogs or [("evidence_empty", {})]


def say_nothing_to_prove(_answer: NothingToProve, _voice: Voice) -> list[Dialog]:
    return [("nothing_to_prove", {})]


def _readings(answer: EvidenceAnswer, voice: Voice) -> list[Dialog]:
    basis = answer.basis
    if not basis.readings:
        return []
    dialogs: list[Dialog] = [
        ("evidence_reading", {})
        if basis.readings == 1
        else ("evidence_readings", {"count": voice.words.count(basis.readings)})
    ]
    if basis.coverage_percent == ALL_PERCENT:
        dialogs.append(("evidence_complete", {}))
    elif basis.coverage_percent is not None:
        dialogs.append(_share(basis.coverage_percent, voice))
    if basis.last is not None:
        moment = moment_words(voice, basis.last, answer.now)
        dialogs.append(("evidence_last", {"moment": moment}))
    return dialogs


def _share(percent: float, voice: Voice) -> Dialog:
    """What would sound like all of them is not all of them."""
    if rounded(percent) >= ALL_PERCENT:
        return "evidence_nearly_complete", {}
    return "evidence_share", {"percent": voice.words.percent(percent)}


def _rules(kind: str, rules: Sequence[RuleEvidence], voice: Voice) -> list[Dialog]:
    """Prices or carbon factors: those with a name, then the sources that have only their own."""
    named: dict[str, list[str]] = {}
    flat: list[str] = []
    for rule in rules:
        if rule.basis == "flat":
            flat.append(rule.energy_source)
        else:
            named.setdefault(rule.energy_source, []).append(rule.name or "")
    dialogs = [_named(kind, source, names, voice) for source, names in named.items()]
    if flat:
        sources = voice.sources(list(dict.fromkeys(flat)))
        dialogs.append((f"evidence_{kind}_flat", {"sources": sources}))
    return dialogs


def _named(kind: str, source: str, names: Sequence[str], voice: Voice) -> Dialog:
    known = list(dict.fromkeys(name for name in names if name))
    slots = {"source": voice.words.source(source)}
    if not known:
        return f"evidence_{kind}_unnamed", slots
    return f"evidence_{kind}", {**slots, "names": voice.names(known)}


def _changes(basis: Evidence, voice: Voice) -> list[Dialog]:
    if not basis.status_changes:
        return []
    if basis.status_changes == 1:
        return [("evidence_change", {})]
    return [("evidence_changes", {"count": voice.words.count(basis.status_changes)})]
