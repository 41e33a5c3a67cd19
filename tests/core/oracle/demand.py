"""What whole sites pay for the highest quarter hour of each calendar month."""

from __future__ import annotations

import psycopg

from tests.core.energy_truth import rows
from tests.core.oracle.case import DEMO, EU, POWER, US, Case
from tests.core.oracle.expected import Data, Expected

# Each month's highest quarter hour of the site's machines together, among the whole quarter hours
# of the period, and the charge of the tariff of that time for a kilowatt.
CHARGES = """
WITH blocks AS (
    SELECT f.id AS site, date_bin('15 minutes', r.time, 'epoch') AS block,
           sum(r.energy_kwh) * 4 AS kw, f.timezone
    FROM energy_readings AS r JOIN machines AS m ON m.id = r.machine_id
    JOIN factories AS f ON f.id = m.factory_id
    WHERE f.name = %(site)s AND r.time >= %(start)s
          AND r.time < date_bin('15 minutes', %(end)s, 'epoch')
    GROUP BY f.id, 2
), peaks AS (
    SELECT DISTINCT ON (to_char(block AT TIME ZONE timezone, 'YYYY-MM'))
           to_char(block AT TIME ZONE timezone, 'YYYY-MM') AS month, site, block, kw
    FROM blocks
    ORDER BY to_char(block AT TIME ZONE timezone, 'YYYY-MM'), kw DESC, block
)
SELECT DISTINCT month, %(site)s, kw, block, t.demand_charge_per_kw, kw * t.demand_charge_per_kw,
       t.currency
FROM peaks JOIN energy_tariffs AS t ON t.factory_id = peaks.site
WHERE t.demand_charge_per_kw IS NOT NULL ORDER BY month
"""
SITES = {
    DEMO[0]: "Demo Manufacturing Plant",
    EU[0]: "European Production Facility",
    US[0]: "American Assembly Plant",
}
KEYS = ("month", "site", "peak_kw", "peak_time", "charge_per_kw", "amount", "currency")


def demand_charge(case: Case, connection: psycopg.Connection) -> Expected:
    """The charges of the sites whose tariff has one, month by month."""
    months: list[Data] = []
    for machine, site in SITES.items():
        if machine in case.machines:
            ((start, end),) = case.stretches(machine)
            found = rows(connection, CHARGES, {"site": site, "start": start, "end": end})
            months += [
                {"energy_source": POWER, **dict(zip(KEYS, each, strict=True))} for each in found
            ]
    amount = sum(each["amount"] for each in months)
    data: Data = {
        "demand_charge": amount,
        "currency": "EUR",
        "demand_charges": [{"currency": "EUR", "amount": amount}],
        "months": months,
    }
    return Expected(data, ((amount, "EUR"),))
