"""Why a use is not what was expected: drivers, the rest, when it arises, what it points to."""

from __future__ import annotations

import numpy as np

from enms_core.analysis.compared_hours import compared_hours
from enms_core.analysis.contributions import contributions_of
from enms_core.analysis.hourly_table import HourlyTable
from enms_core.analysis.one_thread import on_one_thread
from enms_core.analysis.regimes import regime_rests
from enms_core.analysis.suspicions import findings
from enms_core.domain.baseline import Model
from enms_core.domain.causes import Cause


@on_one_thread
def explain(model: Model, history: HourlyTable, first_hour: int, last_hour: int) -> Cause:
    """The cause of what was used in the hours [first_hour, last_hour), by a baseline.

    history: up to 52 weeks that end with the period, best with all drivers of the source: degree
    days tell the temperature, and drivers that the model leaves out are allowed for.
    """
    inside = np.asarray((history.hours >= first_hour) & (history.hours < last_hour))
    told = contributions_of(model, history, inside)
    compared = compared_hours(model, history, inside)
    return Cause(
        usual=told.usual,
        contributions=told.contributions,
        rest=told.rest,
        regimes=regime_rests(history, compared, first_hour, last_hour),
        findings=findings(model, history, first_hour, last_hour) if inside.any() else (),
    )
