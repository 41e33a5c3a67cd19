"""What a picture of a baseline shows, and the picture itself."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from math import floor

from enms_core.analysis.plotted_rows import PlottedRows, plotted_rows
from enms_core.domain.baseline import Baseline
from enms_core.domain.catalogue import Catalogue
from enms_core.domain.seu import SeuOfSource
from enms_core.language.files import load_language
from enms_core.pictures.baseline_picture import PictureLabels, baseline_picture
from enms_core.pictures.canvas import Format
from enms_core.services.minds import known_language
from enms_core.services.training_period import known_span, last_twelve_months
from enms_core.storage.driver_matrix import load_hours
from enms_core.storage.store import Store


async def baseline_rows(
    of: SeuOfSource, baseline: Baseline, store: Store, catalogue: Catalogue, now: datetime
) -> PlottedRows | None:
    """The samples that a version was trained on, as the database has them now, with what it expects
    of them; None without any. Of one that does not tell its period: those of the last year."""
    period = baseline.period
    if period is None:
        span = await known_span(of, store, catalogue, now)
        period = span and (last_twelve_months(span.end, span) or span)
    if period is None:
        return None
    drivers = baseline.model.equation.drivers
    table = await load_hours(store.readings, catalogue, of, drivers, period)
    rows = await asyncio.to_thread(plotted_rows, baseline.model, table)
    return rows if len(rows.times) else None


async def picture_of(
    of: SeuOfSource,
    baseline: Baseline,
    store: Store,
    catalogue: Catalogue,
    now: datetime,
    lang: str,
    format: Format = "png",
) -> bytes | None:
    """The picture of a version, in a language; None where there are no samples to draw."""
    rows = await baseline_rows(of, baseline, store, catalogue, now)
    if rows is None:
        return None
    labels = picture_labels(of, baseline, lang)
    return await asyncio.to_thread(baseline_picture, rows, labels, format)


def picture_labels(of: SeuOfSource, baseline: Baseline, lang: str) -> PictureLabels:
    """The words of a language; a driver that it has none for keeps its name."""
    values = load_language(known_language(lang)).values
    words, drivers = values["picture"], values["drivers"]
    names = baseline.model.equation.drivers
    return PictureLabels(
        title=f"{of.seu.name} · {words['version']} {baseline.version}",
        facts=" · ".join(_facts(baseline, words)),
        unit=f"{of.source.unit} {words[f'per_{baseline.model.equation.grain}']}",
        actual=words["actual"],
        expected=words["expected"],
        residuals=words["residuals"],
        weekly_mean=words["weekly_mean"],
        contributions=words["contributions"],
        drivers={name: dict(drivers).get(name, name.replace("_", " ")) for name in names},
    )


def _facts(baseline: Baseline, words: Mapping[str, str]) -> Iterator[str]:
    """Of which days it is, what share it explains, whether it is valid; as far as that is known."""
    period, model = baseline.period, baseline.model
    if period is not None:
        last = period.end - timedelta(microseconds=1)  # midnight ends the day before
        yield f"{period.start:%Y-%m-%d} {words['until']} {last:%Y-%m-%d}"
    if model.statistics is not None:
        # Rounded down: what is not explained in full is never told as that.
        yield f"R² {floor(100 * model.statistics.r2)} %"
    if model.verdict is None:
        yield words["unknown"]
    else:
        yield words["valid" if model.verdict.is_valid else "not_valid"]
