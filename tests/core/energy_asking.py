"""Asks the service of energy for an aspect of it, with questions made by hand."""

from __future__ import annotations

from enms_core.domain.answer import Answer
from enms_core.domain.period import PeriodPhrase
from enms_core.domain.question import Question, Scope, Step
from enms_core.services.context import Context
from enms_core.services.energy import answer_energy
from tests.conftest import PLANT_NOW, Asker
from tests.core.energy_metric_cases import MetricCase
from tests.unit.catalogues import ids_of


def answer_of(
    asker: Asker,
    metric: str,
    machines: tuple[str, ...],
    phrase: PeriodPhrase,
    sources: tuple[str, ...] = (),
    step: Step | None = None,
    **surroundings: object,
) -> Answer:
    """The answer about machines by name."""

    async def answered() -> Answer:
        catalogue = await asker.engine.registers.current()
        scope = Scope("machines", ids_of(catalogue, *machines))
        question = Question("energy", scope, phrase, sources, metric=metric, step=step)
        context = Context(asker.engine.store, catalogue, PLANT_NOW, **surroundings)  # type: ignore[arg-type]
        return await answer_energy(question, context)

    return asker.loop.run(answered(), 60)


def answer_to(asker: Asker, case: MetricCase) -> Answer:
    """The answer to one of the cases."""
    return answer_of(
        asker,
        case.metric,
        case.asked.machines,
        case.phrase,
        case.asked.sources or (),
        case.asked_step,
    )
