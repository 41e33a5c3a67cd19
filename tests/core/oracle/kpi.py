"""Performance indicators: the peak demand, which is the peak of power."""

from __future__ import annotations

from dataclasses import replace

import psycopg

from tests.core.oracle.case import Case
from tests.core.oracle.expected import Data, Expected
from tests.core.oracle.power import power


def kpi(case: Case, connection: psycopg.Connection) -> Expected:
    """The peak with the figures of power; of several machines also that of each."""
    peak = power(case, connection)
    machines = peak.data["machines"]
    own = machines if len({each["machine"] for each in machines}) > 1 else []
    kpis = {"kpis": [_of(each) for each in peak.data["sources"]], "by_machine": list(map(_of, own))}
    return replace(peak, data={**peak.data, **kpis})


def _of(rate: Data) -> Data:
    return {
        "name": "peak_demand",
        "value": rate["rate"],
        "unit": rate["unit"],
        "energy_source": rate["energy_source"],
        "machine": rate.get("machine"),
        "at": rate["time"],
        "interval_seconds": rate["interval_seconds"],
        "reason": None,
        "is_partial": False,
    }
