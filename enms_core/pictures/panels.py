"""What all pictures share: colours, sizes, labels and axes.

The colours are those of Okabe and Ito (2008), which people with every kind of colour vision tell
apart; nothing is told by colour alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BLUE, VERMILLION, GREY = "#0072B2", "#D55E00", "#595959"
MOST_DATES = 6
LARGE, SMALL = 13, 11
# Numbers beside bars are whole from here on.
WHOLE_FROM = 100.0
# Letters of a label that have room in one line along an axis.
LONGEST_ACROSS, LONGEST_UP = 46, 30


def date_axis(axes: Axes, most: int = MOST_DATES) -> None:
    """Few dates, written as in ISO 8601."""
    from matplotlib.dates import AutoDateLocator, DateFormatter

    axes.xaxis.set_major_locator(AutoDateLocator(minticks=2, maxticks=most))
    axes.xaxis.set_major_formatter(DateFormatter("%Y-%m-%d"))


def amount(value: float, is_change: bool = True) -> str:
    """A number beside a bar: three digits, or whole ones.

    >>> amount(4241.7, is_change=False), amount(-304.2), amount(0.01234)
    ('4,242', '-304', '+0.0123')
    """
    sign = "+" if is_change else ""
    return f"{value:{sign},.0f}" if abs(value) >= WHOLE_FROM else f"{value:{sign}.3g}"


def with_unit(label: str, unit: str, longest: int) -> str:
    """The unit behind it, or below it where both are too long.

    >>> with_unit("actual use", "kWh per hour", 30)
    'actual use [kWh per hour]'
    >>> with_unit("actual use", "kWh per hour", 20)
    'actual use\\n[kWh per hour]'
    """
    gap = " " if len(f"{label} [{unit}]") <= longest else "\n"
    return f"{label}{gap}[{unit}]"


def style(axes: Axes, across: str, up: str) -> None:
    """Labels, a faint grid, and no more lines than needed."""
    axes.set_xlabel(literal(across), fontsize=SMALL)
    axes.set_ylabel(literal(up), fontsize=SMALL)
    axes.tick_params(labelsize=SMALL)
    axes.grid(visible=True, color="#DDDDDD", linewidth=0.8)
    axes.set_axisbelow(True)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)


def literal(text: str) -> str:
    r"""A text as it is: two dollar signs in a machine's name begin no formula.

    >>> literal("a $b$")
    'a \\$b\\$'
    """
    return text.replace("$", r"\$")
