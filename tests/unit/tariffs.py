"""Tariffs to test with."""

from __future__ import annotations

from datetime import datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from enms_core.domain.tariff import Tariff

BERLIN = ZoneInfo("Europe/Berlin")


def tariff(name: str, rate: str = "0.20", hours: str = "00:00-00:00", **facts: object) -> Tariff:
    start, end = (time.fromisoformat(at) for at in hours.split("-"))
    known: dict[str, object] = {"currency": "EUR", "start_time": start, "end_time": end}
    return Tariff(name, Decimal(rate), **{**known, **facts})  # type: ignore[arg-type]


def local(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


DAY_RATE = tariff("day", "0.20", "08:00-20:00")
NIGHT_RATE = tariff("night", "0.10", "20:00-08:00")
