"""The figures of answers about performance, causes and savings on a card."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from skill_enms.card_row import Data, Label, Row, row

CO2E = "kg CO2e"


def _performance(data: Data, label: Label) -> list[Row]:
    """All figures of the only SEU; of several, the sum of each source and then each of them."""
    parts = data.get("parts", [])
    if len(parts) == 1:
        return _whole(parts[0], label)
    named = [(label(each["energy_source"]), each) for each in data.get("sources", [])]
    named += [(each["seu"], each) for each in parts]
    return [row(name, each["deviation_percent"], "%") for name, each in named]


def _whole(part: Data, label: Label) -> list[Row]:
    unit = part["unit"]
    end = part["projection"] or {}
    status = part["iso_status"]
    return [
        row(label("actual_use"), part["actual"], unit),
        row(label("expected_use"), part["expected"], unit),
        row(label("deviation"), part["deviation_percent"], "%"),
        row(label("expected_low"), part["lower"], unit),
        row(label("expected_high"), part["upper"], unit),
        row(label("iso_status"), label(status) if status else None),
        row(label("efficiency_score"), part["efficiency_score"]),
        *_worth(part["deviation_rated"], label),
        row(label("projection"), end.get("quantity"), unit),
        row(label("hours_compared"), part["coverage_percent"], "%"),
    ]


def _root_cause(data: Data, label: Label) -> list[Row]:
    """What the drivers add, the rest, and what it points to, of the SEU that deviates most."""
    part = next((each for each in data.get("parts", []) if each["cause"]), None)
    if part is None:
        return _performance(data, label)
    unit, cause = part["unit"], part["cause"]
    return [
        *_findings(part, label),
        row(label("usual_use"), cause["usual"], unit),
        *(row(label(each["driver"]), each["quantity"], unit) for each in cause["contributions"]),
        row(label("unexplained"), cause["rest"], unit),
    ]


def _findings(part: Data, label: Label) -> Iterable[Row]:
    """What was found, with what it makes in a week."""
    week = f"{part['unit']} {label('per_week')}"
    for each in part["cause"]["findings"]:
        yield row(label(each["suspicion"]), each["per_week"], week)


def _opportunities(data: Data, label: Label) -> list[Row]:
    """What could be saved in a week, the most worth first, then what that is in all."""
    week = label("per_week")
    advised = [
        line
        for each in data.get("recommendations", [])
        for line in (
            row(label(each["suspicion"]), each["savings"]["quantity"], f"{data['unit']} {week}"),
            *_worth(each["savings"], label, f" {week}"),
        )
    ]
    found = [_saving(each, label) for each in data.get("opportunities", [])]
    return [*advised, *found, *_worth(data, label, f" {week}")]


def _saving(each: Data, label: Label) -> Row:
    name = f"{each['seu']}, {label(each['suspicion'] or each['kind'])}"
    if each["peak_kw"] is not None:
        return row(name, each["peak_kw"], "kW")
    unit = f"{each['unit']} {label('per_week')}"
    return row(name, each["savings_per_week"]["quantity"], unit)


def _worth(rated: Data, label: Label, each: str = "") -> list[Row]:
    """Money and emissions. each: of what time they are."""
    money = [
        row(label("cost"), cost["amount"], f"{cost['currency']}{each}")
        for cost in rated.get("costs", [])
    ]
    return [*money, row(label("emissions"), rated.get("carbon_kg"), f"{CO2E}{each}")]


# By intent.
OF_PERFORMANCE: Mapping[str, Callable[[Data, Label], list[Row]]] = {
    "performance": _performance,
    "root_cause": _root_cause,
    "opportunities": _opportunities,
}
