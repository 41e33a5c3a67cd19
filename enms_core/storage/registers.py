"""The registers as SQLModel tables: what there is in the factory, and how it is metered.

Column names are those of the EnMS databases that users already run. The migrations make the
tables; a test compares these classes with what they made.
"""

# No `from __future__ import annotations`: SQLModel reads the annotations at run time.
from datetime import date, datetime, time, timezone
from typing import Any, ClassVar
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Identity,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    func,
    text,
)
from sqlmodel import Field, SQLModel


def _id() -> Any:
    return Field(
        default_factory=uuid4,
        sa_column=Column(Uuid, primary_key=True, server_default=func.gen_random_uuid()),
    )


def _reference(table: str, primary_key: bool = False) -> Any:
    key = ForeignKey(f"{table}.id")
    return Field(sa_column=Column(Uuid, key, nullable=False, primary_key=primary_key))


def _created_at() -> Any:
    return Field(
        default_factory=lambda: datetime.now(timezone.utc),
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=func.now()),
    )


def _instant(default: Any = ...) -> Any:
    nullable = default is None
    return Field(default, sa_column=Column(DateTime(timezone=True), nullable=nullable))


def _number(default: Any = ...) -> Any:
    return Field(default, sa_column=Column(Double, nullable=default is None))


def _text(default: Any = ..., unique: bool = False) -> Any:
    return Field(default, sa_column=Column(Text, nullable=default is None, unique=unique or None))


def _flag(default: bool) -> Any:
    server_default = text("true" if default else "false")
    return Field(default, sa_column=Column(Boolean, nullable=False, server_default=server_default))


class FactoryRow(SQLModel, table=True):
    """A site with its time zone (IANA name) and currency (ISO 4217; None: not told)."""

    __tablename__: ClassVar[Any] = "factories"
    id: UUID = _id()
    name: str = _text(unique=True)
    timezone: str = _text()
    currency: str | None = _text(None)
    country: str | None = _text(None)
    created_at: datetime = _created_at()


class MachineRow(SQLModel, table=True):
    """A machine; its name is unique within its factory."""

    __tablename__: ClassVar[Any] = "machines"
    __table_args__: ClassVar[Any] = (UniqueConstraint("factory_id", "name"),)
    id: UUID = _id()
    factory_id: UUID = _reference("factories")
    name: str = _text()
    type: str = _text()
    rated_power_kw: float | None = _number(None)
    aliases: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}")
    )
    is_active: bool = _flag(True)
    created_at: datetime = _created_at()


class EnergySourceRow(SQLModel, table=True):
    """An energy carrier. Adding a carrier is adding a row: no code names one.

    The three columns of the energy content tell how a row of readings converts itself to kWh:
    quantity * (energy_content_column - reference_content) in energy_content_unit (MJ or kJ).
    """

    __tablename__: ClassVar[Any] = "energy_sources"
    id: UUID = _id()
    name: str = _text(unique=True)
    unit: str = _text()
    cost_per_unit: float | None = _number(None)
    carbon_intensity: float | None = _number(None)
    kwh_per_unit: float | None = _number(None)
    is_purchased: bool = _flag(True)
    readings_table: str = _text()
    consumption_column: str = _text()
    rate_column: str | None = _text(None)
    energy_content_column: str | None = _text(None)
    energy_content_unit: str | None = _text(None)
    reference_content: float = Field(
        0.0, sa_column=Column(Double, nullable=False, server_default=text("0"))
    )
    created_at: datetime = _created_at()


class MeterRow(SQLModel, table=True):
    """A meter and its time of service; its nominal interval says what a complete hour is."""

    __tablename__: ClassVar[Any] = "meters"
    id: UUID = _id()
    machine_id: UUID = _reference("machines")
    energy_source_id: UUID = _reference("energy_sources")
    nominal_interval_seconds: int = Field(sa_column=Column(Integer, nullable=False))
    kind: str = _text()
    stamp: str = _text()
    unit: str = _text()
    register_digits: int | None = Field(default=None, sa_column=Column(Integer, nullable=True))
    valid_from: datetime = _instant()
    valid_to: datetime | None = _instant(None)


class EnergySourceFeatureRow(SQLModel, table=True):
    """A variable that may stand in a baseline of this energy source."""

    __tablename__: ClassVar[Any] = "energy_source_features"
    energy_source_id: UUID = _reference("energy_sources", primary_key=True)
    feature_name: str = Field(sa_column=Column(Text, primary_key=True))
    data_type: str = _text()
    source_table: str | None = _text(None)
    source_column: str | None = _text(None)
    aggregation_function: str = _text()
    description: str | None = _text(None)
    is_regression_feature: bool = _flag(False)


class SeuRow(SQLModel, table=True):
    """A significant energy use: machines and one energy source."""

    __tablename__: ClassVar[Any] = "seus"
    id: UUID = _id()
    name: str = _text(unique=True)
    description: str | None = _text(None)
    energy_source_id: UUID = _reference("energy_sources")
    machine_ids: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    created_at: datetime = _created_at()


class EnergyTariffRow(SQLModel, table=True):
    """A rate for some hours of some weekdays (Monday 0), in local time, valid for some days.

    start_time equal to end_time is the whole day; a later start_time crosses midnight.
    """

    __tablename__: ClassVar[Any] = "energy_tariffs"
    id: int | None = Field(default=None, sa_column=Column(Integer, Identity(), primary_key=True))
    factory_id: UUID = _reference("factories")
    energy_source_id: UUID = _reference("energy_sources")
    name: str = _text()
    rate_per_unit: float = _number()
    currency: str = _text()
    weekdays: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    start_time: time
    end_time: time
    valid_from: datetime = _instant()
    valid_to: datetime | None = _instant(None)
    demand_charge_per_kw: float | None = _number(None)


class SiteHolidayRow(SQLModel, table=True):
    """A day on which a site does not work as on other days."""

    __tablename__: ClassVar[Any] = "site_holidays"
    factory_id: UUID = _reference("factories", primary_key=True)
    day: date = Field(primary_key=True)
    name: str = _text()


class DemoPlantRow(SQLModel, table=True):
    """The demo plant that this database was seeded with; at most one row."""

    __tablename__: ClassVar[Any] = "demo_plant"
    __table_args__: ClassVar[Any] = {"schema": "enms"}
    anchor: date = Field(primary_key=True)
    seed: int
    plain: bool
    second_country: bool
    minute_from: datetime = _instant()
    filled_to: datetime = _instant()


REGISTERS: tuple[type[SQLModel], ...] = (
    FactoryRow,
    MachineRow,
    EnergySourceRow,
    MeterRow,
    EnergySourceFeatureRow,
    SeuRow,
    EnergyTariffRow,
    SiteHolidayRow,
    DemoPlantRow,
)


def register_class(table: str) -> type[SQLModel]:
    """The register that a table holds."""
    return next(register for register in REGISTERS if register.__tablename__ == table)
