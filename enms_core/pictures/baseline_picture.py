"""A baseline at a glance: actual against expected use, what its drivers move, and residuals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enms_core.analysis.plotted_rows import PlottedRows, weekly_means
from enms_core.pictures.canvas import Format, new_figure, saved
from enms_core.pictures.panels import (
    BLUE,
    GREY,
    LARGE,
    LONGEST_ACROSS,
    LONGEST_UP,
    SMALL,
    VERMILLION,
    date_axis,
    literal,
    style,
    with_unit,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# A dot of its own in an SVG takes 100 bytes: more of them are drawn into one image.
MOST_SINGLE_DOTS = 1_500
MOST_NUMBERS = 6
MOST_DRIVERS = 10
LEAST_BARS = 4
ROOM_FOR_NUMBERS = 0.35


@dataclass(frozen=True)
class PictureLabels:
    """The words in the picture. facts: a second line of the title, of period and quality. unit: of
    a sample. drivers: name of a driver → how people call it."""

    title: str
    facts: str
    unit: str
    actual: str
    expected: str
    residuals: str
    weekly_mean: str
    contributions: str
    drivers: Mapping[str, str]


def baseline_picture(rows: PlottedRows, labels: PictureLabels, format: Format) -> bytes:
    """The picture of a model's training samples as PNG or SVG. ValueError where there are none."""
    if not len(rows.times):
        raise ValueError("there are no samples to draw")
    figure = new_figure()
    panels = figure.subplot_mosaic([["against", "moved"], ["over_time", "over_time"]])
    title = f"{labels.title}\n{labels.facts}".strip()
    figure.suptitle(literal(title), fontsize=LARGE, fontweight="bold")
    _draw_against(panels["against"], rows, labels)
    _draw_swings(panels["moved"], rows, labels)
    _draw_residuals(panels["over_time"], rows, labels)
    return saved(figure, format)


def _draw_against(axes: Axes, rows: PlottedRows, labels: PictureLabels) -> None:
    """Actual against expected use, with the line on which both are the same."""
    low = float(min(rows.actual.min(), rows.expected.min()))
    high = float(max(rows.actual.max(), rows.expected.max()))
    _dots(axes, rows.expected, rows.actual)
    axes.plot([low, high], [low, high], color=VERMILLION, linewidth=1.5)
    across = with_unit(labels.expected, labels.unit, LONGEST_ACROSS)
    style(axes, across, with_unit(labels.actual, labels.unit, LONGEST_UP))


def _draw_residuals(axes: Axes, rows: PlottedRows, labels: PictureLabels) -> None:
    """Residuals over time, with the mean of each week: what it drifts to is what has changed."""
    _dots(axes, rows.times, rows.residuals)
    axes.axhline(0.0, color=GREY, linewidth=1.0)
    middles, means = weekly_means(rows.times, rows.residuals)
    axes.plot(middles, means, color=VERMILLION, linewidth=2.0, label=literal(labels.weekly_mean))
    axes.legend(loc="upper left", fontsize=SMALL, framealpha=0.9)
    date_axis(axes)
    style(axes, "", with_unit(labels.residuals, labels.unit, LONGEST_UP))


def _draw_swings(axes: Axes, rows: PlottedRows, labels: PictureLabels) -> None:
    """A bar a driver, the strongest on top, each with its number."""
    from matplotlib.ticker import MaxNLocator

    shown = rows.swings[:MOST_DRIVERS][::-1]
    changes = [swing.change for swing in shown]
    colours = [BLUE if change >= 0 else VERMILLION for change in changes]
    names = [literal(labels.drivers.get(swing.driver, swing.driver)) for swing in shown]
    bars = axes.barh(range(len(shown)), changes, color=colours, height=0.6)
    axes.set_yticks(range(len(shown)), labels=names)
    room = 0.5 + max(0, LEAST_BARS - len(shown)) / 2  # one driver is no wall of colour
    axes.set_ylim(-room, len(shown) - 1 + room)
    axes.bar_label(bars, [f"{change:+.3g}" for change in changes], padding=3, fontsize=SMALL)
    axes.axvline(0.0, color=GREY, linewidth=1.0)
    axes.margins(x=ROOM_FOR_NUMBERS)
    style(axes, with_unit(labels.contributions, labels.unit, LONGEST_ACROSS), "")
    axes.xaxis.set_major_locator(MaxNLocator(MOST_NUMBERS))
    axes.grid(visible=False, axis="y")


def _dots(axes: Axes, across: np.ndarray, up: np.ndarray) -> None:
    """Small dots that let those beneath them through; many of them as one image."""
    (dots,) = axes.plot(
        across, up, linestyle="none", marker="o", markersize=3, color=BLUE, alpha=_opacity(len(up))
    )
    dots.set_markeredgewidth(0.0)
    dots.set_rasterized(len(up) > MOST_SINGLE_DOTS)


def _opacity(dots: int) -> float:
    """Fainter the more there are, so that it can be seen where most of them are.

    >>> _opacity(100), round(_opacity(8760), 2), _opacity(50_000)
    (0.8, 0.23, 0.15)
    """
    return min(0.8, max(0.15, 2_000 / max(dots, 1)))
