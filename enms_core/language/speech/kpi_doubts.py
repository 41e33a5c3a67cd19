"""How it is said which performance indicators are not known, and what is doubtful in the others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from enms_core.domain.answer import DataIssue
from enms_core.domain.kpi import Kpi, KpiAnswer, NoKpi
from enms_core.language.render import Dialog
from enms_core.language.speech.issues import FEW_PERCENT
from enms_core.language.speech.rated import say_left_out
from enms_core.language.speech.voice import Voice

GAPS = frozenset({"readings.gap", "readings.coverage_low"})
OF_STATUS = {"status.none": "status_none", "status.partial": "history_unknown_of"}
# Of these figures, hours without complete readings are no part.
OF_COMPLETE_HOURS = frozenset({"sec"})


def say_unknown(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """The figures that cannot be told, those of one reason in one sentence."""
    assert answer.period is not None
    reasons: dict[NoKpi, list[Kpi]] = {}
    for each in answer.unknown:
        if each.reason is not None and _is_asked(each, answer):
            reasons.setdefault(each.reason, []).append(each)
    where = voice.where_and_when(answer.question, answer.period)
    return [
        (_dialog(reason), {**where, "figures": _names(kpis, voice)})
        for reason, kpis in reasons.items()
    ]


def _dialog(reason: NoKpi) -> str:
    return f"kpi_{reason}"


def _is_asked(kpi: Kpi, answer: KpiAnswer) -> bool:
    """What only goes with the figure that was asked about is not missed."""
    metric = str(answer.question.metric)
    return metric == "all" or kpi.name.startswith(metric)


def _names(kpis: Sequence[Kpi], voice: Voice) -> str:
    names = voice.files.values["kpis"]
    words = dict.fromkeys(names[each.name] for each in kpis)
    return voice.words.listed(list(words), whole=True)


def say_kpi_doubts(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """What a figure leaves out, and what is missing in the readings and the status history."""
    of_status = [each for each in answer.issues if each.code in OF_STATUS]
    gaps = [each for each in answer.issues if each.code in GAPS]
    rest = tuple(each for each in answer.issues if each not in of_status and each not in gaps)
    sources = len({each.energy_source for each in answer.figures})
    return [
        *_counted(answer, voice),
        *say_left_out(replace(answer, issues=rest), sources, {}, voice),
        *(gap for each in gaps for gap in _gap(each, answer, voice)),
        *(said for each in of_status for said in _of_status(each, answer, voice)),
    ]


def _counted(answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """Which machines energy per unit is of, where some make nothing, and that hours are missing."""
    told: list[Dialog] = []
    own = [each for each in answer.by_machine if each.name == "sec"]
    made = [each for each in own if each.value is not None]
    is_known = any(each.name == "sec" for each in answer.known)
    if is_known and len(made) < len(own):
        names = [voice.words.name(str(each.machine)) for each in made]
        told.append(("kpi_counted", {"machines": voice.words.listed(names)}))
    if any(each.is_partial for each in answer.known if each.name in OF_COMPLETE_HOURS):
        told.append(("kpi_hours_missing", {}))
    return told


def _gap(issue: DataIssue, answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """Readings that are missing in a figure that counts all of the time."""
    if answer.question.metric in OF_COMPLETE_HOURS:
        return []
    source = {"source": voice.words.source(str(issue.facts["energy_source"]))}
    if len(answer.question.scope.machine_ids) == 1:
        duration = voice.words.duration(float(issue.facts["missing_seconds"] or 0))
        return [("power_gap", {**source, "duration": duration})]
    missing = 100.0 - float(issue.facts["coverage_percent"] or 0)
    if missing < FEW_PERCENT:
        return [("readings_few_missing_of_source", source)]
    return [("power_gap_share", {**source, "percent": voice.words.percent(missing)})]


def _of_status(issue: DataIssue, answer: KpiAnswer, voice: Voice) -> list[Dialog]:
    """Of one machine that has no status at all it is said already."""
    if issue.code == "status.none" and len(answer.question.scope.machine_ids) == 1:
        return []
    return [(OF_STATUS[issue.code], {"machines": voice.machines_of(issue)})]
