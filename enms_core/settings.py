"""All settings of the core in one typed object, read from the environment with prefix ENMS_."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import Field, StringConstraints
from pydantic_settings import BaseSettings, SettingsConfigDict

from enms_core.domain.opportunity import Thresholds

Verbosity = Literal["brief", "normal", "full"]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class Settings(BaseSettings):
    """Settings of one engine.

    data_dir: folder of the embedded database and of the command line's sessions.
    database_url: `postgresql://user:password@host:port/name` of a TimescaleDB or PostgreSQL; None
        starts the embedded server in data_dir.
    site: name of the factory that `the factory` means on this device; None means all of them.
    week_start: first day of the week, Monday 0.
    verbosity: "brief" says the figure and what is doubtful about it, "normal" adds what energy
        cost, "full" adds what each answer rests on.
    currency_words: code of ISO 4217 → its words, in place of those in `currencies.value`:
        "euro | euros | cent | cents", or one and several alone where it has no hundredths.
    compress_after_days, retention_days: on TimescaleDB's Community edition, the age [days] from
        which readings are compressed, and dropped while their rollups stay; None leaves them.
    training_hours, training_days: samples that a baseline by the hour, by the day should have;
        with fewer it is trained with a warning, with less than half of them it is not.
    opportunity_percent and the names after it: from where on opportunities are told of
        (domain.opportunity.Thresholds, docs/opportunities.md).
    """

    model_config = SettingsConfigDict(env_prefix="ENMS_", frozen=True)

    data_dir: Path = Field(default_factory=lambda: user_data_path("enms"))
    database_url: str | None = None
    lang: str = "en-us"
    site: str | None = None
    week_start: int = Field(default=0, ge=0, le=6)
    verbosity: Verbosity = "normal"
    currency_words: dict[str, Word] = Field(default_factory=dict)
    connect_timeout_seconds: float = Field(default=3.0, gt=0)
    statement_timeout_seconds: float = Field(default=5.0, gt=0)
    answer_timeout_seconds: float = Field(default=8.0, gt=0)
    compress_after_days: int | None = Field(default=None, ge=1)
    retention_days: int | None = Field(default=None, ge=7)
    session_minutes: float = Field(default=5.0, gt=0)
    training_timeout_seconds: float = Field(default=120.0, gt=0)
    training_hours: int = Field(default=1000, ge=48)
    training_days: int = Field(default=60, ge=20)
    opportunity_percent: float = Field(default=1.0, ge=0, le=100)
    idle_percent: float = Field(default=5.0, ge=0, le=100)
    schedule_hours: float = Field(default=3.0, ge=0, le=168)
    extra_load_percent: float = Field(default=2.0, ge=0)
    base_load_percent: float = Field(default=10.0, ge=0, le=100)
    part_load_percent: float = Field(default=40.0, ge=0, le=100)
    peak_percent: float = Field(default=5.0, ge=0, le=100)
    peak_blocks: int = Field(default=8, ge=1)

    @property
    def thresholds(self) -> Thresholds:
        """From where on opportunities are told of."""
        return Thresholds(**{each.name: getattr(self, each.name) for each in fields(Thresholds)})
