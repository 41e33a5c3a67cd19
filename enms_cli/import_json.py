"""What an import did, as JSON. Times are ISO 8601 in the factory's zone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from enms_cli.import_report import covered_until
from enms_core.domain.errors import EnmsError
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


def as_json(report: FileReport, zone: ZoneInfo, rejects: Path | None) -> dict[str, object]:
    """The report of a file. rejects: the list of all its refused rows, None without one."""
    return {
        "file": str(report.path),
        "timezone": zone.key,
        "rejects_file": None if rejects is None else str(rejects),
        "new_machines": list(report.new_machines),
        "targets": [_target_json(target, zone) for target in report.targets],
    }


def failed_json(
    path: Path, error: EnmsError, refused: Sequence[Rejection] = (), rejects: Path | None = None
) -> dict[str, object]:
    """A file of which nothing was stored. rejects: the list of its refused rows."""
    return {
        "file": str(path),
        "error": str(error),
        "rejects_file": None if rejects is None else str(rejects),
        "rejections": [_rejection_json(rejection) for rejection in refused],
    }


def _target_json(report: TargetReport, zone: ZoneInfo) -> dict[str, object]:
    end = None if report.last is None else covered_until(report, report.last, zone)
    return {
        "column": report.target.column,
        **_destination(report.target),
        "rows": report.rows,
        "stored": report.stored,
        "replaced": report.replaced,
        "unchanged": report.unchanged,
        "duplicates": report.duplicates,
        "empty": report.empty,
        "estimated": report.estimated,
        "quantity": report.quantity,
        "unit": report.unit,
        "start": _iso(report.first, zone),
        "end": _iso(end, zone),
        "interval_seconds": None if report.interval is None else report.interval.total_seconds(),
        "missing_intervals": report.missing_intervals,
        "coverage_percent": report.coverage_percent,
        "gap_count": report.gap_count,
        "gaps": [[_iso(start, zone), _iso(end, zone)] for start, end in report.gaps],
        "remarks": [_remark_json(remark, zone) for remark in report.remarks],
        "rejections": [_rejection_json(rejection) for rejection in report.rejections],
    }


def _destination(target: Target) -> dict[str, object]:
    if isinstance(target, ReadingsTarget):
        readings = {"source": target.source, "kind": target.kind}
        return {"machine": target.machine, **readings, "kwh_per_unit": target.kwh_per_unit}
    if isinstance(target, ProductionTarget):
        return {"machine": target.machine, "production": target.quantity}
    if isinstance(target, StatusTarget):
        return {"machine": target.machine, "status": True}
    return {"weather": target.quantity} if isinstance(target, WeatherTarget) else {}


def _remark_json(remark: Remark, zone: ZoneInfo) -> dict[str, object]:
    return {
        "code": remark.code,
        "start": _iso(remark.start, zone),
        "end": _iso(remark.end, zone),
        "quantity": remark.quantity,
        "unit": remark.unit,
        "count": remark.count,
    }


def _rejection_json(rejection: Rejection) -> dict[str, object]:
    return {
        "line": rejection.line,
        "column": rejection.column,
        "text": rejection.text,
        "reason": rejection.reason.name.lower(),
    }


def _iso(moment: datetime | None, zone: ZoneInfo) -> str | None:
    return None if moment is None else moment.astimezone(zone).isoformat()
