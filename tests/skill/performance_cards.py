"""Answers about performance and savings, and the rows of their cards: label, value, unit."""

from __future__ import annotations

Rows = list[tuple[str, object, str]]

# By the intent and the name of a case.
OF_PERFORMANCE: dict[tuple[str, str], Rows] = {
    ("performance", "performance: more than the scatter"): [
        ("measured", 1_031.0, "kWh"),
        ("expected", 951.0, "kWh"),
        ("deviation", 100 * 80 / 951, "%"),
        ("at least", 914.0, "kWh"),
        ("at most", 988.0, "kWh"),
        ("assessment", "not compliant", ""),
        ("efficiency score", 951 / 1_031, ""),
        ("cost", 12.4, "EUR"),
        ("emissions", 36.0, "kg CO2e"),
        ("hours of running compared", 100.0, "%"),
    ],
    ("performance", "performance: less, scatter unknown"): [
        ("measured", 900.0, "kWh"),
        ("expected", 951.0, "kWh"),
        ("deviation", -100 * 51 / 951, "%"),
        ("efficiency score", 1.0, ""),
        ("hours of running compared", 100.0, "%"),
    ],
    ("performance", "performance_several: more"): [
        ("electricity", 100 * 78 / 1_053, "%"),
        ("natural gas", 100 * 5 / 305, "%"),
        ("Compressor-1 electricity", 100 * 80 / 951, "%"),
        ("Conveyor-A electricity", -100 * 2 / 102, "%"),
        ("Boiler-1 natural gas", 100 * 5 / 305, "%"),
    ],
    ("performance", "performance_several: without any"): [],
    ("root_cause", "root_cause: a leak, and more production"): [
        ("leak", 290.0, "kWh per week"),
        ("at average conditions", 951.0 - 61.0 + 20.4, "kWh"),
        ("production count", 61.0, "kWh"),
        ("outdoor temperature", -20.4, "kWh"),
        ("not explained", 80.0, "kWh"),
    ],
    ("root_cause", "root_cause: no cause known"): [
        ("measured", 1_031.0, "kWh"),
        ("expected", 951.0, "kWh"),
    ],
    ("opportunities", "opportunities: several"): [
        ("HVAC-Main electricity, running times", 700.0, "kWh per week"),
        ("Compressor-1 electricity, leak", 290.0, "kWh per week"),
        ("Hydraulic-Pump-1 electricity, idle", 120.0, "kWh per week"),
        ("Boiler-1 natural gas, fouling or wear", 40.0, "m³ per week"),
        ("HVAC-Main electricity, peak demand", 30.0, "kW"),
        ("cost", 248.5, "EUR per week"),
        ("emissions", 580.0, "kg CO2e per week"),
    ],
    ("opportunities", "recommendations: two things, the first pays off"): [
        ("running times", 290.0, "kWh per week"),
        ("cost", 43.5, "EUR per week"),
        ("emissions", 130.5, "kg CO2e per week"),
        ("idling", 120.0, "kWh per week"),
    ],
    ("opportunities", "recommendations: by a rule"): [
        ("Compressor-1 electricity, idle", 290.0, "kWh per week"),
    ],
}

# The same of action plans.
OF_PLANS: dict[tuple[str, str], Rows] = {
    ("action_plan_create", "action_plan: stored for somebody"): [
        ("Leak repair on Compressor-1", "planned", ""),
        ("responsible", "John Miller", ""),
        ("due", "2026-12-30", ""),
    ],
    ("action_plan_list", "action_plan: who"): [
        ("Leak repair on Compressor-1", "planned", ""),
        ("night shutdown", "planned", ""),
    ],
    ("action_plan_update", "action_plan: cancelled"): [
        ("Leak repair on Compressor-1", "cancelled", ""),
    ],
}
