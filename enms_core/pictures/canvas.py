"""A figure as the bytes of a file: the same bytes for the same input.

The figure never meets pyplot, which keeps figures and settings for the whole process: pictures are
drawn in threads beside each other.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Format = Literal["png", "svg"]
FORMATS: tuple[Format, ...] = ("png", "svg")

# A screen of 1000 by 640 points, which those of speakers with a display have or come close to.
WIDTH_INCHES, HEIGHT_INCHES = 10.0, 6.4
DOTS_PER_INCH = 100
# Names that matplotlib draws by chance, for what it refers to within a file.
CHANCE_NAME = re.compile(rb'id="([A-Za-z]+[0-9a-f]{10})"')
# What would tell the date, or the version of matplotlib.
UNTOLD: dict[Format, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None, "Format": None, "Type": None},
}


def format_of(path: Path) -> Format:
    """What a file's name ends in; ValueError where that is no format."""
    suffix = path.suffix.lower().removeprefix(".")
    for known in FORMATS:
        if suffix == known:
            return known
    raise ValueError(f"{path} must end in {' or '.join(f'.{each}' for each in FORMATS)}")


def new_figure() -> Figure:
    """An empty figure that lays out its panels by itself."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(
        figsize=(WIDTH_INCHES, HEIGHT_INCHES),
        dpi=DOTS_PER_INCH,
        layout="constrained",
        facecolor="white",
    )
    FigureCanvasAgg(figure)
    return figure


def saved(figure: Figure, format: Format) -> bytes:
    """The figure as PNG or SVG."""
    file = BytesIO()
    figure.savefig(file, format=format, dpi=DOTS_PER_INCH, metadata=UNTOLD[format])
    written = file.getvalue()
    return _with_counted_names(written) if format == "svg" else written


def _with_counted_names(svg: bytes) -> bytes:
    """Names within the file counted in their order, instead of drawn by chance. A setting for that
    would be one of the whole process."""
    names = dict.fromkeys(CHANCE_NAME.findall(svg))
    counted = {name: b"n%d" % number for number, name in enumerate(names)}
    if not counted:
        return svg
    found = re.compile(rb'(?<=["#])(' + b"|".join(map(re.escape, counted)) + rb')(?=[")])')
    return found.sub(lambda match: counted[match.group(1)], svg)
