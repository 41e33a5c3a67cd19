"""What an SEU's unusual load adds to the site's peak demand: peaks that can be shaved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.analysis.hourly_table import Floats
from enms_core.domain.opportunity import Thresholds

# At work, a machine draws this share of its mean or more.
AT_WORK_SHARE = 0.5
# Of these blocks, the share up to which its load is usual.
USUAL = 0.95


@dataclass(frozen=True)
class Shaving:
    """How far the peak falls when one SEU keeps to its usual load in the highest blocks.

    peak_kw, reached_kw: of the site, now and then. blocks: so many would be lowered. usual_kw: of
    the SEU. percent: of the peak, beyond `threshold`.
    """

    peak_kw: float
    reached_kw: float
    blocks: int
    usual_kw: float
    threshold: float

    @property
    def peak_shaved_kw(self) -> float:
        return self.peak_kw - self.reached_kw

    @property
    def percent(self) -> float:
        return 100.0 * self.peak_shaved_kw / self.peak_kw


def shave(site_kw: Floats, own_kw: Floats, thresholds: Thresholds) -> Shaving | None:
    """The shaving of one SEU in one month; None where it is too small.

    site_kw, own_kw: mean power of the site and of the SEU in each block, NaN where unknown. The SEU
    keeps to what it exceeds in one in twenty of its blocks at work (half of its mean or more), in
    at most `peak_blocks` blocks, the site's highest.

    >>> own_kw = np.append(np.full(40, 10.0), 48.0)
    >>> found = shave(50.0 + own_kw, own_kw, Thresholds())
    >>> found.peak_kw, found.reached_kw, found.usual_kw
    (98.0, 60.0, 10.0)
    """
    known = np.isfinite(site_kw) & np.isfinite(own_kw)
    site, own = site_kw[known], own_kw[known]
    if not len(site) or not site.max() > 0.0:
        return None
    usual = float(np.quantile(own[own >= AT_WORK_SHARE * own.mean()], USUAL))
    cut = np.maximum(own - usual, 0.0)
    lowered = site.copy()
    highest = np.argsort(-site, kind="stable")[: thresholds.peak_blocks]
    lowered[highest] -= cut[highest]
    reached = float(lowered.max())
    needed = int(((site > reached) & (cut > 0.0)).sum())
    found = Shaving(float(site.max()), reached, needed, usual, thresholds.peak_percent)
    return found if found.percent > thresholds.peak_percent else None
