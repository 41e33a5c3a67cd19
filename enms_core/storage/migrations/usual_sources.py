"""The usual energy sources and where their readings usually are.

The only place besides the demo plant that names carriers. Prices and emission factors are the
user's to fill: none is invented here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import Connection, text

from enms_core.storage.source_tables import plain_name


@dataclass(frozen=True)
class Place:
    """Where the readings of a source are: columns of energy_sources by their names."""

    readings_table: str
    consumption_column: str
    rate_column: str | None = None
    energy_content_column: str | None = None
    energy_content_unit: str | None = None
    reference_content: float = 0.0


@dataclass(frozen=True)
class UsualSource:
    """A source as most factories have it. reference_content: feed water of 90 °C [kJ/kg]."""

    id: UUID
    name: str
    unit: str
    is_purchased: bool
    place: Place
    kwh_per_unit: float | None = None

    @property
    def row(self) -> dict[str, object]:
        """The row of energy_sources that a new database gets."""
        own = {"id": self.id, "name": self.name, "unit": self.unit}
        conversion = {"is_purchased": self.is_purchased, "kwh_per_unit": self.kwh_per_unit}
        return {**own, **conversion, **asdict(self.place)}


USUAL = {
    source.name: source
    for source in (
        UsualSource(
            UUID("8077737a-6c89-5af7-9173-a7d470bd7c52"),
            "electricity",
            "kWh",
            True,
            Place("energy_readings", "energy_kwh", "power_kw"),
            kwh_per_unit=1.0,
        ),
        UsualSource(
            UUID("e1fea465-01ab-556e-8cd6-9fdd44e9fc15"),
            "natural_gas",
            "m³",
            True,
            Place(
                "natural_gas_readings",
                "consumption_m3",
                "flow_rate_m3h",
                "calorific_value_mj_m3",
                "MJ",
            ),
        ),
        UsualSource(
            UUID("ca0fd948-fa6c-5e17-bfd5-607aaab7fd96"),
            "steam",
            "kg",
            False,
            Place(
                "steam_readings",
                "consumption_kg",
                "flow_rate_kg_h",
                "enthalpy_kj_kg",
                "kJ",
                376.812,
            ),
        ),
        UsualSource(
            UUID("609790b5-030b-54ea-b24f-d5d4c78a374b"),
            "compressed_air",
            "Nm³",
            False,
            Place("compressed_air_end_use_readings", "consumption_m3", "flow_rate_m3h"),
        ),
    )
}
SYNONYMS = {"gas": "natural_gas"}
# What one table of several carriers is named, and what it holds.
SHARED = Place("energy_readings", "energy_kwh", "power_kw")


def canonical(name: str) -> str:
    """A carrier's name as ours are written: "Natural Gas" and "gas" are natural_gas."""
    return SYNONYMS.get(plain_name(name), plain_name(name))


def add_all(connection: Connection) -> None:
    """The usual sources for a database whose table of sources is ours."""
    for usual in USUAL.values():
        insert(connection, usual.row)


def insert(connection: Connection, row: Mapping[str, object]) -> None:
    """A row of energy_sources; the names of its columns are ours."""
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO energy_sources ({names}) VALUES ({values})"), dict(row))
