"""The registers as SQLModel tables: what there is in the factory, and how it is metered.

Column names are those of the EnMS databases that users already run. The migrations make the
tables; a test compares these classes with what they made.
"""

# No `from __future__ import annotations`: SQLModel reads the annotations at run time.
from datetime import date, datetime, time
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    Double,
    Identity,
    Integer,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlmodel import Field, SQLModel

from enms_core.storage.columns import (
    created_at_column,
    date_column,
    flag_column,
    id_column,
    instant_column,
    integer_column,
    json_column,
    number_column,
    reference_column,
    text_column,
    texts_column,
)
from enms_core.storage.management import (
    ActionPlanRow,
    AnomalyRow,
    AuditLogRow,
    EnergyBaselineRow,
    EnergyForecastRow,
    EnergyTargetRow,
    EnpiBaselineRow,
    EnpiPerformanceRow,
)


class FactoryRow(SQLModel, table=True):
    """A site with its time zone (IANA name) and currency (ISO 4217; None: not told)."""

    __tablename__: ClassVar[Any] = "factories"
    id: UUID = id_column()
    name: str = text_column(unique=True)
    timezone: str = text_column()
    currency: str | None = text_column(None)
    country: str | None = text_column(None)
    created_at: datetime = created_at_column()


class MachineRow(SQLModel, table=True):
    """A machine; its name is unique within its factory."""

    __tablename__: ClassVar[Any] = "machines"
    __table_args__: ClassVar[Any] = (UniqueConstraint("factory_id", "name"),)
    id: UUID = id_column()
    factory_id: UUID = reference_column("factories")
    name: str = text_column()
    type: str = text_column()
    rated_power_kw: float | None = number_column(None)
    aliases: list[str] = Field(
        default_factory=list, sa_column=Column(ARRAY(Text), nullable=False, server_default="{}")
    )
    is_active: bool = flag_column(True)
    created_at: datetime = created_at_column()


class EnergySourceRow(SQLModel, table=True):
    """An energy carrier. Adding a carrier is adding a row: no code names one.

    The three columns of the energy content tell how a row of readings converts itself to kWh:
    quantity * (energy_content_column - reference_content) in energy_content_unit (MJ or kJ). Where
    several carriers share a readings table, rows of this one have carrier_value in carrier_column.
    """

    __tablename__: ClassVar[Any] = "energy_sources"
    id: UUID = id_column()
    name: str = text_column(unique=True)
    unit: str = text_column()
    cost_per_unit: float | None = number_column(None)
    carbon_intensity: float | None = number_column(None)
    kwh_per_unit: float | None = number_column(None)
    is_purchased: bool = flag_column(True)
    readings_table: str = text_column()
    consumption_column: str = text_column()
    rate_column: str | None = text_column(None)
    energy_content_column: str | None = text_column(None)
    energy_content_unit: str | None = text_column(None)
    reference_content: float = Field(
        0.0, sa_column=Column(Double, nullable=False, server_default=text("0"))
    )
    carrier_column: str | None = text_column(None)
    carrier_value: str | None = text_column(None)
    created_at: datetime = created_at_column()


class MeterRow(SQLModel, table=True):
    """A meter and its time of service; its nominal interval says what a complete hour is."""

    __tablename__: ClassVar[Any] = "meters"
    id: UUID = id_column()
    machine_id: UUID = reference_column("machines")
    energy_source_id: UUID = reference_column("energy_sources")
    nominal_interval_seconds: int = integer_column()
    kind: str = text_column()
    stamp: str = text_column()
    unit: str = text_column()
    register_digits: int | None = integer_column(None)
    valid_from: datetime = instant_column()
    valid_to: datetime | None = instant_column(None)


class EnergySourceFeatureRow(SQLModel, table=True):
    """A variable that may stand in a baseline of this energy source."""

    __tablename__: ClassVar[Any] = "energy_source_features"
    energy_source_id: UUID = reference_column("energy_sources", primary_key=True)
    feature_name: str = text_column(primary_key=True)
    data_type: str = text_column()
    source_table: str | None = text_column(None)
    source_column: str | None = text_column(None)
    aggregation_function: str = text_column()
    description: str | None = text_column(None)
    is_regression_feature: bool = flag_column(False)


