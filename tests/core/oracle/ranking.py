"""Machines in the order of a figure."""

from __future__ import annotations

import operator

import psycopg

from tests.core.oracle.case import Case
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.figures import Figure, Kind, figures_of

HOLDS = {">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le}
USUAL_COUNT = 3
# Energy per unit is no sum, and the less of it the better.
NO_SUM = {"efficiency"}
KWH_IN = {"MWh": 1000.0, "kW": 1.0}


def ranking(case: Case, connection: psycopg.Connection) -> Expected:
    """The machines that are told, ranked in each unit or currency by itself."""
    figures = figures_of(case, connection)
    told = [figure for figure in figures if figure.reason is None]
    kinds = list(dict.fromkeys(figure.kind for figure in told))
    if case.threshold is not None:
        kinds = [kind for kind in kinds if _fits(kind, case)]
    is_whole = all(figure.reason in (None, "no_production") for figure in figures)
    ranked = {kind: _ranked([f for f in told if f.kind == kind], case, is_whole) for kind in kinds}
    items = [item for each in ranked.values() for item in each]
    totals = [_total([f for f in told if f.kind == kind], case) for kind in kinds]
    only = dict(kinds[0]) if len(kinds) == 1 else {}
    data: Data = {
        "metric": case.metric,
        "order": case.order,
        **only,
        "items": items,
        "left_out": [*_without(figures), *_beside(told, kinds)],
        "total": totals[0] if len(kinds) == 1 else None,
        "rankings": [
            {
                **dict(kind),
                "total": total,
                "machines": sum(f.kind == kind for f in told),
                "incomplete": [f.machine for f in told if f.kind == kind and f.is_incomplete],
            }
            for kind, total in zip(kinds, totals, strict=True)
        ],
        "count_asked": _count(case),
        "threshold": threshold_data(case),
    }
    firsts = [(item["value"], _unit(item)) for item in items if item["rank"] == 1]
    return Expected(data, tuple(firsts))


def threshold_data(case: Case) -> Data | None:
    return (
        dict(zip(("value", "unit", "op"), case.threshold, strict=True)) if case.threshold else None
    )


def _ranked(figures: list[Figure], case: Case, is_whole: bool) -> list[Data]:
    """A share of the total is told where nothing is missing from it."""
    lowest_first = (case.order == "lowest") != (case.metric in NO_SUM)
    ordered = sorted(figures, key=lambda f: (f.value if lowest_first else -f.value, f.machine))
    whole = _total(figures, case)
    if not is_whole or any(figure.is_incomplete for figure in figures):
        whole = None
    items = [
        {
            "rank": place,
            "machine": figure.machine,
            "value": figure.value,
            **figure.kind_data,
            "share_percent": 100 * figure.value / whole if whole else None,
            "is_incomplete": figure.is_incomplete,
        }
        for place, figure in enumerate(ordered, 1)
        if _holds(figure, case)
    ]
    return items[: _count(case)]


def _total(figures: list[Figure], case: Case) -> float | None:
    return None if case.metric in NO_SUM else sum(figure.value for figure in figures)


def _holds(figure: Figure, case: Case) -> bool:
    if case.threshold is None:
        return True
    bound, unit, op = case.threshold
    return bool(HOLDS[op](figure.value, bound * KWH_IN.get(unit, 1.0)))


def _fits(kind: Kind, case: Case) -> bool:
    """Money is held against a bound in its own currency only."""
    assert case.threshold is not None
    return dict(kind).get("currency") in (None, case.threshold[1])


def _count(case: Case) -> int | None:
    """Three unless told; all of those beyond a bound."""
    return case.count or (None if case.threshold else USUAL_COUNT)


def _without(figures: list[Figure]) -> list[Data]:
    return [{"machine": f.machine, "reason": f.reason} for f in figures if f.reason]


def _beside(told: list[Figure], kinds: list[Kind]) -> list[Data]:
    return [{"machine": f.machine, "reason": "other_currency"} for f in told if f.kind not in kinds]


def _unit(item: Data) -> str:
    unit = str(item.get("currency") or item["unit"])
    return "kWh" if unit == "kWh/unit" else unit
