"""The card that shows what was said: the same numbers, with their units and their period.

A card is plain values that a template page or a companion page reads: a title, the period, rows of
figures, and series for a small chart. It is made from the reply's data alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from enms_core.language.files import load_language
from enms_core.language.words import Words
from enms_core.services.minds import known_language
from enms_core.services.reply import Reply
from skill_enms.baseline_card import OF_BASELINES
from skill_enms.card_row import Data, Label, Row
from skill_enms.card_row import row as _row
from skill_enms.kpi_card import kpi_rows
from skill_enms.performance_card import OF_PERFORMANCE
from skill_enms.plan_card import OF_PLANS

MOST_ROWS = 12


def card(reply: Reply) -> dict[str, Any]:
    """Values of the card.

    `values`: rows of label, value (unrounded) and unit. `series`: label, unit, and points of time
    and value. Both are empty where the answer has none.
    """
    label = _labels(reply.lang)
    rows = ROWS.get(reply.figures_of or reply.intent or "", _no_rows)(reply.data, label)
    return {
        "title": reply.title,
        "subtitle": _period_words(reply),
        "text": reply.speech,
        "intent": reply.intent,
        "period": reply.slots.get("period"),
        "values": [row for row in rows if row["value"] is not None][:MOST_ROWS],
        "series": _series(reply.data, label),
        "issues": list(reply.issues),
    }


def _labels(lang: str) -> Label:
    """Labels in one language: of figures, modes, drivers, and else of energy sources."""
    files = load_language(known_language(lang))
    own = {**files.values["drivers"], **files.values["modes"], **files.values["card"]}
    words = Words(files)

    def label(name: str) -> str:
        return own.get(name) or words.source(name)

    return label


def _period_words(reply: Reply) -> str:
    """The period as it was said; empty where the answer has none."""
    return next((slots["period"] for _, slots in reply.dialogs if "period" in slots), "")


def _no_rows(_data: Data, _label: Label) -> list[Row]:
    return []


def _energy(data: Data, label: Label) -> list[Row]:
    sources = data.get("sources", [])
    rows = [_row(label(each["energy_source"]), each["quantity"], each["unit"]) for each in sources]
    if len(sources) > 1:
        rows.append(_row(label("together"), data.get("purchased_energy_kwh"), "kWh"))
    averages = (("average_per_day", "per_day"), ("average_per_hour", "per_hour"))
    rows += [
        _row(label(name), data.get(key), data.get("unit")) for key, name in averages if key in data
    ]
    return [*rows, *_money(data, label), _row(label("coverage"), data.get("coverage_percent"), "%")]


def _power(data: Data, label: Label) -> list[Row]:
    whole = _row(label(str(data.get("metric"))), data.get("rate"), data.get("unit"))
    return [whole, *_listed(data.get("machines", []), "machine", "rate")]


def _money(data: Data, label: Label) -> list[Row]:
    return [_row(label("cost"), each["amount"], each["currency"]) for each in data.get("costs", [])]


def _cost(data: Data, label: Label) -> list[Row]:
    charge = _row(label("demand_charge"), data.get("demand_charge"), data.get("currency"))
    parts = [
        _row(label(each["energy_source"]), each["cost"], each["currency"])
        for each in data.get("sources", [])
    ]
    return [*_money(data, label), charge, *(parts if len(parts) > 1 else [])]


def _carbon(data: Data, label: Label) -> list[Row]:
    parts = [
        _row(label(each["energy_source"]), each["emissions_kg_co2e"], "kg CO2e")
        for each in data.get("sources", [])
    ]
    whole = _row(label("emissions"), data.get("emissions_kg_co2e"), "kg CO2e")
    return [whole, *(parts if len(parts) > 1 else [])]


def _production(data: Data, label: Label) -> list[Row]:
    units = {"quality_percent": "%", "downtime_seconds": "s"}
    names = ("units", "good_units", "reject_units", "quality_percent", "downtime_seconds")
    return [_row(label(name), data.get(name), units.get(name)) for name in names]


def _ranking(data: Data, _label: Label) -> list[Row]:
    return _listed(data.get("items", []), "machine", "value")


def _comparison(data: Data, label: Label) -> list[Row]:
    unit = data.get("unit")
    return [
        *_listed(data.get("items", []), "label", "value"),
        _row(label("difference"), data.get("difference"), unit),
        _row(label("difference"), data.get("difference_percent"), "%"),
    ]


def _overview(data: Data, label: Label) -> list[Row]:
    return [
        *_energy(data.get("energy") or {}, label),
        *_money(data, label),
        _row(label("emissions"), data.get("emissions_kg_co2e"), "kg CO2e"),
        _row(label("running"), data.get("machines_running")),
        *_listed(data.get("top", []), "machine", "value"),
    ]


def _machines(data: Data, _label: Label) -> list[Row]:
    return _listed(data.get("machines", []), "machine", "factory")


def _status(data: Data, label: Label) -> list[Row]:
    return [
        _row(each["machine"], label(each["mode"]) if each["mode"] else None)
        for each in data.get("machines", [])
    ]


def _status_history(data: Data, label: Label) -> list[Row]:
    """Uptime and what was offline; of usual hours, when they begin and end."""
    machines = data.get("machines", [])
    uptime = [
        _row(each["machine"], each["uptime_percent"], "%")
        for each in machines
        if "uptime_percent" in each
    ]
    hours = [
        _row(each["machine"], f"{window['starts_at']}-{window['stops_at']}")
        for each in machines
        for window in (each.get("pattern") or {}).get("windows", [])
    ]
    events = [
        _row(label(event["mode"] or "offline"), event["start"])
        for each in machines
        for event in each.get("offline_events", [])
    ]
    return [*uptime, *hours, *events]


def _sources(data: Data, label: Label) -> list[Row]:
    return [
        _row(label(each["energy_source"]), ", ".join(each["machines"]), each["unit"])
        for each in data.get("sources", [])
    ]


def _seus(data: Data, label: Label) -> list[Row]:
    return [_row(each["seu"], label(each["energy_source"])) for each in data.get("seus", [])]


def _drivers(data: Data, label: Label) -> list[Row]:
    return [_row(label(each["driver"]), each["aggregation"]) for each in data.get("drivers", [])]


def _health(data: Data, label: Label) -> list[Row]:
    silent = [_row(each["machine"], each["last_reading"]) for each in data.get("silent", [])]
    return [_row(label("latest_reading"), data.get("latest_reading")), *silent]


def _evidence(data: Data, label: Label) -> list[Row]:
    return [
        _row(label("readings"), data.get("readings")),
        _row(label("coverage"), data.get("coverage_percent"), "%"),
        _row(label("latest_reading"), data.get("last_reading")),
    ]


def _listed(items: Iterable[Data], name: str, value: str) -> list[Row]:
    """A row an item, by the names of its label and its value."""
    units = ("unit", "currency")
    return [
        _row(each[name], each[value], next((each[u] for u in units if each.get(u)), None))
        for each in items
    ]


def _series(data: Data, label: Label) -> list[dict[str, Any]]:
    return [
        {
            "label": label(each["energy_source"]),
            "unit": each["unit"],
            "points": [
                {"time": point["start"], "value": point["quantity"]} for point in each["points"]
            ],
        }
        for each in data.get("series", [])
    ]


ROWS: Mapping[str, Callable[[Data, Label], list[Row]]] = {
    "energy": _energy,
    "power": _power,
    "kpi": kpi_rows,
    "cost": _cost,
    "carbon": _carbon,
    "production": _production,
    "ranking": _ranking,
    "comparison": _comparison,
    "factory_overview": _overview,
    "machine_list": _machines,
    "machine_status": _status,
    "status_history": _status_history,
    "energy_source_list": _sources,
    "seu_list": _seus,
    "driver_list": _drivers,
    "system_health": _health,
    "evidence": _evidence,
    **OF_BASELINES,
    **OF_PERFORMANCE,
    **OF_PLANS,
}
