"""Rows of a card about performance indicators."""

from __future__ import annotations

from collections.abc import Iterable

from skill_enms.card_row import Data, Label, Row, row

# Figures that have a label of their own already.
LABEL_OF = {"carbon": "emissions", "peak_demand": "peak"}


def kpi_rows(data: Data, label: Label) -> list[Row]:
    """The figures of the scope; then those of each machine, where one figure was asked about."""
    kpis = data.get("kpis", [])
    machines = data.get("by_machine", [])
    is_one = len({each["name"] for each in machines}) == 1
    own = ((each["machine"], each) for each in machines if is_one)
    return _rows([*((label(_label(each["name"])), each) for each in kpis), *own])


def _label(name: str) -> str:
    return LABEL_OF.get(name, name)


def _rows(figures: Iterable[tuple[str, Data]]) -> list[Row]:
    return [row(name, each["value"], each["unit"]) for name, each in figures]
