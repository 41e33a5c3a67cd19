"""What an import did, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

from enms_cli.rejected_rows import all_rejections
from enms_core.analysis.grid import end_of
from enms_core.domain.durations import in_words
from enms_core.domain.imports import (
    FileReport,
    ProductionTarget,
    ReadingsTarget,
    Rejection,
    Remark,
    StatusTarget,
    Target,
    TargetReport,
    WeatherTarget,
)

# So many are listed; all refused rows stand in a file.
LISTED_REJECTIONS = 20
LISTED_REMARKS = 10
LISTED_GAPS = 5

# One sentence for each kind of remark; the amount, where it is known, comes behind it.
REMARKS: Mapping[str, str] = MappingProxyType(
    {
        "roll_over": "the register rolled over; what was used across it is counted",
        "reset": "the register fell, which is no roll-over: what was used meanwhile is unknown",
        "replacement": "another meter: what was used between the two is unknown",
        "jump": "the register rose by more than can have been used: left out "
        "(--highest-rate tells how much can be)",
        "doubtful": "far beyond every other value: it was stored, and is rather a fault",
        "rounded": "the table holds less of each value than the file: the sum is another",
        "wrong_reading": "the register showed something else and came back: left out",
        "gap_filled": "a gap, filled evenly with what was used in it, marked as estimated",
        "gap_left": "a gap, too long to be filled: left out",
        "partial_interval": "only a part of the interval is known: left out",
        "snapped": "stamps a little beside the grid of the clock were put on it",
    }
)


def lines(
    report: FileReport,
    zone: ZoneInfo,
    now: datetime,
    rejects: Path | None = None,
    is_dry: bool = False,
) -> Iterator[str]:
    """The report of a file; times are told in the factory's zone.

    now: by this machine's clock, after which there should be none. rejects: the list of all refused
    rows. is_dry: nothing was stored, and the report says so.
    """
    yield f"{report.path}{' (a dry run, nothing was stored)' if is_dry else ''}"
    for machine in report.new_machines:
        yield f"new machine: {machine}"
    for target in report.targets:
        yield from _target_lines(target, zone, now, is_dry)
    yield from refused_lines(all_rejections(report), rejects)


def amount(quantity: float, unit: str) -> str:
    """A quantity for reading: two decimals of what is large, six digits of what is small.

    >>> amount(959636.7099999998, "kWh"), amount(0.0075, "kWh")
    ('959,636.71 kWh', '0.0075 kWh')
    """
    number = f"{quantity:,.2f}" if abs(quantity) >= 1000 else f"{quantity:.6g}"
    return f"{number} {unit}".rstrip()


def _target_lines(
    report: TargetReport, zone: ZoneInfo, now: datetime, is_dry: bool
) -> Iterator[str]:
    yield f"{_name(report.target)}: {report.rows:,} {_rows_are(report)}"
    if report.first is not None and report.last is not None:
        end = covered_until(report, report.last, zone)
        yield f"  from {_local(report.first, zone)} to {_local(end, zone)} {zone.key}"
        if report.last > now:
            yield f"  that is in the future: this machine's clock shows {_local(now, zone)}"
    if report.quantity is not None:
        yield f"  total {amount(report.quantity, report.unit)}"
    yield from _conversion_lines(report)
    yield from _coverage_lines(report, zone)
    yield f"  {_stored(report, is_dry)}"
    beside = _beside(report)
    if beside:
        yield f"  {beside}"
    yield from _remark_lines(report, zone)


def _name(target: Target) -> str:
    if isinstance(target, ReadingsTarget):
        return f"{target.machine}, {target.source}"
    if isinstance(target, ProductionTarget):
        return f"{target.machine}, {target.quantity}"
    if isinstance(target, StatusTarget):
        return f"{target.machine}, status"
    return f"weather, {target.quantity}" if isinstance(target, WeatherTarget) else target.column


def _rows_are(report: TargetReport) -> str:
    what = "readings" if isinstance(report.target, ReadingsTarget) else "rows"
    if isinstance(report.target, StatusTarget):
        return "changes"
    return what if report.interval is None else f"{what} of {in_words(report.interval)}"


def covered_until(report: TargetReport, last: datetime, zone: ZoneInfo) -> datetime:
    """Until when the last row tells of something: the end of its interval; a moment has none."""
    return last if report.interval is None else end_of(last, report.interval, zone)


def _conversion_lines(report: TargetReport) -> Iterator[str]:
    content = getattr(report.target, "kwh_per_unit", None)
    if content is not None:
        told = f"{content} kWh per {report.unit}, as told"
        yield f"  converted from {report.target.unit} with {told}"


def _coverage_lines(report: TargetReport, zone: ZoneInfo) -> Iterator[str]:
    if report.coverage_percent is None:
        return
    if not report.missing_intervals:
        yield "  no gap"
        return
    # Rounded down: what has a gap is never told as whole.
    percent = int(report.coverage_percent * 100) / 100
    yield f"  {percent:g} % of the time covered, {report.missing_intervals:,} intervals missing:"
    for start, end in report.gaps[:LISTED_GAPS]:
        yield f"    {_local(start, zone)} to {_local(end, zone)}"
    yield from _more(report.gap_count - LISTED_GAPS, "gaps")


def _stored(report: TargetReport, is_dry: bool) -> str:
    parts = [f"{report.stored:,} {'would be stored' if is_dry else 'stored now'}"]
    if report.replaced:
        parts.append(f"{report.replaced:,} replaced")
    parts.append(f"{report.unchanged:,} {'are' if is_dry else 'were'} there already")
    return ", ".join(parts)


def _beside(report: TargetReport) -> str:
    counts = (
        (report.duplicates, "written twice in the file"),
        (report.empty, "without a value"),
        (report.estimated, "estimated"),
    )
    return ", ".join(f"{count:,} {what}" for count, what in counts if count)


def _remark_lines(report: TargetReport, zone: ZoneInfo) -> Iterator[str]:
    for remark in report.remarks[:LISTED_REMARKS]:
        until = f" to {_local(remark.end, zone)}" if remark.end else ""
        yield f"  {_local(remark.start, zone)}{until}: {sentence(remark)}"
    yield from _more(sum(each.count for each in report.remarks[LISTED_REMARKS:]), "remarks")


def sentence(remark: Remark) -> str:
    """The remark in words."""
    told = "" if remark.quantity is None else f" ({amount(remark.quantity, remark.unit)})"
    often = f", {remark.count:,} times" if remark.count > 1 else ""
    return f"{REMARKS[remark.code]}{told}{often}"


def refused_lines(found: Sequence[Rejection], rejects: Path | None) -> Iterator[str]:
    """The first refused rows of a file, where there are any; rejects: the list of all of them."""
    if not found:
        return
    where = "" if rejects is None else f", all listed in {rejects}"
    yield f"refused: {len(found):,} {'value' if len(found) == 1 else 'values'}{where}"
    for each in found[:LISTED_REJECTIONS]:
        yield f"  line {each.line}: {_refused(each)}"
    yield from _more(len(found) - LISTED_REJECTIONS, "refused values")


def _refused(rejection: Rejection) -> str:
    if not rejection.column:
        return rejection.reason.value
    return f"{rejection.column} {rejection.text!r}: {rejection.reason.value}"


def _more(count: int, what: str) -> Iterator[str]:
    if count > 0:
        yield f"    and {count:,} more {what}"


def _local(moment: datetime, zone: ZoneInfo) -> str:
    local = moment.astimezone(zone)
    return f"{local:%Y-%m-%d %H:%M}" if not local.second else f"{local:%Y-%m-%d %H:%M:%S}"
