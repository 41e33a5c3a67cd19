"""Rows of a card about action plans."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from skill_enms.card_row import Data, Label, Row, row


def _plans(data: Data, label: Label) -> list[Row]:
    """One plan with all that is known of it; of several, how far each is."""
    plans = [data["plan"]] if "plan" in data else data.get("plans", [])
    if len(plans) == 1:
        return _whole(plans[0], label)
    return [row(each["title"], label(each["status"])) for each in plans]


def _whole(plan: Data, label: Label) -> list[Row]:
    content, verified = plan["content"], plan["verified"] or {}
    week = f"{content['unit']} {label('per_week')}"
    return [
        row(plan["title"], label(plan["status"])),
        row(label("responsible"), plan["responsible_person"]),
        row(label("due"), plan["target_date"]),
        row(label("expected_savings"), content["target_savings_per_week"], week),
        row(label("saved"), verified.get("quantity"), plan.get("unit")),
        row(label("uncertainty"), verified.get("uncertainty"), plan.get("unit")),
    ]


# By intent.
OF_PLANS: Mapping[str, Callable[[Data, Label], list[Row]]] = {
    "action_plan_create": _plans,
    "action_plan_list": _plans,
    "action_plan_update": _plans,
}
