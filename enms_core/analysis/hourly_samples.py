"""From hours to samples: the hours that count, or their sums over local days."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from enms_core.analysis.degree_days import degree_days
from enms_core.analysis.hourly_table import (
    Aggregation,
    Bools,
    DriverSpec,
    Floats,
    HourlyTable,
    Ints,
)
from enms_core.domain.baseline import Equation, Grain, Model, Term

OF_HOURS = {"sum": np.add, "mean": np.add, "min": np.minimum, "max": np.maximum}


@dataclass(frozen=True)
class HourlySamples:
    """rows: of the table, those that make up samples. starts: positions among them at which a new
    sample begins. position: number of each sample in time, hour or day. day: local day of each."""

    table: HourlyTable
    rows: Ints
    starts: Ints
    position: Ints
    day: Ints
    grain: Grain

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def sizes(self) -> Ints:
        """Hours in each sample."""
        return np.diff(np.append(self.starts, len(self.rows)))

    @property
    def use(self) -> Floats:
        """What was used in each sample."""
        return self.sums(self.table.quantity)

    def sums(self, column: Floats) -> Floats:
        """Of a column of the table."""
        return self.reduced(column, "sum")

    def reduced(self, column: Floats, aggregation: Aggregation) -> Floats:
        """A column of the table as one value per sample."""
        values = column[self.rows]
        if self.grain == "hour" or not len(values):
            return values
        of_samples: Floats = OF_HOURS[aggregation].reduceat(values, self.starts)
        return of_samples / self.sizes if aggregation == "mean" else of_samples

    def column(self, term: Term) -> Floats:
        """The values of an equation's driver; NaN where the table does not have it."""
        values = self.table.drivers.get(term.driver, np.full(len(self.table), np.nan))
        if term.kind == "value":
            spec = self.table.specs.get(term.driver, DriverSpec(term.driver))
            return self.reduced(values, spec.aggregation)
        assert term.base_temperature_degc is not None
        return self.sums(degree_days(values, term.base_temperature_degc, term.kind))

    def design(self, equation: Equation) -> Floats:
        """Samples x drivers."""
        columns = [self.column(term) for term in equation.terms]
        return np.column_stack(columns) if columns else np.zeros((len(self), 0))

    def part(self, first: int, last: int) -> HourlySamples:
        """The samples [first, last)."""
        bounds = np.append(self.starts, len(self.rows))
        return HourlySamples(
            self.table,
            self.rows[bounds[first] : bounds[last]],
            self.starts[first:last] - bounds[first],
            self.position[first:last],
            self.day[first:last],
            self.grain,
        )


def samples_of(table: HourlyTable, mask: Bools, grain: Grain) -> HourlySamples:
    """mask: rows that make up the samples."""
    rows = np.flatnonzero(mask)
    day = table.local_day[rows]
    if grain == "hour":
        return HourlySamples(table, rows, np.arange(len(rows)), table.hours[rows], day, grain)
    starts = np.flatnonzero(np.diff(day, prepend=day[:1] - 1))
    return HourlySamples(table, rows, starts, day[starts], day[starts], grain)


def design_of(
    model_or_equation: Model | Equation, table: HourlyTable, mask: Bools | None = None
) -> Floats:
    """The drivers' values, one row per hour (day) made up by the rows in mask (all), one column per
    term; NaN where a driver is not known."""
    equation = (
        model_or_equation.equation if isinstance(model_or_equation, Model) else model_or_equation
    )
    chosen = np.ones(len(table), dtype=np.bool_) if mask is None else mask
    return samples_of(table, chosen, equation.grain).design(equation)