class SeuRow(SQLModel, table=True):
    """A significant energy use: machines and one energy source.

    The columns of a model hold what an adopted database trained before it had energy_baselines.
    """

    __tablename__: ClassVar[Any] = "seus"
    id: UUID = id_column()
    name: str = text_column(unique=True)
    description: str | None = text_column(None)
    energy_source_id: UUID = reference_column("energy_sources")
    machine_ids: list[UUID] = Field(sa_column=Column(ARRAY(Uuid), nullable=False))
    created_at: datetime = created_at_column()
    baseline_year: int | None = integer_column(None)
    baseline_start_date: date | None = date_column(None)
    baseline_end_date: date | None = date_column(None)
    regression_coefficients: dict[str, Any] | None = json_column(None)
    intercept: float | None = number_column(None)
    feature_columns: list[str] | None = texts_column(None)
    r_squared: float | None = number_column(None)
    rmse: float | None = number_column(None)
    mae: float | None = number_column(None)
    trained_at: datetime | None = instant_column(None)
    trained_by: str | None = text_column(None)
    updated_at: datetime = created_at_column()


class EnergyTariffRow(SQLModel, table=True):
    """A rate for some hours of some weekdays (Monday 0), in local time, valid for some days.

    start_time equal to end_time is the whole day; a later start_time crosses midnight.
    """

    __tablename__: ClassVar[Any] = "energy_tariffs"
    id: int | None = Field(default=None, sa_column=Column(Integer, Identity(), primary_key=True))
    factory_id: UUID = reference_column("factories")
    energy_source_id: UUID = reference_column("energy_sources")
    name: str = text_column()
    rate_per_unit: float = number_column()
    currency: str = text_column()
    weekdays: list[int] = Field(sa_column=Column(ARRAY(Integer), nullable=False))
    start_time: time
    end_time: time
    valid_from: datetime = instant_column()
    valid_to: datetime | None = instant_column(None)
    demand_charge_per_kw: float | None = number_column(None)


class CarbonFactorRow(SQLModel, table=True):
    """Emissions of one unit of a source [kg CO2e] in a region, valid for some time.

    region None: everywhere that no row of the region itself is told. source: where it was found.
    """

    __tablename__: ClassVar[Any] = "carbon_factors"
    id: int | None = Field(default=None, sa_column=Column(Integer, Identity(), primary_key=True))
    energy_source_id: UUID = reference_column("energy_sources")
    region: str | None = text_column(None)
    factor_kg_per_unit: float = number_column()
    valid_from: datetime = instant_column()
    valid_to: datetime | None = instant_column(None)
    source: str | None = text_column(None)


class MachineStatusRow(SQLModel, table=True):
    """What a machine does at present; the past stands in machine_status_history.

    current_mode is running, idle, maintenance, fault or off.
    """

    __tablename__: ClassVar[Any] = "machine_status"
    machine_id: UUID = reference_column("machines", primary_key=True)
    is_running: bool = Field(sa_column=Column(Boolean, nullable=False))
    current_mode: str = text_column()
    current_power_kw: float | None = number_column(None)
    last_updated: datetime = created_at_column()


class SiteHolidayRow(SQLModel, table=True):
    """A day on which a site does not work as on other days."""

    __tablename__: ClassVar[Any] = "site_holidays"
    factory_id: UUID = reference_column("factories", primary_key=True)
    day: date = Field(primary_key=True)
    name: str = text_column()


class DemoPlantRow(SQLModel, table=True):
    """The demo plant that this database was seeded with; at most one row."""

    __tablename__: ClassVar[Any] = "demo_plant"
    __table_args__: ClassVar[Any] = {"schema": "enms"}
    anchor: date = Field(primary_key=True)
    seed: int
    plain: bool
    second_country: bool
    minute_from: datetime = instant_column()
    filled_to: datetime = instant_column()


REGISTERS: tuple[type[SQLModel], ...] = (
    FactoryRow,
    MachineRow,
    EnergySourceRow,
    MeterRow,
    EnergySourceFeatureRow,
    SeuRow,
    EnergyTariffRow,
    CarbonFactorRow,
    SiteHolidayRow,
    MachineStatusRow,
    EnergyBaselineRow,
    AnomalyRow,
    EnergyForecastRow,
    EnpiBaselineRow,
    EnpiPerformanceRow,
    EnergyTargetRow,
    ActionPlanRow,
    AuditLogRow,
    DemoPlantRow,
)


def register_class(table: str) -> type[SQLModel]:
    """The register that a table holds."""
    return next(register for register in REGISTERS if register.__tablename__ == table)
