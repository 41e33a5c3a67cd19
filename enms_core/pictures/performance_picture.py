"""An analysis at a glance: actual and expected use, the CUSUM, and a waterfall of what adds up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from enms_core.analysis.performance_rows import PerformanceRows
from enms_core.domain.causes import Cause
from enms_core.pictures.canvas import Format, new_figure, saved
from enms_core.pictures.panels import (
    BLUE,
    GREY,
    LARGE,
    LONGEST_ACROSS,
    LONGEST_UP,
    MOST_DATES,
    SMALL,
    VERMILLION,
    amount,
    date_axis,
    literal,
    style,
    with_unit,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Of more drivers the smallest are drawn together.
MOST_STEPS = 6
BAND = 0.25
ROOM_FOR_NUMBERS = 0.2


@dataclass(frozen=True)
class PerformanceLabels:
    """The words in the picture. drivers: name of a driver → how people call it."""

    title: str
    facts: str
    unit: str
    per_sample: str
    actual: str
    expected: str
    scatter: str
    cusum: str
    changed: str
    usual: str
    rest: str
    drivers: Mapping[str, str]


def performance_picture(
    rows: PerformanceRows, cause: Cause, labels: PerformanceLabels, format: Format
) -> bytes:
    """The picture as PNG or SVG. ValueError where no hour can be compared."""
    if not len(rows.times):
        raise ValueError("there are no hours to draw")
    figure = new_figure()
    panels = figure.subplot_mosaic([["use", "use"], ["cusum", "waterfall"]])
    title = f"{labels.title}\n{labels.facts}".strip()
    figure.suptitle(literal(title), fontsize=LARGE, fontweight="bold")
    _draw_use(panels["use"], rows, labels)
    changes = [each.since for each in cause.findings if each.since is not None]
    _draw_cusum(panels["cusum"], rows, changes, labels)
    _draw_waterfall(panels["waterfall"], cause, labels)
    return saved(figure, format)


def _draw_use(axes: Axes, rows: PerformanceRows, labels: PerformanceLabels) -> None:
    """Actual use in dots, expected use as a line, with the band of the normal scatter."""
    gaps = np.flatnonzero(np.diff(rows.times) > _step(rows)) + 1
    times = np.insert(rows.times, gaps, np.datetime64("NaT"))
    if rows.lower is not None and rows.upper is not None:
        lower, upper = (np.insert(each, gaps, np.nan) for each in (rows.lower, rows.upper))
        axes.fill_between(
            times, lower, upper, color=GREY, alpha=BAND, linewidth=0.0, label=labels.scatter
        )
    expected = np.insert(rows.expected, gaps, np.nan)
    axes.plot(times, expected, color=GREY, linewidth=1.5, label=labels.expected)
    axes.plot(
        rows.times,
        rows.actual,
        linestyle="none",
        marker="o",
        markersize=4,
        color=BLUE,
        label=labels.actual,
    )
    axes.legend(loc="best", fontsize=SMALL, framealpha=0.9)
    date_axis(axes)
    style(axes, "", f"{labels.unit} {labels.per_sample}")


def _step(rows: PerformanceRows) -> np.timedelta64:
    return np.timedelta64(1 if rows.grain == "hour" else 36, "h")


def _draw_cusum(
    axes: Axes, rows: PerformanceRows, changes: Sequence[datetime], labels: PerformanceLabels
) -> None:
    """The running sum with the band in which chance leaves it, and the days of changes."""
    from matplotlib.dates import date2num

    times = rows.cusum.hours.astype("datetime64[h]")
    if rows.cusum.band is not None:
        band = rows.cusum.band
        axes.fill_between(times, -band, band, color=GREY, alpha=BAND, linewidth=0.0)
    axes.plot(times, rows.cusum.values, color=BLUE, linewidth=1.5)
    for number, change in enumerate(changes):
        label = literal(labels.changed) if number == 0 else None
        axes.axvline(date2num(change), color=VERMILLION, linewidth=1.5, linestyle="--", label=label)
    if changes:
        axes.legend(loc="best", fontsize=SMALL, framealpha=0.9)
    date_axis(axes, MOST_DATES - 2)
    style(axes, "", with_unit(labels.cusum, labels.unit, LONGEST_UP))


def _draw_waterfall(axes: Axes, cause: Cause, labels: PerformanceLabels) -> None:
    """From the usual use over what each driver adds and the rest to the actual use."""
    steps = _steps(cause, labels)
    starts = np.cumsum([0.0, *(size for _, size in steps)])
    names = [*(name for name, _ in steps), labels.actual]
    sizes = [*(size for _, size in steps), float(starts[-1])]
    lefts = [*starts[:-1], 0.0]
    places = range(len(names) - 1, -1, -1)
    colours = [GREY, *(VERMILLION if size > 0 else BLUE for size in sizes[1:-1]), GREY]
    bars = axes.barh(places, sizes, left=lefts, color=colours, height=0.6)
    inner = [amount(size) for size in sizes[1:-1]]
    texts = [amount(sizes[0], is_change=False), *inner, amount(sizes[-1], is_change=False)]
    axes.bar_label(bars, texts, padding=3, fontsize=SMALL)
    axes.set_yticks(places, labels=[literal(name) for name in names])
    axes.margins(x=ROOM_FOR_NUMBERS)
    style(axes, with_unit("", labels.unit, LONGEST_ACROSS).strip(), "")
    axes.grid(visible=False, axis="y")


def _steps(cause: Cause, labels: PerformanceLabels) -> list[tuple[str, float]]:
    """usual, the drivers from the largest step on, and the rest; they add up to the actual use."""
    ranked = sorted(cause.contributions, key=lambda each: -abs(each.quantity))
    shown = [
        (labels.drivers.get(each.driver, each.driver), each.quantity)
        for each in ranked[:MOST_STEPS]
    ]
    others = sum(each.quantity for each in ranked[MOST_STEPS:])
    more = [("…", others)] if ranked[MOST_STEPS:] else []
    return [(labels.usual, cause.usual), *shown, *more, (labels.rest, cause.rest)]
