"""The picture of a baseline: what is in it, how large it is, and that it is the same each time."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from matplotlib import rcParams
from PIL import Image

from enms_core.analysis import plotted_rows as plotted
from enms_core.analysis.hourly_table import DriverSpec, HourlyTable
from enms_core.analysis.plotted_rows import (
    PlottedRows,
    Swing,
    plotted_rows,
    swings_of,
    weekly_means,
)
from enms_core.domain.baseline import (
    Equation,
    Grain,
    Model,
    RuleBroken,
    Sampling,
    Term,
    Verdict,
)
from enms_core.language.files import languages, load_language
from enms_core.pictures import baseline_picture as drawing
from enms_core.pictures.baseline_picture import PictureLabels, baseline_picture
from enms_core.pictures.canvas import FORMATS, Format, new_figure, saved
from enms_core.services.baseline_rows import picture_labels
from tests.unit.answers.common import CATALOGUE
from tests.unit.trained_models import baseline, of_another_program, seu_of, statistics
from tests.unit.trained_models import model as trained

LABELS = PictureLabels(
    title="Press-3 electricity · version 2",
    facts="2025-11-18 to 2026-11-17 · R² 91 % · valid",
    unit="kWh per hour",
    actual="actual use",
    expected="expected use",
    residuals="actual − expected",
    weekly_mean="mean of each week",
    contributions="change with a typical rise",
    drivers={"pieces": "pieces made"},
)
COMPRESSOR = seu_of("Compressor-1", "electricity", CATALOGUE)
SVG = "{http://www.w3.org/2000/svg}"
BLUE, VERMILLION = (0, 114, 178), (213, 94, 0)


def rows(samples: int, swings: tuple[Swing, ...] = (Swing("pieces", 3.0),)) -> PlottedRows:
    chance = np.random.default_rng(samples)
    expected = 50 + 20 * np.sin(np.arange(samples) / 24)
    times = np.datetime64("2025-11-18T00", "h") + np.arange(samples)
    return PlottedRows(times, expected + chance.normal(0, 3, samples), expected, swings)


def pixels(picture: bytes) -> np.ndarray:
    return np.asarray(Image.open(BytesIO(picture)).convert("RGB")).reshape(-1, 3)


@pytest.mark.parametrize("module", [drawing, plotted])
def test_examples_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


def settings() -> dict[str, object]:
    """Those of matplotlib; but for one that it looks up, with all that belongs to it, when read."""
    return {name: rcParams[name] for name in rcParams if name != "backend"}


class TestPicture:
    def test_a_png_is_as_large_as_a_small_screen(self) -> None:
        image = Image.open(BytesIO(baseline_picture(rows(800), LABELS, "png")))

        assert (image.format, image.size) == ("PNG", (1000, 640))

    def test_it_is_drawn_in_two_colours_that_everyone_tells_apart(self) -> None:
        found = {
            tuple(map(int, pixel)) for pixel in pixels(baseline_picture(rows(90), LABELS, "png"))
        }

        assert {BLUE, VERMILLION} <= found

    def test_an_svg_is_well_formed_and_has_its_dots_one_by_one(self) -> None:
        tree = ElementTree.fromstring(baseline_picture(rows(200), LABELS, "svg"))

        dots = [each for each in tree.iter(f"{SVG}use") if "#0072b2" in str(each.get("style"))]
        assert tree.tag == f"{SVG}svg"
        assert len(dots) == 2 * 200  # against the expected, and over time

    @pytest.mark.parametrize("format", FORMATS)
    def test_the_same_rows_give_the_same_bytes(self, format: Format) -> None:
        first = baseline_picture(rows(2_000), LABELS, format)

        assert baseline_picture(rows(2_000), LABELS, format) == first

    @pytest.mark.parametrize("format", FORMATS)
    def test_another_process_draws_the_same_bytes(self, format: Format) -> None:
        code = (
            "import sys; from tests.unit.test_pictures import *;"
            f"sys.stdout.buffer.write(baseline_picture(rows(60), LABELS, {format!r}))"
        )

        drawn = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

        assert drawn.stdout == baseline_picture(rows(60), LABELS, format)

    @pytest.mark.parametrize("format", FORMATS)
    def test_nothing_in_the_file_tells_when_or_by_what_it_was_drawn(self, format: Format) -> None:
        picture = baseline_picture(rows(60), LABELS, format)

        assert not re.search(rb"dc:date|tEXtSoftware|dc:creator|tIME", picture)

    def test_fifty_thousand_samples_make_a_small_svg_with_all_of_them(self) -> None:
        picture = baseline_picture(rows(50_000), LABELS, "svg")

        images = list(ElementTree.fromstring(picture).iter(f"{SVG}image"))
        assert len(picture) < 500_000
        assert len(images) == 2

    def test_no_name_in_a_file_is_lost_or_given_twice(self) -> None:
        picture = baseline_picture(rows(60), LABELS, "svg").decode()

        names = re.findall(r'id="([^"]+)"', picture)
        wanted = re.findall(r'(?:href="#|url\(#)([^")]+)', picture)
        assert len(names) == len(set(names))
        assert set(wanted) <= set(names)

    @pytest.mark.parametrize("samples", [1, 2, 5])
    def test_few_samples_are_drawn_too(self, samples: int) -> None:
        assert baseline_picture(rows(samples), LABELS, "png").startswith(b"\x89PNG")

    def test_no_samples_are_refused(self) -> None:
        with pytest.raises(ValueError, match="no samples"):
            baseline_picture(rows(0), LABELS, "png")

    def test_a_name_with_dollar_signs_is_no_formula(self) -> None:
        names = PictureLabels(**{**vars(LABELS), "title": r"Press $\frac{$ and $x$"})

        assert baseline_picture(rows(10), names, "png")

    def test_a_driver_without_a_word_keeps_its_name(self) -> None:
        picture = baseline_picture(rows(10, (Swing("unheard_of", -1.0),)), LABELS, "svg")

        assert b"unheard_of" in picture  # as a comment beside the outlines of its letters

    def test_every_language_has_the_words(self) -> None:
        needed = {"version", "actual", "expected", "residuals", "weekly_mean", "contributions",
                  "until", "per_hour", "per_day", "valid", "not_valid", "unknown"}  # fmt: skip
        for lang in languages():
            words = load_language(lang).values["picture"]
            assert set(words) == needed, lang
            assert all(words.values()), lang

    @pytest.mark.parametrize("lang", languages())
    @pytest.mark.parametrize("grain", ["hour", "day"])
    def test_no_label_is_cut_at_the_edge_in_any_language(self, lang: str, grain: Grain) -> None:
        labels = picture_labels(COMPRESSOR, baseline(made=trained(grain=grain)), lang)

        drawn = Image.open(BytesIO(baseline_picture(rows(800), labels, "png"))).convert("L")

        edges = np.asarray(drawn)
        assert (edges[[0, -1], :] == 255).all()
        assert (edges[:, [0, -1]] == 255).all()

    def test_drawing_is_not_imported_before_it_is_done(self) -> None:
        code = (
            "import sys, enms_core.pictures.baseline_picture, enms_core.services.baseline_rows;"
            "sys.exit('matplotlib' in sys.modules)"
        )

        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_drawing_brings_no_state_of_the_process_with_it(self) -> None:
        code = (
            "import sys; from tests.unit.test_pictures import *;"
            "baseline_picture(rows(10), LABELS, 'png');"
            "sys.exit('matplotlib.pyplot' in sys.modules)"
        )

        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

    def test_the_settings_of_the_process_are_left_alone(self) -> None:
        before = settings()
        baseline_picture(rows(10), LABELS, "svg")

        assert settings() == before

    def test_an_empty_figure_is_a_file_too(self) -> None:
        assert saved(new_figure(), "svg").startswith(b"<?xml")


class TestLabels:
    def test_the_title_tells_period_quality_and_validity(self) -> None:
        labels = picture_labels(COMPRESSOR, baseline(), "en-us")

        assert labels.title == "Compressor-1 electricity · version 5"
        assert labels.facts == "2024-01-01 to 2024-12-31 · R² 87 % · valid"
        assert labels.unit == "kWh per hour"

    def test_a_share_below_one_is_never_rounded_to_the_whole(self) -> None:
        made = trained(
            grain="day",
            figures=statistics(r2=0.997),
            verdict=Verdict((RuleBroken("r2", 0.997, 0.998),)),
        )

        labels = picture_labels(COMPRESSOR, baseline(made=made), "de-de")

        assert labels.facts == "2024-01-01 bis 2024-12-31 · R² 99 % · nicht gültig"
        assert labels.unit == "kWh je Tag"

    def test_what_is_not_known_is_left_out_or_said(self) -> None:
        foreign = baseline(made=of_another_program(), period=None)

        assert picture_labels(COMPRESSOR, foreign, "en-us").facts == "statistics unknown"


def model(backfill: int | None = None) -> Model:
    equation = Equation("hour", 2.0, (Term("pieces", 0.5), Term("temperature", -0.1)))
    left_out = {} if backfill is None else {"backfill": backfill}
    return Model(equation, sampling=Sampling(4, 3, left_out))


def table() -> HourlyTable:
    """Four hours: the third was filled in later, the fourth is not whole."""
    return HourlyTable(
        hours=np.array([490_000, 490_001, 490_002, 490_003]),
        local_day=np.zeros(4, dtype=np.int64),
        quantity=np.array([6.0, 8.0, 9.0, 1.0]),
        is_complete=np.array([True, True, True, False]),
        is_backfilled=np.array([False, False, True, False]),
        running=np.ones(4),
        is_stopped=np.zeros(4, dtype=np.bool_),
        drivers={
            "pieces": np.array([10.0, 14.0, 12.0, 10.0]),
            "temperature": np.array([0.0, 0.0, 10.0, 0.0]),
        },
        specs={name: DriverSpec(name) for name in ("pieces", "temperature")},
    )


class TestRows:
    def test_the_hours_that_were_trained_on_are_drawn_with_what_was_expected(self) -> None:
        found = plotted_rows(model(backfill=1), table())

        assert list(found.times) == [np.datetime64(490_000, "h"), np.datetime64(490_001, "h")]
        assert list(found.actual) == [6.0, 8.0]
        assert list(found.expected) == [7.0, 9.0]
        assert list(found.residuals) == [-1.0, -1.0]

    def test_hours_filled_in_later_are_drawn_where_they_were_trained_on(self) -> None:
        found = plotted_rows(model(), table())

        assert list(found.actual) == [6.0, 8.0, 9.0]

    def test_a_swing_is_the_coefficient_times_the_standard_deviation(self) -> None:
        found = plotted_rows(model(), table())

        # pieces 10, 14, 12: standard deviation 2; temperature 0, 0, 10: 10 / sqrt(3)
        assert [swing.driver for swing in found.swings] == ["pieces", "temperature"]
        assert [swing.change for swing in found.swings] == pytest.approx([1.0, -1.0 / np.sqrt(3)])

    def test_a_single_sample_swings_nothing(self) -> None:
        assert swings_of(("a",), np.array([2.0]), np.array([[5.0]])) == (Swing("a", 0.0),)

    def test_weeks_are_averaged_and_those_without_samples_left_out(self) -> None:
        times = np.array(["2026-03-02T05", "2026-03-08T23", "2026-03-23T00"], "datetime64[h]")

        middles, means = weekly_means(times, np.array([1.0, 3.0, 7.0]))

        assert list(middles) == [
            np.datetime64("2026-03-05T12", "h"),
            np.datetime64("2026-03-26T12", "h"),
        ]
        assert list(means) == [2.0, 7.0]
