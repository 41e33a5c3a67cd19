"""What was used in each local day or hour, by SQL of our own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import psycopg

from tests.core.energy_truth import Truth, by_source, truths_of
from tests.core.oracle.case import Case, Stretch
from tests.core.oracle.cuts import Label, cuts_of


def points_of(
    asked: Case, step: str, is_daily_hours: bool, connection: psycopg.Connection
) -> list[dict[str, Truth]]:
    """What all machines used of each source in their days of one date, or hours of one instant.

    is_daily_hours: whether the stretches are the same hours of several days, which are not cut.
    """
    case = replace(asked, step=step)
    cuts = {
        machine: _uncut(case, machine)
        if is_daily_hours
        else {label: each.stretch for label, each in cuts_of(case, machine, connection).items()}
        for machine in asked.machines
    }
    return [
        _point(asked, {name: own[label] for name, own in cuts.items() if label in own}, connection)
        for label in sorted({label for own in cuts.values() for label in own})
    ]


def _uncut(case: Case, machine: str) -> dict[Label, Stretch]:
    return {start.date(): (start, end) for start, end in case.stretches(machine)}


def _point(
    asked: Case, stretches: Mapping[str, Stretch], connection: psycopg.Connection
) -> dict[str, Truth]:
    """By source, of the machines that have this day or hour."""
    found: dict[tuple[str, str], Truth] = {}
    for machine, (start, end) in stretches.items():
        written = f"{start.isoformat()}/{end.isoformat()}"
        own = replace(asked, machines=(machine,), berlin=written, chicago=written)
        found |= truths_of(own, connection)
    return by_source(found)
