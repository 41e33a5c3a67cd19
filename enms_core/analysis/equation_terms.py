"""The drivers of an equation with the base temperatures that fit them best."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from enms_core.analysis.degree_days import Weathered, fit_bases
from enms_core.analysis.hourly_samples import HourlySamples
from enms_core.analysis.hourly_table import Floats
from enms_core.domain.baseline import Equation, Term

# Of degree days, by driver [°C].
BaseTemperatures = Mapping[str, float]


def terms_of(
    samples: HourlySamples, drivers: Sequence[str], given: BaseTemperatures
) -> tuple[Term, ...]:
    """The drivers with base temperatures where they are degree days; coefficients to come."""
    bases = {**fitted_bases(samples, drivers, given), **given}
    specs = samples.table.specs
    return tuple(
        Term(name, 0.0, specs[name].kind, bases[name] if specs[name].kind != "value" else None)
        for name in drivers
    )


def fitted_bases(
    samples: HourlySamples, drivers: Sequence[str], given: BaseTemperatures
) -> dict[str, float]:
    """Base temperatures of the degree days that have none."""
    specs = samples.table.specs
    unknown = [name for name in drivers if specs[name].kind != "value" and name not in given]
    if not unknown or not len(samples):
        return {}
    told = [name for name in drivers if name not in unknown]
    known = tuple(Term(name, 0.0, specs[name].kind, given.get(name)) for name in told)
    columns = samples.table.drivers
    weathered = [
        Weathered(name, specs[name].kind, partial(_degree_days, samples, name)) for name in unknown
    ]
    temperature = columns[unknown[0]][samples.rows]
    others = samples.design(Equation(samples.grain, 0.0, known))
    return fit_bases(weathered, others, samples.use, temperature)


def _degree_days(samples: HourlySamples, driver: str, base_degc: float) -> Floats:
    return samples.column(Term(driver, 0.0, samples.table.specs[driver].kind, base_degc))


def tuned(terms: Sequence[Term], given: BaseTemperatures) -> list[Term]:
    """Degree days whose base temperature was fitted."""
    return [term for term in terms if term.kind != "value" and term.driver not in given]
