"""All versions of an SEU's baseline as a file for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping

from enms_core.domain.baseline import Baseline, DriverStatistics, ModelStatistics, Term
from enms_core.domain.baseline_answers import BaselinesOfSeu
from enms_core.domain.json_values import plain

INTERCEPT = "intercept"
OF_DRIVER = tuple(name for name in DriverStatistics.__dataclass_fields__ if name not in ("driver",))
# One number each; lists of numbers are in the JSON.
LISTS = ("residual_quantiles", "autocorrelation")
OF_MODEL = tuple(name for name in ModelStatistics.__dataclass_fields__ if name not in LISTS)
COLUMNS = (
    "seu", "energy_source", "unit", "version", "is_active", "is_valid", "period_start",
    "period_end", "created_at", "trained_by", "grain", "term", "kind", "base_temperature_degc",
    "coefficient", *OF_DRIVER, *OF_MODEL,
)  # fmt: skip


def as_json(known: BaselinesOfSeu) -> str:
    """One object."""
    data = plain(known.data())
    return json.dumps(data, ensure_ascii=False, allow_nan=False, indent=2) + "\n"


def as_csv(known: BaselinesOfSeu) -> str:
    """A row for the intercept and for each driver of each version; what holds for the whole model
    is repeated. Numbers are not rounded; unknown ones are empty."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for baseline in known.versions:
        common = {**_seu(known), **_version(baseline)}
        intercept = baseline.model.equation.intercept
        error = baseline.model.intercept_standard_error
        writer.writerow(
            {**common, "term": INTERCEPT, "coefficient": intercept, "standard_error": error}
        )
        for term in baseline.model.equation.terms:
            writer.writerow({**common, **_term(baseline, term)})
    return file.getvalue()


def _seu(known: BaselinesOfSeu) -> Mapping[str, object]:
    source = known.of.source
    return {"seu": known.of.seu.name, "energy_source": source.name, "unit": source.unit}


def _version(baseline: Baseline) -> Mapping[str, object]:
    model, period = baseline.model, baseline.period
    statistics = {} if model.statistics is None else vars(model.statistics)
    return {
        "version": baseline.version,
        "is_active": baseline.is_active,
        "is_valid": None if model.verdict is None else model.verdict.is_valid,
        "period_start": period.start.isoformat() if period else None,
        "period_end": period.end.isoformat() if period else None,
        "created_at": baseline.created_at.isoformat() if baseline.created_at else None,
        "trained_by": baseline.trained_by,
        "grain": model.equation.grain,
        **{name: statistics.get(name) for name in OF_MODEL},
    }


def _term(baseline: Baseline, term: Term) -> Mapping[str, object]:
    known = baseline.model.of(term.driver)
    statistics = {} if known is None else vars(known)
    return {
        "term": term.driver,
        "kind": term.kind,
        "base_temperature_degc": term.base_temperature_degc,
        "coefficient": term.coefficient,
        **{name: statistics.get(name) for name in OF_DRIVER},
    }
