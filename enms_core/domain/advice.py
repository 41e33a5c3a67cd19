"""What to do about an SEU, with the offer of an action plan."""

from __future__ import annotations

from dataclasses import dataclass

from enms_core.domain.asking import AsksBack
from enms_core.domain.causes import WeeklySavings, greatest
from enms_core.domain.evidence import Evidence
from enms_core.domain.opportunity import Opportunity
from enms_core.domain.payback import Payback
from enms_core.domain.performance import SeuPerformance, models_evidence


@dataclass(frozen=True, kw_only=True)
class Advice(AsksBack):
    """What to do about one SEU, the most worth first.

    `need` is "offer" and `question` the action plan (`action_plan_create` about this SEU) that a
    yes asks for; where there is nothing to do, the outcome is "answered" and `question` the one
    that was asked. part: with its cause and recommendations. opportunities: what rules found of
    the SEU beside its baseline. of_payback: it was asked when that pays off; payback: at a cost
    that was told.
    """

    part: SeuPerformance
    opportunities: tuple[Opportunity, ...] = ()
    of_payback: bool = False
    payback: Payback | None = None

    @property
    def has_any(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.part.recommendations or self.opportunities)

    @property
    def savings(self) -> WeeklySavings | None:
        """What a plan of it would save."""
        own = [each.savings for each in self.part.recommendations]
        return greatest([*own, *(each.savings for each in self.opportunities)])

    def data(self) -> dict[str, object]:
        return {
            **self.part.data(),
            "opportunities": [each.data() for each in self.opportunities],
            **({} if self.payback is None else {"payback": self.payback.data()}),
        }

    def evidence(self) -> Evidence:
        return models_evidence([self.part.baseline])
