"""What is guessed of files as loggers and utilities of several countries export them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from enms_core.domain.imports import Kind, ReadingsTarget, Stamp
from enms_core.files.guessing import completed
from tests.unit.files.exports import (
    DAY,
    HOUR,
    QUARTER,
    german,
    plan_of,
    register,
    saved,
    table,
)

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file and what is to be found in it."""

    lines: Sequence[str]
    time: str
    form: str
    column: str
    unit: str | None
    encoding: str = "utf-8"
    clock: str | None = None
    decimal: str = "."
    kind: Kind = "interval"
    interval: timedelta = QUARTER
    stamp: Stamp | None = "start"
    is_descending: bool = False
    timezone: str | None = None


EXPORTS = {
    "German load profile with date and time apart, ends of intervals": Export(
        lines=[
            "Lieferstelle;DE0001234567890000000000000001234",
            "Zeitraum;01.03.2026 bis 10.03.2026",
            "",
            *table(
                "Datum;Uhrzeit;Wirkarbeit [kWh];Status",
                lambda at, kwh: f"{at:%d.%m.%Y;%H:%M};{german(kwh)};W",
                begin="2026-03-01 00:15",
            ),
        ],
        encoding="cp1252",
        time="Datum",
        clock="Uhrzeit",
        form="%d.%m.%Y %H:%M",
        column="Wirkarbeit [kWh]",
        unit="kWh",
        decimal=",",
        stamp="end",
    ),
    "German file with the beginning and the end of each interval": Export(
        lines=table(
            "Zeitstempel von;Zeitstempel bis;Wert (MWh)",
            lambda at, kwh: (
                f"{at:%d.%m.%Y %H:%M:%S};{at + QUARTER:%d.%m.%Y %H:%M:%S};{german(kwh / 1e3, 5)}"
            ),
            begin="2026-03-01 00:00",
        ),
        time="Zeitstempel von",
        form="%d.%m.%Y %H:%M:%S",
        column="Wert (MWh)",
        unit="MWh",
        decimal=",",
    ),
    "American green button": Export(
        lines=[
            "Name,JANE DOE",
            "Account Number,12345678",
            "",
            *table(
                "TYPE,DATE,START TIME,END TIME,USAGE,UNITS,COST,NOTES",
                lambda at, kwh: (
                    f"Electric usage,{at:%Y-%m-%d,%H:%M},{at + 14 * MINUTE:%H:%M},"
                    f"{kwh:.2f},kWh,${kwh / 4:.2f},"
                ),
                begin="2026-03-01 00:00",
            ),
        ],
        time="DATE",
        clock="START TIME",
        form="ISO 8601",
        column="USAGE",
        unit="kWh",
    ),
    "American utility with the month first and a twelve-hour clock": Export(
        lines=table(
            "Meter Number,Read Date,Read Time,KWH",
            lambda at, kwh: f"00123456,{at.month}/{at.day}/{at.year},{at:%I:%M %p},{kwh:.3f}",
            begin="2026-03-01 00:00",
            count=2000,
        ),
        time="Read Date",
        clock="Read Time",
        form="%m/%d/%Y %I:%M %p",
        column="KWH",
        unit="kWh",
    ),
    "American demand, stamped at the end": Export(
        lines=table(
            "Interval Ending,Demand (kW),Temp (F)",
            lambda at, kwh: f"{at:%m/%d/%Y %H:%M},{kwh * 4:.1f},{kwh + 40:.0f}",
            begin="2026-03-05 10:30",
            count=1500,
        ),
        time="Interval Ending",
        form="%m/%d/%Y %H:%M",
        column="Demand (kW)",
        unit="kW",
        kind="power",
        stamp="end",
    ),
    "French daily index": Export(
        lines=register(
            "Date;Index (kWh)",
            lambda at, kwh: f"{at:%d/%m/%Y};{kwh:.0f}",
            begin="2026-01-01",
            step=DAY,
            count=90,
        ),
        encoding="utf-8-sig",
        time="Date",
        form="%d/%m/%Y",
        column="Index (kWh)",
        unit="kWh",
        kind="counter",
        interval=DAY,
    ),
    "French load curve with spaces between thousands": Export(
        lines=table(
            "Horodatage;Puissance moyenne (W)",
            lambda at, kwh: f"{at.isoformat()}+01:00;{kwh * 4000:,.0f}".replace(",", "\u202f"),
            begin="2026-01-01 00:00",
            step=timedelta(minutes=30),
        ),
        time="Horodatage",
        form="ISO 8601",
        column="Puissance moyenne (W)",
        unit="W",
        kind="power",
        interval=timedelta(minutes=30),
    ),
    "Japanese half hours": Export(
        lines=table(
            "日付,時刻,使用電力量(kWh)",
            lambda at, kwh: f"{at:%Y/%m/%d},{at.hour}:{at:%M},{kwh:.1f}",
            begin="2026-03-01 00:00",
            step=timedelta(minutes=30),
        ),
        encoding="utf-8-sig",
        time="日付",
        clock="時刻",
        form="%Y/%m/%d %H:%M",
        column="使用電力量(kWh)",
        unit="kWh",
        interval=timedelta(minutes=30),
    ),
    "newest first": Export(
        lines=[
            (
                newest := table(
                    "Timestamp,Energy (kWh)",
                    lambda at, kwh: f"{at:%Y-%m-%d %H:%M:%S},{kwh:.2f}",
                    begin="2026-03-01 01:00",
                    step=HOUR,
                    count=24 * 20,
                )
            )[0],
            *reversed(newest[1:]),
        ],
        time="Timestamp",
        form="ISO 8601",
        column="Energy (kWh)",
        unit="kWh",
        interval=HOUR,
        stamp="end",
        is_descending=True,
    ),
    "German counter": Export(
        lines=register(
            "Zeit;Zählerstand kWh;Zählernummer",
            lambda at, kwh: f"{at:%d.%m.%y %H:%M};{german(kwh, 3)};1EMH0012345678",
            begin="2026-03-01 00:00",
        ),
        encoding="cp1252",
        time="Zeit",
        form="%d.%m.%y %H:%M",
        column="Zählerstand kWh",
        unit="kWh",
        decimal=",",
        kind="counter",
    ),
    "counter of which only the values tell": Export(
        lines=register(
            "when,value", lambda at, kwh: f"{at.isoformat()}Z,{kwh:.1f}", begin="2026-03-01"
        ),
        time="when",
        form="ISO 8601",
        column="value",
        unit=None,
        kind="counter",
    ),
    "consumption that is a counter all the same": Export(
        lines=register(
            "time,Energy consumption (Wh)",
            lambda at, kwh: f"{at.isoformat()},{kwh * 1000:.0f}",
            begin="2026-03-01 00:07:31",
        ),
        time="time",
        form="ISO 8601",
        column="Energy consumption (Wh)",
        unit="Wh",
        kind="counter",
    ),
    "logger of power by the minute": Export(
        lines=table(
            "time,P_total_kW,Q_total_kvar,I1 (A),cos phi",
            lambda at, kwh: f"{at.isoformat(' ')},{kwh:.2f},{kwh / 3:.2f},{kwh * 2:.1f},0.93",
            begin="2026-03-01 09:41",
            step=MINUTE,
        ),
        time="time",
        form="ISO 8601",
        column="P_total_kW",
        unit="kW",
        kind="power",
        interval=MINUTE,
    ),
    "logger of power by ten seconds, since 1970": Export(
        lines=table(
            "ts,power_w",
            lambda at, kwh: f"{at.timestamp() * 1000:.0f},{kwh * 1000:.0f}",
            begin="2026-03-01T09:41:10+00:00",
            step=timedelta(seconds=10),
        ),
        time="ts",
        form="epoch ms",
        column="power_w",
        unit="W",
        kind="power",
        interval=MINUTE,
        stamp=None,
    ),
    "days with pieces and weather": Export(
        lines=table(
            "Datum;Verbrauch kWh;Stück;Außentemperatur",
            lambda at, kwh: f"{at:%d.%m.%Y};{german(kwh * 96)};{kwh * 30:.0f};{german(kwh / 2)}",
            begin="2026-01-01",
            step=DAY,
            count=80,
        ),
        time="Datum",
        form="%d.%m.%Y",
        column="Verbrauch kWh",
        unit="kWh",
        decimal=",",
        interval=DAY,
    ),
    "hours up to 24:00": Export(
        lines=[
            line.replace("00:00", "24:00").replace("2026-03-02 24", "2026-03-01 24")
            for line in table(
                "time,gas m3",
                lambda at, kwh: f"{at:%Y-%m-%d %H:%M},{kwh:.2f}",
                begin="2026-03-01 01:00",
                step=HOUR,
                count=30,
            )
        ],
        time="time",
        form="ISO 8601",
        column="gas m3",
        unit="m³",
        interval=HOUR,
        stamp="end",
    ),
    "stamps in UTC": Export(
        lines=table(
            "timestamp_utc,energy_kwh",
            lambda at, kwh: f"{at:%Y-%m-%d %H:%M},{kwh:.2f}",
            begin="2026-02-28 23:00",
        ),
        time="timestamp_utc",
        form="ISO 8601",
        column="energy_kwh",
        unit="kWh",
        timezone="UTC",
    ),
    "clock that jitters": Export(
        lines=[
            "time,kWh",
            *(
                f"2026-03-01 {at // 60:02}:{at % 60:02}:{at * 7 % 23:02},{5 + at % 4}"
                for at in range(0, 1440, 15)
            ),
        ],
        time="time",
        form="ISO 8601",
        column="kWh",
        unit="kWh",
    ),
    "tabs and UTF-16": Export(
        lines=table(
            "Date/Time\tEnergy [kWh]",
            lambda at, kwh: f"{at:%Y/%m/%d %H:%M:%S}\t{kwh:.2f}",
            begin="2026-03-01 00:00",
        ),
        encoding="utf-16",
        time="Date/Time",
        form="%Y/%m/%d %H:%M:%S",
        column="Energy [kWh]",
        unit="kWh",
    ),
    "Swiss thousands": Export(
        lines=table(
            "Zeit;Bezug kWh",
            lambda at, kwh: f"{at:%d.%m.%Y %H:%M};" + f"{kwh * 100:,.2f}".replace(",", "'"),
            begin="2026-03-01 00:00",
        ),
        time="Zeit",
        form="%d.%m.%Y %H:%M",
        column="Bezug kWh",
        unit="kWh",
    ),
    "day first, before the thirteenth": Export(
        lines=table(
            "time,kWh", lambda at, kwh: f"{at:%d/%m/%Y %H:%M},{kwh:.2f}", begin="2026-03-01 00:00"
        )[:900],
        time="time",
        form="%d/%m/%Y %H:%M",
        column="kWh",
        unit="kWh",
    ),
}


@pytest.mark.parametrize("export", EXPORTS.values(), ids=EXPORTS.keys())
def test_an_export_is_read_as_it_was_meant(export: Export, tmp_path: Path) -> None:
    plan = plan_of(saved(tmp_path, export.lines, export.encoding))

    guessed = completed(plan, BERLIN)

    assert guessed.choices == ()
    found, target = guessed.plan.format, guessed.plan.targets[0]
    assert isinstance(target, ReadingsTarget)
    assert (
        Export(
            lines=export.lines,
            encoding=export.encoding,
            time=found.time_column or "",
            clock=found.clock_column,
            form=found.time_format or "",
            column=target.column,
            unit=target.unit,
            decimal=found.decimal or "",
            kind=target.kind or "interval",
            interval=target.interval or timedelta(0),
            stamp=found.stamp,
            is_descending=bool(found.is_descending),
            timezone=found.timezone,
        )
        == export
    )
    assert target.kind is not None
