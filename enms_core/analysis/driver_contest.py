"""Candidates for the drivers of a use, made ready to be compared on the same hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from enms_core.analysis.degree_days import coarse_bases
from enms_core.analysis.hourly_samples import HourlySamples, samples_of
from enms_core.analysis.hourly_table import Bools, Floats, HourlyTable
from enms_core.analysis.promising import promising
from enms_core.analysis.subset_search import Columns, Fitted, columns_of, search, standardised
from enms_core.analysis.training_hours import OPERATING_HOURS, counted
from enms_core.domain.baseline import Grain, Term

# Of the hours of running, the share in which a driver must be known.
KNOWN_SHARE = 0.8
# Correlation from which on two candidates are the same.
SAME = 0.9999


@dataclass(frozen=True)
class Contest:
    """Candidates that can be compared, on the samples in which all of them are known."""

    samples: HourlySamples
    names: tuple[str, ...]
    columns: Columns
    found: dict[tuple[int, ...], Fitted]

    def named(self, chosen: Fitted) -> tuple[str, ...]:
        return tuple(self.names[at] for at in chosen.candidates)

    def without(self, chosen: Fitted, candidate: int) -> Fitted:
        return self.found[tuple(each for each in chosen.candidates if each != candidate)]


def contest_of(
    table: HourlyTable, candidates: tuple[str, ...], grain: Grain, most: int, enough: int
) -> Contest | None:
    """The candidates that vary and are mostly known, with every set of up to `most` of them; None
    where no candidate is left, fewer samples of the grain than half of `enough`, or the use never
    varies. Of many candidates the most promising ones compete."""
    mask = _ran(table, candidates, grain, enough)
    names = _varying(table, [name for name in candidates if _is_known(table, name, mask)], mask)
    for name in names:
        mask = mask & _known(table, name)
    if not names or 2 * len(samples_of(table, mask, grain)) < enough:
        return None
    samples = samples_of(table, mask, "hour")
    if not np.ptp(samples.use) > 0.0:
        return None
    names = _distinct(samples, names)
    columns = columns_of([_columns(samples, name) for name in names], samples.use)
    columns = promising(columns, most)
    return Contest(samples, names, columns, search(columns, most))


def _ran(table: HourlyTable, candidates: Sequence[str], grain: Grain, enough: int) -> Bools:
    """Hours of running throughout; where these are too few, also those of running in part."""
    whole = counted(table, (), grain)
    if 2 * whole.sampling.samples >= enough or OPERATING_HOURS not in candidates:
        return whole.mask
    return counted(table, (OPERATING_HOURS,), grain).mask


def _is_known(table: HourlyTable, name: str, mask: Bools) -> bool:
    if name not in table.drivers or not mask.any():
        return False
    return bool(_known(table, name)[mask].mean() >= KNOWN_SHARE)


def _varying(table: HourlyTable, names: Sequence[str], mask: Bools) -> tuple[str, ...]:
    return tuple(
        name for name in names if np.ptp(table.drivers[name][mask & _known(table, name)]) > 0.0
    )


def _known(table: HourlyTable, name: str) -> Bools:
    return np.isfinite(table.drivers[name])


def _distinct(samples: HourlySamples, names: tuple[str, ...]) -> tuple[str, ...]:
    """Of candidates that say the same, the one that is a sum (a count), or comes first."""
    specs = samples.table.specs
    plain = [name for name in names if specs[name].kind == "value"]
    values = {name: samples.column(Term(name, 0.0)) for name in plain}
    kept: list[str] = []
    lines: list[Floats] = []
    for name in sorted(values, key=lambda each: specs[each].aggregation != "sum"):
        line = standardised(values[name])
        if line is not None and not any(abs(line @ other) > SAME for other in lines):
            kept.append(name)
            lines.append(line)
    return tuple(name for name in names if name in kept or specs[name].kind != "value")


def _columns(samples: HourlySamples, name: str) -> list[Floats]:
    """A candidate's column; of degree days one for each base temperature."""
    kind = samples.table.specs[name].kind
    if kind == "value":
        return [samples.column(Term(name, 0.0))]
    hours = samples.table.drivers[name][samples.rows]
    bases = coarse_bases(hours)
    return [samples.column(Term(name, 0.0, kind, float(base))) for base in bases]
