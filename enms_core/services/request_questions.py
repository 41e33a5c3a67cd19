"""From the fields of another program's request to the question that a service answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from enms_core.domain.catalogue import Catalogue
from enms_core.domain.intents import INTENTS, LAST_12_MONTHS, TRAINING
from enms_core.domain.payback import cost_at
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Scope
from enms_core.domain.tariff import Money
from enms_core.services.features import METRICS
from enms_core.services.request_faults import Fault, RequestRefused, options, quoted
from enms_core.services.request_fields import (
    AnalyzeFields,
    Cost,
    Fields,
    KpiFields,
    MachineFields,
    OpportunityFields,
    PeriodFields,
    PlanFields,
    PredictFields,
    ScopeFields,
    TrainFields,
)
from enms_core.services.request_period import day_of, period_of
from enms_core.services.request_scope import named_in


def question_of(fields: Fields, lang: str, catalogue: Catalogue) -> Question:
    """What is asked, over the registers. Raises RequestRefused."""
    return QUESTIONS[type(fields)](fields, lang, catalogue)


def _question(intent: str, fields: ScopeFields, lang: str, catalogue: Catalogue) -> Question:
    named = named_in(fields, catalogue)
    said = fields.period if isinstance(fields, PeriodFields) else None
    zone = catalogue.zone_of(named.scope.machine_ids)
    period = INTENTS[intent].period if said is None else period_of(said, lang, zone)
    return Question(intent, named.scope, period, named.sources, period_said=said is not None)


def _analysis(fields: AnalyzeFields, lang: str, catalogue: Catalogue) -> Question:
    return _question("root_cause" if fields.why else "performance", fields, lang, catalogue)


def _kpi(fields: KpiFields, lang: str, catalogue: Catalogue) -> Question:
    if fields.metric not in METRICS["kpi"]:
        known = options(INTENTS["kpi"].metrics)
        message = f"metric: {quoted(fields.metric)} is no key performance indicator"
        raise RequestRefused(Fault("field_value", message, "metric", known))
    return replace(_question("kpi", fields, lang, catalogue), metric=fields.metric)


def _opportunities(fields: OpportunityFields, lang: str, catalogue: Catalogue) -> Question:
    return _question("opportunities", fields, lang, catalogue)


def _training(fields: TrainFields, lang: str, catalogue: Catalogue) -> Question:
    """Over the last twelve months where no period is told: nobody is asked back for one."""
    question = _question(TRAINING, fields, lang, catalogue)
    return replace(
        question,
        period=question.period if fields.period is not None else LAST_12_MONTHS,
        period_said=True,
        drivers=options(fields.drivers or ()),
        confirmed=fields.confirmed,
    )


def _prediction(fields: PredictFields, lang: str, catalogue: Catalogue) -> Question:
    if fields.conditions is not None and fields.period is not None:
        message = "conditions are of one hour (day), a period is of many: not both"
        raise RequestRefused(Fault("fields_conflict", message, "conditions"))
    conditions = tuple((fields.conditions or {}).items())
    return replace(_question("baseline_predict", fields, lang, catalogue), conditions=conditions)


def _machines(fields: MachineFields, lang: str, catalogue: Catalogue) -> Question:
    return _question("machine_list", fields, lang, catalogue)


def _plan(fields: PlanFields, lang: str, catalogue: Catalogue) -> Question:
    due: PeriodPhrase | None = None if fields.due is None else day_of(fields.due, "due")
    question = _question("action_plan_create", fields, lang, catalogue)
    return replace(
        question,
        plan=fields.title,
        person=fields.owner,
        date=due,
        cost=_cost(fields.cost, question.scope, catalogue),
        confirmed=fields.confirmed,
    )


def _cost(said: Cost | None, scope: Scope, catalogue: Catalogue) -> Money | None:
    if said is None:
        return None
    amount = Decimal(str(said.amount))
    if said.currency is not None:
        return Money(amount, said.currency.upper())
    return cost_at(scope, amount, catalogue)


QUESTIONS: Mapping[type[Fields], Callable[[Any, str, Catalogue], Question]] = {
    AnalyzeFields: _analysis,
    KpiFields: _kpi,
    OpportunityFields: _opportunities,
    TrainFields: _training,
    PredictFields: _prediction,
    MachineFields: _machines,
    PlanFields: _plan,
}
