"""The picture of an analysis of one SEU."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from enms_core.analysis.causes import explain
from enms_core.analysis.hour_grid import HourGrid
from enms_core.analysis.performance_rows import PerformanceRows, performance_rows
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.performance import SeuPerformance
from enms_core.domain.period import Period, utc
from enms_core.language.files import load_language
from enms_core.pictures.canvas import Format
from enms_core.pictures.performance_picture import PerformanceLabels, performance_picture
from enms_core.services.asked_hours import HISTORY
from enms_core.services.minds import known_language
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.store import Store


async def performance_picture_of(
    part: SeuPerformance, store: Store, catalogue: Catalogue, lang: str, format: Format = "png"
) -> bytes:
    """The picture in a language, with the history of a year."""
    of, model, period = part.of, part.baseline.model, part.period
    zone = catalogue.zone_of(of.seu.machine_ids)
    start = min(period.start, utc(period.end) - HISTORY, key=utc)
    history = await load_hours(store.readings, catalogue, of, None, Period(start, period.end))
    grid = HourGrid.of(period, zone)
    sure = part.deviation.confidence_percent / 100.0
    rows = await asyncio.to_thread(performance_rows, model, history, grid.first, grid.last, sure)
    cause = part.cause
    if cause is None:
        cause = await asyncio.to_thread(explain, model, history, grid.first, grid.last)
    labels = performance_labels(part, rows, lang)
    return await asyncio.to_thread(performance_picture, rows, cause, labels, format)


def performance_labels(part: SeuPerformance, rows: PerformanceRows, lang: str) -> PerformanceLabels:
    """The words of a language; a driver that it has none for keeps its name."""
    values = load_language(known_language(lang)).values
    words, drivers = values["performance_picture"], dict(values["drivers"])
    names = part.baseline.model.equation.drivers
    last = part.period.end - timedelta(microseconds=1)
    return PerformanceLabels(
        title=part.of.seu.name,
        facts=f"{part.period.start:%Y-%m-%d} {words['until']} {last:%Y-%m-%d}",
        unit=part.of.source.unit,
        per_sample=words[f"per_{rows.grain}"],
        actual=words["actual"],
        expected=words["expected"],
        scatter=words["scatter"],
        cusum=words["cusum"],
        changed=words["changed"],
        usual=words["usual"],
        rest=words["rest"],
        drivers={name: drivers.get(name, name.replace("_", " ")) for name in names},
    )
