"""What an SEU that keeps to its usual load takes off the site's peak."""

from __future__ import annotations

import numpy as np
import pytest

from enms_core.analysis.peak_shaving import shave
from enms_core.domain.opportunity import Thresholds

THRESHOLDS = Thresholds()


def test_a_spike_of_one_machine_is_shaved() -> None:
    # The site draws 100 kW, 30 of them the machine's; twice it adds 20 kW.
    own = np.full(96, 30.0)
    own[[40, 41]] = 50.0
    site = 70.0 + own

    found = shave(site, own, THRESHOLDS)

    assert found is not None
    assert (found.peak_kw, found.reached_kw, found.peak_shaved_kw) == (120.0, 100.0, 20.0)
    assert (found.blocks, found.usual_kw) == (2, 30.0)
    assert found.percent == pytest.approx(100.0 * 20.0 / 120.0)


def test_a_peak_of_others_is_not_the_machines() -> None:
    own = np.full(96, 30.0)
    site = 70.0 + own
    site[40] = 140.0

    assert shave(site, own, THRESHOLDS) is None


def test_a_peak_that_lasts_longer_is_no_peak_to_shave() -> None:
    own = np.full(96, 30.0)
    own[40 : 40 + THRESHOLDS.peak_blocks + 1] = 50.0

    assert shave(70.0 + own, own, THRESHOLDS) is None


def test_blocks_without_readings_tell_nothing() -> None:
    own = np.full(96, 30.0)
    own[40], own[41] = 50.0, np.nan

    found = shave(70.0 + own, own, THRESHOLDS)

    assert found is not None
    assert found.blocks == 1
    assert shave(np.full(4, np.nan), np.full(4, np.nan), THRESHOLDS) is None
