"""The figures of answers about baselines on a card."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skill_enms.card_row import Data, Label, Row, row


def _baseline(data: Data, label: Label) -> list[Row]:
    """How good a version is, and the use that each of its drivers brings."""
    version = data.get("baseline")
    if version is None:
        return []
    unit = data.get("unit")
    return [
        row(label("version"), version["version"]),
        *_figures(version, label),
        row(label("fixed_use"), version["intercept"], unit),
        *(row(label(each["driver"]), each["coefficient"], unit) for each in version["drivers"]),
    ]


def _figures(model: Data, label: Label) -> list[Row]:
    """What the statistics of a model tell, nothing where they are unknown."""
    known = model["statistics"]
    if known is None:
        return []
    return [
        row(label("explained"), 100 * known["r2"], "%"),
        row(label("usual_error"), known["cvrmse_percent"], "%"),
        row(label("samples"), known["samples"]),
    ]


def _baselines(data: Data, label: Label) -> list[Row]:
    """A row each: the active version, and how much of the variation it explains."""
    actives = [
        (each["seu"], version)
        for each in data.get("trained", [])
        for version in each["versions"]
        if version["is_active"]
    ]
    return [
        _explained(f"{seu}, {label('version')} {each['version']}", each) for seu, each in actives
    ]


def _explained(name: str, model: Data) -> Row:
    known = model["statistics"]
    return row(name, "?" if known is None else 100 * known["r2"], "" if known is None else "%")


def _prediction(data: Data, label: Label) -> list[Row]:
    unit = data.get("unit")
    names = {
        "expected": "expected_use",
        "lower": "expected_low",
        "upper": "expected_high",
        "actual": "actual_use",
    }
    rows = [row(label(name), data.get(key), unit) for key, name in names.items()]
    conditions = (data.get("conditions") or {}).items()
    return [
        *rows,
        row(label("hours_counted"), data.get("hours"), "h"),
        *(row(label(driver), value) for driver, value in conditions),
    ]


def _compared(data: Data, label: Label) -> list[Row]:
    """A row a model, named by its version or by its drivers."""
    return [_explained(_name_of(each, label), each) for each in data.get("candidates", [])]


def _name_of(model: Data, label: Label) -> str:
    if model["version"] is not None:
        return f"{label('version')} {model['version']}"
    return ", ".join(label(each["driver"]) for each in model["drivers"])


# By intent.
OF_BASELINES: Mapping[str, Callable[[Data, Label], list[Row]]] = {
    "baseline_train": _baseline,
    "baseline_explain": _baseline,
    "baseline_activate": _baseline,
    "baseline_list": _baselines,
    "baseline_predict": _prediction,
    "baseline_compare": _compared,
}
