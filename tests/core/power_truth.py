"""The last readings of machines, by SQL that shares nothing with the product's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import psycopg

from enms_core.domain.answer import Answer
from enms_core.domain.power import PowerAnswer
from tests.core.energy_truth import ROWS, rows
from tests.core.oracle.power import LATEST, RATES


@dataclass(frozen=True)
class Last:
    """The last reading of a machine: its time, the end of its interval, its rate."""

    time: datetime
    until: datetime
    rate: float


def last_readings(
    connection: psycopg.Connection, source: str, machines: Sequence[str], now: datetime
) -> dict[str, Last]:
    """The last reading of each machine that began before an instant; of some there is none."""
    sql = LATEST.format(table=ROWS[source][0], rate=RATES[source])
    return {
        machine: Last(time, min(now, time + timedelta(seconds=seconds)), rate)
        for machine in machines
        for rate, time, seconds in rows(
            connection, sql, {"machine": machine, "source": source, "now": now}
        )
    }


def told(answer: Answer) -> PowerAnswer:
    """An answer that tells rates."""
    assert isinstance(answer, PowerAnswer)
    return answer


def issues_of(answer: PowerAnswer) -> list[dict[str, object]]:
    return [issue.data() for issue in answer.issues]
