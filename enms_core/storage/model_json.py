"""Models as JSON, for the column `metadata` of energy_baselines: read back they are equal."""

from __future__ import annotations

import math
from dataclasses import asdict, is_dataclass
from numbers import Integral, Real
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from enms_core.domain.baseline import DriverStatistics, Equation, Model, ModelStatistics

# Raised when what is stored can no longer be read as it was.
FORMAT = 1
# A local day has 23, 24 or 25 hours.
LONGEST_DAY_H = 25.0
Read = TypeVar("Read")
MODEL: TypeAdapter[Model] = TypeAdapter(Model)
EQUATION: TypeAdapter[Equation] = TypeAdapter(Equation)


def model_json(model: Model) -> dict[str, Any]:
    """What is stored of a model."""
    return {"format": FORMAT, "model": _plain(model)}


def model_from(stored: object) -> Model | None:
    """The model that was stored; where only its equation can be read, that alone; else None.

    Others may have written here, or a later version of ours.
    """
    if not isinstance(stored, dict) or not isinstance(stored.get("model"), dict):
        return None
    found = _read(MODEL, stored["model"]) if stored.get("format") == FORMAT else None
    if found is not None and _is_usable(found.equation):
        return found if _is_whole(found) else Model(found.equation)
    if found is not None:
        return None
    equation = _read(EQUATION, stored["model"].get("equation"))
    return Model(equation) if equation is not None and _is_usable(equation) else None


def _is_usable(equation: Equation) -> bool:
    numbers = [equation.intercept, *(term.coefficient for term in equation.terms)]
    return all(map(math.isfinite, numbers))


def _is_whole(model: Model) -> bool:
    """Whether what predictions are computed with fits together."""
    statistics, drivers = model.statistics, {each.driver for each in model.drivers}
    return (
        _is_covariance(model.parameter_covariance, 1 + len(model.equation.terms))
        and all(map(_is_range, model.drivers))
        and drivers in (set(), set(model.equation.drivers))
        and (statistics is None or _are_usable(statistics, len(model.equation.terms)))
        and (model.hours_a_day is None or 0.0 < model.hours_a_day <= LONGEST_DAY_H)
    )


def _is_covariance(matrix: tuple[tuple[float, ...], ...], size: int) -> bool:
    """Empty where it is unknown."""
    if not matrix:
        return True
    if len(matrix) != size or any(len(row) != size for row in matrix):
        return False
    is_finite = all(math.isfinite(value) for row in matrix for value in row)
    return is_finite and all(row[at] >= 0.0 for at, row in enumerate(matrix))


def _is_range(driver: DriverStatistics) -> bool:
    numbers = (driver.mean, driver.standard_deviation, driver.minimum, driver.maximum)
    return all(map(math.isfinite, numbers)) and driver.minimum <= driver.maximum


def _are_usable(statistics: ModelStatistics, terms: int) -> bool:
    """Other figures may be no numbers: of a fit without any error F is infinite."""
    lags = [lag for lag, _ in statistics.autocorrelation]
    numbers = (statistics.rmse, statistics.rho, statistics.spread_slope)
    correlations = (value for _, value in statistics.autocorrelation)
    mean_use_is_known = math.isfinite(statistics.cvrmse_percent) and statistics.cvrmse_percent != 0
    return (
        all(map(math.isfinite, (*numbers, *correlations)))
        and statistics.rmse >= 0.0
        and statistics.samples > statistics.parameters > terms
        and 0.0 < statistics.effective_samples < math.inf
        and (statistics.spread_slope == 0.0 or mean_use_is_known)
        and lags == sorted({lag for lag in lags if lag > 0})
    )


def _read(adapter: TypeAdapter[Read], stored: object) -> Read | None:
    try:
        return adapter.validate_python(stored)
    except (ValidationError, RecursionError):
        return None


def _plain(value: Any) -> Any:
    """Numbers, texts, lists and objects. Numbers that JSON does not know become texts."""
    if is_dataclass(value) and not isinstance(value, type):
        return _plain(asdict(value))
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value) if math.isfinite(value) else str(float(value))
    raise TypeError(f"no JSON of {type(value).__name__}")
