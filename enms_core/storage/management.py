"""What energy management stores: models, forecasts, deviations, targets, plans, and who wrote what.

Keys are given by the database, because an adopted table may have keys of another type; a baseline
is looked up by its SEU and version. Coefficients are in units of the energy source per unit of the
driver; the statistics r_squared, rmse and mae are None where nobody knows them.
"""

# No `from __future__ import annotations`: SQLModel reads the annotations at run time.
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Column, Identity, Index, Integer, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from enms_core.storage.columns import (
    created_at_column,
    date_column,
    flag_column,
    instant_column,
    integer_column,
    json_column,
    number_column,
    reference_column,
    server_id_column,
    text_column,
    texts_column,
)


class EnergyBaselineRow(SQLModel, table=True):
    """A version of the model of an SEU's energy use. Versions are never overwritten.

    `details` (the column `metadata`) holds all further statistics, the drivers' ranges and the
    verdict on the model's validity.
    """

    __tablename__: ClassVar[Any] = "energy_baselines"
    __table_args__: ClassVar[Any] = (
        UniqueConstraint("seu_id", "model_version"),
        Index(
            "energy_baselines_one_active", "seu_id", unique=True, postgresql_where=text("is_active")
        ),
    )
    id: UUID | None = server_id_column()
    machine_id: UUID | None = reference_column("machines", nullable=True)
    seu_id: UUID = reference_column("seus")
    energy_source_id: UUID = reference_column("energy_sources")
    model_name: str | None = text_column(None)
    model_type: str = text_column()
    model_version: int = integer_column()
    training_start_date: datetime = instant_column()
    training_end_date: datetime = instant_column()
    training_samples: int | None = integer_column(None)
    coefficients: dict[str, Any] = json_column()
    intercept: float | None = number_column(None)
    feature_names: list[str] = texts_column()
    r_squared: float | None = number_column(None)
    rmse: float | None = number_column(None)
    mae: float | None = number_column(None)
    is_active: bool = flag_column(False)
    created_at: datetime = created_at_column()
    trained_by: str | None = text_column(None)
    details: dict[str, Any] | None = json_column(None, name="metadata")


class AnomalyRow(SQLModel, table=True):
    """Something unusual: where, when, by how much, and whether it was dealt with.

    deviation_percent is (metric_value - expected_value) / expected_value, excess_kwh the energy
    above what was expected; severity is warning or critical.
    """

    __tablename__: ClassVar[Any] = "anomalies"
    id: UUID | None = server_id_column()
    machine_id: UUID = reference_column("machines")
    seu_id: UUID | None = reference_column("seus", nullable=True)
    detected_at: datetime = created_at_column()
    start_time: datetime = instant_column()
    end_time: datetime | None = instant_column(None)
    anomaly_type: str = text_column()
    severity: str = text_column()
    metric_name: str = text_column()
    metric_value: float | None = number_column(None)
    expected_value: float | None = number_column(None)
    deviation_percent: float | None = number_column(None)
    excess_kwh: float | None = number_column(None)
    confidence_score: float | None = number_column(None)
    is_resolved: bool = flag_column(False)
    resolved_at: datetime | None = instant_column(None)
    resolution_note: str | None = text_column(None)


class EnergyForecastRow(SQLModel, table=True):
    """What was expected of one coming interval, with its bounds, when it was said."""

    __tablename__: ClassVar[Any] = "energy_forecasts"
    seu_id: UUID = reference_column("seus", primary_key=True)
    made_at: datetime = instant_column(primary_key=True)
    target_time: datetime = instant_column(primary_key=True)
    horizon: str = text_column(primary_key=True)
    predicted: float = number_column()
    lower: float | None = number_column(None)
    upper: float | None = number_column(None)
    model: str = text_column()


class EnpiBaselineRow(SQLModel, table=True):
    """The energy performance of an SEU in the year that later years are held against."""

    __tablename__: ClassVar[Any] = "enpi_baselines"
    id: UUID | None = server_id_column()
    seu_id: UUID = reference_column("seus")
    baseline_year: int = integer_column()
    baseline_energy_kwh: float = number_column()
    baseline_production_units: float | None = number_column(None)
    baseline_sec: float | None = number_column(None)
    created_at: datetime = created_at_column()


class EnpiPerformanceRow(SQLModel, table=True):
    """Actual against expected energy of an SEU in a period [period_start, period_end).

    iso_status is on_track, requires_attention or critical.
    """

    __tablename__: ClassVar[Any] = "enpi_performance"
    id: UUID | None = server_id_column()
    seu_id: UUID = reference_column("seus")
    period_start: datetime = instant_column()
    period_end: datetime = instant_column()
    actual_energy_kwh: float = number_column()
    expected_energy_kwh: float | None = number_column(None)
    deviation_percent: float | None = number_column(None)
    cumulative_savings_kwh: float | None = number_column(None)
    iso_status: str | None = text_column(None)
    created_at: datetime = created_at_column()


class EnergyTargetRow(SQLModel, table=True):
    """What an SEU should reach by a day, against a baseline period (an ISO 8601 interval)."""

    __tablename__: ClassVar[Any] = "energy_targets"
    id: UUID | None = server_id_column()
    seu_id: UUID = reference_column("seus")
    kind: str = text_column()
    target_value: float = number_column()
    unit: str = text_column()
    baseline_period: str | None = text_column(None)
    due_date: date | None = date_column(None)
    status: str | None = text_column(None)


class ActionPlanRow(SQLModel, table=True):
    """Something people decided to do. status: planned, in_progress, completed or cancelled.

    `details` (the column `metadata`) holds what the plan is made of and what it was verified to
    save; target_savings_kwh is of a year.
    """

    __tablename__: ClassVar[Any] = "action_plans"
    id: UUID | None = server_id_column()
    seu_id: UUID | None = reference_column("seus", nullable=True)
    title: str = text_column()
    objective: str | None = text_column(None)
    target_savings_kwh: float | None = number_column(None)
    status: str = text_column("planned")
    responsible_person: str | None = text_column(None)
    start_date: date | None = date_column(None)
    target_date: date | None = date_column(None)
    completion_date: date | None = date_column(None)
    actual_savings_kwh: float | None = number_column(None)
    notes: str | None = text_column(None)
    created_at: datetime = created_at_column()
    details: dict[str, Any] | None = json_column(None, name="metadata")


class AuditLogRow(SQLModel, table=True):
    """A write that a person asked for: who, what, and the rows before and after."""

    __tablename__: ClassVar[Any] = "audit_log"
    id: int | None = Field(default=None, sa_column=Column(Integer, Identity(), primary_key=True))
    time: datetime = created_at_column()
    who: str = text_column()
    what: str = text_column()
    before: dict[str, Any] | None = json_column(None)
    after: dict[str, Any] | None = json_column(None)
