"""All rules over the hours of one SEU: where energy could be saved."""

from __future__ import annotations

from enms_core.analysis.base_load import base_load
from enms_core.analysis.claims import Asked, Claim
from enms_core.analysis.extra_load import extra_load
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.idle import idle
from enms_core.analysis.part_load import part_load
from enms_core.analysis.schedule import schedule
from enms_core.domain.baseline import Model
from enms_core.domain.opportunity import Thresholds

RULES = (idle, schedule, base_load, part_load)


def opportunities_of(
    model: Model | None,
    history: HourlyTable,
    first_hour: int,
    last_hour: int,
    thresholds: Thresholds,
) -> list[Claim]:
    """What the rules claim of the hours [first_hour, last_hour), the largest first.

    history: up to 52 weeks that end with the period, with all drivers of the source. model: the
    active baseline; without one the rest of it cannot be looked at.
    """
    if not len(history):
        return []
    asked = Asked(history, first_hour, last_hour)
    ruled = (rule(asked, thresholds) for rule in RULES)
    found = [claim for claim in ruled if claim is not None]
    if model is not None:
        kinds = {claim.kind for claim in found}
        extra = extra_load(model, asked, thresholds)
        # The status tells the hours of running better than a step of the use.
        found += [claim for claim in extra if claim.kind not in kinds]
    large = [
        each for each in found if asked.percent(each.per_hour) > thresholds.opportunity_percent
    ]
    return sorted(large, key=lambda claim: -claim.quantity)
