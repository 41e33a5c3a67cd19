"""`enms doctor --data`: what is wrong, missing or doubtful in the stored data."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from types import MappingProxyType
from zoneinfo import ZoneInfo

from enms_cli.opening import opened
from enms_core.domain.finding import Finding, Severity
from enms_core.settings import Settings
from enms_core.storage.catalogue import load_catalogue
from enms_core.storage.doctor import Scope, examine
from enms_core.storage.store import Store

# A check reads whole tables, and nobody waits for a spoken answer.
STATEMENT_TIMEOUT_SECONDS = 600.0

# One sentence for each kind of finding; the names in braces are its facts.
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "negative_consumption": "{source}: a consumption of {value} {unit} is below zero",
        "negative_rate": "{source}: a rate of {value} is below zero",
        "impossible_consumption": "{source}: {value} {unit} in one interval, when {at_most} {unit} "
        "is the most that the machine can use",
        "cost_mismatch": "{source}: a stored cost of {value}, when energy times rate is {expected}",
        "missing_value": "{column} is empty",
        "not_finite": "{column} is {value}, which is no number",
        "out_of_range": "{column} is {value}, outside {low} to {high}",
        "in_future": "a row from the future",
        "rate_mismatch": "{source}: {value} {unit} consumed, when the rate makes it {by_rate}",
        "off_grid": "{source}: a stamp that is no multiple of the meter's {interval_seconds} s",
        "duplicate": "{readings} rows of one instant",
        "overlap": "{source}: a reading {spacing_seconds} s after the one before it, from a meter "
        "of {interval_seconds} s",
        "gap": "{source}: {missing} intervals of {interval_seconds} s are missing",
        "silent_meter": "{source}: nothing from the meter since, {missing} intervals of "
        "{interval_seconds} s",
        "stuck_meter": "{source}: {readings} readings in a row of exactly {value} {unit}",
        "unknown_machine": "{source}: {readings} readings of a machine that no register knows",
        "outside_service": "{source}: {readings} readings while no meter was in service",
        "rated_power_exceeded": "{source}: half of the time above {usual_kw} kW, when the register "
        "rates the machine at {rated_kw} kW",
        "no_meter": "{source}: {readings} readings and no registered meter: gaps cannot be found",
        "negative_count": "a count of parts is {value}",
        "parts_exceed_count": "{good} good and {rejected} rejected of {counted} parts",
        "status_contradiction": "mode {mode}, and is_running is {is_running}",
        "unknown_zone": "the time zone {zone} does not exist",
        "negative_tariff": "{source}: tariff {tariff} has a rate or charge of {value}",
        "wrong_currency": "{source}: tariff {tariff} is in {currency}, the factory counts in "
        "{factory_currency}",
        "tariffs_overlap": "{source}: tariffs {tariff} and {other} hold at the same time",
        "tariff_missing": "{source}: no tariff for {hours} hours of this week",
        "negative_carbon_factor": "{source}: a carbon factor of {value} kg per unit",
        "carbon_factors_overlap": "{source}: carbon factors {value} and {other} hold at the same "
        "time (region: {region})",
        "meter_interval": "{source}: a meter of {interval_seconds} s that can expect no reading",
        "meters_overlap": "{source}: two meters in service at the same time",
        "no_meter_in_service": "{source}: no meter in service between two",
        "seu_machine_unknown": "{seu} names a machine that no register knows",
        "statistics_impossible": "model of {model}: {column} is {value}",
        "not_examined": "not examined, there is no {missing}",
        "check_refused": "a check was refused by the database: {reason}",
    }
)
NUMBERS: Mapping[Severity, tuple[str, str]] = MappingProxyType(
    {
        Severity.ERROR: ("error", "errors"),
        Severity.WARNING: ("warning", "warnings"),
        Severity.INFO: ("note", "notes"),
    }
)


async def run(options: argparse.Namespace, settings: Settings) -> int:
    """Examine the database and tell what was found; 1 where there are errors."""
    patient = settings.model_copy(update={"statement_timeout_seconds": STATEMENT_TIMEOUT_SECONDS})
    async with opened(patient, options.empty) as store:
        scope = await _scope(options, settings, store)
        findings = await examine(store.readings, scope)
    for finding in findings:
        print(json.dumps(as_json(finding), ensure_ascii=False) if options.json else line(finding))
    if not options.json:
        print(summary(findings))
    return int(any(finding.severity is Severity.ERROR for finding in findings))


def sentence(finding: Finding) -> str:
    """The finding in words."""
    facts = {name: _readable(value) for name, value in finding.facts.items()}
    return SENTENCES[finding.code].format_map(facts)


def line(finding: Finding) -> str:
    """The finding as a line for a terminal."""
    place = [finding.table, finding.factory, finding.machine]
    where = ", ".join(name for name in place if name is not None)
    when = " to ".join(_moment(each) for each in (finding.start, finding.end) if each is not None)
    more = f" (and {finding.more:,} more like this)" if finding.more else ""
    what = f"{sentence(finding)}{f', {when} UTC' if when else ''}"
    return f"{finding.severity.value}: {where}: {what}{more} [{finding.code}]"


def summary(findings: Sequence[Finding]) -> str:
    """How many findings there are of each severity, those that are not listed included."""
    counts = []
    for severity, (one, many) in NUMBERS.items():
        count = sum(1 + each.more for each in findings if each.severity is severity)
        counts.append(f"{count:,} {one if count == 1 else many}")
    return ", ".join(counts)


def as_json(finding: Finding) -> dict[str, object]:
    """The finding as a JSON object; times are ISO 8601 in UTC."""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "table": finding.table,
        "factory": finding.factory,
        "machine": finding.machine,
        "start": finding.start.isoformat() if finding.start else None,
        "end": finding.end.isoformat() if finding.end else None,
        "facts": dict(finding.facts),
        "more": finding.more,
        "message": sentence(finding),
    }


async def _scope(options: argparse.Namespace, settings: Settings, store: Store) -> Scope:
    """What was asked for; a time without a zone is local time of the device's own site."""
    zone = ZoneInfo("UTC")
    times = (options.now, options.since, options.until)
    if any(each is not None and each.tzinfo is None for each in times):
        zone = (await load_catalogue(store.registers, settings.site)).zone
    now, since, until = (_aware(each, zone) for each in times)
    return Scope(now or datetime.now(timezone.utc), since, until, options.limit)


def _aware(moment: datetime | None, zone: ZoneInfo) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=zone)


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.utc):%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _readable(value: object) -> str:
    return f"{value:,.6g}" if isinstance(value, float) else str(value)
